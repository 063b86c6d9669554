"""More kinds that are known: lists of one day, of files, unsorted, repeated, in two languages, teasers that tell events."""

import html
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from tests.awkward.days import MONTHS, WEEKDAYS
from tests.surfaces.faces.news import NEWS, News, publish
from tests.surfaces.faces.scene import Scene, slug_of
from tests.surfaces.post import NOW, Post, day_of, named_day
from tests.surfaces.surface import BASE, Reply, Surface
from tests.surfaces.words import short

__all__ = ["lists"]

_LATE: Final = publish(24, hours=(21, 22, 20, 23))
_PDF: Final = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
_LONG: Final = publish(60, gaps=(13, 8, 15))


def _media(post: Post, said: str, url: str) -> str:
    return (
        f'<div class="d-flex mb-4"><a class="flex-shrink-0" href="{url}"><img src="/i/{post.number}.jpg" alt=""></a><div class="flex-grow-1 ms-3"><h5 '
        f'class="mt-0"><a href="{url}">{post.title}</a></h5><div class="text-muted small">{said}</div>{post.lead[:90]}&hellip; <a href="{url}">[Lanjut]</a>'
        "</div></div>"
    )


def _cards(say, url=slug_of):
    return lambda post: _media(post, say(post), html.escape(url(post)))


def _one_day() -> Iterator[Scene]:
    yield Scene(
        "site: one day on all cards, figures",
        _cards(lambda _: f"<i class='fa fa-calendar'></i> {NOW:%d/%m/%Y}"),
        lambda p: f"<dl><dt>Tanggal</dt><dd>{day_of(p.when)}</dd><dt>Penulis</dt><dd>Humas</dd></dl>",
        beside=3,
    )
    yield Scene(
        "site: one day on all cards, of the day before yesterday",
        _cards(
            lambda _: (
                f"<time datetime='{NOW - timedelta(days=2):%Y-%m-%d}'>{named_day(NOW - timedelta(days=2))}</time>"
            )
        ),
        lambda p: f"Oleh <b>admin</b> di Berita, {WEEKDAYS[p.when.weekday()]} {short(p)}",
        shell="tailwind",
        pager="tailwind",
    )


def _clocks() -> Iterator[Scene]:
    yield Scene(
        "site: local clock called UTC in meta",
        _cards(lambda _: ""),
        lambda p: f"{named_day(p.when)} pukul {p.when:%H.%M} WITA",
        head=lambda p: (
            f'<meta property="og:type" content="article"><meta property="article:published_time" content="{p.when:%Y-%m-%dT%H:%M:%S}+00:00">'
        ),
        posts=_LATE,
        reached=_LATE,
        beside=2,
    )
    yield Scene(
        "site: local clock called UTC in the list's time",
        _cards(lambda p: f'<time datetime="{p.when:%Y-%m-%dT%H:%M:%SZ}">{short(p)} - {p.when:%H:%M}</time>'),
        lambda p: f'<time datetime="{p.when:%Y-%m-%dT%H:%M:%SZ}">{named_day(p.when)} - {p.when:%H:%M}</time>',
        shell="drupal",
        pager="drupal",
        posts=_LATE,
        reached=_LATE,
    )


def _files() -> Iterator[Scene]:
    def drive(post: Post) -> str:
        return f"https://drive.google.com/file/d/1aB{post.number}xYz/view?usp=sharing"

    yield Scene(
        "site: PPID, a table of files on Drive",
        lambda p: (
            f"<tr><td>{p.number}</td><td>{p.title}</td><td>{2026 if p.number % 2 else 2025}</td><td>{short(p)}</td><td>{p.readers} KB</td><td>"
            f'<a class="btn btn-sm btn-danger" href="{drive(p)}" target="_blank"><i class="fa fa-file-pdf"></i> Lihat</a></td></tr>'
        ),
        around="<table id='example' class='table table-striped'><thead><tr><th>No</th><th>Nama Dokumen</th><th>Tahun</th><th>Diunggah</th><th>Ukuran</th>"
        "<th>Aksi</th></tr></thead><tbody>{}</tbody></table>",
        url=drive,
        list="/ppid/informasi-berkala",
        page="/ppid/informasi-berkala?page={}",
        menu="Informasi Berkala",
        beside=1,
    )

    def download(post: Post) -> str:
        return f"/storage/dokumen/{post.number}/{post.slug[:20]}.docx"

    yield Scene(
        "site: cards of files, Word",
        lambda p: (
            f'<div class="card p-3"><div class="d-flex"><i class="bi bi-file-earmark-word"></i><div><h6>{p.title}</h6><span class="badge">Pengumuman</span> '
            f'<span class="badge">{day_of(p.when)}</span></div><a class="ms-auto" href="{download(p)}" download>Unduh (1,2 MB)</a></div></div>'
        ),
        url=download,
        list="/pengumuman",
        page="/pengumuman?page={}",
        menu="Pengumuman",
        extra=lambda url: Reply(_PDF, "application/pdf") if url.endswith(".docx") else None,
    )


