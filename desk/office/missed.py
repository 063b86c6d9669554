"""A post that somebody says was missed: checked, and laid down for an officer."""

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from activity.user import Missed

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = ["KEPT", "forget_old_senders", "is_web_address", "report_missed"]

KEPT = timedelta(days=183)
"""For so long after the answer it is known who reported a post: until the semester is settled."""
_ADDRESS = re.compile(r"https?://[^\s<>\"'\\]{4,490}", re.IGNORECASE)


def is_web_address(text: str) -> bool:
    """Tell whether a text is an address that a browser opens, of at most 500 letters.

    >>> is_web_address("https://dinkes.go.id/a"), is_web_address("javascript:alert(1)")
    (True, False)
    """
    return _ADDRESS.fullmatch(text) is not None


def report_missed(engine: "Engine", draft: Missed) -> int | None:
    """Lay down a report; returns its number, or None where too many wait already."""
    from db.office.missed import save_missed

    return save_missed(engine, draft)


def forget_old_senders(engine: "Engine", now: datetime) -> int:
    """Empty the names and notes of reports that were answered long ago; returns how many."""
    from db.office.missed import forget_senders

    return forget_senders(engine, now - KEPT)
