"""Passwords that were found to fit lately, so that each need not be worked out anew."""

import hmac
from collections import OrderedDict
from hashlib import sha256
from threading import Lock

__all__ = ["Proven"]

_MINUTES = 10
_MOST = 100


class Proven:
    """Names and passwords that were found to belong together lately: scrypt takes a quarter of a second.

    What is remembered is no password but its HMAC under a key that ends with the process, and it holds for
    the digest alone that stands in the database: another password, and it is forgotten at once.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._held: OrderedDict[bytes, tuple[str, float]] = OrderedDict()
        self._lock = Lock()

    def holds(self, name: str, password: str, kept: str, now: float) -> bool:
        """Tell whether this password was found to fit what is kept, not long ago."""
        with self._lock:
            digest, until = self._held.get(self._sign(name, password), ("", 0.0))
        return now < until and hmac.compare_digest(digest, kept)

    def note(self, name: str, password: str, kept: str, now: float) -> None:
        """Note that it fits."""
        with self._lock:
            self._held[self._sign(name, password)] = (kept, now + 60 * _MINUTES)
            while len(self._held) > _MOST:
                self._held.popitem(last=False)

    def _sign(self, name: str, password: str) -> bytes:
        said = f"{name}\0{password}".encode("utf-8", "replace")
        return hmac.new(self._secret, said, sha256).digest()
