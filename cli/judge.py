"""A semester judged, aloud: what the desk has to say of it goes to standard error."""

from pathlib import Path

from activity.semester import Semester
from cli.console import complain, tell
from desk.semester import judge as desk
from desk.semester.judge import Judgement, plan_as_of, rank_semester
from desk.setting.config import Config
from desk.view.unknown import tell_unknown

__all__ = ["Judgement", "judge", "keep", "keep_settled", "plan_as_of", "rank_semester", "remark_unknown"]


def judge(config: Config, semester: Semester, rubric: Path | None = None) -> Judgement:
    """Rank a semester as `desk.semester.judge.judge` does; say where a sealed result drifted."""
    judgement = desk.judge(config, semester, rubric)
    if judgement.warning:
        complain(judgement.warning)
    return judgement


def remark_unknown(judgement: Judgement) -> None:
    """Say where nothing is known of a semester: after what was asked was checked, ahead of the result."""
    if unknown := tell_unknown(judgement):
        tell(unknown)


def keep(judgement: Judgement) -> None:
    """Store the ranking as `desk.semester.judge.keep` does; say where nothing is known."""
    remark_unknown(judgement)
    desk.keep(judgement)


def keep_settled(judgement: Judgement) -> None:
    """Settle the semester's rubric as `desk.semester.judge.settle` does, say so, and store the ranking."""
    if settled := desk.settle(judgement):
        tell(settled)
    desk.keep(judgement)
