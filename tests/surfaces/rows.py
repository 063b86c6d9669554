"""Lists without boxes, tables of odd columns, groups under one day, pagers of other ways, traps for claims."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC
from functools import partial
from itertools import chain, groupby

from tests.awkward.days import MONTHS, WEEKDAYS
from tests.surfaces.post import NOW, POSTS, Post, day_of, named_day
from tests.surfaces.surface import BASE, Surface
from tests.surfaces.words import ago, short

__all__ = ["rows"]


def _url(post: Post) -> str:
    return f"/berita/{post.slug}"


def _link(post: Post, tag: str = "h4") -> str:
    return f'<{tag}><a href="{_url(post)}">{post.title}</a></{tag}>'


def _long(post: Post) -> str:
    return day_of(post.when)


def _gap(posts: Sequence[Post], _: int) -> str:
    """No box around a post, the day before its headline; every fifth post was entered without a day."""
    return "".join(
        ("" if p.number % 5 == 0 else f"<span>{_long(p)}</span>") + _link(p) + f"<p>{p.lead}</p><hr>"
        for p in posts
    )


def _gap_behind(posts: Sequence[Post], _: int) -> str:
    return "".join(
        _link(p) + f"<p>{p.lead}</p>" + ("" if p.number % 5 == 0 else f"<i>{_long(p)}</i><br>") for p in posts
    )


def _by_day(posts: Sequence[Post], _: int) -> str:
    """A heading of the day, then its posts."""
    return "".join(
        f'<h2 class="date-header"><span>{named_day(p.when)}</span></h2><div class="post"><h3 class="post-title"><a href="{_url(p)}">{p.title}</a>'
        f"</h3><div>{p.lead}</div></div>"
        for p in posts
    )


def _by_month(posts: Sequence[Post], _: int) -> str:
    """A heading of the month, then day and headline."""
    groups = groupby(posts, key=lambda p: (p.when.year, p.when.month))
    return "".join(
        f"<h4>{MONTHS[month - 1]} {year}</h4><ul>{''.join(f'<li><b>{p.when.day:02d}</b> <a href={_url(p)}>{p.title}</a></li>' for p in each)}</ul>"
        for (year, month), each in groups
    )


def _by_year(posts: Sequence[Post], _: int) -> str:
    groups = groupby(posts, key=lambda p: p.when.year)
    return "".join(
        f"<h2>{year}</h2><ul>{''.join(f'<li><time>{p.when.day} {MONTHS[p.when.month - 1]}</time> <a href={_url(p)}>{p.title}</a></li>' for p in each)}</ul>"
        for year, each in groups
    )


def _columns(posts: Sequence[Post], _: int) -> str:
    """Posts dealt out over three columns, so that they do not fall in the page's order."""
    columns = (posts[n::3] for n in range(3))
    return "".join(
        f'<div class="masonry">{"".join(f"<div class=brick>{_link(p)}<small>{_long(p)}</small><p>{p.lead}</p></div>" for p in column)}</div>'
        for column in columns
    )


def _labels(post: Post) -> str:
    return (
        f"<table class=t><tr><td>Judul</td><td>:</td><td><a href={_url(post)}>{post.title}</a></td></tr><tr><td>Tanggal</td><td>:</td><td>{_long(post)}"
        f"</td></tr><tr><td>Penulis</td><td>:</td><td>Admin</td></tr></table>"
    )


def _three_cells(post: Post) -> str:
    return f"<tr><td>{post.when.day}</td><td>{MONTHS[post.when.month - 1]}</td><td>{post.when.year}</td><td><a href={_url(post)}>{post.title}</a></td></tr>"


def _cut(post: Post) -> str:
    """The list cuts headlines; its attribute has them whole."""
    return f'<div><h4><a href="{_url(post)}" title="{post.title}">{post.title[:24]}...</a></h4><small>{short(post)}</small></div>'


def _cut_hard(post: Post) -> str:
    return f'<div><h4><a href="{_url(post)}">{post.title[:24]}...</a></h4><small>{short(post)}</small><p>{post.lead}</p></div>'


