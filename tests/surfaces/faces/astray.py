"""Sites whose list was not read on, or not found: how they lead on, and what they call it."""

import html
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from tests.surfaces.faces.news import publish
from tests.surfaces.post import POSTS, ZONE, Post, day_of, named_day
from tests.surfaces.surface import Surface
from tests.surfaces.words import short

__all__ = ["astray"]


def _card(post: Post) -> str:
    return f'<div class="c"><h3><a href="/{post.slug}/">{post.title}</a></h3><p>{post.lead[:90]}</p><span class="d">{short(post)}</span></div>'


_PAGER: Final[dict[str, Callable[[int, int], str]]] = {
    "a screen reader's word before each number": lambda now, last: "".join(
        f'<a class="page-numbers" href="/kabar/{i}/"><span class="screen-only">Halaman</span>{i}</a>'
        for i in range(1, last + 1)
        if i != now
    ),
    "Baru and Lama": lambda now, last: (
        f'<a href="/kabar/{max(1, now - 1)}/">&lsaquo; Baru</a> <a href="/kabar/{min(last, now + 1)}/">Lama &rsaquo;</a>'
    ),
}


def _kept(posts: tuple[Post, ...], title: str, more: str = "") -> str:
    """A page whose posts lie in an attribute, for a script."""
    records = [
        {"post_title": p.title, "post_name": p.slug, "post_date": f"{p.when:%Y-%m-%d %H:%M:%S}"}
        for p in posts
    ]
    return (
        f'<!doctype html><html lang="id"><head><title>{title}</title></head><body><div id="app"><nav><a href="/">Beranda</a> <a href="/berita">Berita'
        f'</a></nav><post-list :items="{html.escape(json.dumps(records))}"></post-list>{more}</div></body></html>'
    )  # fmt: skip


def _attribute() -> Surface:
    """The server draws no more than the pager."""
    last = -(-len(POSTS) // 8)
    links = "".join(f'<a href="/berita?page={i}">{i}</a> ' for i in range(1, last + 1))
    pages = {
        f"/berita?page={i}": _kept(POSTS[(i - 1) * 8 : i * 8], "Berita", links) for i in range(1, last + 1)
    }
    own = {f"/berita/{p.slug}": _kept((p,), p.title) for p in POSTS}
    return Surface(
        "astray: posts in an attribute, the pager beside it",
        card=_card,
        more={"/": _kept(POSTS[:4], "Anggrek"), "/berita": _kept(POSTS[:8], "Berita", links), **pages, **own},
    )


def astray() -> Iterator[Surface]:
    """All of them."""
    for name, draw in _PAGER.items():
        yield Surface(
            f"astray: {name}",
            card=_card,
            told=lambda post: named_day(post.when),
            url=lambda post: f"/{post.slug}/",
            list="/kabar/",
            menu="Kabar",
            more=_pages(draw),
            home="".join(map(_card, POSTS[:5])),
        )
    yield _attribute()
    yield _turned()
    yield Surface(
        "astray: cards that are one link and show the day of the event",
        card=lambda post: (
            f'<a href="/siaran/{post.slug}" class="block"><img src="/u.webp" alt=""><div class="p-4"><p>Tanggal pelaksanaan: {day_of(post.event)}</p>'
            f"<h3>{post.title}</h3><p>{post.title}...</p></div></a>"
        ),
        told=lambda post: f"Diposting {named_day(post.when)}",
        url=lambda post: f"/siaran/{post.slug}",
        list="/siaran",
        page="/siaran?page={}",
        menu="Siaran Pers",
        posts=publish(26, gaps=(7, 9)),
        reached=publish(26, gaps=(7, 9)),
        around='<div class="row list">{}</div>',
        size=8,
    )
    yield Surface(
        "astray: five at home, a menu that calls the list Bacaan",
        card=_card,
        told=lambda post: day_of(post.when),
        url=lambda post: f"/{post.slug}/",
        list="/bacaan/",
        page="/bacaan/{}/",
        menu="Bacaan",
        home="".join(map(_card, POSTS[:5])),
    )


def _turned() -> Surface:
    """The first of home's posts could be of either order; a figure above 12 stands further down the list."""
    few = publish(20, gaps=(7, 24, 7, 20), newest=datetime(2026, 11, 11, tzinfo=ZONE))

    def card(post: Post) -> str:
        day = f"{post.when.month}/{post.when.day}/{post.when.year}"
        return f'<li><a href="/berita/{post.slug}">{post.title}</a><span class="d">{day}</span></li>'

    return Surface(
        "astray: m/d/y, home's four may be either",
        card=card,
        posts=few,
        reached=few,
        home="".join(map(card, few[:4])),
    )


def _pages(draw: Callable[[int, int], str]) -> dict[str, str]:
    """The pages of a list, with a pager of its own."""
    frame = '<!doctype html><html lang="id"><head><title>Kabar</title></head><body><ul class="nav"><li><a href="/">Beranda</a></li></ul>{}</body></html>'
    last = -(-len(POSTS) // 8)
    pages = {
        f"/kabar/{i}/": frame.format("".join(map(_card, POSTS[(i - 1) * 8 : i * 8])) + draw(i, last))
        for i in range(1, last + 1)
    }
    return {"/kabar/": pages["/kabar/1/"], **pages}
