"""How many files and connections a process may have open."""

import resource
from contextlib import suppress
from typing import Final

__all__ = ["find_idle_seconds", "raise_file_limit"]

# A shard makes no more connections a second: 15,000 sites a minute were measured, one request each.
_FASTEST: Final = 400
# The pipe, the log, the selector, name servers, and what Python itself holds.
_OTHERS: Final = 100


def raise_file_limit() -> int:
    """Allow this process as many open files as it may allow itself; the number in force."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        # Some systems name a hard limit that they do not grant.
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def find_idle_seconds(limit: int, seats: int, most: int) -> int:
    """Find how long an idle connection may stay open, so that all of them together leave room for the seats.

    A shard whose sites do not change leaves hundreds of connections a second behind: under the 1,024 files
    that shells, cron and systemd allow, a night of 2,000 sites with 256 seats ended after seconds.

    Args:
        limit: files that the process may have open.
        seats: visits open at once; each has a connection, and may be opening another.
        most: seconds where there is room enough.

    >>> find_idle_seconds(1_024, 256, 3), find_idle_seconds(65_536, 256, 3)
    (1, 3)
    """
    room = limit - 2 * seats - _OTHERS
    return max(1, min(most, room // _FASTEST))
