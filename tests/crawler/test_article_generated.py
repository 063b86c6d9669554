"""Drawn pages whose day only a reader sees: it is read where it stands, and nothing else ever is.

Drawn are the place of the day, its label, how it is written, the classes, and what else names days. With the
page comes the truth. Machines are told nothing.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from activity.visit import Fetch, Page, Purpose
from crawler.extract.article.post import extract_article
from crawler.extract.page.document import parse_document
from testkit.zone import JAKARTA as ZONE

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=ZONE)
_INDONESIAN = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
_ENGLISH = "January February March April May June July August September October November December"
_SHORT = "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des"
MONTHS = {
    "id": _INDONESIAN.split(),
    "ids": _SHORT.split(),
    "en": _ENGLISH.split(),
    "ens": [month[:3] for month in _ENGLISH.split()],
}
WEEKDAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
TITLES = {
    "id": (
        "Gotong royong membersihkan kali",
        "Lurah Melati buka musyawarah pembangunan",
        "Pengumuman hasil seleksi tenaga pendamping",
        "Posyandu anggrek raih penghargaan provinsi",
    ),
    "en": (
        "Neighbours clean the old canal",
        "Mayor opens the new public library",
        "Seven ways to save water at home",
        "Council publishes its yearly report",
    ),
}
TEXTS = {
    "id": (
        "warga bersama perangkat kelurahan membersihkan saluran air sejak pagi hari sampai selesai.",
        "kegiatan ini merupakan tindak lanjut dari rencana kerja tahunan yang sudah dibahas bersama.",
        "acara berjalan lancar dan tertib, dihadiri oleh tokoh masyarakat serta perangkat daerah.",
    ),
    "en": (
        "neighbours cleaned the drains together with the officers from early morning until noon.",
        "the work follows a plan that was discussed with everybody who lives along the water.",
        "all went well, and the officers thanked those who had come to help them with it.",
    ),
}


LABELS = {
    "id": ("Diterbitkan: ", "Diposting pada ", "Tanggal: ", "Tayang ", "Dipublikasikan "),
    "en": ("Published: ", "Posted on ", "Date: ", "First published "),
}
# Where the day of the post stands: before the heading, right below it, or behind the text.
PLACES = {
    "alone below": ("", "<{tag}{dated}>{written}</{tag}>", ""),
    "alone above": ("<{tag}{dated}>{written}</{tag}>", "", ""),
    "labelled below": ("", "<div{meta}>{label}{written}</div>", ""),
    "labelled behind": ("", "", "<p{meta}>{label}{written}</p>"),
    "byline bar": ("", "<p{meta}>{by} | {written} | 476 kali</p>", ""),
    "byline comma": ("", "<div{meta}>{by}, {written}</div>", ""),
    "byline boxes": ("", "<div{meta}><div>{by}</div><div>{written}</div><div>3 min</div></div>", ""),
    "row above": (
        "<div{meta}><div>{written}</div><div>\u2022</div><div>5 menit</div><div>Berita</div></div>",
        "",
        "",
    ),
    "table": (
        "",
        "<table><tr><td>Penulis</td><td>{author}</td></tr><tr><td>{label}</td><td>{written}</td></tr></table>",
        "",
    ),
    "list": ("", "<dl><dt>{label}</dt><dd>{written}</dd><dt>Hits</dt><dd>12</dd></dl>", ""),
    "icons": ("", "<ul{meta}><li><i></i> {author}</li><li><i></i> {written}</li><li>0</li></ul>", ""),
    "signature": ("", "", "<div{meta}>{written} - {by} - Dilihat 2 kali</div>"),
    "filed": ("", "<p{meta}>{on} {written} {by} {under}</p>", ""),
    "byline with a stop": ("", "<p{meta}>{written} \u2014 {by}, {desk}.</p>", ""),
    "edited by": ("", "<p>Disunting oleh {author}</p><p>{written}</p>", ""),
    "clock only": ("", '<time datetime="{day}T09:30:00+07:00">09.30</time>', ""),
    "no year": ("", '<time datetime="{day}T09:30:00+07:00">{day:%d/%m} \u2014</time>', ""),
    "boxes": ("<div{dated}><b>{day.day}</b><br><i>{month} {day.year}</i></div>", "", ""),
    "stamp": ("", "<p>{long} \u2013 {text}</p>", ""),
    "letterhead": ("", "<p>Kota Mawar, {long}</p>", ""),
}
# What else names days on a page.
OTHERS = {
    "edited": "<p>{edit}: {written}</p>",
    "related": "<section{related}><h3>{others}</h3>{items}</section>",
    "sidebar": "<aside><h3>{latest}</h3>{items}</aside>",
    "comments": "<div><h3>{comments}</h3><div><b>Budi</b><div>{written}</div><p>Bagus.</p></div></div>",
    "caption": "<figure><img src='a.jpg'><figcaption>Kota Mawar | {written}</figcaption></figure>",
    "credit": "<p>Foto: Humas, {written}</p>",
    "broadcast": "<p><i>{programme}: Radio Kota, {written}</i></p>",
    "agenda": "<div{agenda}><h4>Agenda</h4><p>{written}</p></div>",
    "event": "<p>Hari/Tanggal: {written}</p><p>Tempat: aula</p>",
    "footer": "<footer>\u00a9 Kelurahan Mawar, {written}</footer>",
    "things": "<h3>Buku 1</h3><p>Dirilis: {written}</p><h3>Buku 2</h3><p>Dirilis: {other}</p>",
}
WORDS = {
    "id": {
        "edit": ("Terakhir diperbarui", "Diperbaharui pada", "Terakhir disunting oleh Ana pada"),
        "others": ("Artikel Terkait", "Berita Lainnya", "Baca juga"),
        "latest": ("Berita Terbaru", "Terkini", "Tulisan Populer"),
        "comments": ("Komentar", "Tanggapan"),
        "programme": ("Siaran",),
    },
    "en": {
        "edit": ("Last updated", "Updated", "Last edited by Ana on"),
        "others": ("Related posts", "You may also like", "Read more"),
        "latest": ("Recent posts", "Latest news", "Popular articles"),
        "comments": ("Comments",),
        "programme": ("Broadcast",),
    },
}


# First sentences that name the day of an event; nearly all their words are those of its name, or an office's.
OPENINGS = {
    "id": (
        "Pada hari {spoken} tanggal {long} telah dilaksanakan {event} di Balai Warga.",
        "Pada tanggal {long}, {event} resmi dibuka oleh Lurah Mawar.",
        "Pada {spoken} {long} Bertempat di Aula Kecamatan, {event}",
        "Bertempat di Aula Kantor Kelurahan Mawar, ({figures}) digelar {event}.",
        "Bertempat di ruang rapat lantai dua, {spoken} ({figures}), {event} dibuka Camat.",
        "Hari ini, {spoken} {long}, {event} digelar di Balai Warga.",
        "Hari ini {spoken} ({figures}) digelar {event}",
        "({long}) {event} digelar di Balai RW 05.",
        "({figures}) – {event} digelar di Balai RW 05.",
        "{spoken}, {long}. {event} digelar di Balai Warga.",
        "{spoken} ({figures}), Tim Penggerak PKK mengikuti {event}.",
        "Warga diundang mengikuti {event} pada {spoken}, {long} pukul 08.00.",
        "{event} digelar tanggal {long} di Aula.",
        "{event} digelar pada {spoken}, {long}.",
        "Telah dilaksanakan {event} pada hari {spoken} tanggal {long} di Aula Kecamatan.",
        "Berdasarkan Surat Edaran Wali Kota tanggal {long} tentang {event}.",
        "Alhamdulillah, {spoken} {long}, {event} berjalan lancar.",
    ),
    "en": (
        "On {spoken}, {long}, Mayor Rose opened the {event}.",
        "On {long} Mayor Rose opened the {event}.",
        "This {spoken}, {long}, Mayor Rose opened the {event}.",
        "Today, {spoken}, {long}, the {event} was opened by Mayor Rose.",
        "The {event} was held on {long}.",
        "Join us on {spoken}, {long} for the {event}.",
        "({long}) The {event} was opened by Mayor Rose.",
        "{spoken}, {long}: Mayor Rose opened the {event}.",
    ),
}
EVENTS = {
    "id": (
        "Pembinaan Kader Posyandu Lansia",
        "Sosialisasi Bank Sampah Induk Bersama Warga",
        "Musyawarah Perencanaan Pembangunan",
        "Lomba Kampung Hijau",
    ),
    "en": ("Annual Flower Show", "Community Garden Week", "Spring Clean-Up", "Open Library Day"),
}


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """One page.

    Attributes:
        day: of publication, as the page tells it; None where it does not.
        marks: what was drawn, to tell kinds of failure.
    """

    url: str
    html: str
    title: str
    day: date | None
    marks: tuple[str, ...]


class Drawing:
    """The draws of one page; every helper takes from the same source of chance."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.language = random.choice(("id", "id", "en"))
        self.styled = random.choice(("plain", "named", "hashed"))
        self.marks: list[str] = [self.language, self.styled]

    def one(self, *options: str) -> str:
        """One of several, noted."""
        chosen = self.random.choice(options)
        self.marks.append(chosen)
        return chosen

    def classed(self, name: str) -> str:
        """A class as a theme gives it: none, the word, or what a build made of it."""
        if self.styled == "plain":
            return ""
        if self.styled == "named":
            return f' class="{name}"'
        return f' class="css-{self.random.randrange(16**6):06x}"'

    def day(self, newest: int = 20, oldest: int = 900) -> date:
        """A day before now."""
        return NOW.date() - timedelta(days=self.random.randint(newest, oldest))

    def write(self, day: date, *forms: str) -> str:
        """A day as people write it, in the page's language."""
        language = self.language
        form = self.random.choice(
            forms or ("long", "long", "short", "weekday", "figures", "clock", "iso", "upper")
        )
        month, short = MONTHS[language][day.month - 1], MONTHS[language + "s"][day.month - 1]
        weekday = WEEKDAYS[language][day.weekday()]
        if form == "iso":
            return day.isoformat()
        if form == "figures" and language == "id":
            return f"{day:%d/%m/%Y}"
        long = f"{day.day} {month} {day.year}" if language == "id" else f"{month} {day.day}, {day.year}"
        if form == "short":
            return f"{day.day} {short} {day.year}" if language == "id" else f"{short} {day.day}, {day.year}"
        if form == "upper":
            return long.upper()
        if form == "weekday":
            return f"{weekday}, {long}"
        if form == "clock":
            return f"{long} {self.random.randint(7, 21):02d}:{self.random.randint(0, 59):02d}"
        return long

    def paragraphs(self, count: int) -> list[str]:
        """Some of the story."""
        return [self.random.choice(TEXTS[self.language]).capitalize() for _ in range(count)]


