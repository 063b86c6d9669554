"""Every request on its way in: host, size, who it is, whether they may, whether the form is theirs."""

import hmac
import re
from collections.abc import Callable, Coroutine
from secrets import token_urlsafe
from typing import Any
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from activity.errors import ConfigError, DenyutError, StoreError
from activity.user import Right, User
from desk.office.upload import MOST_BYTES
from desk.office.user import find_signed_in
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
    """An endpoint that answers with the page to whoever has the right; None: to everybody.

    Args:
        admit: whether a file may come along with this request; without it none ever may.
    """

    async def answer(request: Request) -> Response:
        received: Received | None = Received()
        if request.method == "POST":
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
    kept = "" if door.is_public else request.cookies.get(SESSION_COOKIE, "")
    try:
        user = find_signed_in(door.engine, kept, door.config.now()) if kept else None
    except StoreError as error:
        return _ask(door, request, None, Received(), "").report(error, 503)
    known = kept if user is not None else request.cookies.get(FORM_COOKIE, "")
    fresh = known or token_urlsafe(32)
    ask = _ask(door, request, user, received or Received(), fresh)
    response = _pass(ask, right, page, request, too_long=received is None, has_cookie=bool(known))
    if not known and _FORMS.fullmatch(ask.here):
        secure = door.is_secure
        response.set_cookie(FORM_COOKIE, fresh, httponly=True, samesite="strict", secure=secure)
    return response


def _ask(door: Door, request: Request, user: User | None, received: Received, secret: str) -> PageRequest:
    client = name_client(request.client.host) if request.client else ""
    query, session = dict(request.query_params), secret if user is not None else ""
    return PageRequest(
        door,
        user,
        request.path_params,
        query,
        received.form,
        client,
        door.sign(secret),
        request.url.path,
        door.origin or f"{request.url.scheme}://{request.url.netloc}",
        session,
        received.sent,
    )


def _pass(
    ask: PageRequest, right: Right | None, page: Page, request: Request, *, too_long: bool, has_cookie: bool
) -> Response:
    door = ask.door
    if door.hosts and request.url.hostname not in door.hosts:
        return ask.tell(421, "desk.refused", "desk.other_host")
    if too_long:
        is_file = ask.here.startswith("/kirim/")
        return ask.tell(413, "desk.failed", "desk.send_refused" if is_file else "desk.too_long")
    if request.method == "POST" and not (has_cookie and _is_own(ask, request)):
        return ask.tell(403, "desk.refused", "desk.form_old")
    if right is not None and not ask.may(right):
        if ask.user is None and request.method != "POST" and not door.is_public:
            return ask.go(f"/masuk?lalu={quote(ask.here)}")
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
