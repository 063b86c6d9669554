"""What a stable SQL view is made of."""

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["AGENCY", "ALONE", "ONCE", "DatabaseView", "counted_account"]

AGENCY = {
    "agency": "Slug of the agency.",
    "name": "Its name.",
    "level": "Its level.",
    "channel": "Where: `website`, `instagram` and so on, see channels.md.",
}
"""Columns with which most views begin."""

ALONE = """(account.agency_id, account.channel) NOT IN (
        SELECT closed.agency_id, closed.channel FROM account AS closed WHERE closed.valid_to IS NOT NULL)"""
"""Holds where an agency has had one account on a channel, so that no post of it has a copy.

Of an agency's accounts on a channel one at most is open: a short list of the closed ones, asked once, tells
it instead of a look for every post of a nation.
"""

ONCE = f"""({ALONE}
      OR NOT EXISTS (
        SELECT 1 FROM account AS other
        JOIN post AS copy ON copy.account_id = other.id AND copy.key = post.key
        WHERE other.agency_id = account.agency_id AND other.channel = account.channel
          AND other.id <> account.id
          AND ((copy.local_day IS NOT NULL AND post.local_day IS NULL)
            OR ((copy.local_day IS NULL) = (post.local_day IS NULL) AND other.id > account.id))))"""
"""Holds for the one row of `post`, joined to its `account`, that counts among the copies of its key."""


@dataclass(frozen=True, slots=True)
class DatabaseView:
    """One view.

    Attributes:
        columns: name to meaning, in order.
        select: its query, the columns in the same order, with the words of `db.schema.view_words`.
    """

    name: str
    about: str
    columns: Mapping[str, str]
    select: str


def counted_account(agency: str, channel: str, key: str) -> str:
    """Spell the number of the account whose row of a post counts: `ONCE`, asked for one post.

    Args:
        agency: SQL of the agency's number; `channel` and `key` alike.
    """
    return f"""(
        SELECT account.id FROM account JOIN post AS copy ON copy.account_id = account.id AND copy.key = {key}
        WHERE account.agency_id = {agency} AND account.channel = {channel}
        ORDER BY copy.local_day IS NULL, account.id DESC LIMIT 1)"""
