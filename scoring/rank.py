"""From rows to a ranking: places in each channel and level, ties kept as ties."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from activity.agency import Channel
from activity.ranking import ActivityRow, Category, Ranking, Reason, Standing
from activity.semester import Semester
from scoring.observation import last_day_judged
from scoring.rubric import Rubric
from scoring.rule import Metric, TieBreak
from scoring.standing import score_account

__all__ = ["rank"]

_CHANNELS = tuple(Channel)
_DIGITS = 9
"""Places are compared on values rounded to this many decimals: float noise is no tie-break."""


def rank(rows: Iterable[ActivityRow], rubric: Rubric, semester: Semester, as_of: date) -> Ranking:
    """Judge every row and give places; the order of the rows does not matter.

    Rows of a channel or level for which the rubric has no target are left out.
    """
    groups: dict[tuple[Channel, str], list[Standing]] = defaultdict(list)
    for row in rows:
        if rubric.target(row.channel, row.agency.level) is not None:
            standing = score_account(row, rubric, semester, as_of)
            groups[row.channel, row.agency.level].append(standing)
    return Ranking(
        semester=semester,
        as_of=last_day_judged(semester, as_of),
        rubric=rubric.name,
        version=rubric.version,
        digest=rubric.digest,
        places=rubric.ranking.places,
        shortlist=rubric.ranking.shortlist,
        categories=tuple(
            Category(channel, level, _place(groups[channel, level], rubric))
            for channel, level in sorted(groups, key=lambda key: _category_order(key, rubric))
        ),
    )


def _category_order(key: tuple[Channel, str], rubric: Rubric) -> tuple[int, int, str]:
    channel, level = key
    order = rubric.ranking.level_order
    name = level.casefold()
    return _CHANNELS.index(channel), order.index(name) if name in order else len(order), level


def _place(standings: Sequence[Standing], rubric: Rubric) -> tuple[Standing, ...]:
    """Places first, equal keys sharing one and the next place skipping them; then the others by name."""
    competing = [s for s in standings if s.reason is Reason.NONE]
    others = [s for s in standings if s.reason is not Reason.NONE]
    keys = {id(s): _merit(s, rubric) for s in competing}
    competing.sort(key=lambda s: (tuple(-part for part in keys[id(s)]), *_name(s)))
    placed: list[Standing] = []
    for index, standing in enumerate(competing):
        tied = index > 0 and keys[id(standing)] == keys[id(competing[index - 1])]
        placed.append(replace(standing, place=placed[-1].place if tied else index + 1))
    return (*placed, *sorted(others, key=_name))


def _merit(standing: Standing, rubric: Rubric) -> tuple[float, ...]:
    """The score, then what the rubric breaks ties by; higher is better."""
    points = {Metric(metric.name): metric.points for metric in standing.metrics}
    breaks = (
        float(standing.counted) if each is TieBreak.COUNT else points[Metric(each.value)]
        for each in rubric.ranking.tie_break
    )
    return tuple(round(part, _DIGITS) for part in (standing.score or 0.0, *breaks))


def _name(standing: Standing) -> tuple[str, str]:
    return standing.agency.name.casefold(), standing.agency.slug
