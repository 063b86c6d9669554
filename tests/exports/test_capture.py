"""Captures by Zeeschuimer and 4CAT's tables: what is a post of whom, what is left out, what becomes known."""

from datetime import UTC, datetime, timedelta

import pytest

from activity.address.tiktok import parse_tiktok, tiktok_key
from activity.channel import Channel
from activity.errors import ExportError
from activity.post import EvidenceKind, PostKind
from crawler.exports.export import ExportReading, Format
from crawler.exports.recognise import read_export
from samplecity.graph.shortcode import build_shortcode
from testkit.captures import SEEN, lines, picture, table, video, wrap
from testkit.zone import MAKASSAR

NOW = datetime(2026, 7, 10, 4, tzinfo=UTC)
START = datetime(2026, 6, 1, 3, tzinfo=UTC)


@pytest.fixture
def read(tmp_path):
    def run(content, **more):
        path = tmp_path / "unduhan.bin"
        path.write_bytes(content)
        export = read_export(path, ExportReading(NOW, MAKASSAR, **more))
        return export, [(entry.owner, entry.post) for entry in export.entries()]

    return run


def days(number, step=timedelta(days=1)):
    """Moments, the newest first."""
    return [START + step * n for n in range(number - 1, -1, -1)]


def test_a_profile_on_tiktok(read):
    export, posts = read(lines(*(wrap(video(n, at)) for n, at in enumerate(days(9)))))
    assert (export.format, export.channel) == (Format.CAPTURE, Channel.TIKTOK)
    assert {(owner, post.key, post.date.at) for owner, post in posts} == {
        ("dinkes", str(7300000000000000000 + n), at) for n, at in enumerate(days(9))
    }
    post = posts[0][1]
    assert (post.title, post.kind) == ("Rapat 0", PostKind.VIDEO)
    assert post.url == "https://www.tiktok.com/@dinkes/video/7300000000000000000"
    assert (post.metrics.likes, post.metrics.comments, post.metrics.shares, post.metrics.views) == (
        5,
        2,
        0,
        90,
    )
    (witness,) = post.date.evidence
    assert (witness.kind, witness.where, witness.raw) == (
        EvidenceKind.EXPORT,
        "createTime",
        str(int(post.date.at.timestamp())),
    )
    span = export.owners["dinkes"]
    assert (span.since, span.until) == (START, SEEN)


@pytest.mark.parametrize("graph", [False, True])
def test_a_profile_on_instagram_has_the_keys_of_the_api(read, graph):
    records = [wrap(picture(n, at, graph=graph), "instagram.com") for n, at in enumerate(days(9))]
    export, posts = read(lines(*records))
    assert export.channel is Channel.INSTAGRAM
    assert [post.key for _, post in posts] == [
        build_shortcode(at - timedelta(seconds=40), n) for n, at in enumerate(days(9))
    ]
    assert {post.date.at for _, post in posts} == set(days(9))
    assert {post.metrics.likes for _, post in posts} == {5}
    assert not any(post.date.contested for _, post in posts)
    # A call that tells nothing of where it goes on may have begun in the midst of the list.
    assert export.owners["dinkes"].since is None
    page = {"source_url": "https://www.instagram.com/dinkes/"}
    export, _ = read(lines(*(record | page for record in records)))
    assert (export.owners["dinkes"].since, export.owners["dinkes"].until) == (START, SEEN)


def test_a_look_that_begins_in_the_midst_says_nothing_of_what_stands_above(read):
    """Who scrolls on after the extension was turned on captures the older posts alone."""
    call = {"source_url": "https://www.tiktok.com/api/post/item_list/?aid=1988&cursor=1780000000000"}
    export, posts = read(lines(*(wrap(video(n, at)) | call for n, at in enumerate(days(9)))))
    assert (export.owners["dinkes"].since, len(posts)) == (None, 9)


def test_a_newer_post_met_elsewhere_ends_the_claim(read):
    newer = wrap(video(99, SEEN + timedelta(days=2))) | {
        "source_platform_url": "https://www.tiktok.com/foryou"
    }
    export, posts = read(lines(*(wrap(video(n, at)) for n, at in enumerate(days(9))), newer))
    assert (export.owners["dinkes"].since, len(posts)) == (None, 10)


@pytest.mark.parametrize(("count", "since"), [(3, None), (4, START)])
def test_of_three_posts_nobody_knows_which_are_pinned(read, count, since):
    export, _ = read(lines(*(wrap(video(n, at)) for n, at in enumerate(days(count)))))
    assert export.owners["dinkes"].since == since


def test_what_a_list_shows_in_part_is_dated_by_its_address_and_gives_way_to_the_whole(read):
    one, two = days(2)
    part = wrap(picture(1, one, partial=True), "instagram.com", page="dinkes/reels")
    only = wrap(picture(2, two, partial=True), "instagram.com")
    export, posts = read(lines(part, only, wrap(picture(1, one), "instagram.com"), part))
    told = {post.title: post.date for _, post in posts}
    assert told["Rapat 1"].at == one
    assert told["Rapat 1"].evidence[0].kind is EvidenceKind.EXPORT
    assert told[""].evidence[0].kind is EvidenceKind.SHORTCODE
    assert export.left_out == {"captures of one post": 2}


