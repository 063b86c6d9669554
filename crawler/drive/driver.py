"""Driving a visit: everything between what it wants and one exchange over the network.

A visit asks in `Fetch` and reads `Page`; an edge (the spiders, `probe`) makes one HTTP exchange for an
`Ask` and reports an `Answer`. In between, here and without any input or output of its own: redirects,
one more try after a passing failure, budgets, tokens, and the promise of exactly one harvest. So a
crawl and a probe cannot differ in what a page means.
"""

import logging
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from time import monotonic, thread_time
from traceback import extract_tb
from typing import Any, TypeVar
from urllib.parse import urldefrag, urljoin, urlsplit

from activity.errors import GuardError
from activity.outcome import Failure, Outcome
from activity.visit import Fetch, Harvest, Memory, Page, ScriptAnswer, Target, Visit
from crawler.drive.budget import PAGE_BYTES, Meter
from crawler.drive.guard import Guard
from crawler.drive.keyring import Keyring
from crawler.drive.retry import read_retry
from crawler.evidence.keeping import KeptPages
from crawler.secret import scrub

__all__ = ["Answer", "Ask", "Drive", "Terms", "converse", "drive"]

_LOG = logging.getLogger(__name__)

# RFC 9110 asks for loops to be cut; browsers stop at 20, no honest site was seen with more than 5.
_MOST_REDIRECTS = 10
_REDIRECTS = {301, 302, 303, 307, 308}
_PASSING_FAILURES = {Failure.REFUSED, Failure.RESET, Failure.TIMEOUT}
_PASSING_STATUSES = {408, 500, 502, 503, 504, 522, 524}
# A visit that goes on asking after its budget is used up would never end.
_MOST_REFUSALS = 100


@dataclass(frozen=True, slots=True)
class Ask:
    """One HTTP exchange wanted from an edge.

    Attributes:
        headers: all that are sent besides the edge's own; holds a token where one is due.
        token: name of the token among `headers`; requests under one token go one after another.
        hidden: parameters that the edge adds to the address on the wire, and nowhere else.
        timeout: seconds for the whole exchange, not for each read.
        max_bytes: largest body, before and after decompression.
        rendered: to be rendered by a browser, by an edge that has one.
    """

    url: str
    headers: Mapping[str, str] = field(repr=False)
    token: str | None
    timeout: float
    max_bytes: int
    hidden: Mapping[str, str] = field(default_factory=dict, repr=False)
    rendered: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one exchange.

    Attributes:
        body: decompressed bytes.
        requests: exchanges made, with one for robots.txt where it had to be read first.
        wasted: bytes taken besides `body`, such as robots.txt, the part of an answer that was thrown away, or
            what a page took while it was rendered.
        seconds: from the connection to the last byte.
        captured: JSON that a rendered page fetched for itself.
        starved: whether time or room ended before a rendered page had all its parts.
        first_byte: seconds from the connection to the first byte; None where nobody took the time.
    """

    url: str
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    failure: Failure | None = None
    detail: str = ""
    requests: int = 1
    wasted: int = 0
    seconds: float = 0.0
    captured: tuple[ScriptAnswer, ...] = ()
    starved: bool = False
    first_byte: float | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms visits are driven.

    Attributes:
        keyring: tokens by name, shared by all that use them.
        graph_url: its scheme, host and port are the only ones a token of Meta's is ever sent to.
        homes: where else a key may be sent, by its name: to that API's scheme, host and port alone.
        clock: what time it is, aware, UTC.
        timer: seconds that only grow.
        cpu: seconds that this thread has computed.
        timeout: seconds for one exchange.
        evidence: whether the pages that posts rest on are kept.
    """

    guard: Guard
    clock: Callable[[], datetime]
    keyring: Keyring = field(default_factory=Keyring, repr=False)
    graph_url: str = "https://graph.facebook.com"
    timer: Callable[[], float] = monotonic
    timeout: float = 25.0
    evidence: bool = False
    cpu: Callable[[], float] = thread_time
    homes: Mapping[str, str] = field(default_factory=dict)


