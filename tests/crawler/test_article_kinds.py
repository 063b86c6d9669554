"""Kinds of trouble with a post's date, each on pages of other surface than tests/golden/articles."""

import json
from datetime import datetime
from time import process_time

import pytest

from activity.visit import Fetch, Page, Purpose
from crawler.extract.article.post import Article, extract_article
from crawler.extract.page.document import parse_document
from testkit.zone import JAKARTA as ZONE

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=ZONE)
URL = "https://mawar.example/berita/panen-raya-padi-kelompok-tani"
STORY = (
    "<p>Petani bersama lurah memanen padi di sawah timur sejak pagi, dan hasilnya lebih baik dari lalu.</p>"
)
TALE = (
    "<p>Farmers and officers brought in the rice together since the morning, more of it than last year.</p>"
)


def read(body: str, url: str = URL, *, head: str = "", classes: str = "", lang: str = "id") -> Article:
    title = "Panen raya padi kelompok tani"
    story = TALE if lang.startswith("en") else STORY
    html = (
        f'<html lang="{lang}"><head><title>{title}</title>{head}</head><body class="{classes}">'
        f"{body.replace('TITLE', f'<h1>{title}</h1>').replace('STORY', story * 3)}</body></html>"
    )
    page = Page(Fetch(url, Purpose.ARTICLE), url, 200, NOW, {}, html.encode())
    return extract_article(parse_document(page), now=NOW, zone=ZONE)


def day(article: Article) -> str | None:
    return None if article.date is None else article.date.at.astimezone(ZONE).date().isoformat()


def ld(value: str) -> str:
    return f'<script type="application/ld+json">{value}</script>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('TITLE<p><abbr title="2026-04-09T10:00:00+07:00">04/09/2026</abbr></p>STORY', "2026-04-09"),
        ('TITLE<span><time datetime="2026-04-09">4/9/2026</time></span>STORY', "2026-04-09"),
        ('TITLE<p>5/6/2026</p>STORY<aside><time datetime="2026-04-09">4/9/2026</time></aside>', "2026-05-06"),
    ],
)
def test_an_attribute_tells_the_order_of_figures(body: str, expected: str) -> None:
    assert day(read(body)) == expected


@pytest.mark.parametrize(
    "beside",
    [
        '<div class="sidebar"><span class="entry-date">2 hari yang lalu</span></div>',
        '<ul class="terbaru"><li><time itemprop="datePublished">5 jam lalu</time> Lomba</li></ul>',
        '<p>Updated: <time class="post-date" datetime="2026-11-19">19 November 2026</time></p>',
        '<div class="comments"><time pubdate datetime="2026-11-19">19 November 2026</time></div>',
        '<aside><time class="published" datetime="2026-11-20">20 November 2026</time></aside>'
        '<aside><time class="published" datetime="2026-11-19">19 November 2026</time></aside>',
        '<div><a href="/berita/lain"><b>Posyandu balita di RW 05 diikuti warga</b>'
        '<time pubdate datetime="2026-11-19T08:00:00+07:00">19/11/2026</time></a></div>',
    ],
)
def test_what_other_posts_state_dates_none(beside: str) -> None:
    assert day(read(f"TITLE<p>Diterbitkan 3 Maret 2026</p>STORY{beside}")) == "2026-03-03"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("TITLE<div><span>3 Mei 2024</span> <span>9 Juni 2025</span></div>STORY", "2024-05-03"),
        ("TITLE<ul><li>9 Juni 2025</li><li>3 Mei 2024</li></ul>STORY", "2024-05-03"),
        ("TITLE<p>Terbit 9 Juni 2025</p><p>3 Mei 2024</p>STORY", "2025-06-09"),
    ],
)
def test_of_two_days_in_one_row_the_earlier_is_the_posts(body: str, expected: str) -> None:
    article = read(body)
    assert day(article) == expected
    assert article.date is not None
    assert article.date.contested is ("Terbit" not in body)


