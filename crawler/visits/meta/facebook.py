"""One Facebook Page through the Graph API: published posts, reels, and now and then its counters.

Sources: the references of the Page's edges `published_posts` and `video_reels` at
developers.facebook.com. The first is "ranked" and holds about 600 posts a year, so each item is
looked at by itself and a Page that posts more is never called complete.
"""

import re
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from activity.address.permalink import facebook_number
from activity.agency import Channel
from activity.outcome import Outcome
from activity.post import Post
from activity.visit import Fetch, Harvest, Note, Page, Profile, Purpose, Target, Visit
from crawler.visits.meta.facebook_post import extract_posts, find_names, post_key
from crawler.visits.meta.graph import (
    Edge,
    GraphAccess,
    Json,
    PagedWalk,
    TokenDoor,
    WalkEnd,
    ask,
    build_url,
    clean_next,
    read_moment,
    walk,
)
from crawler.visits.meta.graph_door import try_doors
from crawler.visits.meta.graph_harvest import count, gather, is_joined
from crawler.visits.meta.graph_reach import ListedWalk

__all__ = ["ENGAGEMENT_FIELDS", "POST_FIELDS", "PROFILE_FIELDS", "REEL_FIELDS", "read_answers", "visit"]

PROFILE_FIELDS = ("id", "followers_count", "fan_count")
POST_FIELDS = ("id", "created_time", "message", "permalink_url", "status_type", "is_published", "is_hidden")
ENGAGEMENT_FIELDS = (
    "shares",
    "attachments{media_type,url}",
    "reactions.limit(0).summary(total_count)",
    "comments.limit(0).summary(true)",
)
REEL_FIELDS = ("id", "created_time", "description", "permalink_url", "post_id", "published")
_NAME = re.compile(r"[A-Za-z0-9._-]{1,100}")
_PAGE, _REELS_PAGE = 100, 25
_MOST_PAGES, _MOST_REEL_PAGES = 30, 10
_RANKED_A_YEAR = 600
# Counters change slowly, and a third call each night would eat half as much of the limit again.
_COUNTERS_EVERY = timedelta(days=14)
_COUNTED_AT, _PLAIN, _NO_REELS = "counted_at", "plain", "no_reels"
_STRUCTURAL = frozenset({Outcome.MISCONFIGURED, Outcome.NOT_PERMITTED, Outcome.NOT_VISIBLE})


@dataclass(frozen=True, slots=True)
class _Ask:
    """What this visit may ask: the Page's node, the token's name, and whether everything is tried."""

    target: Target
    graph: GraphAccess
    node: str
    token: str
    thorough: bool


def visit(target: Target, graph: GraphAccess) -> Visit:
    """Read a Page's posts back to the window's start: two calls on an ordinary night.

    What a Page refuses (figures, reels) is left out and tried again a fortnight later.
    """
    address = target.account.address
    doors = graph.find_doors(Channel.FACEBOOK)
    if not doors:
        return Harvest.failed(target, Outcome.NO_TOKEN, "no token for Facebook is configured")
    if not _NAME.fullmatch(address):
        return Harvest.failed(target, Outcome.MISCONFIGURED, f"{address!r} cannot be a Page's name or number")
    return (yield from try_doors(target, doors, lambda door: _visit_by(door, target, graph)))


def read_answers(answers: Sequence[Json], target: Target) -> tuple[Post, ...]:
    """Read the posts in answers that were received before, of both listings."""
    items = [item for answer in answers for item in _items(answer) or () if isinstance(item.get("id"), str)]
    reels = [item for item in items if "published" in item or "post_id" in item]
    found = extract_posts([item for item in items if item not in reels], reels, target.known)
    return tuple(post for _, post in found if post is not None)