class _OverworkedError(Exception):
    """A visit has computed for longer than it may."""


Drive = Generator[Ask, Answer, Harvest]
T = TypeVar("T")


def drive(target: Target, visit: Visit, terms: Terms) -> Drive:
    """Run a visit to its one harvest, whatever it or its site does.

    The harvest bears what the visit cost. A visit that raises ends in `Outcome.CRASHED` with the name
    of the exception, and remembers nothing; one whose pages take too long to read ends in
    `Outcome.UNPARSABLE`. Closing the drive closes the visit.
    """
    meter = Meter(target.budget)
    start = terms.timer()
    kept = KeptPages(terms.keyring.secrets) if terms.evidence else None
    # Whoever writes a visit may forget what it must return.
    asker: Generator[Fetch, Page, Any] = visit
    harvest: object
    try:
        harvest = yield from converse(asker, terms, meter, kept)
        if kept is not None and isinstance(harvest, Harvest):
            harvest = replace(harvest, records=kept.choose(harvest, target))
    except _OverworkedError as error:
        harvest = Harvest.failed(target, Outcome.UNPARSABLE, str(error))
    except Exception as error:  # noqa: BLE001 - process boundary: a defect in one visit must not cost the others
        harvest = _crashed(target, error)
    finally:
        visit.close()
    if not isinstance(harvest, Harvest):
        harvest = _crashed(target, TypeError(f"the visit returned {type(harvest).__name__}"))
    return replace(harvest, cost=meter.cost(terms.timer() - start), reception=meter.reception)


def converse(
    asker: Generator[Fetch, Page, T], terms: Terms, meter: Meter, kept: KeptPages | None = None
) -> Generator[Ask, Answer, T]:
    """Answer whoever asks in `Fetch` and reads `Page`, a visit or not; returns what it returns."""
    try:
        fetch = _resume(asker, None, terms, meter)
        while True:
            if meter.cpu > meter.budget.cpu:
                raise _OverworkedError(f"its pages took more than {meter.budget.cpu:.0f} s to read")
            page = yield from _turn_page(fetch, terms, meter)
            if kept is not None:
                kept.add(page)
            fetch = _resume(asker, page, terms, meter)
    except StopIteration as stop:
        result: T = stop.value
        return result


def _resume(asker: Generator[Fetch, Page, Any], page: Page | None, terms: Terms, meter: Meter) -> Fetch:
    start = terms.cpu()
    try:
        return next(asker) if page is None else asker.send(page)
    finally:
        meter.cpu += terms.cpu() - start


def _crashed(target: Target, error: Exception) -> Harvest:
    frames = extract_tb(error.__traceback__)
    place = f" at {frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else ""
    detail = scrub(f"{type(error).__name__}: {error}")[:300] + place
    _LOG.warning("Visit of %s crashed: %s", target.account.address, detail)
    _LOG.debug("Traceback of the crash", exc_info=error)
    # What was remembered may be what made it crash; kept, it would do so every night.
    return replace(Harvest.failed(target, Outcome.CRASHED, detail), memory=Memory())


def _turn_page(fetch: Fetch, terms: Terms, meter: Meter) -> Generator[Ask, Answer, Page]:
    """Follow a fetch through its redirects to the page it ends at."""
    for name in (fetch.token, fetch.about):
        if name is not None and name not in terms.keyring:
            return _page(fetch, Answer(fetch.url, failure=Failure.TOKEN_MISSING, detail=name), terms)
    url = _bare(fetch.url)
    seen: set[str] = set()
    while True:
        try:
            terms.guard.check_url(url)
        except GuardError as error:
            refusal = Answer(url, failure=Failure.PRIVATE_ADDRESS, detail=scrub(error.message))
            return _page(fetch, refusal, terms)
        seen.add(url)
        answer = yield from _exchange(fetch, url, terms, meter)
        following = _following(answer)
        if following is None:
            return _page(fetch, answer, terms)
        if following in seen or len(seen) > _MOST_REDIRECTS:
            detail = "redirected in a circle" if following in seen else f"after {len(seen)} redirects"
            dizzy = Answer(following, failure=Failure.TOO_MANY_REDIRECTS, detail=detail)
            return _page(fetch, dizzy, terms)
        url = following


