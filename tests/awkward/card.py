"""A list of posts in eighteen layouts: what stands where, tagged as old and new programs do."""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from random import Random

__all__ = ["NAMES", "Card", "Names", "lay_out"]


@dataclass(frozen=True)
class Card:
    """What a list shows of a post; `date` and `text` are HTML, the others plain.

    Attributes:
        before: a category's link, as a heading of its own.
        author: who wrote it, with an address.
        print: address of a page for the printer.
        beside: what a card tells besides, as how often it was read.
        button: whether a button leads to the post, and its title does not.
        again: a "continue reading" link inside the excerpt that repeats the title.
        pinned: whether it stays on top whatever its day.
    """

    url: str
    title: str
    date: str
    text: str
    day: str = ""
    month: str = ""
    before: str = ""
    author: str = ""
    again: bool = False
    pinned: bool = False
    file: bool = False
    print: str = ""
    beside: str = ""
    button: bool = False
    letter: str = ""

    @property
    def link(self) -> str:
        """The headline; plain where a button below the text alone leads on."""
        if self.button:
            return html.escape(self.title)
        target = ' target="_blank"' if self.file else ""
        return f'<a href="{html.escape(self.url)}"{target}>{html.escape(self.title)}</a>'

    @property
    def excerpt(self) -> str:
        """The text, with what follows it."""
        told = f"{self._told} {self.beside}" if self.beside else self._told
        if not self.button:
            return told
        return f'{told} <a class="btn" href="{html.escape(self.url)}">Selengkapnya</a>'

    @property
    def _told(self) -> str:
        if self.print:
            return f'{self.text} <a href="{html.escape(self.print)}">Versi cetak</a>'
        if not self.again:
            return self.text
        return f'{self.text} <a href="{html.escape(self.url)}">Continue reading {html.escape(self.title)}</a>'


@dataclass(frozen=True)
class Names:
    """Class attributes, with a blank before them, or nothing."""

    item: str
    title: str
    date: str
    meta: str
    text: str
    list: str


def _named(*names: str) -> Names:
    return Names(*(f' class="{name}"' if name else "" for name in names))


NAMES: dict[str, Callable[[Random], Names]] = {
    "english": lambda s: _named(
        s.choice(("post", "entry", "news-item")), "entry-title", "date", "meta", "summary", "posts"
    ),
    "indonesian": lambda s: _named(
        s.choice(("kabar", "item-berita", "kotak")),
        "judul",
        s.choice(("tgl", "waktu")),
        "info",
        "isi",
        "daftar",
    ),
    "bootstrap": lambda _: _named(
        "card mb-3", "card-title h5", "text-muted small", "card-subtitle", "card-text", "row"
    ),
    "tailwind": lambda _: _named(
        "rounded-lg shadow p-4",
        "text-lg font-bold",
        "text-xs text-gray-500",
        "flex gap-2",
        "mt-2 text-sm",
        "grid gap-4",
    ),
    "none": lambda _: _named("", "", "", "", "", ""),
    "hashed": lambda s: _named(*(f"css-{s.randrange(16**6):06x}" for _ in range(6))),
}


def lay_out(layout: str, cards: Sequence[Card], n: Names) -> str:
    """The cards as the list's HTML."""
    return _LAYOUTS[layout](cards, n)


def _head(card: Card, n: Names, tag: str = "h3") -> str:
    above = f'<h6><a href="/kategori/kegiatan">{card.before}</a></h6>' if card.before else ""
    return f"{above}<{tag}{n.title}>{card.link}</{tag}>"


def _by(card: Card, n: Names) -> str:
    by = f' oleh <a href="/penulis/{card.author.lower()}">{card.author}</a>' if card.author else ""
    return f"<div{n.meta}><span{n.date}>{card.date}</span>{by}</div>"


def _cards(cards: Sequence[Card], n: Names) -> str:
    return "".join(
        f"<article{_pin(card, n.item)}>{_head(card, n)}{_by(card, n)}<p{n.text}>{card.excerpt}</p></article>"
        for card in cards
    )


def _pin(card: Card, name: str) -> str:
    if not card.pinned:
        return name
    return name.replace('"', '"sticky ', 1) if name else ' class="sticky"'


def _footer(cards: Sequence[Card], n: Names) -> str:
    return "".join(
        f"<article{_pin(card, n.item)}><header>{_head(card, n, 'h2')}</header><div{n.text}><p>{card.excerpt}"
        f" [&hellip;]</p></div><footer{n.meta}><span{n.date}>{card.date}</span>"
        + (f' <a href="/penulis/{card.author.lower()}">{card.author}</a>' if card.author else "")
        + "</footer></article>"
        for card in cards
    )


