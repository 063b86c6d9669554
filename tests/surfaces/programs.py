"""Programs that many offices run: Joomla, Drupal, Blogger, builders of sites, states of scripts, odd feeds, maps."""

import html
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC
from email.utils import format_datetime
from itertools import groupby
from typing import Final

from tests.awkward.days import MONTHS, indonesian_rfc822
from tests.surfaces.post import NOW, POSTS, Post, day_of, named_day
from tests.surfaces.surface import BASE, Surface
from tests.surfaces.words import short

__all__ = ["programs"]


def _url(post: Post) -> str:
    return f"/berita/{post.slug}"


def _monthly(post: Post) -> str:
    return f"/{post.when:%Y/%m}/{post.slug}.html"


def _item(post: Post, said: str = "") -> str:
    return f'<div class="item"><h3><a href="{_url(post)}">{post.title}</a></h3><div>{said}</div><p>{post.lead}</p></div>'


def _joomla(post: Post) -> str:
    """The details of a Joomla article, the last edit first."""
    return (
        '<dl class="article-info"><dt>Rincian</dt><dd class="createdby">Ditulis oleh Admin</dd>'
        f'<dd class="modified">Terakhir Diperbarui: {day_of(post.edited)}</dd><dd class="published"><time datetime="{post.when.isoformat()}">'
        f'Diterbitkan: {day_of(post.when)}</time></dd><dd class="hits">Dilihat: {post.readers * 21}</dd></dl>'
    )


def _joomla_row(post: Post) -> str:
    return (
        f'<tr class="cat-list-row0"><th class="list-title"><a href="{_url(post)}">{post.title}</a></th><td class="list-date">{day_of(post.when)}'
        f'</td><td>Ditulis oleh: Admin</td><td class="list-hits"><span>Dilihat: {post.readers + 1900}</span></td></tr>'
    )


def _drupal(post: Post) -> str:
    return f"Submitted by <a href='/user/1'>admin</a> on {post.when:%a, %m/%d/%Y - %H:%M}"


def _drupal_id(post: Post) -> str:
    return f"Dikirim oleh admin pada {MONTHS[post.when.month - 1]} {post.when.day}, {post.when:%Y - %H:%M}"


def _stamp(post: Post) -> str:
    """Blogger's foot of a post: the hour alone is shown."""
    return (
        f"<span>Diposting oleh <span>Operator</span> di <a class='timestamp-link' href='{_monthly(post)}'><abbr class='published' "
        f"title='{post.when.isoformat()}'>{post.when:%H.%M}</abbr></a></span>"
    )


_ARCHIVE: Final = "<h2>Arsip Blog</h2><ul class='hierarchy'>" + "".join(
    f"<li><a href='/{year}/{month:02d}/'>{MONTHS[month - 1]} {year}</a> <span>({len(posts)})</span><ul>"
    + "".join(f"<li><a href='{_monthly(p)}'>{p.title}</a></li>" for p in posts[:3])
    + "</ul></li>"
    for (year, month), posts in [
        (key, list(each)) for key, each in groupby(POSTS, key=lambda p: (p.when.year, p.when.month))
    ]
) + "</ul>"  # fmt: skip
_DAYS: Final = "<table class='kalender'><caption>November 2026</caption>" + "".join(
    "<tr>" + "".join(f"<td><a href='/2026/11/{d:02d}'>{d}</a></td>" for d in range(w, w + 7)) + "</tr>"
    for w in (1, 8, 15, 22)
) + "</table>"  # fmt: skip


def _folders() -> Surface:
    """The list names months; a month's page has headlines alone."""
    surface = Surface(
        "program: folders of months, headlines alone",
        _item,
        lambda p: named_day(p.when),
        url=_monthly,
        list="/arsip",
        menu="Arsip",
        pager="none",
        lay=lambda *_: (
            "<ul>"
            + "".join(
                f"<li><a href='/{y}/{m:02d}/'>{MONTHS[m - 1]} {y}</a></li>"
                for (y, m), _ in groupby(POSTS, key=lambda p: (p.when.year, p.when.month))
            )
            + "</ul>"
        ),
        complete=False,
    )
    more = {
        f"/{y}/{m:02d}/": surface.frame(
            f"{MONTHS[m - 1]} {y}",
            f"<h2>Arsip {MONTHS[m - 1]} {y}</h2><ul>"
            + "".join(f"<li><a href='{_monthly(p)}'>{p.title}</a></li>" for p in posts)
            + "</ul>",
        )
        for (y, m), posts in groupby(POSTS, key=lambda p: (p.when.year, p.when.month))
    }
    return replace(surface, more=more)


