"""One post, one key: other addresses, versions in other languages, and query values that say nothing."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Final
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from activity.post import Post, Precision
from crawler.discover.shape import counter_of, is_never_post, shape_of
from crawler.extract.page.document import Document
from crawler.extract.page.key import same_site
from crawler.visits.site.survey.parts import Survey

__all__ = [
    "LONGEST_COMMON_TITLE",
    "KeptAddress",
    "find_standing_key",
    "is_alike",
    "is_copy",
    "learn_idle",
    "local_day",
    "match_renamed",
    "plain_title",
    "rename_stored",
    "slug_of",
]

# So many posts that all bear a number of their own in their addresses are counted by it.
FEWEST_COUNTED: Final = 4
# Shorter titles ("Pengumuman") recur; so many letters of one day on one site are one post's.
LONGEST_COMMON_TITLE: Final = 24
# A title with so many of its words, two in three, in another's of the same day is that one corrected.
_FEWEST_COMMON: Final = 4
_FEWEST_BELOW: Final = 2


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


def _is_anothers(survey: Survey, key: str, other: str) -> bool:
    """Tell whether the address is known as that of a post with another title: then it is not this one's."""
    here, there = _title_of(survey, key), _title_of(survey, other)
    return bool(here and there) and plain_title(here) != plain_title(there)


def _title_of(survey: Survey, key: str) -> str:
    post, waiting = survey.finds.posts.get(key), survey.finds.waiting.get(key)
    known = survey.target.stored.get(key)
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
    stored = survey.target.stored.items()
    # What a feed tells apart at one address bears more in its key than that, or that of its own page.
    own = {key: survey.key(known.url) for key, known in stored if "#" not in f"{key}{known.url}"}
    survey.finds.rename_known(own, why)


def match_renamed(survey: Survey) -> None:
    """Know stored posts again that stand under another address: a corrected title, a moved folder.

    A post that nothing stores is one that is stored and that nothing shows tonight, where it bears the same
    title and day, or the same moment to the second and no other does. Where nothing tells the day of either,
    a title will do that is long enough to be one post's; and where addresses count the posts, the number.
    """
    finds, zone = survey.finds, survey.target.zone
    shown = {*finds.posts, *finds.met, *finds.waiting}
    lost = {
        key: known.at
        for key, known in survey.target.stored.items()
        if key in finds.known - shown and known.at is not None
    }
    by_title = {
        (plain_title(survey.target.stored[key].title), local_day(at, zone)): key for key, at in lost.items()
    }
    moments = Counter(at for at in lost.values() if _is_exact(at, zone))
    by_moment = {at: key for key, at in lost.items() if moments[at] == 1}
    by_name = _name_undated(survey, shown)
    _match_counted(survey, shown)
    for post in list(finds.posts.values()):
        if post.key in finds.known:
            continue
        if post.date is None or not post.date.precision.names_a_day:
            known = by_name.pop(plain_title(post.title), None) or _find_moved(survey, post, shown)
            if known is not None and finds.standing_key(known) == known:
                finds.rename(known, post.key, "the same title, and shown no more where it was")
            continue
        at = post.date.at.replace(microsecond=0)
        old = by_title.get((plain_title(post.title), local_day(at, zone))) if post.title else None
        if old is None and post.date.precision is Precision.SECOND:
            old = by_moment.get(at)
        why = "the same title and day, or moment, and shown no more where it was"
        if old is None and "#" in post.key:
            old, why = _find_redated(survey, post, lost), "the same title, and its day was put right"
        if old is None:
            old, why = (
                _find_corrected(survey, post, lost),
                "its title corrected, of the same day and place in the list",
            )
        if old is None or finds.standing_key(old) != old:
            continue
        if "#" in post.key and "#" not in old:
            # Of an item that shares its address with others and a page of its own the page stands.
            finds.rename(post.key, old, why)
        else:
            finds.rename(old, post.key, why)


def _find_redated(survey: Survey, post: Post, lost: Mapping[str, datetime]) -> str | None:
    """Find the stored post of a page of its own that an item of shared address is, under another day by now.

    Its title is one post's alone, tonight and as stored, and the feed goes on below the day that was stored:
    it would show that post as well if there were two (the awkward site 2110016).
    """
    title, finds, stored = plain_title(post.title), survey.finds, survey.target.stored
    if len(title) <= LONGEST_COMMON_TITLE:
        return None
    shown = sum(plain_title(each.title) == title for each in finds.posts.values())
    alike = [key for key, known in stored.items() if plain_title(known.title) == title]
    if shown != 1 or len(alike) != 1 or alike[0] not in lost or "#" in alike[0]:
        return None
    for walk in survey.walks:
        below = walk.keys if post.key in walk.keys else ()
        dates = (finds.date_of(finds.standing_key(key)) for key in below)
        days = {local_day(date.at, survey.target.zone) for date in dates if date is not None}
        if sum(day < local_day(lost[alike[0]], survey.target.zone) for day in days) >= _FEWEST_BELOW:
            return alike[0]
    return None


def _find_corrected(survey: Survey, post: Post, lost: Mapping[str, datetime]) -> str | None:
    """Find the one stored post of the same day whose title differs in a word or two, as does its slug.

    A list that shows this one, and older ones below, would show that one as well if it still stood there.
    """
    zone, stored = survey.target.zone, survey.target.stored
    day = local_day(post.date.at, zone) if post.date is not None else None
    alike = [
        key
        for key, at in lost.items()
        if local_day(at, zone) == day and _is_corrected(post.title, stored[key].title)
    ]
    if len(alike) != 1 or day is None:
        return None
    for walk in survey.walks:
        below = walk.keys[walk.keys.index(post.key) + 1 :] if post.key in walk.keys else ()
        known = (stored[key].at for key in below if key in stored)
        if sum(at is not None and local_day(at, zone) < day for at in known) >= _FEWEST_BELOW:
            return alike[0]
    return None


