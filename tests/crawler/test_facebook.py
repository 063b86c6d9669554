"""Facebook Pages through the Graph API, driven by bodies instead of a network."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from activity import testing
from activity.agency import Account, Channel
from activity.outcome import Outcome
from activity.post import EvidenceKind, PostKind, PostMetrics
from activity.visit import Memory, Page, Profile, Target, Window
from crawler.visits.meta.facebook import ENGAGEMENT_FIELDS, POST_FIELDS, PROFILE_FIELDS, REEL_FIELDS, visit
from crawler.visits.meta.facebook_post import post_key
from crawler.visits.meta.graph import GraphAccess
from testkit.zone import MAKASSAR

CAPTURED = Path(__file__).parents[2] / "../shared/fixtures/graph"
captured = pytest.mark.skipif(
    not CAPTURED.is_dir(), reason="captured Graph API bodies are not beside the checkout"
)
NOW = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
ACCESS = GraphAccess(facebook_token="pages")
TOKEN = "EAABsecret"


def drive(visit, answer, now):
    """Untyped, so that each test may look straight into what must be there."""
    return testing.drive(visit, answer, now)


def target_of(known=(), *, days=60, memory=None, now=NOW, since=None, address="dinkesbjm"):
    return Target(
        account=Account(1, "dinkes", Channel.FACEBOOK, address),
        window=Window(since or now - timedelta(days=days), now),
        zone=MAKASSAR,
        memory=memory or Memory(),
        known=frozenset(known),
    )


def post_of(number, at, **more):
    return {
        "id": f"77_{number}",
        "created_time": f"{at:%Y-%m-%dT%H:%M:%S}+0000",
        "message": f"Kegiatan {number}\nbaris kedua",
        "permalink_url": f"https://www.facebook.com/77/posts/{number}/",
        "status_type": "mobile_status_update",
        "is_published": True,
        "is_hidden": False,
        "reactions": {"data": [], "summary": {"total_count": 7}},
        "comments": {"data": [], "summary": {"total_count": 2}},
        **more,
    }


def reel_of(number, at, **more):
    return {
        "id": str(number),
        "created_time": f"{at:%Y-%m-%dT%H:%M:%S}+0000",
        "description": f"Video {number}",
        "permalink_url": f"/reel/{number}/",
        "published": True,
        **more,
    }


def answer_of(fetch, body, status=200):
    return Page(fetch, fetch.url, status, NOW, body=json.dumps(body).encode())


def error_of(fetch, code, status=400):
    return answer_of(fetch, {"error": {"code": code}}, status)


class Pages:
    """Answers a Page's three addresses; a `next` carries the token, as Meta's does."""

    def __init__(self, posts=(), reels=(), *, refuse_figures=False, refuse_reels=0, empty_at=()):
        self.posts = list(posts)
        self.reels = list(reels)
        self.refuse_figures = refuse_figures
        self.refuse_reels = refuse_reels
        self.empty_at = set(empty_at)

    def __call__(self, fetch):
        address = urlsplit(fetch.url)
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        if address.path.endswith("/published_posts"):
            if self.refuse_figures and "reactions" in query["fields"]:
                return error_of(fetch, self.refuse_figures)
            return self.give(fetch, address, query, self.posts)
        if address.path.endswith("/video_reels"):
            return (
                error_of(fetch, self.refuse_reels)
                if self.refuse_reels
                else self.give(fetch, address, query, self.reels)
            )
        return answer_of(fetch, {"id": "77", "followers_count": 4100, "fan_count": 4000})

    def give(self, fetch, address, query, items):
        begin, limit = int(query.get("after", "0")), int(query["limit"])
        data = [] if begin in self.empty_at else items[begin : begin + limit]
        body = {"data": data}
        if begin + limit < len(items):
            body["paging"] = {
                "next": f"https://graph.facebook.com{address.path}?access_token={TOKEN}&limit={limit}"
                f"&fields={query['fields']}&after={begin + limit}&appsecret_proof=abc"
            }
        return answer_of(fetch, body)


def daily(count):
    return [post_of(5000 - n, NOW - timedelta(days=n, hours=1)) for n in range(count)]


def test_the_first_night_costs_three_calls():
    harvest, asked = drive(visit(target_of(), ACCESS), Pages(daily(3)), NOW)
    paths = [urlsplit(fetch.url).path for fetch in asked]
    assert paths == ["/v27.0/dinkesbjm/published_posts", "/v27.0/dinkesbjm/video_reels", "/v27.0/dinkesbjm"]
    assert {fetch.token for fetch in asked} == {"pages"}
    assert (harvest.outcome, harvest.profile) == (Outcome.OK, Profile(followers=4100))
    assert harvest.complete_since == NOW - timedelta(days=60)
    post = harvest.posts[0]
    assert (post.key, post.title, post.kind) == ("5000", "Kegiatan 5000", PostKind.STATUS)
    assert post.metrics == PostMetrics(likes=7, comments=2, shares=0)
    assert post.date.at == NOW - timedelta(hours=1)
    assert [(w.kind, w.where) for w in post.date.evidence] == [(EvidenceKind.API, "created_time")]


def test_later_nights_cost_two_calls_and_counters_come_each_fortnight():
    everything, calls = daily(180), []
    known, memory = frozenset[str](), Memory()
    for night in range(16):
        now = NOW + timedelta(days=night)
        fresh = [post_of(9000 + n, NOW + timedelta(days=n) - timedelta(hours=2)) for n in range(night, 0, -1)]
        target = target_of(known, now=now, since=NOW - timedelta(days=170), memory=memory)
        harvest, asked = drive(visit(target, ACCESS), Pages(fresh + everything), now)
        known, memory = known | {p.key for p in harvest.posts}, harvest.memory
        calls.append(len(asked))
        assert harvest.complete_since == NOW - timedelta(days=170)
    assert calls == [4, *[2] * 13, 3, 2]
    assert len(known) == 170 + 15


def test_next_is_followed_and_never_kept():
    harvest, asked = drive(visit(target_of(days=400), ACCESS), Pages(daily(350)), NOW)
    assert len(harvest.posts) == 350
    written = repr(harvest) + repr(asked)
    assert TOKEN not in written
    assert "appsecret_proof" not in written
    assert "access_token" not in written


def test_a_ranked_list_is_read_on_past_an_old_post():
    posts = daily(250)
    posts[50], posts[240] = post_of(1, NOW - timedelta(days=900)), posts[50]
    harvest, _ = drive(visit(target_of(days=300), ACCESS), Pages(posts), NOW)
    assert len(harvest.posts) == 249


def test_two_old_pages_end_the_list():
    harvest, asked = drive(visit(target_of(days=10), ACCESS), Pages(daily(900)), NOW)
    assert len(harvest.posts) == 10
    assert sum("published_posts" in fetch.url for fetch in asked) == 3


def test_an_empty_page_with_a_next_goes_on():
    harvest, _ = drive(visit(target_of(days=400), ACCESS), Pages(daily(250), empty_at=[100]), NOW)
    assert len(harvest.posts) == 150
    assert harvest.outcome is Outcome.OK


def test_a_cursor_that_repeats_ends_and_claims_nothing():
    following = "https://graph.facebook.com/v26.0/77/published_posts?limit=100&after=x"

    def answer(fetch):
        if "published_posts" in fetch.url:
            return answer_of(fetch, {"data": daily(2), "paging": {"next": following}})
        return answer_of(fetch, {"data": []})

    harvest, asked = drive(visit(target_of(), ACCESS), answer, NOW)
    assert sum("published_posts" in fetch.url for fetch in asked) == 2
    assert (harvest.outcome, len(harvest.posts), harvest.complete_since) == (Outcome.LIMITED, 2, None)


def test_hidden_and_unpublished_posts_are_left_out():
    at = NOW - timedelta(hours=3)
    posts = [post_of(1, at, is_hidden=True), post_of(2, at, is_published=False), post_of(3, at)]
    harvest, _ = drive(visit(target_of(), ACCESS), Pages(posts, [reel_of(4, at, published=False)]), NOW)
    assert ([p.key for p in harvest.posts], harvest.left_out) == (["3"], 3)


@pytest.mark.parametrize(
    "twin",
    [
        {"permalink_url": "https://www.facebook.com/reel/900/"},
        {"permalink_url": "https://www.facebook.com/77/videos/judul/900/"},
        {"attachments": {"data": [{"media_type": "video", "url": "https://www.facebook.com/reel/900/"}]}},
        {"attachments": {"data": [{"media_type": "video", "url": "https://www.facebook.com/watch/?v=900"}]}},
        {"id": "77_321"},
    ],
)
def test_a_reel_in_both_listings_is_one_post_whichever_shows_it_first(twin):
    at = NOW - timedelta(hours=5)
    post, reel = post_of(1, at, **twin), reel_of(900, at, post_id="77_321")
    both, _ = drive(visit(target_of(), ACCESS), Pages([post], [reel]), NOW)
    alone, _ = drive(visit(target_of(), ACCESS), Pages([], [reel]), NOW)
    assert [(p.key, p.kind) for p in both.posts] == [("900", PostKind.REEL)]
    assert [(p.key, p.kind) for p in alone.posts] == [("900", PostKind.REEL)]
    assert alone.posts[0].url == "https://www.facebook.com/reel/900/"
    known = target_of({post["id"].partition("_")[2]})
    kept, _ = drive(visit(known, ACCESS), Pages([post], [reel]), NOW)
    assert len(kept.posts) == 1


def test_a_post_once_known_under_its_own_id_keeps_it():
    at = NOW - timedelta(hours=5)
    post, reel = post_of(321, at), reel_of(900, at, post_id="321")
    harvest, _ = drive(visit(target_of({"321"}), ACCESS), Pages([post], [reel]), NOW)
    assert [p.key for p in harvest.posts] == ["321"]


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"attachments": {"data": [{"media_type": "photo"}]}}, PostKind.PHOTO),
        ({"attachments": {"data": [{"media_type": "album"}]}}, PostKind.ALBUM),
        ({"attachments": {"data": [{"media_type": "link"}]}}, PostKind.LINK),
        ({"attachments": {"data": [{"media_type": "video"}]}}, PostKind.VIDEO),
        ({"status_type": "added_photos"}, PostKind.PHOTO),
        ({"status_type": "added_video"}, PostKind.VIDEO),
        ({"status_type": "shared_story"}, PostKind.LINK),
        ({"attachments": "odd", "status_type": None}, PostKind.STATUS),
    ],
)
def test_kinds(more, kind):
    harvest, _ = drive(visit(target_of(), ACCESS), Pages([post_of(1, NOW - timedelta(hours=2), **more)]), NOW)
    assert harvest.posts[0].kind is kind


@pytest.mark.parametrize("code", [10, 100, 200])
def test_refused_figures_degrade_to_none_and_are_tried_again_a_fortnight_later(code):
    posts = daily(3)
    for post in posts:
        del post["reactions"], post["comments"]
    answer = Pages(posts, refuse_figures=code)
    first, asked = drive(visit(target_of(), ACCESS), answer, NOW)
    assert (first.outcome, len(first.posts), len(asked)) == (Outcome.OK, 3, 4)
    assert first.posts[0].metrics is None
    known = {p.key for p in first.posts}
    since = NOW - timedelta(days=60)
    for days, calls in ((1, 2), (14, 4)):
        now = NOW + timedelta(days=days)
        target = target_of(known, now=now, since=since, memory=first.memory)
        assert len(drive(visit(target, ACCESS), answer, now)[1]) == calls


def test_refused_reels_are_left_alone_for_a_fortnight():
    answer = Pages(daily(3), refuse_reels=100)
    first, _ = drive(visit(target_of(), ACCESS), answer, NOW)
    assert (first.outcome, len(first.posts)) == (Outcome.OK, 3)
    now = NOW + timedelta(days=1)
    target = target_of(
        {p.key for p in first.posts}, now=now, since=NOW - timedelta(days=60), memory=first.memory
    )
    assert len(drive(visit(target, ACCESS), answer, now)[1]) == 1


def test_reels_that_fail_tonight_leave_the_night_incomplete():
    harvest, _ = drive(visit(target_of(), ACCESS), Pages(daily(3), refuse_reels=4), NOW)
    assert (harvest.outcome, len(harvest.posts), harvest.complete_since) == (Outcome.LIMITED, 3, None)


def test_more_posts_than_the_ranked_list_holds_are_never_called_complete():
    posts = [post_of(n, NOW - timedelta(hours=n + 1)) for n in range(700)]
    harvest, _ = drive(visit(target_of(), ACCESS), Pages(posts), NOW)
    assert (harvest.outcome, len(harvest.posts), harvest.complete_since) == (Outcome.OK, 700, None)


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        (190, Outcome.TOKEN_DEAD),
        (80001, Outcome.THROTTLED),
        (803, Outcome.NOT_VISIBLE),
        (10, Outcome.NOT_PERMITTED),
    ],
)
def test_an_error_is_an_outcome(code, outcome):
    harvest, asked = drive(visit(target_of(), ACCESS), lambda f: error_of(f, code), NOW)
    assert (harvest.outcome, harvest.posts) == (outcome, ())
    assert len(asked) <= 2


def test_without_a_token_nothing_is_asked():
    harvest, asked = drive(visit(target_of(), GraphAccess()), {}, NOW)
    assert (harvest.outcome, asked) == (Outcome.NO_TOKEN, ())


def test_an_address_cannot_leave_its_place():
    harvest, asked = drive(visit(target_of(address="../me?x="), ACCESS), {}, NOW)
    assert (harvest.outcome, asked) == (Outcome.MISCONFIGURED, ())


def test_memory_that_is_nonsense_is_survived():
    memory = Memory(facts={"counted_at": "gestern", "complete_since": 3, "plain": "yes"})
    harvest, _ = drive(visit(target_of(memory=memory), ACCESS), Pages(daily(2)), NOW)
    assert len(harvest.posts) == 2


@captured
@pytest.mark.parametrize("name", ["feed_fields_", "feeds_default_fields_"])
def test_captured_pages_are_read_without_loss(name):
    folder = CAPTURED / "python-facebook/testdata/facebook/apidata/posts"
    pages = [json.loads((folder / f"{name}p{n}.json").read_text()) for n in (1, 2)]
    items = {post_key(item): item for page in pages for item in page["data"]}
    now = datetime(2021, 8, 1, tzinfo=UTC)
    asked = iter(pages)

    def answer(fetch):
        own = fetch.url.startswith("https://graph.facebook.com/") and "/video_reels" not in fetch.url
        return answer_of(fetch, next(asked, {"data": []}) if own else {"data": []})

    harvest, _ = drive(visit(target_of(now=now, days=300), ACCESS), answer, now)
    assert {post.key for post in harvest.posts} == set(items)
    for post in harvest.posts:
        item = items[post.key]
        assert post.date.at == datetime.fromisoformat(item["created_time"])
        assert (
            post.title.split() == item.get("message", "").split()[: len(post.title.split())]
            or "…" in post.title
        )
        if "shares" in item:
            assert replace(post.metrics).shares == item["shares"]["count"]


@captured
def test_captured_single_posts():
    folder = CAPTURED / "restfb/src/test/resources/json"
    for name, likes, comments in (
        ("v2_6/post-with-reactions.json", 1, None),
        ("post-missing-fields.json", None, None),
        ("post-with-comment-count-only.json", None, None),
    ):
        # Two were captured without their time, for which we always ask.
        item = {"created_time": "2026-01-05T08:00:00+0000"} | json.loads((folder / name).read_text())
        harvest, _ = drive(visit(target_of(days=9999), ACCESS), Pages([item]), NOW)
        (post,) = harvest.posts
        assert (
            (post.metrics.likes, post.metrics.comments) == (likes, comments)
            if post.metrics
            else likes is None
        )


@captured
def test_every_field_and_edge_asked_for_is_in_metas_specification():
    def spec(name):
        path = CAPTURED / f"facebook-business-sdk-codegen/api_specs/specs/{name}.json"
        return json.loads(path.read_text())

    page, post = spec("Page"), spec("PagePost")
    edges = {a["endpoint"]: a for a in page["apis"] if a["method"] == "GET" and "endpoint" in a}
    assert set(PROFILE_FIELDS) <= {field["name"] for field in page["fields"]}
    assert edges["published_posts"]["return"] == "PagePost"
    assert edges["video_reels"]["return"] == "AdVideo"
    assert "since" in {parameter["name"] for parameter in edges["video_reels"]["params"]}
    assert "limit" in {parameter["name"] for parameter in edges["published_posts"]["params"]}
    below = {field["name"] for field in post["fields"]} | {a.get("endpoint") for a in post["apis"]}
    asked = {re.split(r"[.{]", field)[0] for field in POST_FIELDS + ENGAGEMENT_FIELDS}
    assert asked <= below
    # The video's own specification is not among the captured ones; these were read from Meta's SDK.
    assert set(REEL_FIELDS) == {"id", "created_time", "description", "permalink_url", "post_id", "published"}
