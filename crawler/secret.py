"""Keeping tokens out of every line that is written."""

import logging
import re

__all__ = ["SecretFilter", "scrub", "scrub_bytes"]

_VALUE = r"[^\s&'\"\\,;<>\]]+"
# In an address, encoded in one, in JSON or in a dictionary as Python prints it. It begins with the one sign
# that each name has: every answer under a token is walked whole, and most letters may begin a name.
_NAMED = re.compile(
    r"(_(?:(?<=access_)token|(?<=input_)token|(?<=fb_exchange_)token|(?<=appsecret_)proof|(?<=client_)secret)"
    rf"(?:=|%3D|[\"']\s*:\s*b?[\"'])){_VALUE}",
    re.IGNORECASE,
)
_HEADER = re.compile(rf"(\bBearer\s+|\bx-(?:[a-z]+-)*api-key[\"']?\s*:\s*\[?b?[\"']?){_VALUE}", re.IGNORECASE)
_NAMED_BYTES = re.compile(_NAMED.pattern.encode(), re.IGNORECASE)
_HEADER_BYTES = re.compile(_HEADER.pattern.encode(), re.IGNORECASE)


def scrub(text: str) -> str:
    """Replace the value of anything in a text that looks like a token.

    >>> scrub("GET /me?access_token=EAAB12&limit=5")
    'GET /me?access_token=***&limit=5'
    """
    return _HEADER.sub(r"\1***", _NAMED.sub(r"\1***", text))


def scrub_bytes(body: bytes) -> bytes:
    """Replace the same in a body.

    >>> scrub_bytes(b'{"next": "/me?access_token=EAAB12&after=x"}')
    b'{"next": "/me?access_token=***&after=x"}'
    """
    body = _NAMED_BYTES.sub(rb"\1***", body)
    small = body.lower()
    return _HEADER_BYTES.sub(rb"\1***", body) if b"bearer" in small or b"api-key" in small else body


class SecretFilter(logging.Filter):
    """Scrubs a log record, its arguments and its traceback, on the way to a handler."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without its secrets."""
        record.msg = scrub(record.getMessage())
        record.args = None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = scrub(record.exc_text)
        return True
