import json
from datetime import UTC, datetime

import pytest

from activity.errors import UnparsableError
from activity.post import Precision
from activity.visit import Fetch, Page, Purpose
from crawler.extract.feed.blogger import extract_blogger
from crawler.extract.feed.wordpress import extract_wordpress
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
SITE = "https://contoh.go.id/"


def page(data, **headers):
    url = f"{SITE}wp-json/wp/v2/posts"
    body = data if isinstance(data, bytes) else json.dumps(data).encode()
    return Page(Fetch(url, Purpose.API), url, 200, NOW, headers=headers, body=body)


def entry(**fields):
    return {"id": 1, "link": f"{SITE}rapat/", "title": {"rendered": "Rapat &#8220;kerja&#8221;"}, **fields}


def wordpress(*entries, **headers):
    return extract_wordpress(page(list(entries), **headers), now=NOW, zone=ZONE, site=SITE)


def test_date_gmt_tells_the_moment():
    listed = wordpress(
        entry(date="2026-04-30T23:30:00", date_gmt="2026-04-30T15:30:00"),
        **{"x-wp-total": "61", "x-wp-totalpages": "1"},
    )
    (post,) = listed.posts
    assert (post.key, post.title) == ("/rapat", "Rapat “kerja”")
    assert post.date.at == datetime(2026, 4, 30, 15, 30, tzinfo=UTC)
    assert post.date.precision is Precision.SECOND
    assert (listed.total, listed.pages) == (61, 1)


def test_date_is_local_where_date_gmt_is_missing():
    (post,) = wordpress(entry(date="2026-04-30T23:30:00", date_gmt="0000-00-00T00:00:00")).posts
    assert post.date.at == datetime(2026, 4, 30, 15, 30, tzinfo=UTC)


def test_drafts_and_scheduled_posts_are_none():
    assert not wordpress(
        entry(date_gmt="2026-09-30T15:30:00"),
        entry(status="draft", date_gmt="2026-04-30T15:30:00"),
        {"link": 7},
        7,
    ).posts


@pytest.mark.parametrize("body", [b'{"code": "rest_no_route"}', b"<html>", b""])
def test_an_error_object_is_no_list(body):
    with pytest.raises(UnparsableError):
        extract_wordpress(page(body), now=NOW, zone=ZONE, site=SITE)
    with pytest.raises(UnparsableError):
        extract_blogger(page(body), now=NOW, zone=ZONE, site=SITE)


def test_blogger():
    data = {
        "feed": {
            "openSearch$totalResults": {"$t": "3"},
            "openSearch$startIndex": {"$t": "1"},
            "entry": [
                {
                    "title": {"$t": "Lomba"},
                    "published": {"$t": "2026-04-30T21:00:00.001+08:00"},
                    "updated": {"$t": "2026-05-01T00:00:00+08:00"},
                    "link": [
                        {"rel": "self", "href": "x"},
                        {"rel": "alternate", "href": f"{SITE}2026/04/lomba.html"},
                    ],
                },
                {"title": {"$t": "tanpa tautan"}},
            ],
        }
    }
    listed = extract_blogger(page(data), now=NOW, zone=ZONE, site=SITE)
    assert (listed.total, listed.entries, [p.key for p in listed.posts]) == (3, 2, ["/2026/04/lomba.html"])
    assert listed.posts[0].date is not None
    assert listed.posts[0].date.at.hour == 13
