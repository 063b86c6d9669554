"""Lists of the programs that offices run, cut down and in our own words: right with classes and without.

The first comment of a page says when it is read and what must come out: address, title, day of each item.
"""

import json
import random
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from activity.visit import Fetch, Page, Purpose
from crawler.extract.lists.item import Listing
from crawler.extract.lists.listing import read_listing
from crawler.extract.page.document import parse_document
from testkit.zone import JAKARTA as ZONE

PAGES = sorted((Path(__file__).parents[1] / "golden" / "lists").glob("*.html"))
SITE = "https://kelurahan.example"
CLASS = re.compile(r'\sclass="([^"]*)"')


def read(html: str, now: datetime) -> Listing:
    page = Page(Fetch(f"{SITE}/kabar", Purpose.LISTING), f"{SITE}/kabar", 200, now, {}, html.encode())
    return read_listing(parse_document(page), now=now, zone=ZONE)


def load(path: Path) -> tuple[str, dict[str, Any], datetime]:
    html = path.read_text("utf-8")
    truth = json.loads(html[len("<!--") : html.index("-->")])
    return html, truth, datetime.fromisoformat(truth["now"])


def told(listing: Listing) -> list[list[str | None]]:
    return [
        [
            item.url.removeprefix(SITE),
            item.title,
            None if item.date is None else item.date.at.astimezone(ZONE).date().isoformat(),
        ]
        for item in listing.items
        if item.url.startswith((f"{SITE}/b/", f"{SITE}/f/")) and not item.url.endswith("/9")
    ]


def with_odd_classes(html: str) -> str:
    rng = random.Random(1)
    return CLASS.sub(lambda match: f' class="{match[1]} x{rng.getrandbits(32):x}"', html)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_items_are_those_of_the_page(path: Path) -> None:
    html, truth, now = load(path)
    for text in (html, CLASS.sub("", html), with_odd_classes(html)):
        listing = read(text, now)
        assert told(listing) == truth["items"]
        assert all(item.date is None for item in listing.items if item.url.endswith("/9"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_slots_say_what_they_are(path: Path) -> None:
    html, truth, now = load(path)
    listing = read(html, now)
    wanted = {
        "pinned": sum(item.is_pinned for item in listing.items),
        "files": sum(item.is_file for item in listing.items),
        "unreadable": len(listing.unreadable),
        "doubtful": any(slot.is_doubtful for slot in listing.slots),
        "yearless": any(slot.is_yearless for slot in listing.slots),
        "coarse": all(item.date and not item.date.precision.names_a_day for item in listing.items),
        "order": next((slot.order for slot in listing.slots), None),
    }
    assert {name: wanted[name] for name in truth if name in wanted} == {
        name: truth[name] for name in truth if name in wanted
    }


def test_a_slot_keeps_its_key_when_posts_are_added_and_classes_change() -> None:
    html, _, now = load(next(path for path in PAGES if path.stem == "author-link-in-a-list"))
    shorter = html.replace(html[html.index('<div class="entri">') : html.index("/b/2") - 150], "", 1)
    keys = {slot.key for text in (html, shorter, with_odd_classes(html)) for slot in read(text, now).slots}
    assert len(keys) == 1


def test_what_articles_said_of_a_slot_decides() -> None:
    html, _, now = load(next(path for path in PAGES if path.stem == "build-day-everywhere"))
    document = parse_document(
        Page(Fetch(SITE, Purpose.LISTING), f"{SITE}/kabar", 200, now, {}, html.encode())
    )
    [slot] = read_listing(document, now=now, zone=ZONE).slots
    confirmed = read_listing(document, now=now, zone=ZONE, seated=frozenset({slot.key}))
    assert {item.date.evidence[0].where for item in confirmed.items if item.date} == {slot.key}
    html, truth, now = load(next(path for path in PAGES if path.stem == "flat-text"))
    document = parse_document(
        Page(Fetch(SITE, Purpose.LISTING), f"{SITE}/kabar", 200, now, {}, html.encode())
    )
    [slot] = read_listing(document, now=now, zone=ZONE).slots
    without = read_listing(document, now=now, zone=ZONE, unseated=frozenset({slot.key}))
    assert [item.date for item in without.items] == [None] * len(truth["items"])


def test_days_without_a_year_go_on_from_the_page_before() -> None:
    html, truth, now = load(next(path for path in PAGES if path.stem == "no-year-over-new-year"))
    document = parse_document(
        Page(Fetch(SITE, Purpose.LISTING), f"{SITE}/kabar?page=9", 200, now, {}, html.encode())
    )
    earlier = read_listing(document, now=now, zone=ZONE, newest=datetime(2026, 1, 25, tzinfo=ZONE))
    years = [item.date.at.astimezone(ZONE).year for item in earlier.items if item.date is not None]
    assert years == [int(day[:4]) - 1 for _, _, day in truth["items"]]
