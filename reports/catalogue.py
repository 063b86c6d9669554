"""What people read, in their own language: sentences looked up, their values written as there."""

from datetime import date, datetime
from enum import Enum
from functools import cache
from gettext import GNUTranslations
from importlib.resources import files
from string import Formatter
from typing import Any

from activity.agency import Channel
from activity.errors import DenyutError
from activity.message import Message
from reports.wording import SWAP, Language, phrase_date, phrase_number

__all__ = ["translate", "translate_word"]


def translate(text: str, language: Language, /, **values: Any) -> str:
    """Say it in that language; what the catalogue does not know stays as it is.

    Args:
        text: a message, or the template of one where values are given.

    >>> translate(Message("{count} posts", count=1234), Language.ID)
    '1.234 unggahan'
    """
    message = text if isinstance(text, Message) and not values else Message(text, **values)
    if language is Language.EN:
        return str(message)
    template = _catalogue().gettext(message.template)
    return _Filling().vformat(template, (), message.values) if message.values else template


def translate_word(kind: str, name: str) -> str:
    """The Indonesian word for a value of that kind; one that is not in the catalogue as it is.

    >>> translate_word("status", "kurang aktif"), translate_word("level", "puskesmas")
    ('kurang aktif', 'puskesmas')
    """
    return _catalogue().pgettext(kind, name)


@cache
def _catalogue() -> GNUTranslations:
    compiled = files("reports").joinpath("locale", "id", "LC_MESSAGES", "denyut.mo")
    with compiled.open("rb") as stream:
        return GNUTranslations(stream)


class _Filling(Formatter):
    """Fills a template in Indonesian."""

    def format_field(self, value: Any, spec: str) -> str:
        """Write one value as Indonesian does; a number without a format by thousands, `d` for a bare one."""
        match value:
            case DenyutError():
                return " ".join(
                    translate(part, Language.ID) for part in (value.message, value.remedy) if part
                )
            case Message():
                return translate(value, Language.ID)
            case Channel():
                return value.value  # a name that people type
            case Enum():
                kind = type(value).__name__.removesuffix("Kind").lower()
                return translate_word(kind, str(value.value))
            case datetime():
                return format(value, spec)
            case date() if not spec:
                return phrase_date(value, Language.ID)
            case int() | float() if spec and spec != "d":
                return format(value, spec).translate(SWAP)
            case int() if not spec and not isinstance(value, bool):
                return phrase_number(value, Language.ID)
        return format(value, spec)
