"""Claims of completeness: what proves one, what disproves it, and that none leaves out a post that exists."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from activity.visit import Proof
from crawler.reach import (
    Disproof,
    ListFacts,
    Order,
    Reach,
    combine_reaches,
    is_by_title,
    judge_order,
    judge_reach,
)

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
LAST = datetime(2026, 3, 1, tzinfo=UTC)


def on(*days: int | None) -> tuple[datetime | None, ...]:
    """So many days after the window's start; None where a post is not dated."""
    return tuple(None if day is None else SINCE + timedelta(days=day) for day in days)


def met(*days: int | None, **more: object) -> ListFacts:
    """A list that showed posts of these days, one page of it unless told otherwise."""
    facts = ListFacts(keys=tuple(f"p{n}" for n in range(len(days))), moments=on(*days), pages=1)
    return replace(facts, **more)  # type: ignore[arg-type]


FALLING = (60, 50, 40, 30, 20, 10, -5, -15)
RECENT = (60, 55, 50, 45, 40, 35)
MIXED = (10, 60, -20, 40, -30, 50, 20, -5, 30, -10)


PROOFS = {
    "a list that falls to older posts": (met(*FALLING), Proof.OLDER_MET, 0),
    "the same with one pinned on top": (met(-200, *FALLING), Proof.OLDER_MET, 0),
    "the same with an undated one between": (met(60, None, 20, 5, -5, -9), Proof.OLDER_MET, 0),
    "one read to its end": (met(*RECENT, ended=True, paged=True), Proof.ENDED, 0),
    "an unsorted one read to its end": (met(*MIXED, ended=True, paged=True), Proof.ENDED, 0),
    "one as long as it says": (met(*MIXED, total=10), Proof.TOTAL_REACHED, 0),
    "one that lacks two of those it counts": (met(*MIXED, ended=True, paged=True, total=12), Proof.ENDED, 0),
}


@pytest.mark.parametrize("kind", PROOFS)
def test_a_proof_claims_back_to_where_it_reaches(kind: str) -> None:
    facts, proof, day = PROOFS[kind]
    reach = judge_reach(facts, SINCE)
    assert (reach.proof, reach.since) == (proof, SINCE + timedelta(days=day))


def test_titles_of_a_few_posts_run_by_the_alphabet_by_chance() -> None:
    titles = ["Apel pagi", "bimbingan teknis", "Gotong royong", "Lomba", "Rapat"]
    assert is_by_title(titles)
    assert not is_by_title(titles[:4])
    assert not is_by_title(["Rapat", *titles])
    assert not is_by_title([*titles, "Sosialisasi", "Tera ulang", "Upacara", "Vaksinasi"])
    assert not is_by_title([f"Rapat ke-{n}" for n in range(1, 6)])


DISPROOFS = {
    "the first page again": (met(*FALLING, repeated=True), Disproof.REPEATS),
    "titles by the alphabet, whose days fall by chance": (met(*FALLING, by_title=True), Disproof.CUT),
    "cards that lead nowhere": (met(*FALLING, unaddressed=2), Disproof.UNADDRESSED),
    "the first page again, as many as stated": (met(*MIXED, repeated=True, total=10), Disproof.REPEATS),
    "an unsorted list that goes on": (met(*MIXED), Disproof.CUT),
    "a rising list that goes on": (met(*reversed(RECENT)), Disproof.CUT),
    "an unsorted list on one page that shows no end": (met(*MIXED, ended=True), Disproof.NO_END),
    "an undated list that goes on": (met(None, None, None), Disproof.CUT),
    "an end before as many as stated": (met(*MIXED, ended=True, paged=True, total=40), Disproof.MORE_STATED),
    "nothing": (met(ended=True, paged=True), Disproof.NOTHING),
    "nothing, and nothing stated": (met(ended=True, paged=True, total=0), Disproof.NOTHING),
}


@pytest.mark.parametrize("kind", DISPROOFS)
def test_a_disproof_leaves_no_claim(kind: str) -> None:
    facts, doubt = DISPROOFS[kind]
    reach = judge_reach(facts, SINCE)
    assert (reach.since, reach.proof) == (None, None)
    assert doubt in reach.doubts


