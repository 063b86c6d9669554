"""Lists as hand-written and packaged systems write them: each item with its link, title and day."""

from datetime import UTC, datetime

import pytest

from activity.post import Precision
from activity.visit import Fetch, Page, Purpose
from crawler.extract.lists.listing import ListedItem, Listing, extract_listing, read_listing
from crawler.extract.page.document import parse_document
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
CLOCK = '<div id="header">Minggu, 22 November 2026 <a href="/">Beranda</a> <a href="/profil">Profil</a></div>'
ITEMS = (1, 2, 3)
URL = "https://kel.example/kabar"


def read(html: str, url: str = "https://kel.example/") -> tuple[ListedItem, ...]:
    page = Page(Fetch(url, Purpose.LISTING), url, 200, NOW, {}, html.encode())
    return extract_listing(parse_document(page), now=NOW, zone=ZONE)


def told(items: tuple[ListedItem, ...]) -> list[tuple[str, str, str]]:
    return [
        (
            item.url.removeprefix("https://kel.example/"),
            item.title,
            item.date.at.astimezone(ZONE).strftime("%d-%m-%Y"),
        )
        for item in items
        if item.date is not None
    ]


LINK = '<a href="b?id={n}">Judul ke {n}</a>'
FORMS = {
    "query addresses": f'<div class="berita">{LINK} <small>Selasa, 0{{n}} November 2026 | 14:30 WITA</small>'
    '<p>Ringkas</p><a href="b?id={n}">Selengkapnya</a></div>',
    "opensid": f'<div class="artikel"><h3 class="judul">{LINK}</h3><span>0{{n}} November 2026 21:24:50</span>'
    "<span>423 Kali Dibaca</span><p>Pada tanggal 5 Maret 2019 telah dilaksanakan</p></div>",
    "joomla table": f"<tr><td>{LINK}</td><td>0{{n}} Nopember 2026</td><td>Super User</td></tr>",
    "unclosed table": f"<tr><td>{{n}}<td>0{{n}}/11/2026<td>{LINK}",
    "whole card a link": '<a class="card" href="b?id={n}"><h4>Judul ke {n}</h4><span>0{n}/11/2026</span></a>',
    "breaks, date last": f"{LINK}<br>0{{n}} Nopember 2026<br><br>",
    "breaks, date first": f'0{{n}} Nov 2026<br>{LINK}<br>isi <a href="b?id={{n}}">[lanjut]</a><br>',
    "preformatted": '<pre>0{n}-11-2026  <a href="b?id={n}">PDF</a>  Judul ke {n}\n</pre>',
    "heading before its meta": f'<h2>{LINK}</h2><div>{{n}} Nov 2026 by <a href="/author/a">admin</a>'
    ' in <a href="/category/c">Berita</a></div><p>Teks.</p>',
    "calendar leaf": f'<div class="i"><div><div>0{{n}}</div><div>Nov 2026</div></div><p>{LINK}</div>',
    "icon": '<li><b>Judul ke {n}</b> (0{n} Nov 2026) <a href="b?id={n}"><i class="ikon"></i></a></li>',
    "time element": f'<article><time datetime="2026-11-0{{n}}T10:00:00+08:00">baru</time>{LINK}</article>',
    "edited later": f"<li>{LINK} Terbit: {{n}} Nov 2026, Diperbarui: 1{{n}} Nov 2026</li>",
    "description list": f"<dt>0{{n}} Nov 2026</dt><dd>{LINK}</dd>",
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_of_list_is_read(name: str) -> None:
    wrap = "<table>{}</table>" if "table" in name else "{}"
    html = CLOCK + wrap.format("".join(FORMS[name].replace("{n}", str(n)) for n in ITEMS))
    assert told(read(html)) == [(f"b?id={n}", f"Judul ke {n}", f"0{n}-11-2026") for n in ITEMS]


def test_a_date_that_heads_several_items_dates_them_all() -> None:
    html = "".join(
        f'<h3>0{n} Nov 2026</h3><ul><li><a href="a{n}">Putusan pertama {n}</a></li>'
        f'<li><a href="b{n}">Putusan kedua {n}</a></li></ul>'
        for n in ITEMS
    )
    assert [(url, day) for url, _, day in told(read(html))] == [
        (f"{letter}{n}", f"0{n}-11-2026") for n in ITEMS for letter in "ab"
    ]


def test_relative_dates_are_as_coarse_as_they_are() -> None:
    html = "".join(
        f'<div class="card"><small>{when}</small><h5><a href="b/{when[:1]}">Judul kartu</a></h5></div>'
        for when in ("2 hari yang lalu", "3 bulan yang lalu")
    )
    dates = [item.date for item in read(html)]
    assert [date.precision for date in dates if date is not None] == [Precision.WEEK, Precision.MONTH]


@pytest.mark.parametrize(
    "html",
    [
        '<div class="agenda"><p><a href="a1">Rapat</a> 1 Nov 2026<p><a href="a2">Rapat</a> 2 Nov 2026</div>',
        '<p>Hari ini: Minggu, 22 November 2026</p><a href="a">Berita pertama</a><a href="b">Berita kedua</a>',
        '<li><a href="a">Berita</a> Diperbarui 1 Nov 2026<li><a href="b">Berita</a> Diperbarui 2 Nov 2026',
        "",
    ],
)
def test_events_clocks_and_edits_date_nothing(html: str) -> None:
    assert read(html) == ()


@pytest.mark.parametrize("label", ["Edited on ", "Diperbarui pada", "Updated"])
def test_the_day_of_an_edit_within_one_link_with_its_word_dates_nothing(label: str) -> None:
    html = "".join(
        f'<article><a href="/#"><dl><dt>{label}</dt><dd>2026-11-0{n}</dd></dl></a>'
        f'<h2><a href="b?id={n}">Warga bersama lurah kerja bakti {n}</a></h2></article>'
        for n in ITEMS
    )
    assert [item.date for item in read(html)] == [None for _ in ITEMS]


def test_a_list_without_dates_gives_its_titles_and_not_its_menu() -> None:
    menu = "".join(f'<li class="m"><a href="m{n}">Profil {n}</a></li>' for n in range(6))
    html = "".join(
        f'<div class="judul"><a href="b{n}">Warga bersama lurah kerja bakti {n}</a></div>' for n in ITEMS
    )
    assert [(item.url[-2:], item.date) for item in read(menu + html)] == [(f"b{n}", None) for n in ITEMS]


def test_a_card_whose_title_is_no_link_is_listed_by_its_heading() -> None:
    cards = "".join(
        f'<div class="col"><div class="box"><h3>Kerja bakti warga {n}</h3>'
        f'<a href="/detail/kerja-bakti-warga-{n}" class="more"><span>Read More</span></a></div></div>'
        for n in ITEMS
    )
    menu = '<ul><li><a href="/profil">Profil</a></li><li><a href="/kontak">Kontak</a></li></ul>'
    items = read(f'{menu}<h2>Berita</h2><div class="row">{cards}</div>')
    assert [(item.url[-2:], item.title, item.date) for item in items] == [
        (f"-{n}", f"Kerja bakti warga {n}", None) for n in ITEMS
    ]


@pytest.mark.parametrize(
    "heading", ["<h3>Komentar Terbaru</h3>", "<div class='judul'><span>Recent Comments</span></div>"]
)
def test_comments_under_their_heading_date_no_post(heading: str) -> None:
    posts = "".join(f"<li><h3>{LINK}</h3><small>0{{n}} November 2026</small></li>".format(n=n) for n in ITEMS)
    comment = '<ul><li>Ani, 20 November 2026: bagus <a href="b?id=9">Judul ke 9</a></li></ul>'
    items = read(f'<ul>{posts}</ul><div class="box">{heading}{comment}</div>')
    assert [url for url, _, _ in told(items)] == [f"b?id={n}" for n in ITEMS]


@pytest.mark.parametrize(
    "date",
    [
        '<abbr class="published" title="2026-11-0{n}T20:15:00+08:00">20.15</abbr>',
        '<span title="2026-11-0{n} 20:15:00">{n} hari yang lalu</span>',
        '<p class="post-footer"><a href="b?id={n}"><abbr title="2026-11-0{n}T12:15:00Z">20.15</abbr></a></p>',
        '<small class="waktu" data-date="2026-11-0{n} 20:15"><i></i><b>0{n} November 2026</b></small>',
    ],
)
def test_an_attribute_says_exactly_what_the_text_says_roughly(date: str) -> None:
    items = read("".join(f"<li>{LINK} {date}</li>".format(n=n) for n in ITEMS))
    assert [item.date and f"{item.date.at.astimezone(ZONE):%d %H:%M}" for item in items] == [
        f"0{n} 20:15" for n in ITEMS
    ]


def test_an_address_comes_without_what_follows_its_reader() -> None:
    items = read("".join(f'<li><a href="b?id={n}&utm_source=x">Judul</a> 0{n}/11/2026</li>' for n in ITEMS))
    assert [item.url[-6:] for item in items] == [f"b?id={n}" for n in ITEMS]


def test_one_day_heads_two_items_whose_stories_name_another() -> None:
    post = (
        '<div class="post"><h3><a href="/b/{n}">Judul berita ke {n}</a></h3><div><p>Seperti pada 17 Agustus'
        " 2019 warga bekerja bersama dan melanjutkannya sampai 5 Mei 2020 di sungai yang sama.</p></div>"
        '<a href="/b/{n}#komentar">Tidak ada</a></div>'
    )
    days = "".join(
        f'<div class="outer"><h2><span>Rabu, 0{day} Juli 2026</span></h2>'
        f"{''.join(post.format(n=n) for n in posts)}</div>"
        for day, posts in ((8, (1, 2)), (1, (3,)))
    )
    assert [(n[-1], day) for n, _, day in told(read(days))] == [
        ("1", "08-07-2026"),
        ("2", "08-07-2026"),
        ("3", "01-07-2026"),
    ]


def test_an_undated_row_among_dated_ones_is_listed() -> None:
    rows = "".join(
        f'<div class="row"><h3 class="t"><a href="b{n}">Judul ke {n}</a></h3>{when}</div>'
        for n, when in zip(ITEMS, ("<i>1 Nov 2026</i>", "", "<i>3 Nov 2026</i>"), strict=True)
    )
    assert [item.date is None for item in read(rows)] == [False, True, False]


def test_days_that_a_whole_story_names_do_not_date_its_card() -> None:
    card = (
        '<article><h2><a href="/kabar/{n}/">Kerja bakti di lingkungan {n}</a></h2>'
        '<ul class="links"><li><i class="fa fa-calendar"></i> {n} Juni 2026</li></ul>'
        "<p>Kegiatan serupa diadakan pada 17 Agustus 2019 dan berlanjut sampai 20 Mei 2021 saja.</p>"
        "<p>Warga ingat akan 1 Juni 2018, hari jadi lingkungan itu, dan 10 November 2017.</p></article>"
    )
    page = "".join(card.format(n=n) for n in (21, 14, 9, 3))
    assert [day for *_, day in told(read(page))] == ["21-06-2026", "14-06-2026", "09-06-2026", "03-06-2026"]


def test_a_title_that_speaks_of_a_schedule_labels_no_date() -> None:
    rows = "".join(
        f'<li><a href="b?id={n}">Pengumuman jadwal ke {n}</a> <i>0{n}-11-2026</i></li>' for n in ITEMS
    )
    assert [day for *_, day in told(read(f"<ol>{rows}</ol>"))] == ["01-11-2026", "02-11-2026", "03-11-2026"]


def test_a_section_that_every_item_links_is_none_of_them() -> None:
    item = (
        '<div><div class="title"><a href="v/{n}">Judul ke {n}</a></div>'
        '<div class="info">by <a href="u/2">admin</a> » Nov 0{n}, 2026'
        ' in <a href="f/1">Announcements</a></div></div>'
    )
    rows = "".join(item.format(n=n) for n in ITEMS)
    assert [url for url, *_ in told(read(rows))] == ["v/1", "v/2", "v/3"]


def test_a_table_may_shorten_its_years() -> None:
    rows = "".join(
        f'<tr><td>{n}.</td><td>0{n}.11.26</td><td>Judul ke {n}</td><td><a href="n/{n}">Lihat</a></td></tr>'
        for n in ITEMS
    )
    assert told(read(f"<table>{rows}</table>"))[0] == ("n/1", "Judul ke 1", "01-11-2026")


def test_months_beside_plain_titles_are_no_items() -> None:
    titles = "".join(f'<li><a href="2026/11/0{n}/a-{n}/">Gotong royong warga ke {n}</a></li>' for n in ITEMS)
    months = "".join(f'<li><a href="2026/0{n}/">Bulan {n}</a></li>' for n in range(1, 9))
    items = read(f"<ul>{titles}</ul><ul>{months}</ul>")
    assert [item.title for item in items] == [f"Gotong royong warga ke {n}" for n in ITEMS]


def test_a_clock_beside_an_agenda_dates_no_menu() -> None:
    head = '<td><a href="?mod=profil">Profil</a><td>Minggu, 22 November 2026'
    rows = "".join(f'<tr><td><a href="?id={n}">Judul ke {n}</a> <small>0{n}/11/2026</small>' for n in ITEMS)
    body = f"<table><tr>{head}<tr><td><table>{rows}</table><td>Rapat<br>23 November 2026</table>"
    assert [url for url, *_ in told(read(body))] == ["?id=1", "?id=2", "?id=3"]


@pytest.mark.parametrize("first", [1, 40])
def test_a_side_column_that_dates_the_newest_does_not_hide_the_list(first: int) -> None:
    listed = range(first, first + 9)
    cards = "".join(
        f'<article><h2><a class="summary" href="b{n}">Kerja bakti di lingkungan {n}</a></h2>'
        "<p>by admin — last modified Nov 20, 2026</p></article>"
        for n in listed
    )
    side = "".join(
        f'<li><a class="tile" href="b{n}">Kerja bakti di lingkungan {n}</a> <time>Nov 1{n}, 2026</time></li>'
        for n in ITEMS
    )
    items = read(f"<main>{cards}</main><aside><ul>{side}</ul></aside>")
    assert {item.url.rsplit("/", 1)[1] for item in items} == {f"b{n}" for n in (*listed, *ITEMS)}
    assert sum(item.date is not None for item in items) == len(ITEMS)


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("2026-11-04T23:01:00.000Z", "05-11-2026"),
        ("2026-11-05", "04-11-2026"),
        ("2026-11-09T01:00:00Z", "04-11-2026"),
    ],
)
def test_a_day_printed_in_utc_is_told_by_its_attribute(stated: str, day: str) -> None:
    item = (
        '<article><h2><a href="b/{n}">Judul ke {n}</a></h2>'
        '<time datetime="{s}">4 November 2026</time></article>'
    )
    rows = "".join(item.format(n=n, s=stated) for n in ITEMS)
    assert {found for *_, found in told(read(rows))} == {day}


