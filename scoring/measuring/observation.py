"""What the rows of one category say about the days to be judged: counted once, as arrays, for every metric.

A nation has a hundred thousand accounts and eighteen million days; each step of scoring is therefore a few
operations on whole arrays. One account is a batch of one. Every figure is a sum of whole numbers or one
operation at a time on floats, so that any machine gets the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from activity.agency import Channel
from activity.ranking import ActivityRow
from activity.semester import Night, Semester
from scoring.measuring.arrivals import NO_ARRIVALS, Arrivals, collect_arrivals, find_first_list
from scoring.rubrics.rule import UndatedRule

__all__ = [
    "NOT_DUE",
    "NO_DAY",
    "RECONSTRUCTED",
    "SEEN",
    "UNSEEN",
    "Observations",
    "first_true",
    "last_day_judged",
    "last_true",
    "observe",
    "tabulate",
]

SEEN, RECONSTRUCTED, UNSEEN, NOT_DUE = range(4)
"""What is known of a night, as `Observations.nights` writes it."""
_CODES = {Night.SEEN: SEEN, Night.RECONSTRUCTED: RECONSTRUCTED, Night.UNSEEN: UNSEEN, Night.NOT_DUE: NOT_DUE}

_Whole = TypeVar("_Whole", bound=np.integer[Any])

NO_DAY = np.iinfo(np.int32).min // 2
"""Stands for None among indices of days; earlier than any day, and safe to add to."""


@dataclass(frozen=True, slots=True, eq=False)
class Observations:
    """Accounts of one channel and level over the days from the semester's first to the last one judged.

    Days are indices from the semester's first day, negative before it. Arrays of days have a row an
    account and a column a day; all others one entry an account.

    Attributes:
        posts: dated posts on each day.
        nights: SEEN, RECONSTRUCTED, UNSEEN or NOT_DUE.
        weeks: indices of days, cut at the last day judged.
        newest_before: of the newest post before the semester, NO_DAY where none is known.
        earliest: since when without a gap something is known, NO_DAY where nothing is said of it.
        alive: the last day that a post's dateline names, NO_DAY for none: whether such posts count is for
            the rubric, but an account that has them is not silent.
        arrivals: posts without a day; no night over which one came is known to be silent. None of them where
            the rubric says nothing of such posts.
    """

    channel: Channel
    level: str
    first_day: date
    posts: NDArray[np.int32]
    nights: NDArray[np.uint8]
    weeks: tuple[range, ...]
    newest_before: NDArray[np.int32]
    earliest: NDArray[np.int32]
    alive: NDArray[np.int32]
    arrivals: Arrivals = NO_ARRIVALS

    @property
    def days(self) -> int:
        """How many days are judged."""
        return int(self.posts.shape[1])

    @property
    def known(self) -> NDArray[np.bool_]:
        """Nights of which it is known whether something was posted."""
        return self.nights <= RECONSTRUCTED

    @property
    def due_posts(self) -> NDArray[np.int32]:
        """Posts, 0 on days that are not due."""
        idle = self.nights == NOT_DUE
        return np.where(idle, np.int32(0), self.posts) if idle.any() else self.posts

    @property
    def newest(self) -> NDArray[np.int32]:
        """The newest post known, NO_DAY where there is none."""
        inside = last_true(self.posts > 0)
        return np.where(inside == NO_DAY, self.newest_before, inside)

    @property
    def known_from(self) -> NDArray[np.int32]:
        """The first day of which something is known, NO_DAY where nothing is."""
        first = first_true(self.known)
        with_earlier = np.where(self.earliest == NO_DAY, first, np.minimum(first, self.earliest))
        return np.where(first == NO_DAY, first, with_earlier)

    @property
    def eve(self) -> NDArray[np.int32]:
        """The newest post at the semester's opening.

        Where none was ever found the semester opens as if one had been made the day before, because
        an age that nobody knows must not count; unless it was watched earlier still, and silent.
        """
        due_from, known_from = first_true(self.nights != NOT_DUE), self.known_from
        opening = np.where(due_from == NO_DAY, 0, due_from)
        watched = np.where(known_from == NO_DAY, opening, np.minimum(opening, known_from))
        eve = np.where(self.newest_before == NO_DAY, watched - 1, self.newest_before).astype(np.int32)
        if not len(self.arrivals):
            return eve
        # One that came between two looks before the semester is as old as the first of these at the most.
        came = np.where(self.arrivals.by < 0, self.arrivals.after + 1, np.int32(NO_DAY)).astype(np.int32)
        return np.maximum(eve, self.arrivals.newest(came, len(eve), NO_DAY))

    @property
    def ended(self) -> NDArray[np.bool_]:
        """Days that end a silence: those with a post, and the nights that met one without a day."""
        posted: NDArray[np.bool_] = self.posts > 0
        inside = self.arrivals.inside()
        posted[self.arrivals.account[inside], self.arrivals.by[inside]] = True
        return posted

    def by_week(self, per_day: NDArray[_Whole]) -> NDArray[_Whole]:
        """Sum over the weeks, a column a week; of the same type, which is far quicker."""
        starts = np.array([week.start for week in self.weeks], dtype=np.intp)
        sums: NDArray[_Whole] = np.add.reduceat(per_day, starts, axis=1, dtype=per_day.dtype)
        return sums

    def take(self, accounts: NDArray[np.intp]) -> "Observations":
        """Choose some of the accounts, by their indices."""
        return replace(
            self,
            posts=self.posts[accounts],
            nights=self.nights[accounts],
            newest_before=self.newest_before[accounts],
            earliest=self.earliest[accounts],
            alive=self.alive[accounts],
            arrivals=self.arrivals.take(accounts),
        )

    def day(self, index: int) -> date | None:
        """Tell the day an index stands for."""
        return None if index == NO_DAY else self.first_day + timedelta(days=index)


def first_true(mask: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Find the index of each row's first true, NO_DAY where there is none."""
    if not mask.shape[1]:
        return np.full(len(mask), NO_DAY, dtype=np.int32)
    return np.where(mask.any(axis=1), mask.argmax(axis=1), NO_DAY).astype(np.int32)


