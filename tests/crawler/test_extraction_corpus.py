"""The figures that extraction must reach on real pages, where those are at hand."""

import gzip
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from activity.post import PostDate
from activity.visit import Fetch, Page, Purpose
from crawler.extract.article import extract_article
from crawler.extract.document import Document, parse_document
from crawler.extract.lists.listing import extract_listing

CORPUS = Path(__file__).parents[2] / ".." / "shared" / "corpus"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside this checkout")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
ZONE = ZoneInfo("UTC")


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


def test_articles() -> None:
    answers = [
        (row, own_day(extract_article(document(row), now=NOW, zone=ZONE).date))
        for row in rows("articles.jsonl")
    ]
    answered = [pair for pair in answers if pair[1] is not None]
    right = [row for row, day in answered if day in {row["date"], *(row.get("alts") or ())}]
    assert len(right) / len(answers) >= 0.97
    assert len(right) / len(answered) >= 0.98


def test_pages_without_a_date_get_none() -> None:
    pages = rows("undated.jsonl")
    invented = [
        row["url"] for row in pages if extract_article(document(row), now=NOW, zone=ZONE).date is not None
    ]
    assert len(invented) / len(pages) <= 0.05


@pytest.mark.parametrize(("kind", "recall"), [("en_", 0.95), ("gov_us_", 0.80)])
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
            known += 1
            found += day is not None
            right += day == item["date"]
    assert found / known >= recall
    assert right / found >= 0.99
