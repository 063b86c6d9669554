"""What a stable SQL view is made of."""

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["AGENCY", "View"]

AGENCY = {
    "agency": "Slug of the agency.",
    "name": "Its name.",
    "level": "Its level.",
    "channel": "Where: `website`, `instagram` and so on, see channels.md.",
}
"""Columns with which most views begin."""


@dataclass(frozen=True, slots=True)
class View:
    """One view.

    Attributes:
        columns: name to meaning, in order.
        select: its query, the columns in the same order, with the words that `db.schema.views` names.
    """

    name: str
    about: str
    columns: Mapping[str, str]
    select: str
