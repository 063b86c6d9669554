"""Days to come: of editing or of an event, or of a post that is up before its day."""

from datetime import UTC, datetime, timedelta

import pytest

from activity.agency import Account, Channel
from activity.testing import drive
from activity.visit import KnownPost, Target, Window
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


def article(title, day):
    told = f"<p class=tanggal>Diposting {day:%d/%m/%Y}</p>"
    return f"<html><body><article><h1>{title}</h1>{told}<p>Isi.</p></article></body></html>"


def notices(days):
    """A list without days; each notice's own page tells its day."""
    links = "".join(
        f"<article><h2><a href=/{slug(n)}>Pengumuman warga nomor {n} hari ini</a></h2><p>Isi.</p></article>"
        for n in days
    )
    pages = {HOME: f"<html><body>{links}</body></html>"}
    pages |= {HOME + slug(n): article(f"Pengumuman warga nomor {n} hari ini", day) for n, day in days.items()}
    return {url: body.encode() for url, body in pages.items()}


def look(pages, now, memory=None, stored=None):
    account = Account(1, "contoh", Channel.WEBSITE, HOME)
    given = {"memory": memory} if memory is not None else {}
    known = stored or {}
    target = Target(
        account,
        Window(datetime(2026, 1, 1, tzinfo=ZONE), now),
        ZONE,
        known=frozenset(known),
        stored=known,
        **given,
    )
    return drive(visit(target), pages, now)[0]


def test_a_notice_that_is_up_before_its_day_comes_in_on_its_day():
    days = {n: (NOW + timedelta(days=4 - 3 * n)).astimezone(ZONE).date() for n in range(9)}
    pages = notices(days)
    first = look(pages, NOW)
    told = {post.title: post.date.at.astimezone(ZONE).date() for post in first.posts if post.date}
    assert sorted(told.values()) == sorted(day for day in days.values() if day <= NOW.astimezone(ZONE).date())
    assert len(first.posts) == len(told)
    known = {p.key: KnownPost(p.url, p.title, p.date.at) for p in first.posts}
    # The same pages to the letter: what waited for its day must not pass for unchanged.
    later = look(pages, NOW + timedelta(days=5), first.memory, known)
    new = {p.date.at.astimezone(ZONE).date() for p in later.posts if p.key not in known and p.date}
    assert new == set(days.values()) - set(told.values())
