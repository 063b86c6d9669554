"""Copied: the words of another office's post, later than there."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from activity.agency import Channel
from activity.flag import AccountTrail, Flag, FlagKind, Trace
from activity.message import Message
from scoring.integrity.evidence import compose_flag, quote
from scoring.integrity.greeting import is_greeting
from scoring.integrity.text import (
    Words,
    are_alike,
    complete_words,
    find_longest_address,
    group_alike,
    may_be_cut,
    says_the_same,
    split_words,
)
from scoring.rubrics.rule import IntegrityRule

__all__ = ["detect_copied"]

# So often must a headline stand at other times to be a formula; once is enough where a third office, or the
# one in question itself, wrote it then. Without this, honest posts were held because another office had used
# their headline ("Wali Kota Buka Vaksinasi Massal bagi Warga") months before.
_FORMULA_TIMES = 2
# A word in so many of an account's titles, and in so many at least, is its own: its name, its tag. Of two
# villages that report alike but for their own names each held the event itself.
_OWN_SHARE = 1 / 3
_OWN_TIMES = 3
# So many first words two headlines share that one cut word of the one is found in the other.
_BEGIN = 5

_Key = tuple[str, Channel, str]


@dataclass(frozen=True, slots=True)
class _Text:
    """A post with what it says, and when it can be credited at the earliest.

    Attributes:
        broken: whether list and address may both cut the headline, so that the last word is a part of one.
    """

    trail: AccountTrail
    trace: Trace
    words: Words
    credited: tuple[date, datetime]
    broken: bool = False


def detect_copied(
    trails: Sequence[AccountTrail], rule: IntegrityRule, late: Collection[_Key], shared: Collection[_Key]
) -> Iterator[Flag]:
    """Flag each text within `copied_days` of another office's; that is credited, and named in the evidence.

    Within a channel only: an office that says on Instagram what its website says copies nobody. Texts
    without or with few words are never compared, nor are greetings, which all offices word alike. A
    text that differs by its office's own name, or has another place or number in the same sentence, speaks
    of another event. Only titles are known: a headline that comes again and again is a formula of the city
    ("Wali Kota Buka Vaksinasi Massal bagi Warga"), and two offices that use it took nothing from each other.

    Args:
        late: back-dated posts, as (agency, channel, key): they are credited on the day they were seen.
        shared: further places of one item, which are no texts of their own.
    """
    for channel in Channel:
        of_channel = [trail for trail in trails if trail.channel is channel]
        told = (text for trail in of_channel for text in _tell(trail, rule, late))
        texts = list(_mend([text for text in told if _key(text.trail, text.trace) not in shared]))
        own = {trail.agency: words for trail, words in _find_own_words(of_channel)}
        for group in group_alike([text.words for text in texts], rule.similarity):
            yield from _judge([texts[i] for i in group], rule, own)


def _key(trail: AccountTrail, trace: Trace) -> _Key:
    return trail.agency, trail.channel, trace.key


def _tell(trail: AccountTrail, rule: IntegrityRule, late: Collection[_Key]) -> Iterator[_Text]:
    longest = find_longest_address(trace.url for trace in trail.traces)
    for trace in trail.traces:
        words = complete_words(trace.title, trace.url)
        if trace.day is None or len(words) < rule.similar_words or is_greeting(trace.title):
            continue
        believed = _key(trail, trace) not in late
        day = trace.day if believed else trace.first_seen
        moment = trace.published_at if believed and trace.published_at is not None else trace.seen_at
        yield _Text(trail, trace, words, (day, moment), may_be_cut(trace.title, trace.url, longest))


def _mend(texts: Sequence[_Text]) -> Iterator[_Text]:
    """Give the texts, of broken ones the last word whole where all others that begin so have the same there.

    It must be a word nowhere else. Copies were as good as their office's own words: "… Bersama Mahas" (the
    awkward sites 2110040, 2110153).
    """
    begins: dict[Words, list[Words]] = defaultdict(list)
    for text in texts:
        begins[text.words[:_BEGIN]].append(text.words)
    known = {word for text in texts for word in (text.words[:-1] if text.broken else text.words)}
    for text in texts:
        *whole, part = text.words
        found = {
            other[len(whole)]
            for other in (begins[text.words[:_BEGIN]] if text.broken and part not in known else ())
            if len(other) > len(whole) >= _BEGIN and other[: len(whole)] == tuple(whole) and other[-1] != part
        }
        mended = len(found) == 1 and all(word.startswith(part) for word in found)
        yield replace(text, words=(*whole, *found)) if mended else text


def _find_own_words(trails: Sequence[AccountTrail]) -> Iterator[tuple[AccountTrail, frozenset[str]]]:
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
        if original is not None and _is_formula(text, original, group, rule):
            original = None
        if original is None:
            credited[agency].append(text)
            continue
        evidence = Message(
            "{post} of {day} has the words of {agency}'s {other} of {then}.",
            post=quote(text.trace),
            day=text.credited[0],
            agency=original.trail.agency,
            other=quote(original.trace),
            then=original.credited[0],
        )
        other = original.trail, original.trace
        yield compose_flag(FlagKind.COPIED, text.trail, [text.trace], evidence, other)


def _is_copy(text: _Text, original: _Text, rule: IntegrityRule, own: frozenset[str]) -> bool:
    if not _is_near(text, original, timedelta(days=rule.copied_days)):
        return False
    if (set(text.words) - set(original.words)) & own or not says_the_same(text.words, original.words):
        return False
    return are_alike(text.words, original.words, rule.similarity)


def _is_near(text: _Text, original: _Text, span: timedelta) -> bool:
    """Whether the days are close that they claim, or by which they are credited: a copy may be back-dated."""
    days = text.trace.day, original.trace.day
    claimed = days[0] is not None and days[1] is not None and abs(days[0] - days[1]) <= span
    return claimed or text.credited[0] - original.credited[0] <= span


def _is_formula(text: _Text, original: _Text, group: Sequence[_Text], rule: IntegrityRule) -> bool:
    """Whether the headline stands at other times too, so that having it proves nothing."""
    span = timedelta(days=rule.copied_days)
    first, last = original.credited[0] - span, text.credited[0] + span
    others = [
        other
        for other in group
        if not first <= other.credited[0] <= last and says_the_same(other.words, original.words)
    ]
    independent = any(other.trail.agency != original.trail.agency for other in others)
    return independent or len(others) >= _FORMULA_TIMES
