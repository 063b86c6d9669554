"""Whole sites as single programs make them: portals of categories, tables of files, pages drawn by a script."""

import html
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC

from tests.surfaces.post import NOW, POSTS, Post, day_of, named_day
from tests.surfaces.surface import BASE, Surface
from tests.surfaces.words import badge, short

__all__ = ["systems"]


def _village(post: Post) -> str:
    """An address with day and month of one or two figures."""
    return f"/artikel/{post.when.year}/{post.when.month}/{post.when.day}/{post.slug}"


def _village_card(post: Post) -> str:
    return (
        f'<div class="artikel" id="artikel-{post.number}"><h3 class="judul"><a href="{BASE}{_village(post)}">{post.title}</a></h3>'
        f'<div class="kecil"><p><i class="fa fa-clock-o"></i> {day_of(post.when)} {post.when:%H:%M:%S} <i class="fa fa-user"></i> '
        f"Operator <i class='fa fa-eye'></i> {post.readers} Kali</p></div><p>{post.lead} <a href='{BASE}{_village(post)}'>..selengkapnya</a></p></div>"
    )


_WIDGETS = "".join(
    '<div class="tab-pane"><table>'
    + "".join(
        f'<tr><td colspan=2><span class="meta">{day_of(p.when)} | {p.readers} Kali</span></td></tr><tr><td><img src="/f.jpg"></td>'
        f'<td><a href="{BASE}{_village(p)}">{p.title}</a></td></tr>'
        for p in posts
    )
    + "</table></div>"
    for posts in (POSTS[:4], POSTS[9:13], POSTS[20:24])
)
_CALENDAR = "<h3>Agenda</h3>" + "".join(
    f"<table><tr><td colspan=3><a href='{BASE}/artikel/2026/12/{n}/gotong-royong-{n}'>Gotong Royong {n}</a></td></tr><tr><td>Waktu</td><td>:"
    f"</td><td>{n:02d} Desember 2026 08:00:00</td></tr><tr><td>Lokasi</td><td>:</td><td>Balai</td></tr></table>"
    for n in (3, 9, 17)
)


def _row(post: Post, n: int = 1) -> str:
    return (
        f"<tr><td>{n}</td><td>{post.when:%d-%m-%Y}</td><td>{post.title}</td><td>{post.event:%d-%m-%Y}</td>"
        f'<td><a href="/unduh/{post.number}" class="btn"><i class="fa fa-download"></i> Unduh</a></td></tr>'
    )


_TABLE = (
    "<table id='dataTable'><thead><tr><th>No</th><th>Tanggal Upload</th><th>Judul</th><th>Tanggal Kegiatan</th><th>Aksi</th></tr>"
    "</thead><tbody>{}</tbody></table>"
)


def _modal(post: Post) -> str:
    return (
        f'<tr><td>{short(post)}</td><td>{post.title}</td><td><button data-toggle="modal" data-target="#m{post.number}">Detail</button>'
        f'<div class="modal" id="m{post.number}"><h5>{post.title}</h5>{post.text}</div></td></tr>'
    )


def _accordion(post: Post) -> str:
    return (
        f'<div class="panel"><a data-toggle="collapse" href="#c{post.number}">{post.title}</a><small>{short(post)}</small>'
        f'<div id="c{post.number}" class="collapse">{post.text}</div></div>'
    )


def _event_article(post: Post, said: str) -> str:
    """An announcement that tells day, hour and place of what it invites to."""
    return (
        f"<h1>{post.title}</h1><div class='info'><i class='fa fa-calendar'></i> {said}</div><table><tr><td>Hari/Tanggal</td><td>:</td><td>"
        f"{named_day(post.event)}</td></tr><tr><td>Pukul</td><td>:</td><td>09.00 WITA</td></tr><tr><td>Tempat</td><td>:</td><td>Aula</td>"
        f"</tr></table>{post.text}"
    )


def _state(posts: Sequence[Post], zone: bool) -> str:
    rows = [
        {
            "id": p.number,
            "judul": p.title,
            "slug": p.slug,
            "isi": p.text,
            "gambar": f"/f/{p.number}.jpg",
            "kategori": {"id": 2, "nama": "Umum"},
            "dilihat": p.readers,
            "created_at": _instant(p, zone),
            "updated_at": _instant(p, zone) if zone else f"{p.edited:%Y-%m-%d %H:%M:%S}",
        }
        for p in posts
    ]
    return json.dumps(
        {"props": {"berita": {"data": rows, "current_page": 1, "last_page": 1, "total": len(rows)}}}
    )


