"""One visit without a crawl: the same drive, its exchanges made by httpx one after another."""

import asyncio
import socket
import ssl
from collections.abc import Callable, Generator, Mapping
from datetime import datetime
from functools import cache
from time import monotonic
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

import certifi
import httpx

from activity.channel import Channel
from activity.errors import GuardError
from activity.outcome import Failure
from activity.visit import Budget, Fetch, Harvest, Page, Target, Visit
from crawler.drive.budget import Meter
from crawler.drive.driver import Answer, Ask, Terms, converse, drive
from crawler.drive.failure import explain_exception, name_failure
from crawler.drive.guard import Guard
from crawler.drive.keyring import Keyring, TokenStoppedError, hide
from crawler.drive.robots import RobotsRules, parse_robots, robots_url
from crawler.drive.unpack import TooLargeError, unpack
from crawler.visits.access import ApiAccess
from crawler.visits.opening import find_rules

if TYPE_CHECKING:
    from crawler.browser.chromium import Browser

__all__ = ["consult", "probe"]

T = TypeVar("T")

_ROBOTS_BYTES = 512 * 1024
_ROBOTS_HOPS = 5


def probe(  # noqa: PLR0913 - the settings of one visit, by name
    target: Target,
    visit: Visit,
    *,
    guard: Guard,
    user_agent: str,
    clock: Callable[[], datetime],
    tokens: Mapping[str, str] | None = None,
    app_secrets: Mapping[str, str] | None = None,
    graph_url: str = "https://graph.facebook.com",
    apis: Mapping[Channel, ApiAccess] | None = None,
    obey_robots: bool = True,
    delay: float = 0.0,
    timeout: float = 25.0,
    browser: str | None = None,
) -> Harvest:
    """Drive one visit to its harvest as a crawl would, and store nothing.

    Args:
        delay: seconds between two requests.
        timeout: seconds for one exchange, body included.
        app_secrets: by the tokens' names.
        apis: of the channels that are read by a key.
        browser: the program that renders pages; None renders none.
    """
    apis = apis or {}
    keyring = Keyring(tokens, app_secrets, pace=delay, rules=find_rules(apis), clock=clock)
    homes = {api.key: api.base_url for api in apis.values() if api.key is not None}
    terms = Terms(guard, clock, keyring, graph_url, timeout=timeout, homes=homes)
    chromium = _find_browser(browser, user_agent, target)
    messenger = _Messenger(terms, user_agent, obey_robots, delay, chromium)
    return asyncio.run(_carry(drive(target, visit, terms), messenger))


def consult(asker: Generator[Fetch, Page, T], terms: Terms, *, user_agent: str, budget: Budget) -> T:
    """Let somebody who is no visit ask the Graph API, and return what it returns."""
    messenger = _Messenger(terms, user_agent, obey_robots=True, delay=0.0)
    return asyncio.run(_carry(converse(asker, terms, Meter(budget)), messenger))


def _find_browser(program: str | None, user_agent: str, target: Target) -> "Browser | None":
    if program is None:
        return None
    # Playwright is an extra package's.
    from crawler.browser.chromium import Browser  # noqa: PLC0415

    return Browser(program, user_agent, target.zone.key)


async def _carry(journey: Generator[Ask, Answer, T], messenger: "_Messenger") -> T:
    async with messenger:
        try:
            ask = next(journey)
            while True:
                ask = journey.send(await messenger.answer(ask))
        except StopIteration as stop:
            result: T = stop.value
            return result
        finally:
            journey.close()


