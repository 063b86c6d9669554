"""Which of two dates claimed for one post stands. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from activity.post import DateEvidence, EvidenceKind, PostDate, Precision
from db.schema.base import ClaimCause

__all__ = [
    "INTERFACES",
    "READING",
    "Claim",
    "Slot",
    "cause_of",
    "choose_claim",
    "claim_of",
    "has_moved",
    "pack_evidence",
    "unpack_evidence",
]

READING = 2
"""Which rules of reading give the dates now. It rises when the same page may read otherwise than before: what
then moves is our correction, and nothing that a site did."""

Slot = tuple[str, str]
"""Where a date stood: the kind of witness, and the field or element."""

# Of what is told about an account's own posts the more trusted stands, whichever came last: the files
# of an import may be older than what was read already, and come in any order.
_TRUST = {
    kind.value: rank
    for rank, kind in enumerate(
        (EvidenceKind.API, EvidenceKind.EXPORT, EvidenceKind.SHORTCODE, EvidenceKind.HAND)
    )
}
INTERFACES = frozenset(_TRUST)
"""Witnesses whose field means one thing only: no generator writes the moment of its build there."""

# What a program writes for programs: it may be the moment of a build, and nobody sees it.
_FEEDS = frozenset({EvidenceKind.FEED.value, EvidenceKind.NEWS_SITEMAP.value})
_MACHINE = _FEEDS | {EvidenceKind.JSON_LD.value, EvidenceKind.META.value}
# Of two witnesses who contradict each other: the post's own page, then the list of the site, then feeds.
_NEARNESS = {
    EvidenceKind.JSON_LD.value: 0,
    EvidenceKind.META.value: 0,
    EvidenceKind.ITEMPROP.value: 0,
    EvidenceKind.TIME_ELEMENT.value: 0,
    EvidenceKind.VISIBLE_TEXT.value: 0,
    EvidenceKind.LISTING.value: 1,
    EvidenceKind.URL.value: 1,
    EvidenceKind.FEED.value: 2,
    EvidenceKind.NEWS_SITEMAP.value: 2,
}
_FURTHEST = 3

# Below this, two equally fine claims are one: "5 jam yang lalu", read twice, never agrees to the minute.
_SLACK = {
    Precision.SECOND: timedelta(seconds=1),
    Precision.MINUTE: timedelta(minutes=1),
    Precision.HOUR: timedelta(hours=2),
    Precision.DAY: timedelta(days=1),
}
# A clock on UTC shows the day before; that alone is no reason to give up an exact moment.
_CLOCK = timedelta(days=1)
# A site that says something new in one place every night must not fill the row.
_MOST_WITNESSES = 12


@dataclass(frozen=True, slots=True)
class Claim:
    """A date as it is stored.

    Attributes:
        at: aware, UTC, whole seconds.
        local_day: None where the day is not certain.
        evidence: witnesses as plain JSON, the deciding one first.
        reading: by which rules it was read, see READING.
    """

    at: datetime
    precision: Precision
    local_day: date | None
    contested: bool
    evidence: Sequence[Mapping[str, Any]]
    reading: int = READING

    @property
    def slot(self) -> Slot | None:
        """Where the deciding witness stood; None without any."""
        return _slot(self.evidence[0]) if self.evidence else None

    @property
    def kind(self) -> str | None:
        """Of the deciding witness."""
        return self.evidence[0]["kind"] if self.evidence else None


def claim_of(post_date: PostDate | None, zone: ZoneInfo) -> Claim | None:
    """Make the claim of a harvest's post, its local day counted in `zone`."""
    if post_date is None:
        return None
    at = post_date.at.astimezone(UTC).replace(microsecond=0)
    day = at.astimezone(zone).date() if post_date.precision.names_a_day else None
    return Claim(at, post_date.precision, day, post_date.contested, pack_evidence(post_date.evidence))


