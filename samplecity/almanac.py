"""Moments as Indonesian sites write them."""

from datetime import date, datetime

__all__ = ["MONTHS", "ago", "day_name", "long_date", "zone_label"]

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_LABELS = {7: "WIB", 8: "WITA", 9: "WIT"}


def day_name(day: date) -> str:
    """The weekday, `Senin` to `Minggu`."""
    return _DAYS[day.weekday()]


def long_date(day: date, *, padded: bool = False) -> str:
    """`13 Januari 2026`; padded, `03 Januari 2026`.

    >>> long_date(date(2026, 1, 3))
    '3 Januari 2026'
    """
    number = f"{day.day:02d}" if padded else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"


def zone_label(moment: datetime) -> str:
    """WIB, WITA or WIT; empty outside Indonesia."""
    offset = moment.utcoffset()
    return _LABELS.get(int(offset.total_seconds() // 3600), "") if offset is not None else ""


def ago(then: datetime, now: datetime) -> str:
    """Tell how long ago, in the largest whole unit, as listings round it down.

    >>> ago(datetime(2026, 1, 1), datetime(2026, 4, 2))
    '3 bulan yang lalu'
    """
    seconds = max(0, int((now - then).total_seconds()))
    for unit, length in (
        ("tahun", 31_536_000),
        ("bulan", 2_592_000),
        ("minggu", 604_800),
        ("hari", 86_400),
        ("jam", 3_600),
        ("menit", 60),
    ):
        if seconds >= length:
            return f"{seconds // length} {unit} yang lalu"
    return "baru saja"
