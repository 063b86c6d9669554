"""Captures made up: NDJSON and 4CAT's tables, of TikTok and of Instagram, in every shape that they come in.

Every line comes out as a post of the account, as one of another's, or under the name of what it is left out
for; and what is claimed of silent days is never more than was seen.
"""

import csv
import io
import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activity.agency import Account, Agency
from activity.channel import Channel
from crawler.exports.export import ExportReading
from crawler.exports.recognise import read_exports
from db.office.registry import AgencyRow
from desk.office.import_plan import Period, plan_import
from desk.setting.config import load_config
from testkit.captures import picture, table, video, wrap
from testkit.zone import MAKASSAR

NOW = datetime(2026, 7, 10, 4, tzinfo=UTC)
START = datetime(2026, 2, 1, 3, tzinfo=UTC)
PLATFORMS = {Channel.TIKTOK: "tiktok.com", Channel.INSTAGRAM: "instagram.com"}
CONFIG = load_config({"DENYUT_TIMEZONE": MAKASSAR.key, "DENYUT_NOW": NOW.isoformat()})


def plan(content, channel, since=None):
    """What an import of a file for `dinkes` comes to, and the posts that it hands on."""
    account = Account(1, "dinkes", channel, "dinkes")
    row = AgencyRow(Agency("dinkes", "Dinas Kesehatan", "skpd"), {channel: account})
    with TemporaryDirectory() as folder:
        path = Path(folder) / "unduhan"
        path.write_bytes(content)
        (export,) = read_exports([path], ExportReading(NOW, MAKASSAR, MAKASSAR))
        (planned,) = plan_import(export, [row], ["dinkes"], Period(since), CONFIG)
        return export, planned, [post for batch in planned.stored.batches() for post in batch]


def stray(draw, channel, number, at):
    """An item that is no post, with its name."""
    make = video if channel is Channel.TIKTOK else picture
    kinds: dict[str, dict[str, Any]] = {
        "items that are not understood": {"id": "?", "code": None, "shortcode": None},
        "posts whose account is not named": {"author": None, "user": {"pk": "9"}, "owner": None},
        "advertisements": {"isAd": True, "product_type": "ad"},
    }
    if channel is Channel.TIKTOK:
        kinds |= {"live streams": {"liveRoomInfo": {}}, "posts without a moment": {"createTime": "kemarin"}}
    else:
        kinds["stories, gone after a day"] = {"product_type": "story"}
        kinds["posts of two accounts"] = {"owner": {"username": "wisata"}}
    name = draw(st.sampled_from(sorted(kinds)))
    return make(number, at) | kinds[name], name


@st.composite
def captures(draw):
    """A capture: moments of own posts by key, how many are others', what is left out, and where a gap is."""
    channel = draw(st.sampled_from(sorted(PLATFORMS)))
    platform, make = PLATFORMS[channel], video if channel is Channel.TIKTOK else picture
    moments = [START]
    for _ in range(draw(st.integers(0, 11))):
        moments.append(moments[-1] + timedelta(hours=draw(st.integers(1, 400))))
    moments = [at for at in moments if at < NOW - timedelta(days=2)]
    lines, truth, others, left_out = [], {}, 0, Counter[str]()
    looks = sorted(draw(st.lists(st.integers(1, 24), min_size=1, max_size=3)))
    for number, at in reversed(list(enumerate(moments))):
        author = draw(st.sampled_from(["dinkes", "dinkes", "dinkes", "Warga.Biasa"]))
        page = draw(st.sampled_from(["dinkes", "dinkes", "explore"]))
        shape = {}
        if channel is Channel.TIKTOK:
            shape["embedded"] = draw(st.booleans())
        else:
            shape["graph"], shape["partial"] = draw(st.booleans()), draw(st.integers(0, 4)) == 0
            shape["partial"] = shape["partial"] and not shape["graph"]
        item = make(number, at, author=author, **shape)
        seen = NOW - timedelta(hours=draw(st.sampled_from(looks)))
        line = wrap(item, platform, page=page, at=seen, nav=f"1:1:{seen.hour}")
        lines.append(line)
        if author == "dinkes":
            truth[_key(channel, item)] = at
        else:
            others += 1
        for _ in range(draw(st.sampled_from([0, 0, 0, 1, 2]))):
            lines.append(wrap(item, platform, at=seen, nav="9:9:9"))
            left_out["captures of one post"] += 1
        if draw(st.integers(0, 3)) == 0:
            item, name = stray(draw, channel, 500 + number, at)
            lines.append(wrap(item, platform, page="dinkes", at=seen))
            left_out[name] += 1
        if draw(st.integers(0, 7)) == 0:
            lines.append(
                wrap({"id": "7", "text": "Bagus"}, platform) | {"source_platform": "tiktok-comments"}
            )
            left_out["comments"] += 1
    if not truth:
        item = make(99, START)
        lines.append(wrap(item, platform))
        truth[_key(channel, item)] = START
    if draw(st.booleans()):
        lines = draw(st.permutations(lines))
    inside = draw(st.booleans())
    text = "".join(json.dumps(_turn(line) if inside else line, ensure_ascii=False) + "\n" for line in lines)
    mark = draw(st.sampled_from([b"", b"\xef\xbb\xbf", b"\n"]))
    return channel, mark + text.encode(), truth, others, left_out, len(lines)


