"""Downloads as Meta makes them by now: flavours mixed, edits beside posts, parts, reels in two files."""

import json
import zipfile
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path

import pytest

from activity.agency import Channel
from activity.errors import ExportError
from activity.post import PostKind
from crawler.exports.export import ExportReading
from crawler.exports.recognise import read_exports
from testkit.zone import MAKASSAR

CASES = Path(__file__).parents[1] / "cases/social"
NOW = datetime(2026, 7, 10, 4, tzinfo=UTC)
START = 1768006800
MEDIA = "your_instagram_activity/media"
PAGE = "this_profile's_activity_across_facebook/posts"


def read(*paths, **more):
    return read_exports(paths, ExportReading(NOW, MAKASSAR, **more))


def pack(path, **documents):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in documents.items():
            written = content if isinstance(content, bytes) else json.dumps(content)
            archive.writestr(name, written)
    return path


def framed(at, text="", *more, **facts):
    pictures = [{"uri": f"media/posts/{at}.jpg", "creation_timestamp": at, "title": text}, *more]
    return {"media": pictures, **facts}


def labelled(at, text, *uris, **facts):
    inside = [{"label": "Media", "media": [{"uri": uri, "creation_timestamp": at - 50} for uri in uris]}]
    values = [*(inside if uris else []), {"label": "Keterangan", "value": text}]
    return {"timestamp": at, "media": [], "label_values": values, **facts}


def attached(at, text):
    return {"timestamp": at, "title": "Dinas memperbarui status", "data": [{"post": text}]}


def titles(export):
    return [entry.post.title for entry in export.entries()]


@pytest.mark.parametrize(
    ("name", "channel", "posts", "left_out"),
    [
        ("ig_mixed", Channel.INSTAGRAM, 12, {}),
        ("fb_edits", Channel.FACEBOOK, 6, {"edits of posts": 1}),
        ("ig_zero", Channel.INSTAGRAM, 7, {}),
    ],
)
def test_flavours_that_stand_mixed(name, channel, posts, left_out):
    (export,) = read(CASES / f"flat/{name}.zip")
    assert (export.channel, export.owners[""].posts, export.left_out) == (channel, posts, left_out)


@pytest.mark.parametrize("order", list(permutations(["parts/part1.zip", "parts/part2.zip"])))
def test_parts_of_one_download_are_taken_as_one(order):
    (export,) = read(*(CASES / part for part in order))
    assert export.owners[""].posts == 6
    assert export.name == "part1.zip + part2.zip"
    assert any("part2.zip" in remark for remark in export.remarks)


def test_parts_hold_posts_each_and_a_reel_stands_in_both(tmp_path):
    reel = framed(START + 30, "Senam pagi", uri="x")
    reel["media"][0]["uri"] = "media/reels/senam.mp4"
    post = {
        "media": [{"uri": "media/posts/senam.mp4", "creation_timestamp": START + 3}],
        "title": "Senam pagi",
    }
    one = pack(tmp_path / "a", **{f"{MEDIA}/posts_1.json": [post, framed(START + 9000, "Lain")]})
    two = pack(tmp_path / "b", **{f"{MEDIA}/reels.json": {"ig_reels_media": [reel]}})
    three = pack(tmp_path / "c", **{f"{MEDIA}/posts_2.json": [framed(START + 18000, "Ketiga")]})
    (export,) = read(two, three, one)
    assert titles(export) == ["Senam pagi", "Lain", "Ketiga"]
    assert next(entry.post.kind for entry in export.entries()) is PostKind.REEL
    assert export.left_out == {"second records of one post": 1}


def test_archives_of_two_platforms_stay_two(tmp_path):
    one = pack(tmp_path / "a", **{f"{MEDIA}/posts_1.json": [framed(START, "a")]})
    two = pack(tmp_path / "b", **{f"{PAGE}/profile_posts_1.json": [attached(START, "b")]})
    assert {export.channel: titles(export) for export in read(one, two)} == {
        Channel.INSTAGRAM: ["a"],
        Channel.FACEBOOK: ["b"],
    }


def test_both_platforms_in_one_archive_are_taken_one_after_the_other(tmp_path):
    path = pack(
        tmp_path / "a",
        **{
            f"{MEDIA}/posts_1.json": [framed(START, "a"), labelled(START + 900, "c", "media/posts/c.jpg")],
            f"{PAGE}/profile_posts_1.json": [attached(START, "b")],
        },
    )
    with pytest.raises(ExportError, match="--channel"):
        read(path)
    (instagram,), (facebook,) = (
        read(path, channel=channel) for channel in (Channel.INSTAGRAM, Channel.FACEBOOK)
    )
    assert (titles(instagram), instagram.left_out) == (["a", "c"], {"posts of facebook": 1})
    assert (titles(facebook), facebook.left_out) == (["b"], {"posts of instagram": 2})


