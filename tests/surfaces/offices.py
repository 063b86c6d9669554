"""Pages that only some offices have: regulations, public documents, tenders, agenda, albums, films, schools."""

import html
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from itertools import groupby
from typing import Final

from tests.awkward.days import MONTHS
from tests.surfaces.post import POSTS, Post, day_of, named_day
from tests.surfaces.surface import Surface
from tests.surfaces.words import short

__all__ = ["offices"]


def _url(post: Post) -> str:
    return f"/dokumen/{post.number}"


def _link(post: Post, tag: str = "h5") -> str:
    return f'<{tag}><a href="{_url(post)}">{post.title}</a></{tag}>'


def _signed_on(post: Post) -> str:
    """The day of a regulation, some days or weeks before it is put up."""
    return day_of(post.when.date() - timedelta(days=3 + post.number % 20))


def _gazetted_on(post: Post) -> str:
    return day_of(post.when.date() - timedelta(days=1 + post.number % 3))


def _table(*heads: str) -> str:
    cells = "".join(f"<th>{head}</th>" for head in heads)
    return f'<table class="table"><thead><tr>{cells}</tr></thead><tbody>{{}}</tbody></table>'


def _cells(*cells: str) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _law(post: Post, said: str) -> str:
    """A regulation's page: its own days, and what the office says of the upload.

    Where it says nothing, there is neither a story nor a day: whether it is called a post is not asked.
    """
    rows = {
        "Tipe Dokumen": "Peraturan",
        "Nomor": str(post.number),
        "Tahun": "2026",
        "Tempat Penetapan": "Anggrek",
        "Tanggal Penetapan": _signed_on(post),
        "Tanggal Pengundangan": _gazetted_on(post),
        "Status": "Berlaku",
    }
    table = "".join(
        f'<div class="row"><div class="col-3">{k}</div><div class="col-9">{v}</div></div>'
        for k, v in rows.items()
    )
    return f"<h1>{post.title}</h1>{table}{said}<p>Ringkasan peraturan dapat diunduh di bawah ini.</p>"


def _terms(post: Post, said: str) -> str:
    """An event's page: begin, end, hour, place, and nothing of the posting but what is said."""
    return (
        f"<h1>{post.title}</h1><ul><li>Mulai: {named_day(post.event)}</li><li>Selesai: {named_day(post.event + timedelta(days=1))}"
        f"</li><li>Waktu: 09.00 - 12.00 WITA</li><li>Tempat: Aula</li></ul>{said}{post.text}"
    )


_due = lambda p: day_of(p.when.date() + timedelta(days=14))  # noqa: E731
_said = lambda p: day_of(p.when)  # noqa: E731
_hush = lambda _: ""  # noqa: E731


def _accordion(posts: Sequence[Post], _: int) -> str:
    """Three kinds of documents, each folded; the newest of a kind first.

    One order does not run through them and no pager shows an end, so that nothing proves the list whole.
    """
    kinds = ("Informasi Berkala", "Informasi Serta Merta", "Informasi Setiap Saat")
    return "".join(
        f'<div class="accordion-item"><h2><button data-bs-toggle="collapse">{kind}</button></h2><div class="collapse"><ul>'
        + "".join(
            f'<li><a href="{_url(p)}">{p.title}</a> <small>{short(p)}</small></li>' for p in posts[n::3]
        )
        + "</ul></div></div>"
        for n, kind in enumerate(kinds)
    )


def _tabs(posts: Sequence[Post], _: int) -> str:
    """The newest and the most read, each in a tab."""
    newest = "".join(f"<div class='col'>{_link(p)}<span>{short(p)}</span></div>" for p in posts)
    read = "".join(
        f"<div class='col'>{_link(p)}<span>{short(p)}</span><span>{p.readers * 9} kali</span></div>"
        for p in sorted(POSTS[8:], key=lambda p: -p.readers)[:6]
    )
    return (
        "<ul class='nav-tabs'><li><a href='#a'>Terbaru</a></li><li><a href='#b'>Terpopuler</a></li></ul>"
        f"<div id='a' class='tab-pane'>{newest}</div><div id='b' class='tab-pane'>{read}</div>"
    )


def _timeline(posts: Sequence[Post], _: int) -> str:
    """Days at the line, headlines that are no links, a button."""
    return "".join(
        f'<li class="timeline-item"><div class="timeline-badge">{short(p)}</div><div class="timeline-panel"><h4>{p.title}</h4>'
        f'<p>{p.lead}</p><a class="btn" href="{_url(p)}">Detail</a></div></li>'
        for p in posts
    )


def _dated_rows(posts: Sequence[Post], _: int) -> str:
    """A row of a table for the month, then its files."""
    return "".join(
        f'<tr class="bulan"><td colspan="3"><b>{MONTHS[month - 1]} {year}</b></td></tr>'
        + "".join(_cells(str(n), _link(p, "span"), f"{p.when:%d/%m}") for n, p in enumerate(each, 1))
        for (year, month), each in groupby(posts, key=lambda p: (p.when.year, p.when.month))
    )


def _film(post: Post) -> str:
    """A film's length looks like an hour, its count like a year."""
    return (
        f'<div class="video"><a href="{_url(post)}"><img src="/f.jpg"><span class="durasi">{post.number % 12 + 1:02d}:{post.number % 60:02d}</span></a>'
        f"{_link(post)}<small>{2000 + post.number} x ditonton • {short(post)}</small></div>"
    )


