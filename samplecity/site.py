"""One website at a moment: robots.txt, validators, a log of what was asked, and its engine behind them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from itertools import count
from zlib import crc32

from samplecity.engines.catalogue import ENGINES
from samplecity.office import Build, Office, Presence, Visibility
from samplecity.view import SiteEntry, SiteView
from samplecity.wire import Request, Response, text

__all__ = ["Logged", "SampleSite"]


@dataclass(frozen=True, slots=True)
class Logged:
    """One request that was answered, for a test that counts."""

    target: str
    status: int


class SampleSite:
    """Answers for one office's website; what it shows is worked out once for each moment."""

    def __init__(self, office: Office, presence: Presence, clock: Callable[[], datetime], base: str) -> None:
        assert presence.build is not None
        self._office = office
        self._presence = presence
        self._clock = clock
        self._base = base
        self._engine = ENGINES[presence.build]
        self._serial = count(1)
        self._view: SiteView | None = None
        self._answers: dict[str, Response] = {}
        self.log: list[Logged] = []

    @property
    def down(self) -> bool:
        """Whether connections are refused at this moment."""
        return self._presence.is_down(self._clock())

    def respond(self, request: Request) -> Response:
        """The answer to one request, written into the log."""
        response = self._revalidate(request, self._look_up(request))
        self.log.append(Logged(request.target, response.status))
        return response

    def _look_up(self, request: Request) -> Response:
        view = self._current_view()
        answer = self._answers.get(request.target)
        if answer is None:
            answer = self._answers[request.target] = self._compose(request, view)
        return answer

    def _current_view(self) -> SiteView:
        now = self._clock()
        if self._view is None or self._view.now != now:
            entries = tuple(SiteEntry(self._office.slug, item) for item in self._presence.visible(now))
            self._view = SiteView(self._office, self._presence, now, self._base, entries)
            self._answers.clear()
        return self._view

    def _compose(self, request: Request, view: SiteView) -> Response:
        if request.path == "/robots.txt" and self._presence.build is not Build.MAINTENANCE:
            return text(self._robots(), content_type="text/plain; charset=utf-8")
        return self._engine.respond(request, view)

    def _robots(self) -> str:
        if self._presence.visibility is Visibility.ROBOTS:
            return "User-agent: *\nDisallow: /\n"
        sitemap = f"\nSitemap: {self._base}/sitemap.xml\n" if self._presence.build is Build.STATIC else ""
        return f"User-agent: *\nDisallow: /administrator/\n{sitemap}"

    def _revalidate(self, request: Request, response: Response) -> Response:
        if response.status != 200 or self._engine.validators == "none":
            return response
        changed = self._current_view().edited_at
        tag = f'W/"{crc32(f"{request.target} {changed}".encode()):08x}"'
        if self._engine.validators == "fresh":
            tag = f'"{next(self._serial):08x}"'
            return Response(200, response.body, response.content_type, {**response.headers, "etag": tag})
        headers = {**response.headers, "etag": tag}
        if changed is not None:
            headers["last-modified"] = format_datetime(changed.astimezone(UTC), usegmt=True)
        if _is_current(request, tag, changed):
            return Response(304, b"", response.content_type, headers)
        return Response(200, response.body, response.content_type, headers)


def _is_current(request: Request, tag: str, changed: datetime | None) -> bool:
    known = request.headers.get("if-none-match")
    if known is not None:
        return tag in known
    since = request.headers.get("if-modified-since")
    if since is None or changed is None:
        return False
    try:
        return parsedate_to_datetime(since) >= changed.replace(microsecond=0)
    except ValueError:
        return False
