"""Further prizes: of those who have a place, the best by the figure of a single metric."""

from collections.abc import Iterable, Iterator

from activity.metric import Metric
from activity.prize import Prize, PrizeCategory, PrizeWinner
from activity.ranking import Category, Ranking, Standing
from scoring.rubrics.rule import PrizeRule

__all__ = ["award_prizes"]

_DIGITS = 9
"""Figures are compared rounded to this many decimals: the noise of floats is no lead."""


def award_prizes(ranking: Ranking, rules: Iterable[PrizeRule]) -> tuple[Prize, ...]:
    """Find the winners of each prize on every channel and level.

    Who has no place in the ranking wins no prize either, nor does who has no point of the metric. Figures
    are compared as they are, uncapped; equals share a place.
    """
    return tuple(
        Prize(
            rule.name,
            rule.metric.value,
            rule.places,
            tuple(_award(category, rule) for category in ranking.categories),
        )
        for rule in rules
    )


def _award(category: Category, rule: PrizeRule) -> PrizeCategory:
    found = sorted(_figures(category.standings, rule.metric), key=lambda each: (each[0], _name(each[1])))
    winners: list[PrizeWinner] = []
    for number, (order, standing, value) in enumerate(found, 1):
        tied = number > 1 and found[number - 2][0] == order
        place = winners[-1].place if tied else number
        if place > rule.places:
            break
        winners.append(PrizeWinner(standing.agency, place, value))
    return PrizeCategory(category.channel, category.level, tuple(winners))


def _figures(standings: Iterable[Standing], metric: Metric) -> Iterator[tuple[float, Standing, float]]:
    """What each is ordered by, the best lowest, and the figure itself."""
    best_high = 1 if metric is Metric.LONGEST_SILENCE else -1
    for standing in standings:
        for mine in standing.metrics:
            if standing.place is not None and mine.name == metric.value and mine.points > 0:
                yield round(best_high * mine.value, _DIGITS), standing, mine.value


def _name(standing: Standing) -> tuple[str, str]:
    return standing.agency.name.casefold(), standing.agency.slug
