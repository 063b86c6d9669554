"""First visits to sites that name no feed: what they try, robots.txt included, and what they may cost."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from activity.agency import Account, Channel
from activity.outcome import Outcome
from activity.testing import drive
from activity.visit import Target, Window
from crawler.visits.site.website import visit
from testkit.answers import answering
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 3, 2, 22, tzinfo=ZONE)
SINCE = datetime(2026, 1, 1, tzinfo=ZONE)
HOME = "https://contoh.go.id/"
COUNT = 20
TEXT = "<p>Warga berkumpul di balai desa untuk membahas rencana kerja bersama lurah.</p>" * 6


def moment(number):
    return NOW - timedelta(days=2 * number, hours=4)


def path(number):
    return f"berita/rapat-kerja-warga-{100 - number}"


def cards(*, clock=True, dates=True, count=COUNT):
    def card(number):
        date = f"{moment(number):%d-%m-%Y %H:%M}" if clock else f"{moment(number):%d-%m-%Y}"
        shown = f"<span>{date}</span>" if dates else ""
        return f"<div class=item><h3><a href=/{path(number)}>Rapat kerja warga {number}</a></h3>{shown}</div>"

    return "".join(card(number) for number in range(count))


def rss(count=COUNT):
    items = "".join(
        f"<item><title>Rapat {n}</title><link>{HOME}{path(n)}</link>"
        f"<pubDate>{moment(n):%a, %d %b %Y %H:%M:%S %z}</pubDate></item>"
        for n in range(count)
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


def crawl(pages, *, memory=None, now=NOW, **headers):
    account = Account(1, "contoh", Channel.WEBSITE, HOME)
    goal = Target(account, Window(SINCE, now), ZONE, **({"memory": memory} if memory else {}))
    harvest, asked = drive(visit(goal), answering(pages, now, **headers), now)
    return harvest, [fetch.url for fetch in asked]


def sitemap(paths):
    rows = "".join(f"<url><loc>{HOME}{each}</loc></url>" for each in ("", "profil", "kontak", *paths))
    return f"<?xml version='1.0'?><urlset>{rows}</urlset>"


# Beyond the six: addresses at the root and in the folder of the posts.
MOST_GUESSES = 10
# The newest, the oldest and one further article confirm what a list or a feed tells.
CONFIRMING = 3
HUGO = "<meta name=generator content='Hugo 0.140'>"


@pytest.mark.parametrize(
    ("pages", "dated"),
    [
        ({HOME: front(), f"{HOME}berita": cards()}, 1),
        ({HOME: front(cards(dates=False)), f"{HOME}feed.xml": rss()}, 1),
        ({HOME: front(cards(clock=False)), f"{HOME}feed.xml": rss()}, 2),
        (articles() | {HOME: front(), f"{HOME}berita": cards(dates=False)}, COUNT),
        (articles() | {HOME: front(), f"{HOME}sitemap.xml": sitemap(map(path, range(COUNT)))}, COUNT),
        ({HOME: front(head=HUGO), f"{HOME}index.xml": rss()}, 1),
    ],
    ids=["list", "feed", "days", "undated list", "sitemap", "generator"],
)
def test_six_requests_and_one_for_every_page_that_dates(pages, dated):
    harvest, asked = crawl(pages)
    assert {post.date.at for post in harvest.posts} == {moment(n) for n in range(COUNT)}
    assert 1 + len(asked) <= 6 + CONFIRMING + dated


def test_a_map_that_begins_with_the_oldest_is_read_from_its_end():
    """Of ninety posts the list shows eight, and leads no further (Wagtail's map has no days)."""
    every = 90
    pages = {HOME + path(number): article(number) for number in range(every)}
    lists = {HOME: front(), f"{HOME}berita": cards(count=8)}
    mapped = {f"{HOME}sitemap.xml": sitemap(map(path, reversed(range(every))))}
    harvest, asked = crawl(pages | lists | mapped)
    due = {moment(number) for number in range(every) if moment(number) >= SINCE}
    assert {post.date.at for post in harvest.posts} == due
    assert len(asked) <= len(due) - 8 + 6 + MOST_GUESSES + CONFIRMING


def test_lists_that_date_everything_leave_nothing_to_guess():
    old = "".join(
        f"<li><a href=/berita/lama-{n}>Rapat lama {n}</a> {n}-11-2025 10:00</li>" for n in range(28, 1, -1)
    )
    _, asked = crawl({HOME: front(), f"{HOME}berita": f"{cards()}<ul>{old}</ul>", f"{HOME}feed.xml": rss()})
    assert asked[:2] == [HOME, f"{HOME}berita"]
    assert len(asked) <= 2 + CONFIRMING


def test_the_generator_tells_the_feed_that_nothing_names():
    _, asked = crawl({HOME: front(head=HUGO), f"{HOME}index.xml": rss()})
    assert asked[:2] == [HOME, f"{HOME}index.xml"]


def test_the_only_door_of_a_welcome_is_opened_whatever_was_guessed():
    """Hexo's A4: a home page that is drawn by scripts and links the list alone, which it calls in Chinese."""
    scripts = "".join(f"<script src=/js/{name}.js></script>" for name in ("lomba", "rapat", "posts", "api"))
    head = f"<meta name=generator content='Hexo 7.0'>{scripts}"
    welcome = f"<html><head>{head}</head><body><p>Selamat datang.</p><a href=/list/>文章</a></body></html>"
    script = {f"{HOME}js/{name}.js": "fetch('/api/posts')" for name in ("lomba", "rapat", "posts", "api")}
    harvest, asked = crawl(script | {HOME: welcome, f"{HOME}list/": cards()})
    assert len(harvest.posts) == COUNT
    assert len(asked) <= 12 + CONFIRMING


def test_a_site_without_posts_ends_soon():
    pages = {HOME: front(), f"{HOME}profil": TEXT, f"{HOME}layanan": TEXT, f"{HOME}berita": TEXT}
    harvest, asked = crawl(pages)
    assert harvest.outcome is Outcome.EMPTY
    assert 1 + len(asked) <= 8


USUAL = ["feed", "feed/", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "?feed=rss2"]
BELOW = ["berita/feed", "berita/rss.xml"]
COMPUTED = {"set-cookie": "session=1"}


@pytest.mark.parametrize("headers", [{}, COMPUTED], ids=["generated", "computed"])
@pytest.mark.parametrize("place", [*USUAL, *BELOW])
def test_a_full_feed_that_nothing_names_is_found(place, headers):
    pages = {HOME: front(cards(count=5)), f"{HOME}{place}": rss(60)}
    harvest, asked = crawl(pages, **headers)
    assert [post.date.at for post in harvest.posts] == [moment(n) for n in range(60) if moment(n) >= SINCE]
    assert harvest.endpoint == asked[-1] == f"{HOME}{place}"
    assert harvest.complete_since == SINCE
    # Five posts at home may be the newest of a list that the menu calls anything: one page of it is asked.
    assert 1 + len(asked) <= 7 + MOST_GUESSES


@pytest.mark.parametrize("place", ["feed.php", "blog/feed/"])
def test_a_feed_is_guessed_after_what_links_and_lists_tell(place):
    def shift(page):
        return page.replace("/berita/rapat", "/rapat")

    few = shift(cards(count=5))
    pages = {
        HOME: front(f"{few}<a href=/blog>Blog</a>", "<link rel=stylesheet href=/gaya.php>"),
        f"{HOME}blog": few,
        f"{HOME}{place}": shift(rss(60)),
    }
    harvest, _ = crawl(pages)
    assert len(harvest.posts) == sum(moment(n) >= SINCE for n in range(60))


@pytest.mark.parametrize("dates", [True, False])
def test_a_feed_beside_a_map_of_standing_pages_is_found(dates):
    front_page = front(cards(count=5, dates=dates))
    pages = {HOME: front_page, f"{HOME}sitemap.xml": sitemap(["layanan/ktp"]), f"{HOME}rss": rss()}
    harvest, _ = crawl(pages)
    assert len(harvest.posts) == COUNT


def test_a_feed_is_looked_for_where_a_complete_list_and_its_articles_tell_no_day():
    pager = "<a rel=next href=/?page=2>2</a>"
    pages = {HOME: front(cards(dates=False) + pager), f"{HOME}?page=2": front(), f"{HOME}rss": rss()}
    pages |= {HOME + path(n): f"<h1>Rapat kerja warga {n}</h1>{TEXT}" for n in range(COUNT)}
    harvest, asked = crawl(pages)
    assert {post.date.at for post in harvest.posts} == {moment(n) for n in range(COUNT)}
    # Two articles showed that the others tell no day either.
    assert sum("rapat" in url for url in asked) <= 2 + CONFIRMING


@pytest.mark.parametrize(
    ("pages", "dated"),
    [({HOME: front(cards())}, 1), (articles() | {HOME: front(cards(dates=False))}, COUNT)],
    ids=["dated", "undated"],
)
def test_guessing_in_vain_has_an_end_and_is_not_repeated_soon(pages, dated):
    harvest, asked = crawl(pages)
    assert {post.date.at for post in harvest.posts} == {moment(n) for n in range(COUNT)}
    assert 1 + len(asked) <= 6 + CONFIRMING + MOST_GUESSES + dated
    memory = replace(harvest.memory, endpoint=None, kind=None)
    _, later = crawl(pages, memory=memory, now=NOW + timedelta(days=7))
    assert 1 + len(later) <= 6 + CONFIRMING + dated


@pytest.mark.parametrize("tells", ["link", "list", "map"])
def test_a_site_that_tells_where_its_posts_are_is_not_guessed_at(tells):
    shown = cards(count=5)
    pages = {
        "link": {HOME: front(shown, "<link rel=alternate type=application/rss+xml href=/umpan>")},
        "list": {HOME: front(shown), f"{HOME}berita": cards()},
        "map": articles() | {HOME: front(shown), f"{HOME}sitemap.xml": sitemap(map(path, range(COUNT)))},
    }[tells]
    _, asked = crawl(pages)
    assert 1 + len(asked) <= 6 + CONFIRMING + (COUNT if tells == "map" else 1)
