"""Every regular expression of the project, how it is used, and texts that make a careless one slow."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

PACKAGES = ("activity", "crawler", "scoring", "db", "reports", "cli")
_ANCHORED = {"match", "fullmatch"}
_METHODS = {"search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split"}
_OF_RE = re.compile(rf"\bre\s*\.\s*(?:{'|'.join(sorted(_METHODS))})\b")


@dataclass(frozen=True)
class Use:
    """One pattern where it stands, and the methods by which it is applied; none known means any."""

    name: str
    pattern: re.Pattern[Any]
    methods: frozenset[str] = field(default=frozenset())

    @property
    def anchored(self) -> bool:
        return bool(self.methods) and self.methods <= _ANCHORED


def walk_modules() -> Iterator[ModuleType]:
    for package in PACKAGES:
        root = importlib.import_module(package)
        yield root
        for found in pkgutil.walk_packages(root.__path__, f"{package}."):
            if ".migrations" not in found.name and not found.name.endswith("__main__"):
                yield importlib.import_module(found.name)


@cache
def find_patterns() -> tuple[Use, ...]:
    """Patterns of modules and classes, those in containers, and those written into a call of `re`."""
    uses: dict[tuple[str, int], Use] = {}
    for module in walk_modules():
        methods, inline = _read_calls(module)
        for name, value in vars(module).items():
            for pattern in _inside(value, module.__name__):
                key = (str(pattern.pattern), pattern.flags)
                known = methods.get(name, set()) if isinstance(value, re.Pattern) else set()
                uses.setdefault(key, Use(f"{module.__name__}.{name}", pattern, frozenset(known)))
        for line, pattern, method in inline:
            key = (str(pattern.pattern), pattern.flags)
            uses.setdefault(key, Use(f"{module.__name__}:{line}", pattern, frozenset({method})))
    return tuple(sorted(uses.values(), key=lambda use: use.name))


def _inside(value: Any, module: str, depth: int = 4) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, dict):
        for inner in (*value, *value.values()):
            yield from _inside(inner, module, depth - 1)
    elif depth and isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from _inside(inner, module, depth - 1)
    elif depth and getattr(type(value), "__module__", "").startswith(PACKAGES):
        names = getattr(type(value), "__slots__", ()) or vars(value)
        for name in names if isinstance(names, tuple | list | dict) else ():
            yield from _inside(getattr(value, name, None), module, depth - 1)
    elif isinstance(value, type) and value.__module__ == module and depth:
        for inner in list(vars(value).values()):
            yield from _inside(inner, module, 2) if isinstance(inner, re.Pattern) else ()


def _read_calls(module: ModuleType) -> tuple[dict[str, set[str]], list[tuple[int, re.Pattern[Any], str]]]:
    """Methods by the name of a module's pattern, and the calls of `re` with a pattern: line, pattern, method.

    A name that is also handed about counts as used by any. Of 600 modules a fifth has either: the others are
    not parsed, for every worker of the suite reads them all.
    """
    text = Path(str(module.__file__)).read_text("utf-8")
    named = {name for name, value in vars(module).items() if isinstance(value, re.Pattern)}
    if not named and _OF_RE.search(text) is None:
        return {}, []
    methods: dict[str, set[str]] = {name: set() for name in named}
    inline = []
    called = set()
    for node in ast.walk(ast.parse(text)):  # an outer node comes before those within
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in _METHODS:
            methods.setdefault(node.value.id, set()).add(node.attr)
            called.add(node.value)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node not in called:
            methods.setdefault(node.id, set()).add("search")
        elif isinstance(node, ast.Call) and (pattern := _find_inline(node)) is not None:
            inline.append((node.lineno, *pattern))
    return methods, inline


def _find_inline(call: ast.Call) -> tuple[re.Pattern[Any], str] | None:
    """The pattern that is written into a call of `re`, and the method."""
    function = call.func
    if not (isinstance(function, ast.Attribute) and function.attr in _METHODS and call.args):
        return None
    if not (isinstance(function.value, ast.Name) and function.value.id == "re"):
        return None
    first = call.args[0]
    if isinstance(first, ast.Constant) and isinstance(first.value, str | bytes):
        return re.compile(first.value), function.attr
    return None


def pumps(pattern: re.Pattern[Any]) -> list[str]:
    """Short texts whose repetition walks each loop of a pattern: its letters, its words, pairs of them."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    atoms: dict[str, None] = {}
    words: dict[str, None] = {}
    _collect(tree, atoms, words)
    letters = [*atoms][:14]
    texts = [*letters, *[*words][:24]]
    pairs = ["".join(pair) for pair in product(letters[:10], repeat=2) if pair[0] != pair[1]]
    mixed = [word + letter for word in [*words][:8] for letter in letters[:6]]
    return list(dict.fromkeys([*texts, *pairs, *mixed]))


