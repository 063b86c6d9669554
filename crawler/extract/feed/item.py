"""One item of a feed, as it states itself: addresses, identity, every date by its field's name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from lxml import etree

from activity.post import DateEvidence, EvidenceKind
from crawler.dates import read_machine_date
from crawler.extract.page.charset import unescape
from crawler.extract.page.key import join_address
from crawler.extract.page.xml import local_name

__all__ = ["PUBLISHED", "FeedItem", "FeedSource", "clean_text", "plain_text", "read_element", "read_object"]

# Fields that tell a publication, the surest first; `created` is what Atom 0.3 has where it was never issued.
PUBLISHED: Final = ("pubdate", "published", "issued", "date_published", "date", "created")
_EDITED: Final = ("updated", "modified", "date_modified", "lastmod")
_TAG: Final = re.compile(r"<[^<>]*+>")
_MOST_LABELS: Final = 50
# A title's letters; no headline is as long with its markup and its pictures.
_MOST_MARKUP: Final = 20_000


@dataclass(frozen=True, slots=True)
class FeedItem:
    """What one item says of itself.

    Attributes:
        url: its link, absolute and with its fragment, or its guid where that is an address; else empty.
        guid: the program's own name for it (`guid`, `id`), as written.
        permalink: whether the guid claims to be the item's address.
        dates: every date that can be read, publication before edits; `where` is the field's name.
        key: of its post within the account; empty where it gave none.
    """

    url: str
    title: str
    guid: str = ""
    permalink: bool = False
    dates: tuple[DateEvidence, ...] = ()
    labels: tuple[str, ...] = ()
    key: str = ""

    @property
    def published(self) -> tuple[DateEvidence, ...]:
        """What it says of its publication, the surest field first."""
        return tuple(date for date in self.dates if date.where in PUBLISHED)


@dataclass(frozen=True, slots=True)
class FeedSource:
    """Where and when a feed was read."""

    url: str
    now: datetime
    zone: ZoneInfo


def plain_text(markup: str) -> str:
    """Read a title without tags and entities, on one line, at most 500 characters."""
    words = _TAG.sub("", unescape(markup[:_MOST_MARKUP]))
    return clean_text(" ".join(unescape(words).split())[:500])


def clean_text(text: str) -> str:
    """Drop half characters and NUL, which no database takes."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")


def read_element(element: etree._Element, source: FeedSource) -> FeedItem:
    """Read an `item` or `entry`; its address is empty where none is stated that could be opened."""
    texts: dict[str, str] = {}
    labels: list[str] = []
    links: list[str] = []
    for child in element:
        name = local_name(child)
        if not name:  # a comment, an instruction to a program
            continue
        text = "".join(child.itertext()).strip()
        if name == "category" and len(labels) < _MOST_LABELS:
            labels.append(clean_text(child.get("term") or text))
        elif name == "link" and child.get("rel", "alternate") == "alternate":
            links.append((child.get("href") or text).strip())
        elif name == "guid":
            texts.setdefault("permalink", child.get("isPermaLink", "true").strip().lower())
        if text:
            texts.setdefault(name, text)
    guid = texts.get("guid") or texts.get("id") or ""
    # FeedBurner's own links only count clicks.
    stated = [texts.get("origlink", ""), *links]
    return FeedItem(
        _pick_address(stated, guid, texts.get("permalink", "true") == "true", element, source),
        plain_text(texts.get("title", "")),
        clean_text(guid)[:500],
        texts.get("permalink", "false") == "true",
        _read_dates(texts, source),
        tuple(labels),
    )


def read_object(item: Mapping[str, Any], source: FeedSource) -> FeedItem:
    """Read an item of a JSON Feed."""
    texts = {str(name): value for name, value in item.items() if isinstance(value, str)}
    if isinstance(item.get("id"), int):
        texts["id"] = str(item["id"])
    guid = texts.get("id", "")
    urls = [texts.get("url", ""), texts.get("external_url", ""), guid if _is_address(guid) else ""]
    found = (join_address(source.url, url) for url in urls if url)
    labels = item.get("tags")
    return FeedItem(
        next((url for url in found if url is not None), ""),
        plain_text(texts.get("title", "")),
        clean_text(guid)[:500],
        dates=_read_dates(texts, source),
        labels=tuple(clean_text(str(each)) for each in labels[:_MOST_LABELS])
        if isinstance(labels, list)
        else (),
    )


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://", "/"))


def _pick_address(
    stated: Sequence[str], guid: str, permalink: bool, element: etree._Element, source: FeedSource
) -> str:
    addresses = [each for each in stated if each]
    if not addresses and permalink and guid.startswith("http"):
        addresses = [guid]
    for address in addresses:
        url = join_address(_base_of(element, source.url), address)
        if url is not None:
            return url
    return ""


def _base_of(element: etree._Element, url: str) -> str:
    """What relative links start from: the feed's address, or what `xml:base` makes of it."""
    try:
        stated = element.base
    except ValueError:
        return url
    return (join_address(url, stated) if stated else None) or url


def _read_dates(texts: Mapping[str, str], source: FeedSource) -> tuple[DateEvidence, ...]:
    return tuple(_iterate_dates(texts, source))


def _iterate_dates(texts: Mapping[str, str], source: FeedSource) -> Iterator[DateEvidence]:
    for name in (*PUBLISHED, *_EDITED):
        raw = clean_text(texts.get(name, ""))[:200]
        reading = read_machine_date(raw, now=source.now, zone=source.zone, future_ok=True) if raw else None
        if reading is not None:
            yield DateEvidence(EvidenceKind.FEED, name, raw, reading.at, reading.precision, source.url)
