"""Answers without an error that show nothing: no night is seen by them, and no silence proven."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from activity import testing
from activity.agency import Account, Channel
from activity.outcome import Outcome
from activity.visit import KnownPost, Memory, Page, Target, Window
from crawler.visits.meta import facebook, instagram
from crawler.visits.meta.graph import GraphAccess
from testkit.zone import MAKASSAR

NOW = datetime(2026, 7, 2, 17, 30, tzinfo=UTC)
ACCESS = GraphAccess(instagram_user_id="1784", instagram_token="ig", facebook_token="fb")
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def drive(visit, answer, now):
    return testing.drive(visit, answer, now)


def json_page(fetch, body):
    return Page(fetch, fetch.url, 200, NOW, body=json.dumps(body).encode())


def stamp(at):
    return at.strftime("%Y-%m-%dT%H:%M:%S+0000")


def code_of(at, number):
    rest, code = ((int(at.timestamp() * 1000) - 1314220021721) << 23) | number, ""
    while rest:
        code, rest = _ALPHABET[rest % 64] + code, rest // 64
    return code


def picture(number, at, **more):
    link = f"https://www.instagram.com/p/{code_of(at, number)}/"
    item = {"id": f"179{number}", "timestamp": stamp(at), "permalink": link, "media_product_type": "FEED"}
    return {key: value for key, value in (item | more).items() if value is not None}


def story(number, at, **more):
    link = f"https://www.facebook.com/77/posts/{number}"
    item = {"id": f"77_{number}", "created_time": stamp(at), "permalink_url": link, "message": f"n {number}"}
    return {key: value for key, value in (item | more).items() if value is not None}


class _Office:
    """One account over some nights, as a database would remember it."""

    def __init__(self, channel, since=datetime(2026, 1, 1, tzinfo=UTC)):
        self.channel, self.since = channel, since
        self.memory, self.stored, self.names, self.now = Memory(), {}, {}, NOW
        self.most = 100

    def night(self, items, *, reels=(), count=None, **more):
        """What a visit comes to; `items` None leaves the list out."""
        visit = instagram.visit if self.channel is Channel.INSTAGRAM else facebook.visit
        target = Target(
            Account(1, "dinkes", self.channel, "dinkes"),
            Window(self.since, self.now),
            MAKASSAR,
            memory=self.memory,
            known=frozenset(self.stored),
            stored=self.stored,
        )
        harvest, _ = drive(visit(target, ACCESS), self._answer(items, reels, count, more), self.now)
        self.memory = harvest.memory
        for alias in harvest.aliases:
            self.names[alias.old] = alias.key
            if alias.old in self.stored:
                self.stored[alias.key] = self.stored.pop(alias.old)
        for post in harvest.posts:
            self.stored[self.names.get(post.key, post.key)] = KnownPost(
                post.url, post.title, post.date and post.date.at
            )
        self.now += timedelta(days=1)
        return harvest

    def _answer(self, items, reels, count, more):
        def answer(fetch):
            path = urlsplit(fetch.url).path
            if self.channel is Channel.INSTAGRAM:
                found = {"id": "9", "username": "dinkes", "media_count": count, **more}
                found = {key: value for key, value in found.items() if value is not None}
                if items is not None:
                    query = parse_qs(urlsplit(fetch.url).query)["fields"][0]
                    start = int(query.partition(".after(p")[2].partition(")")[0] or 0)
                    stop = start + min(self.most, int(query.partition(".limit(")[2].partition(")")[0]))
                    cursors = {"before": "x"} | ({"after": f"p{stop}"} if stop < len(items) else {})
                    found["media"] = {"data": items[start:stop], "paging": {"cursors": cursors}}
                return json_page(fetch, {"business_discovery": found, "id": "1784"})
            if path.endswith("/video_reels"):
                return json_page(fetch, {"data": list(reels)})
            if path.endswith("/published_posts"):
                return json_page(fetch, {"paging": {}} if items is None else {"data": items})
            return json_page(fetch, {"id": "77", "followers_count": 9})

        return answer


def some(make, count=12, begin=datetime(2026, 6, 1, 1, tzinfo=UTC)):
    return [make(n, begin + timedelta(days=n)) for n in range(count, 0, -1)]


CHANNELS = [(Channel.INSTAGRAM, picture), (Channel.FACEBOOK, story)]


def is_unseen(harvest):
    return (harvest.outcome, harvest.outcome.saw, harvest.complete_since) == (Outcome.WITHHELD, False, None)


@pytest.mark.parametrize(("channel", "make"), CHANNELS)
@pytest.mark.parametrize("shown", [[], None, "half", "other", "undated", "nameless"])
def test_what_was_known_and_vanishes_without_an_error_is_no_silence(channel, make, shown):
    account, items = _Office(channel), some(make)
    first = account.night(items, count=12)
    assert (first.outcome, first.complete_since) == (Outcome.OK, account.since)
    name = "timestamp" if channel is Channel.INSTAGRAM else "created_time"
    link = "permalink" if channel is Channel.INSTAGRAM else "permalink_url"
    told = (
        {
            "half": items[7:],
            "other": [make(99, NOW - timedelta(days=40))],
            "undated": [{k: v for k, v in item.items() if k not in {name, link}} for item in items],
            "nameless": [{k: v for k, v in item.items() if k not in {"id", link}} for item in items],
        }.get(shown, shown)
        if isinstance(shown, str)
        else shown
    )
    for _ in range(3):
        assert is_unseen(account.night(told, count=12))
    again = account.night([make(50, account.now - timedelta(hours=4)), *items], count=13)
    assert (again.outcome, again.complete_since) == (Outcome.OK, account.since)


@pytest.mark.parametrize(("channel", "make"), CHANNELS)
def test_nor_is_it_when_the_known_posts_are_older_than_the_window(channel, make):
    account = _Office(channel)
    account.night(some(make), count=12)
    account.since, account.now = datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 10, 5, tzinfo=UTC)
    account.stored = {}
    assert is_unseen(account.night([], count=0))
    # Silent it is where the old posts are shown, and nothing newer.
    found = account.night(some(make), count=12)
    assert (found.outcome, found.complete_since, found.posts) == (Outcome.OK, account.since, ())


def test_a_count_without_anything_to_show_for_it():
    assert is_unseen(_Office(Channel.INSTAGRAM).night([], count=120))
    few = _Office(Channel.INSTAGRAM).night(some(picture, 3), count=120)
    assert few.complete_since is None or few.complete_since > datetime(2026, 6, 1, tzinfo=UTC)
    none = _Office(Channel.INSTAGRAM).night(None, count=0)
    assert (none.outcome, none.complete_since) == (Outcome.EMPTY, datetime(2026, 1, 1, tzinfo=UTC))
    assert is_unseen(_Office(Channel.INSTAGRAM).night(None))


@pytest.mark.parametrize(("channel", "make"), CHANNELS)
@pytest.mark.parametrize("bare", [(0,), (1,), (0, 2), (1, 2)])
def test_a_night_without_ids_is_seen_by_the_addresses_and_so_is_the_next(channel, make, bare):
    account, items = _Office(channel), some(make)
    for night in range(4):
        shown = [{k: v for k, v in item.items() if k != "id"} for item in items] if night in bare else items
        harvest = account.night(shown, count=12)
        assert (harvest.outcome, harvest.complete_since) == (Outcome.OK, account.since), night
    assert len(account.stored) == 12


@pytest.mark.parametrize(("channel", "make"), CHANNELS)
def test_what_came_without_a_date_is_not_kept_without_its_day(channel, make):
    account, items = _Office(channel), some(make)
    bare = [{k: v for k, v in item.items() if "time" not in k and "link" not in k} for item in items]
    assert account.night(bare, count=12).posts == ()
    # Whom an earlier version stored so gets its day, though it is older than the window by now.
    account.stored = {key: KnownPost(f"https://x/{key}") for key in _keys(account, items)}
    account.since = account.now - timedelta(days=3)
    told = account.night(items, count=12)
    assert {post.key for post in told.posts} == set(_keys(account, items))


@pytest.mark.parametrize("most", [5, 12, 40])
def test_pages_that_end_before_all_that_was_newest_hide_nothing(most):
    """As after error 1: half of last night's newest stand on a page that need not be read."""
    account, items = _Office(Channel.INSTAGRAM), some(picture, 60, datetime(2026, 4, 20, tzinfo=UTC))
    account.night(items[16:], count=44)
    account.most = most
    harvest = account.night(items, count=60)
    assert (harvest.outcome, harvest.complete_since) == (Outcome.OK, account.since)
    # Where they stand above what was read, they are missing all the same; one that is pinned is no answer.
    assert is_unseen(account.night([items[0], *items[14:]], count=60))


