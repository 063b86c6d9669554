"""The pages in a real browser: on a phone, a tablet and a desk, by day and by night."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

_PATHS = (
    "index.html",
    "vakum.html",
    "kantor.html",
    "peringkat/website--skpd.html",
    "kalender/website--skpd.html",
    "kantor/dinkes.html",
    "unggahan/dinkes/website-2.html",
)
_FAINT = """() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const linear = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    const [x, y, z] = [r, g, b].map((v) => linear(v / 255));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const found = parse(getComputedStyle(at).backgroundColor);
      if (found.length === 3 || found[3] > 0.99) return found;
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || element.closest(".hidden, .skip, svg")) continue;
    const look = getComputedStyle(element);
    const [a, b] = [light(parse(look.color)), light(ground(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) faint.push(`${element.tagName} ${element.className} ${ratio.toFixed(2)}`);
  }
  return faint;
}"""


@pytest.fixture(scope="module")
def folder(pages, tmp_path_factory) -> Path:
    root: Path = tmp_path_factory.mktemp("site")
    for path, content in pages.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return root


@pytest.fixture(
    scope="module", params=[(360, "dark"), (360, "light"), (768, "dark"), (1280, "light"), (1280, "dark")]
)
def page(request, browser) -> Iterator[Page]:
    width, scheme = request.param
    # Without script, since the pages promise to need none; the checks themselves run all the same.
    with browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=False
    ) as context:
        yield context.new_page()


@pytest.mark.parametrize("path", _PATHS)
def test_a_page_fits_asks_nobody_complains_of_nothing_and_is_legible(page, folder, path):
    complaints, requests = [], []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    address = (folder / path).as_uri()
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert page.evaluate(_FAINT) == []
    assert complaints == []
    assert [url for url in requests if not url.startswith("data:")] == [address]


def test_a_keyboard_sees_where_it_is_and_may_skip_the_head(page, folder):
    page.goto((folder / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.locator(".skip").bounding_box()["width"] > 50
    for _ in range(3):
        page.keyboard.press("Tab")
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert page.evaluate(outline) == "solid"


def test_dark_and_light_differ(browser, folder):
    grounds = set()
    for scheme in ("dark", "light"):
        with browser.new_context(color_scheme=scheme) as context:
            page = context.new_page()
            page.goto((folder / "index.html").as_uri())
            grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(grounds) == 2
