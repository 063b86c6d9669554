"""How public templates write a moment: each a fact of some program or helper, in no other words than a date's."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from tests.awkward.days import MONTHS, WEEKDAYS
from tests.surfaces.post import NOW, Post

__all__ = ["FORMS", "ago", "ago_english", "badge", "django", "short"]

_SHORT: Final = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
_SLIPS: Final = (
    "Januari", "Pebruari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "SeptemberR", "Okteber", "Nopember", "Desember",
)  # fmt: skip
_DJANGO: Final = (
    "Jan.",
    "Feb.",
    "March",
    "April",
    "May",
    "June",
    "July",
    "Aug.",
    "Sept.",
    "Oct.",
    "Nov.",
    "Dec.",
)
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def short(post: Post) -> str:
    """`05 Jan 2026`."""
    return f"{post.when.day:02d} {_SHORT[post.when.month - 1]} {post.when.year}"


def badge(post: Post) -> tuple[str, str]:
    """`05` and `Jan`."""
    return f"{post.when.day:02d}", _SHORT[post.when.month - 1]


def django(post: Post) -> str:
    """`Jan. 5, 2026, 8:15 a.m.`."""
    half = "a.m." if post.when.hour < 12 else "p.m."
    clock = f"{(post.when.hour - 1) % 12 + 1}:{post.when.minute:02d}"
    return f"{_DJANGO[post.when.month - 1]} {post.when.day}, {post.when.year}, {clock} {half}"


def _steps(post: Post) -> tuple[int, int]:
    """How many of which unit, as Carbon has it: rounded down; 0 minute, 1 hour, 2 day, 3 week, 4 month."""
    gone: timedelta = NOW - post.when
    if gone < timedelta(days=1):
        return int(gone.total_seconds() // 3600), 1
    if gone.days < 7:
        return gone.days, 2
    return (gone.days // 7, 3) if gone.days < 30 else (gone.days // 30, 4)


def ago(post: Post) -> str:
    """`3 minggu yang lalu`."""
    count, unit = _steps(post)
    return f"{count} {('menit', 'jam', 'hari', 'minggu', 'bulan')[unit]} yang lalu"


def ago_english(post: Post) -> str:
    """`3 weeks ago`."""
    count, unit = _steps(post)
    return f"{count} {('minute', 'hour', 'day', 'week', 'month')[unit]}{'s' if count > 1 else ''} ago"


def _long(post: Post, months: tuple[str, ...] = MONTHS) -> str:
    return f"{post.when.day:02d} {months[post.when.month - 1]} {post.when.year}"


def _twelve(post: Post) -> str:
    """PHP's `h:i:s`: no half of the day."""
    return f"{(post.when.hour - 1) % 12 + 1:02d}:{post.when.minute:02d}:{post.when.second:02d}"


