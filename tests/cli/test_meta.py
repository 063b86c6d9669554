"""`denyut meta check` and `setup` against the sample city's Graph API."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from activity.agency import Channel
from cli.meta_report import Level, TokenSight, judge_token, judge_version
from crawler.visits.meta.graph_token import SCOPES, TokenFacts
from desk.installation.inquiry import find_ending
from desk.setting.config import load_config
from desk.setting.token import Token, TokenKind
from samplecity.graph.token import APP_ID, APP_SECRET, KEYS
from testkit.raw import RawServer

NOW = datetime(2026, 2, 2, 15, 30, tzinfo=UTC)
SEES = {Channel.INSTAGRAM: TokenSight(("dinkes",), {"dlh": "not visible"})}
APP = {"DENYUT_APP_ID": APP_ID, "DENYUT_APP_SECRET": APP_SECRET}


def token_of(**more):
    return Token("kota", "EAAsecret", channels=frozenset({Channel.INSTAGRAM}), app_secret="x", **more)


def facts_of(**more):
    return TokenFacts(True, "system user", scopes=SCOPES[Channel.INSTAGRAM], **more)


def levels(facts, sights=SEES, **more):
    return [finding.level for finding in judge_token(token_of(**more), facts, sights, NOW).findings]


@pytest.mark.parametrize(
    ("days", "level"),
    [(15, Level.OK), (14, Level.WARNING), (7, Level.WARNING), (1, Level.WARNING), (0, Level.BLOCKS)],
)
@pytest.mark.parametrize("which", ["expires", "access_expires"])
def test_the_earlier_of_two_ends_is_told_in_time(which, days, level):
    other = "access_expires" if which == "expires" else "expires"
    facts = facts_of(**{which: NOW + timedelta(days=days), other: NOW + timedelta(days=400)})
    assert levels(facts)[0] is level


def test_each_warning_has_its_own_words():
    texts = {
        judge_token(token_of(), facts_of(expires=NOW + timedelta(days=days)), SEES, NOW).findings[0].text
        for days in (14, 7, 1)
    }
    assert len({text.rpartition(":")[2] for text in texts}) == 3


def test_a_missing_permission_blocks_unless_the_accounts_are_seen_all_the_same():
    blind = {Channel.INSTAGRAM: TokenSight((), {"dlh": "not permitted"})}
    facts = TokenFacts(True, "system user", scopes=frozenset({"instagram_basic"}))
    report = judge_token(token_of(), facts, blind, NOW)
    assert report.missing == ("instagram_manage_insights", "pages_read_engagement")
    assert Level.BLOCKS in levels(facts, blind)
    assert Level.BLOCKS not in levels(facts)


def test_another_kind_than_written_is_told():
    assert levels(facts_of(), kind=TokenKind.PAGE).count(Level.WARNING) == 1
    assert levels(facts_of(), kind=TokenKind.SYSTEM_USER).count(Level.WARNING) == 0


@pytest.mark.parametrize(
    ("version", "today", "level"),
    [
        ("v26.0", date(2026, 11, 22), Level.OK),
        ("v21.0", date(2026, 10, 20), Level.OK),
        ("v21.0", date(2026, 10, 23), Level.WARNING),
        ("v20.0", date(2026, 9, 24), Level.WARNING),
        ("v3.2", date(2026, 1, 26), Level.WARNING),
    ],
)
def test_the_version_has_an_end_of_its_own(version, today, level):
    assert judge_version(version, today).level is level


def prepare(denyut, registry):
    denyut.done("init")
    denyut.done("agencies", "import", denyut.write("registry.csv", registry()))


def test_each_token_is_explained(denyut, registry):
    prepare(denyut, registry)
    found = denyut.json("meta", "check", "--json", **APP)
    assert not found["blocked"]
    assert [(t["name"], t["kind"], t["valid"], t["signed"]) for t in found["tokens"]] == [
        ("instagram", "system user", True, True),
        ("facebook", "system user", True, True),
    ]
    instagram, facebook = found["tokens"]
    assert instagram["missing_scopes"] == facebook["missing_scopes"] == []
    assert "dinkes" in instagram["sees"]["instagram"]
    assert "kel-sumber-rejeki" in instagram["does_not_see"]["instagram"]
    assert "bapperida" in facebook["does_not_see"]["facebook"]
    table = denyut.done("meta", "check", **APP)
    assert "sees" in table
    assert not any(secret in table + json.dumps(found) for secret in (*KEYS, APP_SECRET))


def test_what_blocks_tonight_ends_with_one(denyut, registry, server):
    prepare(denyut, registry)
    server.graph.expire_token("facebook")
    try:
        done = denyut.run("meta", "check", "--json", **APP)
    finally:
        server.graph.renew_token("facebook")
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert [token["valid"] for token in found["tokens"]] == [True, False]
    dead = denyut.run("meta", "check", DENYUT_INSTAGRAM_TOKEN="EAAmadeup")
    assert dead.returncode == 1
    assert "EAAmadeup" not in dead.stdout + dead.stderr


@pytest.mark.parametrize(
    ("error", "told"), [({"code": 4}, ["facebook"]), ({"code": 190}, ["facebook"]), (None, [])]
)
def test_a_token_that_rests_or_is_dead_hides_no_other_that_ends(error, told):
    """Where Meta cannot be reached, the next token is not asked about."""
    ends = datetime.now(UTC) + timedelta(days=9, hours=1)

    def respond(hit):
        if "EAArests" not in hit.head:
            hit.answer(json.dumps({"data": {"is_valid": True, "expires_at": int(ends.timestamp())}}).encode())
        elif error:
            hit.answer(json.dumps({"error": error}).encode(), "400 Bad Request")

    server = RawServer(respond)
    config = load_config(
        {
            "DENYUT_GRAPH_URL": server.url,
            "DENYUT_ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8",
            "DENYUT_INSTAGRAM_TOKEN": "EAArests",
            "DENYUT_FACEBOOK_TOKEN": "EAAlives",
            "DENYUT_DELAY": "0",
        }
    )
    assert [str(each.name) for each in find_ending(config)] == [f"token {name}" for name in told]
    server.close()


def test_the_morning_tells_of_a_token_that_will_soon_end(denyut, registry, server):
    prepare(denyut, registry)
    told = {}
    try:
        for days in (13, 15):
            server.graph.set_expiry("instagram", None, server.now() + timedelta(days=days))
            told[days] = denyut.json("message", "preview", "--json", **APP)[0]["text"]
        server.graph.expire_token("instagram")
        told[0] = denyut.json("message", "preview", "--json", **APP)[0]["text"]
    finally:
        server.graph.renew_token("instagram")
    assert "token instagram: its access to data ends on 2026-02-15, in 13 days. Make a new one" in told[13]
    assert not any("its access to data" in told[each] for each in (15, 0))


def test_a_version_that_ended_is_named_and_blocks_nothing(denyut, registry):
    """Meta refuses none: it answers by another version."""
    prepare(denyut, registry)
    ended = denyut.run("meta", "check", "--json", DENYUT_GRAPH_VERSION="v18.0", **APP)
    assert ended.returncode == 0
    assert "ended on 2026-01-26" in ended.stdout


def test_tokens_alone_cost_a_call_each(denyut, registry, server):
    prepare(denyut, registry)
    before = server.graph.calls
    found = denyut.json("meta", "check", "--tokens-only", "--json", **APP)
    assert server.graph.calls - before == 2
    assert [token["sees"] for token in found["tokens"]] == [{}, {}]


def test_a_coming_end_is_told(denyut, server):
    server.graph.set_expiry("instagram", None, server.now() + timedelta(days=6))
    try:
        found = denyut.json("meta", "check", "--json", **APP)
    finally:
        server.graph.renew_token("instagram")
    assert found["tokens"][0]["ends"] == found["tokens"][0]["data_access_expires_at"]
    assert "a week is left" in json.dumps(found)


def test_without_the_apps_secret_a_token_tells_of_itself(denyut):
    found = denyut.json("meta", "check", "--json")
    assert [token["valid"] for token in found["tokens"]] == [True, True]
    assert "not signed" in json.dumps(found)


def test_without_any_token_there_is_nothing_to_crawl_with(denyut):
    done = denyut.run("meta", "check", DENYUT_INSTAGRAM_TOKEN="", DENYUT_FACEBOOK_TOKEN="")
    assert done.returncode == 1
    assert "No token is set" in done.stdout


def test_setup_in_a_pipe_prints_every_step_and_ends_in_the_check(denyut):
    printed = denyut.done("meta", "setup", **APP)
    assert "Langkah 1 dari 6" in printed
    assert "Langkah 6 dari 6" in printed
    assert "Selesai" in printed
    assert "has every permission" in printed
