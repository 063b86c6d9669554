"""Entries that share a page, each behind a `#` of its own: "<h3><a href=06.html#p2>_</a> Panen raya</h3>"."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from crawler.dates.hint import might_date
from crawler.extract.lists.date.prose import count_title_words
from crawler.extract.lists.path import TagPaths
from crawler.extract.page.document import Document
from crawler.extract.page.key import same_site
from crawler.extract.page.outline import Outline

__all__ = ["Marked", "find_marked"]

_HEADS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt"})
_FEWEST: Final = 2
# Where a post's readers have their say, and where its text goes on; so many letters name an entry.
_NO_ENTRY: Final = re.compile(
    r"c\d*|comments?\W?\d*|respond|reply\W?\d*|komentar\W?\d*|tanggapan|trackbacks?|tb|top|more\W?\d+|disqus_thread",
    re.IGNORECASE,
)
_LONGEST: Final = 200
_NEAR: Final = 4


@dataclass(frozen=True, slots=True)
class Marked:
    """What a page's links to parts of pages say.

    Attributes:
        entries: the fragment of each link that is an entry's own, by the link's index.
        pages: those that such links lead to.
    """

    entries: Mapping[int, str]
    pages: frozenset[str]


def find_marked(document: Document) -> Marked:
    """Find the links that lead to entries of pages which several share, one for each heading."""
    if "#" not in document.html:
        return Marked({}, frozenset())
    paths = TagPaths(document.outline)
    groups: dict[int, list[_Link]] = defaultdict(list)
    for link in _find(document):
        groups[paths.of(link.index)].append(link)
    marked = [link for group in groups.values() if _is_group(group) for link in group]
    return Marked({link.index: link.fragment for link in marked}, frozenset(link.page for link in marked))


@dataclass(frozen=True, slots=True)
class _Link:
    """A link to a part of a page; `own` is whether it stands in that part's heading, or leads to one."""

    index: int
    page: str
    fragment: str
    own: bool


def _find(document: Document) -> Iterator[_Link]:
    """Links to a part of a page of this site, with whether each stands in or below its own heading."""
    outline = document.outline
    hrefs = ((i, outline.attribute(i, "href")) for i, tag in enumerate(outline.tags) if tag == "a")
    told = [(index, href, fragment) for index, href in hrefs if (fragment := _name_entry(href))]
    if len(told) < _FEWEST:
        return
    targets = _find_targets(outline)
    for index, href, fragment in told:
        page = document.resolve(href)
        if page is None or not same_site(page, document.url) or _is_root(page):
            continue
        text = outline.text_of(index)
        if not count_title_words(text) and might_date(text):
            continue  # the day that heads several
        own = fragment in targets or _is_headed(outline, index) or fragment in _names_around(outline, index)
        yield _Link(index, page, fragment, own)


def _name_entry(href: str) -> str:
    """What stands behind the `#` of a link to a page by its name, if an entry may bear it."""
    fragment = "" if href.startswith("#") else href.partition("#")[2].strip()
    return "" if len(fragment) > _LONGEST or _NO_ENTRY.fullmatch(fragment) else fragment


def _find_targets(outline: Outline) -> frozenset[str]:
    """The names of headings: a permanent link below a story leads to where its heading stands alone."""
    named = set()
    for index, tag in enumerate(outline.tags):
        name = outline.attribute(index, "id") or (outline.attribute(index, "name") if tag == "a" else "")
        if name and (tag in _HEADS or _is_headed(outline, index)):
            named.add(name)
    return frozenset(named)


def _is_root(page: str) -> bool:
    parts = urlsplit(page)
    return parts.path in {"", "/"} and not parts.query


def _names_around(outline: Outline, index: int) -> Iterator[str]:
    """What a link and the elements around it are called."""
    yield outline.attribute(index, "name")
    for around in (index, *list(outline.ancestors(index))[:_NEAR]):
        yield outline.attribute(around, "id")


def _is_headed(outline: Outline, index: int) -> bool:
    return any(outline.tags[above] in _HEADS for above in list(outline.ancestors(index))[:_NEAR])


def _is_group(links: Sequence[_Link]) -> bool:
    """Whether links set alike lead each to an entry of its own."""
    places = {(link.page, link.fragment) for link in links}
    told = len({link.fragment for link in links}) > 1 or any(map(str.isdigit, links[0].fragment))
    return len(links) >= _FEWEST and len(places) == len(links) and told and all(link.own for link in links)