class _Messenger:
    """Makes exchanges: guarded, obeying robots.txt, slowly, each within its time and size."""

    def __init__(
        self,
        terms: Terms,
        user_agent: str,
        obey_robots: bool,
        delay: float,
        browser: "Browser | None" = None,
    ) -> None:
        self._guard = terms.guard
        self._browser = browser
        self._keyring = terms.keyring
        self._delay = delay
        self._obey_robots = obey_robots
        self._rules: dict[str, RobotsRules] = {}
        self._next = 0.0
        self._headers = {"User-Agent": user_agent, "Accept-Encoding": "gzip, deflate"}
        self._transport = _GuardedTransport(terms.guard)

    async def __aenter__(self) -> "_Messenger":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._transport.aclose()
        if self._browser is not None:
            await self._browser.close()

    async def answer(self, ask: Ask) -> Answer:
        """Make one exchange, after reading robots.txt where that is due."""
        robots: Answer | None = None
        if self._obey_robots and ask.token is None:
            parts = urlsplit(ask.url)
            url = robots_url(parts.scheme, parts.netloc)
            if url not in self._rules:
                robots = await self._read_robots(url, ask.timeout)
                if robots.failure is not None or (robots.status or 0) >= 500:
                    return robots
                self._rules[url] = parse_robots(robots.status or 404, robots.body)
            if not self._rules[url].allows(ask.url):
                return _with(robots, Answer(ask.url, failure=Failure.ROBOTS, detail=f"forbidden by {url}"))
        return _with(robots, await self._take_turn(ask))

    async def _take_turn(self, ask: Ask) -> Answer:
        """One exchange, when its token may make it."""
        if ask.token is None:
            return await self._show(ask, await self._exchange(ask))
        try:
            async with self._keyring.turn(ask.token):
                answer = await self._exchange(ask)
                if answer.failure is None:
                    self._keyring.note(ask.token, answer.status or 0, answer.headers, answer.body, ask.url)
                return answer
        except TokenStoppedError as error:
            return Answer(ask.url, failure=error.failure, detail=str(error), requests=0)

    async def _show(self, ask: Ask, answer: Answer) -> Answer:
        """A page as a browser shows it, where it was asked for so and there is one."""
        if self._browser is None or not ask.rendered:
            return answer
        from crawler.browser.tab import Tab, is_page  # noqa: PLC0415

        if not is_page(answer):
            return answer
        return await self._browser.render(Tab(ask, answer, self._exchange, self._guard))

    async def _read_robots(self, url: str, timeout: float) -> Answer:
        """The rules' answer, redirects followed; too many of them count as no rules."""
        for _ in range(_ROBOTS_HOPS + 1):
            answer = await self._exchange(Ask(url, {}, None, timeout, _ROBOTS_BYTES))
            location = answer.headers.get("location")
            if answer.failure is Failure.TOO_LARGE:
                return Answer(url, 404, wasted=answer.wasted)
            if answer.failure is not None or answer.status not in {301, 302, 303, 307, 308} or not location:
                return answer
            url = str(httpx.URL(answer.url).join(location))
        return Answer(url, 404)

    async def _exchange(self, ask: Ask) -> Answer:
        await asyncio.sleep(max(0.0, self._next - monotonic()))
        start = monotonic()
        try:
            async with asyncio.timeout(ask.timeout):
                return await self._receive(ask, start)
        except TooLargeError as error:
            return _failed(ask, Failure.TOO_LARGE, str(error), start, wasted=ask.max_bytes)
        except (httpx.HTTPError, httpx.InvalidURL, GuardError, OSError, ValueError) as error:
            return _failed(ask, _name(error), explain_exception(error), start)
        finally:
            self._next = monotonic() + self._delay

    async def _receive(self, ask: Ask, start: float) -> Answer:
        # Without httpx.Client, which stumbles over a Location that is no address before we see it.
        wired = hide(ask.url, ask.hidden)
        request = httpx.Request("GET", wired, headers={**self._headers, **ask.headers})
        response = await self._transport.handle_async_request(request)
        response.request = request
        try:
            raw = await _read(response, ask.max_bytes)
        finally:
            await response.aclose()
        body = unpack(raw, response.headers.get("content-encoding", ""), ask.max_bytes)
        detail = f"{ask.url} answered {response.status_code}" if response.status_code >= 500 else ""
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(
            ask.url, response.status_code, headers, body, detail=detail, seconds=monotonic() - start
        )


async def _read(response: httpx.Response, limit: int) -> bytes:
    """The body as sent; raises TooLargeError as soon as it is known to be beyond the limit."""
    announced = response.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > limit:
        raise TooLargeError(f"{announced} bytes announced, more than {limit}")
    raw = bytearray()
    async for chunk in response.aiter_raw():
        raw += chunk
        if len(raw) > limit:
            raise TooLargeError(f"more than {limit} bytes")
    return bytes(raw)


def _name(error: Exception) -> Failure:
    # A label of more than 63 letters is no name at all.
    if isinstance(error, socket.gaierror | UnicodeError):
        return Failure.DNS
    if isinstance(error, httpx.RemoteProtocolError):
        return Failure.RESET
    return name_failure(error)


@cache
def _read_authorities() -> ssl.SSLContext:
    """Whom certificates must come from; read once, in 30 ms, as `meta check` asks for each account apart."""
    context = ssl.create_default_context()
    # On by default from Python 3.13 on: it refuses authorities that browsers and the crawl take.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    context.load_verify_locations(certifi.where())
    return context


class _GuardedTransport(httpx.AsyncBaseTransport):
    """Connects to the very address that the guard passed, whatever the name says a moment later."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        # Kept connections are shared by address, and so by names whose certificates differ.
        limits = httpx.Limits(max_keepalive_connections=0)
        self._inner = httpx.AsyncHTTPTransport(verify=_read_authorities(), trust_env=False, limits=limits)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; raises GuardError, or OSError for an unknown name, besides httpx's own."""
        host = request.url.host
        self._guard.check_url(str(request.url))
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, request.url.port or 80, type=socket.SOCK_STREAM)
        found.sort(key=lambda one: one[0] != socket.AF_INET)
        addresses = self._guard.check_addresses(host, dict.fromkeys(str(one[4][0]) for one in found))
        request.extensions = {**request.extensions, "sni_hostname": request.url.raw_host.decode("ascii")}
        request.url = request.url.copy_with(host=addresses[0])
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        """Close what is open."""
        await self._inner.aclose()


def _failed(ask: Ask, failure: Failure, detail: str, start: float, wasted: int = 0) -> Answer:
    return Answer(ask.url, failure=failure, detail=detail, wasted=wasted, seconds=monotonic() - start)


def _with(robots: Answer | None, answer: Answer) -> Answer:
    """An answer with the cost of the robots.txt that was read for it."""
    if robots is None:
        return answer
    return Answer(
        answer.url,
        answer.status,
        answer.headers,
        answer.body,
        answer.failure,
        answer.detail,
        requests=1 if answer.failure is Failure.ROBOTS else 2,
        wasted=answer.wasted + len(robots.body) + robots.wasted,
        seconds=answer.seconds + robots.seconds,
    )
