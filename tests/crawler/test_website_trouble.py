from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from activity.agency import Account, Channel
from activity.outcome import Failure, Outcome
from activity.testing import drive
from activity.visit import Harvest, KnownPost, Page, Target, Window
from crawler.visits.site.website import visit
from testkit.answers import answering
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 3, 2, 14, tzinfo=UTC)
HOME = "https://contoh.go.id/"
FILLER = "<p>Dinas Contoh melayani warga kota.</p>"


def target():
    window = Window(datetime(2026, 1, 1, tzinfo=ZONE), NOW)
    return Target(Account(1, "contoh", Channel.WEBSITE, HOME), window, ZONE)


def run(pages):
    return drive(visit(target()), answering(pages, NOW), NOW)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Failure.DNS, Outcome.UNREACHABLE),
        (Failure.TIMEOUT, Outcome.UNREACHABLE),
        (Failure.ROBOTS, Outcome.REFUSED),
        (404, Outcome.GONE),
        (500, Outcome.UNREACHABLE),
        ("<h1>Website sedang dalam perbaikan</h1>", Outcome.MAINTENANCE),
        ("<title>Account Suspended</title>", Outcome.SUSPENDED),
        ("<script src=app.js></script><div id=root></div>", Outcome.NEEDS_BROWSER),
        ("<h1>Dinas</h1>" + FILLER * 20, Outcome.EMPTY),
    ],
)
def test_what_really_happened(answer, outcome):
    harvest, asked = run({HOME: answer})
    assert harvest.outcome is outcome
    assert len(asked) <= 7


def test_an_address_that_ends_on_the_city_portal_has_moved():
    def answer(fetch):
        return Page(fetch, "https://go.id/", 200, NOW, body=b"<h1>Portal</h1>")

    harvest, _ = drive(visit(target()), answer, NOW)
    assert harvest.outcome is Outcome.MOVED
    assert "go.id" in harvest.detail


CLEAN = f"<h1>Dinas Contoh</h1><a href=/profil>Profil</a>{FILLER * 20}"
SPAM = f"{CLEAN}<a href=https://judi.example/>slot gacor maxwin</a>"
PLAIN = HOME.replace("https:", "http:")


def listed(root):
    return CLEAN + "".join(
        f"<li><a href={root}berita/rapat-kerja-{n}>Rapat kerja ke-{n}</a> {n} Februari 2026</li>"
        for n in range(1, 9)
    )


@pytest.mark.parametrize("failure", [Failure.CERTIFICATE_EXPIRED, Failure.CERTIFICATE, Failure.REFUSED])
def test_a_site_whose_https_fails_is_read_over_http(failure):
    def judge(fetch):
        return failure if fetch.url.startswith("https:") else {PLAIN: listed(PLAIN)}.get(fetch.url)

    harvest, _ = drive(visit(target()), answering(judge, NOW), NOW)
    assert harvest.outcome is Outcome.OK
    assert len(harvest.posts) == 8
    assert f"https fails ({failure}" in harvest.detail
    again, asked = drive(visit(replace(target(), memory=harvest.memory)), answering(judge, NOW), NOW)
    assert again.outcome is Outcome.UNCHANGED
    assert [fetch.url for fetch in asked] == [PLAIN]
    assert "https fails" in again.detail


def test_a_certificate_that_expires_later_stops_no_reading():
    first, _ = drive(visit(target()), answering(lambda f: listed(HOME) if f.url == HOME else None, NOW), NOW)
    expired, _ = drive(
        visit(replace(target(), memory=first.memory)),
        answering(lambda f: Failure.CERTIFICATE_EXPIRED if f.url.startswith("https") else listed(PLAIN), NOW),
        NOW,
    )
    assert expired.outcome.saw
    assert "certificate expired" in expired.detail


