"""The table printer: whatever strangers wrote, whatever the width, no line too wide and no word broken."""

import unicodedata
from collections import Counter
from importlib import import_module
from importlib.util import find_spec

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activity.speech.plain import show_plain
from cli.cells import measure, wrap_line
from cli.layout import Grid, lay_out

_WCWIDTH = import_module("wcwidth") if find_spec("wcwidth") else None
"""Another's measure of what terminals draw, where this machine has it."""


def _drawn(line):
    if _WCWIDTH is not None:
        return _WCWIDTH.wcswidth(line)
    marks = {"Mn", "Me", "Cf"}
    signs = [sign for sign in line if unicodedata.category(sign) not in marks]
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in signs)


_WORDS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cn"]), min_size=1, max_size=8),
    st.text(alphabet="abcdefghij-/.é", min_size=1, max_size=60),
    st.text(alphabet="健康保险한국어👩🏽❤☺\ufe0f\u200d🇮🇩", min_size=1, max_size=40),
)
_TEXTS = st.lists(_WORDS, max_size=6).map(" ".join).map(show_plain)
_WIDTHS = st.integers(20, 200)


@st.composite
def grids(draw):
    count = draw(st.integers(1, 8))
    row = st.lists(_TEXTS, min_size=count, max_size=count)
    numbers = st.lists(st.integers(0, count - 1), unique=True, max_size=count - 1)
    return Grid(draw(row), draw(st.lists(row, max_size=3)), frozenset(draw(numbers)), tuple(draw(numbers)))


def _words(texts):
    return Counter(word for text in texts for word in text.split())


@settings(max_examples=120, deadline=None)
@given(grids(), _WIDTHS)
def test_no_line_is_wider_than_the_terminal(grid, width):
    for line in lay_out(grid, width).lines:
        assert _drawn(line) <= width, line
        assert measure(line) <= width, line


@settings(max_examples=120, deadline=None)
@given(grids(), _WIDTHS)
def test_words_stay_whole_and_only_columns_that_may_go_are_left_out(grid, width):
    layout = lay_out(grid, width)
    left_out = [grid.heads[n] for n in grid.drop[: len(layout.left_out)]]
    assert Counter(layout.left_out) == Counter(left_out)
    gone = set(grid.drop[: len(layout.left_out)])
    cells = [cell for row in grid.rows for n, cell in enumerate(row) if n not in gone]
    expected = Counter({w: n for w, n in _words(cells).items() if measure(w) <= width})
    assert expected <= _words(layout.lines)


@settings(max_examples=60, deadline=None)
@given(grids())
def test_without_a_width_nothing_is_left_out_wrapped_or_changed(grid):
    layout = lay_out(grid, None)
    assert layout.left_out == ()
    assert len(layout.lines) == 2 + len(grid.rows)
    for line, row in zip(layout.lines[2:], grid.rows, strict=True):
        place = 0
        for cell in row:
            found = line.find(cell.rstrip(" "), place)
            assert found >= place
            place = found + len(cell.rstrip(" "))


@settings(max_examples=120, deadline=None)
@given(_TEXTS, st.integers(0, 12), _WIDTHS)
def test_a_line_of_text_is_wrapped_between_words(text, indent, width):
    lines = wrap_line(" " * indent + text, width)
    assert all(measure(line) <= width and _drawn(line) <= width for line in lines)
    whole = Counter({w: n for w, n in _words([text]).items() if measure(w) <= width})
    assert whole <= _words(lines)


_RANK = Grid(
    ["place", "possible", "agency", "score", "last post", "note"],
    [["1", "1–2", "Dinas Kesehatan", "71.20", "2026-06-28", "flags: 2 burst"],
     ["2", "1–3", "Dinas Komunikasi dan Informatika", "64.05", "2026-06-30", ""]],
    frozenset({0, 3}),
    (1, 5),
)  # fmt: skip


@pytest.mark.parametrize(
    ("width", "left_out"), [(120, ()), (72, ("possible",)), (60, ("possible", "note")), (30, ())]
)
def test_the_least_important_columns_go_first(width, left_out):
    layout = lay_out(_RANK, width)
    assert layout.left_out == left_out
    assert layout.lines[0].split()[0] == ("place" if width > 30 else "place:")


def test_a_row_becomes_a_block_where_its_columns_do_not_fit():
    url = "https://dinkes.example.go.id/berita/2026/06/28/posyandu"
    grid = Grid(
        ["day", "title", "url"], [["2026-06-28", "Posyandu di Alalak", url], ["–", "Kerja bakti", "–"]]
    )
    assert lay_out(grid, 60).lines == [
        "day:   2026-06-28",
        "title: Posyandu di Alalak",
        "url:",
        f"  {url}",
        "",
        "day:   –",
        "title: Kerja bakti",
        "url:   –",
    ]


def test_one_long_word_in_many_rows_does_not_undo_the_table():
    word = "https://dinkes.example.go.id/" + "berita/" * 6
    rows = [["2026-06-28", f"Posyandu ke-{n}", "x" * 60] for n in range(40)]
    rows[7][1] = f"Baca {word}"
    layout = lay_out(Grid(["day", "title", "url"], rows, drop=(2,)), 80)
    assert layout.left_out == ("url",)
    assert layout.lines[2:10] == [*(f"2026-06-28  Posyandu ke-{n}" for n in range(7)), "day:   2026-06-28"]
    assert any(word in line.split() for line in layout.lines)
    assert "2026-06-28  Posyandu ke-39" in layout.lines
    assert all(measure(line) <= 80 for line in layout.lines)
    few = lay_out(Grid(["day", "title", "url"], rows[3:9], drop=(2,)), 80)
    assert few.left_out == ()
    assert few.lines[0] == "day:   2026-06-28"


@settings(max_examples=40, deadline=None)
@given(grids(), _WIDTHS)
def test_rows_that_stand_among_others_keep_their_words(grid, width):
    many = Grid(grid.heads, [*grid.rows, *[["x"] * len(grid.heads)] * 60], grid.right, grid.drop)
    layout = lay_out(many, width)
    gone = set(grid.drop[: len(layout.left_out)])
    cells = [cell for row in many.rows for n, cell in enumerate(row) if n not in gone]
    assert Counter({w: n for w, n in _words(cells).items() if measure(w) <= width}) <= _words(layout.lines)
    assert all(measure(line) <= width for line in layout.lines)
