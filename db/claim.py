"""Which of two dates claimed for one post stands. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from activity.post import DateEvidence, EvidenceKind, PostDate, Precision

__all__ = ["Claim", "choose_claim", "claim_of", "pack_evidence", "unpack_evidence"]

_FINEST_FIRST = {precision: rank for rank, precision in enumerate(Precision)}

# Of what is told about an account's own posts the more trusted stands, whichever came last: the files
# of an import may be older than what was read already, and come in any order.
_TRUST = {
    kind.value: rank
    for rank, kind in enumerate(
        (EvidenceKind.API, EvidenceKind.EXPORT, EvidenceKind.SHORTCODE, EvidenceKind.HAND)
    )
}

# Below this, two equally fine claims are one: "5 jam yang lalu", read twice, never agrees to the minute.
_SLACK = {
    Precision.SECOND: timedelta(seconds=1),
    Precision.MINUTE: timedelta(minutes=1),
    Precision.HOUR: timedelta(hours=2),
    Precision.DAY: timedelta(days=1),
}


@dataclass(frozen=True, slots=True)
class Claim:
    """A date as it is stored.

    Attributes:
        at: aware, UTC, whole seconds.
        local_day: None where the day is not certain.
        evidence: witnesses as plain JSON.
    """

    at: datetime
    precision: Precision
    local_day: date | None
    contested: bool
    evidence: Sequence[Mapping[str, Any]]


def claim_of(post_date: PostDate | None, zone: ZoneInfo) -> Claim | None:
    """The claim that a harvest makes, its local day counted in `zone`."""
    if post_date is None:
        return None
    at = post_date.at.astimezone(UTC).replace(microsecond=0)
    day = at.astimezone(zone).date() if post_date.precision.names_a_day else None
    return Claim(at, post_date.precision, day, post_date.contested, pack_evidence(post_date.evidence))


def choose_claim(old: Claim | None, new: Claim | None) -> Claim | None:
    """The claim that stands after `new` came to `old`.

    A date is never given up for none, nor a fine one for a coarse one. Between equally fine ones
    the newer stands, except where neither names a day: of "6 bulan yang lalu" read every night
    the first reading is the nearest. An import gives way to what the platform itself said. Choosing
    twice changes nothing.
    """
    if old is None or new is None:
        return new or old
    if new.precision is not old.precision:
        return new if _FINEST_FIRST[new.precision] < _FINEST_FIRST[old.precision] else old
    if _trust(old) != _trust(new) and None not in {_trust(old), _trust(new)}:
        return min(old, new, key=lambda claim: _trust(claim) or 0)
    slack = _SLACK.get(new.precision)
    if slack is not None and abs(new.at - old.at) >= slack:
        return new
    witnesses = new.evidence if len(new.evidence) > len(old.evidence) else old.evidence
    return replace(old, contested=old.contested or new.contested, evidence=witnesses)


def _trust(claim: Claim) -> int | None:
    return _TRUST.get(claim.evidence[0]["kind"]) if claim.evidence else None


def pack_evidence(evidence: Sequence[DateEvidence]) -> list[dict[str, Any]]:
    """Witnesses as plain JSON."""
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
    """Witnesses as they were."""
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
