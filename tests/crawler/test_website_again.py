"""Later nights on sites where no list shows a new post first, or a known one under its old address."""

from datetime import datetime, time, timedelta

import pytest

from activity.agency import Account, Channel
from activity.outcome import Outcome
from activity.post import PostKind
from activity.testing import drive
from activity.visit import KnownPost, Memory, Page, Target, Window
from crawler.visits.site.website import visit
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 3, 2, 22, tzinfo=ZONE)
SINCE = datetime(2026, 1, 1, tzinfo=ZONE)
HOME = "https://contoh.go.id/"
LIST = f"{HOME}dokumen"
TEXT = "<p>Warga berkumpul di balai desa untuk membahas rencana kerja bersama lurah.</p>" * 6


class Office:
    """An account over some nights, as the database would keep it."""

    def __init__(self):
        self.memory, self.posts = Memory(), {}

    def crawl(self, number, pages):
        """Visit on a night; `pages` holds bodies by address, or the address that one leads to."""
        now = NOW + timedelta(days=number)

        def answer(fetch):
            url = fetch.url
            while (body := pages.get(url, "")).startswith("https:"):
                url = body
            headers = {"content-type": "text/html"}
            return Page(fetch, url, 200 if body else 404, now, headers, body.encode())

        stored = {
            key: KnownPost(post.url, post.title, post.date.at if post.date else None)
            for key, post in self.posts.items()
        }
        account = Account(1, "contoh", Channel.WEBSITE, HOME)
        goal = Target(
            account, Window(SINCE, now), ZONE, known=frozenset(stored), stored=stored, memory=self.memory
        )
        harvest, _ = drive(visit(goal), answer, now)
        self.memory = harvest.memory
        for alias in harvest.aliases:
            self.posts[alias.key] = self.posts.pop(alias.old)
        self.posts |= {post.key: post for post in harvest.posts}
        return harvest


def document(letter, moment):
    address = f"https://drive.google.com/file/d/1a{letter}xQ/view"
    return (
        f"<li><a href={address}>Laporan kegiatan bidang {letter} tahun ini</a> <i>{moment:%d-%m-%Y}</i></li>"
    )


def documents(letters):
    """A home page that shows the newest documents, and a list by title whose second page asks to log in."""
    dated = {letter: NOW + timedelta(days=number - 11) for number, letter in enumerate(letters)}
    newest = "".join(document(each, dated[each]) for each in reversed(letters[-3:]))
    first = "".join(document(each, dated[each]) for each in sorted(letters)[:8])
    menu = "<a href=/>Beranda</a> <a href=/dokumen>Berita</a>"
    return {
        HOME: f"<nav>{menu}</nav><h2>Terbaru</h2><ul>{newest}</ul>",
        LIST: f"<nav>{menu}</nav><h2>Berita</h2><ul>{first}</ul><a href='/dokumen?hal=2'>Berikutnya</a>",
        f"{LIST}?hal=2": "<h1>Masuk</h1><form><input name=a><input type=password name=b></form>",
    }


def test_documents_that_the_home_page_alone_shows_are_taken_from_it():
    office, letters = Office(), "QARKBSCTDUE"
    office.crawl(0, documents(letters))
    known = set(office.posts)
    harvest = office.crawl(1, documents(f"{letters}Z"))
    assert set(office.posts) - known == {"drive.google.com/file/d/1aZxQ/view"}
    (fresh,) = (post for post in harvest.posts if post.key not in known)
    assert (fresh.kind, fresh.date.at.astimezone(ZONE).date()) == (PostKind.DOCUMENT, NOW.date())


def test_an_old_file_that_a_home_page_shows_by_turns_is_no_news():
    office, pages = Office(), documents("QARKBSCTDUE")
    office.crawl(0, pages)
    known = set(office.posts)
    old = document("ZZ", NOW - timedelta(days=40))
    office.crawl(1, {**pages, HOME: pages[HOME].replace("</ul>", f"{old}</ul>")})
    assert set(office.posts) == known


def test_old_posts_that_a_column_shows_at_random_are_no_news():
    days = [NOW - timedelta(days=3 * n + 2) for n in range(25)]
    posts = {f"/{day:%Y/%m/%d}/rapat-warga-rt-{n}/": day for n, day in enumerate(days)}
    items = [
        f"<li><h3><a href={url}>Rapat warga RT {url[-3:-1]}</a></h3><i>{day:%d-%m-%Y}</i>{TEXT}</li>"
        for url, day in posts.items()
    ]
    menu = "<nav><a href=/>Beranda</a> <a href=/berita>Berita</a></nav>"
    office, pages = Office(), {f"{HOME}berita": f"{menu}<h1>Berita</h1><ul>{''.join(items)}</ul>"}
    for night in range(9):
        column = f"<h4>Acak</h4><ul><li><a href=/2025/0{night + 1}/17/lomba-{night}/>Lomba {night}</a></ul>"
        home = f"{menu}<h1>Kantor</h1><ul>{''.join(items[:3])}</ul><aside>{column}</aside>"
        harvest = office.crawl(night, {**pages, HOME: home})
        assert not [note for note in harvest.notes if "not seen before" in note.text]


