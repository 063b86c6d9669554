"""Which of two claimed dates stands."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from activity.post import DateEvidence, EvidenceKind, PostDate, Precision
from db.claim import Claim, choose_claim, claim_of, pack_evidence, unpack_evidence

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Makassar")

claims = st.none() | st.builds(
    lambda hours, precision, witnesses: claim_of(
        PostDate(NOON + timedelta(hours=hours), precision, witnesses), ZONE
    ),
    st.integers(-100, 100),
    st.sampled_from(Precision),
    st.lists(
        st.builds(
            DateEvidence,
            st.sampled_from(EvidenceKind),
            st.text(max_size=3),
            st.text(max_size=3),
            st.just(NOON),
            st.sampled_from(Precision),
            st.just("https://a.id/"),
        ),
        max_size=3,
    ).map(tuple),
)


@given(claims, claims)
def test_choosing_again_changes_nothing(old: Claim | None, new: Claim | None) -> None:
    chosen = choose_claim(old, new)
    assert choose_claim(chosen, new) == chosen


@given(claims, claims)
def test_nothing_is_given_up_for_less(old: Claim | None, new: Claim | None) -> None:
    chosen = choose_claim(old, new)
    fineness = list(Precision)
    if old is not None:
        assert chosen is not None
        assert fineness.index(chosen.precision) <= fineness.index(old.precision)
    if new is not None:
        assert chosen is not None


@given(claims)
def test_evidence_comes_back_as_it_was(claim: Claim | None) -> None:
    if claim is not None:
        assert pack_evidence(unpack_evidence(claim.evidence)) == claim.evidence


def test_the_newer_of_two_equally_fine_dates_stands() -> None:
    old = claim_of(PostDate(NOON, Precision.MINUTE, ()), ZONE)
    new = claim_of(PostDate(NOON + timedelta(days=3), Precision.MINUTE, ()), ZONE)
    assert choose_claim(old, new) == new


def test_a_relative_date_read_again_does_not_wander() -> None:
    for precision, later in ((Precision.HOUR, 1), (Precision.MONTH, 24 * 9)):
        old = claim_of(PostDate(NOON, precision, ()), ZONE)
        new = claim_of(PostDate(NOON + timedelta(hours=later), precision, ()), ZONE)
        assert choose_claim(old, new) == old


def test_the_local_day_is_the_zones_and_only_where_it_is_certain() -> None:
    late = datetime(2026, 3, 2, 17, tzinfo=UTC)
    exact = claim_of(PostDate(late, Precision.MINUTE, ()), ZONE)
    coarse = claim_of(PostDate(late, Precision.WEEK, ()), ZONE)
    assert exact is not None
    assert coarse is not None
    assert str(exact.local_day) == "2026-03-03"
    assert coarse.local_day is None
