"""Both Graph API visits against the sample city, over real HTTP: its truth, its faults, its calls."""

import csv
import io
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest

from activity.agency import Account, Channel
from activity.outcome import Failure, Outcome
from activity.testing import drive
from activity.visit import Memory, Page, Target, Window
from crawler.visits import facebook, instagram
from crawler.visits.graph import GraphAccess
from samplecity.city import City
from samplecity.server import CityServer

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
        target = Target(account, window, ZoneInfo("Asia/Makassar"), memory or Memory(), known)
        secrets = self.server.tokens if tokens is None else tokens

        def answer(fetch):
            if fetch.token not in secrets:
                return Page(fetch, fetch.url, None, window.now, failure=Failure.TOKEN_MISSING)
            got = self.client.get(fetch.url, headers={"Authorization": f"Bearer {secrets[fetch.token]}"})
            return Page(fetch, fetch.url, got.status_code, window.now, body=got.content)

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
