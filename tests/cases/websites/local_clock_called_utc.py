"""A machine-readable date that calls the local clock UTC."""

import json
from datetime import datetime

from tests.cases.websites.website import WIB, Post, Website, article, long_date


class LocalClockCalledUtc(Website):
    """JSON-LD says 21:12Z, the reader is told 21:12 WIB; as UTC that is the next day. Cards are undated."""

    name = "local_clock_called_utc"
    newest = datetime(2026, 11, 25, 21, 12, tzinfo=WIB)

    def list_date(self, post: Post) -> str:  # noqa: ARG002 - the same for all
        """None."""
        return ""

    def article(self, post: Post) -> str:
        """Both dates."""
        said = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": post.title,
            "datePublished": f"{post.when:%Y-%m-%dT%H:%M:%SZ}",
        }
        return article(
            post,
            long_date(post.when, clock=True),
            f'<script type="application/ld+json">{json.dumps(said)}</script>',
        )
