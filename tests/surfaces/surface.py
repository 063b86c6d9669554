"""A site of one surface: what its list, pager and articles look like; answers without a network."""

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import urljoin, urlsplit

from activity.agency import Account, Channel
from activity.testing import drive
from activity.visit import Fetch, Harvest, Page, Target, Window
from crawler.visits.site.website import visit
from tests.surfaces.post import NOW, POSTS, SINCE, ZONE, Post, named_day

__all__ = ["BASE", "PAGERS", "Reply", "Surface", "answering", "look", "numbers"]

BASE: Final = "https://anggrek.go.id"
_STYLE: Final = "<style>body{font:14px sans-serif}</style>"
_REDIRECTS: Final = 5
_OFFICE: Final = "Kelurahan Anggrek"


def numbers(at: Callable[[int], str], now: int, last: int) -> str:
    """Numbered links and a last one to the next page."""
    links = "".join(
        f'<li class="page-item active"><span>{i}</span></li>'
        if i == now
        else f'<li class="page-item"><a class="page-link" href="{at(i)}">{i}</a></li>'
        for i in range(1, last + 1)
    )
    further = f'<li><a href="{at(now + 1)}" rel="next">&raquo;</a></li>' if now < last else ""
    return f'<nav><ul class="pagination">{links}{further}</ul></nav>'


def _arrows(at: Callable[[int], str], now: int, last: int) -> str:
    back = f'<a href="{at(now - 1)}"><i class="fa fa-angle-left"></i></a>' if now > 1 else ""
    on = f'<a href="{at(now + 1)}"><i class="fa fa-angle-right"></i></a>' if now < last else ""
    return f'<div class="paging">{back}<b>{now}</b>{on}</div>'


def _old(at: Callable[[int], str], now: int, last: int) -> str:
    """Words and bars, as programs of the years around 2010 write them."""
    first = f"<a href={at(1)}>&lt;&lt; First</a> | <a href={at(now - 1)}>&lt; Prev</a> | "
    rest = f" | <a href={at(now + 1)}>Next &gt;</a> | <a href={at(last)}>Last &gt;&gt;</a>"
    near = " | ".join(
        f"<b>{i}</b>" if i == now else f"<a href={at(i)}>{i}</a>"
        for i in range(max(1, now - 1), min(last, now + 1) + 1)
    )
    dots = f" | ... | <a href={at(last)}>{last}</a>" if now + 1 < last else ""
    start = first if now > 1 else "&lt;&lt; First | &lt; Prev | "
    return (
        f"<div class=paging>{start}{near}{dots}{rest if now < last else ' | Next &gt; | Last &gt;&gt;'}</div>"
    )


def _words(at: Callable[[int], str], now: int, last: int) -> str:
    back = f'<a href="{at(now - 1)}">Sebelumnya</a>' if now > 1 else ""
    on = f'<a href="{at(now + 1)}">Selanjutnya</a>' if now < last else ""
    return f'<div class="text-center">{back} Halaman {now} dari {last} {on}</div>'


def _choice(at: Callable[[int], str], now: int, last: int) -> str:
    options = "".join(
        f'<option value="{at(i)}"{" selected" if i == now else ""}>Halaman {i}</option>'
        for i in range(1, last + 1)
    )
    return f'<select onchange="location = this.value">{options}</select>'


def _hinted(at: Callable[[int], str], now: int, last: int) -> str:
    """Pictures in links whose hints alone say where they lead."""
    back = f'<a title="Mundur" href="{at(now - 1)}"><span class="image"></span></a>' if now > 1 else ""
    on = f'<a title="Maju ke halaman berikutnya" href="{at(now + 1)}"><span class="image"></span></a>'
    return f'<div class="cbs-Paging">{back}<span>{now}</span>{on if now < last else ""}</div>'


def _older(at: Callable[[int], str], now: int, last: int) -> str:
    back = f'<a href="{at(now - 1)}">&laquo; Lebih baru</a> ' if now > 1 else ""
    on = f'<a href="{at(now + 1)}">Lebih lama &raquo;</a>' if now < last else ""
    return f'<div class="navigasi">{back}{on}</div>'


PAGERS: Final[Mapping[str, Callable[[Callable[[int], str], int, int], str]]] = {
    "numbers": numbers,
    "arrows": _arrows,
    "old": _old,
    "words": _words,
    "choice": _choice,
    "hinted": _hinted,
    "older": _older,
    "none": lambda *_: "",
}


def _article(post: Post, said: str) -> str:
    return f"<h1>{post.title}</h1><p class='meta'>{said}</p><div class='isi'>{post.text}</div>"


@dataclass(frozen=True)
class Reply:
    """What a server says; `to` is where it sends the visitor on."""

    body: str | bytes = ""
    media: str = "text/html"
    status: int = 200
    to: str = ""


