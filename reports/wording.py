"""How numbers and days are written in each language."""

from datetime import date
from enum import StrEnum

from activity.errors import ConfigError

__all__ = [
    "SWAP",
    "Language",
    "phrase_date",
    "phrase_month",
    "phrase_month_of",
    "phrase_number",
    "phrase_percent",
]

_MONTHS = {
    "id": (
        [
            "Januari",
            "Februari",
            "Maret",
            "April",
            "Mei",
            "Juni",
            "Juli",
            "Agustus",
            "September",
            "Oktober",
            "November",
            "Desember",
        ],
        ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
    ),
    "en": (
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    ),
}
SWAP = str.maketrans(",.", ".,")
"""English marks of thousands and decimals to Indonesian ones, and back."""


class Language(StrEnum):
    """A language that people read."""

    ID = "id"
    EN = "en"

    @classmethod
    def parse(cls, text: str) -> "Language":
        """Read `id` or `en`; raises ConfigError for anything else."""
        try:
            return cls(text)
        except ValueError:
            raise ConfigError("Unknown language {text!r}.", "Use id or en.", text=text) from None


def phrase_number(value: float, language: Language, digits: int = 0) -> str:
    """Write a number with that many decimals.

    >>> phrase_number(1234.5, Language.ID, 2), phrase_number(1234.5, Language.EN, 2)
    ('1.234,50', '1,234.50')
    """
    english = f"{value:,.{digits}f}"
    return english.translate(SWAP) if language is Language.ID else english


def phrase_percent(share: float, language: Language) -> str:
    """Write a share of 1 in percent, rounded down so that only a whole is called 100.

    >>> phrase_percent(0.996, Language.ID)
    '99%'
    """
    return f"{phrase_number(int(share * 100 + 1e-9), language)}%"


def phrase_date(day: date, language: Language, *, short: bool = False) -> str:
    """Write a day in words.

    >>> phrase_date(date(2017, 8, 17), Language.ID), phrase_date(date(2017, 8, 17), Language.EN, short=True)
    ('17 Agustus 2017', '17 Aug 2017')
    """
    return f"{day.day} {_MONTHS[language][short][day.month - 1]} {day.year}"


def phrase_month(number: int, language: Language) -> str:
    """Name a month, 1 to 12, in three letters.

    >>> phrase_month(5, Language.ID)
    'Mei'
    """
    return _MONTHS[language][1][number - 1]


def phrase_month_of(day: date, language: Language) -> str:
    """Name the month that a day lies in.

    >>> phrase_month_of(date(2026, 3, 1), Language.ID)
    'Maret 2026'
    """
    return f"{_MONTHS[language][0][day.month - 1]} {day.year}"
