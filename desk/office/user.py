"""Who may sign in to the pages: added, given another password, removed; signed in, and out again."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from activity.errors import ConfigError
from activity.user import Role, User
from desk.office.password import check_strength, hash_password, matches

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = ["SESSION", "SignedIn", "add_user", "change_password", "find_signed_in", "sign_in", "sign_out"]

SESSION = timedelta(hours=12)
"""How long somebody stays signed in: a working day."""
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A user, and the secret by which their browser is known; the database has only its SHA-256."""

    user: User
    secret: str


def add_user(engine: "Engine", name: str, full: str, role: Role, password: str, now: datetime) -> User:
    """Let somebody sign in; raises ConfigError for a name or password that will not do, or a name in use."""
    from db.office.user import save_user

    if _NAME.fullmatch(name) is None:
        raise ConfigError(
            "{name!r} is no name to sign in with.",
            "Take 2 to 40 small letters, digits, dots and hyphens: siti.aminah",
            name=name,
        )
    said = " ".join(full.split())
    if not said or len(said) > 100:
        raise ConfigError(
            "The full name has {count} letters.",
            "Write 1 to 100: it stands below every decision.",
            count=len(said),
        )
    check_strength(password)
    user = User(name, said, role, now)
    save_user(engine, user, hash_password(password))
    return user


def change_password(engine: "Engine", name: str, password: str) -> None:
    """Give a user another password; whoever is signed in as that user no longer is."""
    from db.office.user import save_password

    check_strength(password)
    save_password(engine, name, hash_password(password))


def sign_in(engine: "Engine", name: str, password: str, now: datetime) -> SignedIn | None:
    """Begin a session; None where name and password do not belong together."""
    from db.office.user import find_user, save_session

    found = find_user(engine, name)
    if not matches(password, None if found is None else found[1]) or found is None:
        return None
    secret = token_urlsafe(32)
    saved = save_session(engine, _digest(secret), name, now + SESSION, now)
    return SignedIn(found[0], secret) if saved else None


def find_signed_in(engine: "Engine", secret: str, now: datetime) -> User | None:
    """Who has signed in with a secret; None where nobody has, or their time is over."""
    from db.office.user import find_session

    return find_session(engine, _digest(secret), now)


def sign_out(engine: "Engine", secret: str) -> None:
    """End a session."""
    from db.office.user import delete_session

    delete_session(engine, _digest(secret))


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()
