"""Answers without an error that hold less than they should, or call a post otherwise than last night."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from samplecity.graph.oddity import Oddity
from samplecity.office import Item

__all__ = ["hide_items", "withhold"]

_LINKS = ("permalink", "permalink_url")
_DATES = ("timestamp", "created_time")
_COUNTS = ("media_count", "followers_count", "fan_count")
_SHORTCODE = re.compile(r"/(?:p|reel|tv)/([\w-]+)")
_FILM = re.compile(r"/reel/(\d+)")
_Body = dict[str, Any]


def withhold(body: _Body, oddity: Oddity | None, now: datetime) -> _Body:
    """The answer as an odd account gives it; what the oddity is not about stays as it is."""
    inner = body.get("business_discovery")
    if oddity is Oddity.LEAVES_OUT_COUNTS:
        rest = _without(body, *_COUNTS)
        return rest | {"business_discovery": _without(inner, *_COUNTS)} if isinstance(inner, dict) else rest
    change = _CHANGES.get(oddity) if oddity is not None else None
    if change is None:
        return body
    if isinstance(inner, dict):
        media = inner.get("media")
        if not isinstance(media, dict):
            return body
        changed = change(media, now)
        rest = _without(inner, "media")
        return {**body, "business_discovery": rest if changed is None else {**rest, "media": changed}}
    if not isinstance(body.get("data"), list):
        return body
    changed = change(body, now)
    return {"paging": {}} if changed is None else changed


def hide_items(items: tuple[Item, ...], oddity: Oddity | None, now: datetime) -> tuple[Item, ...]:
    """Tell what an odd account lists of its posts, newest first: the oldest quarter, or those of a month ago.

    The latter beside a count of today; a page tells none, so that nobody could tell it from silence.
    """
    if oddity is Oddity.SHOWS_FEW:
        return items[(3 * len(items) + 3) // 4 :]
    if oddity is Oddity.SHOWS_LAST_MONTH:
        return tuple(item for item in items if item.appears < now - timedelta(days=30))
    return items


def _show_nothing(_listing: _Body, _now: datetime) -> _Body:
    return {"data": []}


def _leave_out(_listing: _Body, _now: datetime) -> None:
    return None


def _undate(listing: _Body, _now: datetime) -> _Body:
    return {**listing, "data": [_without(item, *_DATES, *_LINKS) for item in listing["data"]]}


def _unname(listing: _Body, _now: datetime) -> _Body:
    return {**listing, "data": [_without(item, "id", "post_id") for item in listing["data"]]}


def _wander(listing: _Body, now: datetime) -> _Body:
    """Each post under the next of its addresses, or under none; which one is another for each post."""
    night = now.toordinal()
    return {
        **listing,
        "data": [_readdress(item, (night + crc32(item["id"].encode())) % 4) for item in listing["data"]],
    }


def _readdress(item: _Body, form: int) -> _Body:
    """One address out of four; of a photo on a page there is only one, and none."""
    name = next((name for name in _LINKS if name in item), None)
    if name is None or form == 3:
        return _without(item, *_LINKS)
    number, address = item["id"].rpartition("_")[2], item[name]
    code, film = _SHORTCODE.search(address), _FILM.search(address)
    if name == "permalink" and code:
        address = f"https://www.instagram.com/{('p', 'reel', 'tv')[form]}/{code[1]}/"
    elif film and form:
        post = str(item.get("post_id", item["id"])).rpartition("_")[2]
        address = f"https://www.facebook.com/77/{(f'videos/{film[1]}', f'posts/{post}')[form - 1]}/"
    elif item.get("status_type") == "added_video" and form:
        # A film that is no reel has a number of its own as well.
        address = f"https://www.facebook.com/{('77/videos', 'reel')[form - 1]}/977{number[3:]}/"
    return {**item, name: address}


def _without(item: _Body, *names: str) -> _Body:
    return {name: value for name, value in item.items() if name not in names}


_CHANGES: Mapping[Oddity, Callable[[_Body, datetime], _Body | None]] = {
    Oddity.SHOWS_NOTHING: _show_nothing,
    Oddity.LEAVES_OUT_LIST: _leave_out,
    Oddity.LEAVES_OUT_DATES: _undate,
    Oddity.LEAVES_OUT_IDS: _unname,
    Oddity.ADDRESSES_WANDER: _wander,
}
