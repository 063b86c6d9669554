"""Clocks that are another's than they say: local time that calls itself UTC, told by what stands beside."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from activity.post import DateEvidence, EvidenceKind, Precision
from crawler.dates.hours import ZONE_WORDS, keeps_local_hours
from crawler.visits.site.survey.weigh import name_witness

__all__ = [
    "CLOCKED",
    "NIGHT",
    "SAMPLES",
    "SHOWN",
    "STATED",
    "find_copied",
    "find_drafts",
    "find_shifted",
    "keeps_own_hours",
]

# The newest, the oldest and one further article.
SAMPLES: Final = 3
# What readers are shown.
SHOWN: Final = frozenset({EvidenceKind.LISTING, EvidenceKind.VISIBLE_TEXT})
# What a page says of itself for machines; an address may bear the day of UTC.
STATED: Final = frozenset(
    {
        EvidenceKind.API,
        EvidenceKind.JSON_LD,
        EvidenceKind.META,
        EvidenceKind.ITEMPROP,
        EvidenceKind.TIME_ELEMENT,
    }
)
_OFFSET: Final = re.compile(r"[+-]\d\d:?\d\d$")
CLOCKED: Final = frozenset({Precision.MINUTE, Precision.SECOND})
# Zones lie half hours apart, fourteen hours at most.
_HALF_HOUR: Final = 30 * 60
_WIDEST_SHIFT: Final = 14 * 60 * 60
_SECONDS_LEFT: Final = 90
_BESIDE: Final = (EvidenceKind.FEED, EvidenceKind.LISTING)
# Of two clocks that tell one moment one may leave the seconds out.
_STEADY: Final = timedelta(minutes=2)
# Offices publish by day; a clock under which so much more of it falls into the night is not theirs.
NIGHT: Final = frozenset({22, 23, 0, 1, 2, 3, 4, 5})


def find_shifted(evidence: Sequence[Sequence[DateEvidence]], zone: ZoneInfo) -> Iterator[str]:
    """Name machines whose clock is local time that calls itself another's: always off by the same hours."""
    shown: defaultdict[str, list[tuple[DateEvidence, DateEvidence]]] = defaultdict(list)
    for witnesses in evidence:
        text = next((e for e in witnesses if e.kind in SHOWN and e.precision in CLOCKED), None)
        for machine in witnesses:
            if text is not None and machine.kind not in SHOWN and machine.precision in CLOCKED:
                shown[name_witness(machine)].append((machine, text))
    for name, pairs in shown.items():
        apart = [(machine.at - text.at).total_seconds() for machine, text in pairs]
        shift = round(apart[0] / _HALF_HOUR) * _HALF_HOUR
        # A reader's clock leaves the seconds out.
        steady = all(abs(each - shift) <= _SECONDS_LEFT for each in apart)
        wide = 0 < abs(shift) <= _WIDEST_SHIFT
        if len(pairs) > 1 and steady and wide and _is_told(pairs, zone):
            yield name


def find_copied(
    evidence: Sequence[Sequence[DateEvidence]], zone: ZoneInfo, *, named: bool = False
) -> list[str]:
    """Name witnesses that call UTC what the page's own data tell by the city's clock, to the second.

    One of the two is wrong, and one post of an evening alone has another day by it (the awkward sites 310053,
    310054): the hours decide which. Where the page names the city's own offset it is the feed: a label of UTC
    is put behind any clock, that offset behind none but the city's (700311). So it is with a list's `<time>`
    (2142906), of which hours alone have decided already.

    Args:
        named: whether only pages count that name the offset; then two will do, and lists are held to it, too.
    """
    pairs: defaultdict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    for witnesses in evidence:
        exact = [e for e in witnesses if e.precision in CLOCKED]
        stated = next((e for e in exact if e.kind in STATED), None)
        if stated is None or (named and not _names_offset(stated, zone)):
            continue
        for kind in _BESIDE if named else _BESIDE[:1]:
            told = next((e for e in exact if e.kind is kind), None)
            if told is not None:
                pairs[name_witness(told)].append((told.at, stated.at))
    return [
        name
        for name, moments in pairs.items()
        if len(moments) >= (2 if named else SAMPLES)
        and all(
            told.astimezone(UTC).replace(tzinfo=None) == at.astimezone(zone).replace(tzinfo=None)
            for told, at in moments
        )
    ]


def find_drafts(evidence: Sequence[Sequence[DateEvidence]], zone: ZoneInfo) -> Iterator[str]:
    """Name feeds that tell other moments than the posts' own pages, now by more and now by less.

    They tell when drafts were begun, or last edited, most of them on the day on which the post came out; the
    others are a day off, or weeks (the awkward sites 2130014, 2142100).
    """
    apart: defaultdict[str, list[tuple[timedelta, date]]] = defaultdict(list)
    for witnesses in evidence:
        exact = [e for e in witnesses if e.precision in CLOCKED]
        stated = next((e for e in exact if e.kind in STATED), None)
        feed = next((e for e in exact if e.kind is EvidenceKind.FEED), None)
        if stated is not None and feed is not None:
            apart[name_witness(feed)].append((stated.at - feed.at, stated.at.astimezone(zone).date()))
    for name, pairs in apart.items():
        few = [(by, day) for by, day in pairs if abs(by) > _STEADY]
        by = [each for each, _ in pairs]
        # A page that states its own build does so on one day only.
        if len({day for _, day in few}) > 1 and max(by) - min(by) > _STEADY:
            yield name


def _names_offset(stated: DateEvidence, zone: ZoneInfo) -> bool:
    """Tell whether a page's own moment is written with the city's offset from UTC."""
    written = _OFFSET.search(stated.raw)
    return written is not None and f"{stated.at.astimezone(zone):%z}" == written[0].replace(":", "")


def keeps_own_hours(name: str, evidence: Sequence[Sequence[DateEvidence]], zone: ZoneInfo) -> bool:
    """Tell whether a clock that calls itself UTC is the office's own: else it would publish by night."""
    moments = [e.at for witnesses in evidence for e in witnesses if name_witness(e) == name]
    return keeps_local_hours(moments, zone)


def _is_told(pairs: Sequence[tuple[DateEvidence, DateEvidence]], zone: ZoneInfo) -> bool:
    """Tell whether readers are told the office's own clock: by its name, or because it keeps office hours."""
    if any(word in text.raw for _, text in pairs for word in ZONE_WORDS):
        return True
    if len(pairs) < SAMPLES:
        return False
    by_machine = sum(machine.at.astimezone(zone).hour in NIGHT for machine, _ in pairs)
    by_text = sum(text.at.astimezone(zone).hour in NIGHT for _, text in pairs)
    return by_text < by_machine
