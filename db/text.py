"""Text and keys as both engines can store them. Pure."""

from hashlib import sha256

__all__ = ["clean_text", "stored_key"]

# PostgreSQL indexes at most 2,704 bytes a row; a key is an address, and some sites put a novel there.
_KEY_BYTES = 1000


def clean_text(text: str) -> str:
    """Drop NUL, which PostgreSQL refuses, and put a question mark for half of a surrogate pair."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def stored_key(key: str) -> str:
    """Shorten a key that is too long for an index to its beginning and digest.

    >>> stored_key("/2026/03/a")
    '/2026/03/a'
    """
    clean = clean_text(key)
    encoded = clean.encode()
    if len(encoded) <= _KEY_BYTES:
        return clean
    return f"{encoded[:_KEY_BYTES].decode('utf-8', 'ignore')}#{sha256(encoded).hexdigest()}"
