"""A YouTube channel through the Data API: a first night, later ones, faults, and the key that nobody sees."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from activity.agency import Account
from activity.channel import Channel
from activity.outcome import Failure, Outcome
from activity.testing import drive
from activity.visit import Fetch, KnownPost, Memory, Page, Proof, Target, Window
from crawler.drive.driver import Answer, Terms
from crawler.drive.driver import drive as drive_all
from crawler.drive.guard import Guard
from crawler.drive.keyring import Keyring
from crawler.evidence.rereading import read_again
from crawler.visits.access import ApiAccess, KeyRule
from crawler.visits.youtube import judge_key, visit
from testkit.youtube import KEY, FakeChannel, Video, YouTube, refusal
from testkit.zone import MAKASSAR

NOW = datetime(2026, 7, 2, 17, 30, tzinfo=UTC)
SINCE = datetime(2026, 1, 1, tzinfo=UTC)
ACCESS = ApiAccess("https://www.googleapis.com", "youtube")
NUMBER = "UC" + "a" * 22


def uploads(count, *, newest=NOW - timedelta(hours=5), step=timedelta(days=1)):
    return [Video(f"video{n:06}", newest - step * n, f"Rapat {n}") for n in range(count)]


class Office:
    """One account over some nights, as a database would remember it."""

    def __init__(self, api, address="dinkes"):
        self.api, self.address = api, address
        self.memory, self.stored, self.now = Memory(), {}, NOW
        self.calls: tuple[Fetch, ...] = ()

    def target(self, **more):
        account = Account(1, "dinkes", Channel.YOUTUBE, self.address)
        target = Target(account, Window(SINCE, self.now), MAKASSAR, self.memory)
        return replace(target, known=frozenset(self.stored), stored=self.stored, **more)

    def night(self, **more):
        def answer(fetch):
            assert (fetch.token, fetch.headers, "key=" in fetch.url) == ("youtube", {}, False)
            status, body = self.api.answer(fetch.url)
            return Page(fetch, fetch.url, status, self.now, body=body)

        harvest, self.calls = drive(visit(self.target(**more), ACCESS), answer, self.now)
        self.memory = harvest.memory
        for post in harvest.posts:
            self.stored[post.key] = KnownPost(post.url, post.title, post.date.at if post.date else None)
        self.now += timedelta(days=1)
        return harvest


def channel_of(videos, **more):
    return YouTube([FakeChannel(NUMBER, "Dinkes", videos, **more)])


def test_a_first_night_reads_back_to_the_windows_start():
    api = channel_of(uploads(300))
    office = Office(api)
    harvest = office.night()
    assert (harvest.outcome, harvest.proof, harvest.complete_since) == (Outcome.OK, Proof.OLDER_MET, SINCE)
    within = [video for video in api.channels[0].videos if video.at >= SINCE]
    assert {post.key: post.date.at for post in harvest.posts} == {video.id: video.at for video in within}
    assert harvest.before is not None
    assert harvest.before.date.at < SINCE
    assert (harvest.profile.followers, harvest.profile.posts) == (1230, 300)
    assert [resource for resource, _ in api.asked] == ["channels", *["playlistItems"] * 4]
    post = harvest.posts[0]
    assert (post.url, post.title) == ("https://youtu.be/video000000", "Rapat 0")
    assert post.date.evidence[0].where == "contentDetails.videoPublishedAt"


def test_a_later_night_costs_two_calls_and_goes_on_from_what_is_known():
    api = channel_of(uploads(300))
    office = Office(api)
    office.night()
    api.channels[0].videos.insert(0, Video("baru0000001", NOW + timedelta(hours=3)))
    harvest = office.night()
    assert [post.key for post in harvest.posts if post.key == "baru0000001"]
    assert (harvest.outcome, len(office.calls)) == (Outcome.OK, 2)
    assert harvest.complete_since is not None
    assert harvest.complete_since <= SINCE
    assert len(office.night(thorough=True).posts) > 100


def test_the_day_is_the_videos_and_never_that_of_its_place_in_the_list():
    """A video that was uploaded unseen in March and made public in June is June's."""
    public, uploaded = datetime(2026, 6, 1, 3, tzinfo=UTC), datetime(2026, 3, 1, 3, tzinfo=UTC)
    harvest = Office(channel_of([Video("tertunda001", public, added=uploaded)])).night()
    assert [post.date.at for post in harvest.posts] == [public]
    lost = Office(channel_of([*uploads(9), Video("tanpa000001", None, added=uploaded)])).night()
    assert lost.outcome is Outcome.WITHHELD
    assert not [post for post in lost.posts if post.key == "tanpa000001" and post.date is not None]


