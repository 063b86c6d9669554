"""Announcements that are files."""

from tests.cases.websites.website import Answer, Post, Request, Website

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


class PostsAreFiles(Website):
    """Every card, with its title and date, links to a PDF; there is no article."""

    name = "posts_are_files"

    def address(self, post: Post) -> str:
        """The file."""
        return f"/unduh/{post.number}/{post.slug}.pdf"

    def extra(self, request: Request, posts: list[Post]) -> Answer | None:
        """An empty sheet for each."""
        if any(post.url == request.path for post in posts):
            return Answer("application/pdf", PDF)
        return None
