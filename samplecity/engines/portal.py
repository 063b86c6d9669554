"""A portal somebody wrote by hand in PHP: everything behind `?page=`, no feed, no sitemap, no validators."""

from samplecity.engines.engine import Engine, not_found, page_number
from samplecity.render import render
from samplecity.view import SiteEntry, SiteView
from samplecity.wire import Request, Response

__all__ = ["ENGINE"]

_SIZE = 10


def _path(entry: SiteEntry) -> str:
    return f"/?page=berita&id={entry.id}"


def _respond(request: Request, view: SiteView) -> Response:
    if request.path not in {"/", "/index.php"}:
        return not_found()
    query = request.query
    match query.get("page", "beranda"):
        case "beranda":
            return _list(view, 1, kind="home", size=5)
        case "berita" if "id" in query:
            entry = view.find_id(query["id"])
            if entry is None:
                return _page(view, kind="page", title="Data tidak ditemukan")
            return _page(view, kind="article", title=entry.title, entry=entry)
        case "berita":
            return _list(view, page_number(query.get("hal", "1")), kind="listing", size=_SIZE)
        case "profil" | "kontak" | "agenda" as name:
            return _page(view, kind="page", title=name.title())
        case _:
            return not_found()


def _page(view: SiteView, **values: object) -> Response:
    return render("portal.html", view, engine=ENGINE, **values)


def _list(view: SiteView, number: int, *, kind: str, size: int) -> Response:
    pages = max(1, -(-len(view.entries) // _SIZE))
    entries = view.window((number - 1) * _SIZE, size)
    return _page(view, kind=kind, title=view.name, entries=entries, number=number, pages=pages)


ENGINE = Engine(_path, _respond, validators="none")
