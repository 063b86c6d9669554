"""A post of today, on the night on which home has its turn: its day stands on home and on its own page."""

from datetime import datetime, timedelta

import pytest

from activity.agency import Account, Channel
from activity.testing import drive
from activity.visit import KnownPost, Memory, Page, Target, Window
from crawler.visits.site.website import visit
from testkit.zone import MAKASSAR as ZONE

SINCE = datetime(2026, 1, 1, tzinfo=ZONE)
NIGHTS = [datetime(2026, 6, day, 23, 30, tzinfo=ZONE) for day in (27, 28, 29)]
HOME = "https://contoh.go.id/"
TEXT = "<p>Warga kelurahan membersihkan drainase sejak pagi bersama perangkat kantor.</p>" * 4


class Office:
    """A feed with the local clock that calls itself UTC's, a home page with titles and days, and articles."""

    def __init__(self, number, clock=""):
        self.number, self.clock, self.memory, self.stored = number, clock, Memory(), {}
        self.posts = {
            f"/kerja-{n}.html": NIGHTS[0] - timedelta(days=1 + 7 * n, hours=n % 9) for n in range(40)
        }

    def show(self, path, now):
        today = self.clock.format(f"{now:%a %d %B %Y}")
        newest = sorted(self.posts.items(), key=lambda pair: pair[1], reverse=True)
        if path in self.posts:
            at = self.posts[path]
            by = "" if self.clock else f"<h3>by Admin — {at:%a %d %B %Y}</h3>"
            heading = f"<h1>Kelurahan</h1><h2>Kerja bakti warga {path[7:-5]}</h2>"
            return f"<html>{today}{heading}{by}<div>{TEXT}</div></html>"
        if path == "/feed.xml":
            entries = "".join(
                f"<entry><title>Kerja bakti warga {own[7:-5]}</title><id>{own}</id><link href='{own}'/>"
                f"<updated>{at:%Y-%m-%dT%H:%M:%S}Z</updated></entry>"
                for own, at in newest
            )
            return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Kelurahan</title>{entries}</feed>"
        links = "".join(
            f"<li><a href='{own}'>Kerja bakti warga {own[7:-5]} — {at:%a %d %B %Y}</a></li>"
            for own, at in newest[:10]
        )
        head = "<head><link rel=alternate type=application/atom+xml href=/feed.xml></head>"
        return f"<html>{head}{today}<h1>Kelurahan</h1><ul>{links}</ul></html>"

    def crawl(self, now):
        asked = []

        def answer(fetch):
            path = fetch.url.removeprefix(HOME.rstrip("/")) or "/"
            asked.append(path)
            known = path in {"/", "/feed.xml", *self.posts}
            body = self.show(path, now).encode() if known else b""
            kind = "application/atom+xml" if path == "/feed.xml" else "text/html; charset=utf-8"
            return Page(fetch, fetch.url, 200 if known else 404, now, {"content-type": kind}, body)

        account, known = Account(self.number, "contoh", Channel.WEBSITE, HOME), frozenset(self.stored)
        window = Window(SINCE, now)
        target = Target(account, window, ZONE, known=known, stored=self.stored, memory=self.memory)
        harvest, _ = drive(visit(target), answer, now)
        self.memory = harvest.memory
        self.stored |= {
            p.key: KnownPost(p.url, p.title, p.date.at if p.date else None) for p in harvest.posts
        }
        return {p.key: p.date.at.astimezone(ZONE).date() if p.date else None for p in harvest.posts}, asked


def publish_on_a_turn_of_home(clock=""):
    """The day of a post that came on a night on which home had its turn."""
    for number in range(1, 8):
        office = Office(number, clock)
        for night in NIGHTS[:2]:
            office.crawl(night)
        office.posts["/kerja-99.html"] = NIGHTS[2].replace(hour=6, minute=5)
        found, asked = office.crawl(NIGHTS[2])
        if asked[0] == "/":
            return found["/kerja-99.html"]
    pytest.fail("home had no turn")


def test_a_day_that_home_tells_of_a_post_is_no_clock_of_its_page():
    assert publish_on_a_turn_of_home() == NIGHTS[2].date()


def test_todays_day_above_every_page_dates_no_post():
    assert publish_on_a_turn_of_home("<p>{}</p>") is None
