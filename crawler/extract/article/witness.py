"""The witnesses of a publication date that a page states for machines, in falling order of trust."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborNode

from activity.post import DateEvidence, EvidenceKind, Precision
from crawler.dates import DateReading, read_date, read_machine_date
from crawler.dates.hours import ZONE_WORDS, is_own_clock
from crawler.dates.label import Label, read_label
from crawler.dates.reading import is_plausible, is_plausible_day, local_midnight
from crawler.extract.article.boxed import is_boxed
from crawler.extract.article.foreign import is_of_another
from crawler.extract.page.document import Document
from crawler.extract.page.scope import is_mentioned

__all__ = [
    "WEAK_META",
    "Setting",
    "find_edited_days",
    "find_witnesses",
    "is_article_type",
    "is_swapped",
    "names_zone",
    "pick_told",
    "read_url_date",
    "says_same",
    "schema_types",
    "shows_own_clock",
]

_ARTICLE_TYPE: Final = re.compile(r"(?:Article|(?<!Job)Posting|^Report|^Recipe|^PressRelease|^ClaimReview)$")
_STRONG_META: Final = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "citation_online_date",
    "dcterms.issued",
    "dc.date.issued",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_date",
    "published_time",
    "originalpublicationdate",
    "article_date_original",
    "article.published",
    "article:post_date",
    "og:published_time",
    "og:pubdate",
    "cxenseparse:recs:publishtime",
)
WEAK_META: Final = (
    *("date", "dc.date", "dcterms.date", "og:date"),
    # A draft's day, not the post's, where an office writes ahead.
    *("created", "article:created", "dc.created", "dc.date.created", "dcterms.created"),
)
_EDITED_META: Final = (
    "article:modified_time",
    "article:modified",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
)
_DATED: Final = '[itemprop~="datePublished"], time, abbr.published, .entry-date'
_PUBLISHED_CLASS: Final = re.compile(
    r"(?<![a-z])(?:published|entry-date|post-date|pubdate|publish-?date|date-?published)(?![a-z])", re.I
)
_URL_DATE: Final = re.compile(
    r"(?:^|[/_-])(?P<year>(?:19|20)\d{2})(?P<separator>[/_-])(?P<month>\d{1,2}|[a-z]{3})(?P=separator)(?P<day>\d{1,2})(?=[/_.-]|$)",
    re.I,
)
_FIGURES: Final = re.compile(r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d")
_CLOCKED: Final = frozenset({Precision.MINUTE, Precision.SECOND})
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Setting:
    """What every reader of one page's dates needs.

    Attributes:
        day_first: whether 03/04 is the third of April.
        order_known: whether anything but habit decided that.
    """

    now: datetime
    zone: ZoneInfo
    day_first: bool = True
    order_known: bool = True

    def machine(self, text: str) -> DateReading | None:
        """Read a string written by a program."""
        return read_machine_date(text, now=self.now, zone=self.zone, day_first=self.day_first)

    def human(self, text: str) -> DateReading | None:
        """Read a short string written for people."""
        return read_date(text, now=self.now, zone=self.zone, day_first=self.day_first)


def find_witnesses(document: Document, setting: Setting) -> tuple[DateEvidence, ...]:
    """Find every structured witness, the most trusted first."""
    found: list[DateEvidence] = []
    elements = document.tree.css(_DATED)
    finders: tuple[Callable[[], Iterator[DateEvidence]], ...] = (
        lambda: _from_articles(document, setting),
        lambda: _from_metas(document, setting, _STRONG_META),
        lambda: _from_itemprop(document, setting, elements),
        lambda: _from_web_page(document, setting),
        lambda: _from_time(document, setting, elements),
        lambda: _from_url(document, setting),
        lambda: _from_metas(document, setting, WEAK_META),
    )
    for finder in finders:
        found.extend(finder())
    return tuple(found)


def find_edited_days(document: Document, setting: Setting) -> frozenset[date]:
    """Find the local days on which a page tells machines that it was edited last."""
    articles = [value for value in document.json_ld if is_article_type(value)]
    stated = [document.metas.get(name) for name in _EDITED_META]
    stated += [str(value.get("dateModified") or "") for value in articles[:1]]
    readings = [setting.machine(text) for text in stated if text]
    return frozenset(reading.day(setting.zone) for reading in readings if reading is not None)


def schema_types(value: Mapping[str, Any]) -> tuple[str, ...]:
    """List the schema.org types of a JSON-LD object, without their namespace."""
    stated = value.get("@type")
    names = stated if isinstance(stated, list) else [stated]
    return tuple(str(name).rsplit("/", 1)[-1] for name in names if name)


def is_article_type(value: Mapping[str, Any]) -> bool:
    """Tell whether a JSON-LD object describes something published."""
    return any(_ARTICLE_TYPE.search(name) for name in schema_types(value))


def read_url_date(url: str, zone: ZoneInfo, now: datetime) -> DateReading | None:
    """Read the full date in an address, padded or not: `/2019/8/27/`, `/2021-11-02-judul`.

    Offices that publish in the evening may carry the UTC day here, so it is no first witness.
    """
    for match in _URL_DATE.finditer(urlsplit(url).path):
        word = match["month"].lower()
        month = int(word) if word.isdigit() else (_MONTHS.index(word) + 1 if word in _MONTHS else 0)
        if not is_plausible_day(int(match["year"]), month, int(match["day"])):
            continue
        day = datetime(int(match["year"]), month, int(match["day"]), tzinfo=zone).date()
        at = local_midnight(day, zone)
        if is_plausible(at, now, future_ok=False):
            return DateReading(at, Precision.DAY, match.start(), match.end(), match[0].strip("/_-"))
    return None


def says_same(shown: DateReading, exact: DateReading, zone: ZoneInfo) -> bool:
    """Tell whether `<time datetime>` means the day that its text shows.

    Generators that run in UTC print the UTC day of an evening or an early morning: the attribute
    then begins with the day shown, and what it states exactly is true.
    """
    day = shown.day(zone)
    in_utc = exact.precision is not Precision.DAY and exact.at.date() == day
    if shown.relative or in_utc or exact.day(zone) == day:
        return True
    # "3/6/2026" beside 2026-03-06: the text is mm/dd, and the attribute says so.
    return is_swapped(shown, zone) and date(day.year, day.day, day.month) in {
        exact.day(zone),
        exact.at.date(),
    }


def shows_own_clock(pairs: Iterable[tuple[DateReading, DateReading]], zone: ZoneInfo) -> bool:
    """Tell whether texts tell the office's clock, which the attributes beside them call that of UTC."""
    clocked = ((a, b) for a, b in pairs if {a.precision, b.precision} <= _CLOCKED)
    return is_own_clock(((text.at, exact.at, text.raw) for text, exact in clocked), zone)


