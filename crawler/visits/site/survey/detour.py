"""A redirect that meets every article of a site alike: known after a few, it is not asked for again."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit, urlunsplit

__all__ = ["Detour", "Detours"]

# So many articles were led the same way (staticsite: from `/berita/x` to `/berita/x/`, 114 requests for 57).
SURE: Final = 3


@dataclass(frozen=True, slots=True)
class Detour:
    """What a server changes in an address: its beginning (`http://contoh.go.id`) and its last slash."""

    asked: str
    led: str
    slash: bool

    def straighten(self, url: str) -> str:
        """Give the address to which the server would lead; the same one where this says nothing of it.

        >>> Detour("http://contoh.go.id", "https://contoh.go.id", True).straighten("http://contoh.go.id/3?l=id")
        'https://contoh.go.id/3/?l=id'
        """
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}" != self.asked:
            return url
        scheme, _, host = self.led.partition("://")
        path = f"{parts.path}/" if self.slash and not parts.path.endswith("/") else parts.path
        return urlunsplit(parts._replace(scheme=scheme, netloc=host, path=path))


class Detours:
    """What one visit has learnt of the redirects of articles. One writer: `Trail`."""

    def __init__(self) -> None:
        self._seen: Detour | None = None
        self._times = 0

    def straighten(self, url: str) -> str:
        """Give the address at which an article is asked."""
        return self._seen.straighten(url) if self._seen is not None and self._times >= SURE else url

    def learn(self, url: str, led: str, *, ok: bool) -> None:
        """Take note of where the server led from `url`; what does not hold once is forgotten."""
        if ok and self._seen is not None and self._seen.straighten(url) == led:
            self._times += url != led
        else:
            self._seen = _find_detour(url, led) if ok else None
            self._times = int(self._seen is not None)


def _find_detour(url: str, led: str) -> Detour | None:
    """Name the change from one address to another; None where there is none, or where it is another page."""
    if url == led:
        return None
    before, after = urlsplit(url), urlsplit(led)
    slash = after.path.endswith("/") and not before.path.endswith("/")
    detour = Detour(f"{before.scheme}://{before.netloc}", f"{after.scheme}://{after.netloc}", slash)
    return detour if detour.straighten(url) == led else None
