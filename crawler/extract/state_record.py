"""The objects in a page's or an API's JSON that describe posts: name, address and moment."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from activity.post import DateEvidence, EvidenceKind, PostDate
from crawler.dates import read_machine_date

__all__ = ["StateRecord", "find_objects", "find_records", "read_record_date"]

MAX_DEPTH = 12
MAX_ITEMS = 5_000
# Names without case, "_" and "-", the surest first.
_TITLES: Final = ("title", "judul", "headline", "name", "nama", "juduls", "judulberita")
_DATES: Final = (
    *(
        "publishedat",
        "datepublished",
        "published",
        "publishdate",
        "publishedon",
        "publicationdate",
        "pubdate",
    ),
    *("firstpublishedat", "tanggalterbit", "tglterbit", "tanggalpublish", "tanggalpublikasi", "terbit"),
    *("date", "tanggal", "tgl", "tanggalposting", "tglposting", "postedat", "posted", "waktu", "displaydate"),
    *("createdat", "created", "createddate", "tanggaldibuat", "timestamp"),
)
_LINKS: Final = ("url", "link", "permalink", "href", "path", "uri")
_NAMES: Final = ("slug", "id", "_id")
_NEWS: Final = re.compile(
    r"berita|news|artikel|articles?|posts?|blogs?|kabar|warta|kegiatan|pengumuman|agenda|informasi|publikasi",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class StateRecord:
    """One object that looks like a post.

    Attributes:
        address: as it states it, empty where it states none.
        names: its slug and ids, by name.
        folder: the word for news nearest above it, such as `berita` of `{"berita": {"items": [...]}}`.
    """

    title: str
    date: PostDate
    address: str
    names: Mapping[str, str]
    folder: str

    def resolve(self, base: str, templates: Mapping[str, str], links: Mapping[str, str]) -> str | None:
        """Its absolute address; None where nothing tells it.

        Args:
            templates: how the scripts begin an address before a `slug` or an `id`.
            links: the page's own links by their last segment.
        """
        if self.address:
            return urljoin(base, self.address)
        for name, value in self.names.items():
            if name in templates:
                return urljoin(base, f"{templates[name]}{value}")
        slug = self.names.get("slug", "")
        if slug in links:
            return links[slug]
        folder = self.folder or _news_folder(base)
        return urljoin(base, f"/{folder}/{slug}") if slug and folder else None


def find_records(data: Any, source: str, now: datetime, zone: ZoneInfo) -> Iterator[StateRecord]:
    """Every object of a list that has a title and a moment; a post is one of many alike."""
    for item, folder in _listed(data, "", MAX_DEPTH):
        record = _read_record(item, folder, source, now, zone)
        if record is not None:
            yield record


def find_objects(data: Any, source: str, now: datetime, zone: ZoneInfo) -> Iterator[StateRecord]:
    """Every object with a title and a moment that stands alone, as an article's own does."""
    for item in _alone(data, MAX_DEPTH):
        record = _read_record(item, "", source, now, zone)
        if record is not None:
            yield record


def read_record_date(item: Mapping[str, Any], source: str, now: datetime, zone: ZoneInfo) -> PostDate | None:
    """The moment of publication that an object states, as text or as seconds or milliseconds since 1970."""
    for name in _DATES:
        raw = item.get(name)
        if isinstance(raw, bool) or not isinstance(raw, str | int | float):
            continue
        text = raw if isinstance(raw, str) else str(int(raw))
        reading = read_machine_date(text, now=now, zone=zone, future_ok=True)
        if reading is not None:
            evidence = DateEvidence(EvidenceKind.API, name, text, reading.at, reading.precision, source)
            return PostDate(reading.at, reading.precision, (evidence,))
    return None


def _read_record(
    item: Mapping[str, Any], folder: str, source: str, now: datetime, zone: ZoneInfo
) -> StateRecord | None:
    named = {re.sub(r"(?<=.)[_-]", "", str(name)).lower(): value for name, value in item.items()}
    title = _first(named, _TITLES)
    date = read_record_date(named, source, now, zone) if title else None
    if date is None:
        return None
    names = {name: str(named[name]) for name in _NAMES if isinstance(named.get(name), str | int)}
    return StateRecord(title, date, _first(named, _LINKS), names, folder)


def _first(item: Mapping[str, Any], names: tuple[str, ...]) -> str:
    for name in names:
        value = item.get(name)
        # WordPress and its likes wrap texts: {"rendered": "..."}.
        value = value.get("rendered") if isinstance(value, dict) else value
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _listed(data: Any, folder: str, depth: int) -> Iterator[tuple[Mapping[str, Any], str]]:
    if depth == 0:
        return
    if isinstance(data, dict):
        for name, value in data.items():
            yield from _listed(value, name if _NEWS.fullmatch(str(name)) else folder, depth - 1)
    elif isinstance(data, list):
        for value in data[:MAX_ITEMS]:
            if isinstance(value, dict):
                yield value, folder
            yield from _listed(value, folder, depth - 1)


def _alone(data: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth and isinstance(data, dict):
        for value in data.values():
            if isinstance(value, dict):
                yield value
                yield from _alone(value, depth - 1)


def _news_folder(base: str) -> str:
    """The folder of news in an API's own address: `berita` of `/api/v1/berita?page=2`."""
    segments = [segment for segment in urlsplit(base).path.split("/") if segment]
    return next((segment for segment in reversed(segments) if _NEWS.fullmatch(segment)), "")