def test_what_is_not_public_or_anothers_is_no_post():
    videos = uploads(6)
    videos[1] = Video("pribadi0001", None, "Private video", "private", added=NOW)
    videos[2] = replace(videos[2], privacy="unlisted")
    videos[3] = replace(videos[3], owner="UC" + "z" * 22)
    harvest = Office(channel_of(videos)).night()
    assert harvest.outcome is Outcome.OK
    assert {post.key for post in harvest.posts} == {"video000000", "video000004", "video000005"}
    assert harvest.left_out == 3


def test_what_is_not_public_does_not_reach_the_counter_of_what_is():
    videos = uploads(5)
    videos += [Video(f"pribadi{n:04}", None, "Private video", "private", added=NOW) for n in range(5)]
    harvest = Office(channel_of(videos, count=10)).night()
    assert (harvest.outcome, len(harvest.posts)) == (Outcome.OK, 5)
    assert harvest.complete_since > harvest.posts[-1].date.at
    whole = Office(channel_of(videos)).night()
    assert whole.complete_since == SINCE


def test_hidden_counters_are_no_figures():
    harvest = Office(channel_of(uploads(2), hidden=True)).night()
    assert (harvest.profile.followers, harvest.profile.posts) == (None, 2)


def test_a_short_channel_is_whole_by_its_counter():
    harvest = Office(channel_of(uploads(3))).night()
    assert (harvest.proof, harvest.complete_since) == (Proof.TOTAL_REACHED, SINCE)


def test_a_channel_that_never_uploaded_is_empty_and_whole():
    harvest = Office(channel_of([])).night()
    assert (harvest.outcome, harvest.posts, harvest.complete_since) == (Outcome.EMPTY, (), SINCE)


@pytest.mark.parametrize("body", [{}, {"items": None}, {"items": [{}]}, {"items": []}])
def test_an_empty_answer_is_no_silence(body):
    api = channel_of(uploads(20))
    office = Office(api)
    office.night()
    api.fault = lambda resource, _: (
        (200, json.dumps({"kind": "x", **body}).encode()) if resource != "channels" else None
    )
    harvest = office.night()
    assert (harvest.outcome, harvest.complete_since) == (Outcome.WITHHELD, None)
    assert not harvest.outcome.saw


def test_a_counter_without_its_list_is_no_silence():
    harvest = Office(channel_of([], count=12)).night()
    assert (harvest.outcome, harvest.complete_since) == (Outcome.WITHHELD, None)
    api = channel_of(uploads(3))
    api.fault = lambda *_: (200, json.dumps({"items": [{"id": NUMBER}]}).encode())
    assert Office(api).night().outcome is Outcome.WITHHELD


def test_a_list_that_breaks_off_claims_nothing():
    api = channel_of(uploads(300))
    api.fault = lambda _, asked: refusal(503, "backendError") if "pageToken" in asked else None
    harvest = Office(api).night()
    assert (harvest.outcome, harvest.complete_since, len(harvest.posts)) == (Outcome.LIMITED, None, 50)


def test_a_list_that_turns_in_a_circle_ends():
    api = channel_of(uploads(300))
    honest = api.answer
    api.answer = lambda url: honest(url.split("&pageToken")[0])
    harvest = Office(api).night()
    assert (harvest.outcome, harvest.complete_since) == (Outcome.LIMITED, None)


def test_an_unknown_handle_is_not_visible_and_a_lost_one_is_gone():
    assert Office(YouTube([])).night().outcome is Outcome.NOT_VISIBLE
    api = channel_of(uploads(5))
    office = Office(api)
    office.night()
    api.channels.clear()
    assert office.night().outcome is Outcome.GONE


def test_a_handle_that_its_owner_changed_is_found_by_its_number():
    api = channel_of(uploads(5))
    office = Office(api)
    office.night()
    api.channels[0].handle = "dinkes-kota"
    harvest = office.night()
    assert (harvest.outcome, len(office.calls)) == (Outcome.OK, 3)


def test_a_handle_that_became_anothers_is_not_read_as_the_offices():
    api = channel_of(uploads(5))
    office = Office(api)
    office.night()
    other = FakeChannel("UC" + "b" * 22, "Dinkes", uploads(7))
    api.channels = [other, replace(api.channels[0], handle="lama")]
    harvest = office.night()
    assert (harvest.outcome, harvest.posts) == (Outcome.MOVED, ())
    assert other.id in harvest.detail


def test_an_account_may_go_by_its_number():
    assert Office(channel_of(uploads(5)), NUMBER).night().outcome is Outcome.OK


