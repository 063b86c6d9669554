"""How many files and connections a process may have open."""

import resource
from contextlib import suppress

__all__ = ["raise_file_limit"]


def raise_file_limit() -> int:
    """Allow this process as many open files as it may allow itself; the number in force."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        # Some systems name a hard limit that they do not grant.
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]
