"""Watches the shards: gives them accounts, has stored what they bring, replaces those that hang."""

import asyncio
import logging
import socket
from collections import Counter
from contextlib import nullcontext, suppress
from time import monotonic
from typing import Any

from activity.channel import CHANNELS, Access
from activity.errors import ShardError
from activity.outcome import Outcome
from activity.visit import Harvest, Target
from crawler.job import CrawlJob, CrawlSummary
from crawler.shards.deal import TOKENS_SHARD
from crawler.shards.dealer import CrawlDealer, Dealer
from crawler.shards.heed import heeding
from crawler.shards.ledger import Ledger, ShardEnd, WaitingAccount
from crawler.shards.member import Member
from crawler.shards.message import (
    Begin,
    Bring,
    Carried,
    Carry,
    Elsewhere,
    Fail,
    Finish,
    Halt,
    Message,
    Own,
    Ready,
    Take,
)
from crawler.shards.nursery import Birth, Death, Nursery
from crawler.shards.pulse import ShardPulse
from crawler.shards.relay import Relay
from crawler.shards.seats import Seats
from crawler.shards.watch import ShardLimits, judge, measure
from crawler.shards.writer import Writer

__all__ = ["Supervisor"]

_LOG = logging.getLogger(__name__)

_LOOK_SECONDS = 1.0
# What a stopped crawl may still take to end its exchanges in good order.
_GRACE = 5.0
# A shard that has not beaten for so many looks will not hear that it is to stop.
_DEAF = 3
# Ends before a shard was ever ready, and ends in a row without a harvest in between: it is not the sites.
_MOST_STILLBORN = 3
_MOST_BARREN = 50
_REMEDY = "Run `denyut doctor`; DENYUT_LOG_LEVEL=DEBUG tells more. The same command goes on where it ended."


