"""First visits to sites that name no feed: at most six requests, robots.txt included, that bring no date."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from activity.agency import Account, Channel
from activity.outcome import Outcome
from activity.testing import drive
from activity.visit import Page, Target, Window
from crawler.visits.website import visit

ZONE = ZoneInfo("Asia/Makassar")
NOW = datetime(2026, 3, 2, 22, tzinfo=ZONE)
SINCE = datetime(2026, 1, 1, tzinfo=ZONE)
HOME = "https://contoh.go.id/"
COUNT = 20
TEXT = "<p>Warga berkumpul di balai desa untuk membahas rencana kerja bersama lurah.</p>" * 6


def moment(number):
    return NOW - timedelta(days=2 * number, hours=4)


def path(number):
    return f"berita/rapat-kerja-warga-{100 - number}"


def cards(*, clock=True, dates=True):
    def card(number):
        date = f"{moment(number):%d-%m-%Y %H:%M}" if clock else f"{moment(number):%d-%m-%Y}"
        shown = f"<span>{date}</span>" if dates else ""
        return f"<div class=item><h3><a href=/{path(number)}>Rapat kerja warga {number}</a></h3>{shown}</div>"

    return "".join(card(number) for number in range(COUNT))


def rss():
    items = "".join(
        f"<item><title>Rapat {n}</title><link>{HOME}{path(n)}</link>"
        f"<pubDate>{moment(n):%a, %d %b %Y %H:%M:%S %z}</pubDate></item>"
        for n in range(COUNT)
    )
    return f"<rss><channel><title>Dinas</title>{items}</channel></rss>"


def article(number, *, clock=True):
    stated = moment(number).isoformat() if clock else f"{moment(number):%Y-%m-%d}"
    head = f"<meta property=og:type content=article><meta property=article:published_time content={stated}>"
    return f"<head>{head}</head><article><h1>Rapat kerja warga {number}</h1>{TEXT}</article>"


def articles(**options):
    return {HOME + path(number): article(number, **options) for number in range(COUNT)}


def front(inner="", head=""):
    menu = "".join(
        f"<a href=/{name}>{name.title()}</a>" for name in ("profil", "layanan", "berita", "kontak")
    )
    return f"<html><head>{head}</head><body><nav>{menu}</nav><h1>Dinas Contoh</h1>{TEXT}{inner}</body></html>"


def crawl(pages):
    def answer(fetch):
        body = pages.get(fetch.url)
        status, headers = 404 if body is None else 200, {"content-type": "text/html"}
        return Page(fetch, fetch.url, status, NOW, headers, (body or "").encode())

    goal = Target(Account(1, "contoh", Channel.WEBSITE, HOME), Window(SINCE, NOW), ZONE)
    harvest, asked = drive(visit(goal), answer, NOW)
    return harvest, [fetch.url for fetch in asked]


def sitemap(paths):
    rows = "".join(f"<url><loc>{HOME}{each}</loc></url>" for each in ("", "profil", "kontak", *paths))
    return f"<?xml version='1.0'?><urlset>{rows}</urlset>"


HUGO = "<meta name=generator content='Hugo 0.140'>"


@pytest.mark.parametrize(
    ("pages", "dated"),
    [
        ({HOME: front(cards())}, 1),
        ({HOME: front(), f"{HOME}berita": cards()}, 1),
        ({HOME: front(cards(dates=False)), f"{HOME}feed.xml": rss()}, 1),
        ({HOME: front(cards(clock=False)), f"{HOME}feed.xml": rss()}, 2),
        (articles() | {HOME: front(cards(dates=False))}, COUNT),
        (articles() | {HOME: front(), f"{HOME}berita": cards(dates=False)}, COUNT),
        (articles() | {HOME: front(), f"{HOME}sitemap.xml": sitemap(map(path, range(COUNT)))}, COUNT),
        ({HOME: front(head=HUGO), f"{HOME}index.xml": rss()}, 1),
    ],
    ids=["home", "list", "feed", "days", "articles", "undated list", "sitemap", "generator"],
)
def test_six_requests_and_one_for_every_page_that_dates(pages, dated):
    harvest, asked = crawl(pages)
    assert {post.date.at for post in harvest.posts} == {moment(n) for n in range(COUNT)}
    assert 1 + len(asked) <= 6 + dated


def test_lists_that_date_everything_leave_nothing_to_guess():
    old = "".join(
        f"<li><a href=/berita/lama-{n}>Rapat lama {n}</a> {n}-11-2025 10:00</li>" for n in range(28, 1, -1)
    )
    _, asked = crawl({HOME: front(), f"{HOME}berita": f"{cards()}<ul>{old}</ul>", f"{HOME}feed.xml": rss()})
    assert asked == [HOME, f"{HOME}berita"]


def test_the_generator_tells_the_feed_that_nothing_names():
    _, asked = crawl({HOME: front(head=HUGO), f"{HOME}index.xml": rss()})
    assert asked[:2] == [HOME, f"{HOME}index.xml"]


def test_a_site_without_posts_ends_soon():
    pages = {HOME: front(), f"{HOME}profil": TEXT, f"{HOME}layanan": TEXT, f"{HOME}berita": TEXT}
    harvest, asked = crawl(pages)
    assert harvest.outcome is Outcome.EMPTY
    assert 1 + len(asked) <= 8
