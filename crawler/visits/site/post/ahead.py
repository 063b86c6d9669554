"""Pages of posts whose day has not come, and the clock of today that stands in its place."""

from datetime import datetime, timedelta
from typing import Final

from activity.post import DateEvidence, EvidenceKind, PostDate, Precision
from crawler.extract.article.post import is_built, tells_day_to_come
from crawler.extract.article.witness import Setting
from crawler.extract.feed.syndication import WIDEST_ZONE
from crawler.extract.page.document import Document
from crawler.visits.site.survey.parts import Survey
from crawler.visits.site.survey.weigh import name_witness

__all__ = ["is_to_come", "without_clock"]

# The day of UTC in an address begins so long ago at most where it is that of today, or of yesterday.
_JUST_NOW: Final = timedelta(days=2)


def is_to_come(survey: Survey, key: str, date: PostDate | None, document: Document, setting: Setting) -> bool:
    """Tell whether a page's own day has not come, and its event alone dates it, today's clock or its build.

    An event of the day before left a post without a day whose own came five days later: it was flagged for
    having been up before (the awkward site 2110167). What a list shows under a day to come a page that is
    built as it is read calls published today (2401310), or tells no day at all (2110931), or only one that
    is refuted (2110935).
    """
    date = without_clock(survey, date, document)
    told = None if date is None else date.evidence[0]
    if date is not None and _is_built_before(survey, key, date, setting.now):
        return True
    if _is_none_but_ahead(survey, date) and _is_listed_ahead(survey, key):
        return True
    is_none = told is None or told.kind is EvidenceKind.DATELINE or is_built(told, setting.now)
    if not is_none or survey.finds.claims_of(key):
        return False
    hints = survey.lessons.hints_for(document, is_article=True)
    return tells_day_to_come(document, now=setting.now, zone=setting.zone, hints=hints)


def _is_built_before(survey: Survey, key: str, date: PostDate, now: datetime) -> bool:
    """Tell whether a page states its build for its day, and all else on it, or a list, a day to come.

    So it is with the day of UTC in its address, which is the one before (the awkward site 2162336).
    """
    rest = [e for e in date.evidence if not is_built(e, now)]
    if any(survey.key(url) == key for url in survey.walks.ahead):
        rest = [e for e in rest if e.kind is not EvidenceKind.URL or e.at < now - _JUST_NOW]
        return all(e.at > now for e in rest)
    return 0 < len(rest) < len(date.evidence) and all(e.at > now for e in rest)


def _is_none_but_ahead(survey: Survey, date: PostDate | None) -> bool:
    """Tell whether nothing that is believed of a page tells a day that has come."""
    told = date.evidence if date is not None else ()
    return all(_is_ahead(survey, each) for each in told if name_witness(each) not in survey.trust.refuted)


def _is_listed_ahead(survey: Survey, key: str) -> bool:
    """Tell whether a feed or a list that is believed has a post under a day to come."""
    listed = (each for url, each in survey.walks.ahead.items() if survey.key(url) == key)
    told = [each.date.evidence[0] for each in listed if each.date is not None]
    return any(_is_ahead(survey, each) and name_witness(each) not in survey.trust.refuted for each in told)


def _is_ahead(survey: Survey, told: DateEvidence) -> bool:
    """Tell whether a day has not come, or a moment, whatever the clock that it is told by."""
    slack = timedelta() if told.precision is Precision.DAY else WIDEST_ZONE
    return told.precision.names_a_day and told.at > survey.target.window.now + slack


def without_clock(survey: Survey, date: PostDate | None, document: Document) -> PostDate | None:
    """Leave out a day that readers are told, which is today's and stands on every page of tonight.

    The header's clock is all that is left of a page whose own day has not come, or names no year (the awkward
    sites 2110026, 2110188); beside the day of an address it had refuted a list (2144489).
    """
    if date is None:
        return None
    zone = survey.target.zone
    today = survey.target.window.now.astimezone(zone).date()
    told = [e for e in date.evidence if name_witness(e) not in survey.trust.refuted]
    left = [
        e
        for e in told
        if e.kind is not EvidenceKind.VISIBLE_TEXT
        or e.at.astimezone(zone).date() != today
        or not survey.lessons.is_on_all(document, e.raw)
    ]
    if len(left) == len(told):
        return date
    return PostDate(left[0].at, left[0].precision, tuple(left)) if left else None
