"""Cards whose one day is another's than the publication's: of editing or of an event, and so to come."""

from datetime import UTC, datetime, timedelta

import pytest

from activity.agency import Account, Channel
from activity.testing import drive
from activity.visit import Target, Window
from crawler.visits.site.website import visit
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 6, 27, 14, tzinfo=UTC)
HOME = "https://contoh.go.id/"
COUNT = 18
MOMENTS = [NOW - timedelta(days=1 + 4 * n, hours=n % 5) for n in range(COUNT)]
EVENT, EDITED = (
    "<span class='hari'>{day}</span>",
    "<time itemprop='dateModified' datetime='{iso}'>{day}</time>",
)


def slug(number):
    return f"berita/rapat-kerja-warga-ke-{number}/"


def site(day):
    """Cards that show the day three days after each publication; the pages tell the publication."""
    cards, pages = "", {}
    for number, at in enumerate(MOMENTS):
        later = (at + timedelta(days=3)).astimezone(ZONE)
        shown = day.format(day=f"{later:%d/%m/%Y}", iso=later.isoformat())
        cards += (
            f"<article><h2><a href=/{slug(number)}>Rapat kerja warga ke-{number}</a></h2>{shown}</article>"
        )
        head = f"<meta property='article:published_time' content='{at.isoformat()}'>"
        seen = f"<p class='tanggal'>Diposting {at.astimezone(ZONE):%d/%m/%Y %H:%M}</p>"
        pages[HOME + slug(number)] = (
            f"<html><head>{head}</head><body><h1>Rapat ke-{number}</h1>{seen}<p>Isi.</p></body></html>"
        )
    pages[HOME] = f"<html><body>{cards}</body></html>"
    return {url: body.encode() for url, body in pages.items()}


@pytest.mark.parametrize("day", [EVENT, EDITED])
def test_what_a_list_calls_later_is_read_where_its_days_are_none_of_publication(day):
    target = Target(
        Account(1, "contoh", Channel.WEBSITE, HOME), Window(datetime(2026, 1, 1, tzinfo=ZONE), NOW), ZONE
    )
    harvest, _ = drive(visit(target), site(day), NOW)
    found = {post.url: post.date.at.astimezone(ZONE).date() for post in harvest.posts if post.date}
    assert found == {HOME + slug(n): at.astimezone(ZONE).date() for n, at in enumerate(MOMENTS)}
