"""A site drawn by a script from the state in its pages."""

import json
from datetime import datetime, timedelta

from tests.cases.websites.website import HTML, Answer, Post, Request, Website


class StateOfHomeOnly(Website):
    """Home's state holds six posts, the list's all; dates are milliseconds, three a post, one right."""

    name = "state_of_home_only"

    def extra(self, request: Request, posts: list[Post]) -> Answer | None:
        """Shells with a state."""

        def stamp(moment: datetime) -> int:
            return int(moment.timestamp() * 1000)

        def record(post: Post) -> dict[str, object]:
            return {
                "id": post.number,
                "slug": post.slug,
                "title": post.title,
                "createdAt": stamp(post.when - timedelta(days=6)),
                "updatedAt": stamp(request.now - timedelta(hours=3)),
                "publishedAt": stamp(post.when),
                "views": post.number * 3,
            }

        def shell(title: str, props: dict[str, object]) -> Answer:
            state = json.dumps({"props": {"pageProps": props}, "page": "/", "buildId": "x"})
            return Answer(
                HTML,
                f'<!doctype html><html lang="id"><head><title>{title}</title></head><body>'
                '<div id="__next"><header><a href="/">Dinas</a><a href="/berita">Berita</a></header></div>'
                f'<script id="__NEXT_DATA__" type="application/json">{state}</script>'
                '<script src="/_next/static/chunks/main.js"></script></body></html>',
            )

        if request.path == "/":
            return shell("Dinas", {"news": [record(post) for post in posts[:6]]})
        if request.path == "/berita":
            return shell("Berita", {"posts": [record(post) for post in posts], "total": len(posts)})
        return next(
            (
                shell(post.title, {"post": {**record(post), "content": post.text}})
                for post in posts
                if post.url == request.path
            ),
            None,
        )