def _exchange(fetch: Fetch, url: str, terms: Terms, meter: Meter) -> Generator[Ask, Answer, Answer]:
    """Ask once, and once more after a failure that may pass, unless the server asked to be left alone."""
    for last in (False, True):
        if meter.exhausted:
            return _refuse(url, meter)
        ask = _ask(fetch, url, terms, meter)
        stop = terms.keyring.find_stop(ask.token)
        if stop is not None:
            return Answer(url, failure=stop.failure, detail=stop.detail)
        answer = yield ask
        meter.count(answer.requests, len(answer.body) + answer.wasted, answer.seconds)
        now = terms.clock()
        until = read_retry(answer.status, answer.headers, now)
        if ask.token is None:
            meter.greet(urlsplit(url).scheme, answer.failure, answer.first_byte)
            meter.keep_away(until)
        if answer.failure is Failure.TOO_LARGE and ask.max_bytes < PAGE_BYTES:
            return replace(answer, failure=Failure.BUDGET)
        asked_away = until is not None and until > now
        if last or asked_away or not _may_pass(answer, fetch):
            break
    return answer


def _refuse(url: str, meter: Meter) -> Answer:
    meter.refusals += 1
    if meter.refusals > _MOST_REFUSALS:
        raise RuntimeError("the visit goes on asking after its budget was used up")
    return Answer(url, failure=Failure.BUDGET, detail=meter.exhausted)


def _may_pass(answer: Answer, fetch: Fetch) -> bool:
    if answer.failure is not None:
        return answer.failure in _PASSING_FAILURES
    # The Graph API says in the body whether to try again, and its visit decides (meta's error codes).
    return fetch.token is None and answer.status in _PASSING_STATUSES


def _ask(fetch: Fetch, url: str, terms: Terms, meter: Meter) -> Ask:
    headers = {"Accept": "*/*", "Accept-Language": "id,en;q=0.5", **fetch.headers}
    # Of a rendered page they would speak of the frame, which stays while its posts change.
    if fetch.validators.etag and not fetch.rendered:
        headers["If-None-Match"] = fetch.validators.etag
    if fetch.validators.last_modified and not fetch.rendered:
        headers["If-Modified-Since"] = fetch.validators.last_modified
    home = terms.homes.get(fetch.token or "", terms.graph_url)
    token = fetch.token if _origin(url) == _origin(home) else None
    hidden = {}
    if token is not None:
        headers |= terms.keyring.authorize(token)
        hidden = terms.keyring.sign(token, fetch.about)
    timeout = meter.timeout(terms.timeout)
    return Ask(url, headers, token, timeout, meter.page_bytes, hidden, fetch.rendered)


def _following(answer: Answer) -> str | None:
    """Where an answer redirects to; the fragment stays behind."""
    location = answer.headers.get("location", "").strip()
    if answer.failure is not None or answer.status not in _REDIRECTS or not location:
        return None
    try:
        return _bare(urljoin(answer.url, location))
    except ValueError:
        return location


def _bare(url: str) -> str:
    """An address without its fragment; one that cannot be read as it is, for the guard to refuse."""
    try:
        return urldefrag(url).url
    except ValueError:
        return url


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def _page(fetch: Fetch, answer: Answer, terms: Terms) -> Page:
    return Page(
        fetch=fetch,
        url=answer.url,
        status=None if answer.failure is not None else answer.status,
        fetched_at=terms.clock(),
        headers=answer.headers,
        body=answer.body,
        failure=answer.failure,
        detail=scrub(answer.detail),
        captured=answer.captured,
        starved=answer.starved,
    )
