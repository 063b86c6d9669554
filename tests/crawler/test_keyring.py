"""Tokens: signed calls, waits that grow, and no call after a stop."""

import asyncio
import hashlib
import hmac
import json

import pytest

from activity.outcome import Failure
from crawler.drive.keyring import Keyring, TokenStoppedError, hide
from crawler.secret import scrub


def usage_of(percent):
    return {"x-app-usage": json.dumps({"call_count": percent})}


def error_of(code, subcode=None):
    return json.dumps({"error": {"code": code, "error_subcode": subcode}}).encode()


def call(keyring, name="kota"):
    async def take_turn():
        async with keyring.turn(name):
            return True

    return asyncio.run(take_turn())


def test_the_proof_is_metas():
    keyring = Keyring({"kota": "EAAtoken", "lain": "EAAother"}, {"kota": "appsecret"})
    proof = hmac.new(b"appsecret", b"EAAtoken", hashlib.sha256).hexdigest()
    assert keyring.sign("kota") == {"appsecret_proof": proof}
    assert keyring.sign("lain") == {}
    assert keyring.sign("lain", about="kota") == {"input_token": "EAAtoken"}


def test_nothing_shows_when_it_is_printed():
    keyring = Keyring({"kota": "EAAtoken"}, {"kota": "appsecret"})
    assert repr(keyring) == "Keyring(kota)"
    address = hide("https://graph.facebook.com/v26.0/1?fields=id", keyring.sign("kota", about="kota"))
    assert "EAAtoken" in address
    assert scrub(address) == (
        "https://graph.facebook.com/v26.0/1?fields=id&input_token=***&appsecret_proof=***"
    )


@pytest.mark.parametrize(
    ("code", "subcode", "failure"),
    [
        *((code, None, Failure.TOKEN_SPENT) for code in (4, 17, 32, 613, 80001, 80002)),
        (190, 463, Failure.TOKEN_DEAD),
        (102, None, Failure.TOKEN_DEAD),
        (190, 2069032, None),
        (110, 2207013, None),
        (10, None, None),
        (1, None, None),
        (2, None, None),
    ],
)
def test_what_stops_a_token(code, subcode, failure):
    keyring = Keyring({"kota": "EAAtoken", "lain": "EAAother"})
    keyring.note("kota", 400, {}, error_of(code, subcode))
    if failure is None:
        assert call(keyring)
        return
    with pytest.raises(TokenStoppedError) as caught:
        call(keyring)
    assert caught.value.failure is failure
    stop = keyring.find_stop("kota")
    assert stop is not None
    assert stop.failure is failure
    assert call(keyring, "lain")


def test_an_error_under_a_success_stops_too():
    keyring = Keyring({"kota": "EAAtoken"})
    keyring.note("kota", 200, {}, error_of(4))
    assert keyring.find_stop("kota") is not None


@pytest.mark.parametrize(("percent", "stopped"), [(79, False), (94, False), (95, True), (100, True)])
def test_usage_headers_stop_it_before_meta_does(percent, stopped):
    keyring = Keyring({"kota": "EAAtoken"}, pace=0.0)
    keyring.note("kota", 200, usage_of(percent), b"{}")
    assert (keyring.find_stop("kota") is not None) == stopped


def test_near_the_limit_each_turn_waits_and_with_room_again_none_does():
    keyring = Keyring({"kota": "EAAtoken"}, pace=0.01)

    async def measure(percent):
        keyring.note("kota", 200, usage_of(percent), b"{}")
        loop = asyncio.get_running_loop()
        start = loop.time()
        async with keyring.turn("kota"):
            return loop.time() - start

    waits = [asyncio.run(measure(percent)) for percent in (10, 80, 94, 10)]
    assert waits[0] < 0.03 < waits[1] < 0.3 < waits[2]
    assert waits[3] < 0.03


def test_a_call_that_waited_while_the_token_was_stopped_is_not_made():
    keyring = Keyring({"kota": "EAAtoken"})
    made = []

    async def ask(answer):
        async with keyring.turn("kota"):
            made.append(answer)
            await asyncio.sleep(0.01)
            keyring.note("kota", 400, {}, answer)

    async def rush():
        return await asyncio.gather(*(ask(error_of(4)) for _ in range(5)), return_exceptions=True)

    results = asyncio.run(rush())
    assert len(made) == 1
    assert sum(isinstance(result, TokenStoppedError) for result in results) == 4


def test_only_the_use_case_of_the_call_counts():
    """Advertisements may stand at their limit while nothing was read."""
    discovery = "https://graph.facebook.com/v27.0/1784?fields=business_discovery.username(a){id}"
    posts = "https://graph.facebook.com/v27.0/77/published_posts"
    entries = [
        {"type": "ads_management", "call_count": 98, "estimated_time_to_regain_access": 30},
        {"type": "instagram", "call_count": 97},
        {"type": "pages", "call_count": 3},
    ]
    headers = {"x-business-use-case-usage": json.dumps({"9": entries}), "x-app-usage": '{"call_count": 2}'}
    for url, stopped in ((posts, False), (discovery, True)):
        keyring = Keyring({"kota": "EAAx"})
        keyring.note("kota", 200, headers, b"{}", url)
        assert (keyring.find_stop("kota") is not None) is stopped
    keyring = Keyring({"kota": "EAAx"})
    keyring.note("kota", 200, {"x-page-usage": '{"call_count": 99}'}, b"{}", discovery)
    assert keyring.find_stop("kota") is None
    keyring.note("kota", 200, {"x-page-usage": '{"call_count": 99}'}, b"{}", posts)
    assert keyring.find_stop("kota") is not None


@pytest.mark.parametrize(
    ("code", "subcode", "status"),
    [
        *((code, None, 400) for code in (9, 341, 368, 80000, 80004, 80008)),
        (987654, None, 429),
        (987654, 2446079, 400),
        (613, 1996, 400),
    ],
)
def test_every_limit_rests_the_token(code, subcode, status):
    keyring = Keyring({"kota": "EAAx"})
    keyring.note("kota", status, {}, error_of(code, subcode))
    stop = keyring.find_stop("kota")
    assert stop is not None
    assert stop.failure is Failure.TOKEN_SPENT
