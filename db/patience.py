"""Waiting for a database server that went away: a restart of it must not cost the night."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from time import monotonic
from typing import TypeVar

from activity.errors import DatabaseBusyError, StoreGoneError

__all__ = ["WAIT", "Patience"]

_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")

WAIT = 300.0
"""Seconds: a server's restart takes some, its recovery after a power cut minutes; what takes longer, as the
move to another machine, needs a person anyway, and the same command goes on where it ended."""

_FIRST, _LONGEST = 0.5, 15.0


@dataclass(slots=True)
class Patience:
    """Does work on a database, again where the server was gone, for so many seconds and no longer.

    When they are over, nothing is waited for any more: whatever else is to be done fails at once.

    The work must be one transaction that changes nothing when it is done again: where the server goes away
    while it commits, nobody knows whether it did.

    Attributes:
        seconds: how long one absence may last; 0 waits for nothing.
        resume: what must hold again before the work goes on, such as a lock that went with the server. Where
            it is busy the wait goes on: it may be our own connection, which the server still thinks alive.
    """

    seconds: float = WAIT
    resume: Callable[[], None] | None = None
    _over: Event = field(default_factory=Event)

    def outlast(self, work: Callable[[], _T]) -> _T:
        """Do the work; raises StoreGoneError or DatabaseBusyError when the time is over."""
        try:
            return work()
        except StoreGoneError as error:
            if not self.seconds or self._over.is_set():
                raise
            return self._wait(work, error)

    def give_up(self) -> None:
        """Wait for nothing any more, in whichever thread; what waits raises."""
        self._over.set()

    def _wait(self, work: Callable[[], _T], error: StoreGoneError | DatabaseBusyError) -> _T:
        _LOG.warning("%s It is waited for, up to %.0f s.", error.message, self.seconds)
        start, pause = monotonic(), _FIRST
        while (left := self.seconds - (monotonic() - start)) > 0 and not self._over.wait(min(pause, left)):
            pause = min(2 * pause, _LONGEST)
            try:
                if self.resume is not None:
                    self.resume()
                done = work()
            except (StoreGoneError, DatabaseBusyError) as again:
                error = again
            else:
                _LOG.warning("The database is back after %.0f s.", monotonic() - start)
                return done
        self.give_up()
        raise error
