"""One YouTube channel through the Data API: its counters, and the list of all that it uploaded.

Source: the references of `channels.list` and `playlistItems.list` at developers.google.com/youtube/v3; each
call costs one unit of the 10,000 that a key has a day.
"""

import json
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from activity.address.youtube import is_channel_id
from activity.outcome import Failure, Outcome
from activity.post import DateEvidence, EvidenceKind, Post, PostDate, PostKind, Precision
from activity.visit import Fetch, Harvest, Page, Profile, Purpose, Target, Visit
from crawler.visits.access import ApiAccess, TokenStop
from crawler.visits.meta.graph import Json, PagedWalk, WalkEnd, read_moment
from crawler.visits.meta.graph_error import GraphError, read_error
from crawler.visits.meta.graph_harvest import first_line, gather, is_joined
from crawler.visits.meta.graph_reach import ListedWalk

__all__ = ["judge_key", "read_answers", "visit"]

_PAGE = 50
_MOST_PAGES = 40
_PACIFIC = ZoneInfo("America/Los_Angeles")
_CHANNEL = "channel"
"""Memory: the channel's number, which stays when its owner takes another handle."""
_SPENT = frozenset({"quotaExceeded", "dailyLimitExceeded"})
_HASTY = frozenset({"rateLimitExceeded", "userRateLimitExceeded"})
_REFUSED = frozenset(
    {"API_KEY_INVALID", "API_KEY_EXPIRED", "keyInvalid", "keyExpired", "accessNotConfigured"}
    | {"SERVICE_DISABLED", "ipRefererBlocked", "API_KEY_IP_ADDRESS_BLOCKED", "API_KEY_SERVICE_BLOCKED"}
)
_HIDDEN = frozenset({"playlistItemsNotAccessible", "channelForbidden", "channelClosed", "channelSuspended"})


def visit(target: Target, access: ApiAccess) -> Visit:
    """Read a channel's uploads back to the window's start, newest first.

    On a later night one page is enough when it reaches what is known already.
    """
    if access.key is None:
        return Harvest.failed(target, Outcome.NO_TOKEN, "no key for YouTube is configured")
    found, error = yield from _find_channel(target, access)
    if error is not None:
        return Harvest.failed(target, error.outcome, error.detail)
    number, known = str(found["id"]), target.memory.facts.get(_CHANNEL)
    if isinstance(known, str) and known != number:
        detail = (
            f"the handle is another channel's now, {number}; it was that of {known}: correct the registry"
        )
        return Harvest.failed(target, Outcome.MOVED, detail)
    related = _object(_object(found, "contentDetails"), "relatedPlaylists")
    uploads = related.get("uploads")
    if not isinstance(uploads, str) or not uploads:
        return Harvest.failed(target, Outcome.WITHHELD, "it came without the list of its uploads")
    walk = yield from _walk(target, access, uploads)
    # The counter is of public videos: what else the list shows must not make it look reached.
    public = tuple(item for item in walk.items if _read_post(item, number) is not None)
    hidden, walk = len(walk.items) - len(public), replace(walk, items=public)
    profile = _read_profile(found)
    posts = [(item, _read_post(item, number)) for item in public]
    moments = {item["id"]: _find_moment(item) for item in public}
    address = _compose(access, "playlistItems", playlistId=uploads)
    harvest = gather(target, ListedWalk(walk, posts, moments, profile.posts), address, profile=profile)
    harvest = replace(harvest, left_out=hidden)
    if not harvest.outcome.saw:
        return harvest
    facts = {**harvest.memory.facts, _CHANNEL: number}
    return replace(harvest, memory=replace(harvest.memory, kind="youtube", facts=facts))


def read_answers(answers: Sequence[Json], target: Target) -> tuple[Post, ...]:  # noqa: ARG001 - as others do
    """Read the posts in answers that were received before."""
    found = (_read_post(item) for answer in answers for item in _items(answer) or ())
    return tuple(post for post in found if post is not None)


def judge_key(status: int, body: bytes, now: datetime) -> TokenStop | None:
    """Judge what an answer says of the key: one whose units are spent rests until they come again."""
    error = _judge(status, body)
    if error is None or not error.rests:
        return None
    if error.outcome is Outcome.TOKEN_DEAD:
        return TokenStop(Failure.TOKEN_DEAD, error.detail)
    spent = bool(_read_reasons(_parse(body)) & _SPENT)
    return TokenStop(Failure.TOKEN_SPENT, error.detail, _next_quota(now) if spent else None)


