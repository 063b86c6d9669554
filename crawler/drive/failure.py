"""What went wrong with one exchange, from the exception the network raised, in our words."""

import ssl

from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from twisted.internet import error as tx
from twisted.web.client import ResponseFailed

from activity.errors import GuardError
from activity.outcome import Failure
from crawler.drive.cause import walk_causes
from crawler.drive.keyring import TokenStoppedError

__all__ = [
    "CarriedError",
    "CertificateExpiredError",
    "ElsewhereError",
    "RenderingError",
    "RobotsRefusal",
    "explain_exception",
    "name_failure",
]

_EXPIRED = 10  # X509_V_ERR_CERT_HAS_EXPIRED


class RobotsRefusal(IgnoreRequest):
    """robots.txt forbids an address; raised by the robots middleware."""


class CertificateExpiredError(Exception):
    """A certificate is past its last day; raised by the download handler."""


class CarriedError(Exception):
    """Another shard made an exchange, and it failed there; raised on the way back."""

    def __init__(self, failure: Failure | None, detail: str) -> None:
        super().__init__(detail)
        self.failure = failure or Failure.OTHER


class ElsewhereError(Exception):
    """A server may be asked on another machine just now; raised by the guard's middleware, ends the visit."""


class RenderingError(Exception):
    """A page came, and could not be rendered; raised by an edge.

    Attributes:
        failure: TOO_LARGE, or OTHER: another try would hardly go better.
    """

    def __init__(self, failure: Failure, detail: str) -> None:
        super().__init__(detail)
        self.failure = failure


# The first that fits decides, so narrower ones stand first.
_FAILURES: tuple[tuple[tuple[type[BaseException], ...], Failure], ...] = (
    ((GuardError,), Failure.PRIVATE_ADDRESS),
    ((RobotsRefusal,), Failure.ROBOTS),
    ((ssl.SSLCertVerificationError,), Failure.CERTIFICATE),
    ((CannotResolveHostError,), Failure.DNS),
    # Scrapy cancels a body that outgrows its limit, and ignores one that does so on unpacking.
    ((DownloadCancelledError, IgnoreRequest), Failure.TOO_LARGE),
    ((DownloadConnectionRefusedError, tx.ConnectionRefusedError, ConnectionRefusedError), Failure.REFUSED),
    ((DownloadTimeoutError, tx.TimeoutError, tx.TCPTimedOutError, TimeoutError), Failure.TIMEOUT),
    # "No route to host" and "network is unreachable": nobody is there to answer, as after a refusal.
    ((tx.NoRouteError, tx.ConnectError), Failure.REFUSED),
    ((tx.ConnectionLost, tx.ConnectionDone, tx.ConnectionAborted, ConnectionError), Failure.RESET),
    # No agreement on how to encrypt.
    ((SSL.Error, ssl.SSLError), Failure.RESET),
    # An answer shorter than it announced, or one that is not HTTP.
    ((ResponseDataLossError, ResponseFailed), Failure.RESET),
)

# These say all there is in their text alone.
_PLAIN = (
    GuardError,
    RobotsRefusal,
    CertificateExpiredError,
    TokenStoppedError,
    CarriedError,
    RenderingError,
    CannotResolveHostError,
    DownloadTimeoutError,
)


def name_failure(error: BaseException) -> Failure:
    """Name the reason why no usable answer came; OTHER where none of ours fits."""
    causes = tuple(walk_causes(error))
    for cause in causes:
        if isinstance(cause, TokenStoppedError | RenderingError | CarriedError):
            return cause.failure
        if isinstance(cause, CertificateExpiredError) or _is_expired(cause):
            return Failure.CERTIFICATE_EXPIRED
        if isinstance(cause, SSL.Error) and "certificate verify failed" in str(cause):
            return Failure.CERTIFICATE
    for kinds, failure in _FAILURES:
        if any(isinstance(cause, kinds) for cause in causes):
            return failure
    return Failure.OTHER


def _is_expired(cause: BaseException) -> bool:
    return isinstance(cause, ssl.SSLCertVerificationError) and getattr(cause, "verify_code", 0) == _EXPIRED


def explain_exception(error: BaseException) -> str:
    """Explain what happened in one line: by the innermost cause, unless an outer one is our own."""
    causes = tuple(walk_causes(error))
    plain = next((cause for cause in causes if isinstance(cause, _PLAIN) and str(cause)), None)
    if plain is not None:
        return str(plain)[:300]
    return f"{type(causes[-1]).__name__}: {causes[-1]}".strip(": ")[:300]
