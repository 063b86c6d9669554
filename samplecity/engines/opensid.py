"""OpenSID, the village system: dates to the second, read counters, a feed only in newer versions."""

import re

from samplecity.engines.engine import Engine, not_found, page_number
from samplecity.render import render, render_feed
from samplecity.view import SiteEntry, SiteView
from samplecity.wire import Request, Response

__all__ = ["BARE", "WITH_FEED"]

_SIZE = 8
_FEED = 20
_LISTING = re.compile(r"/(?:index\.php/)?(?:first/)?(?:index/(\d+))?")
_NUMBERED = re.compile(r"/first/artikel/(\d+)")
_NAMED = re.compile(r"/index\.php/artikel/\d{4}/\d{1,2}/\d{1,2}/([\w-]+)")


def _path(entry: SiteEntry) -> str:
    day = entry.published
    return f"/index.php/artikel/{day.year}/{day.month}/{day.day}/{entry.slug}"


def _old_path(entry: SiteEntry) -> str:
    return f"/first/artikel/{entry.id}"


def _respond_with_feed(request: Request, view: SiteView) -> Response:
    if request.path.rstrip("/") in {"/feed", "/index.php/feed"}:
        items: list[tuple[str, object]] = [(view.base + _path(e), e) for e in view.window(0, _FEED)]
        return render_feed(view, items, f"{view.base}/feed")
    return _respond(request, view, WITH_FEED)


def _respond_bare(request: Request, view: SiteView) -> Response:
    return _respond(request, view, BARE)


def _respond(request: Request, view: SiteView, engine: Engine) -> Response:
    path = request.path.rstrip("/") or "/"
    if (listing := _LISTING.fullmatch(path)) is not None:
        return _list(view, engine, page_number(listing[1] or "1"))
    if path in {"/first/profil", "/first/kontak", "/first/statistik"}:
        return render("opensid.html", view, engine=engine, kind="page", title=path[7:].title())
    entry = None
    if (numbered := _NUMBERED.fullmatch(path)) is not None:
        entry = view.find_id(numbered[1])
    elif (named := _NAMED.fullmatch(path)) is not None:
        entry = view.find(named[1])
    if entry is None:
        return not_found()
    return render("opensid.html", view, engine=engine, kind="article", title=entry.title, entry=entry)


def _list(view: SiteView, engine: Engine, number: int) -> Response:
    return render(
        "opensid.html",
        view,
        engine=engine,
        kind="listing",
        title=view.name,
        entries=view.window((number - 1) * _SIZE, _SIZE),
        number=number,
        pages=max(1, -(-len(view.entries) // _SIZE)),
    )


# The newer version sends a new ETag with every answer, as a session cookie in the page makes it do.
WITH_FEED = Engine(_path, _respond_with_feed, seconds=True, feed="/feed", validators="fresh")
BARE = Engine(_old_path, _respond_bare, seconds=True)
