"""Signing in and out."""

import time

from starlette.responses import Response

from desk.office.user import SESSION, sign_in, sign_out
from web.door import PageRequest, own_path
from web.guard import SESSION_COOKIE

__all__ = ["check_sign_in", "end_session", "show_sign_in"]


def show_sign_in(ask: PageRequest) -> Response:
    """Show the form."""
    if ask.door.is_public:
        return ask.lack()
    return ask.show("signin", back=own_path(ask.query.get("lalu", ""), "/meja"), name="", problem="")


def check_sign_in(ask: PageRequest) -> Response:
    """Begin a session where name and password belong together; not more often than anybody mistypes."""
    if ask.door.is_public:
        return ask.lack()
    door, name = ask.door, ask.words("name", 40)
    now, back = time.monotonic(), own_path(ask.form.get("back", ""), "/meja")
    if not (door.sign_ins.take(ask.client, now) and door.failures.take(name, now)):
        problem = door.pages.say("desk.too_often")
        refused = ask.show("signin", 429, back=back, name=name, problem=problem)
        refused.headers["Retry-After"] = "900"
        return refused
    with door.hashing:
        signed = sign_in(door.engine, name, ask.form.get("password", ""), door.config.now())
    if signed is None:
        return ask.show("signin", 401, back=back, name=name, problem=door.pages.say("desk.wrong"))
    door.failures.clear(name)
    door.sign_ins.clear(ask.client)
    response = ask.go(back)
    response.set_cookie(
        SESSION_COOKIE,
        signed.secret,
        max_age=int(SESSION.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=door.is_secure,
    )
    return response


def end_session(ask: PageRequest) -> Response:
    """Sign out: the secret opens nothing any more, here or in a copy."""
    sign_out(ask.door.engine, ask.session)
    response = ask.go("/")
    response.delete_cookie(SESSION_COOKIE, httponly=True, samesite="lax", secure=ask.door.is_secure)
    return response
