"""Gives a wave's accounts out to workers, and sees to it that each is harvested, whatever becomes of them.

The run's ledger is the truth: an account is done when the run has its harvest. Parcels, leases and jobs only
say who is at it; where they fail, the accounts without a harvest are given out again.
"""

import asyncio
import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Event
from time import monotonic
from typing import TypeVar

from sqlalchemy import Engine

from activity.agency import Account
from activity.errors import QueueGoneError, StoreGoneError
from activity.outcome import Outcome
from activity.visit import Harvest, Target
from crawler.fleet.tally import FleetTally
from crawler.shards.ledger import WaitingAccount
from crawler.shards.lookup import deal_out
from db.fleet.brought import load_brought
from db.fleet.giving import (
    ParcelState,
    ParcelView,
    end_giving,
    give_again,
    give_parcel,
    load_open_parcels,
    open_giving,
    tell_giver,
    withdraw_all,
)
from db.fleet.roll import LEASE, count_fit_workers
from db.fleet.table import prepare_queue
from db.fleet.terms import ALL_SERVERS, FleetTerms, ParcelAccount
from db.nightly.store import save_harvests
from db.patience import Patience

__all__ = ["Giver", "GivingJob", "count_parcels"]

_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")

_LOOK_SECONDS = 1.0
_BEAT_SECONDS = 5.0
# Workers start again within seconds; a night does not wait longer for one.
_NOBODY_SECONDS = 60.0
# So often a worker may end while it has an account, by kills or cuts of the power; more is no chance.
_MOST_LOSSES = 8
_ACCOUNTS_A_PARCEL = 32
_MOST_PARCELS = 4096


