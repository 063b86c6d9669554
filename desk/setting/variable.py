"""From the text of one setting to its value; every parser raises ConfigError naming the variable."""

import re
from collections.abc import Callable
from datetime import time
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from activity.address.typed import is_host, split_address
from activity.errors import ConfigError
from desk.setting.token import check_secret

__all__ = [
    "Network",
    "Parser",
    "at_least",
    "is_contact",
    "read_clock_time",
    "read_language",
    "read_level",
    "read_networks",
    "read_path",
    "read_plain",
    "read_processes",
    "read_secret",
    "read_url",
    "read_zone",
    "whole",
]

_MOST_PROCESSES = 64
_MAILBOX = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}", re.ASCII)
Network = IPv4Network | IPv6Network
Parser = Callable[[str, str], Any]
"""Takes a variable's name and its text."""


def read_zone(variable: str, text: str) -> ZoneInfo:
    """A time zone by its name."""
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ConfigError(
            "{variable}: {text!r} is not a time zone.",
            "Use Asia/Jakarta (WIB), Asia/Makassar (WITA) or Asia/Jayapura (WIT).",
            variable=variable,
            text=text,
        ) from None


def read_networks(variable: str, text: str) -> tuple[Network, ...]:
    """Networks, apart by commas or blanks."""
    return tuple(_network(variable, each) for each in text.replace(",", " ").split())


def _network(variable: str, text: str) -> Network:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        raise ConfigError(
            "{variable}: {text!r} is not a network.",
            "Write 127.0.0.0/8, for example.",
            variable=variable,
            text=text,
        ) from None


def read_language(variable: str, text: str) -> str:
    """The language of what people read."""
    if text not in {"id", "en"}:
        raise ConfigError(
            "{variable}: {text!r} is not a language.", "Write id or en.", variable=variable, text=text
        )
    return text


def read_level(variable: str, text: str) -> str:
    """Read how much a log tells."""
    level = text.upper()
    if level not in {"ERROR", "WARNING", "INFO", "DEBUG"}:
        raise ConfigError(
            "{variable}: {text!r} is not a level.",
            "Write ERROR, WARNING, INFO or DEBUG.",
            variable=variable,
            text=text,
        )
    return level


def read_processes(variable: str, text: str) -> int | None:
    """A number of processes; None for as many as suit the machine."""
    if text.lower() == "auto":
        return None
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_PROCESSES:
        raise ConfigError(
            "{variable}: {text!r} is no number of processes.",
            "Write 1 to {most_processes}, or auto.",
            variable=variable,
            text=text,
            most_processes=_MOST_PROCESSES,
        )
    return int(text)


def read_clock_time(variable: str, text: str) -> time:
    """A time of day."""
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise ConfigError(
            "{variable}: {text!r} is not a time of day.",
            "Write 01:30, for example.",
            variable=variable,
            text=text,
        ) from None


def at_least(least: float) -> Parser:
    """A parser of numbers, infinity left out."""

    def parse(variable: str, text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = least - 1
        if not least <= value < float("inf"):
            raise ConfigError(
                "{variable}: {text!r} is not a number of at least {least:g}.",
                variable=variable,
                text=text,
                least=least,
            )
        return value

    return parse


def whole(least: int) -> Parser:
    """A parser of whole numbers; what stands behind the point is cut off."""
    parse = at_least(least)
    return lambda variable, text: int(parse(variable, text))


def read_secret(variable: str, text: str) -> str:
    """A secret, which no error ever names."""
    check_secret(variable, text)
    return text


def read_path(_: str, text: str) -> Path | None:
    """A path, None where there is none."""
    return Path(text) if text else None


def is_contact(text: str) -> bool:
    """Tell whether a site can reach somebody there: an e-mail address, or a URL of http or https.

    >>> is_contact("humas@example.go.id"), is_contact("https://example.go.id/kontak"), is_contact("humas")
    (True, True, False)
    """
    if "://" in text:
        parts = split_address(text)
        known = parts is not None and text.isascii() and parts.scheme in {"http", "https"}
        return parts is not None and known and is_host(parts.hostname)
    mailbox, _, host = text.rpartition("@")
    return _MAILBOX.fullmatch(mailbox) is not None and is_host(host)


def read_plain(_: str, text: str) -> str:
    """A text as it is."""
    return text


def read_url(_: str, text: str) -> str:
    """An address without the slash at its end."""
    return text.rstrip("/")
