"""Articles that all stand behind the same redirect."""

from datetime import UTC, datetime, timedelta

import pytest

from activity.agency import Account, Channel
from activity.testing import drive
from activity.visit import Page, Target, Window
from crawler.visits.site.website import visit
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 3, 2, 14, tzinfo=UTC)
HOME = "https://contoh.go.id/"
COUNT = 12


def slug(number):
    return f"kegiatan-warga-kelurahan-ke-{number}"


def listed(number):
    title = f"Kegiatan warga kelurahan ke {number}"
    return f'<div class="post"><h3><a href="/berita/{slug(number)}">{title}</a></h3></div>'


def article(number):
    day = (NOW - timedelta(days=number)).strftime("%d/%m/%Y")
    text = "<p>Warga kelurahan mengikuti kegiatan ini sejak pagi di balai kota.</p>" * 6
    title = f"Kegiatan warga kelurahan ke {number}"
    return f'<article><h1>{title}</h1><span class="date">{day}</span>{text}</article>'


def crawl(lead, missing=""):
    """Visit a site without dates in its list, whose server leads to `lead(url)`; tells what it asked."""
    pages = {f"{HOME}berita/{slug(number)}": article(number) for number in range(COUNT)}
    hops = []

    def answer(fetch):
        hops.append(fetch.url)
        if fetch.url in {HOME, f"{HOME}berita"}:
            body = f"<h1>Berita</h1>{''.join(map(listed, range(COUNT)))}"
            return Page(fetch, fetch.url, 200, NOW, headers={"content-type": "text/html"}, body=body.encode())
        bare = fetch.url.replace("https://www.", "https://").rstrip("/")
        if bare not in pages or fetch.url == missing:
            return Page(fetch, fetch.url, 404, NOW)
        final = lead(f"{HOME}berita/{bare.rpartition('/')[2]}")
        if fetch.url != final:
            hops.append(final)
        body = pages[bare].encode()
        return Page(fetch, final, 200, NOW, headers={"content-type": "text/html"}, body=body)

    window = Window(datetime(2026, 1, 1, tzinfo=ZONE), NOW)
    harvest, _ = drive(visit(Target(Account(1, "contoh", Channel.WEBSITE, HOME), window, ZONE)), answer, NOW)
    return harvest, [url for url in hops if "/berita/kegiatan" in url]


@pytest.mark.parametrize(
    "lead",
    [
        lambda url: f"{url}/",
        lambda url: url.replace("//", "//www."),
        lambda url: f"{url}/".replace("//", "//www.", 1),
    ],
)
def test_a_redirect_of_all_articles_is_asked_three_times_only(lead):
    harvest, asked = crawl(lead)
    assert len(harvest.posts) == COUNT
    assert len(asked) == COUNT + 3
    assert {post.key for post in harvest.posts} == {f"/berita/{slug(number)}" for number in range(COUNT)}


def test_where_the_straight_address_is_not_there_the_first_one_is_asked():
    gone = f"{HOME}berita/{slug(7)}/"
    harvest, asked = crawl(lambda url: url if slug(7) in url else f"{url}/", missing=gone)
    assert len(harvest.posts) == COUNT
    assert gone in asked


def test_an_article_that_leads_elsewhere_teaches_nothing():
    harvest, asked = crawl(lambda url: f"{url}/" if int(url.rpartition("-")[2]) % 2 else url)
    assert len(harvest.posts) == COUNT
    assert len(asked) == COUNT + COUNT // 2