def _visit_by(door: TokenDoor, target: Target, graph: GraphAccess) -> Visit:
    asked = _Ask(target, graph, target.account.address, door.token, _is_due(target))
    listing, plain = yield from _read_posts(asked)
    if listing.error is not None and listing.pages == 0:
        return gather(target, ListedWalk(listing, (), {}), _first_address(asked))
    reels = yield from _read_reels(asked, listing)
    profile = (yield from _read_profile(asked)) if asked.thorough else None
    return _unite(asked, listing, reels, profile, plain=plain)


def _read_posts(asked: _Ask) -> Generator[Fetch, Page, tuple[PagedWalk, bool]]:
    """The walk, and whether it had to do without figures."""
    if not _is_without(asked, _PLAIN):
        listing = yield from walk(_plan_posts(asked, POST_FIELDS + ENGAGEMENT_FIELDS))
        refused = listing.error is not None and listing.error.outcome in _STRUCTURAL - {Outcome.NOT_VISIBLE}
        if listing.pages or not refused:
            return listing, False
    return (yield from walk(_plan_posts(asked, POST_FIELDS))), True


def _read_reels(asked: _Ask, listing: PagedWalk) -> Generator[Fetch, Page, PagedWalk | None]:
    """The reels, or None where they are known to be refused or the token is spent."""
    if listing.error is not None or _is_without(asked, _NO_REELS):
        return None
    return (yield from walk(_plan_reels(asked)))


def _read_profile(asked: _Ask) -> Generator[Fetch, Page, Profile | None]:
    address = build_url(asked.graph, asked.node, fields=",".join(PROFILE_FIELDS))
    body, error = yield from ask(Fetch(address, Purpose.API, token=asked.token))
    if error is not None:
        return None
    followers = count(body.get("followers_count"))
    return Profile(followers if followers is not None else count(body.get("fan_count")))


def _unite(
    asked: _Ask, listing: PagedWalk, reels: PagedWalk | None, profile: Profile | None, *, plain: bool
) -> Harvest:
    refused = reels is not None and reels.error is not None and reels.error.outcome in _STRUCTURAL
    # Reels may be missing of which the other listing says nothing.
    broken = reels is not None and not refused and reels.end not in {WalkEnd.REACHED, WalkEnd.JOINED}
    found = () if reels is None else reels.items
    united = extract_posts(listing.items, found, asked.target.known)
    met = {item["id"] for item in listing.items}
    read = ListedWalk(
        walk=replace(listing, end=reels.end, error=reels.error) if broken and reels is not None else listing,
        posts=united,
        moments={item["id"]: read_moment(item.get("created_time")) for item in listing.items},
        aside=[post for item, post in united if post is not None and item["id"] not in met],
        names=find_names(listing.items, found, asked.target.known),
    )
    if reels is not None and not refused:
        read = replace(read, beside=_describe_reels(read, reels))
    harvest = gather(asked.target, read, _first_address(asked), profile=profile)
    facts = dict(harvest.memory.facts) | {_PLAIN: plain}
    if asked.thorough:
        facts[_COUNTED_AT] = asked.target.window.now.isoformat()
    if reels is not None:
        facts[_NO_REELS] = refused
    notes = (*harvest.notes, *_explain(reels, refused=refused, plain=plain))
    held = len(asked.target.known | {post.key for post in harvest.posts})
    return replace(
        harvest,
        memory=replace(harvest.memory, facts=facts),
        complete_since=harvest.complete_since if held < _RANKED_A_YEAR else None,
        proof=harvest.proof if held < _RANKED_A_YEAR else None,
        notes=notes,
    )


def _describe_reels(posts: ListedWalk, reels: PagedWalk) -> ListedWalk:
    """The further list; of its reels those that stand among the posts tonight are not missing."""
    ids = {item["id"] for item in reels.items}
    return ListedWalk(
        walk=reels,
        posts=[(item, post) for item, post in posts.posts if item["id"] in ids],
        moments={item["id"]: read_moment(item.get("created_time")) for item in reels.items},
        names={**posts.names, **{key: key for key in posts.keys.values()}},
        shelf="reels ",
    )