@pytest.mark.parametrize(
    ("clocks", "days"),
    [
        # An office does publish at 20 o'clock, and a program writes 23:50 for a day: that is no UTC.
        (("23:50", "23:50", "00:12"), ["01-11-2026", "02-11-2026", "03-11-2026"]),
        (("20:15", "09:40", "23:50"), ["01-11-2026", "02-11-2026", "03-11-2026"]),
        # None does at 1 and 4 o'clock: its mornings are told by the clock of UTC, and so is its dawn.
        (("01:30", "04:05", "23:50"), ["01-11-2026", "02-11-2026", "04-11-2026"]),
    ],
)
def test_whose_clock_readers_are_told_is_not_decided_around_midnight(
    clocks: tuple[str, ...], days: list[str]
) -> None:
    rows = "".join(
        f'<article><h2><a href="b/{n}">Judul ke {n}</a></h2>'
        f'<time datetime="2026-11-0{n}T{clock}:05Z">{n} Nov 2026, {clock}</time></article>'
        for n, clock in enumerate(clocks, 1)
    )
    assert [found for *_, found in told(read(rows))] == days


def test_a_section_called_activities_is_no_label_of_the_days_that_head_its_posts() -> None:
    rows = "".join(
        f'<h3>{n} November 2026</h3><div><p><a href="b/{n}">Kerja bakti warga {n}</a></p></div>'
        for n in (7, 5, 4, 2)
    )
    days = [found for *_, found in told(read(f"<h2>Kegiatan</h2>{rows}"))]
    assert days == ["07-11-2026", "05-11-2026", "04-11-2026", "02-11-2026"]


