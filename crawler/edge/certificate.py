"""Checking the certificates of the servers that a crawl connects to.

Scrapy checks none by default. Where it does, each connection reads all authorities again (9 ms) and a
failure does not say whether the certificate was merely too old; so the check is our own, on one context.
"""

from functools import cached_property

import certifi
from OpenSSL import SSL, crypto
from service_identity import VerificationError
from service_identity.hazmat import DNS_ID, IPAddress_ID, verify_service_identity
from service_identity.pyopenssl import extract_patterns
from twisted.internet.abstract import isIPAddress, isIPv6Address
from twisted.internet.interfaces import IOpenSSLClientConnectionCreator
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer

__all__ = ["CertificatePolicy"]

_EXPIRED = 10  # X509_V_ERR_CERT_HAS_EXPIRED, which OpenSSL's final error does not name
# Allows servers without RFC 5746, as Scrapy does: old appliances of small offices are such.
_LEGACY_SERVER_CONNECT = 0x4


@implementer(IPolicyForHTTPS)
class CertificatePolicy:
    """Trusts the machine's authorities and certifi's, for the name that was asked for.

    A bare machine has none of its own; an office's internal authority is in the machine's only.

    Attributes:
        expired: hosts and ports whose last certificate was refused for its age.
    """

    def __init__(self) -> None:
        self.expired: set[tuple[str, int]] = set()

    @cached_property
    def _context(self) -> SSL.Context:
        """Read with the first connection over TLS: it takes 40 ms, and plain http has no use for it."""
        context = SSL.Context(SSL.TLS_METHOD)
        context.set_min_proto_version(SSL.TLS1_2_VERSION)
        context.set_options(_LEGACY_SERVER_CONNECT)
        context.set_default_verify_paths()
        context.load_verify_locations(certifi.where())
        return context

    def creatorForNetloc(self, hostname: bytes, port: int) -> "_Creator":  # noqa: N802 - the interface's
        """Make what Twisted asks for with each new connection over TLS."""
        server = (hostname.decode("ascii"), port)
        self.expired.discard(server)
        return _Creator(self._context, server, self.expired)


@implementer(IOpenSSLClientConnectionCreator)
class _Creator:
    def __init__(self, context: SSL.Context, server: tuple[str, int], expired: set[tuple[str, int]]) -> None:
        self._context = context
        self._server = server
        self._host = server[0]
        self._expired = expired

    def clientConnectionForTLS(self, tlsProtocol: object) -> SSL.Connection:  # noqa: ARG002, N802, N803 - the interface's
        """Make a connection that ends its handshake when the certificate does not pass."""
        connection = SSL.Connection(self._context, None)
        if not _is_address(self._host):
            connection.set_tlsext_host_name(self._host.encode("ascii"))
        connection.set_verify(SSL.VERIFY_PEER, self._verify)
        return connection

    def _verify(
        self, _: SSL.Connection, certificate: crypto.X509, error: int, depth: int, passed: int
    ) -> bool:
        if not passed:
            if error == _EXPIRED:
                self._expired.add(self._server)
            return False
        return depth > 0 or _names(certificate, self._host)


def _names(certificate: crypto.X509, host: str) -> bool:
    """Whether a certificate was issued for this host."""
    wanted = IPAddress_ID(host) if _is_address(host) else DNS_ID(host)
    try:
        verify_service_identity(extract_patterns(certificate), [wanted], [])
    except (VerificationError, ValueError):
        return False
    return True


def _is_address(host: str) -> bool:
    return isIPAddress(host) or isIPv6Address(host)
