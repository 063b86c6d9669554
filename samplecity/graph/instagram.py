"""Business Discovery: another professional account, seen from ours."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zlib import crc32

from activity.agency import Channel
from samplecity.graph.cursor import cut
from samplecity.graph.fault import invisible, page_too_big, unsupported
from samplecity.graph.oddity import Oddity
from samplecity.graph.selection import Selection
from samplecity.graph.shortcode import build_shortcode
from samplecity.graph.withholding import hide_items
from samplecity.office import Item, ItemKind, Office, Presence, Visibility

__all__ = ["discover_business", "media_code", "media_id"]

_TYPES = {ItemKind.PHOTO: "IMAGE", ItemKind.ALBUM: "CAROUSEL_ALBUM"}
_MOST = 100
_PARTNER = "pemkot_tanjungselaras"


def media_id(presence: Presence, item: Item) -> str:
    """Seventeen digits."""
    return f"18{presence.number:05d}{item.number:010d}"


def media_code(presence: Presence, item: Item) -> str:
    """The shortcode in the item's address."""
    return build_shortcode(item.published.astimezone(UTC), presence.number * 4096 + item.number)


def discover_business(
    offices: Sequence[Office],
    asked: Selection,
    now: datetime,
    oddities: Mapping[str, Oddity],
    most: int | None = None,
) -> dict[str, Any]:
    """The node behind `business_discovery.username(…){…}`; raises GraphFaultError.

    Args:
        oddities: what offices were told to do, by slug.
        most: media a page; more are "too much data".
    """
    name = asked.arguments.get("username", "")
    for office in offices:
        presence = office.presence(Channel.INSTAGRAM)
        if presence is not None and presence.handle_at(now).lower() == name.lower():
            oddity = oddities.get(office.slug)
            if presence.visibility is Visibility.PERSONAL or oddity is Oddity.PRIVATE:
                break
            return _describe(office, presence, asked.fields, _View(now, oddity, most or _MOST))
    raise invisible(name)


@dataclass(frozen=True, slots=True)
class _View:
    """When and how an account is looked at."""

    now: datetime
    oddity: Oddity | None
    most: int


def _describe(
    office: Office, presence: Presence, asked: tuple[Selection, ...], view: _View
) -> dict[str, Any]:
    now = view.now
    items = presence.visible(now)
    profile: dict[str, Callable[[], Any]] = {
        "username": lambda: presence.handle_at(now),
        "name": lambda: office.name,
        "biography": lambda: f"Akun resmi {office.name}",
        "website": lambda: "",
        "followers_count": lambda: presence.followers + len(items),
        "follows_count": lambda: 25,
        "media_count": lambda: len(items),
    }
    node: dict[str, Any] = {}
    for part in asked:
        if part.name == "media":
            node["media"] = _list_media(presence, items, part, view)
        elif part.name in profile:
            node[part.name] = profile[part.name]()
        elif part.name != "id":
            raise unsupported(f"Tried accessing nonexisting field ({part.name}) on node type (IGUser)")
    return node | {"id": f"178414{presence.number:011d}"}


def _list_media(presence: Presence, items: tuple[Item, ...], asked: Selection, view: _View) -> dict[str, Any]:
    limit = int(asked.arguments.get("limit", "25"))
    if limit > view.most:
        raise page_too_big()
    since, until = (_read_moment(asked.arguments.get(name, "")) for name in ("since", "until"))
    wanted = tuple(
        item
        for item in hide_items(items, view.oddity, view.now)
        if (since is None or item.published >= since) and (until is None or item.published <= until)
    )
    page = cut(wanted, limit, asked.arguments.get("after"), view.oddity)
    edge: dict[str, Any] = {"data": [_describe_media(presence, item, asked, view) for item in page.items]}
    # Here a cursor that leads nowhere is left out, and there is never a `next`.
    cursors = {"before": page.before} if page.earlier else {}
    cursors |= {"after": page.after} if page.more else {}
    return edge | ({"paging": {"cursors": cursors}} if cursors else {})


def _describe_media(presence: Presence, item: Item, asked: Selection, view: _View) -> dict[str, Any]:
    now = view.now
    moment = item.published.astimezone(UTC)
    code = media_code(presence, item)
    reel = item.kind is ItemKind.REEL
    warmth = crc32(f"{presence.number}/{item.number}".encode()) % 90 + min(60, (now - item.published).days)
    values: dict[str, Any] = {
        # Meta strips the sign of a mention where the account is not ours.
        "caption": item.title.replace("@", ""),
        "media_type": _TYPES.get(item.kind, "VIDEO"),
        "media_product_type": "REELS" if reel else "FEED",
        "permalink": f"https://www.instagram.com/{'reel' if reel else 'p'}/{code}/",
        "timestamp": moment.strftime("%Y-%m-%dT%H:%M:%S+0000"),
        "comments_count": warmth // 9,
        "like_count": warmth,
        "username": presence.handle_at(now),
        "media_url": f"https://scontent.cdninstagram.com/v/{code}.jpg",
        "id": media_id(presence, item),
    }
    if view.oddity is Oddity.COLLABORATES and item.number % 5 == 0:
        values["username"] = _PARTNER
    if presence.hides_likes:
        del values["like_count"]
    names = {part.name for part in asked.fields}
    for name in names - values.keys() - {"like_count", "shortcode"}:
        raise unsupported(f"Tried accessing nonexisting field ({name}) on node type (IGMedia)")
    return {name: value for name, value in values.items() if name in names or name == "id"}


def _read_moment(value: str) -> datetime | None:
    if not value:
        return None
    if value.isdigit():
        return datetime.fromtimestamp(int(value), UTC)
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