def pick_told(shown: DateReading | None, exact: DateReading | None, zone: ZoneInfo) -> DateReading | None:
    """Pick the text where it tells another day than `<time datetime>`, or a clock that this calls UTC's."""
    if shown is None or exact is None:
        return exact or shown
    belied = shows_own_clock([(shown, exact)], zone) or not says_same(shown, exact, zone)
    return shown if belied else exact


def names_zone(shown: DateEvidence, stated: DateEvidence, zone: ZoneInfo) -> bool:
    """Tell whether a clock's zone is named to readers as the city's, while machines are told UTC's."""
    named = {shown.precision, stated.precision} <= _CLOCKED and any(w in shown.raw for w in ZONE_WORDS)
    return named and is_own_clock([(shown.at, stated.at, shown.raw)], zone)


def is_swapped(shown: DateReading, zone: ZoneInfo) -> bool:
    """Tell whether a day is written in figures that may as well be read the other way round."""
    day = shown.day(zone)
    return day.day <= 12 and day.day != day.month and _FIGURES.match(shown.raw) is not None


def _evidence(
    kind: EvidenceKind, where: str, reading: DateReading | None, document: Document
) -> Iterator[DateEvidence]:
    if reading is not None:
        yield DateEvidence(kind, where, reading.raw, reading.at, reading.precision, document.url)


def _from_articles(document: Document, setting: Setting) -> Iterator[DateEvidence]:
    articles = [value for value in document.json_ld if is_article_type(value) and value.get("datePublished")]
    articles = [value for value in articles if not is_of_another(value, document)]
    for value in _about_this_page(articles, document, setting):
        name = schema_types(value)[0]
        reading = setting.machine(str(value["datePublished"]))
        yield from _evidence(EvidenceKind.JSON_LD, f"{name}.datePublished", reading, document)


