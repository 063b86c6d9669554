"""Tokens for Instagram and Facebook, and the file that holds them, which nobody else may read."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from activity.channel import CHANNELS, Access, Channel
from activity.errors import ConfigError
from activity.message import Message
from desk.setting.private import read_private, refuse

__all__ = ["META", "Token", "TokenKind", "check_secret", "read_token_file"]

META = frozenset(channel for channel, facts in CHANNELS.items() if facts.access is Access.META)
_VARIABLE = "DENYUT_TOKENS_FILE"
_KEYS = frozenset({"token", "kind", "channels", "app_id", "app_secret", "instagram_user_id"})


class TokenKind(StrEnum):
    """Whose a token is, in Meta's words."""

    USER = "user"
    PAGE = "page"
    SYSTEM_USER = "system user"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Token:
    """One token by name, with what is needed to use and to check it.

    Attributes:
        channels: what it is used for.
        app_id, app_secret: of the app that it belongs to; calls are signed with the secret.
        instagram_user_id: our own professional account, at which it asks about others.
    """

    name: str
    secret: str = field(repr=False)
    kind: TokenKind = TokenKind.UNKNOWN
    channels: frozenset[Channel] = META
    app_id: str = ""
    app_secret: str = field(default="", repr=False)
    instagram_user_id: str = ""


def read_token_file(path: Path, taken: Collection[str] = ()) -> tuple[Token, ...]:
    """The tokens of a TOML file, one table each, in its order.

    Args:
        taken: names that stand for other tokens already.

    Raises:
        ConfigError: the file cannot be read, may be read by others, or a table says something else than
            `docs/commands.md` describes. No value is ever repeated.
    """
    tables = read_private(_VARIABLE, path)
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise _refuse(
                path, Message("{name} stands outside a table", name=name), "Write [name] above each token."
            )
        if name in taken:
            raise _refuse(
                path,
                Message("[{name}] is the name of a token in the environment", name=name),
                "Name it otherwise.",
            )
    return tuple(_read_token(path, name, table) for name, table in tables.items())


def check_secret(place: str, secret: str) -> None:
    """Raises ConfigError, which names the place and not the secret, for one that no header can hold.

    A line break or an ellipsis comes along when a token is copied from a page or a message.
    """
    if not re.fullmatch(r"[\x21-\x7e]*", secret):
        raise ConfigError(
            "{place} holds a blank or a letter that no token has.", "Copy it once more, whole.", place=place
        )


def _read_token(path: Path, name: str, table: Mapping[str, Any]) -> Token:
    for key in sorted(table.keys() - _KEYS):
        raise _refuse(
            path,
            Message("[{name}] has {key}", name=name, key=key),
            Message("Its keys are {keys}.", keys=", ".join(sorted(_KEYS))),
        )
    words = {key: _read_word(path, name, table, key) for key in _KEYS - {"channels"}}
    if not words["token"]:
        raise _refuse(path, Message("[{name}] has no token", name=name), 'Write token = "…" below it.')
    for key in ("token", "app_secret"):
        check_secret(f"{_VARIABLE}: {path}: [{name}] {key}", words[key])
    channels = _read_channels(path, name, table.get("channels"))
    if Channel.INSTAGRAM in channels and not words["instagram_user_id"]:
        remedy = Message('Write instagram_user_id = "1784…" below it, or channels = ["facebook"].')
        raise _refuse(path, Message("[{name}] has no instagram_user_id", name=name), remedy)
    try:
        kind = TokenKind(words["kind"].replace("_", " ").lower() or TokenKind.UNKNOWN)
    except ValueError:
        raise _refuse(
            path, Message("[{name}] has an unknown kind", name=name), "Write user, page or system user."
        ) from None
    return Token(
        name,
        words["token"],
        kind,
        channels,
        words["app_id"],
        words["app_secret"],
        words["instagram_user_id"],
    )


def _read_word(path: Path, name: str, table: Mapping[str, Any], key: str) -> str:
    value = table.get(key, "")
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise _refuse(
            path,
            Message("[{name}] {key} is no text", name=name, key=key),
            Message('Write {key} = "…".', key=key),
        )
    return str(value).strip()


def _read_channels(path: Path, name: str, value: object) -> frozenset[Channel]:
    if value is None:
        return META
    words = value if isinstance(value, list) else [value]
    if not words or not all(word in {channel.value for channel in META} for word in words):
        remedy = Message('Write channels = ["instagram", "facebook"] or one of them.')
        raise _refuse(path, Message("[{name}] has unknown channels", name=name), remedy)
    return frozenset(Channel(str(word)) for word in words)


def _refuse(path: Path, what: str, remedy: str) -> ConfigError:
    return refuse(_VARIABLE, path, what, remedy)
