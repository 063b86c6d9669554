"""How far a semester's result has come, as commands say it."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from activity.errors import ConfigError
from activity.jury import Stage
from cli.speech import phrase

if TYPE_CHECKING:
    from scoring.jury.decision import Progress

__all__ = ["describe_stage", "read_words", "shown_day"]


def describe_stage(progress: "Progress", zone: ZoneInfo) -> str:
    """One line for people."""
    seal, publication = progress.seal, progress.publication
    if seal is not None:
        said = phrase(
            "sealed {day}, seal {number}, sha256 {archive}",
            day=shown_day(seal.sealed_at, zone),
            number=seal.number,
            archive=seal.archive,
        )
        if progress.reopening is None:
            return said
        again = progress.reopening
        since = shown_day(again.opened_at, zone)
        return phrase(
            "reopened {since} by {who} ({reason}); until it is sealed again: {said}",
            since=since,
            who=again.who,
            reason=again.reason,
            said=said,
        )
    if publication is None:
        return phrase("{stage}, not published", stage=progress.stage)
    words = phrase(
        "{stage}, published {day}", stage=progress.stage, day=shown_day(publication.published_at, zone)
    )
    if progress.stage is Stage.OBJECTIONS and publication.until is not None:
        words += phrase(", objections until {until}", until=publication.until)
    waiting = ", ".join(map(str, progress.open_objections))
    return phrase("{words}, without an answer: {waiting}", words=words, waiting=waiting) if waiting else words


def shown_day(moment: datetime, zone: ZoneInfo) -> date:
    """The local day of a moment."""
    return moment.astimezone(zone).date()


def read_words(text: str | None, option: str, expected: str) -> str:
    """What a person wrote, on one line; raises ConfigError where it says nothing."""
    words = " ".join((text or "").replace("\0", "").encode("utf-8", "replace").decode().split())
    if not words:
        raise ConfigError("{option} is blank.", "Say {expected}.", option=option, expected=expected)
    return words
