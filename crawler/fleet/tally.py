"""What workers brought, counted by whoever gives out, from the run's ledger."""

from collections import Counter
from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from activity.agency import Account, Channel
from activity.outcome import Outcome
from activity.visit import Harvest, Target, Window
from crawler.job import CrawlSummary
from db.fleet.brought import Brought
from db.nightly.store import Saved

__all__ = ["FleetTally"]

OnBrought = Callable[[Target, Harvest, Saved], None]


class FleetTally:
    """Counts accounts once each, as `Writer` counts what this machine brings.

    Attributes:
        doubled: harvests that were dropped, for the run had one of that account.
        again: accounts that were given out once more.
    """

    def __init__(
        self, window: Window, zone: ZoneInfo, before: Mapping[int, Brought], on_harvest: OnBrought | None
    ) -> None:
        self.doubled = self.again = 0
        self._window, self._zone = window, zone
        self._before = before
        self._on_harvest = on_harvest
        self._outcomes: dict[Channel, Counter[Outcome]] = {}
        self._posts_new = self._posts_seen = self._requests = self._bytes = 0

    def note(self, account: Account, brought: Brought) -> None:
        """Count what the run has of an account; costs hold those of earlier waves, which were counted."""
        before = self._before.get(account.id)
        new = brought.posts_new - (before.posts_new if before else 0)
        self._outcomes.setdefault(account.channel, Counter())[brought.outcome] += 1
        self._posts_new += new
        self._posts_seen += brought.posts_found
        self._requests += brought.requests - (before.requests if before else 0)
        self._bytes += brought.bytes - (before.bytes if before else 0)
        if self._on_harvest is not None:
            harvest = Harvest(brought.outcome, detail=brought.detail)
            self._on_harvest(Target(account, self._window, self._zone), harvest, Saved(new=new))

    def sum_up(self, seconds: float) -> CrawlSummary:
        """Add up what was counted so far."""
        return CrawlSummary(
            outcomes={channel: dict(counts) for channel, counts in self._outcomes.items()},
            posts_new=self._posts_new,
            posts_seen=self._posts_seen,
            requests=self._requests,
            bytes=self._bytes,
            seconds=seconds,
        )