class Supervisor:
    """One crawl: shards in company, one alone for suspects, one writer, one end."""

    def __init__(
        self,
        job: CrawlJob,
        nursery: Nursery,
        pulses: tuple[ShardPulse, ...],
        dealer: Dealer | None = None,
    ) -> None:
        self._job = job
        self._nursery = nursery
        self._pulses = pulses
        self._limits = ShardLimits(job.memory, job.hang)
        self._channels = tuple(channel for channel, due in job.due.items() if due or dealer is not None)
        self._open_channels = tuple(c for c in self._channels if CHANNELS[c].access is Access.OPEN)
        self._ledger = Ledger(job.processes)
        self._dealer = dealer or CrawlDealer(job, self._ledger)
        self._heeds_signals = dealer is None
        self._seats = Seats(job.policy, job.processes)
        self._relay = Relay()
        self._members: dict[int, Member] = {}
        self._targets: dict[int, Target] = {}
        self._charged: Counter[int] = Counter()
        self._replaced = self._stillborn = self._barren = 0
        self._dealt = self._stopping = self._finishing = False
        self._tasks: set[asyncio.Task[Any]] = set()

    async def run(self) -> CrawlSummary | None:
        """Crawl; None where a signal, or whoever gave the dealer, interrupted it. Raises what ended it."""
        start = monotonic()
        self._loop = asyncio.get_running_loop()
        self._over: asyncio.Future[None] = self._loop.create_future()
        if self._heeds_signals:
            self._loop.set_exception_handler(self._notice)
        self._writer = Writer(self._job, self._advance)
        self._loop.add_reader(self._nursery, self._hear)
        try:
            with heeding(self._loop, self.interrupt) if self._heeds_signals else nullcontext():
                for number in range(self._job.processes):
                    self._spawn(number)
                for work in (self._writer.run(), self._deal(), self._watch()):
                    self._begin(work)
                await self._over
        finally:
            await self._close()
        return None if self._stopping else self._writer.summary(monotonic() - start, self._replaced)

    async def _close(self) -> None:
        self._loop.remove_reader(self._nursery)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for member in self._members.values():
            member.close()
        self._nursery.end([member.birth for member in self._members.values() if member.code is None])
        if self._over.done() and self._over.exception() is None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._writer.drain(), _GRACE)
        self._writer.close()

    # --- Accounts ------------------------------------------------------------------------------

    async def _deal(self) -> None:
        await self._dealer.deal(self._give, self._tell_all)
        self._dealt = True
        self._advance()

    def _give(self, number: int, turn: WaitingAccount) -> None:
        self._ledger.add(number, turn)
        self._feed(number)

    def _feed_all(self) -> None:
        for number in list(self._members):
            self._feed(number)

    def _feed(self, number: int) -> None:
        """Give a shard what it has room for."""
        member = self._members.get(number)
        if member is None or not member.ready or self._stopping:
            return
        for channel in self._channels:
            taken = self._ledger.count_under_way(number, channel)
            alone = number == self._ledger.alone
            room = 1 - self._ledger.count_under_way(number) if alone else self._seats.room(channel, taken)
            if room > 0 and (turns := self._ledger.take(number, channel, room)):
                self._begin(self._send(member, turns))
        self._dealer.make_room()

    async def _send(self, member: Member, turns: tuple[WaitingAccount, ...]) -> None:
        names = {turn.account.id: turn.names for turn in turns}
        targets = {t.account.id: t for t in await self._writer.load([turn.account for turn in turns])}
        if self._members.get(member.number) is not member:
            # It ended meanwhile, and they were asked again.
            return
        for account, found in names.items():
            if account in targets:
                self._targets[account] = targets[account]
                member.send(Take(targets[account], found))
            else:
                self._ledger.settle(member.number, account)
        self._advance()

    def _advance(self) -> None:
        """Go on after something was stored or settled, to the end where nothing is left."""
        self._feed_all()
        done = self._dealt and self._ledger.done and self._writer.idle
        if done and not self._finishing and not self._stopping:
            self._finishing = True
            self._tell_all(Finish())
            self._loop.call_later(_GRACE, self._end)
            self._leave()

    # --- Messages ------------------------------------------------------------------------------

    def _take(self, member: Member, message: Message) -> None:
        match message:
            case Ready():
                member.ready = True
                self._stillborn = 0
                if (own := self._dealer.own) is not None:
                    member.send(own)
                for carry in self._relay.waiting_for(member.number):
                    member.send(carry)
                self._feed(member.number)
            case Bring():
                self._store(member, message.account, message.harvest)
            case Elsewhere():
                self._let_go(member, message.account)
            case Carry():
                owner, carry = self._members.get(message.own), self._relay.ask(member.birth, message)
                if owner is not None and owner.ready:
                    owner.send(carry)
            case Carried():
                self._return(message)
            case Fail():
                self._fail(message.error)
            case _:
                raise TypeError(f"a shard does not say {type(message).__name__}")

    def _store(self, member: Member, account: int, harvest: Harvest) -> None:
        target = self._targets.pop(account, None)
        if self._ledger.settle(member.number, account) and target is not None:
            self._barren = 0
            self._writer.put(target, harvest)
        if self._dealt and self._ledger.done:
            self._writer.hurry()

    def _let_go(self, member: Member, account: int) -> None:
        """It will be visited elsewhere; the dealer sees to that."""
        if self._targets.pop(account, None) and self._ledger.settle(member.number, account):
            self._dealer.give_up(account)
        self._advance()

    def _return(self, carried: Carried) -> None:
        if self._relay.settle(carried):
            for member in self._members.values():
                if member.birth == carried.asker:
                    member.send(carried)

    def _tell_all(self, message: Message) -> None:
        for member in self._members.values():
            # A shard that is not ready reads how it begins; then it is told what it owns.
            if member.ready or not isinstance(message, Own):
                member.send(message)

    # --- Life and death ------------------------------------------------------------------------

    def _spawn(self, number: int) -> None:
        member = Member(number, next(self._nursery.births), self._take, self._bury)
        self._members[number] = member
        self._pulses[number].clear()
        ours, theirs = socket.socketpair()
        with theirs:
            self._nursery.spawn(member.birth, number, theirs)
        ours.setblocking(False)
        self._begin(self._connect(member, ours))

    async def _connect(self, member: Member, pipe: socket.socket) -> None:
        await self._loop.create_unix_connection(lambda: member, sock=pipe)
        alone = member.number == self._ledger.alone
        channels = self._channels if alone or member.number == TOKENS_SHARD else self._open_channels
        policy = self._seats.share()
        own = None if alone else member.number
        member.send(Begin(own, self._dealer.shards, channels, policy, self._dealer.apart))

    def _hear(self) -> None:
        report = self._nursery.report()
        if report is None:
            self._loop.remove_reader(self._nursery)
            self._fail(ShardError("The process that starts the crawl's shards has ended.", _REMEDY))
        for member in self._members.values():
            if isinstance(report, Birth) and member.birth == report.birth:
                member.pid = report.pid
            if isinstance(report, Death) and member.birth == report.birth:
                member.bury(report.code)
                return

    def _bury(self, member: Member) -> None:
        """Follow up the end of a shard."""
        del self._members[member.number]
        for carried in self._relay.end(member.number, member.birth):
            self._return(carried)
        if not self._stopping and not self._finishing:
            self._replace(member)
        self._leave()

    def _replace(self, member: Member) -> None:
        self._replaced += 1
        self._barren += 1
        self._stillborn += not member.ready
        if self._stillborn >= _MOST_STILLBORN or self._barren >= _MOST_BARREN:
            told = "The crawl's processes end again and again, the last with code {code}."
            self._fail(ShardError(told, _REMEDY, code=member.code))
            return
        at_hand = self._pulses[member.number].read().account
        ruling = self._ledger.rule(member.number, at_hand, member.end)
        reason = self._explain(member)
        if (account := ruling.convicted) is not None:
            self._replaced -= 1 + self._charged.pop(account.id, 0)
            _LOG.warning("%s is left unread: %s, twice", account.address, reason)
            target = self._targets.pop(account.id)
            # Of a kill from outside nobody knows whether the site was the cause: that may pass.
            outcome = Outcome.UNPARSABLE if member.end.explained else Outcome.CRASHED
            self._barren = 0 if member.end.explained else self._barren
            self._writer.put(target, Harvest.failed(target, outcome, f"{reason}, also alone"))
        else:
            suspected = ", ".join(each.address for each in ruling.suspected) or "nobody in particular"
            _LOG.warning("A shard is replaced: %s; suspected: %s", reason, suspected)
        if len(ruling.suspected) == 1:
            self._charged[ruling.suspected[0].id] += 1
        for number in (member.number, self._ledger.alone):
            if number not in self._members and self._is_needed(number):
                self._spawn(number)
        self._advance()

    def _is_needed(self, number: int) -> bool:
        return number != self._ledger.alone or self._ledger.count_waiting(number) > 0

    def _explain(self, member: Member) -> str:
        bounds = {ShardEnd.HUNG: self._limits.hang, ShardEnd.GREW: self._limits.memory}
        return member.end.value.format(limit=bounds.get(member.end, member.code or 0))

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            for member in list(self._members.values()):
                reading = measure(member.pid) if member.pid and member.verdict is None else None
                if reading is not None:
                    beat = self._pulses[member.number].read()
                    member.verdict = judge(beat, member.watch.look(beat), reading, self._limits)
                    if member.verdict is not None or (self._stopping and member.watch.looks >= _DEAF):
                        self._nursery.kill(member.birth)

    # --- The end -------------------------------------------------------------------------------

    def interrupt(self) -> None:
        """End in good order; at the second time at once."""
        if self._stopping:
            self._end()
            return
        self._stopping = True
        self._tell_all(Halt())
        for member in self._members.values():
            if not member.ready or member.watch.looks >= _DEAF:
                self._nursery.kill(member.birth)
        self._loop.call_later(_GRACE, self._end)
        self._leave()

    def _leave(self) -> None:
        if (self._stopping or self._finishing) and not self._members:
            self._end()

    def _end(self) -> None:
        if not self._over.done():
            self._over.set_result(None)

    def _fail(self, error: BaseException) -> None:
        if not self._over.done():
            self._over.set_exception(error)

    def _begin(self, work: Any) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._conclude)

    def _conclude(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._fail(error)

    def _notice(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        self._fail(context.get("exception") or RuntimeError(context["message"]))
