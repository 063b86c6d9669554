"""Name and password that a program sends with each request (RFC 7617)."""

import time
from base64 import b64decode

from activity.user import User
from db.office.user import find_user
from desk.office.password import matches
from web.door import Door

__all__ = ["check_basic"]

_LONGEST = 1000


def check_basic(door: Door, header: str, client: str) -> User | int:
    """Tell who it is, or how it is refused: 401, or 429 after too many attempts, counted as at the form.

    Args:
        header: what came as `Authorization`.
    """
    named = _read(header)
    if named is None:
        return 401
    name, password = named
    now = time.monotonic()
    found = find_user(door.engine, name)
    if found is not None and door.proven.holds(name, password, found[1], now):
        return found[0]
    if not (door.sign_ins.take(client, now) and door.failures.take(name, now)):
        return 429
    with door.hashing:
        fits = matches(password, None if found is None else found[1])
    if not fits or found is None:
        return 401
    door.failures.clear(name)
    door.sign_ins.clear(client)
    door.proven.note(name, password, found[1], now)
    return found[0]


def _read(header: str) -> tuple[str, str] | None:
    """Name and password; None where neither can be told."""
    scheme, _, sent = header.partition(" ")
    if scheme.lower() != "basic" or len(sent) > _LONGEST:
        return None
    try:
        name, colon, password = b64decode(sent.strip(), validate=True).decode().partition(":")
    except ValueError:
        return None
    return (name, password) if colon and len(name) <= 40 else None
