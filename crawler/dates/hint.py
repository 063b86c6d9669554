"""Whether a line can hold a date at all: asked of every line of every page, so it must cost little."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from crawler.dates.label import Label, read_label
from crawler.dates.word import MONTH_PATTERN, WEEKDAY_PATTERN

__all__ = [
    "YEAR_FIGURES",
    "find_dated",
    "find_ending_date",
    "is_whole_date",
    "might_date",
    "read_closing_date",
]

# One of these stands in every date that names its year. Where each alternative begins with a character of
# its own, the engine skips all others.
YEAR_FIGURES: Final = re.compile(
    r"19\d\d|20\d\d|-\d\d|/\d\d|'\s?\d\d|\u2019\s?\d\d|\.\d\d\.\d\d|\d [A-Za-z]{3,9}\.? \d\d(?!\d)"
)


# "Jumat, 26 Juni 2026 pukul 15.47 WITA", "June 26, 2026 3:47 pm", "26-06-2026 15:47" and nothing beside it.
_CLOCK: Final = (
    r"(?:[\s,T|·-]{0,3}(?:pukul|pkl?|jam|at|pada|@)?\.?\s{0,2}"
    r"\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?:\s?[ap]\.?m\.?)?)"
)
_DAY: Final = (
    rf"(?:{WEEKDAY_PATTERN}[,\s]{{1,3}})?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[\s/.-]{{1,3}}(?:{MONTH_PATTERN}|\d{{1,2}})|{MONTH_PATTERN}\s\d{{1,2}}(?:st|nd|rd|th)?)"
    r"[\s,/.-]{1,3}(?:19|20)\d\d"
)
_ZONE: Final = r"\s?\(?(?:WITA|WIB|WIT|UTC|GMT)?\)?\s*"
_WHOLE: Final = re.compile(rf"\s*{_DAY}{_CLOCK}?{_ZONE}", re.IGNORECASE)
_LONGEST_WHOLE: Final = 60
# "Ditulis 24 September 2026": a label of a few words, and a day to the end.
_ENDING: Final = re.compile(
    rf"(?:[^\W\d_]{{1,20}}[\s:,-]{{1,3}}){{0,3}}?(?P<day>{_DAY}){_CLOCK}?{_ZONE}", re.IGNORECASE
)
# "See timeline at Jun 22, 2026, 10:34:00 AM": few words, none with figures, and a moment to the minute.
_CLOSING: Final = re.compile(
    rf"(?:[^\W\d_]{{1,20}}[\s:,-]{{1,2}}){{1,5}}(?P<moment>{_DAY}{_CLOCK}{_ZONE})", re.IGNORECASE
)
_LONGEST_CLOSING: Final = 90


def is_whole_date(text: str) -> bool:
    """Tell whether a text is a day with its year as people write it, with or without a clock, and no more.

    >>> is_whole_date("Jumat, 26 Juni 2026 pukul 15.47 WITA"), is_whole_date("Rapat 26 Juni 2026")
    (True, False)
    """
    return len(text) <= _LONGEST_WHOLE and _WHOLE.fullmatch(text) is not None


def find_ending_date(text: str) -> int:
    """Find where a day begins that ends a text, behind three words at most; -1 where none does.

    >>> find_ending_date("Tanggal posting: 24 September 2026")
    17
    >>> find_ending_date("Rapat 24 September 2026 diikuti peserta")
    -1
    """
    match = _ENDING.fullmatch(text) if len(text) <= _LONGEST_CLOSING else None
    return -1 if match is None else match.start("day")


def read_closing_date(text: str) -> str:
    """Read the moment that a few words lead up to, as it is written; empty where none closes the text.

    >>> read_closing_date("See timeline at Jun 22, 2026, 10:34:00 AM")
    'Jun 22, 2026, 10:34:00 AM'
    >>> read_closing_date("Rapat 26 Juni 2026"), read_closing_date("Diperbarui pada 26 Juni 2026 10:34")
    ('', '')
    """
    match = _CLOSING.fullmatch(text) if len(text) <= _LONGEST_CLOSING else None
    if match is None or read_label(text[: match.start("moment")]) not in {Label.NONE, Label.PUBLISHED}:
        return ""
    return match["moment"].strip()


def might_date(text: str) -> bool:
    """Tell whether a date may stand there; most lines end here.

    >>> might_date("Terbit 5/3/24"), might_date("3 jam lalu"), might_date("Kerja bakti di RT 03")
    (True, True, False)
    """
    if YEAR_FIGURES.search(text) is not None:
        return True
    lowered = text.lower()
    return _opens_distance(lowered) or _tells_distance(lowered)


def find_dated(lines: Sequence[str]) -> tuple[int, ...]:
    """Find the lines of which `might_date` is true; asked of all at once, it takes half the time.

    >>> find_dated(["Kerja bakti di RT 03", "Terbit 5/3/24", "", "3 jam lalu"])
    (1, 3)
    """
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    years = YEAR_FIGURES.finditer("\n".join(lines))
    figured = {bisect_right(starts, year.start()) - 1 for year in years}
    lowered = [line.lower() for line in lines]
    distant = _tells_distance("\n".join(lowered))
    return tuple(
        number
        for number, line in enumerate(lowered)
        if number in figured or _opens_distance(line) or (distant and _tells_distance(line))
    )


def _opens_distance(lowered: str) -> bool:
    """Whether a line begins with "setahun lalu" or the like."""
    return lowered.lstrip(" |-\u2013\u00b7\u2022").startswith("se")


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
