"""One post's own page: is it a post, what is it called, and when was it published."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from activity.post import DateEvidence, EvidenceKind, PostDate, PostKind
from crawler.extract.document import Document
from crawler.extract.habit import infer_day_first
from crawler.extract.hints import NO_HINTS, SiteHints
from crawler.extract.nature import judge_kind, weigh_nature
from crawler.extract.state import find_own_date
from crawler.extract.title import extract_title, find_heading
from crawler.extract.visible import Sighting, find_taught, find_visible
from crawler.extract.witness import WEAK_META, Setting, find_witnesses

__all__ = ["Article", "SiteHints", "extract_article"]

_TRUSTED: Final = frozenset(
    {
        EvidenceKind.API,
        EvidenceKind.JSON_LD,
        EvidenceKind.META,
        EvidenceKind.ITEMPROP,
        EvidenceKind.TIME_ELEMENT,
    }
)
# A static page states the day it was made as well: only an article's own words end the search.
_DOUBTED: Final = frozenset({"WebPage.datePublished", *(f"meta[{name}]" for name in WEAK_META)})
_ENOUGH: Final = 2.5


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says about itself.

    Attributes:
        date: None where no trustworthy witness was found, or where the page is no post.
        is_post: None where the page does not tell.
        dateline: the day with which the text opens ("KOTA – Selasa (31/3/2026), …"): the event's, so that
            the post is of this day or soon after; None where none was seen, or where the text was not read.
    """

    title: str
    date: PostDate | None
    kind: PostKind
    is_post: bool | None
    dateline: DateEvidence | None = None


def extract_article(
    document: Document,
    *,
    now: datetime,
    zone: ZoneInfo,
    hints: SiteHints = NO_HINTS,
    thorough: bool = False,
) -> Article:
    """Read one page as a post: first whether it is one, then its date, in the order of docs/dating.md.

    Args:
        thorough: read what a reader sees also where machines are told enough, so that a contradiction
            between them shows (`contested`); otherwise the text is read only where it is needed.
    """
    heading = find_heading(document)
    title = extract_title(document, heading)
    kind = judge_kind(document, title)
    nature = weigh_nature(document)
    if nature <= -2:
        return Article(title, None, kind, False)
    setting = Setting(now, zone, hints.day_first is not False)
    witnesses = find_witnesses(document, setting)
    if not any(witness.kind in _TRUSTED for witness in witnesses):
        stated = find_own_date(document, now=now, zone=zone)
        witnesses = witnesses if stated is None or stated.at > now else (stated, *witnesses)
    sighting = None
    # Below -0.5 no sighting could weigh enough to make a post of it.
    if nature >= -0.5 and (thorough or not _enough(witnesses, nature)):
        setting = replace(setting, day_first=infer_day_first(document, hints, now))
        taught = find_taught(document, setting, hints)
        sighting = taught or find_visible(document, setting, hints, heading)
    date = _decide(witnesses, sighting, nature, zone)
    if date is None:
        return Article(title, None, kind, True if nature >= 2 else None)
    return Article(title, date, kind, True)


def _enough(witnesses: tuple[DateEvidence, ...], nature: float) -> bool:
    """Whether the text need not be read: machines are told of a post and of its date."""
    if not witnesses or nature < 1:
        return False
    return (
        witnesses[0].kind in {EvidenceKind.JSON_LD, EvidenceKind.META} and witnesses[0].where not in _DOUBTED
    )


def _decide(
    witnesses: tuple[DateEvidence, ...], sighting: Sighting | None, nature: float, zone: ZoneInfo
) -> PostDate | None:
    """The date the most trusted witness tells, unless the page is too little of a post to believe it."""
    if sighting is not None and nature + min(sighting.weight, 3.0) >= _ENOUGH:
        witnesses = _merge(witnesses, sighting.evidence)
    elif not witnesses or nature < 1:
        return None
    first = witnesses[0]
    trusted = {witness.at.astimezone(zone).date() for witness in witnesses if witness.kind in _TRUSTED}
    if sighting is not None and sighting.is_sure:
        trusted.add(sighting.reading.day(zone))
    return PostDate(first.at, first.precision, witnesses, contested=len(trusted) > 1)


def _merge(witnesses: tuple[DateEvidence, ...], seen: DateEvidence) -> tuple[DateEvidence, ...]:
    """What readers see comes before the weak witnesses, behind the strong."""
    strong = tuple(witness for witness in witnesses if witness.kind in _TRUSTED)
    weak = tuple(witness for witness in witnesses if witness.kind not in _TRUSTED)
    return (*strong, seen, *weak)