def _explain(reels: PagedWalk | None, *, refused: bool, plain: bool) -> tuple[Note, ...]:
    lines = ["figures are refused: posts are read without them"] if plain else []
    if refused and reels is not None and reels.error is not None:
        lines.append(f"reels are refused: {reels.error.detail}")
    elif reels is not None:
        lines.append(f"{reels.pages} pages, {len(reels.items)} reels: {reels.end.value}")
    return tuple(Note("Page", line) for line in lines)


def _plan_posts(asked: _Ask, fields: tuple[str, ...]) -> Edge:
    def build(limit: int, cursor: str | None) -> str:
        if cursor is not None:
            return clean_next(asked.graph, cursor, limit)
        return build_url(
            asked.graph, asked.node, "published_posts", limit=str(limit), fields=",".join(fields)
        )

    judge = _plan_judge(asked.target)
    pages = min(_MOST_PAGES, asked.target.budget.requests)
    return Edge(asked.token, build, _items, _next, judge, _PAGE, pages)


def _plan_reels(asked: _Ask) -> Edge:
    # `since` would be taken, but hides a last reel from before the window, which no other listing may show.
    def build(limit: int, cursor: str | None) -> str:
        if cursor is not None:
            return clean_next(asked.graph, cursor, limit)
        fields = ",".join(REEL_FIELDS)
        return build_url(asked.graph, asked.node, "video_reels", limit=str(limit), fields=fields)

    judge = _plan_judge(asked.target)
    pages = min(_MOST_REEL_PAGES, asked.target.budget.requests)
    return Edge(asked.token, build, _items, _next, judge, _REELS_PAGE, pages)


def _plan_judge(target: Target) -> Callable[[Sequence[Json]], WalkEnd | None]:
    """One page that ends in what is known, or two in a row from before the window, are enough.

    Two, since the listing is ranked: one page of old posts does not prove that no new one follows.
    """
    old_pages = 0

    def judge(items: Sequence[Json]) -> WalkEnd | None:
        nonlocal old_pages
        if not items:
            return None
        old = [_is_old(item, target) for item in items]
        old_pages = old_pages + 1 if all(old) else 0
        if old_pages > 1:
            return WalkEnd.REACHED
        names = {post_key(items[-1]), items[-1]["id"].rpartition("_")[2]}
        settled = old[-1] or not names.isdisjoint(target.known)
        return WalkEnd.JOINED if is_joined(target) and settled else None

    return judge


def _is_old(item: Json, target: Target) -> bool:
    at = read_moment(item.get("created_time"))
    return at is not None and at < target.window.since


def _items(body: Json) -> Sequence[Json] | None:
    data = body.get("data")
    return [_with_id(item) for item in data if isinstance(item, dict)] if isinstance(data, list) else None


def _with_id(item: Json) -> Json:
    """The item as it is; without an id, its address tells which post it is."""
    if isinstance(item.get("id"), str):
        return item
    number = facebook_number(str(item.get("permalink_url") or ""))
    return item if number is None else {**item, "id": number}


def _next(body: Json) -> str | None:
    paging = body.get("paging")
    following = paging.get("next") if isinstance(paging, dict) else None
    return following if isinstance(following, str) and following else None


def _first_address(asked: _Ask) -> str:
    return build_url(asked.graph, asked.node, "published_posts")


def _is_due(target: Target) -> bool:
    """Whether the night has come to try everything again."""
    text = target.memory.facts.get(_COUNTED_AT)
    try:
        last = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return True
    if last is None or last.tzinfo is None:
        return True
    # A time ahead was noted under a wrong clock.
    return not timedelta() <= target.window.now - last < _COUNTERS_EVERY


def _is_without(asked: _Ask, fact: str) -> bool:
    return not asked.thorough and asked.target.memory.facts.get(fact) is True
