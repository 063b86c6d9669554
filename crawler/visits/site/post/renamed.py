"""Stored posts that stand under another address by now: a corrected title, a moved folder, a new program."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from activity.post import Post, PostDate, Precision
from activity.visit import KnownPost
from crawler.discover.shape import counter_of, shape_of
from crawler.visits.site.post.identity import LONGEST_COMMON_TITLE, local_day, plain_title, slug_of
from crawler.visits.site.post.routes import bear_one_title
from crawler.visits.site.survey.parts import Survey

__all__ = ["match_renamed"]

# So many posts that all bear a number of their own in their addresses are counted by it.
_FEWEST_COUNTED: Final = 4
# A title with so many of its words, two in three, in another's of the same day is that one corrected.
_FEWEST_COMMON: Final = 4
_FEWEST_BELOW: Final = 2
# So many posts known again under addresses of another pattern are no accident of single ones.
_FEWEST_MOVED: Final = 3
_A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Lost:
    """What is stored and nothing shows tonight, by what it may be known again.

    Attributes:
        stored: all that is stored, under the keys that stood before anything was known again.
        shown: keys of what the visit has met tonight.
        dated: moments of those that tell a certain day, by key.
        by_title: their keys by title and local day.
        by_moment: keys of those that alone bear a moment to the second.
    """

    stored: Mapping[str, KnownPost]
    shown: frozenset[str]
    dated: Mapping[str, datetime]
    by_title: Mapping[tuple[str, date], str]
    by_moment: Mapping[datetime, str]


def match_renamed(survey: Survey) -> None:
    """Know stored posts again that stand under another address: a corrected title, a moved folder.

    A post that nothing stores is one that is stored and that nothing shows tonight, where it bears the same
    title and day, or the same moment to the second and no other does. Where nothing tells the day of either,
    a title will do that is long enough to be one post's; and where addresses count the posts, the number.
    Where all addresses of a kind are given up at once, the title will do whatever the days say.
    """
    finds = survey.finds
    lost = _list_lost(survey)
    by_name = _name_undated(survey, lost.shown)
    _match_counted(survey, lost.shown)
    for post in list(finds.posts.values()):
        if post.key in finds.known:
            continue
        if post.date is None or not post.date.precision.names_a_day:
            old = by_name.pop(plain_title(post.title), None) or _find_moved(survey, post, lost.shown)
            why = "the same title, and shown no more where it was"
        else:
            old, why = _find_dated(survey, post, post.date, lost)
        if old is None or finds.standing_key(old) != old:
            continue
        if "#" in post.key and "#" not in old:
            # Of an item that shares its address with others and a page of its own the page stands.
            finds.rename(post.key, old, why)
        else:
            finds.rename(old, post.key, why)
    _match_rebuilt(survey, lost)


def _list_lost(survey: Survey) -> _Lost:
    finds, zone = survey.finds, survey.target.zone
    # A known post that a list shows without its day is neither met nor waits (the awkward site 2110470).
    listed = map(finds.standing_key, (key for walk in survey.walks for key in walk.keys))
    stored, shown = finds.stored, frozenset({*finds.posts, *finds.met, *finds.waiting, *listed})
    unseen = finds.known - shown
    dated = {key: known.at for key, known in stored.items() if key in unseen and known.at is not None}
    moments = Counter(at for at in dated.values() if _is_exact(at, zone))
    return _Lost(
        stored,
        shown,
        dated,
        {(plain_title(stored[key].title), local_day(at, zone)): key for key, at in dated.items()},
        {at: key for key, at in dated.items() if moments[at] == 1},
    )


def _find_dated(survey: Survey, post: Post, told: PostDate, lost: _Lost) -> tuple[str | None, str]:
    """Find the stored post that one with a day is, and by what it is known."""
    at = told.at.replace(microsecond=0)
    day = local_day(at, survey.target.zone)
    old = lost.by_title.get((plain_title(post.title), day)) if post.title else None
    old = old or _find_cut(survey, post.title, day, lost)
    if old is None and told.precision is Precision.SECOND:
        old = lost.by_moment.get(at)
    if old is not None:
        return old, "the same title and day, or moment, and shown no more where it was"
    if "#" in post.key and (old := _find_redated(survey, post, lost.dated)) is not None:
        return old, "the same title, and its day was put right"
    if "#" not in post.key and (old := _find_item(survey, post, told, lost)) is not None:
        return old, "the same title and clock, and its day was put right"
    return _find_corrected(survey, post, lost), "its title corrected, of the same day and place in the list"


def _find_cut(survey: Survey, title: str, day: date, lost: _Lost) -> str | None:
    """Find the one stored post of a day whose headline a list had cut, or of which a list cuts this one.

    An office began anew with a program whose feed has the titles whole: each post stood twice, and was called
    back-dated and deleted (the awkward site 2111339). Where two of the day begin alike, nothing tells which.
    """
    zone, finds = survey.target.zone, survey.finds
    if len(plain_title(title)) <= LONGEST_COMMON_TITLE:
        return None
    own = {key: lost.stored[key].title for key, at in lost.dated.items() if local_day(at, zone) == day}
    long = {key: each for key, each in own.items() if len(plain_title(each)) > LONGEST_COMMON_TITLE}
    found = [key for key, each in long.items() if bear_one_title(title, each)]
    alike = [
        each.title
        for key, each in finds.posts.items()
        if key not in finds.known and each.date is not None and local_day(each.date.at, zone) == day
        if found and bear_one_title(each.title, own[found[0]])
    ]
    return found[0] if len(found) == len(alike) == 1 else None


def _match_rebuilt(survey: Survey, lost: _Lost) -> None:
    """Know the rest of a site's posts again by their titles alone, where another program has it.

    Several of those posts were known again under addresses of another pattern, and nothing bears the former
    one any more. A post that came by home's page had no day before, another had that of its feed, and would
    else count twice and be called back-dated or deleted (the awkward site 2110247). Where the former program
    told no day of any, the titles alone tell that several moved (3111012).
    """
    finds = survey.finds
    titled = list(_find_titled(survey, lost))
    moved = Counter(
        (shape_of(lost.stored[old].url), shape_of(finds.posts[alias.key].url))
        for old, alias in finds.aliases.items()
        if old in lost.stored and alias.key in finds.posts
    )
    moved.update(
        (shape_of(lost.stored[old].url), shape_of(post.url))
        for old, post in titled
        if lost.stored[old].at is None
    )
    met = (finds.met | lost.shown) - finds.posts.keys()
    urls = [post.url for post in finds.posts.values()] + [
        finds.stored[k].url for k in met if k in finds.stored
    ]
    left = set(map(shape_of, urls))
    ways = {(old, new) for (old, new), times in moved.items() if times >= _FEWEST_MOVED and old not in left}
    for old, post in titled if ways else ():
        if (shape_of(finds.stored[old].url), shape_of(post.url)) in ways:
            finds.rename(old, post.key, "the same title, and all addresses are new")


def _find_titled(survey: Survey, lost: _Lost) -> Iterator[tuple[str, Post]]:
    """Pair what is stored and shown no more with tonight's new post of its title, where no other bears it."""
    finds = survey.finds
    titles = Counter(plain_title(post.title) for post in finds.posts.values())
    own = Counter(plain_title(known.title) for known in finds.stored.values())
    former = {
        plain_title(known.title): key
        for key, known in finds.stored.items()
        if key in finds.known - lost.shown and "#" not in key and finds.standing_key(key) == key
    }
    for post in finds.posts.values():
        title = plain_title(post.title)
        old = former.get(title) if len(title) > LONGEST_COMMON_TITLE else None
        if old is not None and post.key not in finds.known and max(titles[title], own[title]) == 1:
            yield old, post


