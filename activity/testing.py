"""Seams for tests, shipped with the package: drive a visit from a mapping instead of the network."""

from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import urldefrag

from activity.outcome import Failure
from activity.visit import Fetch, Harvest, Page, Visit

__all__ = ["drive"]

Answer = Callable[[Fetch], Page]


def drive(
    visit: Visit, pages: Mapping[str, bytes] | Answer, now: datetime
) -> tuple[Harvest, tuple[Fetch, ...]]:
    """Run a visit to its end; a page that is not in the mapping answers 404.

    Returns the harvest and every fetch the visit asked for, in order.
    """
    answer = pages if callable(pages) else _answer_from(pages, now)
    asked: list[Fetch] = []
    try:
        fetch = next(visit)
        while True:
            asked.append(fetch)
            if len(asked) > 1000:
                page = Page(fetch, fetch.url, None, now, failure=Failure.BUDGET)
            else:
                page = answer(fetch)
            fetch = visit.send(page)
    except StopIteration as stop:
        harvest: Harvest = stop.value
        return harvest, tuple(asked)


def _answer_from(pages: Mapping[str, bytes], now: datetime) -> Answer:
    def answer(fetch: Fetch) -> Page:
        # As on the network, where the part behind a `#` is not sent.
        url = urldefrag(fetch.url).url
        body = pages.get(url)
        return Page(fetch, url, 404 if body is None else 200, now, body=body or b"")

    return answer
