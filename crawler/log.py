"""What a crawl tells of its work on standard error, without a secret in it."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from activity.speech.plain import show_plain
from crawler.secret import SecretFilter

__all__ = ["write_log"]


class _PlainFormatter(logging.Formatter):
    """Log lines in which nothing that a site sent moves a terminal's cursor."""

    def format(self, record: logging.LogRecord) -> str:
        return "\n".join(map(show_plain, super().format(record).split("\n")))


@contextmanager
def write_log(level: str) -> Iterator[None]:
    """Write log lines to standard error, scrubbed, for as long as this lasts."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(level)
    handler.addFilter(SecretFilter())
    handler.setFormatter(_PlainFormatter("%(levelname)s %(name)s: %(message)s"))
    logging.root.addHandler(handler)
    try:
        yield
    finally:
        logging.root.removeHandler(handler)
