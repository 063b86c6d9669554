"""The words dates are written with, Indonesian and English, as they stand on real sites."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from activity.post import Precision

__all__ = [
    "CLOCK",
    "MONTHS",
    "MONTH_BEFORE_DAY",
    "MONTH_PATTERN",
    "UNITS",
    "UNIT_PATTERN",
    "WEEKDAYS",
    "WEEKDAY_PATTERN",
    "ZONES",
]

# Madrasahs and offices of religion publish in Arabic, too; on Borneo and along the strait Malay is read.
_MONTH_SPELLINGS: Final = (
    "januari january jan يناير",
    # Pebruari is the older official spelling; Febuari the commonest slip.
    "februari february pebruari febuari febr pebr feb peb فبراير",
    "maret march mart mar mac mrt مارس",
    "april apr appril أبريل",
    "mei may مايو",
    "juni june jun يونيو",
    "juli july julai jul يوليو",
    # The Ministry's templates shorten Agustus in five ways, jQuery UI in a sixth.
    "agustus august ogos ogs agust agus agst agt ags agu aug أغسطس",
    "september septemberr sept sep سبتمبر",
    "oktober october okteber okt oct أكتوبر",
    "november nopember nov nop نوفمبر",
    "desember december disember des dec ديسمبر",
)
MONTHS: Final[Mapping[str, int]] = {
    word: number for number, words in enumerate(_MONTH_SPELLINGS, 1) for word in words.split()
}
# Longest first, so that "juni" is not read as "jun" and a rest.
MONTH_PATTERN: Final = "(?:" + "|".join(sorted(MONTHS, key=lambda word: -len(word))) + r")(?![^\W\d_])\.?"
# "Agus 12" is an author and how often he was read.
MONTH_BEFORE_DAY: Final = r"(?!agus\b)" + MONTH_PATTERN

_APOSTROPHE: Final = r"(?:['\u2019\u2018`\u00b4\u02bc\u02b9\u2032\"]|&#0?39;|&[rl]squo;|\s)?"
_WEEKDAY_SPELLINGS: Final = (
    # Javanese, Sundanese and Malay days beside those of Indonesian and English.
    "senin monday isnin senen sen mon",
    "selasa tuesday salasa tues sel tue",
    "rabu wednesday rebo rab wed",
    "kamis thursday khamis kemis thurs thur kam thu",
    "jumat jumaat jemuah jemuwah jum friday fri",
    "sabtu saturday saptu setu sab sat",
    "minggu ahad sunday ngahad min aha sun",
)
WEEKDAYS: Final[Mapping[str, int]] = {
    word: number for number, words in enumerate(_WEEKDAY_SPELLINGS) for word in words.split()
}
WEEKDAY_PATTERN: Final = (
    f"(?:jum{_APOSTROPHE}at|" + "|".join(sorted(WEEKDAYS, key=lambda word: -len(word))) + ")"
)

ZONES: Final[Mapping[str, timedelta]] = {
    name: timedelta(hours=hours)
    for name, hours in {
        "WIB": 7, "WITA": 8, "WIT": 9, "UTC": 0, "GMT": 0, "UT": 0, "Z": 0,
        "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    }.items()
}  # fmt: skip
_ZONE: Final = (
    r"(?:WITA|WIB|WIT|UTC|GMT|[ECMP][SD]T|UT|Z)\b(?:\s?[+-]\d{1,2}(?::?\d{2})?(?!\d))?"
    r"|[+-]\d{2}:?\d{2}(?!\d)"
)
# A dotted clock (07.30) is one only beside "pukul" or a zone, or where the text ends with it: "10.30" may as
# well be a price or a count.
CLOCK: Final = (
    r"(?:(?P<word{n}>(?:pukul|pkl?|jam|at|@)\b\.?\s{{0,2}}|@\s?)?"
    r"(?P<hour{n}>[01]?\d|2[0-4])(?:(?P<colon{n}>:)|[.])(?P<minute{n}>[0-5]\d)(?:[:.](?P<second{n}>[0-5]\d)(?:[.,]\d{{1,9}})?)?"
    r"(?!\d|[.:]\d)(?:\s?(?P<half{n}>[ap])\.?m\b\.?)?"
    r"(?:\s?[-\u2013]\s?\d{{1,2}}[.:]\d{{2}}(?!\d))?"
    rf"(?:\s?\(?(?P<zone{{n}}>{_ZONE.replace('{', '{{').replace('}', '}}')})\)?)?)"
)

UNITS: Final[Mapping[str, Precision]] = {
    word: precision
    for precision, words in {
        Precision.SECOND: "detik dtk seconds second secs sec s",
        Precision.MINUTE: "menit mnt minutes minute mins min",
        Precision.HOUR: "jam hours hour hrs hr h",
        Precision.DAY: "hari days day d",
        Precision.WEEK: "minggu mgg pekan weeks week wks wk w",
        Precision.MONTH: "bulan bln months month mos mo",
        Precision.YEAR: "tahun thn th years year yrs yr y",
    }.items()
    for word in words.split()
}
UNIT_PATTERN: Final = "(?:" + "|".join(sorted(UNITS, key=lambda word: -len(word))) + r")(?![^\W\d_])\.?"