@pytest.mark.parametrize(
    "body",
    [
        "TITLE<div class='wp-caption'><p class='wp-caption-text'>Sawah 12 Mei 2026</p></div>STORY",
        "TITLE<p class='image-caption'>Sawah timur | 12.05.2026</p>STORY",
        "TITLE<figure><img src='a'><span>12 Mei 2026</span></figure>STORY",
        "TITLESTORY<p>Foto: Ana, 12 Mei 2026</p>",
        "TITLESTORY<p><em>Radio Mawar FM, 24 April 2026, 15.10 WIB</em></p>",
        "TITLESTORY<p><em>Broadcast: Radio Mawar, 24 April 2026</em></p>",
        "TITLE<h3>Disc 1</h3><p>Released: 3 Mei 2024</p>STORY<h3>Disc 2</h3><p>Released: 9 Mei 2025</p>STORY",
        "TITLESTORY<p>Tanggal: 12 Mei 2026</p><p>Tempat: Balai warga</p>",
        "TITLE<p>Hari, tanggal : Selasa, 12 Mei 2026</p><p>Waktu : 12 Mei 2026 08.00</p>STORY",
        "TITLE<p>Pada hari Selasa, 12 Mei 2026 warga berkumpul di balai untuk memanen padi bersama.</p>STORY",
        "<div>Sabtu, 21 November 2026</div><ul><li>Profil</li><li>Berita</li><li>Kontak</li></ul>TITLESTORY",
        "<div>Minggu, 22 November 2026</div>TITLESTORY",
        "<p class='header__date'>Friday, December 19, 2025</p>TITLESTORY",
    ],
)
def test_days_of_pictures_programmes_things_events_and_clocks_date_nothing(body: str) -> None:
    assert day(read(body)) is None


@pytest.mark.parametrize(
    ("lang", "url", "expected"),
    [
        ("en", "https://ward.example/news/rice-harvest-of-the-farmers", None),
        ("en-GB", "https://ward.example/news/rice-harvest-of-the-farmers", "2025-04-03"),
        ("en", "https://ward.org.au/news/rice-harvest-of-the-farmers", "2025-04-03"),
        ("en-US", "https://ward.example/news/rice-harvest-of-the-farmers", "2025-03-04"),
        ("en", "https://ward.gov/news/rice-harvest-of-the-farmers", "2025-03-04"),
    ],
)
def test_figures_on_an_english_page_need_a_country(lang: str, url: str, expected: str | None) -> None:
    assert day(read("TITLE<span>3/4/2025</span>STORY", url, lang=lang)) == expected


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ("<p>Edited by Jane Doe</p>", "2026-10-16"),
        ("<p>Editor: Siti Aminah</p>", "2026-10-16"),
        ("<p>Diperiksa oleh Budi, disunting oleh Siti</p>", "2026-10-16"),
        ("<p>Terakhir disunting oleh Siti</p>", None),
        ("<p>Diperbaharui terakhir</p>", None),
        ("<p>Last updated:</p>", None),
    ],
)
def test_an_editors_name_is_no_edit(above: str, expected: str | None) -> None:
    assert day(read(f"TITLE{above}<p>16 Oktober 2026</p>STORY")) == expected


@pytest.mark.parametrize(
    "shown", ["pukul 07.59 WIB", "", "Jumat, 16 Oktober", "16/10", "16 Okt", "07:59", "baru saja", "kemarin"]
)
def test_an_attribute_tells_what_its_text_leaves_out(shown: str) -> None:
    article = read(f'TITLE<p><time datetime="2026-10-16T07:59:48+07:00">{shown}</time></p>STORY')
    assert day(article) == "2026-10-16"


