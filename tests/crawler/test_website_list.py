from datetime import UTC, datetime, timedelta

import pytest

from activity.agency import Account, Channel
from activity.outcome import Outcome
from activity.post import Precision
from activity.testing import drive
from activity.visit import Budget, Page, Target, Window
from crawler.visits.site.website import visit
from samplecity.almanac import MONTHS
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 3, 2, 14, tzinfo=UTC)
SINCE = datetime(2026, 1, 1, tzinfo=ZONE)
HOME = "https://contoh.go.id/"
TEXT = "<p>Warga berkumpul di balai desa untuk membahas rencana kerja bersama lurah.</p>" * 6


def target(**changes):
    return Target(Account(1, "contoh", Channel.WEBSITE, HOME), Window(SINCE, NOW), ZONE, **changes)


def run(answer, goal=None):
    def respond(fetch):
        found = answer(fetch.url)
        if found is None:
            return Page(fetch, fetch.url, 404, NOW)
        headers = {"content-type": "application/xml" if found.startswith("<?xml") else "text/html"}
        return Page(fetch, fetch.url, 200, NOW, headers=headers, body=found.encode())

    return drive(visit(goal or target()), respond, NOW)


def again(harvest, **changes):
    known = frozenset(post.key for post in harvest.posts)
    return target(memory=harvest.memory, known=known, **changes)


def day(number, *, step=3):
    return datetime(2026, 3, 1, tzinfo=ZONE) - timedelta(days=step * number)


def written(moment):
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def card(url, number, date):
    return (
        f"<div class=item><h3><a href='{url}'>Rapat kerja warga ke-{number}</a></h3><span>{date}</span></div>"
    )


def page(*parts):
    menu = "<a href='/?page=profil'>Profil</a><a href='/?page=berita'>Berita</a>"
    return f"<html><body><nav>{menu}</nav><main>{''.join(parts)}</main></body></html>"


