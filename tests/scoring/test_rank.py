"""Places, ties, those who have no place and why."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from activity.agency import Agency, Channel, Participation
from activity.jury import Action, Override
from activity.ranking import Reason, Status
from activity.semester import Night
from scoring.placing.rank import rank
from scoring.placing.standing import score_account
from scoring.rubrics.rubric import load_default, parse_rubric

END = date(2026, 6, 30)
WEEKLY = range(3, 181, 7)


@pytest.fixture
def decide(semester):
    """A function: a decision of the jury on an agency's website."""

    def on(action, slug, number=1):
        moment = datetime(2026, 7, 10, tzinfo=UTC)
        return Override(
            number, str(semester), slug, Channel.WEBSITE, action, None, "ketua", "rapat", "BA 1", moment
        )

    return on


@pytest.fixture
def standings(rubric, semester):
    def judge(*rows, by=rubric):
        (category,) = rank(rows, by, semester, END).categories
        return {s.agency.slug: s for s in category.standings}

    return judge


def test_equal_accounts_share_a_place_and_the_next_skips_it(make_row, standings):
    rows = [make_row(WEEKLY, slug=s) for s in ("dinas-c", "dinas-a", "dinas-b")]
    found = standings(*rows, make_row(range(100, 181, 7), slug="dinas-d"))
    assert [(slug, s.place) for slug, s in found.items()] == [
        ("dinas-a", 1),
        ("dinas-b", 1),
        ("dinas-c", 1),
        ("dinas-d", 4),
    ]


def test_a_tie_at_the_edge_of_the_shortlist_is_kept_whole(make_row, rubric, semester):
    rows = [make_row(WEEKLY, slug=f"dinas-{n}") for n in range(7)]
    ranking = rank(rows, rubric, semester, END)
    assert len(ranking.shortlisted(ranking.categories[0])) == 7


def test_equal_scores_are_told_apart_by_the_rubric_in_its_order(make_row, standings):
    text = load_default().replace("frequency = 40  #", "frequency = 0 #")
    text = text.replace("regularity = 30 #", "regularity = 0 #").replace(
        "freshness = 30 ", "freshness = 100 "
    )
    by_freshness = parse_rubric(text, "a.toml")
    weekly, denser = make_row(WEEKLY, slug="dinas-a"), make_row(range(0, 181, 3), slug="dinas-b")
    fresh = make_row([*WEEKLY, 0], slug="dinas-a")
    found = standings(fresh, denser, by=by_freshness)
    assert found["dinas-a"].score == found["dinas-b"].score == 100
    assert [s.place for s in found.values()] == [1, 2]
    assert list(found) == ["dinas-b", "dinas-a"]  # regularity and freshness equal, the count decides
    stands = parse_rubric(text.replace('["regularity", "freshness", "count"]', "[]"), "b.toml")
    assert {s.place for s in standings(weekly, denser, by=stands).values()} == {1}


def test_the_jurys_exclusion_takes_the_place_and_leaves_the_score(make_row, decide, rubric, semester):
    rows = [make_row(WEEKLY, slug="dinas-a"), make_row(range(3, 181, 14), slug="dinas-b")]
    decisions = [decide(Action.EXCLUDE, "dinas-a")]
    first, excluded = rank(rows, rubric, semester, END, decisions).categories[0].standings
    assert (first.agency.slug, first.place, first.worst_place) == ("dinas-b", 1, 1)
    assert (excluded.place, excluded.reason) == (None, Reason.JURY)
    assert excluded.score == rank(rows, rubric, semester, END).categories[0].standings[0].score
    withdrawn = [*decisions, replace(decide(Action.WITHDRAW, "dinas-a"), number=9, withdraws=1)]
    assert rank(rows, rubric, semester, END, withdrawn) == rank(rows, rubric, semester, END)


def test_a_decision_on_another_semester_or_channel_changes_nothing(make_row, decide, rubric, semester):
    rows = [make_row(WEEKLY, slug="dinas-a")]
    others = [
        replace(decide(Action.EXCLUDE, "dinas-a"), semester="2025-S2"),
        replace(decide(Action.EXCLUDE, "dinas-a"), channel=Channel.FACEBOOK),
    ]
    assert rank(rows, rubric, semester, END, others) == rank(rows, rubric, semester, END)


def test_a_preference_breaks_a_tie_and_nothing_else(make_row, decide, rubric, semester):
    rows = [make_row(WEEKLY, slug=s) for s in ("dinas-a", "dinas-b", "dinas-c")]
    rows.append(make_row(range(0, 181, 3), slug="dinas-best"))

    def places(*slugs):
        decisions = [decide(Action.PREFER, slug, number) for number, slug in enumerate(slugs, 1)]
        (category,) = rank(rows, rubric, semester, END, decisions).categories
        return [(s.agency.slug.removeprefix("dinas-"), s.place) for s in category.standings]

    assert places("dinas-c") == [("best", 1), ("c", 2), ("a", 3), ("b", 3)]
    assert places("dinas-c", "dinas-b") == [("best", 1), ("c", 2), ("b", 3), ("a", 4)]
    assert places("dinas-best") == [("best", 1), ("a", 2), ("b", 2), ("c", 2)]