def test_a_dead_host_is_not_asked_twice_every_night():
    first, asked = drive(visit(target()), answering(lambda _: Failure.TIMEOUT, NOW), NOW)
    assert (first.outcome, len(asked)) == (Outcome.UNREACHABLE, 2)
    second, asked = drive(
        visit(replace(target(), memory=first.memory)), answering(lambda _: Failure.TIMEOUT, NOW), NOW
    )
    assert (second.outcome, len(asked)) == (Outcome.UNREACHABLE, 1)
    assert "as told by the network" in second.detail


def is_robot(fetch):
    return "Googlebot" in fetch.headers.get("User-Agent", "")


def half_a_week_later(answer):
    """A first visit, and the one on the night when the robot's page has its turn."""
    first, asked = drive(visit(target()), answer, NOW)
    assert not any(is_robot(fetch) for fetch in asked)
    later = NOW + timedelta(days=4)
    known = frozenset(post.key for post in first.posts)
    window = Window(datetime(2026, 1, 1, tzinfo=ZONE), later)
    goal = replace(target(), memory=first.memory, known=known, window=window)
    return drive(visit(goal), answer, later)[0]


def test_spam_that_only_search_engines_are_shown():
    harvest = half_a_week_later(answering(lambda f: SPAM if is_robot(f) else listed(HOME), NOW))
    assert harvest.outcome is Outcome.HACKED
    assert harvest.detail.startswith("Cloaked")
    assert "judi.example" in harvest.detail


def test_visitors_from_a_search_engine_are_led_away():
    def answer(fetch):
        url = "https://judi.example/" if is_robot(fetch) else fetch.url
        return Page(fetch, url, 200, NOW, headers={"content-type": "text/html"}, body=listed(HOME).encode())

    harvest = half_a_week_later(answer)
    assert harvest.outcome is Outcome.HACKED
    assert "judi.example" in harvest.detail


def test_a_firewall_that_turns_false_robots_away_convicts_nobody():
    harvest = half_a_week_later(answering(lambda f: None if is_robot(f) else listed(HOME), NOW))
    assert harvest.outcome is Outcome.UNCHANGED


def test_the_robots_page_is_looked_at_once_a_week():
    memory, looks = target().memory, []
    for night in range(17):
        now = NOW + timedelta(days=night)
        goal = replace(target(), memory=memory, window=Window(datetime(2026, 1, 1, tzinfo=ZONE), now))
        pages = answering(lambda f: listed(HOME) if f.url == HOME else None, NOW)
        harvest, asked = drive(visit(goal), pages, now)
        memory = harvest.memory
        looks += [night] * any(is_robot(fetch) for fetch in asked)
        assert night == 0 or len(asked) <= 2
    assert looks == [3, 10]


FEED = "<rss version='2.0'><channel><title>Dinas</title>{}</channel></rss>"
NAMED = "<title>Dinas</title><link rel=alternate type='application/rss+xml' href=/feed.xml>"


@pytest.mark.parametrize(
    ("feed", "outcome"),
    [
        ("bukan umpan", Outcome.UNPARSABLE),
        (500, Outcome.UNPARSABLE),
        (Failure.TOO_LARGE, Outcome.UNPARSABLE),
        # What is not there holds nothing, and an empty feed says so itself.
        (404, Outcome.EMPTY),
        (FEED.format(""), Outcome.EMPTY),
    ],
)
def test_empty_is_not_said_of_a_feed_that_could_not_be_read(feed, outcome):
    harvest, _ = run({HOME: NAMED + FILLER * 20, f"{HOME}feed.xml": feed})
    assert harvest.outcome is outcome
    assert harvest.complete_since is None


def bulletin(numbers):
    items = "".join(
        f"<li><a href='/berita/rapat-warga-{n}'>Rapat warga kelurahan ke-{n}</a> {n:02}-02-2026</li>"
        for n in numbers
    )
    return f"<title>Dinas</title><ul>{items}</ul>"


