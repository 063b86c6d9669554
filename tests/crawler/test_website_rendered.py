"""Pages that only a script fills: what the visit asks a browser for, and what it remembers."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from activity.agency import Account, Channel
from activity.outcome import Failure, Outcome
from activity.testing import drive
from activity.visit import Memory, Page, ScriptAnswer, Target, Window
from crawler.visits.site.website import visit
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 3, 2, 14, tzinfo=UTC)
HOME = "https://contoh.go.id/"
FRAME = "<html><body><div id=root></div><script src=/app.js></script></body></html>"
MONTHS = ("Januari", "Februari", "Maret")


def dated(day):
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def link(n, day=None):
    when = f"<span>{dated(day)}</span>" if day else ""
    return f"<li><a href=/berita/rapat-koordinasi-{n}>Rapat koordinasi wilayah ke {n}</a>{when}</li>"


def listing(count=10, start=0, dates=True):
    day = date(2026, 3, 1)
    items = (link(n, day - timedelta(days=n) if dates else None) for n in range(start, count))
    return f"<html><body><div id=root><ul>{''.join(items)}</ul></div></body></html>"


def article(n):
    day = date(2026, 3, 1) - timedelta(days=n)
    text = "Rapat dihadiri oleh seluruh lurah. " * 20
    return f"<html><body><h1>Rapat koordinasi wilayah ke {n}</h1><time>{dated(day)}</time><p>{text}</body>"


def site(bare, drawn=None, fails=()):
    """Answers as a server without a browser, and as a browser would show the same address."""

    def answer(fetch):
        pages = (drawn or {}) if fetch.rendered else bare
        if fetch.rendered and fetch.url in fails:
            return Page(fetch, fetch.url, None, NOW, failure=Failure.OTHER, detail="could not be rendered")
        body = pages.get(fetch.url)
        return Page(fetch, fetch.url, 404 if body is None else 200, NOW, body=(body or "").encode())

    return answer


def target(*, rendering=True, memory=None, known=()):
    return Target(
        Account(1, "contoh", Channel.WEBSITE, HOME),
        Window(datetime(2026, 1, 1, tzinfo=ZONE), NOW),
        ZONE,
        memory=memory or Memory(),
        known=frozenset(known),
        rendering=rendering,
    )


def look(answer, **options):
    harvest, asked = drive(visit(target(**options)), answer, NOW)
    return harvest, [fetch.url for fetch in asked if fetch.rendered], len(asked)


def days(harvest):
    return {post.key: post.date.at.astimezone(ZONE).date() for post in harvest.posts}


WANTED = {f"/berita/rapat-koordinasi-{n}": date(2026, 3, 1) - timedelta(days=n) for n in range(10)}


def captured(number, count=12, size=4):
    """An answer of the API that the page's script asks, one page of its list."""
    first = (number - 1) * size
    rows = [
        {"judul": f"Rapat {n}", "id": n + 100, "terbit": (date(2026, 3, 1) - timedelta(days=n)).isoformat()}
        for n in range(first, min(first + size, count))
    ]
    return json.dumps({"rows": rows, "total": count, "page": number})


@pytest.mark.parametrize("keyed", [False, True])
def test_what_the_page_fetches_is_read_as_an_api_and_followed_without_the_browser(keyed):
    api = "https://contoh.go.id/layanan/kabar?page={}"
    links = "".join(f"<li><a href=/kabar/baca/{n + 100}>Rapat {n}</a></li>" for n in range(4))
    own = ScriptAnswer(api.format(1), captured(1).encode(), keyed)
    bare = {HOME: FRAME} | {api.format(n): captured(n) for n in (1, 2, 3)}

    def answer(fetch):
        page = site(bare, {HOME: f"<body><div id=root><ul>{links}</ul></div>"})(fetch)
        return replace(page, captured=(own,)) if fetch.rendered and fetch.url == HOME else page

    harvest, rendered, _ = look(answer)
    assert days(harvest) == {
        f"/kabar/baca/{n + 100}": date(2026, 3, 1) - timedelta(days=n) for n in range(12)
    }
    assert rendered == [HOME]
    memory = replace(harvest.memory, seen_at=NOW - timedelta(days=1))
    again, rendered, asked = look(answer, memory=memory, known=[post.key for post in harvest.posts])
    if not keyed:
        assert harvest.endpoint == api.format(1)
        assert (again.outcome, rendered, asked) == (Outcome.UNCHANGED, [], 1)


@pytest.mark.parametrize("starved", [False, True])
def test_a_page_that_was_kept_from_its_parts_is_read_and_proves_nothing(starved):
    drawn = site({HOME: FRAME}, {HOME: listing()})

    def answer(fetch):
        return replace(drawn(fetch), starved=starved and fetch.rendered)

    harvest, _, _ = look(answer)
    assert days(harvest) == WANTED
    assert (harvest.complete_since is None) is starved
    memory = replace(harvest.memory, seen_at=NOW - timedelta(days=1))
    again, _, _ = look(answer, memory=memory, known=[post.key for post in harvest.posts])
    assert (again.complete_since is None) is starved


