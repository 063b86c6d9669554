"""What people read, in their own language: sentences looked up, their values written as there."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache, lru_cache
from gettext import GNUTranslations
from importlib.resources import files
from string import Formatter
from typing import Any

from activity.agency import Channel
from activity.errors import DenyutError
from activity.message import Message
from activity.speech.detail import recognise
from reports.wording import SWAP, Language, phrase_date, phrase_number

__all__ = ["tell_detail", "translate", "translate_value", "translate_word"]


def translate(text: str, language: Language, /, **values: Any) -> str:
    """Say it in that language; what the catalogue does not know stays as it is.

    Args:
        text: a message, or the template of one where values are given.

    >>> translate(Message("{count} posts", count=1234), Language.ID)
    '1.234 unggahan'
    """
    message = Message(text, **values)
    # For an empty text a catalogue answers with its own head.
    if language is Language.EN or not message:
        return str(message)
    template = _catalogue().gettext(message.template)
    return _fill(template, message.values) if message.values else template


def translate_word(kind: str, name: str) -> str:
    """The Indonesian word for a value of that kind; one that is not in the catalogue as it is.

    >>> translate_word("status", "kurang aktif"), translate_word("level", "puskesmas")
    ('kurang aktif', 'puskesmas')
    """
    return _catalogue().pgettext(kind, name)


def translate_value(value: object, language: Language) -> str:
    """Write one value alone; a day in its short form.

    >>> translate_value(date(2026, 2, 3), Language.ID), translate_value(date(2026, 2, 3), Language.EN)
    ('3 Feb 2026', '2026-02-03')
    """
    if language is Language.EN:
        return str(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return phrase_date(value, language, short=True)
    return _write(value, "")


def tell_detail(detail: str, language: Language) -> str:
    """Say what a crawl wrote beside an outcome; in Indonesian nothing where it is in other people's words."""
    if language is Language.EN:
        return detail
    known = recognise(detail, machine=False)
    return translate(known, language) if isinstance(known, Message) else ""


@cache
def _catalogue() -> GNUTranslations:
    compiled = files("reports").joinpath("locale", "id", "LC_MESSAGES", "denyut.mo")
    with compiled.open("rb") as stream:
        return GNUTranslations(stream)


def _kind_of(value: Enum) -> str:
    """The context in the catalogue: a class's name without what only tells it from others of the program."""
    return type(value).__name__.removeprefix("Vacuum").removesuffix("Kind").lower()


def _fill(template: str, values: Mapping[str, Any]) -> str:
    """Fill a template in Indonesian, as `str.format` does in English."""
    parts = []
    for literal, name, spec, conversion in _cut(template):
        parts.append(literal)
        if name is not None:
            value = values[name]
            if conversion:
                value = repr(value) if conversion == "r" else str(value)
            parts.append(_write(value, spec or ""))
    return "".join(parts)


@lru_cache(maxsize=4096)
def _cut(template: str) -> tuple[tuple[str, str | None, str | None, str | None], ...]:
    """A template's words and places; cut once, for pages say the same sentence ten thousand times."""
    return tuple(Formatter().parse(template))


def _write(value: Any, spec: str) -> str:
    """Write one value as Indonesian does; a number without a format by thousands, `d` for a bare one."""
    match value:
        case DenyutError():
            return " ".join(translate(part, Language.ID) for part in (value.message, value.remedy) if part)
        case Message():
            return translate(value, Language.ID)
        case Channel():
            return value.value  # a name that people type
        case Enum():
            return translate_word(_kind_of(value), str(value.value))
        case datetime():
            return format(value, spec)
        case date() if not spec:
            return phrase_date(value, Language.ID)
        case int() | float() if spec and spec != "d":
            return format(value, spec).translate(SWAP)
        case int() if not spec and not isinstance(value, bool):
            return phrase_number(value, Language.ID)
    return format(value, spec)
