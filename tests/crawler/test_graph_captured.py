"""Every captured body of the Graph API ends somewhere: each post, figure, cursor and token in it is read."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from activity.agency import Account, Channel
from activity.outcome import Outcome
from activity.testing import drive
from activity.visit import Page, Target, Window
from crawler.visits.meta import facebook, instagram
from crawler.visits.meta.graph import GraphAccess
from crawler.visits.meta.graph_token import read_facts
from testkit.zone import MAKASSAR

CAPTURED = Path(__file__).parents[2] / "../shared/fixtures/graph"
pytestmark = pytest.mark.skipif(
    not CAPTURED.is_dir(), reason="captured Graph API bodies are not beside the checkout"
)
NOW = datetime(2026, 11, 22, tzinfo=UTC)
ACCESS = GraphAccess(instagram_user_id="1", instagram_token="t", facebook_token="t")
# Bodies of calls that are never made: exchanged tokens, lists of pages with their tokens, likes alone, which
# account is linked to a page, Instagram's website.
UNASKED = {
    "long_term_token.json",
    "user_accounts_token.json",
    "user_accounts_p1.json",
    "user_accounts_p2.json",
    "search_pages.json",
    "post-with-likes-v2.json",
    "page-with-instagram.json",
    "ig_web_401_require_login_2026-09.json",
}
HEADERS = {"headers_samples.json", "header-business.json"}


def bodies():
    """Every captured body by its path; exports and specifications are no answers of the API."""
    if not CAPTURED.is_dir():
        return {}
    paths = [p for p in CAPTURED.rglob("*.json") if not {"api_specs", "instagram-to-bluesky"} & {*p.parts}]
    return {p.relative_to(CAPTURED).as_posix(): json.loads(p.read_text()) for p in sorted(paths)}


def nodes(value):
    """Every object in a body, outermost first; what hangs below a post is part of it."""
    if isinstance(value, dict):
        yield value
        if not is_post(value) and not is_media(value):
            for inner in value.values():
                yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def is_media(node):
    return "id" in node and "media_type" in node and ("permalink" in node or "timestamp" in node)


def is_post(node):
    return "id" in node and ("created_time" in node or "backdated_time" in node)


def is_token(node):
    return "expires_at" in node and "is_valid" in node


def is_profile(node):
    return "id" in node and bool({"followers_count", "fan_count", "media_count"} & node.keys())


def is_listing(node):
    return isinstance(node.get("data"), list) and "paging" in node


BODIES = bodies()
MEDIA = [(name, node) for name, body in BODIES.items() for node in nodes(body) if is_media(node)]
POSTS = [(name, node) for name, body in BODIES.items() for node in nodes(body) if is_post(node)]


def target_of(channel):
    window = Window(datetime(2010, 1, 1, tzinfo=UTC), NOW)
    return Target(Account(1, "x", channel, "dinkes"), window, MAKASSAR)


def visit_with(visit, channel, answer):
    def give(fetch):
        return Page(fetch, fetch.url, 200, NOW, body=json.dumps(answer(fetch)).encode())

    return drive(visit(target_of(channel), ACCESS), give, NOW)


def moment_of(text):
    return datetime.fromisoformat(text) if isinstance(text, str) else datetime.fromtimestamp(text, UTC)


def test_no_body_is_forgotten():
    known = {name for name, _ in MEDIA + POSTS}
    for name, body in BODIES.items():
        if any(is_token(n) or is_profile(n) or is_listing(n) or "error" in n for n in nodes(body)):
            known.add(name)
    left = {name for name in BODIES if name not in known}
    assert {name.rpartition("/")[2] for name in left} <= UNASKED | HEADERS
    assert len(MEDIA) > 20
    assert len(POSTS) > 30


@pytest.mark.parametrize(("name", "item"), MEDIA, ids=[name.rpartition("/")[2] for name, _ in MEDIA])
def test_each_media_object_is_one_post(name, item):
    owner = item.get("username", "dinkes")
    body = {"business_discovery": {"username": owner, "media": {"data": [item]}}, "id": "1"}
    harvest, _ = visit_with(instagram.visit, Channel.INSTAGRAM, lambda _: body)
    assert harvest.outcome is Outcome.OK, name
    (post,) = harvest.posts
    assert post.url == item.get("permalink", "")
    assert post.metrics.likes == item.get("like_count")
    assert post.metrics.comments == item.get("comments_count")
    if "timestamp" in item:
        assert post.date.at == moment_of(item["timestamp"])
    words = (item.get("caption") or "").split()
    assert post.title.rstrip("…").split()[:3] == words[: min(3, len(post.title.split()))]


@pytest.mark.parametrize(("name", "item"), POSTS, ids=[name.rpartition("/")[2] for name, _ in POSTS])
def test_each_post_object_is_one_post(name, item):
    def answer(fetch):
        return {"data": [item] if "/published_posts" in fetch.url else []}

    harvest, _ = visit_with(facebook.visit, Channel.FACEBOOK, answer)
    if item.get("is_hidden") or item.get("is_published") is False:
        assert (harvest.posts, harvest.left_out) == ((), 1), name
        return
    if "created_time" not in item:
        # A field that was asked for is absent: such a night proves nothing, and the post waits.
        assert (harvest.posts, harvest.outcome) == ((), Outcome.WITHHELD), name
        return
    (post,) = harvest.posts
    assert post.date.at == moment_of(item["created_time"])
    assert (
        post.title.rstrip("…").split()[:3]
        == (item.get("message") or "").split()[: len(post.title.split())][:3]
    )
    for edge, figure in (("reactions", "likes"), ("comments", "comments")):
        total = item.get(edge, {}).get("summary", {}).get("total_count")
        assert total is None or getattr(post.metrics, figure) == total
    if isinstance(item.get("shares"), dict):
        assert post.metrics.shares == item["shares"]["count"]


def _dated(page):
    """These captures hold ids alone, and a post without the date that was asked for shows nothing."""
    return {
        **page,
        "data": [{"created_time": "2026-01-05T09:00:00+0000", **item} for item in page["data"]],
    }


def test_captured_paging_is_followed_to_its_end():
    """Three pages whose last has no `next`; an empty one with a `next`; a cursor that comes again."""
    folder = "restfb/src/test/resources/json"
    pages = [_dated(BODIES[f"{folder}/connection-p{number}.json"]) for number in (1, 2, 3)]
    listed = [BODIES[f"{folder}/connection-nodata.json"], *pages]
    answers = iter(listed)

    def answer(fetch):
        return (
            next(answers)
            if "/video_reels" not in fetch.url and "fan_count" not in fetch.url
            else {"data": []}
        )

    harvest, asked = visit_with(facebook.visit, Channel.FACEBOOK, answer)
    items = {item["id"] for page in pages for item in page["data"]}
    assert harvest.outcome is Outcome.OK
    assert len(harvest.posts) == len(items)
    assert sum("video_reels" not in f.url and "fan_count" not in f.url for f in asked) == len(listed)
    same = BODIES[f"{folder}/connection-same-cursor.json"]
    _, asked = visit_with(
        instagram.visit, Channel.INSTAGRAM, lambda _: {"business_discovery": {"media": same}, "id": "1"}
    )
    assert len(asked) == 2


def test_captured_tokens():
    found = {
        name.rpartition("/")[2]: read_facts(body)
        for name, body in BODIES.items()
        if any(is_token(node) for node in nodes(body))
    }
    assert len(found) == 6
    assert all(facts.valid and facts.scopes and facts.application for facts in found.values())
    never = found["debug-token-info-4.json"]
    assert (never.expires, never.access_expires, never.ends) == (None, None, None)
    both = found["debug-token-info-3.json"]
    assert both.kind == "user"
    assert both.expires is not None
    assert both.access_expires is not None
    assert both.ends == both.expires < both.access_expires
    assert both.access_expires - both.expires > timedelta(days=60)


def test_captured_counters():
    for name, body in BODIES.items():
        for node in nodes(body):
            if not is_profile(node) or is_media(node):
                continue
            answer = {"business_discovery": node, "id": "1"}
            harvest, _ = visit_with(instagram.visit, Channel.INSTAGRAM, lambda _, a=answer: a)
            assert harvest.profile.followers == node.get("followers_count"), name
            assert harvest.profile.posts == node.get("media_count"), name
            harvest, _ = visit_with(
                facebook.visit,
                Channel.FACEBOOK,
                lambda f, n=node: n if "fan_count" in f.url else {"data": []},
            )
            assert harvest.profile.followers == node.get("followers_count", node.get("fan_count")), name
