"""What strangers and officers wrote, as paper can bear it: letters that its fonts have, and lines that fit.

A PDF that is to last (PDF/A) is refused by its compiler where a letter has no shape in any font, and only the
compiler's own fonts are the same on every machine.
"""

import re
import unicodedata

from activity.speech.plain import show_plain

__all__ = ["LETTERS", "print_words"]

LETTERS = (
    "20-7e a0-ac ae-34e 350-36f 37a-37f 384-38a 38e-3a1 3a3-3ce 3d0-3e1 3f0-45f 470-477 490-4c4 4cf-4f9"
    " 531-556 561-587 5b0-5c3 5d0-5ea 60c-60c 61b-61b 61f-61f 621-63a 640-655 660-66d 679-67b 67e-680"
    " 686-687 698-698 6a4-6a4 6a9-6a9 6af-6af 6be-6be 6cc-6cc 6f0-6f9 10d0-10fc 1e00-1e9b 1ea0-1ef9"
    " 2000-200a 2010-2027 202f-2037 2039-203f 2044-204b 2074-208e 20a0-20b5 20bd-20bd 2103-2103 2116-2117"
    " 2122-2122 2153-2184 2190-2220 2234-223d 2241-226b 2300-2306 2460-2473 24ff-262f 2638-268b 2690-269c"
    " 270c-2727 2729-274b 2761-277f 2798-27af fb52-fb81 fb8a-fb95 fe76-fefc"
)
"""Ranges of letters that the fonts inside the compiler have, upright and bold."""

_KNOWN = frozenset(
    number
    for part in LETTERS.split()
    for number in range(int(part.split("-")[0], 16), int(part.split("-")[1], 16) + 1)
)
_LONGEST = 240
"""Letters of one text that a paper shows."""
_PILE = re.compile("([\u0300-\u036f]{2})[\u0300-\u036f]+")
"""Marks piled on a letter would cover the lines above."""
_RUN = re.compile(r"\S{25,}")
_EVERY = 20
_BREAK = "\u200b"
_MISSING = "\u25a1"


def print_words(text: str, longest: int = _LONGEST) -> str:
    r"""A text for paper: one line, nothing hidden, no letter without a shape, no word that cannot break.

    Letters in a styled alphabet become plain ones; what no font has is a hollow square.

    >>> print_words("Judul\x1b[2J \U0001d401\U0001d40f\U0001d401\U0001d403 \u65e5")
    'Judul\\x1b[2J BPBD □'
    """
    plain = show_plain(text)
    shown = _PILE.sub(r"\1", "".join(_draw(letter) for letter in plain[: longest + 1]))
    if len(plain) > longest or len(shown) > longest:
        shown = shown[:longest] + "…"
    return _RUN.sub(lambda run: _break(run[0]), shown)


def _draw(letter: str) -> str:
    if ord(letter) in _KNOWN:
        return letter
    alike = unicodedata.normalize("NFKC", letter)
    if all(ord(each) in _KNOWN for each in alike):
        return alike
    # Joiners and selectors of a variant have no shape of their own.
    joins = unicodedata.category(letter) == "Cf" or "\ufe00" <= letter <= "\ufe0f"
    return "" if joins else _MISSING


def _break(run: str) -> str:
    return _BREAK.join(run[at : at + _EVERY] for at in range(0, len(run), _EVERY))
