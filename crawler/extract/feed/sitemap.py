"""Sitemaps and sitemap indexes: addresses only; `lastmod` hints, it never dates."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from lxml import etree

from activity.errors import UnparsableError
from activity.post import DateEvidence, EvidenceKind, PostDate
from activity.visit import Page
from crawler.dates import read_machine_date
from crawler.extract.feed.item import plain_text
from crawler.extract.page.key import join_address
from crawler.extract.page.xml import child_text, local_name, parse_xml, unpack

__all__ = ["Sitemap", "SitemapEntry", "extract_sitemap"]

MAX_ENTRIES = 50_000
_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """One address of a sitemap.

    Attributes:
        modified: the latest moment `lastmod` can mean; a post is never younger than its last change.
        title: from a news sitemap, else empty.
        date: from a news sitemap's `publication_date`, else None.
    """

    url: str
    modified: datetime | None = None
    title: str = ""
    date: PostDate | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap's pages, or the sitemaps that an index names.

    Attributes:
        dropped: how many it names by what is no address.
    """

    entries: tuple[SitemapEntry, ...] = ()
    children: tuple[SitemapEntry, ...] = ()
    dropped: int = 0


def extract_sitemap(page: Page, *, now: datetime, zone: ZoneInfo) -> Sitemap:
    """Read an XML sitemap, an index, or a plain list of addresses, gzipped or not.

    Raises UnparsableError for anything else.
    """
    try:
        root = parse_xml(page.body)
    except UnparsableError:
        return _read_plain(page)
    name = local_name(root)
    if name == "sitemapindex":
        children, dropped = _read_entries(root, "sitemap", page.url, now, zone)
        return Sitemap(children=children, dropped=dropped)
    if name == "urlset":
        entries, dropped = _read_entries(root, "url", page.url, now, zone)
        return Sitemap(entries=entries, dropped=dropped)
    raise UnparsableError(f"{page.url} is not a sitemap.")


def _read_plain(page: Page) -> Sitemap:
    lines = unpack(page.body).decode("utf-8", "replace").split()
    if not lines or not all(_ADDRESS.fullmatch(line) for line in lines):
        raise UnparsableError(f"{page.url} is not a sitemap.")
    found = [join_address(page.url, line) for line in lines[:MAX_ENTRIES]]
    entries = tuple(SitemapEntry(url) for url in found if url is not None)
    return Sitemap(entries=entries, dropped=len(found) - len(entries))


def _read_entries(
    root: etree._Element, wanted: str, base: str, now: datetime, zone: ZoneInfo
) -> tuple[tuple[SitemapEntry, ...], int]:
    """Entries, and how many more there are whose address cannot be opened."""
    entries: list[SitemapEntry] = []
    dropped = 0
    for element in root:
        if local_name(element) != wanted:
            continue
        try:
            url = join_address(base, child_text(element, "loc"))
            entry = None if url is None else _read_entry(element, url, base, now, zone)
        except ValueError:  # letters that its own charset does not know
            entry = None
        if entry is None:
            dropped += 1
        else:
            entries.append(entry)
        if len(entries) >= MAX_ENTRIES:
            break
    return tuple(entries), dropped


def _read_entry(
    element: etree._Element, url: str, source: str, now: datetime, zone: ZoneInfo
) -> SitemapEntry:
    hint = read_machine_date(child_text(element, "lastmod")[:100], now=now, zone=zone)
    # A bare day leaves the hour and the server's zone open.
    modified = hint.at + timedelta(days=1 if hint.precision.names_a_day else 31) if hint else None
    for child in element:
        if local_name(child) == "news":
            date = _read_news_date(child_text(child, "publication_date")[:100], source, now, zone)
            return SitemapEntry(url, modified, plain_text(child_text(child, "title")), date)
    return SitemapEntry(url, modified)


def _read_news_date(raw: str, source: str, now: datetime, zone: ZoneInfo) -> PostDate | None:
    reading = read_machine_date(raw, now=now, zone=zone)
    if reading is None:
        return None
    evidence = DateEvidence(
        EvidenceKind.NEWS_SITEMAP, "news:publication_date", raw, reading.at, reading.precision, source
    )
    return PostDate(reading.at, reading.precision, (evidence,))
