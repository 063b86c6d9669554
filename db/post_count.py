"""How many posts each place has on each day, counted for a whole nation at once."""

from collections.abc import Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from db.column import days_since_epoch
from db.packed import read_packed

__all__ = ["count_posts"]

_ALONE = """
SELECT account.id AS account, (
    SELECT @join(post.local_day) FROM post
    WHERE post.account_id = account.id AND post.local_day BETWEEN :first_day AND :last_day) AS days
FROM account
WHERE NOT EXISTS (SELECT 1 FROM account AS other
    WHERE other.agency_id = account.agency_id AND other.channel = account.channel AND other.id <> account.id)
"""

# Copies of one key, left by a renamed handle or a moved site, count once. SQLite reads a CROSS JOIN in
# the order in which it is written: from the few accounts to their posts.
_TOGETHER = """
SELECT counted_post.account_id AS account, @join(counted_post.local_day) AS days
FROM account CROSS JOIN counted_post
WHERE counted_post.account_id = account.id AND EXISTS (SELECT 1 FROM account AS other
    WHERE other.agency_id = account.agency_id AND other.channel = account.channel AND other.id <> account.id)
  AND counted_post.local_day BETWEEN :first_day AND :last_day
GROUP BY counted_post.account_id
"""


def count_posts(
    connection: Connection, first_day: date, last_day: date, place_of: Mapping[int, int], places: int
) -> NDArray[np.int32]:
    """Dated posts, a row a place and a column a day (none before the first day), each key of a place once."""
    first, days = days_since_epoch(first_day), max(0, (last_day - first_day).days + 1)
    bounds = {"first_day": first_day, "last_day": last_day}
    counts = np.zeros((places, days), dtype=np.int32)
    for query in (_ALONE, _TOGETHER):
        for place, (posted,) in read_packed(connection, query, bounds, place_of, ("days",)):
            np.add.at(counts.reshape(-1), place * days + (posted - first), np.int32(1))
    return counts
