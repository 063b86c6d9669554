"""Every request on its way in: host, size, who it is, whether they may, whether the form is theirs."""

import hmac
import re
from collections.abc import Callable, Coroutine
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from activity.errors import ConfigError, DenyutError, StoreError
from activity.user import Right, User
from desk.office.upload import MOST_BYTES
from desk.office.user import find_signed_in
from web.api.ask import ApiRequest
from web.api.offer import is_api
from web.basic import check_basic
from web.door import Door, PageRequest, own_path
from web.limits import name_client
from web.receive import Received, receive

__all__ = ["FORM_COOKIE", "SESSION_COOKIE", "Page", "guard"]

SESSION_COOKIE, FORM_COOKIE = "denyut_session", "denyut_form"
_FORMS = re.compile(r"/masuk|/terlewat|/kirim/.+")
"""Forms for those who are not signed in: only there a browser is given something to keep."""
_MOST_BYTES = 20_000
Page = Callable[[PageRequest], Response]
Admit = Callable[[Door, Request], bool]
Endpoint = Callable[[Request], Coroutine[Any, Any, Response]]


def guard(door: Door, right: Right | None, page: Page, admit: Admit | None = None) -> Endpoint:
    """Make an endpoint that answers with the page to whoever has the right; None: to everybody.

    Args:
        admit: whether a file may come along with this request; without it none ever may.
    """

    async def answer(request: Request) -> Response:
        received: Received | None = Received()
        if request.method == "POST" and not is_api(request.url.path):
            files = admit is not None and await run_in_threadpool(admit, door, request)
            most = MOST_BYTES + _MOST_BYTES if files else _MOST_BYTES
            received = await receive(request, most, files=files)
        try:
            return await run_in_threadpool(_answer, door, right, page, request, received)
        finally:
            if received is not None:
                received.close()

    return answer


def _answer(
    door: Door, right: Right | None, page: Page, request: Request, received: Received | None
) -> Response:
    nobody = _ask(door, request, None, Received(), "")
    client = nobody.client
    if door.hosts and request.url.hostname not in door.hosts:
        return nobody.tell(421, "desk.refused", "desk.other_host")
    kept = "" if door.is_public else request.cookies.get(SESSION_COOKIE, "")
    try:
        user, refused = _identify(door, request, kept, client)
    except StoreError as error:
        return nobody.report(error, 503)
    known = kept if user is not None else request.cookies.get(FORM_COOKIE, "")
    fresh = known or token_urlsafe(32)
    ask = _ask(door, request, user, received or Received(), fresh, refused)
    response = _pass(ask, right, page, request, too_long=received is None, has_cookie=bool(known))
    if not known and _FORMS.fullmatch(ask.here):
        secure = door.is_secure
        response.set_cookie(FORM_COOKIE, fresh, httponly=True, samesite="strict", secure=secure)
    return response


def _identify(door: Door, request: Request, kept: str, client: str) -> tuple[User | None, int]:
    """Who asks, by the password that a program sent along, else by the cookie.

    With it the status of the refusal where there was a password and it will not do, else 0.
    """
    header = request.headers.get("authorization", "")
    if header and is_api(request.url.path) and not door.is_public:
        found = check_basic(door, header, client) if door.takes_passwords else 401
        return (None, found) if isinstance(found, int) else (found, 0)
    return (find_signed_in(door.engine, kept, door.config.now()) if kept else None), 0


def _ask(
    door: Door, request: Request, user: User | None, received: Received, secret: str, refused: int = 0
) -> PageRequest:
    values = (
        door,
        user,
        request.path_params,
        dict(request.query_params),
        received.form,
        name_client(request.client.host) if request.client else "",
        door.sign(secret),
        request.url.path,
        door.origin or f"{request.url.scheme}://{request.url.netloc}",
        secret if user is not None else "",
        received.sent,
    )
    if not is_api(request.url.path):
        return PageRequest(*values)
    asked, known = request.query_params.multi_items(), request.headers.get("if-none-match", "")
    return ApiRequest(*values, tuple(asked), known, request.method, refused)


def _pass(
    ask: PageRequest, right: Right | None, page: Page, request: Request, *, too_long: bool, has_cookie: bool
) -> Response:
    door = ask.door
    if isinstance(ask, ApiRequest) and (stopped := ask.stop()) is not None:
        return stopped
    if too_long:
        is_file = ask.here.startswith("/kirim/")
        return ask.tell(413, "desk.failed", "desk.send_refused" if is_file else "desk.too_long")
    if request.method == "POST" and not (has_cookie and _is_own(ask, request)):
        return ask.tell(403, "desk.refused", "desk.form_old")
    if right is not None and not ask.may(right):
        if ask.user is None and request.method != "POST" and not door.is_public:
            return ask.demand()
        return ask.tell(403, "desk.refused", "desk.refused_lead", back="/")
    try:
        return page(ask)
    except ConfigError as error:
        return ask.report(error, 400, back=own_path(ask.form.get("back", ""), ask.here))
    except StoreError as error:
        return ask.report(error, 503)
    except DenyutError as error:
        return ask.report(error, 500)


def _is_own(ask: PageRequest, request: Request) -> bool:
    """Whether a form was made for this browser and sent from a page of ours."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    if origin is not None:
        ours = {ask.door.origin, f"{request.url.scheme}://{request.url.netloc}"}
        if urlsplit(origin).netloc == "" or origin not in ours:
            return False
    return hmac.compare_digest(ask.form.get("csrf", "").encode(), ask.csrf.encode())
