"""Dates inside running text: datelines, event days, deadlines, a law's year. None is the publication's."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone

from tests.cases.websites.website import (
    DAYS,
    HTML,
    MONTHS,
    Answer,
    Post,
    Request,
    Website,
    feed_link,
    long_date,
    page,
    part,
)

WITA = timezone(timedelta(hours=8))
LAGS = (1, 3, 7, 0, 21, 14, 2, 5, 10)  # days from the event to the news of it
LEADS = (4, 9, 16, 21)  # days from the announcement to the event
INVITATIONS = ("Undangan Posyandu", "Undangan Pasar Murah", "Undangan Donor Darah")


@dataclass(frozen=True)
class News(Post):
    """A post whose first words name another day than its own."""

    excerpt: str = ""

    @property
    def text(self) -> str:
        """The excerpt, and some more."""
        return (
            f"<p>{self.excerpt}.</p><p>Kegiatan berjalan tertib dan mendapat sambutan baik dari warga. "
            "Dinas berharap kerja sama ini dapat diteruskan di wilayah lain.</p>"
        )


def full(day: date) -> str:
    """`2 April 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def slashed(day: date) -> str:
    """`2/4/2026`."""
    return f"{day.day}/{day.month}/{day.year}"


def days(day: date) -> str:
    """`12–14 Maret 2026`: three days, of which `day` is the last."""
    first = day - timedelta(days=2)
    return (
        f"{first.day}–{full(day)}"
        if first.month == day.month
        else f"{first.day} {MONTHS[first.month - 1]}–{full(day)}"
    )


def weekday(day: date) -> str:
    """`Kamis`."""
    return DAYS[day.weekday()]


# Of what happened: each names the day of the event, which is over.
REPORTS: tuple[Callable[[date, str], str], ...] = (
    lambda d, t: (
        f"KOTA CONTOH – {weekday(d)} ({slashed(d)}), {t} dibuka oleh sekretaris dinas di halaman kantor"
    ),
    lambda d, t: (
        f"Kota Contoh, {weekday(d)} ({d.day}/{d.month}). {t} diikuti puluhan peserta dari lima kelurahan"
    ),
    lambda d, t: (
        f"Kepala dinas meninjau {t} pada {weekday(d)} siang ({slashed(d)}) dan berdialog dengan peserta"
    ),
    lambda d, t: f"{weekday(d)}, {full(d)} bertempat di aula kecamatan, {t} berlangsung lancar sejak pagi",
    lambda d, t: (
        f"Sesuai Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik, {t} digelar {days(d)} di aula"
    ),
    lambda d, t: f"Suasana {t} yang dihadiri tokoh masyarakat dan para ketua RT. (Foto: Humas, {slashed(d)})",
)


class Teasers(Website):
    """Of eight posts six tell of what happened 0 to 21 days ago, two of what comes in 4 to 21 days."""

    def make(self) -> list[Post]:
        """The titles and excerpts; the rest is the plain site's."""
        made: list[Post] = []
        for i, post in enumerate(super().make()):
            kind, round_ = i % 8, i // 8
            title, lead = post.title, timedelta(days=LEADS[(i + round_) % len(LEADS)])
            day = post.when.date()
            if kind == 6:
                excerpt = (
                    f"Warga yang berminat mengikuti {title} dapat mendaftar di kantor kelurahan hingga "
                    f"{full(day + lead)} pada jam kerja"
                )
            elif kind == 7:
                title = f"{INVITATIONS[round_]} {full(day + lead)}"
                excerpt = "Warga diundang hadir pukul 08.00 di balai kelurahan dengan membawa kartu keluarga"
            else:
                excerpt = REPORTS[kind](day - timedelta(days=LAGS[i % len(LAGS)]), title)
            news = News(post.number, title, post.when, excerpt=excerpt)
            made.append(replace(news, url=self.address(news)))
        return made

    @staticmethod
    def excerpt(post: Post) -> str:
        """The first words."""
        assert isinstance(post, News)
        return post.excerpt


class TeaserWordpress(Teasers):
    """Title, excerpt, then the date in the card's footer; one old post stays on top of page one. No feed."""

    name = "teaser_wordpress"
    sticky = 488

    def address(self, post: Post) -> str:
        """Month and title."""
        return f"/{post.when:%Y/%m}/{post.slug}/"

    def dated(self, post: Post) -> str:
        """The footer's line."""
        when = post.when
        return (
            f"Dipublikasikan {weekday(when)}, {when.day:02d} {MONTHS[when.month - 1]} {when.year} | "
            f"{when:%H:%M} WIB"
        )

    def cards(self, posts: list[Post]) -> str:
        """As a theme for offices draws them."""
        return "".join(
            f'<article id="post-{post.number}" class="post-{post.number} post type-post status-publish'
            f'{" sticky" if post.number == self.sticky else ""} hentry"><header class="entry-header">'
            f'<h2 class="entry-title"><a href="{post.url}" rel="bookmark">{post.title}</a></h2></header>'
            f'<div class="entry-summary"><p>{self.excerpt(post)} [&hellip;]</p></div>'
            f'<footer class="entry-footer"><span class="posted-on">{self.dated(post)}</span> '
            '<span class="byline">oleh Humas</span></footer></article>'
            for post in posts
        )

    def article(self, post: Post) -> str:
        """The same order, with the whole text."""
        return page(
            f"{post.title} &#8211; Dinas Contoh",
            f'<article id="post-{post.number}" class="post type-post hentry"><header class="entry-header">'
            f'<h1 class="entry-title">{post.title}</h1></header><div class="entry-content">{post.text}</div>'
            f'<footer class="entry-footer"><span class="posted-on">{self.dated(post)}</span> '
            '<span class="byline">oleh Humas</span></footer></article>',
        )

    def extra(self, request: Request, posts: list[Post]) -> Answer | None:
        """Home is the list's first page; older ones stand under /page/N/."""
        number = 1
        if request.path.startswith("/page/"):
            number = int(request.path.split("/")[2])
        elif request.path not in ("/", "/berita"):
            return None
        shown, last = part(posts, number, self.per_page)
        if not shown:
            return None
        if number == 1:
            top = [post for post in posts if post.number == self.sticky]
            shown = top + [post for post in shown if post not in top]
        older = (
            f'<div class="nav-previous"><a href="/page/{number + 1}/">Pos-pos lama</a></div>'
            if number < last
            else ""
        )
        newer = (
            f'<div class="nav-next"><a href="/page/{number - 1}/">Pos-pos baru</a></div>'
            if number > 1
            else ""
        )
        body = f'{self.cards(shown)}<nav class="navigation posts-navigation">{older}{newer}</nav>'
        return Answer(HTML, page("Dinas Contoh", body))


class TeaserTable(Teasers):
    """Nested tables: title, date in small type, excerpt; today's date on top of every page. No feed."""

    name = "teaser_table"
    zone = "Asia/Makassar"
    newest = datetime(2026, 11, 25, 13, 38, tzinfo=WITA)
    now = datetime(2026, 11, 27, 20, 0, tzinfo=WITA)

    def address(self, post: Post) -> str:
        """A number."""
        return f"/index.php?pilih=lihat&id={post.number}"

    def row(self, post: Post, text: str) -> str:
        """One post."""
        when = post.when
        clock = f"{weekday(when)}, {when.day:02d} {MONTHS[when.month - 1]} {when.year} | {when:%H:%M} WITA"
        link = post.url.replace("&", "&amp;")
        return (
            f'<tr><td><a href="{link}"><b>{post.title}</b></a><br><font size=1>{clock}</font><br>{text}'
            f'<br><a href="{link}">Selengkapnya</a><hr></td></tr>'
        )

    def frame(self, request: Request, rows: str, below: str = "") -> Answer:
        """A page."""
        today = long_date(request.now.astimezone(WITA), weekday=True)
        return Answer(
            HTML,
            "<html><head><title>Dinas Contoh</title></head><body bgcolor=#ffffff><table width=780><tr>"
            f"<td><font size=5>DINAS CONTOH</font></td><td align=right><font size=1>{today}</font></td></tr>"
            '</table><table width=780><tr><td width=150 valign=top><a href="/">Depan</a><br>'
            '<a href="/index.php?pilih=berita">Berita</a><br><a href="/profil">Profil</a></td>'
            f"<td valign=top><table>{rows}</table>{below}</td></tr></table></body></html>",
        )

    def extra(self, request: Request, posts: list[Post]) -> Answer | None:
        """Everything hangs on the query."""
        what, query = request.query.get("pilih", ""), request.query
        if request.path == "/" or (request.path, what) == ("/index.php", ""):
            return self.frame(
                request, "".join(self.row(post, f"{self.excerpt(post)} ...") for post in posts[:6])
            )
        if request.path != "/index.php":
            return None
        if what == "berita":
            shown, last = part(posts, int(query.get("hal") or 1), self.per_page)
            links = " ".join(
                f'<a href="/index.php?pilih=berita&amp;hal={i}">{i}</a>' for i in range(1, last + 1)
            )
            rows = "".join(self.row(post, f"{self.excerpt(post)} ...") for post in shown)
            return self.frame(request, rows, f"<p>Halaman: {links}")
        return next(
            (
                self.frame(request, self.row(post, post.text).replace("Selengkapnya", "Cetak"))
                for post in posts
                if query.get("id") == str(post.number)
            ),
            None,
        )


class TeaserRelative(Teasers):
    """Cards say how long ago; a feed dates the newest ten, month archives narrow, articles tell all."""

    name = "teaser_relative"
    per_page = 4
    head = feed_link("/feed.xml")

    def article_date(self, post: Post) -> str:
        """The whole date."""
        return long_date(post.when, clock=True, weekday=True)

    @staticmethod
    def ago(moment: datetime, now: datetime) -> str:
        """`2 bulan, 1 minggu lalu`."""
        rest, said = (now - moment).days, []
        for name, length in (("bulan", 30), ("minggu", 7), ("hari", 1)):
            number, rest = divmod(rest, length)
            if number:
                said.append(f"{number} {name}")
        return ", ".join(said[:2]) + " lalu"

    def extra(self, request: Request, posts: list[Post]) -> Answer | None:
        """Lists of all, and of a month."""
        months: dict[str, list[Post]] = {}
        for post in posts:
            months.setdefault(f"/berita/arsip/{post.when:%Y/%m}/", []).append(post)
        number, last, shown = int(request.query.get("page") or 1), 1, posts[:4]
        if request.path in months:
            shown = months[request.path]
        elif request.path == "/berita":
            shown, last = part(posts, number, self.per_page)
            if not shown:
                return None
        elif request.path != "/":
            return None
        items = "".join(
            f'<div class="news-item"><h3><a href="{post.url}">{post.title}</a></h3>'
            f"<small>{self.ago(post.when, request.now)}</small><p>{self.excerpt(post)}…</p></div>"
            for post in shown
        )
        links = "".join(f'<a href="?page={i}">{i}</a> ' for i in range(1, last + 1)) if last > 1 else ""
        archive = "".join(
            f'<li><a href="{path}">{MONTHS[few[0].when.month - 1]} {few[0].when.year}</a> ({len(few)})</li>'
            for path, few in months.items()
        )
        return Answer(
            HTML,
            page(
                "Berita - Dinas Contoh",
                f'{items}<div class="pages">{links}</div>',
                self.head,
                side=f'<aside><h4>Arsip</h4><ul class="archive">{archive}</ul></aside>',
            ),
        )
