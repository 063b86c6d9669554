"""An office that begins anew with another program: its posts are known again under their new addresses."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from activity.agency import Account, Channel
from activity.testing import drive
from activity.visit import KnownPost, Memory, Page, Target, Window
from crawler.visits.site.website import visit
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 3, 2, 22, tzinfo=ZONE)
HOME = "https://contoh.go.id/"
TITLES = tuple(
    f"Pelatihan {what} bagi Warga Kelurahan" for what in ("Batik", "Kopi", "Jahit", "Sablon", "Las")
)
DAYS = tuple(NOW - timedelta(days=3 * number + 1) for number in range(len(TITLES)))
REST = "<p>Warga berkumpul di balai desa untuk membahas rencana kerja bersama lurah.</p>" * 6


def slug(title: str) -> str:
    return title.lower().replace(" ", "-")


def stored(address: str, *, undated: Sequence[int] = (), moved: int = -1) -> dict[str, KnownPost]:
    """What the database holds: posts without a day, or one of another."""
    days = [at - timedelta(days=5 * (n == moved)) for n, at in enumerate(DAYS)]
    posts = [
        KnownPost(
            HOME + address.format(slug=slug(title), n=100 + n), title, None if n in undated else days[n]
        )
        for n, title in enumerate(TITLES)
    ]
    return {post.url.removeprefix(HOME[:-1]): post for post in posts}


def crawl(known: dict[str, KnownPost], address: str):
    rows = "".join(
        f"<li><a href=/{address.format(slug=slug(title), n=100 + n)}>{title}</a> <i>{at:%d-%m-%Y}</i></li>"
        for n, (title, at) in enumerate(zip(TITLES, DAYS, strict=True))
    )
    pages = {HOME: f"<nav><a href=/>Beranda</a></nav><h2>Berita</h2><ul>{rows}</ul>{REST}"}
    window = Window(datetime(2026, 1, 1, tzinfo=ZONE), NOW)
    account = Account(1, "contoh", Channel.WEBSITE, HOME)
    goal = Target(account, window, ZONE, Memory(), frozenset(known), known)

    def answer(fetch):
        body = pages.get(fetch.url, "")
        return Page(fetch, fetch.url, 200 if body else 404, NOW, {"content-type": "text/html"}, body.encode())

    harvest, _ = drive(visit(goal), answer, NOW)
    return harvest


@pytest.mark.parametrize("wrong", [{"undated": [1]}, {"moved": 1}])
def test_the_last_one_goes_by_its_title_where_all_addresses_are_new(wrong):
    known = stored("news/{slug}", **wrong)
    harvest = crawl(known, "2026/03/02/{slug}-{n}.html")
    assert {alias.old for alias in harvest.aliases} == set(known)
    assert len({post.key for post in harvest.posts}) == len(TITLES)


def test_two_are_no_program_and_a_title_alone_joins_nothing():
    known = dict(list(stored("news/{slug}", moved=1).items())[:3])
    harvest = crawl(known, "2026/03/02/{slug}-{n}.html")
    assert {alias.old for alias in harvest.aliases} == {key for key in known if "kopi" not in key}


def test_all_go_by_their_titles_where_the_former_program_told_no_day():
    known = stored("news/{slug}", undated=range(len(TITLES)))
    harvest = crawl(known, "2026/03/02/{slug}-{n}.html")
    assert {alias.old for alias in harvest.aliases} == set(known)
    few = dict(list(known.items())[:2])
    assert not crawl(few, "2026/03/02/{slug}-{n}.html").aliases


def test_a_post_known_under_another_spelling_of_its_address_is_known_again():
    # A home page had shown it in large letters, a feed in small ones (the awkward site 2110275).
    known = stored("news/{slug}")
    first, post = next(iter(known.items()))
    del known[first]
    known["/news/Pelatihan-Batik-Bagi-Warga-Kelurahan"] = post
    harvest = crawl(known, "berita/{slug}.html")
    aliases = {alias.old: alias.key for alias in harvest.aliases}
    assert aliases["/news/Pelatihan-Batik-Bagi-Warga-Kelurahan"] == first
    assert aliases[first] == f"/berita/{slug(TITLES[0])}.html"


def test_a_post_that_is_stored_twice_is_not_deleted_where_its_former_address_is_gone():
    double = stored("berita/{slug}.html")
    known = {**double, **dict(list(stored("news/{slug}").items())[:1])}
    harvest = crawl(known, "berita/{slug}.html")
    assert not harvest.deleted
    assert [(a.old, a.key) for a in harvest.aliases] == [
        (f"/news/{slug(TITLES[0])}", f"/berita/{slug(TITLES[0])}.html")
    ]
