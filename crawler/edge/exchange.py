"""One HTTP exchange as Scrapy makes it: an `Ask` becomes a request, what comes back an `Answer`."""

from typing import Any

from scrapy import Request
from scrapy.http import Response

from crawler.drive.driver import Answer, Ask
from crawler.drive.failure import explain_exception, name_failure
from crawler.drive.keyring import TokenStoppedError

__all__ = ["compose_meta", "explain_answer", "read_answer", "read_headers"]


def compose_meta(ask: Ask, zone: str) -> dict[str, Any]:
    """Compose the meta of the request that makes an exchange."""
    return {
        "dont_redirect": True,
        "download_timeout": ask.timeout,
        "download_maxsize": ask.max_bytes,
        "token": ask.token,
        "hidden": ask.hidden,
        "rendered": ask.rendered,
        "zone": zone,
        # Meta's rules for its API are its terms; its robots.txt speaks of crawling pages.
        "dont_obey_robotstxt": ask.token is not None,
    }


def read_answer(request: Request, response: Response) -> Answer:
    """Read what came back; where another shard made the exchange, what that one says of it."""
    carried: Answer | None = request.meta.get("carried")
    if carried is not None:
        return carried
    headers = read_headers(response)
    # Scrapy takes the header away as far as it undid what it names; the rest are bytes that nobody can read.
    packed = headers.get("content-encoding", "identity").strip().lower() if response.body else "identity"
    if packed not in {"", "identity"}:
        return explain_answer(request, ValueError(f"unknown Content-Encoding {packed[:40]!r}"))
    return Answer(
        response.url,
        response.status,
        headers=headers,
        body=response.body,
        detail=f"{response.url} answered {response.status}" if response.status >= 500 else "",
        requests=2 if "robots_bytes" in request.meta else 1,
        wasted=_wasted(request),
        seconds=request.meta.get("exchange_seconds", 0.0),
        captured=request.meta.get("captured", ()),
        starved=request.meta.get("starved", False),
        first_byte=request.meta.get("first_byte_seconds"),
    )


def explain_answer(request: Request, error: BaseException) -> Answer:
    """Explain what an exchange that failed comes to."""
    carried: Answer | None = request.meta.get("carried")
    if carried is not None:
        return carried
    return Answer(
        request.url,
        failure=name_failure(error),
        detail=explain_exception(error),
        requests=0 if isinstance(error, TokenStoppedError) else 1,
        wasted=_wasted(request),
        seconds=request.meta.get("exchange_seconds", 0.0),
    )


def read_headers(response: Response) -> dict[str, str]:
    """Read headers by their names in lower case, several of one name joined by commas."""
    return {
        name.decode("latin-1").lower(): b", ".join(values).decode("utf-8", errors="replace")
        for name, values in response.headers.items()
    }


def _wasted(request: Request) -> int:
    taken: int = request.meta.get("robots_bytes", 0) + request.meta.get("rendering_bytes", 0)
    return taken