def draw_page(random: Random) -> GeneratedPage:
    """Draw one page; three in four name the day of the post."""
    drawing = Drawing(random)
    title = random.choice(TITLES[drawing.language])
    if random.random() < 0.15:
        title += f" {drawing.write(drawing.day(-40, 40), 'long')}"
        drawing.marks.append("day in title")
    day = drawing.day() if random.random() < 0.75 else None
    above, below, behind = _place(drawing, day) if day else ("", _draw_byline(drawing), "")
    heading = f"<h1{drawing.classed('post-title')}>{title}</h1>"
    article = above + heading + below + _draw_body(drawing, day or drawing.day()) + behind
    if random.random() < 0.7:
        tag = random.choice(("article", "div", "main"))
        article = f"<{tag}{drawing.classed('content')}>{article}</{tag}>"
    before, others = _draw_clock(drawing), _draw_others(drawing)
    name = title + random.choice(("", " - Kelurahan Mawar"))
    html = (
        f'<html lang="{drawing.language}"><head><title>{name}</title></head>'
        f"<body>{before}{article}{others}</body></html>"
    )
    slug = "-".join(title.lower().replace(",", "").split())
    folder = random.choice(("berita", "news", "blog", "artikel", "read/12", "kabar"))
    return GeneratedPage(f"https://mawar.example/{folder}/{slug}", html, title, day, tuple(drawing.marks))


