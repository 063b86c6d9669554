"""Accounts of which too much tells no day to say anything of them."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from activity.ranking import ActivityRow, Status
from activity.semester import Semester
from scoring.measuring.coverage import are_enough, measure_coverage
from scoring.measuring.observation import Observations, observe
from scoring.rubrics.rubric import Rubric

__all__ = ["find_undated"]


def find_undated(
    rows: Sequence[ActivityRow],
    seen: Observations,
    enough: NDArray[np.bool_],
    statuses: Sequence[Status],
    rubric: Rubric,
    semester: Semester,
    as_of: date,
) -> frozenset[int]:
    """Find the accounts, by their indices, that are not assessed for their posts without a day.

    Either these leave too few nights known, where the looks alone would be enough; or, of what came while the
    account was watched, more than the rubric's share tells no day. The latter excuses nobody who is vacuum by
    the nights that are known: one post without a day in January is no answer to a silence until June.

    Args:
        seen: with the nights of such posts unseen.
        enough: whose nights are enough so.
    """
    if rubric.undated is None or not any(row.arrivals for row in rows):
        return frozenset()
    came = np.bincount(seen.arrivals.account[seen.arrivals.inside()], minlength=len(rows))
    dated = seen.due_posts.sum(axis=1, dtype=np.int64)
    mostly = (came > rubric.undated.most * (came + dated)) & (came > 0)
    vacuum = np.array([status is Status.VAKUM for status in statuses], dtype=np.bool_)
    short = [number for number in np.flatnonzero(~enough).tolist() if rows[number].arrivals]
    excused = np.flatnonzero(enough & mostly & ~vacuum).tolist()
    return frozenset([*excused, *_find_hidden(short, rows, rubric, semester, as_of)])


def _find_hidden(
    short: Sequence[int], rows: Sequence[ActivityRow], rubric: Rubric, semester: Semester, as_of: date
) -> Sequence[int]:
    """Those of some accounts whose looks alone would be enough."""
    if not short:
        return []
    looked = observe([rows[number] for number in short], semester, as_of)
    enough = are_enough(measure_coverage(looked, rubric.coverage), looked.days, rubric.coverage)
    return [number for number, is_enough in zip(short, enough.tolist(), strict=True) if is_enough]
