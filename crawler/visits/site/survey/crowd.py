"""Days that one place of a list tells of many posts: a batch, or the day of the build. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from activity.post import DateEvidence, EvidenceKind
from crawler.visits.site.survey.weigh import name_witness

__all__ = ["find_crowds"]

# Three posts of one day are common.
FEWEST: Final = 4


def find_crowds(evidence: Iterable[Sequence[DateEvidence]], zone: ZoneInfo) -> dict[str, set[date]]:
    """Name slots that tell one day of four posts or more: posts of other days confirm nothing of that one.

    Cards that show the day of the build may stand in one place with cards of their own days (the awkward
    site 500044, where those are the English ones).
    """
    days: defaultdict[str, Counter[date]] = defaultdict(Counter)
    for witnesses in evidence:
        for told in witnesses:
            if told.kind is EvidenceKind.LISTING and told.precision.names_a_day:
                days[name_witness(told)][told.at.astimezone(zone).date()] += 1
    most = {name: counted.most_common(1)[0] for name, counted in days.items()}
    return {name: {day} for name, (day, posts) in most.items() if posts >= FEWEST}