def _draw_body(drawing: Drawing, day: date) -> str:
    body = drawing.paragraphs(drawing.random.randint(2, 6))
    told = day - timedelta(days=drawing.random.randint(0, 21))
    kind = drawing.one(
        "no dateline", "no dateline", "place dateline", "weekday dateline", "story day", "opening"
    )
    weekday = WEEKDAYS[drawing.language][told.weekday()]
    if kind == "place dateline":
        body[0] = f"KOTA MAWAR, {drawing.write(told, 'long')} \u2013 {body[0]}"
    elif kind == "weekday dateline":
        body[0] = f"SUKAMAJU \u2013 {weekday} ({told.day}/{told.month}/{told.year}), {body[0]}"
    elif kind == "story day":
        opens = "Pada hari" if drawing.language == "id" else "On"
        body[0] = f"{opens} {drawing.write(told, 'weekday')} {body[0].lower()}"
    elif kind == "opening":
        body[0] = _draw_opening(drawing, told)
    if drawing.random.random() < 0.3:
        until = "Pendaftaran dibuka hingga" if drawing.language == "id" else "Everybody may apply until"
        body.append(f"{until} {drawing.write(told, 'long')} di kantor kelurahan setiap hari kerja.")
        drawing.marks.append("deadline")
    return "".join(f"<p>{text}</p>" for text in body)


