"""An input of 1, 2 and 4 for every regular expression of the project: none may need more than linear time."""

import os
import random
import signal
from time import process_time

import pytest

from tests.hostile.patterns import Use, find_patterns, pumps

LETTERS = 20_000
# Below this nobody cares; a quadratic loop of 20,000 letters takes half a second at least.
MOMENT = 0.15
LONGEST = 1.0
# With DENYUT_TEST_GROWTH=all every pump of every pattern is tried, which takes minutes.
PUMPS = 10_000 if os.environ.get("DENYUT_TEST_GROWTH") == "all" else 6

# Patterns that meet short texts only, and the longest they are given: a bound in the code that calls them.
BOUNDED = {
    "crawler.dates.relative._AROUND": 60,  # what stands around words such as "2 jam lalu"
    "crawler.extract.page.box._OTHERS": 30,  # a heading
    "crawler.extract.page.box._READERS": 30,
    "crawler.extract.page.key._HOST": 253,  # a host's name
}


class TooSlowError(BaseException):
    """A match was cut short by the clock."""


def _stop(*_):
    raise TooSlowError


def spend(use: Use, text: str) -> float:
    """CPU seconds of walking a text, cut short after a second."""
    subject = text.encode("utf-8", "replace") if isinstance(use.pattern.pattern, bytes) else text
    before = signal.signal(signal.SIGVTALRM, _stop)
    start = process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST)
    try:
        if use.methods == {"fullmatch"}:
            use.pattern.fullmatch(subject)
        elif use.anchored:
            use.pattern.match(subject)
        else:
            for _ in use.pattern.finditer(subject):
                pass
    except TooSlowError:
        return LONGEST
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return process_time() - start


def repeat(pump: str, letters: int, end: str) -> str:
    return (pump * (letters // len(pump) + 1))[:letters] + end


def find_growth(use: Use) -> str:
    """What makes a pattern slow, and how; empty where nothing does."""
    letters = BOUNDED.get(use.name, LETTERS)
    chance = random.Random(use.name)
    tried = pumps(use.pattern)
    for pump in tried if len(tried) <= PUMPS else chance.sample(tried, PUMPS):
        for end in ("", "\0"):
            if spend(use, repeat(pump, letters, end)) <= MOMENT:
                continue
            times = [min(spend(use, repeat(pump, letters // n, end)) for _ in range(2)) for n in (4, 2, 1)]
            if times[2] > MOMENT and (times[2] >= LONGEST or times[2] > 7 * max(times[0], 0.004)):
                return f"{pump!r} {end!r} of {letters} letters: {[f'{t:.3f}' for t in times]} s"
    return ""


@pytest.mark.parametrize("use", find_patterns(), ids=lambda use: use.name)
def test_a_pattern_takes_linear_time(use):
    assert not find_growth(use)


def test_every_bound_is_still_needed():
    names = {use.name for use in find_patterns()}
    assert set(BOUNDED) <= names