def _rss(day: Callable[[Post], str], posts: Sequence[Post] = POSTS, link: str = "<link>{}</link>") -> str:
    items = "".join(
        f"<item><title><![CDATA[{p.title}]]></title>{link.format(BASE + _url(p))}<description>x</description>{day(p)}</item>"
        for p in posts
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>Anggrek</title><link>{BASE}</link>{items}</channel></rss>"
    )


def _atom(days: Callable[[Post], str], posts: Sequence[Post] = POSTS) -> str:
    entries = "".join(
        f"<entry><title type='text'>{p.title}</title><id>tag:anggrek,2026:{p.number}</id><link rel='alternate' href='{BASE}{_url(p)}'/>"
        f"{days(p)}</entry>"
        for p in posts
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Anggrek</title>'
        f"<updated>{NOW.isoformat()}</updated>{entries}</feed>"
    )


def _map(day: Callable[[Post], str]) -> str:
    places = "".join(f"<url><loc>{BASE}{_url(p)}</loc><lastmod>{day(p)}</lastmod></url>" for p in POSTS)
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>'


_JSON_FEED: Final = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Anggrek",
        "items": [
            {
                "id": str(p.number),
                "url": BASE + _url(p),
                "title": p.title,
                "date_published": p.when.isoformat(),
                "date_modified": p.edited.isoformat(),
            }
            for p in POSTS
        ],
    }
)


def _rows(posts: Sequence[Post]) -> list[dict[str, object]]:
    return [
        {
            "id": p.number,
            "judul": p.title,
            "slug": p.slug,
            "tanggal": int(p.when.timestamp() * 1000),
            "tanggalKegiatan": f"{p.event:%Y-%m-%d}",
        }
        for p in posts
    ]


def _next_state(posts: Sequence[Post], _: int) -> str:
    cards = "".join(f'<a href="{_url(p)}"><h3>{p.title}</h3><p>{p.lead}</p></a>' for p in posts)
    state = json.dumps({"props": {"pageProps": {"berita": _rows(posts)}}, "page": "/berita", "query": {}})
    return f'<div id="__next"><main>{cards}</main></div><script id="__NEXT_DATA__" type="application/json">{state}</script>'


def _nuxt_state(posts: Sequence[Post], _: int) -> str:
    """Nuxt 2: a function whose arguments are the values that repeat."""
    rows = ",".join(
        f'{{id:{p.number},judul:"{p.title}",slug:"{p.slug}",kategori:a,tanggal:"{p.when:%Y-%m-%d %H:%M:%S}"}}'
        for p in posts
    )
    cards = "".join(_item(p, short(p)) for p in posts)
    return (
        f'<div id="__nuxt"><div id="__layout">{cards}</div></div><script>window.__NUXT__=(function(a,b){{return {{layout:"default",data:'
        f'[{{berita:[{rows}]}}],error:b}}}}("Umum",null));</script>'
    )


def _angular(posts: Sequence[Post], _: int) -> str:
    """Angular's state has its quotes written otherwise."""
    state = json.dumps({"G.https://api.anggrek.go.id/berita": {"body": {"data": _rows(posts)}}})
    cards = "".join(
        f'<app-card _ngcontent-c1><a href="{_url(p)}"><h4>{p.title}</h4></a><span>{named_day(p.when)}</span></app-card>'
        for p in posts
    )
    return f'<app-root>{cards}</app-root><script id="serverApp-state" type="application/json">{html.escape(state).replace("&quot;", "&q;")}</script>'


def _attribute(posts: Sequence[Post], _: int) -> str:
    """Posts in an attribute of a component; day of the event before that of the posting."""
    rows = [
        {
            "title": p.title,
            "url": _url(p),
            "event_date": f"{p.event:%Y-%m-%d}",
            "published_at": p.when.astimezone(UTC).isoformat(),
        }
        for p in posts
    ]
    return f'<news-list :posts="{html.escape(json.dumps(rows))}"></news-list>'


def _linked(post: Post) -> str:
    data = {
        "@type": "NewsArticle",
        "headline": post.title,
        "datePublished": post.when.astimezone(UTC).isoformat(),
        "dateModified": post.edited.astimezone(UTC).isoformat(),
    }
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


