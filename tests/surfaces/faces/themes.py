"""What was read wrongly of the same kinds in the markup of other themes: SharePoint, Moodle, Elementor, Laravel."""

import html
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from samplecity.almanac import MONTHS
from tests.surfaces.faces.leaves import Leaf
from tests.surfaces.faces.news import NEWS
from tests.surfaces.post import NOW, Post, day_of, named_day
from tests.surfaces.surface import BASE, Surface

__all__ = ["theme_pages", "themes"]

_TITLE: Final = "Warga menata taman di tepi sungai"
_H1: Final = f"<h1>{_TITLE}</h1>"
_TEXT: Final = (
    "<p>Puluhan warga memadati halaman kantor sejak pagi untuk mengikuti rangkaian kegiatan panitia.</p>"
    "<p>Kepala bidang menuturkan bahwa program ini dilanjutkan secara bertahap di wilayah lain.</p>"
)
_NAV: Final = '<header><nav><a href="/profil">Profil</a> <a href="/berita">Berita</a></nav></header>'


def _web_part(post: Post) -> str:
    return (
        f'<li><div class="cbs-Line1"><a href="/warta/Pages/{post.slug}.aspx"><h2>{post.title}</h2></a></div>'
        f'<div class="cbs-Line2">{post.when:%d/%m/%Y}</div><div>{post.lead}</div></li>'
    )


def _topic(post: Post) -> str:
    return (
        f'<article class="forum-post"><header><h3>{post.title}</h3><div>oleh <a href="/user/view.php?id=2">Admin</a> - '
        f"{named_day(post.when)}, {post.when.hour % 12 or 12}:{post.when:%M %p}</div></header><div>{post.lead}</div>"
        f'<div><a href="/mod/forum/discuss.php?d={post.number}">Diskusikan topik ini</a> (0 tanggapan)</div></article>'
    )


def _boxed(post: Post) -> str:
    day = f"<span>{post.when.day}</span> <span>{MONTHS[post.when.month - 1][:3]}</span>"
    return (
        f'<div class="card"><h5><a href="/berita/{post.slug}">{post.title}</a></h5><p>{post.lead}</p><div class="card-footer">'
        f'<small><i class="bi bi-calendar"></i> {day}</small><small><i class="bi bi-eye"></i> {post.readers * 11}</small></div></div>'
    )


def _row(post: Post) -> str:
    return f'<div class="r"><h4><a href="/berita/{post.slug}">{post.title}</a></h4><i>{day_of(post.when)}</i></div>'


def _kept(posts: tuple[Post, ...], following: str | None, menu: bool) -> str:
    """A page drawn by a script; the slug has another name, and the menu calls `/pers` news."""
    records = [
        {"judul_rilis": p.title, "permalink": p.slug, "dibuat": f"{p.when:%Y-%m-%d %H:%M:%S}", "tayang_pada": f"{p.when:%Y-%m-%d %H:%M:%S}"}
        for p in posts
    ]  # fmt: skip
    links = [{"label": "Beranda", "href": "/"}, {"label": "Berita", "href": "/pers"}] if menu else []
    props = html.escape(
        json.dumps({"terbaru": {"data": records, "links": {"next": following}}, "menu": links})
    )
    return f'<!doctype html><html lang="id"><head><title>Rilis</title></head><body><main id="akar" data-props="{props}"></main></body></html>'


def _of_thirty_days(post: Post) -> str:
    """`8 bulan, 5 hari yang lalu`, each month of thirty days."""
    months, days = divmod((NOW - post.when).days, 30)
    said = (
        f"{months} bulan, {days} hari" if months and days else f"{months} bulan" if months else f"{days} hari"
    )
    return f'<div class="item"><h3><a href="/berita/{post.slug}">{post.title}</a></h3><small>{said} yang lalu</small></div>'


def _tile(post: Post) -> str:
    return (
        f'<a href="/berita/{post.slug}" class="group block rounded-2xl"><div class="p-5"><div class="flex text-xs"><span>{post.when:%d.%m.%Y}</span></div>'
        f'<p class="mt-2 text-lg font-semibold">{post.title}</p><p class="mt-2 text-sm">{post.lead}</p></div></a>'
    )


def _invited() -> tuple[Post, ...]:
    """Each fourth has a title of two words and the day of what it invites to."""
    return tuple(
        replace(post, title=f"Undangan Sarasehan {day_of(post.event)}") if n % 4 == 2 else post
        for n, post in enumerate(NEWS)
    )


