"""An input of 1 and 4 for every reader: none may need more than linear time."""

import gc
from functools import _lru_cache_wrapper
from time import process_time

import pytest

from tests.hostile.growing import GROWTHS, Growth

# Below this nobody cares.
MOMENT = 0.08
# Four times as much takes four times as long, and sixteen times in a quadratic loop; the machine may be busy.
MOST = 9.0
# What was read once is kept, and would be read in no time at all when it is measured again.
KEPT = [
    each
    for each in gc.get_objects()
    if isinstance(each, _lru_cache_wrapper) and each.__module__.startswith("crawler")
]


def spend(growth: Growth, times: int, runs: int) -> float:
    """CPU seconds of reading it once, the least of some runs."""
    body = growth.make(times)
    took = []
    for _ in range(runs):
        for kept in KEPT:
            kept.cache_clear()
        start = process_time()
        growth.read(body)
        took.append(process_time() - start)
    return min(took)


@pytest.fixture(autouse=True)
def _quiet():
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("name", GROWTHS)
def test_a_reader_takes_linear_time(name):
    growth = GROWTHS[name]
    most = spend(growth, 4, 1)
    if most > MOMENT:
        allowed = MOST * max(spend(growth, 1, 2), 0.004)
        if most > allowed:
            most = min(most, spend(growth, 4, 1))
        assert most <= allowed, f"{most:.3f} s, allowed {allowed:.3f}"
