"""Known posts that a list no longer shows: asked at their own address before anybody is accused.

One writer of `Survey.absence`.
"""

import re
from collections.abc import Collection, Generator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from activity.visit import Fetch, KnownPost, Page, Purpose
from crawler.discover.shape import is_never_post
from crawler.extract.article.post import extract_article
from crawler.extract.page.document import Document, parse_document
from crawler.health import judge_page, visible_text
from crawler.reach import Disproof, Reach, combine_reaches
from crawler.visits.site.post.article import judge_article
from crawler.visits.site.post.copies import fold_known
from crawler.visits.site.post.identity import (
    LONGEST_COMMON_TITLE,
    KeptAddress,
    find_standing_key,
    local_day,
    plain_title,
)
from crawler.visits.site.survey.candidate import Candidate
from crawler.visits.site.survey.claim import claim_as_of
from crawler.visits.site.survey.parts import Survey
from crawler.visits.site.survey.walks import mark_of

__all__ = ["ask_missing", "find_missing", "has_absences", "settle_claim"]

# So many are asked a night; a site that lost its whole archive shows that by the first few.
MOST_ASKED: Final = 6
# The second answer must be another night's.
A_NIGHT: Final = timedelta(hours=12)
_NOT_FOUND: Final = re.compile(
    r"tidak (?:dapat )?ditemukan|tidak tersedia|sudah (?:di)?hapus|not found|"
    r"no longer (?:available|exists)|\b404\b",
    re.IGNORECASE,
)
# A list may show a post some hours after, or before, the moment that it bears.
_GRACE: Final = timedelta(days=2)


def has_absences(survey: Survey) -> bool:
    """Tell whether an earlier night left posts to be asked for a second time."""
    return bool(survey.absence.gone)


def find_missing(survey: Survey, reach: Reach) -> dict[str, KnownPost]:
    """Find stored posts that should have been shown tonight and were not.

    Those of the time that the lists are known for, and where that is the whole window, those whose day is not
    certain; of each list that was not read back, those that stood among its first posts the last time; all of
    them where nothing is shown any more.

    Args:
        reach: what tonight's lists are known for, these posts left aside.
    """
    finds = survey.finds
    shown = {*finds.posts, *finds.met, *finds.waiting}
    shown.update(key for walked in survey.walks for key in walked.keys)
    hidden = set(survey.absence.hidden)
    # Where a site has further lists, what one of them does not show may stand in another.
    begin = reach.since if survey.deep or not survey.lists.further else None
    # A list that came as it was shows what it showed, though nothing of it was read.
    if not shown - hidden and (survey.deep or len(survey.walks)):
        begin = survey.target.window.since
    whole, until = survey.deep and begin is not None and begin <= survey.target.window.since, None
    if survey.deep and begin is None and Disproof.OLD_COPY in reach.doubts:
        # A cache's copy shows what was there at its moment: what was withdrawn before is on it no more.
        copied, until = claim_as_of(survey)
        begin = copied.since
    head = _missed_heads(survey)
    late = _days_of_late_posts(survey)

    def is_expected(key: str, known: KnownPost) -> bool:
        undated = whole and known.at is None
        is_wanted = _is_within(known, begin, until) or undated
        return is_wanted or mark_of(key) in head or key in survey.absence.gone

    unseen = {
        key: known
        for key, known in finds.stored.items()
        if finds.standing_key(key) not in shown and key in finds.known and key not in finds.deleted
    }
    found = {
        key: known
        for key, known in unseen.items()
        if (key not in hidden and is_expected(key, known))
        # A post that came late has the day of one that was hidden: its old address may lead to it (30075).
        or (known.at is not None and local_day(known.at, survey.target.zone) in late)
    }
    if not survey.target.thorough:
        return found
    # One that a list had pushed out, and that stood, may have been taken away since (2110425).
    again = [key for key in survey.absence.hidden if key in unseen and _is_within(unseen[key], begin, until)]
    return found | {key: unseen[key] for key in again[: max(0, MOST_ASKED - len(found))]}