def _orders() -> Iterator[Scene]:
    mixed = list(_LONG)
    random.Random(11).shuffle(mixed)
    yield Scene(
        "site: sorted by readers, a table",
        lambda p: (
            f'<tr><td><a href="{slug_of(p)}">{p.title}</a></td><td>{p.readers * 11} kali</td><td>{day_of(p.when)}</td></tr>'
        ),
        lambda p: day_of(p.when),
        around="<table><tr><th>Judul</th><th>Dibaca</th><th>Tanggal</th></tr>{}</table>",
        posts=tuple(mixed),
        reached=_LONG,
        shell="old",
        pager="total",
        complete=False,
    )
    yield Scene(
        "site: sorted by title, terms of a list",
        lambda p: f'<dt>{short(p)}</dt><dd><a href="{slug_of(p)}">{p.title}</a></dd>',
        lambda p: day_of(p.when),
        around="<dl>{}</dl>",
        posts=tuple(sorted(_LONG, key=lambda p: p.title)),
        reached=_LONG,
        complete=False,
    )


def _repeats() -> Iterator[Scene]:
    for name, page, pager, offset in (
        ("offset in Joomla's manner", "/berita?start={}", "joomla", True),
        ("page in the path", "/berita/p/{}", "tailwind", False),
        ("infinite scroll", "/berita?page={}", "hidden", False),
    ):
        yield Scene(
            f"site: page one for ever, {name}",
            _cards(lambda p: named_day(p.when)),
            lambda p: named_day(p.when),
            lay=lambda *_: "".join(map(_cards(lambda p: named_day(p.when)), NEWS[:9])),
            page=page,
            pager=pager,
            offset=offset,
            reached=NEWS[:9],
            complete=False,
        )
    last = -(-len(NEWS) // 9)

    def again(url: str) -> Reply | None:
        number = url.rpartition("halaman=")[2]
        if "/berita?halaman=" not in url or not number.isdecimal() or int(number) <= last:
            return None
        return base.respond(f"{BASE}/berita?halaman={last}")

    base = Scene(
        "site: the last page again behind the end",
        _cards(lambda p: f"{p.when:%d.%m.%Y}"),
        lambda p: f"{p.when:%d.%m.%Y}",
        page="/berita?halaman={}",
        pager="tailwind",
        beside=0,
        complete=False,  # whether it is called whole is not asked
    )
    yield replace(base, extra=again, lay=lambda posts, n: "".join(map(base.card, posts)) + f'<a rel="next" href="/berita?halaman={n + 1}">Lebih lama</a>', pager="silent")  # fmt: skip


_ENGLISH: Final = {p.number: f"Report {p.number}: residents of the ward meet at the pier again" for p in NEWS}


def _copies() -> Iterator[Scene]:
    """English copies: node paths with hreflang on both, a query of Joomla."""

    def english(post: Post) -> str:
        return f"/en/news/report-{post.number}-residents-of-the-ward"

    def head(post: Post) -> str:
        return f'<link rel="alternate" hreflang="id" href="{BASE}{slug_of(post)}"/><link rel="alternate" hreflang="en" href="{BASE}{english(post)}"/>'

    base = Scene(
        "site: English copies beside, Drupal's folders",
        _cards(short),
        lambda p: f"{WEEKDAYS[p.when.weekday()][:3]}, {p.when:%d/%m/%Y} - {p.when:%H:%M}",
        head=head,
        shell="drupal",
        pager="drupal",
        side='<div class="language-switcher"><a hreflang="id" href="/">Indonesia</a> <a hreflang="en" href="/en/news">English</a></div>',
    )
    cards = "".join(
        f'<div class="views-row"><h3><a href="{english(p)}">{_ENGLISH[p.number]}</a></h3><span>{p.when:%B} {p.when.day}, {p.when.year}</span></div>'
        for p in NEWS[:12]
    )
    pages = {"/en/news": base.frame("News", f"<h1>News</h1>{cards}")} | {
        english(p): base.frame(
            _ENGLISH[p.number],
            f"<h1>{_ENGLISH[p.number]}</h1><div>{p.when:%a, %m/%d/%Y - %H:%M}</div>{p.text}",
            head(p),
        )
        for p in NEWS
    }
    yield replace(base, more=pages, home=base.part(1) + f"<h2>News</h2>{cards[:900]}")

    def query(url: str) -> Reply | None:
        path, _, asked = url.removeprefix(BASE).partition("?")
        if "lang=en" not in asked:
            return None
        rest = "&".join(each for each in asked.split("&") if each != "lang=en")
        said = joomla.respond(BASE + path + (f"?{rest}" if rest else ""))
        if said is None:
            return None
        text = str(said.body)
        for post in NEWS:
            text = text.replace(post.title, _ENGLISH[post.number]).replace(
                f'"{slug_of(post)}"', f'"{slug_of(post)}?lang=en"'
            )
        return Reply(
            text.replace("?start=", "?lang=en&amp;start=").replace('href="/berita"', 'href="/berita?lang=en"')
        )

    joomla = Scene(
        "site: English copies under a query",
        _cards(lambda p: day_of(p.when)),
        lambda p: day_of(p.when),
        head=lambda p: (
            f'<link rel="alternate" hreflang="id-ID" href="{slug_of(p)}"><link rel="alternate" hreflang="en-GB" href="{slug_of(p)}?lang=en">'
        ),
        shell="helix",
        pager="joomla",
        page="/berita?start={}",
        offset=True,
        side='<ul class="lang-inline"><li><a href="/?lang=id">ID</a></li><li><a href="/?lang=en">EN</a></li></ul>',
    )
    yield replace(joomla, extra=query)


_CALLS: Final = (
    "Undangan Sosialisasi",
    "Jadwal Posyandu Lansia",
    "Gelar Pasar Tani",
    "Rembuk RT",
    "Senam Massal",
    "Pelatihan Gratis",
)


def _calls() -> tuple[News, ...]:
    """Titles that name a day some days ahead of the post's own, in four forms."""
    made = []
    for n, post in enumerate(publish(24)):
        day = post.when.date() + timedelta(days=(3, 0, 12, 6, 1)[n % 5])
        said = (
            named_day(day),
            f"{day:%d-%m-%Y}",
            f"Tanggal {day_of(day)}",
            f"{WEEKDAYS[day.weekday()]} ({day.day}/{day.month})",
        )[n % 4]
        made.append(replace(post, title=f"{_CALLS[n % 6]} {said}", event=day))
    return tuple(made)


def _teasers() -> Iterator[Scene]:
    calls = _calls()
    yield Scene(
        "site: agenda as a table, posted in the last column",
        lambda p: (
            f'<tr><td><a href="/agenda/{p.number}">{p.title}</a></td><td>{WEEKDAYS[p.event.weekday()]}, 08.00 s.d. selesai</td><td>Balai Warga</td><td>'
            f"{p.when:%d/%m/%Y}</td></tr>"
        ),
        lambda p: f"Diposting {day_of(p.when)}",
        around="<table><thead><tr><th>Kegiatan</th><th>Waktu</th><th>Tempat</th><th>Diposting</th></tr></thead><tbody>{}</tbody></table>",
        url=lambda p: f"/agenda/{p.number}",
        list="/agenda",
        page="/agenda?page={}",
        menu="Agenda",
        posts=calls,
        reached=calls,
        shell="webforms",
    )
    yield Scene(
        "site: invitations, uploaded in a list's foot",
        lambda p: (
            f'<li class="list-group-item"><a href="{slug_of(p)}" class="stretched-link fw-bold">{p.title}</a><p class="mb-1">Hari '
            f"{WEEKDAYS[p.event.weekday()]}, {day_of(p.event)} pukul 09.00 WITA</p><small>diunggah oleh operator pada {p.when:%Y-%m-%d %H:%M}</small></li>"
        ),
        lambda p: f"diunggah oleh operator pada {p.when:%Y-%m-%d %H:%M}",
        around='<ul class="list-group">{}</ul>',
        url=slug_of,
        posts=calls,
        reached=calls,
    )
    months: dict[str, list[News]] = defaultdict(list)
    for post in NEWS:
        months[f"{post.when:%Y-%m}"].append(post)
    said = _cards(_ago)
    base = Scene(
        "site: how long ago twice, months to choose",
        said,
        lambda p: f"{named_day(p.when)} | {p.when:%H:%M} WITA",
        pager="older",
        page="/berita?p={}",
        size=5,
        side="<h4>Arsip</h4><select onchange='location=this.value'><option>Pilih bulan</option>"
        + "".join(
            f"<option value='/arsip/{m}'>{MONTHS[int(m[5:]) - 1]} {m[:4]} ({len(few)})</option>"
            for m, few in months.items()
        )
        + "</select>",
    )
    yield replace(
        base, more={f"/arsip/{m}": base.frame(m, "".join(map(said, few))) for m, few in months.items()}
    )
    yield Scene(
        "site: GridView below today's clock, excerpt with a dateline",
        lambda p: (
            f'<tr><td><span id="gv_lblTgl_{p.number}" style="font-size:8pt">{short(p)} {p.when:%H:%M}</span><br /><a id="gv_hl_{p.number}" href="Berita.aspx?id='
            f'{p.number}">{p.title}</a><br /><span>{p.lead}</span></td></tr>'
        ),
        lambda p: f"<span style='font-size:8pt'>{short(p)} {p.when:%H:%M}</span>",
        around='<table cellspacing="0" id="gv">{}</table>',
        url=lambda p: f"/Berita.aspx?id={p.number}",
        list="/Daftar.aspx",
        page="/Daftar.aspx?hal={}",
        pager="total",
        shell="webforms",
        beside=4,
    )
    yield _blogger()


def _ago(post: Post) -> str:
    days, said = (NOW - post.when).days, []
    for name, length in (("bulan", 30), ("minggu", 7), ("hari", 1)):
        count, days = divmod(days, length)
        if count:
            said.append(f"{count} {name}")
    return (" dan ".join(said[:2]) or "12 jam") + " yang lalu"


def _blogger() -> Scene:
    """Days head the posts, an old one is pinned above them, the way on names a moment."""

    def url(post: Post) -> str:
        return f"/{post.when:%Y/%m}/{'-'.join(post.slug.split('-')[:5])}.html"

    def lay(posts, number: int) -> str:
        pinned = f'<div class="FeaturedPost"><h2>Postingan Unggulan</h2><h3><a href="{BASE}{url(NEWS[17])}">{NEWS[17].title}</a></h3><p>{NEWS[17].lead}</p></div>'
        return (pinned if number == 1 else "") + "".join(
            f"<div class='date-outer'><h2 class='date-header'><span>{named_day(p.when)}</span></h2><div class='date-posts'><div class='post-outer'><div "
            f"class='post hentry'><h3 class='post-title entry-title'><a href='{BASE}{url(p)}'>{p.title}</a></h3><div class='post-body'>{p.lead}</div><div "
            f"class='post-footer'>Diposting oleh <span>Kelurahan</span> <a href='{BASE}{url(p)}#comments'>{p.number % 3} komentar</a></div></div></div></div></div>"
            for p in posts
        )

    return Scene(
        "site: Blogger's days above posts, one featured",
        lambda _: "",
        article=lambda p, _: (
            f"<h2 class='date-header'>{named_day(p.when)}</h2><h3 class='post-title'>{p.title}</h3><div class='post-body'>{p.text}</div>"
        ),
        lay=lay,
        url=url,
        list="/search/label/Berita",
        page="/search/label/Berita?PageNo={}",
        pager="older",
        shell="old",
        beside=3,
    )


def _plain() -> Iterator[Scene]:
    yield Scene(
        "site: nothing odd, Helix",
        _cards(
            lambda p: (
                f'<time datetime="{p.when.isoformat()}" itemprop="datePublished">{day_of(p.when)}</time>'
            )
        ),
        lambda p: f"Diterbitkan: {day_of(p.when)}",
        shell="helix",
        pager="joomla",
        page="/berita?start={}",
        offset=True,
        beside=0,
    )
    yield Scene(
        "site: nothing odd, JSON behind a button",
        _cards(lambda p: named_day(p.when)),
        lambda p: named_day(p.when),
        pager="button",
        page="/berita/more/{}",
        beside=2,
        extra=_fragment,
    )
    yield Scene(
        "site: nothing odd, fragments by htmx",
        _cards(lambda p: named_day(p.when)),
        lambda p: named_day(p.when),
        pager="htmx",
        page="/berita?page={}",
        beside=1,
        shell="tailwind",
    )


def _fragment(url: str) -> Reply | None:
    """A page of cards as a string in JSON, with the address of the next."""
    number = url.removeprefix(f"{BASE}/berita/more/")
    if not number.isdecimal():
        return None
    few = NEWS[(int(number) - 1) * 9 : int(number) * 9]
    more = f"{BASE}/berita/more/{int(number) + 1}" if int(number) * 9 < len(NEWS) else None
    say = _cards(lambda p: named_day(p.when))
    return Reply(json.dumps({"html": "".join(map(say, few)), "next": more}), "application/json")


def lists() -> Iterator[Surface]:
    """All of them."""
    for each in (_one_day, _clocks, _files, _orders, _repeats, _copies, _teasers, _plain):
        yield from each()
