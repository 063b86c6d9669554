"""Rules set otherwise: checked like any rubric, weights scaled, and everybody's move told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activity.agency import Channel
from activity.errors import RubricError
from activity.metric import Metric
from scoring.placing.rank import rank
from scoring.rubrics.rubric import load_default, parse_rubric
from scoring.rubrics.rule import OverallWay
from scoring.rubrics.trial import find_moves, try_rubric


def test_weights_that_were_not_set_are_scaled_in_proportion():
    trial = try_rubric(load_default(), ["weights.frequency=30"])
    assert trial.rubric.weights[Metric.FREQUENCY] == 30
    assert trial.rubric.weights[Metric.REGULARITY] == pytest.approx(35)
    assert [name for name, *_ in trial.scaled] == ["regularity", "freshness"]
    assert trial.scaled[0][1:] == pytest.approx((30, 35))


def test_weights_that_add_up_stay_as_they_were_set():
    trial = try_rubric(load_default(), ["weights.frequency=30", "weights.engagement = 10"])
    assert trial.scaled == ()
    assert trial.rubric.weights[Metric.ENGAGEMENT] == 10


@given(st.integers(0, 100))
def test_any_weight_of_one_metric_leaves_a_whole_rubric(weight):
    weights = try_rubric(load_default(), [f"weights.freshness={weight}"]).rubric.weights
    assert sum(weights.values()) == pytest.approx(100)
    assert weights[Metric.FRESHNESS] == weight


@pytest.mark.parametrize(
    ("setting", "read", "expected"),
    [
        ("targets.website.kecamatan=1.5", lambda r: r.target(Channel.WEBSITE, "kecamatan"), 1.5),
        ("ranking.places = 1", lambda r: r.ranking.places, 1),
        ("overall.way=mean", lambda r: r.overall.way, OverallWay.MEAN),
        ('overall.way="mean"', lambda r: r.overall.way, OverallWay.MEAN),
        ("ranking.vacuum_may_place=true", lambda r: r.ranking.vacuum_may_place, True),
        ('ranking.tie_break=["count"]', lambda r: [each.value for each in r.ranking.tie_break], ["count"]),
        ("freshness.bands=[{days=7, points=50}]", lambda r: [b.points for b in r.bands], [50]),
        ("flags.burst=hold", lambda r: r.integrity.treatment["burst"].value, "hold"),
        ("overall.least_channels=1", lambda r: r.overall.least_channels, 1),
    ],
)
def test_a_setting_is_read_as_toml_and_a_bare_word_as_text(setting, read, expected):
    assert read(try_rubric(load_default(), ["overall.way=places", setting]).rubric) == expected


@pytest.mark.parametrize(
    ("setting", "problem", "remedy"),
    [
        ("weights.frequncy=30", "no rule 'weights.frequncy'", "weights.frequency"),
        ("wieghts.frequency=30", "no rule 'wieghts.frequency'", "weights.frequency"),
        ("frequency=30", "no rule", "weights.frequency"),
        ("targets.website.skpd=0", "targets.website.skpd is 0", "above 0"),
        ("targets.radio.skpd=1", "no rule 'targets.radio.skpd'", "rubric show"),
        ("weights.engagement=100", "weights.engagement is all that weighs", "another metric"),
        ("vacuum_days=60", "no rule 'vacuum_days'", "status.vacuum_days"),
        ("status.vacuum_day=60", "no rule 'status.vacuum_day'", "status.vacuum_days"),
        ("xyzzy.plugh=1", "no rule 'xyzzy.plugh'", "denyut rubric show"),
        ("weights.frequency=lots", "weights.frequency is 'lots'", "from 0 to 100"),
        ("weights.frequency=101", "weights.frequency is 101", "from 0 to 100"),
        ("weights=100", "no rule 'weights'", "weights.engagement"),
        ("status.vacuum_days=60.5", "status.vacuum_days is 60.5", "whole number"),
        ("status.vacuum_days=20", "status.vacuum_days is 20", "more than active_days"),
        ("targets.website.kelurahan=-1", "targets.website.kelurahan is -1", "from 0 to 1000"),
        ("version.minor=2", "'version.minor' is no table", "denyut rubric show"),
        ("weights.frequency", "sets nothing", "--set weights.frequency=30"),
        ("=30", "sets nothing", "--set weights.frequency=30"),
    ],
)
def test_a_bad_setting_says_what_and_the_remedy(setting, problem, remedy):
    with pytest.raises(RubricError) as caught:
        try_rubric(load_default(), [setting])
    assert caught.value.message.startswith("--set: ")
    assert problem in caught.value.message
    assert remedy in caught.value.remedy


def test_weights_that_cannot_be_scaled_are_refused():
    with pytest.raises(RubricError, match="add up to 150"):
        try_rubric(load_default(), ["weights.frequency=60", "weights.regularity=60"])


def test_who_moves_enters_and_leaves(make_row, semester):
    steady = make_row(range(0, 181, 7), slug="steady")
    early = make_row(dict.fromkeys(range(90), 3), slug="early")
    rows = [steady, early, make_row(slug="silent")]
    last = semester.days()[-1]
    text = load_default().replace("places = 3 ", "places = 1 ").replace("shortlist = 5", "shortlist = 1")
    before = rank(rows, parse_rubric(text, "kota"), semester, last)
    same = find_moves(before, before)
    assert len(same) == 3
    assert all(a == b for m in same for a, b in (m.place, m.score, m.wins, m.shortlisted))
    trial = try_rubric(text, ["weights.frequency=100", "status.vacuum_days=170", "ranking.shortlist=2"])
    moves = {m.agency.slug: m for m in find_moves(before, rank(rows, trial.rubric, semester, last))}
    assert moves["early"].place == (None, 1) or moves["early"].place == (2, 1)
    assert moves["steady"].place == (1, 2)
    assert moves["steady"].wins == (True, False)
    assert moves["early"].shortlisted == (False, True)
    assert moves["silent"].place == (None, None)


def test_a_category_that_is_no_longer_ranked_is_told(make_row, semester):
    row = make_row(range(0, 181, 7))
    before = rank([row], parse_rubric(load_default(), "kota"), semester, semester.days()[-1])
    after = rank([], parse_rubric(load_default(), "kota"), semester, semester.days()[-1])
    (gone,) = find_moves(before, after)
    assert gone.place == (1, None)
    (come,) = find_moves(after, before)
    assert come.place == (None, 1)
