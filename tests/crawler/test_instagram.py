"""Instagram through Business Discovery, driven by bodies instead of a network."""

import json
import re
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from activity import testing
from activity.agency import Account, Channel
from activity.outcome import Failure, Outcome
from activity.post import EvidenceKind, PostKind, PostMetrics, Precision
from activity.visit import Budget, Memory, Page, Profile, Target, Window
from crawler.visits.meta.graph import GraphAccess
from crawler.visits.meta.instagram import MEDIA_FIELDS, PROFILE_FIELDS, visit
from testkit.zone import MAKASSAR

CAPTURED = Path(__file__).parents[2] / "../shared/fixtures/graph"
captured = pytest.mark.skipif(
    not CAPTURED.is_dir(), reason="captured Graph API bodies are not beside the checkout"
)
NOW = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
ACCESS = GraphAccess(instagram_user_id="1784", instagram_token="city")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def drive(visit, answer, now):
    """Untyped, so that each test may look straight into what must be there."""
    return testing.drive(visit, answer, now)


def target_of(known=(), *, days=60, memory=None, now=NOW, since=None, requests=200):
    return Target(
        account=Account(1, "dinkes", Channel.INSTAGRAM, "dinkes.bjm"),
        window=Window(since or now - timedelta(days=days), now),
        zone=MAKASSAR,
        memory=memory or Memory(),
        known=frozenset(known),
        budget=Budget(requests=requests),
    )


def shortcode_of(moment):
    number = (int(moment.timestamp() * 1000) - 1314220021721) << 23
    return "".join(LETTERS[(number >> 6 * place) & 63] for place in range(10, -1, -1))


def media(number, at, **more):
    return {
        "id": str(number),
        "caption": f"Kegiatan {number}\nbaris kedua",
        "media_type": "IMAGE",
        "media_product_type": "FEED",
        "permalink": f"https://www.instagram.com/p/{shortcode_of(at)}/",
        "timestamp": f"{at:%Y-%m-%dT%H:%M:%S}+0000",
        "like_count": 5,
        "comments_count": 1,
        **more,
    }


class Discovery:
    """Answers Business Discovery calls from a list of media, newest first."""

    def __init__(self, items, *, biggest=500):
        self.items = items
        self.biggest = biggest

    def __call__(self, fetch):
        fields = parse_qs(urlsplit(fetch.url).query)["fields"][0]
        limit = int(re.findall(r"limit\((\d+)\)", fields)[0])
        if limit > self.biggest:
            return answer_of(fetch, {"error": {"code": 1, "message": "reduce"}}, 500)
        items = self.items
        start = re.search(r"after\(c(\d+)\)", fields)
        begin = int(start[1]) if start else 0
        page, more = items[begin : begin + limit], begin + limit < len(items)
        cursors = {"before": "b"} | ({"after": f"c{begin + limit}"} if more else {})
        found = {"id": "9", "followers_count": 1200, "media_count": len(self.items)}
        if page:
            found["media"] = {"data": page, "paging": {"cursors": cursors}}
        return answer_of(fetch, {"business_discovery": found, "id": "1784"})


def answer_of(fetch, body, status=200):
    return Page(fetch, fetch.url, status, NOW, body=json.dumps(body).encode())


def daily(count, start=1):
    return [media(1000 - n, NOW - timedelta(days=n, hours=start)) for n in range(count)]


