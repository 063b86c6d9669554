"""What later nights ask for, robots.txt not counted: one address, and one more for a new post."""

import json
from datetime import datetime, timedelta

import pytest

from activity.agency import Account, Channel
from activity.outcome import Outcome
from activity.post import PostKind
from activity.testing import drive
from activity.visit import Target, Window
from crawler.extract.page.document import parse_document
from crawler.visits.site import look
from crawler.visits.site.website import visit
from testkit.answers import answering
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 3, 2, 22, tzinfo=ZONE)
SINCE = datetime(2026, 1, 1, tzinfo=ZONE)
HOME = "https://contoh.go.id/"
FEED = f"{HOME}feed"
ANNOUNCED = f"{HOME}pengumuman"
MENU = "<nav><a href=/profil>Profil</a>{}</nav>"
NAMED = "<a href=/pengumuman>Pengumuman</a>"


def night(number):
    return NOW + timedelta(days=number)


def rss(moments):
    items = "".join(
        f"<item><title>Rapat {m:%d%m}</title><link>{HOME}berita/{m:%Y%m%d}-rapat-kerja</link>"
        f"<pubDate>{m.strftime('%a, %d %b %Y %H:%M:%S %z')}</pubDate></item>"
        for m in sorted(moments, reverse=True)
    )
    return f"<rss><channel><title>Dinas</title>{items}</channel></rss>"


def announcements(moments):
    items = "".join(
        f"<li><a href=/pengumuman/{m:%Y%m%d}-hasil-seleksi>Hasil seleksi {m:%d}</a> {m:%d-%m-%Y %H:%M}</li>"
        for m in sorted(moments, reverse=True)
    )
    return f"<h1>Pengumuman</h1><ul>{items}</ul>"


def home(moments, named=NAMED):
    links = "".join(
        f"<a href=/berita/{m:%Y%m%d}-rapat-kerja>Rapat kerja warga {m:%d}</a>"
        for m in sorted(moments, reverse=True)[:5]
    )
    return (
        f"<link rel=alternate type=application/rss+xml href=/feed>{MENU.format(named)}<h1>Dinas</h1>{links}"
    )


def site(posts, notices=(), *, shows=True):
    """A site's pages; its home page shows the newest posts, or nothing but a menu."""
    named = NAMED if notices else ""
    return {HOME: home(posts if shows else (), named), FEED: rss(posts), ANNOUNCED: announcements(notices)}


POSTS = [NOW - timedelta(days=3 * n, hours=5) for n in range(25)]
NOTICES = [NOW - timedelta(days=8 * n, hours=9) for n in range(9)]


class Office:
    """An account over many nights, as the database would keep it."""

    def __init__(self, number=1):
        self.number, self.memory, self.posts = number, None, {}

    def crawl(self, number, pages):
        account = Account(self.number, "contoh", Channel.WEBSITE, HOME)
        changes = {"memory": self.memory} if self.memory else {}
        goal = Target(account, Window(SINCE, night(number)), ZONE, known=frozenset(self.posts), **changes)
        harvest, asked = drive(visit(goal), answering(pages, night(number)), night(number))
        # The memory is stored as JSON.
        self.memory = harvest.memory
        assert json.loads(json.dumps(self.memory.facts)) == self.memory.facts
        self.posts |= {post.key: post for post in harvest.posts}
        return harvest, [("robot " if fetch.headers else "") + fetch.url for fetch in asked]


@pytest.mark.parametrize("shows", [True, False])
def test_no_unchanged_night_asks_twice(shows):
    office, pages = Office(), site(POSTS, shows=shows)
    office.crawl(0, pages)
    nights = [office.crawl(number, pages) for number in range(1, 60)]
    assert {harvest.outcome for harvest, _ in nights} == {Outcome.UNCHANGED}
    asked = [urls[0] for _, urls in nights]
    if not shows:
        # A home page that shows no news tells of none: the list is asked beside it.
        assert all(urls[-1] == FEED and len(urls) <= 2 for _, urls in nights)
        assert all(harvest.complete_since == night(n) for n, (harvest, _) in enumerate(nights))
        return
    assert {len(asked) for _, asked in nights} == {1}
    assert {asked.count(HOME), asked.count(f"robot {HOME}")} <= {8, 9}
    # The list is asked at least every second night, and its claim reaches over the night between.
    for number, url in enumerate(asked[1:], 1):
        since = nights[number][0].complete_since
        if url == FEED:
            assert since == night(number if asked[number - 1] == FEED else number - 1)
        else:
            assert (asked[number - 1], since) == (FEED, None)


