r"""Text measured and wrapped by the cells of a terminal that it takes. Pure.

A cell counts for what the least able terminal draws: a person of two emoji and a joiner is counted as both,
for a line that is held too wide is only wrapped early, while one that is too wide breaks the table.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache

from rich.cells import get_character_cell_size

__all__ = ["longest_word", "measure", "pad", "wrap", "wrap_line"]

_PICTURE = "\ufe0f"
"""Asks for the picture of the sign before it, which takes two cells where the sign takes one."""


def measure(text: str) -> int:
    """Cells that a line takes.

    >>> measure("Dinas"), measure("健康"), measure("☺\ufe0f")
    (5, 4, 2)
    """
    if text.isascii():
        return len(text)
    return sum(map(_measure_cluster, _split_clusters(text)))


@cache
def _cells(sign: str) -> int:
    if "\U0001f1e6" <= sign <= "\U0001f1ff" or "\U0001f3fb" <= sign <= "\U0001f3ff":
        return 2  # letters of flags and colours of skin, drawn on their own where there is no font for both
    found, category = get_character_cell_size(sign), unicodedata.category(sign)
    # A vowel that stands beside its letter; what has no name in Unicode yet may be an emoji of next year.
    return max(found, {"Mc": 1, "Cn": 2}.get(category, 0))


def _split_clusters(text: str) -> Iterator[str]:
    """Each sign with the marks on it, which no line may part."""
    cluster = ""
    for sign in text:
        if cluster and _cells(sign) and unicodedata.category(sign) != "Mc":
            yield cluster
            cluster = ""
        cluster += sign
    if cluster:
        yield cluster


def _measure_cluster(cluster: str) -> int:
    cells = sum(map(_cells, cluster))
    first = cluster[0]
    if (first.isspace() and len(cluster) > 1) or unicodedata.category(first).startswith("M"):
        return cells + 1  # a mark without its letter
    return cells + 1 if _PICTURE in cluster and _cells(first) == 1 else cells


def longest_word(text: str) -> int:
    """Cells of the longest word, 0 where there is none.

    >>> longest_word("Kelurahan Alalak Utara")
    9
    """
    return max(map(measure, text.split()), default=0)


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Fill up to a width with spaces, to the right of the text or to its left."""
    gap = " " * (width - measure(text))
    return gap + text if right else text + gap


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most so many cells; only a word that is longer than a line is broken.

    Args:
        width: at least 2, the width of the widest sign.

    >>> wrap("Kelurahan Alalak Utara", 16)
    ['Kelurahan Alalak', 'Utara']
    """
    lines: list[str] = []
    used = 0
    for word in text.split():
        cells = measure(word)
        if used and used + 1 + cells <= width:
            lines[-1] += f" {word}"
            used += 1 + cells
        else:
            lines += _fold(word, width) if cells > width else [word]
            used = measure(lines[-1])
    return lines


def _fold(word: str, width: int) -> list[str]:
    lines, used = [""], 0
    for cluster in _split_clusters(word):
        cells = _measure_cluster(cluster)
        if used + cells > width:
            lines.append("")
            used = 0
        lines[-1] += cluster
        used += cells
    return lines


def wrap_line(line: str, width: int) -> list[str]:
    """The lines that one becomes; what follows the first stands two cells farther in, where words allow it.

    >>> wrap_line("  place 3 of 20, possible 2 to 5", 20)
    ['  place 3 of 20,', '    possible 2 to 5']
    """
    if measure(line) <= width:
        return [line]
    indent = len(line) - len(line.lstrip(" "))
    hang = max(0, min(indent + 2, width // 2, width - longest_word(line)))
    first, *rest = wrap(line, width - hang) or [""]
    return [" " * min(indent, hang) + first, *(" " * hang + each for each in rest)]
