from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activity.errors import UnparsableError
from activity.visit import Fetch, Page, Purpose
from crawler.extract.feed.habit import FeedFault, judge_feed
from crawler.extract.feed.syndication import extract_feed
from testkit.zone import JAKARTA as ZONE

NOW = datetime(2026, 11, 27, 13, tzinfo=UTC)


def judge(*moments, built=None, fields=("pubDate",)):
    stamp = "".join(f"<lastBuildDate>{format_datetime(built)}</lastBuildDate>" if built else "")
    items = "".join(
        f"<item><title>Kabar {n}</title><link>/berita/{n}</link>"
        + "".join(f"<{field}>{format_datetime(at)}</{field}>" for field in fields)
        + "</item>"
        for n, at in enumerate(moments)
    )
    body = f"<rss><channel>{stamp}{items}</channel></rss>".encode()
    url = "https://contoh.go.id/feed"
    feed = extract_feed(Page(Fetch(url, Purpose.FEED), url, 200, NOW, body=body), now=NOW, zone=ZONE)
    return judge_feed(feed, fetched_at=NOW)


def days(*back, second=0):
    return [NOW - timedelta(days=each, minutes=37, seconds=second * each) for each in back]


def test_an_honest_feed_is_trusted():
    habit = judge(*days(1, 3, 3.1, 8, 20), built=days(1)[0])
    assert (habit.faults, habit.trusted, habit.falls, habit.dated) == (frozenset(), True, True, 5)


def test_a_pinned_head_is_no_disorder():
    habit = judge(*days(200, 1, 4, 9))
    assert habit.falls
    assert not habit.faults


def test_all_at_the_last_build():
    build = NOW - timedelta(hours=10)
    habit = judge(*[build] * 6, built=build)
    assert {FeedFault.ALIKE, FeedFault.AT_BUILD} <= habit.faults
    assert len(habit.doubtful) == 6
    assert not habit.falls


def test_made_for_our_request():
    habit = judge(*(NOW - timedelta(seconds=n) for n in range(4)))
    assert FeedFault.AT_BUILD in habit.faults


def test_files_that_were_copied_within_seconds():
    copied = [days(5)[0] - timedelta(seconds=n) for n in range(8)]
    habit = judge(*days(1), *copied, *days(20))
    assert FeedFault.AT_ONCE in habit.faults
    assert len(habit.doubtful) == 8


def test_two_of_one_moment_are_a_pair():
    assert judge(*days(1, 4, 4, 9, 12)).trusted


def test_one_item_at_the_moment_of_the_build_caused_it():
    assert judge(*days(1), built=days(1)[0]).trusted


@pytest.mark.parametrize("moments", [days(1, 2, 4), days(0.1, 2, 4)])
def test_a_clock_ahead_of_ours_makes_all_doubtful(moments):
    habit = judge(*(at + timedelta(hours=7) for at in moments), built=NOW + timedelta(hours=7))
    assert FeedFault.AHEAD in habit.faults
    assert len(habit.doubtful) == 3


def test_nothing_but_edits_and_nothing_at_all():
    assert judge(*days(1, 2, 3), fields=("updated",)).faults == {FeedFault.ONLY_UPDATED}
    assert judge(*days(1, 2, 3), fields=()).faults == {FeedFault.UNDATED}
    assert not judge(*days(1, 2, 3), fields=()).trusted


def test_an_unsorted_feed_is_not_called_falling():
    habit = judge(*days(9, 1, 30, 2, 14))
    assert FeedFault.UNORDERED in habit.faults
    assert not habit.falls


_ADDRESSES = st.one_of(
    st.sampled_from(
        [
            "/a",
            "",
            "//",
            "http://[situs]/",
            "http://x:9e9/",
            "?",
            "#",
            "mailto:a@b",
            "\\ud800",
            "www.a.id/b",
            "/%ff",
        ]
    ),
    st.text(max_size=12),
)
_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=4,
)
_GOOD = {"url": "/berita/baik", "title": "Baik", "date_published": "2026-11-01T08:00:00+07:00"}
_FIELDS = ("url", "title", "date_published", "id", "tags", "external_url", "date_modified")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(_FIELDS), st.one_of(_ADDRESSES, _VALUES)), max_size=4))
def test_mangled_items_of_a_json_feed_cost_only_themselves(mangled):
    import json

    url = "https://contoh.go.id/feed.json"
    body = json.dumps({"items": [*mangled, _GOOD]}).replace("\\\\ud800", "\\ud800").encode()
    feed = extract_feed(Page(Fetch(url, Purpose.FEED), url, 200, NOW, body=body), now=NOW, zone=ZONE)
    assert any(post.title == "Baik" for post in feed.posts) or any(
        i.get("url") == "/berita/baik" for i in mangled
    )
    assert len(feed.items) + feed.dropped == len(mangled) + 1
    judge_feed(feed, fetched_at=NOW)
    for post in feed.posts:
        f"{post.key}{post.url}{post.title}".encode()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["link", "guid", "pubDate", "title", "updated", "category", "x:origLink"]),
            st.one_of(
                _ADDRESSES, st.sampled_from(["NaN", "1e999", "0000-00-00", "31/02/2026", "<b>", "&", "]]>"])
            ),
        ),
        max_size=8,
    )
)
def test_mangled_items_of_rss_cost_only_themselves(fields):
    good = "<item><title>Baik</title><link>/berita/baik</link></item>"
    bad = "".join(f"<{name}>{value}</{name}>" for name, value in fields)
    url = "https://contoh.go.id/feed"
    body = f"<rss><channel>{good}<item>{bad}</item></channel></rss>".encode("utf-8", "replace")
    try:
        feed = extract_feed(Page(Fetch(url, Purpose.FEED), url, 200, NOW, body=body), now=NOW, zone=ZONE)
    except UnparsableError:
        pytest.fail("one item cost the feed")
    assert feed.posts[0].key == "/berita/baik"
    judge_feed(feed, fetched_at=NOW)
    for post in feed.posts:
        f"{post.key}{post.url}{post.title}".encode()
