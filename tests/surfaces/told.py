"""A day in attributes, tooltips, two languages and two calendars, with zones, halves of the day and ages."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Final

from tests.awkward.days import MONTHS, WEEKDAYS
from tests.surfaces.post import NOW, Post, day_of, named_day
from tests.surfaces.surface import Surface
from tests.surfaces.words import ago, badge, short

__all__ = ["told"]

_HIJRI: Final = (
    "Muharram",
    "Safar",
    "Rabi'ul Awwal",
    "Rabi'ul Akhir",
    "Jumadil Awal",
    "Jumadil Akhir",
    "Rajab",
    "Sya'ban",
    "Ramadhan",
    "Syawal",
    "Dzulqa'dah",
    "Dzulhijjah",
)
_SHORT_WEEKDAYS: Final = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Ming")
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def _url(post: Post) -> str:
    return f"/berita/{post.slug}"


def _item(say: Callable[[Post], str], post: Post) -> str:
    return f'<div class="item"><h4><a href="{_url(post)}">{post.title}</a></h4><div>{say(post)}</div><p>{post.lead}</p></div>'


def _hijri(day: date) -> str:
    """`15 Jumadil Akhir 1448 H`, by the tables of the civil calendar."""
    rest = (day - date(622, 7, 19)).days
    cycles, rest = divmod(rest, 10631)
    year = cycles * 30
    for n in range(1, 31):
        length = 355 if (11 * n + 14) % 30 < 11 else 354
        if rest < length:
            break
        rest -= length
    month, length = 0, 30
    while rest >= length and month < 11:
        rest, month = rest - length, month + 1
        length = 29 if month % 2 else 30
    return f"{rest + 1} {_HIJRI[month]} {year + n} H"


def _half(post: Post) -> str:
    return (
        f"{(post.when.hour - 1) % 12 + 1:02d}:{post.when.minute:02d} {'AM' if post.when.hour < 12 else 'PM'}"
    )


def _brief(post: Post) -> str:
    """`3 mgg lalu`."""
    count, unit = ago(post).split()[:2]
    return f"{count} {({'jam': 'j', 'hari': 'hr', 'minggu': 'mgg', 'bulan': 'bln'})[unit]} lalu"


def _about(post: Post) -> str:
    """`sekitar 2 bulan yang lalu`, as date-fns has it."""
    return ago(post) if " hari " in ago(post) or " jam " in ago(post) else f"sekitar {ago(post)}"


def _ordinal(post: Post) -> str:
    day = post.when.day
    end = "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{post.when:%B} {day}{end}, {post.when.year}"


def _today(post: Post) -> str:
    """Words for three days, days of the week in short for others."""
    gone = (NOW.date() - post.when.date()).days
    words = ("Hari ini", "Kemarin", "Kemarin lusa")
    return f"{words[gone]} pukul {post.when:%H.%M}" if gone < 3 else short(post)


# What both the list and the article show; each of (post) -> HTML.
_SAID: Final[dict[str, Callable[[Post], str]]] = {
    "time without datetime": lambda p: f"<time>{named_day(p.when)}</time>",
    "time with an empty datetime": lambda p: f'<time datetime="">{short(p)}</time>',
    "two languages, figures and words": lambda p: (
        f"{day_of(p.when)} / {p.when:%B} {p.when.day}, {p.when.year}"
    ),
    "two languages, weekdays": lambda p: f"{p.when:%A, %d %B %Y} | {WEEKDAYS[p.when.weekday()]}, {short(p)}",
    "Hijri behind": lambda p: f"{named_day(p.when)} M / {_hijri(p.when.date())}",
    "Hijri before": lambda p: f"{_hijri(p.when.date())} | {day_of(p.when)}",
    "Hijri in brackets, clock": lambda p: f"{short(p)} ({_hijri(p.when.date())}) {p.when:%H:%M} WITA",
    "a template's WIB on a local clock": lambda p: f"{named_day(p.when)} - {p.when:%H:%M:%S} WIB",
    "AM and PM behind": lambda p: f"{short(p)} {_half(p)}",
    "AM and PM before": lambda p: f"{_half(p)}, {p.when:%d/%m/%Y}",
    "short weekdays": lambda p: f"{_SHORT_WEEKDAYS[p.when.weekday()]}, {short(p)}",
    "Jum`at and Ahad as entities": lambda p: (
        named_day(p.when).replace("Jumat", "Jum&#039;at").replace("Minggu", "Ahad")
    ),
    "English ordinals": _ordinal,
    "Roman months": lambda p: f"{p.when.day}-{_ROMAN[p.when.month - 1]}-{p.when.year}",
    "label and value in boxes": lambda p: (
        f"<div>Tanggal Publikasi</div><div>{short(p)}</div><div>Penulis</div><div>Admin</div>"
    ),
    "year above month above day": lambda p: f"<b>{p.when.year}</b><i>{badge(p)[1]}</i><u>{badge(p)[0]}</u>",
    "made, edited, read": lambda p: (
        f"Dibuat: {day_of(p.when)} | Diubah: {day_of(p.edited)} | Dibaca: {p.readers}"
    ),
    "edited before made": lambda p: (
        f"Diperbarui {short(p).replace(badge(p)[0], f'{p.edited.day:02d}', 1) if p.edited.month == p.when.month else day_of(p.edited)} &middot; Terbit {short(p)}"
    ),
    "no blanks": lambda p: (
        f"{WEEKDAYS[p.when.weekday()]},{p.when.day:02d}{MONTHS[p.when.month - 1]}{p.when.year}"
    ),
    "today, yesterday, the day before": _today,
}
# What the list shows where articles tell the day in words; each of (post) -> HTML.
_LISTED: Final[dict[str, Callable[[Post], str]]] = {
    "tooltip of a framework": lambda p: (
        f'<a href="#" data-bs-toggle="tooltip" title="{named_day(p.when)} {p.when:%H:%M}">{ago(p)}</a>'
    ),
    "abbr without a year": lambda p: (
        f'<abbr class="published" title="{p.when.isoformat()}">{" ".join(badge(p))}</abbr>'
    ),
    "data-timestamp": lambda p: f'<span class="waktu" data-timestamp="{int(p.when.timestamp())}"></span>',
    "short ages": _brief,
    "ages of date-fns": _about,
    "placeholders of a script": lambda _: "<span>{{ item.tanggal | date:'d MMM y' }}</span>",
    "an icon's label": lambda p: f'<i class="bi bi-calendar" aria-label="Diterbitkan {day_of(p.when)}"></i>',
}


def told() -> Iterator[Surface]:
    """All of them."""
    pagers = ("numbers", "words", "arrows", "old")
    for n, (name, say) in enumerate(_SAID.items()):
        yield Surface(f"told: {name}", partial(_item, say), say, pager=pagers[n % 4])
    for name, say in _LISTED.items():
        yield Surface(f"told: {name} in the list", partial(_item, say), lambda p: day_of(p.when))
    yield Surface(
        "told: data-date of the card, in no words",
        lambda p: (
            f'<article class="kartu" data-date="{p.when:%Y-%m-%d}" data-kategori="umum">'
            f'<h3><a href="{_url(p)}">{p.title}</a></h3><p>{p.lead}</p></article>'
        ),
        lambda _: "Oleh Admin",
    )
    yield Surface(
        "told: data-date of the event, articles tell the posting",
        lambda p: (
            f'<article class="kartu" data-date="{p.event - timedelta(days=2):%Y-%m-%d}">'
            f'<h3><a href="{_url(p)}">{p.title}</a></h3><p>{p.lead}</p></article>'
        ),
        lambda p: named_day(p.when),
    )
    yield Surface(
        "told: data-date of the event, words of the posting",
        lambda p: (
            f'<article class="kartu" data-event-date="{p.event + timedelta(days=9):%Y-%m-%d}">'
            f'<h3><a href="{_url(p)}">{p.title}</a></h3><p>{short(p)}</p></article>'
        ),
        short,
    )
