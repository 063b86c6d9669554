"""Small sites of odd surface: what their posts' days are told by, where their lists stand and go on."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from activity.agency import Account, Channel
from activity.outcome import Outcome
from activity.testing import drive
from activity.visit import Harvest, Page, Target, Window
from crawler.visits.site.website import visit
from testkit.zone import JAKARTA as ZONE
from tests.awkward.days import MONTHS

NOW = datetime(2026, 11, 27, 13, tzinfo=UTC)
SINCE = datetime(2026, 1, 1, tzinfo=ZONE)
HOME = "https://mawar.go.id/"
WORDS = [
    "Panen",
    "Lomba",
    "Pasar",
    "Senam",
    "Arisan",
    "Pawai",
    "Donor",
    "Rapat",
    "Kirab",
    "Bazar",
    "Arak",
    "Doa",
]
WEEKDAYS = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")
MOMENTS = [datetime(2026, 11, 25, 22, 40, tzinfo=ZONE) - timedelta(days=9 * n) for n in range(12)]
DUE = {f"{word} warga di lapangan kelurahan": f"{m:%Y-%m-%d}" for word, m in zip(WORDS, MOMENTS, strict=True)}
TITLES = list(DUE)
ADDRESSES = (
    "/index.php?option=com_content&amp;view=category&amp;id=3&amp;Itemid=21",
    "/list.php?PHPSESSID=a81ff02c97",
    "/(S(k4x81qz22))/daftar.aspx",
)
STORY = "<p>Warga datang sejak pagi dan kegiatan berjalan tertib sampai selesai di sore hari itu.</p>" * 3

Answer = Callable[[str, dict[str, str]], str | None]


def read(answer: Answer) -> Harvest:
    def respond(fetch):
        parts = urlsplit(fetch.url)
        said = answer(parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()})
        if said is None:
            return Page(fetch, fetch.url, 404, NOW)
        kind = "application/json" if said.startswith("{") else "text/html"
        return Page(fetch, fetch.url, 200, NOW, headers={"content-type": kind}, body=said.encode())

    goal = Target(Account(1, "mawar", Channel.WEBSITE, HOME), Window(SINCE, NOW), ZONE)
    harvest, _ = drive(visit(goal), respond, NOW)
    return harvest


def days_of(harvest: Harvest) -> dict[str, str | None]:
    return {
        post.title: None if post.date is None else f"{post.date.at.astimezone(ZONE):%Y-%m-%d}"
        for post in harvest.posts
    }


def long(n: int) -> str:
    return f"{MOMENTS[n].day} {MONTHS[MOMENTS[n].month - 1]} {MOMENTS[n].year}"


def card(n: int, date: str, url: str = "") -> str:
    return f"<div class=item><h4><a href='{url or f'/baca/{n}'}'>{TITLES[n]}</a></h4><p>{date}</p></div>"


def story(path: str, date: Callable[[int], str], text: str = STORY) -> str | None:
    number = path.rpartition("/")[2]
    if not path.startswith("/baca/") or not number.isdigit():
        return None
    n = int(number)
    return f"<title>{TITLES[n]}</title><h1>{TITLES[n]}</h1><p>{date(n)}</p>{text}"


def cards(date: Callable[[int], str], numbers: range = range(12)) -> str:
    return "".join(card(n, date(n)) for n in numbers)


FORMS: dict[str, Callable[[int], str]] = {
    "figures behind a weekday": lambda n: (
        f"Operator | {WEEKDAYS[MOMENTS[n].weekday()]}, {MOMENTS[n]:%d/%m} | dibaca {n * 3} kali"
    ),
    "a sentence": lambda n: f"Diposting oleh admin pada {MOMENTS[n]:%d-%m-%y} dalam kategori Umum",
    "the evening called UTC": lambda n: (
        f'<time datetime="{MOMENTS[n]:%Y-%m-%dT%H:%M:%SZ}">{long(n)}, {MOMENTS[n]:%H:%M}</time>'
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_day_is_read_in_any_form(form: str) -> None:
    said = FORMS[form]

    def answer(path: str, _: dict[str, str]) -> str | None:
        return cards(said) if path == "/" else story(path, said)

    assert days_of(read(answer)) == DUE


def test_a_letter_that_a_story_names_does_not_unseat_the_list() -> None:
    def said(n: int) -> str:
        return f"<ul><li>{long(n)} | {MOMENTS[n]:%H.%M} WIB</li><li>Dibaca {n} kali</li></ul>"

    def answer(path: str, _: dict[str, str]) -> str | None:
        number, letter = path.rpartition("/")[2], ""
        if number.isdigit() and int(number) % 3 == 0:
            day = long(int(number) + 1)
            letter = f"<p>Berdasarkan Edaran Nomor 800/12/2026 tanggal {day}, warga hadir.</p>"
        return cards(said) if path == "/" else story(path, said, letter + STORY)

    assert days_of(read(answer)) == DUE


def test_an_office_in_utc_is_not_taken_for_one_that_calls_its_evening_utc() -> None:
    mornings = [moment.replace(hour=9 - n % 3).astimezone(UTC) for n, moment in enumerate(MOMENTS)]

    def said(n: int) -> str:
        return f'<time datetime="{mornings[n]:%Y-%m-%dT%H:%M:%SZ}">{mornings[n]:%Y-%m-%d %H:%M}</time>'

    harvest = read(lambda path, _: cards(said) if path == "/" else story(path, said))
    assert {post.date.at for post in harvest.posts if post.date} == {m.replace(second=0) for m in mornings}


@pytest.mark.parametrize("said", ["meta", "nothing"])
def test_a_list_goes_on_in_json_to_its_end(said: str) -> None:
    """A page of records that names no button is no end: the next is named in it, or counted."""

    def answer(path: str, query: dict[str, str]) -> str | None:
        if path == "/":
            return cards(long, range(4)) + '<button data-next="/api/kabar?page=2">Lebih banyak</button>'
        if path != "/api/kabar":
            return story(path, long)
        page = int(query["page"])
        records = [
            {"id": n, "judul": TITLES[n], "url": f"{HOME}baca/{n}", "tanggal": f"{MOMENTS[n]:%Y-%m-%d}"}
            for n in range(12)[page * 4 - 4 : page * 4]
        ]
        meta = {"meta": {"current_page": page, "last_page": 3}} if said == "meta" else {}
        return json.dumps({"data": records, **meta})

    harvest = read(answer)
    assert days_of(harvest) == DUE
    assert harvest.complete_since == SINCE


FAILED = {
    "records in words unknown": '{"data": [{"x": 1, "y": "abc"}]}',
    "an answer without a list": '{"status": false, "message": "Unauthorized"}',
    "words of a failure": "<p>Terjadi kesalahan</p>",
}


@pytest.mark.parametrize("failure", FAILED)
def test_a_button_that_brings_no_posts_may_have_failed(failure: str) -> None:
    def answer(path: str, _: dict[str, str]) -> str | None:
        if path == "/":
            return cards(long, range(4)) + '<button data-next="/api/kabar?page=2">Lebih banyak</button>'
        return FAILED[failure] if path == "/api/kabar" else story(path, long)

    assert claims_no_more_than(3, read(answer))


@pytest.mark.parametrize("second", ["<p>Data tidak ditemukan</p>", "<h2>Masuk</h2><input type='password'>"])
def test_a_page_without_posts_is_no_end_where_the_pager_goes_on(second: str) -> None:
    pager = "".join(f"<a href='/?page={page}'>{page}</a> " for page in (1, 2, 3))

    def answer(path: str, query: dict[str, str]) -> str | None:
        if path != "/":
            return story(path, long)
        return (second if query.get("page", "1") != "1" else cards(long, range(4))) + pager

    assert claims_no_more_than(3, read(answer))


def test_an_empty_page_behind_the_last_one_is_the_end() -> None:
    def answer(path: str, query: dict[str, str]) -> str | None:
        if path != "/":
            return story(path, long)
        page = int(query.get("page", "1"))
        shown = cards(long, range(12)[page * 6 - 6 : page * 6]) or "<p>Belum ada data</p>"
        return shown + "".join(f"<a href='/?page={page}'>{page}</a> " for page in (1, 2, 3))

    assert read(answer).complete_since == SINCE


def claims_no_more_than(n: int, harvest: Harvest) -> bool:
    """Whether nothing before the post `n` is claimed."""
    claimed = harvest.complete_since
    return claimed is None or claimed.astimezone(ZONE).date() >= MOMENTS[n].date()


def test_a_portal_without_a_list_of_all_is_read_by_its_categories() -> None:
    menu = "".join(f"<a href='/kategori/{name}'>{name}</a>" for name in ("Umum", "Warga", "Usaha"))

    def answer(path: str, _: dict[str, str]) -> str | None:
        if path == "/":
            return menu + cards(long, range(4))
        for n, name in enumerate(("Umum", "Warga", "Usaha")):
            if path == f"/kategori/{name}":
                return menu + cards(long, range(n, 12, 3))
        return story(path, long)

    assert days_of(read(answer)) == DUE


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_menu_names_its_list_whatever_numbers_the_address_bears(address: str) -> None:
    def answer(path: str, query: dict[str, str]) -> str | None:
        if path == "/":
            return f'<a href="{address}">Berita</a>' + cards(long, range(3))
        named = {"view", "PHPSESSID"} & set(query) or path.endswith("/daftar.aspx")
        return cards(long) if named else story(path, long)

    assert days_of(read(answer)) == DUE


def test_files_that_a_script_hands_out_are_posts() -> None:
    def answer(path: str, _: dict[str, str]) -> str | None:
        if path == "/":
            return "".join(card(n, long(n), f"/unduh.php?id={n}") for n in range(12))
        return None

    harvest = read(answer)
    assert days_of(harvest) == DUE
    assert harvest.outcome is Outcome.OK


def test_the_day_of_an_upload_goes_before_that_of_a_letter() -> None:
    def letter(n: int) -> str:
        return f"{MOMENTS[n] - timedelta(days=n % 4 + 1):%d-%m-%Y}"

    def row(n: int) -> str:
        return (
            f"<tr><td>{n}/SE/2026</td><td>{letter(n)}</td><td><a href='/baca/{n}'>{TITLES[n]}</a></td>"
            f"<td>{MOMENTS[n]:%d-%m-%Y}</td></tr>"
        )

    def told(n: int) -> str:
        return (
            f"<table><tr><td>Tanggal Surat</td><td>{letter(n)}</td></tr>"
            f"<tr><td>Tanggal Upload</td><td>{MOMENTS[n]:%d-%m-%Y}</td></tr></table>"
        )

    head = "<tr><th>Nomor</th><th>Tgl Surat</th><th>Perihal</th><th>Tgl Upload</th></tr>"
    table = f"<table>{head}{''.join(map(row, range(12)))}</table>"
    assert days_of(read(lambda path, _: table if path == "/" else story(path, told))) == DUE


@pytest.mark.parametrize("names", [("panel-heading", "panel-body", "panel-footer"), ("a1", "b2", "c3")])
def test_a_panel_whose_only_link_says_read_more(names: tuple[str, str, str]) -> None:
    """Its footer is its own, not the site's, and its title what stands first, not the longer teaser."""
    head, body, foot = names
    panels = "".join(
        f"<div><div class={head}>{TITLES[n]}</div><div class={body}>Warga datang sejak pagi dan kegiatan ini "
        f"berjalan tertib sampai selesai</div><div class={foot}>{MOMENTS[n]:%d-%m-%Y} <a href='/baca/{n}'>"
        "Baca Selengkapnya</a></div></div>"
        for n in range(12)
    )
    assert days_of(read(lambda path, _: panels if path == "/" else story(path, long))) == DUE


