"""Small pages, each one kind of trouble with a post's date: tests/golden/articles.

The first comment of a page tells its address, the moment and zone in which it is read, and what must
come out: a day or `none`, then perhaps `contested`, then perhaps `dateline` and that one's day.
"""

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from activity.post import DateEvidence, EvidenceKind, PostDate
from activity.visit import Fetch, Page, Purpose
from crawler.dates import read_date
from crawler.extract.article.post import Article, extract_article
from crawler.extract.page.document import parse_document
from testkit.zone import JAKARTA

PAGES = Path(__file__).parents[1] / "golden" / "articles"
HEAD = re.compile(r"<!-- url: (\S+) \| now: (\S+) (\S+) \| expected: (.*?) \| ")


def read(path: Path, *, thorough: bool = False) -> tuple[Article, str, ZoneInfo]:
    html = path.read_text("utf-8")
    head = HEAD.match(html)
    assert head is not None
    now, zone = datetime.fromisoformat(head[2]), ZoneInfo(head[3])
    page = Page(Fetch(head[1], Purpose.ARTICLE), head[1], 200, now, {}, html.encode())
    return extract_article(parse_document(page), now=now, zone=zone, thorough=thorough), head[4], zone


def describe(article: Article, zone: ZoneInfo) -> str:
    def day(date: PostDate | DateEvidence) -> str:
        return date.at.astimezone(zone).date().isoformat()

    told = "none" if article.date is None else day(article.date)
    contested = " contested" if article.date is not None and article.date.contested else ""
    dateline = "" if article.dateline is None else f" dateline {day(article.dateline)}"
    return told + contested + dateline


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.html")), ids=lambda path: path.stem)
def test_a_page_gives_its_day_or_none(path: Path) -> None:
    article, expected, zone = read(path)
    told = describe(article, zone)
    assert told == expected or told.partition(" dateline")[0] == expected


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.html")), ids=lambda path: path.stem)
def test_a_thorough_reading_changes_no_day(path: Path) -> None:
    quick, thorough = read(path)[0], read(path, thorough=True)[0]
    assert (quick.date and quick.date.at) == (thorough.date and thorough.date.at)


def test_a_dateline_is_a_witness_of_its_own_kind() -> None:
    article, _, _ = read(PAGES / "system-dateline-only.html")
    assert article.dateline is not None
    assert article.dateline.kind is EvidenceKind.DATELINE


def strings() -> list[tuple[str, str]]:
    lines = (PAGES / "strings.tsv").read_text("utf-8").splitlines()
    pairs = (line.partition("\t") for line in lines if line and not line.startswith("#"))
    return [(text, expected) for text, _, expected in pairs]


@pytest.mark.parametrize(("text", "expected"), strings())
def test_hr_is_a_day_and_mnt_a_minute(text: str, expected: str) -> None:
    zone = JAKARTA
    now = datetime(2024, 3, 15, 14, 30, tzinfo=zone)
    reading = read_date(text, now=now, zone=zone)
    assert reading is not None
    if expected:
        assert reading.day(zone).isoformat() == expected
    else:
        same = read_date(text.replace("hr", "hari").replace("yg", "yang"), now=now, zone=zone)
        assert same is not None
        assert (reading.at, reading.precision) == (same.at, same.precision)