def _collect(tree: Any, atoms: dict[str, None], words: dict[str, None]) -> None:
    run = ""
    for op, value in tree:
        if op is sre.LITERAL:
            run += chr(value)
            atoms.setdefault(chr(value), None)
            continue
        if run:
            words.setdefault(run, None)
            run = ""
        if op is sre.IN:
            for letter in _members(value):
                atoms.setdefault(letter, None)
        elif op in {sre.ANY, sre.NOT_LITERAL}:
            atoms.setdefault("~", None)
        for inner in _below(op, value):
            _collect(inner, atoms, words)
        if op in {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT, sre.SUBPATTERN}:
            sample = _sample(value[-1])
            if sample:
                words.setdefault(sample, None)
    if run:
        words.setdefault(run, None)
    whole = _sample(tree)
    if whole:
        words.setdefault(whole, None)
        words.setdefault(whole[:-1] or whole, None)


def _below(op: Any, value: Any) -> list[Any]:
    if op in {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT, sre.SUBPATTERN}:
        return [value[-1]]
    if op is sre.BRANCH:
        return list(value[1])
    if op in {sre.ASSERT, sre.ASSERT_NOT}:
        return [value[1]]
    if op is sre.ATOMIC_GROUP:
        return [value]
    return []


_CATEGORIES = {
    sre.CATEGORY_DIGIT: "1", sre.CATEGORY_SPACE: " ", sre.CATEGORY_WORD: "a",
    sre.CATEGORY_NOT_DIGIT: "a", sre.CATEGORY_NOT_SPACE: "a", sre.CATEGORY_NOT_WORD: "-",
}  # fmt: skip


def _members(items: Any) -> list[str]:
    if items and items[0][0] is sre.NEGATE:
        own = {chr(value) for op, value in items if op is sre.LITERAL}
        pattern_free = next((c for c in "a-1 .~\n" if c not in own and not _in(items[1:], c)), "é")
        return [pattern_free]
    found = []
    for op, value in items:
        if op is sre.LITERAL:
            found.append(chr(value))
        elif op is sre.RANGE:
            found.append(chr(value[0]))
        elif op is sre.CATEGORY:
            found.append(_CATEGORIES.get(value, "a"))
    return found[:6]


def _in(items: Any, letter: str) -> bool:
    for op, value in items:
        if op is sre.RANGE and value[0] <= ord(letter) <= value[1]:
            return True
        if op is sre.CATEGORY and _CATEGORIES.get(value) in {letter, "a" if letter.isalnum() else letter}:
            return True
    return False


def _sample(tree: Any, most: int = 60) -> str:
    """A text that a part of a pattern matches, more or less: its shortest, each loop taken once."""
    text = ""
    for op, value in tree:
        if len(text) > most:
            break
        if op is sre.LITERAL:
            text += chr(value)
        elif op is sre.IN:
            text += _members(value)[0]
        elif op in {sre.ANY, sre.NOT_LITERAL}:
            text += "~"
        elif op is sre.BRANCH:
            text += _sample(value[1][0])
        elif op in {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}:
            text += _sample(value[-1]) * max(1, min(value[0], 8))
        elif op is sre.SUBPATTERN:
            text += _sample(value[-1])
        elif op is sre.ATOMIC_GROUP:
            text += _sample(value)
    return text