def _instant(post: Post, zone: bool) -> str:
    return (
        f"{post.when.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000000Z" if zone else f"{post.when:%Y-%m-%d %H:%M:%S}"
    )


def _slug(post: Post) -> str:
    return f"/berita/{post.slug}"


def _shell(posts: Sequence[Post], _: int) -> str:
    return f'<div id="app" data-page="{html.escape(_state(posts, zone=True))}"></div>'


def _next(posts: Sequence[Post], _: int) -> str:
    links = "".join(f'<a href="{_slug(p)}"><h3>{p.title}</h3><p>{day_of(p.when)}</p></a>' for p in posts)
    return f'<div id="__next"><main>{links}</main></div><script id="__NEXT_DATA__" type="application/json">{_state(posts, zone=False)}</script>'


def _portal() -> Surface:
    """Home has a box of each category; no list holds all."""
    names = ("Pemerintahan", "Ekonomi", "Kesehatan")
    parts = [POSTS[n::3] for n in range(3)]

    def item(post: Post) -> str:
        return (
            f'<li><a href="/read/{post.number}/{post.slug}">{post.title}</a> <span>{short(post)}</span></li>'
        )

    def url(post: Post) -> str:
        return f"/read/{post.number}/{post.slug}"

    boxes = "".join(
        f'<div class="box"><h3><a href="/kategori/{n}/{name.lower()}">{name}</a></h3><ul>{"".join(map(item, part[:4]))}</ul></div>'
        for n, (name, part) in enumerate(zip(names, parts, strict=True))
    )
    surface = Surface(
        "system: portal of categories, no list of all",
        item,
        short,
        url=url,
        home=boxes,
        list="/tentang",
        menu="Tentang",
        posts=POSTS,
        complete=False,
    )
    more = {
        f"/kategori/{n}/{name.lower()}": surface.frame(
            name, f"<h2>Kategori {name}</h2><ul>{''.join(map(item, part))}</ul>"
        )
        for n, (name, part) in enumerate(zip(names, parts, strict=True))
    }
    more["/tentang"] = surface.frame("Tentang", "<h1>Tentang</h1><p>Portal warta kelurahan.</p>")
    return replace(surface, more=more)


def _slider_home() -> str:
    """A slider, tabs of news, agenda and announcements, as one program's home has them."""
    slides = "".join(
        f'<div class="item"><a href="{_read(p)}"><img src="/f.jpg"><div class="carousel-caption"><span>{named_day(p.when)}</span>'
        f"<h2>{p.title}</h2></div></a></div>"
        for p in POSTS[:5]
    )
    thumbs = "".join(
        f'<li data-slide-to="{n}"><a href="#"><span>{p.title}</span></a></li>'
        for n, p in enumerate(POSTS[:5])
    )
    tabs = "".join(
        f'<li class="media"><div><p class="small"><i class="fa fa-calendar"></i> {day_of(p.when)}</p><h4><a href="{_read(p)}">{p.title}</a>'
        "</h4></div></li>"
        for p in POSTS[:9]
    )
    agenda = "".join(
        f'<li class="media"><div class="event-date"><p>{n + 1}</p><small>Nov</small></div><div><h5><b>Rapat {n}</b></h5><li><i></i> {n + 1} '
        f"November 2026 <i></i> Aula - {n + 3} November 2026 s/d {n + 4} November 2026 Pukul 09.00</li></div></li>"
        for n in range(5)
    )
    return (
        f'<div class="carousel">{slides}</div><ul>{thumbs}</ul><ul class="tabs"><li><a href="#artikel">Berita</a></li><li><a href="#agenda">'
        f'Agenda</a></li></ul><div id="artikel"><ul>{tabs}</ul></div><div id="agenda"><ul>{agenda}</ul></div>'
    )


def _read(post: Post) -> str:
    return f"/baca-berita-{post.number}-{post.slug}.html"


def _old_row(post: Post) -> str:
    """A table around each post, fonts, and images for bullets."""
    return (
        f"<table width=100% border=0><tr><td><img src=/bullet.gif> <a href={_read(post)}><font size=3><b>{post.title}</b></font></a></td></tr>"
        f"<tr><td><font size=1 color=#999>{named_day(post.when)} - {post.when:%H:%M:%S} WITA</font></td></tr><tr><td>{post.lead} "
        f"<a href={_read(post)}>Selengkapnya</a></td></tr></table>"
    )


