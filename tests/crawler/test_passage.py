"""The passage that gave a date or a title is found in whatever was captured, at the cost of a look."""

from datetime import UTC, datetime
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activity.record import Record
from crawler.evidence.passage import AROUND, MOST_LETTERS, find_passage, read_text


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("<h2>Panen Raya</h2><time>2 Maret 2026</time>", "2 Maret 2026", "2 Maret 2026"),
        ("<h2>Panen &amp; \n  Raya</h2>", "Panen & Raya", "Panen & Raya"),
        ("<h2>Panen <b>Raya</b> 2026</h2>", "Panen Raya 2026", "Panen Raya 2026"),
        (r'{"caption":"Bahagia \u2764 https:\/\/a.id"}', "Bahagia ❤ https://a.id", "Bahagia ❤ https://a.id"),
        ("<title>Judul yang lain</title>", "Panen", None),
        ("<h1>Anggaran &lt; 5 juta, dan &gt; 3 <b>juta</b></h1>",) + ("Anggaran < 5 juta, dan > 3 juta",) * 2,
        ("apa pun", " ", None),
    ],
)
def test_words_are_found_behind_escapes_and_between_marks(text, wanted, found):
    passage = find_passage(text, wanted)
    assert (passage and passage.found) == found


def test_of_several_the_one_beside_the_title_is_shown():
    cards = "".join(f"<h2>Kabar {n}</h2><time>2 Maret</time>" + " " * 9 for n in range(9))
    passage = find_passage(cards, "2 Maret", near="Kabar 5")
    assert passage is not None
    assert "Kabar 5" in passage.before


@given(st.text(max_size=300), st.text(max_size=40), st.text(max_size=20))
def test_whatever_a_page_holds_a_passage_is_one_line_of_it(text, wanted, near):
    passage = find_passage(f"{text}{wanted}{text}", wanted, near)
    if passage is not None:
        assert len(passage.before) <= AROUND >= len(passage.after)
        assert "\n" not in passage.before + passage.found + passage.after


@pytest.mark.parametrize("text", ["<" * 2_000_000, "a" * 2_000_000, "2 Maret " * 250_000, "\\u0" * 600_000])
def test_a_hostile_page_is_looked_through_quickly(text):
    began = process_time()
    find_passage(text, "2 Maret", near="a")
    find_passage(text, "x" * 10_000)
    assert process_time() - began < 5


def test_a_body_without_end_is_read_to_a_bound():
    record = Record.of("https://a.id/", datetime(2026, 3, 2, tzinfo=UTC), 200, {}, b"a" * (MOST_LETTERS + 9))
    assert len(read_text(record)) == MOST_LETTERS
