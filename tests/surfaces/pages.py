"""Articles whose list tells no day: where the day stands on the page, and what else bears one."""

from collections.abc import Callable, Iterator
from functools import partial

from tests.awkward.days import WEEKDAYS
from tests.surfaces.post import NOW, POSTS, Post, day_of, named_day
from tests.surfaces.surface import Surface
from tests.surfaces.words import ago, badge, short

__all__ = ["pages"]

_OTHERS = "".join(
    f'<div class="col-md-4"><a href="/berita/{p.slug}"><h6>{p.title}</h6></a><span>{day_of(p.when)}</span></div>'
    for p in POSTS[3:7]
)
_TALK = "<h4>3 Komentar</h4><div><b>Budi</b> <small>20 November 2026 10:15</small><p>Mantap</p></div><div><b>Sari</b> <small>21 November 2026</small></div>"

# What an article shows of its own day, and around it; each of (post) -> HTML.
_TELLS: dict[str, Callable[[Post], str]] = {
    "below the text, in words": lambda p: (
        f"<h2>{p.title}</h2>{p.text}<p><i>Diposting oleh Admin, {day_of(p.when)}</i></p>"
    ),
    "in a box at the side": lambda p: (
        f'<h2>{p.title}</h2><div class="row"><div class="col-8">{p.text}</div><div class="col-4"><h5>Informasi</h5><ul><li>Tanggal : '
        f"{day_of(p.when)}</li><li>Penulis : Humas</li><li>Dilihat : {p.readers}</li></ul></div></div>"
    ),
    "in a table of labels": lambda p: (
        f"<h2>{p.title}</h2><table><tr><td>Tanggal</td><td>:</td><td>{day_of(p.when)}</td></tr><tr><td>Kategori</td><td>:</td><td>Umum</td>"
        f"</tr><tr><td>Dibaca</td><td>:</td><td>{p.readers} kali</td></tr></table>{p.text}"
    ),
    "before the headline, a clock of today above": lambda p: (
        f"<div class='jam'>{named_day(NOW)} 19:20:11</div><span>{named_day(p.when)}</span><h1>{p.title}</h1>{p.text}"
    ),
    "the same form as those of other posts below": lambda p: (
        f"<h1>{p.title}</h1><span>{day_of(p.when)}</span>{p.text}<h4>Berita Lainnya</h4>{_OTHERS}"
    ),
    "other posts above": lambda p: (
        f"<div class='terkini'>{_OTHERS}</div><h1>{p.title}</h1><span>{day_of(p.when)}</span>{p.text}"
    ),
    "headline in bold, no heading": lambda p: (
        f"<p class='judul'><b>{p.title}</b></p><p><small>{short(p)} | admin | {p.readers} hits</small></p>{p.text}"
    ),
    "three spans in a box": lambda p: (
        f'<div class="box"><span>{badge(p)[0]}</span><span>{badge(p)[1]}</span><span>{p.when.year}</span></div><h1>{p.title}</h1>{p.text}'
    ),
    "of the event and of the posting": lambda p: (
        f"<h1>{p.title}</h1><ul><li>Tanggal Kegiatan: {short(p).replace(badge(p)[0], f'{p.event.day:02d}', 1) if p.event.month == p.when.month else day_of(p.event)}"
        f"</li><li>Tanggal Terbit: {short(p)}</li></ul>{p.text}"
    ),
    "icon with a name, author before": lambda p: (
        f"<h1>{p.title}</h1><div><span><svg><title>user</title></svg>Tim Humas</span><span><svg><title>calendar</title></svg>{day_of(p.when)}"
        f"</span><span>{p.readers} views</span><span>3 menit baca</span></div>{p.text}"
    ),
    "a figure's caption names the event": lambda p: (
        f"<h1>{p.title}</h1><p>{named_day(p.when)}, {p.when:%H.%M} WITA</p><figure><img src='/f.jpg'><figcaption>Suasana kegiatan, "
        f"{day_of(p.event)} (Foto: Humas)</figcaption></figure>{p.text}"
    ),
    "share buttons between headline and day": lambda p: (
        f"<h1>{p.title}</h1><ul class='share'><li><a href='https://wa.me/?text=x'>Whatsapp</a></li><li><a href='https://facebook.com/sharer'>"
        f"Facebook</a></li></ul><img src='/f.jpg'><div class='meta'><span>Admin</span> - <span>{short(p)}</span></div>{p.text}"
    ),
    "heading of the section first": lambda p: (
        f"<h1>Detail Berita</h1><h4>{p.title}</h4><h6>{WEEKDAYS[p.when.weekday()]}, {short(p)}</h6>{p.text}"
    ),
    "comments below, in its form": lambda p: (
        f"<h1>{p.title}</h1><small>{day_of(p.when)} {p.when:%H:%M}</small>{p.text}{_TALK}"
    ),
    "long ago, with the day behind": lambda p: (
        f"<h1>{p.title}</h1><small>{ago(p)} ({short(p)})</small>{p.text}"
    ),
    "before and after links with days": lambda p: (
        f"<h1>{p.title}</h1><small>{day_of(p.when)}</small>{p.text}<div><a href='/berita/{POSTS[5].slug}'>&laquo; {POSTS[5].title}</a> "
        f"<small>{day_of(POSTS[5].when)}</small></div><div><a href='/berita/{POSTS[7].slug}'>{POSTS[7].title} &raquo;</a></div>"
    ),
}
# None tells its own day: whatever is read is wrong.
_SILENT: dict[str, Callable[[Post], str]] = {
    "other posts' alone": lambda p: (
        f"<h1>{p.title}</h1><small>oleh Admin</small>{p.text}<h4>Terkait</h4>{_OTHERS}"
    ),
    "other posts' above alone": lambda p: f"<div>{_OTHERS}</div><h1>{p.title}</h1>{p.text}",
    "comments' alone": lambda p: f"<h1>{p.title}</h1>{p.text}{_TALK}",
    "the event's table alone": lambda p: (
        f"<h1>{p.title}</h1><table><tr><td>Hari/Tanggal</td><td>: {named_day(p.event)}</td></tr><tr><td>Waktu</td><td>: 09.00</td></tr></table>{p.text}"
    ),
    "a letter's signature alone": lambda p: (
        f"<h1>{p.title}</h1>{p.text}<p>Ditetapkan di Anggrek<br>pada tanggal {day_of(p.event)}<br>Lurah,<br>ttd</p>"
    ),
    "the site's last edit alone": lambda p: (
        f"<h1>{p.title}</h1>{p.text}<hr><small>Website terakhir diperbarui: {day_of(NOW)}</small>"
    ),
    "place and day of a signature alone": lambda p: (
        f"<h1>{p.title}</h1>{p.text}<p align=right>Anggrek, {day_of(p.event)}</p><p align=right>Lurah</p>"
    ),
    "a period's alone": lambda p: (
        f"<h1>{p.title}</h1><p>Periode: {p.event.day} s.d. {p.event.day + 1} {' '.join(day_of(p.event).split()[1:])}</p>{p.text}"
    ),
    "the day of a register alone": lambda p: (
        f"<h1>{p.title}</h1><p>Pendaftaran dibuka {day_of(p.event)}</p><p>Batas akhir: {day_of(p.event)}</p>{p.text}"
    ),
    "a picture's time alone": lambda p: (
        f"<h1>{p.title}</h1><img src='/f.jpg'><small>Foto diambil {day_of(p.event)}</small>{p.text}"
    ),
}


def _bare(post: Post) -> str:
    return f'<div class="item"><img src="/f.jpg"><h4><a href="/berita/{post.slug}">{post.title}</a></h4><p>{post.lead}</p></div>'


def _telling(tell: Callable[[Post], str], post: Post, _: str) -> str:
    return tell(post)


def pages() -> Iterator[Surface]:
    """All of them."""
    for name, tell in _TELLS.items():
        yield Surface(f"page: {name}", _bare, article=partial(_telling, tell))
    for name, tell in _SILENT.items():
        yield Surface(f"silent page: {name}", _bare, article=partial(_telling, tell), dated=False)
