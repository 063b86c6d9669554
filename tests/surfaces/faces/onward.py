"""Sites whose list was left too early, whose last card took another's name, whose list repeats itself."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from tests.surfaces.post import POSTS, Post, day_of
from tests.surfaces.surface import BASE, Surface
from tests.surfaces.words import short

__all__ = ["REPEATED", "onward"]

# The posts of one page; 26 leave one for the last.
_SIZE: Final = 5


def _row(post: Post) -> str:
    """A timeline's row: the day to the left, a heading without a link, a button in the list's own words."""
    return (
        f'<div class="tl"><div class="tl-l"><span>{short(post)}</span></div><div class="tl-r"><h5>{post.title}</h5>'
        f'<p>{post.lead[:80]}</p><a href="/kegiatan/{post.number}a7">Lihat kegiatan</a></div></div>'
    )


def _further(number: int) -> str:
    """A page of the timeline, with a button to the one behind it."""
    posts = POSTS[(number - 1) * _SIZE : number * _SIZE]
    more = f'<a class="btn" href="/kegiatan?p={number + 1}">Muat kegiatan sebelumnya</a>'
    return (
        '<!doctype html><html lang="id"><head><title>Kegiatan</title></head><body><div class="app-header"><a href="/">Anggrek</a>'
        '<div class="links"><a href="/kegiatan">Kegiatan</a><a href="/perangkat">Perangkat</a><a href="/surat">Layanan Surat</a>'
        f'</div></div><div class="app-body"><h2>Daftar Kegiatan</h2><div class="tls">{"".join(map(_row, posts))}</div>'
        f"{more if number * _SIZE < len(POSTS) else ''}</div></body></html>"
    )


def _timeline() -> Surface:
    pages = {f"/kegiatan?p={n}": _further(n) for n in range(1, -(-len(POSTS) // _SIZE) + 1)}
    return Surface(
        "onward: a button loads earlier ones, the last page holds one card",
        card=_row,
        told=short,
        article=lambda post, said: (
            f'<div><h4>{post.title}</h4><div class="sub">{said}</div>{post.text}</div>'
        ),
        url=lambda post: f"/kegiatan/{post.number}a7",
        list="/kegiatan",
        menu="Kegiatan",
        home="".join(map(_row, POSTS[:4])),
        more={"/kegiatan": _further(1), **pages},
    )


def _lines(post: Post) -> str:
    """A table's two rows: small print that goes on with the post."""
    link = f"/index.php?page=ragam&amp;sub=baca&amp;kode=RGM{post.number:05d}"
    return (
        f'<tr><td rowspan=2><img src="/i.gif"></td><td><a href="{link}">{post.title}</a></td><td><i>{short(post)}</i></td></tr>'
        f'<tr><td colspan=2>{post.lead} <a href="{link}">...lanjut</a></td></tr>'
    )


def _file(post: Post) -> str:
    """A bold title, small print with the kind and size of a file, and a button."""
    return (
        f'<div class="berkas"><i class="ico"></i><div><strong>{post.title}</strong><small>{day_of(post.when)} &bull; PDF &bull; '
        f'{post.readers} KB</small></div><a class="unduh" href="/unduhan/get/{post.number}">Unduh Berkas</a></div>'
    )


def _card(post: Post) -> str:
    return f'<div class="c"><h3><a href="/berita/{post.slug}">{post.title}</a></h3><span>{short(post)}</span></div>'


# Home shows as many posts as the list, whose every page is the first.
REPEATED: Final = Surface(
    "onward: page one under each number, and at home",
    card=_card,
    around=f'{"".join(map(_card, POSTS[:8]))}<ul class="pages">{{}}</ul>',
    lay=lambda *_: "",
    home="".join(map(_card, POSTS[:8])),
    reached=POSTS[:8],
    complete=False,
)


def _tile(post: Post) -> str:
    """A card that is one link, without a heading and a day."""
    return (
        f'<a class="tile" href="/siaran/baca?judul={post.slug}"><div class="t-img"><img src="/x.jpg"></div><div class="t-t">{post.title}</div>'
        f'<div class="t-x">{post.lead}</div></a>'
    )


def _dated_tile(post: Post) -> str:
    return _tile(post).replace(
        '<div class="t-x">', f'<div class="t-d">{day_of(post.when)}</div><div class="t-x">'
    )


def _version(post: Post, front: str) -> str:
    return f"{front}/siaran/baca?judul={post.slug}" if front else f"/news/{post.number}"


def _row_of(post: Post, front: str = "/en") -> str:
    return f'<li><a href="{_version(post, front)}">Highlights no. {post.number} of the office</a> <span>{day_of(post.when)}</span></li>'


def _english(front: str = "", posts: Sequence[Post] = POSTS) -> dict[str, str]:
    """A list of versions in English, each of which names its original; without `front` no address tells."""
    frame = '<!doctype html><html lang="en"><head><title>News</title>{}</head><body>{}</body></html>'
    rows = "".join(_row_of(p, front) for p in posts)
    pages = {
        _version(p, front): frame.format(
            f'<link rel="alternate" hreflang="id-ID" href="{BASE}/siaran/baca?judul={p.slug}">',
            f"<h1>Highlights no. {p.number} of the office</h1><p>{day_of(p.when)}</p><p>Residents came.</p>",
        )
        for p in POSTS
    }
    return {f"{front}/news": frame.format("", f"<ul>{rows}</ul>"), **pages}


def _tiles(name: str, card: Callable[[Post], str], beside: str, more: dict[str, str]) -> Surface:
    return Surface(
        name,
        card=card,
        url=lambda post: f"/siaran/baca?judul={post.slug}",
        list="/siaran",
        page="/siaran?pg={}",
        menu="Siaran",
        home=f"{beside}{''.join(map(card, POSTS[:5]))}",
        more=more,
    )


def onward() -> Iterator[Surface]:
    """All of them."""
    yield _timeline()
    yield Surface(
        "onward: lanjut in each card, a list that no word names",
        card=_lines,
        told=short,
        around='<table class="t">{}</table>',
        url=lambda post: f"/index.php?page=ragam&sub=baca&kode=RGM{post.number:05d}",
        list="/index.php?page=ragam",
        page="/index.php?page=ragam&start={}",
        offset=True,
        menu="Ragam",
        pager="words",
        home=f"<table>{''.join(map(_lines, POSTS[:5]))}</table>",
    )
    yield Surface(
        "onward: files, bold titles with small print",
        card=_file,
        url=lambda post: f"/unduhan/get/{post.number}",
        size=5,
        home="".join(map(_file, POSTS[:5])),
    )
    yield REPEATED
    yield _tiles("onward: cards that are one link, no heading, no day", _tile, "", {})
    yield _tiles(
        "onward: an English list without a language in its addresses",
        _dated_tile,
        '<a href="/news">English</a>',
        _english(),
    )
    yield _tiles(
        "onward: an English list below /en that is whole",
        _dated_tile,
        f'<a href="/en/news">English</a>{"".join(_row_of(p) for p in POSTS[:3])}',
        _english("/en"),
    )
    yield _tiles(
        "onward: the same of the newest alone, some of it at home",
        _dated_tile,
        f'<a href="/news">English</a><ul>{"".join(_row_of(p, "") for p in POSTS[:5])}</ul>',
        _english(posts=POSTS[:12]),
    )
