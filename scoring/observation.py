"""What one row says about the days to be judged, cut and counted once for every metric."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import floor

from activity.agency import Channel
from activity.ranking import ActivityRow
from activity.semester import Night, Semester
from scoring.rule import FrequencyRule

__all__ = ["Observation", "count_posts", "last_day_judged", "observe"]


@dataclass(frozen=True, slots=True)
class Observation:
    """One account over the days from the semester's first to the last one judged.

    Attributes:
        posts: dated posts on each day.
        due_posts: the same, 0 on days that are not due.
        nights: what is known of each day; same length as `posts`.
        weeks: indices into both, cut at the last day judged.
        newest_before: index, always negative, of the newest post before the semester.
        known_from: index of the first day of which something is known, negative before the semester.
        due_from: index of the first day on which the agency exists.
    """

    channel: Channel
    level: str
    first_day: date
    posts: tuple[int, ...]
    due_posts: tuple[int, ...]
    nights: tuple[Night, ...]
    weeks: tuple[range, ...]
    newest_before: int | None
    known_from: int | None
    due_from: int | None

    @property
    def newest(self) -> int | None:
        """Index of the newest post known, negative before the semester."""
        for index in range(len(self.posts) - 1, -1, -1):
            if self.posts[index]:
                return index
        return self.newest_before

    @property
    def eve(self) -> int:
        """Index of the newest post at the semester's opening.

        Where none was ever found the semester opens as if one had been made the day before, because
        an age that nobody knows must not count; unless it was watched earlier still, and silent.
        """
        if self.newest_before is not None:
            return self.newest_before
        opening = self.due_from or 0
        return (opening if self.known_from is None else min(opening, self.known_from)) - 1

    def day(self, index: int) -> date:
        """The day an index stands for, also before the semester."""
        return self.first_day + timedelta(days=index)


def last_day_judged(semester: Semester, as_of: date) -> date:
    """The semester's last day, or `as_of` while it is still running."""
    return min(semester.end_day - timedelta(days=1), as_of)


def observe(row: ActivityRow, semester: Semester, as_of: date) -> Observation:
    """Cut a row at the last day judged.

    Raises:
        ValueError: a row whose days are not those of the semester.
    """
    length, weeks = _span(semester, last_day_judged(semester, as_of))
    if not len(row.posts) == len(row.nights) == (semester.end_day - semester.first_day).days:
        raise ValueError(f"{row.agency.slug} on {row.channel}: not one entry for each day of {semester}")
    nights, posts = row.nights[:length], row.posts[:length]
    first = semester.first_day
    return Observation(
        channel=row.channel,
        level=row.agency.level.casefold(),
        first_day=first,
        posts=posts,
        due_posts=_due(posts, nights),
        nights=nights,
        weeks=weeks,
        newest_before=None if row.newest_before is None else min(-1, (row.newest_before - first).days),
        known_from=_first_known(nights, row.earliest_known, first),
        due_from=next((i for i, night in enumerate(nights) if night is not Night.NOT_DUE), None),
    )


@lru_cache(maxsize=64)
def _span(semester: Semester, last: date) -> tuple[int, tuple[range, ...]]:
    length = max(0, (last - semester.first_day).days + 1)
    cut = (range(week.start, min(week.stop, length)) for week in semester.weeks())
    return length, tuple(week for week in cut if week)


def _due(posts: tuple[int, ...], nights: tuple[Night, ...]) -> tuple[int, ...]:
    if Night.NOT_DUE not in nights:
        return posts
    return tuple(0 if night is Night.NOT_DUE else n for n, night in zip(posts, nights, strict=True))


def _first_known(nights: tuple[Night, ...], earliest: date | None, first: date) -> int | None:
    index = next((i for i, n in enumerate(nights) if n is Night.SEEN or n is Night.RECONSTRUCTED), None)
    if index is None:
        return None
    return index if earliest is None else min(index, (earliest - first).days)


def count_posts(observation: Observation, target: float, rule: FrequencyRule) -> int:
    """Posts on due days after the caps a day and a week.

    A week's cap is a multiple of the weekly target, because a flood beyond it says nothing about the
    other weeks; it is never below the cap of one day.
    """
    daily = rule.cap_per_day
    weekly = max(daily, floor(rule.cap_per_week * target))
    capped = [min(posts, daily) if posts else 0 for posts in observation.due_posts]
    return sum(min(weekly, sum(capped[week.start : week.stop])) for week in observation.weeks)
