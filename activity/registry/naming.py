"""Which agency a person means: by its slug, its name, or a part of the name. Pure."""

import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches

from activity.agency import Agency

__all__ = ["match_name", "match_part", "suggest"]

_MOST = 5
_ALIKE = 0.6
"""Of difflib's measure, its own default: one letter in six may be wrong."""


def match_name(text: str, agencies: Sequence[Agency]) -> list[Agency]:
    """Those of this slug or whole name, whatever the case and accents; a slug to the letter is one.

    >>> kota = [Agency("dinkes", "Dinas Kesehatan", "skpd"), Agency("rsud", "RSUD Ulin", "skpd")]
    >>> [each.slug for each in match_name("dinas  kesehatán", kota)]
    ['dinkes']
    """
    exact = [each for each in agencies if each.slug == text.strip()]
    wanted = _fold(text)
    return exact or [each for each in agencies if wanted and wanted in {_fold(each.slug), _fold(each.name)}]


def match_part(text: str, agencies: Sequence[Agency]) -> list[Agency]:
    """Those in whose name the text stands, where none goes by the whole of it.

    >>> kota = [Agency("dinkes", "Dinas Kesehatan", "skpd"), Agency("rsud", "RSUD Ulin", "skpd")]
    >>> [each.slug for each in match_part("sehat", kota)]
    ['dinkes']
    """
    wanted = _fold(text)
    return match_name(text, agencies) or [each for each in agencies if wanted and wanted in _fold(each.name)]


def suggest(text: str, agencies: Sequence[Agency]) -> list[Agency]:
    """Up to five that may be meant: those that hold the text, or else those written like it.

    >>> kota = [Agency("dinkes", "Dinas Kesehatan", "skpd"), Agency("rsud", "RSUD Ulin", "skpd")]
    >>> [each.slug for each in suggest("kesehtan", kota)]
    ['dinkes']
    """
    if holding := match_part(text, agencies):
        return holding[:_MOST]
    wanted = _fold(text)
    likenesses: dict[str, list[Agency]] = {}
    for each in agencies:
        for likeness in _likenesses(each, max(1, len(wanted.split()))):
            likenesses.setdefault(likeness, []).append(each)
    alike = get_close_matches(wanted, likenesses, n=4 * _MOST, cutoff=_ALIKE)
    found = {each.slug: each for likeness in alike for each in likenesses[likeness]}
    return list(found.values())[:_MOST]


def _likenesses(agency: Agency, count: int) -> set[str]:
    """What may have been meant by so many words: slug, name, and each run of as many words of it."""
    words = _fold(agency.name).split()
    runs = {" ".join(words[at : at + count]) for at in range(max(1, len(words) - count + 1))}
    return {_fold(agency.slug), " ".join(words), *runs}


def _fold(text: str) -> str:
    """Small letters and digits alone, without accents, a space between words."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = (sign for sign in plain if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in bare).split())
