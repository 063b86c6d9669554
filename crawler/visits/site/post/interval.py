"""Days of posts that a list tells only as a distance: pinned by what the readings of several nights share."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from activity.post import DateEvidence, EvidenceKind, Post, PostDate, Precision
from crawler.dates.reading import local_midnight
from crawler.dates.relative import Interval, Rounding, find_intervals
from crawler.visits.site.post.article import compose_post
from crawler.visits.site.survey.candidate import Told
from crawler.visits.site.survey.memory import SpanMemory
from crawler.visits.site.survey.parts import Survey

__all__ = ["pin_days"]

MAX_SPANS: Final = 200
# A way to round is believed to be another site's after so many readings that it cannot have made.
REFUTED: Final = 3


def pin_days(survey: Survey) -> None:
    """Narrow what distances leave open by those of earlier nights, and name the day where one is left.

    A post that stands above all known ones is no older than the night on which the list was read last.
    What is known of some posts, as of those first seen when they were hours old, shows how the site rounds.
    """
    spans: dict[str, Interval] = dict(survey.span.spans)
    refuted = Counter(survey.span.refuted)
    for key, told in survey.told.items():
        intervals = find_intervals(told.date.evidence[0].raw, now=told.at, zone=survey.target.zone)
        post, known = survey.finds.posts.get(key), spans.get(key)
        if not intervals or (post is None and known is None):
            continue
        if known is not None:
            refuted.update(way.value for way, each in intervals.items() if _intersect(known, each) is None)
        span = _narrow(survey, key, told, known, _join(intervals[way] for way in _possible(refuted)))
        spans.pop(key, None)
        spans[key] = span
        certain = post is not None and post.date is not None and post.date.precision.names_a_day
        settled = known is not None and _is_one_day(survey, known)
        if _is_one_day(survey, span) and not certain and not settled:
            _pin(survey, post or compose_post(survey, told.url, told.title, told.date), span)
    _remember(survey, spans, refuted)


def _possible(refuted: Counter[str]) -> tuple[Rounding, ...]:
    """The ways to round that the site's readings leave; all of them where they leave none."""
    left = tuple(way for way in Rounding if refuted[way.value] < REFUTED)
    return left or tuple(Rounding)


def _narrow(survey: Survey, key: str, told: Told, known: Interval | None, read: Interval) -> Interval:
    """What all readings leave open; the latest alone where they contradict, as after an edit."""
    span = read if known is None else _intersect(known, read) or read
    last = survey.target.memory.seen_at
    if told.above and last is not None and key not in survey.finds.known:
        span = _intersect(span, (last, told.at)) or span
    return span


def _join(intervals: Iterable[Interval]) -> Interval:
    begins, ends = zip(*intervals, strict=True)
    return min(begins), max(ends)


def _intersect(one: Interval, other: Interval) -> Interval | None:
    begin, end = max(one[0], other[0]), min(one[1], other[1])
    return (begin, end) if begin < end else None


def _is_one_day(survey: Survey, span: Interval) -> bool:
    begin, end = (at.astimezone(survey.target.zone) for at in span)
    return begin.date() == (end - timedelta(microseconds=1)).date()


def _pin(survey: Survey, post: Post, span: Interval) -> None:
    zone = survey.target.zone
    begin, end = (at.astimezone(zone) for at in span)
    at = local_midnight(begin.date(), zone)
    assert post.date is not None
    source = post.date.evidence[0].source
    raw = f"{begin:%Y-%m-%d %H:%M} - {end:%Y-%m-%d %H:%M}"
    shared = DateEvidence(EvidenceKind.LISTING, "readings of several nights", raw, at, Precision.DAY, source)
    date = PostDate(at, Precision.DAY, (shared, *post.date.evidence), post.date.contested)
    survey.finds.put(replace(post, date=date))
    survey.note("dates", f"{post.url}: between {raw}")


def _remember(survey: Survey, spans: dict[str, Interval], refuted: Counter[str]) -> None:
    survey.span = SpanMemory(dict(list(spans.items())[-MAX_SPANS:]), dict(refuted))
