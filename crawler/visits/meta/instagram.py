"""One Instagram account through Business Discovery: counters and media in the same call.

Source: the reference of the `business_discovery` field of IG User at developers.facebook.com. Only
fields marked public there are asked for.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from activity.address.permalink import instagram_key
from activity.agency import Channel
from activity.outcome import Outcome
from activity.post import DateEvidence, EvidenceKind, Post, PostDate, PostKind, PostMetrics, Precision
from activity.visit import Harvest, Note, Profile, Target, Visit
from crawler.visits.meta.graph import (
    Edge,
    GraphAccess,
    Json,
    TokenDoor,
    WalkEnd,
    build_url,
    read_moment,
    walk,
)
from crawler.visits.meta.graph_door import try_doors
from crawler.visits.meta.graph_harvest import count, first_line, gather, is_joined
from crawler.visits.meta.graph_reach import ListedWalk
from crawler.visits.meta.shortcode import read_shortcode

__all__ = ["MEDIA_FIELDS", "PROFILE_FIELDS", "read_answers", "visit"]

PROFILE_FIELDS = ("id", "username", "followers_count", "media_count")
MEDIA_FIELDS = (
    "id",
    "caption",
    "media_type",
    "media_product_type",
    "permalink",
    "timestamp",
    "like_count",
    "comments_count",
    "username",
)
_NAMED = "named"
_HANDLE = re.compile(r"[A-Za-z0-9._]{1,30}")
_PAGE = 50
_MOST_PAGES = 40
_KINDS = {"IMAGE": PostKind.PHOTO, "VIDEO": PostKind.VIDEO, "CAROUSEL_ALBUM": PostKind.ALBUM}
# An advertisement never stood on the profile; a story is gone after a day.
_NOT_POSTS = frozenset({"AD", "STORY"})
# Uploading takes minutes, so the clock in the address runs ahead of the moment of publication.
_UPLOAD = timedelta(minutes=15)


def visit(target: Target, graph: GraphAccess) -> Visit:
    """Read an account's media back to the window's start, newest first.

    On a later night one page is enough when it reaches what is known already.
    """
    handle = target.account.address
    doors = graph.find_doors(Channel.INSTAGRAM)
    if not doors:
        return Harvest.failed(target, Outcome.NO_TOKEN, "no token for Instagram is configured")
    if not _HANDLE.fullmatch(handle):
        return Harvest.failed(target, Outcome.MISCONFIGURED, f"{handle!r} cannot be an Instagram handle")
    return (yield from try_doors(target, doors, lambda door: _visit_by(door, target, graph)))


def read_answers(answers: Sequence[Json], target: Target) -> tuple[Post, ...]:
    """Read the posts in answers that were received before."""
    found = (
        _extract_post(item, target) for answer in answers for item in _items(answer) or () if "id" in item
    )
    return tuple(post for post in found if post is not None)


def _visit_by(door: TokenDoor, target: Target, graph: GraphAccess) -> Visit:
    if not door.instagram_user_id:
        detail = "the number of our own professional account, which is asked about others, is not set"
        return Harvest.failed(target, Outcome.MISCONFIGURED, detail)
    edge = _plan_edge(target, graph, door.token, door.instagram_user_id, target.account.address)
    result = yield from walk(edge)
    own = str(_discovered(result.first).get("username") or target.account.address)
    shared = [item for item in result.items if _is_of_another(item, own)]
    posts = [(item, None if item in shared else _extract_post(item, target)) for item in result.items]
    profile = _extract_profile(result.first)
    moments = {item["id"]: _find_moment(item, target) for item in result.items}
    total = None if profile is None else profile.posts
    listing = ListedWalk(result, posts, moments, total, names=_find_names(target, result.items))
    harvest = gather(target, listing, edge.build(_PAGE, None), profile=profile)
    if harvest.outcome.saw:
        facts = {**harvest.memory.facts, _NAMED: True}
        harvest = replace(harvest, memory=replace(harvest.memory, facts=facts))
    if not shared:
        return harvest
    owners = ", ".join(sorted({str(item["username"]) for item in shared}))
    note = Note("collaborations", f"{len(shared)} posts count for their owners: {owners}")
    return replace(harvest, notes=(*harvest.notes, note))


def _find_moment(item: Json, target: Target) -> datetime | None:
    date = _extract_date(item, target)
    return None if date is None else date.at


def _find_names(target: Target, items: Sequence[Json]) -> dict[str, str]:
    """The API's own numbers of posts that go by their shortcode, so that one without address is found again.

    Of posts that are stored under either name already they are told once.
    """
    names = {item["id"]: _key(item) for item in items if _key(item) != item["id"]}
    if target.memory.facts.get(_NAMED) is not True:
        return names
    return {old: key for old, key in names.items() if old in target.known or key not in target.known}


def _is_of_another(item: Json, own: str) -> bool:
    """Whether a post stands here as a collaboration: it counts once, for the account that published it."""
    owner = item.get("username")
    return isinstance(owner, str) and bool(owner) and owner.lower() != own.lower()


def _plan_edge(target: Target, graph: GraphAccess, token: str, node: str, handle: str) -> Edge:
    # `since` would be taken, but hides the newest post of an account silent for longer than the window.
    def build(limit: int, cursor: str | None) -> str:
        after = f".after({cursor})" if cursor else ""
        media = f"media.limit({limit}){after}{{{','.join(MEDIA_FIELDS)}}}"
        fields = f"business_discovery.username({handle}){{{','.join(PROFILE_FIELDS)},{media}}}"
        return build_url(graph, node, fields=fields)

    return Edge(
        token=token,
        build=build,
        items=_items,
        cursor=_cursor,
        judge=lambda items: _judge(items, target),
        limit=_PAGE,
        pages=min(_MOST_PAGES, target.budget.requests),
    )


def _judge(items: Sequence[Json], target: Target) -> WalkEnd | None:
    """Whether this page is the last one needed.

    The last item decides, not the oldest: a pinned post may stand first and be of any age.
    """
    if not items:
        return None
    at = read_moment(items[-1].get("timestamp"))
    if at is not None and at < target.window.since:
        return WalkEnd.REACHED
    return WalkEnd.JOINED if is_joined(target) and _key(items[-1]) in target.known else None


def _discovered(body: Json) -> Json:
    found = body.get("business_discovery")
    return found if isinstance(found, dict) else {}


def _items(body: Json) -> Sequence[Json] | None:
    media = _discovered(body).get("media")
    data = media.get("data") if isinstance(media, dict) else None
    return [_with_id(item) for item in data if isinstance(item, dict)] if isinstance(data, list) else None


def _with_id(item: Json) -> Json:
    """The item as it is; without an id, its address tells which post it is."""
    if isinstance(item.get("id"), str):
        return item
    code = instagram_key(str(item.get("permalink") or ""))
    return item if code is None else {**item, "id": code}


def _cursor(body: Json) -> str | None:
    """`after`; Business Discovery never sends a `next`."""
    media = _discovered(body).get("media")
    paging = media.get("paging") if isinstance(media, dict) else None
    cursors = paging.get("cursors") if isinstance(paging, dict) else None
    after = cursors.get("after") if isinstance(cursors, dict) else None
    return after if isinstance(after, str) and re.fullmatch(r"[\w=+/.:|-]+", after) else None


def _extract_profile(body: Json) -> Profile | None:
    found = _discovered(body)
    if not found:
        return None
    return Profile(count(found.get("followers_count")), count(found.get("media_count")))


def _key(item: Json) -> str:
    return instagram_key(str(item.get("permalink") or "")) or str(item["id"])


def _extract_post(item: Json, target: Target) -> Post | None:
    product = item.get("media_product_type")
    if product in _NOT_POSTS:
        return None
    url, caption = item.get("permalink"), item.get("caption")
    kind = PostKind.REEL if product == "REELS" else _KINDS.get(str(item.get("media_type")), PostKind.PHOTO)
    return Post(
        key=_key(item),
        url=url if isinstance(url, str) else "",
        title=first_line(caption),
        date=_extract_date(item, target),
        kind=kind,
        metrics=PostMetrics(count(item.get("like_count")), count(item.get("comments_count"))),
    )


def _extract_date(item: Json, target: Target) -> PostDate | None:
    """The API's timestamp first; the clock inside the shortcode as second, or only, witness."""
    source, stamp = str(item.get("permalink") or ""), item.get("timestamp")
    at, clock = read_moment(stamp), read_shortcode(source, now=target.window.now)
    witnesses = []
    if at is not None:
        witnesses.append(
            DateEvidence(EvidenceKind.API, "timestamp", str(stamp), at, Precision.SECOND, source)
        )
    if clock is not None:
        witnesses.append(
            DateEvidence(EvidenceKind.SHORTCODE, "permalink", clock.code, clock.at, Precision.SECOND, source)
        )
    if not witnesses:
        return None
    days = {witness.at.astimezone(target.zone).date() for witness in witnesses}
    apart = abs(witnesses[0].at - witnesses[-1].at) > _UPLOAD
    return PostDate(witnesses[0].at, Precision.SECOND, tuple(witnesses), contested=apart and len(days) > 1)
