"""A home page that a script draws and that holds nothing, before a list as everybody writes one."""

from tests.cases.websites.website import HTML, Answer, Post, Request, Website


class WelcomeByScript(Website):
    """Next to no text at home, and an empty state; `/berita` and the articles are whole pages."""

    name = "welcome_by_script"

    def extra(self, request: Request, posts: list[Post]) -> Answer | None:  # noqa: ARG002 - as the plain one
        """The welcome."""
        if request.path != "/":
            return None
        return Answer(
            HTML,
            '<!doctype html><html lang="id"><head><title>Dinas</title></head><body><div id="__next"><nav>'
            '<a href="/berita">Berita</a><a href="/profil">Profil</a></nav><p>Selamat datang.</p></div>'
            '<script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{}}}</script>'
            '<script src="/_next/static/chunks/main.js"></script></body></html>',
        )