def test_a_list_that_falls_and_goes_on_is_known_back_to_where_it_was_left() -> None:
    reach = judge_reach(met(*RECENT), SINCE)
    # Others of the last post's day may stand behind it.
    assert (reach.proof, reach.since) == (Proof.OLDER_MET, SINCE + timedelta(days=36))


def test_three_posts_may_fall_by_chance() -> None:
    assert judge_reach(met(60, 50, 40), SINCE).since == SINCE + timedelta(days=51)
    assert judge_reach(met(60, 50, -40), SINCE).since == SINCE + timedelta(days=51)


def test_a_partial_claim_says_why_it_is_no_more() -> None:
    assert judge_reach(met(*RECENT), SINCE).doubts == (Disproof.CUT,)
    assert judge_reach(met(*RECENT, ended=True), SINCE).doubts == (Disproof.NO_END,)
    assert judge_reach(met(*RECENT, ended=True, paged=True, total=99), SINCE).doubts == (
        Disproof.MORE_STATED,
    )


def test_one_old_post_at_the_end_of_what_was_read_may_be_pinned_or_edited() -> None:
    assert judge_reach(met(60, 50, 40, 30, -200), SINCE).since == SINCE + timedelta(days=31)
    assert judge_reach(met(60, 50, 40, 30, -200, -210), SINCE).since == SINCE
    assert judge_reach(met(60, 30, 25, -10), SINCE).since == SINCE


def test_posts_of_one_moment_may_go_on_behind_the_cut() -> None:
    assert judge_reach(met(60, 50, 40, 30, 30, 30), SINCE).since == SINCE + timedelta(days=31)
    assert judge_reach(met(30, 30, 30), SINCE).since is None


def test_a_list_goes_on_from_an_earlier_night() -> None:
    tonight = met(75, 70, 65, linked=3, linked_to=20)
    assert judge_reach(tonight, SINCE, LAST) == Reach(
        LAST, Proof.OVERLAPS, (Disproof.CUT,), frozenset(tonight.keys)
    )
    # One post of last night's will do in a list that falls without exception; a pinned one might be it else.
    assert judge_reach(replace(tonight, linked=1), SINCE, LAST).proof is Proof.OVERLAPS
    pinned = met(60, 75, 70, 65, linked=2, linked_to=20)
    assert judge_reach(pinned, SINCE, LAST).proof is Proof.OLDER_MET
    short = replace(tonight, linked=2, linked_to=2)
    assert judge_reach(short, SINCE, LAST).since == LAST
    unsorted = met(*MIXED, linked=5, linked_to=20)
    assert judge_reach(unsorted, SINCE, LAST).since is None
    gone = met(75, 70, 65, linked=0, linked_to=0)
    assert judge_reach(gone, SINCE, LAST).proof is not Proof.OVERLAPS


def test_the_very_posts_of_one_page_are_no_new_ones_though_nothing_tells_their_days() -> None:
    # A dead office's old posts are not stored, and its list tells no days (the awkward site 2110644).
    same = replace(met(1, 2, 3, 4, 5), moments=(None,) * 5, ended=True, linked=5, linked_to=5)
    assert judge_reach(same, SINCE, LAST).since == LAST
    assert judge_reach(replace(same, linked=4, linked_to=4), SINCE, LAST).since is None
    assert judge_reach(replace(same, ended=False), SINCE, LAST).since is None
    assert judge_reach(replace(same, linked_to=6), SINCE, LAST).since is None
    mixed = replace(met(*MIXED), ended=True, linked=len(MIXED), linked_to=len(MIXED))
    assert judge_reach(mixed, SINCE, LAST).since is None


def test_the_keys_are_those_that_may_be_of_the_window() -> None:
    assert judge_reach(met(5, None, -1), SINCE).keys == {"p0", "p1"}
    assert judge_reach(met(5, 3, repeated=True), SINCE).keys == {"p0", "p1"}


def test_a_cut_list_without_days_stands_against_another_that_is_whole() -> None:
    undated = judge_reach(met(None, None, None), SINCE)
    assert undated.since is None
    other = Reach(SINCE, Proof.ENDED, keys=frozenset({"q0", "q1"}))
    assert combine_reaches([other, undated]).since is None
    assert combine_reaches([Reach(SINCE, Proof.ENDED, keys=undated.keys), undated]).since == SINCE


