"""Kinds of misleading sites that are known, each in another dress."""

import html
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Final

from tests.awkward.days import MONTHS, WEEKDAYS
from tests.surfaces.faces.news import NEWS, publish
from tests.surfaces.faces.scene import Scene, slug_of
from tests.surfaces.post import NOW, Post, day_of, named_day
from tests.surfaces.surface import BASE, Reply, Surface
from tests.surfaces.words import short

__all__ = ["sites"]

_SLOW: Final = publish(24, gaps=(17, 14, 19, 13, 16))
_LATE: Final = publish(24, hours=(21, 22, 20, 23))
_PDF: Final = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
_RSS_LINK: Final = '<link rel="alternate" type="application/rss+xml" title="Feed" href="/rss.xml">'
_ATOM_LINK: Final = '<link rel="alternate" type="application/atom+xml" title="Atom" href="/atom.xml">'


def _rss(items: str, built: datetime = NOW) -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Anggrek</title><link>{BASE}/</link><description>x</description>'
        f"<lastBuildDate>{format_datetime(built)}</lastBuildDate>{items}</channel></rss>"
    )


def _item(post: Post, day: datetime | None, link: str) -> str:
    said = f"<pubDate>{format_datetime(day)}</pubDate>" if day else ""
    return f"<item><title>{post.title}</title><link>{link}</link><guid isPermaLink='false'>{post.number} at {BASE}</guid>{said}</item>"


def _atom(entries: str) -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Anggrek</title><id>{BASE}/</id>'
        f"<updated>{NOW.isoformat()}</updated>{entries}</feed>"
    )


def _entry(post: Post, link: str, dates: str) -> str:
    return f'<entry><title>{post.title}</title><id>tag:anggrek,{post.number}</id><link rel="alternate" href="{link}"/>{dates}</entry>'


def _only(path: str, body: str | bytes, media: str = "application/xml"):
    """Answers one path."""
    return lambda url: Reply(body, media) if url == f"{BASE}{path}" else None


# Markup of cards: a Drupal view, a blog layout of Joomla, a grid of Tailwind, rows of a table, terms of a list.


def _teaser(post: Post, said: str, url: str) -> str:
    return (
        f'<div class="views-row"><article class="node node--type-berita node--view-mode-teaser"><h2 class="node__title"><a href="{url}" rel="bookmark">'
        f'<span class="field field--name-title">{post.title}</span></a></h2><footer class="node__meta"><div class="node__submitted">{said}</div></footer>'
        f'<div class="node__content"><div class="field--name-body"><p>{post.lead}</p></div><ul class="links inline"><li class="node-readmore"><a '
        f'href="{url}" title="{post.title}">Read more<span class="visually-hidden"> about {post.title}</span></a></li></ul></div></article></div>'
    )


def _blog(post: Post, said: str, url: str) -> str:
    return (
        f'<div class="com-content-category-blog__item blog-item"><div class="article"><div class="article-intro-image"><a href="{url}"><img src="/i/'
        f'{post.number}.jpg" alt="{post.title}"></a></div><div class="article-body"><div class="article-header"><h2><a href="{url}">{post.title}</a></h2></div>'
        f'<div class="article-info"><span class="createdby" title="Ditulis oleh: Admin">Admin</span><span class="category-name">Berita</span>{said}</div>'
        f'<div class="article-introtext"><p>{post.lead}</p><div class="readmore"><a href="{url}" aria-label="Baca selengkapnya:  {post.title}">Baca '
        "selengkapnya …</a></div></div></div></div></div>"
    )


def _grid(post: Post, said: str, url: str) -> str:
    return (
        f'<div class="bg-white rounded-2xl shadow-sm overflow-hidden group"><a href="{url}" class="block aspect-video"><img src="/i/{post.number}.webp" '
        f'class="object-cover"></a><div class="p-5"><span class="inline-flex text-xs bg-emerald-100 rounded-full px-2">Berita</span><a href="{url}">'
        f'<h3 class="mt-2 text-lg font-semibold line-clamp-2">{post.title}</h3></a><p class="text-sm text-gray-600 line-clamp-3">{post.lead}</p><div '
        f'class="mt-4 flex items-center gap-2 text-xs text-gray-400"><svg viewBox="0 0 24 24"><path d="M8 7V3"/></svg>{said}</div></div></div>'
    )


def _cells(post: Post, said: str, url: str) -> str:
    return f'<tr><td><span>{said}</span></td><td><a href="{url}">{post.title}</a><div>{post.lead}</div></td><td>{post.readers}</td></tr>'


def _terms(post: Post, said: str, url: str) -> str:
    return f'<dt><a href="{url}">{post.title}</a></dt><dd class="tgl">{said}</dd><dd>{post.lead}</dd>'


def _dressed(dress, say, url=slug_of):
    return lambda post: dress(post, say(post), html.escape(url(post)))


def _no_year(post: Post) -> str:
    return f"{WEEKDAYS[post.when.weekday()][:3]}, {post.when.day} {MONTHS[post.when.month - 1]}"