@pytest.mark.parametrize(
    "path", [f"{MEDIA}/posts_1.json", f"{MEDIA}/reels.json", f"{PAGE}/profile_posts_1.json"]
)
@pytest.mark.parametrize(
    "wrap", [lambda items: items, lambda items: {"kiriman": items}, lambda i: {"a": {"b": i}}]
)
def test_labelled_values_of_any_depth_and_language(tmp_path, path, wrap):
    items = [
        labelled(START, "Vaksin gratis", "m/1.jpg", "m/2.jpg", fbid="18000000000000001"),
        {
            "timestamp": START + 900,
            "media": [{"uri": "m/3.jpg", "creation_timestamp": START}],
            "label_values": [
                {"label": "URL", "value": "https://example.org/a-very-long-address-that-is-no-text"},
                {"title": "Rincian", "dict": [{"dict": [{"label": "Beschriftung", "value": "Donor darah"}]}]},
            ],
            "fbid": "18000000000000002",
        },
        {
            "timestamp": 0,
            "media": [],
            "label_values": [
                {"label": "Waktu diperbarui", "timestamp_value": START + 99999},
                {"label": "Waktu dibuat", "timestamp_value": START + 1800},
                {"label": "Media", "media": [{"uri": "m/4.jpg", "creation_timestamp": 0}]},
            ],
            "fbid": "18000000000000003",
        },
    ]
    (export,) = read(pack(tmp_path / "a", **{path: wrap(items)}))
    assert titles(export) == ["Vaksin gratis", "Donor darah", ""]
    moments = [int(entry.post.date.at.timestamp()) - START for entry in export.entries()]
    assert moments == [0, 900, 1800]


def test_pictures_in_a_flat_list(tmp_path):
    def flat(at, name, text):
        return {"uri": f"media/posts/{name}.jpg", "creation_timestamp": at, "title": text}

    items = [
        flat(START, "a", "Satu"),
        flat(START, "b", "Satu"),
        flat(START, "c", "Dua"),
        flat(0, "d", "Tiga"),
    ]
    (export,) = read(pack(tmp_path / "a", **{f"{MEDIA}/posts_1.json": items}))
    assert sorted(titles(export)) == ["Dua", "Satu"]
    assert export.left_out == {"further pictures of one post": 1, "pictures without a moment": 1}
    assert export.owners[""].since is None


def test_what_is_no_post_of_the_account_is_counted_by_name(tmp_path):
    path = pack(
        tmp_path / "a",
        **{
            f"{MEDIA}/posts_1.json": [framed(START, "a"), "?", {"created": 5}],
            f"{MEDIA}/stories.json": {"ig_stories": [framed(START + 1)]},
            f"{MEDIA}/archived_posts.json": {"ig_archived_post_media": [framed(START + 2)]},
            f"{MEDIA}/recently_deleted_content.json": [labelled(START + 3, "x", "media/posts/x.jpg")],
            "your_instagram_activity/likes/liked_posts.json": [labelled(START + 4, "bukan kami")],
            "your_instagram_activity/saved/saved_posts.json": {
                "saved_saved_media": [{"string_map_data": {}}]
            },
            "ads_information/posts_viewed.json": {"seen": [{"string_map_data": {"Time": {"timestamp": 5}}}]},
            "connections/followers_1.json": [{"string_list_data": [{"timestamp": START}]}],
        },
    )
    (export,) = read(path)
    assert titles(export) == ["a"]
    assert export.left_out == {
        "items that are not understood": 2,
        "stories, gone after a day": 1,
        "archived posts, not public": 1,
        "deleted posts": 1,
        "records of comments, likes, messages and the like": 1,
    }
    assert export.owners[""].since is None


def test_two_posts_of_one_second_stay_two(tmp_path):
    records = [attached(START, "Satu"), attached(START, "Dua"), attached(START, "Dua")]
    (export,) = read(pack(tmp_path / "a", **{f"{PAGE}/profile_posts_1.json": records}))
    assert sorted(titles(export)) == ["Dua", "Satu"]
    assert export.left_out == {"records that stand twice": 1}


