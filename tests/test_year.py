"""A year of the sample city in fast motion: every trouble is named the next morning, and nothing else alarms.

All 365 nights are `make year`; here they are those around each trouble, and one in four weeks between.
"""

import re
from datetime import date, timedelta

import pytest

from testkit.trouble import DRIFTING, DRIFTS, NETWORK, TROUBLES, YEAR
from testkit.year import find_faults, find_told, live
from testkit.yearbook import PAGE

_DAY = timedelta(days=1)
_WARNED = date(2026, 7, 1)


def _choose_nights():
    first, end = YEAR
    chosen = {first + n * _DAY for n in range(8)}
    chosen |= {first + n * _DAY for n in range(0, (end - first).days, 28)}
    chosen |= {NETWORK.first + _DAY, _WARNED, _WARNED + 7 * _DAY}
    for trouble in TROUBLES:
        chosen |= {trouble.first + n * _DAY for n in (-1, 0, trouble.nights - 1, trouble.nights)}
    return sorted(chosen)


@pytest.fixture(scope="module")
def mornings(tmp_path_factory):
    return tuple(live(tmp_path_factory.mktemp("year"), _choose_nights()))


def test_every_trouble_is_named_the_next_morning_and_nothing_else_alarms(mornings):
    assert find_faults(mornings) == []


def test_an_office_that_drifts_to_vacuum_is_named_and_reminded(mornings):
    named = [m for m in mornings if f"{DRIFTING} website on " in "\n".join(m.lines)]
    assert named
    assert [name for m in named for name, _ in m.reminders] == [DRIFTING] * len(named)
    text = named[0].reminders[0][1]
    assert text.startswith(
        "Kelurahan Mekar Arum Kota Tanjung Selaras: your website counts as vacuum from 2026-07-"
    )
    assert "tell us where, and we look: humas@selaras.example" in text


def test_the_first_morning_after_a_dead_line_tells_of_the_nights_before(mornings):
    (last,) = [m for m in mornings if m.left and "did not reach you" in "\n".join(m.lines)]
    assert "The message of 2026-05-06 did not reach you: website: " in "\n".join(last.lines)
    assert "The message of 2026-05-05 did not reach you" in "\n".join(last.lines) or len(last.lines) == 9


def test_the_page_tells_each_trouble_as_the_morning_does(mornings):
    page, words = _without_numbers(PAGE.read_text(encoding="utf-8")), {t.name: t.words for t in TROUBLES}
    told = find_told(mornings)
    assert [name for name, _ in told] == [*words, DRIFTS]
    for name, morning in told:
        (line, *_) = (each for each in morning.lines if words.get(name, DRIFTING) in each)
        assert _without_numbers(line) in page, f"{line}: `make year` writes the page anew"


def _without_numbers(text):
    """Counts and days differ, for here most nights of the year are left out."""
    return re.sub(r"\d+", "0", text)