def _slashed(post: Post) -> str:
    return f"<b>{post.when.day:02d}</b><sup>/{post.when.month:02d}</sup>"


def _ago(post: Post) -> str:
    """`3 bln 1 mgg yang lalu`, rounded down twice."""
    days, said = (NOW - post.when).days, []
    for name, length in (("bln", 30), ("mgg", 7), ("hr", 1)):
        count, days = divmod(days, length)
        if count:
            said.append(f"{count} {name}")
    return (" ".join(said[:2]) or "beberapa jam") + " yang lalu"


def _drafted(post: Post) -> datetime:
    return post.when - timedelta(days=(0, 9, 0, 16, 4)[post.number % 5])


def _stateful(post: Post, _: str) -> str:
    return f"<h1>{post.title}</h1>{post.text}"


def _yearless() -> Iterator[Scene]:
    for name, dress, say, shell, pager, page in (
        ("weekday short", _teaser, _no_year, "drupal", "drupal", "/berita?page={}"),
        ("figures with a slash", _grid, _slashed, "tailwind", "tailwind", "/berita?halaman={}"),
    ):
        yield Scene(
            f"site: day and month only, {name}",
            _dressed(dress, say),
            say,
            shell=shell,
            pager=pager,
            page=page,
            posts=_SLOW,
            reached=_SLOW,
            beside=1,
        )


def _feeds() -> Iterator[Scene]:
    built = NOW.replace(hour=4, minute=30)
    yield Scene(
        "site: feed of the build, Atom of a generator",
        _dressed(_terms, short),
        lambda p: f"Ditayangkan {named_day(p.when)}",
        around="<dl>{}</dl>",
        every=_ATOM_LINK,
        shell="old",
        pager="total",
        page="/berita/hal-{}.html",
        list="/berita/hal-1.html",
        extra=_only(
            "/atom.xml",
            _atom(
                "".join(
                    _entry(
                        p,
                        BASE + slug_of(p),
                        f"<published>{built.isoformat()}</published><updated>{built.isoformat()}</updated>",
                    )
                    for p in NEWS[:15]
                )
            ),
        ),
    )
    items = [
        {
            "id": str(p.number),
            "url": BASE + slug_of(p),
            "title": p.title,
            "date_published": built.isoformat(),
            "content_html": p.text,
        }
        for p in NEWS
    ]
    yield Scene(
        "site: feed of the build, JSON",
        _dressed(_grid, lambda _: ""),
        _named,
        every='<link rel="alternate" type="application/feed+json" href="/feed.json">',
        shell="tailwind",
        pager="tailwind",
        extra=_only(
            "/feed.json",
            json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Anggrek", "items": items}),
            "application/json",
        ),
    )
    yield Scene(
        "site: feed tells drafts, pages say Tayang",
        _dressed(_teaser, lambda p: f"Tayang: {named_day(p.when)}", lambda p: f"/node/{p.number}"),
        lambda p: f"Tayang: {named_day(p.when)} pukul {p.when:%H.%M} WITA",
        url=lambda p: f"/node/{p.number}",
        every=_RSS_LINK,
        shell="drupal",
        pager="drupal",
        beside=3,
        extra=_only(
            "/rss.xml",
            _rss(
                "".join(_item(p, _drafted(p).astimezone(UTC), f"{BASE}/node/{p.number}") for p in NEWS[:10])
            ),
        ),
    )
    yield Scene(
        "site: Atom tells drafts, articles say Terbit",
        _dressed(_grid, lambda _: ""),
        lambda p: f"<small>Terbit {p.when.day}/{p.when.month}/{p.when.year} &bull; {p.readers} pembaca</small>",
        every=_ATOM_LINK,
        shell="bootstrap",
        beside=0,
        extra=_only("/atom.xml", _atom("".join(_entry(p, BASE + slug_of(p), f"<published>{_drafted(p).isoformat()}</published><updated>{p.edited.isoformat()}</updated>") for p in NEWS))),
    )  # fmt: skip
    yield Scene(
        "site: feed of one link, that of home",
        _dressed(_blog, lambda p: f'<span class="published">{day_of(p.when)}</span>'),
        lambda p: f"Diterbitkan: {day_of(p.when)}",
        every=_RSS_LINK,
        shell="helix",
        pager="joomla",
        page="/berita?start={}",
        offset=True,
        extra=_only("/rss.xml", _rss("".join(_item(p, p.when, f"{BASE}/") for p in NEWS[:12]))),
    )
    yield Scene(
        "site: Atom entries of one link",
        _dressed(_cells, lambda p: f"{p.when:%d-%m-%Y}"),
        lambda p: named_day(p.when),
        around="<table>{}</table>",
        every=_ATOM_LINK,
        shell="webforms",
        beside=2,
        extra=_only("/atom.xml", _atom("".join(_entry(p, f"{BASE}/berita", f"<published>{p.when.isoformat()}</published><updated>{NOW.isoformat()}</updated>") for p in NEWS))),
    )  # fmt: skip
    yield Scene(
        "site: feed without a day, build's on top",
        _dressed(_cells, lambda _: ""),
        lambda p: f"Posted on {p.when:%d.%m.%y} by Admin",
        around="<table>{}</table>",
        every=_RSS_LINK,
        shell="old",
        extra=_only("/rss.xml", _rss("".join(_item(p, None, BASE + slug_of(p)) for p in NEWS[:10]))),
    )
    yield Scene(
        "site: Atom of the moment of asking",
        _dressed(_blog, lambda p: f'<time datetime="{p.when.isoformat()}">{short(p)}</time>'),
        short,
        every=_ATOM_LINK,
        shell="helix",
        pager="joomla",
        page="/berita?start={}",
        offset=True,
        extra=_only(
            "/atom.xml",
            _atom(
                "".join(_entry(p, BASE + slug_of(p), f"<updated>{NOW.isoformat()}</updated>") for p in NEWS)
            ),
        ),
    )