def test_pictures_of_albums_are_no_posts(tmp_path):
    album = {"name": "Kegiatan", "cover_photo": {}, "photos": [{"uri": "p.jpg", "creation_timestamp": START}]}
    path = pack(
        tmp_path / "a",
        **{f"{PAGE}/profile_posts_1.json": [attached(START, "a")], f"{PAGE}/album/0.json": album},
    )
    (export,) = read(path)
    assert (titles(export), export.left_out) == (["a"], {"pictures in albums": 1})


@pytest.mark.parametrize(
    "second",
    [{"readme.txt": b"x"}, {f"{MEDIA}/posts_1.html": b"<html>"}],
    ids=["no part", "web pages"],
)
def test_a_part_that_would_hide_posts_is_refused(tmp_path, second):
    one = pack(tmp_path / "a.zip", **{f"{MEDIA}/posts_1.json": [framed(START, "a")]})
    with pytest.raises(ExportError, match=r"b\.zip holds no posts"):
        read(one, pack(tmp_path / "b.zip", **second))


def test_posts_with_their_photos_and_videos_in_one_list_are_no_films(tmp_path):
    name = f"{PAGE}/your_posts__check_ins__photos_and_videos_1.json"
    records = [attached(START, "Satu"), attached(START, "Dua"), attached(START + 60, "Dua")]
    (export,) = read(pack(tmp_path / "a", **{name: records}))
    assert sorted(titles(export)) == ["Dua", "Dua", "Satu"]


def test_a_document_alone_is_known_by_its_pictures(tmp_path):
    for uri, channel in (("media/posts/1.jpg", Channel.INSTAGRAM), ("x/posts/media/1.jpg", Channel.FACEBOOK)):
        path = tmp_path / "berkas.json"
        path.write_text(json.dumps([labelled(START, "Vaksin", uri)]))
        (export,) = read(path)
        assert export.channel is channel


def test_a_facebook_post_of_stamp_0_has_the_moment_of_its_picture(tmp_path):
    picture = {"media": {"uri": "a.jpg", "creation_timestamp": START}}
    record = {"timestamp": 0, "data": [{"post": "Isi"}], "attachments": [{"data": [picture]}]}
    (export,) = read(pack(tmp_path / "a", **{f"{PAGE}/profile_posts_1.json": [record]}))
    assert [int(entry.post.date.at.timestamp()) for entry in export.entries()] == [START]


def test_a_moment_whose_label_is_not_understood_is_told_by_another_that_agrees(tmp_path):
    """A change of five days later stood first, under a word of another language."""
    post = labelled(START, "Rapat", "media/posts/1.jpg", timestamp=0)
    changed = [
        {"label": "Zuletzt geändert", "timestamp_value": START + 5 * 86400},
        {"label": "Erstellt", "timestamp_value": START},
    ]
    post["label_values"] = [*changed, *post["label_values"]]
    bare = {"media": [], "label_values": [*changed, {"label": "Text", "value": "Donor"}]}
    (export,) = read(
        pack(tmp_path / "a", **{f"{MEDIA}/posts_1.json": [post, bare, framed(START + 9000, "x")]})
    )
    (rapat, _) = export.entries()
    assert int(rapat.post.date.at.timestamp()) == START - 50
    assert export.left_out == {"posts without a moment": 1}


def test_what_others_posted_and_what_stands_elsewhere_is_no_post(tmp_path):
    others = {
        f"{MEDIA}/reposts.json": [labelled(START + 900, "lain", "media/posts/9.jpg")],
        f"{MEDIA}/story_highlights.json": {"ig_highlights": [framed(START + 1800)]},
        "your_instagram_activity/threads/your_threads.json": [framed(START + 2700, "utas")],
    }
    (export,) = read(pack(tmp_path / "a", **{f"{MEDIA}/posts_1.json": [framed(START, "a")]}, **others))
    assert titles(export) == ["a"]
    assert export.left_out == {
        "posts of others, passed on": 1,
        "stories, gone after a day": 1,
        "posts on Threads": 1,
    }


@pytest.mark.parametrize(
    "shown", [{"place": {"name": "Aula"}}, {"event": {"name": "Rapat"}}, {"poll": {"question": "?"}}]
)
def test_whatever_is_attached_to_a_post_was_shown(tmp_path, shown):
    """Else a day on which it stood on the page would be called silent."""
    items = [
        {"timestamp": START, "title": "Dinas di Aula", "attachments": [{"data": [shown]}]},
        {"timestamp": START + 900, "title": "Dinas", "attachments": [{"data": [{"place": {}}]}]},
        attached(START + 9000, "b"),
    ]
    (export,) = read(pack(tmp_path / "a", **{f"{PAGE}/profile_posts_1.json": items}))
    assert export.owners[""].posts == 2
    assert export.left_out == {"records without text, picture or link": 1}