ROWS = {
    "titles": '<li><h4><a href="/kabar/{slug}">{title}</a></h4><p>oleh Humas</p></li>',
    "icons": '<tr><td>{n}.</td><td></td><td>{title}</td><td><a href="/kabar/{slug}"><i></i></a></td></tr>',
}
TITLES = ("Lomba kampung hijau", "Donor darah di balai warga", "Kerja bakti warga", "Posyandu lansia melati")


@pytest.mark.parametrize("name", ROWS)
def test_the_last_page_of_a_list_without_days_may_hold_one_item(name: str) -> None:
    def listing(titles: tuple[str, ...], places: frozenset[str] = frozenset(), side: str = "") -> Listing:
        rows = "".join(
            ROWS[name].format(n=n, title=title, slug=title.lower().replace(" ", "-"))
            for n, title in enumerate(titles)
        )
        box = "<table>{}</table>" if name == "icons" else "<ul>{}</ul>"
        html = f'<nav><a href="/profil">Profil dinas</a></nav><h2>Kabar</h2>{box.format(rows)}{side}'
        page = Page(Fetch(URL, Purpose.LISTING), URL, 200, NOW, {}, html.encode())
        return read_listing(parse_document(page), now=NOW, zone=ZONE, places=places)

    first = listing(TITLES)
    assert tuple(item.title for item in first.items) == TITLES
    assert listing(TITLES[:1]).items == ()
    assert [item.title for item in listing(TITLES[:1], first.places).items] == [TITLES[0]]
    popular = "".join(
        f'<li><small>{n} November 2026</small> <a href="/kabar/populer-{n}">Kabar terpopuler ke {n}</a></li>'
        for n in (4, 3, 2)
    )
    beside = listing(TITLES[:1], first.places, f"<aside><h4>Terpopuler</h4><ul>{popular}</ul></aside>")
    assert [item.title for item in beside.items if item.date is None] == [TITLES[0]]


