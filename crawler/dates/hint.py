"""Whether a line can hold a date at all: asked of every line of every page, so it must cost little."""

import re
from typing import Final

__all__ = ["might_date"]

# Without letters the engine skips to the next figure, which matching without case forbids it.
_FIGURES: Final = re.compile(r"(?:19|20)\d\d|\d[/.-]\d\d?[/.-]\d\d|[-'\u2019]\d\d")
_WORDS: Final = ("lalu", "silam", " ago", "kemar", "yesterday", "today", "hari ini", "baru saja", "just now")


def might_date(text: str) -> bool:
    """False only where no date stands; most lines end here.

    >>> might_date("Terbit 5/3/24"), might_date("3 jam lalu"), might_date("Kerja bakti di RT 03")
    (True, True, False)
    """
    if _FIGURES.search(text) is not None:
        return True
    lowered = text.lower()
    return lowered.lstrip(" |-\u2013\u00b7\u2022").startswith("se") or any(word in lowered for word in _WORDS)