@dataclass(frozen=True)
class Surface:
    """A site; what is not named is plain.

    Attributes:
        name: what is odd about it.
        card: a post in the list, HTML.
        told: what the article says of its day, HTML.
        article: an article's body around `told`.
        around: what stands around the cards; `{}` is their place.
        pager: a key of `PAGERS`; `page` is the address of a list's further page, `offset` counts posts.
        side: a box on each page.
        head: more of an article's head.
        every: more of each page's head.
        home: what home shows beside the menu; None repeats the list's first page.
        more: further pages by their path.
        reached: the posts that can be reached, and that count as a miss where they are not found.
        dated: whether a careful person finds the posts' days.
        door: the address that the registry names.
        complete: whether nothing forbids to call the list whole.
    """

    name: str
    card: Callable[[Post], str]
    told: Callable[[Post], str] = lambda post: named_day(post.when)
    article: Callable[[Post, str], str] = _article
    around: str = "{}"
    url: Callable[[Post], str] = lambda post: f"/berita/{post.slug}"
    list: str = "/berita"
    pager: str = "numbers"
    page: str = "/berita?page={}"
    offset: bool = False
    size: int = 9
    side: str = ""
    head: Callable[[Post], str] = lambda _: ""
    every: str = ""
    home: str | None = None
    more: Mapping[str, str] = field(default_factory=dict)
    lay: Callable[[Sequence[Post], int], str] | None = None
    menu: str = "Berita"
    reached: tuple[Post, ...] = POSTS
    dated: bool = True
    complete: bool = True
    posts: tuple[Post, ...] = POSTS
    door: str = f"{BASE}/"

    def frame(self, title: str, body: str, head: str = "") -> str:
        """A whole page."""
        menu = {"/": "Beranda", "/profil": "Profil", self.list: self.menu, "/kontak": "Kontak"}
        links = "".join(f'<li><a href="{html.escape(url)}">{name}</a></li>' for url, name in menu.items())
        return (
            f'<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{title}</title>{_STYLE}'
            f"{self.every}{head}"
            f'</head><body><div class="top"><a href="/">{_OFFICE}</a></div><ul class="nav">{links}</ul>'
            f'<div class="container"><div class="row"><div class="col-md-8">{body}</div>'
            f'<div class="col-md-4">{self.side}</div></div></div><div id="footer"><p>{_OFFICE}, Jl. Kenanga 7</p>'
            f"<p>Hak Cipta 2026</p></div></body></html>"
        )

    def part(self, number: int) -> str:
        """The cards and the pager of a page of the list."""
        last = -(-len(self.posts) // self.size)
        posts = self.posts[(number - 1) * self.size : number * self.size]
        cards = self.lay(posts, number) if self.lay else "".join(map(self.card, posts))
        return self.around.replace("{}", cards) + PAGERS[self.pager](self.at, number, last)

    def at(self, number: int) -> str:
        """The address of a page, by its number or by how many posts stand before it."""
        return self.page.format((number - 1) * self.size if self.offset else number)

    def answer(self, asked: str) -> str | None:
        """The HTML at a path and query; None where there is nothing."""
        if asked in self.more:
            return self.more[asked]
        if asked == "/" and self.home is not None:
            return self.frame(_OFFICE, self.home)
        if asked in {"/", self.list}:
            return self.frame(
                _OFFICE if asked == "/" else f"{self.menu} | {_OFFICE}", f"<h3>{self.menu}</h3>{self.part(1)}"
            )
        if (number := self._number(asked)) is not None:
            return self.frame(f"{self.menu} | {_OFFICE}", f"<h3>{self.menu}</h3>{self.part(number)}")
        post = next((post for post in self.posts if self.url(post) == asked), None)
        if post is not None:
            body = self.article(post, self.told(post))
            return self.frame(f"{post.title} | {_OFFICE}", body, self.head(post))
        if asked in {"/profil", "/kontak"}:
            return self.frame(
                asked[1:].title(), f"<h1>{asked[1:].title()}</h1><p>Kantor buka Senin sampai Jumat.</p>"
            )
        return None

    def respond(self, url: str) -> Reply | None:
        """What stands at an address; None where there is nothing."""
        parts = urlsplit(url)
        if parts.netloc != urlsplit(BASE).netloc:
            return None
        said = self.answer((parts.path + (f"?{parts.query}" if parts.query else "")) or "/")
        if said is None:
            return None
        kind = "application/json" if said[:1] in {"{", "["} else "text/html"
        return Reply(said, "application/xml" if said.startswith("<?xml") else kind)

    def _number(self, asked: str) -> int | None:
        before, _, behind = self.page.partition("{}")
        if self.pager == "none" or not (asked.startswith(before) and asked.endswith(behind)):
            return None
        said = asked[len(before) : len(asked) - len(behind)]
        if not said.isdecimal():
            return None
        number = int(said) // self.size + 1 if self.offset else int(said)
        return number if 1 <= number <= -(-len(self.posts) // self.size) else None


def answering(surface: Surface, now: datetime = NOW) -> Callable[[Fetch], Page]:
    """What the site says to each fetch, redirects followed."""

    def respond(fetch: Fetch) -> Page:
        url, said = fetch.url, surface.respond(fetch.url)
        for _ in range(_REDIRECTS):
            if said is None or not said.to:
                break
            url = urljoin(url, said.to)
            said = surface.respond(url)
        if said is None:
            return Page(fetch, url, 404, now, headers={"content-type": "text/html"}, body=b"<h1>404</h1>")
        body = said.body if isinstance(said.body, bytes) else said.body.encode()
        kind = {
            "content-type": said.media
            if said.media.startswith("application/pdf")
            else f"{said.media}; charset=utf-8"
        }
        return Page(fetch, url, said.status, now, headers=kind, body=body)

    return respond


def look(surface: Surface) -> tuple[Harvest, tuple[Fetch, ...]]:
    """A first visit."""
    goal = Target(Account(1, "anggrek", Channel.WEBSITE, surface.door), Window(SINCE, NOW), ZONE)
    return drive(visit(goal), answering(surface), NOW)
