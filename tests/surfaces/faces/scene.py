"""A site in the frame of some program, with what stands beside the news there; answers, redirects and all."""

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tests.awkward.days import MONTHS
from tests.surfaces.faces.news import NEWS
from tests.surfaces.faces.pagers import GO
from tests.surfaces.post import NOW, Post, day_of, named_day
from tests.surfaces.surface import PAGERS, Reply, Surface
from tests.surfaces.words import short

__all__ = ["SIDES", "Scene", "slug_of"]

_NAME: Final = "Kelurahan Anggrek"
_POPULAR: Final = NEWS[10], NEWS[4], NEWS[19], NEWS[15]


def slug_of(post: Post) -> str:
    """The address most scenes use."""
    return f"/berita/{post.slug}"


def _menu(items: Mapping[str, str]) -> str:
    return "".join(f'<li><a href="{html.escape(url)}">{name}</a></li>' for url, name in items.items())


def _bootstrap(title: str, body: str, head: str, menu: Mapping[str, str], side: str) -> str:
    return (
        f'<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body><nav class="navbar '
        f'navbar-expand-lg"><a class="navbar-brand" href="/">{_NAME}</a><ul class="navbar-nav">{_menu(menu)}</ul></nav>'
        f'<section class="breadcrumb"><a href="/">Beranda</a> / <span>{title.split(" - ", maxsplit=1)[0]}</span></section><div class="container"><div '
        f'class="row"><div class="col-lg-8">{body}</div><div class="col-lg-4">{side}</div></div></div><footer class="bg-dark"><p>{_NAME}, '
        "Jl. Kenanga 7</p><p>Copyright &copy; 2026</p></footer></body></html>"
    )


def _drupal(title: str, body: str, head: str, menu: Mapping[str, str], side: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="id" dir="ltr"><head><meta charset="utf-8"/><meta name="Generator" content="Drupal 10 (https://www.drupal.org)"/>'
        f'<title>{title} | {_NAME}</title>{head}</head><body class="path-berita"><div class="layout-container"><header role="banner">'
        f'<div class="region region-header"><div class="block block-system block-system-branding-block"><a href="/" rel="home">{_NAME}</a></div>'
        f'<nav role="navigation"><ul class="menu">{_menu(menu)}</ul></nav></div></header><main role="main"><div class="layout-content">'
        f'<div class="region region-content">{body}</div></div><aside class="layout-sidebar-second">{side}</aside></main>'
        f'<footer role="contentinfo"><div class="region region-footer">{_NAME} 2026</div></footer></div></body></html>'
    )


def _helix(title: str, body: str, head: str, menu: Mapping[str, str], side: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="id-id" dir="ltr"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body class="site helix-ultimate '
        f'com_content layout-blog"><div id="sp-top-bar"><div class="sp-date">{named_day(NOW)}</div></div><header id="sp-header"><a class="logo" '
        f'href="/">{_NAME}</a><ul class="sp-megamenu-parent">{_menu(menu)}</ul></header><section id="sp-main-body"><div class="row"><main '
        f'id="sp-component" class="col-lg-8"><div class="sp-column">{body}</div></main><aside id="sp-right" class="col-lg-4"><div '
        f'class="sp-module">{side}</div></aside></div></section><footer id="sp-footer">&copy; 2026 {_NAME}</footer></body></html>'
    )


def _tailwind(title: str, body: str, head: str, menu: Mapping[str, str], side: str) -> str:
    links = "".join(
        f'<a class="px-3 py-2 text-sm font-medium hover:text-blue-700" href="{html.escape(url)}">{name}</a>'
        for url, name in menu.items()
    )
    return (
        f'<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body class="font-sans antialiased bg-gray-50">'
        f'<div class="min-h-screen"><div class="flex justify-between h-16"><a href="/" class="font-bold text-xl">{_NAME}</a><div class="hidden md:flex">'
        f'{links}</div></div><div class="max-w-7xl mx-auto grid grid-cols-12 gap-6"><div class="col-span-8">{body}</div><div class="col-span-4 '
        f'space-y-4">{side}</div></div><div class="mt-10 text-center text-xs text-gray-500">© 2026 {_NAME}. All rights reserved.</div></div></body></html>'
    )


def _webforms(title: str, body: str, head: str, menu: Mapping[str, str], side: str) -> str:
    return (
        f'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"><html><head><title>\r\n\t{title}\r\n</title>{head}</head><body><form method="post" '
        f'action="./" id="form1"><input type="hidden" name="__VIEWSTATE" value="/wEPDwUKLTE2" /><table width="100%"><tr><td><span id="lblTanggal">'
        f'{named_day(NOW)} - 19:20:04 WITA</span></td></tr><tr><td><ul id="Menu1">{_menu(menu)}</ul></td></tr></table><table width="100%"><tr>'
        f'<td valign="top" width="70%">{body}</td><td valign="top">{side}</td></tr></table><span id="lblFooter">{_NAME} 2026</span></form></body></html>'
    )


def _old(title: str, body: str, head: str, menu: Mapping[str, str], side: str) -> str:
    links = " | ".join(f'<a href="{html.escape(url)}">{name}</a>' for url, name in menu.items())
    return (
        f"<html><head><title>{title}</title>{head}</head><body bgcolor=white><center><h2>{_NAME}</h2>{links}<hr></center><div id=isi>{body}</div>"
        f"<div id=kanan>{side}</div><hr><center>{_NAME} 2026</center></body></html>"
    )


