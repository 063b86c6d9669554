"""Both Graph API visits against the sample city, over real HTTP: its truth, its faults, its calls."""

import csv
import io
from dataclasses import replace
from datetime import datetime, timedelta

import httpx
import pytest

from activity.agency import Account, Channel
from activity.outcome import Failure, Outcome
from activity.testing import drive
from activity.visit import Memory, Page, Target, Window
from crawler.drive.keyring import Keyring
from crawler.visits.meta import facebook, instagram
from crawler.visits.meta.graph import GraphAccess
from samplecity.city import City
from samplecity.graph.fault import FAULTS
from samplecity.graph.oddity import Oddity
from samplecity.server import CityServer
from testkit.zone import MAKASSAR

VISITS = {Channel.INSTAGRAM: instagram.visit, Channel.FACEBOOK: facebook.visit}
CALLS = {Channel.INSTAGRAM: 1.1, Channel.FACEBOOK: 2.1}


class Town:
    """A running city and how it is visited."""

    def __init__(self, server, client):
        self.server = server
        self.client = client
        self.access = GraphAccess(
            base_url=server.graph_url,
            instagram_user_id=server.instagram_user_id,
            instagram_token="instagram",
            facebook_token="facebook",
        )

    @property
    def since(self):
        return datetime(2026, 1, 1, tzinfo=self.server.now().tzinfo)

    def accounts(self, channel):
        rows = csv.DictReader(io.StringIO(self.server.registry_csv()))
        return {row["slug"]: row[channel.value] for row in rows if row[channel.value]}

    def visit(self, channel, slug, *, known=frozenset(), memory=None, tokens=None):
        account = Account(1, slug, channel, self.accounts(channel)[slug])
        window = Window(self.since, self.server.now())
        target = Target(account, window, MAKASSAR, memory or Memory(), known)
        secrets = self.server.tokens if tokens is None else tokens

        def answer(fetch):
            if fetch.token not in secrets:
                return Page(fetch, fetch.url, None, window.now, failure=Failure.TOKEN_MISSING)
            got = self.client.get(fetch.url, headers={"Authorization": f"Bearer {secrets[fetch.token]}"})
            headers = dict(got.headers)
            return Page(fetch, fetch.url, got.status_code, window.now, headers, got.content)

        return drive(VISITS[channel](target, self.access), answer, window.now)

    def truth(self, slug, channel):
        return self.server.truth(since=self.since.date()).account(slug, channel)


@pytest.fixture
def town():
    city = City.build(seed=1, semester="2026-S1", zone="Asia/Makassar")
    evening = datetime(2026, 6, 29, 23, 30, tzinfo=city.zone)
    with CityServer(city, evening) as server, httpx.Client(trust_env=False, verify=False) as client:
        yield Town(server, client)


@pytest.mark.parametrize("channel", list(VISITS))
def test_every_account_is_as_the_city_knows_it_and_the_next_night_is_cheap(town, channel):
    kept = {}
    for slug in town.accounts(channel):
        (harvest, _), truth = town.visit(channel, slug), town.truth(slug, channel)
        if truth.reason:
            assert harvest.outcome in {Outcome.NOT_VISIBLE, Outcome.NOT_PERMITTED}, (slug, truth.reason)
            assert harvest.posts == ()
            continue
        assert harvest.outcome in {Outcome.OK, Outcome.EMPTY}, (slug, harvest.detail)
        zone = town.since.tzinfo
        found = {post.key: post.date.at.astimezone(zone).date() for post in harvest.posts}
        assert found == {post.key: post.day for post in truth.posts}, slug
        assert not any(post.date.contested for post in harvest.posts)
        assert harvest.complete_since == town.since
        kept[slug] = (harvest.memory, frozenset(found))
    assert len(kept) > 10
    town.server.set_now(town.server.now() + timedelta(days=1))
    calls = 0
    for slug, (memory, known) in kept.items():
        harvest, asked = town.visit(channel, slug, known=known, memory=memory)
        calls += len(asked)
        assert known | {p.key for p in harvest.posts} == {p.key for p in town.truth(slug, channel).posts}
        assert harvest.complete_since == town.since
    assert calls <= CALLS[channel] * len(kept)


