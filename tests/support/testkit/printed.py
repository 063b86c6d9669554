"""A page on paper: printed by a browser, drawn to pixels, and what is seen there."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from playwright.sync_api import Page

__all__ = ["Sheet", "draw_sheets", "print_lines", "print_sheets"]

_SCALE = 4
_PIXELS = _SCALE * 0.75
"""Pixels of a sheet that one CSS pixel takes."""
_DARK = 110


@dataclass(frozen=True)
class Sheet:
    """One printed side: its brightness, a row of pixels each, and its lines of text from top to bottom."""

    light: NDArray[np.uint8]
    lines: tuple[str, ...]

    def count_squares(self, smallest: float, largest: float) -> int:
        """Dark squares whose side, in CSS pixels, lies between the two; hollow ones too.

        A letter may pass for one: print without them.
        """
        low, high = smallest * _PIXELS - 2, largest * _PIXELS + 2
        found = 0
        for wide, tall, pixels in _shapes(self.light < _DARK):
            square = abs(wide - tall) <= 2 and pixels > wide * tall * 0.4
            found += square and low <= wide <= high
        return found


def print_sheets(page: Page) -> list[Sheet]:
    """Print with background graphics off, as a browser does unless told otherwise."""
    return draw_sheets(_print(page))


def draw_sheets(pdf: bytes) -> list[Sheet]:
    """The sides of a PDF."""
    return [Sheet(_light(side), _lines(side)) for side in _open(pdf)]


def print_lines(page: Page) -> list[tuple[str, ...]]:
    """Print the same way, and only read each side's lines of text from top to bottom: many times as fast."""
    return [_lines(side) for side in _open(_print(page))]


def _print(page: Page) -> bytes:
    return page.pdf(print_background=False, prefer_css_page_size=True)


def _open(pdf: bytes) -> Iterator[pypdfium2.PdfPage]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(len(document)):
            yield document[number]
    finally:
        document.close()


def _light(side: pypdfium2.PdfPage) -> NDArray[np.uint8]:
    light: NDArray[np.uint8] = side.render(scale=_SCALE, grayscale=True).to_numpy()
    return light.reshape(light.shape[:2])


def _lines(side: pypdfium2.PdfPage) -> tuple[str, ...]:
    words = side.get_textpage().get_text_bounded()
    return tuple(line.strip() for line in words.splitlines() if line.strip())


def _shapes(dark: NDArray[np.bool_]) -> Iterator[tuple[int, int, int]]:
    """Width, height and number of pixels of each connected shape."""
    left = set(zip(*map(np.ndarray.tolist, np.nonzero(dark)), strict=True))
    while left:
        shape = [left.pop()]
        for y, x in shape:
            for near in ((y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)):
                if near in left:
                    left.remove(near)
                    shape.append(near)
        rows, columns = [y for y, _ in shape], [x for _, x in shape]
        yield max(columns) - min(columns) + 1, max(rows) - min(rows) + 1, len(shape)
