"""One giving as one worker works it: a supervisor with its shard, fed parcel by parcel."""

import asyncio
from dataclasses import replace

from activity.visit import Harvest, Target
from crawler.fleet.dealer import ParcelDealer, ParcelReport
from crawler.job import CrawlJob
from crawler.run import Crew
from crawler.shards.supervisor import Supervisor
from db.fleet.terms import GivenParcel
from db.nightly.store import Saved

__all__ = ["Session"]


class Session:
    """Lives from a giving's first parcel here until none came for a while, or until it is stopped.

    Attributes:
        giving: whose parcels it works.
        over: whether it takes no further parcel.
    """

    def __init__(self, giving: int, shards: int, job: CrawlJob, crew: Crew) -> None:
        self.giving = giving
        self.over = False
        self._dealer = ParcelDealer(shards)
        self._job = replace(job, on_harvest=self._note)
        self._crew = crew
        self._supervisor: Supervisor | None = None
        self._idle: asyncio.TimerHandle | None = None

    async def run(self) -> None:
        """Work what is given; raises what ends a crawl."""
        self._supervisor = Supervisor(self._job, self._crew.nursery, self._crew.pulses, self._dealer)
        try:
            await self._supervisor.run()
        finally:
            self.over = True
            self._dealer.drop()

    async def work(self, parcel: GivenParcel) -> ParcelReport:
        """Work a parcel and tell what it came to; raises ParcelDroppedError where the session ends first."""
        if self._idle is not None:
            self._idle.cancel()
        return await self._dealer.add(parcel)

    def rest(self, seconds: float) -> None:
        """End in good order if no parcel comes for so long."""
        if self._idle is not None:
            self._idle.cancel()
        if self._dealer.idle:
            self._idle = asyncio.get_running_loop().call_later(seconds, self._end)

    def _end(self) -> None:
        if self._dealer.idle and not self.over:
            self.over = True
            self._dealer.close()

    def stop(self, *, at_once: bool = False) -> None:
        """Ask no server any more: exchanges under way are finished, or cut off as well."""
        self.over = True
        if self._supervisor is not None:
            self._supervisor.interrupt()
            if at_once:
                self._supervisor.interrupt()

    def _note(self, target: Target, _harvest: Harvest, saved: Saved) -> None:
        self._dealer.note(target.account.id, doubled=saved.doubled)
