"""The day of a post that shows nothing but that of its event."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from activity.post import DateEvidence, PostDate, Precision
from crawler.dates.reading import local_midnight
from crawler.extract.article.post import Article
from crawler.visits.site.survey.parts import Survey

__all__ = ["date_by_line"]

# Nights lie a day apart, give or take; a post that was not there the night before is younger than that.
_NIGHTLY: Final = timedelta(hours=36)


def date_by_line(survey: Survey, key: str, article: Article) -> PostDate | None:
    """Date a post that shows nothing but the day of its event: it is of that day or soon after.

    One that was not there the night before is no older than that; where one day is left, it is the post's.
    """
    line = article.dateline
    if line is None or survey.finds.claims_of(key):
        return None
    zone, now, last = survey.target.zone, survey.target.window.now, survey.target.memory.seen_at
    watched = last is not None and now - last <= _NIGHTLY and key not in survey.target.known
    if watched and last is not None and not survey.deep:
        begin = max(line.at, last).astimezone(zone).date()
        if begin == now.astimezone(zone).date():
            return PostDate(local_midnight(begin, zone), Precision.DAY, (_on_day(line, begin, zone),))
    return PostDate(line.at, Precision.WEEK, (line,))


def _on_day(line: DateEvidence, day: date, zone: ZoneInfo) -> DateEvidence:
    return replace(line, at=local_midnight(day, zone), precision=Precision.DAY)
