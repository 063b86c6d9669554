"""A home page that only says welcome, and a menu that calls the list by a name of its own."""

from tests.cases.websites.website import HTML, Answer, Post, Request, Website, feed_link, page, pager, part


class ListByAnyName(Website):
    """The feed holds the ten newest; all are in the reading room, which no word calls a list."""

    name = "list_by_any_name"
    head = feed_link("/feed.xml")
    gapless = True

    def address(self, post: Post) -> str:
        """Not below the list's own address."""
        return f"/baca-{post.slug}"

    def extra(self, request: Request, posts: list[Post]) -> Answer | None:
        """The welcome and the list."""
        if request.path == "/":
            return self._show("Dinas Contoh", "<h2>Selamat datang</h2><p>Melayani sepenuh hati.</p>")
        if request.path == "/ruang":
            shown, last = part(posts, int(request.query.get("page") or 1), self.per_page)
            number = int(request.query.get("page") or 1)
            return self._show("Ruang Baca", self.cards(shown) + pager(number, last, "/ruang?page={}"))
        return (
            Answer(HTML, page("404", "<h2>Tidak ditemukan</h2>"), 404) if request.path == "/berita" else None
        )

    def _show(self, title: str, body: str) -> Answer:
        text = page(title, body, self.head, news="/ruang")
        return Answer(HTML, text.replace(">Berita</a>", ">Ruang Baca</a>"))
