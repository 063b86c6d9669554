"""Single pages, each with one trouble of its day: articles, and lists by their slugs."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from activity.visit import Fetch, Page, Purpose
from crawler.extract.article.post import extract_article
from crawler.extract.lists.listing import read_listing
from crawler.extract.page.document import parse_document
from samplecity.almanac import MONTHS
from tests.surfaces.post import NOW, ZONE

__all__ = ["Leaf", "leaves", "tell"]

_SITE: Final = "https://anggrek.go.id"
_TEXT: Final = (
    "<p>Puluhan warga bergotong royong menata taman di tepi sungai bersama petugas kebersihan. Bibit pohon disumbang kelompok tani setempat.</p>"
    "<p>Lurah berterima kasih atas kerja keras semua pihak dan mengajak warga merawat taman itu bersama-sama.</p>"
    "<p>Penataan diteruskan bulan depan dengan pemasangan lampu serta bangku dari kayu bekas dermaga.</p>"
)
_TITLE: Final = "Warga menata taman di tepi sungai"


@dataclass(frozen=True)
class Leaf:
    """A page and what must come out of it.

    Attributes:
        day: the post's day, ISO; None where none may be given.
        other: days that are right as well, None among them where an abstention is.
        items: for a list, the day of each slug.
    """

    name: str
    body: str
    day: str | None = None
    other: tuple[str | None, ...] = ()
    items: Mapping[str, str | None] = field(default_factory=dict)
    path: str = "/berita/warga-menata-taman"
    head: str = ""
    style: str = ""
    language: str = "id"
    host: str = _SITE


def tell(leaf: Leaf) -> list[str]:
    """What came out otherwise than it must."""
    html = (
        f'<!doctype html><html lang="{leaf.language}"><head><title>{_TITLE}</title>{leaf.head}</head><body class="{leaf.style}">'
        f'<div id="top"><a href="/">Kelurahan Anggrek</a> <a href="/profil">Profil</a> <a href="/berita">Berita</a></div>{leaf.body}'
        "<div id='bottom'>Jl. Kenanga 7, &copy; 2026</div></body></html>"
    )
    url = leaf.host + leaf.path
    purpose = Purpose.LISTING if leaf.items else Purpose.ARTICLE
    document = parse_document(Page(Fetch(url, purpose), url, 200, NOW, {}, html.encode()))
    if leaf.items:
        listing = read_listing(document, now=NOW, zone=ZONE)
        met = {item.url.rpartition("/")[2]: item.date for item in listing.items}
        told = {
            slug: None if (day := met.get(slug)) is None else f"{day.at.astimezone(ZONE):%Y-%m-%d}"
            for slug in leaf.items
        }
        return [
            f"{slug}: {due}, read as {told[slug]}" for slug, due in leaf.items.items() if told[slug] != due
        ]
    article = extract_article(document, now=NOW, zone=ZONE)
    told_day = None if article.date is None else f"{article.date.at.astimezone(ZONE):%Y-%m-%d}"
    if told_day in {leaf.day, *leaf.other}:
        return []
    witness = article.date.evidence[0] if article.date and article.date.evidence else None
    return [
        f"{leaf.day}, read as {told_day}"
        + (f" from {witness.kind.value} {witness.where} {witness.raw!r}" if witness else "")
    ]


_DAYS: Final = {"parkir": date(2026, 9, 14), "retribusi": date(2026, 9, 9), "jembatan": date(2026, 8, 31), "sampan": date(2026, 8, 22), "lampu": date(2026, 8, 20), "kanal": date(2026, 8, 3)}  # fmt: skip
_NAMES: Final = {
    "parkir": "Penataan parkir di sekitar pasar lama",
    "retribusi": "Tarif baru retribusi kios pasar",
    "jembatan": "Jembatan kayu diganti beton bertahap",
    "sampan": "Lomba sampan meriahkan akhir pekan",
    "lampu": "Lampu jalan gang dinyalakan kembali",
    "kanal": "Kanal utama dikeruk sampai muara",
}
_DUE: Final = {slug: day.isoformat() for slug, day in _DAYS.items()}


def _long(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _each(form: str, say=_long) -> str:
    """Each item in a form with {u}, {t} and {d}."""
    return "".join(form.format(u=f"/berita/{slug}", t=_NAMES[slug], d=say(day), e=_long(date(2026, 7, 4 + n)), n=n) for n, (slug, day) in enumerate(_DAYS.items()))  # fmt: skip


def _lists() -> Iterator[Leaf]:
    row = "<li><span class='d'>{d}</span><a href='{u}'>{t}</a></li>"
    yield Leaf(
        "list: stray day before a list, day first in each",
        f"<h3>Senin, 21 September 2026</h3><ul>{_each(row)}</ul>",
        items=_DUE,
    )
    yield Leaf(
        "list: stray day within the table's caption",
        f"<table><caption>Keadaan 30 September 2026</caption>{_each('<tr><td><a href={u}>{t}</a></td><td>{d}</td></tr>')}</table>",
        items=_DUE,
    )
    yield Leaf(
        "list: stray day in a first row of its own",
        f"<table><tr><td colspan=2>Update: 25/09/2026</td></tr>{_each('<tr><td>{d}</td><td><a href={u}>{t}</a></td></tr>')}</table>",
        items=_DUE,
    )
    clock = "<div class='bar'><span id='tgl'>Kamis, 26 November 2026</span> <span>11:20:10 PM</span></div>"
    yield Leaf(
        "list: yesterday's clock right above flat text",
        clock + _each("<p><b><a href='{u}'>{t}</a></b><br>{d} oleh admin</p>"),
        items=_DUE,
    )
    yield Leaf(
        "list: yesterday's clock within the list's box",
        f"<section>{clock}<h2>Berita</h2>{_each('<div><h4><a href={u}>{t}</a></h4><em>{d}</em></div>')}</section>",
        items=_DUE,
    )
    mdy = "<div class='post'><h3><a href='{u}'>{t}</a></h3>{d}</div>"
    yield Leaf(
        "list: m/d/y text, content of a meta beside",
        _each(
            mdy,
            lambda d: (
                f"<span>{d.month}/{d.day}/{d:%y}</span><meta itemprop='datePublished' content='{d}T08:00:00+08:00'>"
            ),
        ),
        items=_DUE,
    )
    yield Leaf(
        "list: m/d/y text, title of an abbr",
        _each(mdy, lambda d: f"<abbr title='{d}T01:10:00Z'>{d.month:02d}/{d.day:02d}/{d.year}</abbr>"),
        items=_DUE,
    )
    tell = (
        "Pada {e}, warga berkumpul di balai untuk membahas rencana itu...",
        "KOTA ANGGREK, {e} - Camat membuka acara itu di hadapan...",
        "Kegiatan digelar Sabtu ({e}) lalu dan dihadiri banyak...",
    )
    slides = "".join(
        f"<li class='slide'><a href='/berita/{slug}'><img src='/i.jpg'><h5>{name}</h5></a><div>{tell[n % 3].format(e=_long(date(2026, 11, 20 - n)))}</div></li>"
        for n, (slug, name) in enumerate(_NAMES.items())
    )
    yield Leaf("list: slides tell events", f"<ul class='slides'>{slides}</ul>", items=dict.fromkeys(_DUE))
    yield Leaf(
        "list: cards without a day, excerpts that begin with one",
        "".join(f"<div class='card'><h5><a href='/berita/{slug}'>{name}</a></h5><p>{_long(date(2026, 10, 20 - 2 * n))} menjadi hari yang ditunggu warga karena jalan dibuka...</p></div>" for n, (slug, name) in enumerate(_NAMES.items())),
        items=dict.fromkeys(_DUE),
    )  # fmt: skip
    for name, say in _SAID.items():
        yield Leaf(
            f"list: {name}",
            _each("<article><h3><a href='{u}'>{t}</a></h3><p class='meta'>{d}</p></article>", say),
            items=_DUE,
        )


_MALAY: Final = [
    "Januari",
    "Februari",
    "Mac",
    "April",
    "Mei",
    "Jun",
    "Julai",
    "Ogos",
    "September",
    "Oktober",
    "November",
    "Disember",
]
_MALAY_DAYS: Final = ["Isnin", "Selasa", "Rabu", "Khamis", "Jumaat", "Sabtu", "Ahad"]
_JAVA_DAYS: Final = ["Senen", "Selasa", "Rebo", "Kemis", "Jemuwah", "Setu", "Ngahad"]
_SUNDA_DAYS: Final = ["Senén", "Salasa", "Rebo", "Kemis", "Jumaah", "Saptu", "Minggu"]
_PASARAN: Final = ["Legi", "Pahing", "Pon", "Wage", "Kliwon"]
_ROMAN: Final = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
_SHORT_DAYS: Final = ["Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"]
_SAID: Final = {
    "Malay": lambda d: f"{_MALAY_DAYS[d.weekday()]}, {d.day} {_MALAY[d.month - 1]} {d.year}",
    "Javanese weekdays and market days": lambda d: f"{_JAVA_DAYS[d.weekday()]} {_PASARAN[d.toordinal() % 5]}, {_long(d)}",
    "Sundanese weekdays": lambda d: f"{_SUNDA_DAYS[d.weekday()]}, {_long(d)}",
    "Roman months with blanks": lambda d: f"{d.day} {_ROMAN[d.month - 1]} {d.year}",
    "dd.mm.yy": lambda d: f"{d:%d.%m.%y}",
    "short weekday, no year": lambda d: f"{_SHORT_DAYS[d.weekday()]}, {d.day} {MONTHS[d.month - 1]}",
    "clock first, WITA": lambda d: f"08:{d.day:02d} WITA | {d.day:02d}/{d.month:02d}/{d.year}",
    "capitals, dots": lambda d: f"{MONTHS[d.month - 1][:3].upper()}. {d.day}. {d.year}",
    "day of the year's week before": lambda d: f"Pekan ke-{d.isocalendar()[1]} · {_long(d)}",
    "ISO with a blank, GMT": lambda d: f"{d} 03:00:00 GMT",
    "Dirilis pada Hari": lambda d: f"Dirilis pada Hari {_SHORT_DAYS[d.weekday()]}., Tgl. {d.day} {MONTHS[d.month - 1][:3]} {d.year} Jam 10.00",
    "ordinal English": lambda d: f"{d.day}{'st' if d.day % 10 == 1 and d.day != 11 else 'nd' if d.day % 10 == 2 and d.day != 12 else 'rd' if d.day % 10 == 3 and d.day != 13 else 'th'} of {d:%B}, {d.year}",
    "by admin in Category, Month day": lambda d: f"by admin in Umum, {d:%B} {d.day} {d.year}, 12 comments",
    "apostrophe weekday": lambda d: f"{['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jum`at', 'Sabtu', 'Ahad'][d.weekday()]} {_long(d)}, Pkl. 09.30",
}  # fmt: skip


def leaves() -> tuple[Leaf, ...]:
    """All of them."""
    return (*_lists(), *_articles(), *_more())


def _articles() -> Iterator[Leaf]:
    h1 = f"<h1>{_TITLE}</h1>"
    yield Leaf(
        "page: m/d/y text, ISO in a title",
        f"{h1}<abbr title='2026-04-07T09:30:00+08:00'>4/7/2026</abbr>{_TEXT}",
        "2026-04-07",
    )
    yield Leaf(
        "page: m/d/y text, meta behind",
        f"{h1}<span><span>5/8/26</span><meta itemprop='datePublished' content='2026-05-08'></span>{_TEXT}",
        "2026-05-08",
    )
    box = "<div class='sidebar'><h4>Baca Juga</h4><div><a href='/berita/x'>Jembatan dibuka</a> <span class='post-date published'>2 minggu yang lalu</span></div></div>"
    yield Leaf(
        "page: age of a related post in a class",
        f"{h1}<div class='entry-meta'>Rabu, 3 Juni 2026</div>{_TEXT}{box}",
        "2026-06-03",
    )
    yield Leaf(
        "page: ages of two related, own day below",
        f"{box}{h1}{_TEXT}<p class='info'>Dimuat: 3 Juni 2026, 10:22</p>",
        "2026-06-03",
    )
    state = {"berita": {"slug": "warga-menata-taman", "judul": _TITLE, "created_at": "2026-02-02T02:00:00Z"}}
    for key in ("tanggal_terbit", "released_on", "tayang_pada", "publishDate"):
        record = {**state["berita"], key: "2026-02-11"}
        yield Leaf(
            f"page: state with {key}",
            f"{h1}{_TEXT}<script>window.__INITIAL_STATE__={json.dumps({'berita': record})}</script>",
            "2026-02-11",
        )
    yield Leaf(
        "page: state's draft against the day shown",
        f"<div id='app' data-page='{json.dumps({'props': state})}'>{h1}<div class='text-sm'><span>Humas</span><span>11 Februari 2026</span></div>{_TEXT}</div>",
        "2026-02-11",
    )
    released = "".join(
        f"<h4>Aplikasi {n}</h4><p>Rilis: {n + 2} Maret 2026</p>{_TEXT[:160]}</p>" for n in range(3)
    )
    yield Leaf(
        "page: things released on their days",
        f"{h1}<div>Humas | 9 Apr 2026 | 3 tanggapan</div>{released}",
        "2026-04-09",
    )
    yield Leaf(
        "page: two days in one row",
        f"{h1}<div><span>9 Apr 2026</span> | <span>2 Jul 2026</span></div>{_TEXT}",
        "2026-04-09",
        (None,),
    )
    yield Leaf(
        "page: two days in a list",
        f"{h1}<ul><li>09/04/2026</li><li>02/07/2026</li><li>Admin</li></ul>{_TEXT}",
        "2026-04-09",
        (None,),
    )
    yield Leaf(
        "page: a caption below the picture",
        f"{h1}<div class='img'><img src=a.jpg><small>Dok. Humas, 4/10/2026. Warga di taman.</small></div>{_TEXT}",
    )
    yield Leaf(
        "page: an agency's mark in a caption",
        f"{h1}<figure><img src=a.jpg><p class='wp-caption-text'>(Anggrek/Budi) 4 Oktober 2026</p></figure>{_TEXT}",
    )
    yield Leaf(
        "page: a programme's hour",
        f"{h1}{_TEXT}<p>Dialog interaktif: RRI Pro 1, Selasa 24 November 2026 pukul 09.00 WITA</p>",
    )
    yield Leaf("page: a film's hour", f"{h1}{_TEXT}<p><em>Tayang di TV Kota, 22.11.2026, 20:30</em></p>")
    english = (
        "<p>Neighbours planted trees along the river together with the officers, and all went well until noon.</p>"
        * 3
    )
    yield Leaf("page: 5/6/2026 in English", f"<h1>Residents plant trees along the river</h1><div class='meta'>By Ana | 5/6/2026</div>{english}", None, ("2026-06-05",), language="en", host="https://ward.example")  # fmt: skip
    yield Leaf(
        "page: edited by a name, day behind",
        f"{h1}<p>Penulis: Rina &nbsp; Penyunting: Tono</p><p>16 Maret 2026 | 2 menit</p>{_TEXT}",
        "2026-03-16",
    )
    yield Leaf(
        "page: editor before the day in one row",
        f"{h1}<p>Editor: Tono - 16 Maret 2026</p>{_TEXT}",
        "2026-03-16",
    )
    yield Leaf(
        "page: time shows the weekday alone",
        f"{h1}<time datetime='2026-07-08T10:00:00+08:00'>Rabu</time>{_TEXT}",
        "2026-07-08",
    )
    yield Leaf(
        "page: time shows an age",
        f"{h1}<time datetime='2026-07-08T10:00:00+08:00'>4 bulan lalu</time>{_TEXT}",
        "2026-07-08",
    )
    yield Leaf(
        "page: time without a year, Plone",
        f"{h1}<span class='documentPublished'>diterbitkan <time datetime='2026-07-08T10:00:00'>08/07</time></span>{_TEXT}",
        "2026-07-08",
    )
    yield Leaf(
        "page: month and day in figures, year in an attribute",
        f"{h1}<div class='tgl' data-date='2026-07-08'>8 Jul</div>{_TEXT}",
        "2026-07-08",
    )
    top = "<div class='flex'><span>Berita</span><span>|</span><span>8 Juli 2026</span><span>|</span><span>4 menit baca</span><span>|</span><span>812 kali</span></div>"
    yield Leaf(
        "page: a row of small words above the headline", f"<article>{top}{h1}{_TEXT}</article>", "2026-07-08"
    )
    yield Leaf(
        "page: terms above the headline",
        f"<article><dl><dt>Kategori</dt><dd>Umum</dd><dt>Tanggal</dt><dd>8 Juli 2026</dd></dl><h2>{_TITLE}</h2>{_TEXT}</article>",
        "2026-07-08",
    )


def _ld(*things: dict[str, object]) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", "@graph": list(things)})}</script>'


def _more() -> Iterator[Leaf]:
    h1, url = f"<h1>{_TITLE}</h1>", f"{_SITE}/berita/warga-menata-taman"
    claim = {"@type": "Claim", "datePublished": "2026-05-01"}
    yield Leaf("page: fact check, itemReviewed in CreativeWork", h1 + _TEXT, "2026-05-04", head=_ld({"@type": ["ClaimReview"], "datePublished": "2026-05-04T01:00:00Z", "itemReviewed": {"@type": "CreativeWork", "datePublished": "2026-04-28", "appearance": [claim]}}), path="/klarifikasi/warga-menata-taman")  # fmt: skip
    yield Leaf("page: NewsArticle beside an Event", h1 + _TEXT, "2026-05-04", head=_ld({"@type": "Event", "startDate": "2026-06-09", "name": "Festival"}, {"@type": "NewsArticle", "url": url, "headline": _TITLE, "datePublished": "2026-05-04T09:00:00+08:00"}))  # fmt: skip
    yield Leaf(
        "page: archives folder, number behind",
        f"<p>4 Mei 2026</p>{h1}{_TEXT}",
        "2026-05-04",
        path="/arsip/2026/05/04/taman-tepi-sungai-812.html",
    )
    yield Leaf("page: day at the end of the address", h1 + _TEXT, "2026-05-04", head="<meta property='og:type' content='article'>", path="/warta/warga-menata-taman-di-tepi-sungai/2026-05-04")  # fmt: skip
    for name, opening in (
        ("bare day and a dash", "04/05/2026 -- "),
        ("bare day in words", "4 Mei 2026 — "),
        ("bold day and a dash", "<strong>4 Mei 2026</strong> – "),
    ):
        yield Leaf(
            f"page: stamp opens the text, {name}",
            f"{h1}<p>{opening}{_TEXT.removeprefix('<p>')}",
            "2026-05-04",
        )
    for name, opening in (
        ("place and weekday", "ANGGREK, Senin (4/5/2026) – "),
        ("office and day", "Diskominfo Anggrek – 4 Mei 2026, "),
        ("agency in brackets", "(Anggrek, 4/5) "),
        ("place in bold", "<b>Anggrek, Kalsel (04/05/26)</b> - "),
    ):
        yield Leaf(f"page: dateline, {name}", f"{h1}<p>{opening}{_TEXT.removeprefix('<p>')}")
    yield Leaf("page: weak meta and a line agree", f"<div>04.05.2026, 14:30 Uhr</div>{h1}{_TEXT}", "2026-05-04", head="<meta name='DC.date' content='2026-05-04'>", path="/aktuell/detail-40112.html")  # fmt: skip
    yield Leaf("page: weak meta and a line agree, Indonesian", f"{h1}<div class='post-info'>4 Mei 2026 14:30</div>{_TEXT}", "2026-05-04", head="<meta name='date' content='2026-05-04T14:30:00'>", path="/40112")  # fmt: skip
    og = "<meta property='og:type' content='article'><meta property='article:published_time' content='2024-01-09T02:00:00+00:00'>"
    yield Leaf(
        "page: WordPress page of a plugin",
        h1 + _TEXT,
        head=og,
        style="wp-singular page-template page page-id-40 elementor-page",
        path="/struktur-organisasi/",
    )
    yield Leaf("page: WordPress page, Article by a plugin", h1 + _TEXT, head=og + _ld({"@type": "Article", "datePublished": "2024-01-09T02:00:00+00:00", "headline": "Profil"}), style="page-template-default page page-id-7", path="/profil-kelurahan/")  # fmt: skip
    yield Leaf("page: custom type of staff", h1 + _TEXT, head=_ld({"@type": "WebPage", "url": f"{_SITE}/pegawai/budi/", "datePublished": "2024-01-09T02:00:00+00:00"}), style="pegawai-template-default single single-pegawai postid-88", path="/pegawai/budi/")  # fmt: skip
    yield Leaf("page: custom type of downloads", h1 + _TEXT, head="<meta property='article:modified_time' content='2024-01-09T02:00:00+00:00'>" + _ld({"@type": "WebPage", "datePublished": "2024-01-09T02:00:00+00:00"}), style="wp-singular unduhan-template-default single single-unduhan postid-301", path="/unduhan/formulir-ktp/")  # fmt: skip
    yield Leaf(
        "page: Hijri beside", f"{h1}<p>Senin, 17 Dzulqa'dah 1447 H / 4 Mei 2026 M</p>{_TEXT}", "2026-05-04"
    )
    yield Leaf(
        "page: ticker above, dated today",
        f"<marquee>Jumat, 27 November 2026: Pelayanan buka seperti biasa</marquee>{h1}<small>Humas, 4 Mei 2026</small>{_TEXT}",
        "2026-05-04",
    )
    yield Leaf(
        "page: rates and prayers above",
        f"<div>Kurs 27 November 2026</div><div>Jadwal Sholat 27 November 2026</div>{h1}<small>4 Mei 2026</small>{_TEXT}",
        "2026-05-04",
    )
    yield Leaf(
        "page: rates and prayers alone",
        f"<div>Kurs 27 November 2026</div><div>Jadwal Sholat 27 November 2026</div>{h1}{_TEXT}",
    )
    yield Leaf(
        "page: Malay",
        f"{h1}<p>Khamis, 7 Mac 2026 | oleh Humas</p>{_TEXT}".replace("Khamis", "Sabtu"),
        "2026-03-07",
    )
    yield Leaf(
        "page: posted by, at, with comments between",
        f"{h1}<p>oleh <a href='/a'>Admin</a> &bull; <a href='#k'>0 Komentar</a> &bull; 04 Mei 2026 &bull; <a href='/k'>Umum</a></p>{_TEXT}",
        "2026-05-04",
    )
    yield Leaf(
        "page: last edit above, posting below",
        f"{h1}<p>Pembaruan terakhir 9 Juli 2026</p>{_TEXT}<p>Tanggal posting: 4 Mei 2026</p>",
        "2026-05-04",
    )
    yield Leaf("page: last edit alone", f"{h1}<p>Pembaruan terakhir: 9 Juli 2026</p>{_TEXT}")
    yield Leaf(
        "page: days of an event in a table",
        f"{h1}<p>Humas, 4 Mei 2026</p><table><tr><th>Hari</th><th>Tanggal</th></tr><tr><td>Senin</td><td>11 Mei 2026</td></tr><tr><td>Selasa</td><td>12 Mei 2026</td></tr></table>{_TEXT}",
        "2026-05-04",
    )
    yield Leaf(
        "page: days of an event in a table, alone",
        f"{h1}<table><tr><th>Hari</th><th>Tanggal</th></tr><tr><td>Senin</td><td>11 Mei 2026</td></tr><tr><td>Selasa</td><td>12 Mei 2026</td></tr></table>{_TEXT}",
    )
    yield Leaf(
        "page: comments' days of a form",
        f"{h1}<div>4 Mei 2026</div>{_TEXT}<div id='disqus'><p>Ani berkata: 6 Mei 2026 pukul 10.00</p><p>Budi berkata: 7 Mei 2026 pukul 11.00</p></div>",
        "2026-05-04",
    )
