"""Each day leaves exactly the mark of its state, at its place."""

import re
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from activity.agency import Agency, Channel
from activity.ranking import ActivityRow
from activity.semester import Night, Semester
from reports.calendar import CELL, LEFT, TOP, draw_calendar, place_months, tally_nights

SEMESTER = Semester(2026, 1)
COUNT = len(SEMESTER.days())
EMPTY = ActivityRow(
    Agency("a", "A", "skpd"), Channel.WEBSITE, "https://a.example/", (0,) * COUNT, (Night.NOT_DUE,) * COUNT
)


def _row(**days: tuple[int, Night]) -> ActivityRow:
    posts, nights = list(EMPTY.posts), list(EMPTY.nights)
    for name, (number, night) in days.items():
        posts[int(name[1:])], nights[int(name[1:])] = number, night
    return replace(EMPTY, posts=tuple(posts), nights=tuple(nights))


def _layers(row: ActivityRow) -> dict[str, str]:
    return dict(draw_calendar(row, SEMESTER).paths)


def _blocks(path: str) -> list[tuple[int, int]]:
    """Columns and lines of each rectangle."""
    return [(int(w) // CELL, int(h) // CELL) for w, h in re.findall(r"h(\d+)v(\d+)", path)]


def _dots(path: str) -> int:
    """One at the beginning of each line, and one for every cell further."""
    return sum(1 + int(float(length) // CELL) for length in re.findall(r"[hv]([\d.]+)", path))


def test_a_night_not_due_is_blank():
    assert _layers(EMPTY) == {}


def test_the_three_states_are_three_layers():
    layers = _layers(_row(d0=(1, Night.SEEN), d1=(0, Night.SEEN), d2=(0, Night.UNSEEN)))
    assert set(layers) == {"p1", "silent", "unseen"}


def test_the_first_of_january_2026_stands_in_the_thursday_line():
    path = _layers(_row(d0=(5, Night.SEEN)))["p3"]
    assert path == f"M{LEFT + CELL / 2} {TOP + 3 * CELL + 0.5}v10"


def test_unseen_nights_join_down_a_column_and_over_whole_weeks():
    weeks = {f"d{n}": (0, Night.UNSEEN) for n in range(2, 21)}
    assert _blocks(_layers(_row(**weeks))["unseen"]) == [(1, 2), (2, 7), (1, 3)]


def test_a_reconstructed_night_is_marked_open_in_the_middle():
    silent = ["silent", "ring", "hole"]
    assert list(_layers(_row(d0=(2, Night.RECONSTRUCTED)))) == [*silent, "p1", "p2", "notch"]
    assert list(_layers(_row(d0=(0, Night.RECONSTRUCTED)))) == silent


def test_days_in_a_row_are_one_line():
    days = {f"d{n}": (2, Night.SEEN) for n in range(4, 11)}
    layers = _layers(_row(**days))
    assert layers["p1"].count("M") == layers["p2"].count("M") == layers["silent"].count("M") == 1


def test_a_post_known_of_an_unseen_night_is_shown_on_its_hatching():
    row = _row(d0=(1, Night.UNSEEN))
    assert list(_layers(row)) == ["unseen", "p1"]
    assert tally_nights(row).unseen == 0


def test_a_pointer_can_read_every_day():
    row = _row(d0=(12, Night.SEEN), d1=(0, Night.SEEN), d2=(0, Night.UNSEEN), d3=(2, Night.RECONSTRUCTED))
    assert draw_calendar(row, SEMESTER).days[:5] == "90?c."


def test_months_stand_from_left_to_right_inside_the_drawing():
    for half in (1, 2):
        semester = Semester(2028, half)
        row = replace(EMPTY, posts=(0,) * len(semester.days()), nights=(Night.SEEN,) * len(semester.days()))
        places = place_months(semester)
        assert [month for _, month in places] == list(range(6 * half - 5, 6 * half + 1))
        assert sorted(places) == list(places)
        assert places[-1][0] < draw_calendar(row, semester).width


@given(
    st.lists(st.tuples(st.integers(0, 12), st.sampled_from(Night)), min_size=COUNT, max_size=COUNT),
)
def test_no_due_day_is_lost_or_drawn_twice(days):
    row = replace(EMPTY, posts=tuple(p for p, _ in days), nights=tuple(n for _, n in days))
    drawing, tally = draw_calendar(row, SEMESTER), tally_nights(row)
    layers = dict(drawing.paths)
    marks = [_dots(layers.get(name, "")) for name in ("p1", "p2", "p3", "notch", "silent", "ring")]
    unseen = sum(columns * lines for columns, lines in _blocks(layers.get("unseen", "")))
    due = sum(n is not Night.NOT_DUE for n in row.nights)
    due_posts = [p for p, n in days if n is not Night.NOT_DUE]
    rebuilt = [p for p, n in days if n is Night.RECONSTRUCTED]
    assert marks[0] == tally.posted
    assert marks[:3] == [sum(p >= least for p in due_posts) for least in (1, 2, 3)]
    assert marks[3:] == [sum(map(bool, rebuilt)), sum(n.known for n in row.nights), len(rebuilt)]
    assert unseen == sum(n is Night.UNSEEN for n in row.nights)
    assert tally.posted + tally.silent + tally.unseen == due
    assert len(drawing.days) == COUNT
    assert SEMESTER.first_day + timedelta(days=COUNT) == SEMESTER.end_day
