"""Which of a site's witnesses its own pages confirm or refute, learnt from a few articles."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from activity.post import DateEvidence, EvidenceKind, PostDate, Precision
from crawler.visits.site.post.clocks import (
    CLOCKED,
    SAMPLES,
    STATED,
    find_copied,
    find_drafts,
    find_shifted,
    keeps_own_hours,
)
from crawler.visits.site.survey.crowd import find_crowds
from crawler.visits.site.survey.memory import TrustMemory
from crawler.visits.site.survey.weigh import is_one_clock, name_witness

__all__ = ["WitnessJudgement", "judge_witnesses", "unseated_slots", "wants_proof"]

_SLOT: Final = f"{EvidenceKind.LISTING} "
_FEED: Final = f"{EvidenceKind.FEED} "


@dataclass(slots=True)
class _WitnessTally:
    """How often one witness agreed with what readers are told, on which days, and how often not.

    Attributes:
        exact: how often to the minute.
        loose: how often an article's clock tells another moment of the same day.
        in_utc: how often only if what readers are told is the day of UTC.
        by_page: how often it was an article that contradicted.
        sworn: how often one that tells machines and readers the same day.
        bare: whether it is a feed that tells days without a clock: they may be those of UTC.
        begun: how often an article tells a later day, as where a draft's first day is told for the post's, or
            another that the list tells, too, as where it was put right since (the awkward site 2144356).
    """

    agreed: int = 0
    denied: int = 0
    days: set[date] = field(default_factory=set)
    exact: int = 0
    loose: int = 0
    in_utc: int = 0
    by_page: int = 0
    sworn: int = 0
    bare: bool = False
    begun: int = 0

    @property
    def is_sure(self) -> bool:
        """Whether it told right so often, and of so many days, that it was no accident."""
        return not self.denied and self.agreed >= 2 and len(self.days) > 1

    @property
    def is_rough(self) -> bool:
        """Whether it agreed by the day only, be it once."""
        return self.agreed > 0 and (self.loose > 0 or not self.exact)


@dataclass(frozen=True, slots=True)
class WitnessJudgement:
    """What the posts at hand show of a site's witnesses, each by its name.

    Attributes:
        denied: those that one article contradicted: a few more tell whether it was misread.
        rough: feeds that agree by the day only: most drafts are published on the day on which they were
            begun, so that a few articles more are worth a look. Some in the minute, so that one article of
            another clock is enough (the awkward sites 2130014, 2142100).
        begun: those of them that one article contradicted by a later day, or by that of the list.
    """

    believed: frozenset[str] = frozenset()
    refuted: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()
    rough: frozenset[str] = frozenset()
    begun: frozenset[str] = frozenset()


def unseated_slots(trust: TrustMemory) -> frozenset[str]:
    """Give the keys of the slots of lists that articles contradict."""
    return frozenset(name.removeprefix(_SLOT) for name in trust.refuted if name.startswith(_SLOT))


def judge_witnesses(
    claims: Iterable[Sequence[PostDate]],
    zone: ZoneInfo,
    doubtful: Collection[str] = (),
    refuted: Collection[str] = (),
) -> WitnessJudgement:
    """Hold each witness against what readers are told of the same posts.

    Args:
        claims: of each post, all that is claimed of its date.
        doubtful: witnesses that give reason to doubt them by themselves, as a feed whose dates are all alike:
            where nothing confirms these they are refuted.
        refuted: witnesses that are believed no more, and so speak against no other.
    """
    told = [[e for claim in each for e in claim.evidence] for each in claims]
    evidence = [[e for e in each if name_witness(e) not in refuted] for each in told] if refuted else told
    tallies: defaultdict[str, _WitnessTally] = defaultdict(_WitnessTally)
    for witnesses in evidence:
        _count(witnesses, zone, tallies, doubtful)
    clock = _find_clock(evidence, zone)
    sure = any(tally.is_sure for name, tally in tallies.items() if name.startswith(_SLOT))
    fallen = {name for name, tally in tallies.items() if _is_refuted(name, tally, sure=sure)}
    fallen |= {*find_shifted(evidence, zone), *find_drafts(evidence, zone)}
    in_utc = [name for name, tally in tallies.items() if tally.in_utc]
    in_utc += find_copied(evidence, zone)
    fallen |= {name for name in in_utc if keeps_own_hours(name, evidence, zone)}
    fallen |= set(find_copied(evidence, zone, named=True))
    # A batch is of one day throughout: one article of another day refutes dates that are all alike (2070237).
    fallen |= {name for name in doubtful if not tallies[name].agreed or tallies[name].by_page}
    if clock is not None:
        # What readers are told is today's date, or another that stands on every page.
        fallen = {name for name in fallen if not name.startswith(_SLOT)} | {clock}
    crowds = find_crowds(told, zone)
    believed = {
        name for name, tally in tallies.items() if tally.is_sure and tally.days >= crowds.get(name, set())
    }
    sampled = {name: tally for name, tally in tallies.items() if wants_proof(name)}
    denied = {name for name, tally in sampled.items() if tally.by_page}
    rough = {name for name, tally in sampled.items() if name.startswith(_FEED) and tally.is_rough}
    begun = {name for name in rough if tallies[name].begun}
    return WitnessJudgement(
        frozenset(believed - fallen),
        frozenset(fallen),
        frozenset(denied - fallen),
        frozenset(rough - fallen),
        frozenset(begun - fallen),
    )


def wants_proof(name: str) -> bool:
    """Tell whether articles are to confirm it; a CMS's API states what its database holds."""
    return name.startswith((_SLOT, _FEED))


