"""Pages: their profile, their published posts, and their reels, which are an edge of their own."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from zlib import crc32

from activity.agency import Channel
from samplecity.graph.cursor import cut
from samplecity.graph.fault import (
    merged,
    not_permitted,
    page_too_big,
    unknown_alias,
    unknown_object,
    unsupported,
)
from samplecity.graph.oddity import Oddity
from samplecity.graph.selection import parse_fields
from samplecity.graph.withholding import hide_items
from samplecity.office import Item, ItemKind, Office, Presence, Visibility

__all__ = ["find_page", "list_edge", "page_id", "post_id", "show_page"]

_KINDS = {ItemKind.PHOTO: "photo", ItemKind.ALBUM: "album", ItemKind.VIDEO: "video", ItemKind.REEL: "video"}
_POST_FIELDS = "id,created_time,message"
_REEL_FIELDS = "id,updated_time,description"


def page_id(presence: Presence) -> str:
    """Fifteen digits."""
    return f"1000{presence.number:011d}"


def post_id(presence: Presence, item: Item) -> str:
    """The page's id and the post's; of a reel, its video's id, as its own edge gives it."""
    return _reel_id(presence, item) if item.kind is ItemKind.REEL else _posted_id(presence, item)


def find_page(
    offices: Sequence[Office], node: str, now: datetime, oddities: Mapping[str, Oddity], page_of: str = ""
) -> tuple[Office, Presence]:
    """The page with this id or username; raises GraphFaultError where it is not ours to read.

    Args:
        oddities: what offices were told to do, by slug.
        page_of: the office whose page token is used.
    """
    for office in offices:
        presence = office.presence(Channel.FACEBOOK)
        if presence is not None and node.lower() in {page_id(presence), presence.handle_at(now).lower()}:
            if oddities.get(office.slug) is Oddity.PRIVATE:
                raise unknown_object(node)
            if oddities.get(office.slug) is Oddity.MERGED:
                raise merged(page_id(presence))
            shared = presence.visibility is not Visibility.NO_PERMISSION and not page_of
            if not shared and page_of != office.slug:
                raise not_permitted()
            return office, presence
    raise unknown_alias(node)


def show_page(office: Office, presence: Presence, fields: str, now: datetime) -> dict[str, Any]:
    """The page's own node."""
    values = {
        "id": page_id(presence),
        "name": office.name,
        "username": presence.handle_at(now),
        "link": f"https://www.facebook.com/{presence.handle_at(now)}",
        "fan_count": presence.followers,
        "followers_count": presence.followers + len(presence.visible(now)),
        "verification_status": "not_verified",
        "is_published": True,
        "about": f"Halaman resmi {office.name}",
        "category": "Government organization",
    }
    instagram = office.presence(Channel.INSTAGRAM)
    if instagram is not None:
        linked = {"id": f"178414{instagram.number:011d}", "username": instagram.handle_at(now)}
        values["instagram_business_account"] = linked
    # Meta leaves out what a page has not filled in.
    return _select(
        values, _read_names(fields or "id,name"), "Page", optional={"website", "instagram_business_account"}
    )


def list_edge(
    presence: Presence,
    edge: str,
    query: Mapping[str, str],
    now: datetime,
    address: str,
    oddity: Oddity | None = None,
    most: int | None = None,
) -> dict[str, Any]:
    """One page of `published_posts`, `posts`, `feed` or `video_reels`.

    Args:
        most: items a page; more are "too much data".
        address: of the edge, without a query, for `paging.next`, which carries the token as Meta's does.
    """
    reels = edge == "video_reels"
    limit = query.get("limit", "25")
    if not limit.isdigit() or not 1 <= int(limit) <= 100:
        raise unsupported("Param limit must be a number between 1 and 100")
    if most is not None and int(limit) > most:
        raise page_too_big()
    if oddity is Oddity.NO_FIGURES and "reactions" in query.get("fields", ""):
        raise not_permitted()
    shown = _stands_among_reels if reels else _stands_among_posts
    counted = oddity is Oddity.SHOWS_LAST_MONTH
    listed = hide_items(presence.visible(now), None if counted else oddity, now)
    items = tuple(item for item in listed if shown(item) and _within(item, query))
    page = cut(items, int(limit), query.get("after"), oddity)
    describe = _describe_reel if reels else _describe_post
    fields = _read_names(query.get("fields") or (_REEL_FIELDS if reels else _POST_FIELDS))
    data = [describe(presence, item, fields, now) for item in page.items]
    paging: dict[str, Any] = {}
    if page.items:
        paging["cursors"] = {"before": page.before, "after": page.after}
    if page.more:
        paging["next"] = f"{address}?{urlencode({**query, 'after': page.after})}"
    return {"data": data, **({"paging": paging} if paging else {})}