def _drawn() -> Surface:
    last = -(-len(NEWS) // 7)
    pages = {
        "/pers" + (f"?page={i}" if i > 1 else ""): _kept(
            NEWS[(i - 1) * 7 : i * 7], f"{BASE}/pers?page={i + 1}" if i < last else None, menu=False
        )
        for i in range(1, last + 1)
    }
    own = {f"/pers/{p.slug}": _kept((p,), None, menu=False) for p in NEWS}
    return Surface(
        "theme: a slug by another name, a menu in the state that calls /pers news",
        card=_row,
        url=lambda post: f"/pers/{post.slug}",
        posts=NEWS,
        reached=NEWS,
        more={"/": _kept(NEWS[:4], None, menu=True), **pages, **own},
    )


def _wrapped(name: str, record: Callable[[Post], dict[str, object]]) -> Surface:
    """A list in the state of its page, each field wrapped as a program does."""

    def kept(posts: tuple[Post, ...]) -> str:
        state = json.dumps({"props": {"pageProps": {"posts": [record(post) for post in posts]}}})
        return (
            '<!doctype html><html lang="id"><head><title>Berita</title></head><body><div id="__next"><a href="/">Beranda</a> '
            f'<a href="/berita">Berita</a></div><script id="__NEXT_DATA__" type="application/json">{state}</script></body></html>'
        )

    own = {f"/berita/{p.slug}": kept((p,)) for p in NEWS}
    return Surface(
        name,
        card=_row,
        posts=NEWS,
        reached=NEWS,
        complete=False,
        more={"/": kept(NEWS[:4]), "/berita": kept(NEWS), **own},
    )


def _shared() -> Surface:
    """Of two short titles each stands in the feed, whose items lead to the list, and in the list."""
    posts = tuple(
        replace(post, title=("Apel Pagi", "Bersih Pantai")[n]) if n < 2 else post
        for n, post in enumerate(NEWS)
    )
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    items = "".join(
        f"<item><title>{p.title}</title><link>{BASE}/berita</link><guid isPermaLink='false'>n{p.number}</guid>"
        f"<pubDate>{p.when:%d} {months[p.when.month - 1]} {p.when:%Y %H:%M:%S %z}</pubDate></item>"
        for p in posts
    )
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Anggrek</title><link>{BASE}/</link>{items}</channel></rss>'
    return Surface(
        "theme: a feed whose items lead to the list, two short titles",
        card=_row,
        posts=posts,
        reached=posts,
        every='<link rel="alternate" type="application/rss+xml" href="/rss.xml">',
        more={"/rss.xml": feed},
    )


def _read_most() -> Surface:
    """Home shows five of a list by readers; they fall by chance, but for the first, from before the window."""
    old = [replace(post, when=post.when.replace(year=2024)) for post in NEWS[9:13]]
    mixed = [NEWS[i] for i in (5, 2, 20, 8, 0, 7, 3, 1, 6, 4)]
    posts = (old[0], NEWS[21], NEWS[22], old[1], old[2], *mixed, old[3])
    return Surface(
        "theme: five at home that fall by chance, of a list by readers far down in the address",
        card=_row,
        posts=posts,
        reached=posts,
        size=8,
        list="/index.php/first/kategori/9",
        page="/index.php/first/kategori/9/{}",
        menu="Artikel",
        home="".join(map(_row, posts[:5])),
        complete=False,
    )


def themes() -> Iterator[Surface]:
    """Those that were read wrongly or not at all at first sight."""
    yield Surface(
        "theme: SharePoint, arrows that only their hints name",
        card=_web_part,
        around='<ul class="cbs-List">{}</ul>',
        url=lambda post: f"/warta/Pages/{post.slug}.aspx",
        list="/warta/Pages/default.aspx",
        page="/warta/Pages/default.aspx?start1={}",
        offset=True,
        size=8,
        pager="hinted",
        menu="Warta",
        posts=NEWS,
        reached=NEWS,
    )
    yield Surface(
        "theme: Moodle, a title above and one button for all topics",
        card=_topic,
        url=lambda post: f"/mod/forum/discuss.php?d={post.number}",
        list="/mod/forum/view.php?id=2",
        page="/mod/forum/view.php?id=2&p={}",
        menu="Pengumuman",
        posts=NEWS,
        reached=NEWS,
    )
    yield Surface(
        "theme: Bootstrap, day and month in boxes before a counter",
        card=_boxed,
        told=lambda post: f"{post.when.day} {MONTHS[post.when.month - 1]}",
        size=8,
        posts=NEWS,
        reached=NEWS,
    )
    yield Surface(
        "theme: OpenSID, older ones by two words and a sign",
        card=_row,
        list="/index.php/first/kategori/1",
        page="/index.php/first/kategori/1/{}",
        home="".join(map(_row, NEWS[:5])),
        pager="older",
        posts=NEWS,
        reached=NEWS,
    )
    yield Surface(
        "theme: Lokomedia, all of it by the query of media.php",
        card=lambda post: (
            f"<span class=date><img src=images/clock.gif> {named_day(post.when)} - {post.when:%H:%M:%S}</span><br><span class=judul>"
            f'<a href="/media.php?module=detailberita&amp;id={post.number}">{post.title}</a></span><br>{post.lead}<hr>'
        ),
        url=lambda post: f"/media.php?module=detailberita&id={post.number}",
        list="/media.php?module=semuaberita",
        page="/media.php?module=semuaberita&halberita={}",
        posts=NEWS,
        reached=NEWS,
    )
    yield Surface(
        "theme: ages by months of thirty days, articles tell the day",
        card=_of_thirty_days,
        told=lambda post: f"{named_day(post.when)} {post.when:%H:%M} WITA",
        posts=NEWS,
        reached=NEWS,
    )
    yield Surface(
        "theme: Tailwind, cards that are one link, some called by two words and a day",
        card=_tile,
        posts=_invited(),
        reached=_invited(),
    )
    yield _drawn()
    yield _wrapped(
        "theme: Wagtail's interface, slug and day among what is no content",
        lambda p: {
            "id": p.number,
            "meta": {"slug": p.slug, "first_published_at": p.when.isoformat()},
            "title": p.title,
        },
    )
    yield _wrapped(
        "theme: Drupal's interface, each field a list of one value",
        lambda p: {
            "nid": [{"value": p.number}],
            "title": [{"value": p.title}],
            "path": [{"alias": f"/berita/{p.slug}"}],
            "created": [{"value": p.when.isoformat()}],
        },
    )
    yield _shared()
    yield _read_most()


def theme_pages() -> Iterator[Leaf]:
    """Articles: what names a clock, a file, a programme or a law."""
    for name, clock in (
        ("hari ini", '<span class="hari">Hari ini: 27/11/2026</span>'),
        ("a welcome of yesterday", "<marquee>Selamat datang di situs resmi - 26 November 2026</marquee>"),
    ):
        yield Leaf(f"clock: {name}, before the menu", f"{clock}{_NAV}{_H1}{_TEXT}")
    row = '<tr><td><a href="/f/1.pdf">Lampiran I</a></td><td>07-10-2026</td></tr>'
    yield Leaf(
        "others: the day of an attached file",
        f"{_H1}{_TEXT}<h4>Lampiran</h4><table><tr><th>Berkas</th><th>Tanggal</th></tr>{row}</table>",
    )
    yield Leaf(
        "others: a programme that is shown again",
        f"{_H1}{_TEXT}<p>Tayang ulang: TVRI Daerah, Minggu, 18/10/2026, 20.30</p>",
    )
    law = "Berpedoman pada Peraturan Wali Kota Nomor 17 Tahun 2019 tanggal 3 Januari 2019"
    yield Leaf(
        "others: a law's day before a name of many words",
        f"{_H1}<div><span>Administrator</span><span>Selasa, 11 Agustus 2026 09:29 WITA</span></div>"
        f"<div><p>{law}, Balai Latihan Kerja Wisuda Angkatan Kelima pada 8 Agustus lalu.</p>{_TEXT}</div>",
        "2026-08-11",
    )
    yield from _companions()


def _companions() -> Iterator[Leaf]:
    """What stands beside a text, or in it, and tells a day of its own."""
    yield Leaf(
        "others: rates of yesterday in one line above the heading",
        f"<p>Kurs 26 November 2026: USD 16.200</p>{_H1}{_TEXT}",
    )
    yield Leaf(
        "others: points of a schedule",
        f"{_H1}<ul><li>Pendaftaran: 10 April 2026 s.d. 28 April 2026</li><li>Pengumuman: 1 Mei 2026</li></ul>{_TEXT}",
    )
    yield Leaf(
        "others: the day of a post elsewhere that is shown",
        f"{_H1}<p>Oleh Admin | 7 Juli 2026</p>{_TEXT}<blockquote>Diposting di Instagram, 27 Juni 2026</blockquote>",
        "2026-07-07",
    )
    names = "Dinas Koperasi Fasilitasi Sertifikat Halal Bagi Pedagang Pasar."
    yield Leaf(
        "others: a weekday and a dash before a sentence of names",
        f"{_H1}<div><span>Tim Redaksi</span> · <span>17 Oktober 2026</span> · <span>3 menit baca</span></div>"
        f"<p>Kamis, 1 Oktober 2026 – {names}</p>{_TEXT}",
        "2026-10-17",
    )
    yield Leaf(
        "others: a source's day below a text as Drupal marks it",
        f'{_H1}<div class="node__content"><div class="field field--name-body field--type-text-with-summary">'
        f"{_TEXT}<p><em>Sumber: Humas Pemkot, 12 April 2026</em></p></div></div>",
    )
    yield from _machines()


def _machines() -> Iterator[Leaf]:
    """What machines are told of other posts, of events and of comments."""
    other = {
        "@type": "NewsArticle",
        "headline": "Lomba mewarnai",
        "url": "https://anggrek.go.id/berita/lomba",
    }
    items = [{"@type": "ListItem", "item": {**other, "datePublished": "2026-07-30T10:00:00+08:00"}}]
    data = json.dumps({"@context": "https://schema.org", "@type": "ItemList", "itemListElement": items})
    yield Leaf(
        "others: a list of one other post, in JSON-LD",
        f"{_H1}<p>14 Agustus 2026</p>{_TEXT}",
        "2026-08-14",
        head=f'<script type="application/ld+json">{data}</script>',
    )
    yield Leaf(
        "others: a teaser in microdata",
        f'{_H1}{_TEXT}<div itemscope itemtype="https://schema.org/BlogPosting"><a itemprop="url" href="/berita/lomba">Lomba '
        'mewarnai tingkat kelurahan</a><meta itemprop="datePublished" content="2026-07-30"></div>',
    )
    yield Leaf(
        "others: a comment's day in an element of its own",
        f'{_H1}{_TEXT}<div id="comments"><time datetime="2026-09-05">5 September 2026</time> Budi</div>',
    )
    yield Leaf(
        "others: an event's start in microdata",
        f'{_H1}{_TEXT}<div itemscope itemtype="https://schema.org/Event"><span itemprop="name">Pawai</span> '
        '<time itemprop="startDate" datetime="2026-09-05">5 September 2026</time></div>',
    )
    yield Leaf(
        "told: the rows of a page laid out as a table, a signature below the text",
        f"<table><tr><td><b>{_TITLE}</b></td></tr><tr><td><span>4 Juli 2026 - 09:27</span></td></tr><tr><td>{_TEXT}"
        "<p>Anggrek, 22 Juni 2026<br>Camat Anggrek</p></td></tr></table>",
        "2026-07-04",
    )
    yield Leaf(
        "others: days over the columns of prices",
        f"{_H1}{_TEXT}<table><tr><th>Komoditas</th><th>12/11/2026</th><th>13/11/2026</th></tr>"
        "<tr><td>Beras</td><td>14.000</td><td>14.100</td></tr></table>",
    )
    yield from _papers()


def _papers() -> Iterator[Leaf]:
    """Tenders, prices, copies; old pages whose title and day share a cell."""
    rows = "<tr><td>Lokasi</td><td>Aula</td></tr><tr><td>Batas Akhir Penawaran</td><td>19 Mei 2026</td></tr>"
    yield Leaf("others: a deadline of three words in a table", f"{_H1}<table>{rows}</table>{_TEXT}")
    yield Leaf("others: figures of a day", f"{_H1}<p>Per 19 Mei 2026</p>{_TEXT}")
    yield Leaf("others: a reader's copy", f"<p>Dicetak: 27/11/2026 12:00 WITA</p>{_H1}{_TEXT}")
    yield Leaf("others: what nobody sees", f"{_H1}{_TEXT}<p style='display: none'>2026-11-22 11:00:00</p>")
    line = "<i>Tanggal : 19-05-2026 09:41, dibaca 31 kali.</i>"
    yield Leaf(
        "told: a line below the title, in the cell of both",
        f"<table><tr><td><b>{_TITLE}</b><br>{line}</td></tr><tr><td>{_TEXT}</td></tr></table>",
        "2026-05-19",
    )
