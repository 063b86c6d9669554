"""Saved Facebook pages: the Page's own posts, by their own date, whatever they share and whoever visits."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from activity.errors import ExportError
from crawler.exports.export import ExportReading
from crawler.exports.recognise import read_export
from testkit.zone import MAKASSAR

CASES = Path(__file__).parents[1] / "cases/social"
NOW = datetime(2026, 7, 10, 4, tzinfo=UTC)
AT = 1783303200


def read(path):
    return read_export(path, ExportReading(NOW, MAKASSAR))


def story(number, at, text="", by=None, **more):
    content = {"wwwURL": f"https://www.facebook.com/dinkesuji/posts/{number}", "message": {"text": text}}
    if by:
        content["actors"] = [by]
    metadata = [{"story": {"creation_time": at}}] if at else []
    return {
        "__typename": "Story",
        **more,
        "post_id": number,
        "comet_sections": {
            "content": {"story": content},
            "context_layout": {"story": {"comet_sections": {"metadata": metadata}}},
        },
    }


def save(path, *nodes, **owner):
    edges = [{"node": node} for node in nodes]
    data = {"data": {"user": {**owner, "timeline_list_feed_units": {"edges": edges}}}}
    path.write_text(
        '<html><head><link rel="canonical" href="https://www.facebook.com/dinkesuji"></head><body>'
        f'<script type="application/json">{json.dumps(data)}</script></body></html>'
    )
    return path


def told(export):
    return {
        entry.post.key: (entry.post.title, int(entry.post.date.at.timestamp())) for entry in export.entries()
    }


def test_a_shared_post_has_the_date_of_the_sharing():
    export = read(CASES / "facebook/fb_share.html")
    assert told(export)["122000000000002"] == ("Bagikan info", AT)
    assert export.owners["dinkesuji"].posts == 3


@pytest.mark.parametrize("name", ["attached_story", "shared_from", "quotedStory", "embed", "anything"])
@pytest.mark.parametrize("depth", [0, 1, 4])
def test_a_story_within_is_told_by_its_number_wherever_it_stands(tmp_path, name, depth):
    inner = {
        "post_id": "9001",
        "creation_time": 1706749200,
        "message": {"text": "Siaran"},
        "wwwURL": "https://x/",
    }
    for _ in range(depth):
        inner = {"story": inner}
    path = save(tmp_path / "a.html", story("122000000000002", AT, "Bagikan", **{name: inner}))
    assert told(read(path)) == {"122000000000002": ("Bagikan", AT)}


def test_without_a_moment_of_its_own_a_post_is_counted_and_left_out(tmp_path):
    shared = {"creation_time": 1706749200, "message": {"text": "Siaran"}}
    nodes = (story("122000000000001", AT, "Isi"), story("122000000000002", None, attached_story=shared))
    export = read(save(tmp_path / "a.html", *nodes))
    assert list(told(export)) == ["122000000000001"]
    assert export.left_out == {"posts without a moment of their own": 1}


@pytest.mark.parametrize(
    "by",
    [
        {"id": "555", "name": "Warga", "url": "https://www.facebook.com/warga.biasa"},
        {"id": "555", "name": "Warga"},
        {"name": "Warga", "url": "https://www.facebook.com/profile.php?id=100000000000555"},
    ],
)
def test_posts_of_visitors_are_counted_and_left_out(tmp_path, by):
    page = {"id": "100064000000001", "name": "Dinkes", "url": "https://www.facebook.com/dinkesuji"}
    nodes = (
        story("122000000000001", AT, "Isi", page),
        story("122000000000002", AT + 5, "Keluhan", by),
        story("122000000000003", AT + 9, "Isi lain", {"id": "100064000000001"}),
        {"__typename": "TimelineIntroCard"},
    )
    export = read(save(tmp_path / "a.html", *nodes, id="100064000000001"))
    assert list(told(export)) == ["122000000000001", "122000000000003"]
    assert export.left_out == {"posts of others on the page": 1, "entries that are no posts": 1}


def test_a_number_is_not_held_against_a_name(tmp_path):
    nodes = [story(f"12200000000000{n}", AT + n, "Isi", {"id": "100064000000001"}) for n in range(3)]
    assert len(told(read(save(tmp_path / "a.html", *nodes)))) == 3


def test_a_page_of_visitors_alone_is_refused(tmp_path):
    by = {"id": "555", "url": "https://www.facebook.com/warga.biasa"}
    with pytest.raises(ExportError, match="no posts of its own"):
        read(save(tmp_path / "a.html", story("122000000000002", AT, "Keluhan", by)))


@pytest.mark.parametrize("by", [None, {"id": "555", "url": "https://www.facebook.com/kemenkes"}])
@pytest.mark.parametrize("surface", [True, False])
def test_a_story_within_without_a_number_is_told_by_what_it_is(tmp_path, by, surface):
    """Under whichever name it stands, and however near to the surface."""
    inner = {
        "creation_time": AT - 9_000_000,
        "message": {"text": "Siaran"},
        **({"actors": [by]} if by else {}),
    }
    shared = story("9", AT, "Bagikan")
    if surface:
        shared["wrapped"] = inner
    else:
        shared["comet_sections"]["content"]["story"]["attachments"] = [{"styles": {"target": inner}}]
    assert told(read(save(tmp_path / "a.html", shared)))["9"] == ("Bagikan", AT)


def test_a_post_left_out_for_its_moment_makes_no_day_silent(tmp_path):
    inner = {"creation_time": AT - 9_000_000, "message": {"text": "Siaran"}}
    undated = story("9", None, "Bagikan", attachments=[{"target": inner}])
    export = read(save(tmp_path / "a.html", undated, story("8", AT - 90), story("7", AT - 9000)))
    assert export.left_out == {"posts without a moment of their own": 1}
    assert export.owners["dinkesuji"].since is None
    export = read(save(tmp_path / "a.html", story("8", AT - 90), story("7", AT - 9000)))
    assert export.owners["dinkesuji"].since is not None


def test_posts_of_several_on_a_page_that_does_not_say_whose_it_is_are_nobodys(tmp_path):
    one, other = {"id": "1", "url": "https://x/a"}, {"id": "2", "url": "https://x/b"}
    path = save(tmp_path / "a.html", story("9", AT, "a", one), story("8", AT - 90, "b", other))
    path.write_text(path.read_text().replace('<link rel="canonical"', "<link"))
    with pytest.raises(ExportError, match="does not say whose it is"):
        read(path)
    nodes = [{"code": "DabxGf7gAAB", "user": {"username": name}} for name in ("a", "b")]
    edges = {"edges": [{"node": node} for node in nodes]}
    data = json.dumps({"edge_owner_to_timeline_media": edges})
    path.write_text(f'<html><body><script type="application/json">{data}</script></body></html>')
    with pytest.raises(ExportError, match="does not say whose it is"):
        read(path)


def test_xml_that_is_handed_in_is_refused_in_our_words_alone(tmp_path):
    path = tmp_path / "halaman.html"
    path.write_text('<?xml version="1.0"?><rss><channel><title>Berita</title></channel></rss>')
    with pytest.raises(ExportError, match="shows no posts of its own"):
        read(path)
