"""Exchanges on their way from one shard to another, so that none is lost with a process. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from activity.outcome import Failure
from crawler.drive.driver import Answer
from crawler.shards.message import Carried, Carry

__all__ = ["Relay"]

# An exchange at which two processes of its server's shard ended is not tried a third time.
_MOST_ENDS = 2


@dataclass(slots=True)
class Relay:
    """What was asked for and has not come back yet, by who asked and by its number."""

    _open: dict[tuple[int, int], Carry] = field(default_factory=dict)
    _ends: dict[tuple[int, int], int] = field(default_factory=dict)

    def ask(self, asker: int, carry: Carry) -> Carry:
        """Note what a process wants; the message for the shard that owns the server."""
        noted = replace(carry, asker=asker)
        self._open[asker, carry.number] = noted
        return noted

    def settle(self, carried: Carried) -> bool:
        """Note what came back; False where nobody waits for it any more."""
        key = (carried.asker, carried.number)
        self._ends.pop(key, None)
        return self._open.pop(key, None) is not None

    def waiting_for(self, number: int) -> Iterator[Carry]:
        """List all that a shard owes, to be sent again to a process that replaces it."""
        yield from (carry for carry in self._open.values() if carry.own == number)

    def end(self, number: int, birth: int) -> tuple[Carried, ...]:
        """Forget what a process wanted that ended; returns the answers to what ended its like too often."""
        for key in [key for key in self._open if key[0] == birth]:
            del self._open[key]
            self._ends.pop(key, None)
        given_up = []
        for carry in list(self.waiting_for(number)):
            key = (carry.asker, carry.number)
            self._ends[key] = self._ends.get(key, 0) + 1
            if self._ends[key] >= _MOST_ENDS:
                detail = "the process that asked this server ended twice"
                answer = Answer(carry.ask.url, failure=Failure.OTHER, detail=detail)
                given_up.append(Carried(carry.number, carry.asker, answer))
        for carried in given_up:
            self.settle(carried)
        return tuple(given_up)