def _next_quota(now: datetime) -> datetime:
    """Units come again at midnight in California."""
    tomorrow = now.astimezone(_PACIFIC).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), _PACIFIC).astimezone(UTC)


def _find_channel(
    target: Target, access: ApiAccess
) -> Generator[Fetch, Page, tuple[Json, GraphError | None]]:
    """The channel's record by its handle or number, or why there is none.

    A handle that answers no more may have been changed by its owner; the number stays.
    """
    address, known = target.account.address, target.memory.facts.get(_CHANNEL)
    named = {"id": address} if is_channel_id(address) else {"forHandle": f"@{address}"}
    ways = [named]
    if isinstance(known, str) and named != {"id": known}:
        ways.append({"id": known})
    for way in ways:
        body, error = yield from _ask(access, "channels", part="contentDetails,statistics", **way)
        if error is not None:
            return {}, error
        items = body.get("items", [])
        if not isinstance(items, list):
            return {}, GraphError(Outcome.UNPARSABLE, "the answer's items are no list")
        if items and isinstance(items[0], dict) and isinstance(items[0].get("id"), str):
            return items[0], None
    if isinstance(known, str):
        return {}, GraphError(Outcome.GONE, f"neither its name nor its number {known} is a channel any more")
    return {}, GraphError(Outcome.NOT_VISIBLE, "no channel has this handle or number")


@dataclass(slots=True)
class _VideoSteps:
    """What a walk has met so far."""

    found: dict[str, Json] = field(default_factory=dict)
    first: Json = field(default_factory=dict)
    pages: int = 0
    nameless: int = 0

    def end(self, end: WalkEnd, error: GraphError | None = None, *, ended: bool = False) -> PagedWalk:
        items = tuple(self.found.values())
        return PagedWalk(items, self.first, end, error, _PAGE, self.pages, ended, self.nameless)


def _walk(target: Target, access: ApiAccess, uploads: str) -> Generator[Fetch, Page, PagedWalk]:
    """Page through the uploads until they end, the window is covered, or what is known is met."""
    steps, token, met = _VideoSteps(), "", set[str]()
    while steps.pages < min(_MOST_PAGES, target.budget.requests):
        body, error = yield from _ask(access, "playlistItems", playlistId=uploads, pageToken=token)
        if error is not None and error.outcome is Outcome.GONE and not steps.pages:
            return steps.end(WalkEnd.ABSENT)  # A channel that never uploaded has no list.
        if error is not None:
            return steps.end(WalkEnd.FAILED, error)
        items = _items(body)
        steps.first, steps.pages = steps.first or body, steps.pages + 1
        if items is None:
            return steps.end(WalkEnd.ABSENT)
        named = [item for item in items if isinstance(item.get("id"), str)]
        steps.nameless += len(items) - len(named)
        fresh = [item for item in named if item["id"] not in steps.found]
        steps.found |= {item["id"]: item for item in fresh}
        following = body.get("nextPageToken")
        if not isinstance(following, str) or not following:
            return steps.end(WalkEnd.REACHED, ended=True)
        if following in met or not fresh:
            return steps.end(WalkEnd.LOOPED)
        end = _judge_page(named, target)
        if end is not None:
            return steps.end(end)
        met.add(following)
        token = following
    return steps.end(WalkEnd.FULL)


def _judge_page(items: Sequence[Json], target: Target) -> WalkEnd | None:
    """Whether this page is the last one needed: its last item decides, as the list falls."""
    at = _find_moment(items[-1])
    if at is not None and at < target.window.since:
        return WalkEnd.REACHED
    return WalkEnd.JOINED if is_joined(target) and items[-1]["id"] in target.known else None


def _ask(
    access: ApiAccess, resource: str, **parameters: str
) -> Generator[Fetch, Page, tuple[Json, GraphError | None]]:
    """Ask, and once more after an error that may pass; the body is empty where there is an error."""
    fetch = Fetch(_compose(access, resource, **parameters), Purpose.API, token=access.key)
    for last in (False, True):
        page = yield fetch
        error = read_error(page) if page.failure is not None else _judge(page.status or 0, page.body)
        if last or error is None or not error.transient:
            break
    return ({} if error is not None else _parse(page.body)), error


def _compose(access: ApiAccess, resource: str, **parameters: str) -> str:
    listing = {"part": "contentDetails,snippet,status", "maxResults": str(_PAGE)}
    asked = {**(listing if resource == "playlistItems" else {}), **parameters}
    query = urlencode({name: value for name, value in asked.items() if value}, safe=",@")
    return f"{access.base_url}/youtube/v3/{resource}?{query}"