def test_a_home_page_of_the_same_bytes_is_not_read_again(monkeypatch):
    office, pages = Office(), site(POSTS)
    office.crawl(0, pages)
    office.crawl(1, pages)
    read = []

    def parse(page):
        read.append(page)
        return parse_document(page)

    monkeypatch.setattr(look, "parse_document", parse)
    asked = [url for number in range(2, 20) for url in office.crawl(number, pages)[1]]
    assert (asked.count(HOME) + asked.count(f"robot {HOME}"), len(read)) == (5, 0)
    changed = {**pages, HOME: pages[HOME] + "<p>Selamat datang"}
    outcomes = {office.crawl(number, changed)[0].outcome for number in range(20, 30)}
    assert outcomes == {Outcome.UNCHANGED}
    assert read


def test_a_city_first_seen_in_one_night_is_looked_at_on_all_nights_of_a_week():
    offices, pages = [Office(number) for number in range(1, 15)], site(POSTS)
    for office in offices:
        office.crawl(0, pages)
    for night_of_week in range(1, 8):
        asked = [url for office in offices for url in office.crawl(night_of_week, pages)[1]]
        assert len(asked) == len(offices)
        assert 1 <= asked.count(HOME) <= 3
        assert 1 <= asked.count(f"robot {HOME}") <= 3


@pytest.mark.parametrize("number", range(1, 16))
@pytest.mark.parametrize("shows", [True, False])
def test_a_new_post_costs_one_request_more_at_most(number, shows):
    office, pages = Office(), site(POSTS, shows=shows)
    for quiet in range(number):
        office.crawl(quiet, pages)
    fresh = night(number) - timedelta(hours=3)
    pages = site([*POSTS, fresh], shows=shows)
    key = f"/berita/{fresh:%Y%m%d}-rapat-kerja"
    _, asked = office.crawl(number, pages)
    assert len(asked) <= 2
    # Also on the night of a home page that shows no posts: the list is asked beside it.
    assert key in office.posts
    _, asked = office.crawl(number + 1, pages)
    assert len(asked) <= (1 if shows else 2)
    assert office.posts[key].date.at == fresh.replace(microsecond=0)


def test_announcements_beside_a_complete_feed_are_found():
    office = Office()
    harvest, asked = office.crawl(0, site(POSTS, NOTICES))
    assert asked[:3] == [HOME, FEED, ANNOUNCED]
    assert len(asked) <= 3 + 3  # articles that confirm the dates
    kinds = [post.kind for post in harvest.posts]
    assert (kinds.count(PostKind.NEWS), kinds.count(PostKind.ANNOUNCEMENT)) == (21, 8)
    assert harvest.complete_since == SINCE


FRAME = "<h1>Pengumuman</h1><iframe src=/modul/pengumuman.php></iframe>"
FRAMED = f"{HOME}modul/pengumuman.php"


def test_announcements_in_a_frame_beside_a_complete_feed_are_found():
    harvest, _ = Office().crawl(0, site(POSTS, NOTICES) | {ANNOUNCED: FRAME, FRAMED: announcements(NOTICES)})
    assert [post.kind for post in harvest.posts].count(PostKind.ANNOUNCEMENT) == 8
    assert harvest.complete_since == SINCE


@pytest.mark.parametrize("kept", [500, "<h1>Situs sedang dalam perbaikan</h1>"])
def test_a_feed_does_not_vouch_for_announcements_whose_frame_is_kept_from_us(kept):
    harvest, _ = Office().crawl(0, site(POSTS, NOTICES) | {ANNOUNCED: FRAME, FRAMED: kept})
    assert harvest.complete_since is None


@pytest.mark.parametrize("number", range(1, 12))
def test_a_new_announcement_is_found_within_a_few_nights(number):
    office, pages = Office(), site(POSTS, NOTICES)
    for quiet in range(number):
        assert len(office.crawl(quiet, pages)[1]) == 1 or quiet == 0
    fresh = night(number) - timedelta(hours=3)
    pages = site(POSTS, [*NOTICES, fresh])
    costs = [len(office.crawl(later, pages)[1]) for later in range(number, number + 5)]
    assert max(costs) == 1
    date = office.posts[f"/pengumuman/{fresh:%Y%m%d}-hasil-seleksi"].date
    assert date.at == fresh.replace(second=0, microsecond=0)