def test_what_is_no_post_of_anybody_is_named(read):
    at = days(1)[0]
    stray = [
        wrap(video(5, at, isAd=True)),
        wrap(video(6, at, liveRoomInfo={})),
        wrap(video(7, at, createTime=0)),
        wrap(video(8, at) | {"author": {"id": "9"}}),
        wrap(video(9, at, id="x")),
        wrap(video(1, at), nav="1:4:1"),
        wrap({"id": "3", "text": "Bagus"}) | {"source_platform": "tiktok-comments"},
        wrap({"id": "3"}) | {"source_platform": "twitter.com"},
        wrap({"id": "3"}) | {"data": "x"},
    ]
    export, posts = read(lines(wrap(video(1, at)), *stray))
    assert len(posts) == 1
    assert export.left_out == {
        "advertisements": 1,
        "live streams": 1,
        "posts without a moment": 1,
        "posts whose account is not named": 1,
        "items that are not understood": 2,
        "captures of one post": 1,
        "comments": 1,
        "items of other platforms": 1,
    }


def test_posts_of_others_are_theirs(read):
    one, two = days(2)
    both = picture(3, one, owner={"username": "wisata"})
    export, posts = read(
        lines(
            wrap(picture(1, one), "instagram.com"),
            wrap(picture(2, two, author="Kominfo"), "instagram.com"),
            wrap(both, "instagram.com"),
            wrap(picture(4, one, product_type="ad"), "instagram.com"),
        )
    )
    assert {(owner, span.posts) for owner, span in export.owners.items()} == {("dinkes", 1), ("kominfo", 1)}
    assert export.left_out == {"posts of two accounts": 1, "advertisements": 1}
    assert len(posts) == 2


def test_4cat_hands_the_same_items_on_with_the_envelope_inside(read):
    records = []
    for n, at in enumerate(days(4)):
        line = wrap(video(n, at, embedded=True))
        records.append({**line.pop("data"), "__import_meta": line})
    export, posts = read(b"\xef\xbb\xbf" + lines(*records))
    assert len(posts) == 4
    assert export.owners["dinkes"].since == START


@pytest.mark.parametrize(
    "change",
    [
        {"source_platform_url": "https://www.tiktok.com/"},
        {"source_platform_url": "https://www.tiktok.com/@wisata"},
        {"source_platform_url": "https://www.tiktok.com/@dinkes/video/73"},
        {"source_platform_url": "https://www.tiktok.com/search?q=dinkes"},
        {"source_url": "https://www.tiktok.com/api/repost/item_list/"},
        {"source_url": "https://www.tiktok.com/api/post/item_list/?cursor=0&post_item_list_request_type=1"},
        {"source_url": "https://[", "source_platform_url": "https://www.tiktok.com/@dinkes"},
        {"timestamp_collected": None},
        {"timestamp_collected": "x"},
    ],
)
def test_what_was_met_elsewhere_makes_no_silent_day_known(read, change):
    export, posts = read(lines(*(wrap(video(n, at)) | change for n, at in enumerate(days(5)))))
    assert len(posts) == 5
    assert export.owners["dinkes"].since is None


def test_something_not_understood_in_the_list_spoils_the_claim(read):
    records = [wrap(video(n, at)) for n, at in enumerate(days(5))]
    records.insert(2, wrap(video(9, START, createTime=None)))
    assert read(lines(*records))[0].owners["dinkes"].since is None


def test_a_list_that_does_not_fall_says_nothing_of_the_time_between(read):
    order = [3, 1, 5, 2, 8, 0, 6, 4]
    export, _ = read(lines(*(wrap(video(n, START + timedelta(days=n))) for n in order)))
    assert export.owners["dinkes"].since is None


def test_pinned_posts_say_nothing_of_the_time_between(read):
    pinned = wrap(video(99, START - timedelta(days=200)))
    export, _ = read(lines(pinned, *(wrap(video(n, at)) for n, at in enumerate(days(5)))))
    assert export.owners["dinkes"].since == START
    assert read(lines(pinned))[0].owners["dinkes"].since is None


def test_looks_at_a_profile_are_joined_only_where_they_meet(read):
    newest = [wrap(video(n, at), nav="2:1:0") for n, at in enumerate(days(9)[:4])]
    meets = [
        wrap(video(n + 4, at), nav="1:1:0", at=START + timedelta(days=5, hours=2))
        for n, at in enumerate(days(9)[4:])
    ]
    apart = [
        wrap(video(n + 6, at), nav="1:1:0", at=START + timedelta(days=2)) for n, at in enumerate(days(9)[6:])
    ]
    assert read(lines(*meets, *newest))[0].owners["dinkes"].since == START
    assert read(lines(*apart, *newest))[0].owners["dinkes"].since == START + timedelta(days=5)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (lines(wrap(video(1, START)))[:-40] + b"\n", "cut short"),
        (lines(wrap(video(1, START))) + b'{"data": {"id": "7', "cut short"),
        (lines(wrap(video(1, START))) + b"[1]\n", "line 2: no item"),
        (lines(wrap(video(1, START)), wrap(picture(1, START), "instagram.com")), "Split the file"),
        (lines(wrap(video(1, NOW + timedelta(days=3)))), "ahead of today"),
        (lines(wrap({"id": "1"}) | {"source_platform": "x.com"}), "holds no post"),
        (lines(wrap(video(1, START))) + b'{"data": ' + b"[" * 200_000, "nested without end|larger than"),
        (lines(wrap(video(1, START))) + b" " * 10_000_001, "larger than any capture"),
    ],
)
def test_what_is_damaged_is_refused_whole(read, content, complaint):
    with pytest.raises(ExportError, match=complaint):
        read(content)


