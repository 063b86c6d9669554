import json
from datetime import UTC, datetime, timedelta

from activity.agency import Account, Channel
from activity.outcome import Failure, Outcome
from activity.testing import drive
from activity.visit import Budget, Page, Purpose, Target, Window
from crawler.visits.site.website import visit
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 3, 2, 14, tzinfo=UTC)
SINCE = datetime(2026, 1, 1, tzinfo=ZONE)
HOME = "https://contoh.go.id/"
FILLER = "<p>Dinas Contoh melayani warga kota.</p>"

FEED_HOME = f"<link rel=alternate type=application/rss+xml href=/feed>{FILLER}"


def target(*, nights=0, **changes):
    account = Account(1, "contoh", Channel.WEBSITE, HOME)
    return Target(account, Window(SINCE, NOW + timedelta(days=nights)), ZONE, **changes)


def days(count, *, step=3):
    """Local moments of `count` posts, newest first."""
    newest = datetime(2026, 3, 1, 21, 15, tzinfo=ZONE)
    return [newest - timedelta(days=step * n) for n in range(count)]


def answering(pages, *, etags=True):
    """A server: bodies by address, a status or failure where no body stands; honours validators."""

    def answer(fetch):
        found = pages.get(fetch.url, 404)
        if callable(found):
            found = found(fetch)
        if isinstance(found, Failure):
            return Page(fetch, fetch.url, None, NOW, failure=found)
        if isinstance(found, int):
            return Page(fetch, fetch.url, found, NOW)
        body, headers = found if isinstance(found, tuple) else (found, {})
        data = body if isinstance(body, bytes) else body.encode()
        etag = f'"{hash(data)}"'
        if etags and fetch.validators.etag == etag:
            return Page(fetch, fetch.url, 304, NOW)
        headers = {"content-type": "text/html", **({"etag": etag} if etags else {}), **headers}
        return Page(fetch, fetch.url, 200, NOW, headers=headers, body=data)

    return answer


def run(pages, goal=None, **options):
    return drive(visit(goal or target()), answering(pages, **options), NOW)


def again(harvest, **changes):
    known = frozenset(post.key for post in harvest.posts)
    return target(memory=harvest.memory, known=known, **changes)


def local_days(harvest):
    return sorted({post.date.at.astimezone(ZONE).date() for post in harvest.posts if post.date})


def rss(moments, *, generator="", first=0):
    items = "".join(
        f"<item><title>Berita {n}</title><link>{HOME}berita/{n}-rapat-kerja</link>"
        f"<pubDate>{m.strftime('%a, %d %b %Y %H:%M:%S %z')}</pubDate></item>"
        for n, m in enumerate(moments, first)
    )
    return f"<rss><channel><title>Dinas</title><generator>{generator}</generator>{items}</channel></rss>"


