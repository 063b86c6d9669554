"""A real Chromium, and the small city's pages and report as files that it opens."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from reports.html import render_html
from testkit.desked import draw_desk
from testkit.ranked import city, pages, site, view

__all__ = ["city", "pages", "site", "view"]

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


# One a file: while Playwright lives its loop runs, and no other test of this process could run one.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        pytest.skip(f"no browser on this machine: none of {', '.join(_NAMES)} was found")
    # Chromium refuses its sandbox to root, as in a container.
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=[*_FLAGS, *root])
        yield running
        running.close()


@pytest.fixture(scope="session")
def folder(pages, view, city, tmp_path_factory) -> Path:
    """The city's pages, those of the desk, and beside them its report."""
    root: Path = tmp_path_factory.mktemp("site")
    report = render_html(city.ranking, city.rows, city.earlier, title="Kota Uji")
    for path, content in {**pages, **draw_desk(view), "report.html": report}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return root
