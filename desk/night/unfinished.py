"""A night whose crawl was cut short, or is still at work: what it saw, and whom it has still to visit."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from activity.channel import CRAWLED
from activity.outcome import Outcome
from activity.semester import night_of
from desk.night.plan import plan_window
from desk.setting.config import Config

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = ["UnfinishedNight", "read_unfinished"]


@dataclass(frozen=True, slots=True)
class UnfinishedNight:
    """A night of which a crawl was begun and none was finished.

    Attributes:
        run: the id of its newest run.
        seen: accounts that it saw; for them the night is known.
        left: accounts that it has still to visit.
        goes_on: whether `denyut crawl` goes on with it: until the night is over.
    """

    run: int
    seen: int
    left: int
    goes_on: bool


def read_unfinished(engine: "Engine", config: Config, night: date) -> UnfinishedNight | None:
    """Count what the newest unfinished run of a night came to; None where none was begun."""
    from db.nightly.run import find_unfinished_run, load_totals
    from db.nightly.target import count_targets

    run = find_unfinished_run(engine, night)
    if run is None:
        return None
    now = config.now()
    noon = datetime.combine(night + timedelta(days=1), time(11, 59), config.zone)
    left = count_targets(engine, CRAWLED, run, plan_window(min(now, noon), config.zone), config.zone)
    outcomes = load_totals(engine, run)["outcomes"].values()
    seen = sum(count for each in outcomes for name, count in each.items() if Outcome(name).saw)
    return UnfinishedNight(run.id, seen, left, goes_on=night == night_of(now, config.zone))
