"""Items for which a list shows no date: told by their likeness to each other or to dated ones."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from statistics import fmean
from typing import Final

from crawler.extract.lists.link import HEADINGS, ListedLink
from crawler.extract.nature import judge_address
from crawler.extract.outline import Outline

__all__ = ["find_headed", "find_undated"]

_FEWEST: Final = 3
_CROWD: Final = 8
# Menus say "Profil" and "Visi Misi"; titles of posts are sentences.
_FEWEST_WORDS: Final = 3.5
_TITLE_WORTH: Final = 3.5
_FEWEST_HEADED_WORDS: Final = 2.0
# A card is no deeper than this around its link.
_MOST_CLIMBED: Final = 8


def find_undated(links: Sequence[ListedLink], dated: Collection[ListedLink]) -> Iterator[ListedLink]:
    """Links of items without a date.

    Beside dated items those set exactly like them, sponsored rows for instance; like the headings
    under which the dated ones stand a second time, where only a side column tells their days; or headed
    ones that far outnumber dated ones without a heading. On a page without any date every run of at
    least three links set alike whose texts read like titles.
    """
    taken = {link.url for link in dated}
    shapes = {link.shape for link in dated}
    shapes |= {link.shape for link in links if link.heading and link.url in taken}
    groups: dict[str, dict[str, ListedLink]] = defaultdict(dict)
    for link in links:
        if link.worth >= _TITLE_WORTH and link.url not in taken and judge_address(link.url) >= 0:
            groups[link.shape].setdefault(link.url, link)
    for shape, group in groups.items():
        alike = list(group.values())
        beside = (shape in shapes and _is_telling(alike[0])) or _outnumbers(alike, dated)
        if beside if dated else _are_titles(alike):
            yield from alike


def _outnumbers(links: Sequence[ListedLink], dated: Collection[ListedLink]) -> bool:
    """Whether headed links are the page's list, and the few dated items its surroundings."""
    crowd = len(links) >= _CROWD and len(links) > 2 * len(dated)
    return crowd and links[0].heading and not any(link.heading for link in dated) and _are_titles(links)


def _is_telling(link: ListedLink) -> bool:
    """Whether a shape is more than a bare element, which a menu's links share with those of a list."""
    return link.heading or any(part.partition(".")[2] for part in link.shape.split("/")[:3])


def _are_titles(links: Sequence[ListedLink]) -> bool:
    if len(links) < _FEWEST:
        return False
    words = fmean(len(link.text.split()) for link in links)
    return words >= (_FEWEST_HEADED_WORDS if links[0].heading else _FEWEST_WORDS)


def find_headed(outline: Outline, links: Sequence[ListedLink]) -> Iterator[tuple[ListedLink, str]]:
    """Links that say "Selengkapnya" or nothing, each in a card of its own with a heading, and that heading.

    For a page on which nothing else reads like an item: the card's title is not the link.
    """
    groups: dict[str, dict[str, ListedLink]] = defaultdict(dict)
    for link in links:
        if 0 < link.worth < _TITLE_WORTH and judge_address(link.url) >= 0:
            groups[link.shape].setdefault(link.url, link)
    for group in groups.values():
        if len(group) < _FEWEST:
            continue
        cards = [(link, _heading_of_card(outline, link, group.values())) for link in group.values()]
        headed = [(link, heading) for link, heading in cards if heading]
        words = sum(len(heading.split()) for _, heading in headed)
        unlike = len({heading for _, heading in headed}) * 2 > len(cards)
        if unlike and words >= _FEWEST_HEADED_WORDS * len(cards):
            yield from headed


def _heading_of_card(outline: Outline, link: ListedLink, alike: Collection[ListedLink]) -> str:
    """The heading in the widest element around a link that holds no other link of its kind."""
    card = link.index
    for above in list(outline.ancestors(link.index))[:_MOST_CLIMBED]:
        if any(above < other.index < outline.ends[above] and other.url != link.url for other in alike):
            break
        card = above
    headings = (i for i in range(card, outline.ends[card]) if outline.tags[i] in HEADINGS)
    return next((text for i in headings if (text := outline.text_of(i))), "")
