"""Every address, who may ask it, and what answers."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from activity.user import Right
from web import evidence, jury, keepers, missed, objections, pages, session, uploads
from web.api.document import show_document
from web.api.endpoints import for_programs, lack, list_semesters, show_ranking, show_rows
from web.api.guide import show_guide
from web.api.offer import API
from web.door import EVIDENCE, Door
from web.guard import Page, guard
from web.headers import Headers

__all__ = ["ROUTES", "make_app"]

_DESK = "/meja/{semester}"
ROUTES: tuple[tuple[str, str, Right | None, Page], ...] = (
    ("GET", "/", Right.LOOK, pages.show_home),
    ("GET", "/masuk", None, session.show_sign_in),
    ("POST", "/masuk", None, session.check_sign_in),
    ("POST", "/keluar", None, session.end_session),
    ("GET", "/terlewat", Right.LOOK, missed.show_form),
    ("POST", "/terlewat", Right.LOOK, missed.send_report),
    ("GET", "/lencana/{slug}.svg", Right.LOOK, pages.show_badge),
    ("GET", "/api", Right.LOOK, show_guide),
    ("GET", f"{API}/openapi.json", Right.LOOK, for_programs(show_document)),
    ("GET", f"{API}/semesters", Right.LOOK, for_programs(list_semesters)),
    ("GET", f"{API}/semesters/{{semester}}/ranking", Right.LOOK, for_programs(show_ranking)),
    ("GET", f"{API}/{{view}}", Right.LOOK, for_programs(show_rows)),
    ("GET", "/api/{path:path}", Right.LOOK, lack),
    ("GET", f"{EVIDENCE}/{{slug}}/{{channel}}", Right.EVIDENCE, evidence.show_evidence),
    ("GET", "/meja", Right.DESK, jury.show_work),
    ("GET", "/meja/terlewat", Right.DESK, missed.list_reports),
    ("POST", "/meja/terlewat/{number:int}", Right.HANDLE, missed.close_report),
    ("GET", "/meja/pengelola", Right.DESK, keepers.list_keepers),
    ("GET", "/meja/berkas", Right.DESK, uploads.list_uploads),
    ("POST", "/meja/berkas", Right.HANDLE, uploads.make_link),
    ("GET", "/meja/berkas/{number:int}", Right.DESK, uploads.preview),
    ("POST", "/meja/berkas/{number:int}", Right.HANDLE, uploads.close),
    ("GET", "/kirim/{token}", None, uploads.show_form),
    ("POST", "/kirim/{token}", None, uploads.take_file),
    ("GET", _DESK, Right.DESK, jury.show_overview),
    ("GET", f"{_DESK}/tanda", Right.DESK, jury.list_flags),
    ("GET", f"{_DESK}/tanda/{{flag}}", Right.DESK, jury.show_flag),
    ("GET", f"{_DESK}/kantor", Right.DESK, jury.show_agency),
    ("GET", f"{_DESK}/kantor/{{slug}}", Right.DESK, jury.show_agency),
    ("GET", f"{_DESK}/keputusan", Right.DESK, jury.list_decisions),
    ("POST", f"{_DESK}/keputusan", Right.DECIDE, jury.decide),
    ("GET", f"{_DESK}/sanggahan", Right.DESK, objections.list_objections),
    ("POST", f"{_DESK}/sanggahan", Right.FILE, objections.file),
    ("POST", f"{_DESK}/sanggahan/{{number:int}}", Right.DECIDE, objections.answer),
    ("GET", "/{semester}", Right.LOOK, pages.show_page),
    ("GET", "/{semester}/{path:path}", Right.LOOK, pages.show_page),
)
"""Method, path, the right that is needed (None: none), and the page."""
_FILES = {("POST", "/kirim/{token}"): uploads.admit}
"""Where a file may come along, and whether it may."""


def make_app(door: Door) -> ASGIApp:
    """Make the web application on one database; every answer has its headers, also one to our own error."""
    lack = guard(door, Right.LOOK, lambda ask: ask.lack())
    broken = guard(door, None, lambda ask: ask.tell(500, "desk.failed", "desk.broken"))

    async def answer_lack(request: Request, _: Exception) -> Response:
        return await lack(request)

    async def answer_broken(request: Request, _: Exception) -> Response:
        return await broken(request)

    app = Starlette(
        routes=[
            Route(path, guard(door, right, page, _FILES.get((method, path))), methods=[method])
            for method, path, right, page in ROUTES
        ],
        exception_handlers={404: answer_lack, 405: answer_lack, 500: answer_broken},
    )
    return Headers(app)
