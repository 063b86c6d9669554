"""Posts that stand there in two languages."""

from dataclasses import replace

from tests.cases.websites.website import HTML, Answer, Post, Request, Website, article, cards, long_date, page


class Translations(Website):
    """Each post has an English copy with its own address and title, which names the original by hreflang."""

    name = "translations"

    def extra(self, request: Request, posts: list[Post]) -> Answer | None:
        """The English half, and home."""
        copies = [
            replace(post, title=f"News: {post.title} (English)", url=f"/en/news/{post.slug}")
            for post in posts
        ]
        if request.path == "/en/news":
            return Answer(HTML, page("News", cards(copies), language="en"))
        for post, copy in zip(posts, copies, strict=True):
            if request.path == copy.url:
                original = f'<link rel="alternate" hreflang="id" href="{request.base}{post.url}">'
                return Answer(HTML, article(copy, long_date(copy.when), original))
        if request.path == "/":
            body = "<h2>Berita Terbaru</h2>" + cards(posts[:6]) + "<h2>News</h2>" + cards(copies[:3])
            return Answer(HTML, page("Dinas Contoh", body, side='<a href="/en/news">News</a>'))
        return None
