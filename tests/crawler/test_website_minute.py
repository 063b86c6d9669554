"""Lists that tell the day only, and articles that tell the minute."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from activity.agency import Account, Channel
from activity.outcome import Outcome
from activity.post import Precision
from activity.testing import drive
from activity.visit import Budget, Fetch, KnownPost, Purpose, Target, Window
from crawler.visits.site.website import visit
from testkit.answers import html_page
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 3, 2, 14, tzinfo=UTC)
SINCE = datetime(2026, 1, 1, tzinfo=ZONE)
HOME = "https://contoh.go.id/"
NEWEST = datetime(2026, 3, 1, 20, 15, tzinfo=ZONE)
TEXT = "<p>Warga berkumpul di balai desa untuk membahas rencana kerja bersama lurah.</p>" * 6


def moment(number):
    return NEWEST - timedelta(days=number, minutes=7 * number)


def meta(number):
    return f"<meta property='article:published_time' content='{moment(number).isoformat()}'>"


def nothing(_):
    return ""


def shown_day(number):
    return f"<p class='tanggal'>{moment(number):%d-%m-%Y}</p>"


def another_day(number):
    return meta(number + 2)


def site(numbers, head=meta):
    """A home page that lists posts by their day, and their articles with what `head` puts into them."""

    def answer(fetch):
        if fetch.url == HOME:
            body = "".join(
                f"<li><a href='/berita/rapat-kerja-{100 - n}'>Rapat kerja warga ke-{100 - n}</a>"
                f"<span>{moment(n):%d-%m-%Y}</span></li>"
                for n in numbers
            )
            return html_page(fetch, f"<h1>Dinas</h1><ul>{body}</ul>", NOW)
        if fetch.url.startswith(f"{HOME}berita/rapat-kerja-"):
            number = 100 - int(fetch.url.rpartition("-")[2])
            inner = f"<article><h1>Rapat kerja warga ke-{100 - number}</h1>{TEXT}</article>"
            return html_page(
                fetch, f"<head><meta property='og:type' content='article'>{head(number)}</head>{inner}", NOW
            )
        return html_page(fetch, None, NOW)

    return answer


def target(*, nights=0, **changes):
    account = Account(1, "contoh", Channel.WEBSITE, HOME)
    return Target(account, Window(SINCE, NOW + timedelta(days=nights)), ZONE, **changes)


def again(*harvests, nights=1, **changes):
    known = frozenset(post.key for harvest in harvests for post in harvest.posts)
    return target(nights=nights, memory=harvests[-1].memory, known=known, **changes)


def articles(asked):
    return [fetch.url for fetch in asked if "rapat-kerja" in fetch.url]


def date_of(post):
    assert post.date is not None
    return post.date


def day_of(post):
    return date_of(post).at.astimezone(ZONE).date()


def number_of(post):
    return 100 - int(post.key.rpartition("-")[2])


def test_articles_that_tell_the_minute_are_read_for_it():
    harvest, asked = drive(visit(target()), site(range(8)), NOW)
    assert {date_of(post).at for post in harvest.posts} == {moment(n) for n in range(8)}
    assert all(date_of(post).precision is Precision.SECOND for post in harvest.posts)
    assert {kind.kind.value for kind in date_of(harvest.posts[0]).evidence} == {"meta", "listing"}
    assert len(articles(asked)) == 8
    # Further posts of the last day may lie below.
    assert harvest.complete_since == moment(7) + timedelta(days=1)


def test_one_article_shows_that_the_others_tell_no_more():
    harvest, asked = drive(visit(target()), site(range(8), nothing), NOW)
    # The newest, the oldest and one further are read to confirm the list's dates.
    assert articles(asked) == [f"{HOME}berita/rapat-kerja-{number}" for number in (100, 93, 96)]
    assert all(date_of(post).precision is Precision.DAY for post in harvest.posts)
    night, asked = drive(visit(again(harvest)), site(range(-1, 8), nothing), NOW)
    assert night.outcome is Outcome.OK
    assert articles(asked) == []


def test_a_new_post_has_its_minute_for_one_request_more():
    first, _ = drive(visit(target()), site(range(8)), NOW)
    quiet, asked = drive(visit(again(first)), site(range(8)), NOW)
    assert (quiet.outcome, len(asked)) == (Outcome.UNCHANGED, 1)
    night, asked = drive(visit(again(first, quiet, nights=2)), site(range(-1, 8)), NOW + timedelta(days=2))
    fresh = {post.key: post for post in night.posts}["/berita/rapat-kerja-101"]
    assert (date_of(fresh).at, date_of(fresh).precision) == (moment(-1), Precision.SECOND)
    assert len(asked) == 2


@pytest.mark.parametrize("requests", [3, 6])
def test_what_a_budget_leaves_is_read_the_next_night(requests):
    whole, asked = drive(visit(target()), site(range(8)), NOW)
    before = len(asked) - len(articles(asked))
    first, asked = drive(visit(target(budget=Budget(before + requests))), site(range(8)), NOW)
    assert (first.outcome, len(asked)) == (Outcome.OK, before + requests)
    assert first.complete_since is not None
    assert whole.complete_since is not None
    assert first.complete_since.astimezone(ZONE).date() == whole.complete_since.astimezone(ZONE).date()
    assert {date_of(post).at.astimezone(ZONE).date() for post in first.posts} == {
        moment(n).date() for n in range(8)
    }
    second, asked = drive(visit(again(first)), site(range(8)), NOW)
    fine = [
        post
        for harvest in (first, second)
        for post in harvest.posts
        if date_of(post).precision is Precision.SECOND
    ]
    assert {date_of(post).at for post in fine} == {moment(n) for n in range(8)}
    assert len(articles(asked)) == 8 - requests
    third, asked = drive(visit(again(first, second, nights=2)), site(range(8)), NOW)
    assert (third.outcome, len(asked)) == (Outcome.UNCHANGED, 1)


def test_articles_that_contradict_their_list_unseat_it_and_say_so():
    harvest, asked = drive(visit(target()), site(range(8), another_day), NOW)
    newest = min(harvest.posts, key=number_of)
    assert date_of(newest).at.astimezone(ZONE).date() == moment(2).date()
    assert [evidence.kind.value for evidence in date_of(newest).evidence] == ["meta", "listing"]
    assert len(articles(asked)) == 8


def test_the_minute_that_a_short_feed_tells_is_not_its_articles():
    """A generator's feed of the newest five has minutes, its pages days: the rest need not be read."""

    def with_feed(fetch):
        plain = site(range(12), shown_day)(fetch)
        if fetch.url == HOME:
            link = "<head><link rel='alternate' type='application/rss+xml' href='/feed.xml'></head>"
            return replace(plain, body=link.encode() + plain.body)
        if fetch.url != f"{HOME}feed.xml":
            return plain
        items = "".join(
            f"<item><title>Rapat kerja warga ke-{100 - n}</title>"
            f"<link>{HOME}berita/rapat-kerja-{100 - n}</link>"
            f"<pubDate>{moment(n):%a, %d %b %Y %H:%M:%S %z}</pubDate></item>"
            for n in range(5)
        )
        body = f"<rss version='2.0'><channel><title>Dinas</title>{items}</channel></rss>"
        return html_page(fetch, body, NOW, **{"content-type": "application/rss+xml"})

    harvest, asked = drive(visit(target()), with_feed, NOW)
    assert len(harvest.posts) == 12
    assert len(articles(asked)) <= 6
    assert [date_of(post).precision for post in harvest.posts].count(Precision.DAY) == 7


