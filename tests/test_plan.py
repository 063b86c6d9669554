"""What a night is to read: whose list is read back, also where its turn fell on a night left out."""

from datetime import date, timedelta
from itertools import pairwise

from desk.night.plan import is_thorough

FIRST = date(2026, 1, 5)


def nights(account: int, every: int, until: date = date(2026, 6, 20)) -> list[date]:
    """The nights on which an account's list is read back, where it is read every so many nights."""
    seen, night, found = FIRST, FIRST + timedelta(days=every), []
    while night <= until:
        if is_thorough(account, night, FIRST, seen):
            found.append(night)
        seen, night = night, night + timedelta(days=every)
    return found


def test_every_night_read_has_a_turn_in_four_weeks():
    turns = nights(7, every=1)
    assert {(later - one).days for one, later in pairwise(turns)} == {28}
    assert min(turns) - FIRST >= timedelta(days=28)


def test_a_turn_that_fell_on_a_night_left_out_is_made_up_for():
    for every in (2, 5, 9):
        found = nights(7, every)
        assert len(found) in {len(nights(7, 1)), len(nights(7, 1)) - 1}
        for turn in nights(7, every=1)[: len(found)]:
            assert any(timedelta() <= night - turn < timedelta(days=every) for night in found)


def test_a_semesters_last_night_is_made_up_for():
    assert is_thorough(7, date(2026, 7, 3), FIRST, seen=date(2026, 6, 29))
    assert not is_thorough(7, date(2026, 7, 3), FIRST, seen=date(2026, 6, 30))
