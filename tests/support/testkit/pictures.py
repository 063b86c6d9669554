"""The pictures of README: a sample city is played, and its pages are opened in a real Chromium.

`python -m testkit.pictures` (`make pictures`) writes `docs/images/*.png`; given the folder of a played demo,
it does not play another.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

__all__ = ["PICTURES", "take_pictures"]

_IMAGES = Path(__file__).parents[3] / "docs" / "images"
_MOST_BYTES = 150_000
_DESK, _PHONE = (1100, 700), (390, 700)
PICTURES: Mapping[str, tuple[str, tuple[int, int]]] = {
    "site": ("index.html", _DESK),
    "phone": ("index.html", _PHONE),
    "ranking": ("peringkat/website--skpd.html", _DESK),
    "calendar": ("kalender/website--skpd.html", _DESK),
    "office": ("kantor/dishub.html", _DESK),
}
"""Name of a picture to its page and the window's width and height."""


def find_browser() -> str | None:
    """Where this machine has a Chromium."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def take_pictures(browser: Browser, site: Path, out: Path) -> None:
    """Photograph pages of a site; raises ValueError for a picture that is too large for a README."""
    out.mkdir(parents=True, exist_ok=True)
    for name, (path, (width, height)) in PICTURES.items():
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
        page.goto((site / path).as_uri())
        picture = page.screenshot()
        page.close()
        if len(picture) > _MOST_BYTES:
            raise ValueError(f"{name}.png has {len(picture):,} bytes")
        (out / f"{name}.png").write_bytes(picture)


def main(arguments: list[str]) -> None:
    program = find_browser()
    if program is None:
        sys.exit("No Chromium on this machine: install one, then try again.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        demo, site = Path(arguments[0]) if arguments else Path(folder) / "demo", Path(folder) / "site"
        if not arguments:
            _denyut("demo", "--dir", str(demo))
        _denyut(
            "--database", f"sqlite:///{demo.resolve() / 'denyut.db'}", "site", "2026-S1", "--out", str(site)
        )
        root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=program, args=["--disable-gpu", *root])
        take_pictures(browser, site, _IMAGES)
        browser.close()


def _denyut(*words: str) -> None:
    settings = os.environ | {"DENYUT_CITY": "Kota Contoh", "DENYUT_NOW": "2026-07-01T09:00"}
    subprocess.run([sys.executable, "-m", "cli", *words], env=settings, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
