"""What flags and the jury's decisions do to the posts that count. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from activity.agency import Channel
from activity.flag import Flag, FlaggedPost, FlagKind, Treatment
from activity.jury import Action, Override
from activity.ranking import ActivityRow
from activity.semester import Semester
from scoring.rubrics.rule import IntegrityRule

__all__ = ["NOTHING_DECIDED", "Decided", "apply_decision", "apply_flags", "choose_treatments"]

_Place = tuple[str, Channel]
_STRICTNESS = {treatment: rank for rank, treatment in enumerate(Treatment)}

Decided = Mapping[tuple[str, Channel, str], FlaggedPost]
"""Posts that decisions name, by agency, channel and key."""
NOTHING_DECIDED: Decided = MappingProxyType({})


def apply_flags(
    rows: Sequence[ActivityRow],
    flags: Sequence[Flag],
    rule: IntegrityRule,
    decisions: Sequence[Override],
    decided: Decided,
    semester: Semester,
) -> tuple[ActivityRow, ...]:
    """Rows with their flags, and their posts counted, moved, held or left out as the rubric says.

    Of several flags on a post the strictest holds; a decision of the jury on it goes before all of them.
    A post counted on the day it was first seen counts on no other; where that day is not in the
    semester, not at all. A post that only a dateline places in time is treated likewise, on the day that
    the dateline names; one that is left out is no more among the row's datelines, nor among its arrivals.

    Args:
        decisions: those in force, at most one a post.
        decided: the posts that they name; what is not there cannot be taken out.
    """
    by_place: dict[_Place, list[Flag]] = defaultdict(list)
    for flag in flags:
        by_place[flag.agency, flag.channel].append(flag)
    ruled: dict[_Place, dict[str, Override]] = defaultdict(dict)
    for each in decisions:
        if each.post is not None and each.semester == str(semester):
            ruled[each.agency, each.channel][each.post] = each
    return tuple(
        _treat(row, by_place[place], rule, ruled[place], decided, semester)
        if (place := (row.agency.slug, row.channel)) in by_place or place in ruled or row.datelines
        else row
        for row in rows
    )


def _treat(
    row: ActivityRow,
    flags: Sequence[Flag],
    rule: IntegrityRule,
    ruled: Mapping[str, Override],
    decided: Decided,
    semester: Semester,
) -> ActivityRow:
    flagged = choose_treatments(flags, rule.treatment)
    loose = {post.key: post for post in row.datelines}
    treatments = {key: does for key, (_, does) in flagged.items()} | dict.fromkeys(loose, rule.dateline)
    posts = {key: post for key, (post, _) in flagged.items()} | loose
    for key, decision in ruled.items():
        post = loose.get(key) or decided.get((decision.agency, decision.channel, key)) or posts.get(key)
        if post is not None:
            posts[key] = post
            treatments[key] = apply_decision(decision)
    counted, held = list(row.posts), list(row.held or (0,) * len(row.posts))
    newest_before = row.newest_before
    for key, treatment in sorted(treatments.items()):
        at = _index(posts[key].day, semester)
        if key in loose and at is not None:
            counted[at] += 1
        if treatment is Treatment.COUNT or at is None or not counted[at]:
            continue
        counted[at] -= 1
        if treatment is Treatment.HOLD:
            held[at] += 1
        elif treatment is Treatment.FIRST_SEEN:
            newest_before = _move(posts[key].first_seen, counted, newest_before, semester)
    return replace(
        row,
        posts=tuple(counted),
        held=tuple(held) if any(held) else (),
        newest_before=newest_before,
        datelines=tuple(post for post in row.datelines if treatments[post.key] is not Treatment.DROP),
        arrivals=tuple(post for post in row.arrivals if treatments.get(post.key) is not Treatment.DROP),
        flags=(*row.flags, *flags),
    )


def choose_treatments(
    flags: Iterable[Flag], treatment: Mapping[FlagKind, Treatment]
) -> dict[str, tuple[FlaggedPost, Treatment]]:
    """Choose for each flagged post, by its key, the strictest treatment of its flags.

    A kind of flag that the rubric does not name is only shown.
    """
    chosen: dict[str, tuple[FlaggedPost, Treatment]] = {}
    for flag in flags:
        does = treatment.get(flag.kind, Treatment.COUNT)
        for post in flag.posts:
            _, known = chosen.get(post.key, (post, Treatment.COUNT))
            chosen[post.key] = post, max(known, does, key=_STRICTNESS.__getitem__)
    return chosen


def apply_decision(decision: Override) -> Treatment:
    """Tell what becomes of a post that the jury has decided on, whatever its flags say."""
    return Treatment.DROP if decision.action is Action.DROP else Treatment.COUNT


def _move(seen: date, counted: list[int], newest_before: date | None, semester: Semester) -> date | None:
    """Count a post on the day it was first seen; tells the newest day before the semester after it."""
    at = _index(seen, semester)
    if at is not None:
        counted[at] += 1
    elif seen < semester.first_day:
        return max(seen, newest_before or seen)
    return newest_before


def _index(day: date | None, semester: Semester) -> int | None:
    if day is None or not semester.first_day <= day < semester.end_day:
        return None
    return (day - semester.first_day).days