def _keys(account, items):
    """What posts are stored under."""
    told = _Office(account.channel)
    told.night(items, count=len(items))
    return list(told.stored)


@pytest.mark.parametrize(("channel", "make"), CHANNELS)
def test_one_deleted_post_costs_a_claim_and_no_night(channel, make):
    account, items = _Office(channel), some(make)
    account.night(items, count=12)
    found = account.night(items[1:], count=11)
    assert (found.outcome, found.complete_since) == (Outcome.OK, None)
    assert account.night(items[1:], count=11).complete_since == account.since


@pytest.mark.parametrize(("channel", "make"), CHANNELS)
def test_most_of_a_list_of_five_is_missed_until_it_goes_on(channel, make):
    account, items = _Office(channel), some(make, 5, datetime(2025, 11, 1, tzinfo=UTC))
    assert account.night(items, count=5).complete_since == account.since
    for _ in range(3):
        found = account.night(items[3:], count=5)
        assert (found.outcome, found.complete_since) == (Outcome.OK, None)
    fresh = make(60, account.now - timedelta(hours=2))
    account.night([fresh, *items[3:]], count=3)
    assert account.night([fresh, *items[3:]], count=3).complete_since == account.since


@pytest.mark.parametrize(("channel", "make"), CHANNELS)
def test_a_list_that_goes_on_without_them_is_believed(channel, make):
    account = _Office(channel)
    account.night(some(make), count=12)
    fresh = some(make, 3, datetime(2026, 7, 20, tzinfo=UTC))
    account.now = datetime(2026, 7, 24, tzinfo=UTC)
    assert is_unseen(account.night(fresh, count=3))
    assert is_unseen(account.night(fresh, count=3))
    assert account.night([make(60, account.now - timedelta(hours=2)), *fresh], count=4).outcome is Outcome.OK


