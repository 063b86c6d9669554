"""A day that an office puts right after it was first read."""

from datetime import datetime, timedelta
from email.utils import format_datetime

from activity.agency import Account, Channel
from activity.post import EvidenceKind
from activity.testing import drive
from activity.visit import KnownPost, Memory, Page, Target, Window
from crawler.visits.site.website import visit
from testkit.zone import JAKARTA as ZONE

FIRST = datetime(2026, 3, 2, 22, tzinfo=ZONE)
HOME = "https://contoh.go.id/"
TITLES = tuple(
    f"Pelatihan {what} bagi Warga Kelurahan" for what in ("Batik", "Kopi", "Jahit", "Sablon", "Las")
)
WRONG = {n: FIRST - timedelta(days=4 * n + 2, hours=9) for n in range(len(TITLES))}
RIGHT = WRONG | {2: WRONG[2] + timedelta(days=1)}
REST = "<p>Warga berkumpul di balai desa untuk membahas rencana kerja bersama lurah.</p>" * 6


def slug(number: int) -> str:
    return TITLES[number].lower().replace(" ", "-")


def pages(fed: dict[int, datetime], shown: dict[int, datetime]) -> dict[str, str]:
    items = "".join(
        f"<item><title>{TITLES[n]}</title><link>{HOME}berita/{slug(n)}</link>"
        f"<pubDate>{format_datetime(at)}</pubDate></item>"
        for n, at in fed.items()
    )
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Berita</title>{items}</channel></rss>'
    head = '<head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head>'
    rows = "".join(f"<li><a href=/berita/{slug(n)}>{TITLES[n]}</a></li>" for n in fed)
    articles = {
        f"{HOME}berita/{slug(n)}": f"<article><h1>{TITLES[n]}</h1>"
        f"<span class=tanggal>Diterbitkan {at:%d-%m-%Y %H:%M}</span>{REST}</article>"
        for n, at in shown.items()
    }
    return {HOME: f"<html>{head}<h2>Berita</h2><ul>{rows}</ul></html>", f"{HOME}feed.xml": feed, **articles}


def night(site: dict[str, str], now: datetime, memory: Memory, known: dict[str, KnownPost]):
    window = Window(datetime(2026, 1, 1, tzinfo=ZONE), now)
    account = Account(1, "contoh", Channel.WEBSITE, HOME)
    goal = Target(account, window, ZONE, memory, frozenset(known), known)

    def answer(fetch):
        body = site.get(fetch.url, "")
        kind = "application/rss+xml" if fetch.url.endswith(".xml") else "text/html"
        return Page(fetch, fetch.url, 200 if body else 404, now, {"content-type": kind}, body.encode())

    harvest, asked = drive(visit(goal), answer, now)
    return harvest, [fetch.url for fetch in asked]


def test_a_day_that_a_feed_moves_is_asked_of_the_post_itself_once():
    harvest, _ = night(pages(WRONG, WRONG), FIRST, Memory(), {})
    known = {post.key: KnownPost(post.url, post.title, post.date.at) for post in harvest.posts}
    assert len(known) == len(TITLES)
    own = f"{HOME}berita/{slug(2)}"
    tomorrow, asked = night(pages(RIGHT, RIGHT), FIRST + timedelta(days=1), harvest.memory, known)
    told = next(post.date for post in tomorrow.posts if post.url == own)
    assert asked.count(own) == 1
    assert told.at == RIGHT[2]
    assert EvidenceKind.VISIBLE_TEXT in {each.kind for each in told.evidence}
    _, asked = night(pages(RIGHT, RIGHT), FIRST + timedelta(days=2), tomorrow.memory, known)
    assert own not in asked


def test_a_feed_that_moves_most_days_is_none_of_an_office_that_puts_one_right():
    harvest, _ = night(pages(WRONG, WRONG), FIRST, Memory(), {})
    known = {post.key: KnownPost(post.url, post.title, post.date.at) for post in harvest.posts}
    built = {n: at + timedelta(days=1) for n, at in WRONG.items()}
    after, _ = night(pages(built, WRONG), FIRST + timedelta(days=1), harvest.memory, known)
    assert not after.memory.facts.get("trust", {}).get("moved")