@pytest.mark.parametrize("channel", list(VISITS))
def test_faults_of_the_city_are_outcomes_and_hold_no_token(town, channel):
    # Whose account everybody may see.
    slug = next(
        slug
        for slug in town.accounts(channel)
        if not town.truth(slug, channel).reason and town.visit(channel, slug)[0].posts
    )
    faults = (
        (lambda: town.server.graph.throttle_after(0), Outcome.THROTTLED),
        (lambda: town.server.graph.throttle_after(None), Outcome.OK),
        (lambda: town.server.graph.expire_token(channel.value), Outcome.TOKEN_DEAD),
        (lambda: town.server.graph.renew_token(channel.value), Outcome.OK),
        (town.server.graph.withdraw_permission, Outcome.NOT_PERMITTED),
        (lambda: town.server.graph.withdraw_permission(withdrawn=False), Outcome.OK),
    )
    for order, outcome in faults:
        order()
        harvest, asked = town.visit(channel, slug)
        assert harvest.outcome is outcome
        assert not any(secret in repr((harvest, asked)) for secret in town.server.tokens.values())
    assert town.visit(channel, slug, tokens={})[0].outcome is Outcome.NO_TOKEN
    assert town.visit(channel, slug, tokens={channel.value: "wrong"})[0].outcome is Outcome.TOKEN_DEAD


OUTCOMES = {
    "unknown error": Outcome.UNREACHABLE,
    "service down": Outcome.UNREACHABLE,
    "passing trouble": Outcome.UNREACHABLE,
    "app limit": Outcome.THROTTLED,
    "user limit": Outcome.THROTTLED,
    "page limit": Outcome.THROTTLED,
    "custom limit": Outcome.THROTTLED,
    "page use case limit": Outcome.THROTTLED,
    "instagram use case limit": Outcome.THROTTLED,
    "account limit": Outcome.THROTTLED,
    "frequency limit": Outcome.THROTTLED,
    "feed limit": Outcome.THROTTLED,
    "messaging use case limit": Outcome.THROTTLED,
    "catalogue use case limit": Outcome.THROTTLED,
    "limit told by a subcode": Outcome.THROTTLED,
    "limit told by the status": Outcome.THROTTLED,
    "merged page": Outcome.MOVED,
    "session": Outcome.TOKEN_DEAD,
    "token expired": Outcome.TOKEN_DEAD,
    "token without app": Outcome.TOKEN_DEAD,
    "token checkpointed": Outcome.TOKEN_DEAD,
    "password changed": Outcome.TOKEN_DEAD,
    "token unconfirmed": Outcome.TOKEN_DEAD,
    "token invalid": Outcome.TOKEN_DEAD,
    "token of a former admin": Outcome.TOKEN_DEAD,
    "page token needed": Outcome.NOT_PERMITTED,
    "no permission": Outcome.NOT_PERMITTED,
    "api access blocked": Outcome.NOT_PERMITTED,
    "invalid parameter": Outcome.MISCONFIGURED,
    "ended version": Outcome.MISCONFIGURED,
    "gone object": Outcome.NOT_VISIBLE,
    "unknown alias": Outcome.NOT_VISIBLE,
    "invisible account": Outcome.NOT_VISIBLE,
    "policy": Outcome.BLOCKED,
}


@pytest.mark.parametrize("channel", list(VISITS))
def test_every_error_body_ends_in_its_one_outcome(town, channel):
    assert OUTCOMES.keys() == FAULTS.keys()
    for name, outcome in OUTCOMES.items():
        town.server.graph.order(FAULTS[name])
        harvest, asked = town.visit(channel, "dinkes")
        assert (name, harvest.outcome) == (name, outcome)
        assert len(asked) <= 6
        # Meta's words are neither matched nor repeated; a merged page's number is.
        assert FAULTS[name].message not in repr(harvest)
    town.server.graph.order(FAULTS["service down"], calls=1)
    assert town.visit(channel, "dinkes")[0].outcome is Outcome.OK


@pytest.mark.parametrize("channel", list(VISITS))
def test_odd_pages_of_the_city(town, channel):
    graph, truth = town.server.graph, {post.key for post in town.truth("dinkes", channel).posts}
    plain, _ = town.visit(channel, "dinkes")
    assert len(plain.posts) == len(truth)
    graph.play("dinkes", Oddity.EMPTY_PAGE)
    assert town.visit(channel, "dinkes")[0].posts == plain.posts
    graph.play("dinkes", Oddity.SAME_CURSOR)
    turning, asked = town.visit(channel, "dinkes")
    assert (turning.outcome, turning.complete_since) == (Outcome.LIMITED, None)
    assert len(asked) <= 8
    graph.play("dinkes", Oddity.PRIVATE)
    assert town.visit(channel, "dinkes")[0].outcome is Outcome.NOT_VISIBLE
    graph.play("dinkes", None)
    graph.shrink_pages(12)
    small, asked = town.visit(channel, "dinkes")
    assert small.posts == plain.posts
    assert small.outcome is Outcome.OK
    graph.shrink_pages(None)


