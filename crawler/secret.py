"""Keeping tokens out of every line that is written."""

import logging
import re

__all__ = ["SecretFilter", "scrub"]

# The third form is how Python prints a request's headers: b'Authorization': [b'Bearer EAAB…'].
_SECRET = re.compile(
    r"((?:access_token|appsecret_proof|input_token|client_secret|fb_exchange_token)(?:=|%3D|\W{1,4}:\W{1,4})"
    r"|Bearer\s+|Authorization\W{1,8})(?!Bearer)[^\s&'\"\]\\,;<>]+",
    re.IGNORECASE,
)


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
