"""One post's own page: is it a post, what is it called, and when was it published."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborNode

from activity.post import DateEvidence, EvidenceKind, PostDate, PostKind, Precision
from crawler.extract.article.habit import judge_order
from crawler.extract.article.hints import NO_HINTS, SiteHints
from crawler.extract.article.nature import is_custom, judge_kind, weigh_nature
from crawler.extract.article.title import extract_title, find_heading
from crawler.extract.article.visible import Sighting, Stated, Views, find_taught, find_visible
from crawler.extract.article.witness import WEAK_META, Setting, find_edited_days, find_witnesses, names_zone
from crawler.extract.page.document import Document
from crawler.extract.state.name import DateRole, read_date_role
from crawler.extract.state.post import find_own_date

__all__ = ["Article", "SiteHints", "extract_article", "is_built", "tells_day_to_come"]

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
_CREATED: Final = re.compile(r"creat|dibuat", re.IGNORECASE)
_ENOUGH: Final = 2.5
# So shortly before it is read a page is published seldom, and built often: offices work by day.
_JUST_BUILT: Final = timedelta(hours=2)
# What is put up for a day further off is read again long before it.
_FORESEEN: Final = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says about itself.

    Attributes:
        date: None where no trustworthy witness was found, or where the page is no post.
        is_post: None where the page does not tell.
        dateline: the day with which the text opens ("KOTA – Selasa (31/3/2026), …"): the event's, so that
            the post is of this day or soon after; None where none was seen, or where the text was not read.
        is_sure: whether readers are told the day so plainly that it may be held against a list or a feed.
    """

    title: str
    date: PostDate | None
    kind: PostKind
    is_post: bool | None
    dateline: DateEvidence | None = None
    is_sure: bool = False


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
    nature, custom = weigh_nature(document), is_custom(document)
    heading = find_heading(document, in_lines=nature > -2 or custom, names=hints.names)
    title = extract_title(document, heading)
    kind = judge_kind(document, title)
    if nature <= -2 and not custom:
        return Article(title, None, kind, False)
    setting = Setting(now, zone, hints.day_first is not False, hints.day_first is not None)
    witnesses = find_witnesses(document, setting)
    if not any(witness.kind in _TRUSTED for witness in witnesses):
        stated = find_own_date(document, now=now, zone=zone)
        witnesses = witnesses if stated is None or stated.at > now else (stated, *witnesses)
    views = Views()
    # Below -0.5 no sighting could weigh enough to make a post of it.
    if custom or (nature >= -0.5 and (thorough or not _enough(witnesses, nature, setting))):
        views = _read_text(document, setting, hints, heading, title, witnesses)
    if custom and any(witness.at.astimezone(zone).date() in views.heads for witness in witnesses):
        nature = max(nature, 1.0)
    date = _decide(witnesses, views.sighting, nature, setting)
    if date is None:
        is_post = True if nature >= 2 else False if nature <= -2 else None
        return Article(title, None, kind, is_post, views.dateline)
    sure = views.sighting is not None and views.sighting.is_sure
    return Article(title, date, kind, True, views.dateline, sure)


def is_built(told: DateEvidence, now: datetime) -> bool:
    """Tell whether a page states to machines, as its publication, a moment right before it is read.

    So it is where a page is built anew for each reader, or each night.
    """
    return told.kind in _TRUSTED and now - _JUST_BUILT <= told.at <= now


def tells_day_to_come(
    document: Document, *, now: datetime, zone: ZoneInfo, hints: SiteHints = NO_HINTS
) -> bool:
    """Tell whether a page that no day dates yet shows, where its day belongs, one of the next month.

    An office that puts up Monday's announcement on Friday has posted on Monday (the awkward site 2080051),
    whatever a page that is built anew each night tells machines (2110026).
    """
    later = extract_article(document, now=now + _FORESEEN, zone=zone, hints=hints, thorough=True)
    told = later.date.evidence if later.date is not None else ()
    read = next((e for e in told if e.kind is EvidenceKind.VISIBLE_TEXT), None)
    return any(e is not None and e.at > now for e in (*told[:1], read))