def choose_claim(old: Claim | None, new: Claim | None, *, rebuilt: bool = False) -> Claim | None:
    """Choose the claim that stands after `new` came to `old`; choosing twice changes nothing.

    A date is never given up for none, nor a day for a date that names none. Of two that name the same
    day the finer stands. Of two days: the one that the same place on the site says now, or the one with
    more and nearer witnesses. The other stays among the witnesses, and the claim is contested.

    Args:
        rebuilt: whether the site moved its dates in this place all at once, as a generator does.
    """
    if old is None or new is None:
        return new or old
    if old.local_day is None or new.local_day is None:
        return _choose_coarse(old, new)
    if old.local_day == new.local_day:
        return _join(old, new)
    return _settle(old, new, rebuilt=rebuilt)


def cause_of(old: Claim, new: Claim) -> ClaimCause:
    """Tell why a date gave way: the site says otherwise in the same place, or we read it otherwise."""
    if old.slot is None or old.slot != new.slot or old.reading != new.reading:
        return ClaimCause.READING
    said = [claim.evidence[0].get("raw") for claim in (old, new)]
    return ClaimCause.SITE if said[0] != said[1] else ClaimCause.READING


def has_moved(old: Claim, new: Claim) -> bool:
    """Tell whether two claims of one place are further apart than a reading of one moment may be."""
    slack = max(_SLACK.get(claim.precision, timedelta.max) for claim in (old, new))
    return abs(new.at - old.at) >= slack


def _choose_coarse(old: Claim, new: Claim) -> Claim:
    """Where one names no day: "6 bulan yang lalu", read every night, was nearest at the first reading."""
    if _is_misread_dateline(old, new):
        return new
    if old.precision is not new.precision:
        return min(old, new, key=lambda claim: claim.precision.coarseness)
    if old.kind == EvidenceKind.DATELINE != new.kind and new.kind is not None:
        return new
    return _joined(old, new)


def _is_misread_dateline(old: Claim, new: Claim) -> bool:
    """Whether older rules took the day of a dateline, or of a text, for that of the post."""
    of_text = old.kind in {EvidenceKind.LISTING, EvidenceKind.VISIBLE_TEXT}
    return new.kind == EvidenceKind.DATELINE and of_text and old.reading < new.reading


def _join(old: Claim, new: Claim) -> Claim:
    """Two claims of one day: the finer one, with the witnesses of both."""
    if old.precision is not new.precision:
        finer = new.precision.coarseness < old.precision.coarseness
        return _joined(new, old) if finer else _joined(old, new)
    trusted = _more_trusted(old, new)
    if trusted is not None:
        return _joined(trusted, new if trusted is old else old)
    moved = has_moved(old, new) and (old.slot == new.slot or old.slot is None)
    return _joined(new, old) if moved or old.reading < new.reading else _joined(old, new)


def _joined(first: Claim, second: Claim) -> Claim:
    reading = max(first.reading, second.reading) if first.slot == second.slot else first.reading
    return replace(
        first,
        contested=first.contested or second.contested,
        evidence=_gather(first, second.evidence),
        reading=reading,
    )


def _settle(old: Claim, new: Claim, *, rebuilt: bool) -> Claim:
    """Two days."""
    trusted = _more_trusted(old, new)
    if trusted is not None:
        return trusted
    if old.reading < new.reading and old.kind not in INTERFACES:
        return new
    if old.slot is None or old.slot != new.slot:
        return _weigh(old, new)
    if rebuilt or _is_restless(old) or _is_confirmed(old, new):
        return _contest(old, new)
    others = [witness for witness in old.evidence if _slot(witness) != old.slot]
    return replace(new, contested=old.contested or new.contested, evidence=_gather(new, others))


def _weigh(old: Claim, new: Claim) -> Claim:
    """Two days that different places say; none is forgotten."""
    ranks = _rank(old, new), _rank(new, old)
    if ranks[0] != ranks[1]:
        stands = old if ranks[0] < ranks[1] else new
    elif old.slot is None or new.slot is None:
        return old if old.precision.coarseness < new.precision.coarseness else new
    else:
        decided = any(_says(witness) == _says(new.evidence[0]) for witness in old.evidence)
        reread = old.kind == new.kind or _NEARNESS.get(str(new.kind), _FURTHEST) == 0
        stands = new if reread and not decided else old
    other = new if stands is old else old
    if old.kind == new.kind:
        # Another place of the same page: the visit has learnt better, and no witness contradicts another.
        contested = old.contested or new.contested
        return replace(stands, contested=contested, evidence=_gather(stands, other.evidence))
    return _contest(stands, other)