@pytest.mark.parametrize(
    "row",
    [
        "<header><a href='/k'>Berita</a><span>16 Oktober 2026</span><p>5 menit baca</p></header>",
        "<ul><li>16 Oktober 2026</li><li>oleh Admin</li><li>Berita</li><li>5 menit</li><li>12 kali</li></ul>",
        "<div><p>16 Oktober 2026</p><p>|</p><p>Kota</p><p>|</p><p>Humas</p></div>",
    ],
)
def test_a_row_above_the_heading_dates_the_post(row: str) -> None:
    assert day(read(f"<article>{row}TITLESTORY</article>")) == "2026-10-16"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "TITLE<h2>A lead that tells what is going to follow</h2><p>Jane Roe, 3 March 2024</p>STORY",
            "2024-03-03",
        ),
        ("TITLE<p class='lead'>A lead that tells what will follow</p><p>3 March 2024</p>STORY", "2024-03-03"),
        ("TITLE<div>Mar 3</div><div>2024</div>STORY", "2024-03-03"),
        ("TITLE<p>Published March 3, 2024 \u00b7 Updated March 9, 2024</p>STORY", "2024-03-03"),
        ("TITLE<p>March 3, 2024 (updated March 9, 2024)</p>STORY", "2024-03-03"),
        ("TITLE<p>Created: 3 March 2024 Last Updated: 9 March 2024 Hits: 33</p>STORY", "2024-03-03"),
        ("TITLE<p>3 March 2024 to 9 March 2024</p>STORY", None),
        ("TITLE<p>Event date: 3 March 2024</p>STORY", None),
        ("TITLESTORY<p>First published 3 March 2024</p>", "2024-03-03"),
        ("<article>TITLESTORY<footer>3 March 2024</footer></article>", "2024-03-03"),
    ],
)
def test_bylines_below_leads_and_labels_of_two_days(body: str, expected: str | None) -> None:
    assert day(read(body, lang="en-GB")) == expected


def test_a_fact_check_states_its_own_day_and_the_claims() -> None:
    claim = '{"@type": "Claim", "datePublished": "2026-05-01"}'
    review = f'{{"@type": ["ClaimReview"], "datePublished": "2026-05-13", "itemReviewed": {claim}}}'
    assert day(read("TITLESTORY", "https://mawar.example/cek-fakta/panen", head=ld(review))) == "2026-05-13"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://mawar.example/arsip/2026/10/16/panen-raya.html", "2026-10-16"),
        ("https://mawar.example/archives/1234", "2026-10-16"),
        ("https://mawar.example/archives/2026/10/", None),
        ("https://mawar.example/arsip", None),
        ("https://mawar.example/kabar/panen-raya-padi-timur/2026/10/16/", "2026-10-16"),
        ("https://mawar.example/2026/10/16/", None),
        ("https://mawar.example/berita/2026/10/16", None),
    ],
)
def test_an_archives_folder_and_a_day_at_the_end_do_not_make_a_list(url: str, expected: str | None) -> None:
    head = '<meta property="og:type" content="article">'
    assert day(read("TITLE<p>Diposting 16 Oktober 2026</p>STORY", url, head=head)) == expected


@pytest.mark.parametrize(
    ("opens", "date", "dateline"),
    [
        ("12 Maret 2026 - ", "2026-03-12", None),
        ("12/03/2026 \u2014 ", "2026-03-12", None),
        ("2026-03-12 \u2013 ", "2026-03-12", None),
        ("Selasa, 12 Mei 2026 - ", None, "2026-05-12"),
        ("MAWAR - Selasa (12/5/2026), ", None, "2026-05-12"),
        ("Kota Mawar, Rabu (1/4/2026) -", None, "2026-04-01"),
        ("<b>Mawar, 12 Maret 2026</b> \u2013 ", None, "2026-03-12"),
        ("Mawar (Humas) \u2013 Rabu, 1 April 2026. ", None, "2026-04-01"),
    ],
)
def test_a_stamp_dates_a_post_and_a_dateline_its_event(
    opens: str, date: str | None, dateline: str | None
) -> None:
    text = "petani bersama lurah memanen padi di sawah timur sejak pagi hari."
    article = read(f"TITLE<p>{opens}{text}</p>STORY")
    assert day(article) == date
    told = article.dateline and article.dateline.at.astimezone(ZONE).date().isoformat()
    assert told == dateline


