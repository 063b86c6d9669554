"""How many posts each place has on each day, counted for a whole nation at once."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from db.schema.column import days_since_epoch
from db.semester.packed import read_packed
from db.upsert import batched

__all__ = ["count_posts"]

_ALONE = """
SELECT account.id AS account, (
    SELECT @join(post.local_day) FROM post
    WHERE post.account_id = account.id AND post.local_day BETWEEN :first_day AND :last_day) AS days
FROM account
"""

# Copies of one key, left by a renamed handle or a moved site, count once.
_TOGETHER = """
SELECT counted_post.account_id AS account, @join(counted_post.local_day) AS days
FROM counted_post
WHERE counted_post.account_id IN :accounts AND counted_post.local_day BETWEEN :first_day AND :last_day
GROUP BY counted_post.account_id
"""


def count_posts(
    connection: Connection, first_day: date, last_day: date, place_of: Mapping[int, int], places: int
) -> NDArray[np.int32]:
    """Count dated posts, a row a place, a column a day (none before the first), each key of a place once."""
    first, days = days_since_epoch(first_day), max(0, (last_day - first_day).days + 1)
    bounds = {"first_day": first_day, "last_day": last_day}
    counts = np.zeros((places, days), dtype=np.int32)
    accounts = Counter(place_of.values())
    alone = {account: place for account, place in place_of.items() if accounts[place] == 1}
    together = [account for account, place in place_of.items() if accounts[place] > 1]
    found = [read_packed(connection, _ALONE, bounds, alone)]
    found += [
        read_packed(connection, _TOGETHER, bounds | {"accounts": batch}, place_of)
        for batch in batched(together)
    ]
    for place, (posted,) in chain.from_iterable(found):
        np.add.at(counts.reshape(-1), place * days + (posted - first), np.int32(1))
    return counts
