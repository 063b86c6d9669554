"""Posts of one name in two sections stay two: only a number of a post's own says that it is one."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from activity.agency import Account, Channel
from activity.testing import drive
from activity.visit import Page, Target, Window
from crawler.visits.site.website import visit
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 3, 2, 14, tzinfo=UTC)
SINCE = datetime(2026, 1, 1, tzinfo=ZONE)
WORDS = ("Panen", "Lomba", "Pasar", "Senam", "Arisan", "Pawai", "Donor")
NEWS = {
    f"{word} warga kelurahan di lapangan": NOW - timedelta(days=2 + 3 * n) for n, word in enumerate(WORDS)
}
NOTES = {title: at - timedelta(days=1) for title, at in NEWS.items()}
MENU = '<a href="/kabar">Kabar</a> <a href="/pengumuman">Pengumuman</a>'


def cards(folder, posts):
    return "".join(
        f'<article><h3><a href="{folder}/{title.lower().replace(" ", "-")}-2026">{title}</a></h3>'
        f"<span class=tgl>{at:%d/%m/%Y}</span></article>"
        for title, at in posts.items()
    )


def read(pages):
    def respond(fetch):
        body = pages.get(urlsplit(fetch.url).path, "").encode()
        return Page(fetch, fetch.url, 200 if body else 404, NOW, body=body)

    goal = Target(Account(1, "contoh", Channel.WEBSITE, "https://contoh.go.id/"), Window(SINCE, NOW), ZONE)
    harvest, _ = drive(visit(goal), respond, NOW)
    return sorted(
        (post.title, f"{post.date.at.astimezone(ZONE):%d/%m/%Y}") for post in harvest.posts if post.date
    )


def test_a_year_behind_a_title_is_no_number_of_a_post():
    found = read(
        {
            "/": f"<nav>{MENU}</nav><p>Selamat datang</p>",
            "/kabar": cards("/kabar", NEWS),
            "/pengumuman": cards("/pengumuman/arsip", NOTES),
        }
    )
    assert found == sorted((title, f"{at:%d/%m/%Y}") for each in (NEWS, NOTES) for title, at in each.items())
