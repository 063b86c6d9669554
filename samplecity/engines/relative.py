"""A site whose listing says only how long ago; the article page says the day and the minute."""

from samplecity.engines.engine import Engine, not_found, page_number
from samplecity.render import render
from samplecity.view import SiteEntry, SiteView
from samplecity.wire import Request, Response

__all__ = ["ENGINE"]

_SIZE = 9


def _path(entry: SiteEntry) -> str:
    return f"/berita/{entry.slug}"


def _respond(request: Request, view: SiteView) -> Response:
    path = request.path.rstrip("/") or "/"
    if path in {"/", "/berita"}:
        number = page_number(request.query.get("page", "1"))
        entries = view.window((number - 1) * _SIZE, _SIZE)
        more = number * _SIZE < len(view.entries)
        return _page(view, kind="listing", title=view.name, entries=entries, number=number, more=more)
    if path in {"/profil", "/kontak"}:
        return _page(view, kind="page", title=path[1:].title())
    entry = view.find(path.removeprefix("/berita/"))
    return not_found() if entry is None else _page(view, kind="article", title=entry.title, entry=entry)


def _page(view: SiteView, **values: object) -> Response:
    return render("relative.html", view, engine=ENGINE, **values)


ENGINE = Engine(_path, _respond)
