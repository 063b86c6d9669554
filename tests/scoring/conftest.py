"""Rows built by hand: a semester in which every night was seen unless a test says otherwise."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from activity.agency import Agency, Channel
from activity.ranking import ActivityRow
from activity.semester import Night, Semester
from scoring.rubrics.rubric import Rubric, load_default, parse_rubric

Make = Callable[..., ActivityRow]


@pytest.fixture(scope="session")
def semester() -> Semester:
    return Semester(2026, 1)


@pytest.fixture(scope="session")
def rubric() -> Rubric:
    return parse_rubric(load_default(), "keaktifan.toml")


@pytest.fixture(scope="session")
def make_row(semester: Semester) -> Make:
    """A function: posts as {index: count}, nights hidden as indices, anything else a field."""
    length = len(semester.days())

    def make(posts=(), hidden=(), slug="dinas-a", level="skpd", **fields) -> ActivityRow:
        counts = posts if isinstance(posts, dict) else dict.fromkeys(posts, 1)
        agency = fields.pop("agency", None) or Agency(slug, slug.replace("-", " ").title(), level)
        row = ActivityRow(
            agency=agency,
            channel=Channel.WEBSITE,
            address="https://a.example.go.id/",
            posts=tuple(counts.get(i, 0) for i in range(length)),
            nights=tuple(Night.UNSEEN if i in hidden else Night.SEEN for i in range(length)),
        )
        return replace(row, **fields)

    return make
