"""Saved Facebook pages: the Page's own posts, by their own date, whatever they share and whoever visits."""

import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from activity.errors import ExportError
from crawler.exports.export import Reading
from crawler.exports.recognise import read_export

CASES = Path(__file__).parents[1] / "cases/social"
NOW = datetime(2026, 7, 10, 4, tzinfo=UTC)
AT = 1783303200


def read(path):
    return read_export(path, Reading(NOW, ZoneInfo("Asia/Makassar")))


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
