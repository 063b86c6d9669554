"""Where each page of a site stands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from activity.agency import Channel
from activity.ranking import Category, Ranking
from activity.result.month import Month
from reports.link import anchor

__all__ = [
    "HOME",
    "LINES_A_PAGE",
    "MONTHS",
    "OFFICES",
    "VACUUM",
    "WHAT_IF",
    "OfficePath",
    "PagePaths",
    "read_path",
    "root_of",
]

HOME, VACUUM, OFFICES, MONTHS = "index.html", "vakum.html", "kantor.html", "bulanan.html"
WHAT_IF = "andai.html"
LINES_A_PAGE = 500
"""Lines of a list that one page holds: a city's lists whole, a nation's in parts of some 600 kB."""

_OF_OFFICE = re.compile(
    r"(?:kantor/(?P<page>[a-z0-9-]+)\.html|lencana/(?P<badge>[a-z0-9-]+)\.svg"
    r"|unggahan/(?P<posts>[a-z0-9-]+)/(?P<channel>[a-z]+)-(?P<number>[1-9]\d{0,4})\.html)"
)


@dataclass(frozen=True, slots=True)
class OfficePath:
    """Which page of which office a path names.

    Attributes:
        kind: `page`, `badge` or `posts`.
        channel, number: of the list of posts, and its page; empty and 0 else.
    """

    kind: str
    slug: str
    channel: str = ""
    number: int = 0


class PagePaths:
    """File names of a ranking's pages; levels that differ only in signs get names of their own."""

    def __init__(self, ranking: Ranking) -> None:
        names: dict[tuple[Channel, str], str] = {}
        taken: set[str] = set()
        for category in ranking.categories:
            base = name = anchor(category.channel.value, category.level)
            number = 1
            while name in taken:
                number += 1
                name = f"{base}-{number}"
            taken.add(name)
            names[category.channel, category.level] = name
        self._names: Mapping[tuple[Channel, str], str] = names
        self._further = {
            (category.channel, standing.agency.slug): 1 + number // LINES_A_PAGE
            for category in ranking.categories
            for number, standing in enumerate(category.standings)
            if number >= LINES_A_PAGE
        }

    def ranking(self, category: Category, page: int = 1) -> str:
        """A page of a category's ranking, counted from 1."""
        return _further("peringkat/" + self._names[category.channel, category.level], page)

    def standing(self, category: Category, slug: str) -> str:
        """Tell where an office's line of a ranking stands."""
        return f"{self.ranking(category, self._further.get((category.channel, slug), 1))}#{slug}"

    def calendar(self, category: Category, page: int = 1) -> str:
        """A page of a category's weeks, counted from 1."""
        return _further("kalender/" + self._names[category.channel, category.level], page)

    def month(self, category: Category, month: Month, page: int = 1) -> str:
        """A page of a category's month, counted from 1."""
        return _further(f"bulanan/{month}/{self._names[category.channel, category.level]}", page)

    @staticmethod
    def vacuum(page: int = 1) -> str:
        """A page of the lists of the silent, the missing and the unseen, counted from 1."""
        return _further(VACUUM.removesuffix(".html"), page)

    @staticmethod
    def names(page: int) -> str:
        """A part of the list of all offices where it is too long for one page, counted from 1."""
        return f"daftar/{page}.html"

    @staticmethod
    def office(slug: str) -> str:
        """The page of an office."""
        return f"kantor/{slug}.html"

    @staticmethod
    def badge(slug: str) -> str:
        """The badge that an office may show on its own site."""
        return f"lencana/{slug}.svg"

    @staticmethod
    def posts(slug: str, channel: Channel, page: int = 1) -> str:
        """One page of an office's posts on a channel, counted from 1."""
        return f"unggahan/{slug}/{channel.value}-{page}.html"


def read_path(path: str) -> OfficePath | None:
    """Tell what a path names, where that is a page of an office.

    >>> read_path("unggahan/dinkes/website-2.html")
    OfficePath(kind='posts', slug='dinkes', channel='website', number=2)
    """
    found = _OF_OFFICE.fullmatch(path)
    if found is None:
        return None
    kind = next(name for name in ("page", "badge", "posts") if found[name])
    return OfficePath(kind, found[kind], found["channel"] or "", int(found["number"] or 0))


def _further(base: str, page: int) -> str:
    return f"{base}.html" if page == 1 else f"{base}/{page}.html"


def root_of(path: str) -> str:
    """Tell what leads from a page to the folder of the site.

    >>> root_of("index.html"), root_of("kantor/dinkes.html")
    ('', '../')
    """
    return "../" * path.count("/")