def counted(titles):
    """A list without days on one page, its addresses those of Joomla, and articles that tell none either."""
    slugs = {n: f"{HOME}berita/{n}-{title.lower().replace(' ', '-')}" for n, title in titles.items()}
    items = "".join(f"<li><h3><a href={slugs[n]}>{title}</a></h3></li>" for n, title in titles.items())
    pages = {slugs[n]: f"<h1>{title}</h1>{TEXT}" for n, title in titles.items()}
    menu = "<nav><a href=/>Beranda</a> <a href=/berita>Berita</a></nav>"
    return {
        **pages,
        HOME: f"{menu}<p>Selamat datang",
        f"{HOME}berita": f"{menu}<h1>Berita</h1><ul>{items}</ul>",
    }


TITLES = {
    n: f"{what} bersama warga Bukit {n}"
    for n, what in zip(range(31, 36), ("Rapat", "Lomba") * 3, strict=False)
}


def test_a_corrected_slug_is_known_by_the_number_before_it():
    office = Office()
    office.crawl(0, counted(TITLES))
    old = next(key for key in office.posts if "/33-" in key)
    office.crawl(1, counted({**TITLES, 33: "Peresmian taman baca di balai kota"}))
    assert old not in office.posts
    assert [key for key in office.posts if "/33-" in key] == ["/berita/33-peresmian-taman-baca-di-balai-kota"]


def test_a_number_that_recurs_is_a_category_s():
    office = Office()
    pages = {
        url.replace("/31-", "/7/a-").replace("/32-", "/7/b-"): body.replace("/31-", "/7/a-").replace(
            "/32-", "/7/b-"
        )
        for url, body in counted(TITLES).items()
    }
    office.crawl(0, pages)
    assert len(office.posts) == 5
    fresh = {key: body.replace("/33-rapat", "/33-senam") for key, body in pages.items()}
    office.crawl(1, {**fresh, f"{HOME}berita/33-senam-bersama-warga-bukit-33": f"<h1>Senam</h1>{TEXT}"})
    assert {key for key in office.posts if "/7/" in key} == {
        "/berita/7/a-rapat-bersama-warga-bukit-31",
        "/berita/7/b-lomba-bersama-warga-bukit-32",
    }


def test_a_dated_list_that_leads_to_another_site_is_not_empty():
    item = "<li><a href=https://kota.go.id/berita/{0}>Rapat kerja warga ke {0}</a> <i>{1:%d-%m-%Y}</i></li>"
    items = "".join(item.format(n, NOW - timedelta(days=n)) for n in range(1, 9))
    harvest = Office().crawl(0, {HOME: f"<h1>Berita</h1><ul>{items}</ul>"})
    assert harvest.outcome is Outcome.UNPARSABLE
    assert "lead to other sites" in harvest.detail
    assert (harvest.posts, harvest.complete_since) == ((), None)


def numbered_from_the_oldest(pages, size=4):
    """A list whose newest page is the last by number, and whose own address shows that page."""
    posts = [NOW - timedelta(days=2 * n) for n in range(pages * size)]
    made = {HOME: "<nav><a href=/>Beranda</a> <a href=/berita>Berita</a></nav><p>Selamat datang"}
    for number in range(pages, 0, -1):
        shown = posts[(pages - number) * size :][:size]
        items = "".join(
            f"<li><a href=/berita/rapat-warga-{m:%m%d}>Rapat kerja warga {m:%m%d}</a> <i>{m:%d-%m-%Y}</i>"
            for m in shown
        )
        newer = f" <a href='/berita?hal={number + 1}'>Berita selanjutnya</a>" if number < pages else ""
        older = f"<a href='/berita?hal={number - 1}'>&laquo; Berita sebelumnya</a>" if number > 1 else ""
        made[f"{HOME}berita?hal={number}"] = f"<h1>Berita</h1><ul>{items}</ul>{older}{newer}"
    made[f"{HOME}berita"] = made[f"{HOME}berita?hal={pages}"]
    return made, len(posts)