def _is_corrected(title: str, former: str) -> bool:
    """Tell whether one title is another with some words corrected; figures are not, they count posts."""
    ours, theirs = (plain_title(each).split() for each in (title, former))
    numbers = [[word for word in words if any(map(str.isdigit, word))] for words in (ours, theirs)]
    common = len(set(ours) & set(theirs))
    return (
        common >= _FEWEST_COMMON
        and common * 3 >= 2 * max(len(set(ours)), len(set(theirs)))
        and numbers[0] == numbers[1]
    )


def _match_counted(survey: Survey, shown: set[str]) -> None:
    """Know stored posts again whose title and slug were corrected, by the number that stayed in the address.

    Their old address leads to the new one, but nothing asks it where no list tells how far back it goes (the
    awkward site 25001, Joomla's `/artikel/1022-…`). Where both tell a day it must be the same.
    """
    finds, lost = survey.finds, _list_counted(survey, shown)
    for post in [post for post in finds.posts.values() if post.key not in finds.known]:
        counted = counter_of(post.url)
        old = None if counted is None else lost.get(counted)
        if counted is None or old is None:
            continue
        known, told = survey.target.stored[old].at, post.date
        if known is not None and told is not None and told.precision.names_a_day:
            zone = survey.target.zone
            if local_day(known, zone) != local_day(told.at, zone):
                continue
        del lost[counted]
        finds.rename(old, post.key, "the same number, and shown no more where it was")


def _list_counted(survey: Survey, shown: set[str]) -> dict[tuple[str, str], str]:
    """Keys of stored posts that nothing shows tonight, by the number in their address.

    The number is one post's own where all posts of its folder bear one, each another: in "hut-ri-ke-81" and
    "lomba-rt-05" among other slugs it is a word of the title, in `/berita/12/rapat-kerja` a category's.
    """
    finds, stored = survey.finds, survey.target.stored
    counters = {key: counter_of(known.url) for key, known in stored.items()}
    numbers = Counter(counted for counted in counters.values() if counted is not None)
    folders = Counter(folder for folder, _ in numbers.elements())
    mixed = {folder for (folder, _), times in numbers.items() if times > 1}
    paths = [unquote(urlsplit(known.url).path).rstrip("/").split("/") for known in stored.values()]
    placed = Counter(
        "/".join([*path[:level], ""]) for path in paths for level in (-1, -2) if len(path) > -level
    )
    own = {
        folder
        for folder, count in folders.items()
        if count >= FEWEST_COUNTED and count == placed[folder] and folder not in mixed
    }
    return {
        counted: key
        for key, counted in counters.items()
        if counted is not None and counted[0] in own
        if key in finds.known - shown and finds.standing_key(key) == key
    }


def _name_undated(survey: Survey, shown: set[str]) -> dict[str, str]:
    """Keys by title of stored posts that nothing shows tonight and that bear no certain day."""
    finds = survey.finds
    titles = {
        key: plain_title(known.title)
        for key, known in survey.target.stored.items()
        if key in finds.known - shown and known.at is None
    }
    often = Counter(titles.values())
    return {
        title: key for key, title in titles.items() if often[title] == 1 and len(title) > LONGEST_COMMON_TITLE
    }


def _find_moved(survey: Survey, post: Post, shown: set[str]) -> str | None:
    """Find the one stored post of the same title and slug, in another folder, that nothing shows tonight.

    Reports of each week have one title, and slugs that count them (the awkward site 2110188).
    """
    name, title = slug_of(post.url), plain_title(post.title)
    if min(len(name), len(title)) <= LONGEST_COMMON_TITLE:
        return None
    found = [
        key
        for key, known in survey.target.stored.items()
        if key in survey.finds.known - shown and slug_of(known.url) == name
        if plain_title(known.title) == title and shape_of(known.url) != shape_of(post.url)
    ]
    return found[0] if len(found) == 1 else None


def slug_of(url: str) -> str:
    """Give the last part of an address's path, by which a post goes on whatever route it is shown.

    >>> slug_of("https://contoh.go.id/index.php/k2/item/1132-panen-raya/")
    '1132-panen-raya'
    """
    return urlsplit(url).path.rstrip("/").rpartition("/")[2]


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """Give the day of a moment where the office is."""
    return at.astimezone(zone).date()


def _is_exact(at: datetime, zone: ZoneInfo) -> bool:
    """Tell whether a moment is more than a day: nobody publishes at midnight to the second."""
    return at.astimezone(zone).time() != time()


def is_alike(survey: Survey, url: str) -> bool:
    """Tell whether an address is built like those of posts, found tonight or stored."""
    shape = shape_of(url)
    stored = (shape_of(known.url) for known in survey.target.stored.values())
    return shape in survey.finds.shapes or shape in stored


def is_copy(survey: Survey, url: str) -> bool:
    """Tell whether an address is of a shape that versions of other posts have."""
    return bool(survey.lesson.copies) and "/".join(shape_of(url)) in survey.lesson.copies


def plain_title(title: str) -> str:
    """Give a title without case and punctuation, to compare it."""
    return re.sub(r"\W+", " ", title).strip().casefold()
