"""A page on paper: printed by a browser, drawn to pixels, and what is seen there."""

from dataclasses import dataclass

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from playwright.sync_api import Page

__all__ = ["Sheet", "print_sheets"]

_SCALE = 4
_PIXELS = _SCALE * 0.75
"""Pixels of a sheet that one CSS pixel takes."""
_DARK = 170


@dataclass(frozen=True)
class Sheet:
    """One printed side: its brightness, a row of pixels each, and its lines of text from top to bottom."""

    light: NDArray[np.uint8]
    lines: tuple[str, ...]

    def count_squares(self, smallest: float, largest: float) -> int:
        """Dark squares whose side, in CSS pixels, lies between the two; hollow ones too.

        A letter may pass for one: print without them.
        """
        dark = np.pad(self.light < _DARK, 3)
        corners = dark & ~np.roll(dark, 1, axis=0) & ~np.roll(dark, 1, axis=1)
        low, high = smallest * _PIXELS - 1, largest * _PIXELS + 1
        found = 0
        for y, x in zip(*map(np.ndarray.tolist, np.nonzero(corners)), strict=True):
            side = _square_side(dark, y, x) if dark[y, x] else 0
            if low <= side <= high:
                found += 1
                # A blurred edge has more than one corner.
                dark[y - 1 : y + side + 1, x - 1 : x + side + 1] = False
        return found


def print_sheets(page: Page) -> list[Sheet]:
    """Print with background graphics off, as a browser does unless told otherwise."""
    document = pypdfium2.PdfDocument(page.pdf(print_background=False, prefer_css_page_size=True))
    try:
        return [_sheet(document[number]) for number in range(len(document))]
    finally:
        document.close()


def _sheet(side: pypdfium2.PdfPage) -> Sheet:
    light = side.render(scale=_SCALE, grayscale=True).to_numpy()
    words = side.get_textpage().get_text_bounded()
    return Sheet(
        light.reshape(light.shape[:2]), tuple(line.strip() for line in words.splitlines() if line.strip())
    )


def _square_side(dark: NDArray[np.bool_], y: int, x: int) -> int:
    """The side of the square whose upper left corner this is; 0 where there is none."""
    wide, high = int(np.argmin(dark[y, x:])), int(np.argmin(dark[y:, x]))
    if not wide or abs(wide - high) > 1:
        return 0
    last, right = y + high - 1, x + wide - 1
    closed = dark[last, x : right + 1].all() and dark[y : last + 1, right].all()
    return wide if closed else 0
