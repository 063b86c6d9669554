"""Files that the documents name are in the tree, as they are written there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

_ROOT = Path(__file__).parent.parent
_PAGES = [_ROOT / "README.md", _ROOT / "CONTRIBUTING.md", *sorted((_ROOT / "docs").rglob("*.md"))]
_NAMED = re.compile(r"(?<![\w./…-])[\w./-]*\w\.py\b|(?<=`)[\w/-]+/(?=`)")
# In "a new metric is `scoring/metrics/NAME.py`" the folder stands, and the reader writes the file.
_TO_BE_WRITTEN = re.compile(r"\b(?:NAME|NNNN_what|active_days)\.py$")
# A step of a first change, and the names of code in it, such as `_BY_ACTIVITY` or `FlagKind`.
_STEP = re.compile(r"^\d\. .*(?:\n {3}.*)*", re.MULTILINE)
_CODE = re.compile(r"`((?:_|[A-Z])\w+)`")
# The walk of a first visit is held against the code by tests/test_visit_parts.py.
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def _blocks(text: str) -> list[str]:
    """Paragraphs, and the rows of tables each by itself."""
    return re.split(r"\n(?=\||\n)", _FENCED.sub("", text))


def _find_lost(block: str) -> Iterator[str]:
    """Names of modules that are neither paths from the root nor below a folder that the block names."""
    named = [Path(name) for name in _NAMED.findall(block)]
    folders = [Path(), *(path.parent if path.suffix else path for path in named)]
    for path in named:
        sought = path.parent if _TO_BE_WRITTEN.search(path.name) else path
        if path.suffix and not any((_ROOT / folder / sought).exists() for folder in folders):
            yield str(path)


def test_every_module_that_a_page_names_is_where_it_says():
    lost = [
        f"{page.relative_to(_ROOT)}: {name}"
        for page in _PAGES
        for block in _blocks(page.read_text(encoding="utf-8"))
        for name in _find_lost(block)
    ]
    assert lost == []


def test_every_name_of_a_first_change_stands_in_a_file_beside_it():
    steps = _STEP.findall((_ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    told = [(step, name) for step in steps for name in _CODE.findall(step)]
    assert len(told) >= 5
    assert [name for step, name in told if not any(name in text for text in _read_named(step))] == []


def test_hooks_fetch_nothing():
    hooks = (_ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert set(re.findall(r"\brepo: (\S+)", hooks)) == {"local"}
    called = re.findall(r"\bentry: (\S+)", hooks)
    assert called
    assert [each for each in called if not each.startswith(".venv/bin/")] == []


def _read_named(step: str) -> list[str]:
    named = [Path(name) for name in _NAMED.findall(step)]
    places = {
        _ROOT / folder / path for path in named for folder in (Path(), *(each.parent for each in named))
    }
    return [place.read_text(encoding="utf-8") for place in places if place.is_file()]


@pytest.mark.parametrize(
    ("block", "lost"),
    [
        ("`crawler/run.py` hires, `job.py` says what", []),
        ("`job.py` says what", ["job.py"]),
        ("`map.py` of `crawler/visits/site/list/`", []),
        ("`crawler/visits/site/website.py`, then `list/map.py`", []),
        ("`crawler/visits/site/site_map.py`", ["crawler/visits/site/site_map.py"]),
        ("`scoring/metrics/NAME.py`; `posts_a_week.py` is the shortest", []),
        ("`scoring/nowhere/NAME.py`", ["scoring/nowhere/NAME.py"]),
    ],
)
def test_a_bare_name_wants_its_folder_beside_it(block, lost):
    assert [*_find_lost(block)] == lost