def _rank(claim: Claim, other: Claim) -> tuple[int, int, int, int]:
    """How well a day is told, least best: interfaces, an exact clock beside midnight, witnesses, nearness."""
    kind = str(claim.kind)
    interface = 0 if kind in INTERFACES else 2 if kind == EvidenceKind.DATELINE else 1
    days = claim.local_day, other.local_day
    near = days[0] is not None and days[1] is not None and abs(days[0] - days[1]) <= _CLOCK
    exact = claim.precision.coarseness if near else 0
    return interface, exact, -len(_supporters(claim)), _NEARNESS.get(kind, _FURTHEST)


def _contest(stands: Claim, other: Claim) -> Claim:
    return replace(stands, contested=True, evidence=_gather(stands, other.evidence))


def _more_trusted(old: Claim, new: Claim) -> Claim | None:
    """Of two interfaces the more trusted one; None where that tells nothing."""
    ranks = _TRUST.get(str(old.kind)), _TRUST.get(str(new.kind))
    if None in ranks or ranks[0] == ranks[1]:
        return None
    return min(old, new, key=lambda claim: _TRUST[str(claim.kind)])


def _supporters(claim: Claim) -> frozenset[str]:
    """Kinds of the witnesses that name the claim's day."""
    return frozenset(witness["kind"] for witness in claim.evidence if _agrees(witness, claim))


def _agrees(witness: Mapping[str, Any], claim: Claim) -> bool:
    """Whether both name one day, as far as moments tell: a bare day is kept as its local midnight."""
    precision = Precision(witness["precision"])
    if not precision.names_a_day:
        return False
    later = datetime.fromisoformat(witness["at"]) - claim.at
    if precision is claim.precision or Precision.DAY not in {precision, claim.precision}:
        return abs(later) < _CLOCK / 2
    return timedelta(0) <= (later if claim.precision is Precision.DAY else -later) < _CLOCK


def _is_confirmed(old: Claim, new: Claim) -> bool:
    """Whether the site's pages agreed with a feed's date, or the like, which now says another alone.

    It does not where a page says the new day with it: an office had put it right, and the list that had told
    the former one was not read that night (the awkward site 2110976).
    """
    beside, ours = _supporters(old) - _FEEDS - {str(old.kind)}, _supporters(new) - _FEEDS - {str(old.kind)}
    return old.kind in _MACHINE and bool(beside) and not ours


def _is_restless(old: Claim) -> bool:
    """Whether the deciding place has contradicted itself before."""
    return sum(_slot(witness) == old.slot for witness in old.evidence) > 1


def _gather(claim: Claim, more: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The claim's witnesses, and those of the others: of each place at most one that says another day."""
    found = list(claim.evidence)
    for witness in more if found else ():
        same = [known for known in found if _slot(known) == _slot(witness)]
        if len(same) > 1 or any(_says(known)[2] == _says(witness)[2] for known in same):
            continue
        found.append(witness)
    return found[: max(_MOST_WITNESSES, len(claim.evidence))]


def _slot(witness: Mapping[str, Any]) -> Slot:
    return witness["kind"], witness["where"]


def _says(witness: Mapping[str, Any]) -> tuple[str, str, str]:
    """The place, and the day that it says in UTC."""
    return *_slot(witness), witness["at"][:10]


def pack_evidence(evidence: Sequence[DateEvidence]) -> list[dict[str, Any]]:
    """Write witnesses as plain JSON."""
    return [
        {
            "kind": witness.kind.value,
            "where": witness.where,
            "raw": witness.raw,
            "at": witness.at.astimezone(UTC).isoformat(),
            "precision": witness.precision.value,
            "source": witness.source,
        }
        for witness in evidence
    ]


def unpack_evidence(packed: Sequence[Mapping[str, Any]]) -> tuple[DateEvidence, ...]:
    """Read witnesses as they were."""
    return tuple(
        DateEvidence(
            kind=EvidenceKind(item["kind"]),
            where=item["where"],
            raw=item["raw"],
            at=datetime.fromisoformat(item["at"]),
            precision=Precision(item["precision"]),
            source=item["source"],
        )
        for item in packed
    )
