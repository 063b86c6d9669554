"""What a driver keeps of a visit besides its harvest: pages that posts rest on, how the server answered."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Self

__all__ = ["Certificate", "Reception", "Record"]


class Certificate(StrEnum):
    """What a site's certificate was found to be on a night."""

    VALID = "valid"
    EXPIRED = "expired"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Reception:
    """How a site received one visit; None where nothing was learnt of it.

    Attributes:
        scheme: `https` or `http`, of the first page that came.
        certificate: the worst that was met; None where no certificate was shown.
        first_byte: seconds from the request to the first page's first byte, connecting included.
        retry_at: until when it asked to be left alone, aware, UTC; the latest that was named.
    """

    scheme: str | None = None
    certificate: Certificate | None = None
    first_byte: float | None = None
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A page as it was received, without secrets, and the posts that rest on it.

    Attributes:
        url: the final address after redirects.
        fetched_at: aware, UTC.
        headers: names in lower case; only those that tell of the page.
        packed: the body, compressed by zlib, quickly: it is on its way to whoever writes it down.
        digest: SHA-256 of the body in hex.
        posts: keys of the posts that rest on it.

    >>> Record.of("https://a.id/", datetime(2026, 3, 2), 200, {}, b"<p>Berita", frozenset({"/a"})).body
    b'<p>Berita'
    """

    url: str
    fetched_at: datetime
    status: int
    headers: Mapping[str, str]
    packed: bytes = field(repr=False)
    digest: str
    posts: frozenset[str]

    @classmethod
    def of(
        cls,
        url: str,
        fetched_at: datetime,
        status: int,
        headers: Mapping[str, str],
        body: bytes,
        posts: frozenset[str] = frozenset(),
    ) -> Self:
        """Make the record of a body."""
        digest = sha256(body).hexdigest()
        return cls(url, fetched_at, status, headers, zlib.compress(body, 1), digest, posts)

    @property
    def body(self) -> bytes:
        """The bytes that were received."""
        return zlib.decompress(self.packed)