_SHELLS: Final = {
    "bootstrap": _bootstrap,
    "drupal": _drupal,
    "helix": _helix,
    "tailwind": _tailwind,
    "webforms": _webforms,
    "old": _old,
}


def _popular(url: Callable[[Post], str]) -> str:
    return "<h4>Berita Populer</h4>" + "".join(
        f'<div class="media"><img src="/f/{p.number}.jpg"><div class="media-body"><a href="{html.escape(url(p))}">{p.title}</a><br><small>'
        f"{short(p)} &middot; {p.readers * 9}x dibaca</small></div></div>"
        for p in _POPULAR
    )


_AGENDA: Final = "<h4>Agenda</h4><table>" + "".join(
    f"<tr><td><b>{day}</b><br>{MONTHS[month - 1][:3]}</td><td><a href='/agenda/{n}'>{what}</a><br>{day} {MONTHS[month - 1]} 2026, 08.00 WITA</td></tr>"
    for n, (day, month, what) in enumerate(
        ((1, 12, "Apel Gabungan Awal Bulan"), (5, 12, "Kerja Bakti Serentak Antar RW"), (20, 11, "Rapat Koordinasi Lurah"))
    )
) + "</table>"  # fmt: skip
_COUNTER: Final = (
    f"<h4>Statistik Pengunjung</h4><ul><li>Hari ini : 57</li><li>Kemarin : 131</li><li>Bulan ini : 2.026</li><li>Total : 10.112.025</li>"
    f"<li>IP Anda : 10.11.20.25</li><li>Sejak 1 Januari 2020</li><li>Terakhir diperbarui {day_of(NOW)}</li></ul>"
)
_PRAYER: Final = (
    f"<h4>Jadwal Sholat</h4><p>{named_day(NOW)} / 17 Jumadil Akhir 1448 H</p><table><tr><td>Subuh</td><td>04:31</td></tr><tr><td>Zuhur</td>"
    "<td>12:08</td></tr></table>"
)
_RATES: Final = (
    f"<h4>Kurs BI {day_of(NOW)}</h4><table><tr><td>USD</td><td>15.912,00</td></tr><tr><td>SGD</td><td>11.804,26</td></tr></table>"
    "<h4>Prakiraan Cuaca</h4><p>Sabtu, 28 November 2026: hujan ringan 24-31 &deg;C</p>"
)
_TALK: Final = (
    "<h4>Komentar Terbaru</h4><ul><li>Budi : mantap pak lurah <small>ditulis pada 22 November 2026 09:11:02</small></li><li>Ani : kapan lagi? "
    "<small>ditulis pada 3 Oktober 2026 20:00:41</small></li></ul>"
)
_POLL: Final = (
    "<h4>Jajak Pendapat</h4><p>Bagaimana tampilan situs ini?</p><p>Mulai 1 November 2026 s.d. 31 Desember 2026</p><h4>Video</h4>"
    "<iframe src='https://www.youtube.com/embed/abc'></iframe><p>Profil Kelurahan, diunggah 2 Februari 2026</p>"
)
SIDES: Final[tuple[Callable[[Callable[[Post], str]], str], ...]] = (
    lambda url: _popular(url) + _COUNTER,
    lambda _: _AGENDA + _PRAYER,
    lambda url: _RATES + _popular(url),
    lambda _: _COUNTER + _TALK,
    lambda url: _POLL + _AGENDA + _popular(url),
)


@dataclass(frozen=True)
class Scene(Surface):
    """A surface in a program's frame.

    Attributes:
        shell: a key of the frames here.
        beside: which of `SIDES` stand beside the news; None leaves them out.
        entry: more entries of the menu.
        extra: what answers before anything else, by the whole address.
    """

    shell: str = "bootstrap"
    beside: int | None = None
    entry: tuple[tuple[str, str], ...] = ()
    extra: Callable[[str], Reply | None] = lambda _: None
    today: datetime = NOW
    posts: tuple[Post, ...] = NEWS
    reached: tuple[Post, ...] = NEWS

    def frame(self, title: str, body: str, head: str = "") -> str:
        """A whole page."""
        menu = {
            "/": "Beranda",
            "/profil": "Profil",
            self.list: self.menu,
            **dict(self.entry),
            "/kontak": "Kontak",
        }
        side = self.side if self.beside is None else SIDES[self.beside](self.url) + self.side
        page = _SHELLS[self.shell](title, body, self.every + head, menu, side)
        return page.replace(named_day(NOW), named_day(self.today)) if self.today != NOW else page

    def part(self, number: int) -> str:
        """The cards and the pager of a page of the list."""
        last = -(-len(self.posts) // self.size)
        posts = self.posts[(number - 1) * self.size : number * self.size]
        cards = self.lay(posts, number) if self.lay else "".join(map(self.card, posts))
        go = GO.get(self.pager) or PAGERS[self.pager]
        return self.around.replace("{}", cards) + go(self.at, number, last)

    def respond(self, url: str) -> Reply | None:
        """What stands at an address."""
        return self.extra(url) or super().respond(url)
