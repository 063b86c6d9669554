"""Copied: the words of another office's post, later than there."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from activity.agency import Channel
from activity.flag import Flag, FlagKind, Trace, Trail
from scoring.integrity.evidence import compose_flag, quote
from scoring.integrity.greeting import is_greeting
from scoring.integrity.text import Words, are_alike, group_alike, split_words
from scoring.rule import IntegrityRule

__all__ = ["detect_copied"]

# A word in so many of an account's titles, and in so many at least, is its own: its name, its tag.
_OWN_SHARE = 1 / 3
_OWN_TIMES = 3

_Key = tuple[str, Channel, str]


@dataclass(frozen=True, slots=True)
class _Text:
    """A post with what it says, and when it can be credited at the earliest."""

    trail: Trail
    trace: Trace
    words: Words
    credited: tuple[date, datetime]


def detect_copied(
    trails: Sequence[Trail], rule: IntegrityRule, late: Collection[_Key], shared: Collection[_Key]
) -> Iterator[Flag]:
    """One flag a later text; the earliest is credited and named in the evidence.

    Within a channel only: an office that says on Instagram what its website says copies nobody. Texts
    without or with few words are never compared, nor are greetings, which all offices word alike. A
    text that differs by its office's own name speaks of that office: two of them held the same event.

    Args:
        late: back-dated posts, as (agency, channel, key): they are credited on the day they were seen.
        shared: further places of one item, which are no texts of their own.
    """
    for channel in Channel:
        of_channel = [trail for trail in trails if trail.channel is channel]
        texts = [
            text
            for trail in of_channel
            for text in _tell(trail, rule, late)
            if _key(text.trail, text.trace) not in shared
        ]
        own = {trail.agency: words for trail, words in _find_own_words(of_channel)}
        for group in group_alike([text.words for text in texts], rule.similarity):
            yield from _judge([texts[i] for i in group], rule, own)


def _key(trail: Trail, trace: Trace) -> _Key:
    return trail.agency, trail.channel, trace.key


def _tell(trail: Trail, rule: IntegrityRule, late: Collection[_Key]) -> Iterator[_Text]:
    for trace in trail.traces:
        words = split_words(trace.title)
        if trace.day is None or len(words) < rule.similar_words or is_greeting(trace.title):
            continue
        believed = _key(trail, trace) not in late
        day = trace.day if believed else trace.first_seen
        moment = trace.published_at if believed and trace.published_at is not None else trace.seen_at
        yield _Text(trail, trace, words, (day, moment))


def _find_own_words(trails: Sequence[Trail]) -> Iterator[tuple[Trail, frozenset[str]]]:
    for trail in trails:
        counts = Counter(word for trace in trail.traces for word in set(split_words(trace.title)))
        least = max(_OWN_TIMES, _OWN_SHARE * len(trail.traces))
        yield trail, frozenset(word for word, times in counts.items() if times >= least)


def _judge(group: Sequence[_Text], rule: IntegrityRule, own: Mapping[str, frozenset[str]]) -> Iterator[Flag]:
    credited: dict[str, list[_Text]] = defaultdict(list)
    for text in sorted(group, key=lambda text: (text.credited, text.trail.agency, text.trace.key)):
        agency = text.trail.agency
        others = (t for other, told in credited.items() if other != agency for t in told)
        original = next((t for t in others if _is_copy(text, t, rule, own[agency])), None)
        if original is None:
            credited[agency].append(text)
            continue
        evidence = (
            f"{quote(text.trace)} of {text.credited[0]} has the words of {original.trail.agency}'s "
            f"{quote(original.trace)} of {original.credited[0]}."
        )
        yield compose_flag(FlagKind.COPIED, text.trail, [text.trace], evidence)


def _is_copy(text: _Text, original: _Text, rule: IntegrityRule, own: frozenset[str]) -> bool:
    differing = set(text.words) - set(original.words)
    return not differing & own and are_alike(text.words, original.words, rule.similarity)