_LISTS: Final[dict[str, tuple[str, Callable[[Post], str]]]] = {
    "documents with the upload": (
        _table("No", "Nama Dokumen", "Tahun", "Ukuran", "Tanggal Upload", "Unduh"),
        lambda p: _cells(
            str(p.number), p.title, "2025", "1.2 MB", f"{p.when:%d-%m-%Y}", f'<a href="{_url(p)}">Unduh</a>'
        ),
    ),
    "a letter's day beside the publishing": (
        _table("No", "Nomor Surat", "Tanggal Surat", "Perihal", "Tanggal Terbit"),
        lambda p: _cells("1", f"800/{p.number}/2026", _signed_on(p), _link(p, "span"), short(p)),
    ),
    "tender, deadline behind": (
        _table("Kode", "Nama Paket", "HPS", "Tanggal Pengumuman", "Akhir Pendaftaran"),
        lambda p: _cells(
            f"{p.number}2026",
            _link(p, "span"),
            "Rp 1.202.600.000,00",
            f"{short(p)} {p.when:%H:%M}",
            f"{_due(p)} 23:59",
        ),
    ),
    "vacancies, until when before": (
        "{}",
        lambda p: (
            f'<div class="card">{_link(p)}<p>Batas lamaran: {_due(p)}</p><p>Dibuka sejak 1 Maret 2026</p><small>Dipublikasikan {short(p)}</small></div>'
        ),
    ),
    "album with a count of pictures": (
        "{}",
        lambda p: (
            f'<div class="album"><a href="{_url(p)}"><img src="/a.jpg"></a>{_link(p)}<p>{p.number % 28 + 1} Foto | {short(p)}</p></div>'
        ),
    ),
    "films with lengths": ("{}", _film),
    "school year beside": (
        "{}",
        lambda p: (
            f'<div class="post">{_link(p)}<span>TP 2026/2027</span> <span>Kelas XI-{p.number % 9 + 1}</span> <span>{short(p)}</span></div>'
        ),
    ),
    "source of a newspaper with its day": (
        "{}",
        lambda p: (
            f'<div class="post">{_link(p)}<p>Sumber: Harian Kenanga edisi {_signed_on(p)}</p><small>Diposting: {short(p)}</small></div>'
        ),
    ),
    "report of a month, its day in figures": (
        "{}",
        lambda p: (
            f'<div class="post">{_link(p)}<p>Periode s.d. 31/10/2026</p><small>{p.when:%d/%m/%Y}</small></div>'
        ),
    ),
    "validity from and to": (
        "{}",
        lambda p: (
            f'<div class="post">{_link(p)}<p>Berlaku: {_said(p)} - {_due(p)}</p><small>Diunggah pada {short(p)} oleh PPID</small></div>'
        ),
    ),
}


def offices() -> Iterator[Surface]:
    """All of them."""
    site = partial(Surface, url=_url, list="/dokumen", page="/dokumen?page={}", menu="Informasi Publik")
    for name, (around, card) in _LISTS.items():
        yield site(f"office: {name}", card, _said, around=around)
    yield site(
        "office: regulations, days of signing alone",
        lambda p: _cells(str(p.number), "Perwali", _link(p, "span"), _signed_on(p)),
        _hush,
        _law,
        around=_table("Nomor", "Jenis", "Tentang", "Tanggal Penetapan"),
        menu="Produk Hukum",
        reached=(),
        dated=False,
        complete=False,
    )
    yield site(
        "office: regulations as cards, days of the gazette alone",
        lambda p: (
            f'<div class="card">{_link(p)}<p>Ditetapkan: {_signed_on(p)}</p><p>Diundangkan: {_gazetted_on(p)}</p><small>Dilihat {p.readers}</small></div>'
        ),
        _hush,
        _law,
        menu="Produk Hukum",
        reached=(),
        dated=False,
        complete=False,
    )
    yield site(
        "office: regulations, upload on their pages",
        lambda p: f'<div class="card">{_link(p)}<p>Status: Berlaku</p></div>',
        lambda p: f"<p>Diunggah pada {day_of(p.when)}</p>",
        _law,
        menu="Produk Hukum",
    )
    yield site(
        "office: agenda, days of events alone",
        lambda p: (
            f'<div class="agenda">{_link(p)}<p>{named_day(p.event)} s.d. {named_day(p.event + timedelta(days=1))}</p><p>09.00 - selesai</p></div>'
        ),
        _hush,
        _terms,
        menu="Agenda",
        dated=False,
        complete=False,
    )
    yield site("office: documents by year alone", lambda p: _cells(_link(p, "span"), "2026", "PDF"), _hush, around=_table("Judul", "Tahun", "Jenis"), dated=False, complete=False)  # fmt: skip
    yield site(
        "office: folded kinds of documents",
        _film,
        _said,
        lay=_accordion,
        pager="none",
        size=99,
        complete=False,
    )
    yield site("office: tabs of the newest and the most read", _film, _said, lay=_tabs)
    yield site("office: a line of time", _film, _said, lay=_timeline, around="<ul>{}</ul>")
    yield site("office: months between the rows, day and month", _film, _said, lay=_dated_rows, pager="none", size=99, around="<table>{}</table>")  # fmt: skip
    yield site(
        "office: rows that open a window with the whole, link to it",
        lambda p: (
            f'<tr data-judul="{html.escape(p.title)}" data-tanggal="{p.when:%Y-%m-%d}"><td><a href="{_url(p)}">{p.title}</a></td><td>Admin</td></tr>'
        ),
        _hush,
        around="<table>{}</table>",
    )
