"""Passwords, kept as what scrypt makes of them."""

import hmac
from base64 import b64decode, b64encode
from hashlib import scrypt
from secrets import token_bytes

from activity.errors import ConfigError

__all__ = ["check_strength", "hash_password", "matches"]

COST = (2**15, 8, 3)
"""Scrypt's N, r and p: 32 MB and about a quarter of a second, as OWASP asks."""
_SHORTEST, _LONGEST = 12, 200
_MEMORY = 128 * 2**20


def check_strength(password: str) -> None:
    """Raise ConfigError for a password that is too short, or too long to be worked on."""
    if not _SHORTEST <= len(password) <= _LONGEST:
        raise ConfigError(
            "The password has {count} letters.",
            "Choose one of {shortest} to {longest}; four words with spaces are easy to keep in mind.",
            count=len(password),
            shortest=_SHORTEST,
            longest=_LONGEST,
        )


def hash_password(password: str, cost: tuple[int, int, int] = COST) -> str:
    """Tell what is kept of a password: `scrypt$N$r$p$salt$digest`.

    >>> matches("empat kata yang mudah", hash_password("empat kata yang mudah", (2, 8, 1)))
    True
    """
    salt = token_bytes(16)
    written = "$".join(map(str, cost))
    return f"scrypt${written}${b64encode(salt).decode()}${b64encode(_work(password, salt, cost)).decode()}"


def matches(password: str, kept: str | None) -> bool:
    """Check whether it is the password; against None, as for an unknown user, it takes as long and fails."""
    if kept is None:
        _work(password, bytes(16), COST)
        return False
    _, n, r, p, salt, digest = kept.split("$")
    found = _work(password, b64decode(salt), (int(n), int(r), int(p)))
    return hmac.compare_digest(found, b64decode(digest))


def _work(password: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    n, r, p = cost
    return scrypt(password[:_LONGEST].encode(), salt=salt, n=n, r=r, p=p, maxmem=_MEMORY, dklen=32)