def _alt(post: Post) -> str:
    """The headline is the picture's text alone."""
    return f'<div class="thumb"><a href="{_url(post)}"><img src="/f/{post.number}.jpg" alt="{post.title}"></a><span>{short(post)}</span></div>'


def _flat_mixed(post: Post) -> str:
    """Ages for a week, days after it."""
    said = ago(post) if (NOW - post.when).days < 7 else _long(post)
    return f"<div>{_link(post)}<small>{said}</small></div>"


def _nothing(post: Post) -> str:
    """A post that was entered without a day, as helpers of PHP print it."""
    said = (
        ("00  0000", "01 January 1970", "30 November -0001")[post.number % 3]
        if post.number % 6 == 0
        else _long(post)
    )
    return f'<div class="item">{_link(post)}<span>{said}</span><p>{post.lead}</p></div>'


def _plain(post: Post) -> str:
    return f'<div class="item">{_link(post)}<span class="tgl">{_long(post)}</span><p>{post.lead}</p></div>'


_DEMO = "".join(
    f'<div class="media post_item"><img src="/img/p{n}.png"><div><a href="blog-single.html"><h3>From life was you fish {n}</h3></a><p>January {n + 11}, '
    "2019</p></div></div>"
    for n in range(4)
)
_FOOT = "".join(f'<li><a href="{_url(p)}">{p.title}</a> <em>{short(p)}</em></li>' for p in POSTS[:3])
_SAID: dict[str, Callable[[Post], str]] = {
    "raw UTC of a database": lambda p: f"{p.when.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000000Z",
    "a script's whole date": lambda p: f"{p.when:%a %b %d %Y %H:%M:%S} GMT+0800 (Waktu Indonesia Tengah)",
    "id-ID of a browser": lambda p: f"{p.when.day}/{p.when.month}/{p.when.year}, {p.when:%H.%M.%S}",
    "pukul of a browser": lambda p: f"{day_of(p.when)} pukul {p.when:%H.%M}",
    "age and day": lambda p: f"{short(p)} ({ago(p)})",
    "figures and blanks": lambda p: f"{p.when:%d / %m / %Y}",
    "short figures": lambda p: f"{p.when:%d-%m-%y} {p.when:%H:%M}",
    "day, month in capitals": lambda p: f"{p.when.day:02d} {MONTHS[p.when.month - 1].upper()} {p.when.year}",
    "weekday in English": lambda p: f"{p.when:%A}, {p.when.day:02d} {MONTHS[p.when.month - 1]} {p.when.year}",
    "weekday behind": lambda p: (
        f"{p.when.day:02d} {MONTHS[p.when.month - 1]} {p.when.year}, {WEEKDAYS[p.when.weekday()]}"
    ),
    "category and day in one": lambda p: f"BERITA DAERAH / {short(p)} / 0 KOMENTAR",
    "on day by author": lambda p: f"Published on {p.when:%B} {p.when.day}, {p.when.year} by admin",
    "last digits beside": lambda p: (
        f"{p.readers} | {p.when.day} {MONTHS[p.when.month - 1]} {p.when.year} | 12 | 2026"
    ),
    "tgl label": lambda p: f"tgl: {p.when:%Y-%m-%d}; jam: {p.when:%H:%M:%S}",
    "dotted months": lambda p: f"{p.when.day}. {MONTHS[p.when.month - 1]} {p.when.year}",
}


def rows() -> Iterator[Surface]:
    """All of them."""
    return chain(_flat(), _said(), _titles(), _further(), _claims())


