"""What offices and their hosts do: moves, pins, two languages, empty shelves, outages, intruders, doors for scripts."""

import html
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from functools import partial
from typing import Final

from tests.surfaces.faces.news import NEWS, publish
from tests.surfaces.faces.scene import Scene, slug_of
from tests.surfaces.post import NOW, Post, day_of, named_day
from tests.surfaces.surface import BASE, Reply, Surface
from tests.surfaces.words import short

__all__ = ["doings"]

_HOST: Final = BASE.removeprefix("https://")


def _card(post: Post, said: str = "", url: str = "") -> str:
    link = html.escape(url or slug_of(post))
    return (
        f'<div class="news-box"><div class="thumb"><a href="{link}"><img src="/i/{post.number}.jpg"></a></div><h4 class="ttl"><a href="{link}">{post.title}</a>'
        f'</h4><div class="inf">{said}</div><p>{post.lead}</p></div>'
    )


def _dated(post: Post) -> str:
    return _card(post, f"{named_day(post.when)} | Admin")


def _told(post: Post) -> str:
    return f"{named_day(post.when)} | Admin"


def _word() -> Scene:
    """Pasted from Word: a heading with the event's day, marks of the program, the day of writing in the text."""
    made = tuple(
        replace(
            p,
            title=f"{p.title} Tanggal {day_of(p.event)}"
            if n % 2 and str(p.event.year) not in p.title
            else p.title,
        )
        for n, p in enumerate(NEWS)
    )

    def mso(post: Post) -> str:
        return (
            f'<p class="MsoNormal" align="center" style="text-align:center"><b><span lang="IN">{post.title.upper()}<o:p></o:p></span></b></p><p class="MsoNormal">'
            f'<span lang="IN">Hari/Tanggal&nbsp; : {named_day(post.event)}<o:p></o:p></span></p><p class="MsoNormal"><span>Tempat&nbsp; : Aula</span></p>'
        )

    return Scene(
        "doing: news from Word, days in titles and tables",
        lambda p: (
            f'<div class="item"><h3><a href="{slug_of(p)}">{p.title}</a></h3>{mso(p)}<div class="kaki">Dikirim: {p.when:%d/%m/%Y} | Oleh: admin | Hits: {p.readers}'
            "</div></div>"
        ),
        article=lambda p, said: f"<h2>{p.title}</h2>{mso(p)}{p.text}<div class='kaki'>{said}</div>",
        told=lambda p: f"Dikirim: {p.when:%d/%m/%Y} | Oleh: admin | Hits: {p.readers}",
        posts=made,
        reached=made,
        beside=1,
    )


def _pictures() -> Scene:
    def image(post: Post) -> str:
        return f"/uploads/2026/IMG-{post.event - timedelta(days=1):%Y%m%d}-WA00{post.number % 90 + 10}.jpg"

    return Scene(
        "doing: a day in the picture's name alone",
        lambda p: (
            f'<div class="c"><img src="{image(p)}"><h4><a href="{slug_of(p)}">{p.title}</a></h4><p>{p.lead}</p></div>'
        ),
        article=lambda p, _: f'<h1>{p.title}</h1><img src="{image(p)}" alt="">{p.text}',
        dated=False,
        complete=False,
    )


def _moves() -> Iterator[Scene]:
    """One site behind four doors."""
    www = f"https://www.{_HOST}"
    base = Scene(
        "doing: http leads to https://www, lists link the old door",
        lambda p: _card(p, named_day(p.when), f"http://{_HOST}{slug_of(p)}"),
        _told,
        door=f"http://{_HOST}/",
        head=lambda p: f'<link rel="canonical" href="{www}{slug_of(p)}">',
    )

    def door(url: str) -> Reply | None:
        scheme, _, rest = url.partition("://")
        host, _, path = rest.partition("/")
        if host not in {_HOST, f"www.{_HOST}"}:
            return None
        if (scheme, host) != ("https", f"www.{_HOST}"):
            return Reply(status=301, to=f"{www}/{path}")
        return base.respond(f"{BASE}/{path}")

    yield replace(base, extra=door)
    yield replace(
        base,
        name="doing: all doors answer, lists mix them",
        card=lambda p: _card(
            p,
            named_day(p.when),
            f"{('http', 'https')[p.number % 2]}://{('', 'www.')[p.number % 4 // 2]}{_HOST}{slug_of(p)}",
        ),
        head=lambda _: "",
        extra=lambda url: (
            base.respond(BASE + "/" + url.partition("://")[2].partition("/")[2])
            if "www." in url or url.startswith("http://")
            else None
        ),
    )


