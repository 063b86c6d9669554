"""What the parts of one shard share: its accounts, tokens, pipe and pulse."""

import asyncio
import os
import pickle
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager
from itertools import count
from typing import Any
from weakref import WeakValueDictionary

from activity.agency import Channel
from activity.outcome import Outcome
from activity.visit import Harvest, Memory, Target
from crawler.drive.cause import find_shortage
from crawler.drive.driver import Answer
from crawler.drive.failure import ElsewhereError
from crawler.drive.keyring import Keyring
from crawler.job import Policy
from crawler.shards.deal import FIRST_SHARD, TOKENS_SHARD, deal
from crawler.shards.message import (
    Begin,
    Bring,
    Carried,
    Carry,
    Elsewhere,
    Fail,
    Finish,
    Frames,
    Halt,
    Message,
    Own,
    Ready,
    Take,
    pack,
)
from crawler.shards.pulse import ShardPulse
from crawler.visits.opening import find_rules

__all__ = ["Shard"]

_BEAT_SECONDS = 1.0


class Shard(asyncio.Protocol):
    """A shard's end of the pipe; lives in the reactor's thread.

    Attributes:
        keyring: one for all spiders, so that a token that one of them must stop is stopped for the others.
        on_carry: makes an exchange that another shard wants.
        on_stop: ends the shard soon.
        stopping: whether it was told to end soon: exchanges under way are finished, no visit begins another.
    """

    def __init__(self, begin: Begin, pulse: ShardPulse, pipe: socket.socket) -> None:
        self.begin = begin
        self._pipe = pipe
        policy = begin.policy
        rules = find_rules(policy.apis)
        self.keyring = Keyring(
            policy.tokens, policy.app_secrets, pace=policy.delay, rules=rules, clock=policy.clock
        )
        self.on_carry: Callable[[Carry], None] | None = None
        self.on_stop: Callable[[], object] | None = None
        self.stopping = False
        self._pulse = pulse
        self._frames = Frames()
        self._queues: dict[Channel, asyncio.Queue[Take | None]] = {c: asyncio.Queue() for c in begin.channels}
        self._carries: dict[int, asyncio.Future[Answer]] = {}
        self._numbers = count(1)
        self._own: frozenset[int] | None = frozenset()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._transport: Any = None
        self._failed = False

    @property
    def policy(self) -> Policy:
        """How this crawl behaves."""
        return self.begin.policy

    async def attach(self) -> None:
        """Listen to the supervisor, now that the reactor runs."""
        loop = asyncio.get_running_loop()
        self._pipe.setblocking(False)
        await loop.create_unix_connection(lambda: self, sock=self._pipe)
        self._beat(loop)
        self._send(Ready())

    async def visits(self, channel: Channel) -> AsyncIterator[Take]:
        """Take the accounts of a channel as the supervisor gives them, until it says that these were all."""
        queue = self._queues[channel]
        while (take := await queue.get()) is not None:
            yield take

    def visiting(self, account: int) -> AbstractContextManager[None]:
        """Note whose visit goes on."""
        return self._pulse.visiting(account)

    def deliver(self, target: Target, harvest: Harvest) -> None:
        """Hand a harvest to the supervisor, who stores it."""
        account = target.account.id
        try:
            data = pack(Bring(account, harvest))
        except (pickle.PicklingError, TypeError, AttributeError, RecursionError) as error:
            told = Harvest.failed(target, Outcome.CRASHED, f"its harvest cannot be told: {error}"[:300])
            data = pack(Bring(account, Harvest(told.outcome, memory=Memory(), detail=told.detail)))
        self._write(data)

    def fail(self, error: BaseException) -> None:
        """End the whole crawl for an error that is no site's doing; the first one counts."""
        if self._failed:
            return
        self._failed = True
        shortage = find_shortage(error)
        told = shortage or error
        try:
            data = pack(Fail(told if isinstance(told, Exception) else RuntimeError(repr(told))))
            pickle.loads(data[4:])  # noqa: S301 - some exceptions can be written, and not read again
        except (pickle.PicklingError, TypeError, AttributeError, RecursionError):
            data = pack(Fail(RuntimeError(f"{type(told).__name__}: {told}")))
        self._write(data)

    def turn(self, server: str) -> asyncio.Lock:
        """Find the lock that is held during each exchange with a server.

        Scrapy's own queue lets a second one begin where the loop was kept busy for longer than the delay.
        """
        lock = self._turns.get(server)
        if lock is None:
            lock = self._turns[server] = asyncio.Lock()
        return lock

    def give_up(self, target: Target) -> None:
        """Tell that an account cannot be visited here, or not now: nothing came of it."""
        self._send(Elsewhere(target.account.id))

    def find_owner(self, server: str, token: str | None) -> int | None:
        """Find the shard that must make an exchange instead of this one; None where it is our own.

        Raises ElsewhereError where the server is asked on another machine just now.
        """
        owner = TOKENS_SHARD if token else deal(server, self.begin.shards)
        if self.begin.apart:
            if self._own is not None and owner not in self._own:
                raise ElsewhereError(server)
            owner = FIRST_SHARD
        return None if owner == self.begin.number else owner

    async def hand_over(self, carry: Carry) -> Answer:
        """Have another shard make an exchange; `carry.number` is given here."""
        number = next(self._numbers)
        self._carries[number] = asyncio.get_running_loop().create_future()
        self._send(Carry(number, carry.own, carry.ask, carry.zone, carry.robots, carry.hops))
        return await self._carries[number]

    def answer(self, carry: Carry, answer: Answer) -> None:
        """Tell what came of another shard's exchange."""
        self._send(Carried(carry.number, carry.asker, answer))

    def data_received(self, data: bytes) -> None:
        """Take in what asyncio read."""
        self._frames.feed(data, self._receive)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport that asyncio made."""
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's own name
        """End the process: without a supervisor nothing that is done here is of use."""
        if not self._ended():
            os._exit(1)

    def close(self) -> None:
        """Write what is left, and go."""
        if self._transport is not None:
            self._transport.close()

    def _beat(self, loop: asyncio.AbstractEventLoop) -> None:
        self._pulse.beat()
        loop.call_later(_BEAT_SECONDS, self._beat, loop)

    def _ended(self) -> bool:
        return bool(self._transport.is_closing())

    def _receive(self, message: Message) -> None:
        match message:
            case Own():
                self._own = message.numbers
            case Take():
                self._queues[message.target.account.channel].put_nowait(message)
            case Carry() if self.on_carry is not None:
                self.on_carry(message)
            case Carried():
                self._carries.pop(message.number).set_result(message.answer)
            case Finish():
                self._finish()
            case Halt() if self.on_stop is not None:
                self.stopping = True
                self._finish()
                self.on_stop()
            case _:
                raise TypeError(f"a shard is not told {type(message).__name__}")

    def _finish(self) -> None:
        for queue in self._queues.values():
            queue.put_nowait(None)

    def _send(self, message: Message) -> None:
        self._write(pack(message))

    def _write(self, data: bytes) -> None:
        if self._transport is None:
            # Something failed before the reactor runs.
            self._pipe.sendall(data)
        elif not self._transport.is_closing():
            self._transport.write(data)
