"""Whether a line can hold a date at all: asked of every line of every page, so it must cost little."""

import re
from typing import Final

__all__ = ["YEAR_FIGURES", "might_date"]

# One of these stands in every date that names its year. Where each alternative begins with a character of
# its own, the engine skips all others.
YEAR_FIGURES: Final = re.compile(r"19\d\d|20\d\d|-\d\d|/\d\d|'\d\d|\u2019\d\d|\.\d\d\.\d\d")
_WORDS: Final = ("lalu", "silam", " ago", "kemar", "yesterday", "today", "hari ini", "baru saja", "just now")


def might_date(text: str) -> bool:
    """False only where no date stands; most lines end here.

    >>> might_date("Terbit 5/3/24"), might_date("3 jam lalu"), might_date("Kerja bakti di RT 03")
    (True, True, False)
    """
    if YEAR_FIGURES.search(text) is not None:
        return True
    lowered = text.lower()
    return lowered.lstrip(" |-\u2013\u00b7\u2022").startswith("se") or any(word in lowered for word in _WORDS)