def _key(channel, item):
    return item["id"] if channel is Channel.TIKTOK else item.get("code") or item["shortcode"]


def _turn(line):
    """The same line as 4CAT hands it on."""
    return {**line["data"], "__import_meta": {name: value for name, value in line.items() if name != "data"}}


@settings(max_examples=120, deadline=None, derandomize=True)
@given(captures())
def test_captures(made):
    channel, content, truth, others, left_out, items = made
    export, planned, posts = plan(content, channel)
    found = {post.key: post.date.at for post in posts}
    assert found.keys() == truth.keys()
    assert all(abs(found[key] - at) <= timedelta(minutes=1) for key, at in truth.items())
    assert (planned.posts, planned.others, dict(export.left_out)) == (len(truth), others, dict(left_out))
    assert planned.posts + planned.others + planned.early + sum(export.left_out.values()) == items
    since = planned.stored.complete_since
    assert since is None or min(truth.values()) - timedelta(minutes=1) <= since <= max(truth.values())


@settings(max_examples=40, deadline=None, derandomize=True)
@given(captures(), st.integers(0, 150))
def test_a_period_binds_a_capture_and_reaches_no_further(made, day):
    channel, content, truth, _, _, items = made
    since = (START + timedelta(days=day)).astimezone(MAKASSAR).date()
    start = datetime(since.year, since.month, since.day, tzinfo=MAKASSAR)
    if all(at < start for at in truth.values()) and day > 0:
        return
    export, planned, posts = plan(content, channel, since)
    assert {post.key for post in posts} <= truth.keys()
    assert all(post.date.at >= start for post in posts)
    assert planned.posts + planned.others + planned.early + sum(export.left_out.values()) == items
    claimed = planned.stored.complete_since
    assert claimed is None or claimed >= start


