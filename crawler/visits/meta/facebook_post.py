"""Posts out of what the Graph API says of a Page: its published posts and its reels, united."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from activity.address.permalink import facebook_key, facebook_number
from activity.post import DateEvidence, EvidenceKind, Post, PostDate, PostKind, PostMetrics, Precision
from crawler.visits.meta.graph import Json, read_moment
from crawler.visits.meta.graph_harvest import count, first_line

__all__ = ["extract_post", "extract_posts", "find_names", "post_key"]

_REEL = re.compile(r"/reels?/\d+")
_VIDEO = re.compile(r"/(?:reels?|videos)/(?:[^/?]+/)?(\d+)|[?&]v=(\d+)")
# A reel and its post are published together, but for the minutes that the film takes.
_UPLOAD = timedelta(minutes=30)
_BY_MEDIA = {
    "album": PostKind.ALBUM,
    "link": PostKind.LINK,
    "photo": PostKind.PHOTO,
    "video": PostKind.VIDEO,
}
_BY_STATUS = {
    "added_photos": PostKind.PHOTO,
    "added_video": PostKind.VIDEO,
    "shared_story": PostKind.LINK,
}


def extract_posts(
    items: Sequence[Json], reels: Sequence[Json], known: Collection[str]
) -> tuple[tuple[Json, Post | None], ...]:
    """Read both listings as one: every item with its post, None for one that the public does not see.

    Most reels stand in both listings under different ids. They are told by the reel's `post_id`, by the
    address, or by the attachment of a post of the same minutes; the key that the database knows stays, else
    the reel's own id decides, so that it does not matter which listing showed it first.
    """
    return tuple(
        (each.item, extract_post(each.item, each.key, reel=each.reel))
        for each in _identify(items, reels, known)
    )


def find_names(items: Sequence[Json], reels: Sequence[Json], known: Collection[str]) -> dict[str, str]:
    """Find other keys under which these posts may be stored, or come, with the key that stands.

    An address changes: `/posts/5`, `/reel/900/` and no address at all may be one post on three nights, and
    only its ids stay. A name that two posts bear names neither.
    """
    bearers: dict[str, set[str]] = {}
    for each in _identify(items, reels, known):
        for name in (each.key, *each.names):
            bearers.setdefault(name, set()).add(each.key)
    return {name: next(iter(keys)) for name, keys in bearers.items() if len(keys) == 1 and name not in keys}


@dataclass(frozen=True, slots=True)
class _Identity:
    """One post with its key and every other number that it goes by."""

    item: Json
    key: str
    names: tuple[str, ...]
    reel: bool


def _identify(items: Sequence[Json], reels: Sequence[Json], known: Collection[str]) -> Iterator[_Identity]:
    reel_of = _pair_reels(items, reels)
    for item in items:
        reel = reel_of.get(item["id"])
        own, number = str(item["id"]).rpartition("_")[2], facebook_number(_address(item))
        names = [own, number or "", *(() if reel is None else (reel["id"], _post_of(reel)))]
        key = reel["id"] if reel is not None else post_key(item)
        yield _choose(item, key, names, known, reel=reel is not None)
    met = {reel["id"] for reel in reel_of.values()}
    for reel in (reel for reel in reels if reel["id"] not in met):
        yield _choose(reel, reel["id"], [_post_of(reel), reel["id"]], known, reel=True)


def _choose(item: Json, key: str, names: Sequence[str], known: Collection[str], *, reel: bool) -> _Identity:
    """The name that the database knows, the post's own id first; else the key."""
    key = next((name for name in names if name in known), key)
    return _Identity(item, key, tuple(name for name in dict.fromkeys(names) if name and name != key), reel)