def portal(url, *, count=40, size=8):
    """A hand-written portal: `?page=berita&hal=2`, `?page=berita&id=12`, dates in words."""
    if url == HOME:
        return page(
            "<h2>Terkini</h2>", *(card(f"?page=berita&id={count - n}", n, written(day(n))) for n in range(4))
        )
    if url.startswith(f"{HOME}?page=berita&id="):
        number = count - int(url.rpartition("=")[2])
        return page(
            f"<article><h1>Rapat kerja warga ke-{number}</h1><p>{written(day(number))}</p>{TEXT}</article>"
        )
    if url.startswith(f"{HOME}?page=berita"):
        hal = int(url.rpartition("=")[2]) if "hal=" in url else 1
        cards = [
            card(f"?page=berita&id={count - n}", n, written(day(n)))
            for n in range((hal - 1) * size, hal * size)
        ]
        links = "".join(f"<a href='?page=berita&hal={n}'>{n}</a>" for n in range(1, count // size + 1))
        return page(*cards, f"<div class=pagination>{links}</div>")
    return None


def test_a_portal_of_query_addresses():
    harvest, asked = run(portal)
    assert {p.key for p in harvest.posts} == {f"/?id={40 - n}&page=berita" for n in range(20)}
    assert {p.date.at.astimezone(ZONE) for p in harvest.posts} == {day(n) for n in range(20)}
    assert harvest.complete_since == SINCE
    # Three articles confirm the dates of the list.
    assert len(asked) <= 8 + 3


def test_its_unchanged_night_and_its_next_post():
    first, _ = run(portal)
    second, asked = run(portal, again(first))
    assert (second.outcome, len(asked)) == (Outcome.UNCHANGED, 1)

    def tomorrow(url):
        text = portal(url)
        if text is None or "id=" in url.removeprefix(HOME):
            return text
        return text.replace("<main>", "<main>" + card("?page=berita&id=41", -1, "2 Maret 2026"), 1)

    third, asked = run(tomorrow, again(first))
    assert "/?id=41&page=berita" in {p.key for p in third.posts}
    assert len(asked) <= 2


def test_a_budget_is_made_up_for_the_next_night():
    whole, _ = run(portal)
    first, _ = run(portal, target(budget=Budget(requests=3)))
    assert first.outcome is Outcome.LIMITED
    assert first.complete_since is None or first.complete_since > SINCE
    found = {p.key for p in first.posts}
    second, _ = run(portal, again(first))
    assert found | {p.key for p in second.posts} == {p.key for p in whole.posts}


def relative(url):
    def ago(number):
        days = (NOW - day(number)).days
        return f"{days} hari yang lalu" if days < 30 else f"{days // 30} bulan yang lalu"

    if url in {HOME, f"{HOME}berita", f"{HOME}berita/"}:
        return page(*(card(f"/berita/rapat-kerja-warga-{n}", n, ago(n)) for n in range(30)))
    if url.startswith(f"{HOME}berita/"):
        number = int(url.rpartition("-")[2])
        date = ago(number) if number % 2 else written(day(number))
        return page(
            f"<article><h1>Rapat kerja warga ke-{number}</h1><p>Diposting: {date}</p>{TEXT}</article>"
        )
    return None


def test_relative_dates_yield_to_exact_ones():
    harvest, _ = run(relative)
    exact = {p.key: p.date for p in harvest.posts if p.date.precision.names_a_day}
    assert all(exact[f"/berita/rapat-kerja-warga-{n}"].at.astimezone(ZONE) == day(n) for n in range(0, 20, 2))
    coarse = [p.date for p in harvest.posts if not p.date.precision.names_a_day]
    assert coarse
    assert {date.precision for date in coarse} <= {Precision.WEEK, Precision.MONTH}


def only_sitemap(url):
    if url == HOME:
        return f"<html><body><h1>Dinas</h1>{TEXT}<a href='/profil'>Profil</a></body></html>"
    if url == f"{HOME}sitemap.xml":
        rows = "".join(
            f"<url><loc>{HOME}{path}</loc><lastmod>2026-03-01</lastmod></url>"
            for path in ["", "profil", "tag/warga", *(f"artikel/rapat-kerja-warga-{n}" for n in range(25))]
        )
        return f"<?xml version='1.0'?><urlset>{rows}</urlset>"
    if url.startswith(f"{HOME}artikel/rapat"):
        number = int(url.rpartition("-")[2])
        meta = f"<meta property='article:published_time' content='{day(number).isoformat()}'>"
        return (
            f"<html><head><meta property='og:type' content='article'>{meta}</head><body><article>"
            f"<h1>Rapat kerja warga ke-{number}</h1>{TEXT}</article></body></html>"
        )
    return None


def test_a_sitemap_is_dated_by_its_articles_and_never_by_lastmod():
    harvest, _ = run(only_sitemap)
    assert {p.key for p in harvest.posts} == {f"/artikel/rapat-kerja-warga-{n}" for n in range(20)}
    assert all(p.date.at.astimezone(ZONE) == day(int(p.key.rpartition("-")[2])) for p in harvest.posts)
    second, asked = run(only_sitemap, again(harvest))
    assert (second.outcome, len(asked)) == (Outcome.UNCHANGED, 1)


@pytest.mark.parametrize("slug", ["berita-duka", "warta-warga"])
def test_a_post_of_a_map_that_is_called_as_a_list_is_read_as_a_post(slug):
    def answer(url):
        if url == f"{HOME}sitemap.xml":
            return only_sitemap(url).replace("<url>", f"<url><loc>{HOME}artikel/{slug}</loc></url><url>", 1)
        return only_sitemap(f"{HOME}artikel/rapat-kerja-warga-3" if url == f"{HOME}artikel/{slug}" else url)

    harvest, _ = run(answer)
    assert f"/artikel/{slug}" in {post.key for post in harvest.posts}


def rising(last):
    """A list that begins with its oldest posts, eight a page."""

    def answer(url):
        if url != HOME and not url.startswith(f"{HOME}?hal="):
            return None
        hal = 1 if url == HOME else int(url.rpartition("=")[2])
        cards = [card(f"/berita/rapat-kerja-{100 - n}", n, written(day(n))) for n in range(39, last - 1, -1)]
        pages = -(-len(cards) // 8)
        links = "".join(f"<a href='/?hal={n}'>{n}</a>" for n in range(1, pages + 1))
        return page(*cards[(hal - 1) * 8 : hal * 8], links)

    return answer


def test_a_list_that_begins_with_its_oldest_is_watched_at_its_end():
    first, _ = run(rising(2))
    assert {p.date.at.astimezone(ZONE) for p in first.posts} == {day(n) for n in range(2, 20)}
    second, asked = run(rising(2), again(first))
    assert (second.outcome, len(asked)) == (Outcome.UNCHANGED, 1)
    known = frozenset(p.key for p in first.posts)
    third, asked = run(rising(-1), target(memory=second.memory, known=known))
    assert {"/berita/rapat-kerja-100", "/berita/rapat-kerja-99"} <= {p.key for p in third.posts}
    assert len(asked) <= 3


def months(url):
    """Only the newest four on the home page, the rest in archives of a month."""
    links = "".join(f"<a href='/2026/{m:02}/'>{MONTHS[m - 1]} 2026</a>" for m in (3, 2, 1))
    cards = [(day(n), card(f"/2026/rapat-kerja-warga-{n}", n, written(day(n)))) for n in range(40)]
    if url == HOME:
        return page(*(text for _, text in cards[:4]), links)
    path = url.removeprefix(HOME).strip("/").split("/")
    if len(path) == 2 and path[0] == "2026" and path[1].isdigit():
        return page(*(text for moment, text in cards if moment.month == int(path[1]) and moment.year == 2026))
    return None


def test_month_archives_continue_a_short_list():
    harvest, _ = run(months)
    assert len(harvest.posts) == 20
    assert harvest.complete_since == SINCE


def undated_home(url):
    """The home page and its pages behind show no day, the archive that it links shows all."""
    path = url.removeprefix(HOME).strip("/")
    if path == "arsip":
        return page(*(card(f"/rapat-kerja-warga-{n}", n, written(day(n))) for n in range(40)))
    if path.startswith("rapat"):
        return page(f"<h1>Rapat</h1><time>{written(day(int(path.rpartition('-')[2])))}</time>{TEXT}")
    if path and not path.startswith("page/"):
        return None
    number = int(path.removeprefix("page/") or 1)
    cards = (card(f"/rapat-kerja-warga-{n}", n, "") for n in range(8 * number - 8, min(8 * number, 40)))
    following = f"<a rel=next href='/page/{number + 1}/'>Berikutnya</a>" if number < 5 else ""
    return page(*cards, following, "<a href='/arsip/'>Arsip</a>")


def test_a_list_without_days_waits_for_one_that_tells_them():
    harvest, asked = run(undated_home)
    assert [post.date.at for post in harvest.posts] == [day(n) for n in range(20)]
    articles = [fetch for fetch in asked if "rapat-kerja-warga" in fetch.url]
    # Three confirm the archive's days, and one is read for its minute.
    assert len(articles) <= 4
    # Its second page shows that its posts are the archive's, which was read to its end.
    assert f"{HOME}page/3/" not in [fetch.url for fetch in asked]
    assert harvest.complete_since == SINCE


def test_an_archive_comes_before_categories_and_links_that_lead_nowhere():
    def answer(url):
        if url == f"{HOME}kategori/berita/":
            return page(*(card(f"/rapat-kerja-warga-{n}", n, "") for n in range(0, 40, 2)))
        known = undated_home(url)
        doors = "".join(f"<a href='/blog/{name}/'>Blog</a>" for name in ("kategori", "tag"))
        menu = f"<a href='/kategori/berita/'>Berita</a> {doors}"
        return known and known.replace("'/arsip/'>Arsip", "'/arsip/'>归档").replace("<body>", f"<body>{menu}")

    harvest, asked = run(answer)
    lists = [
        fetch.url for fetch in asked if fetch.url.rstrip("/").rpartition("/")[2] in {"berita", "tag", "arsip"}
    ]
    assert lists[0] == f"{HOME}arsip/"
    assert sum("rapat-kerja-warga" in fetch.url for fetch in asked) <= 4
    assert harvest.complete_since == SINCE


def endless_calendar(url):
    number = int(url.rpartition("=")[2]) if url[-1].isdigit() and "=" in url else 1
    cards = [card(f"/kalender/{number}-{n}-acara-warga", n, "") for n in range(3)]
    return page(*cards, f"<a rel=next href='/?page={number + 1}'>Berikutnya</a>")


def loop_of_next(url):
    cards = [card(f"/berita/rapat-kerja-{n}", n, written(day(n))) for n in range(6)]
    other = "b" if "a" in url.rpartition("=")[2] else "a"
    return page(*cards, f"<a rel=next href='/?lanjut={other}'>Berikutnya</a>")


def many_links(url):
    return page(*(f"<a href='/x/{n}'>tautan nomor {n}</a>" for n in range(20_000))) if url == HOME else None


def odd_bytes(url):
    return f"<html>\x00<a href='http://[::1'>x</a><a href='//'>y</a><time datetime='0000-00-00'>{url}</time>"


@pytest.mark.parametrize("site", [endless_calendar, loop_of_next, many_links, odd_bytes])
def test_no_site_holds_a_visit_for_ever(site):
    harvest, asked = run(site, target(budget=Budget(requests=60)))
    assert len(asked) <= 40
    assert isinstance(harvest.outcome, Outcome)


def test_a_loop_ends_by_itself():
    harvest, asked = run(loop_of_next)
    assert len(harvest.posts) == 6
    # A list that turns in a circle proves nothing: feeds are guessed, and three articles read.
    assert harvest.complete_since is None
    assert len(asked) <= 10 + 12


def pages_of_cards(cards):
    """Three pages of a list, each with a link to the next, from what stands on them."""
    links = [*(f"<a rel=next href=/berita?page={n}>Berikutnya</a>" for n in (2, 3)), ""]
    urls = (f"{HOME}berita", f"{HOME}berita?page=2", f"{HOME}berita?page=3")
    return {url: f"<main>{body}{link}</main>" for url, body, link in zip(urls, cards, links, strict=True)}


def dated(number, title=None):
    at = NOW - timedelta(days=number)
    title = title or f"Kegiatan warga kelurahan nomor {number}"
    head = f"<h3><a href=/berita/kegiatan-{number}>{title}</a></h3>"
    return f"<article>{head}<span class=tgl>{at:%d/%m/%Y}</span></article>"


@pytest.mark.parametrize(
    ("middle", "whole"),
    [
        pytest.param("".join(map(dated, range(20, 30))), True, id="all shown"),
        pytest.param("<p>Memuat berita warga …</p>", False, id="a page in the midst shows nothing"),
        pytest.param(
            "".join(map(dated, range(20, 29))) + dated(29, "Februari 2026"),
            False,
            id="called by its month",
        ),
    ],
)
def test_a_list_is_whole_only_where_each_of_its_pages_was_read(middle, whole):
    shown = ["".join(map(dated, range(1, 20))), middle, "".join(map(dated, range(30, 90)))]
    site = {HOME: "<a href=/berita>Berita</a>", **pages_of_cards(shown)}
    harvest, _ = run(site.get)
    since = harvest.complete_since
    assert (since is not None and since <= SINCE) is whole
