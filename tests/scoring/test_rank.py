"""Places, ties, those who have no place and why."""

from dataclasses import replace
from datetime import date

import pytest

from activity.agency import Agency, Channel, Participation
from activity.ranking import Reason, Status
from activity.semester import Night
from scoring.rank import rank
from scoring.rubric import load_default, parse_rubric

END = date(2026, 6, 30)
WEEKLY = range(3, 181, 7)


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