def test_a_button_that_asks_for_the_next_number_continues_whatever_it_says() -> None:
    def part(page: int) -> str:
        more = f'<button hx-get="/potongan?page={page + 1}">Lagi</button>' if page < 3 else ""
        return cards(long, range(12)[page * 4 - 4 : page * 4]) + more

    def answer(path: str, query: dict[str, str]) -> str | None:
        if path == "/potongan":
            return part(int(query["page"]))
        return part(1) if path == "/" else story(path, long)

    assert days_of(read(answer)) == DUE


def test_two_cards_in_a_row_of_a_layout_table_are_two() -> None:
    cells = [
        f"<td><b><a href='/baca/{n}'>{TITLES[n]}</a></b><br>"
        f"<font size=1>({MOMENTS[n]:%d/%m/%y - %H:%M})</font></td>"
        for n in range(12)
    ]
    rows = "".join(f"<tr>{cells[n]}{cells[n + 1]}</tr>" for n in range(0, 12, 2))
    page = f"<table>{rows}</table>"
    assert days_of(read(lambda path, _: page if path == "/" else story(path, long))) == DUE


def test_the_button_of_an_accordion_is_its_heading() -> None:
    items = "".join(
        f"<div><h2><button>{TITLES[n]}</button></h2><div><p>Warga datang sejak pagi dan kegiatan tertib</p>"
        f"<small>Tayang {long(n)}</small> <a href='/baca/{n}'>Detail</a></div></div>"
        for n in range(12)
    )
    assert days_of(read(lambda path, _: items if path == "/" else story(path, long))) == DUE


