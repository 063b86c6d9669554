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
# Below these the parser's worst is some milliseconds, and nothing is scanned: true of nearly every article.
_FEW_TAGS: Final = 1_500
_SOME_TAGS: Final = 4_000
_FEW_FORMATS: Final = 400
_SHORT_TAG: Final = 8_192
_SHORT: Final = 256_000
_LARGE: Final = 1_000_000

_EMBEDDED: Final = re.compile(r"(;base64,)[\w+/=%]{256,}+")
# A value between quotes may hold `>`; the short form is for tags that cannot hold too many.
_VALUES: Final = r"(?:[^=>]++|=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))?)*+"
_FEW_VALUES: Final = r"(?:[^=>]{1,100}+|=\s{0,9}+(?:\"[^\"]*+\"|'[^']*+')?){0,40}+"
# Half of a page: an element with nothing but text and pictures in it, which leaves the depth as it was.
_LEAF: Final = (
    r"<(span|a|i|b|em|strong|small|time|h[1-6]|td|th|li|option|label)(?=[\s>])" + _FEW_VALUES + ">[^<]*+"
    r"(?:<(?:img|br)(?=[\s>/])" + _FEW_VALUES + r">[^<]*+)*+</\1\s*>"
)
_TAG: Final = re.compile(
    rf"{_LEAF}|<(?:!--(?:-?>|.*?(?:--!?>|\Z))|[!?][^>]*+(?:>|\Z)|/(?![a-zA-Z])[^>]*+(?:>|\Z)"
    rf"|(?P<slash>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<values>{_VALUES})(?:>|\Z))",
    re.S | re.IGNORECASE,
)
_HOLD_NO_TAGS: Final = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
_NOT_COMMON: Final = rf"(?!/?(?:{'|'.join(_HOLD_NO_TAGS)}|svg|math)(?![^\s/>]))"
_COMMON: Final = rf"<{_NOT_COMMON}/?[a-z][^\s/>]*+{_FEW_VALUES}>"
_ENDED: Final = rf"</[a-z][^\s/>]*+{_FEW_VALUES}>"
# A page none of whose tags has many attributes, told without a step for each tag: text, common tags, what
# holds no tags up to its end, drawings that hold nothing of that kind but text, comments. (No groups: those
# of possessive repetitions are not kept right.)
_FEW_EACH: Final = re.compile(
    rf"(?:[^<]++|{_COMMON}|{_ENDED}"
    + "".join(
        rf"|<{name}(?=[\s/>]){_FEW_VALUES}>[^<]*+(?:<(?!/{name}(?![\w-]))[^<]*+)*+" for name in _HOLD_NO_TAGS
    )
    + "".join(
        rf"|<{name}(?=[\s/>]){_FEW_VALUES}>(?:[^<]++|{_COMMON}"
        rf"|<(?:title>[^<]*+</title>|style(?=[\s>]){_FEW_VALUES}>[^<]*+</style>))*+</{name}>"
        for name in ("svg", "math")
    )
    + r"|<!--(?!-?>)(?:[^-]++|-(?!-!?>))*+--!?>|<!(?!--)[^>]*+>|<(?![a-z/!?]))*+\Z",
    re.IGNORECASE,
)
_ATTRIBUTE: Final = re.compile(
    r"[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s>]*+))?"
)


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_VOID: Final = _names(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr"
)
_RAW: Final = {name: re.compile(rf"</{name}(?![\w-])", re.IGNORECASE) for name in _HOLD_NO_TAGS}
_FOREIGN: Final = ("svg", "math")
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
    """A page's text as the parser may have it; the very same object where it asks for nothing unusual.

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
    tags = html.count("<") - html.count("</")
    if tags > _SOME_TAGS or (tags > _FEW_TAGS and len(_FORMATTED.findall(html)) > _FEW_FORMATS):
        return False
    # Most of what is long between two tags is a script's.
    short = len(html) <= _SHORT and _are_short(html)
    return short or _FEW_EACH.match(html) is not None


def _are_short(html: str) -> bool:
    """Whether a tag's end comes again and again within a short tag's length."""
    place = 0
    while len(html) - place > _SHORT_TAG:
        place = html.rfind(">", place, place + _SHORT_TAG + 1) + 1
        if place == 0:
            return False
    return True


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
            if not (self._close(name) if slash else self._open(name, attributes, match[0])):
                kept.append(html[behind : match.start()])
                behind = position
            elif len(attributes) > _SHORT_TAG:
                kept.append(html[behind : match.start("values")] + _cut_attributes(attributes) + ">")
                behind = position
            if not slash and name in _RAW and not any(self.places[each] for each in _FOREIGN):
                end = _RAW[name].search(html, position)
                position = end.start() if end is not None else len(html)
        return "".join([*kept, html[behind:]]) if kept or html is not self.html else html

    def _open(self, name: str, attributes: str, tag: str) -> bool:
        """Whether an opening tag may stay."""
        self._close_before(name)
        if name in _VOID or name in _RAW or name in {"html", "body"}:
            return True
        if attributes.endswith("/") and any(self.places[each] for each in _FOREIGN):
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


def _cut_attributes(attributes: str) -> str:
    position = 0
    for _ in range(MOST_ATTRIBUTES):
        match = _ATTRIBUTE.match(attributes, position)
        if match is None:
            break
        position = match.end()
    return attributes[:position]
