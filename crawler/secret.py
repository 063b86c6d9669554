"""Keeping tokens out of every line that is written."""

import logging
import re

__all__ = ["SECRET_BYTES", "SecretFilter", "scrub"]

# In an address, encoded in one, in JSON or in a dictionary as Python prints it; and in a header.
_SECRET = re.compile(
    r"((?:access_token|appsecret_proof|input_token|client_secret|fb_exchange_token)"
    r"(?:=|%3D|[\"']\s*:\s*b?[\"'])|\bBearer\s+|\bx-(?:[a-z]+-)*api-key[\"']?\s*:\s*\[?b?[\"']?)"
    r"[^\s&'\"\\,;<>\]]+",
    re.IGNORECASE,
)
SECRET_BYTES = re.compile(_SECRET.pattern.encode(), re.IGNORECASE)
"""The same in a body: all before the value is the first group."""


def scrub(text: str) -> str:
    """The same text with the value of anything that looks like a token replaced.

    >>> scrub("GET /me?access_token=EAAB12&limit=5")
    'GET /me?access_token=***&limit=5'
    """
    return _SECRET.sub(r"\1***", text)


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
