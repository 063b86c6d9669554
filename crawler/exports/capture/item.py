"""One captured item of TikTok or Instagram: whose post it is, or why it is none. Pure.

Source: what Zeeschuimer's modules take from the platforms' answers; the fields are the platforms' own, and
TikTok's differ between what its API answers and what its pages embed.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from activity.channel import Channel
from activity.post import PostKind, PostMetrics
from crawler.exports.saved.node import read_node, read_unix

__all__ = ["ITEM_READERS", "CapturedPost", "format_moment"]

_ADDRESSES: Final = {PostKind.REEL: "reel"}


class CapturedPost(NamedTuple):
    """A post in a capture.

    Attributes:
        key: what the post is known by; the shortcode, or the video's number.
        moment: None where only the clock in its address dates it.
        raw: the moment as the platform wrote it, under the name `column`.
        whole: whether its text and moment are there; lists show some posts in part.
    """

    owner: str
    key: str
    link: str
    moment: datetime | None
    raw: str
    column: str
    text: str
    kind: PostKind
    metrics: PostMetrics
    whole: bool


Item = Mapping[str, Any]


def format_moment(at: datetime) -> str:
    """Write a moment as tables are read, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_tiktok(item: Item) -> CapturedPost | str:
    """Read a video or pictures; `author` is a record of the API, or a handle where a page embeds it."""
    if "liveRoomInfo" in item:
        return "live streams"
    if item.get("isAd") is True:
        return "advertisements"
    number, author = str(item.get("id") or ""), item.get("author")
    owner = author.get("uniqueId") if isinstance(author, dict) else author
    if not number.isascii() or not number.isdigit():
        return "items that are not understood"
    if not isinstance(owner, str) or not owner.strip():
        return "posts whose account is not named"
    raw = str(item.get("createTime") or "")
    moment = read_unix(int(raw)) if raw.isascii() and raw.isdigit() and len(raw) < 12 else None
    if moment is None:
        return "posts without a moment"
    handle, pictures = owner.strip().casefold(), isinstance(item.get("imagePost"), dict)
    stats = item.get("statsV2") or item.get("stats")
    figures = stats if isinstance(stats, dict) else {}
    text = item.get("desc")
    return CapturedPost(
        owner=handle,
        key=number,
        link=f"https://www.tiktok.com/@{handle}/{'photo' if pictures else 'video'}/{number}",
        moment=moment,
        raw=raw,
        column="createTime",
        text=text if isinstance(text, str) else "",
        kind=PostKind.ALBUM if pictures else PostKind.VIDEO,
        metrics=PostMetrics(
            *(_count(figures.get(f"{name}Count")) for name in ("digg", "comment", "share", "play"))
        ),
        whole=isinstance(text, str),
    )


def read_instagram(item: Item) -> CapturedPost | str:
    """Read a post in either of Instagram's shapes: of an item list, or of a graph."""
    inner = next((item[name] for name in ("node", "media") if isinstance(item.get(name), dict)), item)
    if inner.get("product_type") in {"ad", "carousel_container_ad"} or inner.get("ad_action"):
        return "advertisements"
    if inner.get("product_type") == "story":
        return "stories, gone after a day"
    node = read_node(inner)
    if node is None:
        return "items that are not understood"
    names = {owner for name in ("user", "owner") if (owner := _username(inner.get(name)))}
    if len(names) != 1:
        return "posts of two accounts" if names else "posts whose account is not named"
    column = "taken_at" if "taken_at" in inner else "taken_at_timestamp"
    return CapturedPost(
        owner=names.pop(),
        key=node.code[:11],
        link=f"https://www.instagram.com/{_ADDRESSES.get(node.kind, 'p')}/{node.code}/",
        moment=node.taken_at,
        raw=str(inner.get(column) or ""),
        column=column,
        text=node.text,
        kind=node.kind,
        metrics=_read_figures(inner),
        whole=node.taken_at is not None and ("caption" in inner or "edge_media_to_caption" in inner),
    )


ITEM_READERS: Final[Mapping[Channel, Callable[[Item], CapturedPost | str]]] = {
    Channel.TIKTOK: read_tiktok,
    Channel.INSTAGRAM: read_instagram,
}
"""What is read out of captures; of other platforms nothing is."""


def _username(person: object) -> str:
    name = person.get("username") if isinstance(person, dict) else None
    return name.strip().casefold() if isinstance(name, str) else ""


def _read_figures(node: Item) -> PostMetrics:
    hidden = node.get("like_and_view_counts_disabled") is True
    likes = node.get("like_count", _inside(node, "edge_media_preview_like"))
    comments = node.get("comment_count", _inside(node, "edge_media_to_comment", "edge_media_preview_comment"))
    views = node.get("play_count", node.get("view_count"))
    return PostMetrics(
        None if hidden else _count(likes), _count(comments), None, None if hidden else _count(views)
    )


def _inside(node: Item, *names: str) -> object:
    found = (node[name] for name in names if isinstance(node.get(name), dict))
    return next((each.get("count") for each in found), None)


def _count(value: object) -> int | None:
    """A figure, also one written as a text; hidden ones are None or below 0."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 16:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