def _stands_among_reels(item: Item) -> bool:
    return item.kind is ItemKind.REEL


def _stands_among_posts(item: Item) -> bool:
    # Every other reel is listed among the posts as well, under another id.
    return item.kind is not ItemKind.REEL or item.number % 2 == 0


def _within(item: Item, query: Mapping[str, str]) -> bool:
    moment = item.published.timestamp()
    since, until = query.get("since", ""), query.get("until", "")
    return (not since.isdigit() or moment >= int(since)) and (not until.isdigit() or moment <= int(until))


def _describe_post(presence: Presence, item: Item, fields: Sequence[str], now: datetime) -> dict[str, Any]:
    warmth = crc32(f"fb{presence.number}/{item.number}".encode()) % 120
    moment = _stamp(item.published)
    number = _posted_id(presence, item)
    address = f"{page_id(presence)}/posts/{number.rpartition('_')[2]}"
    values: dict[str, Any] = {
        "id": number,
        "created_time": moment,
        "updated_time": moment,
        "message": item.title,
        "permalink_url": f"https://www.facebook.com/{address}",
        "status_type": "added_video" if _KINDS[item.kind] == "video" else "added_photos",
        "is_published": True,
        "is_hidden": False,
        "shares": {"count": warmth // 20},
        "attachments": {
            "data": [
                {
                    "media_type": _KINDS[item.kind],
                    "url": f"https://www.facebook.com/photo/?fbid={item.number}",
                }
            ]
        },
        "reactions": {"data": [], "summary": {"total_count": warmth + min(40, (now - item.published).days)}},
        "comments": {
            "data": [],
            "summary": {"order": "ranked", "total_count": warmth // 8, "can_comment": False},
        },
    }
    if item.kind is ItemKind.REEL:
        values["permalink_url"] = f"https://www.facebook.com/reel/{_reel_id(presence, item)}/"
    elif item.number % 12 == 0:
        del values["message"]
    if warmth < 20:
        del values["shares"]
    return _select(
        values, fields, "PagePost", optional={"message", "shares", "parent_id", "story", "full_picture"}
    )


def _describe_reel(presence: Presence, item: Item, fields: Sequence[str], now: datetime) -> dict[str, Any]:
    warmth = crc32(f"reel{presence.number}/{item.number}".encode()) % 900
    values: dict[str, Any] = {
        "id": _reel_id(presence, item),
        "post_id": _posted_id(presence, item),
        "created_time": _stamp(item.published),
        "updated_time": _stamp(item.published),
        "description": item.title,
        "permalink_url": f"/reel/{_reel_id(presence, item)}/",
        "length": 31.5,
        "views": warmth + (now - item.published).days,
        "published": True,
        "likes": {"data": [], "summary": {"total_count": warmth // 10}},
        "comments": {"data": [], "summary": {"order": "ranked", "total_count": warmth // 50}},
    }
    return _select(values, fields, "Video", optional={"title", "status"})


def _read_names(fields: str) -> tuple[str, ...]:
    return tuple(part.name for part in parse_fields(fields))


def _select(
    values: dict[str, Any], fields: Sequence[str], node: str, *, optional: set[str]
) -> dict[str, Any]:
    for name in fields:
        if name not in values and name not in optional:
            raise unsupported(f"Tried accessing nonexisting field ({name}) on node type ({node})")
    return {name: values[name] for name in fields if name in values} | {"id": values["id"]}


def _posted_id(presence: Presence, item: Item) -> str:
    return f"{page_id(presence)}_122{presence.number:05d}{item.number:08d}"


def _reel_id(presence: Presence, item: Item) -> str:
    return f"988{presence.number:05d}{item.number:08d}"


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")
