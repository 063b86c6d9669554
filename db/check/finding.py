"""What a look at a database finds wrong."""

from dataclasses import dataclass

__all__ = ["MOST", "Finding"]

MOST = 1000
"""Rows that one finding counts; more are as bad."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One promise that does not hold.

    Attributes:
        promise: what should hold.
        count: places where it does not; `MOST` stands for that many or more.
        places: some of them.
        remedy: what to do.
    """

    promise: str
    count: int
    places: tuple[str, ...]
    remedy: str
