"""WordPress: REST interface, feed that pages, sitemap; and the same with all but the feed closed."""

import re

from samplecity.engines.engine import Engine, not_found, page_number
from samplecity.engines.wordpress_rest import respond_rest
from samplecity.render import render, render_feed, render_sitemap
from samplecity.view import SiteEntry, SiteView
from samplecity.wire import Request, Response, redirect, text

__all__ = ["CLOSED", "OPEN"]

_SIZE = 10
_FORBIDDEN = '{"code":"rest_cannot_access","message":"REST API dinonaktifkan.","data":{"status":401}}'
_LISTING = re.compile(r"/(?:page/(\d+)/?)?")
_SUBSET = re.compile(r"/(category|tag|author)/([\w-]+)/?|/(\d{4})/(\d{2})/?")


def _path(entry: SiteEntry) -> str:
    return f"/{entry.published:%Y/%m/%d}/{entry.slug}/"


def _closed_path(entry: SiteEntry) -> str:
    return f"/index.php{_path(entry)}"


def _respond_open(request: Request, view: SiteView) -> Response:
    if request.path.startswith("/wp-json") or "rest_route" in request.query:
        return respond_rest(request, view, _path)
    if request.path.endswith("sitemap.xml") or request.path.startswith("/wp-sitemap-"):
        return _respond_sitemap(request, view)
    if (entry := view.find_id(request.query.get("p", ""))) is not None:
        return redirect(view.base + _path(entry))
    response = _respond(request, view, OPEN)
    links = {"link": f'<{view.base}/wp-json/>; rel="https://api.w.org/"'}
    return Response(response.status, response.body, response.content_type, {**response.headers, **links})


def _respond_closed(request: Request, view: SiteView) -> Response:
    if request.path.startswith("/wp-json") or "rest_route" in request.query:
        return text(_FORBIDDEN, status=401, content_type="application/json; charset=UTF-8")
    return _respond(request, view, CLOSED)


def _respond(request: Request, view: SiteView, engine: Engine) -> Response:
    path = request.path.removeprefix("/index.php") or "/"
    if path.rstrip("/") == "/feed":
        return _respond_feed(request, view, engine)
    if (listing := _LISTING.fullmatch(path)) is not None:
        return _list(view, engine, page_number(listing[1] or "1"))
    if (subset := _SUBSET.fullmatch(path)) is not None:
        return _respond_subset(subset, view, engine)
    if path.strip("/") in {"profil", "kontak"}:
        return render("wordpress.html", view, engine=engine, kind="page", title=path.strip("/").title())
    entry = view.find(path.rstrip("/").rpartition("/")[2])
    if entry is None:
        return not_found()
    return render("wordpress.html", view, engine=engine, kind="article", title=entry.title, entry=entry)


def _list(view: SiteView, engine: Engine, number: int) -> Response:
    entries = view.window((number - 1) * _SIZE, _SIZE)
    if not entries and number > 1:
        return not_found()
    return render(
        "wordpress.html",
        view,
        engine=engine,
        kind="listing",
        title=view.name,
        entries=entries,
        number=number,
        more=number * _SIZE < len(view.entries),
    )


def _respond_subset(subset: re.Match[str], view: SiteView, engine: Engine) -> Response:
    entries = view.entries
    if subset[3]:
        entries = tuple(e for e in entries if f"{e.published:%Y/%m}" == f"{subset[3]}/{subset[4]}")
    title = f"Arsip: {subset[2] or f'{subset[3]}/{subset[4]}'}"
    return render(
        "wordpress.html",
        view,
        engine=engine,
        kind="listing",
        title=title,
        entries=entries[:_SIZE],
        number=1,
        more=False,
    )


def _respond_feed(request: Request, view: SiteView, engine: Engine) -> Response:
    start = (page_number(request.query.get("paged", "1")) - 1) * _SIZE
    entries = view.window(start, _SIZE)
    if not entries and start:
        return not_found()
    items: list[tuple[str, object]] = [(view.base + engine.path(entry), entry) for entry in entries]
    return render_feed(view, items, f"{view.base}/feed/")


def _respond_sitemap(request: Request, view: SiteView) -> Response:
    parts = [f"{view.base}/wp-sitemap-posts-post-1.xml", f"{view.base}/wp-sitemap-posts-page-1.xml"]
    if request.path in {"/wp-sitemap.xml", "/sitemap.xml"}:
        return render_sitemap([(part, None) for part in parts], index=True)
    if request.path.endswith("-post-1.xml"):
        return render_sitemap([(view.base + _path(entry), entry.modified) for entry in view.entries])
    return render_sitemap([(f"{view.base}/{page}/", None) for page in ("profil", "kontak")])


OPEN = Engine(_path, _respond_open, seconds=True)
CLOSED = Engine(_closed_path, _respond_closed, seconds=True)
