"""Lists of objects as scripts write them, which is not yet JSON: `[{judul: 'Rapat', tgl: "…"}]`."""

import re
from collections.abc import Iterator
from typing import Any, Final

from crawler.extract.page.json_value import decode_first

__all__ = ["read_literals"]

MAX_TRIES = 6
MAX_LENGTH = 300_000
_TITLED: Final = tuple(f"{word}{end}" for word in ("itle", "udul", "eadline") for end in (":", " :", "':"))
_BEGIN: Final = re.compile(r"\[\s*\{\s*['\"]?[\w$]+['\"]?\s*:")
_TOKEN: Final = re.compile(
    # What is never closed ends with its line or the text, so that nothing is looked through twice.
    r"\"(?:[^\"\\\n]|\\.)*+\"?|'(?:[^'\\\n]|\\.)*+'?|`(?:[^`\\]|\\.)*+`?"
    r"|//[^\n]*|/\*.*?(?:\*/|\Z)|new\s+Date\(|[A-Za-z_$][\w$]*+(?=\s*+:)"
    r"|[A-Za-z_$][\w$.]*+(?:\[[^\[\]{}]{0,300}\]|\([^(){}]{0,300}\))*+|,(?=\s*+[}\])])|![01]|\)",
    re.S,
)
_COLON: Final = re.compile(r"\s*+:")
_WORDS: Final = {
    "true": "true",
    "false": "false",
    "null": "null",
    "undefined": "null",
    "!0": "true",
    "!1": "false",
}


def read_literals(text: str) -> Iterator[list[Any]]:
    """Read lists of objects with a title in a script; what computes its values is not read.

    >>> list(read_literals("let daftar = [{judul: 'Rapat', id: 3, tgl: new Date('2026-03-04'),}]"))
    [[{'judul': 'Rapat', 'id': 3, 'tgl': '2026-03-04'}]]
    """
    if not any(key in text for key in _TITLED):
        return
    position = 0
    for _ in range(MAX_TRIES):
        match = _BEGIN.search(text, position)
        if match is None:
            return
        written = _TOKEN.sub(_rewrite, text[match.start() : match.start() + MAX_LENGTH])
        value = decode_first(written)[0]
        position = match.end()
        if isinstance(value, list):
            yield value
            # The rest of the same list begins with an object again.
            position += len(written) // 2 if len(value) > 50 else 0


def _rewrite(match: re.Match[str]) -> str:
    token = match[0]
    if token[0] in "\"'`":
        return _quote(token)
    if token in _WORDS:
        return _WORDS[token]
    if token[0] in "/,)" or token.startswith("new"):
        return ""
    # A name that is no key stands for a value that only the script knows.
    return f'"{token}"' if _COLON.match(match.string, match.end()) else "null"


def _quote(token: str) -> str:
    if token[0] == '"':
        return token
    inner = token[1:-1].replace(f"\\{token[0]}", token[0])
    inner = re.sub(r'(?<!\\)"', r'\\"', inner)
    return '"' + re.sub(r"\\([^\"\\/bfnrtu])", r"\1", inner).replace("\n", "\\n") + '"'
