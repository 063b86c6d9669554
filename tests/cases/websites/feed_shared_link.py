"""A feed whose items all lead to one page."""

from tests.cases.websites.website import Answer, Post, Request, Website, feed_link, rfc822, rss


class FeedSharedLink(Website):
    """Every item links to the list, with a fragment of its own; the list links to the articles."""

    name = "feed_shared_link"
    head = feed_link("/feed.xml")

    def feed(self, request: Request, posts: list[Post]) -> Answer:
        """All posts, each with its right title and date."""
        return rss(
            request.base,
            posts,
            item=lambda post: (
                f"<item><title>{post.title}</title><link>{request.base}/berita#item-{post.number}</link>"
                f"<pubDate>{rfc822(post.when)}</pubDate></item>"
            ),
        )
