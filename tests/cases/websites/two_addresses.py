"""One post under two addresses."""

from dataclasses import replace
from datetime import datetime

from tests.cases.websites.website import (
    HTML,
    WIB,
    Answer,
    Post,
    Request,
    Website,
    article,
    cards,
    long_date,
    night,
    page,
)


class TwoAddresses(Website):
    """Home links a post otherwise than the list; the article there names the list's address as canonical."""

    name = "two_addresses"
    newest, step = datetime(2026, 11, 16, 1, 0, tzinfo=WIB), 3
    nights = night(10, 12, 13, 16)

    def address(self, post: Post) -> str:
        """As the list links it."""
        return f"/berita/item/{post.number}-{post.slug}"

    def other(self, post: Post) -> str:
        """As home links it."""
        return f"/index.php/component/k2/item/{post.number}-{post.slug}"

    def extra(self, request: Request, posts: list[Post]) -> Answer | None:
        """Home, and the articles that it links."""
        if request.path == "/":
            shown = [replace(post, url=self.other(post)) for post in posts[:6]]
            return Answer(HTML, page("Dinas Contoh", "<h2>Berita</h2>" + cards(shown)))
        for post in posts:
            if request.path == self.other(post):
                canonical = f'<link rel="canonical" href="{request.base}{post.url}">'
                return Answer(HTML, article(post, long_date(post.when), canonical))
        return None
