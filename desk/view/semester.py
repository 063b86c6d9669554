"""All that is shown of a semester, as values: its pulse, and each office with what it rests on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING

from activity.agency import Channel
from activity.outcome import Outcome
from activity.ranking import ActivityRow, Category, Ranking, Reason, Standing, Status
from activity.result.pulse import (
    CategoryPulse,
    NightHealth,
    OfficeLine,
    OfficePulse,
    Protest,
    PublicRuling,
    Pulse,
    SemesterView,
    Week,
)
from activity.semester import Night, Semester, night_of
from desk.semester.judge import Judgement, read_earlier
from desk.semester.month import read_files
from desk.semester.whatif import try_alternatives

if TYPE_CHECKING:
    from activity.jury import Objection, Override

__all__ = ["arrange_offices", "read_night", "read_offices", "read_view", "take_pulse"]

_MOVES = 8
"""Moves that a first screen has room for."""


def read_view(judgement: Judgement) -> SemesterView:
    """Everything about a judged semester but its posts, as of the day it was judged."""
    ranking, rows, earlier = judgement.ranking, tuple(judgement.rows), tuple(read_earlier(judgement))
    vacuum_days = judgement.rubric.status.vacuum_days
    return SemesterView(
        city=judgement.config.city,
        ranking=ranking,
        stage=judgement.progress.stage,
        rows=rows,
        earlier=earlier,
        pulse=take_pulse(ranking, rows, earlier, vacuum_days, read_night(judgement)),
        alternatives=try_alternatives(judgement),
        files=read_files(judgement),
    )


def read_night(judgement: Judgement) -> NightHealth:
    """Tell how the newest finished crawl up to the judged day went."""
    from db.nightly.run import RunRef, load_runs, load_totals

    config, engine = judgement.config, judgement.engine
    tonight = night_of(config.now(), config.zone)
    runs = load_runs(engine, limit=1, until=judgement.ranking.as_of, finished=True)
    if not runs:
        return NightHealth(None)
    run = runs[0]
    totals = load_totals(engine, RunRef(run.id, run.night, run.number))
    outcomes = {
        Channel(channel): {Outcome(name): count for name, count in counts.items()}
        for channel, counts in totals["outcomes"].items()
    }
    late = count_late(run.night, judgement.ranking.as_of, tonight)
    return NightHealth(run.night, late, run.finished_at, outcomes, totals["posts_new"])


def count_late(crawled: date, as_of: date, tonight: date) -> int:
    """Nights up to the judged day that were not crawled since one was.

    A night that has only begun is crawled in its small hours, and is not late yet.

    >>> night = date(2026, 3, 2)
    >>> count_late(night, night, night), count_late(night - timedelta(days=1), night, night)
    (0, 0)
    >>> count_late(night - timedelta(days=1), night, night + timedelta(days=30))
    1
    """
    return max(0, (as_of - crawled).days - (as_of >= tonight))


def take_pulse(
    ranking: Ranking,
    rows: Sequence[ActivityRow],
    earlier: Sequence[ActivityRow],
    vacuum_days: int,
    night: NightHealth,
) -> Pulse:
    """Count a semester's first screen; pure.

    Args:
        earlier: rows of the semester before; empty where nothing is known of it.
        vacuum_days: silence, in days, that the rubric calls vacuum.
    """
    standings = [s for category in ranking.categories for s in category.standings]
    moved = sorted((s for s in standings if _move(s)), key=lambda s: (-abs(_move(s)), s.agency.slug))
    begun = ranking.semester.first_day - timedelta(days=vacuum_days)
    silenced = [s for s in ranking.vacuum() if s.silent_since is not None and s.silent_since > begun]
    return Pulse(
        categories=tuple(_count_category(category) for category in ranking.categories),
        weeks=tuple(_count_weeks(ranking, rows, earlier)),
        rose=tuple(s for s in moved if _move(s) > 0)[:_MOVES],
        fell=tuple(s for s in moved if _move(s) < 0)[:_MOVES],
        silenced=tuple(sorted(silenced, key=lambda s: (s.silent_days or 0, s.agency.slug, s.channel))),
        warnings=ranking.warnings(),
        vacuum=ranking.vacuum(),
        unseen=tuple(s for s in standings if _is_unseen(s)),
        missing=tuple(s for s in standings if s.address is None),
        night=night,
    )


def read_offices(judgement: Judgement, view: SemesterView) -> Iterator[OfficePulse]:
    """Every office of the ranking by level, then name, with what everybody may see of it."""
    from db.semester.jury import load_objections, load_overrides
    from scoring.jury.decision import decisions_in_force

    semester, zone = judgement.ranking.semester, judgement.config.zone

    def told(objection: "Objection") -> Protest:
        closed = objection.closed_at.astimezone(zone).date() if objection.closed_at else None
        opened = objection.opened_at.astimezone(zone).date()
        return Protest(objection.number, objection.channel, opened, closed, objection.accepted)

    def ruled(decision: "Override") -> PublicRuling:
        day = decision.decided_at.astimezone(zone).date()
        return PublicRuling(decision.number, decision.action.value, decision.post, day)

    rulings: dict[tuple[str, Channel], list[PublicRuling]] = {}
    for decision in decisions_in_force(load_overrides(judgement.engine, str(semester))):
        rulings.setdefault((decision.agency, decision.channel), []).append(ruled(decision))
    protests: dict[str, list[Protest]] = {}
    for objection in load_objections(judgement.engine, str(semester)):
        protests.setdefault(objection.agency, []).append(told(objection))
    yield from arrange_offices(view, rulings, protests)


def arrange_offices(
    view: SemesterView,
    rulings: Mapping[tuple[str, Channel], Sequence[PublicRuling]],
    protests: Mapping[str, Sequence[Protest]],
) -> Iterator[OfficePulse]:
    """Every office by level in the ranking's order, then by name; pure."""
    now, before = _by_place(view.rows), _by_place(view.earlier)
    lines: dict[str, list[OfficeLine]] = {}
    levels: dict[str, int] = {}
    for category in view.ranking.categories:
        levels.setdefault(category.level, len(levels))
        for standing in category.standings:
            key = (standing.agency.slug, category.channel)
            halves = (before.get(key), now.get(key))
            line = OfficeLine(category, standing, halves, tuple(rulings.get(key, ())))
            lines.setdefault(key[0], []).append(line)
    agencies = [each[0].standing.agency for each in lines.values()]
    for agency in sorted(agencies, key=lambda a: (levels[a.level], a.name.casefold(), a.slug)):
        yield OfficePulse(agency, tuple(lines[agency.slug]), tuple(protests.get(agency.slug, ())))


