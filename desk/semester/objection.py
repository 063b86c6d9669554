"""An objection of an office, entered in its time, or with the reason why it is taken all the same."""

from dataclasses import replace
from typing import TYPE_CHECKING

from activity.errors import ConfigError
from activity.jury import Objection
from activity.message import Message
from activity.semester import Semester
from desk.agency import name_agency
from desk.semester.stage import load_progress
from desk.setting.config import Config
from desk.store import check_registry

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from scoring.jury.decision import Progress

__all__ = ["enter_objection"]


def enter_objection(engine: "Engine", config: Config, draft: Objection) -> Objection:
    """Store an objection as it was drafted; returns it with its number and the office's slug.

    Args:
        draft: its agency by id or whole name; its number is ignored, and `late` where it comes in time.

    Raises ConfigError before the result is published, after the time for objections where `late` says no
    reason, and where the semester is sealed; nothing is stored then.
    """
    from db.semester.jury import save_objection

    check_registry(engine)
    semester = Semester.parse(draft.semester)
    draft = replace(draft, agency=name_agency(engine, draft.agency))
    progress = load_progress(engine, semester, draft.opened_at, config.zone)
    is_late = _check_time(semester, progress, draft.late)
    draft = replace(draft, late=draft.late if is_late else None)
    return replace(draft, number=save_objection(engine, draft))


def _check_time(semester: Semester, progress: "Progress", late: str | None) -> bool:
    """Whether the time for objections is over; raises ConfigError where that rules this one out."""
    publication = progress.publication
    if progress.sealed is not None:
        # Storing it is refused as well, with what to do.
        return False
    if publication is None:
        raise ConfigError(
            "The result of {semester} is not published yet; there is nothing to object to.",
            "Publish it first: denyut publish {semester} --who NAME",
            semester=semester,
        )
    if not progress.in_time and late is None:
        until = (
            Message("there was none")
            if publication.until is None
            else Message("it ended on {until}", until=publication.until)
        )
        raise ConfigError(
            "The time for objections to {semester} is over: {until}.",
            "Add --late TEXT if it has to be taken all the same: why.",
            semester=semester,
            until=until,
        )
    return not progress.in_time
