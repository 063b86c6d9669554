"""What a crawl may touch: public addresses over http and https, and what the operator lists."""

import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Self
from urllib.parse import urlsplit

from activity.errors import ConfigError, GuardError
from activity.message import Message

__all__ = ["LONGEST_URL", "Guard"]

LONGEST_URL = 4096

# What inet_aton takes besides four decimal numbers: 127.1, 0x7f000001, 2130706433, 0177.0.0.1.
_NUMERIC = re.compile(r"(0x[0-9a-f]*|\d+)(\.(0x[0-9a-f]*|\d+)){0,3}\.?", re.IGNORECASE)
_NAT64 = IPv6Network("64:ff9b::/96")
_REMEDY = Message("List it in DENYUT_ALLOW_PRIVATE_NETWORKS if it is meant.")


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuses every address inside a network of one's own, unless it lies in `allowed`.

    Refused are private, loopback, link-local (with the clouds' metadata services), shared,
    multicast, reserved and unspecified addresses, also when an IPv6 address wraps them.
    """

    allowed: tuple[IPv4Network | IPv6Network, ...] = ()

    @classmethod
    def of(cls, networks: Iterable[str]) -> Self:
        """Read networks such as `127.0.0.0/8`; raises ConfigError for anything else."""
        try:
            return cls(tuple(ip_network(network, strict=False) for network in networks))
        except ValueError as error:
            raise ConfigError(
                "Not a network: {error}.", "Write it as 127.0.0.0/8 or fd00::/8.", error=error
            ) from error

    def permits(self, address: str) -> bool:
        """Tell whether a connection to this IP address may be made; anything unreadable may not."""
        try:
            ip = _unwrap(ip_address(address))
        except ValueError:
            return False
        if any(ip in network for network in self.allowed):
            return True
        site_local = isinstance(ip, IPv6Address) and ip.is_site_local
        return ip.is_global and not (ip.is_multicast or ip.is_reserved or site_local)

    def check_url(self, url: str) -> None:
        """Raise GuardError for an odd scheme, a missing host or a refused literal address.

        A host name passes here and is checked again with each address it resolves to.
        """
        if len(url) > LONGEST_URL:
            raise GuardError("Address of {count} characters refused: {url}…", count=len(url), url=url[:80])
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname, parts.port
        except ValueError as error:
            raise GuardError("Not an address: {url!r} ({error}).", url=url, error=error) from error
        if parts.scheme not in {"http", "https"}:
            raise GuardError("Only http and https are asked, not {url!r}.", url=url)
        if not host:
            raise GuardError("No host in {url!r}.", url=url)
        literal = _literal(host)
        if literal is not None and not self.permits(literal):
            raise GuardError("{literal} is not a public address.", _REMEDY, literal=literal)

    def check_addresses(self, host: str, addresses: Iterable[str]) -> tuple[str, ...]:
        """Choose those of a host's addresses that are permitted; raises GuardError when none is."""
        found = tuple(addresses)
        permitted = tuple(address for address in found if self.permits(address))
        if not permitted:
            raise GuardError(
                "{host} resolves to {found}, not a public address.",
                _REMEDY,
                host=host,
                found=", ".join(found),
            )
        return permitted


def _literal(host: str) -> str | None:
    """The IP address that a URL's host spells, in any notation a resolver would accept."""
    if ":" in host:
        return host
    if not _NUMERIC.fullmatch(host):
        return None
    try:
        return socket.inet_ntoa(socket.inet_aton(host.rstrip(".")))
    except OSError:
        return host


def _unwrap(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 one stands for, if it does."""
    if isinstance(ip, IPv4Address):
        return ip
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None) or ip
