"""WordPress's REST interface: the index and the posts collection, with its totals and its errors."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from samplecity.view import SiteEntry, SiteView
from samplecity.wire import Request, Response

__all__ = ["respond_rest"]

_JSON = "application/json; charset=UTF-8"
_STAMP = "%Y-%m-%dT%H:%M:%S"


def respond_rest(request: Request, view: SiteView, path: Callable[[SiteEntry], str]) -> Response:
    """Answer below `/wp-json` or for `?rest_route=`."""
    route = request.query.get("rest_route") or request.path.removeprefix("/wp-json")
    match route.rstrip("/"):
        case "":
            return _json(
                {
                    "name": view.name,
                    "url": view.base,
                    "home": view.base,
                    "namespaces": ["wp/v2"],
                    "routes": {},
                }
            )
        case "/wp/v2/posts":
            return _list_posts(request, view, path)
        case _:
            return _error("rest_no_route", "No route was found matching the URL and request method.", 404)


def _list_posts(request: Request, view: SiteView, path: Callable[[SiteEntry], str]) -> Response:
    size, number = request.query.get("per_page", "10"), request.query.get("page", "1")
    if not size.isdigit() or not 1 <= int(size) <= 100:
        return _error("rest_invalid_param", "Invalid parameter(s): per_page", 400)
    if not number.isdigit() or int(number) < 1:
        return _error("rest_invalid_param", "Invalid parameter(s): page", 400)
    entries = [entry for entry in view.entries if _wanted(request, entry, view)]
    if request.query.get("order") == "asc":
        entries.reverse()
    pages = -(-len(entries) // int(size))
    if int(number) > max(1, pages):
        message = "The page number requested is larger than the number of pages available."
        return _error("rest_post_invalid_page_number", message, 400)
    start = (int(number) - 1) * int(size)
    shown = [_describe(entry, view, path) for entry in entries[start : start + int(size)]]
    fields = {name.partition(".")[0] for name in request.query.get("_fields", "").split(",") if name}
    kept = [{k: v for k, v in post.items() if k in fields} for post in shown] if fields else shown
    headers = {"X-WP-Total": str(len(entries)), "X-WP-TotalPages": str(pages), "Allow": "GET"}
    if int(number) < pages:
        headers["Link"] = (
            f'<{view.base}/wp-json/wp/v2/posts?page={int(number) + 1}&per_page={size}>; rel="next"'
        )
    return _json(kept, headers)


def _wanted(request: Request, entry: SiteEntry, view: SiteView) -> bool:
    after, before = (_read(request.query.get(name, ""), view) for name in ("after", "before"))
    modified = _read(request.query.get("modified_after", ""), view)
    return (
        (after is None or entry.published > after)
        and (before is None or entry.published < before)
        and (modified is None or entry.modified > modified)
    )


def _read(value: str, view: SiteView) -> datetime | None:
    if not value:
        return None
    moment = datetime.fromisoformat(value.replace(" ", "+"))
    return moment if moment.tzinfo else moment.replace(tzinfo=view.now.tzinfo)


def _describe(entry: SiteEntry, view: SiteView, path: Callable[[SiteEntry], str]) -> dict[str, Any]:
    modified = entry.modified if entry.modified <= view.now else entry.item.appears
    text = "".join(f"<p>{paragraph}</p>\n" for paragraph in entry.paragraphs)
    return {
        "id": entry.id,
        "date": entry.published.strftime(_STAMP),
        "date_gmt": entry.published.astimezone(UTC).strftime(_STAMP),
        "guid": {"rendered": f"{view.base}/?p={entry.id}"},
        "modified": modified.strftime(_STAMP),
        "modified_gmt": modified.astimezone(UTC).strftime(_STAMP),
        "slug": entry.slug,
        "status": "publish",
        "type": "post",
        "link": view.base + path(entry),
        "title": {"rendered": entry.title},
        "content": {"rendered": text, "protected": False},
        "excerpt": {"rendered": f"<p>{entry.paragraphs[0]}</p>\n", "protected": False},
        "author": 1,
        "categories": [1],
        "tags": [],
    }


def _json(value: object, headers: dict[str, str] | None = None) -> Response:
    return Response(200, json.dumps(value, ensure_ascii=False).encode(), _JSON, headers or {})


def _error(code: str, message: str, status: int) -> Response:
    body = {"code": code, "message": message, "data": {"status": status}}
    return Response(status, json.dumps(body).encode(), _JSON)
