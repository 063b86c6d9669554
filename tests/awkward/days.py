"""How an office writes a day."""

from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime

from samplecity.almanac import MONTHS

__all__ = ["MONTHS", "WEEKDAYS", "ago", "full", "machine", "rfc822", "say", "shape", "slashed"]

WEEKDAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
_SHORT = (
    ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
    ["Jan", "Peb", "Mar", "Apr", "Mei", "Jun", "Jul", "Ags", "Sept", "Okt", "Nop", "Des"],
)
_ENGLISH = (
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
)
_NAMES = {7: "WIB", 8: "WITA", 9: "WIT"}


def full(day: date) -> str:
    """`2 April 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def slashed(day: date) -> str:
    """`2/4/2026`."""
    return f"{day.day}/{day.month}/{day.year}"


def zone_name(moment: datetime) -> str:
    """`WITA`."""
    offset = moment.utcoffset() or timedelta()
    return _NAMES[int(offset.total_seconds() // 3600)]


def rfc822(moment: datetime) -> str:
    """`Wed, 25 Nov 2026 09:12:00 +0700`."""
    return format_datetime(moment)


def machine(moment: datetime) -> str:
    """`2026-11-25T09:12:00+07:00`."""
    return moment.isoformat(timespec="seconds")


def local_z(moment: datetime) -> str:
    """The local clock with the letter of UTC: wrong, and common."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def utc_day(moment: datetime) -> str:
    """The day that UTC has."""
    return f"{moment.astimezone(UTC):%Y-%m-%d}"


def indonesian_rfc822(moment: datetime) -> str:
    """`Rab, 25 Nov 2026 09:12:00 +0700` with Indonesian names."""
    weekday, month = WEEKDAYS[moment.weekday()][:3], _SHORT[0][moment.month - 1]
    return f"{weekday}, {moment.day:02d} {month} {moment:%Y %H:%M:%S %z}"


def ago(moment: datetime, now: datetime, dialect: int = 0) -> str:
    """`2 bulan, 1 minggu lalu`, `3 hr lalu`, `5 jam yang lalu`; an interval, never a day beyond a week."""
    rest = now - moment
    hours = int(rest.total_seconds() // 3600)
    if hours < 24:
        return f"{max(hours, 1)} jam yang lalu"
    days = rest.days
    if dialect == 1:
        return f"{days} hr lalu" if days < 30 else f"{days // 30} bln lalu"
    said = []
    for name, length in (("bulan", 30), ("minggu", 7), ("hari", 1)):
        number, days = divmod(days, length)
        if number:
            said.append(f"{number} {name}")
    return f"{', '.join(said[: 2 if dialect == 0 else 1])} {'lalu' if dialect == 0 else 'yang lalu'}"


_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_HIJRI = ("Muharram", "Safar", "Rabiul Awal", "Jumadil Akhir", "Rajab", "Sya'ban", "Ramadhan", "Syawal")


def shape(form: str, moment: datetime, dialect: int = 0) -> str:
    """The day in one of the forms that few sites have, as HTML."""
    weekday, month = WEEKDAYS[moment.weekday()], _SHORT[0][moment.month - 1]
    match form:
        case "roman":
            sign = ("/", "-", " / ")[dialect]
            return f"{moment.day}{sign}{_ROMAN[moment.month - 1]}{sign}{moment.year}"
        case "short_year":
            return f"{weekday}, {moment:%d-%m-%y}"
        case "sentence":
            day = f"{moment:%d-%m-%y}" if dialect else full(moment)
            return f"Diposting oleh admin pada {day} dalam kategori Umum, dibaca {moment.minute * 7 + 1} kali"
        case "hijri":
            other = f"{moment.day % 28 + 2} {_HIJRI[moment.month % 8]} 1447 H"
            return f"{other} / {moment.day:02d} {MONTHS[moment.month - 1]} {moment.year} M"
        case _:
            shown = f"{moment.day} {month} {moment.year}, {moment:%H:%M}"
            return f'<time datetime="{local_z(moment)}">{shown}</time>'


def say(style: str, moment: datetime, dialect: int = 0) -> str:
    """The text of a date in a style that names day, month and year (`day_month`: no year)."""
    day, clock = full(moment), f"{moment:%H:%M} {zone_name(moment)}"
    weekday, short = WEEKDAYS[moment.weekday()], _SHORT[dialect % 2][moment.month - 1]
    match style:
        case "weekday":
            return f"{'Jum`at'.replace('`', chr(39)) if weekday == 'Jumat' and dialect else weekday}, {day}"
        case "clock":
            return f"{weekday}, {moment.day:02d} {MONTHS[moment.month - 1]} {moment.year} | {clock}"
        case "short":
            return f"{moment.day:02d} {short} {moment.year}"
        case "capitals":
            return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}".upper()
        case "slashed":
            return f"{moment:%d/%m/%Y}" if dialect else f"{moment:%d/%m/%Y %H:%M}"
        case "dashed":
            return f"{moment:%d-%m-%Y}"
        case "iso":
            return f"{moment:%Y-%m-%d %H:%M:%S}" if dialect else f"{moment:%Y-%m-%d}"
        case "mdy":
            return f"{moment.month}/{moment.day}/{moment.year}"
        case "english":
            return f"{_ENGLISH[moment.month - 1]} {moment.day}, {moment.year}"
        case "day_month":
            return f"{moment.day} {short}"
        case _:
            return day
