"""A cell of a registry: its text, where it links to, and whether a formula in it was never computed."""

import re
from typing import Final, Self

__all__ = ["Cell", "read_link"]

_HYPERLINK: Final = re.compile(
    r'=\s*(?:_xlfn\.)?HYPERLINK\s*\(\s*"((?:[^"]|"")*)"\s*[,;)].*', re.IGNORECASE | re.DOTALL
)


class Cell(str):
    """The text that a person sees.

    Attributes:
        target: the address that opens when it is clicked; empty where none does.
        formula: what stands there where its result was not stored; the text is unknown then, not blank.
    """

    target: str
    formula: str
    __slots__ = ("formula", "target")

    def __new__(cls, text: str, *, target: str = "", formula: str = "") -> Self:
        """Make a cell of its text."""
        cell = super().__new__(cls, text)
        cell.target, cell.formula = target, formula
        return cell


def read_link(formula: str) -> str:
    """Tell where a HYPERLINK formula leads; empty where that is computed, or for any other formula.

    >>> read_link('=HYPERLINK("https://www.instagram.com/dinkes_uji/";"@dinkes_uji")')
    'https://www.instagram.com/dinkes_uji/'
    """
    match = _HYPERLINK.fullmatch(formula.strip())
    return match[1].replace('""', '"').strip() if match else ""
