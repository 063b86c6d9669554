"""What a page may ask of the parser, bounded by one linear scan ahead of it.

Lexbor needs time quadratic in the depth of open blocks and in the attributes of a tag, and as many nodes as
two bad loops multiply: two million nested `<div>` keep it busy for hours, 130 kB of unclosed `<font>` fill
the memory of a machine. Browsers stop at a depth of 512 and lay what is deeper side by side; so does this
scan, which an honest page leaves as it came.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

__all__ = ["MOST_DEPTH", "MOST_TEXT", "bound_markup"]

MOST_DEPTH: Final = 512
MOST_ATTRIBUTES: Final = 512
# Of formatting that is never closed; each paragraph that follows opens all of it anew.
MOST_OPEN_FORMATS: Final = 64
MOST_REOPENED: Final = 200_000
MOST_TAGS: Final = 150_000
MOST_TEXT: Final = 3_000_000
# Below these the parser's worst is a tenth of a second, and the depth is not looked at: true of nearly every
# article. So many of any kind make no more of it than 400 formats do before 3,600 paragraphs.
_FEW_TAGS: Final = 2_400
_SOME_TAGS: Final = 4_000
_FEW_FORMATS: Final = 400
_SHORT_TAG: Final = 8_192
_LARGE: Final = 1_000_000

_EMBEDDED: Final = re.compile(r"(;base64,)[\w+/=%]{256,}+")
# All that follows is read as the parser reads it, letter for letter: where the two part, a page could hide
# from the scan what it shows the parser. Other spaces than these, and other letters than ASCII's, are names.
_S: Final = r" \t\n\f\r"
_NAME_ENDS: Final = rf"(?=[{_S}/>])"
# An equals sign where a name is awaited begins one; a quote opens a value only right behind the sign.
_NAME: Final = rf"[^{_S}/>][^{_S}/>=]*+"
_UNQUOTED: Final = rf"[^{_S}>\"'][^{_S}>]*+"
_ONE_VALUE: Final = (
    rf"[{_S}/]*+{_NAME}(?:[{_S}]*+=[{_S}]*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|{_UNQUOTED})?+)?+"
)
_ATTRIBUTE: Final = re.compile(_ONE_VALUE)
_VALUES: Final = rf"(?:{_ONE_VALUE})*+[{_S}/]*+"
# The short form, up to the tag's end: for tags that cannot hold too many.
_FEW_VALUES: Final = (
    rf"(?:[{_S}/]*+{_NAME}(?:=\"[^\"]*+\"|[{_S}]*+=[{_S}]*+(?:\"[^\"]*+\"|'[^']*+'|{_UNQUOTED}|(?=>)))?+){{0,100}}+"
    rf"[{_S}/]*+>"
)
# Half of a page: an element with nothing but text and pictures in it, which leaves the depth as it was.
_LEAF: Final = (
    rf"<(span|a|i|b|em|strong|small|time|h[1-6]|td|th|li|option|label){_NAME_ENDS}{_FEW_VALUES}[^<]*+"
    rf"(?:<(?:img|br){_NAME_ENDS}{_FEW_VALUES}[^<]*+)*+</\1[{_S}]*+>"
)
_TAG: Final = re.compile(
    rf"{_LEAF}|<(?:!--(?:-?>|.*?(?:--!?>|\Z))|[!?][^>]*+(?:>|\Z)|/(?![a-zA-Z])[^>]*+(?:>|\Z)"
    rf"|(?P<slash>/?)(?P<name>[a-zA-Z][^{_S}/>]*+)(?P<values>{_VALUES})(?:>|\Z))",
    re.S | re.IGNORECASE | re.ASCII,
)
_HOLD_NO_TAGS: Final = ("style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
# A script within a script's comment ends before the script around it does.
_INNER_SCRIPT: Final = (
    rf"<script{_NAME_ENDS}(?:[^<-]++|-(?!->)|<(?!/script{_NAME_ENDS}))*+(?:</script{_NAME_ENDS})?+"
)
_SCRIPT: Final = (
    rf"(?:[^<]++|<(?!/script{_NAME_ENDS}|!--)"
    rf"|<!--(?:-?>|(?:[^<-]++|-(?!->)|<(?!/?script{_NAME_ENDS})|{_INNER_SCRIPT})*+(?:-->)?+))*+"
)
_HELD: Final = {
    "script": _SCRIPT,
    **{name: rf"[^<]*+(?:<(?!/{name}{_NAME_ENDS})[^<]*+)*+" for name in _HOLD_NO_TAGS},
}
_NOT_COMMON: Final = rf"(?!(?:{'|'.join(_HELD)}|svg|math|plaintext){_NAME_ENDS})"
# Those whose first letter is none of theirs are not held against the names.
_COMMON: Final = rf"<(?:[a-hj-loqru-wyz]|{_NOT_COMMON}[a-z])[^{_S}/>]*+{_FEW_VALUES}"
_ENDED: Final = rf"</[a-z][^{_S}/>]*+(?:>|{_FEW_VALUES})"
_REMARK: Final = r"<!--(?!-?>)(?:[^-]++|-(?!-!?>))*+--!?>|<\?[^>]*+>"
# Drawings and formulas that hold nothing but what reads alike within one and outside: no text that could hold
# tags, and nothing that ends them or leads back to the page's own elements.
_NOT_DRAWN: Final = (
    r"b|big|blockquote|body|br|center|code|dd|desc|div|dl|dt|em|embed|font|foreignobject|h[1-6]|head|hr|i|img|li"
    r"|listing|menu|meta|nobr|ol|p|pre|ruby|s|small|span|strong|strike|sub|sup|table|tt|u|ul|var|svg|math"
)
_DRAWN: Final = (
    rf"(?:[^<]++|<(?!/?(?:{_NOT_DRAWN}){_NAME_ENDS})(?:/|{_NOT_COMMON})[a-z][^{_S}/>]*+{_FEW_VALUES}"
    rf"|<title{_NAME_ENDS}{_FEW_VALUES}[^<]*+</title>"
    rf"|<style{_NAME_ENDS}{_FEW_VALUES}(?:<!\[CDATA\[[^<\]]*+\]\]>)?+[^<]*+</style>|{_REMARK})*+"
)
_FOREIGN: Final = {
    "svg": rf"<svg{_NAME_ENDS}{_FEW_VALUES}{_DRAWN}"
    rf"(?:<svg{_NAME_ENDS}{_FEW_VALUES}{_DRAWN}</svg>{_DRAWN})*+</svg>",
    "math": rf"<math{_NAME_ENDS}{_FEW_VALUES}"
    rf"(?:[^<]++|</?(?:m(?!ath)[a-z]{{1,20}}|semantics|annotation){_NAME_ENDS}{_FEW_VALUES})*+</math>",
}
# A page none of whose tags has many attributes, told without a step for each tag: ends, common tags, what
# holds no tags up to its end, drawings and formulas, comments. (No groups: those of possessive repetitions
# are not kept right.)
_FEW_EACH: Final = re.compile(
    rf"[^<]*+(?:(?:{_ENDED}|{_COMMON}"
    + "".join(rf"|<{name}{_NAME_ENDS}{_FEW_VALUES}{held}" for name, held in _HELD.items())
    + rf"|{_FOREIGN['svg']}|{_FOREIGN['math']}|{_REMARK}|<!(?!--)[^>]*+>|<(?![a-z/!?]))[^<]*+)*+\Z",
    re.IGNORECASE | re.ASCII,
)


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_VOID: Final = _names(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr"
)
_RAW: Final = {name: re.compile(held, re.IGNORECASE | re.ASCII) for name, held in _HELD.items()}
_DRAWING: Final = {name: re.compile(whole, re.IGNORECASE | re.ASCII) for name, whole in _FOREIGN.items()}
# `<g x=/>` is not closed by its slash, which is part of the value; the last equals sign tells, so that a run
# of them is walked once.
_SLASHED_VALUE: Final = re.compile(r"=[^\"'>=]*/>")
_FORMATS: Final = _names("a b big code em font i nobr s small strike strong tt u")
_FORMATTED: Final = re.compile(
    r"<(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/]", re.IGNORECASE
)
_SCOPES: Final = _names("applet button caption html marquee object table td template th")
_BLOCKS: Final = _names(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup listing main menu nav ol p pre search section summary ul li dd "
    "dt table"
)
_SPECIAL: Final = _BLOCKS | _SCOPES | _names("body head select tbody tfoot thead tr")
# Between an item and the one that follows, these alone keep it from being closed by that.
_FIRM: Final = _SPECIAL - {"address", "div", "p"}
_ITEMS: Final = {"li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd")}
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
# What such a tag closes only where nothing stands between.
_ON_TOP: Final = {**dict.fromkeys(_HEADINGS, _HEADINGS), **dict.fromkeys(("option", "optgroup"), ("option",))}
# Which open elements a tag closes without a word, and which of their parents keep it from doing so.
_CELLS: Final = ("td", "th"), ("table",)
_GROUPS: Final = ("tbody", "thead", "tfoot"), ("table",)
_IMPLIED: Final = {
    "tr": (("tr",), ("table",)),
    **dict.fromkeys(("td", "th"), _CELLS),
    **dict.fromkeys(("tbody", "thead", "tfoot"), _GROUPS),
    "button": (("button",), ("table", "td", "th")),
}
_IN_PARAGRAPH: Final = ("p",), ("table", "td", "th", "button", "caption", "object")
_NEVER_CLOSED: Final = frozenset({"html", "body", "form"})


def bound_markup(html: str, most_text: int = MOST_TEXT) -> str:
    """Bound a page's text for the parser; it is the very same object where it asks for nothing unusual.

    Args:
        most_text: letters that are kept, pictures that stand in the text not counted.

    >>> bound_markup("<div>" * 5_000 + "dalam").count("<div>")
    512
    """
    if len(html) > _LARGE:
        html = _EMBEDDED.sub(r"\1", html)[:most_text]
    return html if _is_modest(html) else _Scan(html).run()


def _is_modest(html: str) -> bool:
    """Whether a page is too small a thing to take long, whatever it holds."""
    tags = html.count("<")
    if tags > _FEW_TAGS:
        tags -= html.count("</")
    if tags > _SOME_TAGS or (tags > _FEW_TAGS and len(_FORMATTED.findall(html)) > _FEW_FORMATS):
        return False
    return _FEW_EACH.match(html) is not None


@dataclass(slots=True)
class _Scan:
    """One walk over a page's tags, as far as the depth of what is open needs it."""

    html: str
    stack: list[str] = field(default_factory=list)
    places: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    special: list[int] = field(default_factory=list)
    firm: list[int] = field(default_factory=list)
    dropped: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    formats: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    active: int = 0
    reopened: int = 0

    def run(self) -> str:
        html, find = self.html, _TAG.search
        kept: list[str] = []
        position = behind = count = 0
        while (match := find(html, position)) is not None:
            position = match.end()
            _, slash, name, attributes = match.groups()
            if name is None:
                continue
            count += 1
            if count > MOST_TAGS or self.reopened > MOST_REOPENED:
                html, position = html[: match.start()], match.start()
                break
            name = name.lower()
            if name in _FOREIGN and not slash and (end := self._end_drawing(name, match.start())):
                position = end
                continue
            if not (self._close(name) if slash else self._open(name, match[0])):
                kept.append(html[behind : match.start()])
                behind = position
            elif len(attributes) > _SHORT_TAG:
                kept.append(html[behind : match.start("values")] + _cut_attributes(attributes) + ">")
                behind = position
            if not slash and name in _RAW:
                held = _RAW[name].match(html, position)
                position = held.end() if held is not None else position
        return "".join([*kept, html[behind:]]) if kept or html is not self.html else html

    def _end_drawing(self, name: str, begin: int) -> int | None:
        """Where a drawing ends that need not be looked into; None where it may hide something."""
        drawing = _DRAWING[name].match(self.html, begin)
        if drawing is None or _SLASHED_VALUE.search(drawing[0]):
            return None
        return drawing.end() if len(self.stack) + _depth_of(drawing[0]) <= MOST_DEPTH else None

    def _open(self, name: str, tag: str) -> bool:
        """Whether an opening tag may stay.

        One that begins a strange drawing may not: within it, other tags hold text, others close themselves.
        """
        if name in _FOREIGN:
            self.dropped[name] += 1
            return False
        self._close_before(name)
        if name in _VOID or name in _RAW or name in {"html", "body"}:
            return True
        formatting = name in _FORMATS
        if len(self.stack) >= MOST_DEPTH or (formatting and self.active >= MOST_OPEN_FORMATS):
            self.dropped[name] += 1
            return False
        if formatting:
            self._activate(name, tag)
        self.places[name].append(len(self.stack))
        if name in _SPECIAL:
            self.special.append(len(self.stack))
            if name in _FIRM:
                self.firm.append(len(self.stack))
        self.stack.append(name)
        return True

    def _close_before(self, name: str) -> None:
        """Close what an opening tag closes without a word."""
        if name in _IMPLIED:
            self._imply(*_IMPLIED[name])
        elif name in _ON_TOP and self.stack and self.stack[-1] in _ON_TOP[name]:
            self._pop(len(self.stack) - 1)
        elif name in _ITEMS and self.firm and self.stack[self.firm[-1]] in _ITEMS[name]:
            self._pop(self.firm[-1])
        elif name == "a" and self.places[name] and self._reaches(name, self.places[name][-1]):
            self._pop(self.places[name][-1])
        if name in _BLOCKS:
            if self.places["p"]:
                self._imply(*_IN_PARAGRAPH)
            self.reopened += self.active if self.active > 8 else 0

    def _activate(self, name: str, tag: str) -> None:
        """Note formatting that stays in force until it is closed; of the same tag three at most do."""
        if name == "a":  # a link ends the one before
            self.active -= len(self.formats.pop(name, ()))
        if self.formats[name][-3:].count(tag) < 3:
            self.formats[name].append(tag)
            self.active += 1

    def _close(self, name: str) -> bool:
        """Whether a closing tag may stay."""
        if self.dropped[name]:
            self.dropped[name] -= 1
            return False
        if name in _FORMATS and self.formats[name]:
            self.formats[name].pop()
            self.active -= 1
        places = self.places.get(name)
        if places and name not in _NEVER_CLOSED and self._reaches(name, places[-1]):
            self._pop(places[-1])
        elif name == "form" and self.stack and self.stack[-1] == name:
            self._pop(len(self.stack) - 1)
        return True

    def _reaches(self, name: str, place: int) -> bool:
        """Whether nothing stands between a closing tag and its element that would keep them apart."""
        if name not in _SPECIAL:
            return not self.special or self.special[-1] < place
        barriers = ("table",) if name in _SCOPES else ("table", "td", "th", "caption", "button", "object")
        return all(not self.places[each] or self.places[each][-1] <= place for each in barriers)

    def _imply(self, names: tuple[str, ...], barriers: tuple[str, ...]) -> None:
        places = [self.places[name][-1] for name in names if self.places[name]]
        if places:
            last = max(places)
            if all(not self.places[each] or self.places[each][-1] < last for each in barriers):
                self._pop(last)

    def _pop(self, place: int) -> None:
        while len(self.stack) > place:
            self.places[self.stack.pop()].pop()
        while self.special and self.special[-1] >= place:
            self.special.pop()
        while self.firm and self.firm[-1] >= place:
            self.firm.pop()


def _depth_of(drawing: str) -> int:
    """How deep a drawing is at most: a tag's end counts where it closes what was opened last."""
    stack: list[str] = []
    deepest = 0
    for match in _TAG.finditer(drawing):
        name = match["name"]
        if name is None:
            continue
        if not match["slash"]:
            if match[0][-2] != "/":
                stack.append(name)
                deepest = max(deepest, len(stack))
        elif stack and stack[-1] == name:
            stack.pop()
    return deepest


def _cut_attributes(attributes: str) -> str:
    position = 0
    for _ in range(MOST_ATTRIBUTES):
        match = _ATTRIBUTE.match(attributes, position)
        if match is None:
            break
        position = match.end()
    return attributes[:position]
