"""From the database to flags: what is noticed about a semester's posts by a rubric."""

from datetime import date
from typing import TYPE_CHECKING

from activity.flag import Flag
from activity.semester import Semester
from desk.setting.config import Config

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from scoring.rubrics.rubric import Rubric

__all__ = ["find_flags"]


def find_flags(
    engine: "Engine", config: Config, semester: Semester, as_of: date, rubric: "Rubric"
) -> tuple[Flag, ...]:
    """Everything noticed up to a day, by agency, channel, kind and day."""
    from db.semester.integrity import load_trails
    from scoring.integrity.detect import detect_flags, plan_sieve

    sieve = plan_sieve(rubric.integrity, semester)
    trails = load_trails(engine, semester, as_of, config.zone, sieve)
    return detect_flags(trails, rubric.integrity, semester)
