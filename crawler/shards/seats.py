"""How many visits a shard has open, and how many accounts it is given ahead. Pure."""

from dataclasses import dataclass, replace

from activity.agency import Channel
from crawler.job import Policy
from crawler.visits.access import Accesses

__all__ = ["Seats", "count_seats"]


def count_seats(accesses: Accesses, channel: Channel, concurrency: int) -> int:
    """Count the visits of a channel that may be open at once in one shard.

    Calls by one token go one after another, so more visits than two a token only wait; and when the
    token stops, each of them would be left half read.
    """
    keys = accesses.count_keys(channel)
    return min(concurrency, 2 * keys) if keys else concurrency


@dataclass(frozen=True, slots=True)
class Seats:
    """The crawl's seats over its shards."""

    policy: Policy
    shards: int

    def share(self) -> Policy:
        """Give one shard its part of the seats."""
        return replace(self.policy, concurrency=self._concurrency)

    @property
    def _concurrency(self) -> int:
        return -(-self.policy.concurrency // self.shards)

    def room(self, channel: Channel, taken: int) -> int:
        """Count the accounts that a shard can be given now.

        Half as many as have a seat wait beside them, so that no seat is empty while the next accounts are
        read from the database; and those are read several at a time.
        """
        seats = count_seats(self.policy.accesses, channel, self._concurrency)
        room = seats + max(1, seats // 2) - taken
        return room if room >= max(1, seats // 4) else 0
