"""Feeds that call their site by another host's name, as programs do that nobody told theirs."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from activity.agency import Account, Channel
from activity.post import Precision
from activity.testing import drive
from activity.visit import Target, Window
from crawler.visits.site.website import visit
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 6, 27, 14, tzinfo=UTC)
HOME = "https://contoh.go.id/"
COUNT = 24
SHOWN = 12


def moment(number):
    return NOW - timedelta(days=5 * number, hours=number, minutes=7)


def slug(number):
    return f"berita/rapat-kerja-warga-ke-{number}/"


def rss(host, numbers, name=slug):
    items = "".join(
        f"<item><title>Rapat kerja warga ke-{n}</title><link>{host}{name(n)}</link>"
        f"<pubDate>{moment(n).strftime('%a, %d %b %Y %H:%M:%S %z')}</pubDate></item>"
        for n in numbers
    )
    return f"<rss version='2.0'><channel><title>Dinas</title><link>{host}</link>{items}</channel></rss>"


def page(inner):
    head = "<link rel=alternate type=application/rss+xml href=/feed/>"
    return f"<html><head>{head}</head><body>{inner}</body></html>"


def site(feed, *, first=0, name=slug):
    """A home page that lists the newest posts with their days, and a feed."""
    cards = "".join(
        f"<article><h2><a href=/{name(n)}>Rapat kerja warga ke-{n}</a></h2>"
        f"<time>{moment(n).astimezone(ZONE):%d/%m/%Y}</time></article>"
        for n in range(first, SHOWN)
    )
    pages = {HOME: page(cards), f"{HOME}feed/": feed}
    for n in range(first, COUNT):
        day = f"<time>{moment(n).astimezone(ZONE):%d/%m/%Y}</time>"
        pages[HOME + name(n)] = page(f"<h1>Rapat kerja warga ke-{n}</h1>{day}<p>Isi rapat ke-{n}.</p>")
    return {url: body.encode() for url, body in pages.items()}


def run(pages, *, now=NOW, earlier=None):
    window = Window(datetime(2026, 1, 1, tzinfo=ZONE), now)
    target = Target(Account(1, "contoh", Channel.WEBSITE, HOME), window, ZONE)
    if earlier is not None:
        target = replace(target, memory=earlier.memory)
    return drive(visit(target), pages, now)


def test_posts_of_a_feed_that_names_another_host_are_the_sites_own():
    harvest, asked = run(site(rss("http://example.com/", range(COUNT))))
    assert {post.key for post in harvest.posts} == {f"/{slug(n)}".rstrip("/") for n in range(COUNT)}
    assert all(post.url.startswith(HOME) for post in harvest.posts)
    assert all(post.date.precision is Precision.SECOND for post in harvest.posts)
    assert not [fetch for fetch in asked if "example.com" in fetch.url]


def test_a_later_night_knows_the_feed_again():
    first, _ = run(site(rss("http://localhost:8000/", range(1, COUNT)), first=1), now=NOW - timedelta(days=1))
    later, _ = run(site(rss("http://localhost:8000/", range(COUNT))), earlier=first)
    assert {post.key for post in later.posts} <= {f"/{slug(n)}".rstrip("/") for n in range(COUNT)}
    assert f"/{slug(0)}".rstrip("/") in {post.key for post in later.posts}


def test_a_feed_of_another_host_that_the_site_does_not_link_is_of_another_site():
    harvest, _ = run(site(rss("http://kota.go.id/", range(COUNT), lambda n: f"kabar/pasar-murah-warga-{n}/")))
    own = {post.key for post in harvest.posts if post.key.startswith("/")}
    assert not [key for key in own if "pasar-murah" in key]


def test_counters_that_two_hosts_share_make_them_no_one_site():
    def numbered(number):
        return f"berita/{number + 100}"

    harvest, _ = run(site(rss("http://kota.go.id/", range(COUNT), numbered), name=numbered))
    of_feed = {post.date.precision for post in harvest.posts if post.key.startswith("/")}
    assert Precision.SECOND not in of_feed
