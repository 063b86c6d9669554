"""What goes through the pipe between a shard and its supervisor, and how it is written."""

import copyreg
import pickle
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from operator import attrgetter
from struct import Struct
from typing import Any

from activity.agency import Account, Channel
from activity.post import DateEvidence, Post
from activity.visit import Budget, Cost, Harvest, KnownPost, Memory, Target, Validators, Window
from crawler.drive.driver import Answer, Ask
from crawler.job import Policy

__all__ = [
    "Begin",
    "Bring",
    "Carried",
    "Carry",
    "Elsewhere",
    "Fail",
    "Finish",
    "Frames",
    "Halt",
    "Message",
    "Names",
    "Own",
    "Ready",
    "Take",
    "pack",
]

Names = tuple[str, ...] | str | None
"""What a site's name resolved to: its addresses, why it has none, or None where nobody asked yet."""


@dataclass(frozen=True, slots=True)
class Begin:
    """To a shard, once, first.

    Attributes:
        number: which servers are its own; None for a shard that has none, and hands every request over.
        shards: how many there are of those that have.
        channels: those with accounts due.
        apart: whether the other numbers are worked on other machines, where nothing can be handed over; which
            ones are worked here is told as it changes.
    """

    number: int | None
    shards: int
    channels: tuple[Channel, ...]
    policy: Policy = field(repr=False)
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Own:
    """To a shard of a worker: the numbers whose servers are asked here from now on; None for all of them."""

    numbers: frozenset[int] | None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """From a shard of a worker: a visit led to a server that may be asked on another machine just now."""

    account: int


@dataclass(frozen=True, slots=True)
class Take:
    """To a shard: one account to visit."""

    target: Target
    names: Names = None


@dataclass(frozen=True, slots=True)
class Bring:
    """From a shard: the harvest of one account that it was given."""

    account: int
    harvest: Harvest


@dataclass(frozen=True, slots=True)
class Carry:
    """Both ways: one exchange that is wanted from the shard whose server it is.

    Attributes:
        number: the asker's own; comes back with what came of it.
        asker: the process that asks, numbered by the supervisor.
        own: owner of the server, a shard's number.
        robots: whether robots.txt must allow it.
        hops: whether it follows redirects by itself, as a request for robots.txt does.
    """

    number: int
    own: int
    ask: Ask
    zone: str
    robots: bool
    hops: bool
    asker: int = 0


@dataclass(frozen=True, slots=True)
class Carried:
    """Both ways: what came of an exchange that another shard wanted."""

    number: int
    asker: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class Finish:
    """To a shard: nothing will come any more; end when all is done."""


@dataclass(frozen=True, slots=True)
class Halt:
    """To a shard: end soon; what is under way is not wanted."""


@dataclass(frozen=True, slots=True)
class Ready:
    """From a shard: its reactor runs."""


@dataclass(frozen=True, slots=True)
class Fail:
    """From a shard: the whole crawl must end for this."""

    error: Exception


Message = Begin | Own | Take | Bring | Elsewhere | Carry | Carried | Finish | Halt | Ready | Fail

_LENGTH = Struct("!I")


def _pickle_quickly(kind: type[Any]) -> None:
    """Write a value as a call with its fields: a fifth of what slotted dataclasses themselves take."""
    read = attrgetter(*(each.name for each in fields(kind)))
    copyreg.pickle(kind, lambda value: (kind, read(value)))


# What a target holds by the dozen, and every harvest.
for _kind in (
    Account,
    Budget,
    Cost,
    DateEvidence,
    Harvest,
    KnownPost,
    Memory,
    Post,
    Target,
    Validators,
    Window,
):
    _pickle_quickly(_kind)


def pack(message: Message) -> bytes:
    """Write a message as it goes through the pipe; both ends are this program, so pickled values will do."""
    body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(body)) + body


class Frames:
    """Puts what comes out of a pipe together again.

    >>> frames, seen = Frames(), []
    >>> data = pack(Ready()) + pack(Halt())
    >>> for cut in range(0, len(data), 7):
    ...     frames.feed(data[cut : cut + 7], seen.append)
    >>> seen
    [Ready(), Halt()]
    """

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, data: bytes, give: Callable[[Message], object]) -> None:
        """Take some bytes; `give` is called with each message that is whole by now."""
        self._rest += data
        start, held = 0, len(self._rest)
        while held - start >= _LENGTH.size:
            (size,) = _LENGTH.unpack_from(self._rest, start)
            end = start + _LENGTH.size + size
            if end > held:
                break
            message: Message = pickle.loads(memoryview(self._rest)[start + _LENGTH.size : end])  # noqa: S301 - our own process wrote it
            start = end
            give(message)
        del self._rest[:start]
