"""Lists whose pager is of buttons that a script works: Livewire's, in pages of Laravel, and plain numbers."""

from datetime import datetime, timedelta

import pytest

from activity.agency import Account, Channel
from activity.testing import drive
from activity.visit import Page, Target, Window
from crawler.visits.site.website import visit
from samplecity.almanac import MONTHS
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 6, 27, 23, 30, tzinfo=ZONE)
SINCE = datetime(2026, 1, 1, tzinfo=ZONE)
HOME = "https://contoh.go.id/"
WORDS = ("Kerja bakti", "Rapat warga", "Panen raya", "Senam lansia", "Lomba kader")
COUNT, ON_PAGE = 44, 9
LAST = -(-COUNT // ON_PAGE)


def moment(n):
    return NOW - timedelta(days=4 * n + 2, hours=9)


def title(n):
    return f"{WORDS[n % len(WORDS)]} bersama kader di RW {n + 10}"


def path(n):
    return f"/berita/{title(n).lower().replace(' ', '-')}"


def card(n):
    at = moment(n)
    day = f"{at.day} {MONTHS[at.month - 1]} {at.year}"
    return f'<article><h3><a href="{path(n)}">{title(n)}</a></h3><span class="date">{day}</span></article>'


def button(word, click, label=""):
    return f'<button type="button" wire:click="{click}" wire:loading.attr="disabled" {label}>{word}</button>'


def tailwind(number, name):
    """As Livewire draws it where nobody says otherwise."""
    back = f"<span>{button('&laquo; Previous', f'previousPage({name!r})')}</span>" if number > 1 else ""
    near = [n for n in range(1, LAST + 1) if abs(n - number) < 3 or n in (1, LAST)]
    own = f'<span wire:key="paginator-page{number}"><span aria-current="page">{number}</span></span>'
    to = {n: button(n, f"gotoPage({n}, {name!r})", f'aria-label="Go to page {n}"') for n in near}
    pages = "".join(own if n == number else f"<span>{to[n]}</span>" for n in near)
    on = "" if number == LAST else button("Next &raquo;", f"nextPage({name!r})", 'rel="next"')
    return f'<nav role="navigation" aria-label="Pagination Navigation">{back}{pages}{on}</nav>'


def simple(number, name):
    """As `simplePaginate` has it, its words in Indonesian."""
    on = "" if number == LAST else button("Berikutnya &raquo;", f"nextPage({name!r})")
    back = button("&laquo; Sebelumnya", f"previousPage({name!r})") if number > 1 else ""
    return f"<nav role=navigation>{back}{on}</nav>"


def bare(number, _name):
    """As its second release wrote it, where a page's only list is called by nothing."""
    on = "" if number == LAST else button("›", "nextPage", 'rel="next" aria-label="Next"')
    pages = "".join(button(n, f"gotoPage({n})") for n in range(1, LAST + 1) if n != number)
    return f'<ul class="pagination"><li>{pages}</li><li>{on}</li></ul>'


def numbered(number, _name):
    """Numbers that an older script works."""
    pages = "".join(
        f'<li><a href="#" data-page="{n}">{n}</a></li>' for n in range(1, LAST + 1) if n != number
    )
    return f'<ul class="pagination"><li class="active"><span>{number}</span></li>{pages}</ul>'


def called(number, _name):
    """The same by a call."""
    to = [
        f'<a href="javascript:void(0)" onclick="muatHalaman({n}); return false">{n}</a>'
        for n in range(1, LAST + 1)
    ]
    return f"<div class=paging>{' '.join(a for n, a in enumerate(to, 1) if n != number)}</div>"


def site(pager, name, *, heeds):
    """Answer as such a site does; `heeds`: whether its addresses tell a page."""

    def answer(fetch):
        url, _, query = fetch.url.removeprefix(HOME.rstrip("/")).partition("?")
        number = int(query.partition("=")[2]) if heeds and query.startswith(f"{name}=") else 1
        bodies = {
            path(n): f"<h1>{title(n)}</h1><p>Warga bekerja sejak pagi bersama lurah.</p>"
            for n in range(COUNT)
        }
        shown = range((number - 1) * ON_PAGE, min(COUNT, number * ON_PAGE))
        cards = "".join(map(card, shown))
        bodies["/berita"] = f"<h1>Berita</h1><div wire:id=a>{cards}{pager(number, name)}</div>"
        bodies["/"] = '<nav><a href="/berita">Berita</a></nav><h1>Kelurahan</h1><p>Selamat datang.</p>'
        body = bodies.get(url)
        text = f"<!doctype html><html lang=id><title>Kelurahan</title><body>{body}</body></html>"
        headers = {"content-type": "text/html; charset=utf-8"}
        return Page(fetch, fetch.url, 200 if body else 404, NOW, headers, text.encode() if body else b"")

    return answer


def crawl(answer):
    target = Target(Account(1, "contoh", Channel.WEBSITE, HOME), Window(SINCE, NOW), ZONE)
    return drive(visit(target), answer, NOW)[0]


@pytest.mark.parametrize(
    ("pager", "name"),
    [
        (tailwind, "page"),
        (simple, "page"),
        (bare, "page"),
        (tailwind, "beritaPage"),
        (numbered, "page"),
        (called, "page"),
    ],
)
def test_the_pages_that_buttons_lead_to_are_asked_by_their_number(pager, name):
    harvest = crawl(site(pager, name, heeds=True))
    due = {path(n) for n in range(COUNT) if moment(n) >= SINCE}
    assert {post.key for post in harvest.posts} == due
    assert harvest.complete_since == SINCE


@pytest.mark.parametrize("pager", [tailwind, simple, bare, numbered, called])
def test_a_list_whose_address_tells_no_page_is_called_whole_no_further_back_than_it_shows(pager):
    harvest = crawl(site(pager, "page", heeds=False))
    assert len(harvest.posts) == ON_PAGE
    assert harvest.complete_since is None or harvest.complete_since > moment(ON_PAGE)
