"""Levels that a command was asked for."""

from activity.errors import ConfigError
from activity.ranking import Ranking

__all__ = ["check_levels"]


def check_levels(ranking: Ranking, levels: list[str] | None) -> None:
    """Raise ConfigError for a level that no ranked agency has."""
    known = {category.level for category in ranking.categories}
    for level in levels or ():
        if level not in known:
            raise ConfigError(
                "--level: no agency is of level {level!r}.",
                "There are: {known}.",
                level=level,
                known=", ".join(sorted(known)),
            )
