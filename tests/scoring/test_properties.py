"""What must hold of every ranking, whatever the data."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activity.agency import Agency, Channel
from activity.flag import Flag, FlaggedPost, FlagKind
from activity.ranking import ActivityRow, Status
from activity.semester import Night, Semester
from scoring.placing.rank import rank
from scoring.placing.standing import score_account
from scoring.rubrics.rubric import load_default, parse_rubric
from scoring.rubrics.rule import StabilityRule

SEMESTER = Semester(2026, 1)
DAYS = len(SEMESTER.days())
RUBRIC = replace(parse_rubric(load_default(), "keaktifan.toml"), stability=StabilityRule(draws=10))
END = date(2026, 6, 30)

posts = st.dictionaries(st.integers(0, DAYS - 1), st.integers(1, 9), max_size=90)
hidden_nights = st.sets(st.integers(0, DAYS - 1), max_size=50)
held_posts = st.dictionaries(st.integers(0, DAYS - 1), st.integers(1, 3), max_size=4)
before = st.none() | st.dates(date(2025, 1, 1), date(2025, 12, 31))


@st.composite
def rows(draw, slug="dinas-a"):
    counts, unseen, seen_from = draw(posts), draw(hidden_nights), draw(st.integers(0, DAYS))
    return ActivityRow(
        agency=Agency(slug, slug, draw(st.sampled_from(["skpd", "kelurahan"]))),
        channel=draw(st.sampled_from(list(Channel))),
        address="x",
        posts=tuple(counts.get(i, 0) for i in range(DAYS)),
        nights=tuple(
            Night.UNSEEN if i in unseen else Night.SEEN if i >= seen_from else Night.RECONSTRUCTED
            for i in range(DAYS)
        ),
        newest_before=draw(before),
        earliest_known=draw(before),
    )


@st.composite
def rivals(draw):
    """Rows of one category, nearly alike so that little decides; some with held, some with flagged posts."""
    base = draw(rows())
    return [_vary(draw, base, f"x-{number}") for number in range(draw(st.integers(2, 4)))]


def _vary(draw, base, slug):
    changed = draw(st.dictionaries(st.integers(0, DAYS - 1), st.integers(0, 2), max_size=6))
    hidden = draw(st.sets(st.integers(0, DAYS - 1), max_size=3))
    waiting = draw(held_posts) if draw(st.booleans()) else {}
    posts = tuple(changed.get(day, n) for day, n in enumerate(base.posts))
    posted = [day for day in range(DAYS) if posts[day]]
    chosen = draw(st.lists(st.sampled_from(posted), max_size=3, unique=True)) if posted else []
    kind = draw(st.sampled_from([FlagKind.BURST, FlagKind.BACK_DATED, FlagKind.COPIED, FlagKind.SPAM]))
    named = tuple(FlaggedPost(f"p{day}", "", "", _day(day), _day(day)) for day in chosen)
    return replace(
        base,
        agency=Agency(slug, slug, "skpd"),
        channel=Channel.WEBSITE,
        posts=posts,
        nights=tuple(Night.UNSEEN if day in hidden else night for day, night in enumerate(base.nights)),
        held=tuple(waiting.get(day, 0) for day in range(DAYS)) if waiting else (),
        flags=(Flag(kind, slug, Channel.WEBSITE, named, "seen"),) if named else (),
    )


def _day(index):
    return SEMESTER.first_day + timedelta(days=index)


def _standings(rows, as_of=END):
    ranking = rank(rows, RUBRIC, SEMESTER, as_of)
    return {s.agency.slug: s for category in ranking.categories for s in category.standings}


def _hide(row, hidden, forgotten):
    nights = tuple(
        Night.UNSEEN if day in hidden and night is not Night.NOT_DUE else night
        for day, night in enumerate(row.nights)
    )
    if not forgotten:
        return replace(row, nights=nights)
    return replace(
        row,
        nights=nights,
        posts=tuple(0 if day in hidden else n for day, n in enumerate(row.posts)),
        flags=(),
        held=(),
    )


as_ofs = st.dates(SEMESTER.first_day, SEMESTER.end_day + timedelta(days=30))


@given(st.lists(st.integers(0, 3), min_size=2, max_size=6), st.data(), as_ofs)
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_rows_never_matters(copies, data, as_of):
    drawn = [data.draw(rows(slug=f"dinas-{n}")) for n in range(3)]
    many = [
        replace(drawn[kind % 3], agency=replace(drawn[kind % 3].agency, slug=f"x-{n}", name=f"x-{n}"))
        for n, kind in enumerate(copies)
    ]
    shuffled = data.draw(st.permutations(many))
    assert rank(many, RUBRIC, SEMESTER, as_of) == rank(shuffled, RUBRIC, SEMESTER, as_of)


@given(rows(), st.integers(2, 5))
@settings(max_examples=40, deadline=None)
def test_ties_are_ties(row, copies):
    same = [replace(row, agency=replace(row.agency, slug=f"x-{n}")) for n in range(copies)]
    (category,) = rank(same, RUBRIC, SEMESTER, date(2026, 6, 30)).categories
    assert len({s.place for s in category.standings}) == 1


@given(rows(), as_ofs)
@settings(max_examples=100, deadline=None)
def test_nothing_leaves_0_to_100(row, as_of):
    standing = score_account(row, RUBRIC, SEMESTER, as_of)
    figures = [standing.score or 0.0, *(m.points for m in standing.metrics)]
    assert all(0 <= figure <= 100 for figure in figures)
    assert 0 <= standing.coverage.share <= 1
    assert (standing.score is None) == (standing.status is Status.TIDAK_DINILAI)


@given(rows(), st.integers(0, DAYS - 1))
@settings(max_examples=100, deadline=None)
def test_adding_a_post_never_lowers_a_score(row, day):
    more = replace(row, posts=(*row.posts[:day], row.posts[day] + 1, *row.posts[day + 1 :]))
    old, new = (score_account(each, RUBRIC, SEMESTER, date(2026, 6, 30)) for each in (row, more))
    if old.score is not None:
        assert (new.score or 0) >= (old.score or 0) - 1e-9


@given(rows(), hidden_nights)
@settings(max_examples=100, deadline=None)
def test_hiding_nights_never_lowers_a_score_and_never_makes_a_vacuum(row, hidden):
    blind = replace(
        row, nights=tuple(Night.UNSEEN if i in hidden else night for i, night in enumerate(row.nights))
    )
    old, new = (score_account(each, RUBRIC, SEMESTER, date(2026, 6, 30)) for each in (row, blind))
    if new.score is not None:
        assert (new.score or 0) >= (old.score or 0) - 1e-9
    assert not (new.status is Status.VAKUM and old.status is not Status.VAKUM)


@given(rivals(), as_ofs)
@settings(max_examples=60, deadline=None)
def test_a_place_lies_within_its_range(many, as_of):
    for standing in _standings(many, as_of).values():
        if standing.place is None:
            assert standing.best_place is standing.worst_place is standing.stability is None
        else:
            assert 1 <= standing.best_place <= standing.place <= standing.worst_place <= len(many)
            assert 0 <= standing.stability <= 1


@given(rivals(), hidden_nights, st.booleans())
@settings(max_examples=80, deadline=None)
def test_hiding_nights_never_lowers_the_best_end_of_anybodys_range(many, hidden, forgotten):
    """Whether or not the posts of the hidden nights are found later all the same; a twin stands beside it."""
    if forgotten:
        many = [replace(row, flags=(), held=()) for row in many]
    twin = replace(many[0], agency=Agency("twin", "twin", "skpd"))
    before = _standings([twin, *many])
    after = _standings([twin, _hide(many[0], hidden, forgotten), *many[1:]])
    for slug, standing in after.items():
        if standing.place is not None and before[slug].place is not None:
            assert standing.best_place <= before[slug].best_place


@given(rows(), hidden_nights, held_posts, st.data())
@settings(max_examples=80, deadline=None)
def test_an_account_may_stand_beside_whatever_may_be_true_of_it(row, hidden, waiting, data):
    """Its unseen nights held anything up to the cap, or nothing; its held posts count, or do not."""
    row = replace(_hide(row, hidden, forgotten=False), held=tuple(waiting.get(d, 0) for d in range(DAYS)))
    cap = RUBRIC.frequency.cap_per_day
    truth = data.draw(st.lists(st.integers(0, cap), min_size=DAYS, max_size=DAYS) | st.just([cap] * DAYS))
    posts = [
        (max(n, truth[day]) if night is Night.UNSEEN else n) + row.held[day]
        for day, (n, night) in enumerate(zip(row.posts, row.nights, strict=True))
    ]
    nights = tuple(Night.SEEN if night is Night.UNSEEN else night for night in row.nights)
    full = replace(row, agency=Agency("full", "full", row.agency.level), posts=tuple(posts), nights=nights)
    bare = replace(row, agency=Agency("bare", "bare", row.agency.level), nights=nights)
    unsure = replace(row, agency=Agency("unsure", "unsure", row.agency.level))
    against_full = _standings([unsure, replace(full, held=())])
    against_bare = _standings([unsure, replace(bare, held=())])
    if against_full["unsure"].place is not None and against_full["full"].place is not None:
        assert against_full["unsure"].best_place == 1
    if against_bare["bare"].place is not None:
        assert against_bare["bare"].best_place == 1


@given(rivals(), st.integers(0, 3), st.integers(DAYS - 14, DAYS - 1))
@settings(max_examples=60, deadline=None)
def test_a_recent_unflagged_post_never_costs_a_place(many, whose, day):
    row = many[whose % len(many)]
    more = replace(row, posts=(*row.posts[:day], row.posts[day] + 1, *row.posts[day + 1 :]))
    before = _standings(many)[row.agency.slug]
    after = _standings([more if each is row else each for each in many])[row.agency.slug]
    if before.score is not None:
        assert after.score >= before.score - 1e-9
        assert before.place is None or after.place <= before.place


@given(
    st.integers(26, 400),
    st.sampled_from([(Channel.WEBSITE, "skpd"), (Channel.WEBSITE, "kelurahan"), (Channel.INSTAGRAM, "skpd")]),
    before,
)
@settings(max_examples=100, deadline=None)
def test_a_flood_in_the_last_week_gains_less_than_a_fifth_of_the_same_posts_spread(
    count, kind, newest_before
):
    channel, level = kind

    def score(days):
        tally = [0] * DAYS
        for day in days:
            tally[day] += 1
        row = ActivityRow(
            Agency("dinas-a", "A", level),
            channel,
            "x",
            tuple(tally),
            (Night.SEEN,) * DAYS,
            newest_before=newest_before,
        )
        return score_account(row, RUBRIC, SEMESTER, date(2026, 6, 30)).score

    nothing = score([])
    spread = score(n * DAYS // count for n in range(count)) - nothing
    flood = score(DAYS - 7 + n * 7 // count for n in range(count)) - nothing
    assert flood < spread / 5


@pytest.mark.parametrize("day", [0, 90, 180])
def test_a_post_of_an_unseen_night_counts(day):
    tally = tuple(1 if i in {day, 50} else 0 for i in range(DAYS))
    row = ActivityRow(
        Agency("dinas-a", "A", "skpd"),
        Channel.WEBSITE,
        "x",
        tally,
        tuple(Night.UNSEEN if i == day else Night.SEEN for i in range(DAYS)),
    )
    assert score_account(row, RUBRIC, SEMESTER, date(2026, 6, 30)).counted == 2
