"""The whole judgement of a semester, from what was counted to the ranking: the steps, in their one order."""

from collections.abc import Sequence
from datetime import date

from activity.flag import Flag, Noticed
from activity.jury import Override
from activity.ranking import ActivityRow, Ranking
from activity.semester import Semester
from scoring.jury.decision import decisions_in_force
from scoring.jury.treatment import NOTHING_DECIDED, Decided, apply_flags, tell_rulings
from scoring.placing.combined import complete_ranking
from scoring.placing.rank import rank
from scoring.rubrics.rubric import Rubric

__all__ = ["judge_rows", "tell_noticed"]


def judge_rows(
    rows: Sequence[ActivityRow],
    decisions: Sequence[Override],
    rubric: Rubric,
    semester: Semester,
    as_of: date,
    flags: Sequence[Flag] = (),
    decided: Decided = NOTHING_DECIDED,
) -> Ranking:
    """Treat flagged posts, follow the jury, give places, and put all channels together.

    Args:
        rows: as the database counts them.
        decisions: every one of the semester; those no longer in force are passed over.
        flags: what was noticed about the posts.
        decided: the posts that decisions name.
    """
    in_force = decisions_in_force(decisions)
    treated = apply_flags(rows, flags, rubric.integrity, in_force, decided, semester)
    return complete_ranking(rank(treated, rubric, semester, as_of, decisions), rubric)


def tell_noticed(
    rows: Sequence[ActivityRow],
    decisions: Sequence[Override],
    rubric: Rubric,
    semester: Semester,
    flags: Sequence[Flag],
    decided: Decided,
) -> Noticed:
    """Say post by post what `judge_rows` made of flags and decisions; arguments as there."""
    rule, in_force = rubric.integrity, decisions_in_force(decisions)
    rulings = tell_rulings(rows, flags, rule, in_force, decided, semester)
    return Noticed(tuple(flags), tuple(rulings), rule.treatment)
