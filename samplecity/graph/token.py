"""The tokens that the city's Graph API knows, and what it says of each."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

__all__ = ["APP_ID", "APP_SECRET", "APP_TOKEN", "KEYS", "Key", "build_proof", "describe_token"]

APP_ID = "990000000000001"
APP_SECRET = "5a3bd6c1e0f24798a1b2c3d4e5f60718"  # noqa: S105 - of a city that does not exist
APP_TOKEN = f"{APP_ID}|{APP_SECRET}"
_INSTAGRAM = ("instagram_basic", "instagram_manage_insights", "pages_read_engagement")
_PAGES = ("pages_show_list", "pages_read_engagement", "pages_read_user_content")


@dataclass(frozen=True, slots=True)
class Key:
    """One token.

    Attributes:
        page_of: the office whose page alone it sees; empty for one that sees all that are shared.
    """

    name: str
    secret: str
    kind: str
    scopes: tuple[str, ...]
    page_of: str = ""


KEYS: Mapping[str, Key] = {
    key.secret: key
    for key in (
        Key("instagram", "EAASampleCityInstagramToken0001", "SYSTEM_USER", _INSTAGRAM),
        Key("facebook", "EAASampleCityFacebookToken0001", "SYSTEM_USER", _PAGES),
        Key("bapperida", "EAASampleCityBapperidaPageToken01", "PAGE", _PAGES, page_of="bapperida"),
    )
}


def build_proof(secret: str) -> str:
    """The proof that a call comes from somebody who holds the app's secret too."""
    return hmac.new(APP_SECRET.encode(), secret.encode(), hashlib.sha256).hexdigest()


def describe_token(
    key: Key,
    scopes: tuple[str, ...],
    expires: datetime | None,
    access_expires: datetime | None,
    *,
    dead: bool,
) -> dict[str, Any]:
    """The body of `debug_token`."""
    data: dict[str, Any] = {
        "app_id": APP_ID,
        "type": key.kind,
        "application": "Denyut Tanjung Selaras",
        "data_access_expires_at": 0 if access_expires is None else int(access_expires.timestamp()),
        "expires_at": 0 if expires is None else int(expires.timestamp()),
        "is_valid": not dead,
        "issued_at": 1_751_300_000,
        "scopes": list(scopes),
        "granular_scopes": [{"scope": scope} for scope in scopes],
        "user_id": "122100000000001",
    }
    if dead:
        message = "Error validating access token: Session has expired."
        data["error"] = {"code": 190, "message": message, "subcode": 463}
    return {"data": data}
