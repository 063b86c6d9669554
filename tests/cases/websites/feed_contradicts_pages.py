"""A feed and pages that tell different days."""

from datetime import UTC, timedelta

from tests.cases.websites.website import (
    HTML,
    Answer,
    Post,
    Request,
    Website,
    feed_link,
    long_date,
    page,
    rfc822,
    rss,
)


class FeedContradictsPages(Website):
    """The feed has the day a draft was begun, up to 23 days before the one that the pages call published."""

    name = "feed_contradicts_pages"
    head = '<meta name="generator" content="Joomla! - Open Source Content Management">' + feed_link(
        "/berita?format=feed&amp;type=rss"
    )

    def address(self, post: Post) -> str:
        """Number and title."""
        return f"/berita/{post.number}-{post.slug}"

    def begun(self, post: Post) -> str:
        """When the draft was begun."""
        early = timedelta(days=(0, 23, 0, 11)[(500 - post.number) % 4])
        return rfc822((post.when - early).astimezone(UTC))

    def list_date(self, post: Post) -> str:
        """When it came out."""
        return (
            f'<span class="icon-calendar"></span> <time datetime="{post.when.isoformat()}" '
            f'itemprop="datePublished">Dipublikasikan: {long_date(post.when)}</time>'
        )

    def extra(self, request: Request, posts: list[Post]) -> Answer | None:
        """Everything but the fixed pages."""
        if request.path == "/berita" and request.query.get("format") == "feed":
            return rss(request.base, posts[:10], self.begun)
        if request.path == "/":
            return Answer(HTML, page("Dinas Contoh", self.cards(posts[:6]), self.head))
        if request.path == "/berita":
            start = int(request.query.get("start") or 0)
            links = "".join(
                f'<li><a href="/berita?start={i}">{i // 8 + 1}</a></li>' for i in range(0, len(posts), 8)
            )
            body = self.cards(posts[start : start + 8]) + f'<ul class="pagination">{links}</ul>'
            return Answer(HTML, page("Berita", body, self.head))
        return None
