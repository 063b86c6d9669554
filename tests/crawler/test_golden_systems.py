"""What real systems render of our awkward texts (`make test-real ARGS=--record`): lists, articles, visits.

The truth is what the systems were seeded with. `expected.json` holds how many days each page gives at least;
it is written by the first run, which then fails until a person has read it.
"""

import json
import lzma
import re
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

from activity.agency import Account, Channel
from activity.testing import drive
from activity.visit import Fetch, KnownPost, Page, Purpose, Target, Window
from crawler.extract.article.post import extract_article
from crawler.extract.lists.listing import extract_listing
from crawler.extract.page.document import parse_document
from crawler.visits.site.website import visit

ROOT = Path(__file__).parents[1] / "golden/systems"
SYSTEMS = sorted(case.parent.name for case in ROOT.glob("*/case.json"))
# docs/crawl.md: requests of a first visit that bring no date, guesses where nothing is advertised included.
DATELESS = 6 + 12
# Articles read to hold a list or a feed against, three more where a feed stays doubtful.
CONFIRMING = 3 + 3
# A list that prints the day of Greenwich, and no page that tells more: only the feed has the local day.
GREENWICH = {"wintersmith"}
# Posts that no list shows, but a map does.
HIDDEN = {"wordpress-kinds": "/pengumuman/"}
# Lists and articles tell ages alone: of the window's posts so many have no certain day, those no feed holds.
AGES = {"mezzanine": 14}
# What is not read right yet.
AWAITED: dict[tuple[str, str], str] = {}


def systems(part):
    """Every system as a parameter, with what is awaited of it."""
    reasons = {name: AWAITED.get((part, name), "") for name in SYSTEMS}
    return [
        pytest.param(name, marks=[pytest.mark.xfail(reason=reason)] if reason else [])
        for name, reason in reasons.items()
    ]


@cache
def recorded(name):
    """One system: its case, the pages by address, and the truth by place."""
    case = json.loads((ROOT / name / "case.json").read_text())
    lines = lzma.decompress((ROOT / name / "pages.xz").read_bytes()).decode().splitlines()
    return SimpleNamespace(
        address=case["address"],
        lists=case["lists"],
        now=datetime.fromisoformat(case["now"]),
        since=datetime.fromisoformat(case["since"]),
        zone=ZoneInfo(case["zone"]),
        hidden=HIDDEN.get(name, "no such place"),
        printed=UTC if name in GREENWICH else ZoneInfo(case["zone"]),
        pages={page["url"]: page for page in map(json.loads, lines)},
        truth={
            place(p["url"]): SimpleNamespace(
                url=p["url"], title=p["title"], at=datetime.fromisoformat(p["at"])
            )
            for p in case["posts"]
        },
    )


def place(url):
    parts = urlsplit(url)
    return f"{parts.path.removesuffix('index.html').rstrip('/')}?{parts.query}"


def plain(title):
    return re.sub(r"\W+", " ", title).strip().lower()


def answer(site, fetch, now):
    """What the recorded system says, 304 where it would; 404 for what nobody asked when it was recorded."""
    page = site.pages.get(fetch.url)
    if page is None:
        return Page(fetch, fetch.url, 404, now)
    headers = page["headers"]
    known = fetch.validators
    same = known.etag and known.etag == headers.get("etag")
    same = same or (known.last_modified and known.last_modified == headers.get("last-modified"))
    if same:
        return Page(fetch, fetch.url, 304, now, headers=headers)
    return Page(fetch, fetch.url, page["status"], now, headers=headers, body=page["body"].encode())


def read(site, url, purpose):
    return parse_document(answer(site, Fetch(url, purpose), site.now))


def expect(name, part, told):
    """No fewer right days than a person has confirmed; the first run writes what they are to confirm."""
    file = ROOT / name / "expected.json"
    expected = json.loads(file.read_text()) if file.exists() else {}
    if part not in expected:
        file.write_text(json.dumps(expected | {part: told}, indent=1) + "\n")
        pytest.fail(f"{part} of {file.parent.name} was written to {file.name}; read it, then run this again.")
    short = {url: n for url, n in expected[part].items() if told.get(url, 0) < n}
    assert not short, f"of these days fewer are read: {short}, now {told}"


@pytest.mark.parametrize("name", systems("lists"))
def test_lists_of_a_system_give_the_days_of_publication(name):
    site = recorded(name)
    right, wrong = {}, []
    for url in site.lists:
        right[url] = 0
        for item in extract_listing(read(site, url, Purpose.LISTING), now=site.now, zone=site.zone):
            post = site.truth.get(place(item.url))
            if post is None or item.date is None:
                continue
            day, told = item.date.at.astimezone(site.zone).date(), post.at.astimezone(site.printed).date()
            exact = item.date.precision.names_a_day
            if exact and day != told:
                wrong.append(f"{url}: {post.title!r} of {told} read as {day}")
            elif plain(item.title) != plain(post.title):
                wrong.append(f"{url}: {post.title!r} is called {item.title!r}")
            right[url] += exact and day == told
    assert not wrong, "\n".join(wrong)
    expect(name, "lists", right)


