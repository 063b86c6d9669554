"""More ways on to older posts."""

import html
from collections.abc import Callable
from typing import Final

__all__ = ["GO"]

_At = Callable[[int], str]


def _older(at: _At, now: int, last: int) -> str:
    newer = (
        f'<a class="blog-pager-newer-link" href="{html.escape(at(now - 1))}">Lebih baru</a>'
        if now > 1
        else ""
    )
    older = (
        f'<a class="blog-pager-older-link" href="{html.escape(at(now + 1))}">Lebih lama</a>'
        if now < last
        else ""
    )
    return f'<div class="blog-pager">{newer} <a href="/">Beranda</a> {older}</div>'


def _joomla(at: _At, now: int, last: int) -> str:
    items = "".join(
        f'<li class="active page-item"><a class="page-link" aria-current="true">{i}</a></li>'
        if i == now
        else f'<li class="page-item"><a aria-label="Ke halaman {i}" href="{html.escape(at(i))}" class="page-link">{i}</a></li>'
        for i in range(1, last + 1)
    )
    end = f'<li class="page-item"><a aria-label="Ke akhir" href="{html.escape(at(last))}" class="page-link"><span class="icon-angle-double-right"></span></a></li>'
    return (
        f'<div class="w-100"><p class="counter float-end">Halaman {now} dari {last}</p><ul class="pagination ms-0">{items}{end if now < last else ""}'
        "</ul></div>"
    )


def _drupal(at: _At, now: int, last: int) -> str:
    items = "".join(
        f'<li class="pager__item"><a href="{html.escape(at(i))}" title="Go to page {i}"><span class="visually-hidden">Page</span>{i}</a></li>'
        for i in range(1, min(last, 9) + 1)
        if i != now
    )
    on = (
        f'<li class="pager__item pager__item--next"><a href="{html.escape(at(now + 1))}" rel="next"><span class="visually-hidden">Next page</span>'
        "<span aria-hidden='true'>››</span></a></li>"
    )
    return f'<nav class="pager" role="navigation"><ul class="pager__items">{items}{on if now < last else ""}</ul></nav>'


def _tailwind(at: _At, now: int, last: int) -> str:
    prev = (
        f'<a href="{at(now - 1)}" rel="prev" class="px-4 py-2">&laquo; Sebelumnya</a>'
        if now > 1
        else '<span class="px-4 py-2 cursor-default">&laquo; Sebelumnya</span>'
    )
    on = (
        f'<a href="{at(now + 1)}" rel="next" class="px-4 py-2">Selanjutnya &raquo;</a>'
        if now < last
        else '<span class="px-4 py-2 cursor-default">Selanjutnya &raquo;</span>'
    )
    return f'<nav role="navigation" aria-label="Pagination Navigation" class="flex justify-between">{prev}{on}</nav>'


def _hidden(at: _At, now: int, last: int) -> str:
    """Infinite scroll: a link that a script takes away."""
    return (
        f'<div class="page-load-status"><p class="infinite-scroll-request">Memuat...</p></div><a class="pagination__next d-none" href="{at(now + 1)}">'
        "</a>"
        if now < last
        else ""
    )


def _button(at: _At, now: int, last: int) -> str:
    return (
        f'<button id="load-more" class="btn" data-url="{at(now + 1)}">Muat Lebih Banyak</button>'
        if now < last
        else ""
    )


def _htmx(at: _At, now: int, last: int) -> str:
    return (
        f'<div hx-get="{at(now + 1)}" hx-trigger="revealed" hx-swap="outerHTML"><span class="spinner"></span></div>'
        if now < last
        else ""
    )


def _total(at: _At, now: int, last: int) -> str:
    first = f'<a href="{at(1)}">Awal</a> ' if now > 1 else ""
    rest = f'<a href="{at(now + 1)}">Lanjut</a> <a href="{at(last)}">Akhir</a>' if now < last else ""
    return f"<p align=center>[ {first}Hal {now} / {last} {rest} ]</p>"


GO: Final = {
    "silent": lambda *_: "",
    "older": _older,
    "joomla": _joomla,
    "drupal": _drupal,
    "tailwind": _tailwind,
    "hidden": _hidden,
    "button": _button,
    "htmx": _htmx,
    "total": _total,
}