FORMS: Final[Mapping[str, Callable[[Post], str]]] = {
    "clock, dot, weekday": lambda p: (
        f'{p.when:%H:%M} <span style="margin:0 5px"><svg width="4" height="5"><circle r="2"/></svg></span> '
        f"{WEEKDAYS[p.when.weekday()]}, {_long(p)}"
    ),
    "Mon, 05-01-2026": lambda p: f"{_DAYS[p.when.weekday()]}, {p.when:%d-%m-%Y}",
    "Jan 5, 2026": lambda p: f"{p.when:%b} {p.when.day}, {p.when.year}",
    "Maret, 14 2026 | counters": lambda p: (
        f"{MONTHS[p.when.month - 1]}, {p.when.day} {p.when.year} | {p.readers * 7} kali dilihat | 50 komentar"
    ),
    "Mei 05, 2026": lambda p: f"{MONTHS[p.when.month - 1]} {p.when.day:02d}, {p.when.year}",
    "Agu 05, 2026": lambda p: f"{_SHORT[p.when.month - 1]} {p.when.day:02d}, {p.when.year}",
    "slips of the months": lambda p: _long(p, _SLIPS),
    "05-Mei-2026": lambda p: f"{p.when.day:02d}-{MONTHS[p.when.month - 1]}-{p.when.year}",
    "Feb 24 2026": lambda p: f"{p.when:%b %d %Y}",
    "Posting: admin / 12 Januari": lambda p: f"Posting: admin / {_long(p)}",
    "12-hour clock without a half": lambda p: (
        f'<img src="/i/user.png"> Diposting oleh <strong>Administrator</strong> | <img src="/i/cal.png"> Tanggal post'
        f" <strong>{short(p)}    {_twelve(p)} </strong> | <img src='/i/cat.png'> Kategori <strong>Umum</strong>"
    ),
    "BY admin – 5/1/2026": lambda p: f"BY <b>admin</b> – {p.when.day}/{p.when.month}/{p.when.year}",
    "moment with seconds": lambda p: (
        f"{WEEKDAYS[p.when.weekday()]}, {p.when.day} {MONTHS[p.when.month - 1]} {p.when.year} {p.when.hour}:{p.when:%M:%S}"
    ),
    "diposting pada 2026-01-05": lambda p: f"diposting pada {p.when:%Y-%m-%d}",
    "2026-01-05 08:15:00": lambda p: f"<i class='fa fa-calendar'></i> {p.when:%Y-%m-%d %H:%M:%S}",
    "12/01/26": lambda p: f"<i class='fa fa-clock-o'></i> {p.when:%d/%m/%y}",
    "12 Jan 26": lambda p: (
        f"<i class='fa fa-clock-o'></i> {p.when.day:02d} {_SHORT[p.when.month - 1]} {p.when:%y}"
    ),
    "12.01.2026 08.15": lambda p: f"{p.when:%d.%m.%Y %H.%M} Wita",
    "2026/01/05": lambda p: f"{p.when:%Y/%m/%d}",
    "weekday | clock": lambda p: f"{WEEKDAYS[p.when.weekday()]}, {_long(p)} | {p.when:%H:%M} WITA",
    "capitals": lambda p: f"{WEEKDAYS[p.when.weekday()]}, {_long(p)}".upper(),
    "weekday of another day": lambda p: f"{WEEKDAYS[(p.when.weekday() + 2) % 7]}, {_long(p)}",
    "Publish : and Update :": lambda p: (
        f"Publish : {_long(p)} &nbsp; Update : {p.edited.day:02d} {MONTHS[p.edited.month - 1]} {p.edited.year}"
    ),
    "Tgl. Posting, Jam": lambda p: f"Tgl. Posting : {short(p)} Jam : {p.when:%H:%M:%S}",
    "icons as text": lambda p: (
        f'<i class="material-icons">calendar_today</i> {short(p)} <i class="material-icons">visibility</i> {p.readers * 31}'
    ),
    "event, person: icons as text": lambda p: (
        f'<span class="material-icons">event</span>{short(p)} <span class="material-icons">person</span>Humas'
    ),
    "Django": django,
    "Hugo": lambda p: f"{p.when:%A, %B} {p.when.day}, {p.when.year}",
    "parts in spans": lambda p: (
        f"<span>{WEEKDAYS[p.when.weekday()]},</span> <span>{p.when.day}</span> <span>{MONTHS[p.when.month - 1]}</span>"
        f" <span>{p.when.year}</span>"
    ),
    "month above day": lambda p: (
        f"<div class='b'>{_SHORT[p.when.month - 1]}</div><div class='d'>{p.when.day:02d}</div><div class='y'>{p.when.year}</div>"
    ),
    "month/day/year with half": lambda p: f"{p.when:%m/%d/%Y %I:%M %p}",
    "in brackets": lambda p: f"[{p.when:%d/%m/%Y}] - dibaca {p.readers} x",
    "counter like a year": lambda p: f"{_long(p)} - Dibaca: {1990 + p.number % 40} kali",
    "Oleh : Admin, pada": lambda p: (
        f"Oleh : Admin, pada {_long(p)} Pukul {p.when:%H.%M} WITA, dibaca : {p.readers} kali"
    ),
    "ddd MMM YYYY with colon": lambda p: f"Tanggal : {_long(p)}  Kategori : Umum  Hits : 2{p.number:03d}",
    "Kamis / 05 Januari 2026": lambda p: f"{WEEKDAYS[p.when.weekday()]} / {_long(p)}",
    "05 Januari 2026 - 10:12:33 WITA": lambda p: (
        f"{WEEKDAYS[p.when.weekday()]}, {_long(p)} - {p.when:%H:%M:%S} WITA"
    ),
    "d/n/Y labelled": lambda p: (
        f"<em>dipublikasi pada tanggal: {p.when.day}/{p.when.month}/{p.when.year}</em>"
    ),
    "• between": lambda p: f"{_long(p)} • {p.when:%H:%M}",
    "05 Jan' 26": lambda p: f"{p.when.day:02d} {_SHORT[p.when.month - 1]}' {p.when:%y}",
    "05Jan2026": lambda p: f"{p.when.day:02d}{_SHORT[p.when.month - 1]}{p.when.year}",
    "SQL with fraction": lambda p: f"{p.when:%Y-%m-%d %H:%M:%S}.000000",
}
