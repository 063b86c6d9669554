"""Handing in files, as an officer does it; the same posts by whatever door they come."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from activity.agency import Channel
from samplecity.graph.shortcode import build_shortcode

SLUG = "diskominfo"
MONTH = (date(2026, 1, 1), date(2026, 1, 31))
PACIFIC = ZoneInfo("America/Los_Angeles")
PERIOD = ("--since", "2026-01-01", "--until", "2026-01-31")


@pytest.fixture
def town(denyut, server, registry):
    """A machine with one office, and the posts of its January on Instagram as the city knows them."""
    denyut.done("init")
    denyut.done("agencies", "import", denyut.write("registry.csv", registry(SLUG)))
    account = server.truth(since=MONTH[0]).account(SLUG, Channel.INSTAGRAM)
    posts = [post for post in account.posts if MONTH[0] <= post.day <= MONTH[1]]
    assert len(posts) > 5
    return denyut, posts


def handle(denyut):
    (row,) = denyut.json("agencies", "list", "--json")
    return row["instagram"]


def business_suite(denyut, posts):
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Post ID", "Account ID", "Account username", "Description", "Publish time", "Permalink"])
    name = handle(denyut)
    for post in posts:
        written = post.published.astimezone(PACIFIC).strftime("%m/%d/%Y %H:%M")
        link = f"https://www.instagram.com/p/{post.key}/"
        writer.writerow(["1.80E+16", "1784", name, post.title, written, link])
    return denyut.write("konten.csv", "\ufeff" + text.getvalue())


def information(denyut, posts):
    records = [
        {
            "media": [
                {"uri": f"{p.key}.jpg", "creation_timestamp": int(p.published.timestamp()), "title": p.title}
            ]
        }
        for p in posts
    ]
    path = denyut.folder / "unduhan.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("your_instagram_activity/media/posts_1.json", json.dumps(records))
    return str(path)


def saved_page(denyut, posts):
    edges = [{"node": {"code": post.key, "caption": {"text": post.title}}} for post in reversed(posts)]
    data = {"xig_user_by_username": {"polaris_ordered_timeline_connection": {"edges": edges}}}
    return denyut.write(
        "profil.html",
        f'<html><head><link rel="canonical" href="https://www.instagram.com/{handle(denyut)}/"></head>'
        f'<body><script type="application/json">{json.dumps(data)}</script></body></html>',
    )


def stored(denyut):
    sql = (
        "SELECT key, day FROM posts WHERE channel = 'instagram' AND day BETWEEN '2026-01-01' AND '2026-01-31'"
    )
    rows = denyut.json("sql", sql, "--json")
    return sorted((row["key"], row["day"]) for row in rows)


def crawl(denyut, _):
    denyut.done("crawl", "--channel", "instagram", "--since", "2026-01-01", "--json")


def hand_in(make):
    def do(denyut, posts):
        denyut.done("import", make(denyut, posts), "--account", SLUG, *PERIOD)

    return do


DOORS = {
    "api": crawl,
    "csv": hand_in(business_suite),
    "archive": hand_in(information),
    "page": hand_in(saved_page),
}


@pytest.mark.parametrize("order", [("api", "csv", "archive", "page"), ("archive", "page", "csv", "api")])
def test_the_same_month_by_every_door_is_the_same_posts_once(town, order):
    denyut, posts = town
    truth = sorted((post.key, post.day.isoformat()) for post in posts)
    for door in order:
        DOORS[door](denyut, posts)
        found = stored(denyut)
        if door == "archive" and order[0] == "archive":
            assert [day for _, day in found] == sorted(post.day.isoformat() for post in posts)
        else:
            assert found == truth, door


@pytest.mark.parametrize("door", ["csv", "archive", "page"])
def test_importing_twice_changes_nothing_and_a_dry_run_stores_nothing(town, door):
    denyut, posts = town
    make = {"csv": business_suite, "archive": information, "page": saved_page}[door]
    path = make(denyut, posts)
    empty = denyut.dump()
    told = denyut.json("import", path, "--account", SLUG, "--dry-run", "--json")
    assert (told[0]["new"], told[0]["stored"]) == (len(posts), False)
    assert denyut.dump() == empty
    denyut.done("import", path, "--account", SLUG)
    once = denyut.dump()
    assert "0 new, 0 updated" in denyut.done("import", path, "--account", SLUG)
    assert denyut.dump() == once


def test_days_of_the_file_are_reconstructed_and_none_after_it(town):
    denyut, posts = town
    denyut.done("import", business_suite(denyut, posts), *PERIOD)
    sql = "SELECT night, state FROM nights WHERE channel = 'instagram' AND night >= '2026-01-01'"
    nights = {row["night"]: row["state"] for row in denyut.json("sql", sql, "--json")}
    for state, chosen in (
        ("reconstructed", lambda n: n <= "2026-01-31"),
        ("unseen", lambda n: n > "2026-01-31"),
    ):
        assert {nights[n] for n in nights if chosen(n)} <= {state}
    assert len(nights) >= 31


def test_without_a_token_the_reason_names_the_last_import(town):
    denyut, posts = town
    denyut.settings.pop("DENYUT_INSTAGRAM_TOKEN")
    denyut.done("import", business_suite(denyut, posts[:3]))
    denyut.done("crawl", "--channel", "instagram", "--json")
    ranking = denyut.json("rank", "2026-S1", "--channel", "instagram", "--json")
    (standing,) = ranking["categories"][0]["standings"]
    last = posts[2].day.isoformat()
    assert (standing["score"], standing["reason"], standing["known_until"]) == (None, "no import since", last)
    assert f"no import since {last}" in denyut.done("rank", "2026-S1", "--channel", "instagram")


def test_a_bad_file_among_good_ones_leaves_everything_as_it_was(town, complaint):
    denyut, posts = town
    before = denyut.dump()
    good, bad = business_suite(denyut, posts), denyut.write("rusak.zip", b"PK\x03\x04 cut")
    assert "rusak.zip" in complaint(denyut.run("import", good, bad), 2)
    assert denyut.dump() == before


def test_a_file_of_somebody_else_is_refused(town, complaint):
    denyut, posts = town
    path = denyut.folder / "lain.csv"
    mine = handle(denyut)
    path.write_text((denyut.folder / business_suite(denyut, posts)).read_text().replace(mine, "orang_lain"))
    assert "orang_lain" in complaint(denyut.run("import", str(path)), 2)
    assert "orang_lain" in complaint(denyut.run("import", str(path), "--account", SLUG), 2)


def test_a_page_of_another_name_is_refused(town, complaint):
    """Handles can be compared on Facebook too; a number cannot be held against a name."""
    denyut, _ = town
    story = {"post_id": "9", "creation_time": 1768006800, "message": {"text": "Rapat"}}
    data = json.dumps({"user": {"timeline_list_feed_units": {"edges": [{"node": story}]}}})
    script = f'<script type="application/json">{data}</script>'
    for name, refused in (("kemenkes", True), ("100064000000001", False)):
        head = f'<link rel="canonical" href="https://www.facebook.com/{name}">'
        path = denyut.write("laman.html", f"<html><head>{head}</head><body>{script}</body></html>")
        if refused:
            assert "is of kemenkes" in complaint(denyut.run("import", path, "--account", SLUG), 2)
        else:
            denyut.done("import", path, "--account", SLUG)


def test_a_post_by_hand_needs_a_link_or_a_picture(town, complaint):
    denyut, _ = town
    at = datetime(2026, 1, 15, 2, tzinfo=UTC)
    link = f"https://www.instagram.com/p/{build_shortcode(at - timedelta(seconds=9), 3)}/"
    add = ("post", "add", "--account", SLUG, "--date", "2026-01-15")
    complaint(denyut.run(*add), 2)
    complaint(denyut.run(*add, "--screenshot", denyut.write("x.png", b"text"), "--channel", "instagram"), 2)
    complaint(denyut.run(*add, "--screenshot", denyut.write("y.png", b"\x89PNG\r\n\x1a\n1")), 2)
    assert "entered" in denyut.done(*add, "--link", link)
    assert "known already" in denyut.done(*add, "--link", link)
    picture = ("--screenshot", str(denyut.folder / "y.png"), "--channel", "instagram")
    assert "entered" in denyut.done(*add, *picture)
    assert [day for _, day in stored(denyut)] == ["2026-01-15"] * 2


def test_since_binds(town, complaint):
    denyut, posts = town
    before, later = denyut.dump(), ("--since", "2026-01-15", "--until", "2026-01-31")
    early = sum(post.day < date(2026, 1, 15) for post in posts)
    assert "--since" in complaint(denyut.run("import", business_suite(denyut, posts), *later), 2)
    assert denyut.dump() == before
    for make, known in ((saved_page, None), (information, "2026-01-14T16:00:00+00:00")):
        path = make(denyut, posts)
        (told,) = denyut.json("import", path, "--account", SLUG, *later, "--json", "--dry-run")
        assert (told["posts"], told["left_out"]) == (len(posts) - early, {"posts from before --since": early})
        assert told["complete_since"] == known or (known is None and told["complete_since"] > "2026-01-14T16")