def feed_of_days(numbers, head=shown_day):
    """The same posts with a home page that lists none, and a feed that tells midnights."""
    listed = site(numbers, head)

    def answer(fetch):
        if fetch.url == HOME:
            return html_page(
                fetch, "<link rel=alternate type=application/atom+xml href=/feed><h1>Dinas</h1>", NOW
            )
        if fetch.url == f"{HOME}feed":
            entries = "".join(
                f"<entry><title>Rapat kerja warga ke-{100 - n}</title>"
                f"<link href='{HOME}berita/rapat-kerja-{100 - n}'/>"
                f"<published>{moment(n):%Y-%m-%d}T00:00:00+08:00</published></entry>"
                for n in numbers
            )
            return html_page(fetch, f"<feed xmlns='http://www.w3.org/2005/Atom'>{entries}</feed>", NOW)
        return listed(fetch)

    return answer


def test_a_feed_of_bare_days_is_checked_once_and_not_every_night():
    harvest, asked = drive(visit(target()), feed_of_days(range(8)), NOW)
    assert len(articles(asked)) == 8
    stored = {
        post.key: KnownPost(url=post.url, title=post.title, at=date_of(post).at) for post in harvest.posts
    }
    night, asked = drive(visit(again(harvest, stored=stored)), feed_of_days(range(-1, 8)), NOW)
    assert [number_of(post) for post in night.posts if post.key not in stored] == [-1]
    assert articles(asked) == [f"{HOME}berita/rapat-kerja-101"]


def fed_and_archived(numbers, late=()):
    """The same posts in a feed of midnights, that of UTC for those that came by night, and in an archive."""
    fed = feed_of_days([n for n in numbers if n not in late])

    def answer(fetch):
        page = fed(fetch)
        if fetch.url == HOME:
            return replace(page, body=page.body + b"<a href='/arsip'>Arsip berita</a>")
        if fetch.url == f"{HOME}feed":
            entries = "".join(
                f"<entry><title>Rapat kerja warga ke-{100 - n}</title>"
                f"<link href='{HOME}berita/rapat-kerja-{100 - n}'/>"
                f"<published>{moment(n + 1):%Y-%m-%d}T00:00:00+08:00</published></entry>"
                for n in late
            )
            return replace(page, body=page.body.replace(b"</feed>", f"{entries}</feed>".encode()))
        if fetch.url == f"{HOME}arsip":
            return replace(site(numbers)(Fetch(HOME, Purpose.LISTING)), fetch=fetch, url=fetch.url)
        return page

    return answer


def in_window(numbers):
    return {n: moment(n).date() for n in numbers if moment(n) >= SINCE}


def test_a_list_tells_the_days_of_a_feed_without_a_clock_sooner_than_articles():
    """Tinkerer: its feed tells bare days of all posts, and one page of its archive the same."""
    harvest, asked = drive(visit(target()), fed_and_archived(range(70)), NOW)
    assert {number_of(post): day_of(post) for post in harvest.posts} == in_window(range(70))
    assert len(articles(asked)) <= 6
    few, asked = drive(visit(target()), fed_and_archived(range(0, 100, 15)), NOW)
    assert {number_of(post): day_of(post) for post in few.posts} == in_window(range(0, 100, 15))


def test_a_list_puts_right_the_days_of_a_feed_that_tells_those_of_utc():
    harvest, asked = drive(visit(target()), fed_and_archived(range(70), late=(7, 20, 33)), NOW)
    assert {number_of(post): day_of(post) for post in harvest.posts} == in_window(range(70))
    assert len(articles(asked)) <= 12
