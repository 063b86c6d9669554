"""Lists that only a script or their month archives continue."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from activity.agency import Account, Channel
from activity.testing import drive
from activity.visit import Harvest, Page, Target, Window
from crawler.visits.site.website import visit
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 3, 2, 14, tzinfo=UTC)
SINCE = datetime(2026, 1, 1, tzinfo=ZONE)
HOME = "https://contoh.go.id/"
DAYS = [datetime(2026, 3, 1, 9, tzinfo=ZONE) - timedelta(days=3 * n) for n in range(24)]
DUE = {f"/detail/rapat-{n}": f"{day:%d-%m-%Y}" for n, day in enumerate(DAYS) if day >= SINCE}


def card(number: int) -> str:
    return (
        f"<div class=post><a href='/detail/rapat-{number}'><h4>Rapat kerja warga ke-{number}</h4></a>"
        f"<span>{DAYS[number]:%d/%m/%Y}</span></div>"
    )


def record(number: int) -> dict[str, str]:
    return {"title": f"Rapat kerja {number}", "slug": f"rapat-{number}", "date": DAYS[number].isoformat()}


def look(answer) -> Harvest:
    def respond(fetch):
        found = answer(urlsplit(fetch.url).path, parse_qs(urlsplit(fetch.url).query))
        if found is None or isinstance(found, int):
            return Page(fetch, fetch.url, found or 404, NOW)
        kind = "application/json" if found.startswith("{") else "text/html"
        return Page(fetch, fetch.url, 200, NOW, headers={"content-type": kind}, body=found.encode())

    goal = Target(Account(1, "contoh", Channel.WEBSITE, HOME), Window(SINCE, NOW), ZONE)
    return drive(visit(goal), respond, NOW)[0]


def read(answer) -> dict[str, str]:
    posts = look(answer).posts
    return {post.key: f"{post.date.at.astimezone(ZONE):%d-%m-%Y}" for post in posts if post.date}


@pytest.mark.parametrize("form", ["markup", "records"])
def test_what_a_button_loads_is_read(form: str) -> None:
    script = '<script>$("#more").click(function(){page++;$.get("/berita/load?page=" + page, add);});</script>'

    def answer(path, query):
        numbers = range(24)[: 6 if path == "/" else None]
        if path == "/berita/load":
            start = 6 * int(query["page"][0]) - 6
            numbers = range(24)[start : start + 6]
            if form == "records":
                return json.dumps({"data": [record(n) for n in numbers]})
            return json.dumps({"html": "".join(map(card, numbers)), "next": bool(numbers)})
        return "".join(map(card, numbers)) + script if path == "/" else None

    assert read(answer) == DUE


def test_months_that_only_the_list_of_news_links_are_read() -> None:
    def answer(path, query):
        if path == "/":
            return "".join(map(card, range(2))) + '<a href="/berita">Berita</a>'
        if path != "/berita":
            return None
        month = int(query.get("bulan", ["0"])[0])
        shown = [n for n in range(24) if DAYS[n].month == month] or range(5)
        months = "".join(f'<li><a href="/berita?bulan={m}&tahun=2026">Bulan {m}</a></li>' for m in (1, 2, 3))
        return "".join(map(card, shown)) + f"<a href=\"javascript:__doPostBack('gv','Page$2')\">2</a>{months}"

    assert read(answer) == DUE


KEPT = {
    "failed": 500,
    "gone": 404,
    "login": "<form><input type=password></form>",
    "upkeep": "<p>Situs sedang dalam perbaikan</p>",
}


def look_at_months(kept: str = "", at: tuple[str, int] = ("", 0)) -> Harvest:
    """Look at a list that opens with two months and has a tab for each; one of its pages is kept back."""

    def answer(path, query):
        if path == "/":
            return "".join(map(card, range(2))) + '<a href="/berita">Berita</a>'
        if path != "/berita":
            return None
        month, page = query.get("bulan", [""])[0], int(query.get("hal", ["1"])[0])
        odd = kept if (month, page) == at else ""
        if odd in KEPT:
            return KEPT[odd]
        own = [n for n in range(24) if str(DAYS[n].month) in (month or "23")]
        start = 0 if odd == "first_again" else 4 * page - 4
        tab = f"&bulan={month}&tahun=2026" if month else ""
        following = f"<a href='/berita?hal={page + 1}{tab}'>Berikutnya</a>"
        following = "<button>Muat lebih banyak</button>" if odd == "button" else following
        months = "".join(f'<li><a href="/berita?bulan={m}&tahun=2026">Bulan {m}</a></li>' for m in (3, 2, 1))
        return months + "".join(map(card, own[start : start + 4])) + (following if own[4 * page :] else "")

    return look(answer)


def missed_in(harvest: Harvest) -> list[datetime]:
    """Days in the window of posts that were not met."""
    met = {post.key for post in harvest.posts}
    return [day for n, day in enumerate(DAYS) if f"/detail/rapat-{n}" not in met and day >= SINCE]


def test_months_that_were_read_to_their_ends_are_claimed_whole() -> None:
    harvest = look_at_months()
    assert not missed_in(harvest)
    assert harvest.complete_since == SINCE


@pytest.mark.parametrize("kept", [*KEPT, "first_again", "button"])
def test_a_month_that_was_left_before_its_end_is_not_claimed(kept: str) -> None:
    harvest = look_at_months(kept, at=("1", 2))
    missed = missed_in(harvest)
    assert missed
    assert harvest.complete_since is None or harvest.complete_since > max(missed)


@pytest.mark.parametrize("kept", sorted(KEPT.keys() - {"gone"}))
def test_a_list_of_some_months_does_not_vouch_for_one_that_was_kept_from_us(kept: str) -> None:
    harvest = look_at_months(kept, at=("1", 1))
    assert missed_in(harvest)
    assert harvest.complete_since is None or harvest.complete_since > max(missed_in(harvest))