def test_one_call_brings_counters_and_media():
    harvest, asked = drive(visit(target_of(), ACCESS), Discovery(daily(3)), NOW)
    (fetch,) = asked
    assert fetch.url.startswith(
        "https://graph.facebook.com/v27.0/1784?fields=business_discovery.username(dinkes.bjm)"
    )
    assert fetch.token == "city"
    assert harvest.outcome is Outcome.OK
    assert harvest.profile == Profile(1200, 3)
    assert harvest.complete_since == NOW - timedelta(days=60)
    post = harvest.posts[0]
    assert (post.key, post.title, post.kind) == (shortcode_of(post.date.at), "Kegiatan 1000", PostKind.PHOTO)
    assert post.url.startswith("https://www.instagram.com/p/")
    assert post.metrics == PostMetrics(likes=5, comments=1)
    assert post.date.at == NOW - timedelta(hours=1)
    assert post.date.precision is Precision.SECOND
    assert [(w.kind, w.where) for w in post.date.evidence] == [
        (EvidenceKind.API, "timestamp"),
        (EvidenceKind.SHORTCODE, "permalink"),
    ]
    assert not post.date.contested


def test_paging_covers_the_window_once():
    harvest, asked = drive(visit(target_of(days=120), ACCESS), Discovery(daily(300)), NOW)
    assert len(harvest.posts) == len({post.key for post in harvest.posts}) == 120
    assert len(asked) == 3


def test_an_old_list_is_not_read_to_its_end_and_its_newest_is_told_apart():
    harvest, asked = drive(visit(target_of(days=60), ACCESS), Discovery(daily(900)), NOW)
    assert len(harvest.posts) == 60
    assert harvest.before.title == "Kegiatan 940"
    assert len(asked) == 2
    assert harvest.complete_since == NOW - timedelta(days=60)


def test_the_next_night_costs_one_call():
    everything = daily(150)
    first, _ = drive(visit(target_of(days=160), ACCESS), Discovery(everything), NOW)
    known = {post.key for post in first.posts}
    later = NOW + timedelta(days=1)
    fresh = [media(2000 + n, later - timedelta(hours=n + 1)) for n in range(3)]
    target = target_of(known, now=later, since=NOW - timedelta(days=160), memory=first.memory)
    harvest, asked = drive(visit(target, ACCESS), Discovery(fresh + everything), later)
    assert len(asked) == 1
    assert {post.key for post in harvest.posts} > {post.key for post in harvest.posts} - known
    assert sum(post.key not in known for post in harvest.posts) == 3
    assert harvest.complete_since == NOW - timedelta(days=160)


def test_a_broken_first_night_is_read_again_in_full():
    everything = daily(150)
    answer = Discovery(everything)

    def breaks(fetch):
        return answer_of(fetch, {"error": {"code": 4}}, 400) if "after" in fetch.url else answer(fetch)

    first, _ = drive(visit(target_of(days=160), ACCESS), breaks, NOW)
    assert first.outcome is Outcome.LIMITED
    assert (len(first.posts), first.complete_since) == (50, None)
    target = target_of({p.key for p in first.posts}, days=160, memory=first.memory)
    second, asked = drive(visit(target, ACCESS), answer, NOW)
    assert (second.outcome, len(second.posts), len(asked)) == (Outcome.OK, 150, 3)


def test_a_window_that_reaches_further_back_is_read_again():
    everything = daily(150)
    first, _ = drive(visit(target_of(days=60), ACCESS), Discovery(everything), NOW)
    target = target_of({p.key for p in first.posts}, days=160, memory=first.memory)
    harvest, _ = drive(visit(target, ACCESS), Discovery(everything), NOW)
    assert len(harvest.posts) == 150


def test_pinned_posts_do_not_end_the_list():
    pinned = media(1, NOW - timedelta(days=400))
    answer = Discovery([pinned, *daily(120)])
    harvest, _ = drive(visit(target_of(days=110), ACCESS), answer, NOW)
    assert len(harvest.posts) == 110


def test_a_page_too_big_is_halved():
    harvest, asked = drive(visit(target_of(), ACCESS), Discovery(daily(20), biggest=25), NOW)
    assert (harvest.outcome, len(harvest.posts), len(asked)) == (Outcome.OK, 20, 2)


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"media_product_type": "REELS", "media_type": "VIDEO"}, PostKind.REEL),
        ({"media_type": "VIDEO"}, PostKind.VIDEO),
        ({"media_type": "CAROUSEL_ALBUM"}, PostKind.ALBUM),
        ({"media_type": "IMAGE"}, PostKind.PHOTO),
    ],
)
def test_kinds(more, kind):
    items = [media(1, NOW - timedelta(hours=2), **more)]
    harvest, _ = drive(visit(target_of(), ACCESS), Discovery(items), NOW)
    assert harvest.posts[0].kind is kind


