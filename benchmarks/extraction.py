"""Our dates and listings on real pages beside htmldate, trafilatura and newspaper4k, with their time.

Run `python benchmarks/extraction.py`; the corpus is looked for in ../shared/corpus beside the checkout.
It is a development split, looked at while the rules were made: what counts is measured on other pages
(docs/dating.md).
"""

import gzip
import importlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from activity.post import PostDate
from activity.visit import Fetch, Page, Purpose
from crawler.dates import read_date
from crawler.extract.article.post import extract_article
from crawler.extract.lists.listing import extract_listing
from crawler.extract.page.document import parse_document

__all__ = ["main"]

CORPUS = Path(__file__).resolve().parents[1] / ".." / "shared" / "corpus"
ZONE = ZoneInfo("UTC")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
Dater = Callable[[str, bytes], date | None]


def main() -> int:
    """Print every figure; 0 also where the corpus is absent, which is said."""
    if not CORPUS.is_dir():
        print(f"skipped: no corpus at {CORPUS}")
        return 0
    forbid_network()
    print("development split: the rules were made looking at it")
    print_strings()
    for name, dater in daters():
        if isinstance(dater, str):
            print(f"{name:12} skipped: {dater}")
        else:
            print_articles(name, dater)
    print_listings()
    return 0


def forbid_network() -> None:
    """Every tool gets the same bytes and nothing else: none may ask a site for more while it is timed."""

    def refuse(event: str, _: tuple[Any, ...]) -> None:
        if event in {"socket.connect", "socket.getaddrinfo"}:
            raise OSError("The benchmark asks no network.")

    sys.addaudithook(refuse)


def print_strings() -> None:
    zone = ZoneInfo("Asia/Jakarta")
    now = datetime(2024, 3, 15, 14, 30, tzinfo=zone)
    lines = (CORPUS / "id_dates.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    began = time.process_time()
    found = [read_date(row[1], now=now, zone=zone) for row in rows]
    micro = (time.process_time() - began) / len(rows) * 1e6
    right = sum(
        ("" if reading is None else reading.day(zone).isoformat()) == (row[2:] or [""])[0]
        for row, reading in zip(rows, found, strict=True)
    )
    print(f"date strings: {right}/{len(rows)} right, {micro:.0f} µs each")


def daters() -> Iterator[tuple[str, Dater | str]]:
    yield "denyut", date_with_denyut
    for name, module, make in (
        ("htmldate", "htmldate", htmldate_dater),
        ("trafilatura", "trafilatura", trafilatura_dater),
        ("newspaper4k", "newspaper", newspaper_dater),
    ):
        try:
            yield name, make(importlib.import_module(module))
        except ImportError as error:
            yield name, f"not installed here ({error})"


def date_with_denyut(url: str, body: bytes) -> date | None:
    article = extract_article(parse_document(page_of(url, body)), now=NOW, zone=ZONE)
    return own_day(article.date)


def own_day(found: PostDate | None) -> date | None:
    """The day in the page's own zone, which the other tools answer as well."""
    if found is None:
        return None
    try:
        return date.fromisoformat(found.evidence[0].raw[:10])
    except ValueError:
        return found.at.astimezone(ZONE).date()


def htmldate_dater(module: Any) -> Dater:
    def find(url: str, body: bytes) -> date | None:
        found = module.find_date(
            body.decode("utf-8", "replace"), url=url, original_date=True, extensive_search=True
        )
        return None if found is None else date.fromisoformat(found)

    return find


def trafilatura_dater(module: Any) -> Dater:
    def find(url: str, body: bytes) -> date | None:
        metadata = module.extract_metadata(body.decode("utf-8", "replace"), default_url=url)
        return date.fromisoformat(metadata.date[:10]) if metadata is not None and metadata.date else None

    return find


def newspaper_dater(module: Any) -> Dater:
    def find(url: str, body: bytes) -> date | None:
        # Otherwise it loads every picture of every page to measure it.
        article = module.Article(url, fetch_images=False)
        article.download(input_html=body.decode("utf-8", "replace"))
        article.parse()
        return article.publish_date.date() if article.publish_date else None

    return find


def print_articles(name: str, dater: Dater) -> None:
    right = answered = text_only = right_text_only = 0
    took: list[float] = []
    rows = load("articles.jsonl")
    for row in rows:
        found = timed(dater, row, took)
        is_right = found is not None and found.isoformat() in {row["date"], *(row.get("alts") or ())}
        answered += found is not None
        right += is_right
        text_only += row["evidence"] == "text"
        right_text_only += is_right and row["evidence"] == "text"
    undated = load("undated.jsonl")
    invented = sum(timed(dater, row, took) is not None for row in undated)
    print(
        f"{name:12} accuracy {right / len(rows):.3f}  precision {right / max(1, answered):.3f}"
        f"  text only {right_text_only}/{text_only}"
        f"  invented {invented}/{len(undated)}  {1000 * sum(took) / len(took):.1f} ms a page,"
        f" {1000 * max(took):.0f} at worst",
        flush=True,
    )


def timed(dater: Dater, row: dict[str, Any], took: list[float]) -> date | None:
    body = read(row["file"])
    began = time.process_time()
    found = dater(row["url"], body)
    took.append(time.process_time() - began)
    return found


def print_listings() -> None:
    for kind in ("en_", "gov_us_"):
        known = found = right = 0
        took = []
        for row in load("listings.jsonl"):
            if not Path(row["file"]).name.startswith(kind):
                continue
            body = read(row["file"])
            began = time.process_time()
            items = extract_listing(parse_document(page_of(row["url"], body)), now=NOW, zone=ZONE)
            took.append(time.process_time() - began)
            days = {same_address(item.url): own_day(item.date) for item in items}
            for item in row["items"]:
                day = days.get(same_address(item["url"]))
                known += 1
                found += day is not None
                right += day is not None and day.isoformat() == item["date"]
        print(
            f"listings {kind:8} recall {found / known:.3f}  dates right {right / max(1, found):.3f}"
            f"  {1000 * sum(took) / len(took):.1f} ms a page"
        )


def same_address(url: str) -> str:
    return unquote(url).partition("#")[0].rstrip("/").replace("http://", "https://")


def page_of(url: str, body: bytes) -> Page:
    return Page(Fetch(url, Purpose.ARTICLE), url, 200, NOW, {"content-type": "text/html"}, body)


def load(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CORPUS / name).read_text("utf-8").splitlines()]


def read(name: str) -> bytes:
    return gzip.decompress((CORPUS / name).read_bytes())


if __name__ == "__main__":
    sys.exit(main())
