"""One page: is it a post, and which of its dates is the day it was published."""

from datetime import UTC, datetime

import pytest

from activity.post import EvidenceKind, PostKind, Precision
from activity.visit import Fetch, Page, Purpose
from crawler.extract.article.post import Article, SiteHints, extract_article
from crawler.extract.page.document import parse_document
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
URL = "https://kel.example/berita/kerja-bakti-warga-rt-tiga"


def read(html: str, url: str = URL, hints: SiteHints | None = None, *, thorough: bool = False) -> Article:
    page = Page(Fetch(url, Purpose.ARTICLE), url, 200, NOW, {}, html.encode())
    document = parse_document(page)
    return extract_article(document, now=NOW, zone=ZONE, hints=hints or SiteHints(), thorough=thorough)


def day(article: Article) -> str | None:
    return None if article.date is None else article.date.at.astimezone(ZONE).date().isoformat()


def test_a_posts_schema_is_believed_and_its_edit_is_not() -> None:
    article = read(
        '<script type="application/ld+json">{"@type": "NewsArticle",'
        ' "datePublished": "2026-03-01T20:30:00+00:00",'
        ' "dateModified": "2026-05-01T08:00:00+00:00"}</script><h1>Kerja bakti warga</h1>'
    )
    assert (day(article), article.is_post) == ("2026-03-02", True)
    assert article.date is not None
    assert article.date.evidence[0].kind is EvidenceKind.JSON_LD


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Kerja bakti warga</h1><p>Admin bulelengkab | 11 Mei 2022 | 476 kali</p><p>Isi berita.</p>",
        "<h1>Kerja bakti warga</h1><div>Ditulis oleh Super User. Diterbitkan: Rabu, 11 Mei 2022 03:15</div>",
        "<h2>Kerja bakti warga RT tiga</h2><span class='tgl'>11/05/2022</span><p>Isi.</p>",
        "<div>11 Mei 2022</div><h1>Kerja bakti warga</h1><p>Isi berita.</p>",
        "<div class='brand'><h1>Kelurahan Kebonsari</h1></div><h2>Rapat</h2><i>Rabu, 11 Mei 2022</i>",
        "<h2>Rabu, 11 Mei 2022</h2><h3>Kegiatan posyandu</h3><p>Isi.</p>",
        f"<h1>Kerja bakti</h1><p>{'Warga bersama lurah bekerja. ' * 9} Berjalan lancar. (11/05/2022)</p>",
        "<h1>Kerja bakti</h1><p>Terbit 11 Mei 2022 - Diperbarui 15 Juni 2022</p>",
        "<h1>Kerja bakti</h1><small>11 Mei 2022 21:24:50</small><div class='sidebar'><h3>Terbaru</h3>"
        "<li>1 Okt 2026</li><li>2 Okt 2026</li></div><footer>Minggu, 22 November 2026</footer>",
    ],
)
def test_the_text_near_the_heading_dates_a_hand_written_post(body: str) -> None:
    title = "<title>Kerja bakti warga RT tiga</title>"
    assert day(read(f"<html><head>{title}</head><body>{body}</body></html>")) == "2022-05-11"


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Kerja bakti</h1><p>Terakhir diperbarui 11 Mei 2022</p>",
        "<div class='clock'>Minggu, 22 November 2026</div><h1>Kerja bakti</h1><p>Isi.</p>",
        "<h1>Kerja bakti</h1><div class='agenda'><p>25 Oktober 2026</p></div>",
        "<h1>Kerja bakti</h1><footer>Hak cipta 11 Mei 2022</footer>",
        "<h1>Kerja bakti</h1><p>Isi tahun 2022.</p>",
    ],
)
def test_other_dates_are_not_taken(body: str) -> None:
    assert read(body).date is None


@pytest.mark.parametrize(
    "url",
    [
        "https://kel.example/",
        "https://kel.example/kategori/berita",
        "https://kel.example/tag/banjir",
        "https://kel.example/profil/visi-misi",
        "https://docs.example.org/guide/install",
    ],
)
def test_a_page_that_is_no_post_has_no_date(url: str) -> None:
    article = read("<h1>Berita</h1><p>Diposting 11 Mei 2022</p>", url)
    assert (article.is_post, article.date) == (False, None)


def test_a_title_is_not_the_sites_name_nor_a_day() -> None:
    brand = "<div class='brand'><h1>Kelurahan Kebonsari</h1></div><h2>Rabu, 11 Mei 2022</h2>"
    assert read(f"{brand}<h3>Kegiatan posyandu</h3><p>Isi.</p>").title == "Kegiatan posyandu"


def test_a_relative_date_is_as_coarse_as_it_is() -> None:
    article = read("<h1>Lomba desa sehat</h1><span>6 bulan yang lalu</span><p>Isi.</p>")
    assert article.date is not None
    assert article.date.precision is Precision.MONTH


def test_a_known_clock_is_ignored() -> None:
    html = "<p>Sabtu, 11 April 2026</p><h1>Kerja bakti</h1><p>Isi.</p>"
    assert read(html, hints=SiteHints(clocks=("Sabtu, 11 April 2026",))).date is None


def test_the_element_that_dated_the_sites_other_posts_dates_this_one() -> None:
    html = "<h1>Kerja bakti</h1><p>4 Mei 2022</p><div id='tg'>11 Mei 2022</div>"
    assert day(read(html, hints=SiteHints(date_selector="#tg"))) == "2022-05-11"
    assert day(read(html, hints=SiteHints(date_selector="a[["))) != "2022-05-11"


