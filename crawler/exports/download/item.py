"""One item of a downloaded archive, whatever its flavour: a post, or what else it is.

Meta writes one thing in many ways, which change from year to year and stand mixed in one file: pictures in a
frame, texts and attachments, labelled values, flat lists of pictures. Each item is told by what it holds.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, Final, NamedTuple

from activity.agency import Channel
from activity.post import PostKind

__all__ = ["ArchivedPost", "Item", "mend", "read_item"]

Item = dict[str, Any]

_FIRST: Final = datetime(2004, 1, 1, tzinfo=UTC)
_LAST: Final = 32_503_680_000
_MOST_VALUES: Final = 2_000
# Uploading takes minutes; a later moment is of a change, whatever its language calls it.
_ALIKE: Final = timedelta(minutes=15)
_TEXTS: Final = frozenset(
    {"caption", "text", "message", "description", "post", "keterangan", "teks", "pesan", "deskripsi", "isi"}
)
_NEVER_PUBLISHED: Final = re.compile(r"modif|updat|edit|delet|ubah|perbarui|sunting|hapus", re.IGNORECASE)
_NO_TEXT: Final = re.compile(r"(?:https?://\S*|[\d\W_]*)", re.IGNORECASE)


class ArchivedPost(NamedTuple):
    """A post as an archive tells of it.

    Attributes:
        document: where it stands: the file and the list in it.
        source: how evidence names the archive.
        number: the platform's, where it is given.
        flat: whether it is a picture that stands by itself, and may be one of several of a post.
        channel: None where the item could be of either platform.
    """

    at: datetime
    text: str
    media: tuple[str, ...]
    kind: PostKind | None = None
    document: str = ""
    source: str = ""
    number: str = ""
    flat: bool = False
    channel: Channel | None = None


def mend(text: str) -> str:
    """Undo what Meta's archives do to anything but plain ASCII; other text stays as it is.

    >>> mend("Kegiatan \\u00e2\\u0080\\u009cDinas\\u00e2\\u0080\\u009d")
    'Kegiatan “Dinas”'
    """
    try:
        return text.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def read_item(item: Item) -> ArchivedPost | str:
    """Read a post, or why the item is none."""
    if isinstance(item.get("label_values"), list):
        return _read_labelled(item)
    if isinstance(item.get("media"), list):
        return _read_framed(item)
    if "data" in item or "attachments" in item:
        return _read_attached(item)
    if "uri" in item or ("path" in item and "taken_at" in item):
        return _read_flat(item)
    return "items that are not understood"


def _read_framed(item: Item) -> ArchivedPost | str:
    """Pictures in a frame: of a single one text and moment may stand only inside, or only with another."""
    media = _dicts(item["media"])
    at = _first_moment(item, *media)
    if at is None:
        return "posts without a moment"
    text = next((text for each in (item, *media) if (text := _text(each.get("title")))), "")
    return ArchivedPost(at, text, tuple(_address(each) for each in media), channel=Channel.INSTAGRAM)


def _read_flat(item: Item) -> ArchivedPost | str:
    at = _first_moment(item)
    if at is None:
        return "pictures without a moment"
    text = next((text for name in ("title", "caption", "description") if (text := _text(item.get(name)))), "")
    channel = Channel.INSTAGRAM if "taken_at" in item or "cross_post_source" in item else None
    return ArchivedPost(at, text, (_address(item),), flat=True, channel=channel)


def _read_attached(item: Item) -> ArchivedPost | str:
    texts = [_text(each.get("post")) for each in _dicts(item.get("data"))]
    pieces = [each for part in _dicts(item.get("attachments")) for each in _dicts(part.get("data"))]
    media = [each["media"] for each in pieces if isinstance(each.get("media"), dict)]
    texts += [_text(each.get("description")) for each in media]
    linked = any("external_context" in each for each in pieces)
    text = next(filter(None, texts), "")
    # A place, an event, a question: whatever is attached was shown.
    if not (text or media or any(any(each.values()) for each in pieces)):
        return "records without text, picture or link"
    at = _first_moment(item, *media)
    if at is None:
        return "posts without a moment"
    kind = PostKind.LINK if linked and not media else None
    return ArchivedPost(at, text, tuple(map(_address, media)), kind, channel=Channel.FACEBOOK)


def _read_labelled(item: Item) -> ArchivedPost | str:
    """Everything under a label in the owner's language; what is what is told by the values."""
    inside = list(islice(_walk(item), _MOST_VALUES))
    media = [each for each in inside if isinstance(each.get("uri"), str)]
    published = [each for each in inside if not _NEVER_PUBLISHED.search(str(each.get("label", "")))]
    at = _first_moment(item, *_told_alike(published), *media)
    if at is None:
        return "posts without a moment"
    text = _labelled_text(inside) or next((t for each in media if (t := _text(each.get("title")))), "")
    number = item.get("fbid")
    addresses = dict.fromkeys(map(_address, media))
    return ArchivedPost(at, text, tuple(addresses), number=number if isinstance(number, str) else "")


def _told_alike(published: list[Item]) -> list[Item]:
    """The labelled moments as stamps, where they agree; else nothing says which is which."""
    stamps: list[Item] = [
        {"timestamp": each["timestamp_value"]} for each in published if each.get("timestamp_value")
    ]
    moments = [at for stamp in stamps if (at := _first_moment(stamp)) is not None]
    return stamps if moments and max(moments) - min(moments) <= _ALIKE else []


def _labelled_text(inside: list[Item]) -> str:
    """The value whose label says that it is the text; else the longest that is neither address nor number."""
    said = [
        (mend(str(each.get("label", ""))).strip().casefold(), _text(each.get("value"))) for each in inside
    ]
    texts = [(label, text) for label, text in said if text and not _NO_TEXT.fullmatch(text)]
    named = [text for label, text in texts if label in _TEXTS]
    return max(named or [text for _, text in texts], key=len, default="")


def _walk(item: Item) -> Iterator[Item]:
    """The item's labelled values and pictures, at any depth, in their order."""
    waiting: list[Any] = [item.get("media"), item.get("label_values")]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting.extend(below for below in reversed(value.values()) if isinstance(below, dict | list))
        elif isinstance(value, list):
            waiting.extend(reversed(value))


def _first_moment(*places: Mapping[str, Any]) -> datetime | None:
    """The first moment that is one: a stamp of 0 is Meta's way to say that there is none."""
    names = ("creation_timestamp", "timestamp", "timestamp_ms", "taken_at")
    for place in places:
        for name in names:
            if (at := _moment(place.get(name))) is not None:
                return at
    return None


def _moment(value: object) -> datetime | None:
    if isinstance(value, str):
        if not value.isascii() or len(value) > 40:
            return None
        if not value.isdigit():
            return _iso_moment(value)
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < _LAST * 1000:
        return None
    at = datetime.fromtimestamp(int(value / 1000 if value >= _LAST else value), UTC)
    return at if at >= _FIRST else None


def _iso_moment(value: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo is not None and at >= _FIRST else None


def _address(item: Item) -> str:
    return str(item.get("uri") or item.get("path") or "")


def _dicts(value: object) -> list[Item]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return mend(value).strip() if isinstance(value, str) else ""
