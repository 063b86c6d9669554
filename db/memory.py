"""A visit's memory as plain JSON, and back. Pure."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from activity.visit import Memory, Validators

__all__ = ["pack_memory", "unpack_memory"]


def pack_memory(memory: Memory) -> dict[str, Any]:
    """Plain JSON; `facts` must be that already."""
    return {
        "endpoint": memory.endpoint,
        "kind": memory.kind,
        "etag": memory.validators.etag,
        "last_modified": memory.validators.last_modified,
        "digest": memory.validators.digest,
        "seen_at": memory.seen_at.astimezone(UTC).isoformat() if memory.seen_at else None,
        "facts": dict(memory.facts),
    }


def unpack_memory(packed: Mapping[str, Any]) -> Memory:
    """The memory as it was."""
    seen_at = packed["seen_at"]
    return Memory(
        endpoint=packed["endpoint"],
        kind=packed["kind"],
        validators=Validators(packed["etag"], packed["last_modified"], packed["digest"]),
        seen_at=datetime.fromisoformat(seen_at) if seen_at else None,
        facts=packed["facts"],
    )
