"""Pages and report in a real browser: on a phone, a tablet and a desk, by day and by night."""

from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

_WIDTHS = (360, 768, 1280)
_KINDS = (
    "index.html",
    "vakum.html",
    "kantor.html",
    "andai.html",
    "peringkat/website--skpd.html",
    "kalender/website--skpd.html",
    "bulanan.html",
    "bulanan/2026-03/website--skpd.html",
    "kantor/dinkes.html",
    "unggahan/dinkes/website-2.html",
    "meja/flag.html",
    "meja/flags.html",
    "meja/agency.html",
    "meja/missed.html",
    "meja/keepers.html",
    "meja/uploads.html",
    "meja/upload.html",
    "meja/send.html",
    "report.html",
)
# By night only the colours are others.
_SCHEMES = {"light": None, "dark": ["color-contrast"]}
_AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
# A finger's width is no part of what axe asks by itself.
_ACCUSE = """async (rules) => {
  const chosen = { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } };
  if (rules) chosen.runOnly = { type: "rule", values: rules };
  const { violations } = await axe.run(document, chosen);
  return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html} ${n.failureSummary}`));
}"""
# Longer than this without a blank is an address, a digest or a trick, and must break somewhere.
_TORN = """() => {
  const torn = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const aside = (element) => {
    for (let at = element; at; at = at.parentElement)
      if (at.matches("svg, script") || getComputedStyle(at).clipPath !== "none") return true;
    return !element.checkVisibility();
  };
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (!node.data.trim() || aside(node.parentElement)) continue;
    for (const run of node.data.matchAll(/[^\\s\\u2013\\u2014]{2,24}(?![^\\s])/g))
      for (const word of run[0].matchAll(/[\\p{L}\\p{N}]+/gu)) {
        if (run.index && /[^\\s]/.test(node.data[run.index - 1])) continue;
        const range = document.createRange(), from = run.index + word.index;
        range.setStart(node, from);
        range.setEnd(node, from + word[0].length);
        const tops = [...range.getClientRects()].filter((box) => box.width > 0).map((box) => box.top);
        if (Math.max(...tops) - Math.min(...tops) > 2) torn.push(word[0]);
      }
  }
  return torn;
}"""
_REACHABLE = """() => {
  const kinds = "a[href], summary, button, input, select, textarea, [tabindex='0']";
  const found = document.querySelectorAll(kinds);
  const stop = (e) => {
    const group = (chosen) => (e.form ?? document).querySelector(`input[name="${e.name}"]${chosen}`);
    return e.type !== "radio" || e === (group(":checked") ?? group(""));
  };
  const free = (e) => e.checkVisibility() && stop(e);
  window.reachable = [...found].filter(free);
  return window.reachable.length;
}"""
_FOCUS = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect();
  const looks = [at, at.labels?.[0]].filter(Boolean).map((e) => getComputedStyle(e));
  const ringed = looks.some((look) => look.outlineStyle === "solid" && parseFloat(look.outlineWidth) >= 2);
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return [window.reachable.indexOf(at), ringed && inside, at.outerHTML.slice(0, 120)];
}"""


@pytest.fixture(scope="module")
def page(browser) -> Iterator[Page]:
    with browser.new_context(reduced_motion="reduce") as context:
        yield context.new_page()


@pytest.fixture
def heard(page) -> Iterator[list[str]]:
    """What a page complains of, and whom it asks."""
    told: list[str] = []
    hear = {
        "console": lambda message: told.append(message.text),
        "pageerror": lambda error: told.append(str(error)),
        "request": lambda request: told.append(request.url),
    }
    for event, listener in hear.items():
        page.on(event, listener)
    yield told
    for event, listener in hear.items():
        page.remove_listener(event, listener)


@pytest.mark.parametrize("path", _KINDS)
def test_a_page_fits_every_screen_and_shuts_nobody_out(page, heard, folder, path):
    address = (folder / path).as_uri()
    page.goto(address)
    page.evaluate(_AXE)
    for width in _WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(_TORN) == [], width
        for scheme, rules in _SCHEMES.items():
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate(_ACCUSE, rules) == [], (width, scheme)
    assert [each for each in heard if not each.startswith("data:")] == [address]


@pytest.mark.parametrize("path", _KINDS)
def test_a_keyboard_reaches_everything_in_order_and_sees_where_it_is(page, folder, path):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto((folder / path).as_uri())
    count = page.evaluate(_REACHABLE)
    assert count > 3
    for number in range(count):
        page.keyboard.press("Tab")
        at, seen, what = page.evaluate(_FOCUS)
        assert (at, seen) == (number, True), what


@pytest.mark.parametrize("path", _KINDS)
def test_a_page_says_the_same_without_script(browser, page, folder, path):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto((folder / path).as_uri())
    with browser.new_context(java_script_enabled=False, viewport=page.viewport_size) as context:
        plain = context.new_page()
        plain.goto((folder / path).as_uri())
        page.evaluate("document.querySelector('.filter')?.remove()")  # which only a script can do
        assert plain.inner_text("main") == page.inner_text("main")


def test_dark_and_light_differ(page, folder):
    page.goto((folder / "index.html").as_uri())
    grounds = set()
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(grounds) == 2
