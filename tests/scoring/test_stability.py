"""How often a place holds when the weights move."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from activity.metric import Metric
from scoring.placing.rank import rank
from scoring.placing.stability import draw_weights, measure_stability
from scoring.rubrics.rule import StabilityRule

END = date(2026, 6, 30)
WEIGHTS = {Metric.FREQUENCY: 40.0, Metric.REGULARITY: 30.0, Metric.FRESHNESS: 30.0, Metric.ENGAGEMENT: 0.0}


def test_each_weight_sways_and_all_add_up_to_100():
    drawn = draw_weights(WEIGHTS, StabilityRule(sway=0.2, draws=500))
    assert len(drawn) == 500
    for weights in drawn:
        assert sum(weights.values()) == pytest.approx(100)
        assert Metric.ENGAGEMENT not in weights
        assert 0.8 / 1.2 <= weights[Metric.FREQUENCY] / 40 <= 1.2 / 0.8
    assert {round(w[Metric.FREQUENCY]) for w in drawn} > {37, 40, 43}


def test_the_seed_gives_the_same_weights_on_any_machine():
    (first,) = draw_weights(WEIGHTS, StabilityRule(draws=1, seed=1))
    # Random(1).random() begins 0.13436424411240122, 0.8474337369372327, 0.763774618976614
    moved = [40 * (0.8 + 0.4 * 0.13436424411240122), 30 * (0.8 + 0.4 * 0.8474337369372327)]
    moved.append(30 * (0.8 + 0.4 * 0.763774618976614))
    assert first[Metric.FREQUENCY] == pytest.approx(100 * moved[0] / sum(moved))
    assert draw_weights(WEIGHTS, StabilityRule(seed=1)) != draw_weights(WEIGHTS, StabilityRule(seed=2))


def test_a_place_holds_where_no_weights_could_change_it(make_row, rubric, semester):
    rows = [make_row(range(0, 181, step), slug=f"dinas-{step}") for step in (3, 9, 30)]
    (category,) = rank(rows, rubric, semester, END).categories
    assert [s.stability for s in category.standings] == [1.0, 1.0, 1.0]


def test_a_place_that_hangs_on_the_weights_holds_only_for_some(rubric):
    # the first leads in frequency, the second in regularity, by nearly the same
    points = {
        Metric.FREQUENCY: np.array([80.0, 61.0, 10.0]),
        Metric.REGULARITY: np.array([60.0, 85.0, 10.0]),
        Metric.FRESHNESS: np.array([70.0, 70.0, 10.0]),
    }
    weightings = draw_weights(rubric.weights, rubric.stability)
    places, breaks = np.array([1, 2, 3]), np.zeros(3, dtype=np.int64)
    stability = measure_stability(points, breaks, places, weightings, rubric.strict)
    holds = [w[Metric.FREQUENCY] * 19 > w[Metric.REGULARITY] * 25 for w in weightings]
    assert stability[0] == stability[1] == sum(holds) / 200
    assert 0.2 < stability[0] < 0.8
    assert stability[2] == 1


def test_equal_accounts_stay_equal_under_any_weights(make_row, rubric, semester):
    rows = [make_row(range(3, 181, 7), slug=slug) for slug in ("dinas-a", "dinas-b")]
    (category,) = rank(rows, rubric, semester, END).categories
    assert [(s.place, s.stability) for s in category.standings] == [(1, 1.0), (1, 1.0)]


def test_without_draws_nothing_is_said(make_row, rubric, semester):
    none = replace(rubric, stability=StabilityRule(draws=0))
    (category,) = rank([make_row([3, 100, 150])], none, semester, END).categories
    assert category.standings[0].stability is None
