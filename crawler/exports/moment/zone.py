"""The zone that a moment in an export names: an offset, a word, or a place."""

import re
from contextlib import suppress
from datetime import timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

__all__ = ["NamedZone", "split_zone"]

_MINUTES: Final = {
    word: round(hours * 60)
    for hours, words in {
        0: "Z UTC GMT UT WET", 1: "CET WEST WAT", 2: "CEST EET SAST CAT", 3: "EEST MSK EAT", 4: "GST",
        4.5: "AFT", 5: "PKT UZT", 5.75: "NPT", 6.5: "MMT", 7: "WIB ICT",
        8: "WITA SGT MYT PHT PHST HKT BNT AWST", 9: "WIT JST KST TLT",
        9.5: "ACST", 10: "AEST PGT CHST", 10.5: "ACDT", 11: "AEDT", 12: "NZST FJT",
        13: "NZDT", -3: "BRT ART", -4: "EDT", -5: "EST CDT", -6: "MDT", -7: "PDT MST", -8: "PST AKDT",
        -9: "AKST", -10: "HST",
    }.items()
    for word in words.split()
}  # fmt: skip
"""Words of one meaning. CST, IST, BST and the like have several, continents apart: they must be told."""

_CLOCK: Final = r"(?<=[:.]\d\d)(?:[.,]\d{1,9})?"
_HALF: Final = r"(?:\s?[AP]\.?M\.?)?"
_TAIL: Final = re.compile(
    rf"(?P<rest>.*{_CLOCK}{_HALF})\s*\(?\s*"
    r"(?:(?P<base>UTC|GMT)?\s?(?P<sign>[+\u2212-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?"
    r"|(?P<place>[A-Z][a-z]+(?:/[A-Za-z_]+){1,2})"
    r"|(?P<word>[A-Z]{1,5}))\s*\)?",
    re.IGNORECASE | re.DOTALL,
)
_HALVES: Final = frozenset({"AM", "PM", "PAGI", "SIANG", "SORE", "MALAM"})


class NamedZone(NamedTuple):
    """What stands behind a time.

    Attributes:
        offset: from UTC; None for a place, and for a word of no or several meanings.
        place: of the zone's database, such as `Asia/Singapore`.
        word: as it was written, where it told nothing.
    """

    offset: timedelta | None = None
    place: ZoneInfo | None = None
    word: str = ""


def split_zone(text: str) -> tuple[str, NamedZone | None]:
    """Split a moment without its zone, and the zone; None where none stands there.

    >>> split_zone("2026-01-03 23:30:00 SGT")[1].offset == split_zone("2026-01-03 23:30+08")[1].offset
    True
    >>> split_zone("2026-01-03")
    ('2026-01-03', None)
    """
    match = _TAIL.fullmatch(text)
    if match is None or (match["word"] or "").upper() in _HALVES:
        return text, None
    return match["rest"].rstrip(), _read_zone(match)


def _read_zone(match: re.Match[str]) -> NamedZone:
    if match["sign"]:
        minutes = int(match["hours"]) * 60 + int(match["minutes"] or 0)
        if minutes > 14 * 60:
            return NamedZone(word=f"{match['sign']}{match['hours']}{match['minutes'] or ''}")
        return NamedZone(timedelta(minutes=minutes if match["sign"] == "+" else -minutes))
    if match["place"]:
        for name in (match["place"], match["place"].title()):
            with suppress(ZoneInfoNotFoundError, ValueError, OSError):
                return NamedZone(place=ZoneInfo(name))
        return NamedZone(word=match["place"])
    known = _MINUTES.get(match["word"].upper())
    if known is None:
        return NamedZone(word=match["word"])
    return NamedZone(timedelta(minutes=known))