@pytest.mark.parametrize("name", ["date", "DC.date.created", "dcterms.created"])
def test_a_weak_meta_and_the_day_shown_agree(name: str) -> None:
    head = f'<meta name="{name}" content="2015-04-08T12:46:00">'
    assert (
        day(read("<p>08.04.2015 12:46</p>TITLESTORY", "https://mawar.example/x/m-2.html", head=head))
        == "2015-04-08"
    )
    assert day(read("TITLESTORY", "https://mawar.example/x/m-2.html", head=head)) is None


def test_the_day_shown_comes_before_the_day_a_draft_was_begun() -> None:
    head = '<meta name="created" content="2026-03-09">'
    article = read("TITLE<p>Diterbitkan 12 Maret 2026</p>STORY", head=head)
    assert day(article) == "2026-03-12"


YOAST = (
    '<meta property="og:type" content="article"><meta property="article:published_time" content="2023-01-05">'
)
MADE = ld('{"@type": "WebPage", "datePublished": "2023-01-05T03:00:00+00:00"}')


@pytest.mark.parametrize(
    ("classes", "dated"),
    [
        ("page page-id-7 page-parent wp-custom-logo", False),
        ("wp-singular page-template page-template-elementor_canvas page page-id-2", False),
        ("dokter-template-default single single-dokter postid-12", False),
        ("single single-product postid-99 woocommerce", False),
        ("post-template-default single single-post postid-12 single-format-standard", True),
        ("single single-pengumuman postid-12", True),
        ("single postid-12", True),
    ],
)
def test_wordpress_says_what_it_shows(classes: str, dated: bool) -> None:
    url = "https://mawar.example/dokter-jaga-puskesmas-mawar-timur/"
    for head in (YOAST, MADE, YOAST + MADE):
        assert (day(read("TITLESTORY", url, head=head, classes=classes)) is not None) is dated


def test_a_custom_type_whose_day_readers_are_told_is_a_post() -> None:
    article = read("TITLE<p>5 Januari 2023</p>STORY", head=MADE, classes="single single-riset postid-12")
    assert day(article) == "2023-01-05"


@pytest.mark.parametrize(
    "body",
    [
        "TITLE<p>Release date: 5 Oktober 2023</p>STORY",
        "TITLE<table><tr><td>Tanggal rilis</td><td>5 Oktober 2023</td></tr></table>STORY",
        'TITLE<form action="/cart/add"></form><p>Released 5 Oktober 2023</p>STORY',
        'TITLE<div itemtype="https://schema.org/Product"><b>9</b></div><p>Dirilis 5 Mei 2023</p>',
    ],
)
def test_a_thing_on_sale_was_released_and_is_no_post(body: str) -> None:
    assert day(read(body, "https://mawar.example/kaset/tari-daerah")) is None


@pytest.mark.parametrize("unit", ["A-", "A&-", "(A) ", "A, ", "Senin, ", "1-2-", "terakhir ", "oleh A "])
def test_a_line_made_to_keep_the_engine_busy_costs_little(unit: str) -> None:
    began = process_time()
    read(f"TITLE<p>{(unit * 40)[:76]} 12 Maret 2026 petani dan lurah memanen padi</p>{unit * 2000}STORY")
    assert process_time() - began < 2