def systems() -> Iterator[Surface]:
    """All of them."""
    yield Surface(
        "system: village program, tabs of other posts",
        _village_card,
        lambda p: f"{day_of(p.when)} {p.when:%H:%M:%S}",
        url=_village,
        side=_WIDGETS,
        list="/index",
        page="/index/{}",
        size=8,
    )
    yield Surface(
        "system: village program, agenda of the same addresses",
        _village_card,
        lambda p: f"{day_of(p.when)} {p.when:%H:%M:%S}",
        url=_village,
        side=_CALENDAR,
        list="/index",
        page="/index/{}",
        size=8,
    )
    yield Surface(
        "system: slider, tabs and agenda on home",
        _old_row,
        lambda p: f"{named_day(p.when)} - {p.when:%H:%M:%S} WITA",
        url=_read,
        home=_slider_home(),
        list="/semua-berita.html",
        page="/halberita-{}.html",
        pager="old",
    )
    yield Surface(
        "system: tables of 2008",
        _old_row,
        lambda p: named_day(p.when),
        url=_read,
        pager="old",
        page="/media.php?module=berita&halaman={}",
    )
    yield _portal()
    yield Surface(
        "system: one table of files",
        _row,
        url=lambda p: f"/unduh/{p.number}",
        around=_TABLE,
        pager="none",
        size=99,
        lay=lambda posts, _: "".join(_row(p, n) for n, p in enumerate(posts, 1)),
    )
    yield Surface(
        "system: modals without an address",
        _modal,
        around="<table>{}</table>",
        pager="none",
        size=99,
        reached=(),
        complete=False,
    )
    yield Surface(
        "system: accordion without an address", _accordion, pager="none", size=99, reached=(), complete=False
    )
    yield Surface(
        "system: announcements with a table of the event",
        lambda p: f'<div><h4><a href="{_slug(p)}">{p.title}</a></h4><p>{p.lead}</p></div>',
        lambda p: day_of(p.when),
        _event_article,
    )
    yield Surface(
        "system: Inertia, created_at in UTC",
        _row,
        lambda p: named_day(p.when),
        lay=_shell,
        pager="none",
        size=99,
    )
    yield Surface(
        "system: Next, state beside cards", _row, lambda p: day_of(p.when), lay=_next, pager="none", size=99
    )
    yield Surface(
        "system: empty shell of a script",
        _row,
        lay=lambda *_: '<div id="root"></div><script src="/static/js/main.js"></script>',
        pager="none",
        reached=(),
        complete=False,
    )
    yield Surface(
        "system: button that posts for more",
        lambda p: f'<div><h4><a href="{_slug(p)}">{p.title}</a></h4><small>{short(p)}</small></div>',
        around='{}<button class="load-more" onclick="more_posts()">Muat lebih banyak</button><script>function more_posts(){$.post("/posts/more")}</script>',
        pager="none",
        reached=POSTS[:9],
        complete=False,
    )
    yield Surface(
        "system: pages by __doPostBack",
        lambda p: (
            f'<tr><td><a href="/detil.aspx?id={p.number}">{p.title}</a></td><td>{p.when:%d/%m/%Y}</td></tr>'
        ),
        url=lambda p: f"/detil.aspx?id={p.number}",
        around="<table>{}<tr><td colspan=2><span>1</span> <a href=\"javascript:__doPostBack('gv','Page$2')\">2</a></td></tr></table>",
        pager="none",
        reached=POSTS[:9],
        complete=False,
    )
    yield Surface(
        "system: home is a frame of the list",
        lambda p: f'<p><a href="{_slug(p)}">{p.title}</a><br><i>{short(p)}</i></p>',
        home='<iframe src="/berita" width=100% height=900></iframe>',
        menu="Warta",
    )
    yield Surface(
        "system: numbered badge list, month names first",
        lambda p: (
            f'<li><div class="box">{badge(p)[1]}<b>{badge(p)[0]}</b>{p.when.year}</div>'
            f'<a href="{_slug(p)}">{p.title}</a></li>'
        ),
        around="<ol>{}</ol>",
        side=f"<p>{day_of(NOW)}</p>",
    )
