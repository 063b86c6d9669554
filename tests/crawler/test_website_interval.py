"""A site that tells only how long ago, over several nights."""

from datetime import datetime, timedelta

import pytest

from activity.agency import Account, Channel
from activity.post import Precision
from activity.testing import drive
from activity.visit import Memory, Page, Target, Window
from crawler.dates.relative import Rounding, find_intervals
from crawler.visits.site.website import visit
from testkit.zone import MAKASSAR as ZONE

SINCE = datetime(2026, 1, 1, tzinfo=ZONE)
HOME = "https://contoh.go.id/"
TEXT = "<p>Warga berkumpul di balai desa untuk membahas rencana kerja bersama lurah.</p>" * 6
OLD = [datetime(2026, 1, 20, 10, tzinfo=ZONE) - timedelta(days=9 * n) for n in range(8)]


def at(day, clock):
    return datetime.combine(datetime(2026, 3, day), datetime.strptime(clock, "%H:%M").time(), ZONE)


def ago(moment, now):
    """As Carbon tells it: every unit rounded down."""
    hours = int((now - moment) / timedelta(hours=1))
    days, weeks = hours // 24, hours // 168
    if weeks:
        return f"{weeks} minggu yang lalu" if weeks < 5 else f"{days // 30} bulan yang lalu"
    return f"{days} hari yang lalu" if days else f"{hours} jam yang lalu"


class Office:
    def __init__(self):
        self.memory, self.posts, self.asked = Memory(), {}, []

    def crawl(self, now, moments):
        def answer(fetch):
            if fetch.url == HOME:
                body = "".join(
                    f"<div class=item><h3><a href=/berita/rapat-kerja-{m:%m%d-%H%M}>Rapat {m:%d}</a></h3>"
                    f"<span>{ago(m, now)}</span></div>"
                    for m in sorted(moments, reverse=True)
                )
            elif "/berita/rapat" in fetch.url:
                moment = next(m for m in moments if f"{m:%m%d-%H%M}" in fetch.url)
                body = f"<article><h1>Rapat</h1><p>Diposting: {ago(moment, now)}</p>{TEXT}</article>"
            else:
                return Page(fetch, fetch.url, 404, now)
            return Page(fetch, fetch.url, 200, now, {"content-type": "text/html"}, body.encode())

        account = Account(1, "contoh", Channel.WEBSITE, HOME)
        known = frozenset(self.posts)
        goal = Target(account, Window(SINCE, now), ZONE, memory=self.memory, known=known)
        harvest, asked = drive(visit(goal), answer, now)
        self.memory = harvest.memory
        self.posts |= {post.key: post for post in harvest.posts}
        self.asked.append(len(asked))

    def date(self, moment):
        return self.posts[f"/berita/rapat-kerja-{moment:%m%d-%H%M}"].date


def test_a_new_post_is_told_in_hours_and_so_its_day_is_certain():
    office, fresh = Office(), at(2, "10:20")
    office.crawl(at(1, "23:30"), OLD)
    office.crawl(at(2, "23:30"), [*OLD, fresh])
    assert office.date(fresh).precision is Precision.HOUR
    assert office.date(fresh).at.astimezone(ZONE).date() == fresh.date()
    assert office.asked[1] <= 2


def teach(office, moments, nights):
    """Nights on which new posts are told in hours, and in days from the next night on."""
    posts = list(moments)
    for day in nights:
        posts.append(at(day, "08:10"))
        office.crawl(at(day, "23:00"), posts)
    return posts


def test_days_ago_name_no_day_and_two_nights_do_where_it_is_known_how_the_site_rounds():
    office, backlog = Office(), at(1, "10:20")
    posts = teach(office, [*OLD, backlog], range(4, 9))
    assert not office.date(backlog).precision.names_a_day
    assert office.memory.facts["span"]["refuted"]["nearest"] >= 3
    assert "down" not in office.memory.facts["span"]["refuted"]
    late = at(9, "11:30")
    office.crawl(at(12, "23:00"), [*posts, late])
    assert not office.date(late).precision.names_a_day
    office.crawl(at(14, "00:30"), [*posts, late])
    assert (office.date(late).precision, office.date(late).at) == (Precision.DAY, at(9, "00:00"))
    first, second = office.date(late).evidence
    assert first.raw == "2026-03-09 00:30 - 2026-03-10 00:00"
    assert second.raw == "4 hari yang lalu"


def test_what_was_not_listed_the_night_before_is_younger_than_that():
    office, post = Office(), at(2, "00:50")
    office.crawl(at(2, "00:40"), OLD)
    # "1 hari yang lalu" may be the first of March as well, but that night did not list it.
    office.crawl(at(3, "01:30"), [*OLD, post])
    assert (office.date(post).precision, office.date(post).at) == (Precision.DAY, at(2, "00:00"))


def test_a_post_slipped_in_below_known_ones_is_not_taken_for_new():
    office, slipped = Office(), at(1, "15:00")
    known = [*OLD, at(1, "20:00")]
    office.crawl(at(2, "00:40"), known)
    office.crawl(at(3, "00:30"), [*known, slipped])
    assert not office.date(slipped).precision.names_a_day


def test_nights_at_the_same_hour_leave_the_day_open():
    office, post = Office(), at(3, "10:20")
    for day in range(5, 11):
        office.crawl(at(day, "23:00"), [*OLD, post])
    assert not office.date(post).precision.names_a_day


@pytest.mark.parametrize(
    ("text", "down", "nearest", "midnights"),
    [
        ("3 hari yang lalu", ("8 22:00", "9 22:00"), ("9 10:00", "10 10:00"), ("9 00:00", "10 00:00")),
        ("5 jam lalu", ("12 16:00", "12 17:00"), ("12 16:30", "12 17:30"), ("12 16:00", "12 17:30")),
        ("1 hari, 3 jam lalu", ("11 18:00", "11 19:00"), ("11 18:30", "11 19:30"), ("11 18:00", "11 19:30")),
        ("sejam", ("12 20:00", "12 21:00"), ("12 20:30", "12 21:30"), ("12 20:00", "12 21:30")),
    ],
)
def test_what_a_distance_may_mean(text, down, nearest, midnights):
    found = find_intervals(text, now=at(12, "22:00"), zone=ZONE)
    assert list(found) == [Rounding.DOWN, Rounding.NEAREST, Rounding.MIDNIGHTS]
    for way, pair in zip(found, (down, nearest, midnights), strict=True):
        assert found[way] == tuple(at(int(day), clock) for day, clock in map(str.split, pair))