@pytest.mark.parametrize(
    ("stated", "shown", "told"),
    [
        # The evening's clock that machines are told as UTC's: by that it were the next morning's.
        ("2022-05-11T21:40:00.000Z", "11 Mei 2022, 21.40", "2022-05-11"),
        ("2022-05-11T14:40:00Z", "11 Mei 2022, 21.40", "2022-05-11"),
        # A program that runs in UTC prints its day of an early morning.
        ("2022-05-10T23:40:00Z", "10 Mei 2022", "2022-05-11"),
    ],
)
def test_the_element_that_dated_others_tells_readers_and_machines(stated, shown, told) -> None:
    html = f"<h1>Kerja bakti</h1><p>4 Mei 2022</p><time id='tg' datetime='{stated}'>{shown}</time>"
    assert day(read(html, hints=SiteHints(date_selector="#tg"))) == told


def test_the_kind_comes_from_the_address() -> None:
    assert read("<h1>Rapat</h1>", "https://kel.example/agenda/rapat").kind is PostKind.AGENDA
    assert read("<h1>Lelang</h1>", "https://kel.example/?page=pengumuman&id=2").kind is PostKind.ANNOUNCEMENT


def test_a_wikis_page_is_a_post_by_its_name_and_headed_below_its_logo() -> None:
    article = read(
        "<title>berita:kerja-bakti-warga-rt-tiga [Kelurahan]</title>"
        "<h1 class='logo'><a href='/'>Kelurahan</a></h1>"
        "<h1>Kerja bakti warga RT tiga</h1><p><em>11 Mei 2022 23:47</em></p><p>Isi.</p>"
        "<div>Terakhir diubah: 2 Februari 2023 00:41 oleh admin</div>",
        "https://kel.example/doku.php?id=berita:kerja-bakti-warga-rt-tiga",
    )
    assert (article.title, day(article)) == ("Kerja bakti warga RT tiga", "2022-05-11")
    assert article.date is not None
    assert article.date.precision is Precision.MINUTE


@pytest.mark.parametrize(
    ("stated", "shown", "contested"),
    [
        # A program that writes the local clock and calls it UTC.
        ("2026-03-01T21:12:00Z", "<p>Diterbitkan: 1 Maret 2026 21:12 WITA</p>", True),
        ("2026-03-01T21:12:00+00:00", "<small>01/03/2026 21:12</small>", True),
        ("2026-03-01T13:12:00Z", "<p>Diterbitkan: 1 Maret 2026 21:12 WITA</p>", False),
        ("2026-03-01T02:12:00Z", "<p>Diterbitkan: 28 Februari 2026</p>", True),
        ("2026-03-01T21:12:00Z", "<p>4 bulan yang lalu</p>", False),
        ("2026-03-01T21:12:00Z", "<p>Terakhir diperbarui 7 Maret 2026</p>", False),
    ],
)
def test_a_thorough_reading_shows_where_machine_and_reader_are_told_other_days(
    stated: str, shown: str, contested: bool
) -> None:
    html = (
        f'<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "{stated}"}}</script>'
        f"<h1>Kerja bakti warga</h1>{shown}<p>Isi berita.</p>"
    )
    quick, article = read(html), read(html, thorough=True)
    assert quick.date is not None
    assert article.date is not None
    assert article.date.at == quick.date.at
    # A moment whose day is another here than as it is written has the text read in any case.
    asked = stated.startswith("2026-03-01T21")
    assert (quick.date.contested, article.date.contested) == (contested and asked, contested)
    if contested:
        assert EvidenceKind.VISIBLE_TEXT in {evidence.kind for evidence in article.date.evidence}


@pytest.mark.parametrize(
    ("address", "told"), [("/2026/03/01/kerja-bakti", "2026-03-01"), ("/kerja-bakti", "2026-05-20")]
)
def test_the_day_of_a_build_gives_way_where_readers_and_address_know_of_another(
    address: str, told: str
) -> None:
    html = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-05-20T02:00:00Z"}'
        "</script><h1>Kerja bakti warga</h1><p>Diterbitkan: 1 Maret 2026</p><p>Isi berita.</p>"
    )
    assert day(read(html, "https://kel.example" + address, thorough=True)) == told


@pytest.mark.parametrize(
    "shown",
    [
        "<span>2026-03-05 21:51</span> <span>Dibuat</span> <span>2026-03-08 21:51</span> <span>Diubah</span>",
        "<span>2026-03-08 21:51</span> <i class='fa-calendar'></i> <span>2026-03-05 21:51</span>",
    ],
    ids=["words behind their days", "pictures for words"],
)
def test_the_day_of_editing_that_machines_are_told_dates_nothing_for_readers(shown: str) -> None:
    head = "".join(
        f'<meta property="article:{name}_time" content="2026-03-0{number}T13:51:00Z">'
        for name, number in (("published", 5), ("modified", 8))
    )
    article = read(
        f"<head>{head}</head><h1>Kerja bakti warga</h1><div>{shown}</div><p>Isi.</p>", thorough=True
    )
    assert article.date is not None
    texts = [each.raw for each in article.date.evidence if each.kind is EvidenceKind.VISIBLE_TEXT]
    assert (day(article), article.date.contested, texts) == ("2026-03-05", False, ["2026-03-05 21:51"])
