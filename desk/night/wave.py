"""The waves of a night: when whoever could not be seen is tried again, and what all waves come to."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from activity.channel import Channel
from activity.outcome import Outcome
from activity.visit import Harvest, Target
from desk.setting.config import Config

if TYPE_CHECKING:
    from crawler.job import CrawlSummary
    from db.nightly.store import Saved

__all__ = ["OnHarvest", "Rest", "WaveTally", "Waves", "plan_waves"]

OnHarvest = Callable[[Target, Harvest, "Saved"], None]

_BY_HAND = timedelta(seconds=30)
"""The longest that somebody who sits before it is kept waiting."""
_NOON = time(12)


@dataclass(frozen=True, slots=True)
class Waves:
    """How a crawl tries again.

    Attributes:
        most: passes in all; 1 tries nobody again.
        pause: between the end of one and the begin of the next.
        until: when the last one should have ended, aware.
    """

    most: int
    pause: timedelta
    until: datetime

    def fits(self, begin: datetime, seconds: float) -> bool:
        """Tell whether a wave that begins then, and takes as long as the one before, ends in time."""
        return begin + timedelta(seconds=seconds) < self.until


@dataclass(frozen=True, slots=True)
class Rest:
    """What is told before a pause.

    Attributes:
        wave: the number of the pass that comes after it.
        accounts: how many it tries again.
    """

    wave: int
    most: int
    accounts: int
    pause: timedelta


def plan_waves(config: Config, night: date, started: datetime, *, nightly: bool) -> Waves:
    """Plan the waves of a night that a crawl began at a moment.

    A night ends at the noon after it, and the schedule's crawl with its limit. Under a pretended clock
    there is nothing to wait for.

    Args:
        nightly: wait as the schedule does, and not as somebody who sits before it would.
    """
    pause = timedelta(minutes=config.wave_pause)
    until = datetime.combine(night + timedelta(days=1), _NOON, config.zone)
    if nightly:
        until = min(until, started + timedelta(minutes=config.crawl_limit))
    else:
        pause = min(pause, _BY_HAND)
    return Waves(config.waves, timedelta() if config.fixed_now else pause, until)


@dataclass(slots=True)
class WaveTally:
    """Counts over the waves of one crawl; an account counts once, with its last look.

    Attributes:
        seconds: how long the newest wave took; 0 before the first.
        again: accounts that were given out to workers once more.
        doubled: harvests of workers that were dropped, for the run had one of that account.
    """

    channels: Iterable[Channel]
    seconds: float = 0.0
    again: int = 0
    doubled: int = 0
    _looks: dict[int, tuple[Channel, Outcome]] = field(default_factory=dict)
    _again: set[int] = field(default_factory=set)
    _whole: "CrawlSummary | None" = None

    def listen(self, on_harvest: OnHarvest) -> OnHarvest:
        """Note each harvest, and hand it on."""

        def note(target: Target, harvest: Harvest, saved: "Saved") -> None:
            account = target.account
            if account.id in self._looks:
                self._again.add(account.id)
            self._looks[account.id] = (account.channel, harvest.outcome)
            on_harvest(target, harvest, saved)

        return note

    def add(self, wave: "CrawlSummary") -> None:
        """Take what a wave came to."""
        self.seconds = wave.seconds
        before = self._whole
        self._whole = wave if before is None else before.followed_by(wave)

    @property
    def visited(self) -> bool:
        """Whether anybody was visited yet."""
        return bool(self._looks)

    @property
    def retried(self) -> int:
        """Accounts that were tried more than once."""
        return len(self._again)

    @property
    def recovered(self) -> int:
        """Those of them that were seen in the end."""
        return sum(self._looks[account][1].saw for account in self._again)

    def sum_up(self) -> "CrawlSummary":
        """Tell what the whole crawl came to."""
        from crawler.job import CrawlSummary

        whole = self._whole or CrawlSummary.of_nobody(self.channels)
        outcomes: dict[Channel, Counter[Outcome]] = {channel: Counter() for channel in self.channels}
        for channel, outcome in self._looks.values():
            outcomes[channel][outcome] += 1
        return replace(whole, outcomes=outcomes)
