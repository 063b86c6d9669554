"""The months of a semester: what each account did in one, and what a city did. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from activity.agency import Agency, Channel
from activity.errors import ConfigError
from activity.ranking import ActivityRow
from activity.semester import Night, Semester

__all__ = ["Month", "MonthLine", "MonthSum", "find_month", "line_up", "list_months", "sum_up"]

_UNKNOWN = (Night.UNSEEN, Night.NOT_DUE)


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month within a semester.

    Attributes:
        days: of the semester, by their indices into `Semester.days()`.
    """

    first_day: date
    days: range

    def __str__(self) -> str:
        return f"{self.first_day:%Y-%m}"

    def day(self, index: int) -> date:
        """The day that has this index in the semester."""
        return self.first_day + timedelta(days=index - self.days.start)


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One account in one month; unknown is not zero.

    Attributes:
        posts: dated posts; None where no night is known and no post was found. A lower bound where
            nights are unseen.
        active_days: days with a post; None likewise.
        longest_silence: most known nights in a row without a post; unseen ones are not counted, and do
            not end it. None likewise.
        latest: the newest day with a post.
        unseen: nights of which nothing is known.
        due: nights judged; 0 where the office does not exist yet or no more.
    """

    agency: Agency
    channel: Channel
    month: Month
    posts: int | None
    active_days: int | None
    longest_silence: int | None
    latest: date | None
    unseen: int
    due: int


@dataclass(frozen=True, slots=True)
class MonthSum:
    """Many accounts in one month.

    Attributes:
        accounts: those of which nights are due.
        posts: None where nothing is known of any account; a lower bound where nights are unseen.
        posted: accounts with a post.
        silent: accounts without one, every night known.
        uncertain: accounts without one of which nights are unseen.
        unseen, due: nights of all accounts.
    """

    month: Month
    accounts: int
    posts: int | None
    posted: int
    silent: int
    uncertain: int
    unseen: int
    due: int


def list_months(semester: Semester, as_of: date) -> tuple[Month, ...]:
    """The months that have begun, the first one first.

    >>> [str(month) for month in list_months(Semester(2026, 1), date(2026, 3, 1))]
    ['2026-01', '2026-02', '2026-03']
    """
    days = semester.days()
    starts = [index for index, day in enumerate(days) if day.day == 1]
    ends = [*starts[1:], len(days)]
    return tuple(
        Month(days[start], range(start, end))
        for start, end in zip(starts, ends, strict=True)
        if days[start] <= as_of
    )


def find_month(months: Sequence[Month], text: str) -> Month:
    """The month that `2026-03` names; raises ConfigError for one that is not there."""
    for month in months:
        if str(month) == text.strip():
            return month
    raise ConfigError(
        "--month: there is nothing to show of {text}.",
        "There are: {known}.",
        text=text.strip(),
        known=", ".join(map(str, months)),
    )


def line_up(row: ActivityRow, month: Month) -> MonthLine:
    """Count one account's month."""
    nights = row.nights[month.days.start : month.days.stop]
    posts = [
        0 if night is Night.NOT_DUE else count
        for night, count in zip(nights, row.posts[month.days.start : month.days.stop], strict=True)
    ]
    posted = [index for index, count in enumerate(posts) if count]
    due, unseen = len(nights) - nights.count(Night.NOT_DUE), nights.count(Night.UNSEEN)
    known = bool(posted) or unseen < due
    return MonthLine(
        agency=row.agency,
        channel=row.channel,
        month=month,
        posts=sum(posts) if known else None,
        active_days=len(posted) if known else None,
        longest_silence=_measure_silence(nights, posted) if known else None,
        latest=month.day(month.days.start + posted[-1]) if posted else None,
        unseen=unseen,
        due=due,
    )


def _measure_silence(nights: Sequence[Night], posted: Sequence[int]) -> int:
    """The most known nights between two days with a post, or one and the month's ends."""
    spans = zip([-1, *posted], [*posted, len(nights)], strict=True)
    return max(
        last - first - 1 - sum(nights[first + 1 : last].count(state) for state in _UNKNOWN)
        for first, last in spans
    )


def sum_up(month: Month, lines: Iterable[MonthLine]) -> MonthSum:
    """Add up the accounts of a month."""
    due = [line for line in lines if line.due]
    known = [line.posts for line in due if line.posts is not None]
    idle = [line for line in due if not line.posts]
    silent = sum(not line.unseen for line in idle)
    return MonthSum(
        month=month,
        accounts=len(due),
        posts=sum(known) if known else None,
        posted=len(due) - len(idle),
        silent=silent,
        uncertain=len(idle) - silent,
        unseen=sum(line.unseen for line in due),
        due=sum(line.due for line in due),
    )
