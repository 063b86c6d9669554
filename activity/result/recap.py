"""A city's month: every account's line, their sum, and what was handed in. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from activity.agency import Channel
from activity.channel import CHANNELS
from activity.ranking import ActivityRow
from activity.result.hand_in import HandIn, HandInState, Told, judge_hand_in
from activity.result.month import Month, MonthLine, MonthSum, line_up, sum_up

__all__ = ["Files", "MonthRecap", "recap_month"]

Files = Mapping[tuple[str, Channel], Sequence[Told]]
"""Of a slug and channel: the files that were handed in and tell of the semester."""


@dataclass(frozen=True, slots=True)
class MonthRecap:
    """One month of a city, or of a part of it.

    Attributes:
        lines: every account, in the order of its rows.
        hand_ins: by slug and channel, of the channels for which files can be handed in.
    """

    month: Month
    whole: MonthSum
    lines: tuple[MonthLine, ...]
    hand_ins: Mapping[tuple[str, Channel], HandIn]

    def count(self, state: HandInState) -> int:
        """Accounts of which so much was handed in."""
        return sum(each.state is state for each in self.hand_ins.values())

    def part(self, channel: Channel, level: str) -> "MonthRecap":
        """The same of one channel and level."""
        lines = tuple(x for x in self.lines if x.channel is channel and x.agency.level == level)
        handed = {
            key: each
            for key, each in self.hand_ins.items()
            if each.channel is channel and each.agency.level == level
        }
        return MonthRecap(self.month, sum_up(self.month, lines), lines, handed)

    def hand_in(self, line: MonthLine) -> HandIn | None:
        """Tell what was handed in of an account; None where no file can be."""
        return self.hand_ins.get((line.agency.slug, line.channel))


def recap_month(rows: Iterable[ActivityRow], month: Month, files: Files) -> MonthRecap:
    """Count a month of every account that nights of it are due of."""
    known = [row for row in rows if row.address is not None]
    lines = [line_up(row, month) for row in known]
    handed = {
        (row.agency.slug, row.channel): judge_hand_in(
            row, month, files.get((row.agency.slug, row.channel), ())
        )
        for row, line in zip(known, lines, strict=True)
        if line.due and CHANNELS[row.channel].social
    }
    return MonthRecap(month, sum_up(month, lines), tuple(line for line in lines if line.due), handed)
