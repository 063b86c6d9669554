"""A WordPress whose REST is off: its announcements and agenda stand in its map, and in no feed or list."""

from datetime import datetime, timedelta

import pytest

from activity.agency import Account, Channel
from activity.outcome import Outcome
from activity.post import PostKind
from activity.testing import drive
from activity.visit import Target, Window
from crawler.visits.site.website import visit
from testkit.answers import answering
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 3, 2, 22, tzinfo=ZONE)
SINCE = datetime(2026, 1, 1, tzinfo=ZONE)
HOME = "https://contoh.go.id/"
FEED = f"{HOME}feed/"
TEXT = "<p>Warga berkumpul di balai desa untuk membahas rencana kerja bersama lurah.</p>" * 6
YOAST = "<!-- This site is optimized with the Yoast SEO plugin v22 -->"
KINDS = ("pengumuman", "agenda")


def night(number):
    return NOW + timedelta(days=number)


def news():
    return [NOW - timedelta(days=2 * n, hours=5) for n in range(40)]


def notices():
    return [NOW - timedelta(days=7 * n, hours=9) for n in range(30)]


def address(kind, moment):
    return f"{HOME}{moment:%Y/%m/%d}/rapat/" if kind == "post" else f"{HOME}{kind}/hasil-{moment:%Y%m%d}/"


def article(moment):
    head = f"<meta property=article:published_time content={moment.isoformat()}>"
    return f"<head><meta property=og:type content=article>{head}</head><h1>Hasil {moment:%d}</h1>{TEXT}"


def rss(moments, kind="post"):
    items = "".join(
        f"<item><title>Rapat</title><link>{address(kind, m)}</link>"
        f"<pubDate>{m:%a, %d %b %Y %H:%M:%S %z}</pubDate></item>"
        for m in sorted(moments, reverse=True)
    )
    return f"<rss><channel><title>Dinas</title>{items}</channel></rss>"


def listing(moments):
    return "".join(
        f"<article><h2><a href={address('post', m)}>Rapat kerja warga {m:%d}</a></h2>"
        f"<time datetime={m.isoformat()}>{m:%d-%m-%Y}</time></article>"
        for m in sorted(moments, reverse=True)
    )


def urls(tag, rows):
    """A map; each row an address and, where a plugin says so, its last change."""
    inner = "".join(
        f"<url><loc>{url}</loc>{f'<lastmod>{at.isoformat()}</lastmod>' if at else ''}</url>"
        for url, at in rows
    )
    inner = inner.replace("<url>", "<sitemap>").replace("</url>", "</sitemap>") if tag == "index" else inner
    root = "sitemapindex" if tag == "index" else "urlset"
    return f"<?xml version='1.0'?><{root}>{inner}</{root}>"


def maps(posts, others, *, yoast):
    """The index and its maps; WordPress's own run from the oldest post on and tell no changes."""

    def name(kind):
        return f"{HOME}{kind}-sitemap.xml" if yoast else f"{HOME}wp-sitemap-posts-{kind}-1.xml"

    kinds = {"post": posts, "page": [NOW], **(dict.fromkeys(KINDS, others) if others else {})}
    more = f"{HOME}category-sitemap.xml" if yoast else f"{HOME}wp-sitemap-taxonomies-category-1.xml"
    index = urls("index", [*((name(kind), None) for kind in kinds), (more, None)])
    pages = {f"{HOME}sitemap_index.xml" if yoast else f"{HOME}wp-sitemap.xml": index}
    for kind, moments in kinds.items():
        ordered = sorted(moments, reverse=yoast)
        rows = [(address(kind, m), m + timedelta(days=1) if yoast else None) for m in ordered]
        pages[name(kind)] = urls("urlset", [(f"{HOME}{kind}/", None), *rows] if yoast else rows)
    return pages


def site(posts, others, *, yoast=False, feed=True):
    linked = f"<link rel=alternate type=application/rss+xml href={FEED}>" if feed else ""
    head = f"{YOAST if yoast else ''}{linked}<img src=/wp-content/uploads/logo.png>"
    pages = {HOME: f"<head>{head}</head><h1>Dinas</h1>{TEXT}"}
    if feed:
        pages[FEED] = rss(posts)
    else:
        newest = sorted(posts, reverse=True)
        for number in range(1, 5):
            part = listing(newest[10 * number - 10 : 10 * number])
            on = f"<a rel=next href=/page/{number + 1}/>Berikutnya</a>" if number < 4 else ""
            body = f"<head>{head}</head><h1>Dinas</h1>{part}{on}"
            pages[HOME if number == 1 else f"{HOME}page/{number}/"] = body
    pages |= {address(kind, m): article(m) for kind in KINDS for m in others}
    return pages | maps(posts, others, yoast=yoast)


