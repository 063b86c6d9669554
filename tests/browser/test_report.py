"""The page in a real browser: switching, filtering, states at a glance, nothing from outside."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from reports.html import render_html

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(city, tmp_path_factory) -> str:
    file: Path = tmp_path_factory.mktemp("report") / "index.html"
    file.write_bytes(render_html(city.ranking, city.rows, city.earlier, title="Kota Uji"))
    return file.as_uri()


@pytest.fixture
def page(browser, address) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(address)
        yield page


def test_no_complaint_and_no_request_but_the_page(browser, address):
    complaints, requests = [], []
    with browser.new_context() as context:
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(address)
        page.check("#language-en", force=True)
        page.fill("#filter", "dinas")
        page.wait_for_timeout(100)
    assert complaints == []
    assert [url for url in requests if not url.startswith("data:")] == [address]


def test_the_switch_changes_every_text_and_the_page_s_language(page):
    assert page.get_by_role("heading", name="Peringkat", exact=True).is_visible()
    page.check("#language-en", force=True)
    assert page.get_by_role("heading", name="Rankings", exact=True).is_visible()
    assert not page.get_by_role("heading", name="Peringkat", exact=True).is_visible()
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.title() == "Denyut: Kota Uji, 2026, first half"
    assert page.locator(".category td.score").first.inner_text() == "91.23"


def test_without_script_it_reads_and_switches_all_the_same(browser, address):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address)
        assert page.get_by_role("heading", name="Daftar vakum").is_visible()
        assert not page.locator("#filter").is_visible()
        page.check("#language-en", force=True)
        assert page.get_by_role("heading", name="Fallen silent").is_visible()


def test_the_filter_leaves_only_the_name_asked_for(page):
    page.fill("#filter", "perhub")
    assert page.locator(".office:visible").count() == 1
    page.fill("#filter", "nobody of that name")
    assert page.locator("#filter-none").is_visible()


def test_posted_silent_and_unseen_differ_in_shape_and_not_only_in_colour(page):
    shape = """name => {
      const mark = document.querySelector(`#legend path.${name}`), look = getComputedStyle(mark);
      return [look.strokeWidth, look.stroke.includes("hatch"), look.strokeLinecap].join();
    }"""
    shapes = {name: page.evaluate(shape, name) for name in ("p1", "p2", "p3", "silent", "unseen")}
    assert len(set(shapes.values())) == 5
    assert shapes["p1"] == "0.5455px,false,butt"
    assert shapes["silent"].endswith("false,round")
    assert "true" in shapes["unseen"]
    assert page.locator("#legend li").count() == 6


def test_a_pointer_is_told_the_day_and_its_state(page):
    drawing = page.locator("#office--dinkes svg.days").last
    drawing.scroll_into_view_if_needed()
    drawing.hover(position={"x": 22 + 5, "y": 14 + 3 * 11 + 5})
    assert page.locator("#tip").inner_text() == "Kamis, 1 Januari 2026: 1 unggahan (direkonstruksi)"


@pytest.mark.parametrize("language", ["id", "en"])
def test_nothing_sticks_out_sideways(page, language):
    page.check(f"#language-{language}", force=True)
    for width in (320, 360, 768, 1024, 1200, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
