"""What flags and the jury's decisions do to the posts that count. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from activity.agency import Channel
from activity.flag import Flag, FlaggedPost, FlagKind, Ruling, Treatment
from activity.jury import Action, Override
from activity.ranking import ActivityRow
from activity.semester import Semester
from scoring.rubrics.rule import IntegrityRule

__all__ = [
    "NOTHING_DECIDED",
    "Decided",
    "apply_decision",
    "apply_flags",
    "choose_treatments",
    "tell_rulings",
]

_Place = tuple[str, Channel]
_DATELINE = "dateline"
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
    """Give rows their flags, and their posts counted, moved, held or left out as the rubric says.

    Of several flags on a post the strictest holds; a decision of the jury on it goes before all of them.
    A post counted on the day it was first seen counts on no other; where that day is not in the
    semester, not at all. A post that only a dateline places in time is treated likewise, on the day that
    the dateline names; one that is left out is no more among the row's datelines, nor among its arrivals.

    Args:
        decisions: those in force, at most one a post.
        decided: the posts that they name; what is not there cannot be taken out.
    """
    matters = _gather(flags, decisions, semester)
    return tuple(
        _treat(row, matters.get(_place(row), _NO_MATTER), rule, decided, semester)
        if _place(row) in matters or row.datelines
        else row
        for row in rows
    )


def tell_rulings(
    rows: Sequence[ActivityRow],
    flags: Sequence[Flag],
    rule: IntegrityRule,
    decisions: Sequence[Override],
    decided: Decided,
    semester: Semester,
) -> Iterator[Ruling]:
    """Say what `apply_flags` makes of each post that it looks at, and why; arguments as there."""
    matters = _gather(flags, decisions, semester)
    for row in rows:
        matter = matters.get(_place(row), _NO_MATTER)
        for key, ruled in sorted(_rule_on(row, matter, rule, decided).items()):
            if _index(ruled.post.day, semester) is not None:
                day = _counted_day(ruled, semester)
                yield Ruling(row.agency.slug, row.channel, key, ruled.treatment, ruled.because, day)


@dataclass(frozen=True, slots=True)
class _Matter:
    """What was noticed and decided on one agency's channel; decisions by the post that they name."""

    flags: list[Flag]
    decisions: dict[str, Override]


@dataclass(frozen=True, slots=True)
class _Ruled:
    """A post with what becomes of it, and why."""

    post: FlaggedPost
    treatment: Treatment
    because: str


_NO_MATTER = _Matter([], {})


def _gather(
    flags: Sequence[Flag], decisions: Sequence[Override], semester: Semester
) -> Mapping[_Place, _Matter]:
    found: dict[_Place, _Matter] = defaultdict(lambda: _Matter([], {}))
    for flag in flags:
        found[flag.agency, flag.channel].flags.append(flag)
    for each in decisions:
        if each.post is not None and each.semester == str(semester):
            found[each.agency, each.channel].decisions[each.post] = each
    return found


def _place(row: ActivityRow) -> _Place:
    return row.agency.slug, row.channel


def _treat(
    row: ActivityRow, matter: _Matter, rule: IntegrityRule, decided: Decided, semester: Semester
) -> ActivityRow:
    loose = {post.key for post in row.datelines}
    rulings = _rule_on(row, matter, rule, decided)
    counted, held = list(row.posts), list(row.held or (0,) * len(row.posts))
    newest_before = row.newest_before
    for key, ruled in sorted(rulings.items()):
        at = _index(ruled.post.day, semester)
        if key in loose and at is not None:
            counted[at] += 1
        # Whatever a flag or the jury names, a day gives no more than was counted on it.
        if ruled.treatment is Treatment.COUNT or at is None or not counted[at]:
            continue
        counted[at] -= 1
        if ruled.treatment is Treatment.HOLD:
            held[at] += 1
        elif ruled.treatment is Treatment.FIRST_SEEN:
            newest_before = _move(ruled.post.first_seen, counted, newest_before, semester)
    dropped = {key for key, ruled in rulings.items() if ruled.treatment is Treatment.DROP}
    return replace(
        row,
        posts=tuple(counted),
        held=tuple(held) if any(held) else (),
        newest_before=newest_before,
        datelines=tuple(post for post in row.datelines if post.key not in dropped),
        arrivals=tuple(post for post in row.arrivals if post.key not in dropped),
        flags=(*row.flags, *matter.flags),
    )


def _rule_on(row: ActivityRow, matter: _Matter, rule: IntegrityRule, decided: Decided) -> dict[str, _Ruled]:
    """What becomes of each post that anything concerns: its flags, its dateline alone, and last the jury."""
    kinds = {
        (post.key, rule.treatment.get(flag.kind, Treatment.COUNT)): flag.kind.value
        for flag in reversed(matter.flags)
        for post in flag.posts
    }
    flagged = choose_treatments(matter.flags, rule.treatment)
    found = {key: _Ruled(post, does, kinds[key, does]) for key, (post, does) in flagged.items()}
    loose = {post.key: post for post in row.datelines}
    found |= {key: _Ruled(post, rule.dateline, _DATELINE) for key, post in loose.items()}
    for key, decision in matter.decisions.items():
        known = found[key].post if key in found else None
        post = loose.get(key) or decided.get((decision.agency, decision.channel, key)) or known
        if post is not None:
            found[key] = _Ruled(post, apply_decision(decision), f"jury decision {decision.number}")
    return found


def _counted_day(ruled: _Ruled, semester: Semester) -> date | None:
    """The day of the semester on which a post counts; None where it does not."""
    if ruled.treatment is Treatment.COUNT:
        return ruled.post.day
    first_seen = ruled.post.first_seen if ruled.treatment is Treatment.FIRST_SEEN else None
    return None if _index(first_seen, semester) is None else first_seen


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
