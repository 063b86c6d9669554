"""The example that docs/scoring.md works by hand."""

from datetime import date
from pathlib import Path

import pytest

from activity.ranking import Status
from scoring.placing.standing import score_account

GUIDE = Path(__file__).parents[2] / "docs" / "scoring.md"


def test_the_example_of_the_guide(make_row, rubric, semester):
    days = semester.days()
    saturdays = {i: 1 for i, day in enumerate(days) if day.weekday() == 5 and day <= date(2026, 5, 16)}
    del saturdays[days.index(date(2026, 3, 7))]
    saturdays[days.index(date(2026, 4, 11))] = 10
    down = range(days.index(date(2026, 3, 2)), days.index(date(2026, 3, 11)) + 1)
    row = make_row(saturdays, hidden=down, newest_before=date(2025, 12, 29))
    standing = score_account(row, rubric, semester, date(2026, 6, 30))
    assert (standing.posts, standing.counted) == (28, 21)
    assert [round(m.points, 2) for m in standing.weighed] == [30.09, 76.00, 88.59]
    assert standing.score == pytest.approx(61.41, abs=0.005)
    assert (standing.silent_days, standing.status) == (45, Status.KURANG_AKTIF)
    text = GUIDE.read_text(encoding="utf-8")
    assert all(figure in text for figure in ("30.09", "76.00", "88.59", "**61.41**", "45 days"))
