"""Sites that are read rightly today and must stay so."""

from dataclasses import replace

from tests.cases.websites.website import (
    ATOM,
    HTML,
    Answer,
    Post,
    Request,
    Website,
    cards,
    feed_link,
    long_date,
    page,
    pager,
    part,
    rfc822,
    rss,
)


class Plain(Website):
    """Nothing is odd."""

    name = "plain"
    gapless = True


class LastAgain(Website):
    """Behind the last page comes the last page again, always with a link to the next."""

    name = "last_again"
    gapless = True

    def extra(self, request: Request, posts: list[Post]) -> Answer | None:
        """The list."""
        if request.path != "/berita":
            return None
        number = int(request.query.get("page") or 1)
        shown, _ = part(posts, min(number, 3), self.per_page)
        return Answer(
            HTML,
            page(
                "Berita",
                cards(shown) + f'<a rel="prev" href="/berita?page={number - 1}">Sebelumnya</a> '
                f'<a rel="next" href="/berita?page={number + 1}">Selanjutnya</a>',
            ),
        )


class Alphabet(Website):
    """The list is sorted by title."""

    name = "alphabet"
    count, step = 64, 13

    def order(self, posts: list[Post]) -> list[Post]:
        """By title."""
        return sorted(posts, key=lambda post: post.title)


class RebuiltAtom(Website):
    """An Atom feed that has only `updated`, always the moment of the request."""

    name = "rebuilt_atom"
    head = feed_link("/feed.xml")

    def feed(self, request: Request, posts: list[Post]) -> Answer:
        """All posts."""
        moment = f"<updated>{request.now.isoformat()}</updated>"
        entries = "".join(
            f"<entry><title>{post.title}</title><id>post-{post.number}</id>{moment}"
            f'<link href="{request.base}{post.url}"/><content type="html">x</content></entry>'
            for post in posts
        )
        return Answer(
            ATOM,
            '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
            f"<title>Dinas Contoh</title>{moment}<id>{request.base}/</id>{entries}</feed>",
        )


class NoDates(Website):
    """A feed whose items have no date, while the channel names its build's."""

    name = "no_dates"
    head = feed_link("/feed.xml")

    def feed(self, request: Request, posts: list[Post]) -> Answer:
        """The newest ten."""
        return rss(request.base, posts[:10], lambda _: "", rfc822(request.now))


class LangQuery(Website):
    """English copies under `?lang=en`, a switch in each header, hreflang in each head."""

    name = "lang_query"

    def extra(self, request: Request, posts: list[Post]) -> Answer | None:
        """Both languages."""
        english = request.query.get("lang") == "en"
        suffix = "?lang=en" if english else ""
        copies = [
            replace(post, url=post.url + suffix, title=("Report on " if english else "") + post.title)
            for post in posts
        ]
        switch = '<a href="/?lang=id">ID</a> <a href="/?lang=en">EN</a>'
        head = (
            f'<link rel="alternate" hreflang="id" href="{request.base}{request.path}">'
            f'<link rel="alternate" hreflang="en" href="{request.base}{request.path}?lang=en">'
        )
        news = "/berita" + suffix
        if request.path == "/":
            return Answer(HTML, page("Dinas", switch + "<h2>Berita</h2>" + cards(copies[:6]), head, news))
        if request.path == "/berita":
            number = int(request.query.get("page") or 1)
            shown, last = part(copies, number, self.per_page)
            links = pager(number, last, news + ("&" if english else "?") + "page={}")
            return Answer(HTML, page("Berita", switch + cards(shown) + links, head, news))
        for post, copy in zip(posts, copies, strict=True):
            if request.path == post.url:
                body = (
                    f'{switch}<h2>{copy.title}</h2><div class="meta">{long_date(post.when)}</div>{post.text}'
                )
                return Answer(HTML, page(copy.title, body, head, news))
        return None