def ask_missing(survey: Survey, missing: dict[str, KnownPost]) -> Generator[Fetch, Page, None]:
    """Ask the own pages of posts that lists no longer show.

    One that answers *gone* on a second night is deleted; one that stands is hidden, and met; one that leads
    to another post has a new address. What is still open disproves every claim of tonight.
    """
    gone: dict[str, datetime] = {}
    hidden, newest = list(survey.absence.hidden), _find_newest(survey)
    deleted, still_open = [], set(missing)
    for key, known in list(_by_turn(survey, missing))[:MOST_ASKED]:
        if survey.absence.gone.get(key) == survey.target.window.now:
            # Asked tonight already, before the visit began anew.
            gone[key] = survey.target.window.now
            continue
        page = yield from survey.ask(known.url, Purpose.ARTICLE)
        standing = _judge(survey, key, known, page)
        heir = _find_heir(survey, key, known, missing) if standing is None else None
        if heir is not None:
            survey.finds.rename(key, heir, "the same title and day, and its own address is gone")
            still_open.discard(key)
        elif standing is None:
            hidden = [each for each in hidden if each != key]
            first = survey.absence.gone.get(key, survey.target.window.now)
            gone[key] = first
            if survey.target.window.now - first >= A_NIGHT:
                deleted.append(key)
                still_open.discard(key)
                survey.note("deleted", f"{known.url} is gone since {first:%Y-%m-%d}, and from the lists.")
        elif standing:
            hidden = [*(each for each in hidden if each != key), key]
            survey.finds.meet(key)
            if known.at is not None and newest is not None and known.at > newest:
                survey.walks.note_old_copy()
            still_open.discard(key)
    kept = {key: first for key, first in gone.items() if key not in deleted}
    later = {key: first for key, first in survey.absence.gone.items() if key in still_open}
    survey.absence = replace(survey.absence, gone={**later, **kept}, hidden=tuple(dict.fromkeys(hidden)))
    survey.finds.miss((key for key in still_open if survey.finds.standing_key(key) == key), deleted)


def _find_heir(survey: Survey, key: str, known: KnownPost, missing: Collection[str]) -> str | None:
    """Find the one post that bears a gone one's title and day under another address: the office has it still.

    Both are stored where nothing knew the one by the other on the night on which a site began anew.
    """
    finds, zone, title = survey.finds, survey.target.zone, plain_title(known.title)
    if len(title) <= LONGEST_COMMON_TITLE or known.at is None:
        return None
    day = local_day(known.at, zone)
    told = {
        other: (post.title, None if post.date is None else post.date.at)
        for other, post in finds.posts.items()
    }
    told |= {other: (each.title, each.at) for other, each in finds.stored.items() if other not in told}
    found = [
        other
        for other, (called, at) in told.items()
        if other not in {key, *missing} and plain_title(called) == title
        if at is not None and local_day(at, zone) == day and finds.standing_key(other) == other
    ]
    return found[0] if len(found) == 1 else None


def _find_newest(survey: Survey) -> datetime | None:
    """Find the newest post that tonight's lists show; None where none of them tells a day."""
    shown = {survey.finds.standing_key(key) for walk in survey.walks for key in walk.keys}
    dates = (survey.finds.date_of(key) for key in shown)
    stored = (survey.finds.stored.get(key) for key in shown)
    known = [date.at for date in dates if date is not None]
    known += [post.at for post in stored if post is not None and post.at is not None]
    return max(known, default=None)


def settle_claim(survey: Survey, reach: Reach) -> Reach:
    """Claim nothing while known posts are missing, and once all are settled what was withheld for them.

    Withheld is only what waits for the second answer of posts that are gone, and only as long as the nights'
    claims go on from each other.
    """
    if survey.walks.old_copy:
        # What came since then is on none of tonight's lists, and none of its doing.
        return Reach(doubts=(Disproof.OLD_COPY,), keys=reach.keys)
    told, missing = survey.absence.withheld, survey.finds.missing
    since = reach.since
    if since is not None and told is not None and since <= told[1]:
        since = min(since, told[0])
    waits = since is not None and missing and missing <= survey.absence.gone.keys()
    withheld = (since, survey.target.window.now) if waits and since is not None else None
    survey.absence = replace(survey.absence, withheld=withheld)
    return combine_reaches([reach], len(missing)) if missing else replace(reach, since=since)