def test_a_count_that_grows_beside_a_list_that_does_not_is_no_silence():
    account, items = _Office(Channel.INSTAGRAM), some(picture, 60, datetime(2026, 4, 20, tzinfo=UTC))
    account.now = datetime(2026, 6, 20, tzinfo=UTC)
    account.most = 40
    account.since = datetime(2026, 5, 1, tzinfo=UTC)
    account.night(items, count=60)
    found = account.night(items, count=63)
    assert (found.outcome, found.complete_since) == (Outcome.LIMITED, None)
    for count in (70, 75):
        assert is_unseen(account.night(items, count=count))
    # Once it shows twice as much of what came since as is missing, it claims again.
    fresh = [picture(n, account.now - timedelta(hours=n - 60)) for n in range(61, 71)]
    assert account.night([*fresh, *items], count=75).complete_since == account.since


def test_a_list_that_stands_still_while_the_count_grows_by_one_a_night():
    """Each night it is short of one post more than the night before; no night alone would tell."""
    account, items = _Office(Channel.INSTAGRAM), some(picture, 60, datetime(2026, 4, 20, tzinfo=UTC))
    account.now, account.since = datetime(2026, 6, 20, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)
    account.night(items, count=60)
    nights = [account.night(items, count=60 + n) for n in range(1, 12)]
    assert [night.outcome for night in nights] == [Outcome.LIMITED] * 3 + [Outcome.WITHHELD] * 8
    assert {night.complete_since for night in nights} == {None}
    fresh = [picture(60 + n, account.now - timedelta(days=12 - n, hours=2)) for n in range(12, 0, -1)]
    again = account.night([*fresh, *items], count=72)
    assert (again.outcome, again.complete_since, len(again.posts)) == (Outcome.OK, account.since, 62)


@pytest.mark.parametrize("count", [12, 13])
def test_one_more_out_of_the_archive_costs_claims_until_the_list_goes_on(count):
    """What comes back may be older than all that is read: every night is seen all the same."""
    account, items = _Office(Channel.INSTAGRAM), some(picture)
    account.night(items, count=12)
    for night in range(3):
        found = account.night(items, count=count)
        claims = account.since if count == 12 else None
        assert (found.outcome.saw, found.complete_since) == (True, claims), night
    fresh = [picture(n, account.now - timedelta(hours=n - 60)) for n in (61, 62)]
    assert account.night([*fresh, *items], count=count + 2).complete_since == account.since


@pytest.mark.parametrize(("channel", "make"), CHANNELS)
def test_another_part_of_what_is_old_is_not_going_on(channel, make):
    account, items = _Office(channel), some(make, 24)
    account.now = datetime(2026, 6, 26, tzinfo=UTC)
    account.night(items, count=24)
    for shown in (items[-3:], items[-4:], items[-6:], items[-8:]):
        assert is_unseen(account.night(shown, count=25))


def test_an_address_that_changes_is_one_post_instagram():
    account, at = _Office(Channel.INSTAGRAM), datetime(2026, 6, 1, 1, tzinfo=UTC)
    posts = [picture(n, at + timedelta(days=n)) for n in (3, 2, 1)]
    bare = [{k: v for k, v in post.items() if k != "permalink"} for post in posts]
    account.night([posts[0], bare[1], bare[2]], count=3)
    found = account.night(posts, count=3)
    assert len(account.stored) == 3
    assert {alias.old for alias in found.aliases} >= {"1791", "1792"}


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2), (2, 0, 3, 1)])
def test_an_address_that_changes_is_one_post_facebook(order):
    at = datetime(2026, 6, 1, 1, tzinfo=UTC)
    reel = {"id": "900", "created_time": stamp(at), "permalink_url": "/reel/900/", "post_id": "77_5"}
    links = ("/77/posts/5", "/reel/900/", "/77/videos/900/", None)
    nights = [([story(5, at, permalink_url=link)], [reel] if n % 2 else []) for n, link in enumerate(links)]
    account = _Office(Channel.FACEBOOK)
    for number in order:
        items, reels = nights[number]
        harvest = account.night(items, reels=reels)
        (post,) = harvest.posts
        assert {post.key} | {alias.old for alias in harvest.aliases} <= {"5", "900"}
    # What tonight calls otherwise is told as another name of the same.
    assert len(account.stored) == 1


