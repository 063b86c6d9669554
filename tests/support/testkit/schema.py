"""As much of JSON Schema as the API's own document uses; what it does not know it refuses."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

__all__ = ["find_faults"]

_TYPES: Mapping[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}
_TEXT = frozenset({"pattern", "format", "minLength", "maxLength", "minimum", "maximum", "default"})
_WHOLE = frozenset({"items", "properties", "required", "additionalProperties", "description"})
_KNOWN = {"$ref", "type", "enum"} | _TEXT | _WHOLE
_FORMATS = {"date": date.fromisoformat, "date-time": datetime.fromisoformat}


def find_faults(
    document: Mapping[str, Any], schema: Mapping[str, Any], value: Any, at: str = ""
) -> Iterator[str]:
    """In what a value is not as its schema says."""
    assert schema.keys() <= _KNOWN, schema.keys() - _KNOWN
    if "$ref" in schema:
        found: Any = document
        for step in schema["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        yield from find_faults(document, found, value, at)
        return
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(
        isinstance(value, _TYPES[kind]) and (kind == "boolean") == isinstance(value, bool) for kind in kinds
    ):
        yield f"{at}: {value!r} is none of {kinds}"
    elif "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    elif isinstance(value, str):
        yield from _find_in_text(schema, value, at)
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from find_faults(document, schema["items"], each, f"{at}/{number}")
    elif isinstance(value, dict):
        yield from _find_in_object(document, schema, value, at)


def _find_in_text(schema: Mapping[str, Any], value: str, at: str) -> Iterator[str]:
    if re.search(schema.get("pattern", ""), value) is None:
        yield f"{at}: {value!r} is not as {schema['pattern']}"
    if "format" in schema:
        # A day alone is no moment, though Python reads it as one.
        if ("T" in value) != (schema["format"] == "date-time"):
            yield f"{at}: {value!r} is no {schema['format']}"
        try:
            _FORMATS[schema["format"]](value)
        except ValueError:
            yield f"{at}: {value!r} is no {schema['format']}"


def _find_in_object(
    document: Mapping[str, Any], schema: Mapping[str, Any], value: Mapping[str, Any], at: str
) -> Iterator[str]:
    fields, more = schema.get("properties", {}), schema.get("additionalProperties", True)
    yield from (f"{at}: without {name}" for name in schema.get("required", ()) if name not in value)
    for name, each in value.items():
        if name in fields:
            yield from find_faults(document, fields[name], each, f"{at}/{name}")
        elif isinstance(more, dict):
            yield from find_faults(document, more, each, f"{at}/{name}")
        elif not more:
            yield f"{at}: with {name}"
