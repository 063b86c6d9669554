"""The visible part of a page as flat arrays in document order, cheap to climb and to cut."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from activity.speech.plain import drop_hidden
from crawler.dates.hint import find_dated, find_ending_date

__all__ = ["HEADINGS", "INLINE", "Outline", "TextLine", "build_outline"]

_UNSEEN: Final = frozenset(
    {
        "-comment",
        "head",
        "script",
        "style",
        "noscript",
        "svg",
        "select",
        "textarea",
        "template",
        "iframe",
        "button",
    }
)
HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
INLINE: Final = frozenset(
    {
        "a",
        "abbr",
        "b",
        "bdi",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
    }
    | {
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "timeago",
        "-text",
    }
)
# A page of a million elements must not stop the crawl: what lies beyond is not read.
_MOST_NODES: Final = 40_000
# A sign and a text: `<li title="26 Juni 2026"><i></i> 6 hari</li>`.
_MOST_IN_SMALL: Final = 3
_MOST_DEPTH: Final = 60
# Links in `<noscript>` are the page of a reader without a script, unless they tell how to get one.
_PAGE_OF_LINKS: Final = 3
_FEWEST_WORDS: Final = 3
_SCRIPT: Final = re.compile(r"java\s?script|peramban|browser", re.IGNORECASE)
# Beside a break, of a day's words: "Tanggal posting: 26", "November", "2026 09.15 WITA".
_MOST_PARTS: Final = 2
_LONGEST_PART: Final = 40


# Not frozen: a page has hundreds, and to freeze one takes most of the time of making it.
@dataclass(eq=False)
class TextLine:
    """Text that a reader sees as one line.

    Attributes:
        indices: of its texts in the outline.
        parts: those texts, which one space each joins.
    """

    text: str
    indices: tuple[int, ...]
    parts: tuple[str, ...]

    @property
    def first(self) -> int:
        """Index of its first text."""
        return self.indices[0]

    @property
    def last(self) -> int:
        """Index of its last text."""
        return self.indices[-1]

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(part) + 1 for part in self.parts[:-1]), initial=0))

    @property
    def offsets(self) -> Iterator[tuple[int, int]]:
        """Where each text begins in the line, with its index."""
        return zip(self._starts, self.indices, strict=True)

    def is_whole(self, start: int, end: int) -> bool:
        """Tell whether a span lies in one text."""
        return self.index_at(start) == self.index_at(end - 1)

    def index_at(self, position: int) -> int:
        """Find the node that holds the character at a position."""
        return self.indices[max(0, bisect_right(self._starts, position) - 1)]


@dataclass(frozen=True)
class Outline:
    """Visible nodes in document order.

    Attributes:
        nodes: elements and texts.
        tags: their names; `-text` for a text.
        parents: index of the parent, -1 for the root.
        ends: index behind the last descendant, so that `range(i, ends[i])` is the subtree of i.
        texts: a text's characters with spaces folded, empty for elements.
        runs: indices of the texts that stand in one line, line by line.
        regions: what was found out about the elements above, kept by those who ask.
        unlinked: lines with their links blanked out, by their first text, kept likewise.
    """

    nodes: list[LexborNode]
    tags: list[str]
    parents: list[int]
    ends: list[int]
    texts: list[str]
    runs: list[list[int]]
    regions: dict[tuple[str, frozenset[int]], dict[int, bool]] = field(
        default_factory=dict, repr=False, compare=False
    )
    unlinked: dict[int, str] = field(default_factory=dict, repr=False, compare=False)
    _marks: dict[int, str] = field(default_factory=dict, repr=False, compare=False)

    def index_of(self, node: LexborNode) -> int | None:
        """Find where an element stands; None where it is not visible."""
        tag, place = node.tag, node.mem_id
        alike = (index for index, own in enumerate(self.tags) if own == tag)
        return next((index for index in alike if self.nodes[index].mem_id == place), None)

    def ancestors(self, index: int) -> Iterator[int]:
        """List the parent, its parent, and so on; pages nested thousands deep are climbed a little only."""
        parent = self.parents[index]
        for _ in range(_MOST_DEPTH):
            if parent < 0:
                return
            yield parent
            parent = self.parents[parent]

    def is_small(self, index: int) -> bool:
        """Tell whether an element is of a line, or holds little more than a text: `<li>6 hari</li>`."""
        return self.tags[index] in INLINE or self.ends[index] - index <= _MOST_IN_SMALL

    def attribute(self, index: int, name: str) -> str:
        """Read an element's attribute, empty where it has none."""
        return (self.nodes[index].attributes.get(name) or "") if self.tags[index] != "-text" else ""

    def marks(self, index: int) -> str:
        """Read an element's class, id and role, for telling what part of the page it is."""
        known = self._marks.get(index)
        if known is None:
            attributes = {} if self.tags[index] == "-text" else self.nodes[index].attributes
            known = " ".join(filter(None, map(attributes.get, ("class", "id", "role"))))
            self._marks[index] = known
        return known

    def text_of(self, index: int) -> str:
        """Join all the text below an element, one space between its parts."""
        parts = [text for text in self.texts[index : self.ends[index]] if text]
        return " ".join(parts).strip()

    @cached_property
    def lines(self) -> tuple[TextLine, ...]:
        """The text cut at block elements and line breaks."""
        return tuple(map(self._line, self.runs))

    @cached_property
    def dated(self) -> tuple[int, ...]:
        """Numbers of the lines in which a date may stand; there is none in any other."""
        return find_dated([line.text for line in self.lines])

    @cached_property
    def published(self) -> dict[int, str]:
        """What `<meta itemprop="datePublished">` states of the items on the page, by their elements."""
        found: dict[int, str] = {}
        for index, tag in enumerate(self.tags):
            if tag != "meta" or "datePublished" not in self.attribute(index, "itemprop").split():
                continue
            above = (i for i in self.ancestors(index) if "itemscope" in self.nodes[i].attributes)
            found.setdefault(next(above, -1), self.attribute(index, "content"))
        return found

    def line_before(self, number: int) -> int:
        """Find the line before one, over a cell that holds a colon and nothing else; -1 before the first."""
        before = number - 1
        return before - 1 if before > 0 and self.lines[before].text in {":", "-", "|"} else before

    def _line(self, run: list[int]) -> TextLine:
        parts = tuple([self.texts[index] for index in run])
        return TextLine(" ".join(parts), tuple(run), parts)


