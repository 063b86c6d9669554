"""How far a semester's result has come, from what the database holds."""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from activity.semester import Semester

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from scoring.jury.decision import Progress

__all__ = ["load_progress"]


def load_progress(engine: "Engine", semester: Semester, now: datetime, zone: ZoneInfo) -> "Progress":
    """Tell where a semester stands at a moment."""
    from db.semester.jury import load_objections, load_publication
    from db.semester.seal import load_reopenings, load_seals
    from scoring.jury.decision import measure_progress

    name = str(semester)
    return measure_progress(
        load_publication(engine, name),
        load_objections(engine, name),
        load_seals(engine, name),
        load_reopenings(engine, name),
        now.astimezone(zone).date(),
    )
