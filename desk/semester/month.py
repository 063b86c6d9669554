"""A semester by months, for commands and pages: every account's figures, and who has handed in."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from activity.channel import Channel
from activity.result.month import list_months
from activity.result.recap import MonthRecap, recap_month

if TYPE_CHECKING:
    from activity.result.recap import Files
    from desk.semester.judge import Judgement

__all__ = ["read_files", "read_months"]


def read_months(
    judgement: "Judgement", channels: Collection[Channel] = (), levels: Collection[str] = ()
) -> Iterator[MonthRecap]:
    """Every month of a judged semester that has begun, the first one first.

    Args:
        channels, levels: only accounts of these; of all where there are none.
    """
    files = read_files(judgement)
    rows = [
        row
        for row in judgement.rows
        if (not channels or row.channel in channels) and (not levels or row.agency.level in levels)
    ]
    for month in list_months(judgement.ranking.semester, judgement.ranking.as_of):
        yield recap_month(rows, month, files)


def read_files(judgement: "Judgement") -> "Files":
    """The files that were handed in and tell of the judged days of a semester."""
    from db.office.hand_in import load_hand_ins

    return load_hand_ins(judgement.engine, judgement.ranking.semester.first_day, judgement.ranking.as_of)
