"""One page while it is rendered: what it asks for is fetched by us, or not at all."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from time import monotonic
from urllib.parse import urljoin

from playwright.async_api import Error, Page, Request, Route

from activity.outcome import Failure
from activity.visit import ScriptAnswer
from crawler.browser.part import is_admitted, pick_headers, pick_reply
from crawler.browser.screen import glance, press_more, read
from crawler.drive.driver import Answer, Ask
from crawler.drive.failure import RenderingError
from crawler.drive.guard import Guard
from crawler.extract.page.key import same_site

__all__ = ["Carry", "Tab", "is_page"]

Carry = Callable[[Ask], Awaitable[Answer]]

MAX_PARTS = 60
# A page that asks for so many things, refused or not, would keep us from everybody else's.
MAX_WISHES = 1_000
MAX_HOPS = 5
# An honest page has some thousands; beyond, it is the browser's memory that is filled.
MAX_ELEMENTS = 200_000
# Seconds without a change before a page counts as ready; longer for one that shows next to nothing yet.
QUIET = 1.0
QUIET_BARE = 3.0
FEW_LINKS = 5
# Data that are kept for reading, and how often a list is asked for more where none came.
MAX_CAPTURED = 12
MAX_CAPTURED_BYTES = 2_000_000
MAX_PRESSES = 5
# A page whose clocks and counters never rest is read as it stands after so many seconds.
LONGEST = 12.0
_GLANCE = 0.15
_CLOSING = 5.0

_REDIRECTS = {301, 302, 303, 307, 308}
# Takes away what would speak past the requests that we see, and stops a flood of them at its source.
_PRELUDE = """(() => {
    for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport", "WebSocket",
        "Worker", "SharedWorker"]) delete globalThis[name];
    globalThis.open = () => null;
    let left = 500;
    const fetch = globalThis.fetch.bind(globalThis), send = XMLHttpRequest.prototype.send;
    globalThis.fetch = (...all) => left-- > 0 ? fetch(...all) : new Promise(() => {});
    XMLHttpRequest.prototype.send = function (...all) { if (left-- > 0) send.apply(this, all); };
})()"""
# Of the frame, or of its bytes on the way; they do not hold for what is shown.
_DROPPED = frozenset(
    {
        "content-encoding",
        "content-length",
        "content-type",
        "etag",
        "last-modified",
        "set-cookie",
        "transfer-encoding",
    }
)


def is_page(answer: Answer) -> bool:
    """Tell whether an answer is a page that a browser could make more of."""
    kind = answer.headers.get("content-type", "text/html").lower()
    ok = answer.failure is None and answer.status is not None and 200 <= answer.status < 300
    return ok and "html" in kind and bool(answer.body.strip())


class Tab:
    """Holds one page to its limits.

    Only scripts and data are fetched, by GET, from the page's own site (as browsers draw its border), and
    scripts from a few hosts of public libraries; each address passes the guard, each redirect too. There
    are no frames, pictures, cookies, downloads, workers or further windows. A page that goes on to another
    page of its site is answered as a redirect, for the driver to follow under that page's robots.txt.

    Args:
        ask: what was asked; its time and size hold for all of the rendering.
        first: the page as it came.
        carry: makes one exchange, resolved, checked and limited like any other.
    """

    def __init__(self, ask: Ask, first: Answer, carry: Carry, guard: Guard) -> None:
        self._ask = ask
        self._first = first
        self._carry = carry
        self._guard = guard
        self._start = monotonic()
        self._longest = max(1.0, ask.timeout - first.seconds)
        self._patience = min(LONGEST, 0.6 * self._longest)
        self._opened = self._starved = False
        self._led: str | None = None
        self._limit: asyncio.Timeout | None = None
        self._page: Page | None = None
        self._html: str | None = None
        self._captured: list[ScriptAnswer] = []
        self._busy = self._wishes = self._parts = self._bytes = 0
        # One connection to a server at a time, as everywhere.
        self._turn = asyncio.Lock()

    @property
    def url(self) -> str:
        """The address that is shown."""
        return self._ask.url

    async def render(self, show: Callable[[], Awaitable[None]]) -> Answer:
        """Show the page and close it, whatever happens; the answer bears what the whole took.

        Args:
            show: opens a page, furnishes it, goes to `url` and lets it settle.
        """
        self._start = monotonic()
        failure, problem = Failure.OTHER, f"it did not come to rest within {self._longest:.0f} s"
        try:
            async with asyncio.timeout(self._longest) as self._limit:
                await show()
                problem = "it became something that is no page"
        except TimeoutError:
            if self._wishes > MAX_WISHES:
                problem = f"it asks for more than {MAX_WISHES} things"
        except RenderingError as error:
            problem, failure = str(error), error.failure
        except (Error, RuntimeError, UnicodeError) as error:
            problem = str(error).strip().partition("\n")[0][:200] or type(error).__name__
        finally:
            await self._close()
        if self._led is not None:
            return self._conclude(302, {"location": self._led}, b"")
        if self._html is None:
            return self._conclude(None, {}, b"", failure, f"{self.url} could not be rendered: {problem}")
        headers = {n: v for n, v in self._first.headers.items() if n not in _DROPPED}
        headers["content-type"] = "text/html; charset=utf-8"
        return self._conclude(self._first.status, headers, self._html.encode("utf-8", errors="replace"))

    async def furnish(self, page: Page) -> None:
        """Bind a blank page to these rules, before it goes anywhere."""
        self._page = page
        # Playwright's own waits end after 30 s, whatever time a page was given.
        page.set_default_timeout(1000 * self._longest)
        # A browser that had to be started first is not the page's doing.
        self._start = monotonic()
        if self._limit is not None:
            self._limit.reschedule(asyncio.get_running_loop().time() + self._longest)
        page.context.on("page", _close_page)
        await page.add_init_script(_PRELUDE)
        await page.route("**", self._serve)

    async def settle(self, page: Page) -> None:
        """Wait until a page has filled itself, and what a button for more adds; keep what it shows then.

        Where the page fetches its list as data, one press shows how that goes on, and the rest is left to
        whoever asks for the data. Raises RenderingError for a page that became too large.
        """
        await self._rest(page)
        for _ in range(MAX_PRESSES):
            before = await glance(page)
            if before is None or not await self._presses(page):
                break
            await self._rest(page)
            after = await glance(page)
            if self._captured or after is None or after[0] <= before[0]:
                break
        self._html = await read(page, self._ask.max_bytes)
        if self._html is None:
            raise RenderingError(Failure.TOO_LARGE, f"more than {self._ask.max_bytes} bytes once rendered")
        # Not a wait more: of a page that was about to go elsewhere Chromium may never say the rest.
        self._end()

    async def _presses(self, page: Page) -> bool:
        return monotonic() < self._start + self._patience and await press_more(page)

    async def _rest(self, page: Page) -> None:
        """Wait until nothing changes any more; looked at once also where opening it took all the time."""
        last, since, now = None, monotonic(), self._start
        while now < self._start + self._patience:
            state, now = await glance(page), monotonic()
            if state is not None and state[1] > MAX_ELEMENTS:
                raise RenderingError(Failure.TOO_LARGE, f"more than {MAX_ELEMENTS} elements once rendered")
            if state is None or state != last or self._busy:
                last, since = state, now
            elif now - since >= (QUIET if state[0] >= FEW_LINKS else QUIET_BARE):
                break
            await asyncio.sleep(_GLANCE)

    def _end(self) -> None:
        if self._limit is not None:
            self._limit.reschedule(0)

    async def _close(self) -> None:
        if self._page is not None:
            with suppress(Error, TimeoutError):
                async with asyncio.timeout(_CLOSING):
                    await self._page.context.close()

    def _conclude(
        self,
        status: int | None,
        headers: Mapping[str, str],
        body: bytes,
        failure: Failure | None = None,
        detail: str = "",
    ) -> Answer:
        first = self._first
        wasted = first.wasted + len(first.body) + self._bytes
        seconds = first.seconds + monotonic() - self._start
        if status is None:
            return Answer(self.url, None, {}, b"", failure, detail, first.requests, wasted, seconds)
        return Answer(
            self.url,
            status,
            headers,
            body,
            requests=first.requests,
            wasted=wasted,
            seconds=seconds,
            captured=tuple(self._captured),
            starved=self._starved,
        )

    async def _serve(self, route: Route, request: Request) -> None:
        self._busy += 1
        self._wishes += 1
        if self._wishes > MAX_WISHES:
            self._end()
        try:
            answer = await self._answer(request)
            # Aborted so, a page that wanted to go elsewhere stays as it is.
            if answer is None:
                await route.abort("aborted")
            else:
                await route.fulfill(status=answer.status, headers=dict(answer.headers), body=answer.body)
        except Error:
            # The page is gone, and nobody waits for this any more.
            return
        finally:
            self._busy -= 1

    async def _answer(self, request: Request) -> Answer | None:
        """What a request of the page gets; None for one that is refused or fails."""
        if request.is_navigation_request():
            return self._open(request)
        if request.resource_type == "stylesheet":
            # Left out, but not missed: some scripts wait for theirs.
            return Answer(request.url, 200, {"content-type": "text/css"})
        if request.method != "GET":
            return None
        return await self._fetch(request)

    def _open(self, request: Request) -> Answer | None:
        if self._page is None or request.frame != self._page.main_frame:
            return None
        if not self._opened:
            self._opened = True
            kind = self._first.headers.get("content-type", "text/html")
            return Answer(self.url, 200, {"content-type": kind}, self._first.body)
        if request.method == "GET" and request.url != self._page.url and same_site(request.url, self.url):
            self._led = self._led or request.url
            # What else it would show is of no interest.
            self._end()
        return None

    async def _fetch(self, request: Request) -> Answer | None:
        url, headers = request.url, pick_headers(request.headers)
        async with self._turn:
            for _ in range(MAX_HOPS):
                ask = self._plan(request.resource_type, url, headers)
                if ask is None:
                    return None
                self._parts += 1
                answer = await self._carry(ask)
                self._bytes += len(answer.body) + answer.wasted
                if answer.failure is not None:
                    self._starved |= answer.failure in {Failure.TIMEOUT, Failure.TOO_LARGE}
                    return None
                location = answer.headers.get("location", "")
                if answer.status not in _REDIRECTS or not location:
                    self._capture(request.resource_type, answer, headers)
                    return Answer(url, answer.status, pick_reply(answer.headers), answer.body)
                try:
                    url, headers = urljoin(url, location), {"accept": "*/*"}
                except ValueError:
                    return None
        return None

    def _capture(self, kind: str, answer: Answer, headers: Mapping[str, str]) -> None:
        """Keep what may be a list of posts: data, not what a script is made of."""
        body = answer.body.lstrip()
        kept = sum(len(each.body) for each in self._captured)
        if kind not in {"xhr", "fetch"} or answer.status != 200 or body[:1] not in {b"{", b"["}:
            return
        if len(self._captured) < MAX_CAPTURED and kept + len(body) <= MAX_CAPTURED_BYTES:
            keyed = any(name in headers for name in ("apikey", "authorization", "x-api-key", "x-csrf-token"))
            self._captured.append(ScriptAnswer(answer.url, answer.body, keyed))

    def _plan(self, kind: str, url: str, headers: Mapping[str, str]) -> Ask | None:
        """The exchange for a part of the page; None where it may not be made, or no more of them."""
        seconds = self._start + self._patience - monotonic()
        room = self._ask.max_bytes - self._bytes - len(self._first.body)
        if not is_admitted(kind, url, self.url, self._guard):
            return None
        if self._parts >= MAX_PARTS or seconds <= 0 or room <= 0:
            # What a page goes on asking for once it was read is not missed.
            self._starved |= self._html is None
            return None
        return Ask(url, headers, None, min(seconds, self._ask.timeout), room)


async def _close_page(page: Page) -> None:
    with suppress(Error):
        await page.close()
