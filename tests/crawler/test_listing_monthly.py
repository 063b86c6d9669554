"""Days told by a figure beside each title, below headings of months."""

from datetime import UTC, datetime

import pytest

from activity.visit import Fetch, Page, Purpose
from crawler.extract.lists.listing import read_listing
from crawler.extract.page.document import parse_document
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 6, 27, 3, 0, tzinfo=UTC)
URL = "https://kel.example/arsip"
DAYS = {
    (2026, 6): (26, 22, 18, 3),
    (2026, 5): (30, 11),
    (2026, 1): (4, 1),
    (2025, 12): (31, 19, 19, 2),
}
NAMES = {6: "Juni", 5: "Mei", 1: "Januari", 12: "Desember"}
COLUMNS = '<div class="baris"><div><b>{d}</b></div><div>{a}<br><small>{s}</small></div></div>'
LINKED = '<a href="/b/{n}">Panen raya kelompok tani ke-{n}</a>'
STORY = "Karang Anyar (25 Mei 2026) — Panen raya diikuti 45 peserta."


def read(
    item: str = COLUMNS, month: str = "<h3>{name}</h3>", year: str = "<h2>{y}</h2>", days=None
) -> list[str]:
    """The days that a list gives to its posts, which are numbered in its order."""
    rows, number, last = "", 0, None
    for (y, m), own in (days or DAYS).items():
        rows += (year.format(y=y) if y != last else "") + month.format(name=NAMES[m], y=y, c=len(own))
        last = y
        for day in own:
            number += 1
            rows += item.format(d=day, a=LINKED.format(n=number), s=STORY, n=number)
    page = Page(Fetch(URL, Purpose.LISTING), URL, 200, NOW, {}, f"<h1>Arsip</h1>{rows}".encode())
    items = read_listing(parse_document(page), now=NOW, zone=ZONE).items
    return [f"{i.date.at.astimezone(ZONE):%Y-%m-%d}" if i.date else "" for i in items]


def told(days=None) -> list[str]:
    return [f"{y}-{m:02}-{d:02}" for (y, m), own in (days or DAYS).items() for d in own]


@pytest.mark.parametrize(
    "item",
    [
        COLUMNS,
        "<p>{d} {a}</p>",
        "<li><span>{d}</span> {a}</li>",
        "<table><tr><td>{d}.</td><td>{a}</td></tr></table>",
        '<table><tr><td>{n}</td><td>{a}</td><td>{d}</td><td><a href="/b/{n}">Lihat</a></td></tr></table>',
    ],
)
def test_the_month_above_is_that_of_the_figures_below(item: str) -> None:
    assert read(item) == told()


@pytest.mark.parametrize("month", ["<h3>{name} {y}</h3>", "<div>Bulan {name} {y} ({c})</div>"])
def test_a_month_tells_its_year_as_well(month: str) -> None:
    assert read(month=month, year="") == told()


def test_months_that_rise_within_years_are_read_by_their_headings() -> None:
    days = {(2026, 1): (1, 4, 9), (2026, 5): (11, 30), (2025, 6): (3, 18), (2025, 12): (2, 19, 31)}
    assert read(days=days) == told(days)


def test_figures_in_no_order_are_no_days() -> None:
    days = {(2026, 6): (12, 25, 3, 18), (2026, 5): (9, 30, 2), (2025, 12): (1, 7, 4)}
    assert set(read(days=days)) == {""}


@pytest.mark.parametrize("first", [1, 9, 17])
@pytest.mark.parametrize("anew", [False, True])
def test_numbers_of_rows_are_no_days(first: int, anew: bool) -> None:
    """The first column of a table counts its rows, from page to page or in each month anew."""
    months, number = {}, first
    for month in ((2026, 6), (2026, 5), (2025, 12)):
        months[month] = tuple(range(1, 6)) if anew else tuple(range(number, number + 5))
        number += 5
    assert set(read("<table><tr><td>{d}.</td><td>{a}</td></tr></table>", days=months)) == {""}


def test_numbers_that_fall_over_all_months_are_no_days() -> None:
    days = {(2026, 6): (14, 13, 12, 11), (2026, 5): (10, 9, 8), (2025, 12): (7, 6, 5)}
    assert set(read("<li>{d}. {a}</li>", days=days)) == {""}
    # An office that posts every day begins with each month's last.
    daily = {(2026, 6): (4, 3, 2, 1), (2026, 5): (31, 30, 29)}
    assert read("<li>{d}. {a}</li>", days=daily) == told(daily)


def test_one_month_alone_is_a_section_and_a_calendar_has_no_titles() -> None:
    assert set(read(days={(2026, 6): (26, 22, 18, 3)}, year="")) == {""}
    days = {(2026, 6): tuple(range(1, 28)), (2026, 5): tuple(range(1, 32))}
    calendar = "<td>{d}</td>"
    assert set(read(calendar, days=days)) in ({""}, set())


def test_figures_that_a_script_writes_anew_are_read_by_the_moment_beside_them() -> None:
    """Chirpy's archive: day and month in two elements, and the moment in attributes of both."""
    moments = [datetime(2026, 6, 26 - 5 * n, 16 + n, 30, tzinfo=UTC) for n in range(5)]
    row = "<li><span data-ts='{at}'>{day}</span> <span data-ts='{at}'> / {month} </span>{a}</li>"
    rows = "".join(
        row.format(at=f"{at.timestamp():.0f}", day=f"{at:%d}", month=f"{at:%m}", a=LINKED.format(n=n))
        for n, at in enumerate(moments)
    )
    body = f"<h1>Arsip</h1><div>2026</div><ul>{rows}</ul>".encode()
    items = read_listing(
        parse_document(Page(Fetch(URL, Purpose.LISTING), URL, 200, NOW, {}, body)), now=NOW, zone=ZONE
    ).items
    assert [item.date and item.date.at for item in items] == moments


@pytest.mark.parametrize(
    "days", [{(2026, 6): (1, 2, 3, 4), (2026, 5): (1, 2)}, {(2026, 6): (1, 2), (2026, 5): (3, 4, 5)}]
)
def test_the_numbers_of_a_table_s_rows_are_no_days(days) -> None:
    row = "<table><tr><td>{d}</td><td>{a}</td></tr></table>"
    assert set(read(row, month="<h3>{name} {y}</h3>", days=days)) == {""}
