"""Damaged input for every reader, a little of it; `make fuzz` goes on from other seeds."""

import pytest

from tests.hostile.fuzz import try_once
from tests.hostile.targets import TARGETS

FEW = {"page": 25}


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_raises_and_nothing_hangs(name):
    problems = [problem for seed in range(FEW.get(name, 120)) if (problem := try_once(name, seed))]
    assert not problems


# Half a letter by its number, an instruction to a program among the items, a day beyond all years.
@pytest.mark.parametrize(
    ("name", "seed"), [("feed", 1293), ("feed", 1507), ("map", 7550), ("exports", 184), ("page", 264)]
)
def test_what_was_found_once_is_found_no_more(name, seed):
    assert try_once(name, seed) == ""
