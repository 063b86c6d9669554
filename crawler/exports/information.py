"""Posts in "Download your information" of Instagram and Facebook: JSON documents in a ZIP or a folder.

Neither says which address a post has, so that posts are known by their moment until another source
names them. Which documents hold posts is told by their content; stories, archived posts, comments and
messages are not posts.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from typing import Any

from activity.agency import Channel
from activity.errors import ExportError
from activity.moment import moment_key
from activity.post import Post, PostKind, Precision
from crawler.exports.dated import date_by_file
from crawler.exports.document import load_document
from crawler.exports.export import Entry, Export, Format, Reading, Span
from crawler.exports.source import Source
from crawler.visits.meta.graph_harvest import first_line

__all__ = ["mend", "read_information"]

Json = dict[str, Any]

_INSTAGRAM_LISTS = {"ig_posts": None, "ig_reels_media": PostKind.REEL, "ig_igtv_media": PostKind.VIDEO}
_FACEBOOK_VIDEOS = "videos_v2"
_OTHERS = {
    "ig_stories": "stories, gone after a day",
    "ig_archived_post_media": "archived posts, not public",
    "ig_recently_deleted_media": "deleted posts",
}
_HANDLE_NAMES = frozenset({"username", "nama pengguna"})
_FILMS = frozenset({".mp4", ".mov", ".m4v", ".webm", ".avi"})
# A film's own record names the moment of its upload, its post's record that of publication.
_SAME_POST = timedelta(minutes=2)
_MOST_RECORDS = 300_000
_FIRST = datetime(2004, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Record:
    at: datetime
    text: str
    media: tuple[str, ...]
    kind: PostKind | None = None


@dataclass(slots=True)
class _Found:
    """What the documents hold so far."""

    channel: Channel | None = None
    owner: str = ""
    records: list[_Record] = field(default_factory=list)
    videos: list[_Record] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def read_information(source: Source, documents: Iterable[tuple[str, bytes]], reading: Reading) -> Export:
    """Understand an archive as a whole; raises ExportError for a document that is cut short."""
    found = _Found()
    for name, body in documents:
        _read_document(found, name, body, source.name)
        if len(found.records) + len(found.videos) > _MOST_RECORDS:
            raise ExportError(
                f"{source.name} holds more than {_MOST_RECORDS:,} records.", "Download a shorter period."
            )
    if found.channel is None or not (found.records or found.videos):
        raise ExportError(
            f"{source.name} holds no posts.", 'Ask Meta for "posts" in JSON; HTML archives cannot be read.'
        )
    posts = _build_posts(found, source, reading)
    moments = [post.date.at for post in posts if post.date is not None]
    if max(moments) >= reading.now:
        raise ExportError(f"{source.name} holds a post of the future.", "Is the clock of this machine wrong?")
    return Export(
        name=source.name,
        digest=source.digest,
        size=source.size,
        format=Format.INFORMATION,
        channel=found.channel,
        entries=lambda: (Entry(found.owner, post) for post in posts),
        owners={found.owner: Span(len(posts), min(moments), max(moments), min(moments))},
        remarks=("posts carry no address: they are matched with others by their moment",),
        left_out={reason: count for reason, count in found.left_out.items() if count},
    )


def mend(text: str) -> str:
    """Undo what Meta's archives do to anything but plain ASCII; other text stays as it is.

    >>> mend("Kegiatan \\u00e2\\u0080\\u009cDinas\\u00e2\\u0080\\u009d")
    'Kegiatan “Dinas”'
    """
    try:
        return text.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def _read_document(found: _Found, name: str, body: bytes, source: str) -> None:
    document = load_document(body, name, source)
    if isinstance(document, list):
        _read_list(found, [item for item in document if isinstance(item, dict)], source)
        return
    if not isinstance(document, dict):
        return
    for key, value in document.items():
        items = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
        if key in _INSTAGRAM_LISTS:
            _settle_channel(found, Channel.INSTAGRAM, source)
            found.records += _read_media(items, _INSTAGRAM_LISTS[key])
        elif key == _FACEBOOK_VIDEOS:
            _settle_channel(found, Channel.FACEBOOK, source)
            found.videos += _read_videos(items)
        elif key in _OTHERS:
            found.left_out[_OTHERS[key]] += len(items)
        elif key == "profile_user":
            found.owner = _read_handle(items) or found.owner


def _read_list(found: _Found, items: Sequence[Json], source: str) -> None:
    """A bare list: Instagram's posts have `media` with a moment, Facebook's a `timestamp`."""
    if any(isinstance(item.get("media"), list) for item in items):
        _settle_channel(found, Channel.INSTAGRAM, source)
        found.records += _read_media(items, None)
    elif any("timestamp" in item and ("data" in item or "attachments" in item) for item in items):
        _settle_channel(found, Channel.FACEBOOK, source)
        records = [_read_facebook(item) for item in items]
        found.records += [record for record in records if record is not None]
        found.left_out["records without text, picture or link"] += sum(record is None for record in records)


def _settle_channel(found: _Found, channel: Channel, source: str) -> None:
    if found.channel not in {None, channel}:
        raise ExportError(
            f"{source} holds posts of Instagram and of Facebook.", "Import one after the other."
        )
    found.channel = channel


def _read_media(items: Sequence[Json], kind: PostKind | None) -> Iterator[_Record]:
    """A post of one picture carries text and moment only inside it; one of several, also at its top."""
    for item in items:
        inside = item.get("media")
        media = [each for each in inside if isinstance(each, dict)] if isinstance(inside, list) else [item]
        first = media[0] if media else {}
        at = _moment(item.get("creation_timestamp") or first.get("creation_timestamp"))
        if at is not None:
            text = _text(item.get("title")) or _text(first.get("title"))
            yield _Record(at, text, tuple(str(each.get("uri", "")) for each in media), kind)


def _read_facebook(item: Json) -> _Record | None:
    at = _moment(item.get("timestamp"))
    texts = [_text(each.get("post")) for each in _dicts(item.get("data"))]
    pieces = [each for part in _dicts(item.get("attachments")) for each in _dicts(part.get("data"))]
    media = [str(each["media"].get("uri", "")) for each in pieces if isinstance(each.get("media"), dict)]
    described = [
        _text(each["media"].get("description")) for each in pieces if isinstance(each.get("media"), dict)
    ]
    linked = any("external_context" in each for each in pieces)
    text = next((each for each in (*texts, *described) if each), "")
    if at is None or not (text or media or linked):
        return None
    return _Record(at, text, tuple(media), PostKind.LINK if linked and not media else None)


def _read_videos(items: Sequence[Json]) -> Iterator[_Record]:
    for item in items:
        if (at := _moment(item.get("creation_timestamp"))) is not None:
            yield _Record(at, _text(item.get("description")), (str(item.get("uri", "")),), PostKind.VIDEO)


def _build_posts(found: _Found, source: Source, reading: Reading) -> list[Post]:
    records = sorted(_unite(found), key=lambda record: (record.at, record.media))
    counts: Counter[datetime] = Counter()
    posts = []
    for record in records:
        counts[record.at] += 1
        raw = str(int(record.at.timestamp()))
        date = date_by_file(record.at, Precision.SECOND, raw, "timestamp", source.label, None, reading.zone)
        key = moment_key(record.at, counts[record.at])
        posts.append(Post(key, "", first_line(record.text), date, record.kind or _kind(record.media)))
    return posts


def _unite(found: _Found) -> list[_Record]:
    """Each post once: Facebook writes a shared post twice in one second, and films in a list of their own."""
    if found.channel is Channel.INSTAGRAM:
        alike = {(record.at, record.media): record for record in reversed(found.records)}
        found.left_out["records that stand twice"] += len(found.records) - len(alike)
        return list(alike.values())
    merged: dict[datetime, _Record] = {}
    for record in found.records:
        known = merged.get(record.at)
        if known is not None:
            found.left_out["second records of one post"] += 1
            media = known.media + record.media
            merged[record.at] = _Record(record.at, known.text or record.text, media, known.kind)
        else:
            merged[record.at] = record
    moments = sorted(merged)
    alone = [video for video in found.videos if not _is_near(moments, video.at)]
    return [*merged.values(), *alone]


def _is_near(moments: Sequence[datetime], at: datetime) -> bool:
    """Whether one of the sorted moments is no further away than two records of one post."""
    place = bisect_left(moments, at - _SAME_POST)
    return place < len(moments) and moments[place] <= at + _SAME_POST


def _kind(media: Sequence[str]) -> PostKind:
    if len(media) > 1:
        return PostKind.ALBUM
    if not media:
        return PostKind.STATUS
    return PostKind.VIDEO if PurePosixPath(media[0]).suffix.lower() in _FILMS else PostKind.PHOTO


def _read_handle(items: Sequence[Json]) -> str:
    """The account's own handle; its name in the document is in the owner's language, and mangled."""
    for item in items:
        said: Mapping[str, Any] = item.get("string_map_data") or {}
        for name, entry in said.items():
            if mend(name).casefold() in _HANDLE_NAMES and isinstance(entry, dict):
                return str(entry.get("value", "")).strip().casefold()
    return ""


def _dicts(value: object) -> list[Json]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return mend(value).strip() if isinstance(value, str) else ""


def _moment(value: object) -> datetime | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 32503680000:
        return None
    at = datetime.fromtimestamp(int(value), UTC)
    return at if at >= _FIRST else None
