"""Instagram's shortcodes, whose upper bits are a clock."""

from datetime import UTC, datetime

__all__ = ["build_shortcode", "read_shortcode"]

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_EPOCH_MS = 1_314_220_021_721


def build_shortcode(moment: datetime, number: int) -> str:
    """Eleven letters that carry the moment to the millisecond and a number below 2**23.

    >>> read_shortcode(build_shortcode(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), 9))
    datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)
    """
    value = (round(moment.timestamp() * 1000) - _EPOCH_MS << 23) | number % (1 << 23)
    return "".join(_ALPHABET[value >> 6 * place & 63] for place in range(10, -1, -1))


def read_shortcode(code: str) -> datetime:
    """The moment a shortcode was made."""
    value = 0
    for letter in code[:11]:
        value = value * 64 + _ALPHABET.index(letter)
    return datetime.fromtimestamp(((value >> 23) + _EPOCH_MS) / 1000, UTC)