def whole(*keys: str, day: int = 0) -> Reach:
    return Reach(SINCE + timedelta(days=day), Proof.ENDED, keys=frozenset(keys))


def unproven(*keys: str) -> Reach:
    return Reach(doubts=(Disproof.CUT,), keys=frozenset(keys))


def test_an_agenda_that_reaches_back_vouches_for_no_news() -> None:
    reach = combine_reaches([whole("a1", "a2"), unproven("n1", "n2")])
    assert reach.since is None
    assert reach.doubts == (Disproof.CUT, Disproof.OTHER_LIST)
    assert reach.keys == {"a1", "a2", "n1", "n2"}


def test_a_list_whose_posts_a_whole_one_holds_is_not_needed() -> None:
    reach = combine_reaches([unproven("n1", "n2"), whole("n1", "n2", "n3")])
    assert (reach.since, reach.proof, reach.doubts) == (SINCE, Proof.ENDED, ())


def test_a_list_that_shows_no_post_of_the_window_does_not_stand_in_the_way() -> None:
    assert combine_reaches([whole("n1"), unproven()]).since == SINCE


def test_a_site_is_known_no_further_back_than_each_of_its_lists() -> None:
    assert combine_reaches([whole("n1"), whole("a1", day=30)]).since == SINCE + timedelta(days=30)
    assert combine_reaches([whole("n1", "a1"), whole("a1", day=30)]).since == SINCE


def test_missing_posts_disprove_every_claim() -> None:
    reach = combine_reaches([whole("n1")], missing=1)
    assert (reach.since, reach.proof, reach.doubts) == (None, None, (Disproof.MISSING,))


def test_what_shows_nothing_claims_nothing() -> None:
    assert combine_reaches([]).doubts == (Disproof.NOTHING,)
    assert combine_reaches([unproven(), unproven()]).doubts == (Disproof.NOTHING,)
    assert combine_reaches([whole()]).since == SINCE


def test_a_reach_tells_its_proof_or_its_doubts() -> None:
    assert str(whole("n1")) == str(Proof.ENDED)
    assert str(Disproof.CUT) in str(unproven("n1"))
    assert str(Reach()) == "nothing was asked"


@pytest.mark.parametrize(
    ("days", "order"),
    [
        (FALLING, Order.FALLS),
        ((-99, *FALLING), Order.FALLS),
        ((-80, -99, *FALLING), Order.FALLS),  # two pinned on top of a short list
        ((70, -80, -99, *FALLING), Order.MIXED),  # a new post above them: they are not pinned
        ((50, 40, 30, 20, 60, 45, 35, 25), Order.MIXED),  # two lists on a page
        (tuple(reversed(FALLING)), Order.RISES),
        (MIXED, Order.MIXED),
        ((5,), Order.UNKNOWN),
        ((5, 5, 5), Order.UNKNOWN),
        ((None, 5, None), Order.UNKNOWN),
        ((), Order.UNKNOWN),
    ],
)
def test_order_is_told_but_for_what_is_pinned(days: Sequence[int | None], order: Order) -> None:
    assert judge_order(on(*days)) is order


@dataclass(frozen=True)
class TrueList:
    """All that a list holds, and what a careful reader met of it."""

    posts: tuple[tuple[str, datetime], ...]
    facts: ListFacts


# So close that posts share a moment, or so far apart that the window's start lies between two pages.
_SPANS = st.sampled_from([6, 40, 400])
_SHAPES = st.sampled_from(["falls", "rises", "pinned", "pinned on each page", "unsorted"])
_FAULTS = st.sampled_from(["cut", "none", "repeated", "unpaged", "one undated"])


