"""Posts to which lists' pages lead and which no list gave: over several nights they disprove its claims."""

from datetime import datetime, timedelta

from activity.agency import Account, Channel
from activity.testing import drive
from activity.visit import KnownPost, Memory, Page, Target, Window
from crawler.visits.site.website import visit
from testkit.zone import MAKASSAR as ZONE

SINCE, NOW = datetime(2026, 1, 1, tzinfo=ZONE), datetime(2026, 3, 2, 22, tzinfo=ZONE)
HOME = "https://contoh.go.id/"
TEXT = "<p>Warga berkumpul di balai desa untuk membahas rencana kerja bersama lurah.</p>" * 6
CARDS = 9
SEWING = "pelatihan-menjahit-ibu-rumah-tangga-desa"


class Office:
    """A site whose home page is its list, and what the database would keep of it."""

    def __init__(self):
        self.memory, self.posts = Memory(), {}
        self.beside, self.pages = "", {}

    def list_posts(self):
        """Nine cards a fortnight apart; the last is from before the window."""
        cards = ""
        for number in range(CARDS):
            day = datetime(2026, 2, 28, tzinfo=ZONE) - timedelta(days=14 * number)
            url, title = (
                f"{HOME}berita/rapat-warga-{number}",
                f"Rapat warga dusun {'abcdefghi'[number]} di balai",
            )
            cards += f"<article><h3><a href={url}>{title}</a></h3><i>{day:%d-%m-%Y}</i></article>"
            self.pages[url] = write_post(title, day)
        return f"<html><body><main>{cards}{self.beside}</main></body></html>"

    def crawl(self, number, *, thorough=False):
        """Visit on a night; gives the harvest and what was asked."""
        now = NOW + timedelta(days=number)
        pages = {HOME: self.list_posts(), **self.pages}

        def answer(fetch):
            body = pages.get(fetch.url)
            return Page(
                fetch,
                fetch.url,
                404 if body is None else 200,
                now,
                {"content-type": "text/html"},
                (body or "").encode(),
            )

        stored = {
            key: KnownPost(post.url, post.title, post.date.at if post.date else None)
            for key, post in self.posts.items()
        }
        target = Target(
            Account(1, "contoh", Channel.WEBSITE, HOME),
            Window(SINCE, now),
            ZONE,
            memory=self.memory,
            known=frozenset(stored),
            stored=stored,
            thorough=thorough,
        )
        harvest, asked = drive(visit(target), answer, now)
        self.memory = harvest.memory
        self.posts |= {post.key: post for post in harvest.posts}
        return harvest, [fetch.url for fetch in asked]

    def lead_to(self, slug, body):
        """Let the list's page lead to one more address, in the midst of a line."""
        self.pages[f"{HOME}berita/{slug}"] = body
        self.beside += f"<p>Jangan lewatkan kabar kami yang <a href={HOME}berita/{slug}>ini</a> ya.</p>"


def write_post(title, day):
    story = f"<h1>{title}</h1><p>Diterbitkan {day:%d-%m-%Y}</p>{TEXT}"
    return f"<html><body><main><article>{story}</article></main></body></html>"


def at(day):
    """A day of March."""
    return datetime(2026, 3, day, tzinfo=ZONE)


def test_without_leftovers_a_thorough_night_claims_the_window():
    office = Office()
    assert office.crawl(0)[0].complete_since == SINCE
    assert office.crawl(28, thorough=True)[0].complete_since == SINCE


def test_a_post_that_no_list_gave_disproves_a_thorough_night_as_it_did_the_first():
    office = Office()
    slug = "lomba-kebersihan-antar-dusun-tahun-ini"
    office.lead_to(
        slug, write_post("Lomba kebersihan antar dusun tahun ini", datetime(2026, 2, 10, tzinfo=ZONE))
    )
    first, _ = office.crawl(0)
    assert first.complete_since is None
    assert f"/berita/{slug}" in office.posts
    for number in (28, 56):
        harvest, asked = office.crawl(number, thorough=True)
        assert harvest.complete_since is None
        assert f"{HOME}berita/{slug}" not in asked


def test_one_that_comes_later_is_read_on_the_thorough_night():
    office = Office()
    assert office.crawl(0)[0].complete_since == SINCE
    office.lead_to(SEWING, write_post("Pelatihan menjahit ibu rumah tangga desa", at(20)))
    harvest, asked = office.crawl(28, thorough=True)
    assert f"{HOME}berita/{SEWING}" in asked
    assert harvest.complete_since is None
    assert [
        post.key for post in harvest.posts if post.key not in {f"/berita/rapat-warga-{n}" for n in range(9)}
    ] == [f"/berita/{SEWING}"]


def test_one_whose_day_earlier_nights_went_over_disproves_and_is_not_stored():
    """Else its office would be accused: no list of the nights between showed it."""
    office = Office()
    office.crawl(0)
    office.crawl(26)
    office.lead_to(SEWING, write_post("Pelatihan menjahit ibu rumah tangga desa", at(20)))
    harvest, asked = office.crawl(28, thorough=True)
    assert f"{HOME}berita/{SEWING}" in asked
    assert harvest.complete_since is None
    assert f"/berita/{SEWING}" not in office.posts


def test_one_that_came_since_the_last_look_is_stored():
    office = Office()
    office.crawl(0)
    office.crawl(26)
    office.lead_to(SEWING, write_post("Pelatihan menjahit ibu rumah tangga desa", at(29)))
    harvest, _ = office.crawl(28, thorough=True)
    assert harvest.complete_since is None
    assert f"/berita/{SEWING}" in office.posts


def test_what_is_none_of_the_window_is_read_once_and_disproves_nothing():
    office = Office()
    office.lead_to(
        "kerja-bakti-warga-di-sungai-lama", write_post("Kerja bakti", datetime(2025, 3, 1, tzinfo=ZONE))
    )
    harvest, asked = office.crawl(0)
    assert harvest.complete_since == SINCE
    assert f"{HOME}berita/kerja-bakti-warga-di-sungai-lama" in asked
    harvest, asked = office.crawl(28, thorough=True)
    assert harvest.complete_since == SINCE
    assert asked == [HOME]


def test_no_more_than_six_are_asked_a_night():
    office = Office()
    assert office.crawl(0)[0].complete_since == SINCE
    for letter in "abcdefgh":
        title = f"Gotong royong membersihkan selokan dusun {letter}"
        office.lead_to(title.lower().replace(" ", "-"), write_post(title, datetime(2026, 3, 20, tzinfo=ZONE)))
    harvest, asked = office.crawl(28, thorough=True)
    assert harvest.complete_since is None
    assert len([url for url in asked if "selokan" in url]) == 6
