"""From rows to a ranking: places in each channel and level, ties kept as ties."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from activity.agency import Channel
from activity.jury import Override
from activity.ranking import ActivityRow, Category, Ranking, Standing, Status
from activity.semester import Semester
from scoring.jury.ruling import read_rulings
from scoring.measuring.coverage import are_enough, measure_coverage
from scoring.measuring.observation import last_day_judged, observe
from scoring.measuring.vacuum import judge_silence, measure_silence
from scoring.placing.place import place_standings
from scoring.rubrics.rubric import Rubric

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
    beside: dict[str, list[ActivityRow]] = defaultdict(list)
    for row in rows:
        if rubric.target(row.channel, row.agency.level) is not None:
            groups[row.channel, row.agency.level].append(row)
        elif row.address is not None:
            beside[row.agency.slug].append(row)
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
        categories=tuple(_tell_alive(placed, _find_active(placed, beside, rubric, semester, as_of))),
    )


def _category_order(key: tuple[Channel, str], rubric: Rubric) -> tuple[int, int, str]:
    channel, level = key
    order = rubric.ranking.level_order
    name = level.casefold()
    return _CHANNELS.index(channel), order.index(name) if name in order else len(order), level


def _find_active(
    categories: Sequence[Category],
    beside: Mapping[str, Sequence[ActivityRow]],
    rubric: Rubric,
    semester: Semester,
    as_of: date,
) -> Mapping[str, Sequence[Channel]]:
    """The channels on which agencies with a vacuum account are active, also those that are not ranked."""
    active: dict[str, list[Channel]] = defaultdict(list)
    standings = [standing for category in categories for standing in category.standings]
    for standing in standings:
        if standing.status is Status.AKTIF:
            active[standing.agency.slug].append(standing.channel)
    for slug in {standing.agency.slug for standing in standings if standing.status is Status.VAKUM}:
        rows = (row for row in beside.get(slug, ()) if _is_active(row, rubric, semester, as_of))
        active[slug].extend(row.channel for row in rows)
    return active


def _is_active(row: ActivityRow, rubric: Rubric, semester: Semester, as_of: date) -> bool:
    seen = observe([row], semester, as_of, rubric.undated)
    (status,), _ = judge_silence(measure_silence(seen), rubric.status)
    known = are_enough(measure_coverage(seen, rubric.coverage), seen.days, rubric.coverage)
    return status is Status.AKTIF and bool(known[0])


def _tell_alive(
    categories: Sequence[Category], active: Mapping[str, Sequence[Channel]]
) -> Iterable[Category]:
    """Say of every vacuum account on which other channels its agency is active."""

    def tell(standing: Standing) -> Standing:
        elsewhere = tuple(sorted(active.get(standing.agency.slug, ()), key=_CHANNELS.index))
        return replace(standing, alive_on=elsewhere) if elsewhere else standing

    for category in categories:
        told = (tell(s) if s.status is Status.VAKUM else s for s in category.standings)
        yield replace(category, standings=tuple(told))
