"""Deleted: a post was there, and is gone.

A website's post is asked for at its own address before anybody is accused. On the channels read by
interface a post has no page that may be asked; there later lists that reach down to it do not show it.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from activity.channel import CHANNELS
from activity.flag import AccountTrail, Flag, FlagKind, Look, Trace
from activity.message import Message
from scoring.integrity.evidence import compose_flag, quote
from scoring.integrity.looking import is_anew, reaches_down
from scoring.integrity.text import complete_words
from scoring.rubrics.rule import IntegrityRule

__all__ = ["detect_deleted"]

# So many older posts must still be shown: a single one may be pinned to the head of the list.
_OLDER = 2
_SAME = timedelta(days=1)
# A Page's reels come by a door of their own, which may be shut while the other stays open.
_REEL = "/reel/"


def detect_deleted(trail: AccountTrail, rule: IntegrityRule) -> Iterator[Flag]:
    """Flag each post that its website's own address calls gone, or that `deleted_nights` lists left out."""
    if CHANNELS[trail.channel].social:
        yield from _tell_missing(trail, rule)
    else:
        yield from _tell_recorded(trail)


def _tell_recorded(trail: AccountTrail) -> Iterator[Flag]:
    for trace in trail.traces:
        if trace.deleted is None or trace.day is None:
            continue
        if not _stands_elsewhere(trail, trace, trace.day):
            evidence = Message(
                "{post} of {day} was last listed on the night of {last_seen}; its own address answered "
                "on two nights, the second time on {deleted}, that it is gone.",
                post=quote(trace),
                day=trace.day,
                last_seen=trace.last_seen,
                deleted=trace.deleted,
            )
            yield compose_flag(FlagKind.DELETED, trail, [trace], evidence)


def _stands_elsewhere(trail: AccountTrail, trace: Trace, day: date) -> bool:
    """Tell whether a later list showed the same title on the same day under another address.

    An office that begins anew with another program has its posts still (the awkward site 2110275), one of
    whose lists may have cut their headlines (2111339).
    """
    words = complete_words(trace.title, trace.url)
    later = (other for other in trail.traces if other.deleted is None and other.last_seen > trace.last_seen)
    # The day is asked before the words: an account may have deleted many posts, and has many more.
    return bool(words) and any(
        other.day is not None
        and abs(other.day - day) <= _SAME
        and complete_words(other.title, other.url) == words
        for other in later
    )


def _tell_missing(trail: AccountTrail, rule: IntegrityRule) -> Iterator[Flag]:
    """Posts that lists went past, while older ones stayed."""
    traces = sorted(_dated(trail), key=lambda pair: (pair[0], pair[1].key), reverse=True)
    outlived = _find_outlived(traces)
    for position, (day, trace) in enumerate(traces):
        if trace.key not in outlived or _REEL in trace.url:
            continue
        stayed = [
            (older_day, older)
            for older_day, older in traces[position + 1 :]
            if older_day < day and older.last_seen > trace.last_seen
        ][:_OLDER]
        if len(stayed) < _OLDER:
            continue
        until = min(older.last_seen for _, older in stayed)
        passed = _find_passed(trail, trace, until, stayed[-1][0])
        if len(passed) >= max(1, rule.deleted_nights):
            evidence = Message(
                "{post} of {day} was last listed on the night of {last_seen}; {count} later lists, "
                "{first} to {last}, show older posts such as {other} of {then}, and not it.",
                post=quote(trace),
                day=day,
                last_seen=trace.last_seen,
                count=len(passed),
                first=passed[0].night,
                last=passed[-1].night,
                other=quote(stayed[0][1]),
                then=stayed[0][0],
            )
            yield compose_flag(FlagKind.DELETED, trail, [trace], evidence)


def _find_outlived(traces: Sequence[tuple[date, Trace]]) -> set[str]:
    """Keys of posts that so many older ones outlived, in one walk from the oldest: nearly none."""
    newest: list[date] = []
    found = set()
    for _, trace in reversed(traces):
        if len(newest) == _OLDER and newest[0] > trace.last_seen:
            found.add(trace.key)
        newest = sorted([*newest, trace.last_seen])[-_OLDER:]
    return found


def _dated(trail: AccountTrail) -> Iterator[tuple[date, Trace]]:
    return ((trace.day, trace) for trace in trail.traces if trace.day is not None)


def _find_passed(trail: AccountTrail, trace: Trace, until: date, down_to: date) -> list[Look]:
    """Looks after the last that showed it whose lists must hold all posts down to that day.

    What a look all over the site showed last is only missed by others of that kind: ordinary nights read
    less.
    """
    looks = trail.looks
    last = next((i for i, look in enumerate(looks) if look.night == trace.last_seen), None)
    if last is None:
        return []
    anew = is_anew(looks, last)
    return [
        look
        for i, look in enumerate(looks[last + 1 :], last + 1)
        if look.night <= until
        and (not anew or is_anew(looks, i))
        and reaches_down(look, down_to, trail.traces)
    ]
