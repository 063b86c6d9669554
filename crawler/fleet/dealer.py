"""Brings a worker's supervisor the accounts of its parcels, and tells when each parcel is done."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

from crawler.shards.deal import FIRST_SHARD
from crawler.shards.dealer import Give, Tell
from crawler.shards.ledger import WaitingAccount
from crawler.shards.message import Own
from db.fleet.terms import ALL_SERVERS, GivenParcel

__all__ = ["ParcelDealer", "ParcelDroppedError", "ParcelReport"]


class ParcelDroppedError(Exception):
    """A parcel is not worked here any more: it was taken back, or its worker ends."""


@dataclass(frozen=True, slots=True)
class ParcelReport:
    """What a whole parcel came to.

    Attributes:
        moved: accounts without a harvest, whose visits led to servers of other parcels.
        harvested: accounts with one that was stored.
        doubled: accounts with one that was dropped, for the run had one of them.
    """

    moved: frozenset[int]
    harvested: int
    doubled: int


@dataclass(slots=True)
class _OpenParcel:
    parcel: GivenParcel
    left: set[int]
    done: "asyncio.Future[ParcelReport]"
    moved: set[int] = field(default_factory=set)
    harvested: int = 0
    doubled: int = 0


class ParcelDealer:
    """Parcels come and go while the supervisor works; a shard is told whose servers it may ask meanwhile."""

    apart = True

    def __init__(self, shards: int) -> None:
        self.shards = shards
        self._open: dict[int, _OpenParcel] = {}
        self._of: dict[int, _OpenParcel] = {}
        self._give: Give | None = None
        self._tell: Tell | None = None
        self._closed = asyncio.Event()

    @property
    def idle(self) -> bool:
        """Whether no parcel is open."""
        return not self._open

    @property
    def own(self) -> Own:
        """The numbers of the parcels that are open."""
        numbers = frozenset(each.parcel.number for each in self._open.values())
        return Own(None if ALL_SERVERS in numbers else numbers)

    def add(self, parcel: GivenParcel) -> "asyncio.Future[ParcelReport]":
        """Begin a parcel; its future tells what it came to, or that it was dropped."""
        left = {each.account.id for each in parcel.accounts}
        opened = _OpenParcel(parcel, left, asyncio.get_running_loop().create_future())
        self._open[parcel.id] = opened
        self._of.update(dict.fromkeys(left, opened))
        if self._give is not None and self._tell is not None:
            self._tell(self.own)
            self._give_all([opened], self._give)
        return opened.done

    async def deal(self, give: Give, tell: Tell) -> None:
        """Give what is there and what comes, until closed."""
        self._give, self._tell = give, tell
        tell(self.own)
        self._give_all(list(self._open.values()), give)
        await self._closed.wait()

    def _give_all(self, parcels: Iterable[_OpenParcel], give: Give) -> None:
        for opened in parcels:
            for each in opened.parcel.accounts:
                give(FIRST_SHARD, WaitingAccount(each.account, each.found))

    def make_room(self) -> None:
        """Do nothing: how many parcels are open at once is settled elsewhere."""

    def give_up(self, account: int) -> None:
        """Give an account up that needs servers of other parcels."""
        if (opened := self._of.get(account)) is not None:
            opened.moved.add(account)
            self._settle(account, opened)

    def note(self, account: int, *, doubled: bool) -> None:
        """Note that the harvest of an account is stored, or was there."""
        if (opened := self._of.get(account)) is not None:
            opened.doubled += doubled
            opened.harvested += not doubled
            self._settle(account, opened)

    def _settle(self, account: int, opened: _OpenParcel) -> None:
        del self._of[account]
        opened.left.discard(account)
        if opened.left:
            return
        del self._open[opened.parcel.id]
        if self._tell is not None:
            self._tell(self.own)
        if not opened.done.done():
            moved = frozenset(opened.moved)
            opened.done.set_result(ParcelReport(moved, opened.harvested, opened.doubled))

    def close(self) -> None:
        """Say that nothing will be added any more: the supervisor ends when all is done."""
        self._closed.set()

    def drop(self) -> None:
        """Have done with whatever is open: nobody works it here any more."""
        dropped, self._open, self._of = self._open, {}, {}
        for opened in dropped.values():
            if not opened.done.done():
                opened.done.set_exception(ParcelDroppedError("The parcel is not worked here any more."))
