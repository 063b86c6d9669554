"""Lists that no newspaper has: a forum's topics, days that lead to posts, titles that close with a moment."""

from datetime import UTC, datetime, timedelta

from activity.agency import Account, Channel
from activity.testing import drive
from activity.visit import Fetch, Page, Purpose, Target, Window
from crawler.extract.lists.listing import extract_listing
from crawler.extract.page.document import parse_document
from crawler.visits.site.website import visit
from samplecity.almanac import MONTHS
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 6, 27, 23, 30, tzinfo=ZONE)
SINCE = datetime(2026, 1, 1, tzinfo=ZONE)
HOME = "https://contoh.go.id/"
TITLES = (
    "Lurah Tinjau Taman Baca di RW 21",
    "Undangan Donor Darah Sukamaju 4 Juli 2026",
    "Warga Bersihkan Saluran Air di RW 23",
    "Bantuan Pangan Dibagikan di RW 24",
    "Kader Posyandu Ikuti Pelatihan di RW 25",
    "Panen Raya Kelompok Tani di RW 26",
    "Jadwal Pasar Murah Karang Anyar 9 Juli 2026",
)


def day(at):
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}, {at:%H.%M}"


def page(body):
    return f"<!doctype html><html lang=id><title>Kelurahan</title><main>{body}</main></html>"


def read(body):
    headers = {"content-type": "text/html; charset=utf-8"}
    fetched = Page(Fetch(HOME, Purpose.LISTING), HOME, 200, NOW, headers, page(body).encode())
    return extract_listing(parse_document(fetched), now=NOW, zone=ZONE)


def slug(title):
    return title.lower().replace(" ", "-")


# Title, and the moments of the topic and of its last reply.
TOPICS = [
    (n, title, NOW - timedelta(days=3 + 29 * n), NOW - timedelta(days=3 + 29 * n - n % 2 * 2))
    for n, title in enumerate(TITLES, 1)
]


def comment(at, text):
    info = f'<ul class="comment__info"><li>humas</li><li title="{day(at)}">{day(at)}</li></ul>'
    return f'<div class="comments_list__comment">{info}<div class="comment__text"><p>{text}</p></div></div>'


def topic(title, at, last):
    opening = comment(at, "Warga dan perangkat kelurahan hadir sejak pagi di balai. " * 5)
    reply = comment(last, "Terima kasih.") if last != at else ""
    return page(f'<h1>{title}</h1><div class="comments_list">{opening}{reply}</div>')


def test_a_topic_has_the_day_of_its_first_word_though_its_row_shows_that_of_the_last():
    rows = "".join(
        f'<div class="row"><div class="name"><a href="/topic/{n}/{slug(title)}/">{title}</a></div>'
        f'<div class="count">{1 + n % 2}</div><div class="day">{day(last)}</div></div>'
        for n, title, _, last in TOPICS
    )
    site = {HOME: page(f"<h3>Kabar</h3>{rows}")}
    site |= {f"{HOME}topic/{n}/{slug(title)}/": topic(title, at, last) for n, title, at, last in TOPICS}
    target = Target(Account(1, "contoh", Channel.WEBSITE, HOME), Window(SINCE, NOW), ZONE)

    def answer(fetch):
        body = site.get(fetch.url)
        headers = {"content-type": "text/html; charset=utf-8"}
        return Page(fetch, fetch.url, 200 if body else 404, NOW, headers, (body or "").encode())

    harvest, _ = drive(visit(target), answer, NOW)

    found = {post.title: post.date and post.date.at.astimezone(ZONE).date() for post in harvest.posts}
    assert found == {title: at.date() for _, title, at, _ in TOPICS if at >= SINCE}


def test_a_topic_under_a_column_of_its_beginning_is_dated_by_it_and_replies_are_none():
    head = "<thead><tr><th>Perihal</th><th>Dibuat</th><th>Pesan terakhir</th></tr></thead>"
    rows = "".join(
        f'<tr><td><a href="/boards/1/topics/{n}">{title}</a></td><td>{at:%d-%m-%Y %H:%M}</td><td>'
        + (f'<a href="/boards/1/topics/{n}?r={n + 50}#message">RE: {title}</a>' if last != at else "")
        + "</td></tr>"
        for n, title, at, last in TOPICS
    )

    items = read(f"<table>{head}<tbody>{rows}</tbody></table>")

    assert [(item.title, item.date and item.date.at) for item in items] == [
        (title, at.replace(second=0)) for _, title, at, _ in TOPICS
    ]


def test_a_day_that_leads_to_a_post_dates_the_unlinked_title_above_it():
    cards = "".join(
        f'<article><header><h2>{title}</h2><a href="/{slug(title)}/"><time>{at.day} {MONTHS[at.month - 1]}'
        f" {at.year}</time>,</a> <span>Humas</span></header><p>Seperti 19 November 2025.</p></article>"
        for _, title, at, _ in TOPICS
    )

    items = read(cards)

    assert [(item.title, item.date and item.date.at.astimezone(ZONE).date()) for item in items] == [
        (title, at.date()) for _, title, at, _ in TOPICS
    ]


def test_titles_that_close_with_a_moment_and_its_zone_are_dated_by_it_but_for_the_way_back():
    rows = "".join(
        f'<tr><td><a href="/buletin/{slug(title)}/">{title} dalam Buletin pada '
        f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}+00:00</a></td></tr>"
        for _, title, at, _ in TOPICS
    )

    items = read(
        f'<table>{rows}<tr><td><a href="/daftar-buletin/">Kembali ke daftar buletin</a></td></tr></table>'
    )

    assert [item.date and item.date.at for item in items][:7] == [at for _, _, at, _ in TOPICS]