@pytest.mark.parametrize("pages", [2, 3, 6])
def test_a_list_that_numbers_its_pages_from_the_oldest_is_read_to_its_end(pages):
    made, count = numbered_from_the_oldest(pages)
    harvest = Office().crawl(0, made)
    assert len(harvest.posts) == count
    # Of two pages the lower leads to what may be a page behind it: nobody knows that it is the first, and the
    # list is known down to the day of its last post.
    behind = NOW - timedelta(days=2 * (count - 1) - 1)
    known = SINCE if pages > 2 else datetime.combine(behind, time(), ZONE)
    assert harvest.complete_since == known


def listed(*posts):
    """A home page and a list, the newest first, and the posts' own pages."""
    cards = "".join(
        f"<li><h3><a href=/berita/{slug}>{title}</a></h3><time>{moment:%d-%m-%Y}</time></li>"
        for slug, title, moment in posts
    )
    page = f"<nav><a href=/>Beranda</a> <a href=/berita>Berita</a></nav><ul>{cards}</ul>"
    articles = {
        f"{HOME}berita/{slug}": f"<article><h1>{title}</h1><time>{moment:%d-%m-%Y}</time>{TEXT}</article>"
        for slug, title, moment in posts
    }
    return {HOME: page, f"{HOME}berita": page, **articles}


def test_numbers_that_belong_to_titles_make_no_two_posts_one():
    titles = (
        "Upacara HUT RI ke 81",
        "Lomba Antar RT 05",
        "Hari Jadi Kota ke 45",
        "Turnamen U 17",
        "Donor Darah Warga",
    )
    posts = [
        (title.lower().replace(" ", "-"), title, NOW - timedelta(days=2 * place + 2))
        for place, title in enumerate(titles)
    ]
    office = Office()
    office.crawl(0, listed(*posts))
    assert len(office.posts) == len(posts)
    carnival = ("karnaval-hut-ri-ke-81", "Karnaval HUT RI ke 81", NOW)
    office.crawl(1, listed(posts[0]) | listed(carnival, *posts[1:]))
    assert {post.title for post in office.posts.values()} == {carnival[1], *titles}


def test_a_moment_that_no_post_can_bear_is_not_told_and_its_post_is_kept():
    def card(slug, moment):
        stamp = f"{moment:%Y-%m-%dT%H:%M:%SZ}"  # the city's clock, called UTC
        link = f"<a href=/berita/{slug}>Rapat warga {slug}</a>"
        return f"<li><h3>{link}</h3><time datetime={stamp}>baru</time></li>"

    cards = "".join(card(f"kampung-{n}", NOW - timedelta(days=n, hours=1)) for n in range(4))
    page = f"<nav><a href=/>Beranda</a> <a href=/berita>Berita</a></nav><ul>{cards}</ul>"
    office = Office()
    office.crawl(0, {HOME: page, f"{HOME}berita": page})
    assert {post.title for post in office.posts.values()} == {f"Rapat warga kampung-{n}" for n in range(4)}


def monthly(days):
    """A home page that links months alone, each with its posts: Trac's blog."""
    posts = [datetime(2026, month, day, 9, tzinfo=ZONE) for month, day in days]
    pages = {}
    for month in range(1, 6):
        own = [each for each in posts if each.month == month]
        cards = "".join(
            f"<div class=item><h3><a href=/blog/rapat-warga-{each:%m-%d}>Rapat kerja ke-{each:%d%m}</a></h3>"
            f"<span>{each:%d-%m-%Y}</span></div>"
            for each in sorted(own, reverse=True)
        )
        pages[f"{HOME}blog/2026/{month}"] = (
            f"<h1>Blog</h1>{cards or '<p>Belum ada.</p>'}<a href=/blog/archive>Arsip</a>"
        )
    for each in posts:
        told = f"<h1>Rapat kerja ke-{each:%d%m}</h1><p>{each:%d-%m-%Y}</p>{TEXT}"
        pages[f"{HOME}blog/rapat-warga-{each:%m-%d}"] = told
    links = "".join(f"<li><a href=/blog/2026/{m}>2026/{m}</a></li>" for m in sorted({p.month for p in posts}))
    return pages | {HOME: f"<h1>Dinas</h1><p>Selamat datang.</p><ul>{links}</ul>"}


def test_a_month_without_posts_is_no_list_that_died():
    office = Office()
    spring = [(1, 5), (1, 20), (2, 3), (2, 17), (3, 3), (3, 12), (3, 24)]
    office.crawl(25, monthly(spring))
    for night in (29, 30, 31, 32):
        harvest = office.crawl(night, monthly(spring))
        assert (harvest.outcome, len(harvest.notes)) == (Outcome.UNCHANGED, 3), harvest.notes
        # What was asked for yesterday came tonight, the same as then, and this month shows none.
        assert harvest.complete_since is not None
    harvest = office.crawl(33, monthly([*spring, (4, 4)]))
    assert [post.key for post in harvest.posts] == ["/blog/rapat-warga-04-04"]
