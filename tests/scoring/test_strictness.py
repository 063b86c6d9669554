"""A strict rubric: vetoes, deductions, and further prizes, each by its lines of TOML alone."""

from dataclasses import replace
from datetime import date

import pytest

from activity.agency import Channel
from activity.errors import RubricError
from activity.metric import Metric
from activity.ranking import Engagement, Reason, Status
from scoring.placing.combined import complete_ranking
from scoring.placing.rank import rank
from scoring.rubrics.rubric import load_default, load_shipped, parse_rubric
from scoring.rubrics.rule import Deduction, PrizeRule, StrictRule
from scoring.rubrics.trial import try_rubric
from scoring.seal.ranking import plain_ranking

END = date(2026, 6, 30)
_ALL = range(181)


def _standings(rows, rubric, semester):
    (category,) = rank(rows, rubric, semester, END).categories
    return {s.agency.slug: s for s in category.standings}


@pytest.fixture(scope="module")
def strict(rubric):
    return replace(rubric, strict=StrictRule(veto_days=14))


def test_one_long_silence_leaves_no_place_however_much_is_posted_after_it(make_row, strict, semester):
    posts = [day for day in _ALL if not 40 <= day < 55]
    rows = [make_row(posts, slug="busy"), make_row(range(0, 181, 14), slug="steady")]
    found = _standings(rows, strict, semester)
    assert (found["busy"].place, found["busy"].reason) == (None, Reason.VETO)
    assert found["busy"].score > found["steady"].score
    assert found["busy"].status is Status.AKTIF
    assert found["steady"].place == 1


def test_unseen_nights_veto_nobody_but_stay_in_the_range(make_row, strict, semester):
    posts = [day for day in _ALL if not 40 <= day < 60]
    rows = [make_row(posts, hidden=range(45, 55), slug="unseen"), make_row(range(0, 181, 7), slug="steady")]
    found = _standings(rows, strict, semester)
    assert found["unseen"].place == 1
    assert (found["steady"].place, found["steady"].best_place) == (2, 1)


def test_a_veto_comes_after_the_vacuum(make_row, strict, semester):
    found = _standings([make_row(range(10), slug="gone"), make_row(_ALL)], strict, semester)
    assert found["gone"].reason is Reason.VACUUM


def test_what_is_weak_costs_points_and_never_more_than_there_are(make_row, rubric, semester):
    rows = [
        make_row(range(0, 181, 14), slug="sparse"),
        make_row(_ALL, slug="daily"),
        make_row([0], slug="once"),
    ]
    lost = StrictRule(
        deductions=(Deduction(Metric.REGULARITY, 90, 12.5), Deduction(Metric.ENGAGEMENT, 50, 5))
    )
    before = _standings(rows, rubric, semester)
    after = _standings(rows, replace(rubric, strict=lost), semester)
    assert after["daily"].deductions == ()
    assert after["daily"].score == before["daily"].score
    assert after["sparse"].deductions == (("regularity", 12.5),)
    assert after["sparse"].score == pytest.approx(before["sparse"].score - 12.5)
    assert 0 < before["once"].score < 12.5
    assert after["once"].score == 0


def test_prizes_go_by_the_figure_itself_to_those_who_have_a_place(make_row, rubric, semester):
    likes = {"a": 10, "b": 30, "c": 90}
    rows = [
        make_row(dict.fromkeys(range(0, 181, step), count), slug=slug,
                 engagement=Engagement(10, likes[slug], 100))
        for slug, step, count in (("a", 1, 3), ("b", 1, 2), ("c", 100, 9))
    ]  # fmt: skip
    rows.append(make_row(dict.fromkeys(range(0, 181, 2), 6), slug="d"))
    prizes = (PrizeRule("Aktif", Metric.POSTS_A_WEEK, 2), PrizeRule("Menarik", Metric.ENGAGEMENT, 1))
    ruled = replace(rubric, prizes=prizes)
    active, engaging = complete_ranking(rank(rows, ruled, semester, END), ruled).prizes
    (category,) = active.categories
    assert (category.channel, category.level) == (Channel.WEBSITE, "skpd")
    # d posts 546 in 91 days, a 543: both far above the target, where points are the same
    assert [(w.agency.slug, w.place) for w in category.winners] == [("d", 1), ("a", 2)]
    (first,) = engaging.categories[0].winners
    assert first.agency.slug == "c"
    assert first.value == pytest.approx(0.09)