@pytest.mark.parametrize("shown", [None, "<h1>Pengumuman</h1><p>Belum ada pengumuman."])
def test_announcements_of_which_there_is_none_yet_are_looked_for_once_a_week(shown):
    office, pages = Office(), site(POSTS)
    pages |= {HOME: home(POSTS), ANNOUNCED: shown}
    office.crawl(0, pages)
    nights = [office.crawl(number, pages) for number in range(1, 22)]
    asked = [urls for _, urls in nights if ANNOUNCED in urls]
    assert 2 <= len(asked) <= 3
    # The list of news is asked beside it, for a new post must not wait.
    assert all(urls == [ANNOUNCED, FEED] for urls in asked)
    fresh = night(22) - timedelta(hours=3)
    pages[ANNOUNCED] = announcements([fresh - timedelta(days=n) for n in range(3)])
    for later in range(22, 30):
        office.crawl(later, pages)
    assert office.posts[f"/pengumuman/{fresh:%Y%m%d}-hasil-seleksi"].date is not None


def test_what_nobody_watched_is_claimed_only_when_every_list_was_read():
    office, pages = Office(), site(POSTS, NOTICES)
    for number in range(3):
        office.crawl(number, pages)
    # Nights 3 to 9 are missed; an announcement of night 5 must not be called silence.
    pages = site(POSTS, [*NOTICES, night(5)])
    read = set()
    for number in range(10, 16):
        harvest, asked = office.crawl(number, pages)
        read |= set(asked)
        if harvest.complete_since is not None:
            break
    assert harvest.complete_since <= night(2)
    assert {ANNOUNCED, FEED} <= read
    assert f"/pengumuman/{night(5):%Y%m%d}-hasil-seleksi" in office.posts


def test_after_a_pause_every_list_has_its_turn_at_once():
    office, pages = Office(), site(POSTS, NOTICES)
    for number in range(4):
        office.crawl(number, pages)
    harvest, asked = office.crawl(9, site(POSTS, [*NOTICES, night(5)]))
    assert {ANNOUNCED, FEED} <= set(asked)
    assert harvest.complete_since <= night(3)
    assert len(office.crawl(10, site(POSTS, [*NOTICES, night(5)]))[1]) == 1


def wordpress(kinds):
    """A WordPress whose list of kinds names these, each with its posts."""
    fields = "?per_page=100&_fields=id,date,date_gmt,link,title,status"
    rest = f"{HOME}wp-json/"
    told = {
        name: {"slug": name, "name": name.title(), "rest_base": name, "rest_namespace": "wp/v2"}
        for name in (*kinds, "elementor_library")
    }
    pages = {
        HOME: f"<link rel='https://api.w.org/' href='{rest}'>{MENU}",
        f"{rest}wp/v2/types": json.dumps(told),
    }
    for name, moments in {"posts": POSTS, **kinds}.items():
        pages[f"{rest}wp/v2/{name}{fields}"] = json.dumps(
            [
                {
                    "link": f"{HOME}{name}/{m:%Y%m%d}-hasil/",
                    "title": {"rendered": "Hasil"},
                    "date": m.strftime("%Y-%m-%dT%H:%M:%S"),
                }
                for m in sorted(moments, reverse=True)
            ]
        )
    return pages


def test_further_kinds_of_post_of_a_wordpress():
    office = Office()
    harvest, asked = office.crawl(0, wordpress({"pengumuman": NOTICES, "agenda": NOTICES[:2]}))
    kinds = [post.kind for post in harvest.posts]
    assert (kinds.count(PostKind.ANNOUNCEMENT), kinds.count(PostKind.AGENDA)) == (8, 2)
    assert len(asked) == 5
    fresh = night(1) - timedelta(hours=2)
    pages = wordpress({"pengumuman": [*NOTICES, fresh], "agenda": NOTICES[:2]})
    costs = [len(office.crawl(number, pages)[1]) for number in range(1, 8)]
    # Where a further list has its turn, that of news is asked as well: this home page shows none of it.
    assert set(costs) <= {1, 2}
    assert f"/pengumuman/{fresh:%Y%m%d}-hasil" in office.posts