def _named(post: Post) -> str:
    """`Senin, 05 Januari 2026`."""
    return named_day(post.when)


def _row(post: Post, seconds: bool = False) -> dict[str, object]:
    if seconds:
        made, shown = int((post.when - timedelta(days=8)).timestamp()), int(post.when.timestamp())
        return {
            "id": post.number,
            "slug": post.slug,
            "headline": post.title,
            "created": made,
            "released": shown,
            "modified": int(NOW.timestamp()),
            "hits": post.readers,
        }
    return {
        "berita_id": post.number,
        "judul_berita": post.title,
        "slug_berita": post.slug,
        "tgl_input": f"{post.when - timedelta(days=5):%Y-%m-%d %H:%M:%S}",
        "tgl_publish": f"{post.when:%Y-%m-%d %H:%M:%S}",
        "tgl_kegiatan": f"{post.event:%Y-%m-%d}",
        "tgl_update": f"{NOW - timedelta(hours=5):%Y-%m-%d %H:%M:%S}",
        "dilihat": post.readers,
    }  # fmt: skip


def _vue(posts: Sequence[Post], _: int) -> str:
    state = json.dumps([_row(p) for p in posts])
    return f'<daftar-berita :berita="{html.escape(state)}" base-url="/berita"></daftar-berita>'


def _wire(posts: Sequence[Post], number: int) -> str:
    data = {"berita": [_row(p) for p in posts], "halaman": number, "jumlah": len(NEWS), "perHalaman": 9}
    state = json.dumps(
        {"fingerprint": {"id": "x1", "name": "berita.index", "path": "berita"}, "serverMemo": {"data": data}}
    )
    return f'<div wire:id="x1" wire:initial-data="{html.escape(state)}"><div class="skeleton"></div></div>'


def _remix(posts: Sequence[Post], total: int) -> str:
    data = {
        "state": {
            "loaderData": {
                "routes/berita": {"articles": [_row(p, seconds=True) for p in posts], "count": total}
            }
        }
    }
    return f'<div id="app"></div><script>window.__remixContext = {json.dumps(data)};</script><script type="module" src="/build/entry.js"></script>'


def _devalue(posts: Sequence[Post]) -> str:
    """Nuxt 3 keeps its state as one array in which figures are places."""
    flat: list[object] = [{"data": 1}, {"berita": 2}, []]
    for post in posts:
        places: dict[str, int] = {}
        flat[2].append(len(flat))  # type: ignore[attr-defined]
        flat.append(places)
        for key, value in {
            "slug": post.slug,
            "judul": post.title,
            "createdAt": (post.when - timedelta(days=6)).astimezone(UTC).isoformat(),
            "publishedAt": post.when.astimezone(UTC).isoformat(),
            "updatedAt": NOW.astimezone(UTC).isoformat(),
        }.items():
            places[key] = len(flat)
            flat.append(value)
    return f'<div id="__nuxt"></div><script type="application/json" id="__NUXT_DATA__" data-ssr="true">{json.dumps(flat)}</script>'  # fmt: skip


def _states() -> Iterator[Scene]:
    for name, lay in (("Vue, :berita", _vue), ("Livewire, a total in the state", _wire)):
        yield Scene(
            f"site: posts in an attribute, {name}",
            _dressed(_grid, short),
            article=_stateful,
            lay=lay,
            shell="bootstrap",
            pager="numbers",
            url=slug_of,
        )
    yield Scene(
        "site: home's state holds six, Remix with seconds",
        _dressed(_grid, short),
        article=_stateful,
        lay=lambda posts, _: _remix(posts, len(NEWS)),
        home=_remix(NEWS[:6], len(NEWS)),
        size=99,
        pager="none",
        shell="tailwind",
        complete=False,  # neither an older post nor a total shows that six, or all, are the whole
    )
    yield Scene(
        "site: home's state holds six, Nuxt's array",
        _dressed(_grid, short),
        article=_stateful,
        lay=lambda posts, _: _devalue(posts),
        home=_devalue(NEWS[:6]),
        size=99,
        pager="none",
        shell="tailwind",
        complete=False,  # neither an older post nor a total shows that six, or all, are the whole
    )


def sites() -> Iterator[Surface]:
    """All of them."""
    yield from _yearless()
    yield from _feeds()
    yield from _states()