def _draw_byline(drawing: Drawing) -> str:
    """A line about a post that names no day."""
    by = drawing.one("", "Written by Ana Rose", "Ditulis oleh Humas Kota", "oleh Admin", "Diposting: Admin")
    return f"<p{drawing.classed('author')}>{by}</p>" if by else ""


def _draw_opening(drawing: Drawing, told: date) -> str:
    language = drawing.language
    return drawing.one(*OPENINGS[language]).format(
        spoken=WEEKDAYS[language][told.weekday()],
        long=drawing.write(told, "long"),
        figures=f"{told.day}/{told.month}/{told.year}",
        event=drawing.random.choice(EVENTS[language]),
    )


def _place(drawing: Drawing, day: date) -> tuple[str, str, str]:
    """Where the day stands: before the heading, below it, or behind the text."""
    author = drawing.one("Admin", "Siti Aminah", "Humas Kota")
    values = {
        "day": day,
        "month": MONTHS[drawing.language + "s"][day.month - 1],
        "written": drawing.write(day),
        "long": drawing.write(day, "long"),
        "label": drawing.one(*LABELS[drawing.language]),
        "author": author,
        "by": f"{'Oleh' if drawing.language == 'id' else 'By'} {author}",
        "text": drawing.paragraphs(1)[0],
        "on": "Pada" if drawing.language == "id" else "On",
        "under": "di Kabar warga" if drawing.language == "id" else "in Local news and events",
        "desk": "tim redaksi desa" if drawing.language == "id" else "local affairs reporter",
        "tag": drawing.random.choice(("span", "small", "time", "div", "p")),
        "meta": drawing.classed("post-meta"),
        "dated": drawing.classed("date"),
    }
    above, below, behind = (part.format(**values) for part in PLACES[drawing.one(*PLACES)])
    return above, below, behind


def _draw_clock(drawing: Drawing) -> str:
    """A header with today's day, or with yesterday's where it is cached."""
    if drawing.random.random() < 0.7:
        return ""
    drawing.marks.append("clock")
    clock = drawing.write(NOW.date() - timedelta(days=drawing.random.randint(0, 1)), "weekday")
    menu = "".join(f'<li><a href="/{n}">Menu {n}</a></li>' for n in range(4))
    return f"<div{drawing.classed('topbar')}>{clock}</div><ul>{menu}</ul>"


def _draw_others(drawing: Drawing) -> str:
    """What else names days behind the article."""
    kinds = drawing.random.sample(sorted(OTHERS), drawing.random.randint(0, 4))
    drawing.marks.extend(kinds)
    parts = []
    for kind in kinds:
        words = {name: drawing.random.choice(several) for name, several in WORDS[drawing.language].items()}
        values = {
            "written": drawing.write(drawing.day(0)),
            "other": drawing.write(drawing.day(0)),
            "items": _draw_items(drawing),
            "related": drawing.classed("related"),
            "agenda": drawing.classed("agenda"),
        }
        parts.append(OTHERS[kind].format(**words, **values))
    return "".join(parts)


def _draw_items(drawing: Drawing) -> str:
    items = []
    for number in range(drawing.random.randint(1, 5)):
        title = drawing.random.choice(TITLES[drawing.language])
        day = drawing.write(drawing.day())
        items.append(f'<li><a href="/berita/{number}">{title}</a> <span>{day}</span></li>')
    return f"<ul>{''.join(items)}</ul>"


def read(page: GeneratedPage) -> tuple[date | None, str]:
    fetched = Page(Fetch(page.url, Purpose.ARTICLE), page.url, 200, NOW, {}, page.html.encode())
    article = extract_article(parse_document(fetched), now=NOW, zone=ZONE)
    day = None if article.date is None else article.date.at.astimezone(ZONE).date()
    return day, article.title


def test_six_hundred_pages_give_their_day() -> None:
    missed: Counter[str] = Counter()
    dated = 0
    for seed in range(600):
        page = draw_page(Random(seed))
        day, title = read(page)
        assert title == page.title, seed
        assert day in {None, page.day}, (seed, page.marks, day)
        dated += page.day is not None
        missed.update(page.marks if page.day != day else ())
    assert max(missed.values(), default=0) <= 0.02 * dated, missed


@settings(max_examples=150, deadline=None)
@given(st.integers(600, 10**9))
def test_no_page_gives_a_day_that_is_not_its_own(seed: int) -> None:
    page = draw_page(Random(seed))
    assert read(page)[0] in {None, page.day}