def _by_place(rows: Iterable[ActivityRow]) -> Mapping[tuple[str, Channel], ActivityRow]:
    return {(row.agency.slug, row.channel): row for row in rows if row.address is not None}


def _count_category(category: Category) -> CategoryPulse:
    known = [s for s in category.standings if s.address is not None]
    counts = {status: sum(s.status is status for s in known) for status in Status}
    scores = [s.score for s in known if s.place is not None and s.score is not None]
    posts = [s.posts for s in known if not _is_unseen(s)]
    return CategoryPulse(
        channel=category.channel,
        level=category.level,
        alive=counts[Status.AKTIF],
        weak=counts[Status.KURANG_AKTIF],
        dead=counts[Status.VAKUM],
        unseen=counts[Status.TIDAK_DINILAI],
        none=len(category.standings) - len(known),
        score=median(scores) if scores else None,
        posts=median(posts) if posts else None,
    )


def _is_unseen(standing: Standing) -> bool:
    """Whether too little is known of an account that exists; who is left out on purpose is no riddle."""
    aside = {Reason.NO_ACCOUNT, Reason.EXCLUDED}
    return (
        standing.status is Status.TIDAK_DINILAI
        and standing.address is not None
        and standing.reason not in aside
    )


def _move(standing: Standing) -> int:
    """Places won against the semester before; 0 where there is nothing to compare."""
    before = standing.change.place if standing.change else None
    return before - standing.place if before is not None and standing.place is not None else 0


def _count_weeks(
    ranking: Ranking, rows: Sequence[ActivityRow], earlier: Sequence[ActivityRow]
) -> Iterator[Week]:
    """Weeks that are over; the remainder of one that runs would look like a fall."""
    past = list(_sum_weeks(ranking.semester.previous, earlier)) if earlier else []
    for number, (first, last, posts, known) in enumerate(_sum_weeks(ranking.semester, rows)):
        if last <= ranking.as_of:
            before = past[number][2] if number < len(past) else None
            yield Week(first, posts, known, before)


def _sum_weeks(
    semester: Semester, rows: Sequence[ActivityRow]
) -> Iterator[tuple[date, date, int | None, float]]:
    """First day, last day, posts (None where nothing is known) and the share of nights known of each week."""
    days = semester.days()
    for week in semester.weeks():
        due = known = posts = 0
        for row in rows:
            nights = row.nights[week.start : week.stop]
            due += sum(night is not Night.NOT_DUE for night in nights)
            known += sum(night.known for night in nights)
            posts += sum(row.posts[week.start : week.stop])
        share = known / due if due else 0.0
        yield days[week.start], days[week.stop - 1], posts if known or posts else None, share