def film(number, at):
    link = f"/reel/9{number:05}/"
    return {"id": f"9{number:05}", "created_time": stamp(at), "permalink_url": link, "published": True}


@pytest.mark.parametrize("posts", [0, 12])
@pytest.mark.parametrize("shown", [0, 3, 6])
def test_reels_that_vanish_from_their_own_list_are_no_silence(posts, shown):
    """An office may post nothing but reels, of which the other list says nothing."""
    account, items, reels = _Office(Channel.FACEBOOK), some(story, posts), some(film)
    for _ in range(2):
        found = account.night(items, reels=reels)
        assert (found.outcome, found.complete_since) == (Outcome.OK, account.since)
    found = account.night(items, reels=reels[len(reels) - shown :])
    # Half of them may be deleted: the night is seen, and nothing claimed.
    assert found.outcome is (Outcome.OK if shown == 6 else Outcome.WITHHELD)
    assert found.complete_since is None
    again = account.night(items, reels=[film(50, account.now - timedelta(hours=3)), *reels])
    assert (again.outcome, again.complete_since, len(again.posts)) == (Outcome.OK, account.since, 13 + posts)


def test_reels_that_stand_among_the_posts_are_not_missing():
    account, reels = _Office(Channel.FACEBOOK), some(film)
    account.night([], reels=reels)
    items = [
        story(100 + n, datetime.fromisoformat(r["created_time"]), permalink_url=r["permalink_url"])
        for n, r in enumerate(reels)
    ]
    found = account.night(items, reels=[])
    assert (found.outcome, found.complete_since, len(account.stored)) == (Outcome.OK, account.since, 12)


def test_two_posts_of_one_second_stay_two():
    at = datetime(2026, 6, 1, 1, tzinfo=UTC)
    reel = {"id": "900", "created_time": stamp(at), "permalink_url": "/reel/900/"}
    shared = {"attachments": {"data": [{"media_type": "video", "url": "https://www.facebook.com/reel/900/"}]}}
    account = _Office(Channel.FACEBOOK)
    posts = [
        story(7, at + timedelta(days=3), **shared),
        story(6, at),
        story(5, at, permalink_url="/reel/900/"),
    ]
    assert len({post.key for post in account.night(posts, reels=[reel]).posts}) == 3
    pictures = [picture(2, at), picture(1, at, permalink=None), picture(3, at)]
    assert len({post.key for post in _Office(Channel.INSTAGRAM).night(pictures, count=3).posts}) == 3


def test_a_memory_of_an_earlier_version_reads_the_whole_list_once():
    account = _Office(Channel.FACEBOOK)
    account.night(some(story))
    facts = {key: value for key, value in account.memory.facts.items() if key != "head"}
    account.memory = replace(account.memory, facts=facts)
    assert account.night(some(story)).complete_since == account.since


def test_none_of_the_features_withdrawn_from_the_newest_version_is_used():
    """No multi-ID request, date format, method override, field alias, JSONP or asynchronous batch."""
    asked = []

    def answer(fetch):
        asked.append(fetch)
        if "business_discovery" in fetch.url:
            media = {"data": some(picture), "paging": {"cursors": {"before": "x"}}}
            found = {"id": "9", "media_count": 12, "media": media}
            return json_page(fetch, {"business_discovery": found, "id": "1"})
        return json_page(fetch, {"data": some(story)} if "published" in fetch.url else {"data": []})

    for channel, visit in ((Channel.INSTAGRAM, instagram.visit), (Channel.FACEBOOK, facebook.visit)):
        target = Target(Account(1, "d", channel, "d"), Window(NOW - timedelta(days=90), NOW), MAKASSAR)
        drive(visit(target, ACCESS), answer, NOW)
    assert len(asked) > 2
    for fetch in asked:
        parts = urlsplit(fetch.url)
        query = parse_qs(parts.query)
        withdrawn = {"ids", "date_format", "method", "callback", "batch", "is_async", "async", "metadata"}
        assert not withdrawn & set(query), fetch.url
        assert ".as(" not in fetch.url
        assert "," not in parts.path
        assert parts.path.startswith("/v27.0/")
