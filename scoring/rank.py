"""From rows to a ranking: places in each channel and level, ties kept as ties."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from activity.agency import Channel
from activity.jury import Override
from activity.ranking import ActivityRow, Category, Ranking, Standing, Status
from activity.semester import Semester
from scoring.observation import last_day_judged
from scoring.place import place_standings
from scoring.rubric import Rubric
from scoring.ruling import read_rulings

__all__ = ["rank"]

_CHANNELS = tuple(Channel)


def rank(
    rows: Iterable[ActivityRow],
    rubric: Rubric,
    semester: Semester,
    as_of: date,
    decisions: Sequence[Override] = (),
) -> Ranking:
    """Judge every row and give places; the order of the rows does not matter.

    Rows of a channel or level for which the rubric has no target are left out.

    Args:
        decisions: the jury's. An exclusion takes the place and leaves the score; a preference breaks a tie
            among equals and nothing else, the earlier one first. Decisions on posts are already in the rows.
    """
    groups: dict[tuple[Channel, str], list[ActivityRow]] = defaultdict(list)
    for row in rows:
        if rubric.target(row.channel, row.agency.level) is not None:
            groups[row.channel, row.agency.level].append(row)
    rulings = read_rulings(decisions, semester)
    placed = [
        Category(channel, level, place_standings(groups[channel, level], rubric, semester, as_of, rulings))
        for channel, level in sorted(groups, key=lambda key: _category_order(key, rubric))
    ]
    return Ranking(
        semester=semester,
        as_of=last_day_judged(semester, as_of),
        rubric=rubric.name,
        version=rubric.version,
        digest=rubric.digest,
        places=rubric.ranking.places,
        shortlist=rubric.ranking.shortlist,
        categories=tuple(_tell_alive(placed)),
    )


def _category_order(key: tuple[Channel, str], rubric: Rubric) -> tuple[int, int, str]:
    channel, level = key
    order = rubric.ranking.level_order
    name = level.casefold()
    return _CHANNELS.index(channel), order.index(name) if name in order else len(order), level


def _tell_alive(categories: Sequence[Category]) -> Iterable[Category]:
    """Say of every vacuum account on which other channels its agency is active."""
    active: dict[str, list[Channel]] = defaultdict(list)
    for category in categories:
        for standing in category.standings:
            if standing.status is Status.AKTIF:
                active[standing.agency.slug].append(standing.channel)

    def tell(standing: Standing) -> Standing:
        elsewhere = tuple(active.get(standing.agency.slug, ()))
        return replace(standing, alive_on=elsewhere) if elsewhere else standing

    for category in categories:
        told = (tell(s) if s.status is Status.VAKUM else s for s in category.standings)
        yield replace(category, standings=tuple(told))
