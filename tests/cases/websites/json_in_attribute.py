"""A site drawn by a script from JSON in an attribute."""

import html
import json
from datetime import timedelta

from tests.cases.websites.website import HTML, Answer, Post, Request, Website, part


class JsonInAttribute(Website):
    """`data-page` of an empty element holds the posts: Indonesian names, no address, times without a zone."""

    name = "json_in_attribute"

    def extra(self, request: Request, posts: list[Post]) -> Answer | None:
        """Shells with an attribute."""

        def record(post: Post) -> dict[str, object]:
            return {
                "id": post.number,
                "slug": post.slug,
                "judul": post.title,
                "created_at": f"{post.when - timedelta(days=6):%Y-%m-%d %H:%M:%S}",
                "published_at": f"{post.when:%Y-%m-%d %H:%M:%S}",
                "updated_at": f"{request.now - timedelta(hours=3):%Y-%m-%d %H:%M:%S}",
            }

        def shell(title: str, component: str, props: dict[str, object]) -> Answer:
            state = json.dumps({"component": component, "props": props, "url": request.path, "version": "1"})
            return Answer(
                HTML,
                f'<!doctype html><html lang="id"><head><title>{title}</title>'
                '<script src="/build/app.js" type="module"></script></head><body>'
                f'<div id="app" data-page="{html.escape(state)}"></div></body></html>',
            )

        if request.path == "/":
            return shell("Dinas", "Beranda", {"berita": [record(post) for post in posts[:6]]})
        if request.path == "/berita":
            number = int(request.query.get("page") or 1)
            shown, last = part(posts, number, self.per_page)
            following = f"{request.base}/berita?page={number + 1}" if number < last else None
            return shell(
                "Berita",
                "Berita/Index",
                {
                    "berita": {
                        "data": [record(post) for post in shown],
                        "current_page": number,
                        "last_page": last,
                        "next_page_url": following,
                    }
                },
            )
        return next(
            (
                shell(post.title, "Berita/Show", {"berita": {**record(post), "isi": post.text}})
                for post in posts
                if post.url == request.path
            ),
            None,
        )
