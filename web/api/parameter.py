"""What a question to the API may say, and how each word of it is read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from activity.channel import CHANNELS
from activity.errors import ConfigError
from db.export.choice import DAYS, FILTERS
from db.export.kind import Table

__all__ = ["LIMIT", "MOST", "Parameter", "list_filters", "list_parameters", "read_parameters"]

MOST = 1000
"""Rows of one answer."""
_WORDS = {"type": "string", "minLength": 1, "maxLength": 1000, "pattern": r"^[^\u0000]+$"}
_SCHEMAS: Mapping[str, Mapping[str, Any]] = {
    "channel": {"type": "string", "enum": [channel.value for channel in CHANNELS]},
    "semester": {"type": "string", "pattern": "^[0-9]{4}-S[12]$"},
    "month": {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"},
    "ranking": {"type": "integer", "minimum": 1, "maximum": 2**31 - 1},
    "latest": {"type": "boolean"},
    "counts": {"type": "boolean"},
}
_FORMS: Mapping[str, str] = {
    "semester": "2026-S1",
    "month": "2026-03",
    "since": "2026-01-31",
    "until": "2026-01-31",
    "latest": "true, false",
    "counts": "true, false",
    "limit": f"1 – {MOST}",
    "channel": ", ".join(CHANNELS),
}
"""How to write it, in no language."""
_DAY = {"type": "string", "format": "date"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One word of a question.

    Attributes:
        about: its meaning, English, as the documents have it.
        schema: what it may be, in JSON Schema; by it a value is read, so that both say the same.
    """

    name: str
    about: str
    schema: Mapping[str, Any]

    def read(self, text: str) -> Any:
        """Read the value; raises ConfigError for one that does not fit.

        >>> LIMIT.read("10"), Parameter("since", "", _DAY).read("2026-03-01")
        (10, datetime.date(2026, 3, 1))
        """
        value = _read(text, self.schema)
        if value is None:
            raise ConfigError(
                "{name}: {value!r} will not do.",
                "Write it so: {form}",
                name=self.name,
                value=text[:100],
                form=_FORMS.get(self.name, "1 – 1000 letters" if "minLength" in self.schema else "1, 2, 3 …"),
            )
        return value


LIMIT = Parameter(
    "limit",
    f"Most rows of one answer, 1 to {MOST}.",
    {"type": "integer", "minimum": 1, "maximum": MOST, "default": 100},
)
_CURSOR = Parameter(
    "cursor",
    "Where to go on: take the whole address from `next`.",
    {"type": "string", "minLength": 1, "maxLength": 8000, "pattern": "^[A-Za-z0-9_-]+$"},
)


def list_filters(table: Table) -> tuple[Parameter, ...]:
    """List what rows of a view are chosen by: columns that must be equal, and days."""
    found = [
        Parameter(name, f"Equal to `{column}`: {table.meanings[column]}", _SCHEMAS.get(name, _WORDS))
        for name, column in FILTERS.items()
        if column in table.columns
    ]
    day = DAYS.get(table.name)
    if day is not None:
        found.append(Parameter("since", f"`{day}` on this day or later.", _DAY))
        found.append(Parameter("until", f"`{day}` before this day.", _DAY))
    return tuple(found)


def list_parameters(table: Table) -> tuple[Parameter, ...]:
    """List everything that a question to a view may say."""
    return (*list_filters(table), LIMIT, _CURSOR)


def read_parameters(known: Sequence[Parameter], asked: Sequence[tuple[str, str]]) -> Mapping[str, Any]:
    """Read what was asked, by name; raises ConfigError for what is unknown, said twice or does not fit."""
    named = {parameter.name: parameter for parameter in known}
    found: dict[str, Any] = {}
    for name, text in asked:
        if name not in named:
            raise ConfigError(
                "{name!r} is no parameter here.",
                "There are: {known}.",
                name=name[:100],
                known=", ".join(named) or "–",
            )
        if name in found:
            raise ConfigError("{name} is said more than once.", "Say it once.", name=name)
        found[name] = named[name].read(text)
    return found


def _read(text: str, schema: Mapping[str, Any]) -> Any:
    """A value that fits the schema; None for another."""
    match schema["type"]:
        case "boolean":
            return {"true": True, "false": False}.get(text)
        case "integer":
            number = int(text) if re.fullmatch("[1-9][0-9]{0,17}", text) else 0
            return number if schema["minimum"] <= number <= schema["maximum"] else None
    if schema.get("format") == "date":
        return _read_day(text)
    if not schema.get("minLength", 0) <= len(text) <= schema.get("maxLength", len(text)):
        return None
    fits = text in schema.get("enum", [text]) and re.search(schema.get("pattern", ""), text)
    return text if fits and not text.endswith("\n") else None


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None