def count_parcels(accounts: int) -> int:
    """Choose into how many parcels a wave is dealt: enough to share out evenly, few enough to watch.

    >>> count_parcels(10), count_parcels(10_000)
    (16, 313)
    """
    return min(_MOST_PARCELS, max(16, -(-accounts // _ACCOUNTS_A_PARCEL)))


@dataclass(frozen=True, slots=True)
class GivingJob:
    """All that is given out in one wave.

    Attributes:
        accounts: in the order in which they are to be visited.
        load: what is known of some of them, read from the database.
        patience: how long a database server is waited for that went away.
    """

    engine: Engine
    terms: FleetTerms
    accounts: Sequence[Account]
    load: Callable[[Sequence[Account]], Sequence[Target]]
    patience: Patience


class _StoppedError(Exception):
    """Whoever gives out was told to end."""


class Giver:
    """One wave's giving; to be run in a thread of its own.

    Attributes:
        left: accounts that nobody is there to visit any more.
    """

    def __init__(self, job: GivingJob, tally: FleetTally) -> None:
        self.left: tuple[Account, ...] = ()
        self._job = job
        self._engine = job.engine
        self._tally = tally
        self._stop = Event()
        self._giving = 0
        self._told = self._peopled = monotonic()
        self._waiting: dict[int, dict[int, ParcelAccount]] = {}
        self._numbers: dict[int, int] = {}
        self._moved: dict[int, ParcelAccount] = {}
        self._pending: dict[int, list[ParcelAccount]] = {}
        self._fetched: dict[int, float] = {}
        self._losses: Counter[int] = Counter()

    def stop(self) -> None:
        """Take everything back, from whichever thread."""
        self._stop.set()
        self._job.patience.give_up()

    def run(self) -> None:
        """Give out, and watch until every account has its harvest or nobody is there; raises StoreError."""
        try:
            self._do(self._take_back)
            self._pending = self._deal(self._job.accounts)
            while self._pending or self._waiting:
                self._do(self._look)
                if self._is_deserted():
                    break
                self._wait(_LOOK_SECONDS)
            self._do(self._end)
        except _StoppedError:
            self._withdraw()

    # --- Giving --------------------------------------------------------------------------------

    def _take_back(self) -> None:
        """Wait until nobody is at anything that an earlier crawl gave out."""
        prepare_queue(self._engine, renew=True)
        while (seconds := withdraw_all(self._engine)) > 0:
            self._wait(min(seconds, _LOOK_SECONDS))

    def _deal(self, accounts: Iterable[Account]) -> dict[int, list[ParcelAccount]]:
        """Accounts by the numbers of their servers."""
        dealt: dict[int, list[ParcelAccount]] = defaultdict(list)

        def give(number: int, turn: WaitingAccount) -> None:
            dealt[number].append(ParcelAccount(turn.account, turn.names))

        async def check() -> None:
            if self._stop.is_set():
                raise _StoppedError

        try:
            asyncio.run(deal_out(accounts, self._job.terms.parcels, check, give))
        except* _StoppedError:
            raise _StoppedError from None
        return dealt

    def _open(self) -> None:
        """Give out what is pending; where that was cut short, all of it anew."""
        self._take_back()
        self._waiting.clear()
        self._giving = open_giving(self._engine, self._job.terms)
        self._told = self._peopled = monotonic()
        for number, accounts in self._pending.items():
            # A nation's thousands of parcels take longer to give than workers wait for a word.
            self._tell()
            self._note(give_parcel(self._engine, self._giving, number, accounts), number, accounts)
        self._pending = {}

    def _tell(self) -> bool:
        """Tell now and then that we are here; False where the giving is gone."""
        if monotonic() - self._told <= _BEAT_SECONDS:
            return True
        self._told = monotonic()
        return tell_giver(self._engine, self._giving)

    def _note(self, parcel: int, number: int, accounts: Sequence[ParcelAccount]) -> None:
        self._numbers[parcel] = number
        self._waiting[parcel] = {each.account.id: each for each in accounts}

    # --- Watching ------------------------------------------------------------------------------

    def _look(self) -> None:
        """One look at who is at it, and at what the run has by now."""
        if self._pending:
            with suppress(QueueGoneError):
                self._open()
            return
        try:
            if not self._tell():
                self._begin_anew()
                return
            for view in load_open_parcels(self._engine, self._giving):
                if view.id in self._waiting and view.state is not ParcelState.WAITING:
                    self._judge(view)
            if self._moved and not self._waiting:
                # Nobody is at any server now, so that one worker may ask them all.
                moved = list(self._moved.values())
                self._note(give_parcel(self._engine, self._giving, ALL_SERVERS, moved), ALL_SERVERS, moved)
                self._moved = {}
        except QueueGoneError:
            self._begin_anew()

    def _judge(self, view: ParcelView) -> None:
        waiting = self._waiting[view.id]
        for brought in load_brought(self._engine, self._job.terms.run, list(waiting)):
            self._tally.note(waiting.pop(brought.account).account, brought)
        if view.state is ParcelState.FINISHED:
            self._tally.doubled += view.doubled
            self._moved |= {account: waiting.pop(account) for account in view.moved & waiting.keys()}
        since = self._fetched.setdefault(view.id, monotonic()) if view.state is ParcelState.FETCHED else None
        stuck = since is not None and monotonic() - since > LEASE
        if stuck or view.state in {ParcelState.FINISHED, ParcelState.LOST}:
            self._close(view.id)

    def _close(self, parcel: int) -> None:
        """Have done with a parcel; whoever of it has no harvest is given out again."""
        number, left = self._numbers[parcel], self._waiting[parcel]
        lost = [each for each in left.values() if self._losses[each.account.id] + 1 >= _MOST_LOSSES]
        if lost:
            self._leave_unseen([each.account for each in lost])
            for brought in load_brought(self._engine, self._job.terms.run, [e.account.id for e in lost]):
                self._tally.note(left.pop(brought.account).account, brought)
        again = list(left.values())
        fresh = give_again(self._engine, parcel, self._giving, number, again)
        self._losses.update(left.keys())
        del self._numbers[parcel], self._waiting[parcel]
        if fresh is not None:
            _LOG.info("%d accounts of parcel %d are given out again", len(again), number)
            self._tally.again += len(again)
            self._note(fresh, number, again)

    def _leave_unseen(self, accounts: Sequence[Account]) -> None:
        """Nobody knows whether the site is the cause: that may pass."""
        told = f"its worker ended {_MOST_LOSSES} times"
        brought = [(t, Harvest.failed(t, Outcome.CRASHED, told)) for t in self._job.load(accounts)]
        save_harvests(self._engine, self._job.terms.run, brought, shared=True)

    def _begin_anew(self) -> None:
        """The queue was dropped: whoever worked stops within a lease, and everything is given out again."""
        _LOG.warning("The queue's tables are gone; they are made anew, and what has no harvest is given out.")
        parcels: dict[int, list[ParcelAccount]] = defaultdict(list)
        for parcel, waiting in self._waiting.items():
            parcels[self._numbers[parcel]] += waiting.values()
        self._pending = dict(parcels)
        self._wait(LEASE)

    def _is_deserted(self) -> bool:
        """Whether nobody has been there for a while."""
        try:
            if self._do(lambda: count_fit_workers(self._engine)):
                self._peopled = monotonic()
        except QueueGoneError:
            return False
        return monotonic() - self._peopled > _NOBODY_SECONDS

    # --- The end -------------------------------------------------------------------------------

    def _end(self) -> None:
        """Close the giving; where nobody came any more, with what is left taken back."""
        held = [*self._pending.values(), *(list(waiting.values()) for waiting in self._waiting.values())]
        left = [each for accounts in held for each in accounts]
        self.left = tuple(each.account for each in (*left, *self._moved.values()))
        if self.left:
            self._take_back()
        else:
            with suppress(QueueGoneError):  # everybody has a harvest, and nothing is left to close
                end_giving(self._engine, self._giving)

    def _withdraw(self) -> None:
        """Workers hear of it with their next beat; whoever crawls next waits until they did."""
        try:
            withdraw_all(self._engine)
        except (QueueGoneError, StoreGoneError) as error:
            _LOG.info("Nothing is taken back: %s", error)

    def _wait(self, seconds: float) -> None:
        if self._stop.wait(seconds):
            raise _StoppedError

    def _do(self, work: Callable[[], _T]) -> _T:
        """Do something in the database, also when its server is away for a while."""
        try:
            return self._job.patience.outlast(work)
        except StoreGoneError:
            if self._stop.is_set():
                raise _StoppedError from None
            raise
