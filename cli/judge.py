"""From the database to a ranking: the steps that `rank`, `shortlist`, `vacuum` and `report` share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from activity.errors import ConfigError
from activity.ranking import ActivityRow, Ranking
from activity.semester import Semester, night_of
from cli.config import Config
from cli.store import check_registry, open_store

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from scoring.rubric import Rubric

__all__ = ["Judgement", "judge", "plan_as_of", "read_rubric"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A ranking with the activity it was made from, and the settings with the database's own zone."""

    ranking: Ranking
    rows: Sequence[ActivityRow]
    engine: "Engine"
    config: Config


def judge(config: Config, semester: Semester, rubric: Path | None = None) -> Judgement:
    """Rank a semester from what the database holds as of the moment in force.

    Raises ConfigError when the semester has not begun, RubricError for a rubric that cannot be used,
    StoreError when the database cannot be.
    """
    from db.queries import load_activity
    from scoring.rank import rank

    judged_by = read_rubric(rubric or config.rubric)
    engine, config = open_store(config)
    as_of = plan_as_of(config, semester)
    check_registry(engine)
    rows = load_activity(engine, semester, as_of, config.zone)
    return Judgement(rank(rows, judged_by, semester, as_of), rows, engine, config)


def plan_as_of(config: Config, semester: Semester) -> date:
    """The last local day whose night is over, within the semester; raises ConfigError before its start."""
    night = night_of(config.now(), config.zone)
    if night < semester.first_day:
        raise ConfigError(
            f"{semester} has not begun on {night}.",
            f"Wait until {semester.first_day}, or name another semester.",
        )
    return min(night, semester.end_day - timedelta(days=1))


def read_rubric(path: Path | None) -> "Rubric":
    """Read a rubric file, or the built-in one; raises ConfigError or RubricError."""
    from scoring.rubric import load_default, parse_rubric

    if path is None:
        return parse_rubric(load_default(), "keaktifan")
    try:
        return parse_rubric(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise ConfigError(f"{path}: {reason}.", "Name a rubric file in TOML.") from None
