"""What looking at an installation finds, one thing at a time."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Check", "Health"]


class Health(StrEnum):
    """How a check went."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at, what was found, and what to do about it."""

    name: str
    health: Health
    found: str
    remedy: str = ""
