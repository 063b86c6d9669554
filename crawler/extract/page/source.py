"""The JSON that a page carries for its scripts: in script elements, in attributes, in calls."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from crawler.extract.page.charset import unescape
from crawler.extract.page.json_value import decode_first, load_json
from crawler.extract.page.literal import read_literals
from crawler.extract.page.packed import hydrate, unwrap_island

__all__ = ["find_states"]

MAX_SCRIPTS = 60
MAX_ATTRIBUTES = 120
# Values of one script: configuration comes first, the posts somewhere behind.
MAX_VALUES = 24
MAX_BYTES = 4_000_000
_SHORTEST = 40
# No list of posts does without a name for its titles; most scripts have none, and are not looked into.
_TITLED: Final = ("title", "judul", "headline", "nama", "name", "Title", "Judul", "Nama")
_ENDS: Final = ('"', "\\", '/"', "/\\", "'", "/'", "`")
_KEYS: Final = tuple(
    f'{word}":' for word in ("itle", "udul", "eadline", "ama", "ame", "next", "_page", "Page", "Pages")
)
# How JSON looks in an attribute between double quotes: a name's end and its colon, escaped.
_ESCAPED_KEYS: Final = ("&quot;:", "&#34;:", "&#x22;:")
_BEFORE: Final = re.compile(r"([\w:.@-]{2,60})\s*=\s*$")
_SINGLE: Final = re.compile(r"='([^'<>\[{]{0,60}[\[{]\s*[\"\[{][^']{30,})'")
_ALPINE: Final = re.compile(r"x-data=\"([^\"]{60,})\"")
_BEGIN: Final = re.compile(r"\{\s*\"|\[\s*[\[{]\s*[\"\[{\]}]|\[\s*\d+\s*,\s*[\"\[{]")
_PARSED: Final = re.compile(r"(?:JSON\.parse|decodeURIComponent)\(\s*([\"'`])")
_QUOTED: Final = {quote: re.compile(rf"[^\\{quote}]*(?:\\.[^\\{quote}]*)*", re.S) for quote in "\"'`"}
_ESCAPE: Final = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.S)
_SHORT: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "\n": ""}
# Next.js writes the tree of its components in pieces, line by line: `self.__next_f.push([1,"2:[…]\n"])`.
_FLIGHT: Final = re.compile(r"__next_f\.push\(\s*")
_ROW: Final = re.compile(r"^[0-9a-f]*:(?:[A-Z]{1,2}(?=[\[{]))?([\[{].*)$", re.M)


def find_states(scripts: Iterable[LexborNode], text: str, about: str = "") -> tuple[Any, ...]:
    """Find every JSON value in a page's scripts and attributes, in the order of scripts, then attributes.

    JSON-LD is left out: it is read apart, as what it says of publication is a standard's word.

    Args:
        scripts: the script elements of a page.
        text: the same page as text, for its attributes.
        about: where given, only what contains this word is looked into.
    """
    return (*_read_scripts(scripts, about), *_read_attributes(text, about))


def _read_scripts(scripts: Iterable[LexborNode], about: str) -> Iterator[Any]:
    pieces: list[str] = []
    inline = (script for script in scripts if "src" not in script.attributes)
    for script in islice(inline, MAX_SCRIPTS):
        text = script.text(deep=True)
        if "__next_f" in text:
            pieces.extend(_read_flight(text))
        elif _SHORTEST <= len(text) <= MAX_BYTES and _mentions(text, about) and _is_titled(text):
            yield from _read_script(text, script.attributes)
    for row in _ROW.finditer("".join(pieces)) if pieces else ():
        value = load_json(row[1]) if _mentions(row[1], about) and _is_titled(row[1]) else None
        if value is not None:
            yield value


def _read_script(text: str, attributes: Mapping[str, str | None]) -> Iterator[Any]:
    if (attributes.get("type") or "").endswith("ld+json"):
        return
    if "data-nuxt-data" in attributes or attributes.get("id") == "__NUXT_DATA__":
        yield hydrate(load_json(text))
    else:
        yield from _find_values(text)


def _mentions(text: str, about: str) -> bool:
    """Whether a string of the text ends with a word, or with it and a slash, as a slug and an address do."""
    return not about or (about in text and any(f"{about}{end}" in text for end in _ENDS))


def _is_titled(text: str) -> bool:
    return any(word in text for word in _TITLED) or any(key in text for key in _KEYS)


def _read_flight(text: str) -> Iterator[str]:
    broken = 0
    for match in _FLIGHT.finditer(text):
        value = decode_first(text, match.end())[0]
        # To say where it is broken, Python counts the lines before it: a megabyte of such calls took 16 s.
        broken += value is None
        if broken > MAX_VALUES:
            return
        if isinstance(value, list) and len(value) > 1 and isinstance(value[1], str):
            yield value[1]


def _read_attributes(text: str, about: str) -> Iterator[Any]:
    tried = 0
    for name, raw in _find_attributes(text, about):
        if about not in raw or not _is_titled(raw):
            continue
        tried += 1
        if tried > MAX_ATTRIBUTES:
            return
        for value in _find_values(unescape(raw)):
            yield unwrap_island(value) if name == "props" else value


def _find_attributes(text: str, about: str) -> Iterator[tuple[str, str]]:
    """Names and raw values of attributes that may hold JSON; looks at nothing else of the page."""
    for key in _ESCAPED_KEYS:
        # An address or a slug ends with its string.
        place = text.find(key) if not about or f"{about}{key[:-1]}" in text else -1
        while place >= 0:
            # Templates escape what they print, whatever quotes are put around it: `data-berita='[{&quot;…'`.
            for quote in "\"'":
                begin, end = text.rfind(quote, 0, place), text.find(quote, place)
                name = _BEFORE.search(text, max(0, begin - 80), begin) if begin > 0 else None
                if name is not None:
                    break
            if name is not None and end > 0:
                yield name[1], text[begin + 1 : end]
            place = text.find(key, max(end, place + 1)) if end > 0 else -1
    if about and not any(f'{before}{about}"' in text for before in (':"', ': "')):
        return
    if "='" in text:
        for match in _SINGLE.finditer(text):
            name = _BEFORE.search(text, max(0, match.start() - 80), match.start() + 1)
            if name is not None:
                yield name[1], match[1]
    if "x-data=" in text:
        yield from (("x-data", match[1]) for match in _ALPINE.finditer(text))


def _find_values(text: str) -> Iterator[Any]:
    """JSON values of a script: the whole of it, what it parses, or what it assigns and passes on."""
    whole = text.strip()
    if whole[:1] in {"{", "["} and whole[-1:] in {"}", "]"}:
        value, end = decode_first(whole)
        if end == len(whole):
            yield value
            return
    found = False
    for value in _read_parsed(text) if "JSON.parse" in text or "decodeURIComponent" in text else ():
        found = True
        yield value
    position = 0
    for _ in range(MAX_VALUES) if any(key in text for key in _KEYS) else ():
        match = _BEGIN.search(text, position)
        if match is None:
            break
        value, end = decode_first(text, match.start())
        position = max(end, match.start() + 1)
        if value:
            found = True
            yield value
    if not found:
        yield from read_literals(text)


def _read_parsed(text: str) -> Iterator[Any]:
    for match in _PARSED.finditer(text):
        quoted = _QUOTED[match[1]].match(text, match.end())
        words = _ESCAPE.sub(_unescape, quoted[0]) if quoted else ""
        value = load_json(unquote(words) if words.startswith("%") else words)
        if isinstance(value, dict | list):
            yield value


def _unescape(match: re.Match[str]) -> str:
    code = match[1]
    if len(code) > 1:
        return chr(int(code[1:], 16))
    return _SHORT.get(code, code)
