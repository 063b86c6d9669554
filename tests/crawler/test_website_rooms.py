"""A bare home page whose list is some doors behind it, and one with nothing behind any door."""

from datetime import datetime, timedelta

from activity.agency import Account, Channel
from activity.outcome import Outcome
from activity.testing import drive
from activity.visit import Page, Target, Window
from crawler.visits.site.website import visit
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 6, 27, 23, 30, tzinfo=ZONE)
SINCE = datetime(2026, 1, 1, tzinfo=ZONE)
HOME = "https://contoh.go.id/"
POSTS = {
    f"/surat/warga/edaran/{n}-kerja-bakti-warga-lorong-{n}/": NOW - timedelta(days=4 + 31 * n)
    for n in range(8)
}


def page(body):
    return f"<!doctype html><html lang=id><title>Kelurahan</title><main>{body}</main></html>"


def link(path, text):
    return f'<a href="{path}">{text}</a>'


def edaran():
    rows = (
        f"<li>{link(path, f'Kerja bakti warga lorong nomor {n}')} <time>{at:%Y-%m-%d}</time></li>"
        for n, (path, at) in enumerate(POSTS.items())
    )
    return page(f"<ul>{''.join(rows)}</ul>")


ROOMS = {
    "/": page(f"{link('/surat/', 'Surat')} {link('/profil/', 'Profil')}<p>Selamat datang.</p>"),
    "/surat/": page(link("/surat/warga/", "Warga")),
    "/surat/?urut=nama": page(link("/surat/warga/", "Warga")),
    "/surat/warga/": page(
        f"{link('/surat/warga/daftar/', 'Daftar')} {link('/surat/warga/edaran/', 'Edaran')}"
    ),
    "/surat/warga/daftar/": page("<form><input name=surel></form>"),
}


def visit_site(pages):
    asked = []

    def answer(fetch):
        path = "/" + fetch.url.removeprefix(HOME)
        asked.append(path)
        body = pages.get(path)
        headers = {"content-type": "text/html; charset=utf-8"}
        return Page(fetch, fetch.url, 404 if body is None else 200, NOW, headers, (body or "").encode())

    target = Target(Account(1, "contoh", Channel.WEBSITE, HOME), Window(SINCE, NOW), ZONE)
    harvest, _ = drive(visit(target), answer, NOW)
    return harvest, asked


def test_a_list_some_doors_behind_a_bare_home_page_is_found():
    articles = {path: page("<h1>Kerja bakti</h1><p>Warga hadir.</p>") for path in POSTS}

    harvest, _ = visit_site({**ROOMS, "/surat/warga/edaran/": edaran(), **articles})

    found = [post.date.at.astimezone(ZONE).date() for post in harvest.posts if post.date]
    assert sorted(found) == sorted(at.date() for at in POSTS.values() if at >= SINCE)


def test_a_site_with_nothing_behind_its_doors_is_left_soon():
    endless = {f"/surat/warga/edaran/{'lagi/' * n}": page(link("lagi/", "Lagi")) for n in range(40)}

    harvest, asked = visit_site({**ROOMS, **endless})

    assert harvest.outcome is Outcome.EMPTY
    assert len(asked) <= 20
