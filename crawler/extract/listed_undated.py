"""Items for which a list shows no date: told by their likeness to each other or to dated ones."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from statistics import fmean
from typing import Final

from crawler.extract.listed_link import ListedLink
from crawler.extract.nature import judge_address

__all__ = ["find_undated"]

_FEWEST: Final = 3
_CROWD: Final = 8
# Menus say "Profil" and "Visi Misi"; titles of posts are sentences.
_FEWEST_WORDS: Final = 3.5
_TITLE_WORTH: Final = 3.5


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
    return words >= (2.0 if links[0].heading else _FEWEST_WORDS)
