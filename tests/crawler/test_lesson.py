import json
from datetime import UTC, datetime, timedelta

from activity.agency import Account, Channel
from activity.post import DateEvidence, EvidenceKind, PostDate, Precision
from activity.testing import drive
from activity.visit import Fetch, Page, Purpose, Target, Window
from crawler.extract.article.lesson import Lessons
from crawler.extract.article.post import extract_article
from crawler.extract.article.witness import Setting
from crawler.extract.page.document import parse_document
from crawler.visits.site.website import visit
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 3, 20, 14, tzinfo=UTC)
SINCE = datetime(2026, 1, 1, tzinfo=ZONE)
HOME = "https://contoh.go.id/"
SETTING = Setting(NOW, ZONE)


def document(html, url=HOME):
    return parse_document(Page(Fetch(url, Purpose.ARTICLE), url, 200, NOW, body=html.encode()))


def date(text, kind=EvidenceKind.VISIBLE_TEXT, where="span.tgl", precision=Precision.DAY, raw=""):
    at = datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)
    return PostDate(at, precision, (DateEvidence(kind, where, raw or text, at, precision, HOME),))


def test_a_figure_above_twelve_decides_for_the_whole_site():
    lessons = Lessons(SINCE)
    assert lessons.hints.day_first is None
    lessons.learn_page(document("<p>02/25/2026</p>"), SETTING, is_article=False)
    assert lessons.hints.day_first is False
    lessons = Lessons(SINCE)
    lessons.learn_page(document("<p>25/02/2026</p><p>03/04/2026</p>"), SETTING, is_article=False)
    assert lessons.hints.day_first is True


def test_articles_may_be_written_otherwise_than_their_list():
    lessons = Lessons(SINCE)
    lessons.learn_page(
        document("<p>02/25/2026</p><p>02/26/2026</p>", f"{HOME}list"), SETTING, is_article=False
    )
    page = document("<h1>Rapat</h1><p>03/02/2026</p>", f"{HOME}b")
    assert lessons.hints_for(page, is_article=True).day_first is False
    lessons.learn_page(document("<h1>Rapat</h1><p>25/02/2026</p>", f"{HOME}a"), SETTING, is_article=True)
    assert lessons.hints_for(page, is_article=True).day_first is True


def article(day, *, clock="", url="x", beside=""):
    told = f"<span class=tgl>{day} Februari 2026</span>"
    html = f"<header>{clock}</header><main><h1>Rapat</h1>{told}<p>Isi rapat.</p></main>{beside}"
    return document(html, f"{HOME}{url}-{day}")


def test_articles_that_were_read_in_the_order_of_their_list_before_one_told_theirs():
    lessons = Lessons(SINCE)
    lessons.learn_page(document("<p>02/25/2026</p>"), SETTING, is_article=False)
    for day in range(1, 10):
        lessons.learn_page(document(f"<p>0{day}/02/2026</p>", f"{HOME}{day}"), SETTING, is_article=True)
    assert not lessons.misled
    lessons.learn_page(document("<p>25/02/2026</p>", f"{HOME}a"), SETTING, is_article=True)
    assert lessons.own_order is True
    assert lessons.misled


def test_the_element_that_dated_three_posts_of_different_days():
    lessons = Lessons(SINCE)
    for day in (3, 5):
        lessons.learn_article(article(day), date(f"2026-02-{day:02}"), SETTING)
    assert lessons.hints.date_selector is None
    lessons.learn_article(article(9), date("2026-02-09"), SETTING)
    assert lessons.hints.date_selector == "span.tgl"
    lessons.learn_article(article(10), date("2026-02-11", EvidenceKind.META), SETTING)
    assert lessons.hints.date_selector is None


def test_one_day_on_all_pages_is_no_element_of_posts():
    lessons = Lessons(SINCE)
    for number in range(5):
        lessons.learn_article(article(3, url=str(number)), date("2026-02-03"), SETTING)
    assert lessons.hints.date_selector is None


def test_what_stands_on_every_page_dates_none():
    lessons = Lessons(SINCE)
    clock = "Jumat, 20 Maret 2026"
    founded = "Berdiri sejak 17 Agustus 2015"
    lessons.learn_page(document(f"<p>{clock}</p><footer>{founded}</footer>"), SETTING, is_article=False)
    for day in (3, 5, 9):
        lessons.learn_page(article(day, clock=f"{clock} {founded}"), SETTING, is_article=True)
    shown = lessons.hints_for(article(12, clock=f"{clock} {founded}")).clocks
    assert {clock, "17 Agustus 2015"} <= set(shown)
    # A post of today says so once more than the clock does.
    today = document(f"<header>{clock} {founded}</header><h1>Rapat</h1><b>{clock}</b>", f"{HOME}today")
    assert clock not in lessons.hints_for(today).clocks
    kept = lessons.kept_hints
    assert kept.clocks == ("17 Agustus 2015",)
    assert Lessons.recall(SINCE, kept).kept_hints == kept