def _about_this_page(
    articles: list[Mapping[str, Any]], document: Document, setting: Setting
) -> list[Mapping[str, Any]]:
    """Related posts are described in the same words: the page's own is the only one, or names the address.

    One that is described twice, as an article and as a review, may state its day in two forms.
    """
    stated = {str(value["datePublished"]) for value in articles}
    readings = [setting.machine(text) for text in stated] if len(stated) > 1 else []
    if len({reading and reading.day(setting.zone) for reading in readings}) <= 1:
        return articles[:1]
    own = [value for value in articles if _bare(document.url) in _addresses(value)]
    return own[:1]


def _addresses(value: Mapping[str, Any]) -> set[str]:
    found = set()
    for key in ("url", "@id", "mainEntityOfPage"):
        stated = value.get(key)
        stated = (stated.get("@id") or stated.get("url")) if isinstance(stated, dict) else stated
        if isinstance(stated, str):
            found.add(_bare(stated))
    return found


def _bare(url: str) -> str:
    parts = urlsplit(url)
    return parts.netloc.removeprefix("www.") + parts.path.rstrip("/")


def _from_web_page(document: Document, setting: Setting) -> Iterator[DateEvidence]:
    for value in document.json_ld:
        if value.get("datePublished") and not is_article_type(value) and "WebPage" in schema_types(value):
            reading = setting.machine(str(value["datePublished"]))
            yield from _evidence(EvidenceKind.JSON_LD, "WebPage.datePublished", reading, document)
            return


def _from_metas(document: Document, setting: Setting, names: tuple[str, ...]) -> Iterator[DateEvidence]:
    for name in names:
        if (stated := document.metas.get(name)) is not None:
            yield from _evidence(EvidenceKind.META, f"meta[{name}]", setting.machine(stated), document)


def _from_itemprop(
    document: Document, setting: Setting, elements: Iterable[LexborNode]
) -> Iterator[DateEvidence]:
    named = [
        e
        for e in elements
        if "datePublished" in (e.attributes.get("itemprop") or "").split()
        and not (is_mentioned(e) or document.is_teaser(e))
    ]
    readings = _read_elements(document, named, setting)
    yield from _single(EvidenceKind.ITEMPROP, "itemprop[datePublished]", readings, document, setting)


def _from_time(
    document: Document, setting: Setting, elements: Iterable[LexborNode]
) -> Iterator[DateEvidence]:
    published = [element for element in elements if _is_published(element)]
    readings = _read_elements(document, published, setting)
    yield from _single(EvidenceKind.TIME_ELEMENT, "time.published", readings, document, setting)


def _from_url(document: Document, setting: Setting) -> Iterator[DateEvidence]:
    reading = read_url_date(document.url, setting.zone, setting.now)
    yield from _evidence(EvidenceKind.URL, "address", reading, document)


def _is_published(element: LexborNode) -> bool:
    """Whether tag and class make an element the day of publication."""
    marks = element.attributes.get("class") or ""
    names = marks.lower().split()
    meant = element.tag == "time" or "entry-date" in names or (element.tag == "abbr" and "published" in names)
    return meant and ("pubdate" in element.attributes or _PUBLISHED_CLASS.search(marks) is not None)


def _read_elements(document: Document, elements: Sequence[LexborNode], setting: Setting) -> list[DateReading]:
    """What they say; those in boxes of other posts and of comments are left out."""
    pairs = [(element, reading) for element in elements if (reading := _read_element(element, setting))]
    return [
        reading
        for element, reading in pairs
        if element.tag == "meta" or not (is_boxed(element, document) or _is_edit(element))
    ]


def _is_edit(element: LexborNode) -> bool:
    """Whether the words before an element say that it was edited: "Updated: <time class="post-date">"."""
    before = element.prev
    return before is not None and read_label((before.text() or "").strip()[-40:] + " ") is Label.MODIFIED


def _single(
    kind: EvidenceKind, where: str, readings: list[DateReading], document: Document, setting: Setting
) -> Iterator[DateEvidence]:
    if len({reading.day(setting.zone) for reading in readings}) == 1:
        yield from _evidence(kind, where, readings[0], document)


def _read_element(element: LexborNode, setting: Setting) -> DateReading | None:
    attributes = element.attributes
    stated = attributes.get("datetime") or attributes.get("content") or attributes.get("title")
    reading = setting.machine(stated) if stated else None
    if reading is not None:
        return reading
    shown = setting.human(element.text(separator=" ", strip=True))
    # "4 bulan yang lalu" in a box of related posts is as a rule the only one classed as published.
    unsure = shown is not None and (
        shown.relative or (not setting.order_known and is_swapped(shown, setting.zone))
    )
    return None if unsure else shown
