"""Typed reading of a TOML table, refusing with the key, its line and what to write instead."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from activity.errors import RubricError
from activity.message import Message

__all__ = ["RubricTable", "find_item", "find_line"]

_Word = TypeVar("_Word", bound=StrEnum)
_HEADER = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"\s*([A-Za-z0-9_.\"'-]+)\s*=")


def find_line(text: str, path: tuple[str, ...]) -> int | None:
    """Find the line, from 1, where a key or the header of a table stands; None when it is not written.

    >>> find_line("[weights]\\nfrequency = 40", ("weights", "frequency"))
    2
    """
    section: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            section = _split(header[1])
            if section == path:
                return number
        elif (key := _KEY.match(line)) and section + _split(key[1]) == path:
            return number
    return None


def find_item(text: str, path: tuple[str, ...], number: int) -> int | None:
    """Find the line, from 1, where the item of that number, from 1, of a list of tables opens.

    >>> find_item("bands = [\\n  { days = 7 },\\n  { days = 9 },\\n]", ("bands",), 2)
    3
    """
    lines = text.splitlines()
    opening = [n for n, line in enumerate(lines, 1) if (h := _HEADER.match(line)) and _split(h[1]) == path]
    if number <= len(opening):
        return opening[number - 1]
    first = find_line(text, path)
    if first is None:
        return None
    opened = 0
    for line, words in enumerate(lines[first - 1 :], first):
        opened += words.partition("#")[0].count("{")
        if opened >= number:
            return line
    return first


def _split(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


@dataclass(slots=True)
class RubricTable:
    """One table of a rubric, read key by key.

    Every reader raises RubricError when the key is missing or its value is not what is asked for.

    Attributes:
        values: what TOML gave.
        source: name of the file, for messages.
        text: the whole file, to find lines in.
        path: keys that lead to this table.
        item: which item of a list of tables it is, from 1; None where it is none.
    """

    values: Mapping[str, Any]
    source: str
    text: str
    path: tuple[str, ...] = ()
    item: int | None = None
    _read: set[str] = field(default_factory=set)

    def refuse(self, key: str | None, problem: str, remedy: str) -> NoReturn:
        """Raise RubricError for a key of this table, or for the table itself."""
        path = self.path if key is None else (*self.path, key)
        line = (self._key_line(key) if key is not None else None) or self._own_line()
        place = self.source if line is None else f"{self.source}, line {line}"
        raise RubricError(
            "{place}: {path} {problem}.",
            # As a value: one that shows how a list of bands is written holds braces, which are no places.
            "{advice}",
            place=place,
            path=".".join(path),
            problem=problem,
            advice=Message(remedy),
        )

    def _key_line(self, key: str) -> int | None:
        """Where a key of this table stands; of an item of a list, below the item's own opening."""
        if self.item is None:
            return find_line(self.text, (*self.path, key))
        opening = self._own_line() or 1
        below = "\n".join(self.text.splitlines()[opening - 1 :])
        found = find_line(below, (*self.path, key))
        return None if found is None else opening - 1 + found

    def _own_line(self) -> int | None:
        if self.item is not None:
            return find_item(self.text, self.path, self.item)
        return find_line(self.text, self.path)

    def value(self, key: str, expected: str, default: Any = None) -> Any:
        """Read whatever stands there, or the default where one is given."""
        self._read.add(key)
        if key not in self.values:
            if default is not None:
                return default
            self.refuse(
                key,
                "is missing",
                Message("Add it: {expected}. The default rubric shows how.", expected=expected),
            )
        return self.values[key]

    def number(
        self, key: str, *, least: float, most: float | None = None, default: float | None = None
    ) -> float:
        """Read a finite number between two bounds, both allowed."""
        expected = _range(least, most)
        found = self.value(key, expected, default)
        good = isinstance(found, int | float) and not isinstance(found, bool)
        if not good or not least <= found <= (float(10**9) if most is None else most):
            self.refuse(key, f"is {found!r}", Message("Write {expected}.", expected=expected))
        return float(found)

    def whole(self, key: str, *, least: int, most: int | None = None, default: int | None = None) -> int:
        """Read a whole number between two bounds, both allowed."""
        found = self.number(key, least=least, most=most, default=default)
        if found != int(found):
            self.refuse(key, f"is {found!r}", "Write a whole number.")
        return int(found)

    def words(self, key: str) -> str:
        """Read a text that is not blank."""
        found = self.value(key, "a text in quotation marks")
        if not isinstance(found, str) or not found.strip():
            self.refuse(key, f"is {found!r}", "Write a text in quotation marks.")
        return found.strip()

    def one_of(self, key: str, words: Iterable[_Word]) -> _Word:
        """Read one word of an enumeration, or of several."""
        meant = {each.value: each for each in words}
        known = list(meant)
        found = self.value(key, f"one of: {', '.join(known)}")
        if found not in known:
            near = get_close_matches(str(found), known, n=1)
            names = ", ".join(known)
            remedy = (
                Message("Did you mean {near!r}? Write one of: {names}.", near=near[0], names=names)
                if near
                else Message("Write one of: {names}.", names=names)
            )
            self.refuse(key, f"is {found!r}", remedy)
        return meant[found]

    def flag(self, key: str, default: bool | None = None) -> bool:
        """Read true or false."""
        found = self.value(key, "true or false", default)
        if not isinstance(found, bool):
            self.refuse(key, f"is {found!r}", "Write true or false, without quotation marks.")
        return found

    def list_of(self, key: str, kind: type, expected: str) -> tuple[Any, ...]:
        """Read a list whose items are all of one kind."""
        found = self.value(key, expected)
        if not isinstance(found, list) or not all(isinstance(item, kind) for item in found):
            self.refuse(key, f"is {found!r}", Message("Write {expected}.", expected=expected))
        return tuple(found)

    def tables(self, key: str, expected: str, *, needed: bool = True) -> "tuple[RubricTable, ...]":
        """Read the items of a list of tables; none where it is not needed and not there."""
        items = self.list_of(key, dict, expected) if needed or key in self.values else ()
        path = (*self.path, key)
        return tuple(
            RubricTable(item, self.source, self.text, path, number) for number, item in enumerate(items, 1)
        )

    def table(self, key: str, *, needed: bool = True) -> "RubricTable":
        """Read a table within this one; empty where it is not needed and not there."""
        default: Mapping[str, Any] | None = None if needed else {}
        found = self.value(key, f"a table [{'.'.join((*self.path, key))}]", default)
        if not isinstance(found, dict):
            remedy = Message("Write a table [{path}].", path=".".join((*self.path, key)))
            self.refuse(key, f"is {found!r}", remedy)
        return RubricTable(found, self.source, self.text, (*self.path, key))

    def finish(self) -> None:
        """Refuse what nobody has read: a misspelt key must not pass as a default."""
        for key in self.values:
            if key not in self._read:
                self.refuse_unknown(key, sorted(self._read), "key")

    def refuse_unknown(self, key: str, known: list[str], noun: str) -> NoReturn:
        """Raise RubricError for a name that means nothing, with the nearest one that does."""
        near = get_close_matches(key, known, n=1)
        hint = (
            Message("Did you mean {near!r}?", near=near[0])
            if near
            else Message("Known here: {names}.", names=", ".join(known))
        )
        self.refuse(key, f"is not a {noun} of a rubric", hint)


def _range(least: float, most: float | None) -> str:
    return f"a number of at least {least:g}" if most is None else f"a number from {least:g} to {most:g}"