TIKTOK = "id,thread_id,author,author_full,body,timestamp,unix_timestamp,is_duet,is_ad,tiktok_url,likes,plays"
INSTAGRAM = "id,thread_id,parent_id,body,author,timestamp,type,url,num_likes,num_comments,unix_timestamp"


def tiktok_row(number, at, author="dinkes", ad="no", unix=True):
    key, stamp = str(7300000000000000000 + number), str(int(at.timestamp()))
    link = f"https://www.tiktok.com/@{author}/video/{key}"
    text = at.strftime("%Y-%m-%d %H:%M:%S")
    return [
        key,
        key,
        author,
        "Dinas",
        f"Rapat {number}",
        text,
        stamp if unix else "",
        "no",
        ad,
        link,
        "5",
        "1050",
    ]


def test_4cats_table_of_tiktok(read):
    rows = [tiktok_row(n, at) for n, at in enumerate(days(4))]
    rows += [tiktok_row(0, days(4)[0]), tiktok_row(8, START, ad="yes"), tiktok_row(9, START, author="Wisata")]
    export, posts = read(table(TIKTOK, *rows))
    assert (export.format, export.channel) == (Format.FOURCAT, Channel.TIKTOK)
    assert {(owner, post.key) for owner, post in posts} == {
        *(("dinkes", str(7300000000000000000 + n)) for n in range(4)),
        ("wisata", "7300000000000000009"),
    }
    assert {post.date.at for owner, post in posts if owner == "dinkes"} == set(days(4))
    assert export.left_out == {"captures of one post": 1, "advertisements": 1}
    assert (posts[0][1].metrics.views, posts[0][1].date.evidence[0].where) == (1050, "unix_timestamp")
    assert all(span.since is None for span in export.owners.values())
    with pytest.raises(ExportError, match="no zone"):
        read(table(TIKTOK, *(tiktok_row(n, at, unix=False) for n, at in enumerate(days(4)))))


@pytest.mark.parametrize("older", [False, True])
def test_4cats_table_of_instagram(read, older):
    rows = []
    for n, at in enumerate(days(4)):
        code = build_shortcode(at - timedelta(seconds=40), n)
        url = (
            f"https://scontent.cdninstagram.example/{n}.jpg"
            if older
            else f"https://www.instagram.com/p/{code}"
        )
        local = at.astimezone(MAKASSAR).strftime("%Y-%m-%d %H:%M:%S")
        rows.append([code, code, code, f"Rapat {n}", "dinkes", local, "photo", url, "5", "2", ""])
    rows.append(["178", rows[0][0], rows[0][0], "Bagus", "warga", rows[0][5], "comment", "", "0", "0", ""])
    export, posts = read(table(INSTAGRAM, *rows))
    assert [post.key for _, post in posts] == [row[0] for row in rows[:4]]
    assert {post.date.at for _, post in posts} == set(days(4))
    assert export.left_out == {"comments": 1}
    assert any("Asia/Makassar" in remark for remark in export.remarks)


def test_a_table_that_is_cut_short_is_refused(read):
    whole = table(TIKTOK, *(tiktok_row(n, at) for n, at in enumerate(days(4))))
    with pytest.raises(ExportError, match="cut short"):
        read(whole[:-60])


@pytest.mark.parametrize(
    ("typed", "address"),
    [("@Dinkes.BJM", "dinkes.bjm"), ("tiktok.com/@dinkes_bjm?lang=id", "dinkes_bjm"), ("-", None)],
)
def test_what_people_type(typed, address):
    assert parse_tiktok(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "https://vm.tiktok.com/ZMabc/",
        "https://www.tiktok.com/tag/dinkes",
        "https://www.tiktok.com/",
        "@d",
        "@ya.",
    ],
)
def test_what_is_no_account_is_refused(typed):
    with pytest.raises(ValueError, match="expected a TikTok account"):
        parse_tiktok(typed)


def test_a_video_has_one_key_by_every_address():
    for path in ("@dinkes/video/{}?lang=id", "@dinkes/photo/{}", "embed/v2/{}", "v/{}.html"):
        assert (
            tiktok_key(f"https://www.tiktok.com/{path.format('7301234567890123456')}")
            == "7301234567890123456"
        )
    assert tiktok_key("https://www.tiktok.com/@dinkes") is None