def _mixed() -> Scene:
    """One list holds both languages, each with the other's address."""

    def english(post: Post) -> str:
        return f"/en/news/{post.number}/residents-of-the-ward-meet-again"

    def head(post: Post) -> str:
        return f'<link rel="alternate" hreflang="id" href="{BASE}{slug_of(post)}"><link rel="alternate" hreflang="en" href="{BASE}{english(post)}">'

    def both(post: Post) -> str:
        name = f"Residents of ward {post.number} meet again at the pier"
        return _card(post, day_of(post.when)) + (
            f'<div class="news-box"><h4 class="ttl"><a href="{english(post)}">{name}</a></h4><div class="inf">{post.when.day} {post.when:%B %Y}</div></div>'
        )

    base = Scene("doing: both languages in one list", both, lambda p: day_of(p.when), head=head)
    more = {
        english(p): base.frame("News", f"<h1>Residents of ward {p.number} meet again at the pier</h1><p>{p.when.day} {p.when:%B %Y}</p><p>Neighbours met at the pier "
        "together with officers, and the meeting went on until noon with songs.</p>", head(p))
        for p in NEWS
    }  # fmt: skip
    return replace(base, more=more)


def _years() -> Scene:
    """The newest stand in the list, older ones in a year that a box chooses."""
    posts = publish(40, gaps=(11, 17, 9, 14))
    base = Scene(
        "doing: older posts by a year to choose",
        _dated,
        _told,
        posts=posts,
        reached=posts,
        pager="none",
        complete=False,
    )
    years = sorted({p.when.year for p in posts}, reverse=True)
    form = "<form action='/arsip' method='get'><select name='tahun' onchange='this.form.submit()'>" + "".join(
        f"<option value='{year}'>{year}</option>" for year in years
    ) + "</select></form>"  # fmt: skip
    more = {
        f"/arsip?tahun={year}": base.frame(
            f"Arsip {year}", form + "".join(_dated(p) for p in posts if p.when.year == year)
        )
        for year in years
    }
    return replace(base, more=more, around="{}" + form)


def _gaps() -> Scene:
    """Numbers with gaps: what was deleted answers an empty page."""
    base = Scene(
        "doing: numbers with gaps, deleted ones answer 200",
        lambda p: _card(p, short(p), f"/index.php?pg=baca&id={p.number}"),
        short,
        url=lambda p: f"/index.php?pg=baca&id={p.number}",
        list="/index.php?pg=berita",
        page="/index.php?pg=berita&hal={}",
        shell="old",
        pager="total",
    )
    empty = base.frame("", "<h3></h3><p></p><p>Dibaca kali</p>")
    return replace(
        base, extra=lambda url: Reply(empty) if "pg=baca" in url and base.respond(url) is None else None
    )


def _shelves() -> Scene:
    entry = tuple(
        (f"/kategori/{name.lower()}", name) for name in ("Kesehatan", "Pendidikan", "Pengumuman", "Artikel")
    )
    base = Scene("doing: empty categories beside a list", _dated, _told, entry=entry, beside=3)
    return replace(
        base,
        more={
            url: base.frame(name, f"<h3>{name}</h3><p>Belum ada berita pada kategori ini.</p>")
            for url, name in entry
        },
    )


