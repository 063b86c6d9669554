"""What a website answers to a visit, told by a dictionary or a function; see `activity.testing.drive`."""

from collections.abc import Callable, Mapping
from datetime import datetime

from activity.outcome import Failure
from activity.visit import Fetch, Page

__all__ = ["Told", "answering", "html_page"]

Told = str | bytes | int | Failure | None
"""A body, a status without one, a failure of the network, or nothing: 404."""


def html_page(fetch: Fetch, told: Told, now: datetime, **headers: str) -> Page:
    """Answer one fetch at its own address."""
    if isinstance(told, Failure):
        return Page(fetch, fetch.url, None, now, failure=told, detail="as told by the network")
    if told is None or isinstance(told, int):
        return Page(fetch, fetch.url, told or 404, now)
    body = told.encode() if isinstance(told, str) else told
    return Page(fetch, fetch.url, 200, now, {"content-type": "text/html", **headers}, body)


def answering(
    pages: Mapping[str, Told] | Callable[[Fetch], Told], now: datetime, **headers: str
) -> Callable[[Fetch], Page]:
    """Make a server out of what each address holds, or out of a function of the fetch."""
    told = pages if callable(pages) else lambda fetch: pages.get(fetch.url)
    return lambda fetch: html_page(fetch, told(fetch), now, **headers)