def build_outline(tree: LexborHTMLParser) -> Outline:
    """Flatten a tree once; about a microsecond a node, which is why nearly nothing is called from here."""
    outline = Outline([], [], [], [], [], [])
    nodes, tags, parents = outline.nodes, outline.tags, outline.parents
    ends, texts, runs = outline.ends, outline.texts, outline.runs
    run: list[int] | None = None
    node, parent, count = tree.root, -1, 0
    while node is not None and count < _MOST_NODES:
        # Asked first, for to name a node takes ten times as long.
        if node.is_text_node:
            if tags[parent] == "pre":
                run = _add_preformatted(outline, node, parent, run)
                count = len(tags)
            elif not node.is_empty_text_node and (folded := _fold(node.text_content or "")):
                if run is None:
                    run = []
                    runs.append(run)
                run.append(count)
                count += 1
                nodes.append(node)
                tags.append("-text")
                parents.append(parent)
                texts.append(folded)
                ends.append(count)
        elif (tag := node.tag) is not None and (tag not in _UNSEEN or _is_read(node, tag, tags[parent])):
            if tag not in INLINE and not (tag == "br" and _is_in_date(node)):
                run = None
            below = node.first_child
            nodes.append(node)
            tags.append(tag)
            parents.append(parent)
            texts.append("")
            count += 1
            ends.append(count)
            if below is not None:
                node, parent = below, count - 1
                continue
        node = node.next if parent >= 0 else None
        while node is None and parent >= 0:
            ends[parent] = count
            if tags[parent] not in INLINE:
                run = None
            above = parents[parent]
            node, parent = (nodes[parent].next if above >= 0 else None), above
    while parent >= 0:
        ends[parent] = count
        parent = parents[parent]
    return outline


def _fold(text: str) -> str:
    # Of all that is space only a blank is printable, so that most texts need no splitting into words.
    if text.isprintable() and "  " not in text:
        return text.strip()
    # A month is a word whatever soft hyphen stands in it; such signs are none of ASCII's.
    return " ".join((text if text.isascii() else drop_hidden(text)).split())


def _is_read(node: LexborNode, tag: str, above: str) -> bool:
    """Whether readers see what mostly is not seen of a page.

    A button is what a heading says, as in Bootstrap's accordions; others offer to do something. `<noscript>`
    holds the list itself where a script draws that for everybody else.
    """
    if tag == "noscript":
        links = len(node.css("a[href]"))
        if 0 < links < _PAGE_OF_LINKS:
            # The last page of a list holds one card, too (the awkward site 3500206).
            text = node.text(separator=" ")
            return len(text.split()) >= _FEWEST_WORDS and not _SCRIPT.search(text)
        return links > 0
    return tag == "button" and above in HEADINGS


def _is_in_date(node: LexborNode) -> bool:
    """Whether a break stands within a day: `26 Agustus<br>2026`, or each of its three words on a line."""
    before, behind = _texts_beside(node.prev, back=True), _texts_beside(node.next, back=False)
    if not before or not behind:
        return False
    parts = ((" ".join(before[-one:]), " ".join(behind[:two])) for one, two in ((1, 1), (2, 1), (1, 2)))
    return any(0 <= find_ending_date(f"{left} {right}") < len(left) for left, right in parts)


def _texts_beside(node: LexborNode | None, *, back: bool) -> list[str]:
    """Up to two short texts between breaks, in the order of the page."""
    found: list[str] = []
    while node is not None and len(found) < _MOST_PARTS:
        if node.is_text_node:
            text = _fold(node.text_content or "")
            if len(text) > _LONGEST_PART:
                break
            if text:
                found.append(text)
        elif node.tag != "br":
            break
        node = node.prev if back else node.next
    return found[::-1] if back else found


def _add_preformatted(
    outline: Outline, node: LexborNode, parent: int, run: list[int] | None
) -> list[int] | None:
    """Every line of preformatted text is a line of its own; what follows goes on behind the last."""
    for number, line in enumerate((node.text_content or "").split("\n")):
        if number:
            run = None
        if folded := " ".join(line.split()):
            if run is None:
                run = []
                outline.runs.append(run)
            run.append(len(outline.tags))
            outline.nodes.append(node)
            outline.tags.append("-text")
            outline.parents.append(parent)
            outline.texts.append(folded)
            outline.ends.append(len(outline.tags))
    return run
