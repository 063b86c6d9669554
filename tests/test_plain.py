"""Text of strangers: nothing hidden is left, nothing visible is lost, every cell comes back."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activity.speech.plain import drop_hidden, escape_json, guard_cell, show_plain, unguard_cell

_AWKWARD = (
    "\x1b\x07\x9b\x00\r\n\t\u200b\u200d\u202e\u2066\u2028\ufeff\ud800\U000e0041\u3164\u00ad'=+-@; ＝aJ👩"
)
_TEXTS = st.text(st.one_of(st.sampled_from(_AWKWARD), st.characters()), max_size=40)
_DRAWN = {*"\u200c\u200d\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd", *map(chr, range(0x600, 0x606))}
"""Marks of format that join letters, or that are drawn; the last of them are hieroglyphs."""


def _is_hidden(mark):
    hides = unicodedata.category(mark) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return hides and mark not in _DRAWN and not "\U00013430" <= mark <= "\U0001345f"


@given(_TEXTS)
def test_what_is_shown_is_one_visible_line(text):
    shown = show_plain(text)
    assert [mark for mark in shown if _is_hidden(mark)] == []
    assert shown.encode().decode() == shown
    assert show_plain(shown) == shown


@given(_TEXTS)
def test_json_keeps_its_value_and_holds_nothing_hidden(text):
    document = escape_json(json.dumps({"a": text}, ensure_ascii=False, indent=2))
    assert json.loads(document) == {"a": text}
    assert document.encode().count(b"\n") == 2
    assert "\x1b" not in document
    assert "\u202e" not in document


@given(_TEXTS)
def test_a_cell_comes_back_and_begins_with_no_formula(text):
    cell = guard_cell(text)
    assert unguard_cell(cell) == text
    for part in cell.split(";"):
        assert not part.lstrip().startswith(("=", "+", "-", "@", "＝"))


@pytest.mark.parametrize(
    "text",
    [
        "Pelayanan KTP – Rp 5.000,-",
        "Keluarga 👨‍👩‍👧 sehat ❤️‍🔥",
        "ꦥꦿ꦳ꦱꦶꦢ꧀‌ꦝ",
        "می‌خواهم",
        "Jum'at: a & b; c",
        "naïve — «Sehat»",
    ],
)
def test_what_people_write_stays_as_it_is(text):
    assert show_plain(text) == drop_hidden(text) == guard_cell(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;milik\x07", "\\x1b]0;milik\\x07"),
        ("a\u202eb", "a\\u202eb"),
        ("a\u200bb\u200db", "a\\u200bb\\u200db"),
        ("\U000e0041\ud800", "\\U000e0041\\ud800"),
        ("a\r\nb\tc\x85d", "a\\r\\nb\\tc\\x85d"),
    ],
)
def test_what_hides_is_shown(text, shown):
    assert show_plain(text) == shown