def test_pages_of_another_name_that_say_their_number_continue_a_list() -> None:
    def answer(path: str, _: dict[str, str]) -> str | None:
        number = {"/semua-berita.html": 1, "/halberita-2.html": 2, "/halberita-3.html": 3}.get(path)
        if path == "/":
            return "<a href='/semua-berita.html'>Berita</a>" + cards(long, range(2))
        if number is None:
            return story(path, long)
        pager = "".join(
            f"<b>{page}</b> " if page == number else f"<a href='/halberita-{page}.html'>{page}</a> "
            for page in (1, 2, 3)
        )
        return cards(long, range(12)[number * 4 - 4 : number * 4]) + pager

    assert days_of(read(answer)) == DUE


@pytest.mark.parametrize("attribute", ["onclick=\"location.href='/baca/{}'\"", 'data-href="/baca/{}"'])
def test_a_card_that_a_script_makes_a_link_of_is_one(attribute: str) -> None:
    page = "".join(
        f"<div class=card {attribute.format(n)}><h5>{TITLES[n]}</h5><small>{long(n)}</small></div>"
        for n in range(12)
    )
    assert days_of(read(lambda path, _: page if path == "/" else story(path, long))) == DUE


def test_a_list_in_a_frame_of_its_own_site_is_read() -> None:
    def answer(path: str, _: dict[str, str]) -> str | None:
        if path in {"/", "/berita"}:
            frame = "<iframe src='/modul/berita.php'></iframe>" if path == "/berita" else ""
            return f"<a href='/berita'>Berita</a><p>Selamat datang</p>{frame}"
        return cards(long) if path == "/modul/berita.php" else story(path, long)

    assert days_of(read(answer)) == DUE


def test_the_menu_of_a_frameset_leads_to_the_news() -> None:
    frames = "<frame src='/atas.html'><frame src='/menu.html'><frame src='/isi.html'>"
    links = "<a href='/isi.html'>Beranda</a><a href='/profil.html'>Profil</a><a href='/berita.php'>Berita</a>"
    pages = {
        "/": f"<frameset rows='90,*'>{frames}</frameset>",
        "/atas.html": "<h1>Dinas Pertanian</h1>",
        "/menu.html": links,
        "/isi.html": "<p>Selamat datang di situs kami</p>",
        "/berita.php": cards(long),
    }
    assert days_of(read(lambda path, _: pages.get(path) or story(path, long))) == DUE


def test_a_title_that_begins_like_a_buttons_word_is_a_title() -> None:
    def named(text: str) -> str:
        return text.replace(TITLES[4], "Buka Puasa")

    def answer(path: str, _: dict[str, str]) -> str | None:
        page = cards(long) if path == "/" else story(path, long)
        return None if page is None else named(page)

    assert days_of(read(answer)) == {named(title): day for title, day in DUE.items()}
