"""The whole judgement of a semester, from what was counted to the ranking: the steps, in their one order."""

from collections.abc import Sequence
from datetime import date

from activity.jury import Override
from activity.ranking import ActivityRow, Ranking
from activity.semester import Semester
from scoring.combined import complete_ranking
from scoring.rank import rank
from scoring.rubric import Rubric

__all__ = ["judge_rows"]


def judge_rows(
    rows: Sequence[ActivityRow],
    decisions: Sequence[Override],
    rubric: Rubric,
    semester: Semester,
    as_of: date,
) -> Ranking:
    """Follow the jury, give places, and put all channels together.

    Args:
        rows: as the database counts them.
        decisions: every one of the semester; those no longer in force are passed over.
    """
    return complete_ranking(rank(rows, rubric, semester, as_of, decisions), rubric)
