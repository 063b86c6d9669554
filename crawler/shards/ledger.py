"""Whose turn it is, who is under way, and what the end of a shard says of an account. Pure."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from activity.agency import Account, Channel
from crawler.shards.message import Names

__all__ = ["Ledger", "ShardEnd", "ShardRuling", "WaitingAccount"]

# Without knowing in whose visit a shard ended, those under way are suspects; a second time is no chance.
_MOST_STRIKES = 2
# A kill from outside says nothing by itself; the kernel's, for want of memory, looks the same.
_MOST_UNEXPLAINED = 3


class ShardEnd(StrEnum):
    """How a shard came to its end."""

    HUNG = "it kept a process busy for {limit:.0f} s without a pause"
    GREW = "it made a process grow past {limit:.0f} MB"
    STUCK = "a process stood still in it"
    CRASHED = "a process crashed in it ({limit:.0f})"
    KILLED = "a process was killed in it"

    @property
    def explained(self) -> bool:
        """Whether it came of what the shard did, and not of somebody's kill."""
        return self is not ShardEnd.KILLED


@dataclass(frozen=True, slots=True)
class WaitingAccount:
    """An account that waits, with what is known of its name."""

    account: Account
    names: Names = None


@dataclass(frozen=True, slots=True)
class ShardRuling:
    """What follows from a shard's end.

    Attributes:
        convicted: the account that made two shards end, the second time alone.
        suspected: those that are tried alone next.
    """

    convicted: Account | None = None
    suspected: tuple[Account, ...] = ()


@dataclass(slots=True)
class Ledger:
    """Accounts from waiting to under way and back, for each shard and each channel.

    An account is under way from the moment it is sent until its harvest came; what came is not asked again.

    Attributes:
        shards: how many crawl in company; the shard with this number tries suspects, one at a time.
    """

    shards: int
    _waiting: dict[tuple[int, Channel], deque[WaitingAccount]] = field(default_factory=dict)
    _under_way: dict[int, dict[int, WaitingAccount]] = field(default_factory=dict)
    _strikes: dict[int, int] = field(default_factory=dict)
    _unexplained: dict[int, int] = field(default_factory=dict)

    @property
    def alone(self) -> int:
        """The number of the shard that tries suspects."""
        return self.shards

    def add(self, number: int, turn: WaitingAccount) -> None:
        """Let an account wait for a shard, behind the others."""
        self._queue(number, turn.account.channel).append(turn)

    def take(self, number: int, channel: Channel, most: int) -> tuple[WaitingAccount, ...]:
        """Take the next accounts of a shard, under way from now on."""
        queue = self._queue(number, channel)
        taken = tuple(queue.popleft() for _ in range(min(most, len(queue))))
        self._under_way.setdefault(number, {}).update({turn.account.id: turn for turn in taken})
        return taken

    def settle(self, number: int, account: int) -> bool:
        """Note that a harvest came; False where nobody asked for it."""
        return self._under_way.get(number, {}).pop(account, None) is not None

    def count_waiting(self, number: int) -> int:
        """Count those that wait for a shard."""
        return sum(len(queue) for (owner, _), queue in self._waiting.items() if owner == number)

    def count_under_way(self, number: int, channel: Channel | None = None) -> int:
        """Count those that a shard has at hand."""
        at_hand = self._under_way.get(number, {}).values()
        return sum(channel is None or turn.account.channel is channel for turn in at_hand)

    @property
    def done(self) -> bool:
        """Whether nobody waits and nobody is under way."""
        return not any(self._waiting.values()) and not any(self._under_way.values())

    def rule(self, number: int, at_hand: int, end: ShardEnd) -> ShardRuling:
        """Ask again what a shard had under way when it ended, and judge what its end says.

        In company, the account at hand is tried alone next; where it was nobody's visit, whoever was under
        way at two such ends is. Alone, the account is the cause, unless somebody else killed the process.
        """
        orphans = self._under_way.pop(number, {})
        if number == self.alone:
            return self._rule_alone(orphans, end)
        suspected = self._suspect(orphans, at_hand)
        for turn in suspected:
            del orphans[turn.account.id]
            self._queue(self.alone, turn.account.channel).append(turn)
        self._return(number, orphans)
        return ShardRuling(suspected=tuple(turn.account for turn in suspected))

    def _suspect(self, orphans: Mapping[int, WaitingAccount], at_hand: int) -> list[WaitingAccount]:
        if at_hand in orphans:
            return [orphans[at_hand]]
        for account in orphans:
            self._strikes[account] = self._strikes.get(account, 0) + 1
        return [turn for account, turn in orphans.items() if self._strikes[account] >= _MOST_STRIKES]

    def _rule_alone(self, orphans: Mapping[int, WaitingAccount], end: ShardEnd) -> ShardRuling:
        for account, turn in orphans.items():
            self._unexplained[account] = self._unexplained.get(account, 0) + 1
            if end.explained or self._unexplained[account] >= _MOST_UNEXPLAINED:
                return ShardRuling(convicted=turn.account)
        self._return(self.alone, orphans)
        return ShardRuling()

    def _return(self, number: int, orphans: Mapping[int, WaitingAccount]) -> None:
        """Those who lost their turn go before those who had none yet, in their order."""
        for turn in reversed(tuple(orphans.values())):
            self._queue(number, turn.account.channel).appendleft(turn)

    def _queue(self, number: int, channel: Channel) -> deque[WaitingAccount]:
        return self._waiting.setdefault((number, channel), deque())

    def waiting(self, number: int) -> Iterator[WaitingAccount]:
        """List all that wait for a shard."""
        for (owner, _), queue in self._waiting.items():
            if owner == number:
                yield from queue

    def add_all(self, number: int, accounts: Iterable[Account]) -> None:
        """Let several wait whose name need not be known."""
        for account in accounts:
            self.add(number, WaitingAccount(account))
