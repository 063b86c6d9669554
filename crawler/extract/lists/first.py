"""The few posts that stand larger than the list below them."""

from collections.abc import Sequence
from typing import Final

from crawler.extract.article.nature import judge_address
from crawler.extract.lists.link import ListedLink, title_of
from crawler.extract.lists.undated import form_of
from crawler.extract.page.outline import Outline

__all__ = ["find_first"]

# Three titles in bold and more are a ticker's.
_FEWEST: Final = 3
_FEWEST_WORDS: Final = 2.0
_MOST_FIRST: Final = 6
_BOLD: Final = frozenset({"b", "strong"})


def find_first(
    outline: Outline, links: Sequence[ListedLink], listed: Sequence[ListedLink]
) -> list[tuple[ListedLink, str]]:
    """Find the few posts that stand larger than the list below, or in a slider, and not in it again.

    Their day may stand where a clock stands, above the headline: their articles tell it. A list that leaves
    out its newest post would be called whole without it.
    """
    if not listed:
        return []
    begin, known = min(link.index for link in listed), {link.url for link in listed}
    forms = {form_of(link.url) for link in listed}
    headed: dict[str, tuple[ListedLink, str]] = {}
    bold: dict[str, tuple[ListedLink, str]] = {}
    for link in links:
        if link.index >= begin or link.url in known or form_of(link.url) not in forms:
            continue
        title = title_of(outline, link)
        if len(title.split()) < _FEWEST_WORDS or judge_address(link.url) <= 0:
            continue
        if link.heading:
            headed.setdefault(link.url, (link, title))
        elif outline.tags[outline.parents[link.index]] in _BOLD:
            bold.setdefault(link.url, (link, title))
    few = list(bold.values()) if not headed and len(bold) < _FEWEST else []
    return list(headed.values()) if 0 < len(headed) <= _MOST_FIRST else few
