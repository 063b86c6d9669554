"""Text of strangers, made safe for a terminal, for JSON on a terminal and for a spreadsheet's cell. Pure.

A title, a profile's name or an archive's own words may hold what moves a cursor, turns the direction of
reading or shows nothing at all, and what a spreadsheet runs as a formula.
"""

import re

__all__ = ["drop_hidden", "escape_json", "guard_cell", "show_plain", "unguard_cell"]

# Letters that need a joiner between them (Javanese, Persian, emoji of several people) begin here.
_JOINED = "[\u0600-\u1fff\u2190-\u2fff\u3040-\ud7ff\ufe0f\U00010000-\U000dffff]"
_HIDDEN = re.compile(
    # Controls of terminals; a soft hyphen, joiners and fillers that no font draws
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    # ends of line, directions of reading, marks without width
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    # halves of a pair, which no stream can write, and tags
    "\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
    f"|(?<!{_JOINED})[\u200c\u200d]|[\u200c\u200d](?!{_JOINED})"
)
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
# A comma's table opened where the list separator is a semicolon, as in Indonesia, is cut at every semicolon.
_FORMULA = "[\\s']*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]"
_RISKY = re.compile(f"(^|;)(?={_FORMULA})")
_GUARDED = re.compile(f"(^|;)'(?={_FORMULA})")


def show_plain(text: str) -> str:
    r"""Show as an escape whatever would move, hide or reorder the rest; the answer is one line.

    >>> show_plain("Judul\x1b[2J\nlulus")
    'Judul\\x1b[2J\\nlulus'
    """
    if text.isascii() and text.isprintable():
        return text
    return _HIDDEN.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    number = ord(found[0])
    if found[0] in _SHORT:
        return _SHORT[found[0]]
    if number < 2**8:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 2**16 else f"\\U{number:08x}"


def drop_hidden(text: str) -> str:
    r"""The text without what nobody can see in it; white space stays.

    >>> drop_hidden("Dinas\u200b\tKesehatan")
    'Dinas\tKesehatan'
    """
    return _HIDDEN.sub(lambda found: found[0] if found[0].isspace() else "", text)


def escape_json(document: str) -> str:
    r"""The same JSON with JSON's own escapes for what a terminal must not get; its lines stay lines.

    >>> escape_json('{"a": "\u202e"}')
    '{"a": "\\u202e"}'
    """
    return _HIDDEN.sub(_escape_json, document)


def _escape_json(found: re.Match[str]) -> str:
    mark = found[0]
    if mark == "\n":
        return mark
    units = mark.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def guard_cell(text: str) -> str:
    """A text for a cell of a CSV: what a spreadsheet would run as a formula begins with an apostrophe.

    >>> guard_cell("=1+1"), guard_cell("Rp 5.000,-"), guard_cell("'=1+1")
    ("'=1+1", 'Rp 5.000,-', "''=1+1")
    """
    return _RISKY.sub(r"\1'", text)


def unguard_cell(text: str) -> str:
    """The text that `guard_cell` was given.

    >>> unguard_cell("'=1+1"), unguard_cell("'Aisyiyah")
    ('=1+1', "'Aisyiyah")
    """
    return _GUARDED.sub(r"\1", text)
