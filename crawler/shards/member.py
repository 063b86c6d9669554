"""The supervisor's end of one shard: its pipe, its beats, and how it ended."""

import asyncio
import signal
from collections.abc import Callable
from typing import Any

from crawler.shards.ledger import ShardEnd
from crawler.shards.message import Frames, Message, pack
from crawler.shards.watch import Watch

__all__ = ["Member"]


class Member(asyncio.Protocol):
    """One process of a shard, from its order to its end.

    Attributes:
        number: which shard it is; a replacement has the same.
        birth: which process it is; no two have the same.
        pid: 0 until it is there.
        code: how it ended, as in `subprocess`; None while it lives.
        verdict: why the supervisor has ended it.
    """

    def __init__(
        self,
        number: int,
        birth: int,
        on_message: Callable[["Member", Message], None],
        on_end: Callable[["Member"], None],
    ) -> None:
        self.number = number
        self.birth = birth
        self.pid = 0
        self.ready = False
        self.code: int | None = None
        self.verdict: ShardEnd | None = None
        self.watch = Watch()
        self._silent = False
        self._transport: Any = None
        self._frames = Frames()
        self._on_message = on_message
        self._on_end = on_end

    @property
    def gone(self) -> bool:
        """Whether it has ended and everything that it wrote has been read."""
        return self.code is not None and self._silent

    @property
    def end(self) -> ShardEnd:
        """How it came to its end, as far as that can be known."""
        if self.verdict is not None:
            return self.verdict
        return ShardEnd.KILLED if self.code in {-signal.SIGKILL, -signal.SIGTERM} else ShardEnd.CRASHED

    def send(self, message: Message) -> None:
        """Write to it; what it can no longer read is lost with it."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(pack(message))

    def bury(self, code: int) -> None:
        """Note how it ended."""
        self.code = code
        if self.gone:
            self._on_end(self)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport that asyncio made."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Take in what asyncio read."""
        self._frames.feed(data, lambda message: self._on_message(self, message))

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's own name
        """Take note that asyncio lost the pipe."""
        self._silent = True
        if self.gone:
            self._on_end(self)

    def close(self) -> None:
        """Let go of the pipe."""
        if self._transport is not None:
            self._transport.abort()
