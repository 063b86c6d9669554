"""Twelve nights on some awkward sites, through the database to flags and scores."""

import pytest

from tests.awkward.run import judge_seed_nights, sum_up_nights

_SITES = 32
# What the code of today keeps; `docs/awkward.md` says what is aimed at. Only ever made stricter.
_AT_MOST = {"crashes": 0, "false_claims": 0, "wrong_day": 2, "sites_accused": 0, "unfair": 0}
_AT_LEAST = {"same_night": 97.5, "cheats_caught": 70.0, "score_right_where_provable": 80.0}


@pytest.fixture(scope="module")
def figures():
    return sum_up_nights(judge_seed_nights(seed) for seed in range(_SITES))


@pytest.mark.parametrize("name", _AT_MOST)
def test_at_most(figures, name):
    assert figures[name] <= _AT_MOST[name]


@pytest.mark.parametrize("name", _AT_LEAST)
def test_at_least(figures, name):
    assert figures[name] >= _AT_LEAST[name]


def test_a_perfect_visit_gets_nearly_every_cheat_flagged(figures):
    assert figures["cheats"] >= 0.9 * figures["cheats_drawn"] > 0
