"""What an exception came from, and whether that is a lack of this machine's. Pure."""

import errno
from collections.abc import Iterator

from activity.errors import ShortageError

__all__ = ["find_shortage", "walk_causes"]

_SHORTAGES = {
    errno.EMFILE: "this process may open no further file or connection",
    errno.ENFILE: "this machine can open no further file or connection",
    errno.ENOMEM: "this machine has no memory left",
    errno.ENOSPC: "this machine's disk is full",
}


def walk_causes(error: BaseException) -> Iterator[BaseException]:
    """Walk through an exception and all it came from, outermost first."""
    seen: set[int] = set()
    queue: list[BaseException] = [error]
    while queue:
        cause = queue.pop(0)
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        # Twisted gathers what went wrong with an exchange in a list of its own.
        queue.extend(reason.value for reason in getattr(cause, "reasons", ()))
        queue.extend(c for c in (cause.__cause__, cause.__context__) if c is not None)


def find_shortage(error: BaseException) -> ShortageError | None:
    """Find the error that ends a crawl where something failed for what this machine lacks; else None.

    >>> str(find_shortage(OSError(24, "Too many open files")))[:66]
    'The crawl cannot go on: this process may open no further file or c'
    >>> find_shortage(ConnectionRefusedError(111, "Connection refused")) is None
    True
    """
    for cause in walk_causes(error):
        if isinstance(cause, ShortageError):
            return cause
        number = cause.errno if isinstance(cause, OSError) else getattr(cause, "osError", None)
        if number in _SHORTAGES:
            return ShortageError(
                "The crawl cannot go on: {shortages}.",
                "See `denyut doctor`; the same command goes on with the accounts that are missing.",
                shortages=_SHORTAGES[number],
            )
    return None
