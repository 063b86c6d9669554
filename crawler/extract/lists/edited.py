"""When records of a list say that they were last changed: no day of publication, but one that bounds it."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from activity.post import Precision
from crawler.dates.label import Label
from crawler.extract.lists.date.found import FoundDate
from crawler.extract.lists.record import ListRecord

__all__ = ["find_edits"]

_CLOCKED: Final = frozenset({Precision.MINUTE, Precision.SECOND})


def find_edits(records: Iterable[ListRecord], dates: Sequence[FoundDate]) -> dict[str, datetime]:
    """Find the moment of the last change of each record that tells one, and to the minute, by its address.

    Ages in words name none.
    """
    told = [
        (date.index, date.reading)
        for date in sorted(dates, key=lambda date: date.index)
        if date.label is Label.MODIFIED and date.reading is not None and not date.reading.relative
    ]
    edits: dict[str, datetime] = {}
    for record in records if told else ():
        low, high = (bisect_left(told, end, key=lambda pair: pair[0]) for end in (record.begin, record.end))
        if high - low == 1 and told[low][1].precision in _CLOCKED:
            edits[record.link.url] = told[low][1].at
    return edits
