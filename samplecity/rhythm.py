"""When an office publishes: moments drawn from a weekly rhythm."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

__all__ = ["Rhythm", "draw_moments"]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often and on which weekdays an office publishes.

    Attributes:
        weekly: posts a week; 0.5 is every fortnight, 14 twice a day.
        rest: weekdays without posts, Monday is 0; nobody in this city publishes at night.
        until: nothing from this day on, None when it never stops.
    """

    weekly: float
    rest: tuple[int, ...] = (6,)
    until: date | None = None


def draw_moments(random: Random, rhythm: Rhythm, first: date, end: date, zone: ZoneInfo) -> list[datetime]:
    """Moments in `[first, end)`, rising, no two in the same minute, between 06:30 and 22:30."""
    days: list[date] = []
    for week in range((end - first).days // 7 + 1):
        due = int((week + 1) * rhythm.weekly + 1e-9) - int(week * rhythm.weekly + 1e-9)
        open_days = [
            d for d in (first + timedelta(week * 7 + n) for n in range(7)) if d.weekday() not in rhythm.rest
        ]
        full, rest = divmod(due, len(open_days))
        days += open_days * full + random.sample(open_days, rest)
    stop = min(end, rhythm.until or end)
    moments = {_draw_moment(random, day, zone) for day in days if day < stop}
    return sorted(moments)


def _draw_moment(random: Random, day: date, zone: ZoneInfo) -> datetime:
    """Mostly office hours; some evenings and some mornings that are still yesterday in UTC."""
    hours = random.choices(((8, 16), (19, 21), (6, 6)), weights=(8, 2, 2))[0]
    hour = random.randint(*hours)
    minute = random.randint(30, 59) if hour == 6 else random.randint(0, 59)
    return datetime.combine(day, time(hour, minute), zone)
