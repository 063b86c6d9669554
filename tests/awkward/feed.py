"""Feeds and sitemaps, true ones and others."""

import html
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from tests.awkward.days import indonesian_rfc822, machine, rfc822, utc_day
from tests.awkward.plan import Plan
from tests.awkward.post import Post
from tests.awkward.stamp import built_at, edited_at, restate

__all__ = ["FEED_SIZES", "feed_body", "sitemap_body"]

FEED_SIZES = {"newest": 10, "full": 10_000, "twenty": 20, "hidden": 10, "paged": 10, "empty": 0}


def feed_body(
    plan: Plan,
    posts: Sequence[Post],
    now: datetime,
    address: Callable[[Post], str],
    base: str,
) -> str:
    """The posts as RSS, or as Atom where only `updated` is told; `address` gives absolute ones."""
    if plan["dates_of_feed"] == "updated":
        return _atom(posts, now, address, base)
    items = "".join(_item(plan, post, now, address(post), base) for post in posts)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>Berita</title><link>{base}/</link><description>Berita</description>"
        f"<language>id-ID</language><lastBuildDate>{rfc822(built_at(now))}</lastBuildDate>{items}"
        "</channel></rss>"
    )


def _item(plan: Plan, post: Post, now: datetime, url: str, base: str) -> str:
    shared = plan["dates_of_feed"] == "shared_link"
    link = f"{base}/#kabar-{post.number}" if shared else url
    guid = "" if shared else f'<guid isPermaLink="false">{base}/?p={post.number}</guid>'
    return (
        f"<item><title>{html.escape(post.title_at(now))}</title><link>{html.escape(link)}</link>{guid}"
        f"{_date(plan, post, now)}"
        f"<description>{html.escape(post.text[0])}</description></item>"
    )


def _date(plan: Plan, post: Post, now: datetime) -> str:
    match plan["dates_of_feed"]:
        case "none":
            return ""
        case "build":
            said = rfc822(built_at(now))
        case "draft":
            said = rfc822((post.begun or post.when).astimezone(UTC))
        case "utc_day":
            return f"<dc:date>{utc_day(post.when)}</dc:date>"
        case "local_utc":
            said = rfc822(post.when.replace(tzinfo=UTC))
        case "indonesian":
            said = indonesian_rfc822(post.when)
        case "zoneless":
            said = f"{post.when:%Y-%m-%d %H:%M:%S}"
        case _:
            said = rfc822(restate(plan, post.when))
    return f"<pubDate>{said}</pubDate>"


def _atom(posts: Sequence[Post], now: datetime, address: Callable[[Post], str], base: str) -> str:
    moment = f"<updated>{machine(built_at(now))}</updated>"
    entries = "".join(
        f"<entry><title>{html.escape(post.title_at(now))}</title><id>tag:{post.number}</id>{moment}"
        f'<link href="{html.escape(address(post))}"/><summary>{html.escape(post.text[0])}</summary></entry>'
        for post in posts
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>Berita</title>{moment}<id>{base}/</id>{entries}</feed>"
    )


def sitemap_body(
    plan: Plan,
    posts: Sequence[Post],
    now: datetime,
    address: Callable[[Post], str],
    fixed: Sequence[str],
) -> str:
    """All addresses with a `lastmod`: of the last edit, or of the last build."""
    shown = posts[: max(3, len(posts) // 3)] if plan["sitemap"] == "partial" else posts
    rows = [(url, now) for url in fixed]
    rows += [(address(post), edited_at(post, now)) for post in shown]
    told = "".join(
        f"<url><loc>{html.escape(url)}</loc><lastmod>{_last_touched(plan, moment, now)}</lastmod></url>"
        for url, moment in rows
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{told}</urlset>'
    )


def _last_touched(plan: Plan, moment: datetime, now: datetime) -> str:
    if plan["lastmod"] == "empty":
        return ""
    return machine(built_at(now) if plan["sitemap"] == "build" else moment)