def test_a_collaboration_is_counted_for_its_owner_only(town):
    plain, _ = town.visit(Channel.INSTAGRAM, "dinkes")
    town.server.graph.play("dinkes", Oddity.COLLABORATES)
    own, _ = town.visit(Channel.INSTAGRAM, "dinkes")
    assert 0 < own.left_out < len(plain.posts)
    assert "pemkot_tanjungselaras" in own.notes[-1].text
    assert len(own.posts) < len(plain.posts)
    assert {post.key for post in own.posts} < {post.key for post in plain.posts}


def test_figures_that_a_page_refuses_are_done_without(town):
    town.server.graph.play("dinkes", Oddity.NO_FIGURES)
    harvest, _ = town.visit(Channel.FACEBOOK, "dinkes")
    assert harvest.outcome is Outcome.OK
    assert all(post.metrics is None for post in harvest.posts)


def test_a_version_that_ended_is_served_as_another_and_that_is_remembered(town):
    for asked, served in (("v19.0", "v20.0"), ("v20.0", "v20.0"), ("v27.0", "v27.0")):
        town.access = replace(town.access, version=asked)
        for channel in VISITS:
            harvest, _ = town.visit(channel, "dinkes")
            assert (harvest.outcome, harvest.memory.facts["served"]) == (Outcome.OK, served)


def _poster(town, channel):
    """An office whose account is read and posts."""
    for slug in town.accounts(channel):
        harvest, _ = town.visit(channel, slug)
        if len(harvest.posts) > 6:
            return slug, harvest
    raise AssertionError("nobody posts")


@pytest.mark.parametrize("channel", list(VISITS))
@pytest.mark.parametrize("oddity", [Oddity.SHOWS_NOTHING, Oddity.LEAVES_OUT_LIST, Oddity.LEAVES_OUT_DATES])
def test_an_answer_that_shows_nothing_of_an_office_that_posts_is_not_seen(town, channel, oddity):
    slug, first = _poster(town, channel)
    known = frozenset(post.key for post in first.posts)
    town.server.graph.play(slug, oddity)
    memory = first.memory
    for _ in range(3):
        harvest, _ = town.visit(channel, slug, known=known, memory=memory)
        assert (harvest.outcome, harvest.outcome.saw, harvest.complete_since) == (
            Outcome.WITHHELD,
            False,
            None,
        )
        memory = harvest.memory
    town.server.graph.play(slug, None)
    again, _ = town.visit(channel, slug, known=known, memory=memory)
    assert (again.outcome, again.complete_since) == (first.outcome, first.complete_since)
    assert {post.key for post in again.posts} == known


@pytest.mark.parametrize("channel", list(VISITS))
def test_wandering_addresses_tell_the_same_posts(town, channel):
    slug, _ = _poster(town, channel)
    town.server.graph.play(slug, Oddity.ADDRESSES_WANDER)
    names: dict[str, str] = {}
    stored: set[str] = set()
    memory = Memory()
    for night in range(4):
        town.server.set_now(datetime(2026, 6, 26 + night, 23, 30, tzinfo=MAKASSAR))
        harvest, _ = town.visit(channel, slug, memory=memory, known=frozenset(stored))
        memory = harvest.memory
        names |= {alias.old: alias.key for alias in harvest.aliases}
        stored = {names.get(key, key) for key in stored | {post.key for post in harvest.posts}}
    town.server.graph.play(slug, None)
    plain, _ = town.visit(channel, slug)
    assert len(stored) == len(plain.posts)


def test_another_use_case_at_its_limit_stops_nobody(town):
    town.server.graph.meter.others = 98
    keyring = Keyring(town.server.tokens)
    for channel, token in ((Channel.INSTAGRAM, "instagram"), (Channel.FACEBOOK, "facebook")):
        slug, _ = _poster(town, channel)
        _, asked = town.visit(channel, slug)
        for fetch in asked:
            headers = {"Authorization": f"Bearer {town.server.tokens[token]}"}
            got = town.client.get(fetch.url, headers=headers)
            assert "ads_management" in got.headers.get("x-business-use-case-usage", "")
            keyring.note(token, got.status_code, dict(got.headers), got.content, fetch.url)
        assert keyring.find_stop(token) is None
