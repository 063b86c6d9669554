"""What only all categories together tell: overall standings, sweeps, and the way since the last semester."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from activity.agency import Agency, Channel, Participation
from activity.ranking import Category, Change, Overall, Ranking, Reason, Standing, Sweep
from scoring.placing.prize import award_prizes
from scoring.rubrics.rubric import Rubric
from scoring.rubrics.rule import OverallRule, OverallWay

__all__ = ["compare_rankings", "complete_ranking"]

_DIGITS = 9
"""Overall scores are compared rounded to this many decimals, as those of a channel are."""


def complete_ranking(ranking: Ranking, rubric: Rubric) -> Ranking:
    """Complete a ranking with its sweeps, and the overall standings and prizes that the rubric asks for."""
    levels = _levels(ranking, rubric)
    overall: tuple[tuple[str, tuple[Overall, ...]], ...] = ()
    if rubric.overall.way is not OverallWay.NONE:
        overall = tuple((level, _rank_overall(found, rubric.overall)) for level, found in levels)
    sweeps = tuple(sweep for _, found in levels for sweep in _find_sweeps(found, ranking.places))
    return replace(ranking, overall=overall, sweeps=sweeps, prizes=award_prizes(ranking, rubric.prizes))


def compare_rankings(now: Ranking, before: Ranking) -> Ranking:
    """Say beside each standing what the office, or those it carries on, stood at before.

    Standings are matched by channel: an office that changed its level keeps its past.
    """
    then = {(s.channel, s.agency.slug): s for category in before.categories for s in category.standings}
    return replace(
        now,
        categories=tuple(
            replace(
                category, standings=tuple(replace(s, change=_change(s, then)) for s in category.standings)
            )
            for category in now.categories
        ),
    )


def _levels(ranking: Ranking, rubric: Rubric) -> list[tuple[str, list[Category]]]:
    """The categories of each level, levels in the rubric's order."""
    found: dict[str, list[Category]] = {}
    for category in ranking.categories:
        found.setdefault(category.level, []).append(category)
    order = {level: number for number, level in enumerate(rubric.ranking.level_order)}
    return sorted(found.items(), key=lambda item: (order.get(item[0].casefold(), len(order)), item[0]))


def _find_sweeps(categories: Sequence[Category], places: int) -> list[Sweep]:
    """Offices that win on every channel of their level where anybody has a place, of two at least."""
    contested = [c for c in categories if any(s.place is not None for s in c.standings)]
    won: dict[str, list[tuple[Channel, int]]] = {}
    agencies: dict[str, Agency] = {}
    for category in contested:
        for s in category.standings:
            if s.place is not None and s.place <= places:
                won.setdefault(s.agency.slug, []).append((category.channel, s.place))
                agencies[s.agency.slug] = s.agency
    swept = [slug for slug, found in won.items() if len(found) == len(contested) > 1]
    return [
        Sweep(agencies[slug], tuple(won[slug]))
        for slug in sorted(swept, key=lambda slug: _name(agencies[slug]))
    ]


def _rank_overall(categories: Sequence[Category], rule: OverallRule) -> tuple[Overall, ...]:
    """Places first, ties sharing one; then those that have none, by name."""
    weighed = [category for category in categories if rule.weights.get(category.channel, 0) > 0]
    results: dict[str, list[_Result]] = {}
    agencies: dict[str, Agency] = {}
    for category in weighed:
        placed = sum(s.place is not None for s in category.standings)
        for s in category.standings:
            agencies[s.agency.slug] = s.agency
            results.setdefault(s.agency.slug, []).append(_Result(s, _worth(s, placed, rule)))
    total = sum(rule.weights[category.channel] for category in weighed)
    found = [_combine(agencies[slug], of_agency, rule, total) for slug, of_agency in results.items()]
    competing = sorted((o for o in found if _competes(o, results[o.agency.slug], rule)), key=_overall_order)
    others = sorted((o for o in found if not _competes(o, results[o.agency.slug], rule)), key=_overall_order)
    return (*_place(competing), *others)


@dataclass(frozen=True, slots=True)
class _Result:
    """One channel's standing and what it adds to the overall score; None where it adds nothing."""

    standing: Standing
    worth: float | None


def _worth(standing: Standing, placed: int, rule: OverallRule) -> float | None:
    if standing.reason is Reason.JURY:
        return None
    if standing.reason is Reason.VETO:
        return 0.0  # It failed: left out, a weak channel would lift the mean of the others.
    if rule.way is OverallWay.MEAN:
        return standing.score
    return None if standing.place is None else float(placed - standing.place + 1)


def _combine(agency: Agency, results: Sequence[_Result], rule: OverallRule, total: float) -> Overall:
    """The weighted mean of what the channels are worth; the rubric says whether a missing one is 0."""
    known = [(r.worth, rule.weights[r.standing.channel]) for r in results if r.worth is not None]
    weight = total if rule.missing_is_zero else sum(weight for _, weight in known)
    score = sum(worth * weight for worth, weight in known) / weight if known else None
    channels = tuple((r.standing.channel, r.standing.score, r.standing.place) for r in results)
    return Overall(agency, None, score, channels)


def _competes(overall: Overall, results: Sequence[_Result], rule: OverallRule) -> bool:
    taking_part = overall.agency.participation is Participation.PESERTA
    return taking_part and sum(r.worth is not None for r in results) >= rule.least_channels


def _overall_order(overall: Overall) -> tuple[float, str, str]:
    score = None if overall.score is None else round(overall.score, _DIGITS)
    return (1.0 if score is None else -score, *_name(overall.agency))


def _place(competing: Iterable[Overall]) -> tuple[Overall, ...]:
    placed: list[Overall] = []
    for number, overall in enumerate(competing, 1):
        tied = bool(placed) and _overall_order(overall)[0] == _overall_order(placed[-1])[0]
        placed.append(replace(overall, place=placed[-1].place if tied else number))
    return tuple(placed)


def _change(standing: Standing, then: Mapping[tuple[Channel, str], Standing]) -> Change | None:
    """Against the office itself where it was ranked before, else against those it carries on."""
    slugs = (standing.agency.slug, *standing.agency.predecessors)
    known = [s for s in (then.get((standing.channel, slug)) for slug in slugs) if s is not None]
    # An office renamed late in the last semester was too young to be judged; its predecessor was not.
    found = [s for s in known if s.score is not None] or known
    if not found:
        return None
    if found[0].agency.slug == standing.agency.slug:
        found = found[:1]
    best = min(found, key=_best_first)
    return Change(
        agencies=tuple(s.agency.slug for s in found),
        place=best.place,
        score=best.score,
        metrics=_moves(standing, best),
    )


def _best_first(standing: Standing) -> tuple[float, float, str]:
    place = float("inf") if standing.place is None else standing.place
    return place, -(standing.score if standing.score is not None else -1.0), standing.agency.slug


def _moves(now: Standing, then: Standing) -> tuple[tuple[str, float], ...]:
    """Points gained and lost by each metric that counts, what moved the score most first."""
    before = {metric.name: metric.points for metric in then.metrics}
    moves = [
        (
            metric.weight * abs(metric.points - before[metric.name]),
            metric.name,
            metric.points - before[metric.name],
        )
        for metric in now.metrics
        if metric.weight and metric.name in before
    ]
    return tuple((name, move) for _, name, move in sorted(moves, key=lambda found: (-found[0], found[1])))


def _name(agency: Agency) -> tuple[str, str]:
    return agency.name.casefold(), agency.slug
