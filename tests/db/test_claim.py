"""Which of two claimed dates stands."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from activity.post import DateEvidence, EvidenceKind, PostDate, Precision
from db.post.claim import Claim, cause_of, choose_claim, claim_of, pack_evidence, unpack_evidence
from db.post.rebuild import find_rebuilt
from db.schema.base import ClaimCause
from testkit.zone import MAKASSAR as ZONE

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

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
    if old is not None:
        assert chosen is not None
        assert chosen.local_day is not None or old.local_day is None
        if new is None or None in {old.local_day, new.local_day} or old.local_day == new.local_day:
            assert chosen.precision.coarseness <= old.precision.coarseness
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


def claim(days: int, *kinds: str, precision: Precision = Precision.MINUTE, reading: int = 2) -> Claim:
    """Noon so many days later, by witnesses of these kinds; `listing:li` names the place as well."""
    at = NOON + timedelta(days=days)
    at = at.replace(hour=16) - timedelta(days=1) if precision is Precision.DAY else at
    named = ((EvidenceKind(kind.partition(":")[0]), kind.partition(":")[2]) for kind in kinds)
    witnesses = tuple(DateEvidence(k, where, str(at), at, precision, "https://a.id/") for k, where in named)
    made = claim_of(PostDate(at, precision, witnesses), ZONE)
    assert made is not None
    return replace(made, reading=reading)


def settle(old: Claim, new: Claim, **more: bool) -> tuple[int, bool]:
    """Which day stands, counted from the first of them, and whether it is contested."""
    chosen = choose_claim(old, new, **more)
    assert chosen is not None
    assert choose_claim(chosen, new, **more) == chosen
    assert chosen.local_day is not None
    return (chosen.local_day - NOON.date()).days, chosen.contested


class TestCorrections:
    def test_the_site_says_otherwise_in_the_same_place(self) -> None:
        old, new = claim(0, "listing:li"), claim(9, "listing:li")
        assert settle(old, new) == (9, False)
        assert cause_of(old, new) is ClaimCause.SITE

    def test_another_witness_or_place_is_our_correction(self) -> None:
        for kinds in (("listing:li", "listing:td"), ("feed:pubDate", "listing:li"), ("text:p", "meta:m")):
            assert cause_of(claim(0, kinds[0]), claim(9, kinds[1])) is ClaimCause.READING

    def test_the_same_words_read_otherwise_are_our_correction(self) -> None:
        old, new = claim(0, "listing:li"), claim(9, "listing:li")
        same = [{**old.evidence[0], "raw": "3/4/2026"}], [{**new.evidence[0], "raw": "3/4/2026"}]
        old, new = replace(old, evidence=same[0]), replace(new, evidence=same[1])
        assert cause_of(old, new) is ClaimCause.READING
        assert settle(old, new) == (9, False)

    def test_what_an_older_version_read_is_corrected_and_contradicts_nobody(self) -> None:
        for old_kind in ("listing:li", "text:p", "feed:pubDate"):
            old = claim(0, old_kind, reading=1)
            for new in (claim(9, old_kind), claim(9, "listing:td", precision=Precision.DAY)):
                assert settle(old, new) == (9, False)
                assert cause_of(old, new) is ClaimCause.READING
        assert settle(claim(0, "api:date_gmt", reading=1), claim(9, "listing:li"))[0] == 0

    def test_a_day_that_older_rules_took_from_a_dateline_gives_way_to_it(self) -> None:
        dateline = claim(0, "dateline:p", precision=Precision.WEEK)
        assert choose_claim(claim(0, "text:p", reading=1), dateline) == dateline
        steady = claim(0, "feed:pubDate", reading=1)
        assert choose_claim(steady, dateline) == steady
        now = claim(0, "text:p")
        assert choose_claim(now, dateline) == now

    def test_a_build_date_does_not_replace_the_day_of_the_page(self) -> None:
        page = claim(0, "listing:li", precision=Precision.DAY)
        feed = claim(40, "feed:pubDate", precision=Precision.SECOND)
        assert settle(page, feed) == (0, True)
        assert settle(feed, page) == (0, True)
        chosen = choose_claim(page, feed)
        assert chosen is not None
        assert [witness["kind"] for witness in chosen.evidence] == ["listing", "feed"]

    def test_a_feed_whose_day_the_page_confirmed_cannot_move_it_alone(self) -> None:
        both = claim(0, "feed:pubDate", "json-ld:datePublished")
        assert settle(both, claim(9, "feed:pubDate")) == (0, True)
        assert settle(both, claim(9, "feed:pubDate", "json-ld:datePublished")) == (9, False)

    def test_a_feed_moves_it_with_any_page_that_says_so_too(self) -> None:
        # The list that told the former day was not read that night (the awkward site 2110976).
        three = claim(0, "feed:pubDate", "listing:li", "text:span")
        assert settle(three, claim(9, "feed:pubDate", "text:span"))[0] == 9
        assert settle(three, claim(9, "feed:pubDate")) == (0, True)

    def test_the_record_of_a_contradiction_is_never_wiped(self) -> None:
        contested = choose_claim(claim(0, "listing:li", precision=Precision.DAY), claim(40, "feed:pubDate"))
        for later in (claim(0, "listing:li", precision=Precision.DAY), claim(9, "listing:li")):
            chosen = choose_claim(contested, later)
            assert chosen is not None
            assert chosen.contested
            assert {witness["kind"] for witness in chosen.evidence} == {"listing", "feed"}

    def test_two_witnesses_that_take_turns_do_not_take_the_day_with_them(self) -> None:
        stands = choose_claim(claim(0, "text:p"), claim(9, "meta:m"))
        for _ in range(3):
            for new in (claim(0, "text:p"), claim(9, "meta:m")):
                assert choose_claim(stands, new) == stands

    def test_a_rebuilt_site_keeps_its_days_and_a_restless_place_is_believed_once(self) -> None:
        old, new = claim(0, "feed:pubDate"), claim(9, "feed:pubDate")
        assert settle(old, new, rebuilt=True) == (0, True)
        contested = choose_claim(old, new, rebuilt=True)
        assert contested is not None
        assert settle(contested, claim(20, "feed:pubDate")) == (0, True)

    @given(claims, claims, claims)
    def test_contested_stays(self, first: Claim | None, second: Claim | None, third: Claim | None) -> None:
        chosen = choose_claim(first, second)
        if chosen is not None and chosen.contested and third is not None and third.local_day is not None:
            last = choose_claim(chosen, third)
            assert last is not None
            assert last.contested or last is third


class TestRebuilt:
    def test_one_of_many_is_an_edit_and_half_of_them_are_a_build(self) -> None:
        still = {str(n): (claim(n, "feed:pubDate"),) * 2 for n in range(8)}
        edited = {"x": (claim(0, "feed:pubDate"), claim(30, "feed:pubDate"))}
        assert find_rebuilt(still | edited) == frozenset()
        moved = {f"m{n}": (claim(n, "feed:pubDate"), claim(n + 30, "feed:pubDate")) for n in range(9)}
        assert find_rebuilt(still | moved) == moved.keys()

    def test_a_few_that_move_to_one_moment(self) -> None:
        still = {str(n): (claim(n, "feed:pubDate"),) * 2 for n in range(20)}
        build = {f"m{n}": (claim(n, "feed:pubDate"), claim(30, "feed:pubDate")) for n in range(2)}
        assert find_rebuilt(still | build) == build.keys()

    def test_a_date_alone_in_its_place_tells_nothing_but_an_interface_does(self) -> None:
        assert find_rebuilt({"x": (claim(0, "feed:pubDate"), claim(9, "feed:pubDate"))}) == {"x"}
        assert find_rebuilt({"x": (claim(0, "api:date"), claim(9, "api:date"))}) == frozenset()
