"""Sites that a script draws: the posts stand in an attribute, in a state, or nowhere on the page."""

import html
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from tests.awkward.pager import Part
from tests.awkward.plan import Plan
from tests.awkward.post import Post
from tests.awkward.stamp import edited_at

__all__ = ["article_shell", "home_shell", "list_shell"]


def _record(plan: Plan, post: Post, now: datetime) -> dict[str, Any]:
    """A post as the program's own records hold it."""
    begun = (post.begun or post.when) - timedelta(days=2)
    if plan["delivery"] == "attribute":
        return {
            "id": post.number,
            "slug": post.slug_at(now),
            "judul": post.title_at(now),
            "created_at": f"{begun:%Y-%m-%d %H:%M:%S}",
            "published_at": f"{post.when:%Y-%m-%d %H:%M:%S}",
            "updated_at": f"{edited_at(post, now):%Y-%m-%d %H:%M:%S}",
        }
    return {
        "id": post.number,
        "slug": post.slug_at(now),
        "title": post.title_at(now),
        "createdAt": int(begun.timestamp() * 1000),
        "updatedAt": int(edited_at(post, now).timestamp() * 1000),
        "publishedAt": int(post.when.timestamp() * 1000),
        "views": post.readers,
    }


def home_shell(plan: Plan, posts: Sequence[Post], now: datetime, head: str) -> str:
    """The home page: its state holds the newest six."""
    return _shell(plan, "Beranda", {_word(plan): [_record(plan, post, now) for post in posts[:6]]}, head)


def list_shell(plan: Plan, posts: Sequence[Post], part: Part, now: datetime, base: str, head: str) -> str:
    """The list: a page of it, or all."""
    if plan["delivery"] == "attribute":
        following = f"{base}/berita?page={part.number + 1}" if part.number < part.last else None
        data = {
            "data": [_record(plan, post, now) for post in part.posts],
            "current_page": part.number,
            "last_page": part.last,
            "total": part.total,
            "next_page_url": following,
        }
        return _shell(plan, "Berita", {_word(plan): data}, head)
    listed = [_record(plan, post, now) for post in posts]
    return _shell(plan, "Berita", {"posts": listed, "total": len(listed)}, head)


def article_shell(plan: Plan, post: Post, now: datetime, head: str) -> str:
    """One post."""
    record = {**_record(plan, post, now), "isi": " ".join(post.text)}
    return _shell(plan, post.title_at(now), {"artikel": record}, head)


def _word(plan: Plan) -> str:
    """The list's name in the state: its address's own; or another, and then the page's frame links it."""
    return plan.random("word").choice(("berita", "kabar"))


def _shell(plan: Plan, title: str, props: Mapping[str, Any], head: str) -> str:
    top = f'<!doctype html><html lang="id"><head><title>{html.escape(title)}</title>{head}</head><body>'
    if plan["delivery"] == "attribute":
        state = json.dumps({"component": title, "props": props, "version": "a1"})
        links = '<noscript><a href="/">Beranda</a> <a href="/berita">Kabar</a></noscript>'
        drawn = f'<div id="app" data-page="{html.escape(state)}"></div><script src="/build/app.js"></script>'
        drawn += links if _word(plan) != "berita" else ""
    elif plan["delivery"] == "script":
        state = json.dumps({"props": {"pageProps": props}, "buildId": "k3"})
        menu = '<header><a href="/">Beranda</a><a href="/berita">Berita</a></header>'
        drawn = (
            f'<div id="__next">{menu}</div>'
            f'<script id="__NEXT_DATA__" type="application/json">{state}</script>'
            '<script src="/_next/static/main.js"></script>'
        )
    else:
        drawn = '<div id="root"></div><script src="/static/js/main.7f3a.js"></script>'
    return f"{top}{drawn}</body></html>"
