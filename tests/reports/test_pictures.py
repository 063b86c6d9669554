"""README shows every picture that is taken, and none that is not; each is small enough for a slow line."""

import re
from pathlib import Path

from testkit.pictures import PICTURES

_ROOT = Path(__file__).parents[2]


def test_readme_shows_the_pictures_that_are_taken():
    shown = re.findall(r"docs/images/([a-z]+)\.png", (_ROOT / "README.md").read_text(encoding="utf-8"))
    kept = {path.stem for path in (_ROOT / "docs" / "images").glob("*.png")}
    assert sorted(shown) == sorted(PICTURES) == sorted(kept)


def test_each_picture_is_a_small_one():
    for name in PICTURES:
        content = (_ROOT / "docs" / "images" / f"{name}.png").read_bytes()
        assert content.startswith(b"\x89PNG")
        assert len(content) < 150_000