def test_without_a_browser_nothing_is_asked_rendered():
    harvest, rendered, _ = look(site({HOME: FRAME}, {HOME: listing()}), rendering=False)
    assert (harvest.outcome, rendered) == (Outcome.NEEDS_BROWSER, [])


def test_a_page_that_shows_nothing_is_asked_for_once_more_rendered():
    harvest, rendered, _ = look(site({HOME: FRAME}, {HOME: listing()}))
    assert harvest.outcome is Outcome.OK
    assert days(harvest) == WANTED
    assert rendered[0] == HOME
    assert rendered.count(HOME) == 1


def test_what_reads_without_a_browser_is_never_rendered():
    harvest, rendered, _ = look(site({HOME: f"{listing()}<script src=/app.js></script>"}, {HOME: "<p>?"}))
    assert (harvest.outcome, rendered) == (Outcome.OK, [])


def first_night(answer):
    harvest, _, _ = look(answer)
    known = [post.key for post in harvest.posts]
    return replace(harvest.memory, seen_at=NOW - timedelta(days=1)), known


def test_later_nights_go_straight_to_the_rendered_list():
    answer = site({HOME: FRAME}, {HOME: listing()})
    memory, known = first_night(answer)
    harvest, rendered, asked = look(answer, memory=memory, known=known)
    assert (harvest.outcome, rendered, asked) == (Outcome.UNCHANGED, [HOME], 1)


def test_a_new_post_on_the_rendered_list_is_found_the_next_night():
    memory, known = first_night(site({HOME: FRAME}, {HOME: listing(start=1)}))
    harvest, _, asked = look(site({HOME: FRAME}, {HOME: listing()}), memory=memory, known=known)
    assert harvest.outcome is Outcome.OK
    assert [key for key in days(harvest) if key not in known] == ["/berita/rapat-koordinasi-0"]
    assert asked <= 3


def test_a_list_remembered_so_is_looked_for_anew_once_the_browser_is_gone():
    answer = site({HOME: FRAME}, {HOME: listing()})
    memory, known = first_night(answer)
    harvest, rendered, _ = look(answer, memory=memory, known=known, rendering=False)
    assert (harvest.outcome, rendered) == (Outcome.NEEDS_BROWSER, [])


def test_articles_are_rendered_where_nothing_else_dates_them():
    urls = [f"{HOME}berita/rapat-koordinasi-{n}" for n in range(10)]
    bare = {HOME: FRAME} | dict.fromkeys(urls, FRAME)
    drawn = {HOME: listing(dates=False)} | {url: article(n) for n, url in enumerate(urls)}
    harvest, rendered, asked = look(site(bare, drawn))
    assert days(harvest) == WANTED
    # The first was asked for twice, the rest at once as it turned out to be needed.
    assert sorted(set(rendered) - {f"{HOME}berita/"}) == sorted([HOME, *urls])
    assert len(rendered) == len(set(rendered))
    assert asked <= 8 + 2 + 10 + 1


def test_articles_that_date_themselves_are_not_rendered():
    urls = [f"{HOME}berita/rapat-koordinasi-{n}" for n in range(10)]
    bare = {HOME: FRAME} | {url: article(n) for n, url in enumerate(urls)}
    harvest, rendered, _ = look(site(bare, {HOME: listing(dates=False)}))
    assert days(harvest) == WANTED
    assert not set(urls) & set(rendered)


def test_a_list_behind_a_standing_home_page_is_rendered_too():
    menu = "".join(f"<a href=/{name}>{name}</a>" for name in ("profil", "kontak", "layanan", "galeri"))
    home = f"<html><body>{menu}<a href=/berita>Berita</a><p>Selamat datang</p><script>1</script></body>"
    berita = f"{HOME}berita"
    bare = {HOME: home, berita: f"{menu}<div id=list></div><script src=/list.js></script>"}
    harvest, rendered, _ = look(site(bare, {HOME: home, berita: listing()}))
    assert days(harvest) == WANTED
    assert harvest.endpoint == berita
    memory = replace(harvest.memory, seen_at=NOW - timedelta(days=1))
    harvest, rendered, asked = look(site(bare, {berita: listing()}), memory=memory, known=WANTED)
    assert (harvest.outcome, rendered, asked) == (Outcome.UNCHANGED, [berita], 1)


@pytest.mark.parametrize("fails", [(), (HOME,)])
def test_what_stays_empty_still_needs_a_browser_and_is_not_taken_for_silence(fails):
    harvest, rendered, _ = look(site({HOME: FRAME}, {HOME: FRAME}, fails))
    assert harvest.outcome is Outcome.NEEDS_BROWSER
    assert ("could not be rendered" if fails else "no posts either") in harvest.detail
    assert rendered == [HOME]
    assert "rendered" not in harvest.memory.facts


def test_a_night_on_which_rendering_fails_is_no_silence_either():
    answer = site({HOME: FRAME}, {HOME: listing()})
    memory, known = first_night(answer)
    harvest, _, _ = look(site({HOME: FRAME}, {}, fails=(HOME,)), memory=memory, known=known)
    assert not harvest.outcome.saw
    assert harvest.memory.facts["discovery"]["rendered"] == ["listing"]
    assert "could not be rendered" in harvest.detail
