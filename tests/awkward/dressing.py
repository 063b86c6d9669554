"""A day among other words, in an attribute, or in letters that nobody sees."""

from datetime import date, datetime, timedelta

from tests.awkward.days import MONTHS, WEEKDAYS, ago, full, machine, say, zone_name

__all__ = ["age", "hide", "word", "wrap"]

_MARKET = ("Legi", "Pahing", "Pon", "Wage", "Kliwon")
# A Friday Legi, from which the days of the market are counted.
_LEGI = date(1945, 8, 17)
# Of an event, and of a post.
_TWO = (
    ("Tanggal Kegiatan: {e} | Tanggal Posting: {p}"),
    ("Pelaksanaan: {e}<br>Diposting: {p}"),
    ("Diunggah: {p} | Waktu Acara: {e}"),
)
_EDITED = ("{p} (diperbarui {e})", "Terbit: {p} &middot; Diperbarui: {e}", "Diperbarui {e} | Terbit {p}")


_LENGTHS = (("year", 365), ("month", 30), ("week", 7), ("day", 1))
_ONE = {"year": "setahun", "month": "sebulan", "week": "seminggu", "day": "sehari"}
_MANY = {"year": "tahun", "month": "bulan", "week": "minggu", "day": "hari"}


def age(ages: str, moment: datetime, now: datetime) -> str:
    """A post's age in English, or with Indonesian words for one of a kind.

    >>> age("english", datetime(2026, 10, 1), datetime(2026, 11, 25))
    'a month ago'
    >>> age("words", datetime(2026, 11, 24), datetime(2026, 11, 25))
    'sehari yang lalu'
    """
    days = (now - moment).days
    name, length = next((each for each in _LENGTHS if days >= each[1]), ("hour", 0))
    if name == "hour":
        hours = max(1, int((now - moment).total_seconds() // 3600))
        if ages == "english":
            return "an hour ago" if hours == 1 else f"{hours} hours ago"
        return "sejam yang lalu" if hours == 1 else f"{hours} jam yang lalu"
    count = days // length
    if ages == "english":
        return f"a {name} ago" if count == 1 else f"{count} {name}s ago"
    return f"{_ONE[name] if count == 1 else f'{count} {_MANY[name]}'} yang lalu"


def word(wording: str, moment: datetime, edited: datetime, readers: int, dialect: int) -> str:
    """The day as themes and portals word it, as HTML.

    >>> word("yy", datetime(2026, 11, 25, 9), datetime(2026, 11, 26), 12, 0)
    '25-11-26'
    """
    shown = full(moment)
    match wording:
        case "meta_en":
            month, day, year = say("english", moment).replace(",", "").split()
            return f"By Admin | {month[:3]} {day}, {year} | {readers} views | 0 comments"
        case "market":
            market = _MARKET[(moment.date() - _LEGI).days % len(_MARKET)]
            return f"{WEEKDAYS[moment.weekday()]} {market}, {shown}"
        case "ymd":
            return f"{moment:%Y/%m/%d %H:%M} {zone_name(moment)}"
        case "views":
            return f"{shown} | Dibaca 2.{readers % 1000:03d} kali | {readers % 5 + 2} menit baca"
        case "two_days":
            event = moment + timedelta(days=(-6, -2, 0, 3, 9)[readers % 5])
            return _TWO[dialect].format(e=full(event), p=shown)
        case "edited_beside":
            return _EDITED[dialect].format(e=full(edited), p=shown)
        case _:
            return f"{moment:%d-%m-%y}"


def hide(wrapping: str, moment: datetime, now: datetime, dialect: int) -> str:
    """The day in an attribute: of a tooltip above an age, or for a script that writes it."""
    if wrapping == "tooltip":
        age = ago(moment, now, dialect)
        return (
            f'<span title="{full(moment)}, {moment:%H:%M}">{age}</span>',
            f'<abbr class="published" title="{machine(moment)}">{age}</abbr>',
            f'<span data-bs-toggle="tooltip" data-bs-title="{full(moment)}">{age}</span>',
        )[dialect]
    return (
        f'<span data-date="{moment:%Y-%m-%d %H:%M:%S}"></span>',
        f'<span data-timestamp="{int(moment.timestamp())}">&hellip;</span>',
        f'<span data-tanggal="{moment:%d-%m-%Y}"></span>',
    )[dialect]


def wrap(wrapping: str, said: str, moment: datetime, dialect: int) -> str:
    """The same words with breaks, letters that nobody sees, or what was once meant for machines.

    >>> wrap("nbsp", "5 Mei 2026", datetime(2026, 5, 5), 0)
    '5&nbsp;Mei&nbsp;2026'
    """
    match wrapping:
        case "break":
            head, _, year = said.rpartition(" ")
            return said.replace(" ", "<br>") if dialect == 1 else f"{head}<br>{year}"
        case "nbsp":
            return said.replace(" ", ("&nbsp;", "&#160;", "&#8239;")[dialect])
        case "shy":
            return _soften(said, ("&shy;", "&#8203;", "&zwnj;")[dialect])
        case "zero":
            nothing = ("0000-00-00 00:00:00", "1970-01-01T00:00:00+00:00", "")[dialect]
            return f'<time datetime="{nothing}">{said}</time>'
        case "commented":
            older = full(moment - timedelta(days=400 + moment.day))
            return f'<!-- <span class="date">{older}</span> -->{said}'
    return said


def _soften(said: str, sign: str) -> str:
    """Words of months with a sign inside that nobody sees, and one behind the day."""
    for month in MONTHS:
        for name in (month, month.lower(), month.upper()):
            if len(name) > len("Juni") and name in said.split():
                return said.replace(name, f"{name[:3]}{sign}{name[3:]}")
    return said.replace(" ", f"{sign} ", 1)
