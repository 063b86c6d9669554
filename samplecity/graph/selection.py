"""The `fields` parameter: names with arguments and fields of their own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Selection", "SelectionError", "parse_fields"]

_TOKEN = re.compile(r"\s*([\w]+|[(),.{}])")
_ARGUMENT = re.compile(r"\(([^()]*)\)")


class SelectionError(ValueError):
    """The parameter cannot be read; answered with Meta's syntax error."""


@dataclass(frozen=True, slots=True)
class Selection:
    """One field asked for, as in `media.limit(50){id,timestamp}`."""

    name: str
    arguments: Mapping[str, str] = field(default_factory=dict)
    fields: tuple["Selection", ...] = ()


def parse_fields(text: str) -> tuple[Selection, ...]:
    """Read a `fields` parameter; raises SelectionError.

    >>> [part.name for part in parse_fields("id,media.limit(2).after(x){id,caption}")]
    ['id', 'media']
    """
    parts, end = _parse_list(text, 0)
    if end != len(text):
        raise SelectionError(f"Syntax error at character {end}")
    return parts


def _parse_list(text: str, at: int) -> tuple[tuple[Selection, ...], int]:
    parts = []
    while True:
        part, at = _parse_one(text, at)
        parts.append(part)
        if at >= len(text) or text[at] != ",":
            return tuple(parts), at
        at += 1


def _parse_one(text: str, at: int) -> tuple[Selection, int]:
    name, at = _read_name(text, at)
    arguments: dict[str, str] = {}
    while at < len(text) and text[at] == ".":
        argument, at = _read_name(text, at + 1)
        match = _ARGUMENT.match(text, at)
        if match is None:
            raise SelectionError(f"Expected an argument at character {at}")
        arguments[argument], at = match[1], match.end()
    fields: tuple[Selection, ...] = ()
    if at < len(text) and text[at] == "{":
        fields, at = _parse_list(text, at + 1)
        if at >= len(text) or text[at] != "}":
            raise SelectionError(f"Expected a closing brace at character {at}")
        at += 1
    return Selection(name, arguments, fields), at


def _read_name(text: str, at: int) -> tuple[str, int]:
    match = _TOKEN.match(text, at)
    if match is None or not match[1][0].isalnum():
        raise SelectionError(f"Expected a field name at character {at}")
    return match[1], match.end()