def _count(
    witnesses: Sequence[DateEvidence],
    zone: ZoneInfo,
    tallies: defaultdict[str, _WitnessTally],
    doubtful: Collection[str],
) -> None:
    """Compare one post's witnesses: machines with readers', slots with the article's own."""
    told = [e for e in witnesses if e.precision.names_a_day]
    text = next((e for e in told if e.kind is EvidenceKind.VISIBLE_TEXT), None)
    slot = next((e for e in told if e.kind is EvidenceKind.LISTING), None)
    feed = next((e for e in told if e.kind is EvidenceKind.FEED), None)
    stated = next((e for e in told if e.kind in STATED), None)
    for evidence in told:
        if evidence is text:
            continue
        is_slot = evidence.kind is EvidenceKind.LISTING
        # An article that contradicts its list unseats it; the list says nothing against the article.
        second = stated if evidence is feed or is_slot else feed
        if feed is not None and name_witness(feed) in doubtful:
            # Two machines that were built at once agree, and prove nothing.
            second = None
        page = text or (None if evidence is feed and second is None else stated)
        other = (page or feed) if is_slot else (page or slot) if evidence is feed else text
        if other is None:
            continue
        tally = tallies[name_witness(evidence)]
        tally.bare = evidence is feed and evidence.precision is Precision.DAY
        same = evidence.at.astimezone(zone).date() == other.at.astimezone(zone).date()
        # One clock, read once as the city's and once as that of UTC, contradicts nothing.
        same = same or (is_slot and other is text and is_one_clock(evidence, text, zone))
        if same or (not is_slot and _is_day_of_utc(evidence, other, zone)):
            tally.agreed += 1
            tally.days.add(evidence.at.astimezone(zone).date())
            tally.in_utc += not same
            told_else = stated or other
            tally.exact += same and _is_exact(evidence, told_else)
            tally.loose += same and _is_loose(evidence, told_else)
        elif other is not feed and not (other is text and _agrees(evidence, second, zone)):
            # A feed alone unseats no slot: which of the two is right an article tells. Nor does a day in the
            # text stand against two machines that agree: it is more likely another's.
            tally.denied += 1
            tally.by_page += other is page
            tally.begun += other is page and (evidence.at < other.at or _agrees(page, slot, zone))
            tally.sworn += other is text and stated is not evidence and _agrees(text, stated, zone)


def _agrees(one: DateEvidence, other: DateEvidence | None, zone: ZoneInfo) -> bool:
    if other is None or other is one:
        return False
    return one.at.astimezone(zone).date() == other.at.astimezone(zone).date()


def _is_day_of_utc(exact: DateEvidence, shown: DateEvidence, zone: ZoneInfo) -> bool:
    """Tell whether readers are told the day of UTC, as programs print it that run in UTC.

    That takes nothing from a machine's moment, but from the slot that shows it.
    """
    clocked = exact.precision in CLOCKED and shown.precision is Precision.DAY
    return clocked and exact.at.date() == shown.at.astimezone(zone).date()


def _is_exact(one: DateEvidence, other: DateEvidence) -> bool:
    clocked = one.precision in CLOCKED and other.precision in CLOCKED
    return clocked and abs(one.at - other.at) < timedelta(minutes=1)


def _is_loose(one: DateEvidence, other: DateEvidence) -> bool:
    return {one.precision, other.precision} <= CLOCKED and not _is_exact(one, other)


def _is_refuted(name: str, tally: _WitnessTally, *, sure: bool) -> bool:
    """Tell whether a slot was contradicted by articles, or a machine by what readers are told.

    By one article that tells machines and readers the same other day; by two that are read alone, for a day
    in a text may be misread; a feed also where slots that articles confirm (`sure`) tell otherwise twice,
    and whatever else by most of several.
    """
    if tally.sworn or (tally.by_page and tally.bare):
        return True
    if name.startswith((_FEED, _SLOT)) and tally.by_page and (tally.by_page >= 2 or not tally.agreed):
        return True
    if name.startswith(_SLOT):
        return tally.denied > 0 and not tally.agreed
    return tally.denied >= 2 and (sure or tally.denied > tally.agreed)


def _find_clock(evidence: Sequence[Sequence[DateEvidence]], zone: ZoneInfo) -> str | None:
    """Name the readers' witness where it tells one day of several articles that lists date apart."""
    shown, listed, posts = set(), set(), 0
    for witnesses in evidence:
        text = next((e for e in witnesses if e.kind is EvidenceKind.VISIBLE_TEXT), None)
        slots = (e for e in witnesses if e.kind is EvidenceKind.LISTING and e.precision.names_a_day)
        slot = next(slots, None)
        if text is not None and slot is not None:
            posts += 1
            shown.add(text.at.astimezone(zone).date())
            listed.add(slot.at.astimezone(zone).date())
    # Of a batch of three two may be of one day.
    apart = len(listed) > 1 and (posts >= SAMPLES or len(listed) == posts)
    return str(EvidenceKind.VISIBLE_TEXT) if len(shown) == 1 and apart else None