def _find_redated(survey: Survey, post: Post, lost: Mapping[str, datetime]) -> str | None:
    """Find the stored post of a page of its own that an item of shared address is, under another day by now.

    Its title is one post's alone, tonight and as stored, and the feed goes on below the day that was stored:
    it would show that post as well if there were two (the awkward site 2110016).
    """
    title, finds, stored = plain_title(post.title), survey.finds, survey.finds.stored
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


def _find_item(survey: Survey, post: Post, told: PostDate, lost: _Lost) -> str | None:
    """Find the stored item of a shared address that a page of its own is, under another day by now.

    Where the feed has it no more, nothing goes on below it: its title is one post's alone, and the clock is
    the same to the second. One that stands on the minute may be a scheduler's, and is each week's (3512031).
    """
    title, finds, at = plain_title(post.title), survey.finds, told.at.replace(microsecond=0)
    if len(title) <= LONGEST_COMMON_TITLE or told.precision is not Precision.SECOND or not at.second:
        return None
    shown = sum(plain_title(each.title) == title for each in finds.posts.values())
    alike = [key for key, known in lost.stored.items() if plain_title(known.title) == title]
    if shown != 1 or len(alike) != 1 or "#" not in alike[0] or alike[0] not in lost.dated:
        return None
    return None if (at - lost.dated[alike[0]]) % _A_DAY else alike[0]


