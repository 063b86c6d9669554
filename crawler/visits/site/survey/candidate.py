"""Addresses to be read, and what lists tell of the age of posts: small values of a website's visit."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from activity.post import PostDate
from crawler.discover.shape import stated_day

__all__ = ["Candidate", "Told", "pick_later"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that may be a post and whose date must be read from its own page.

    Attributes:
        date: a coarse reading, used where the page itself gives none.
        sure: whether a list of posts named it; an address of a sitemap must prove itself.
        crowded: whether many addresses of its shape stand in the same sitemap.
        key: the post's key, where it is not its address's.
    """

    url: str
    title: str = ""
    date: PostDate | None = None
    sure: bool = True
    crowded: bool = False
    key: str | None = None

    def joined(self, other: Self) -> Self:
        """Give it with the title, the date and the certainty that another mention of it has."""
        return replace(
            self,
            title=self.title or other.title,
            date=self.date or other.date,
            sure=self.sure or other.sure,
        )


@dataclass(frozen=True, slots=True)
class Told:
    """What a list told of a post's age at the moment `at`; `above` where it stood above all known posts."""

    url: str
    title: str
    date: PostDate
    at: datetime
    above: bool


def pick_later(one: Candidate | None, other: Candidate) -> Candidate | None:
    """Pick of two posts the one whose address names the later day; what only a map names may be none."""
    if not other.sure:
        return one
    return other if one is None or stated_day(other.url) > stated_day(one.url) else one
