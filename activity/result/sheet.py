"""A jury sheet: lines with weights, of which some are measured and some are scored by people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from activity.channel import Channel
from activity.metric import Metric
from activity.outcome import Outcome
from activity.record import Certificate

__all__ = ["Gauge", "HandPoints", "Service", "Sheet", "SheetLine", "SheetMark", "Team"]

HandPoints = Mapping[tuple[str, Channel, str], tuple[float, ...]]


class Gauge(StrEnum):
    """What the machine can measure for a line beside a metric: the whole score, and how a site was served."""

    SCORE = "score"
    HTTPS = "https"
    REACHABLE = "reachable"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of a jury sheet.

    Attributes:
        weight: share of the total; the lines of a channel add up to 100.
        gauge: what measures it; None where people score it.
        channels: on which it stands; empty for all.
        seconds: for `ANSWER`: how long an answer may take.
    """

    title: str
    weight: float
    gauge: Gauge | Metric | None = None
    channels: tuple[Channel, ...] = ()
    seconds: float = 3.0


@dataclass(frozen=True, slots=True)
class Team:
    """Who signs; a blank name leaves room for one.

    Attributes:
        decree: the decision that made the team and the weights, as people cite it; may be blank.
        members: those beside the chair.
    """

    decree: str = ""
    chair: str = ""
    members: tuple[str, ...] = ("", "", "", "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A jury sheet as its file gives it, and what people have scored so far.

    Attributes:
        by_hand: points of each juror by agency, channel and the line's title.
    """

    name: str
    team: Team
    lines: tuple[SheetLine, ...]
    by_hand: HandPoints = field(default_factory=dict)

    def lines_on(self, channel: Channel) -> tuple[SheetLine, ...]:
        """The lines that stand on a channel's sheet."""
        return tuple(line for line in self.lines if not line.channels or channel in line.channels)


@dataclass(frozen=True, slots=True)
class Service:
    """How an account answered to one look.

    Attributes:
        scheme: `https` or `http`, of the first page; None where none came.
        certificate: the worst that was met; None where none was shown.
        first_byte: seconds to the first byte of the first answer; None where none came.
    """

    night: date
    outcome: Outcome
    scheme: str | None
    certificate: Certificate | None
    first_byte: float | None


@dataclass(frozen=True, slots=True)
class SheetMark:
    """A line with what was measured.

    Attributes:
        value: in the gauge's own unit: a share of 1, a metric's value, or points; None where people
            score the line, and where too little could be measured.
        points: 0 to 100; None likewise.
        nights: nights that it rests on; None where the ranking's own coverage tells.
        jurors: how many people's points `points` is the mean of; 0 where it was measured.
    """

    line: SheetLine
    value: float | None
    points: float | None
    nights: int | None = None
    jurors: int = 0

    @property
    def gives(self) -> float | None:
        """What it gives to the total; None until people have scored it."""
        return None if self.points is None else self.points * self.line.weight / 100