def _find_corrected(survey: Survey, post: Post, lost: _Lost) -> str | None:
    """Find the one stored post of the same day whose title differs in a word or two, as does its slug.

    A list that shows this one, and older ones below, would show that one as well if it still stood there.
    """
    zone, stored = survey.target.zone, lost.stored
    day = local_day(post.date.at, zone) if post.date is not None else None
    alike = [
        key
        for key, at in lost.dated.items()
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


def _match_counted(survey: Survey, shown: frozenset[str]) -> None:
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
        known, told = survey.finds.stored[old].at, post.date
        if known is not None and told is not None and told.precision.names_a_day:
            zone = survey.target.zone
            if local_day(known, zone) != local_day(told.at, zone):
                continue
        del lost[counted]
        finds.rename(old, post.key, "the same number, and shown no more where it was")


def _list_counted(survey: Survey, shown: frozenset[str]) -> dict[tuple[str, str], str]:
    """Keys of stored posts that nothing shows tonight, by the number in their address.

    The number is one post's own where all posts of its folder bear one, each another: in "hut-ri-ke-81" and
    "lomba-rt-05" among other slugs it is a word of the title, in `/berita/12/rapat-kerja` a category's.
    """
    finds, stored = survey.finds, survey.finds.stored
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
        if count >= _FEWEST_COUNTED and count == placed[folder] and folder not in mixed
    }
    return {
        counted: key
        for key, counted in counters.items()
        if counted is not None and counted[0] in own
        if key in finds.known - shown and finds.standing_key(key) == key
    }


def _name_undated(survey: Survey, shown: frozenset[str]) -> dict[str, str]:
    """Keys by title of stored posts that nothing shows tonight and that bear no certain day."""
    finds = survey.finds
    titles = {
        key: plain_title(known.title)
        for key, known in survey.finds.stored.items()
        if key in finds.known - shown and known.at is None
    }
    often = Counter(titles.values())
    return {
        title: key for key, title in titles.items() if often[title] == 1 and len(title) > LONGEST_COMMON_TITLE
    }


def _find_moved(survey: Survey, post: Post, shown: frozenset[str]) -> str | None:
    """Find the one stored post of the same title and slug, in another folder, that nothing shows tonight.

    Reports of each week have one title, and slugs that count them (the awkward site 2110188).
    """
    name, title = slug_of(post.url), plain_title(post.title)
    if min(len(name), len(title)) <= LONGEST_COMMON_TITLE:
        return None
    found = [
        key
        for key, known in survey.finds.stored.items()
        if key in survey.finds.known - shown and slug_of(known.url) == name
        if bear_one_title(known.title, post.title) and shape_of(known.url) != shape_of(post.url)
    ]
    return found[0] if len(found) == 1 else None


def _is_exact(at: datetime, zone: ZoneInfo) -> bool:
    """Tell whether a moment is more than a day: nobody publishes at midnight to the second."""
    return at.astimezone(zone).time() != time()
