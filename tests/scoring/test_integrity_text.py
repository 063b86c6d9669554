"""Which texts are alike: nothing that is, is missed for not being compared."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from scoring.integrity.text import are_alike, group_alike, split_words

_WORDS = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=14).map(tuple)


@given(texts=st.lists(_WORDS, max_size=12), similarity=st.sampled_from([0.5, 0.75, 0.9, 1.0]))
def test_all_pairs_that_are_alike_stand_in_one_group(texts, similarity):
    group_of = {i: n for n, group in enumerate(group_alike(texts, similarity)) for i in group}
    for a, b in combinations(range(len(texts)), 2):
        if are_alike(texts[a], texts[b], similarity):
            assert a in group_of
            assert group_of[a] == group_of.get(b)


@given(texts=st.lists(_WORDS, max_size=12))
def test_the_order_of_texts_never_matters(texts):
    def told(order):
        return sorted(sorted(order[i] for i in group) for group in group_alike(order, 0.8))

    assert told(texts) == told(texts[::-1])


def test_words_are_compared_without_marks():
    assert split_words("RAPAT: Koordinasi (3)") == split_words("rapat koordinasi 3")
    assert not are_alike(split_words("a b c d e f g"), split_words("a b c d e f x"), 0.9)
