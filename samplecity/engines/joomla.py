"""Joomla: a listing that pages by `?start=10`, and a feed that some offices switch off."""

import re

from samplecity.engines.engine import Engine, not_found
from samplecity.render import render, render_feed
from samplecity.view import SiteEntry, SiteView
from samplecity.wire import Request, Response

__all__ = ["BARE", "WITH_FEED"]

_SIZE = 10
_ARTICLE = re.compile(r"/index\.php/berita/(\d+)-[\w-]+")
_PAGES = {"/index.php/profil": "Profil", "/index.php/kontak": "Kontak", "/index.php/agenda": "Agenda"}


def _path(entry: SiteEntry) -> str:
    return f"/index.php/berita/{entry.id}-{entry.slug}"


def _respond_with_feed(request: Request, view: SiteView) -> Response:
    if request.query.get("format") == "feed":
        entries = view.window(0, _SIZE)
        items: list[tuple[str, object]] = [(view.base + _path(entry), entry) for entry in entries]
        return render_feed(view, items, f"{view.base}/index.php/berita?format=feed&type=rss")
    return _respond(request, view, WITH_FEED)


def _respond_bare(request: Request, view: SiteView) -> Response:
    return not_found() if "format" in request.query else _respond(request, view, BARE)


def _respond(request: Request, view: SiteView, engine: Engine) -> Response:
    path = request.path.rstrip("/") or "/"
    if path in {"/", "/index.php"}:
        return _list(view, engine, 0, kind="home", size=4)
    if path == "/index.php/berita":
        start = request.query.get("start", "0")
        return _list(view, engine, int(start) if start.isdigit() else 0, kind="listing", size=_SIZE)
    if path in _PAGES:
        return render("joomla.html", view, engine=engine, kind="page", title=_PAGES[path])
    match = _ARTICLE.fullmatch(path)
    entry = view.find_id(match[1]) if match else None
    if entry is None:
        return not_found()
    return render("joomla.html", view, engine=engine, kind="article", title=entry.title, entry=entry)


def _list(view: SiteView, engine: Engine, start: int, *, kind: str, size: int) -> Response:
    return render(
        "joomla.html",
        view,
        engine=engine,
        kind=kind,
        title=view.name,
        entries=view.window(start, size),
        start=start,
        starts=range(0, len(view.entries), _SIZE),
    )


WITH_FEED = Engine(_path, _respond_with_feed, feed="/index.php/berita?format=feed&type=rss")
BARE = Engine(_path, _respond_bare)
