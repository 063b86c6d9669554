"""Each day leaves exactly the mark of its state, at its place."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from activity.agency import Agency, Channel
from activity.ranking import ActivityRow
from activity.semester import Night, Semester
from reports.calendar import draw_calendar, draw_ground, place_months, tally_nights

SEMESTER = Semester(2026, 1)
COUNT = len(SEMESTER.days())
EMPTY = ActivityRow(
    Agency("a", "A", "skpd"), Channel.WEBSITE, "https://a.example/", (0,) * COUNT, (Night.NOT_DUE,) * COUNT
)


def _row(**days: tuple[int, Night]) -> ActivityRow:
    """A row whose days are not due, but for those named."""
    posts, nights = list(EMPTY.posts), list(EMPTY.nights)
    for name, (number, night) in days.items():
        posts[int(name[1:])], nights[int(name[1:])] = number, night
    return replace(EMPTY, posts=tuple(posts), nights=tuple(nights))


def _layers(row: ActivityRow) -> dict[str, str]:
    layers = dict(draw_calendar(row, SEMESTER).paths)
    layers.pop("blank", None)
    return layers


def _walk(path: str) -> Iterator[int]:
    """The day of each cell that a path goes over."""
    assert re.fullmatch(r"(m\d+ ?-?\d+v\d+)*", path)
    x = y = 0
    for right, down, length in re.findall(r"m(\d+) ?(-?\d+)v(\d+)", path):
        x, y = x + int(right), y + int(down)
        for line in range(y, y + int(length)):
            assert 0 <= line < 7
            yield x * 7 + line - SEMESTER.first_day.weekday()
        y += int(length)


def _days(path: str) -> set[int]:
    found = list(_walk(path))
    assert len(found) == len(set(found)), "drawn twice"
    return set(found)


def test_a_night_not_due_is_blank():
    assert _layers(EMPTY) == {}
    (blank,) = draw_calendar(EMPTY, SEMESTER).paths
    assert blank == ("blank", draw_ground(SEMESTER))
    assert _days(blank[1]) == set(range(COUNT))


def test_the_states_are_layers_on_one_ground():
    layers = _layers(_row(d0=(1, Night.SEEN), d1=(0, Night.SEEN), d2=(0, Night.UNSEEN)))
    assert set(layers) == {"p1", "unseen"}


def test_the_first_of_january_2026_stands_in_the_thursday_line():
    assert _layers(_row(d0=(5, Night.SEEN)))["p3"] == "m0 3v1"


def test_a_reconstructed_night_is_marked_open_in_the_middle():
    assert list(_layers(_row(d0=(2, Night.RECONSTRUCTED)))) == ["p2", "notch"]
    assert list(_layers(_row(d0=(0, Night.RECONSTRUCTED)))) == ["ring", "hole"]


def test_days_in_a_row_are_one_line_a_week():
    layers = _layers(_row(**{f"d{n}": (2, Night.SEEN) for n in range(4, 18)}))
    assert layers == {"p2": "m1 0v7m1-7v7"}


def test_a_small_mark_may_go_on_below_a_larger_one():
    layers = _layers(_row(d4=(1, Night.SEEN), d5=(2, Night.SEEN), d6=(3, Night.SEEN), d7=(1, Night.SEEN)))
    assert layers == {"p1": "m1 0v4", "p2": "m1 1v1", "p3": "m1 2v1"}


def test_a_post_known_of_an_unseen_night_is_shown_on_its_hatching():
    row = _row(d0=(1, Night.UNSEEN))
    assert list(_layers(row)) == ["unseen", "p1"]
    assert tally_nights(row).unseen == 0


def test_a_pointer_can_read_what_no_mark_tells():
    row = _row(d0=(12, Night.SEEN), d1=(3, Night.SEEN), d2=(4, Night.UNSEEN), d3=(5, Night.RECONSTRUCTED))
    assert draw_calendar(row, SEMESTER).many == "0:9,2:4,3:5"


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
def test_no_due_day_is_lost_or_drawn_otherwise(days):
    row = replace(EMPTY, posts=tuple(p for p, _ in days), nights=tuple(n for _, n in days))
    drawing, tally = draw_calendar(row, SEMESTER), tally_nights(row)
    layers = {name: _days(path) for name, path in drawing.paths}
    order = ["blank", "unseen", "ring", "hole", "p1", "p2", "p3", "notch"]
    assert [name for name, _ in drawing.paths] == [name for name in order if name in layers]
    told = [each.split(":") for each in drawing.many.split(",") if each]
    many = {int(day): int(posts) for day, posts in told}
    for day, (posts, night) in enumerate(days):
        due = night is not Night.NOT_DUE
        on = {name for name, marked in layers.items() if day in marked}
        # The largest mark is what is seen.
        seen = max((int(name[1]) for name in on & {"p1", "p2", "p3"}), default=0)
        assert seen == (min(posts, 3) if due else 0)
        assert many.get(day, seen) == (min(posts, 9) if due else 0)
        assert ("blank" in on) == (not due)
        assert ("unseen" in on) == (night is Night.UNSEEN)
        assert ("ring" in on, "notch" in on) == (
            night is Night.RECONSTRUCTED and not posts,
            night is Night.RECONSTRUCTED and posts > 0,
        )
    due_posts = [p for p, n in days if n is not Night.NOT_DUE]
    assert drawing.tally == tally
    assert (tally.posts, tally.posted) == (sum(due_posts), sum(map(bool, due_posts)))
    assert tally.unseen == sum(n is Night.UNSEEN and not p for p, n in days)
    assert tally.posted + tally.silent + tally.unseen == len(due_posts)
    assert SEMESTER.first_day + timedelta(days=COUNT) == SEMESTER.end_day
