"""What a visit has taken so far, against what it may take."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from activity.outcome import Failure
from activity.record import Certificate, Reception
from activity.visit import Budget, Cost

__all__ = ["PAGE_BYTES", "Meter"]

# A page of an office that is larger than this is no page: a video, a scan of a decree, a trap.
PAGE_BYTES = 10_000_000
_REFUSED = {
    Failure.CERTIFICATE: Certificate.INVALID,
    Failure.CERTIFICATE_EXPIRED: Certificate.EXPIRED,
}


@dataclass(slots=True)
class Meter:
    """Counts exchanges, bytes after decompression and seconds spent exchanging.

    Attributes:
        cpu: seconds that the visit has computed.
        refusals: how often something was asked for after the budget was used up.
        reception: how the server has answered.

    Seconds spent waiting for one's turn on a shared server are not the site's doing and do not count.
    """

    budget: Budget
    requests: int = 0
    bytes: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    refusals: int = 0
    reception: Reception = field(default_factory=Reception)

    def count(self, requests: int, size: int, seconds: float) -> None:
        """Add what one exchange took."""
        self.requests += requests
        self.bytes += size
        self.seconds += seconds

    def greet(self, scheme: str, failure: Failure | None, first_byte: float | None) -> None:
        """Note how one exchange was answered: of pages the first one tells, of certificates the worst."""
        met = self.reception
        certificate = met.certificate
        if failure in _REFUSED:
            certificate = _REFUSED[failure]
        elif failure is None and scheme == "https":
            certificate = certificate or Certificate.VALID
        first = failure is None and met.scheme is None
        self.reception = replace(
            met,
            scheme=scheme if first else met.scheme,
            certificate=certificate,
            first_byte=first_byte if first else met.first_byte,
        )

    def keep_away(self, until: datetime | None) -> None:
        """Note until when the server asked to be left alone; of several moments the latest."""
        if until is not None and (self.reception.retry_at is None or until > self.reception.retry_at):
            self.reception = replace(self.reception, retry_at=until)

    @property
    def exhausted(self) -> str:
        """Which budget is used up, in words; empty while none is."""
        if self.requests >= self.budget.requests:
            return f"{self.requests} requests"
        if self.bytes >= self.budget.bytes:
            return f"{self.bytes} bytes"
        if self.seconds >= self.budget.seconds:
            return f"{self.seconds:.0f} s"
        return ""

    @property
    def page_bytes(self) -> int:
        """The most the next body may have."""
        return max(1, min(PAGE_BYTES, self.budget.bytes - self.bytes))

    def timeout(self, longest: float) -> float:
        """Tell how long the next exchange may take as a whole, in seconds."""
        return max(0.1, min(longest, self.budget.seconds - self.seconds))

    def cost(self, wall_seconds: float) -> Cost:
        """Add up what to put on the harvest."""
        return Cost(self.requests, self.bytes, wall_seconds)
