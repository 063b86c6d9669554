"""A semester judged, aloud: what the desk has to say of it goes to standard error."""

from pathlib import Path

from activity.semester import Semester
from cli.console import complain, tell
from desk import judge as desk
from desk.config import Config
from desk.judge import Judgement, plan_as_of, rank_semester

__all__ = ["Judgement", "judge", "keep", "plan_as_of", "rank_semester"]


def judge(config: Config, semester: Semester, rubric: Path | None = None) -> Judgement:
    """Rank a semester as `desk.judge.judge` does, and say where the data has drifted from a sealed result."""
    judgement = desk.judge(config, semester, rubric)
    if judgement.warning:
        complain(judgement.warning)
    return judgement


def keep(judgement: Judgement) -> None:
    """Store a ranking as `desk.judge.keep` does, and say where that settled the semester's rubric."""
    if settled := desk.keep(judgement):
        tell(settled)
