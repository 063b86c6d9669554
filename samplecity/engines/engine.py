"""What every kind of website offers: addresses of its items and answers to requests."""

from collections.abc import Callable
from dataclasses import dataclass

from samplecity.view import SiteEntry, SiteView
from samplecity.wire import Request, Response, text

__all__ = ["Engine", "not_found", "page_number"]


@dataclass(frozen=True, slots=True)
class Engine:
    """One kind of website.

    Attributes:
        path: an entry's own address, path and query.
        respond: the answer to a request, in the state the view describes.
        seconds: whether its pages tell the second of a publication.
        feed: the address of the feed its pages advertise; empty without one.
        validators: `honest` ones change when the site changes, `fresh` ones at every request,
            `none` are never sent.
    """

    path: Callable[[SiteEntry], str]
    respond: Callable[[Request, SiteView], Response]
    seconds: bool = False
    feed: str = ""
    validators: str = "honest"


def not_found() -> Response:
    """An ordinary 404 page."""
    return text(
        "<html><head><title>404</title></head><body><h1>Halaman tidak ditemukan</h1></body></html>",
        status=404,
    )


def page_number(value: str) -> int:
    """A page number from an address; anything odd is the first page."""
    return max(1, int(value)) if value.isascii() and value.isdigit() else 1
