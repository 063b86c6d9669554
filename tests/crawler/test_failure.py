import socket
import ssl

import pytest
from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from twisted.internet import error as tx
from twisted.python.failure import Failure as TwistedFailure
from twisted.web.client import ResponseNeverReceived

from activity.errors import GuardError
from activity.outcome import Failure
from crawler.drive.failure import CertificateExpiredError, RobotsRefusal, explain_exception, name_failure


def wrapped(*reasons):
    error = DownloadFailedError("failed")
    error.__cause__ = ResponseNeverReceived([TwistedFailure(reason) for reason in reasons])
    return error


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (GuardError("10.0.0.1 is not a public address."), Failure.PRIVATE_ADDRESS),
        (RobotsRefusal("forbidden"), Failure.ROBOTS),
        (CertificateExpiredError("old"), Failure.CERTIFICATE_EXPIRED),
        (CannotResolveHostError("x.id"), Failure.DNS),
        (DownloadCancelledError("too much"), Failure.TOO_LARGE),
        (IgnoreRequest("exceeded DOWNLOAD_MAXSIZE"), Failure.TOO_LARGE),
        (DownloadConnectionRefusedError("no"), Failure.REFUSED),
        (ConnectionRefusedError(111, "Connection refused"), Failure.REFUSED),
        (tx.NoRouteError(), Failure.REFUSED),
        (DownloadTimeoutError("took longer"), Failure.TIMEOUT),
        (tx.TCPTimedOutError(), Failure.TIMEOUT),
        (TimeoutError(), Failure.TIMEOUT),
        (ResponseDataLossError(), Failure.RESET),
        (wrapped(tx.ConnectionLost()), Failure.RESET),
        (wrapped(tx.ConnectionDone()), Failure.RESET),
        (wrapped(SSL.Error([("SSL routines", "", "certificate verify failed")])), Failure.CERTIFICATE),
        (wrapped(SSL.Error([("SSL routines", "", "unsupported protocol")])), Failure.RESET),
        (ssl.SSLCertVerificationError("self-signed"), Failure.CERTIFICATE),
        (ssl.SSLError("unsupported protocol"), Failure.RESET),
        (ConnectionResetError(104, "reset"), Failure.RESET),
        (ValueError("what"), Failure.OTHER),
        (socket.herror("what"), Failure.OTHER),
    ],
)
def test_each_exception_has_its_failure(error, failure):
    assert name_failure(error) is failure


def test_an_explanation_is_one_line_for_a_person():
    assert explain_exception(RobotsRefusal("forbidden by http://x/robots.txt")).startswith("forbidden by")
    assert explain_exception(wrapped(tx.ConnectionLost("gone"))).startswith("ConnectionLost")
    assert explain_exception(ValueError()) == "ValueError"


def test_causes_in_a_circle_end():
    one, two = ValueError("one"), ValueError("two")
    one.__cause__, two.__cause__ = two, one
    assert name_failure(one) is Failure.OTHER
