"""Ages in words whose day stands under the pointer: lists and articles of many programs."""

from datetime import datetime, timedelta

import pytest

from activity.visit import Fetch, Page, Purpose
from crawler.dates.hint import is_whole_date
from crawler.extract.article.post import extract_article
from crawler.extract.lists.listing import extract_listing
from crawler.extract.page.document import parse_document
from samplecity.almanac import MONTHS
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 6, 27, 23, 30, tzinfo=ZONE)
AGES = (1, 5, 9, 13, 22, 35, 66, 101)


def day(at: datetime) -> str:
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}"


# How a program writes the age, and what stands under the pointer: by Rails, Laravel, Discourse, Trac,
# phpBB, Bootstrap's and others' tooltips.
FORMS = {
    "abbr, and the word behind it": lambda at, age: (
        f'<abbr title="{at:%d-%m-%Y %H:%M}">{age}</abbr> yang lalu'
    ),
    "Indonesian day": lambda at, age: f'<span title="{day(at)}">{age} yang lalu</span>',
    "zone": lambda at, age: f'<small title="{day(at)} pukul {at:%H.%M} WITA">{age} lalu</small>',
    "English month, no word at all": lambda at, age: (
        f'<span class="relative-date" title="{at:%B} {at.day}, {at.year} {at:%I:%M} {at:%p}">{age}</span>'
    ),
    "Bootstrap": lambda at, age: (
        f'<span data-bs-toggle="tooltip" data-bs-title="{at:%d/%m/%Y %H:%M:%S}">{age} yang lalu</span>'
    ),
    "month first": lambda at, age: f'<span title="{at:%m/%d/%Y, %H:%M}">{age} yang lalu</span>',
    "a program's own": lambda at, age: f'<span title="{at:%Y-%m-%d %H:%M:%S}">{age}</span>',
    "words before it": lambda at, age: (
        f'<a class="timeline" href="/timeline?from={at:%Y-%m-%dT%H}%3A00"'
        f' title="See timeline at {at:%b} {at.day}, {at.year}, {at:%I:%M:%S} {at:%p}">{age} yang lalu</a>'
    ),
    "words before it, no word behind": lambda at, age: (
        f'<span title="Diterbitkan pada {day(at)} pukul {at:%H.%M}">{age}</span>'
    ),
    "a list's own item": lambda at, age: f'<ul><li title="{day(at)}, {at:%H.%M}"><i></i> {age}</li></ul>',
    "the read aloud": lambda at, age: f'<span aria-label="{at:%a, %d %b %Y %H:%M}">sekitar {age}</span>',
}


def page_of(body: str, purpose: Purpose = Purpose.LISTING) -> Page:
    html = f"<!doctype html><html lang=id><head><title>Kantor Lurah</title></head><body>{body}</body></html>"
    fetch = Fetch(f"https://kel.example/{purpose}/5-kerja-bakti", purpose)
    headers = {"content-type": "text/html; charset=utf-8"}
    return Page(fetch, fetch.url, 200, NOW, headers, html.encode())


@pytest.mark.parametrize("form", FORMS)
def test_a_list_of_ages_has_the_days_under_the_pointer(form):
    moments = [NOW - timedelta(days=age, hours=6) for age in AGES]
    words = [f"{age} hari" if age < 30 else f"{age // 30} bulan" for age in AGES]
    cards = [
        f"<article><h3><a href='/berita/{n}-kerja-bakti-warga'>Kerja bakti warga RW {n}</a></h3>"
        f"<p>Ditambahkan oleh <a href='/orang/1'>Admin Kelurahan</a> {FORMS[form](at, age)}</p>"
        f"<p>Undangan bagi warga pada 5 Juli 2026 di balai.</p></article>"
        for n, (at, age) in enumerate(zip(moments, words, strict=True))
    ]
    items = extract_listing(parse_document(page_of("".join(cards))), now=NOW, zone=ZONE)
    days = [item.date.at.astimezone(ZONE).date() if item.date else None for item in items]
    assert days == [at.date() for at in moments]
    assert all(item.date is not None and item.date.precision.names_a_day for item in items)


@pytest.mark.parametrize("form", [name for name in FORMS if name != "month first"])
def test_an_article_tells_the_day_under_the_pointer(form):
    at = NOW - timedelta(days=66, hours=6)
    byline = f"<p class=author>Ditambahkan oleh Admin {FORMS[form](at, '2 bulan')}</p>"
    story = "<p>Warga membersihkan drainase bersama perangkat kantor sejak pagi, Kamis (16/4/2026) lalu.</p>"
    body = f"<main><h1>Kerja bakti warga RW 5</h1>{byline}<div>{story}</div></main>"
    article = extract_article(parse_document(page_of(body, Purpose.ARTICLE)), now=NOW, zone=ZONE)
    assert article.date is not None
    assert article.date.at.astimezone(ZONE).date() == at.date()
    assert article.date.precision.names_a_day


@pytest.mark.parametrize(
    "title",
    ["Rapat 26 Juni 2026", "Pos yang terbit pada 26 Juni 2026", "26 Juni", "Arsip Juni 2026", "12.04.2026.5"],
)
def test_other_words_under_the_pointer_are_no_day(title):
    assert not is_whole_date(title)


@pytest.mark.parametrize(
    "title",
    [
        "Terakhir diubah 12 April 2026 pukul 09.00",
        "Rapat warga pada 12 April 2026",
        "Agenda nomor 5 pada 12 April 2026 09.00",
    ],
)
def test_what_is_said_of_an_edit_or_an_event_is_no_day_of_an_age(title):
    byline = f"<p class=author>Ditambahkan oleh Admin <span title='{title}'>2 bulan yang lalu</span></p>"
    body = (
        f"<main><h1>Kerja bakti warga RW 5</h1>{byline}<div><p>Warga membersihkan drainase.</p></div></main>"
    )
    article = extract_article(parse_document(page_of(body, Purpose.ARTICLE)), now=NOW, zone=ZONE)
    assert article.date is None or not article.date.precision.names_a_day