_RSS_LINK: Final = '<link rel="alternate" type="application/rss+xml" href="/rss.xml">'
_FEEDS: Final[dict[str, tuple[str, str, str]]] = {
    "RSS with Indonesian names, list without": (
        "/rss.xml",
        _RSS_LINK,
        _rss(lambda p: f"<pubDate>{indonesian_rfc822(p.when)}</pubDate>"),
    ),
    "RSS with SQL's days, list without": (
        "/rss.xml",
        _RSS_LINK,
        _rss(lambda p: f"<pubDate>{p.when:%Y-%m-%d %H:%M:%S}</pubDate>"),
    ),
    "RSS with dc:date, list without": (
        "/rss.xml",
        _RSS_LINK,
        _rss(lambda p: f"<dc:date>{p.when.isoformat()}</dc:date>"),
    ),
    "RSS whose links stand between blanks, list without": (
        "/rss.xml",
        _RSS_LINK,
        _rss(lambda p: f"<pubDate>{format_datetime(p.when)}</pubDate>", link="<link>\n   {}\n  </link>"),
    ),
    "Atom by last edit, published beside, list without": (
        "/atom.xml",
        '<link rel="alternate" type="application/atom+xml" href="/atom.xml">',
        _atom(
            lambda p: f"<published>{p.when.isoformat()}</published><updated>{p.edited.isoformat()}</updated>",
            sorted(POSTS, key=lambda p: p.edited, reverse=True),
        ),
    ),
    "JSON feed, list without": (
        "/feed.json",
        '<link rel="alternate" type="application/feed+json" href="/feed.json">',
        _JSON_FEED,
    ),
}


def programs() -> Iterator[Surface]:
    """All of them."""
    full = lambda p: day_of(p.when)  # noqa: E731
    yield Surface("program: Joomla, edited before published", lambda p: _item(p, _joomla(p)), _joomla, page="/berita?start={}", offset=True)  # fmt: skip
    yield Surface("program: Joomla, table of a category", _joomla_row, _joomla, page="/berita?start={}", offset=True, around="<table>{}</table>")  # fmt: skip
    yield Surface("program: Drupal, month first", lambda p: _item(p, _drupal(p)), _drupal)
    yield Surface("program: Drupal, Indonesian month first", lambda p: _item(p, _drupal_id(p)), _drupal_id)
    yield Surface("program: Blogger, the hour alone is shown", lambda p: f"<div class='post'><h3><a href='{_monthly(p)}'>{p.title}</a></h3><p>{p.lead}</p>{_stamp(p)}</div>", _stamp, url=_monthly, pager="words", side=_ARCHIVE)  # fmt: skip
    yield Surface("program: calendar of a month with links", lambda p: _item(p, short(p)), full, side=_DAYS)
    yield _folders()
    for name, (path, head, feed) in _FEEDS.items():
        yield Surface(f"program: {name}", _item, lambda _: "Oleh Admin", every=head, more={path: feed})
    yield Surface("program: RSS of the build's moment", lambda p: _item(p, short(p)), full, every=_RSS_LINK, more={"/rss.xml": _rss(lambda _: f"<pubDate>{format_datetime(NOW)}</pubDate>")})  # fmt: skip
    yield Surface("program: map of last edits, no day anywhere", _item, lambda _: "Oleh Admin", more={"/sitemap.xml": _map(lambda p: p.edited.isoformat())}, dated=False, complete=False)  # fmt: skip
    yield Surface("program: Next, milliseconds in the state", _item, lambda _: "Oleh Admin", lay=_next_state, pager="none", size=99)  # fmt: skip
    yield Surface("program: Nuxt, a function of its state", _item, full, lay=_nuxt_state, pager="none", size=99)  # fmt: skip
    yield Surface("program: Angular, state with other quotes", _item, lambda p: named_day(p.when), lay=_angular, pager="none", size=99)  # fmt: skip
    yield Surface("program: posts in an attribute, event before", _item, full, lay=_attribute, pager="none", size=99)  # fmt: skip
    yield Surface("program: builder, day without a year and a time to read", lambda p: _item(p, f"<span>{short(p)[:-5]}</span> <span>2 menit membaca</span>"), lambda p: short(p)[:-5], head=_linked)  # fmt: skip