def _judge(status: int, raw: bytes) -> GraphError | None:
    """Why an answer holds no data, by its reasons and its status; Google's messages are never quoted."""
    body = _parse(raw)
    if 200 <= status < 300 and body and "error" not in body:
        return None
    reasons = _read_reasons(body)
    numbers = f"YouTube, HTTP {status}" + (f" ({', '.join(sorted(reasons))})" if reasons else "")
    if reasons & _SPENT:
        detail = f"{numbers}: the key's units of the day are spent; they come again at midnight Pacific"
        return GraphError(Outcome.THROTTLED, detail, rests=True)
    if reasons & _HASTY or status == 429:
        return GraphError(Outcome.THROTTLED, f"{numbers}: too many calls at once", rests=True)
    if reasons & _REFUSED or status == 401:
        detail = f"{numbers}: the key is refused: enable the YouTube Data API v3 for it, or make a new one"
        return GraphError(Outcome.TOKEN_DEAD, detail, rests=True)
    if reasons & _HIDDEN:
        return GraphError(Outcome.NOT_VISIBLE, f"{numbers}: the channel is not public")
    if status == 404:
        return GraphError(Outcome.GONE, f"{numbers}: there is no such list")
    if status >= 500 or status == 408:
        return GraphError(Outcome.UNREACHABLE, f"{numbers}: trouble at YouTube's", transient=True)
    if 200 <= status < 300 and "error" not in body:
        return GraphError(Outcome.UNPARSABLE, f"{numbers}, whose body is not a JSON object")
    return GraphError(Outcome.MISCONFIGURED, f"{numbers}: the call was refused")


def _read_reasons(body: Json) -> set[str]:
    """The words by which Google tells errors apart; of both shapes that it writes."""
    error = _object(body, "error")
    told = [*_list(error, "errors"), *_list(error, "details")]
    return {each["reason"] for each in told if isinstance(each, dict) and _is_word(each.get("reason"))}


def _is_word(value: object) -> bool:
    return isinstance(value, str) and value.isascii() and value.replace("_", "").isalnum() and len(value) < 60


def _parse(raw: bytes) -> Json:
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _object(source: Json, name: str) -> Mapping[str, Any]:
    value = source.get(name)
    return value if isinstance(value, dict) else {}


def _list(source: Json, name: str) -> list[Any]:
    value = source.get(name)
    return value if isinstance(value, list) else []


def _items(body: Json) -> Sequence[Json] | None:
    """The entries of a list, each under its video's number; None where the list itself is absent."""
    items = body.get("items")
    if not isinstance(items, list):
        return None
    return [{**item, "id": _find_video(item)} for item in items if isinstance(item, dict)]


def _find_video(item: Json) -> str | None:
    inside = _object(_object(item, "snippet"), "resourceId").get("videoId")
    number = _object(item, "contentDetails").get("videoId") or inside
    return number if isinstance(number, str) and number else None


def _find_moment(item: Json) -> datetime | None:
    """When the video became public; `snippet.publishedAt` is when it came into the list, and dates none."""
    return read_moment(_object(item, "contentDetails").get("videoPublishedAt"))


def _read_post(item: Json, owner: str | None = None) -> Post | None:
    """One upload; None for one that is not public, or is another channel's."""
    snippet = _object(item, "snippet")
    if _object(item, "status").get("privacyStatus") in {"private", "unlisted"} or not item.get("id"):
        return None
    if owner is not None and snippet.get("videoOwnerChannelId", owner) != owner:
        return None
    address, at = f"https://youtu.be/{item['id']}", _find_moment(item)
    date = None
    if at is not None:
        raw = str(_object(item, "contentDetails")["videoPublishedAt"])
        where = "contentDetails.videoPublishedAt"
        witness = DateEvidence(EvidenceKind.API, where, raw, at, Precision.SECOND, address)
        date = PostDate(at, Precision.SECOND, (witness,))
    return Post(str(item["id"]), address, first_line(snippet.get("title")), date, PostKind.VIDEO)


def _read_profile(found: Json) -> Profile:
    """Counters come as texts; hidden subscribers come as a flag, and as no figure."""
    statistics = _object(found, "statistics")
    hidden = statistics.get("hiddenSubscriberCount") is True
    return Profile(
        None if hidden else _count(statistics.get("subscriberCount")), _count(statistics.get("videoCount"))
    )


def _count(value: object) -> int | None:
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