def read_days(texts: list[str]) -> list[str]:
    cards = "".join(
        f'<li><h3><a href="/berita/{n}">Kerja bakti warga {n}</a></h3><ul><li>{text}</li></ul></li>'
        for n, text in enumerate(texts)
    )
    return [day for _, _, day in told(read(f"<main><ul>{cards}</ul></main>"))]


def test_a_year_of_two_figures_in_front_of_the_month_is_told_by_its_list():
    shown = read_days(["26/11/20", "26/11/16", "26/11/09", "26/10/30", "25/12/31"])
    assert shown == ["20-11-2026", "16-11-2026", "09-11-2026", "30-10-2026", "31-12-2025"]


def test_days_in_front_of_a_year_of_two_figures_stay_days():
    shown = read_days(["20/11/26", "16/11/26", "09/11/26", "30/10/26", "26/10/26"])
    assert shown == ["20-11-2026", "16-11-2026", "09-11-2026", "30-10-2026", "26-10-2026"]


@pytest.mark.parametrize(
    "texts",
    [["11-20", "11-16", "11-09", "10-30"], ["20/11", "16/11", "09/11", "30/10"]],
    ids=["month first", "day first"],
)
def test_figures_without_a_year_take_it_from_their_order(texts):
    assert read_days(texts) == ["20-11-2026", "16-11-2026", "09-11-2026", "30-10-2026"]


