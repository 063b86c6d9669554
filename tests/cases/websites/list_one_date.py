"""A list on which every post bears one date."""

from tests.cases.websites.website import Post, Website, long_date


class ListOneDate(Website):
    """Each card shows the day of the last build; the articles tell the right one."""

    name = "list_one_date"

    def list_date(self, post: Post) -> str:  # noqa: ARG002 - the same for all
        """The same for all."""
        return "27 November 2026"

    def article_date(self, post: Post) -> str:
        """The true one."""
        return long_date(post.when)