def last_true(mask: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Find the index of each row's last true, NO_DAY where there is none."""
    first = first_true(mask[:, ::-1])
    return np.where(first == NO_DAY, first, mask.shape[1] - 1 - first).astype(np.int32)


def last_day_judged(semester: Semester, as_of: date) -> date:
    """Choose the semester's last day, or `as_of` while it is still running."""
    return min(semester.end_day - timedelta(days=1), as_of)


def observe(
    rows: Sequence[ActivityRow], semester: Semester, as_of: date, undated: UndatedRule | None = None
) -> Observations:
    """Cut the rows of one channel and level at the last day judged; at least one row.

    Args:
        undated: the rubric's rule for posts without a day; None where it has none.

    Raises:
        ValueError: a row whose days are not those of the semester.
    """
    whole = (semester.end_day - semester.first_day).days
    for row in rows:
        if not len(row.posts) == len(row.nights) == whole:
            raise ValueError(f"{row.agency.slug} on {row.channel}: not one entry for each day of {semester}")
    length, weeks = _span(semester, last_day_judged(semester, as_of))
    first = semester.first_day
    eves = [None if row.newest_before is None else min(-1, (row.newest_before - first).days) for row in rows]
    earliest = [None if row.earliest_known is None else (row.earliest_known - first).days for row in rows]
    seen = Observations(
        channel=rows[0].channel,
        level=rows[0].agency.level.casefold(),
        first_day=first,
        posts=tabulate((row.posts for row in rows), len(rows), whole)[:, :length],
        nights=_encode(rows, whole)[:, :length],
        weeks=weeks,
        newest_before=_indices(eves),
        earliest=_indices(earliest),
        alive=_indices(_last_dateline(row, first, length) for row in rows),
    )
    if undated is None or not any(row.arrivals for row in rows):
        return seen
    return _open_nights(seen, rows, undated.most)


def _open_nights(seen: Observations, rows: Sequence[ActivityRow], most: float) -> Observations:
    """The same with the nights unseen on which a post without a day may stand, and no other.

    Something was posted on one of them and nobody tells on which, so that none is known to be silent.
    """
    arrivals = collect_arrivals(rows, seen.first_day, seen.days)
    open_nights, earliest = arrivals.cover(seen.nights.shape), seen.earliest.copy()
    for number, night in find_first_list(rows, seen.first_day, seen.days, most):
        open_nights[number, : night + 1] = True
        earliest[number] = max(night + 1, earliest[number])
    hidden = open_nights & (seen.posts == 0) & seen.known
    nights = np.where(hidden, np.uint8(UNSEEN), seen.nights)
    return replace(seen, nights=nights, earliest=earliest, arrivals=arrivals)


def _last_dateline(row: ActivityRow, first: date, length: int) -> int | None:
    days = [(post.day - first).days for post in row.datelines if post.day is not None]
    return max((day for day in days if day < length), default=None)


def tabulate(rows: Iterable[Sequence[int]], count: int, length: int) -> NDArray[np.int32]:
    """Make an array of `count` rows of `length` whole numbers each."""
    return np.fromiter(chain.from_iterable(rows), np.int32, count * length).reshape(count, length)


@lru_cache(maxsize=64)
def _span(semester: Semester, last: date) -> tuple[int, tuple[range, ...]]:
    length = max(0, (last - semester.first_day).days + 1)
    cut = (range(week.start, min(week.stop, length)) for week in semester.weeks())
    return length, tuple(week for week in cut if week)


def _encode(rows: Sequence[ActivityRow], length: int) -> NDArray[np.uint8]:
    """The nights as codes.

    A lookup by member hashes it in Python, ten seconds for a nation; the length of its name, different
    for each, is read in C. Accounts that share one value of nights, as most of a nation's do, are read once.
    """
    table = np.zeros(max(map(len, Night)) + 1, dtype=np.uint8)
    for night, code in _CODES.items():
        table[len(night)] = code
    shared = {id(row.nights): row.nights for row in rows}
    lengths = map(len, chain.from_iterable(shared.values()))
    codes = table[np.fromiter(lengths, np.uint8, len(shared) * length)].reshape(len(shared), length)
    number = {own: index for index, own in enumerate(shared)}
    return codes[[number[id(row.nights)] for row in rows]]


def _indices(values: Iterable[int | None]) -> NDArray[np.int32]:
    return np.array([NO_DAY if value is None else value for value in values], dtype=np.int32)
