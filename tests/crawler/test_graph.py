"""The Graph API's addresses, paging, usage headers and error table."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activity.agency import Account, Channel
from activity.outcome import Failure, Outcome
from activity.testing import drive
from activity.visit import Fetch, Page, Purpose, Target, Window
from crawler.visits.meta import facebook, graph_error, instagram, shortcode
from crawler.visits.meta.graph import (
    Edge,
    GraphAccess,
    WalkEnd,
    ask,
    build_url,
    clean_next,
    read_moment,
    walk,
)
from crawler.visits.meta.graph_code import CODES, PAIRS, STATUSES
from crawler.visits.meta.graph_usage import Usage, plan_pause, read_usage
from testkit.zone import JAKARTA

NOW = datetime(2026, 3, 2, tzinfo=UTC)
CAPTURED = Path(__file__).parents[2] / "../shared/fixtures/graph"
ACCESS = GraphAccess(base_url="http://127.0.0.1:8080")
captured = pytest.mark.skipif(
    not CAPTURED.is_dir(), reason="captured Graph API bodies are not beside the checkout"
)


def read_error(page):
    """Untyped, so that each test may look straight into what must be there."""
    return graph_error.read_error(page)


def read_shortcode(address, *, now):
    return shortcode.read_shortcode(address, now=now)


def page_of(body, status=200, *, failure=None, fetch=None):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    fetch = fetch or Fetch("http://127.0.0.1/x", Purpose.API)
    return Page(fetch, fetch.url, None if failure else status, NOW, body=raw, failure=failure)


def error_of(code, subcode=None, *, status=400, **more):
    body = {"code": code, "message": "SECRETTEXT", **({"error_subcode": subcode} if subcode else {}), **more}
    return read_error(page_of({"error": body}, status))


@pytest.mark.parametrize(
    ("code", "subcode", "status", "outcome"),
    [
        (110, 2207013, 400, Outcome.NOT_VISIBLE),
        (100, 2207013, 400, Outcome.NOT_VISIBLE),
        (100, 33, 400, Outcome.NOT_VISIBLE),
        (803, None, 404, Outcome.NOT_VISIBLE),
        *((code, None, 400, Outcome.THROTTLED) for code in (4, 17, 32, 613, 80001, 80002)),
        (4, None, 403, Outcome.THROTTLED),
        *((190, sub, 400, Outcome.TOKEN_DEAD) for sub in (None, 458, 459, 460, 463, 464, 467, 492)),
        (190, 463, 401, Outcome.TOKEN_DEAD),
        (102, None, 400, Outcome.TOKEN_DEAD),
        (190, 2069032, 400, Outcome.NOT_PERMITTED),
        *((code, None, 403, Outcome.NOT_PERMITTED) for code in (10, 200, 210, 299)),
        (100, None, 400, Outcome.MISCONFIGURED),
        (104, None, 400, Outcome.MISCONFIGURED),
        (2500, None, 400, Outcome.MISCONFIGURED),
        (987654, None, 400, Outcome.MISCONFIGURED),
        (987654, None, 503, Outcome.UNREACHABLE),
        (368, None, 400, Outcome.BLOCKED),
        (1, None, 500, Outcome.UNREACHABLE),
        (2, None, 500, Outcome.UNREACHABLE),
    ],
)
def test_an_error_has_one_outcome(code, subcode, status, outcome):
    error = error_of(code, subcode, status=status)
    assert error.outcome is outcome
    assert str(code) in error.detail
    assert "SECRETTEXT" not in error.detail


def test_throttling_that_calls_itself_transient_is_not_asked_again():
    assert not error_of(4, is_transient=True).transient
    assert error_of(987654, is_transient=True).transient
    assert error_of(2).transient
    assert error_of(1).too_big


@pytest.mark.parametrize(
    ("body", "status", "outcome"),
    [
        (b"<html>bad gateway</html>", 502, Outcome.UNREACHABLE),
        (b"", 429, Outcome.THROTTLED),
        (b"<html>hello</html>", 200, Outcome.UNPARSABLE),
        (b"[1]", 200, Outcome.UNPARSABLE),
        (b"[" * 100_000, 200, Outcome.UNPARSABLE),
        (b"not found", 404, Outcome.MISCONFIGURED),
        (b'{"error": {"code": 190}}', 200, Outcome.TOKEN_DEAD),
        (b'{"error": {"code": "190"}}', 400, Outcome.TOKEN_DEAD),
        (b'{"error": {"code": [1]}}', 400, Outcome.MISCONFIGURED),
    ],
)
def test_odd_bodies_have_an_outcome_too(body, status, outcome):
    assert read_error(page_of(body, status)).outcome is outcome


@pytest.mark.parametrize("failure", list(Failure))
def test_a_failure_is_an_outcome(failure):
    special = {
        Failure.TOKEN_MISSING: Outcome.NO_TOKEN,
        Failure.TOKEN_SPENT: Outcome.THROTTLED,
        Failure.TOKEN_DEAD: Outcome.TOKEN_DEAD,
        Failure.ROBOTS: Outcome.REFUSED,
        Failure.PRIVATE_ADDRESS: Outcome.REFUSED,
    }
    error = read_error(page_of(b"", failure=failure))
    assert error.outcome is special.get(failure, Outcome.UNREACHABLE)
    # With nothing read the night may not count as seen.
    assert not error.outcome.saw
    assert error.too_big == (failure is Failure.TOO_LARGE)


@captured
@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("transcribed/err_1_reduce_data.json", Outcome.UNREACHABLE),
        ("transcribed/err_4_app_limit.json", Outcome.THROTTLED),
        ("transcribed/err_10_bd_missing_manage_insights.json", Outcome.NOT_PERMITTED),
        ("transcribed/err_110_2207013_bd_user_not_found_no.json", Outcome.NOT_VISIBLE),
        ("transcribed/err_110_2207013_bd_user_not_found_zh.json", Outcome.NOT_VISIBLE),
        ("transcribed/err_190_463_expired.json", Outcome.TOKEN_DEAD),
        ("transcribed/err_80001_page_buc.json", Outcome.THROTTLED),
        ("transcribed/err_80002_ig_buc.json", Outcome.THROTTLED),
        ("python-facebook/testdata/error.json", Outcome.MISCONFIGURED),
        ("python-facebook/testdata/base/error_data.json", Outcome.MISCONFIGURED),
        ("restfb/src/test/resources/json/oauthExampleError.json", Outcome.UNREACHABLE),
        ("restfb/src/test/resources/json/exampleErrorNew.json", Outcome.TOKEN_DEAD),
        ("restfb/src/test/resources/json/instagram/ig_login_exception.json", Outcome.MISCONFIGURED),
    ],
)
def test_every_captured_error_has_its_outcome(name, outcome):
    assert read_error(page_of((CAPTURED / name).read_bytes(), 400)).outcome is outcome


@captured
def test_no_captured_error_is_forgotten():
    listed = next(
        mark for mark in test_every_captured_error_has_its_outcome.pytestmark if mark.name == "parametrize"
    )
    names = {name for name, _ in listed.args[1]}
    bodies = [p for p in CAPTURED.rglob("*.json") if "api_specs" not in p.parts]
    held = {str(p.relative_to(CAPTURED)) for p in bodies if b'"error"' in p.read_bytes()}
    assert held == names


@captured
def test_captured_usage_headers():
    headers = json.loads((CAPTURED / "transcribed/headers_samples.json").read_text())
    assert read_usage(headers) == Usage(28.0)
    blocked = (CAPTURED / "restfb/src/test/resources/json/api/header-business.json").read_text()
    assert read_usage({"x-business-use-case-usage": blocked}) == Usage(100.0, timedelta(minutes=10))


@pytest.mark.parametrize(
    "text", ["", "nonsense", "[]", "3", '{"a": [1, {"call_count": "x"}]}', "[" * 100_000]
)
def test_a_usage_header_that_says_nothing(text):
    assert read_usage({"x-app-usage": text}) == Usage()


def test_slow_at_eighty_stop_at_ninety_five():
    assert plan_pause(Usage(79.9)).seconds == 0
    waits = [plan_pause(Usage(float(percent))) for percent in range(80, 95)]
    assert not any(wait.stop for wait in waits)
    assert [wait.seconds for wait in waits] == sorted({wait.seconds for wait in waits})
    assert 0 < waits[0].seconds < waits[-1].seconds <= 60
    assert plan_pause(Usage(95.0)).stop
    assert plan_pause(Usage(1.0, timedelta(minutes=5))).stop


def test_an_address_quotes_what_it_is_given():
    url = build_url(ACCESS, "a/b", "posts", fields="id,x{y}", since="")
    assert url == "http://127.0.0.1:8080/v27.0/a%2Fb/posts?fields=id,x%7By%7D"


def test_next_loses_its_secrets_and_stays_on_our_host():
    given = (
        "https://u:p@evil.example/v9/4/posts?access_token=T&until&limit=100&appsecret_proof=P&fields=a%2Cb#x"
    )
    assert clean_next(ACCESS, given, 50) == "http://127.0.0.1:8080/v9/4/posts?until=&limit=50&fields=a,b"
    assert clean_next(ACCESS, "http://[broken", 50) == "http://127.0.0.1:8080/v27.0"


@given(st.text(max_size=80))
def test_next_never_holds_a_token(text):
    cleaned = clean_next(ACCESS, f"https://graph.facebook.com/x?access_token={text.replace('&', '')}", 5)
    assert "access_token" not in cleaned
    assert cleaned.startswith("http://127.0.0.1:8080/")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2021-07-09T19:09:52+0000", datetime(2021, 7, 9, 19, 9, 52, tzinfo=UTC)),
        ("2021-07-10T02:09:52+0700", datetime(2021, 7, 9, 19, 9, 52, tzinfo=UTC)),
        (1625857792, datetime(2021, 7, 9, 19, 9, 52, tzinfo=UTC)),
        (1625857792.0, datetime(2021, 7, 9, 19, 9, 52, tzinfo=UTC)),
        ("2021-07-09T19:09:52", None),
        ("0001-01-01T00:00:00+2300", None),
        ("yesterday", None),
        (1e300, None),
        (True, None),
        (None, None),
    ],
)
def test_moments(value, expected):
    assert read_moment(value) == expected


def test_shortcode_clocks_of_odd_addresses():
    assert (
        read_shortcode("https://www.instagram.com/p/CSr71Gzlqo4ABCDEFGHIJKLMNOPQ/", now=NOW).code
        == "CSr71Gzlqo4"
    )
    assert read_shortcode("https://www.instagram.com/dinkes/reel/CSr71Gzlqo4/", now=NOW) is not None
    assert read_shortcode("https://www.instagram.com/p/__________9/", now=NOW) is None
    assert read_shortcode("https://www.instagram.com/p/short/", now=NOW) is None
    assert read_shortcode("https://example.org/p/CSr71Gzlqo4/", now=NOW) is None


def pump(generator, answers):
    """Drive a generator with bodies by address; returns its result and the addresses asked."""
    asked: list[str] = []
    try:
        fetch = next(generator)
        while len(asked) < 200:
            asked.append(fetch.url)
            fetch = generator.send(answers(fetch))
    except StopIteration as stop:
        return stop.value, asked
    raise AssertionError("the walk does not end")


def edge_of(judge=lambda _: None, pages=40):
    return Edge(
        token="t",
        build=lambda limit, cursor: f"http://127.0.0.1/{cursor or 'start'}?limit={limit}",
        items=lambda body: body["data"],
        cursor=lambda body: body.get("after"),
        judge=judge,
        limit=50,
        pages=pages,
    )


def test_a_walk_goes_on_over_an_empty_page_and_ends_without_a_cursor():
    bodies = {"start": ([{"id": "1"}], "b"), "b": ([], "c"), "c": ([{"id": "2"}, {"id": "1"}, {}], None)}

    def answer(fetch):
        data, after = bodies[fetch.url.split("/")[3].split("?")[0]]
        return page_of({"data": data, "after": after}, fetch=fetch)

    result, asked = pump(walk(edge_of()), answer)
    assert [item["id"] for item in result.items] == ["1", "2"]
    assert (result.end, result.pages, len(asked)) == (WalkEnd.REACHED, 3, 3)


def test_a_cursor_that_repeats_ends_the_walk():
    result, asked = pump(walk(edge_of()), lambda f: page_of({"data": [{"id": "1"}], "after": "x"}, fetch=f))
    assert (result.end, len(asked)) == (WalkEnd.LOOPED, 2)


def test_a_walk_is_bounded():
    numbers = iter(range(10_000))
    result, asked = pump(
        walk(edge_of(pages=7)),
        lambda f: page_of({"data": [{"id": str(n := next(numbers))}], "after": str(n)}, fetch=f),
    )
    assert (result.end, len(asked), len(result.items)) == (WalkEnd.FULL, 7, 7)


def test_a_page_too_big_is_halved_and_not_for_ever():
    def answer(fetch):
        limit = int(fetch.url.rpartition("=")[2])
        small = limit <= 12
        body = {"data": [{"id": "1"}]} if small else {"error": {"code": 1}}
        return page_of(body, 200 if small else 500, fetch=fetch)

    result, asked = pump(walk(edge_of()), answer)
    assert (result.limit, len(asked), result.end) == (12, 3, WalkEnd.REACHED)
    result, asked = pump(walk(edge_of()), lambda f: page_of({"error": {"code": 1}}, 500, fetch=f))
    assert (result.error.outcome, len(asked)) == (Outcome.UNREACHABLE, 5)


def test_a_transient_error_is_asked_once_more():
    bodies = iter([({"error": {"code": 2}}, 500), ({"id": "1"}, 200)])
    (body, error), asked = pump(
        ask(Fetch("http://127.0.0.1/x", Purpose.API)), lambda f: page_of(*next(bodies), fetch=f)
    )
    assert (body, error, len(asked)) == ({"id": "1"}, None, 2)
    (body, error), asked = pump(
        ask(Fetch("http://127.0.0.1/x", Purpose.API)), lambda f: page_of(b"", 503, fetch=f)
    )
    assert (error.outcome, len(asked)) == (Outcome.UNREACHABLE, 2)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
NAMES = st.sampled_from(
    [
        "id",
        "timestamp",
        "created_time",
        "permalink",
        "permalink_url",
        "caption",
        "message",
        "like_count",
        "shares",
        "attachments",
        "reactions",
        "comments",
        "media_type",
        "is_hidden",
        "post_id",
    ]
)
ITEMS = st.lists(st.dictionaries(NAMES, JSON | st.just("7"), max_size=6) | JSON, max_size=3) | JSON
CURSORS = st.dictionaries(st.sampled_from(["next", "cursors"]), JSON | st.just({"after": "x"}), max_size=2)


@settings(max_examples=300)
@given(ITEMS, CURSORS | JSON, st.integers(0, 3))
def test_whatever_is_answered_a_visit_ends_in_a_harvest(data, paging, depth):
    edge = {"data": data, "paging": paging}
    nested = [{}, {"media": edge}, {"business_discovery": {"media": edge}}, {"business_discovery": data}]
    body = edge | nested[depth]
    account = Account(1, "x", Channel.INSTAGRAM, "dinkes")
    target = Target(account, Window(NOW - timedelta(days=60), NOW), JAKARTA)
    access = GraphAccess(instagram_user_id="1", instagram_token="t", facebook_token="t")
    for visit in (instagram.visit, facebook.visit):
        harvest, asked = drive(visit(target, access), lambda f: page_of(body, fetch=f), NOW)
        assert isinstance(harvest.outcome, Outcome)
        assert len(asked) < 100
        json.dumps(harvest.memory.facts)


def test_a_merged_page_names_the_other_and_what_to_do():
    said = "(#21) Page ID 100064000000001 was migrated to page ID 100071222333444. Please update"
    error = error_of(21, message=said)
    assert error.outcome is Outcome.MOVED
    assert not error.rests
    assert "100064000000001 into 100071222333444" in error.detail
    assert "registry" in error.detail
    assert "migrated" not in error.detail


def test_every_code_says_what_it_means_what_is_done_and_what_to_do():
    for meaning in {
        id(each): each for each in (*CODES.values(), *PAIRS.values(), *STATUSES.values())
    }.values():
        for words in (meaning.means, meaning.done, meaning.advice):
            assert all(words), meaning
            assert words[0] != words[1]