def test_judged_together_or_alone_an_account_scores_the_same(make_row, rubric, semester):
    rows = [make_row(range(n, 181, n + 1), hidden=range(n), slug=f"dinas-{n}") for n in range(2, 30)]
    (category,) = rank(rows, rubric, semester, END).categories
    alone = {row.agency.slug: score_account(row, rubric, semester, END) for row in rows}
    for s in category.standings:
        assert (s.score, s.metrics) == (alone[s.agency.slug].score, alone[s.agency.slug].metrics)


def test_a_category_larger_than_one_batch_is_one_category(make_row, rubric, semester, monkeypatch):
    rows = [make_row(range(n % 7, 181, n % 5 + 1), slug=f"dinas-{n}") for n in range(20)]
    whole = rank(rows, rubric, semester, END)
    monkeypatch.setattr("scoring.placing.place._BATCH", 3)
    assert rank(rows, rubric, semester, END) == whole


def test_float_noise_is_no_tie_break(make_row, standings):
    # the same points from sums in another order: posts on mirrored days
    found = standings(make_row([*WEEKLY], slug="dinas-a"), make_row([*WEEKLY][::-1], slug="dinas-b"))
    assert {s.place for s in found.values()} == {1}


@pytest.mark.parametrize(
    ("participation", "address", "night", "reason", "scored"),
    [
        (Participation.NON_KOMPETISI, "x", Night.SEEN, Reason.NOT_COMPETING, True),
        (Participation.TIDAK_DINILAI, "x", Night.SEEN, Reason.EXCLUDED, False),
        (Participation.PESERTA, None, Night.UNSEEN, Reason.NO_ACCOUNT, False),
        (Participation.PESERTA, "x", Night.UNSEEN, Reason.NEVER_SEEN, False),
        (Participation.PESERTA, "x", Night.NOT_DUE, Reason.NEVER_SEEN, False),
    ],
)
def test_who_has_no_place_and_why(make_row, standings, participation, address, night, reason, scored):
    agency = Agency("dinas-x", "Dinas X", "skpd", participation)
    odd = make_row(WEEKLY, agency=agency, address=address)
    odd = replace(odd, nights=(night,) * len(odd.nights))
    found = standings(make_row(range(3, 181, 14)), odd)
    assert found["dinas-a"].place == 1
    assert (found["dinas-x"].place, found["dinas-x"].reason) == (None, reason)
    assert (found["dinas-x"].score is not None) is scored
    assert (found["dinas-x"].status is Status.TIDAK_DINILAI) is not scored


def test_an_office_of_the_last_weeks_is_not_ranked_on_them(make_row, standings):
    nights = (Night.NOT_DUE,) * 160 + (Night.SEEN,) * 21
    found = standings(make_row(range(160, 181), slug="dinas-new", nights=nights), make_row(WEEKLY))
    assert found["dinas-new"].reason is Reason.LOW_COVERAGE
    assert found["dinas-a"].place == 1


def test_categories_are_the_channels_and_levels_of_the_data(make_row, rubric, semester):
    rows = [
        make_row(WEEKLY, level=level, slug=f"{level}-{channel}", channel=channel)
        for channel in (Channel.FACEBOOK, Channel.WEBSITE)
        for level in ("puskesmas", "kelurahan", "skpd")
    ]
    ranking = rank(rows, rubric, semester, END)
    assert [(c.channel.value, c.level) for c in ranking.categories] == [
        (channel, level)
        for channel in ("website", "facebook")
        for level in ("skpd", "kelurahan", "puskesmas")
    ]


def test_a_channel_without_a_target_is_not_ranked(make_row, rubric, semester):
    website_only = replace(rubric, targets={Channel.WEBSITE: {"skpd": 2.0}})
    rows = [
        make_row(WEEKLY),
        make_row(WEEKLY, channel=Channel.FACEBOOK),
        make_row(WEEKLY, level="kelurahan", slug="kel-a"),
    ]
    ranking = rank(rows, website_only, semester, END)
    assert [(c.channel.value, c.level) for c in ranking.categories] == [("website", "skpd")]


def test_a_ranking_names_its_rubric_and_the_last_day_judged(make_row, rubric, semester):
    ranking = rank([make_row(WEEKLY)], rubric, semester, date(2026, 12, 1))
    assert (ranking.as_of, ranking.rubric, ranking.digest) == (END, "keaktifan", rubric.digest)
    assert (ranking.places, ranking.shortlist) == (3, 5)


def test_a_score_decomposes_into_its_metrics(make_row, standings):
    standing = standings(make_row(WEEKLY, undated=4))["dinas-a"]
    assert standing.score == pytest.approx(sum(m.points * m.weight / 100 for m in standing.metrics))
    assert [m.name for m in standing.weighed] == ["frequency", "regularity", "freshness"]
    assert (standing.posts, standing.counted, standing.undated) == (26, 26, 4)


def test_posts_are_told_uncapped_and_counted(make_row, standings):
    standing = standings(make_row({100: 9, 101: 1}))["dinas-a"]
    assert (standing.posts, standing.counted) == (10, 4)
