"""Keys of posts whose source states when, but not which: they give way to the real key once it is known."""

from datetime import datetime

__all__ = ["PREFIX", "is_moment_key", "moment_key"]

PREFIX = "at:"


def moment_key(at: datetime, nth: int = 1) -> str:
    """A key from the second of publication; `nth` tells those of one second apart.

    >>> from datetime import UTC
    >>> moment_key(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)), moment_key(datetime(2026, 1, 2, tzinfo=UTC), 2)
    ('at:1767323045', 'at:1767312000:2')
    """
    key = f"{PREFIX}{int(at.timestamp())}"
    return key if nth == 1 else f"{key}:{nth}"


def is_moment_key(key: str) -> bool:
    """Tell whether a key only says when."""
    return key.startswith(PREFIX)
