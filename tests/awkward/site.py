"""An awkward site that answers: any address at any moment, without a network."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import groupby
from urllib.parse import parse_qs, urlsplit

from tests.awkward.address import BASE, HOST, SECOND, Addresses
from tests.awkward.builder import (
    API,
    DOOR,
    arrange,
    call_own,
    crumbs,
    dress,
    feed_address,
    graph,
    open_door,
    records,
    set_around,
)
from tests.awkward.card import NAMES, Card, lay_out
from tests.awkward.days import MONTHS, full, say
from tests.awkward.feed import FEED_SIZES, feed_body, sitemap_body
from tests.awkward.frame import OFFICE, frame, side_box
from tests.awkward.pager import Part, cut, link_pages
from tests.awkward.plan import Plan, begin_anew, draw
from tests.awkward.post import Life, Post, live, slug
from tests.awkward.stamp import article_date, badge_of, list_date, machine_head
from tests.awkward.state import article_shell, home_shell, list_shell
from tests.awkward.tab import AGENDA, agenda, head_of, join_tab, left_of, link_tabs, tab_of, take_tab
from tests.awkward.words import plain_title

__all__ = ["Reply", "Site"]

# So much of a headline a list shows that cuts it.
_LONGEST_HEADLINE = 36
_WEEK = timedelta(days=7)
# Where the list stands that its page shows in a frame.
_INSIDE = "/isi"
# What stands in a list's place though the server calls it a page.
_BLOCKED = {
    "upkeep": "<html><head><title>Pemeliharaan</title></head><body><h1>Situs sedang dalam pemeliharaan</h1>"
    "<p>Silakan kembali beberapa saat lagi.</p></body></html>",
    "challenge": "<html><head><title>Just a moment...</title></head><body><h2>Checking your browser before "
    'accessing the site.</h2><script src="/cdn-cgi/challenge-platform/h/b/orchestrate/jsch/v1"></script>'
    "</body></html>",
}
_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass(frozen=True)
class Reply:
    """What a server says."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Listed:
    """A page of a list, or nothing where the list has no such page."""

    page: str | Reply | None


