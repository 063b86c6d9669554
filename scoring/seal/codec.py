"""Values of the vocabulary as canonical JSON, and strictly back: the same bytes on every machine."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import Field, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from math import isfinite
from types import UnionType
from typing import Any, NoReturn, TypeVar, Union, get_args, get_origin, get_type_hints

from activity.flag import BESIDE

__all__ = ["decode", "dump", "encode", "parse"]

_T = TypeVar("_T")
_DIGITS = 6
"""Floats are written to this many decimals: below it machines may differ by the last bit."""


def encode(value: Any) -> Any:
    """Plain JSON of dataclasses, enums, days, moments (UTC, whole seconds), sequences and mappings."""
    match value:
        case StrEnum():
            return value.value
        case bool() | int() | str() | None:
            return value
        case float():
            # Without the addition there would be a minus zero.
            return round(value, _DIGITS) + 0.0
        case datetime():
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        case date():
            return value.isoformat()
        case Mapping():
            return {str(encode(key)): encode(each) for key, each in value.items()}
        case list() | tuple():
            return [encode(each) for each in value]
        case _ if is_dataclass(value) and not isinstance(value, type):
            return {field.name: encode(getattr(value, field.name)) for field in _sealed_fields(value)}
    raise TypeError(f"{type(value).__name__} has no place in an archive")


def dump(plain: Any, *, indent: int | None = None) -> str:
    """Canonical JSON: keys sorted, nothing escaped that need not be."""
    separators = (",", ":") if indent is None else (",", ": ")
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=separators, indent=indent)


def parse(text: str) -> Any:
    """Read JSON; raises ValueError for what is none, is nested absurdly or holds a number that is none."""
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def decode(kind: type[_T], plain: Any) -> _T:
    """The value that `encode` made plain; raises ValueError for anything it would not have written."""
    value: _T = _decode(kind, plain)
    return value


def _decode(kind: Any, plain: Any) -> Any:
    origin = get_origin(kind)
    if origin in {Union, UnionType}:
        return _decode_union(get_args(kind), plain)
    if origin is tuple:
        return _decode_tuple(get_args(kind), plain)
    if is_dataclass(kind):
        return _decode_fields(kind, plain)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(_typed(str, plain))
    reader = _READERS.get(kind)
    if reader is None:
        raise TypeError(f"{kind} has no place in an archive")
    return reader(plain)


def _decode_union(kinds: tuple[Any, ...], plain: Any) -> Any:
    if plain is None and type(None) in kinds:
        return None
    (kind,) = (each for each in kinds if each is not type(None))
    return _decode(kind, plain)


def _decode_tuple(kinds: tuple[Any, ...], plain: Any) -> tuple[Any, ...]:
    items = _typed(list, plain)
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_decode(kinds[0], item) for item in items)
    if len(kinds) != len(items):
        raise ValueError(f"{len(items)} values where {len(kinds)} belong")
    return tuple(_decode(kind, item) for kind, item in zip(kinds, items, strict=True))


def _decode_fields(kind: Any, plain: Any) -> Any:
    hints = _hints(kind)
    values = _typed(dict, plain)
    if values.keys() != hints.keys():
        raise ValueError(
            f"not the fields of {kind.__name__}: {', '.join(sorted(values.keys() ^ hints.keys()))}"
        )
    return kind(**{name: _decode(hint, values[name]) for name, hint in hints.items()})


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in _sealed_fields(kind)}


def _sealed_fields(value: Any) -> Iterator[Field[Any]]:
    """Fields without those that stand beside: an archive's format knows nothing of them."""
    return (field for field in fields(value) if BESIDE not in field.metadata)


def _typed(kind: type[_T], plain: Any) -> _T:
    if not isinstance(plain, kind) or (kind is int and isinstance(plain, bool)):
        raise ValueError(f"{str(plain)[:40]!r} where {kind.__name__} belongs")
    return plain


def _read_float(plain: Any) -> float:
    value = float(plain) if isinstance(plain, int) and not isinstance(plain, bool) else _typed(float, plain)
    if not isfinite(value):
        raise ValueError(f"{value} is no number")
    return value


def _read_moment(plain: Any) -> datetime:
    return datetime.strptime(_typed(str, plain), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


_READERS: Mapping[Any, Callable[[Any], Any]] = {
    str: lambda plain: _typed(str, plain),
    int: lambda plain: _typed(int, plain),
    bool: lambda plain: _typed(bool, plain),
    float: _read_float,
    date: lambda plain: date.fromisoformat(_typed(str, plain)),
    datetime: _read_moment,
}
