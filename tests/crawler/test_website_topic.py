"""Sites that say only how long ago: what their topics' feeds and articles add."""

from datetime import UTC, datetime, timedelta

from activity.agency import Account, Channel
from activity.post import Precision
from activity.testing import drive
from activity.visit import Target, Window
from crawler.visits.site.website import visit
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 6, 27, 14, tzinfo=UTC)
HOME = "https://contoh.go.id/"
COUNT = 30
MOMENTS = [NOW - timedelta(days=5 * n, hours=n, minutes=7) for n in range(COUNT)]


def slug(number):
    return f"blog/rapat-kerja-warga-ke-{number}/"


def rss(numbers):
    items = "".join(
        f"<item><title>Rapat {n}</title><link>{HOME}{slug(n)}</link>"
        f"<pubDate>{MOMENTS[n].strftime('%a, %d %b %Y %H:%M:%S %z')}</pubDate></item>"
        for n in numbers
    )
    return f"<rss version='2.0'><channel><title>Dinas</title>{items}</channel></rss>"


def ago(number):
    weeks = (NOW - MOMENTS[number]).days // 7
    return f"{weeks} minggu yang lalu" if weeks else f"{(NOW - MOMENTS[number]).days + 1} hari yang lalu"


def page(inner):
    head = "<link rel=alternate type=application/rss+xml href=/blog/feeds/rss/>"
    menu = "<nav><a href=/blog/category/warga/>Warga</a><a href=/blog/category/kota/>Kota</a></nav>"
    return f"<html><head>{head}</head><body>{menu}{inner}</body></html>"


def site(*, topics):
    cards = "".join(
        f"<article><h2><a href=/{slug(n)}>Rapat kerja warga ke-{n}</a></h2><small>{ago(n)}</small></article>"
        for n in range(COUNT)
    )
    pages = {HOME: page(cards), f"{HOME}blog/feeds/rss/": rss(range(10))}
    for n in range(COUNT):
        pages[HOME + slug(n)] = page(f"<h1>Rapat kerja warga ke-{n}</h1><small>{ago(n)}</small><p>Isi.</p>")
    if topics:
        pages[f"{HOME}blog/category/warga/feeds/rss/"] = rss(range(0, COUNT, 2))
        pages[f"{HOME}blog/category/kota/feeds/rss/"] = rss(range(1, COUNT, 2))
    return {url: body.encode() for url, body in pages.items()}


def run(pages):
    window = Window(datetime(2026, 1, 1, tzinfo=ZONE), NOW)
    return drive(visit(Target(Account(1, "contoh", Channel.WEBSITE, HOME), window, ZONE)), pages, NOW)


def test_feeds_of_topics_date_what_the_whole_feed_has_forgotten():
    harvest, asked = run(site(topics=True))
    assert {post.date.at for post in harvest.posts} == {moment.replace(microsecond=0) for moment in MOMENTS}
    assert all(post.date.precision is Precision.SECOND for post in harvest.posts)
    # No more than confirm what the feed tells.
    assert len([fetch for fetch in asked if "rapat-kerja" in fetch.url]) <= 3
    assert len(asked) <= 8 + 3


def test_articles_that_say_no_more_than_their_list_are_not_all_read():
    harvest, asked = run(site(topics=False))
    assert len(harvest.posts) == COUNT
    assert sum(post.date.precision is Precision.WEEK for post in harvest.posts) == COUNT - 10
    assert len([fetch for fetch in asked if "rapat-kerja" in fetch.url]) <= 3 + 3
    assert harvest.memory.facts["discovery"]["rough"] is True
