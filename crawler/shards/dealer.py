"""Who brings a supervisor its accounts: here a whole crawl's, each to the shard of its server."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Protocol

from activity.agency import Account
from activity.channel import CHANNELS, Access, Channel
from crawler.job import CrawlJob
from crawler.shards.deal import TOKENS_SHARD
from crawler.shards.ledger import Ledger, WaitingAccount
from crawler.shards.lookup import deal_out
from crawler.shards.message import Own

__all__ = ["CrawlDealer", "Dealer", "Give", "Tell"]

Give = Callable[[int, WaitingAccount], None]
Tell = Callable[[Own], None]

# So many accounts wait dealt for every shard, before further names are looked up; once half of them are given
# to one, the look-ups go on, so that they are woken now and then and not for every account.
_AHEAD = 200


class Dealer(Protocol):
    """Brings accounts for as long as there are any.

    Attributes:
        shards: into how many numbers servers are dealt.
        apart: whether the numbers of others are worked on other machines.
    """

    shards: int
    apart: bool

    @property
    def own(self) -> Own | None:
        """What a shard must be told of the numbers that are worked here; None where it knows."""
        ...

    async def deal(self, give: Give, tell: Tell) -> None:
        """Give accounts to shards by their numbers, until nobody will come any more."""
        ...

    def make_room(self) -> None:
        """Hear that shards were given what waited for them."""
        ...

    def give_up(self, account: int) -> None:
        """Hear of an account that led to a server which is asked elsewhere."""
        ...


class CrawlDealer:
    """Deals a crawl's accounts among the shards of this machine."""

    apart = False

    def __init__(self, job: CrawlJob, ledger: Ledger) -> None:
        self.shards = job.processes
        self._job = job
        self._ledger = ledger
        self._dealing = asyncio.Event()

    @property
    def own(self) -> None:
        """Nothing: a shard's number says it all."""

    async def deal(self, give: Give, tell: Tell) -> None:  # noqa: ARG002 - nothing changes on the way
        """Deal those under a token to one shard at once, websites as their names are looked up."""
        open_channels = [channel for channel in self._job.due if CHANNELS[channel].access is Access.OPEN]
        for channel, due in self._job.due.items():
            if channel not in open_channels or self.shards == 1:
                self._ledger.add_all(TOKENS_SHARD, due)
        if self.shards > 1:
            websites = self._walk(open_channels)
            await deal_out(websites, self.shards, self._pause, give)

    def _walk(self, channels: list[Channel]) -> Iterator[Account]:
        return (account for channel, due in self._job.due.items() if channel in channels for account in due)

    def make_room(self) -> None:
        """Go on looking up names, where somebody has little left to do."""
        if any(self._ledger.count_waiting(n) < _AHEAD // 2 for n in range(self.shards)):
            self._dealing.set()

    async def _pause(self) -> None:
        while all(self._ledger.count_waiting(n) >= _AHEAD for n in range(self.shards)):
            self._dealing.clear()
            await self._dealing.wait()

    def give_up(self, account: int) -> None:
        """Refuse to: every server is asked by one of these shards."""
        raise RuntimeError(f"account {account} has no shard")
