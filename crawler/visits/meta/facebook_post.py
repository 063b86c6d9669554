"""Posts out of what the Graph API says of a Page: its published posts and its reels, united."""

import re
from collections.abc import Collection, Iterator, Sequence

from activity.post import DateEvidence, EvidenceKind, Post, PostDate, PostKind, PostMetrics, Precision
from crawler.visits.meta.graph import Json, read_moment
from crawler.visits.meta.graph_harvest import count, first_line
from crawler.visits.meta.permalink import facebook_key

__all__ = ["extract_post", "extract_posts", "post_key"]

_REEL = re.compile(r"/reels?/\d+")
_VIDEO = re.compile(r"/(?:reels?|videos)/(?:[^/?]+/)?(\d+)|[?&]v=(\d+)")
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
    """Both listings as one: every item with its post, None for one that the public does not see.

    Most reels stand in both listings under different ids. They are told by the address, the
    attachment or the reel's `post_id`; the key that the database knows stays, else the reel's
    own id decides, so that it does not matter which listing showed it first.
    """
    by_alias = {alias: reel for reel in reels for alias in _reel_aliases(reel)}
    posts: list[tuple[Json, Post | None]] = []
    met: set[str] = set()
    for item in items:
        reel = next((by_alias[a] for a in _post_aliases(item) if a in by_alias), None)
        key = post_key(item)
        if reel is not None and key not in known:
            key = reel["id"]
        if reel is not None:
            met.add(reel["id"])
        posts.append((item, extract_post(item, key, reel=reel is not None)))
    alone = [reel for reel in reels if reel["id"] not in met]
    return (*posts, *((reel, extract_post(reel, reel["id"], reel=True)) for reel in alone))


def post_key(item: Json) -> str:
    """What names the post in an export and in its address as well."""
    return facebook_key(str(item["id"]), str(item.get("permalink_url") or ""))


def extract_post(item: Json, key: str, *, reel: bool = False) -> Post | None:
    """One post; None where it is hidden or not published."""
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


def _post_aliases(item: Json) -> Iterator[str]:
    identity = str(item["id"])
    yield identity
    yield identity.rpartition("_")[2]
    for address in (item.get("permalink_url"), *(entry.get("url") for entry in _attachments(item))):
        match = _VIDEO.search(address) if isinstance(address, str) else None
        if match:
            yield match[1] or match[2]


def _reel_aliases(reel: Json) -> Iterator[str]:
    yield str(reel["id"])
    if isinstance(post := reel.get("post_id"), str):
        yield post
        yield post.rpartition("_")[2]
