"""Surfaces thought of after the first mends: measured at first sight again."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from tests.awkward.days import MONTHS
from tests.surfaces.post import NOW, POSTS, Post, day_of, named_day
from tests.surfaces.surface import Surface
from tests.surfaces.words import short

__all__ = ["later"]


def _url(post: Post) -> str:
    return f"/berita/{post.slug}"


def _row(post: Post) -> str:
    return f'<div class="col-6"><h6><a href="{_url(post)}">{post.title}</a></h6><small>{short(post)}</small></div>'


def _led(head: str, posts: Sequence[Post], number: int) -> str:
    """Page 1 begins with a larger post; it is no row of the list."""
    first = posts[0] if number == 1 else None
    rows = "".join(_row(post) for post in posts if post is not first)
    if first is None:
        return rows
    large = {
        "link": f'<a href="{_url(first)}" class="hero"><img src="/f.jpg"><h2>{first.title}</h2><p>{first.lead}</p></a>',
        "bare": f'<div class="hero"><img src="/f.jpg"><div><h2><a href="{_url(first)}">{first.title}</a></h2></div></div>',
        "long": f'<div class="hero"><h1><a href="{_url(first)}">{first.title}</a></h1><p>{first.lead}</p><p>{named_day(first.when)}</p></div>',
        "bold": f'<div class="hero"><p><b><a href="{_url(first)}">{first.title}</a></b></p><p>{first.lead}</p></div>',
    }[head]
    return large + rows


def _two_heads(posts: Sequence[Post], _: int) -> str:
    """Each page begins with two large ones without a day."""
    large = "".join(
        f'<section><h2><a href="{_url(p)}">{p.title}</a></h2><p>{p.lead}</p></section>' for p in posts[:2]
    )
    return large + "".join(map(_row, posts[2:]))


def _near(post: Post) -> str:
    """Words for today and yesterday, days for others."""
    gone = (NOW.date() - post.when.date()).days
    if gone < 2:
        return ("Hari ini", "Kemarin")[gone] + f", {post.when:%H:%M}"
    return f"{day_of(post.when)}, {post.when:%H:%M}"


def _item(said: str, post: Post) -> str:
    return f'<div class="item"><h4><a href="{_url(post)}">{post.title}</a></h4><span>{said}</span><p>{post.lead}</p></div>'


def _bare(post: Post) -> str:
    return _item("", post)


_SIGNED: dict[str, Callable[[Post], str]] = {
    "issued at, on": lambda p: (
        f"<p>Dikeluarkan di : Anggrek</p><p>Pada tanggal : {day_of(p.event)}</p><p>LURAH</p>"
    ),
    "one line of a decree": lambda p: f"<p>Ditetapkan di Anggrek pada tanggal {day_of(p.event)}</p>",
    "table of a signature": lambda p: (
        f"<table><tr><td>Ditetapkan di</td><td>: Anggrek</td></tr><tr><td>Pada tanggal</td><td>: {day_of(p.event)}</td></tr></table>"
    ),
    "open until": lambda p: f"<p>Pendaftaran ditutup tanggal {day_of(p.event)}</p>",
    "implementation": lambda p: f"<p>Tanggal Pelaksanaan : {day_of(p.event)}</p><p>Lokasi : Aula</p>",
    "letter's head": lambda p: (
        f"<table><tr><td>Nomor</td><td>: 005/{p.number}</td></tr><tr><td>Tanggal</td><td>: {day_of(p.event)}</td></tr><tr><td>Perihal</td><td>: Undangan</td></tr></table>"
    ),
    "announced on a schedule": lambda p: (
        f"<ol><li>Pendaftaran: {day_of(p.event)}</li><li>Seleksi: {day_of(NOW)}</li></ol>"
    ),
    "born on": lambda p: (
        f"<p>Nama : Aminah</p><p>Tempat, Tanggal Lahir : Anggrek, {p.event.day} {MONTHS[p.event.month - 1]} 2026</p>"
    ),
}


def _signed(mark: str, post: Post, _: str) -> str:
    return f"<h1>{post.title}</h1>{post.text}{_SIGNED[mark](post)}"


def _boxed(post: Post, said: str) -> str:
    return (
        f"<div class='row'><div class='col-8'><h1>{post.title}</h1>{post.text}</div><div class='col-4'><h5>Detail</h5><dl><dt>Kategori</dt>"
        f"<dd>Umum</dd><dt>Tanggal</dt><dd>{said}</dd><dt>Penulis</dt><dd>Admin</dd></dl></div></div>"
    )


def later() -> Iterator[Surface]:
    """All of them."""
    for head in ("link", "bare", "long", "bold"):
        yield Surface(
            f"later: the first is large, {head}", _row, lambda p: day_of(p.when), lay=partial(_led, head)
        )
    yield Surface(
        "later: two large ones without a day on each page", _row, lambda p: day_of(p.when), lay=_two_heads
    )
    yield Surface("later: today and yesterday in words", lambda p: _item(_near(p), p), _near)
    yield Surface("later: a box with labels in a list of terms", _bare, lambda p: day_of(p.when), _boxed)
    for mark in _SIGNED:
        yield Surface(f"later: silent page, {mark}", _bare, article=partial(_signed, mark), dated=False)
    yield Surface(
        "later: arrows of an icon font",
        _row,
        lambda p: day_of(p.when),
        pager="arrows",
        page="/berita?hal={}",
        list="/berita?hal=1",
    )
    yield Surface(
        "later: 12 Jan 26 with a clock",
        lambda p: _item(f"{short(p)[:-4]}{p.when:%y %H:%M} WITA", p),
        lambda p: f"{short(p)[:-4]}{p.when:%y %H:%M} WITA",
    )
    yield Surface(
        "later: badge beside a count",
        lambda p: (
            f"<div>{_row(p).split('<small>')[0]}<small>{short(p)[:-5]}</small> <small>{p.number % 31}</small></div></div>"
        ),
        lambda p: day_of(p.when),
    )
    yield Surface(
        "later: three large ones in a slider, not in the list",
        _row,
        lambda p: day_of(p.when),
        lay=lambda posts, n: (
            (
                "".join(
                    f'<div class="slide"><img src="/f.jpg"><h3><a href="{_url(p)}">{p.title}</a></h3></div>'
                    for p in posts[:3]
                )
                if n == 1
                else ""
            )
            + "".join(map(_row, posts[3:] if n == 1 else posts))
        ),
    )
    yield Surface(
        "later: popular posts above the list",
        _row,
        lambda p: day_of(p.when),
        around="<div>"
        + "".join(f"<h5><a href='{_url(p)}'>{p.title}</a></h5>" for p in POSTS[14:16])
        + "</div>{}",
    )