def _flat() -> Iterator[Surface]:
    yield Surface("flat: day before, some without", _plain, _long, lay=_gap)
    yield Surface("flat: day behind, some without", _plain, _long, lay=_gap_behind)
    yield Surface("flat: one heading of the day each", _plain, _long, lay=_by_day)
    yield Surface("flat: under headings of months", _plain, _long, lay=_by_month, pager="none", size=99)
    yield Surface("flat: under headings of years", _plain, _long, lay=_by_year, pager="none", size=99)
    yield Surface("flat: three columns", _plain, _long, lay=_columns)
    yield Surface("table: labels of each post", _labels, _long)
    yield Surface("table: day, month and year in cells", _three_cells, _long, around="<table>{}</table>")
    yield Surface("mixed: ages for a week, then days", _flat_mixed, _long)
    yield Surface(
        "mixed: ages for a week, then days, everywhere",
        _flat_mixed,
        lambda p: ago(p) if (NOW - p.when).days < 7 else _long(p),
        dated=False,
    )
    yield Surface(
        "mixed: days of nothing",
        _nothing,
        lambda p: _nothing(p).split("<span>")[1].split("</span>")[0],
        dated=False,
    )


def _saying(say: Callable[[Post], str], post: Post) -> str:
    return f'<div class="item">{_link(post)}<span>{say(post)}</span><p>{post.lead}</p></div>'


def _said() -> Iterator[Surface]:
    for name, say in _SAID.items():
        yield Surface(f"said: {name}", partial(_saying, say), say)


def _titles() -> Iterator[Surface]:
    yield Surface("title: cut, whole in an attribute", _cut, _long)
    yield Surface("title: cut, whole on the article", _cut_hard, _long)
    yield Surface("title: the picture's text alone", _alt, _long)
    yield Surface("beside: a template's own posts of 2019", _plain, _long, side=_DEMO)
    yield Surface("beside: newest posts in the footer", _plain, _long, side=f"<ul>{_FOOT}</ul>")


def _further() -> Iterator[Surface]:
    yield Surface(
        "pager: offset below the list",
        _plain,
        _long,
        page="/berita/{}",
        offset=True,
        url=lambda p: f"/baca/{p.number}",
    )
    yield Surface("pager: per_page of a framework", _plain, _long, page="/berita?per_page={}", offset=True)
    yield Surface("pager: empty filters beside", _plain, _long, page="/berita?kategori=&cari=&page={}")
    yield Surface("pager: page in the path", _plain, _long, page="/berita/page/{}/", list="/berita/")
    yield Surface("pager: arrows in paths", _plain, _long, page="/berita/halaman/{}", pager="arrows")
    yield Surface("pager: a letter before the number", _plain, _long, page="/berita/p{}", pager="words")


_short = partial(Surface, pager="none", complete=False)


def _claims() -> Iterator[Surface]:
    months = "<form><select name=bulan><option>Oktober</option><option selected>November</option></select><button>Tampilkan</button></form>"
    yield _short(
        "claim: this month alone, a form for others",
        _plain,
        _long,
        size=3,
        reached=POSTS[:3],
        around=months + "{}",
    )
    yield _short("claim: the newest ten, no way on", _plain, _long, size=10, reached=POSTS[:10])
    yield _short("claim: the newest ten, no day", _link, _long, size=10, reached=POSTS[:10])
    yield _short(
        "claim: pages by a script's click",
        _plain,
        _long,
        size=9,
        reached=POSTS[:9],
        around='{}<ul class="pagination"><li onclick="page(1)">1</li><li onclick="page(2)">2</li><li>3</li></ul>',
    )
    yield _short(
        "claim: pages that lead to #",
        _plain,
        _long,
        size=9,
        reached=POSTS[:9],
        around='{}<ul class="pagination"><li><a href="#" data-page="1">1</a></li><li><a href="#" data-page="2">2</a></li></ul>',
    )
    yield Surface(
        "claim: half of the headlines lead nowhere",
        lambda p: _plain(p) if p.number % 2 else _plain(p).replace(_url(p), "#"),
        _long,
        reached=tuple(p for p in POSTS if p.number % 2),
        complete=False,
    )
    yield Surface(
        "claim: links to the developer's machine",
        lambda p: _plain(p).replace(_url(p), f"http://localhost/desa{_url(p)}"),
        _long,
        reached=(),
        complete=False,
    )
    yield Surface("claim: absolute links", lambda p: _plain(p).replace(_url(p), f"{BASE}{_url(p)}"), _long)
