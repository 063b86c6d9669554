"""Record a website as a golden case: python tests/golden/record_website.py NAME URL SINCE ZONE [AS-IF-URL]

Visits the address once and writes tests/golden/website/NAME: every page that was asked, and what
the visit was told. The expected posts are written by the first run of the test, which then fails
until a person has read them. AS-IF-URL replaces the address in pages recorded from a machine of one's own.
"""

import argparse
import json
from collections.abc import Generator
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path
from zoneinfo import ZoneInfo

from activity.agency import Account, Channel
from activity.visit import Fetch, Harvest, Page, Target, Visit, Window
from crawler.drive.guard import Guard
from crawler.probe import probe
from crawler.visits.site.website import visit

ROOT = Path(__file__).parent / "website"
KEPT_HEADERS = ("content-type", "link", "x-wp-total", "x-wp-totalpages")


def recording(inner: Visit, pages: list[Page]) -> Generator[Fetch, Page, Harvest]:
    """The same visit; every page that it is sent is kept."""
    try:
        fetch = next(inner)
        while True:
            page = yield fetch
            pages.append(page)
            fetch = inner.send(page)
    except StopIteration as stop:
        harvest: Harvest = stop.value
        return harvest


def save(folder: Path, pages: list[Page], case: dict[str, str], origin: str) -> None:
    """Write one body a file and an index of addresses beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    index = []
    for number, page in enumerate(pages):
        name = f"{number:02}.body"
        body = page.body.replace(origin.rstrip("/").encode(), case["address"].rstrip("/").encode())
        (folder / name).write_bytes(body)
        url = page.fetch.url.replace(origin, case["address"])
        kept = {key: page.headers[key] for key in KEPT_HEADERS if key in page.headers}
        index.append({"url": url, "status": page.status, "headers": kept, "body": name})
    (folder / "case.json").write_text(json.dumps({**case, "pages": index}, indent=1) + "\n")


def main() -> None:
    """Read the arguments, visit, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("name", "url", "since", "zone"):
        parser.add_argument(name)
    parser.add_argument("as_if", nargs="?")
    parser.add_argument("--now", default=datetime.now(UTC).isoformat())
    given = parser.parse_args()
    zone = ZoneInfo(given.zone)
    now = datetime.fromisoformat(given.now)
    since = datetime.fromisoformat(given.since).replace(tzinfo=zone)
    target = Target(Account(1, given.name, Channel.WEBSITE, given.url), Window(since, now), zone)
    pages: list[Page] = []
    guard = Guard((ip_network("127.0.0.0/8"),))
    probe(target, recording(visit(target), pages), guard=guard, user_agent="Denyut", clock=lambda: now)
    case = {
        "address": given.as_if or given.url,
        "now": now.isoformat(),
        "since": since.isoformat(),
        "zone": given.zone,
    }
    save(ROOT / given.name, pages, case, given.url)


if __name__ == "__main__":
    main()
