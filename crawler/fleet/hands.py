"""A worker: takes the parcels that the queue tells of, keeps them by its lease, brings their harvests.

The queue only tells that there is a parcel. Whether it may be worked, and by whom, the parcel's own row says;
what is done, the run's harvests say. So a fault of the queue costs minutes and never a harvest.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Engine

from activity.errors import ConfigError, DenyutError, QueueGoneError, StoreGoneError
from crawler.fleet.dealer import ParcelDroppedError, ParcelReport
from crawler.fleet.dispatch import listen
from crawler.fleet.session import Session
from crawler.job import CrawlJob
from crawler.run import Crew
from db.fleet.roll import LEASE, beat, join_roll, leave_roll
from db.fleet.table import prepare_queue
from db.fleet.taking import TakenParcel, find_other_version, finish_parcel, let_go, renew_leases, take_parcel
from db.fleet.terms import GivenParcel
from db.patience import Patience

__all__ = ["Hands"]

_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")

_BEAT_SECONDS = 5.0
_GUARD_SECONDS = 0.5
# Our clock and the database's may run apart a little, and a statement takes its time.
_MARGIN = 5.0
# Between two waves a giver looks who is left: shards are not begun anew for that.
_REST_SECONDS = 5.0

Compose = Callable[[TakenParcel, str], CrawlJob]
OnParcel = Callable[[GivenParcel, ParcelReport], None]


class Hands:
    """One worker, from its entry in the roll to its leaving."""

    def __init__(
        self, engine: Engine, crew: Crew, compose: Compose, patience: float, on_parcel: OnParcel
    ) -> None:
        self._engine = engine
        self._crew = crew
        self._compose = compose
        self._patience = patience
        self._waits: list[Patience] = []
        self._on_parcel = on_parcel
        self._worker = ""
        self._held: set[int] = set()
        self._session: Session | None = None
        self._living: asyncio.Task[None] | None = None
        self._opening = asyncio.Lock()
        # A statement that waits for a server must not keep the next beat waiting.
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="parcels")
        self._beats = ThreadPoolExecutor(max_workers=1, thread_name_prefix="beats")
        self._until = 0.0

    async def run(self) -> None:
        """Work until stopped; raises what this machine or the database lacks, and ConfigError."""
        loop = asyncio.get_running_loop()
        self._over: asyncio.Future[None] = loop.create_future()
        loop.set_exception_handler(self._notice)
        try:
            await self._join()
            side = [loop.create_task(work()) for work in (self._beat, self._guard, self._listen)]
            for task in side:
                task.add_done_callback(self._conclude)
            try:
                await self._over
            finally:
                await self._leave(side)
        finally:
            for wait in self._waits:
                wait.give_up()
            self._threads.shutdown(wait=False, cancel_futures=True)
            self._beats.shutdown(wait=False, cancel_futures=True)

    def stop(self) -> None:
        """End in good order; at the second time at once."""
        if self._session is not None:
            self._session.stop(at_once=self._over.done())
        self._end()

    # --- Parcels -------------------------------------------------------------------------------

    async def _listen(self) -> None:
        """Hear of parcels; where the server goes away, again when it is there."""
        away = 0.0
        while True:
            begin = time.monotonic()
            await listen(self._engine.url, self._work)
            away = away + 1.0 if time.monotonic() - begin < _BEAT_SECONDS else 0.0
            await asyncio.sleep(min(1.0 + away, _BEAT_SECONDS))

    async def _work(self, number: int) -> None:
        """Work one parcel, if it is still to be worked."""
        if self._over.done():
            return
        taken = await self._do(lambda: take_parcel(self._engine, self._worker, number))
        if taken is None:
            return
        self._held.add(taken.parcel.id)
        try:
            session = await self._open(taken)
            report = await session.work(taken.parcel)
        except ParcelDroppedError:
            return
        except DenyutError as error:
            self._fail(error)
            return
        finally:
            self._held.discard(taken.parcel.id)
        finish = partial(finish_parcel, harvested=report.harvested, doubled=report.doubled)
        await self._do(lambda: finish(self._engine, self._worker, taken.parcel.id, report.moved))
        self._on_parcel(taken.parcel, report)
        session.rest(_REST_SECONDS)

    async def _open(self, taken: TakenParcel) -> Session:
        """The session that works a giving's parcels; an older one ends before."""
        async with self._opening:
            session = self._session
            if session is not None and session.giving == taken.giving and not session.over:
                return session
            if session is not None:
                session.stop()
            if self._living is not None:
                await asyncio.wait([self._living])
            if self._over.done():
                raise ParcelDroppedError("The worker ends.")
            job = self._compose(taken, self._worker)
            self._session = session = Session(taken.giving, taken.terms.parcels, job, self._crew)
            self._living = asyncio.get_running_loop().create_task(session.run())
            self._living.add_done_callback(self._conclude)
            return session

    # --- The lease -----------------------------------------------------------------------------

    async def _join(self) -> None:
        def enter() -> str:
            prepare_queue(self._engine)
            return join_roll(self._engine)

        begin = _now()
        self._worker = await self._do(enter)
        self._until = begin + LEASE - _MARGIN

    async def _beat(self) -> None:
        """Renew what is held; where it cannot be renewed, or was taken back, ask no server any more."""
        while True:
            begin, held = _now(), set(self._held)
            try:
                kept = await self._in(self._beats, partial(self._renew, held))
            except StoreGoneError as error:
                _LOG.info("No beat: %s", error)
            except QueueGoneError:
                await self._drop()
                await self._join()
            else:
                self._until = begin + LEASE - _MARGIN
                if (held & self._held) - kept:
                    await self._drop()
            await asyncio.sleep(_BEAT_SECONDS)

    def _renew(self, held: set[int]) -> frozenset[int]:
        if not beat(self._engine, self._worker):
            raise QueueGoneError("This worker is not on the roll any more.")
        if (other := find_other_version(self._engine)) is not None:
            raise ConfigError(
                "The crawl is of Denyut {version} (schema {revision}), and this worker is not.",
                "Install that version here; what this worker had is given to others.",
                version=other[0],
                revision=other[1],
            )
        return renew_leases(self._engine, self._worker, held)

    async def _guard(self) -> None:
        """Stop by our own clock, which goes on while a machine sleeps, before the lease ends."""
        while True:
            await asyncio.sleep(_GUARD_SECONDS)
            if self._held and _now() > self._until:
                _LOG.warning("The lease could not be renewed in time: what was begun is left to others.")
                await self._drop(at_once=True)

    async def _drop(self, *, at_once: bool = False) -> None:
        """Have done with whatever is held; when nothing is asked any more, say so."""
        if self._session is not None and not self._session.over:
            self._session.stop(at_once=at_once)
        if self._living is not None:
            await asyncio.wait([self._living])
        self._held.clear()
        with suppress(StoreGoneError, QueueGoneError):
            await self._in(self._threads, lambda: let_go(self._engine, self._worker))

    # --- The end -------------------------------------------------------------------------------

    async def _leave(self, side: list["asyncio.Task[None]"]) -> None:
        for task in side:
            task.cancel()
        await self._drop()
        await asyncio.gather(*side, return_exceptions=True)
        with suppress(StoreGoneError, QueueGoneError):
            await self._in(self._threads, lambda: leave_roll(self._engine, self._worker))

    def _end(self) -> None:
        if not self._over.done():
            self._over.set_result(None)

    def _fail(self, error: BaseException) -> None:
        if not self._over.done():
            self._over.set_exception(error)

    def _conclude(self, task: "asyncio.Task[None]") -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            self._fail(error)

    def _notice(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """What the queue's tasks leave behind where the server went away is no error of the work."""
        if "task" in context or "future" in context:
            _LOG.info("Left behind: %s", context.get("exception") or context["message"])
        else:
            self._fail(context.get("exception") or RuntimeError(context["message"]))

    async def _do(self, work: Callable[[], _T]) -> _T:
        """Do something in the database, also when its server is away for a while."""
        patience = Patience(self._patience)
        self._waits.append(patience)
        try:
            return await self._in(self._threads, lambda: patience.outlast(work))
        finally:
            self._waits.remove(patience)

    async def _in(self, threads: ThreadPoolExecutor, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(threads, work)


def _now() -> float:
    """Seconds of a clock that goes on while the machine sleeps, where there is one."""
    clock = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return time.clock_gettime(clock)
