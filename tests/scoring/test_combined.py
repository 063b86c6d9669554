"""Overall standings by the rubric's rule, sweeps, and the change since the last semester."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from activity.agency import Agency, Channel, Participation
from activity.ranking import Category, Coverage, MetricScore, Ranking, Reason, Standing, Status
from activity.semester import Semester
from scoring.placing.combined import compare_rankings, complete_ranking
from scoring.rubrics.rubric import load_default, parse_rubric
from scoring.rubrics.rule import OverallRule, OverallWay

WEB, IG, FB = Channel.WEBSITE, Channel.INSTAGRAM, Channel.FACEBOOK
EQUAL = dict.fromkeys(Channel, 1.0)
RUBRIC = parse_rubric(load_default(), "keaktifan.toml")


def standing(agency, channel, place=None, score=None, *, reason=Reason.NONE, **points):
    if isinstance(agency, str):
        agency = Agency(agency, agency.upper(), "skpd")
    weights = {metric.value: weight for metric, weight in RUBRIC.weights.items()}
    return Standing(
        agency=agency,
        channel=channel,
        address=None,
        place=place,
        score=score,
        status=Status.TIDAK_DINILAI if score is None else Status.AKTIF,
        reason=reason,
        metrics=tuple(MetricScore(name, p, p, weights[name], "") for name, p in points.items()),
        coverage=Coverage(181, 0, 181, 1.0),
        posts=0,
        counted=0,
        undated=0,
        last_post=None,
        silent_since=None,
        silent_days=None,
        beyond_law=False,
        outcome=None,
        detail="",
    )


def ranking(*standings, level="skpd", places=3):
    channels = [c for c in Channel if any(s.channel is c for s in standings)]
    return Ranking(
        semester=Semester(2026, 1),
        as_of=date(2026, 6, 30),
        rubric=RUBRIC.name,
        version=RUBRIC.version,
        digest=RUBRIC.digest,
        places=places,
        shortlist=5,
        categories=tuple(
            Category(channel, level, tuple(s for s in standings if s.channel is channel))
            for channel in channels
        ),
    )


def overall(made, rule):
    ((level, found),) = complete_ranking(made, replace(RUBRIC, overall=rule)).overall
    assert level == "skpd"
    return [(o.agency.slug, o.place, o.score) for o in found]


def test_a_rubric_that_asks_for_none_gets_none():
    assert complete_ranking(ranking(standing("a", WEB, 1, 90.0)), RUBRIC).overall == ()


def test_the_weighted_mean_leaves_a_missing_channel_out_or_takes_it_as_zero():
    made = ranking(
        standing("a", WEB, 1, 90.0),
        standing("b", WEB, 2, 80.0),
        standing("a", IG),
        standing("b", IG, 1, 60.0),
    )
    rule = OverallRule(OverallWay.MEAN, {WEB: 3.0, IG: 1.0})
    assert overall(made, rule) == [("a", 1, 90.0), ("b", 2, 75.0)]
    assert overall(made, replace(rule, missing_is_zero=True)) == [("b", 1, 75.0), ("a", 2, 67.5)]
    assert overall(made, replace(rule, least_channels=2)) == [("b", 1, 75.0), ("a", None, 90.0)]


def test_a_channel_of_no_weight_adds_nothing():
    made = ranking(standing("a", WEB, 1, 90.0), standing("a", FB, 1, 10.0), standing("b", FB, 2, 5.0))
    assert overall(made, OverallRule(OverallWay.MEAN, {WEB: 1.0})) == [("a", 1, 90.0)]


def test_points_for_places_give_the_winner_of_n_n_points():
    made = ranking(
        standing("a", WEB, 1, 90.0),
        standing("b", WEB, 2, 80.0),
        standing("c", WEB, 2, 80.0),
        standing("b", IG, 1, 99.0),
        standing("a", IG, score=20.0, reason=Reason.VACUUM),
    )
    rule = OverallRule(OverallWay.PLACES, EQUAL, missing_is_zero=True)
    assert overall(made, rule) == [("a", 1, 1.5), ("b", 1, 1.5), ("c", 3, 1.0)]


def test_who_does_not_compete_or_was_excluded_has_no_place():
    judge = Agency("kominfo", "Kominfo", "skpd", Participation.NON_KOMPETISI)
    made = ranking(
        standing(judge, WEB, score=99.0, reason=Reason.NOT_COMPETING),
        standing("b", WEB, score=98.0, reason=Reason.JURY),
        standing("c", WEB, 1, 50.0),
    )
    found = overall(made, OverallRule(OverallWay.MEAN, EQUAL))
    assert found == [("c", 1, 50.0), ("kominfo", None, 99.0), ("b", None, None)]


def test_a_vetoed_channel_counts_as_nothing_and_lifts_nobody():
    made = ranking(
        standing("a", WEB, 1, 90.0),
        standing("a", IG, score=80.0, reason=Reason.VETO),
        standing("b", WEB, 2, 70.0),
        standing("b", IG, 1, 60.0),
        standing("c", IG, score=99.0, reason=Reason.VETO),
    )
    mean = OverallRule(OverallWay.MEAN, EQUAL)
    assert overall(made, mean) == [("b", 1, 65.0), ("a", 2, 45.0), ("c", 3, 0.0)]
    assert overall(made, replace(mean, missing_is_zero=True)) == overall(made, mean)
    places = OverallRule(OverallWay.PLACES, EQUAL)
    assert overall(made, places) == [("a", 1, 1.0), ("b", 1, 1.0), ("c", 3, 0.0)]


def test_a_sweep_is_a_winning_place_on_every_channel_of_the_level():
    made = ranking(
        standing("a", WEB, 1, 90.0),
        standing("b", WEB, 3, 80.0),
        standing("a", IG, 2, 90.0),
        standing("b", IG, 4, 80.0),
        standing("a", FB, 1, 90.0),
        standing("b", FB, 3, 80.0),
    )
    (sweep,) = complete_ranking(made, RUBRIC).sweeps
    assert (sweep.agency.slug, sweep.places) == ("a", ((WEB, 1), (IG, 2), (FB, 1)))
    assert len(complete_ranking(replace(made, places=4), RUBRIC).sweeps) == 2


def test_one_channel_is_no_sweep_and_an_empty_one_is_no_obstacle():
    alone = ranking(standing("a", WEB, 1, 90.0), standing("a", IG))
    assert complete_ranking(alone, RUBRIC).sweeps == ()
    two = ranking(standing("a", WEB, 1, 90.0), standing("a", IG), standing("a", FB, 3, 50.0))
    (sweep,) = complete_ranking(two, RUBRIC).sweeps
    assert sweep.places == ((WEB, 1), (FB, 3))


def change(now, *before):
    made = compare_rankings(ranking(now), ranking(*before) if before else ranking(standing("x", WEB)))
    return made.categories[0].standings[0].change


def test_what_moved_the_score_most_comes_first():
    now = standing("a", WEB, 1, 80.0, frequency=60.0, regularity=90.0, freshness=70.0, engagement=100.0)
    before = standing("a", WEB, 4, 70.0, frequency=50.0, regularity=90.0, freshness=82.0, engagement=0.0)
    found = change(now, before)
    assert (found.agencies, found.place, found.score) == (("a",), 4, 70.0)
    assert found.metrics == (("frequency", 10.0), ("freshness", -12.0), ("regularity", 0.0))


def test_an_office_that_was_not_there_has_no_change():
    assert change(standing("a", WEB, 1, 80.0)) is None
    assert change(standing("a", WEB, 1, 80.0), standing("a", IG, 1, 80.0)) is None


def test_a_merged_office_carries_on_the_best_of_those_it_was():
    merged = Agency("c", "C", "skpd", predecessors=("a", "b"))
    then = (standing("a", WEB, 7, 40.0), standing("b", WEB, 2, 70.0))
    found = change(standing(merged, WEB, 1, 80.0), *then)
    assert (found.agencies, found.place, found.score) == (("a", "b"), 2, 70.0)
    itself = change(standing(merged, WEB, 1, 80.0), *then, standing("c", WEB, 9, 10.0))
    assert (itself.agencies, itself.place) == (("c",), 9)


def test_an_office_renamed_too_late_to_be_judged_is_compared_with_what_it_was():
    renamed = Agency("b", "B", "skpd", predecessors=("a",))
    found = change(standing(renamed, WEB, 1, 80.0), standing("a", WEB, 3, 60.0), standing("b", WEB))
    assert (found.agencies, found.place) == (("a",), 3)
    unknown = change(standing(renamed, WEB, 1, 80.0), standing("b", WEB))
    assert (unknown.agencies, unknown.score, unknown.metrics) == (("b",), None, ())


scores = st.lists(st.none() | st.floats(0, 100), min_size=len(Channel), max_size=len(Channel))


@given(st.lists(scores, min_size=1, max_size=6), st.randoms(), st.booleans())
def test_the_order_of_input_does_not_matter_and_a_mean_stays_in_range(table, random, zero):
    standings = [
        standing(f"dinas-{n}", channel, 1 if score is not None else None, score)
        for n, row in enumerate(table)
        for channel, score in zip(Channel, row, strict=True)
    ]
    rule = OverallRule(OverallWay.MEAN, EQUAL, missing_is_zero=zero)
    found = overall(ranking(*standings), rule)
    random.shuffle(standings)
    assert overall(ranking(*standings), rule) == found
    assert all(score is None or -1e-9 <= score <= 100 + 1e-9 for _, _, score in found)