def test_what_never_stood_on_the_profile_is_left_out():
    items = [
        media(n, NOW - timedelta(hours=n), media_product_type=p)
        for n, p in ((1, "AD"), (2, "STORY"), (3, "FEED"))
    ]
    harvest, _ = drive(visit(target_of(), ACCESS), Discovery(items), NOW)
    assert ([p.title for p in harvest.posts], harvest.left_out) == (["Kegiatan 3"], 2)


def test_hidden_figures_are_unknown_not_zero():
    item = media(1, NOW - timedelta(hours=2))
    for name in ("like_count", "comments_count", "caption"):
        del item[name]
    harvest, _ = drive(visit(target_of(), ACCESS), Discovery([item]), NOW)
    assert harvest.posts[0].metrics == PostMetrics()
    assert harvest.posts[0].title == ""


def test_a_clock_that_names_another_day_is_contested():
    at = NOW - timedelta(days=2)
    other = f"https://www.instagram.com/p/{shortcode_of(at - timedelta(days=5))}/"
    harvest, _ = drive(visit(target_of(), ACCESS), Discovery([media(1, at, permalink=other)]), NOW)
    assert harvest.posts[0].date.contested
    assert harvest.posts[0].date.at == at


def test_minutes_around_midnight_are_not_contested():
    midnight = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)  # in Makassar
    other = f"https://www.instagram.com/p/{shortcode_of(midnight - timedelta(minutes=3))}/"
    item = media(1, midnight + timedelta(minutes=2), permalink=other)
    harvest, _ = drive(visit(target_of(), ACCESS), Discovery([item]), NOW)
    assert not harvest.posts[0].date.contested


def test_the_shortcode_dates_a_post_without_a_timestamp():
    at = NOW - timedelta(days=2)
    body = {"business_discovery": {"media": {"data": [media(1, at) | {"timestamp": None}]}}}
    harvest, _ = drive(visit(target_of(), ACCESS), lambda f: answer_of(f, body), NOW)
    assert harvest.posts[0].date.at == at
    assert harvest.posts[0].date.evidence[0].kind is EvidenceKind.SHORTCODE


def test_without_a_token_nothing_is_asked():
    harvest, asked = drive(visit(target_of(), GraphAccess(instagram_user_id="1")), {}, NOW)
    assert (harvest.outcome, asked) == (Outcome.NO_TOKEN, ())
    harvest, asked = drive(visit(target_of(), GraphAccess(instagram_token="city")), {}, NOW)
    assert (harvest.outcome, asked) == (Outcome.MISCONFIGURED, ())


def test_a_handle_cannot_smuggle_fields():
    target = target_of()
    account = Account(1, "x", Channel.INSTAGRAM, "a){id},me{token")
    odd = Target(account, target.window, target.zone)
    harvest, asked = drive(visit(odd, ACCESS), {}, NOW)
    assert (harvest.outcome, asked) == (Outcome.MISCONFIGURED, ())


@pytest.mark.parametrize(
    ("body", "status", "outcome"),
    [
        ({"error": {"code": 110, "error_subcode": 2207013}}, 400, Outcome.NOT_VISIBLE),
        ({"error": {"code": 190, "error_subcode": 463}}, 400, Outcome.TOKEN_DEAD),
        ({"error": {"code": 4, "is_transient": True}}, 403, Outcome.THROTTLED),
        ({"error": {"code": 10}}, 400, Outcome.NOT_PERMITTED),
    ],
)
def test_an_error_keeps_what_was_remembered(body, status, outcome):
    memory = Memory(seen_at=NOW - timedelta(days=1), facts={"complete_since": "2026-01-01T00:00:00+00:00"})
    harvest, asked = drive(visit(target_of(memory=memory), ACCESS), lambda f: answer_of(f, body, status), NOW)
    assert (harvest.outcome, harvest.memory, len(asked)) == (outcome, memory, 1)
    assert harvest.complete_since is None