@pytest.mark.parametrize(
    ("answer", "outcome", "calls"),
    [
        (refusal(403, "quotaExceeded"), Outcome.THROTTLED, 1),
        (refusal(403, "rateLimitExceeded"), Outcome.THROTTLED, 1),
        (refusal(429, "anything"), Outcome.THROTTLED, 1),
        (refusal(400, "API_KEY_INVALID", newer=True), Outcome.TOKEN_DEAD, 1),
        (refusal(403, "accessNotConfigured"), Outcome.TOKEN_DEAD, 1),
        (refusal(403, "playlistItemsNotAccessible"), Outcome.NOT_VISIBLE, 1),
        (refusal(404, "channelNotFound"), Outcome.GONE, 1),
        (refusal(400, "badRequest"), Outcome.MISCONFIGURED, 1),
        (refusal(500, "backendError"), Outcome.UNREACHABLE, 2),
        ((502, b"<html>"), Outcome.UNREACHABLE, 2),
        ((200, b"<html>"), Outcome.UNPARSABLE, 1),
        ((200, b"[1]"), Outcome.UNPARSABLE, 1),
        ((200, b'{"items": 7}'), Outcome.UNPARSABLE, 1),
    ],
)
def test_errors_are_told_by_their_reasons_and_never_quoted(answer, outcome, calls):
    api = channel_of(uploads(5))
    api.fault = lambda *_: answer
    office = Office(api)
    harvest = office.night()
    assert (harvest.outcome, len(office.calls)) == (outcome, calls)
    assert KEY not in harvest.detail
    assert harvest.memory == Memory()


def test_a_failure_of_the_network_keeps_what_was_known():
    office = Office(channel_of(uploads(5)))
    office.night()
    harvest, _ = drive(
        visit(office.target(), ACCESS), lambda f: Page(f, f.url, None, NOW, failure=Failure.TIMEOUT), NOW
    )
    assert (harvest.outcome, harvest.memory) == (Outcome.UNREACHABLE, office.memory)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (datetime(2026, 7, 2, 17, 30, tzinfo=UTC), datetime(2026, 7, 3, 7, tzinfo=UTC)),
        (datetime(2026, 1, 2, 7, 30, tzinfo=UTC), datetime(2026, 1, 2, 8, tzinfo=UTC)),
        (datetime(2026, 3, 8, 9, tzinfo=UTC), datetime(2026, 3, 9, 7, tzinfo=UTC)),
    ],
)
def test_a_key_whose_units_are_spent_rests_until_midnight_in_california(now, until):
    stop = judge_key(*refusal(403, "quotaExceeded"), now)
    assert stop is not None
    assert (stop.failure, stop.until) == (Failure.TOKEN_SPENT, until)
    clock = [now]
    rules = {"youtube": KeyRule("X-Goog-Api-Key", judge_key)}
    keyring = Keyring({"youtube": KEY}, rules=rules, clock=lambda: clock[0])
    assert keyring.authorize("youtube") == {"X-Goog-Api-Key": KEY}
    keyring.note("youtube", 403, {}, refusal(403, "quotaExceeded")[1])
    assert keyring.find_stop("youtube") == stop
    clock[0] = until
    assert keyring.find_stop("youtube") is None
    assert judge_key(200, b'{"items": []}', now) is None
    assert judge_key(*refusal(404, "playlistNotFound"), now) is None


def terms_of(keyring, evidence=False):
    homes = {"youtube": "https://www.googleapis.com"}
    ticks = iter(range(10_000)).__next__
    return Terms(Guard(), lambda: NOW, keyring, timer=ticks, evidence=evidence, homes=homes)


def exchange(journey, api):
    asks = []
    try:
        ask = next(journey)
        while True:
            asks.append(ask)
            status, body = api.answer(ask.url, ask.headers.get("X-Goog-Api-Key"))
            ask = journey.send(Answer(ask.url, status, {}, body))
    except StopIteration as stop:
        return stop.value, asks


def test_the_key_goes_into_its_header_alone_and_posts_can_be_read_again_from_kept_pages():
    rules = {"youtube": KeyRule("X-Goog-Api-Key", judge_key)}
    keyring = Keyring({"youtube": KEY}, rules=rules)
    target, api = Office(channel_of([])).target(), channel_of(uploads(40))
    harvest, asks = exchange(drive_all(target, visit(target, ACCESS), terms_of(keyring, True)), api)
    assert harvest.outcome is Outcome.OK
    assert {ask.headers["X-Goog-Api-Key"] for ask in asks} == {KEY}
    assert all("Authorization" not in ask.headers and KEY not in ask.url and not ask.hidden for ask in asks)
    assert KEY not in repr(asks) + repr(harvest)
    assert harvest.records
    assert all(KEY.encode() not in record.body for record in harvest.records)
    keys = {post.key for post in harvest.posts}
    assert read_again(target, harvest.records, keys) == {post.key: post for post in harvest.posts}


def test_no_other_server_is_ever_sent_the_key():
    keyring = Keyring({"youtube": KEY}, rules={"youtube": KeyRule("X-Goog-Api-Key", judge_key)})
    away = ApiAccess("https://www.googleapis.example", "youtube")
    target = Office(channel_of([])).target()
    _, asks = exchange(drive_all(target, visit(target, away), terms_of(keyring)), channel_of([]))
    assert asks
    assert all(ask.token is None and KEY not in str(dict(ask.headers)) for ask in asks)
