"""The language in which commands speak: what `DENYUT_LANG` says, Indonesian where nothing does."""

import os
from functools import cache
from pathlib import Path
from typing import Any

from activity.errors import DenyutError
from desk.setting.file import merge_settings
from reports.catalogue import translate, translate_value, translate_word
from reports.wording import Language

__all__ = ["figure", "name_word", "phrase", "read_language", "show_value"]


def read_language() -> Language:
    """The language of this process; a setting that names none is complained of in Indonesian."""
    told = os.environ.get("DENYUT_LANG", "").strip()
    try:
        return Language(told or _read_file(os.environ.get("DENYUT_SETTINGS", ""), Path.cwd()) or Language.ID)
    except (ValueError, OSError):
        return Language.ID


@cache
def _read_file(named: str, folder: Path) -> str:
    """What the settings file says; a file that cannot be used is complained of where settings are read."""
    try:
        return merge_settings({"DENYUT_SETTINGS": named}, folder).get("DENYUT_LANG", "")
    except DenyutError:
        return ""


def phrase(text: str, /, **values: Any) -> str:
    """Say a message, or a template with its values; see docs/language.md.

    What goes to a machine too stays a `Message`, which the door translates.
    """
    return translate(text, read_language(), **values)


def show_value(value: object) -> str:
    """Write a day, a number, a word of the vocabulary or a message alone, as in the cell of a table."""
    return translate_value(value, read_language())


def figure(value: float, form: str = ".2f") -> str:
    """Write a number in that form, such as `.0%` or `+.1f`."""
    return phrase(f"{{value:{form}}}", value=value)


def name_word(kind: str, name: str) -> str:
    """A word of the vocabulary; in English as it stands in options, JSON and the database."""
    return translate_word(kind, name) if read_language() is Language.ID else name
