"""Names to addresses for the crawl, each address passed by the guard before a connection can use it.

Scrapy's middleware and Twisted's connections ask the same resolver, so the address that was checked
is the address that is connected to: a name that answers differently the second time gains nothing.
"""

from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from time import monotonic
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy.exceptions import CannotResolveHostError
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.defer import Deferred
from twisted.internet.defer import TimeoutError as DeferredTimeoutError
from twisted.internet.interfaces import IHostnameResolver, IHostResolution
from twisted.internet.threads import deferToThreadPool
from twisted.python.failure import Failure
from zope.interface import implementer

from activity.errors import GuardError
from crawler.drive.cause import find_shortage
from crawler.drive.guard import Guard
from crawler.drive.names import Addresses, find_addresses

__all__ = ["GuardedResolver", "installed_resolver"]

# Long enough for one visit, short enough that a night-long crawl notices a site that moves.
_LIFETIME = 900.0
_MOST_NAMES = 20_000


@dataclass(slots=True)
class _Entry:
    """What is known of a name: its addresses or why there are none; until then, who waits for it."""

    until: float
    result: Addresses | Exception | None = None
    waiting: list["Deferred[Addresses]"] = field(default_factory=list)


@implementer(IHostResolution)
class _Resolution:
    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Stop nothing: the answer is kept for the next one who asks."""


@implementer(IHostnameResolver)
class GuardedResolver:
    """A caching resolver that gives out permitted addresses only, IPv4 before IPv6."""

    def __init__(self, reactor: Any, guard: Guard, timeout: float) -> None:
        self._reactor = reactor
        self._guard = guard
        self._timeout = timeout
        self._entries: OrderedDict[str, _Entry] = OrderedDict()

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> Self:
        """Make it as Scrapy asks for it, with the process or a crawler; both have settings."""
        settings = crawler.settings
        return cls(reactor, Guard.of(settings.getlist("DENYUT_ALLOWED")), settings.getfloat("DNS_TIMEOUT"))

    def install_on_reactor(self) -> None:
        """Make every connection of this process resolve here."""
        self._reactor.installNameResolver(self)

    def lookup(self, host: str) -> "Deferred[Addresses]":
        """Look up a host's addresses, one at least; fails with CannotResolveHostError or GuardError."""
        answer: Deferred[Addresses] = Deferred()
        entry = self._entries.get(host)
        if entry is None or entry.until < monotonic():
            entry = self._entries[host] = _Entry(monotonic() + _LIFETIME)
            entry.waiting.append(answer)
            self._ask(host, entry)
        elif entry.result is None:
            entry.waiting.append(answer)
        else:
            _fire(answer, entry.result)
        while len(self._entries) > _MOST_NAMES:
            self._entries.popitem(last=False)
        return answer

    def learn(self, url: str, names: Addresses | str | None) -> None:
        """Take over what somebody else found: a site's addresses, or why its name has none."""
        host = _host(url)
        if not host or names is None or host in self._entries:
            return
        entry = self._entries[host] = _Entry(monotonic() + _LIFETIME)
        if isinstance(names, str):
            entry.result = CannotResolveHostError(names)
            return
        try:
            entry.result = self._guard.check_addresses(host, names)
        except GuardError as error:
            entry.result = error

    def resolveHostName(  # noqa: N802 - the interface's own name
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[Any]] | None = None,  # noqa: ARG002, N803
        transportSemantics: str = "TCP",  # noqa: ARG002, N803
    ) -> _Resolution:
        """Resolve a name before Twisted connects; one without addresses is reported as not found."""
        resolution = _Resolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)

        def finish(outcome: Addresses | Failure) -> None:
            for address in () if isinstance(outcome, Failure) else outcome:
                kind = IPv6Address if ":" in address else IPv4Address
                resolutionReceiver.addressResolved(kind("TCP", address, portNumber))
            resolutionReceiver.resolutionComplete()

        self.lookup(hostName).addBoth(finish)
        return resolution

    def _ask(self, host: str, entry: _Entry) -> None:
        if (literal := _read_literal(host)) is not None:
            # Nothing to look up, and no thread to wait for.
            self._settle(self._judge(host, literal), host, entry)
            return
        pool = self._reactor.getThreadPool()
        asking = deferToThreadPool(self._reactor, pool, find_addresses, host)
        asking.addTimeout(self._timeout, self._reactor)
        asking.addCallback(lambda found: self._guard.check_addresses(host, found))
        asking.addBoth(self._settle, host, entry)

    def _judge(self, host: str, literal: str) -> Addresses | Failure:
        try:
            return self._guard.check_addresses(host, (literal,))
        except GuardError as error:
            return Failure(error)  # type: ignore[no-untyped-call]

    def _settle(self, outcome: Addresses | Failure, host: str, entry: _Entry) -> None:
        entry.result = _explain(outcome.value, host) if isinstance(outcome, Failure) else outcome
        waiting, entry.waiting = entry.waiting, []
        for answer in waiting:
            _fire(answer, entry.result)


def installed_resolver() -> GuardedResolver:
    """Find the one of the reactor that runs."""
    # Importing the reactor any earlier would install it before Scrapy chooses one.
    from twisted.internet import reactor  # noqa: PLC0415

    resolver = reactor.nameResolver
    if not isinstance(resolver, GuardedResolver):
        raise TypeError("the crawl's own resolver is not installed; start it by crawler.run.crawl")
    return resolver


def _read_literal(host: str) -> str | None:
    with suppress(ValueError):
        return str(ip_address(host))
    return None


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _explain(error: BaseException | None, host: str) -> Exception:
    if isinstance(error, GuardError):
        return error
    if error is not None and find_shortage(error) is not None:
        # The entry is forgotten with the crawl, which ends.
        return OSError(*error.args)
    if isinstance(error, DeferredTimeoutError):
        return CannotResolveHostError(f"{host}: the name server did not answer")
    return CannotResolveHostError(f"{host}: {error}")


def _fire(answer: "Deferred[Addresses]", result: Addresses | Exception) -> None:
    if isinstance(result, Exception):
        answer.errback(result)
    else:
        answer.callback(result)