@pytest.mark.parametrize("name", systems("articles"))
def test_articles_of_a_system_give_the_days_of_publication(name):
    site = recorded(name)
    posts = sorted(site.truth.values(), key=lambda post: post.at)[::-3]
    right, wrong = 0, []
    for post in posts:
        article = extract_article(read(site, post.url, Purpose.ARTICLE), now=site.now, zone=site.zone)
        if article.date is None or not article.date.precision.names_a_day:
            continue
        if article.date.at.astimezone(site.zone).date() != post.at.date():
            wrong.append(f"{post.url} of {post.at.date()} read as {article.date.at}")
        right += 1
    assert not wrong, "\n".join(wrong)
    expect(name, "articles", {"right": right})


@pytest.mark.parametrize("name", systems("visit"))
def test_a_visit_to_a_system_and_a_quiet_night(name):
    site = recorded(name)
    first, asked = drive(visit(target(site)), lambda fetch: answer(site, fetch, site.now), site.now)
    expected = {key: p.at.date() for key, p in site.truth.items() if p.at >= site.since}
    found = days(site, first)
    assert not unseen_though_claimed(site, first)
    uncertain = [key for key, day in found.items() if day is None]
    assert len(uncertain) <= AGES.get(name, 0)
    assert found == expected | dict.fromkeys(uncertain), "posts and days of the first visit"
    dated = sum(brings_dates(site, fetch.url) for fetch in asked)
    assert len(asked) <= DATELESS + dated
    confirming = told_nothing_new(first, asked)
    assert len(confirming) <= CONFIRMING, confirming

    later = site.now + timedelta(days=1)
    known = {p.key: KnownPost(p.url, p.title, p.date.at if p.date else None) for p in first.posts}
    again = target(site, later, memory=first.memory, known=frozenset(known), stored=known)
    quiet, asked = drive(visit(again), lambda fetch: answer(site, fetch, later), later)
    # robots.txt is the driver's; a page that was linked and not recorded is asked for again.
    most = 2 if name in AGES else 1
    assert len(asked) <= most, [fetch.url for fetch in asked]
    assert set(days(site, quiet)) <= found.keys()


@pytest.mark.parametrize("name", systems("feeds"))
def test_a_visit_to_a_system_whose_feeds_are_switched_off(name):
    site = recorded(name)
    html = {url: page for url, page in site.pages.items() if "html" in page["headers"]["content-type"]}
    site = SimpleNamespace(**{**vars(site), "pages": html})
    harvest, asked = drive(visit(target(site)), lambda fetch: answer(site, fetch, site.now), site.now)
    found = days(site, harvest)
    days_printed = {key: p.at.astimezone(site.printed).date() for key, p in site.truth.items()}
    expected = {key: day for key, day in days_printed.items() if day >= site.since.date()}
    wrong = {key: day for key, day in found.items() if day and day != expected.get(key)}
    assert not wrong
    assert not unseen_though_claimed(site, harvest)
    right = sum(day is not None for day in found.values())
    expect(name, "without feeds", {"found": len(expected.keys() & found), "right": right})
    assert len(asked) <= DATELESS + sum(brings_dates(site, fetch.url) for fetch in asked)


def target(site, now=None, **changes):
    account = Account(1, "kantor", Channel.WEBSITE, site.address)
    return Target(account, Window(site.since, now or site.now), site.zone, **changes)


def unseen_though_claimed(site, harvest):
    """Posts of the window that a claim of completeness leaves out."""
    if harvest.complete_since is None:
        return set()
    claimed = max(harvest.complete_since, site.since).astimezone(site.zone).date()
    return {
        key
        for key, post in site.truth.items()
        if post.at.astimezone(site.printed).date() >= claimed and site.hidden not in key
    } - set(days(site, harvest))


def days(site, harvest):
    """The local day of every post of the window by its place, None where it is not certain."""
    found = {}
    for post in harvest.posts:
        at = post.date.at.astimezone(site.zone) if post.date else None
        if at is None or at >= site.since:
            assert place(post.url) not in found, f"twice: {post.url}"
            found[place(post.url)] = at.date() if at and post.date.precision.names_a_day else None
    return found


def told_nothing_new(harvest, asked):
    """Articles that were read though a list or a feed had told their date as finely."""
    read = {fetch.url for fetch in asked}
    return [
        post.url
        for post in harvest.posts
        if post.url in read and post.date is not None and post.date.precision.names_a_day
        if post.date.evidence[0].source != post.url
    ]


def brings_dates(site, url):
    """Whether a page shows posts of the site, its own included."""
    if place(url) in site.truth:
        return True
    body = site.pages[url]["body"] if url in site.pages else ""
    return any(urlsplit(post.url).path.rstrip("/") in body for post in site.truth.values())
