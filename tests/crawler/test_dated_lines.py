"""Which lines of a page are looked into for a date."""

from hypothesis import given
from hypothesis import strategies as st

from crawler.dates.hint import find_dated, might_date

PIECES = (
    "2026",
    "19",
    "/3/24",
    "-",
    ".",
    "’24",
    " lalu",
    "Se",
    "|",
    "•",
    " ",
    "jam",
    "hari ini",
    "TODAY",
    "İ",
    "ſ",
    "",
)


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=5).map("".join), max_size=8))
def test_all_lines_at_once_are_judged_as_each_alone(lines):
    assert find_dated(lines) == tuple(number for number, line in enumerate(lines) if might_date(line))
