"""What flags and the jury do to the posts that count."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activity.agency import Agency, Channel
from activity.flag import Flag, FlaggedPost, FlagKind, Treatment
from activity.jury import Action, Override
from activity.ranking import ActivityRow
from activity.semester import Night, Semester
from scoring.jury.treatment import apply_flags, tell_rulings
from scoring.rubrics.rule import IntegrityRule

SEMESTER = Semester(2026, 1)
DAYS = SEMESTER.days()
KINDS = {Treatment.COUNT: FlagKind.BURST, Treatment.FIRST_SEEN: FlagKind.BACK_DATED}
KINDS |= {Treatment.HOLD: FlagKind.COPIED, Treatment.DROP: FlagKind.SHARED}
RULE = IntegrityRule({kind: treatment for treatment, kind in KINDS.items()})


_POSTS = st.tuples(st.integers(0, 180), st.integers(-40, 220), st.sampled_from(Treatment))


def row(**counts: int) -> ActivityRow:
    """Posts by day of the semester: `d10=2`."""
    posts = tuple(counts.get(f"d{n}", 0) for n in range(len(DAYS)))
    agency = Agency("a", "Dinas A", "skpd")
    return ActivityRow(agency, Channel.WEBSITE, "https://a.id/", posts, (Night.SEEN,) * len(DAYS))


def post(key: str, claimed: int | None, seen: int) -> FlaggedPost:
    first = SEMESTER.first_day
    day = None if claimed is None else first + timedelta(claimed)
    return FlaggedPost(key, f"https://a.id/{key}", key, day, first + timedelta(seen))


def flag(treatment: Treatment, *posts: FlaggedPost) -> Flag:
    return Flag(KINDS[treatment], "a", Channel.WEBSITE, posts, "evidence")


def override(action: Action, key: str, semester: str = "2026-S1") -> Override:
    now = datetime(2026, 7, 3, tzinfo=UTC)
    return Override(1, semester, "a", Channel.WEBSITE, action, key, "Ketua", "reason", "letter", now)


def treat(before: ActivityRow, *flags: Flag, decisions=(), decided=None) -> ActivityRow:
    (after,) = apply_flags([before], flags, RULE, decisions, decided or {}, SEMESTER)
    return after


def counts(after: ActivityRow) -> dict[int, int]:
    return {n: count for n, count in enumerate(after.posts) if count}


@pytest.mark.parametrize(
    ("treatment", "counted", "held"),
    [
        (Treatment.COUNT, {10: 2}, 0),
        (Treatment.FIRST_SEEN, {10: 1, 40: 1}, 0),
        (Treatment.HOLD, {10: 1}, 1),
        (Treatment.DROP, {10: 1}, 0),
    ],
)
def test_each_treatment(treatment, counted, held):
    noticed = flag(treatment, post("x", 10, 40))
    after = treat(row(d10=2), noticed)
    assert counts(after) == counted
    assert sum(after.held) == held
    assert after.flags == (noticed,)


@given(st.lists(_POSTS, max_size=8))
def test_rulings_say_post_by_post_what_a_row_says_in_sum(drawn):
    flags = [flag(does, post(f"p{n}", day, seen)) for n, (day, seen, does) in enumerate(drawn)]
    before = row(**{f"d{day}": times for day, times in Counter(day for day, _, _ in drawn).items()})
    rulings = tuple(tell_rulings([before], flags, RULE, (), {}, SEMESTER))
    counted = Counter((ruling.day - SEMESTER.first_day).days for ruling in rulings if ruling.day)
    assert counts(treat(before, *flags)) == counted
    assert [ruling.because for ruling in rulings] == [KINDS[does].value for _, _, does in drawn]


def test_the_jurys_decision_is_what_a_post_counts_by():
    noticed, decision = flag(Treatment.DROP, post("x", 10, 40)), override(Action.COUNT, "x")
    (ruling,) = tell_rulings([row(d10=1)], [noticed], RULE, [decision], {}, SEMESTER)
    assert (ruling.treatment, ruling.because) == (Treatment.COUNT, "jury decision 1")
    assert ruling.day == SEMESTER.first_day + timedelta(10)


def test_of_several_flags_the_strictest_holds_whatever_their_order():
    flags = [flag(treatment, post("x", 10, 40)) for treatment in Treatment]
    for order in (flags, flags[::-1]):
        assert counts(treat(row(d10=1), *order)) == {}


def test_first_seen_before_the_semester_is_the_newest_before_it():
    after = treat(row(d90=1), flag(Treatment.FIRST_SEEN, post("x", 90, -20)))
    assert counts(after) == {}
    assert after.newest_before == SEMESTER.first_day - timedelta(20)
    later = treat(row(d90=1), flag(Treatment.FIRST_SEEN, post("x", 90, 200)))
    assert (counts(later), later.newest_before) == ({}, None)


def test_the_jury_goes_before_the_rubric_either_way():
    held, counted = post("x", 10, 10), post("y", 20, 20)
    flags = (flag(Treatment.HOLD, held), flag(Treatment.COUNT, counted))
    decisions = (override(Action.COUNT, "x"), override(Action.DROP, "y"))
    after = treat(row(d10=1, d20=1), *flags, decisions=decisions)
    assert (counts(after), after.held) == ({10: 1}, ())


def test_the_jury_drops_a_post_that_nothing_flagged():
    decided = {("a", Channel.WEBSITE, "z"): post("z", 30, 30)}
    after = treat(row(d30=2), decisions=(override(Action.DROP, "z"),), decided=decided)
    assert counts(after) == {30: 1}
    other = treat(row(d30=2), decisions=(override(Action.DROP, "z", "2025-S2"),), decided=decided)
    assert counts(other) == {30: 2}
    unknown = treat(row(d30=2), decisions=(override(Action.DROP, "nobody knows it"),))
    assert counts(unknown) == {30: 2}


@pytest.mark.parametrize(
    ("treatment", "counted", "held", "kept"),
    [
        (Treatment.COUNT, {10: 3}, 0, 1),
        (Treatment.FIRST_SEEN, {10: 2, 40: 1}, 0, 1),
        (Treatment.HOLD, {10: 2}, 1, 1),
        (Treatment.DROP, {10: 2}, 0, 0),
    ],
)
def test_a_post_that_only_a_dateline_places(treatment, counted, held, kept):
    before = replace(row(d10=2), datelines=(post("x", 10, 40),))
    rule = replace(RULE, dateline=treatment)
    (after,) = apply_flags([before], (), rule, (), {}, SEMESTER)
    assert (counts(after), sum(after.held), len(after.datelines)) == (counted, held, kept)


def test_the_jury_decides_on_a_dateline_too():
    before = replace(row(), datelines=(post("x", 10, 40), post("y", 20, 40)))
    unknown = {("a", Channel.WEBSITE, key): post(key, None, 40) for key in "xy"}
    decisions = (override(Action.COUNT, "x"), override(Action.DROP, "y"))
    after = treat(before, decisions=decisions, decided=unknown)
    assert (counts(after), after.held, [each.key for each in after.datelines]) == ({10: 1}, (), ["x"])


def test_nobody_else_is_touched():
    before = row(d10=1)
    stranger = Flag(FlagKind.SHARED, "b", Channel.WEBSITE, (post("x", 10, 10),), "evidence")
    assert treat(before, stranger) is before


@given(
    posts=st.lists(
        st.tuples(st.integers(0, 180), st.integers(-40, 220), st.sampled_from(Treatment)), max_size=12
    ),
    present=st.integers(0, 2),
)
def test_counts_are_never_negative_and_no_post_is_invented(posts, present):
    before = row(**{f"d{claimed}": present for claimed, _, _ in posts})
    flags = [flag(how, post(str(n), claimed, seen)) for n, (claimed, seen, how) in enumerate(posts)]
    after = treat(before, *flags)
    assert min(after.posts) >= 0
    assert sum(after.posts) + sum(after.held) <= sum(before.posts)
    assert after.newest_before is None or after.newest_before < date(2026, 1, 1)