@st.composite
def mornings(draw):
    """What is really there, and what was captured of it in some looks; each begins where it begins."""
    channel = draw(st.sampled_from(sorted(PLATFORMS)))
    platform, make = PLATFORMS[channel], video if channel is Channel.TIKTOK else picture
    moments = [START]
    for _ in range(draw(st.integers(3, 16))):
        moments.append(moments[-1] + timedelta(hours=draw(st.integers(5, 240))))
    world = list(enumerate(at for at in moments if at < NOW - timedelta(days=1)))
    pinned = draw(st.lists(st.sampled_from(world), max_size=3, unique=True))
    lines = []
    for look in range(draw(st.integers(1, 3))):
        seen = draw(st.sampled_from(world))[1] + timedelta(hours=draw(st.integers(1, 60)))
        there = [each for each in reversed(world) if each[1] <= seen]
        shown = [each for each in pinned if each in there]
        shown += [each for each in there if each not in shown]
        # A call's answer is captured whole, or not at all.
        page = draw(st.integers(2, 6))
        first = page * draw(st.sampled_from([0, 0, 1, 2]))
        last = first + page * draw(st.integers(1, 5))
        for place, (number, at) in list(enumerate(shown))[first:last]:
            line = wrap(make(number, at), platform, at=seen + timedelta(minutes=place), nav=f"1:1:{look}")
            lines.append(line | {"source_url": _call(channel, place // page)})
    for number, at in draw(st.lists(st.sampled_from(world), max_size=3)):
        lines.append(wrap(make(number, at), platform, page="explore"))
    if not lines:
        lines.append(wrap(make(*world[0]), platform, page="explore"))
    return channel, "".join(json.dumps(line) + "\n" for line in lines).encode(), [at for _, at in world]


def _call(channel, page):
    """The call by which a part of the list came; Instagram's say nothing of which."""
    if channel is Channel.TIKTOK:
        return f"https://www.tiktok.com/api/post/item_list/?aid=1988&cursor={page * 1_780_000}"
    return "https://www.instagram.com/dinkes/" if page == 0 else "https://www.instagram.com/graphql/query"


@settings(max_examples=150, deadline=None, derandomize=True)
@given(mornings())
def test_no_silence_is_claimed_over_a_post_that_was_not_captured(made):
    channel, content, world = made
    _, planned, posts = plan(content, channel)
    since, until = planned.stored.complete_since, planned.stored.target.window.now
    captured = {post.date.at for post in posts}
    assert captured <= set(world)
    if since is not None:
        assert {at for at in world if since <= at <= until} <= captured


TIKTOK = ("id", "thread_id", "author", "body", "timestamp", "is_ad", "tiktok_url", "likes")
INSTAGRAM = ("id", "thread_id", "body", "author", "timestamp", "type", "url", "num_likes", "num_comments")
COLLECTED = ("collected_from_url", "unix_timestamp", "hashtags")


@st.composite
def fourcats(draw):
    """4CAT's table: its columns in any order, the zone of its server, moments by key, others, left out."""
    tiktok, exact = draw(st.booleans()), draw(st.booleans())
    zone = draw(st.sampled_from([MAKASSAR, ZoneInfo("Europe/Amsterdam"), ZoneInfo("UTC")]))
    columns = [*(TIKTOK if tiktok else INSTAGRAM), *(COLLECTED if exact else ())]
    header = draw(st.permutations(columns))
    rows, truth, others, left_out, at = [], {}, 0, Counter[str](), START
    for number in range(draw(st.integers(1, 12))):
        at += timedelta(hours=draw(st.integers(2, 90)))
        item = video(number, at) if tiktok else picture(number, at)
        key = item["id"] if tiktok else item["code"]
        author = draw(st.sampled_from(["dinkes", "dinkes", "@Dinkes", "warga"])) if number else "dinkes"
        cells = {
            "id": key,
            "thread_id": key,
            "author": author,
            "body": draw(st.sampled_from(["Rapat", "Vaksin\nbaris", "- Loket 1", "", "“Sehat” 🙂"])),
            "timestamp": at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S"),
            "unix_timestamp": str(int(at.timestamp())),
            "is_ad": "no",
            "type": draw(st.sampled_from(["photo", "video", "mixed"])),
            "tiktok_url": f"https://www.tiktok.com/@dinkes/video/{key}",
            "url": f"https://www.instagram.com/p/{key}",
            "likes": "5",
            "num_likes": "1,204",
            "num_comments": "0",
        }
        rows.append(cells)
        if author == "warga":
            others += 1
        else:
            truth[key] = at
        kind = draw(st.sampled_from(["", "", "again", "comment", "ad"]))
        if kind == "again":
            rows.append(cells)
            left_out["captures of one post"] += 1
        elif kind == "comment":
            rows.append(cells | {"id": f"17{number}"})
            left_out["comments"] += 1
        elif kind == "ad" and tiktok:
            rows.append(cells | {"id": f"9{key}", "thread_id": f"9{key}", "is_ad": "yes"})
            left_out["advertisements"] += 1
    rows = draw(st.permutations(rows))
    text = io.StringIO()
    csv.writer(text).writerows([header, *([row.get(name, "") for name in header] for row in rows)])
    channel = Channel.TIKTOK if tiktok else Channel.INSTAGRAM
    # Without exact moments the zone of its server must be told.
    told = MAKASSAR if exact else zone
    return channel, text.getvalue().encode(), told, truth, others, left_out, len(rows)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(fourcats())
def test_4cats_tables(made):
    channel, content, zone, truth, others, left_out, items = made
    account = Account(1, "dinkes", channel, "dinkes")
    row = AgencyRow(Agency("dinkes", "Dinas Kesehatan", "skpd"), {channel: account})
    with TemporaryDirectory() as folder:
        path = Path(folder) / "unduhan"
        path.write_bytes(content)
        (export,) = read_exports([path], ExportReading(NOW, MAKASSAR, zone))
        (planned,) = plan_import(export, [row], ["dinkes"], Period(), CONFIG)
        posts = [post for batch in planned.stored.batches() for post in batch]
        found = {post.key: post.date.at if post.date else None for post in posts}
    assert found == truth
    assert (planned.posts, planned.others, dict(export.left_out)) == (len(truth), others, dict(left_out))
    assert planned.posts + planned.others + sum(export.left_out.values()) == items
    assert planned.stored.complete_since is None


@pytest.mark.parametrize(("since", "known"), [(date(2026, 2, 3), True), (date(2026, 1, 20), False)])
def test_4cats_table_makes_days_known_only_by_word_and_an_older_post(since, known):
    header = "id,thread_id,author,body,timestamp,unix_timestamp,tiktok_url"
    rows = []
    for number in range(9):
        at = START + timedelta(days=number)
        key = video(number, at)["id"]
        rows.append(
            [key, key, "dinkes", "x", "", str(int(at.timestamp())), f"https://tiktok.com/@dinkes/video/{key}"]
        )
    _, planned, posts = plan(table(header, *rows), Channel.TIKTOK, since)
    assert (planned.stored.complete_since is not None) is known
    assert len(posts) == (7 if known else 9)
    assert planned.early == (2 if known else 0)


@pytest.mark.parametrize(
    ("since", "spoilt", "known"),
    [(date(2026, 2, 3), False, True), (date(2026, 2, 3), True, False), (date(2026, 1, 20), False, False)],
)
def test_a_persons_word_stands_where_calls_do_not_tell_the_head(since, spoilt, known):
    numbered = list(reversed(list(enumerate(START + timedelta(days=n) for n in range(9)))))
    found = [wrap(picture(number, at), "instagram.com") for number, at in numbered]
    if spoilt:
        found.append(wrap(picture(50, START) | {"code": None}, "instagram.com"))
    content = "".join(json.dumps(line) + "\n" for line in found).encode()
    _, planned, _ = plan(content, Channel.INSTAGRAM)
    assert planned.stored.complete_since is None
    _, planned, posts = plan(content, Channel.INSTAGRAM, since)
    assert (planned.stored.complete_since is not None) is known
    assert len(posts) + planned.early == 9