def _badge(cards: Sequence[Card], n: Names) -> str:
    """The day before the title; only where the style has parts, else the whole date there."""
    return "".join(
        f"<div{_pin(card, n.item)}><div{n.date}>"
        + (f"<b>{card.day}</b><i>{card.month}</i>" if card.day else card.date)
        + f"</div>{_head(card, n, 'h4')}<p{n.text}>{card.excerpt}</p></div>"
        for card in cards
    )


def _nested(cards: Sequence[Card], _: Names) -> str:
    rows = "".join(
        f"<tr><td><a href='{html.escape(card.url)}'><b>{html.escape(card.title)}</b></a><br>"
        f"<font size=1 color=gray>{card.date}</font><br>{card.excerpt}"
        f"<br><a href='{html.escape(card.url)}'>Selengkapnya</a><hr></td></tr>"
        for card in cards
    )
    return f"<table width='100%'>{rows}</table>"


def _columns(cards: Sequence[Card], n: Names) -> str:
    rows = "".join(
        f"<tr><td>{i}</td><td>{card.link}</td><td>{card.date}</td>"
        f'<td><a href="{html.escape(card.url)}">{"Unduh" if card.file else "Lihat"}</a></td></tr>'
        for i, card in enumerate(cards, 1)
    )
    head = "<thead><tr><th>No</th><th>Judul</th><th>Tanggal</th><th>Aksi</th></tr></thead>"
    return f"<table{n.list}>{head}<tbody>{rows}</tbody></table>"


def _merged(cards: Sequence[Card], n: Names) -> str:
    """A table whose cell of the day spans the rows of that day."""
    rows = ""
    for date, group in groupby(cards, key=lambda card: card.date):
        own = list(group)
        day = f'<td rowspan="{len(own)}">{date}</td>'
        rows += "".join(f"<tr>{'' if i else day}<td>{card.link}</td></tr>" for i, card in enumerate(own))
    return f"<table{n.list}><tr><th>Tanggal</th><th>Judul</th></tr>{rows}</table>"


def _letters(cards: Sequence[Card], n: Names) -> str:
    """A table of what was put up, with the day of each letter before that of its upload."""
    rows = "".join(
        f"<tr><td>{i}</td><td>{card.link}</td><td>{card.letter}</td><td>{card.date}</td></tr>"
        for i, card in enumerate(cards, 1)
    )
    head = "<tr><th>No</th><th>Perihal</th><th>Tanggal Surat</th><th>Tanggal Unggah</th></tr>"
    return f"<table{n.list}><thead>{head}</thead><tbody>{rows}</tbody></table>"


def _icons(cards: Sequence[Card], n: Names) -> str:
    """The title is no link; a button, a picture or a number is."""
    rows = "".join(
        f"<tr><td>{i}.</td><td>{card.date}</td><td>{html.escape(card.title)}</td>"
        f'<td><a href="{html.escape(card.url)}"><i class="fa fa-eye"></i></a></td></tr>'
        for i, card in enumerate(cards, 1)
    )
    return f"<table{n.list}><tr><th>#</th><th>Tanggal</th><th>Perihal</th><th></th></tr>{rows}</table>"


def _dl(cards: Sequence[Card], n: Names) -> str:
    rows = "".join(
        f"<dt{n.title}>{card.link}</dt><dd{n.meta}><em>{card.date}</em></dd><dd>{card.excerpt}</dd>"
        for card in cards
    )
    return f"<dl{n.list}>{rows}</dl>"


def _flat(cards: Sequence[Card], _: Names) -> str:
    return "<td>" + "".join(
        f"<b>{card.link}</b><br>\n{card.date}<br>\n{card.excerpt} ...<br><br>\n" for card in cards
    )


def _zebra(cards: Sequence[Card], n: Names) -> str:
    return (
        f"<div{n.list}>"
        + "".join(
            f'<div class="row{i % 2}{" featured" if card.pinned else ""}">{_head(card, n)}'
            f"<span{n.date}>{card.date}</span><p{n.text}>{card.excerpt}</p></div>"
            for i, card in enumerate(cards)
        )
        + "</div>"
    )


def _sibling(cards: Sequence[Card], n: Names) -> str:
    """Headings and what belongs to them side by side, without a box around."""
    return "".join(
        f"<h4{n.title}>{card.link}</h4><div{n.meta}>{card.date}</div><p>{card.excerpt}</p>" for card in cards
    )