def test_one_figure_is_a_day_or_a_month_where_the_list_falls_by_them():
    assert read_days(["9/11", "30/10", "8/9", "1/9"]) == [
        "09-11-2026",
        "30-10-2026",
        "08-09-2026",
        "01-09-2026",
    ]


@pytest.mark.parametrize("texts", [["1/20", "2/20", "3/20", "4/20"], ["20-1", "4-3", "13-2", "1-1"]])
def test_counts_of_pages_and_scores_are_no_days(texts):
    assert read_days(texts) == []


@pytest.mark.parametrize(
    "texts",
    [["11-09", "10-08", "09-07", "08-06"], ["20-11", "11-16", "09-11", "10-30"]],
    ids=["nothing tells", "both are told"],
)
def test_figures_that_no_other_explains_date_nothing(texts):
    assert read_days(texts) == []


def test_a_last_page_of_two_cards_beside_five_links_to_what_is_new():
    def link(n: int) -> str:
        return f'<a class="title" href="/berita/{n}" title="Kerja bakti warga {n}">Kerja bakti warga {n}</a>'

    cards = "".join(
        f'<div class="card"><div class="info">{link(n)}<div><span>'
        f'<time datetime="2026-0{n}-11">2026-0{n}-11</time></span>'
        f' <span><a href="/kategori/{name}/">{name}</a></span></div></div></div>'
        for n, name in ((2, "Kegiatan"), (1, "Berita"))
    )
    new = "".join(
        f'<div class="new"><div>{link(n)}<time datetime="2026-0{n}-11">2026-0{n}-11</time></div></div>'
        for n in (9, 8, 7, 6, 5)
    )
    shown = told(
        read(
            f"<main><div><div>{cards}</div></div>"
            f"<div><div><div>Terbaru</div><div>{new}</div></div></div></main>"
        )
    )
    assert [(url, day) for url, _, day in shown] == [
        (f"berita/{n}", f"11-0{n}-2026") for n in (2, 1, 9, 8, 7, 6, 5)
    ]


