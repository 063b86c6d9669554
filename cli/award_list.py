"""The award table as cities print it: a row a category, a column a place."""

from collections.abc import Iterator

from activity.ranking import Category, Ranking
from cli.console import print_table
from cli.speech import phrase

__all__ = ["print_award_list"]


def print_award_list(ranking: Ranking) -> None:
    """Print who won what, ties in one cell, offices that won on every channel of their level with ★."""
    places = range(1, ranking.places + 1)
    print_table(
        ["award", *map(str, places)],
        ([f"{c.channel.value}, {c.level}", *_list_winners(ranking, c)] for c in ranking.categories),
        title=phrase(
            "{semester} as of {as_of} · {rubric} {version}",
            semester=ranking.semester,
            as_of=ranking.as_of,
            rubric=ranking.rubric,
            version=ranking.version,
        ),
    )


def _list_winners(ranking: Ranking, category: Category) -> Iterator[str | None]:
    """Who holds each winning place; None where nobody does."""
    swept = {sweep.agency.slug for sweep in ranking.sweeps}
    for place in range(1, ranking.places + 1):
        holders = [s.agency for s in category.standings if s.place == place]
        names = (f"{each.name} ★" if each.slug in swept else each.name for each in holders)
        yield "; ".join(names) or None