def _sections() -> Scene:
    """News, announcements and articles have a list each; together they are the office's posts."""
    parts = {"berita": NEWS[0::2], "pengumuman": NEWS[1::4], "artikel": NEWS[3::4]}
    of = {p.number: name for name, few in parts.items() for p in few}

    def url(post: Post) -> str:
        return f"/{of[post.number]}/{post.number}-{post.slug[:24].strip('-')}"

    base = Scene(
        "doing: three sections, a pager each",
        lambda p: _card(p, short(p), url(p)),
        short,
        url=url,
        entry=(("/pengumuman", "Pengumuman"), ("/artikel", "Artikel")),
        home="<h2>Selamat Datang</h2><p>Situs resmi kelurahan.</p>"
        + "".join(_card(p, short(p), url(p)) for p in NEWS[:6]),
    )
    more = {}
    for name, few in parts.items():
        last = -(-len(few) // 5)
        for n in range(1, last + 1):
            links = "".join(f'<a href="/{name}?page={i}">{i}</a> ' for i in range(1, last + 1))
            page = base.frame(
                name.title(),
                "".join(map(base.card, few[(n - 1) * 5 : n * 5])) + f"<div class='pager'>{links}</div>",
            )
            more[f"/{name}?page={n}"] = page
            more.setdefault(f"/{name}", page)
    return replace(base, more=more)


def _always(reply: Reply, _: str) -> Reply:
    return reply


def _dead() -> Iterator[Scene]:
    """No posts are to be seen: nothing may be found, and nothing claimed."""
    soon = "<html><head><title>Segera Hadir</title></head><body><h1>Segera Hadir</h1><p>Situs kami sedang disiapkan. Diluncurkan 17 Desember 2026.</p></body></html>"
    parked = (
        "<html><head><title>anggrek.go.id is for sale</title></head><body><h1>anggrek.go.id</h1><p>This domain may be for sale. <a href='https://park.example/buy'>Buy "
        "this domain</a></p><ul><li><a href='/?q=loans'>Online Loans</a></li><li><a href='/?q=cars'>Used Cars Near You</a></li></ul></body></html>"
    )
    wall = (
        "<html><head><title>Just a moment...</title><meta http-equiv='refresh' content='8'></head><body><h1>Checking your browser before accessing</h1><p>Please enable "
        "JavaScript and cookies to continue. Ray ID: 8c1f0</p></body></html>"
    )
    work = "<html><body><h2>Mohon Maaf</h2><p>Website sedang dalam pemeliharaan sejak 20 November 2026. Silakan kembali lagi.</p></body></html>"
    default = "<html><head><title>Welcome to nginx!</title></head><body><h1>Welcome to nginx!</h1><p>If you see this page, the server is installed.</p></body></html>"
    gone = "<html><head><title>Account Suspended</title></head><body><h1>Account Suspended</h1><p>Contact your hosting provider for more information.</p></body></html>"
    listing = "<html><head><title>Index of /</title></head><body><h1>Index of /</h1><pre><a href='cgi-bin/'>cgi-bin/</a> 2026-11-02 10:11  -\n<a href='backup.zip'>backup.zip</a> 2026-10-12 09:00 12M</pre></body></html>"
    login = "<html><head><title>Login</title></head><body><h3>Login Administrator</h3><form method=post><input name=u><input type=password name=p></form><p>27 November 2026</p></body></html>"
    for name, body, status in (
        ("coming soon", soon, 200),
        ("a parked name", parked, 200),
        ("a wall's question, 403", wall, 403),
        ("a wall's question, 200", wall, 200),
        ("maintenance, 200", work, 200),
        ("a server's first page", default, 200),
        ("suspended, 200", gone, 200),
        ("an open folder", listing, 200),
        ("a login", login, 200),
        ("a blank page", "", 200),
        (
            "an error of the database, 200",
            "<h1>Database Error</h1><p>Unable to connect: SQLSTATE[HY000] [2002]</p>",
            200,
        ),
    ):
        reply = Reply(body, status=status)
        yield Scene(
            f"dead: {name}", _dated, extra=partial(_always, reply), reached=(), posts=(), complete=False
        )


def _hacked() -> Scene:
    """Bets stand among the news, in the list and in its form."""
    spam = tuple(
        replace(
            p,
            number=p.number + 1,
            title=f"{name} Gacor Maxwin Deposit Pulsa {n + 5} Ribu",
            when=p.when - timedelta(hours=2),
        )
        for n, (p, name) in enumerate(
            zip(
                NEWS[1:14:2],
                (
                    "Slot88",
                    "Toto Macau",
                    "RTP Live Slot",
                    "Situs Judi Bola",
                    "Sbobet",
                    "Pragmatic Slot",
                    "Togel Online",
                ),
                strict=False,
            )
        )
    )
    cards = [_card(p, named_day(p.when), f"/berita/{p.title.lower().replace(' ', '-')}") for p in spam]

    def lay(posts, number: int) -> str:
        mine = [_dated(p) for p in posts]
        for n, card in enumerate(cards[(number - 1) * 2 : number * 2]):
            mine.insert(1 + 3 * n, card)
        return "".join(mine)

    return Scene("doing: bets among the news", _dated, _told, lay=lay, complete=False)


def _soft() -> Scene:
    """Whatever is not there answers 200, with the popular posts below."""
    popular = "".join(
        f'<li><a href="{slug_of(p)}">{p.title}</a> <span>{short(p)}</span></li>'
        for p in (NEWS[8], NEWS[3], NEWS[12])
    )
    base = Scene("doing: nothing there answers 200 with popular posts", _dated, _told, pager="tailwind")
    missing = base.frame(
        "Halaman tidak ditemukan",
        f"<h1>Ups!</h1><p>Halaman yang Anda cari tidak ada.</p><h4>Mungkin Anda suka</h4><ul>{popular}</ul>",
    )
    return replace(
        base, extra=lambda url: Reply(missing) if url.startswith(BASE) and base.respond(url) is None else None
    )


def _soft_home() -> Scene:
    base = Scene(
        "doing: nothing there answers home",
        _dated,
        _told,
        pager="drupal",
        shell="drupal",
        home="<h2>Terbaru</h2>" + "".join(map(_dated, NEWS[:5])),
    )
    return replace(
        base,
        extra=lambda url: (
            base.respond(f"{BASE}/") if url.startswith(BASE) and base.respond(url) is None else None
        ),
    )


def _feed(items: str) -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Anggrek</title><link>{BASE}</link>{items}</channel></rss>'


def _feed_item(title: str, link: str, when) -> str:
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{format_datetime(when)}</pubDate></item>"


def _feeds() -> Iterator[Scene]:
    link = '<link rel="alternate" type="application/rss+xml" title="RSS" href="/feed/">'
    old = publish(12, newest=NOW - timedelta(days=500), first=300)
    stale = _feed("".join(_feed_item(p.title, BASE + slug_of(p) + "-lama", p.when) for p in old))
    yield Scene(
        "doing: the feed ended long ago",
        _dated,
        _told,
        every=link,
        extra=lambda url: Reply(stale, "application/rss+xml") if url == f"{BASE}/feed/" else None,
    )
    half = _feed("".join(_feed_item(p.title, BASE + slug_of(p), p.when) for p in NEWS[5:15]))
    yield Scene(
        "doing: the feed lags behind the list",
        _dated,
        _told,
        every=link,
        extra=lambda url: Reply(half, "application/rss+xml") if url == f"{BASE}/feed/" else None,
    )
    talk = _feed(
        "".join(
            _feed_item(
                f"Komentar pada {p.title} oleh Budi",
                f"{BASE}{slug_of(p)}#comment-{n}",
                NOW - timedelta(days=n),
            )
            for n, p in enumerate(NEWS[:8])
        )
    )
    yield Scene(
        "doing: the feed tells comments alone",
        _dated,
        _told,
        every=link.replace("/feed/", "/comments/feed/"),
        extra=lambda url: Reply(talk, "application/rss+xml") if url == f"{BASE}/comments/feed/" else None,
    )
    empty = _feed("")
    yield Scene(
        "doing: the feed is empty",
        _dated,
        _told,
        every=link,
        extra=lambda url: Reply(empty, "application/rss+xml") if url == f"{BASE}/feed/" else None,
    )
    today = "".join(
        f"<url><loc>{BASE}{slug_of(p)}</loc><lastmod>{NOW:%Y-%m-%d}</lastmod></url>" for p in NEWS
    )
    sitemap = f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{BASE}/</loc><lastmod>{NOW:%Y-%m-%d}</lastmod></url>{today}</urlset>'
    yield Scene(
        "doing: a map of today, list without days",
        lambda p: _card(p, "Oleh Admin"),
        _told,
        more={"/sitemap.xml": sitemap},
    )
    stray = sitemap.replace(BASE, "https://lama.example.com")
    yield Scene("doing: a map of another host", _dated, _told, more={"/sitemap.xml": stray})


def _homes() -> Iterator[Scene]:
    read = sorted(NEWS[:20], key=lambda p: -p.readers)[:6]
    modal = f"<div class='modal' id='popup'><h5>Pengumuman {day_of(NOW)}</h5><img src='/popup.jpg'><p>Selamat datang</p></div>"
    yield Scene(
        "doing: home by readers, list by day",
        _dated,
        _told,
        home="<h2>Berita</h2>" + "".join(map(_dated, read)),
        beside=1,
    )
    yield Scene(
        "doing: a window of today over home",
        _dated,
        _told,
        home=modal + "".join(map(_dated, NEWS[:4])),
        pager="tailwind",
    )
    pins = (NEWS[14], NEWS[21])

    def pinned(posts, _: int) -> str:
        top = "".join(
            f'<div class="pin"><span class="badge">Disematkan</span>{_dated(p)}</div>' for p in pins
        )
        return top + "".join(_dated(p) for p in posts if p not in pins)

    yield Scene("doing: two pinned on each page", _dated, _told, lay=pinned)
    yield Scene(
        "doing: one pinned on the first page, undistinguished",
        _dated,
        _told,
        lay=lambda posts, n: "".join(map(_dated, (NEWS[16], *posts) if n == 1 else posts)),
    )
    ticker = (
        "<marquee>"
        + " *** ".join(f"<a href='{slug_of(p)}'>{p.title}</a> ({short(p)})" for p in NEWS[3:8])
        + "</marquee>"
    )
    yield Scene(
        "doing: a ticker of posts above lists without days",
        lambda p: _card(p, "Admin"),
        _told,
        every="",
        around=ticker + "{}",
    )
    welcome = "<h1>Selamat Datang</h1><p>Profil singkat kelurahan.</p>"
    yield Scene(
        "doing: home is a welcome, the list hides behind Informasi",
        _dated,
        _told,
        home=welcome,
        list="/informasi-publik/warta",
        page="/informasi-publik/warta?page={}",
        menu="Informasi",
    )


def _doors() -> Iterator[Scene]:
    """Ways on that want a script or a form: what they hide is not reached, and the list is not whole."""
    for name, way in (
        (
            "a form that posts",
            "<form method='post' action='/berita'><input type='hidden' name='hal' value='2'><button>Halaman berikutnya</button></form>",
        ),
        (
            "javascript in links",
            "<ul class='pagination'><li>1</li><li><a href='javascript:muat(2)'>2</a></li><li><a href='javascript:muat(3)'>3</a></li></ul>",
        ),
        (
            "buttons of Livewire",
            "<nav><span>1</span><button wire:click=\"gotoPage(2, 'page')\">2</button><button wire:click=\"nextPage('page')\">Selanjutnya</button></nav>",
        ),
        (
            "links of # alone",
            "<ul class='pagination'><li class='active'><a href='#'>1</a></li><li><a href='#' data-page='2'>2</a></li><li><a href='#' data-page='3'>&raquo;</a></li></ul>",
        ),
        (
            "a table that a script fills on",
            "<div class='dataTables_paginate'><a class='paginate_button current'>1</a><a class='paginate_button'>2</a></div>",
        ),
        ("a sentence of how many", "<p class='info'>Menampilkan 1 - 9 dari 28 berita</p>"),
    ):
        yield Scene(
            f"door: {name}", _dated, _told, pager="none", around="{}" + way, reached=NEWS[:9], complete=False
        )


def _missing() -> Scene:
    """Page one links a second page that is not there: a fault, and no end."""
    base = Scene(
        "door: the second page is not there", _dated, _told, pager="hidden", reached=NEWS[:9], complete=False
    )
    return replace(base, extra=lambda url: Reply("<h1>404</h1>", status=404) if "page=" in url else None)


def doings() -> Iterator[Surface]:
    """All of them."""
    yield _word()
    yield _pictures()
    yield from _moves()
    for make in (_mixed, _years, _gaps, _shelves, _sections, _hacked, _soft, _soft_home):
        yield make()
    yield _missing()
    for several in (_feeds, _homes, _doors, _dead):
        yield from several()
