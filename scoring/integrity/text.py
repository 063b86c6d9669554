"""Words of titles, and which texts are alike."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import ceil

from rapidfuzz.distance import Indel

__all__ = ["Words", "are_alike", "group_alike", "split_words"]

Words = tuple[str, ...]

_WORD = re.compile(r"[^\W_]+")
# A single common word would bring all texts about a market together.
_SHARED = 2


def split_words(text: str) -> Words:
    """Its words in order, in lower case, without marks and signs.

    >>> split_words("Rapat Koordinasi: Jum'at, 3/4!")
    ('rapat', 'koordinasi', 'jum', 'at', '3', '4')
    """
    return tuple(_WORD.findall(text.lower()))


def are_alike(first: Words, second: Words, similarity: float) -> bool:
    """Whether texts share so much of their words, in order: 2 · common / all, 0 to 1."""
    return first == second or Indel.normalized_similarity(first, second) >= similarity


def group_alike(texts: Sequence[Words], similarity: float) -> list[list[int]]:
    """Positions of texts that are alike, directly or by way of others; groups of two and more.

    Not every pair is compared. Of two alike texts each holds most words of the other, so that two of the
    rarest few of the one are among the rarest few of the other: only such texts are looked at.
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
    holders: dict[int, list[int]] = {}
    for index, words in enumerate(texts):
        for clue in combinations(_rarest(words, frequency, similarity), min(_SHARED, len(words))):
            holders.setdefault(hash(clue), []).append(index)
    for indices in holders.values():
        yield from combinations(indices, 2)


def _rarest(words: Words, frequency: Counter[str], similarity: float) -> list[tuple[str, int]]:
    """So many of a text's rarest words that any text alike to it has two of them among its own rarest.

    A text of n words has at least n·s/(2-s) of them in common with one alike at similarity s. A word
    that comes again is another one.
    """
    met: Counter[str] = Counter()
    tokens = []
    for word in words:
        met[word] += 1
        tokens.append((word, met[word]))
    tokens.sort(key=lambda token: (frequency[token[0]], token))
    common = ceil(len(words) * similarity / (2 - similarity) - 1e-9)
    return tokens[: len(words) - common + _SHARED]


def _lead(leader: list[int], index: int) -> int:
    while leader[index] != index:
        leader[index] = leader[leader[index]]
        index = leader[index]
    return index
