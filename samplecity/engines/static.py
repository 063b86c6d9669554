"""A site built by a static generator: sitemap stamped at every build, dates in the articles only."""

from samplecity.engines.engine import Engine, not_found
from samplecity.render import render, render_sitemap
from samplecity.view import SiteEntry, SiteView
from samplecity.wire import Request, Response

__all__ = ["ENGINE"]

_FIRST = 5


def _path(entry: SiteEntry) -> str:
    return f"/berita/{entry.slug}/"


def _respond(request: Request, view: SiteView) -> Response:
    path = request.path
    if path == "/sitemap.xml":
        return _respond_sitemap(view)
    if path in {"/", "/index.html"}:
        return _page(view, kind="home", title=view.name, entries=view.entries[:_FIRST])
    if path.strip("/") in {"profil", "kontak"}:
        return _page(view, kind="page", title=path.strip("/").title())
    entry = view.find(path.removeprefix("/berita/").rstrip("/"))
    return not_found() if entry is None else _page(view, kind="article", title=entry.title, entry=entry)


def _respond_sitemap(view: SiteView) -> Response:
    # The generator stamps every address with the day of the last build.
    built = view.changed_at
    addresses = [(f"{view.base}{path}", built) for path in ("/", "/profil/", "/kontak/")]
    return render_sitemap(addresses + [(view.base + _path(entry), built) for entry in view.entries])


def _page(view: SiteView, **values: object) -> Response:
    return render("static.html", view, engine=ENGINE, **values)


ENGINE = Engine(_path, _respond)
