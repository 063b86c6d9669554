"""Who won what, as rows of the award table."""

from typing import Any

from activity.ranking import Category, Overall, Ranking, Standing

__all__ = ["find_winners", "list_awards", "list_levels", "list_prizes"]


def list_levels(ranking: Ranking) -> list[str]:
    """The ranked levels in the rubric's order, which the categories of each channel have already."""
    by_channel: dict[str, list[str]] = {}
    for category in ranking.categories:
        by_channel.setdefault(category.channel.value, []).append(category.level)
    longest = max(by_channel.values(), key=len, default=[])
    return list(dict.fromkeys([*longest, *(c.level for c in ranking.categories)]))


def list_awards(ranking: Ranking) -> list[dict[str, Any]]:
    """The winning places by level and channel, then all channels together, as rows of the award table."""
    rows = []
    for level in list_levels(ranking):
        for category in ranking.categories:
            if category.level == level:
                rows += [_row(s, category, ranking) for s in find_winners(category, ranking.places)]
        rows += [_overall_row(o, ranking) for o in _overall_winners(level, ranking)]
    return rows


def list_prizes(ranking: Ranking) -> list[dict[str, Any]]:
    """The winners of the rubric's further prizes, by level and channel within each."""
    return [
        {
            "prize": prize.name,
            "level": category.level,
            "channel": category.channel.value,
            "place": winner.place,
            "tied": sum(other.place == winner.place for other in category.winners) > 1,
            "agency": winner.agency.slug,
            "name": winner.agency.name,
            "value": winner.value,
        }
        for prize in ranking.prizes
        for level in list_levels(ranking)
        for category in prize.categories
        if category.level == level
        for winner in category.winners
    ]


def find_winners(category: Category, places: int) -> tuple[Standing, ...]:
    """Whoever stands on one of the winning places; those who share the last one are all among them."""
    return tuple(s for s in category.standings if s.place is not None and s.place <= places)


def _row(standing: Standing, category: Category, ranking: Ranking) -> dict[str, Any]:
    return {
        "level": category.level,
        "channel": category.channel.value,
        "place": standing.place,
        "tied": sum(s.place == standing.place for s in category.standings) > 1,
        "sweep": any(sweep.agency.slug == standing.agency.slug for sweep in ranking.sweeps),
        "agency": standing.agency.slug,
        "name": standing.agency.name,
        "score": standing.score,
    }


def _overall_winners(level: str, ranking: Ranking) -> list[Overall]:
    found = next((overall for name, overall in ranking.overall if name == level), ())
    return [o for o in found if o.place is not None and o.place <= ranking.places]


def _overall_row(overall: Overall, ranking: Ranking) -> dict[str, Any]:
    equal = next(found for _, found in ranking.overall if overall in found)
    return {
        "level": overall.agency.level,
        "channel": "overall",
        "place": overall.place,
        "tied": sum(o.place == overall.place for o in equal) > 1,
        "sweep": any(sweep.agency.slug == overall.agency.slug for sweep in ranking.sweeps),
        "agency": overall.agency.slug,
        "name": overall.agency.name,
        "score": overall.score,
    }