def test_the_day_of_a_popular_post_is_forgotten_by_the_next_night():
    # In time others are read most, and the day stands on its own post's page alone, or heads it in a list.
    lessons = Lessons(SINCE)
    box = "<aside><h4>Terpopuler</h4><ul><li>9 November 2025 <a href=/b/9>Lomba</a></ul></aside>"
    box += "<footer><ul><li><a href=/>Beranda</a><li>Profil<li><a href=/k>Kontak</a></ul></footer>"
    headed = f"<main><h3>9 November 2025</h3><p><a href=/b/9>Lomba</a></p><p>Isi.</p></main>{box}"
    lessons.learn_page(document(headed), SETTING, is_article=False)
    for day in (3, 5, 9):
        lessons.learn_page(article(day, clock="", url="p", beside=box), SETTING, is_article=True)
    assert lessons.clocks() == ("9 November 2025",)
    assert lessons.kept_hints.clocks == ()


def test_todays_day_under_the_pointer_stands_on_no_page_of_all():
    lessons = Lessons(SINCE)
    today = document('<h1>Rapat</h1><li title="20 Maret 2026, 6.05">17h</li>', f"{HOME}a")
    for page in (document("<p>20 Maret 2026</p>"), today):
        lessons.learn_page(page, SETTING, is_article=page is today)
    assert not lessons.is_on_all(today, "20 Maret 2026")
    clocked = document("<header>20 Maret 2026</header><h1>Rapat</h1>", f"{HOME}b")
    lessons = Lessons(SINCE)
    for page in (document("<p>20 Maret 2026</p>"), clocked):
        lessons.learn_page(page, SETTING, is_article=page is clocked)
    assert lessons.is_on_all(clocked, "20 Maret 2026")


def test_pages_that_show_another_zone_than_the_feed_states():
    lessons = Lessons(SINCE)
    for day in (1, 2, 3):
        stated = date(f"2026-02-{day:02}T20:30", EvidenceKind.FEED, precision=Precision.SECOND)
        seen = date(f"2026-02-{day:02}T12:30", EvidenceKind.LISTING, precision=Precision.MINUTE, raw="12:30")
        lessons.learn_shift(stated, seen)
    assert lessons.shift == timedelta(hours=-8)
    late = date("2026-01-31T20:00", EvidenceKind.LISTING, precision=Precision.MINUTE, raw="31 Jan 2026 20:00")
    assert lessons.correct(late).at.astimezone(ZONE).isoformat() == "2026-02-01T04:00:00+08:00"
    for other in (
        date("2026-01-31T20:00", EvidenceKind.LISTING, precision=Precision.MINUTE, raw="20:00 WITA"),
        date("2026-01-31", EvidenceKind.LISTING),
        date("2026-01-31T20:00", EvidenceKind.FEED, precision=Precision.MINUTE),
    ):
        assert lessons.correct(other) == other


def run(pages):
    goal = Target(Account(1, "contoh", Channel.WEBSITE, HOME), Window(SINCE, NOW), ZONE)
    return drive(visit(goal), {url: body.encode() for url, body in pages.items()}, NOW)


def test_what_a_site_taught_is_remembered():
    urls = [f"{HOME}berita/rapat-kerja-warga-{n}" for n in range(1, 9)]
    pages = {
        HOME: "<h1>Dinas</h1>",
        f"{HOME}sitemap.xml": "".join(f"<url><loc>{url}</loc></url>" for url in urls),
    }
    pages[f"{HOME}sitemap.xml"] = f"<urlset>{pages[f'{HOME}sitemap.xml']}</urlset>"
    for n, url in enumerate(urls, 1):
        pages[url] = f"<h1>Rapat kerja ke-{n}</h1><div class=tanggal>{n + 10}/02/2026</div><p>Isi rapat.</p>"
    harvest, _ = run(pages)
    assert len({post.date.at for post in harvest.posts if post.date}) == 8
    lesson = json.loads(json.dumps(harvest.memory.facts))["lesson"]
    assert lesson["day_first"] is True
    assert lesson["date_selector"] == "div.tanggal"


def test_a_title_that_lists_bear_as_well_is_no_posts():
    lessons = Lessons(SINCE)
    name = "Dinas Pasar Kota Contoh"
    front = f"<head><title>{name}</title></head><div><font size=5>{name}</font></div>"
    lessons.learn_page(document(front), SETTING, is_article=False)
    page = document(f"{front}<article><h2>Pasar tani dibuka</h2><p>Isi.</p></article>", f"{HOME}a")
    assert lessons.hints_for(page).names == frozenset()
    lessons.learn_page(page, SETTING, is_article=True)
    hints = lessons.hints_for(page, is_article=True)
    assert hints.names == {name}
    assert extract_article(page, now=NOW, zone=ZONE).title == name
    assert extract_article(page, now=NOW, zone=ZONE, hints=hints).title == "Pasar tani dibuka"


def test_a_title_that_articles_alone_bear_is_theirs():
    lessons = Lessons(SINCE)
    for day in range(3):
        page = document("<title>Senam pagi bersama</title><p>Isi.</p>", f"{HOME}{day}")
        lessons.learn_page(page, SETTING, is_article=True)
    assert lessons.hints.names == frozenset()
