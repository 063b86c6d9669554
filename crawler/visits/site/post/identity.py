"""One post, one key: other addresses, versions in other languages, and query values that say nothing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawler.discover.shape import is_never_post, shape_of
from crawler.extract.page.document import Document
from crawler.extract.page.key import same_site
from crawler.visits.site.survey.parts import Survey

__all__ = [
    "LONGEST_COMMON_TITLE",
    "KeptAddress",
    "find_standing_key",
    "is_alike",
    "is_copy",
    "is_translation",
    "learn_idle",
    "local_day",
    "plain_title",
    "rename_stored",
    "slug_of",
]

# Shorter titles ("Pengumuman") recur; so many letters of one day on one site are one post's.
LONGEST_COMMON_TITLE: Final = 24


@dataclass(frozen=True, slots=True)
class KeptAddress:
    """The address under which a post is kept; `why` is the evidence."""

    key: str
    url: str
    why: str


def find_standing_key(survey: Survey, key: str, document: Document) -> KeptAddress | None:
    """Tell which address a post's own page calls its own; None where it is the one that was asked.

    A redirect, the page's canonical address, or the original that a version in another language names. An
    address that another post bears already, as where every page names the same, is none. A page that several
    posts share has none for one of them.
    """
    if "#" in key:
        return None
    page = document.page
    led = page.url if page.url != page.fetch.url else None
    for url, why, is_certain in (
        # A redirect says so whatever the post is called by now.
        (led, "its address leads there", True),
        (document.canonical, "its page names this address as canonical", False),
        (_find_original(document), "it is a version of that post in another language", True),
    ):
        if url is None or not same_site(url, survey.site) or is_never_post(url):
            continue
        other = survey.key(url)
        if other != key and (is_certain or not _is_anothers(survey, key, other)):
            return KeptAddress(other, url, why)
    return None


def _find_original(document: Document) -> str | None:
    """The Indonesian version that a page names, else the default one; the page itself, where it is that."""
    found = {language[:2]: url for language, url in reversed(list(document.alternates.items()))}
    return found.get("id") or found.get("x-")


def is_translation(document: Document) -> bool:
    """Tell whether a page says that it is the version in another language of an Indonesian one.

    A second route to a page of the same language may name the same versions as the page itself.
    """
    return document.language not in {"id", "in"} and _find_original(document) not in {None, document.url}


def _is_anothers(survey: Survey, key: str, other: str) -> bool:
    """Tell whether the address is known as that of a post with another title: then it is not this one's."""
    here, there = _title_of(survey, key), _title_of(survey, other)
    return bool(here and there) and plain_title(here) != plain_title(there)


def _title_of(survey: Survey, key: str) -> str:
    post, waiting = survey.finds.posts.get(key), survey.finds.waiting.get(key)
    known = survey.finds.stored.get(key)
    return next((each.title for each in (post, waiting, known) if each is not None and each.title), "")


def learn_idle(survey: Survey, names: Iterable[str]) -> None:
    """Leave query values out of keys from now on; posts stored with them keep their rows under new keys."""
    fresh = tuple(name for name in names if name not in survey.lesson.idle)
    if fresh:
        survey.lesson = replace(survey.lesson, idle=(*survey.lesson.idle, *fresh))
        why = f"{', '.join(fresh)} in an address changes nothing"
        survey.note("same post", why)
        rename_stored(survey, why)
        found = {key: post.url for key, post in survey.finds.posts.items() if "#" not in key}
        waiting = {key: each.url for key, each in survey.finds.waiting.items()}
        for key, url in (found | waiting).items():
            survey.finds.rename(key, survey.key(url), why)


def rename_stored(survey: Survey, why: str = "its address is written otherwise") -> None:
    """Let posts that are stored under a key which their address no longer gives be known by the new one."""
    stored = survey.finds.stored.items()
    # What a feed tells apart at one address bears more in its key than that, or that of its own page.
    own = {key: survey.key(known.url) for key, known in stored if "#" not in f"{key}{known.url}"}
    survey.finds.rename_known(own, why)


def slug_of(url: str) -> str:
    """Give the last part of an address's path, by which a post goes on whatever route it is shown.

    >>> slug_of("https://contoh.go.id/index.php/k2/item/1132-panen-raya/")
    '1132-panen-raya'
    """
    return urlsplit(url).path.rstrip("/").rpartition("/")[2]


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """Give the day of a moment where the office is."""
    return at.astimezone(zone).date()


def is_alike(survey: Survey, url: str) -> bool:
    """Tell whether an address is built like those of posts, found tonight or stored."""
    shape = shape_of(url)
    stored = (shape_of(known.url) for known in survey.finds.stored.values())
    return shape in survey.finds.shapes or shape in stored


def is_copy(survey: Survey, url: str) -> bool:
    """Tell whether an address is of a shape that versions of other posts have."""
    return bool(survey.lesson.copies) and "/".join(shape_of(url)) in survey.lesson.copies


def plain_title(title: str) -> str:
    """Give a title without case and punctuation, to compare it."""
    return re.sub(r"\W+", " ", title).strip().casefold()