class Site:
    """The site of a plan."""

    def __init__(self, plan: Plan | int, life: Life | None = None) -> None:
        self.plan = plan if isinstance(plan, Plan) else draw(plan)
        self.life: Life = life or live(self.plan)
        self.at = Addresses(self.plan, self.life)
        source = self.plan.random("site")
        self.names = NAMES[self.plan["names"]](self.plan.random("names"))
        self.size = source.choice((5, 6, 8, 9, 10, 12))
        self.feed_path = source.choice(("/feed/", "/rss.xml", "/feed.xml", "/index.php?format=feed&type=rss"))
        self.pinned = source.randrange(9, 30) if self.plan["extra"] == "sticky" else None
        self.heading = source.choice(("Berita Terbaru", "Kabar Dinas", "Informasi", "Artikel"))
        self.teaser = source.choice((90, 140, 400))
        self.after = Site(begin_anew(self.plan), self.life) if self.plan["course"] == "rebuilt" else None

    def standing(self, now: datetime) -> "Site":
        """The site as its program of that time has it."""
        turn = self.life.turn
        return self.after if self.after is not None and turn is not None and now >= turn else self

    def owner(self, url: str) -> Post | None:
        """The post that stands, or once stood, under an address."""
        found = self.at.owner(url)
        return self.after.at.owner(url) if found is None and self.after is not None else found

    # What the site holds

    def visible(self, now: datetime) -> list[Post]:
        """All posts that are up, newest first."""
        up = [post.as_of(now) for post in self.life.posts if post.visible(now)]
        return sorted(up, key=lambda post: post.when, reverse=True)

    def fed(self, now: datetime) -> list[Post]:
        """What a feed of endless length would hold."""
        main = self.plan["feed_holds"] == "main"
        begin = now - _WEEK if self.plan["feed_span"] == "week" else None
        posts = [post for post in self.visible(now) if not main or post.section == "berita"]
        return [post for post in posts if begin is None or post.when >= begin]

    def ordered(self, now: datetime, section: str | None = None, tab: str = "") -> list[Post]:
        """The posts of a list, as the list has them; those of one tab where it has tabs."""
        posts = [p for p in self.visible(now) if section is None or p.section == section]
        if self.plan["tabs"] != "none" and posts:
            tab = tab or tab_of(self.plan, posts[0])
            posts = [post for post in posts if tab_of(self.plan, post) == tab]
        match self.plan["order"]:
            case "title":
                return sorted(posts, key=lambda post: post.title_at(now))
            case "readers":
                return sorted(posts, key=lambda post: (-post.readers, post.number))
            case "oldest":
                return posts[::-1]
        return posts

    def part(self, now: datetime, section: str, number: int, tab: str = "") -> Part:
        """A page of a list, with its pinned post."""
        posts = self.ordered(now, section, tab)
        part = cut(self.plan, posts, number, self.size)
        visible = self.visible(now)
        if self.pinned is None or section != "berita" or len(visible) <= self.pinned:
            return part
        if part.empty or (number != 1 and self.plan["pins"] != "every_page"):
            return part
        top = visible[self.pinned]
        return Part((top, *(p for p in part.posts if p != top)), number, part.last, part.total)

    # What it answers

    def respond(self, url: str, now: datetime, headers: Mapping[str, str] | None = None) -> Reply:
        """The answer to a GET."""
        if urlsplit(url).netloc == "drive.google.com" and self.at.owner(url):
            return self._html("<html><title>Google Drive</title><body></body></html>", {})
        if urlsplit(url).netloc.removeprefix("www.") != HOST:
            return Reply(404)
        if now in self.life.down:
            return self._upkeep()
        if (standing := self.standing(now)) is not self:
            return self._lead_on(standing, url, now, headers)
        if now in self.life.stale and self.at.owner(url) is None:
            return self._keep(url, now, headers)
        return self._answer(url, now, headers)

    def _keep(self, url: str, now: datetime, headers: Mapping[str, str] | None) -> Reply:
        """What a cache has kept of a page; it tells its age where the page itself would not show it."""
        old = self.life.stale[now]
        reply = self._answer(url, old, headers)
        last = max(self.life.shown_at(night) for night in self.life.nights if night < now)
        shows = any(old < post.appear <= last for post in self.life.posts)
        if shows and self.plan.random("age").random() < 0.5:
            return reply
        return replace(reply, headers={**reply.headers, "age": str(int((now - old).total_seconds()))})

    def _answer(self, url: str, now: datetime, headers: Mapping[str, str] | None) -> Reply:
        found = self._route(url, now)
        if found is None:
            return self._missing(now)
        if isinstance(found, Reply):
            return found
        return self._html(found, headers or {})

    def _upkeep(self) -> Reply:
        page = _BLOCKED["upkeep"].encode()
        said = {"content-type": "text/html; charset=utf-8"}
        return Reply(503 if self.plan["course"] == "upkeep_503" else 200, page, said)

    def _lead_on(self, standing: "Site", url: str, now: datetime, headers: Mapping[str, str] | None) -> Reply:
        """What the new program says; of the old one's addresses, that they are gone, or have moved."""
        reply = standing.respond(url, now, headers)
        post = self.at.owner(url)
        if reply.status != 404 or post is None or not post.visible(now):
            return reply
        match self.plan.random("lead on").choice(("gone", "home", "new")):
            case "home":
                return Reply(302, b"", {"location": f"{BASE}/"})
            case "new":
                return Reply(301, b"", {"location": BASE + standing.at.post(post.as_of(now), now)})
        return reply

    def _html(self, text: str, headers: Mapping[str, str]) -> Reply:
        kind, text = self.plan["server"], dress(self.plan, text)
        body = text.encode("cp1252", "xmlcharrefreplace") if kind == "latin" else text.encode()
        media = "text/html; charset=iso-8859-1" if kind == "charset" else "text/html"
        said = {"content-type": media if kind in {"charset", "latin"} else "text/html; charset=utf-8"}
        if kind == "etag":
            said["etag"] = f'"{sha256(body).hexdigest()[:16]}"'
            if headers.get("if-none-match") == said["etag"]:
                return Reply(304, b"", said)
        return Reply(200, body, said)

    def _missing(self, now: datetime) -> Reply:
        page = self._page(now, "Tidak ditemukan", "<h2>Halaman tidak ditemukan</h2><p>404</p>")
        shown = self._html(page, {})
        return shown if self.plan["server"] == "soft_404" else Reply(404, shown.body, shown.headers)

    def _route(self, url: str, now: datetime) -> str | Reply | None:
        parts = urlsplit(url)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        asked = parts.path + (f"?{parts.query}" if parts.query else "")
        language = "en" if query.get("lang") == "en" or parts.path.startswith("/en/") else "id"
        if self._old_list(asked, now):
            return Reply(301, b"", {"location": BASE + self.at.list("berita", now)})
        if self.plan["feed"] != "none" and asked.split("&paged")[0].split("?paged")[0] == self.feed_path:
            return self._feed(now, int(query.get("paged", "1")))
        if parts.path == "/sitemap.xml" and self.plan["sitemap"] != "none":
            return self._sitemap(now)
        if parts.path == "/robots.txt" and self.plan["sitemap"] != "none":
            return Reply(200, f"User-agent: *\nSitemap: {BASE}/sitemap.xml\n".encode())
        if parts.path == AGENDA and self.plan["agenda"] != "none":
            body = agenda(self.plan, self.visible(now), lambda p: self.at.post(p, now))
            return self._page(now, "Agenda", body)
        if parts.path == API and self.plan["ways"] == "endpoint":
            return self._records(now, query.get("page", "1"))
        if parts.path.startswith("/arsip/") and self.plan["sections"] == "archive":
            return self._archive(parts.path, now)
        if (listed := self._page_of_list(asked, now, language)) is not None:
            return listed.page
        if parts.path in {"/", self._front}:
            is_door = parts.path != self._front and language == "id"
            return open_door(self.plan) if is_door else self._home(now, language)
        if parts.path.startswith(("/kategori/", "/penulis/", "/cetak/")):
            return self._aside(parts.path, now)
        if (post := self.at.owner(url)) is not None and post.visible(now):
            return self._article(url, post.as_of(now), now, language)
        return self._fixed(parts.path, now)

    def _page_of_list(self, asked: str, now: datetime, language: str) -> "_Listed | None":
        """What stands at an address of a list's page; None for any other address."""
        asked, tab = take_tab(asked) if self.plan["tabs"] != "none" else (asked, "")
        framed = self.plan["frame"] == "iframe" and asked.startswith(_INSIDE)
        number = self._list_number(asked.removeprefix(_INSIDE) if framed else asked, now, language)
        if number is None:
            return None
        if number == ("berita", 2) and self.plan["blocked"] != "none":
            return _Listed(_BLOCKED[self.plan["blocked"]])
        if number == ("berita", 2) and self.plan["trouble"] == "page_500":
            error = b"<h1>Internal Server Error</h1>"
            return _Listed(Reply(500, error, {"content-type": "text/html"}))
        if number == ("berita", 2) and self.plan["trouble"] == "page_login":
            form = '<form method="post"><input name="nama"><input type="password" name="sandi"></form>'
            return _Listed(self._page(now, "Masuk", f"<h2>Masuk</h2>{form}"))
        return _Listed(self._list(now, *number, language, framed=framed, tab=tab))

    def _old_list(self, asked: str, now: datetime) -> bool:
        moved = self.at.moved is not None and now >= self.at.moved
        return (
            moved and asked.split("?", maxsplit=1)[0] == f"/{self.at.folder}" and self.plan["home"] != "list"
        )

    def _list_number(self, asked: str, now: datetime, language: str) -> tuple[str, int] | None:
        """Which list's which page an address is."""
        for section in ("berita", "pengumuman") if self.plan["sections"] == "two" else ("berita",):
            if asked == self.at.list(section, now, language):
                return section, 1
            before, _, behind = self.at.page(section, now, language).partition("{}")
            if asked.startswith(before) and asked.endswith(behind or ""):
                said = asked[len(before) : len(asked) - len(behind)]
                if said.isdecimal():
                    offset = self.plan["pager"] == "offset"
                    return section, int(said) // self.size + 1 if offset else int(said)
        return None

    # Pages

    def _page(self, now: datetime, title: str, body: str, **more: str) -> str:
        language = more.get("language", "id")
        menu = {
            self._front: "Beranda",
            "/profil": "Profil",
            self.at.list("berita", now, language): self.heading,
        }
        if self.plan["sections"] == "two":
            menu[self.at.list("pengumuman", now)] = SECOND[self.plan["second"]][1]
        if self.plan["language"] != "one" and language == "id":
            menu[self.at.list("berita", now, "en")] = "English"
        links = [(self.at.post(p, now), p.title_at(now), p.when) for p in self.visible(now)[5:9]]
        if self.plan["side"] == "ticker":
            links = [(self.at.post(p, now), p.title_at(now), p.when) for p in self.visible(now)[:3]]
        side = side_box(self.plan, now, links, article=more.get("kind") == "article")
        if self.plan["sections"] == "archive":
            side += self._months(now)
        if self.plan["agenda"] != "none":
            menu[AGENDA] = "Agenda"
        menu["/kontak"] = "Kontak"
        head = self._feed_link() + more.get("head", "")
        article = more.get("kind") == "article"
        head += "" if article else graph(self.plan, now, None, title)
        head += call_own(self.plan, more.get("listed", ""), article=article)
        title = OFFICE if self.plan["canonical"] == "og_home" else title
        body = crumbs(self.plan, now, self.at.list("berita", now, language), self.heading) + body
        return frame(
            self.plan, self.names, now, title, body, menu=menu, head=head, side=side, language=language
        )

    def _feed_link(self) -> str:
        if self.plan["feed"] in {"none", "hidden"}:
            return ""
        url = html.escape(self.feed_path)
        return f'<link rel="alternate" type="application/rss+xml" title="RSS" href="{url}">'

    def _cards(
        self,
        posts: Sequence[Post],
        now: datetime,
        language: str = "id",
        *,
        home: bool = False,
        first: bool = False,
    ) -> str:
        headed = self.plan["grouping"] != "none" or self.plan["yearly"] != "none"
        if headed and language == "id" and not home:
            return self._grouped(posts, now)
        cards = [self._card(p, now, language, home) for p in posts]
        if self.plan["mirror"] == "portal" and language == "id":
            cards = [each for i, card in enumerate(cards) for each in self._with_portal(card, i)]
        if language != "id":
            return lay_out(self._layout, cards, self.names)
        return arrange(self.plan, self.names, cards, self._layout, first=home or first)

    @property
    def _front(self) -> str:
        """Where the home page stands."""
        return "/" if self.plan["entry"] == "direct" else DOOR

    @property
    def _layout(self) -> str:
        if self.plan["rows"] == "merged":
            return "merged"
        if self.plan["two_dates"] == "letters":
            return "letters"
        return self.plan["layout"] if self.plan["block"] == "usual" else self.plan["block"]

    def _set_around(self, shown: str, now: datetime) -> str:
        """The list among the most read of its posts, and cards that are none."""
        own = [post for post in self.visible(now) if post.section == "berita"]
        read = sorted(own, key=lambda post: (-post.readers, post.number))[:5]
        cards = [self._card(post, now, "id", False) for post in read]
        return set_around(self.plan, self.names, self._layout, shown, cards)

    def _records(self, now: datetime, number: str) -> Reply | None:
        if not number.isdecimal() or number == "0":
            return None
        part = self.part(now, "berita", int(number))
        body = records(part.posts, part, [self.at.post(post, now) for post in part.posts])
        return Reply(200, body.encode(), {"content-type": "application/json"})

    def _grouped(self, posts: Sequence[Post], now: datetime) -> str:
        """Cards below headings of their days or months, which alone tell these."""
        said, kind = "", self.plan["grouping"]
        for heading, group in groupby(posts, lambda post: head_of(self.plan, post)):
            cards = [
                replace(self._card(p, now, "id", False), date=left_of(kind, p), day="", month="")
                for p in group
            ]
            shown = lay_out(self._layout, cards, self.names)
            shown = shown.removeprefix("<td>").removeprefix("<table border=0>")
            said += f"<h3>{heading}</h3>{shown}"
        return said

    def _with_portal(self, card: Card, number: int) -> tuple[Card, ...]:
        """Behind every third card one of the city's portal, which is another's post."""
        if number % 3 != 1:
            return (card,)
        title = plain_title(self.plan.random(f"portal {card.title}"))
        url = f"https://portal-seruni.example.go.id/berita/{slug(title)}"
        return card, replace(card, url=url, title=title, again=False, print="", beside="", pinned=False)

    def _card(self, post: Post, now: datetime, language: str, home: bool) -> Card:
        extra, english = self.plan["extra"], language == "en"
        day, month = badge_of(self.plan, post)
        text = "The office reports on its work." if english else post.text[0][: self.teaser] + "…"
        pinned = self.pinned is not None and post in self.visible(now)[self.pinned : self.pinned + 1]
        return Card(
            url=self.at.post(post, now, home=home, language=language),
            title=self._headline(post, now, language),
            date=say("english", post.when) if english else list_date(self.plan, post, now),
            text=html.escape(text),
            day="" if english else day,
            month="" if english else month,
            before="Kegiatan" if extra == "category" else "",
            author="Humas" if extra == "author" else "",
            again=extra == "continue",
            pinned=pinned,
            file=self.plan["documents"] != "none",
            print=f"/cetak/{post.number}" if extra == "print" and not english else "",
            beside=self._beside(post, now),
            button=self.plan["headline"] == "button",
            letter=full(post.when - timedelta(days=3 + post.readers % 19)),
        )

    def _beside(self, post: Post, now: datetime) -> str:
        """Counters that look like years, and links that lead to the post's comments or away."""
        url = html.escape(self.at.post(post, now))
        match self.plan["beside"]:
            case "hits":
                return f"<small>Dibaca {2000 + post.readers % 40} kali, 12/{post.number % 9 + 1} suka</small>"
            case "share":
                away = "https://www.facebook.com/sharer/sharer.php?u="
                return f'<a href="{url}#komentar">3 Komentar</a> <a href="{away}{BASE}{url}">Bagikan</a>'
        return ""

    def _headline(self, post: Post, now: datetime, language: str) -> str:
        title = self._title(post, now, language)
        if self.plan["headlines"] != "cut" or len(title) <= _LONGEST_HEADLINE:
            return title
        return title[:_LONGEST_HEADLINE].rstrip() + "..."

    @staticmethod
    def _title(post: Post, now: datetime, language: str) -> str:
        return f"Report {post.number}: {post.title_at(now)}" if language == "en" else post.title_at(now)

    def _home(self, now: datetime, language: str) -> str:
        newest = self.visible(now)[:6]
        if self.plan["delivery"] != "html":
            return home_shell(self.plan, newest, now, self._feed_link())
        if self.plan["sections"] == "two":
            newest = [post for post in newest if post.section == "berita"]
        if self.plan["home"] == "links":
            body = "".join(
                f'<li><a href="{html.escape(self.at.post(p, now, home=True))}">'
                f"{html.escape(p.title_at(now))}</a>"
                for p in newest
            )
            body = f"<ul>{body}</ul>"
        else:
            body = self._cards(newest, now, language, home=True)
            body = self._set_around(body, now) if language == "id" else body
        if self.plan["language"] != "one" and language == "id":
            body += f"<h2>News</h2>{self._cards(newest[:3], now, 'en')}"
        return self._page(now, "Beranda", f"<h2>{self.heading}</h2>{body}")

    def _list(
        self,
        now: datetime,
        section: str,
        number: int,
        language: str,
        *,
        framed: bool = False,
        tab: str = "",
    ) -> str | None:
        part = self.part(now, section, number, tab)
        if self.plan["delivery"] != "html":
            return list_shell(self.plan, self.visible(now), part, now, BASE, self._feed_link())
        if part.empty and self.plan["pages"] != "empty_behind":
            return None
        inside = _INSIDE if framed else ""
        further = inside + self.at.page(section, now, language)
        links, head = link_pages(self.plan, part, join_tab(self.plan, further, tab), self.size)
        first = number == 1 and not tab
        shown = self._cards(part.posts, now, language, first=first) if part.posts else ""
        cards = shown or "<p>Belum ada data.</p>"
        if shown and language == "id" and (number == 1 or self.plan["pager"] != "more"):
            cards = self._set_around(cards, now)
        if self.plan["tabs"] != "none" and language == "id":
            own = [post for post in self.visible(now) if post.section == section]
            cards = link_tabs(self.plan, own, self.at.list(section, now), tab) + cards
        heading = self.heading if section == "berita" else SECOND[self.plan["second"]][1]
        if self.plan["pager"] == "more" and number > 1:
            return cards + links
        if framed:
            return f"<html><head><title>{heading}</title>{head}</head><body>{cards}{links}</body></html>"
        listed = self.at.list(section, now, language)
        if self.plan["frame"] == "iframe":
            source = html.escape(_INSIDE + self.at.list(section, now, language))
            return self._page(now, heading, f'<h2>{heading}</h2><iframe src="{source}"></iframe>')
        return self._page(
            now, heading, f"<h2>{heading}</h2>{cards}{links}", head=head, language=language, listed=listed
        )

    def _article(self, url: str, post: Post, now: datetime, language: str) -> str | Reply | None:
        if self.plan["documents"] == "pdf":
            return Reply(200, _PDF, {"content-type": "application/pdf"})
        if self.at.is_old(url, now):
            return Reply(301, b"", {"location": BASE + self.at.post(post, now)})
        head = machine_head(self.plan, post, now) + self._alternates(url, post, now)
        head += graph(self.plan, now, post, post.title_at(now))
        if self.plan["delivery"] != "html":
            return article_shell(self.plan, post, now, self._feed_link())
        title = self._title(post, now, language)
        date = article_date(self.plan, self.names, post, now)
        if language == "en" and date:
            date = f"<div>{say('english', post.when)}</div>"
        text = "".join(f"<p>{html.escape(each)}</p>" for each in post.text)
        tag = "h1" if self.plan.random("heading").random() < 0.6 else "h2"
        named = f"<{tag}{self.names.title}>{html.escape(title)}</{tag}>"
        if self.plan["layout"] == "untitled":
            named = f"<p{self.names.title}><strong>{html.escape(title)}</strong></p>"
        body = {
            "above": f"{named}{date}<div{self.names.text}>{text}</div>",
            "below": f"{named}<div{self.names.text}>{text}</div><footer>{date}</footer>",
            "aside": f"{date}{named}<div{self.names.text}>{text}</div>",
        }[self.plan["place"]]
        return self._page(
            now, title, f"<article>{body}</article>", head=head, language=language, kind="article"
        )

    def _alternates(self, url: str, post: Post, now: datetime) -> str:
        own = BASE + self.at.post(post, now)
        if self.plan["language"] != "one":
            other = BASE + self.at.post(post, now, language="en")
            pair = f'<link rel="alternate" hreflang="id" href="{html.escape(own)}">'
            return pair + f'<link rel="alternate" hreflang="en" href="{html.escape(other)}">'
        if "/component/" in url or url.endswith("/amp"):
            return f'<link rel="canonical" href="{html.escape(own)}">'
        return ""

    def _months(self, now: datetime) -> str:
        months: dict[tuple[int, int], int] = {}
        for post in self.visible(now):
            key = post.when.year, post.when.month
            months[key] = months.get(key, 0) + 1
        rows = "".join(
            f'<li><a href="/arsip/{year}/{month:02d}/">{MONTHS[month - 1]} {year}</a> ({count})</li>'
            for (year, month), count in months.items()
        )
        return f"<aside><h4>Arsip</h4><ul>{rows}</ul></aside>"

    def _archive(self, path: str, now: datetime) -> str | None:
        posts = [p for p in self.visible(now) if f"/arsip/{p.when:%Y/%m}/" == path]
        return self._page(now, "Arsip", f"<h2>Arsip</h2>{self._cards(posts, now)}") if posts else None

    def _aside(self, path: str, now: datetime) -> str | None:
        """Pages that show posts and are none: a category's, an author's, one for the printer."""
        if not path.startswith("/cetak/"):
            return self._page(
                now, "Arsip", f"<h2>Semua kiriman</h2>{self._cards(self.visible(now)[:8], now)}"
            )
        post = next((p for p in self.visible(now) if path == f"/cetak/{p.number}"), None)
        if post is None:
            return None
        text = "".join(f"<p>{html.escape(each)}</p>" for each in post.text)
        date = article_date(self.plan, self.names, post, now)
        return f"<html><body><h3>{html.escape(post.title_at(now))}</h3>{date}{text}</body></html>"

    def _feed(self, now: datetime, number: int) -> Reply:
        size = FEED_SIZES[self.plan["feed"]]
        start = (number - 1) * size if self.plan["feed"] == "paged" else 0
        posts = self.fed(now)[start : start + size]
        if number > 1 and not posts:
            return Reply(404)
        body = feed_body(self.plan, posts, now, lambda p: feed_address(self.plan, self.at.post(p, now)), BASE)
        media = "application/atom+xml" if self.plan["dates_of_feed"] == "updated" else "application/rss+xml"
        return Reply(200, body.encode(), {"content-type": f"{media}; charset=utf-8"})

    def _sitemap(self, now: datetime) -> Reply:
        fixed = [f"{BASE}/", f"{BASE}/profil", f"{BASE}/kontak"]
        body = sitemap_body(self.plan, self.visible(now), now, lambda p: BASE + self.at.post(p, now), fixed)
        return Reply(200, body.encode(), {"content-type": "application/xml"})

    def _fixed(self, path: str, now: datetime) -> str | None:
        if self.plan["delivery"] != "html":
            return None
        texts = {
            "/profil": "Dinas dibentuk dengan Peraturan Daerah Nomor 7 Tahun 2016 tanggal 30 Desember 2016.",
            "/kontak": "Jam pelayanan Senin sampai Jumat, 08.00 sampai 16.00.",
        }
        if path not in texts:
            return None
        return self._page(now, path[1:].title(), f"<h2>{path[1:].title()}</h2><p>{texts[path]}</p>")