def test_an_attribute_says_that_the_only_day_of_a_card_is_that_of_editing():
    cards = "".join(
        f'<li><h3><a href="/berita/{n}">Kerja bakti warga {n}</a></h3><span><i></i> '
        f'<span class="history" data-updated="2026-11-{n} 08:00">2026-11-{n} 08:00</span></span></li>'
        for n in (20, 18, 15, 11)
    )
    assert told(read(f"<main><ul>{cards}</ul></main>")) == []


def test_the_last_row_of_a_table_that_is_never_closed_is_a_card_like_the_others() -> None:
    rows = "".join(
        f"<tr><td><li><a href=b/kegiatan-dinas-{n}>Kegiatan dinas hari ke {n}</a><p><i>{n} Nov 2026</i><p>Isi"
        for n in (4, 3, 2, 1)
    )
    ticker = "".join(
        f"<a href=b/kegiatan-dinas-{n}>Kegiatan dinas hari ke {n}</a>: isi … " for n in (4, 3, 2)
    )
    side = f"<td valign=top><div>Terkini: <marquee>{ticker}</marquee></div></td></tr></table>"
    items = read(f"<table width=900><tr><td>Menu<td><table border=0>{rows}</td>{side}")
    assert [day for _, _, day in told(items)] == ["04-11-2026", "03-11-2026", "02-11-2026", "01-11-2026"]


def test_a_roman_month_is_a_date_where_it_stands_alone() -> None:
    item = "<li><a href=b/{0}>Rapat koordinasi bidang {0}</a> {1}{0}-XI-2026{2}<br>Isi berita</li>"
    alone = read("".join(item.format(n, "<small>", "</small>") for n in (13, 12, 11)))
    assert [day for _, _, day in told(alone)] == ["13-11-2026", "12-11-2026", "11-11-2026"]
    # Whatever day the title speaks of.
    titled = read("".join(item.format(n, "(12/11/2026) <small>", "</small>") for n in (13, 12, 11)))
    assert [day for _, _, day in told(titled)] == ["13-11-2026", "12-11-2026", "11-11-2026"]
    # Behind other words it may be a letter's number.
    assert not told(read("".join(item.format(n, "", "") for n in (13, 12, 11))))


def test_a_lone_card_behind_a_button_at_the_end_of_its_excerpt_is_a_post() -> None:
    address = "/kabar/penanaman-bibit-di-pesisir-utara"
    excerpt = f"<p>Warga menanam bibit di pesisir sepanjang pagi… <a href={address}>Selengkapnya</a></p>"
    head = "<h5>Penanaman Bibit di Pesisir Utara</h5><a href=/penulis/humas>Humas</a> 27 Agustus 2026"
    (item,) = read(f"<main><h2>Pengumuman</h2><div class=kartu>{head}{excerpt}</div></main>")
    assert item.title == "Penanaman Bibit di Pesisir Utara"
    assert item.url.endswith(address)


def test_the_figures_of_a_pager_are_no_cards_whose_buttons_stand_alike() -> None:
    cards = "".join(
        f"<li>Kegiatan warga di balai nomor {n} <small>Diposting dalam kategori Umum</small><br>Isi berita… "
        f"<a class=btn href='/index.php?modul=berita&aksi=baca&id={n}'>Selengkapnya</a></li>"
        for n in (14, 13, 11, 9)
    )
    pager = "".join(f"<li><a href='/index.php?modul=berita&p={n}'>{n}</a></li>" for n in range(2, 7))
    items = read(f"<main><ul class=posts>{cards}</ul><ul class=pagination>{pager}</ul></main>")
    assert [item.url.rpartition("=")[2] for item in items] == ["14", "13", "11", "9"]


