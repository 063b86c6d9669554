"""Words of titles, and which texts are alike."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from math import ceil
from pathlib import PurePosixPath
from urllib.parse import unquote

from rapidfuzz.distance import Indel

__all__ = [
    "Words",
    "are_alike",
    "complete_words",
    "find_longest_address",
    "group_alike",
    "may_be_cut",
    "says_the_same",
    "split_words",
]

Words = tuple[str, ...]

_WORD = re.compile(r"[^\W_]+")
# How a list ends a headline that it cuts, often within a word.
_CUT = ("...", "…")
# No address is parsed: what files bring may be none.
_QUERY = re.compile(r"[?#]")
# Programs cut addresses after fifty letters and more.
_SHORTEST_CUT = 40
_NUMBER = re.compile(r"\d+[-_]")
# A single word would bring all texts about a market together.
_CLUES = 3


def split_words(text: str) -> Words:
    """Give its words in order, in lower case, without marks and signs.

    >>> split_words("Rapat Koordinasi: Jum'at, 3/4!")
    ('rapat', 'koordinasi', 'jum', 'at', '3', '4')
    """
    return tuple(_WORD.findall(text.lower()))


def complete_words(title: str, url: str) -> Words:
    """Give the words of a title; of one that a list cuts all of them, where its address has them.

    A cut within a word makes another one of it: three copies were as good as their office's own words (the
    awkward site 2110040).

    >>> complete_words("Lomba Pompa Air di Gedung Serb...", "/kabar/7-lomba-pompa-air-di-gedung-serbaguna")
    ('lomba', 'pompa', 'air', 'di', 'gedung', 'serbaguna')
    """
    words = split_words(title)
    if not words or not title.rstrip().endswith(_CUT):
        return words
    *whole, cut = words
    told = split_words(_name_of(url))
    for begin in range(len(told) - len(whole)):
        rest = told[begin:]
        if rest[: len(whole)] == tuple(whole) and rest[len(whole)].startswith(cut):
            return rest
    return words


def find_longest_address(urls: Iterable[str]) -> int:
    """Find how many letters an account's longest address has, where its program may cut them; else 0."""
    longest = max((len(_NUMBER.sub("", _name_of(url), count=1)) for url in urls), default=0)
    return longest if longest >= _SHORTEST_CUT else 0


def may_be_cut(title: str, url: str, longest: int) -> bool:
    """Tell whether a headline that a list cuts was completed by an address that may be cut itself."""
    is_long = len(_NUMBER.sub("", _name_of(url), count=1)) == longest > 0
    return is_long and complete_words(title, url) != split_words(title)


def _name_of(url: str) -> str:
    return unquote(PurePosixPath(_QUERY.split(url, maxsplit=1)[0]).stem)


def are_alike(first: Words, second: Words, similarity: float) -> bool:
    """Tell whether texts share so much of their words, in order: 2 · common / all, 0 to 1."""
    return first == second or Indel.normalized_similarity(first, second) >= similarity


def says_the_same(first: Words, second: Words) -> bool:
    """Tell whether a text has every word of the other; a name or number in place of another is other news.

    >>> says_the_same(split_words("Vaksinasi di RT 3"), split_words("Vaksinasi"))
    True
    >>> says_the_same(split_words("Vaksinasi di RT 3"), split_words("Vaksinasi di RT 4"))
    False
    """
    one, other = Counter(first), Counter(second)
    return not one - other or not other - one


def group_alike(texts: Sequence[Words], similarity: float) -> list[list[int]]:
    """Group positions of texts that are alike, directly or by way of others; groups of two and more.

    Not every pair is compared. A text of n words has at least c = n·s/(2-s) of them in common with one
    alike at similarity s, so that among the n-c+3 rarest of each are three that both have: only texts
    with three such words in common are looked at.
    """
    same: dict[Words, list[int]] = defaultdict(list)
    for position, words in enumerate(texts):
        same[words].append(position)
    distinct = list(same)
    leader = list(range(len(distinct)))
    for first, second in _candidates(distinct, similarity):
        a, b = _lead(leader, first), _lead(leader, second)
        if a != b and are_alike(distinct[first], distinct[second], similarity):
            leader[max(a, b)] = min(a, b)
    groups: dict[int, list[int]] = defaultdict(list)
    for index, words in enumerate(distinct):
        groups[_lead(leader, index)].extend(same[words])
    return [sorted(group) for group in groups.values() if len(group) > 1]


def _candidates(texts: Sequence[Words], similarity: float) -> Iterator[tuple[int, int]]:
    frequency = Counter(word for words in texts for word in set(words))
    clues = min(_CLUES, min((_least_common(words, similarity) for words in texts), default=1))
    holders: dict[int, list[int]] = {}
    for index, words in enumerate(texts):
        rarest = _count_again(words)
        rarest.sort(key=lambda token: (frequency[token[0]], token))
        prefix = rarest[: len(words) - _least_common(words, similarity) + clues]
        met: set[int] = set()
        for clue in combinations(prefix, clues):
            others = holders.setdefault(hash(clue), [])
            met.update(others)
            others.append(index)
        yield from ((other, index) for other in met)


def _least_common(words: Words, similarity: float) -> int:
    """How many words a text has at least in common with any that is alike to it."""
    return max(1, ceil(len(words) * similarity / (2 - similarity) - 1e-9))


def _count_again(words: Words) -> list[tuple[str, int]]:
    """Each word with its count so far: a word that comes again is another one."""
    met: Counter[str] = Counter()
    tokens = []
    for word in words:
        met[word] += 1
        tokens.append((word, met[word]))
    return tokens


def _lead(leader: list[int], index: int) -> int:
    while leader[index] != index:
        leader[index] = leader[leader[index]]
        index = leader[index]
    return index