class Office:
    """An account over many nights, as the database would keep it."""

    def __init__(self):
        self.memory, self.posts = None, {}

    def crawl(self, number, pages):
        account = Account(1, "contoh", Channel.WEBSITE, HOME)
        changes = {"memory": self.memory} if self.memory else {}
        goal = Target(account, Window(SINCE, night(number)), ZONE, known=frozenset(self.posts), **changes)
        harvest, asked = drive(visit(goal), answering(pages, night(number)), night(number))
        self.memory = harvest.memory
        self.posts |= {post.key: post for post in harvest.posts}
        return harvest, [fetch.url for fetch in asked]


@pytest.mark.parametrize("feed", [True, False], ids=["feed", "list"])
@pytest.mark.parametrize("yoast", [True, False], ids=["yoast", "core"])
def test_kinds_of_post_that_only_the_map_names_are_read(yoast, feed):
    office = Office()
    harvest, asked = office.crawl(0, site(news(), notices(), yoast=yoast, feed=feed))
    due = [m for m in news() if m >= SINCE], [m for m in notices() if m >= SINCE]
    kinds = [post.kind for post in harvest.posts]
    assert kinds.count(PostKind.NEWS) == len(due[0])
    assert kinds.count(PostKind.ANNOUNCEMENT) == kinds.count(PostKind.AGENDA) == len(due[1])
    assert {post.date.at for post in harvest.posts} == {*due[0], *due[1]}
    assert harvest.complete_since == SINCE
    dated = sum("hasil-" in url for url in asked) + (1 if feed else 5)
    # Three articles confirm what the list or the feed tells; the feed of a kind is asked for in vain.
    assert 1 + len(asked) - dated <= 6 + 3 + feed
    # Each map is left once several posts in a row are older than the window.
    assert sum("hasil-" in url for url in asked) <= 2 * (len(due[1]) + 6)


@pytest.mark.parametrize("yoast", [True, False], ids=["yoast", "core"])
def test_quiet_nights_ask_one_address_and_a_new_announcement_costs_one_more(yoast):
    office, pages = Office(), site(news(), notices(), yoast=yoast)
    office.crawl(0, pages)
    for number in range(1, 9):
        harvest, asked = office.crawl(number, pages)
        # The home page shows no news: where it or a further list has its turn, the list is asked as well.
        assert harvest.outcome is Outcome.UNCHANGED
        assert len(asked) <= 2
    fresh = night(9) - timedelta(hours=3)
    pages = site(news(), [*notices(), fresh], yoast=yoast)
    costs = [len(office.crawl(number, pages)[1]) for number in range(9, 16)]
    assert max(costs) <= 3
    found = [post for post in office.posts.values() if post.date.at == fresh]
    assert {post.kind for post in found} == {PostKind.ANNOUNCEMENT, PostKind.AGENDA}


def fed(posts, others):
    """The same, where each kind has its own feed, as WordPress has it though nothing links it."""
    feeds = {f"{FEED}?post_type={kind}": rss(others, kind) for kind in KINDS}
    return site(posts, others) | feeds


def test_a_kind_of_post_is_dated_by_its_own_feed():
    office = Office()
    harvest, asked = office.crawl(0, fed(news(), notices()))
    due = [m for m in (*news(), *notices(), *notices()) if m >= SINCE]
    assert sorted(post.date.at for post in harvest.posts) == sorted(due)
    assert harvest.complete_since == SINCE
    # Three confirm what the feeds tell.
    assert sum("hasil-" in url or "rapat" in url for url in asked) <= 3
    fresh = night(9) - timedelta(hours=3)
    costs = [len(office.crawl(number, fed(news(), notices()))[1]) for number in range(1, 9)]
    costs += [len(office.crawl(n, fed(news(), [*notices(), fresh]))[1]) for n in range(9, 16)]
    assert max(costs) <= 3
    assert sum(post.date.at == fresh for post in office.posts.values()) == 2


def test_a_wordpress_without_further_kinds_costs_one_request_more():
    pages = site(news(), ())
    _, asked = Office().crawl(0, pages)
    assert 1 + len(asked) <= 6 + 3
