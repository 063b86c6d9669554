"""The page on paper: a day with a post is dark, whatever the browser does with backgrounds."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page

from activity.agency import Agency, Channel
from activity.ranking import ActivityRow, Category
from reports.calendar import tally_nights
from reports.html import render_html
from testkit.printed import print_lines, print_sheets

pytestmark = pytest.mark.browser

_CELL = 246 / 308
"""CSS pixels of a unit of a calendar on paper."""
# The worst of what browsers do: colours of backgrounds left out, also where the page asks for them.
_FRUGAL = "* { print-color-adjust: economy !important; -webkit-print-color-adjust: economy !important }"
# Many sheets, many ends.
_SMALL = "@page { size: 105mm 148mm }"
# A letter may be as square as a mark.
_WORDLESS = "* { color: transparent !important } text { fill: transparent !important }"


@pytest.fixture(scope="module")
def rows(city) -> tuple[ActivityRow, ...]:
    """Enough offices for several sheets."""
    alive = city.rows[0]
    return (
        *city.rows,
        *(replace(alive, agency=Agency(f"more-{n}", f"Kantor Tambahan {n}", "skpd")) for n in range(30)),
    )


@pytest.fixture(scope="module")
def page(city, rows, browser, tmp_path_factory) -> Iterator[Page]:
    website, instagram = city.ranking.categories
    more = (replace(website.standings[0], agency=row.agency) for row in rows[len(city.rows) :])
    longer = Category(Channel.WEBSITE, "skpd", (*website.standings, *more))
    ranking = replace(city.ranking, categories=(longer, instagram))
    file = tmp_path_factory.mktemp("paper") / "report.html"
    file.write_bytes(render_html(ranking, rows, city.earlier, title="Kota Uji"))
    with browser.new_context(bypass_csp=True) as context:
        page = context.new_page()
        page.goto(file.as_uri())
        page.add_style_tag(content=_FRUGAL)
        yield page


def test_no_heading_stands_alone_and_an_office_takes_no_more_than_a_sheet(page, rows):
    named = page.locator("h1, h2, h3, h4, thead th, .divider th").all_inner_texts()
    headings = {" ".join(line.split()) for text in named for line in text.split("\n")} - {""}
    ends = [lines[-1] for lines in print_lines(page) if lines]
    assert 4 < len(ends) <= len({row.agency.slug for row in rows}) + 6
    assert [line for line in ends if " ".join(line.split()) in headings] == []


@pytest.mark.parametrize("path", ["index.html", "vakum.html", "andai.html", "kantor/dinkes.html"])
def test_no_heading_of_the_site_stands_alone_even_on_small_sheets(browser, folder, path):
    with browser.new_context(bypass_csp=True) as context:
        page = context.new_page()
        page.goto((folder / path).as_uri())
        page.add_style_tag(content=_SMALL)
        named = page.locator("h1, h2, h3, summary").all_inner_texts()
        sheets = [lines for lines in print_lines(page) if lines]
    assert len(sheets) > 1
    assert [lines[-1] for lines in sheets if lines[-1] in {" ".join(text.split()) for text in named}] == []


def test_each_day_with_a_post_is_dark_on_paper(page, rows, city):
    drawn = [row for row in (*rows, *city.earlier) if row.address is not None]
    posted = sum(tally_nights(row).posted for row in drawn)
    assert posted > 1000
    page.add_style_tag(content=_WORDLESS)
    assert sum(sheet.count_squares(6 * _CELL, 10 * _CELL) for sheet in print_sheets(page)) == posted


def test_an_office_page_of_the_site_is_dark_on_paper_too(browser, pages, city, tmp_path):
    (tmp_path / "dinkes.html").write_bytes(pages["kantor/dinkes.html"])
    with browser.new_context(bypass_csp=True) as context:
        page = context.new_page()
        page.goto((tmp_path / "dinkes.html").as_uri())
        page.add_style_tag(content=_FRUGAL + _WORDLESS)
        sheets = print_sheets(page)
    posted = sum(tally_nights(row).posted for row in (city.rows[0], city.earlier[0]))
    assert sum(sheet.count_squares(6, 10) for sheet in sheets) == posted
