"""Items as TikTok and Instagram send them, and the lines and tables that are captured of them."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from samplecity.graph.shortcode import build_shortcode

__all__ = ["SEEN", "lines", "picture", "table", "video", "wrap"]

SEEN = datetime(2026, 7, 1, 2, tzinfo=UTC)
"""When lines were captured that say nothing else."""

_PAGES = {
    "tiktok.com": (
        "https://www.tiktok.com/@{}",
        "https://www.tiktok.com/api/post/item_list/?aid=1988&cursor=0",
    ),
    "instagram.com": ("https://www.instagram.com/{}/", "https://www.instagram.com/graphql/query"),
}


def wrap(
    item: dict[str, Any],
    platform: str = "tiktok.com",
    page: str = "dinkes",
    at: datetime = SEEN,
    nav: str = "1:4:0",
) -> dict[str, Any]:
    """A line as the extension writes it; `page` is the profile that was open."""
    profile, call = _PAGES[platform]
    return {
        "nav_index": nav,
        "item_id": item.get("id"),
        "timestamp_collected": int(at.timestamp() * 1000),
        "source_platform": platform,
        "source_platform_url": profile.format(page),
        "source_url": call,
        "user_agent": "Mozilla/5.0",
        "data": item,
        "id": 1,
    }


def video(
    number: int, at: datetime, *, author: str = "dinkes", embedded: bool = False, **more: Any
) -> dict[str, Any]:
    """A video as the API answers it, or as a page embeds it."""
    item: dict[str, Any] = {
        "id": str(7300000000000000000 + number),
        "createTime": int(at.timestamp()),
        "desc": f"Rapat {number}\nbaris kedua",
        "author": {"uniqueId": author, "nickname": "Dinas"},
        "video": {"id": str(number), "cover": "https://x/"},
        "stats": {"diggCount": 5, "commentCount": "2", "shareCount": 0, "playCount": 90},
    }
    if embedded:
        item |= {"author": author, "nickname": "Dinas", "createTime": str(int(at.timestamp()))}
    return item | more


def picture(
    number: int,
    at: datetime,
    *,
    author: str = "dinkes",
    graph: bool = False,
    partial: bool = False,
    **more: Any,
) -> dict[str, Any]:
    """A picture in the shape of an item list or of a graph; some lists leave text and moment out."""
    code = build_shortcode(at - timedelta(seconds=40), number)
    item: dict[str, Any]
    if graph:
        item = {
            "__typename": "GraphImage",
            "id": str(number),
            "shortcode": code,
            "taken_at_timestamp": int(at.timestamp()),
            "edge_media_to_caption": {"edges": [{"node": {"text": f"Rapat {number}"}}]},
            "edge_media_preview_like": {"count": 5},
            "edge_media_to_comment": {"count": 2},
            "owner": {"id": "9", "username": author},
            "user": None,
        }
    else:
        item = {
            "id": f"{number}_9",
            "pk": str(number),
            "code": code,
            "media_type": 1,
            "product_type": "feed",
            "taken_at": int(at.timestamp()),
            "caption": {"text": f"Rapat {number}"},
            "like_count": 5,
            "comment_count": 2,
            "user": {"pk": "9", "username": author, "full_name": "Dinas"},
        }
    if partial:
        item = {key: value for key, value in item.items() if key not in {"caption", "taken_at"}}
        item["_zs_partial"] = True
    return item | more


def lines(*records: dict[str, Any]) -> bytes:
    """One object a line."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def table(header: str, *rows: list[str]) -> bytes:
    """A table below its comma separated headings."""
    text = io.StringIO()
    csv.writer(text).writerows([header.split(","), *rows])
    return text.getvalue().encode()
