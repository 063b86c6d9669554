"""Blogger: Atom and JSON feeds that page, monthly addresses, "older posts"."""

import json
import re
from datetime import datetime
from typing import Any

from samplecity.engines.engine import Engine, not_found
from samplecity.render import render, render_sitemap
from samplecity.view import SiteEntry, SiteView
from samplecity.wire import Request, Response, text

__all__ = ["ENGINE"]

_SIZE = 7
_CEILING = 150
_ARTICLE = re.compile(r"/\d{4}/\d{2}/([\w-]+)\.html")
_ARCHIVE = re.compile(r"/(\d{4})/(\d{2})/?")
_ROOT = "tag:blogger.com,1999:blog-7411"


def _path(entry: SiteEntry) -> str:
    return f"/{entry.published:%Y/%m}/{entry.slug}.html"


def _respond(request: Request, view: SiteView) -> Response:
    path = request.path
    if path.startswith("/feeds/posts/"):
        return _respond_feed(request, view, summary=path.rstrip("/").endswith("summary"))
    if path == "/sitemap.xml":
        return render_sitemap([(view.base + _path(entry), entry.modified) for entry in view.entries])
    if path in {"/", "/index.html", "/search"}:
        return _list(request, view)
    if (archive := _ARCHIVE.fullmatch(path)) is not None:
        month = "/".join(archive.groups())
        entries = tuple(entry for entry in view.entries if f"{entry.published:%Y/%m}" == month)
        return _page(view, kind="listing", title=f"Arsip {month}", entries=entries, older=None)
    if path.startswith("/search/label/"):
        return _page(view, kind="listing", title="Label: Berita", entries=view.entries[:_SIZE], older=None)
    if path in {"/p/profil.html", "/p/kontak.html"}:
        return _page(view, kind="page", title=path[3:-5].title())
    match = _ARTICLE.fullmatch(path)
    entry = view.find(match[1]) if match else None
    return not_found() if entry is None else _page(view, kind="article", title=entry.title, entry=entry)


def _page(view: SiteView, **values: object) -> Response:
    return render("blogger.html", view, engine=ENGINE, **values)


def _list(request: Request, view: SiteView) -> Response:
    until = _read(request.query.get("updated-max", ""))
    entries = [entry for entry in view.entries if until is None or entry.published < until]
    shown = tuple(entries[:_SIZE])
    older = shown[-1].published if len(entries) > _SIZE else None
    return _page(view, kind="listing", title=view.name, entries=shown, older=older)


def _respond_feed(request: Request, view: SiteView, *, summary: bool) -> Response:
    since, until = (_read(request.query.get(f"published-{end}", "")) for end in ("min", "max"))
    entries = [
        entry
        for entry in view.entries
        if (since is None or entry.published >= since) and (until is None or entry.published < until)
    ]
    start = max(1, _number(request.query.get("start-index"), 1))
    size = min(_CEILING, _number(request.query.get("max-results"), 25))
    shown = entries[start - 1 : start - 1 + size]
    after = start + size if start - 1 + size < len(entries) else None
    feed = _describe(request, view, shown, (start, size, len(entries), after), summary=summary)
    if request.query.get("alt") == "json":
        return text(json.dumps(feed, ensure_ascii=False), content_type="application/json; charset=UTF-8")
    page = render("blogger.xml", view, feed=feed["feed"])
    return Response(200, page.body, "application/atom+xml; charset=UTF-8")


def _describe(
    request: Request,
    view: SiteView,
    shown: list[SiteEntry],
    span: tuple[int, int, int, int | None],
    *,
    summary: bool,
) -> dict[str, Any]:
    start, size, total, after = span
    form = "summary" if summary else "default"
    links = [
        {"rel": "alternate", "type": "text/html", "href": f"{view.base}/"},
        {"rel": "self", "type": "application/atom+xml", "href": view.base + request.target},
    ]
    if after is not None:
        alternative = "&alt=json" if request.query.get("alt") == "json" else ""
        href = f"{view.base}/feeds/posts/{form}?start-index={after}&max-results={size}{alternative}"
        links.append({"rel": "next", "type": "application/atom+xml", "href": href})
    return {
        "version": "1.0",
        "encoding": "UTF-8",
        "feed": {
            "xmlns": "http://www.w3.org/2005/Atom",
            "xmlns$openSearch": "http://a9.com/-/spec/opensearchrss/1.0/",
            "id": {"$t": _ROOT},
            "updated": {"$t": _stamp(view.changed_at or view.now)},
            "title": {"type": "text", "$t": view.name},
            "link": links,
            "generator": {"version": "7.00", "uri": "http://www.blogger.com", "$t": "Blogger"},
            "openSearch$totalResults": {"$t": str(total)},
            "openSearch$startIndex": {"$t": str(start)},
            "openSearch$itemsPerPage": {"$t": str(size)},
            "entry": [_describe_entry(entry, view, summary=summary) for entry in shown],
        },
    }


def _describe_entry(entry: SiteEntry, view: SiteView, *, summary: bool) -> dict[str, Any]:
    modified = entry.modified if entry.modified <= view.now else entry.item.appears
    body = {"type": "text" if summary else "html", "$t": entry.paragraphs[0]}
    return {
        "id": {"$t": f"{_ROOT}.post-{entry.id}"},
        "published": {"$t": _stamp(entry.published)},
        "updated": {"$t": _stamp(modified)},
        "category": [{"scheme": "http://www.blogger.com/atom/ns#", "term": "Berita"}],
        "title": {"type": "text", "$t": entry.title},
        "summary" if summary else "content": body,
        "link": [
            {
                "rel": "edit",
                "type": "application/atom+xml",
                "href": f"{view.base}/feeds/posts/default/{entry.id}",
            },
            {"rel": "alternate", "type": "text/html", "href": view.base + _path(entry), "title": entry.title},
        ],
        "author": [{"name": {"$t": view.name}}],
        "thr$total": {"$t": "0"},
    }


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")


def _read(value: str) -> datetime | None:
    # An unescaped plus of the offset arrives as a blank.
    return datetime.fromisoformat(value.replace(" ", "+")) if value else None


def _number(value: str | None, default: int) -> int:
    return int(value) if value and value.isdigit() else default


ENGINE = Engine(_path, _respond, seconds=True)
