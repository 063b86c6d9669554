"""Answers without an error that hold less than they should, or call a post otherwise than last night."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from samplecity.graph.oddity import Oddity

__all__ = ["withhold"]

_LINKS = ("permalink", "permalink_url")
_DATES = ("timestamp", "created_time")
_Body = dict[str, Any]


def withhold(body: _Body, oddity: Oddity | None, now: datetime) -> _Body:
    """The answer as an odd account gives it; what is no listing stays as it is."""
    change = _CHANGES.get(oddity) if oddity is not None else None
    if change is None:
        return body
    inner = body.get("business_discovery")
    if isinstance(inner, dict):
        media = inner.get("media")
        if not isinstance(media, dict):
            return body
        changed = change(media, now)
        rest = {name: value for name, value in inner.items() if name != "media"}
        return {**body, "business_discovery": rest if changed is None else {**rest, "media": changed}}
    if not isinstance(body.get("data"), list):
        return body
    changed = change(body, now)
    return {"paging": {}} if changed is None else changed


def _show_nothing(_listing: _Body, _now: datetime) -> _Body:
    return {"data": []}


def _leave_out(_listing: _Body, _now: datetime) -> None:
    return None


def _undate(listing: _Body, _now: datetime) -> _Body:
    return {**listing, "data": [_without(item, *_DATES, *_LINKS) for item in listing["data"]]}


def _wander(listing: _Body, now: datetime) -> _Body:
    """Every second night the addresses are missing of every second post."""
    if now.toordinal() % 2:
        return listing
    data = [_without(item, *_LINKS) if place % 2 else item for place, item in enumerate(listing["data"])]
    return {**listing, "data": data}


def _without(item: _Body, *names: str) -> _Body:
    return {name: value for name, value in item.items() if name not in names}


_CHANGES: Mapping[Oddity, Callable[[_Body, datetime], _Body | None]] = {
    Oddity.SHOWS_NOTHING: _show_nothing,
    Oddity.LEAVES_OUT_LIST: _leave_out,
    Oddity.LEAVES_OUT_DATES: _undate,
    Oddity.ADDRESSES_WANDER: _wander,
}
