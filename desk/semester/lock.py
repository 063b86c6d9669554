"""The rubric by which a semester is judged: read, compared with the one that is settled, settled."""

from datetime import datetime
from typing import TYPE_CHECKING

from activity.message import Message
from activity.semester import Semester, night_of
from desk.setting.config import Config
from desk.setting.rubric import read_rubric

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from db.semester.rubric import Adoption
    from scoring.rubrics.rubric import Rubric

__all__ = [
    "find_rubric",
    "load_settled",
    "settle_chosen_rubric",
    "settle_rubric",
    "to_adoption",
]

_ITSELF = "denyut"
"""Who adopts a rubric where no person did: the first crawl, or the publication of a result."""


def find_rubric(engine: "Engine", semester: Semester, given: "Rubric | None", source: str) -> "Rubric":
    """The rubric that a semester is judged by: the settled one, else the given one, else the built-in one.

    Raises RubricError when the one given is not, to the letter, the one that is settled.
    """
    from scoring.rubrics.lock import check_lock

    adopted = load_settled(engine, semester)
    if adopted is not None and given is not None:
        check_lock(given, adopted, semester, source)
    return adopted or given or read_rubric(None)


def load_settled(engine: "Engine", semester: Semester) -> "Rubric | None":
    """The rubric that a semester was settled to be judged by; None before that."""
    from db.semester.rubric import load_adopted
    from scoring.rubrics.rubric import parse_rubric

    adoption = load_adopted(engine, semester)
    if adoption is None:
        return None
    return parse_rubric(
        adoption.text,
        Message(
            "{adoption} {version} of {semester}",
            adoption=adoption.name,
            version=adoption.version,
            semester=semester,
        ),
    )


def settle_rubric(engine: "Engine", semester: Semester, rubric: "Rubric", now: datetime) -> str:
    """From now on a semester is judged by one rubric; a sentence where none was before, else empty."""
    from db.semester.rubric import adopt_rubric, load_adopted

    if load_adopted(engine, semester) is None:
        adopt_rubric(engine, to_adoption(semester, rubric, _ITSELF, now), first=True)
        title = f"{rubric.name} {rubric.version}"
        return Message(
            "From now on {semester} is judged by {title}: see `denyut rubric show {semester}`.",
            semester=semester,
            title=title,
        )
    return ""


def settle_chosen_rubric(engine: "Engine", config: Config) -> str:
    """A rubric that the city has chosen is settled by the first crawl of a semester, which has begun then.

    Returns a sentence where it was settled now. Raises ConfigError or RubricError for an unusable one.
    """
    if config.rubric is None:
        return ""
    semester = Semester.of(night_of(config.now(), config.zone))
    return settle_rubric(engine, semester, read_rubric(config.rubric), config.now())


def to_adoption(semester: Semester, rubric: "Rubric", who: str, now: datetime) -> "Adoption":
    """The decision that a semester is judged by a rubric."""
    from db.semester.rubric import Adoption

    return Adoption(str(semester), rubric.name, rubric.version, rubric.text, rubric.reason, who, now)
