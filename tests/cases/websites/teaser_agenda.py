"""Titles that name the day of an event, and cards that name the day on which each was put up."""

from dataclasses import replace
from datetime import timedelta

from tests.cases.websites.teaser_dates import LEADS, News, Teasers, days, full, weekday
from tests.cases.websites.website import HTML, Answer, Post, Request, Website, article, long_date, page, part

AGENDA = (
    "Undangan Posyandu",
    "Rapat Koordinasi Camat",
    "Senam Sehat Bersama",
    "Pasar Murah Keliling",
    "Uji Emisi Gratis",
    "Bimtek Arsip Digital",
    "Donor Darah Terbuka",
    "Lomba Mewarnai Anak",
)


class TeaserAgenda(Website):
    """An agenda: titles name the days of the events, cards the day on which each was put up. No feed."""

    name = "teaser_agenda"

    def make(self) -> list[Post]:
        """Titles with a day 0 to 21 days after the post's own."""
        made: list[Post] = []
        for i, post in enumerate(super().make()):
            event = post.when.date() + timedelta(days=(*LEADS, 0, 1, 2)[i % 7])
            named = (full(event), f"{weekday(event)}, {full(event)}", days(event + timedelta(days=2)))[i % 3]
            title = f"{AGENDA[i % len(AGENDA)]} {named}"
            excerpt = f"Hari {weekday(event)}, pukul 08.00 sampai selesai, di balai kelurahan"
            news = News(post.number, title, post.when, excerpt=excerpt)
            made.append(replace(news, url=self.address(news)))
        return made

    def address(self, post: Post) -> str:
        """A number."""
        return f"/agenda/{post.number}"

    def article(self, post: Post) -> str:
        """The same two days."""
        return article(post, f"Diunggah {long_date(post.when)}")

    def extra(self, request: Request, posts: list[Post]) -> Answer | None:
        """Home and the agenda."""
        number = int(request.query.get("page") or 1)
        shown, last = part(posts, number, self.per_page)
        if request.path not in ("/", "/agenda"):
            return None
        items = "".join(
            f'<li class="agenda-item"><a href="{post.url}">{post.title}</a><p>{Teasers.excerpt(post)}</p>'
            f"<small>Diunggah {long_date(post.when)}</small></li>"
            for post in (shown if request.path != "/" else posts[:6])
        )
        links = (
            "".join(f'<a href="/agenda?page={i}">{i}</a> ' for i in range(1, last + 1))
            if request.path != "/"
            else ""
        )
        return Answer(
            HTML,
            page("Agenda - Dinas Contoh", f"<h2>Agenda</h2><ul>{items}</ul>{links}", news="/agenda").replace(
                ">Berita<", ">Agenda<"
            ),
        )