def _read_text(
    document: Document,
    setting: Setting,
    hints: SiteHints,
    heading: LexborNode | None,
    title: str,
    witnesses: tuple[DateEvidence, ...],
) -> Views:
    told = frozenset(w.at.astimezone(setting.zone).date() for w in witnesses if w.kind in _TRUSTED)
    edited = find_edited_days(document, setting) - told if told else frozenset()
    order = judge_order(document, hints, setting.now)
    setting = replace(setting, day_first=order is not False, order_known=order is not None)
    views = find_visible(document, setting, hints, heading, title, Stated(told, edited))
    taught = find_taught(document, setting, hints)
    return views if taught is None else replace(views, sighting=taught)


def _enough(witnesses: tuple[DateEvidence, ...], nature: float, setting: Setting) -> bool:
    """Whether the text need not be read: machines are told of a post and of its date.

    A local clock that is called UTC shows only where the two days differ: there readers are asked as well.
    """
    if not witnesses or nature < 1:
        return False
    first = witnesses[0]
    shifted = first.at.astimezone(setting.zone).date().isoformat() != first.raw[:10]
    if is_built(first, setting.now) or (first.precision is not Precision.DAY and shifted):
        return False
    return first.kind in {EvidenceKind.JSON_LD, EvidenceKind.META} and first.where not in _DOUBTED


def _decide(
    witnesses: tuple[DateEvidence, ...], sighting: Sighting | None, nature: float, setting: Setting
) -> PostDate | None:
    """The date the most trusted witness tells, unless the page is too little of a post to believe it."""
    zone = setting.zone
    days = {witness.at.astimezone(zone).date() for witness in witnesses if witness.kind in _TRUSTED}
    if sighting is not None and nature + _weigh_sighting(sighting, witnesses, zone) >= _ENOUGH:
        witnesses = _merge(witnesses, sighting, setting)
    elif not witnesses or nature < 1:
        return None
    if sighting is not None and sighting.is_sure:
        days.add(sighting.reading.day(zone))
    contested = len(days) > 1 or (sighting is not None and sighting.rival in witnesses)
    return PostDate(witnesses[0].at, witnesses[0].precision, witnesses, contested)


def _weigh_sighting(sighting: Sighting, witnesses: tuple[DateEvidence, ...], zone: ZoneInfo) -> float:
    """How much a sighting may make a post of a page: more where a machine is told of the same day."""
    day = sighting.reading.day(zone)
    agrees = any(witness.at.astimezone(zone).date() == day for witness in witnesses)
    return min(sighting.weight, 3.0) + (1.0 if agrees and sighting.reading.precision.names_a_day else 0.0)


def _is_creation(witness: DateEvidence) -> bool:
    """Whether it is named after the making of a draft: "created_at", "inserted_at", "tgl_input"."""
    state = witness.kind is EvidenceKind.API
    return _CREATED.search(witness.where) is not None or (
        state and read_date_role(witness.where) is DateRole.CREATED
    )


def _merge(
    witnesses: tuple[DateEvidence, ...], sighting: Sighting, setting: Setting
) -> tuple[DateEvidence, ...]:
    """What readers see comes before the weak witnesses and the day a draft was begun, behind the strong.

    Before those, too, that call the clock UTC's of which readers are told that it is the city's, and those
    that neither readers nor the address know of: a page that is built each night is published that day (the
    awkward site 2060790), and tells so right before it is read (2147636, 2149248).
    """
    zone = setting.zone
    addresses = {w.at.astimezone(zone).date() for w in witnesses if w.kind is EvidenceKind.URL}
    agreed = {sighting.reading.day(zone)} & addresses
    strong = tuple(
        w
        for w in witnesses
        if w.kind in _TRUSTED
        and not (_is_creation(w) or names_zone(sighting.evidence, w, zone))
        and not (sighting.reading.precision.names_a_day and is_built(w, setting.now))
        and (not agreed or agreed & {w.at.date(), w.at.astimezone(zone).date()})
    )
    weak = tuple(w for w in witnesses if w not in strong)
    seen = (sighting.evidence,) if sighting.rival is None else (sighting.evidence, sighting.rival)
    return (*strong, *seen, *weak)