def article(number):
    text = "<p>Warga dan lurah membahas rencana kerja di balai.</p>" * 8
    return f"<article><h1>Rapat warga kelurahan ke-{number}</h1><p>{number:02}-02-2026</p>{text}</article>"


NUMBERS = range(20, 12, -1)
ARTICLES = {f"{HOME}berita/rapat-warga-{n}": article(n) for n in NUMBERS}


def nights(*sites):
    """The harvests of nights, each a day after the last; what one deletes the next knows no more."""
    told: list[Harvest] = []
    known: dict[str, KnownPost] = {}
    memory = None
    for number, pages in enumerate(sites):
        now = NOW + timedelta(days=number)
        window = Window(datetime(2026, 1, 1, tzinfo=ZONE), now)
        at = replace(target(), window=window, stored=known, known=frozenset(known))
        at = at if memory is None else replace(at, memory=memory)
        harvest, _ = drive(visit(at), {url: body.encode() for url, body in pages.items()}, now)
        posts = {p.key: KnownPost(p.url, p.title, p.date.at if p.date else None) for p in harvest.posts}
        known = {key: post for key, post in (known | posts).items() if key not in harvest.deleted}
        memory = harvest.memory
        told.append(harvest)
    return told


@pytest.mark.parametrize("standing", [True, False])
def test_a_site_that_shows_none_of_its_known_posts_was_not_seen(standing):
    bare = {HOME: "<title>Dinas</title>" + FILLER * 20} | (ARTICLES if standing else {})
    first, *later = nights({HOME: bulletin(NUMBERS)} | ARTICLES, bare, bare)
    assert len(first.posts) == len(NUMBERS)
    # The second night's bytes are the first's, and tell as little.
    assert {(each.outcome, each.complete_since) for each in later} == {(Outcome.UNPARSABLE, None)}


def test_a_site_that_took_all_its_posts_away_is_empty_once_that_is_settled():
    bare = {HOME: "<title>Dinas</title>" + FILLER * 20}
    told = nights({HOME: bulletin(NUMBERS)} | ARTICLES, bare, bare, bare, bare)
    assert {key for harvest in told for key in harvest.deleted} == {post.key for post in told[0].posts}
    assert [each.outcome for each in told[1:]] == [Outcome.UNPARSABLE] * 3 + [Outcome.EMPTY]


def diary(numbers, place="2026-02.html"):
    """A page of a month, or of several days, each post of it at an anchor of its own."""
    entry = (
        "<h2>{n:02}-02-2026</h2><div><p><a name=p{n} href='/{place}#p{n}'>*</a> "
        "<span>Rapat warga kelurahan ke-{n}</span><br>Warga dan lurah membahas rencana di balai.</p></div>"
    )
    shown = "".join(entry.format(n=n, place=place.format(n=n)) for n in numbers)
    return f"<title>Dinas</title><meta property=og:type content=article>{shown}"


def anchored(numbers, place):
    """The home page and each page that posts share, which stands when it has none any more."""
    groups: dict[str, list[int]] = {place.format(n=n): [] for n in NUMBERS}
    for n in numbers:
        groups[place.format(n=n)].append(n)
    return {HOME: diary(numbers, place)} | {
        f"{HOME}{page}": diary(held, place) for page, held in groups.items()
    }


@pytest.mark.parametrize("place", ["2026-02.html", "?date=202602{n}"], ids=["month", "day"])
def test_a_post_that_its_page_has_at_no_anchor_any_more_is_gone(place):
    pages, fewer = (anchored(numbers, place) for numbers in (NUMBERS, [n for n in NUMBERS if n != 17]))
    first, *later = nights(pages, fewer, fewer, fewer)
    assert len(first.posts) == len(NUMBERS)
    gone = next(post.key for post in first.posts if post.title.endswith("17"))
    assert [harvest.deleted for harvest in later] == [(), (gone,), ()]
    assert not any(harvest.aliases for harvest in later)