def test_equals_share_a_prize_and_nobody_wins_with_nothing(make_row, rubric, semester):
    rows = [make_row(_ALL, slug="a"), make_row(_ALL, slug="b"), make_row([0, 100], slug="c")]
    ruled = replace(rubric, prizes=(PrizeRule("Menarik", Metric.ENGAGEMENT, 1),))
    assert complete_ranking(rank(rows, ruled, semester, END), ruled).prizes[0].categories[0].winners == ()
    ruled = replace(rubric, prizes=(PrizeRule("Jeda", Metric.LONGEST_SILENCE, 1),))
    (quiet,) = complete_ranking(rank(rows, ruled, semester, END), ruled).prizes[0].categories
    assert [(w.agency.slug, w.place, w.value) for w in quiet.winners] == [("a", 1, 0), ("b", 1, 0)]


def test_a_seal_of_a_rubric_without_them_stays_what_it_was(make_row, rubric, semester):
    ranking = complete_ranking(rank([make_row([3, 50, 120])], rubric, semester, END), rubric)
    plain = plain_ranking(ranking)
    assert "prizes" not in plain
    assert "deductions" not in plain["categories"][0]["standings"][0]


def test_shipped_regimes_say_it_in_toml():
    strict = parse_rubric(load_shipped("ketat"), "ketat.toml")
    assert strict.strict.veto_days == strict.status.vacuum_days == 14
    assert [(d.metric, d.points) for d in strict.strict.deductions] == [
        (Metric.LONGEST_SILENCE, 5),
        (Metric.REGULARITY, 5),
    ]
    many = parse_rubric(load_shipped("kategori"), "kategori.toml")
    assert [(p.name, p.metric) for p in many.prizes] == [
        ("Paling aktif", Metric.POSTS_A_WEEK),
        ("Paling menarik", Metric.ENGAGEMENT),
    ]
    usual = parse_rubric(load_default(), "keaktifan.toml")
    assert (usual.strict, usual.prizes) == (StrictRule(), ())


def test_a_veto_can_be_tried_out():
    assert try_rubric(load_default(), ["veto.longest_silence=14"]).rubric.strict == StrictRule(veto_days=14)


_GOOD = '\n[[prizes]]\nname = "A"\nmetric = "engagement"\nplaces = 1\n'


@pytest.mark.parametrize(
    ("added", "line", "problem"),
    [
        ("\n[veto]\nlongest_silence = 0\n", 3, "veto.longest_silence is 0"),
        ("\n[veto]\nsilence = 3\n", 2, "veto.longest_silence is missing"),
        (
            '\n[[deductions]]\nmetric = "regularty"\nbelow = 3\npoints = 1\n',
            3,
            "deductions.metric is 'regularty'",
        ),
        (_GOOD + '\n[[prizes]]\nname = "B"\nmetric = "engagement"\nplaces = 0\n', 10, "prizes.places is 0"),
        (_GOOD + _GOOD, 8, "prizes.name is 'A' a second time"),
        (_GOOD + "value = 3\n", 6, "prizes.value is not a key"),
    ],
)
def test_a_slip_is_named_by_its_line(added, line, problem):
    text = load_default()
    number = text.count("\n") + line
    with pytest.raises(RubricError, match=f"line {number}: {problem}"):
        parse_rubric(text + added, "kota.toml")
