"""Posts in "Download your information" of Instagram and Facebook: JSON documents in ZIPs or folders.

Neither says which address a post has, so that posts are known by their moment until another source
names them. A download may come in several parts; what is no post, or is not understood, is counted.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from activity.address.moment import moment_key
from activity.channel import Channel, name_channels
from activity.errors import ExportError
from activity.post import Post, PostKind, Precision
from crawler.exports.archive import list_names
from crawler.exports.document import load_document
from crawler.exports.download.item import ArchivedPost, mend, read_item
from crawler.exports.download.shelf import Shelf, find_shelves
from crawler.exports.download.united import FILMS, unite_records
from crawler.exports.export import NOT_UNDERSTOOD, Export, ExportEntry, ExportReading, Format, Span
from crawler.exports.moment.dated import date_by_file
from crawler.exports.source import ExportSource
from crawler.visits.meta.graph_harvest import first_line

__all__ = ["ArchivePart", "group_parts", "read_download", "read_part"]

_OF_META = (Channel.INSTAGRAM, Channel.FACEBOOK)
_HANDLE_NAMES = frozenset({"username", "nama pengguna"})
_MOST_RECORDS = 300_000
_INSTAGRAM_FOLDER = re.compile(r"media/(?:posts|reels|igtv|other)/")
_PAGES = frozenset({".html", ".htm"})
_OF_A_DOWNLOAD = FILMS | {".json", ".jpg", ".jpeg", ".png", ".webp", ".heic", ".gif", ".mp3", ".m4a", ".srt"}
_NOT_UNDERSTOOD = NOT_UNDERSTOOD | {"pictures without a moment"}


@dataclass(slots=True)
class ArchivePart:
    """What the documents of one archive hold.

    Attributes:
        owner: the account's handle, where a document tells it.
        records: posts, as many times as they stand there.
    """

    source: ExportSource
    owner: str = ""
    records: list[ArchivedPost] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    @property
    def channels(self) -> set[Channel]:
        """The platforms that its posts are of, where they tell."""
        return {record.channel for record in self.records if record.channel is not None}


def read_part(source: ExportSource, documents: Iterable[tuple[str, bytes]]) -> ArchivePart:
    """Read every document of an archive; raises ExportError for one that is cut short."""
    part = ArchivePart(source)
    for name, body in documents:
        for shelf in find_shelves(name, load_document(body, name, source.name)):
            _read_shelf(part, shelf)
        if len(part.records) > _MOST_RECORDS:
            raise ExportError(
                "{source} holds more than {most_records:,} records.",
                "Download a shorter period.",
                source=source.name,
                most_records=_MOST_RECORDS,
            )
    return part


def group_parts(parts: Sequence[ArchivePart]) -> list[list[ArchivePart]]:
    """Group the parts that may be of one download: no two of them name different accounts or platforms."""
    groups: list[list[ArchivePart]] = []
    for part in sorted(parts, key=lambda part: not part.records):
        for group in groups:
            owners = {each.owner for each in (*group, part)} - {""}
            channels = [each.channels for each in (*group, part) if each.channels]
            if len(owners) <= 1 and (not channels or set.intersection(*channels)):
                group.append(part)
                break
        else:
            groups.append([part])
    return groups


def read_download(parts: Sequence[ArchivePart], reading: ExportReading) -> Export:
    """Understand the parts of one download as a whole; raises ExportError where they hold no posts."""
    parts = sorted(parts, key=lambda part: (part.source.name, part.source.digest))
    name = " + ".join(part.source.name for part in parts)
    left_out = sum((part.left_out for part in parts), Counter[str]())
    channel = _settle_channel(parts, name, reading)
    found = [record for part in parts for record in part.records]
    if not found:
        raise _no_posts(name, left_out)
    for part in parts:
        if not part.records:
            _check_silent(part)
    own = [record for record in found if record.channel in {None, channel}]
    for record in found:
        if record.channel not in {None, channel}:
            left_out[f"posts of {record.channel}"] += 1
    # A film's own record may carry the moment of its upload: the post's decides.
    own.sort(key=lambda record: (record.kind in {PostKind.REEL, PostKind.VIDEO}, record.flat, record.at))
    posts = _build_posts(unite_records(own, channel, left_out), reading)
    if not posts:
        raise ExportError(
            "{name} holds no posts of {channel}.", "Leave --channel out.", name=name, channel=channel.value
        )
    moments = [post.date.at for post in posts if post.date is not None]
    if max(moments) >= reading.now:
        raise ExportError(
            "{name} holds a post of the future.", "Is the clock of this machine wrong?", name=name
        )
    owner = next((part.owner for part in parts if part.owner), "")
    since = None if _NOT_UNDERSTOOD & {reason for reason in left_out if left_out[reason]} else min(moments)
    return Export(
        name=name,
        digest=_digest(parts),
        size=sum(part.source.size for part in parts),
        format=Format.INFORMATION,
        channel=channel,
        entries=lambda: (ExportEntry(owner, post) for post in posts),
        owners={owner: Span(len(posts), min(moments), max(moments), since)},
        remarks=_remarks(parts, complete=since is not None),
        left_out={reason: count for reason, count in left_out.items() if count},
    )


def _read_shelf(part: ArchivePart, shelf: Shelf) -> None:
    if shelf.name.endswith("#profile_user"):
        part.owner = _read_handle(shelf.items) or part.owner
        return
    for item in shelf.items:
        record = read_item(item) if isinstance(item, dict) else "items that are not understood"
        if isinstance(record, str):
            if (shelf.posts or shelf.other) and _may_be_a_post(item):
                part.left_out[shelf.other or record] += 1
        elif shelf.other:
            part.left_out[shelf.other] += 1
        elif shelf.album and record.flat:
            part.left_out["pictures in albums"] += 1
        elif shelf.posts or record.media or record.channel is Channel.FACEBOOK:
            _keep(part, shelf, record)


def _keep(part: ArchivePart, shelf: Shelf, record: ArchivedPost) -> None:
    kind = record.kind
    if shelf.films and kind is None:
        kind = PostKind.REEL if "reel" in shelf.name.casefold() else PostKind.VIDEO
    part.records.append(
        record._replace(
            channel=record.channel or shelf.channel or _channel_of(record.media),
            kind=kind,
            document=f"{part.source.digest}/{shelf.name}",
            source=part.source.label,
        )
    )


def _channel_of(media: Sequence[str]) -> Channel | None:
    """Whose folders the pictures lie in: Instagram sorts media by posts, Facebook posts by media."""
    if any(_INSTAGRAM_FOLDER.match(uri) for uri in media):
        return Channel.INSTAGRAM
    return Channel.FACEBOOK if any("posts/media/" in uri for uri in media) else None


def _may_be_a_post(item: object) -> bool:
    """Whether something is lost with an item; names with a time beside them are of contacts and visits."""
    return not (isinstance(item, dict) and {"string_map_data", "string_list_data"} & set(item))


def _check_silent(part: ArchivePart) -> None:
    """Refuse a part that tells nothing for a reason of its own: posts as web pages, or no part at all."""
    names = [PurePosixPath(name.casefold()) for name in list_names(part.source.path)]
    pages = any(name.suffix in _PAGES and re.search(r"post|reel|media|video", name.stem) for name in names)
    if pages or not any(name.suffix in _OF_A_DOWNLOAD for name in names):
        raise _no_posts(part.source.name, part.left_out)


def _settle_channel(parts: Sequence[ArchivePart], name: str, reading: ExportReading) -> Channel:
    """The platform whose posts are to be taken; raises ExportError where that must be said."""
    channels = set().union(*(part.channels for part in parts))
    if reading.channel is not None and reading.channel not in _OF_META:
        raise ExportError(
            "{name} is of {channels}.", "Leave --channel out.", name=name, channels=name_channels(_OF_META)
        )
    if reading.channel is not None and (reading.channel in channels or not channels):
        return reading.channel
    if len(channels) == 1 and reading.channel is None:
        return channels.pop()
    if reading.channel is not None:
        raise ExportError(
            "{name} is of {channels}, not of {channel}.",
            "Leave --channel out.",
            name=name,
            channels=name_channels(channels),
            channel=reading.channel,
        )
    if channels:
        raise ExportError(
            "{name} holds posts of Instagram and of Facebook.",
            "Import it twice: with --channel instagram, then with --channel facebook.",
            name=name,
        )
    if not any(part.records for part in parts):
        raise _no_posts(name, sum((part.left_out for part in parts), Counter[str]()))
    raise ExportError(
        "{name} does not say whether it is Instagram's or Facebook's.", "Give --channel.", name=name
    )


def _no_posts(name: str, left_out: Mapping[str, int]) -> ExportError:
    others = "".join(f", but {count} {reason}" for reason, count in left_out.items() if count)
    return ExportError(
        "{name} holds no posts{others}.",
        'Ask Meta for "posts" in JSON, not HTML; give all parts of one download in one command.',
        name=name,
        others=others,
    )


def _digest(parts: Sequence[ArchivePart]) -> str:
    if len(parts) == 1:
        return parts[0].source.digest
    return sha256("".join(sorted(part.source.digest for part in parts)).encode()).hexdigest()


def _remarks(parts: Sequence[ArchivePart], *, complete: bool) -> tuple[str, ...]:
    lines = ["posts carry no address: they are matched with others by their moment"]
    lines += [
        f"{part.source.name} holds no posts: taken as a further part of the download"
        for part in parts
        if not part.records
    ]
    if not complete:
        lines.append("some items were not understood: no day without a post counts as silent")
    return tuple(lines)


def _build_posts(records: Sequence[ArchivedPost], reading: ExportReading) -> list[Post]:
    counts: Counter[datetime] = Counter()
    posts = []
    for record in sorted(records, key=lambda record: (record.at, record.media, record.text)):
        counts[record.at] += 1
        raw = str(int(record.at.timestamp()))
        date = date_by_file(record.at, Precision.SECOND, raw, "timestamp", record.source, None, reading.zone)
        key = moment_key(record.at, counts[record.at])
        kind = record.kind or _kind(record.media)
        posts.append(Post(key, "", first_line(record.text), date, kind, place=record.document))
    return posts


def _kind(media: Sequence[str]) -> PostKind:
    if len(media) > 1:
        return PostKind.ALBUM
    if not media:
        return PostKind.STATUS
    return PostKind.VIDEO if PurePosixPath(media[0]).suffix.lower() in FILMS else PostKind.PHOTO


def _read_handle(items: Sequence[Any]) -> str:
    """The account's own handle; its name in the document is in the owner's language, and mangled."""
    for item in items:
        said = item.get("string_map_data") if isinstance(item, dict) else None
        for name, entry in said.items() if isinstance(said, dict) else ():
            if mend(name).casefold() in _HANDLE_NAMES and isinstance(entry, dict):
                return str(entry.get("value", "")).strip().casefold()
    return ""
