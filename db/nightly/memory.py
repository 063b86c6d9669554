"""A visit's memory as plain JSON, and back. Pure."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from activity.visit import Memory, Validators

__all__ = ["pack_memory", "unpack_memory"]


def pack_memory(memory: Memory) -> dict[str, Any]:
    """Write a memory as plain JSON; its `facts` must be that already."""
    return {
        "endpoint": memory.endpoint,
        "kind": memory.kind,
        "etag": memory.validators.etag,
        "last_modified": memory.validators.last_modified,
        "digest": memory.validators.digest,
        "seen_at": memory.seen_at.astimezone(UTC).isoformat() if memory.seen_at else None,
        "facts": dict(memory.facts),
    }


def unpack_memory(packed: object) -> Memory:
    """Read a memory as it was; what is of another shape is as if it had never been remembered.

    >>> unpack_memory({"endpoint": 7, "seen_at": "yesterday"}) == Memory()
    True
    """
    told: Mapping[str, Any] = packed if isinstance(packed, Mapping) else {}
    facts = told.get("facts")
    return Memory(
        endpoint=_read_text(told, "endpoint"),
        kind=_read_text(told, "kind"),
        validators=Validators(
            _read_text(told, "etag"), _read_text(told, "last_modified"), _read_text(told, "digest")
        ),
        seen_at=_read_moment(told),
        facts=facts if isinstance(facts, Mapping) else {},
    )


def _read_text(told: Mapping[str, Any], name: str) -> str | None:
    value = told.get(name)
    return value if isinstance(value, str) else None


def _read_moment(told: Mapping[str, Any]) -> datetime | None:
    """A moment in UTC; None where it is none, or one without a zone."""
    try:
        at = datetime.fromisoformat(told.get("seen_at") or "")
        return None if at.tzinfo is None else at.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None