def _bullets(cards: Sequence[Card], n: Names) -> str:
    return (
        f"<ul{n.list}>"
        + "".join(f"<li>{card.link} <small>{card.date}</small><br>{card.excerpt}</li>" for card in cards)
        + "</ul>"
    )


def _links(cards: Sequence[Card], n: Names) -> str:
    """A picture, the title, a button, an author: several links a card."""
    return "".join(
        f'<div{_pin(card, n.item)}><a href="{html.escape(card.url)}"><img src="/img/{i}.jpg" alt=""></a>'
        f'<div>{_head(card, n, "h5")}<ul><li><i></i> <a href="/penulis/humas">Humas</a></li>'
        f"<li{n.date}><i></i> {card.date}</li><li>{17 * i + 3} kali dibaca</li></ul><p{n.text}>{card.excerpt}"
        f'</p><a href="{html.escape(card.url)}">Baca Selengkapnya</a></div></div>'
        for i, card in enumerate(cards)
    )


def _unclosed(cards: Sequence[Card], _: Names) -> str:
    return "<table border=0>" + "".join(
        f"<tr><td><li>{card.link}<p><i>{card.date}</i><p>{card.excerpt}" for card in cards
    )


def _untitled(cards: Sequence[Card], n: Names) -> str:
    """No heading anywhere: the title is a paragraph in bold."""
    return (
        f"<div{n.list}>"
        + "".join(
            f"<div{_pin(card, n.item)}><p{n.title}><strong>{card.link}</strong></p>"
            f"<p{n.text}>{card.excerpt}</p><p{n.date}>{card.date}</p></div>"
            for card in cards
        )
        + "</div>"
    )


def _whole_link(cards: Sequence[Card], n: Names) -> str:
    """Each card is one link around all that it tells."""
    return "".join(
        f'<a href="{html.escape(card.url)}"{n.item}><img src="/img/{i}.jpg" alt=""><h3{n.title}>'
        f"{html.escape(card.title)}</h3><span{n.date}>{card.date}</span><p{n.text}>{card.text}</p></a>"
        for i, card in enumerate(cards)
    )


def _elementor(cards: Sequence[Card], _: Names) -> str:
    """As a page builder nests them: a picture's link, title, meta, excerpt and a button, each in boxes."""
    rows = "".join(
        f'<article{_pin(card, """ class="elementor-post elementor-grid-item" """.rstrip())}>'
        f'<a class="elementor-post__thumbnail__link" href="{html.escape(card.url)}" tabindex="-1">'
        f'<div class="elementor-post__thumbnail"><img src="/img/{i}.jpg" alt=""></div></a>'
        f'<div class="elementor-post__text">{_head(card, _BUILDER)}<div class="elementor-post__meta-data">'
        f'<span class="elementor-post-date">{card.date}</span><span class="elementor-post-avatar">No Comments'
        f'</span></div><div class="elementor-post__excerpt"><p>{card.excerpt}</p></div>'
        f'<a class="elementor-post__read-more" href="{html.escape(card.url)}"'
        f' aria-label="Read more about {html.escape(card.title)}">Read More &raquo;</a></div></article>'
        for i, card in enumerate(cards)
    )
    return (
        '<div class="elementor-element elementor-widget-posts"><div class="elementor-widget-container">'
        f'<div class="elementor-posts-container elementor-grid">{rows}</div></div></div>'
    )


def _overlay(cards: Sequence[Card], n: Names) -> str:
    """The day lies on the picture, before the title and out of its box."""
    return "".join(
        f'<div{_pin(card, n.item)}><figure><a href="{html.escape(card.url)}"><img src="/img/{i}.jpg" alt="'
        f'{html.escape(card.title)}"></a><figcaption{n.date}>{card.date}</figcaption></figure>'
        f"<div>{_head(card, n, 'h5')}<p{n.text}>{card.excerpt}</p></div></div>"
        for i, card in enumerate(cards)
    )


_BUILDER = _named("", "elementor-post__title", "", "", "", "")
_LAYOUTS: dict[str, Callable[[Sequence[Card], Names], str]] = {
    "cards": _cards,
    "footer": _footer,
    "badge": _badge,
    "nested": _nested,
    "columns": _columns,
    "merged": _merged,
    "icons": _icons,
    "letters": _letters,
    "dl": _dl,
    "flat": _flat,
    "zebra": _zebra,
    "sibling": _sibling,
    "bullets": _bullets,
    "links": _links,
    "unclosed": _unclosed,
    "untitled": _untitled,
    "whole_link": _whole_link,
    "elementor": _elementor,
    "overlay": _overlay,
}