@st.composite
def true_lists(draw: st.DrawFn, prefix: str = "n") -> TrueList:
    """A list in one of the orders that occur, read with one of the faults that occur."""
    step = draw(st.sampled_from([timedelta(hours=1), timedelta(days=1)]))
    span = draw(_SPANS)
    steps = sorted(draw(st.lists(st.integers(-span, span), min_size=3, max_size=45)), reverse=True)
    moments = [SINCE + step * each for each in steps]
    posts = [(f"{prefix}{n}", moment) for n, moment in enumerate(moments)]
    shape, fault, size = draw(_SHAPES), draw(_FAULTS), draw(st.integers(3, 12))
    if shape == "rises":
        posts.reverse()
    elif shape == "unsorted":
        posts = list(draw(st.permutations(posts)))
    pinned = [posts.pop(draw(st.integers(0, len(posts) - 1)))] if shape.startswith("pinned") else []
    pages = [posts[n : n + size] for n in range(0, len(posts), size)]
    pages = [pinned * (n == 0 or shape == "pinned on each page") + page for n, page in enumerate(pages)]
    read = draw(st.integers(1, len(pages))) if fault != "none" else len(pages)
    listed = [post for page in pages[:read] for post in page]
    shown = list(dict.fromkeys(listed))
    if shape == "unsorted":
        # So few as to look sorted by chance tell a reader nothing.
        assume(sum(b[1] > a[1] for a, b in pairwise(shown)) > max(2, len(shown) // 10))
    undated = draw(st.integers(0, len(shown) - 1)) if fault == "one undated" else -1
    everything = len({*pinned, *posts})
    facts = ListFacts(
        keys=tuple(key for key, _ in shown),
        moments=tuple(None if n == undated else at for n, (_, at) in enumerate(shown)),
        pages=read,
        ended=fault == "unpaged" or (read == len(pages) and fault != "repeated"),
        paged=fault != "unpaged" and (len(pages) > 1 or draw(st.booleans())),
        repeated=fault == "repeated",
        total=draw(st.sampled_from([None, everything])),
    )
    return TrueList((*pinned, *posts), facts)


def left_out(reach: Reach, lists: Sequence[TrueList]) -> list[str]:
    """Posts of the time that is claimed which no list showed."""
    if reach.since is None:
        return []
    shown = {key for each in lists for key in each.facts.keys}
    return [key for each in lists for key, at in each.posts if at >= reach.since and key not in shown]


@given(true_lists())
def test_no_claim_leaves_out_a_post_that_exists(true_list: TrueList) -> None:
    reach = judge_reach(true_list.facts, SINCE)
    assert (reach.since is None) == (reach.proof is None)
    assert left_out(reach, [true_list]) == []


@given(true_lists(), true_lists("a"), st.integers(0, 3))
def test_no_claim_for_several_lists_leaves_out_a_post(one: TrueList, other: TrueList, missing: int) -> None:
    reaches = [judge_reach(each.facts, SINCE) for each in (one, other)]
    # What shows no post of the window is no list of the site's news.
    assume(all(reach.keys for reach in reaches))
    reach = combine_reaches(reaches, missing)
    assert left_out(reach, [one, other]) == []
    if missing:
        assert reach.since is None


@given(true_lists(), st.data())
def test_a_part_of_a_whole_list_takes_nothing_from_its_claim(
    true_list: TrueList, data: st.DataObject
) -> None:
    reach = judge_reach(true_list.facts, SINCE)
    assume(reach.keys)
    part = data.draw(st.frozensets(st.sampled_from(sorted(reach.keys))))
    assert combine_reaches([reach, Reach(doubts=(Disproof.CUT,), keys=part)]).since == reach.since


@given(st.lists(st.integers(0, 900), min_size=3, max_size=30, unique=True), st.integers(1, 8), st.data())
def test_what_goes_on_from_an_earlier_night_leaves_out_no_news(
    hours: list[int], size: int, data: st.DataObject
) -> None:
    """A falling list, read page by page until it shows what that night knew."""
    moments = sorted((SINCE + timedelta(hours=hour) for hour in hours), reverse=True)
    last = SINCE + timedelta(hours=data.draw(st.integers(0, 900)), minutes=30)
    old = [at for at in moments if at < last]
    assume(old)
    pages = [moments[n : n + size] for n in range(0, len(moments), size)]
    read = next(n for n, page in enumerate(pages, 1) if page[-1] < last)
    shown = [at for page in pages[:read] for at in page]
    facts = ListFacts(
        keys=tuple(map(str, shown)),
        moments=tuple(shown),
        pages=read,
        paged=True,
        linked=sum(at in old[:20] for at in shown),
        linked_to=min(20, len(old)),
    )
    reach = judge_reach(facts, SINCE - timedelta(days=99), last)
    everything = TrueList(tuple((str(at), at) for at in moments), facts)
    assert left_out(reach, [everything]) == []
    if facts.linked >= 3 and len(set(shown)) > 1:
        assert reach.since is not None
        assert reach.since <= last
