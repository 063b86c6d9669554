"""The pages of a semester, live, for whoever may look."""

from starlette.responses import Response

from activity.semester import Semester
from web.door import PageRequest

__all__ = ["show_badge", "show_home", "show_page"]

_KINDS = {"html": "text/html; charset=utf-8", "svg": "image/svg+xml"}
_PICTURE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


def show_home(ask: PageRequest) -> Response:
    """Show the newest semester of which something may be seen."""
    found = ask.door.list_shown()
    return ask.go(f"/{found[0]}/") if found else ask.tell(200, "desk.none_yet", "desk.none_yet_lead")


def show_badge(ask: PageRequest) -> Response:
    """Show an office's badge at an address that stays: of the newest semester."""
    found = ask.door.list_shown()
    return _show(ask, found[0], f"lencana/{ask.path['slug']}.svg") if found else ask.lack()


def show_page(ask: PageRequest) -> Response:
    """Show a page of a semester, as `denyut site` writes it."""
    semester = ask.door.find_semester(ask.path["semester"])
    if semester is None:
        return ask.lack()
    if "path" not in ask.path:
        return ask.go(f"/{semester}/")
    return _show(ask, semester, ask.path["path"] or "index.html")


def _show(ask: PageRequest, semester: Semester, path: str) -> Response:
    live = ask.door.semesters.get(semester)
    content = live.read(path) if live.is_sealed or not ask.door.is_public else None
    if content is None:
        return ask.lack()
    kind = path.rpartition(".")[2]
    headers = {"Cache-Control": "no-cache"}
    if kind == "svg":
        # An office's own site may show its badge.
        headers |= {
            "Content-Security-Policy": _PICTURE,
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
    else:
        headers["Content-Security-Policy"] = f"{live.policy}; frame-ancestors 'none'"
    return Response(content, 200, headers, _KINDS[kind])
