"""What was handed in of an account for a month, and which nights of it the files leave. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from activity.agency import Agency, Channel
from activity.ranking import ActivityRow
from activity.result.month import Month
from activity.semester import Night

__all__ = ["HandIn", "HandInState", "Told", "judge_hand_in"]

Told = tuple[date | None, date]
"""Of a file: the first day that it tells of without a gap, None where only of single posts; the last day."""


class HandInState(StrEnum):
    """Whether an account's month was handed in."""

    WHOLE = "whole"
    """Files tell of every night of it."""
    PART = "part"
    """A file tells of it, and nights are left."""
    NOTHING = "nothing"
    NOT_NEEDED = "not needed"
    """No file, and nothing is missing: every night is known from visits."""


@dataclass(frozen=True, slots=True)
class HandIn:
    """One account of a channel for which files can be handed in, in one month.

    Attributes:
        covered: nights of the month that files tell of without a gap.
        due: nights of the month that are judged.
        until: the last day that a file of the month tells of; None without one.
    """

    agency: Agency
    channel: Channel
    month: Month
    state: HandInState
    covered: int
    due: int
    until: date | None


def judge_hand_in(row: ActivityRow, month: Month, files: Sequence[Told]) -> HandIn:
    """Hold an account's files against the nights of a month."""
    last_day = month.day(month.days[-1])
    mine = [told for told in files if told[1] >= month.first_day and (told[0] or told[1]) <= last_day]
    nights = row.nights[month.days.start : month.days.stop]
    due = len(nights) - nights.count(Night.NOT_DUE)
    covered = _count_covered(nights, month, mine) if mine else 0
    if covered and covered == due:
        state = HandInState.WHOLE
    elif mine:
        state = HandInState.PART
    else:
        state = HandInState.NOTHING if Night.UNSEEN in nights else HandInState.NOT_NEEDED
    until = max((last for _, last in mine), default=None)
    return HandIn(row.agency, row.channel, month, state, covered, due, until)


def _count_covered(nights: Sequence[Night], month: Month, files: Sequence[Told]) -> int:
    days = [month.day(index) for index in month.days]
    gapless = [(first, last) for first, last in files if first is not None]
    return sum(
        night is not Night.NOT_DUE and any(first <= day <= last for first, last in gapless)
        for night, day in zip(nights, days, strict=True)
    )
