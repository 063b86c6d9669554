"""Whether a line can hold a date at all: asked of every line of every page, so it must cost little."""

import re
from typing import Final

__all__ = ["YEAR_FIGURES", "might_date"]

# One of these stands in every date that names its year. Where each alternative begins with a character of
# its own, the engine skips all others.
YEAR_FIGURES: Final = re.compile(r"19\d\d|20\d\d|-\d\d|/\d\d|'\d\d|\u2019\d\d|\.\d\d\.\d\d")


def might_date(text: str) -> bool:
    """False only where no date stands; most lines end here.

    >>> might_date("Terbit 5/3/24"), might_date("3 jam lalu"), might_date("Kerja bakti di RT 03")
    (True, True, False)
    """
    if YEAR_FIGURES.search(text) is not None:
        return True
    lowered = text.lower()
    return lowered.lstrip(" |-\u2013\u00b7\u2022").startswith("se") or _tells_distance(lowered)


def _tells_distance(lowered: str) -> bool:
    # Written out: a loop over the words, or one expression for all, takes three times as long.
    return (
        "lalu" in lowered
        or "silam" in lowered
        or " ago" in lowered
        or "kemar" in lowered
        or "today" in lowered
        or "yesterday" in lowered
        or "hari ini" in lowered
        or "baru saja" in lowered
        or "just now" in lowered
    )
