"""The figures that extraction must reach on real pages, where those are at hand."""

import gzip
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

from activity.post import PostDate
from activity.visit import Fetch, Page, Purpose
from crawler.extract.article.post import extract_article
from crawler.extract.lists.listing import extract_listing
from crawler.extract.page.document import Document, parse_document
from testkit.zone import JAKARTA

CORPUS = Path(__file__).parents[2] / ".." / "shared" / "corpus"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside this checkout")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
ZONE = ZoneInfo("UTC")
# When the lists of `systems` were read: one header's clock shows the day before.
LISTED = datetime(2026, 11, 29, 3, 0, tzinfo=UTC)


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CORPUS / name).read_text("utf-8").splitlines()]


def document(row: dict[str, Any]) -> Document:
    body = gzip.decompress((CORPUS / row["file"]).read_bytes())
    return parse_document(Page(Fetch(row["url"], Purpose.ARTICLE), row["url"], 200, NOW, {}, body))


def own_day(found: PostDate | None) -> str | None:
    """The day in the page's own zone, which is what the truth states."""
    if found is None:
        return None
    try:
        return date.fromisoformat(found.evidence[0].raw[:10]).isoformat()
    except ValueError:
        return found.at.date().isoformat()


@pytest.mark.parametrize(("evidence", "least"), [("struct", 0.97), ("text", 0.95)])
def test_articles(evidence: str, least: float) -> None:
    answers = [
        (row, own_day(extract_article(document(row), now=NOW, zone=ZONE).date))
        for row in rows("articles.jsonl")
        if row["evidence"] == evidence
    ]
    answered = [pair for pair in answers if pair[1] is not None]
    right = [row for row, day in answered if day in {row["date"], *(row.get("alts") or ())}]
    assert len(right) / len(answers) >= least
    assert len(right) / len(answered) >= 0.99


def systems() -> list[Path]:
    return sorted(CORPUS.glob("systems/*/article*.html"))


@pytest.mark.parametrize("path", systems(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_articles_of_the_programs_that_offices_run(path: Path) -> None:
    """Their own day and title; where a program hides the day, none, and the dateline instead."""
    zone = JAKARTA
    now = datetime(2026, 11, 28, 20, 0, tzinfo=zone)
    listed = json.loads((path.parent / "pages.json").read_text("utf-8"))
    url = next(page["url"] for page in listed if page["file"] == path.name)
    known = [json.loads(line) for line in (path.parent / "truth.jsonl").read_text("utf-8").splitlines()]
    truth = next(
        row for row in known if urlsplit(row["url"]).path == urlsplit(url).path.replace("/index.php", "")
    )
    page = Page(Fetch(url, Purpose.ARTICLE), url, 200, now, {}, path.read_bytes())
    article = extract_article(parse_document(page), now=now, zone=zone)
    assert article.title == truth["title"]
    if path.parent.name == "joomla3-nodate":
        assert article.date is None
        assert article.dateline is not None
        assert article.dateline.at.date().isoformat() <= truth["published_at"][:10]
    else:
        assert article.date is not None
        assert article.date.at.astimezone(zone).date().isoformat() == truth["published_at"][:10]


def test_pages_without_a_date_get_none() -> None:
    pages = rows("undated.jsonl")
    invented = [
        row["url"] for row in pages if extract_article(document(row), now=NOW, zone=ZONE).date is not None
    ]
    assert len(invented) / len(pages) <= 0.05


@pytest.mark.parametrize(("kind", "recall"), [("en_", 0.99), ("gov_us_", 0.99)])
def test_listings(kind: str, recall: float) -> None:
    known = found = right = 0
    for row in rows("listings.jsonl"):
        if not Path(row["file"]).name.startswith(kind):
            continue
        days = {
            item.url.rstrip("/"): own_day(item.date)
            for item in extract_listing(document(row), now=NOW, zone=ZONE)
        }
        for item in row["items"]:
            day = days.get(item["url"].replace(" ", "%20").partition("#")[0].rstrip("/"))
            known += item["date"] is not None
            found += day is not None
            right += day is not None and day == item["date"]
    assert found / known >= recall
    assert right == found


# How many records show their day on the list pages at hand; two programs hide it there.
SHOWN = {
    "drupal7-idfmt": 45,
    "joomla3": 28,
    "joomla3-list-none": 0,
    "joomla3-nodate": 0,
    "lokomedia": 91,
    "opensid22-klasik": 120,
    "opensid2410-natra": 52,
    "popoji": 54,
    "sekolahku": 22,
}


@pytest.mark.parametrize("system", SHOWN)
def test_lists_of_the_programs_that_offices_run(system: str) -> None:
    folder, zone = CORPUS / "systems" / system, JAKARTA
    known = [json.loads(line) for line in (folder / "truth.jsonl").read_text("utf-8").splitlines()]
    truth = {urlsplit(row["url"]).path: row for row in known}
    shown = 0
    for listed in json.loads((folder / "pages.json").read_text("utf-8")):
        if "html" not in listed["type"] or listed["file"].startswith("article"):
            continue
        page = Page(
            Fetch(listed["url"], Purpose.LISTING), listed["url"], 200, LISTED,
            {}, (folder / listed["file"]).read_bytes(),
        )  # fmt: skip
        for item in extract_listing(parse_document(page), now=LISTED, zone=zone):
            row = truth.get(urlsplit(item.url).path.replace("/index.php", ""))
            if row is None:
                continue
            assert item.title == row["title"]
            if item.date is not None:
                shown += 1
                assert item.date.at.astimezone(zone).date().isoformat() == row["published_at"][:10]
    assert shown == SHOWN[system]