def _pair_reels(items: Sequence[Json], reels: Sequence[Json]) -> dict[str, Json]:
    """From an item's id to the reel that it is, by ids before addresses; each reel is one post."""
    by_post = {_post_of(reel): reel for reel in reels if _post_of(reel)}
    by_id: dict[str, Json] = {reel["id"]: reel for reel in reels}
    pairs: dict[str, Json] = {}
    taken: set[str] = set()
    for item in items:
        own = str(item["id"]).rpartition("_")[2]
        reel = by_post.get(own) or by_id.get(own)
        if reel is not None and reel["id"] not in taken:
            pairs[item["id"]] = reel
            taken.add(reel["id"])
    for item in (item for item in items if item["id"] not in pairs):
        near = (by_id[name] for name in _videos(item) if name in by_id and name not in taken)
        reel = next((each for each in near if _are_near(item, each)), None)
        if reel is not None:
            pairs[item["id"]] = reel
            taken.add(reel["id"])
    return pairs


def _are_near(item: Json, reel: Json) -> bool:
    """Whether both were published at once: a post of another day shares the reel, and is one of its own."""
    one, other = read_moment(item.get("created_time")), read_moment(reel.get("created_time"))
    return one is None or other is None or abs(one - other) <= _UPLOAD


def _post_of(reel: Json) -> str:
    """The number of the post that a reel says it is."""
    post = reel.get("post_id")
    return post.rpartition("_")[2] if isinstance(post, str) else ""


def _address(item: Json) -> str:
    return str(item.get("permalink_url") or "")


def post_key(item: Json) -> str:
    """Read what names the post in an export and in its address as well."""
    return facebook_key(str(item["id"]), _address(item))


def extract_post(item: Json, key: str, *, reel: bool = False) -> Post | None:
    """Read one post; None where it is hidden or not published."""
    if item.get("is_published") is False or item.get("published") is False or item.get("is_hidden") is True:
        return None
    url = item.get("permalink_url")
    address = url if isinstance(url, str) else f"https://www.facebook.com/{item['id']}"
    if address.startswith("/"):  # a video's address comes without its host
        address = f"https://www.facebook.com{address}"
    return Post(
        key=key,
        url=address,
        title=first_line(item.get("message") or item.get("description")),
        date=_extract_date(item, address),
        kind=PostKind.REEL if reel or _REEL.search(address) else _extract_kind(item),
        metrics=_extract_metrics(item),
    )


def _extract_date(item: Json, source: str) -> PostDate | None:
    raw = item.get("created_time")
    at = read_moment(raw)
    if at is None:
        return None
    witness = DateEvidence(EvidenceKind.API, "created_time", str(raw), at, Precision.SECOND, source)
    return PostDate(at, Precision.SECOND, (witness,))


def _extract_kind(item: Json) -> PostKind:
    for attachment in _attachments(item):
        kind = _BY_MEDIA.get(str(attachment.get("media_type")))
        if kind is not None:
            return kind
    return _BY_STATUS.get(str(item.get("status_type")), PostKind.STATUS)


def _extract_metrics(item: Json) -> PostMetrics | None:
    """None where the Page shows no figures; no `shares` beside other figures means zero."""
    likes, comments = _total(item, "reactions"), _total(item, "comments")
    if likes is None and comments is None and "shares" not in item:
        return None
    shared = item.get("shares")
    shares = count(shared.get("count")) if isinstance(shared, dict) else 0
    return PostMetrics(likes, comments, shares)


def _total(item: Json, edge: str) -> int | None:
    value = item.get(edge)
    summary = value.get("summary") if isinstance(value, dict) else None
    return count(summary.get("total_count")) if isinstance(summary, dict) else None


def _attachments(item: Json) -> Iterator[Json]:
    value = item.get("attachments")
    data = value.get("data") if isinstance(value, dict) else None
    if isinstance(data, list):
        yield from (entry for entry in data if isinstance(entry, dict))


def _videos(item: Json) -> Iterator[str]:
    for address in (item.get("permalink_url"), *(entry.get("url") for entry in _attachments(item))):
        match = _VIDEO.search(address) if isinstance(address, str) else None
        if match:
            yield match[1] or match[2]
