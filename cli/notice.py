"""What the database says of itself while it is opened, such as a migration, as commands say it."""

import logging

from cli.console import tell

__all__ = ["show_notices"]


class _Notices(logging.Handler):
    """Says each record in a line on standard error, in the reader's language."""

    def emit(self, record: logging.LogRecord) -> None:
        """Say it."""
        tell("{line}", line=record.msg)


def show_notices() -> None:
    """Let commands say what is logged of an upgrade; once a process."""
    logger = logging.getLogger("denyut.upgrade")
    if not logger.handlers:
        logger.addHandler(_Notices())
        logger.propagate = False
