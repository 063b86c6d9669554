"""A list whose pages are all the first one."""

from tests.cases.websites.website import HTML, Answer, Post, Request, Website, page, pager


class RepeatedPage(Website):
    """The pager offers forty pages; each shows the newest eight posts. The others cannot be reached."""

    name = "repeated_page"
    reachable, gapless = 8, False

    def extra(self, request: Request, posts: list[Post]) -> Answer | None:
        """Page one under every number."""
        if request.path != "/berita":
            return None
        body = self.cards(posts[:8]) + pager(int(request.query.get("page") or 1), 40)
        return Answer(HTML, page("Berita", body))