def test_an_account_that_never_posted_is_empty():
    harvest, _ = drive(visit(target_of(), ACCESS), Discovery([]), NOW)
    assert (harvest.outcome, harvest.posts) == (Outcome.EMPTY, ())
    assert harvest.complete_since == NOW - timedelta(days=60)


def test_a_silent_account_is_not_empty():
    harvest, _ = drive(visit(target_of(), ACCESS), Discovery([media(1, NOW - timedelta(days=99))]), NOW)
    assert (harvest.outcome, harvest.posts) == (Outcome.OK, ())
    assert harvest.before.title == "Kegiatan 1"


def test_a_token_that_the_edge_lost():
    def answer(fetch):
        return Page(fetch, fetch.url, None, NOW, failure=Failure.TOKEN_MISSING)

    assert drive(visit(target_of(), ACCESS), answer, NOW)[0].outcome is Outcome.NO_TOKEN


def test_no_more_pages_than_the_budget():
    _, asked = drive(visit(target_of(days=900, requests=3), ACCESS), Discovery(daily(800)), NOW)
    assert len(asked) == 3


@captured
@pytest.mark.parametrize("folder", ["base/discovery_medias_", "instagram/apidata/discovery/medias_"])
def test_captured_pages_are_read_without_loss(folder):
    pages = [
        json.loads((CAPTURED / f"python-facebook/testdata/{folder}p{n}.json").read_text()) for n in (1, 2)
    ]
    items = [item for page in pages for item in page["business_discovery"]["media"]["data"]]
    now = datetime(2021, 11, 1, tzinfo=UTC)

    def answer(fetch):
        return answer_of(fetch, pages[1 if ".after(" in fetch.url else 0])

    harvest, asked = drive(visit(target_of(now=now, days=300), ACCESS), answer, now)
    # The second capture of one pair ends the list, that of the other has a further cursor.
    assert len(asked) <= 3
    by_key = {item["permalink"].split("/")[4]: item for item in items}
    assert {post.key for post in harvest.posts} == set(by_key)
    for post in harvest.posts:
        item = by_key[post.key]
        assert post.url == item["permalink"]
        assert post.date.at == datetime.fromisoformat(item["timestamp"])
        assert post.metrics == PostMetrics(item["like_count"], item["comments_count"])
        assert not post.date.contested
        witness = post.date.evidence[1]
        assert abs(witness.at - post.date.at) < timedelta(seconds=60)


@captured
def test_captured_profiles():
    for name, followers in (
        ("python-facebook/testdata/instagram/apidata/discovery/user_fields.json", 64976),
        ("transcribed/bd_profile_ok_nokia.json", 6033),
    ):
        body = json.loads((CAPTURED / name).read_text())
        harvest, _ = drive(visit(target_of(), ACCESS), partial(answer_of, body=body), NOW)
        assert harvest.profile.followers == followers


@captured
def test_every_field_asked_for_is_in_metas_specification():
    def spec(name):
        path = CAPTURED / f"facebook-business-sdk-codegen/api_specs/specs/{name}.json"
        return json.loads(path.read_text())

    user, item = spec("IGUser"), spec("IGMedia")
    user_fields = {field["name"] for field in user["fields"]}
    assert {"business_discovery", *PROFILE_FIELDS} <= user_fields
    assert set(MEDIA_FIELDS) <= {field["name"] for field in item["fields"]}
    (edge,) = [a for a in user["apis"] if a.get("endpoint") == "media" and a["method"] == "GET"]
    assert edge["return"] == "IGMedia"