def wordpress(count, *, form="wp-json/wp/v2/posts?", step=1):
    moments = days(count, step=step)

    def listed(page):
        chunk = [
            {
                "link": f"{HOME}{m:%Y/%m/%d}/rapat-{n}/",
                "title": {"rendered": f"Rapat {n}"},
                "date_gmt": m.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
            }
            for n, m in enumerate(moments)
        ][100 * (page - 1) : 100 * page]
        return json.dumps(chunk), {"x-wp-total": str(count), "x-wp-totalpages": str(-(-count // 100))}

    base = f"{HOME}{form}per_page=100&_fields=id,date,date_gmt,link,title,status"
    root = HOME + form.removesuffix("wp/v2/posts?").removesuffix("wp/v2/posts&")
    home = f'<link rel="https://api.w.org/" href="{root}"><body>{FILLER}'
    return {HOME: home, base: listed(1), f"{base}&page=2": listed(2), f"{base}&page=3": listed(3)}


def test_wordpress_through_its_api():
    harvest, asked = run(wordpress(60))
    assert harvest.outcome is Outcome.OK
    assert len(harvest.posts) == 60
    assert local_days(harvest)[-1].isoformat() == "2026-03-01"
    assert harvest.complete_since == SINCE
    assert [fetch.url for fetch in asked][2:] == [f"{HOME}wp-json/wp/v2/types"]


def test_wordpress_pages_until_the_window_is_covered():
    harvest, asked = run(wordpress(230, step=0.4))
    assert len(harvest.posts) == sum(m >= SINCE for m in days(230, step=0.4))
    assert len(asked) == 4
    assert harvest.complete_since == SINCE


def test_a_wordpress_whose_addresses_are_plain():
    harvest, _ = run(wordpress(30, form="?rest_route=/wp/v2/posts&"))
    assert len(harvest.posts) == 30


def test_an_unchanged_night_costs_one_request():
    pages = wordpress(60)
    first, _ = run(pages)
    second, asked = run(pages, again(first))
    assert second.outcome is Outcome.UNCHANGED
    assert len(asked) == 1
    assert second.complete_since == NOW


def test_a_server_without_validators_is_told_by_its_body():
    pages = wordpress(60)
    first, _ = run(pages, etags=False)
    second, asked = run(pages, again(first), etags=False)
    assert second.outcome is Outcome.UNCHANGED
    assert len(asked) == 1


def test_one_new_post_costs_one_request():
    first, _ = run(
        {
            HOME: FEED_HOME,
            f"{HOME}feed": rss(days(30)),
        }
    )
    moments = [datetime(2026, 3, 2, 9, tzinfo=ZONE), *days(30)]
    pages = {f"{HOME}feed": rss(moments, first=-1).replace("berita/-1-", "berita/99-")}
    second, asked = run(pages, again(first))
    assert second.outcome is Outcome.OK
    assert "/berita/99-rapat-kerja" in {p.key for p in second.posts}
    assert len(asked) == 1
    assert second.complete_since == NOW - timedelta(days=13)


def blogger(count, ceiling=25):
    moments = days(count, step=1)

    def listed(start):
        entries = [
            {
                "title": {"$t": f"Lomba {n}"},
                "published": {"$t": m.isoformat()},
                "link": [{"rel": "alternate", "href": f"{HOME}{m:%Y/%m}/lomba-{n}.html"}],
            }
            for n, m in enumerate(moments)
        ][start - 1 : start - 1 + ceiling]
        return json.dumps({"feed": {"openSearch$totalResults": {"$t": str(count)}, "entry": entries}})

    base = f"{HOME}feeds/posts/summary?alt=json&orderby=published&max-results=150&start-index="
    home = f"<meta name=generator content=blogger>{FILLER}"
    return {HOME: home, **{f"{base}{start}": listed(start) for start in range(1, count + 2, ceiling)}}


def test_blogger_gives_less_than_asked_for():
    harvest, asked = run(blogger(55))
    assert len(harvest.posts) == 55
    assert len(asked) == 4
    assert harvest.complete_since == SINCE


def test_a_feed_that_covers_the_window_is_enough():
    pages = {
        HOME: FEED_HOME,
        f"{HOME}feed": rss(days(40)),
    }
    harvest, asked = run(pages)
    assert len(harvest.posts) == sum(m >= SINCE for m in days(40))
    assert harvest.complete_since == SINCE
    assert [f.url for f in asked[:2]] == [HOME, f"{HOME}feed"]
    # The newest, the oldest and one further article confirm the feed's dates.
    assert [f.purpose for f in asked[2:]] == [Purpose.ARTICLE] * 3


def test_a_wordpress_feed_pages():
    moments = days(30, step=2)
    pages = {
        HOME: f"<link rel=alternate type=application/rss+xml href=/feed/>{FILLER}",
        f"{HOME}feed/": rss(moments[:10], generator="https://wordpress.org/?v=6.4"),
        f"{HOME}feed/?paged=2": rss(moments[10:20], generator="https://wordpress.org/?v=6.4", first=10),
        f"{HOME}feed/?paged=3": rss(moments[20:], generator="https://wordpress.org/?v=6.4", first=20),
    }
    harvest, asked = run(pages)
    assert len(harvest.posts) == 30
    assert harvest.complete_since == SINCE
    assert len(asked) == 5 + 3


def test_an_empty_or_comments_feed_is_passed_over():
    pages = {
        HOME: "<link rel=alternate type=application/rss+xml href=/feed/>"
        f"<link rel=alternate type=application/rss+xml href=/berita.rss>{FILLER}",
        f"{HOME}feed/": rss([]),
        f"{HOME}berita.rss": rss(days(40)),
    }
    harvest, _ = run(pages)
    assert harvest.endpoint == f"{HOME}berita.rss"


def test_a_dead_endpoint_is_discovered_anew():
    first, _ = run(wordpress(60))
    pages = {
        HOME: FEED_HOME,
        f"{HOME}feed": rss(days(40)),
    }
    second, asked = run(pages, again(first))
    assert second.outcome is Outcome.OK
    assert second.endpoint == f"{HOME}feed"
    assert len(asked) == 3 + 3


def test_a_server_that_says_304_for_ever_is_found_out():
    first, _ = run(
        {
            HOME: FEED_HOME,
            f"{HOME}feed": rss(days(40)),
        }
    )
    pages = {
        HOME: "<link rel=alternate type=application/rss+xml href=/baru.xml>"
        f"<a href=/berita/x>Baru</a>{FILLER}",
        f"{HOME}feed": 304,
        f"{HOME}baru.xml": rss([NOW - timedelta(hours=1), *days(40)]),
    }
    harvest = first
    known = frozenset(p.key for p in first.posts)
    for night in range(8):
        harvest, _ = run(pages, target(nights=night, memory=harvest.memory, known=known))
        if harvest.outcome is not Outcome.UNCHANGED:
            break
    assert harvest.endpoint == f"{HOME}baru.xml"


def test_a_home_page_that_shows_the_news_does_not_make_the_endpoint_suspect():
    first, _ = run({HOME: FEED_HOME, f"{HOME}feed": rss(days(40))})
    pages = {
        HOME: f"{FEED_HOME}<a href=/berita/99-rapat-kerja>Baru</a>",
        f"{HOME}feed": rss([NOW + timedelta(hours=3), *days(40)], first=-1).replace("/-1-", "/99-"),
    }
    news, _ = run(pages, again(first, nights=1))
    assert news.outcome is Outcome.OK
    known = frozenset(p.key for p in (*first.posts, *news.posts))
    week_later, asked = run(pages, target(nights=9, memory=news.memory, known=known))
    # This home page does not show the list's newest posts, so that the list is asked beside it.
    assert (week_later.outcome, [fetch.url for fetch in asked]) == (Outcome.UNCHANGED, [HOME, f"{HOME}feed"])


def test_a_site_that_is_down_keeps_its_memory():
    first, _ = run(wordpress(60))
    second, asked = run(dict.fromkeys(wordpress(60), Failure.REFUSED), again(first))
    assert second.outcome is Outcome.UNREACHABLE
    assert second.memory == first.memory
    assert len(asked) == 1


def test_a_server_in_trouble_is_asked_again_before_anything_else_is_tried():
    first, _ = run(wordpress(60))
    broken = dict.fromkeys(wordpress(60), 500)
    pages = {**broken, HOME: FEED_HOME, f"{HOME}feed": rss(days(40))}
    harvest, outcomes = first, []
    for _ in range(3):
        harvest, asked = run(pages, again(first) if harvest is first else target(memory=harvest.memory))
        outcomes.append((harvest.outcome, len(asked)))
    assert outcomes == [(Outcome.UNREACHABLE, 1), (Outcome.UNREACHABLE, 1), (Outcome.OK, 3 + 3)]


def test_a_hacked_site_keeps_its_honest_posts():
    pages = wordpress(20)
    pages[HOME] += "<div style='display:none'><a href='https://x.xyz/'>slot gacor maxwin</a></div>"
    harvest, _ = run(pages)
    assert harvest.outcome is Outcome.HACKED
    assert "x.xyz" in harvest.detail
    assert len(harvest.posts) == 20


def test_a_site_hacked_later_is_found_though_its_feed_changes():
    first, _ = run({HOME: FEED_HOME, f"{HOME}feed": rss(days(40))})
    harvest, known = first, {p.key for p in first.posts}
    outcomes = []
    for night in range(10):
        moments = [NOW - timedelta(hours=n + 1) for n in range(night + 1)]
        fresh = rss(moments, first=100).replace("</channel></rss>", "")
        pages = {
            HOME: f"{FEED_HOME}<a href='https://x.xyz/'>slot gacor</a>",
            f"{HOME}feed": fresh + rss(days(40)).partition("</generator>")[2],
        }
        harvest, _ = run(pages, target(nights=night + 1, memory=harvest.memory, known=frozenset(known)))
        known |= {p.key for p in harvest.posts}
        outcomes.append(harvest.outcome)
    assert outcomes[3:] == [Outcome.HACKED] * 7
    # While spam stands the home page has every second turn; the list reads on from its own last one.
    assert len(known) == len(first.posts) + 10


def test_injected_posts_are_left_out():
    feed = rss(days(40)).replace("Berita 3<", "Slot Gacor Maxwin Hari Ini<")
    harvest, _ = run({HOME: FEED_HOME, f"{HOME}feed": feed})
    assert harvest.outcome is Outcome.HACKED
    assert not any("Slot" in p.title for p in harvest.posts)
    assert harvest.left_out == 1


def test_a_budget_ends_a_visit_with_what_was_found():
    harvest, asked = run(wordpress(230, step=0.2), target(budget=Budget(requests=2)))
    assert harvest.outcome is Outcome.LIMITED
    assert len(harvest.posts) == 100
    # Further posts of the last day may lie below.
    assert harvest.complete_since == min(p.date.at for p in harvest.posts) + timedelta(days=1)
    assert len(asked) == 2
    rest, _ = run(wordpress(230, step=0.2), again(harvest))
    assert len({p.key for p in (*harvest.posts, *rest.posts)}) == 230


def portal(moments):
    """A hand-written portal: ten items a page, numbered by their place in `moments`, newest first."""
    items = sorted(enumerate(moments), key=lambda pair: pair[1], reverse=True)
    pages = {}
    for number in range(0, len(items), 10):
        rows = "".join(
            f"<div class='berita'><a href='?page=berita&amp;id={n}'>Kegiatan warga ke-{n}</a>"
            f"<small>{at.astimezone(ZONE):%d-%m-%Y %H:%M} WITA</small></div>"
            for n, at in items[number : number + 10]
        )
        more = f"<a href='?hal={number // 10 + 2}'>Berikutnya</a>" if number + 10 < len(items) else ""
        pages[f"{HOME}?hal={number // 10 + 1}" if number else HOME] = f"<h1>Berita</h1>{rows}{more}"
    return pages


def test_a_thorough_night_finds_what_was_slipped_in_below_the_head_of_a_list():
    honest = days(30, step=1)
    first, _ = run(portal(honest))
    assert len(first.posts) == 30
    slipped = portal([*honest, honest[15] + timedelta(hours=2)])
    overlooked, _ = run(slipped, again(first))
    assert overlooked.outcome is Outcome.UNCHANGED
    found, _ = run(slipped, again(first, thorough=True))
    assert {p.key for p in found.posts} - {p.key for p in first.posts} == {"/?id=30&page=berita"}


def test_the_newest_post_from_before_the_window_is_told_apart():
    harvest, _ = run(portal(days(30, step=30)))
    assert harvest.before is not None
    assert harvest.before.date.at < harvest.posts[-1].date.at
    assert harvest.before not in harvest.posts