def test_posts_of_a_box_beside_the_list_alone_are_marked():
    def card(number: int, day: str) -> str:
        return f'<li><small>{day}</small> <a href="berita/{number}">Judul panjang ke {number}</a></li>'

    own = f"<ul>{''.join(card(n, f'0{n} Nov 2026') for n in range(1, 8))}</ul>"
    box = f"<aside><ul>{''.join(card(n, '05 Mei 2026') for n in (3, 8, 9))}</ul></aside>"
    beside = {item.url.rpartition("/")[2] for item in read(f"<main>{own}</main>{box}") if item.is_beside}
    assert beside == {"8", "9"}
    assert not any(item.is_beside for item in read(f'<div class="sidebar">{own}</div>'))


def test_a_section_in_a_heading_of_its_own_is_no_title_of_its_card():
    cards = "".join(
        f'<article><h6><a href="/kategori/kegiatan">Kegiatan</a></h6><h3>Rapat kerja warga ke-{n}</h3>'
        f'<p>Ringkas <a class="btn" href="berita/rapat-kerja-warga-{n}">Selengkapnya</a></p></article>'
        for n in ITEMS
    )
    assert [item.title for item in read(cards)] == [f"Rapat kerja warga ke-{n}" for n in ITEMS]


def test_the_way_to_the_next_page_is_no_button_of_a_card():
    cards = "".join(
        f"<li>Rapat kerja warga ke-{n} <small>Diposting oleh admin pada 0{n}-11-26, dibaca 9 kali</small><br>"
        f'Ringkas … <a href="berita/rapat-kerja-warga-{n}">Selengkapnya</a></li>'
        for n in ITEMS
    )
    pager = '<ul><li><a href="berita?p=2">2</a></li><li><a href="berita?p=2">Selanjutnya</a></li></ul>'
    assert len(told(read(f"<ul>{cards}</ul>{pager}"))) == len(ITEMS)


HEADED = "<h3>{day}</h3><tr><td><li><a href=b?id={n}>Judul panjang ke {n}</a><p>Isi berita.</p>"


def test_days_that_close_the_record_before_head_the_next():
    rows = "".join(HEADED.format(day=f"{9 - n} November 2026", n=n) for n in (1, 2, 3, 4))
    found = told(read(f"<table><tr><td><h2>Kabar</h2>{rows}</table>"))
    assert [day for _, _, day in found] == [f"{9 - n:02}-11-2026" for n in (1, 2, 3, 4)]


@pytest.mark.parametrize("excerpt", ["<div>{}</div>", "<p><span>{}</span></p>"])
def test_an_excerpt_that_is_a_link_dates_no_card(excerpt: str) -> None:
    """Every excerpt names a day of its own, and stands before the day of its post (Odoo)."""
    told = [
        (21, "Kamis siang (19/11/2026)"),
        (18, "Senin siang (16/11/2026)"),
        (14, "Jumat siang (13/11/2026)"),
    ]
    cards = "".join(
        f'<article><div><a href="/kabar/{day}-rapat-warga">Rapat warga di RW {day}</a><div>'
        f'<a href="/kabar/{day}-rapat-warga">'
        + excerpt.format(f"Suasana rapat tampak ramai pada {said} ketika lurah berdialog dengan warga.")
        + f"</a></div></div><div><time>{day} Nov 2026</time></div></article>"
        for day, said in told
    )
    assert [item.date.at.day for item in read(cards) if item.date] == [20, 17, 13]


def test_a_day_in_a_block_of_a_link_dates_its_card() -> None:
    cards = "".join(
        f'<article><h3><a href="/kabar/{day}-rapat-warga">Rapat warga di RW {day}</a></h3>'
        f'<a href="/kabar/{day}-rapat-warga"><div>{day} November 2026</div></a></article>'
        for day in (21, 18, 14)
    )
    assert len([item for item in read(cards) if item.date]) == 3