@pytest.mark.parametrize(
    "picture",
    [
        '<img src="a.jpg"><small>ANTARA/HO-Dinas Pertanian, 8 Oktober 2026</small>',
        '<p><img src="a.jpg"><br><em>Foto bersama usai panen (8/10/2026)</em></p>',
        '<p><a href="a.jpg"><img src="a.jpg"></a> <i>Panen raya, Kamis 8 Oktober 2026</i></p>',
    ],
)
def test_small_type_right_below_a_picture_is_its_caption(picture: str) -> None:
    assert day(read(f"<article>TITLE{picture}STORY</article>")) is None
    assert day(read(f"<article>TITLE<p>9 Oktober 2026</p>{picture}STORY</article>")) == "2026-10-09"


def test_a_day_alone_below_a_picture_is_the_posts() -> None:
    body = '<article>TITLE<img src="a.jpg"><small>8 Oktober 2026</small>STORY</article>'
    assert day(read(body)) == "2026-10-08"


def test_a_laws_days_are_not_the_posts() -> None:
    rows = "".join(
        f"<tr><td>{word}</td><td>{told} Oktober 2026</td></tr>"
        for word, told in [("Ditetapkan", 8), ("Diundangkan", 9)]
    )
    table = f"<table>{rows}</table>"
    assert day(read(f"<article>TITLE{table}STORY</article>")) is None


@pytest.mark.parametrize("key", ["published_date", "tanggal_terbit", "tgl_publish", "publish_at", "tanggal"])
def test_what_one_component_asked_for_is_the_articles_state(key: str) -> None:
    record = {
        "slug": "panen-raya-padi-kelompok-tani",
        "judul": "Panen raya padi kelompok tani",
        "created_at": "2026-02-01T01:00:00Z",
        key: "2026-02-05",
    }
    state = json.dumps({"data": [{"berita": record}]})
    body = f"<div>TITLE STORY</div><script>window.__NUXT__={state}</script>"
    assert day(read(body)) == "2026-02-05"


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("3 Februari 2026 21.12 WIB", "2026-02-03"),  # the office's clock, which the machine calls UTC's
        ("3 Februari 2026 04.12 WIB", "2026-02-04"),  # another moment: the machine's is believed
    ],
)
def test_a_zone_that_readers_are_told_names_the_clock(shown: str, expected: str) -> None:
    head = ld('{"@type": "NewsArticle", "datePublished": "2026-02-03T21:12:00Z"}')
    assert day(read(f"TITLE<p>{shown}</p>STORY", head=head)) == expected


@pytest.mark.parametrize(
    "place",
    ["index_tag_tags_warga_2.html", "tag-berita.html", "archive-2026.html", "index-3.html", "blog/2026/Mei/"],
)
def test_a_list_that_its_address_calls_one_is_no_post(place: str) -> None:
    """Miyadaiku's pages of a tag, whose only day is one of many titles'; Marmite's year, XBlog's month."""
    cards = "".join(
        f'<a href="/{n}.html"><div class="entry-title">{title}</div></a><p>Warga hadir di balai.</p>'
        for n, title in enumerate(["Kerja bakti warga", "Undangan posyandu 25 Mei 2026", "Panen raya"])
    )
    article = read(f"<h1>Kelurahan Contoh</h1>{cards}", f"https://mawar.example/{place}")
    assert article.date is None
    assert article.is_post is False


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>Berita</title>'
        "<updated>2026-11-20T08:00:00+07:00</updated><entry><title>Panen raya</title></entry></feed>",
        '<?xml version="1.0"?><?xml-stylesheet href="/a.xsl"?><!-- oleh mesin --><rss version="2.0"><channel>'
        "<title>Berita</title><pubDate>Fri, 20 Nov 2026 08:00:00 +0700</pubDate></channel></rss>",
    ],
)
def test_a_feed_at_the_address_of_an_article_is_no_post(text: str) -> None:
    url = "https://mawar.example/berita/panen-raya-padi/"
    page = Page(Fetch(url, Purpose.ARTICLE), url, 200, NOW, {"content-type": "text/html"}, text.encode())
    article = extract_article(parse_document(page), now=NOW, zone=ZONE)
    assert article.is_post is False
    assert article.date is None
