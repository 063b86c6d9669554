"""The visible part of a page as flat arrays in document order, cheap to climb and to cut."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["Line", "Outline", "build_outline"]

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
_INLINE: Final = frozenset(
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
_MOST_DEPTH: Final = 60


@dataclass(frozen=True, slots=True)
class Line:
    """Text that a reader sees as one line.

    Attributes:
        first: index of its first text.
        last: index of its last text.
        offsets: where each text begins in the line, with its index.
    """

    text: str
    first: int
    last: int
    offsets: tuple[tuple[int, int], ...]

    def index_at(self, position: int) -> int:
        """The node that holds the character at a position."""
        found = self.first
        for offset, index in self.offsets:
            if offset > position:
                break
            found = index
        return found


@dataclass(frozen=True)
class Outline:
    """Visible nodes in document order.

    Attributes:
        nodes: elements and texts.
        tags: their names; `-text` for a text.
        parents: index of the parent, -1 for the root.
        ends: index behind the last descendant, so that `range(i, ends[i])` is the subtree of i.
        texts: a text's characters with spaces folded, empty for elements.
        regions: what was found out about the elements above, kept by those who ask.
    """

    nodes: list[LexborNode]
    tags: list[str]
    parents: list[int]
    ends: list[int]
    texts: list[str]
    regions: dict[tuple[str, frozenset[int]], dict[int, bool]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _marks: dict[int, str] = field(default_factory=dict, repr=False, compare=False)

    def index_of(self, node: LexborNode) -> int | None:
        """Where an element stands; None where it is not visible."""
        tag, place = node.tag, node.mem_id
        alike = (index for index, own in enumerate(self.tags) if own == tag)
        return next((index for index in alike if self.nodes[index].mem_id == place), None)

    def ancestors(self, index: int) -> Iterator[int]:
        """The parent, its parent, and so on; pages nested thousands deep are climbed a little only."""
        parent = self.parents[index]
        for _ in range(_MOST_DEPTH):
            if parent < 0:
                return
            yield parent
            parent = self.parents[parent]

    def attribute(self, index: int, name: str) -> str:
        """An element's attribute, empty where it has none."""
        return (self.nodes[index].attributes.get(name) or "") if self.tags[index] != "-text" else ""

    def marks(self, index: int) -> str:
        """An element's class, id and role, for telling what part of the page it is."""
        known = self._marks.get(index)
        if known is None:
            attributes = {} if self.tags[index] == "-text" else self.nodes[index].attributes
            known = " ".join(filter(None, map(attributes.get, ("class", "id", "role"))))
            self._marks[index] = known
        return known

    def text_of(self, index: int) -> str:
        """All the text below an element, one space between its parts."""
        parts = [text for text in self.texts[index : self.ends[index]] if text]
        return " ".join(parts).strip()

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The text cut at block elements and line breaks."""
        blocks = self._blocks()
        found: list[Line] = []
        run: list[int] = []
        for index, text in enumerate(self.texts):
            if not text:
                if self.tags[index] not in _INLINE and run:
                    found.append(self._join(run))
                    run = []
                continue
            if run and blocks[run[-1]] != blocks[index]:
                found.append(self._join(run))
                run = []
            run.append(index)
        if run:
            found.append(self._join(run))
        return tuple(found)

    def _blocks(self) -> list[int]:
        blocks: list[int] = []
        for index, tag in enumerate(self.tags):
            parent = self.parents[index]
            blocks.append(index if parent < 0 or tag not in _INLINE else blocks[parent])
        return blocks

    def _join(self, run: list[int]) -> Line:
        offsets, parts, position = [], [], 0
        for index in run:
            offsets.append((position, index))
            parts.append(self.texts[index])
            position += len(self.texts[index]) + 1
        return Line(" ".join(parts), run[0], run[-1], tuple(offsets))


def build_outline(tree: LexborHTMLParser) -> Outline:
    """Flatten a tree once; about a microsecond a node."""
    nodes: list[LexborNode] = []
    tags: list[str] = []
    parents: list[int] = []
    texts: list[str] = []
    waiting: list[tuple[LexborNode, int]] = [] if tree.root is None else [(tree.root, -1)]
    while waiting and len(nodes) < _MOST_NODES:
        node, parent = waiting.pop()
        following = node.next if parent >= 0 else None
        if following is not None:
            waiting.append((following, parent))
        tag = node.tag or "-comment"
        if tag == "-text":
            content = node.text_content or ""
            # Every line of preformatted text is a line of its own.
            parts = _split(content) if tags[parent] == "pre" else [" ".join(content.split())]
            for part in parts:
                if part or len(parts) > 1:
                    nodes.append(node)
                    tags.append("-text" if part else "br")
                    parents.append(parent)
                    texts.append(part)
        elif tag not in _UNSEEN:
            below = node.first_child
            if below is not None:
                waiting.append((below, len(nodes)))
            nodes.append(node)
            tags.append(tag)
            parents.append(parent)
            texts.append("")
    return Outline(nodes, tags, parents, _ends(parents), texts)


def _split(text: str) -> list[str]:
    """The lines of a text with an empty string between any two."""
    found: list[str] = []
    for number, line in enumerate(text.split("\n")):
        if number:
            found.append("")
        if folded := " ".join(line.split()):
            found.append(folded)
    return found


def _ends(parents: list[int]) -> list[int]:
    ends = list(range(1, len(parents) + 1))
    for index in range(len(parents) - 1, 0, -1):
        parent = parents[index]
        ends[parent] = max(ends[parent], ends[index])
    return ends
