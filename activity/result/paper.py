"""What the papers of a semester are made from: minutes, an office's report, certificates, jury sheets."""

from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from activity.jury import Objection, Override, Seal, Stage
from activity.ranking import Category, Ranking, Standing
from activity.result.explanation import StepUp
from activity.result.pulse import CategoryPulse, OfficeLine, OfficePulse
from activity.result.sheet import Sheet, SheetMark, Team

__all__ = ["JurySheet", "Minutes", "Occasion", "PaperKind", "Rapor", "RaporLine"]


class PaperKind(StrEnum):
    """The papers of a semester, by the words of the committee."""

    MINUTES = "berita-acara"
    RAPOR = "rapor"
    CERTIFICATE = "piagam"
    JURY_SHEET = "lembar-juri"


@dataclass(frozen=True, slots=True)
class Occasion:
    """What every paper of a semester tells.

    Attributes:
        seal: the one that holds the very result that is shown; None where the paper is a draft.
        zone: in which moments become days.
    """

    city: str
    ranking: Ranking
    stage: Stage
    seal: Seal | None
    zone: ZoneInfo
    team: Team


@dataclass(frozen=True, slots=True)
class Minutes:
    """The official minutes of an assessment.

    Attributes:
        categories: in the ranking's order.
        decisions: the jury's that are in force, by number.
        undone: how many others were taken back or replaced.
        objections: by number.
    """

    occasion: Occasion
    categories: tuple[CategoryPulse, ...]
    decisions: tuple[Override, ...]
    undone: int
    objections: tuple[Objection, ...]


@dataclass(frozen=True, slots=True)
class RaporLine:
    """One channel of an office's report.

    Attributes:
        target: posts a week that the rubric asks for; None where it ranks nobody.
        step: the way one place higher; None for the first, and without a place.
    """

    line: OfficeLine
    target: float | None
    step: StepUp | None


@dataclass(frozen=True, slots=True)
class Rapor:
    """One office's report: a page."""

    occasion: Occasion
    office: OfficePulse
    lines: tuple[RaporLine, ...]


@dataclass(frozen=True, slots=True)
class JurySheet:
    """One account of the shortlist before the jury.

    Attributes:
        marks: a line each, in the sheet's order.
    """

    occasion: Occasion
    sheet: Sheet
    category: Category
    standing: Standing
    marks: tuple[SheetMark, ...]
