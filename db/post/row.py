"""A post's row and the claim in it. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from db.post.claim import READING, Claim
from db.schema.base import ClaimCause

__all__ = ["Values", "claim_columns", "claim_in", "given_up"]

Values = dict[str, Any]


def claim_columns(claim: Claim | None) -> Values:
    """Write a post's date as columns."""
    return {
        "published_at": claim and claim.at,
        "precision": claim and claim.precision,
        "local_day": claim and claim.local_day,
        "contested": claim is not None and claim.contested,
        "evidence": list(claim.evidence) if claim else [],
        "reading": claim.reading if claim else READING,
    }


def claim_in(row: Mapping[str, Any]) -> Claim | None:
    """Read the date in a post's row."""
    if row["published_at"] is None:
        return None
    names = ("published_at", "precision", "local_day", "contested", "evidence", "reading")
    return Claim(*(row[name] for name in names))


def given_up(row: Values, now: datetime, cause: ClaimCause) -> Values:
    """Write the row of a date that gave way."""
    names = ("account_id", "key", "published_at", "precision", "local_day", "evidence")
    return {"replaced_at": now, "cause": cause, **{name: row[name] for name in names}}