def _days_of_late_posts(survey: Survey) -> frozenset[date]:
    """Days of posts that are new tonight and older than the last look.

    They were slipped in below, or stand there under another title and address: one of the same day that is
    shown no more tells which.
    """
    last, zone = survey.target.memory.seen_at, survey.target.zone
    fresh = [post for post in survey.finds.posts.values() if post.key not in survey.finds.known]
    days = {local_day(post.date.at, zone) for post in fresh if post.date is not None}
    return frozenset(day for day in days if last is not None and day < local_day(last, zone))


def _is_within(known: KnownPost, begin: datetime | None, until: datetime | None) -> bool:
    """Tell whether lists that were read back to a moment, as of another, must show a post of that day."""
    if begin is None or known.at is None:
        return False
    return begin + _GRACE <= known.at and (until is None or known.at <= until - _GRACE)


def _missed_heads(survey: Survey) -> frozenset[str]:
    """Marks of posts that stood above one that their list, the news or a further one, still shows."""
    missed: set[str] = set()
    for walk in survey.walks:
        marks = {mark_of(key) for key in walk.keys}
        met = [number for number, mark in enumerate(walk.before) if mark in marks]
        missed.update(mark for mark in walk.before[: max(met, default=0)] if mark not in marks)
    return frozenset(missed)


def _by_turn(survey: Survey, missing: dict[str, KnownPost]) -> list[tuple[str, KnownPost]]:
    """Those that were asked before come first."""
    return sorted(missing.items(), key=lambda pair: pair[0] not in survey.absence.gone)


def _judge(survey: Survey, key: str, known: KnownPost, page: Page) -> bool | None:
    """True where the post stands, None where it is gone, False where tonight does not tell."""
    if page.status in {404, 410}:
        return None
    if not page.ok or judge_page(page) is not None:
        return False
    document = parse_document(page)
    standing = find_standing_key(survey, key, document)
    if standing is not None:
        survey.finds.rename(key, standing.key, standing.why)
        _take_heir(survey, known, standing, document)
        return True
    # Many programs lead what is deleted to the home page or to a list, or say so on a page of their own.
    if page.url != known.url.partition("#")[0] and is_never_post(page.url):
        return None
    text = visible_text(document)
    if plain_title(known.title)[:60] in plain_title(text):
        return True
    if _NOT_FOUND.search(text):
        return None
    if _is_left_out(survey, known, document, text):
        return None
    article = extract_article(document, now=page.fetched_at, zone=survey.target.zone)
    return bool(article.is_post)


def _take_heir(survey: Survey, known: KnownPost, standing: KeptAddress, document: Document) -> None:
    """Take in the title that a post bears under its other address, by which lists may show it tonight.

    With a wholly new title and slug nothing else knew the one by the other, and it stood twice (2110797).
    Another day than the one that is stored is no matter of its address.
    """
    post = judge_article(survey, Candidate(standing.url, key=standing.key), document)
    if post is None:
        return
    zone, date_of, title = survey.target.zone, post.date, post.title or known.title
    if date_of is None or known.at is None or local_day(date_of.at, zone) != local_day(known.at, zone):
        date_of = None
    survey.finds.admit(replace(post, title=title, date=date_of))
    fold_known(survey)


def _is_left_out(survey: Survey, known: KnownPost, document: Document, text: str) -> bool:
    """Tell whether a page of several posts lacks this one's anchor, with others there or few of its words.

    The page of a month stands when one of its posts is taken away (chalow's `2026-06.html#2026-06-18-1`), and
    that of a day when its only one is (tDiary's "No diary on 2026-06-18").
    """
    place, _, anchor = known.url.partition("#")
    outline = document.outline
    names = {outline.attribute(i, name) for i in range(len(outline.tags)) for name in ("id", "name")}
    hrefs = (outline.attribute(i, "href") for i, tag in enumerate(outline.tags) if tag == "a")
    names.update(href.partition("#")[2] for href in hrefs)
    if not anchor or anchor in names:
        return False
    addresses = (each.url.partition("#") for each in survey.finds.stored.values())
    beside = {fragment for other, _, fragment in addresses if other == place and fragment}
    words, shown = plain_title(known.title).split(), set(plain_title(text).split())
    return not beside.isdisjoint(names) or sum(word in shown for word in words) * 2 < len(words)
