"""The publication date only a reader sees: nearest to the heading, weighed by label and place."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from selectolax.lexbor import LexborNode, SelectolaxError

from activity.post import DateEvidence, EvidenceKind, Precision
from crawler.dates import DateReading
from crawler.dates.label import Label
from crawler.extract.article.clause import ClauseStanding, count_names
from crawler.extract.article.header import is_header_clock, shows_own_hour
from crawler.extract.article.hints import SiteHints
from crawler.extract.article.others import (
    is_called,
    is_called_release,
    is_drawn_byline,
    is_in_box_about,
    leave_out_ages,
    leave_out_others,
)
from crawler.extract.article.schedule import is_scheduled
from crawler.extract.article.sight import PUBLISHED_MARK, DaySight, Scene, find_sights
from crawler.extract.article.witness import Setting, pick_told
from crawler.extract.page.box import find_boxes
from crawler.extract.page.document import Document
from crawler.extract.page.outline import Outline
from crawler.extract.page.region import is_aside, is_event, is_frame
from crawler.extract.page.shelf import is_topic
from crawler.extract.page.stated import may_state_ages

__all__ = ["Sighting", "Stated", "Views", "find_taught", "find_visible"]

_TAUGHT: Final = 3.0
# Right below the heading and alone in its line, or labelled.
_SURE: Final = 2.4
_LEAST: Final = 1.0
# Two unlabelled days so near to each other in weight and place are one row: publication and edit.
_ALIKE: Final = 0.6
_NEAR_LINES: Final = 8
_TELLING: Final = 4
_WORD: Final = re.compile(r"[^\W\d_]+")
_ROW_LINES: Final = 12
_LONGEST_IN_ROW: Final = 60
# A dateline heads the text: a lead or a picture's line may stand before it.
_MOST_BEFORE_DATELINE: Final = 3


@dataclass(frozen=True, slots=True)
class Sighting:
    """A date in the text and how much its place and label speak for it.

    Attributes:
        weight: 3 and more is as good as said; below 1 it is not believed.
        rival: another day that stands beside it unlabelled, as an edit's does.
    """

    evidence: DateEvidence
    reading: DateReading
    weight: float
    labelled: bool
    rival: DateEvidence | None = None

    @property
    def is_sure(self) -> bool:
        """Whether it stands so plainly for the day of publication that a machine's other day is contested."""
        return self.weight >= _SURE and self.reading.precision.names_a_day


@dataclass(frozen=True, slots=True)
class Stated:
    """The days on which a page tells machines it was published, and the others on which it was edited."""

    published: frozenset[date] = frozenset()
    edited: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Views:
    """What the text of a page tells.

    Attributes:
        sighting: the day of the post.
        dateline: the day with which its story opens.
        heads: all the days that stand right below the heading, whatever they are called.
    """

    sighting: Sighting | None = None
    dateline: DateEvidence | None = None
    heads: frozenset[date] = frozenset()


def find_taught(document: Document, setting: Setting, hints: SiteHints) -> Sighting | None:
    """Find the date in the element that carried it on the site's other posts; None where that is silent."""
    try:
        element = document.tree.css_first(hints.date_selector) if hints.date_selector else None
    except (SelectolaxError, UnicodeError):
        # What was remembered may name a class that no selector can.
        return None
    if element is None:
        return None
    stated = element.attributes.get("datetime")
    shown = setting.human(" ".join(element.text(separator=" ").split()))
    reading = pick_told(shown, setting.machine(stated) if stated else None, setting.zone)
    if reading is None or not reading.precision.names_a_day:
        return None
    where = hints.date_selector or ""
    evidence = DateEvidence(
        EvidenceKind.VISIBLE_TEXT, where, reading.raw, reading.at, reading.precision, document.url
    )
    return Sighting(evidence, reading, _TAUGHT, labelled=False)


def find_visible(
    document: Document,
    setting: Setting,
    hints: SiteHints,
    heading: LexborNode | None,
    title: str = "",
    stated: Stated = Stated(),
) -> Views:
    """Find what a reader is told; nothing where nothing is believed, or two equal ones contradict."""
    top = None if heading is None else document.outline.index_of(heading)
    aged = may_state_ages(document.html)
    scene = Scene(document.outline, setting, hints, top, title, aged, is_topic(document.url))
    seen = [sight for sight in find_sights(scene) if sight.standing is not ClauseStanding.PROSE]
    sights = leave_out_others(scene, seen)
    sights = leave_out_ages(scene, _without_edits(sights, stated, setting))
    return Views(
        _choose(document, scene, _weigh_all(scene, [s for s in sights if _may_date(scene, s)], seen)),
        _find_dateline(document, scene, sights),
        _find_heads(scene, sights),
    )


def _without_edits(sights: Sequence[DaySight], stated: Stated, setting: Setting) -> list[DaySight]:
    """Leave out the day of editing where readers are shown that of publication as well.

    "5 Maret Dibuat 8 Maret Diubah", with the words in hints behind their days, or with pictures for words.
    """
    days = {sight.reading.day(setting.zone) for sight in sights}
    edits = stated.edited if stated.published & days else frozenset()
    return [sight for sight in sights if sight.reading.day(setting.zone) not in edits]


def _may_date(scene: Scene, sight: DaySight) -> bool:
    if sight.label in {Label.MODIFIED, Label.OTHER} or sight.reading.precision is Precision.YEAR:
        return False
    if sight.standing is ClauseStanding.STAMP:
        return sight.number == scene.text_begin
    return sight.standing is ClauseStanding.META


def _find_heads(scene: Scene, sights: Iterable[DaySight]) -> frozenset[date]:
    begin = (scene.start or 0) + 1
    return frozenset(
        sight.reading.day(scene.setting.zone)
        for sight in sights
        if sight.standing is ClauseStanding.META and 0 <= sight.number - begin < _NEAR_LINES
    )


def _find_dateline(document: Document, scene: Scene, sights: Iterable[DaySight]) -> DateEvidence | None:
    today = scene.setting.now.astimezone(scene.setting.zone).date()
    for sight in sights:
        if sight.reading.day(scene.setting.zone) > today:
            continue
        heads = scene.text_begin - 1 <= sight.number < scene.text_begin + _MOST_BEFORE_DATELINE
        if sight.standing is ClauseStanding.DATELINE and heads and sight.reading.precision is Precision.DAY:
            return _evidence(document, scene.outline, sight, EvidenceKind.DATELINE)
    return None


def _weigh_all(
    scene: Scene, sights: Sequence[DaySight], seen: Sequence[DaySight]
) -> list[tuple[float, DaySight]]:
    """Weigh each; `seen` are all that the page shows, among which many alike are those of a list."""
    boxes = find_boxes(scene.outline) if sights else ()
    boxed = {sight for sight in seen if any(sight.index in box for box in boxes)}
    own = [sight for sight in seen if sight not in boxed]
    bare = [sight for sight in own if sight.label is Label.NONE and not _is_told(scene, sight)]
    shapes = Counter(_shape(scene.outline, sight.index) for sight in bare)
    labelled = _labelled_days(scene, own)
    found = []
    for sight in sights:
        shape = _shape(scene.outline, sight.index)
        # "Dirilis: …" thrice with other days is said of the things that a post lists.
        several = sight.label is Label.PUBLISHED and len(labelled.get(_called(scene, sight), ())) > 1
        repeated = several or (
            sight.label is Label.NONE and shapes[shape] > 2 and not _is_lonely(scene, sight, own)
        )
        weight = _weigh_words(scene, sight, repeated=repeated) + _weigh_place(scene, sight)
        weight += _near(scene, sight) - (3.0 if sight in boxed else 0.0)
        found.append((weight, sight))
    return sorted(found, key=lambda pair: -pair[0])


def _is_told(scene: Scene, sight: DaySight) -> bool:
    """Whether a story tells a day, or names it in its text: it is none of a list's days, however alike."""
    if sight.standing is ClauseStanding.DATELINE:
        return True
    return sight.number > scene.text_begin and (sight.names > 0 or is_scheduled(scene, sight))


def _is_lonely(scene: Scene, sight: DaySight, others: Iterable[DaySight]) -> bool:
    """Whether a day right below the heading is far from its like: cards below a post copy its own line."""
    if scene.start is None or not 0 < sight.number - scene.start <= _NEAR_LINES:
        return False
    return all(abs(other.number - sight.number) > _NEAR_LINES for other in others if other is not sight)


def _labelled_days(scene: Scene, sights: Iterable[DaySight]) -> dict[tuple[str, str], set[date]]:
    days: dict[tuple[str, str], set[date]] = {}
    for sight in sights:
        if sight.label is Label.PUBLISHED:
            days.setdefault(_called(scene, sight), set()).add(sight.reading.day(scene.setting.zone))
    return days


def _called(scene: Scene, sight: DaySight) -> tuple[str, str]:
    """Where a day stands, and the word before it: "Dirilis: …" of books, "Diposting oleh admin pada …"."""
    before = scene.outline.lines[sight.number].text.partition(sight.shown or "\n")[0]
    words = _WORD.findall(before.lower())
    return _shape(scene.outline, sight.index), words[-1] if words else ""


def _choose(document: Document, scene: Scene, weighed: list[tuple[float, DaySight]]) -> Sighting | None:
    if not weighed:
        return None
    zone = scene.setting.zone
    top, best = weighed[0]
    days = {sight.reading.day(zone) for _, sight in weighed}
    beside = [sight for weight, sight in weighed if weight >= top - _ALIKE and _is_beside(scene, best, sight)]
    beside = [sight for sight in beside if sight.reading.day(zone) != best.reading.day(zone)]
    rivals = {sight.reading.day(zone) for weight, sight in weighed if weight >= top and sight not in beside}
    # The only day a page names in a line of its own leaves nothing to choose.
    weight = top + (0.5 if len(days) == 1 else 0.0)
    if weight < _LEAST or len(rivals) > 1 or len({sight.reading.day(zone) for sight in beside}) > 1:
        return None
    rival = None
    if beside:
        # Two days in one row and no word which is which: a post is edited after it was published.
        best, other = sorted((best, beside[0]), key=lambda sight: sight.reading.at)
        rival = _evidence(document, scene.outline, other)
    evidence = _evidence(document, scene.outline, best)
    return Sighting(evidence, best.reading, weight, best.label is Label.PUBLISHED, rival)


def _is_beside(scene: Scene, best: DaySight, other: DaySight) -> bool:
    unlabelled = best.label is Label.NONE and other.label is Label.NONE
    near = abs(best.number - (scene.start or 0)) <= _NEAR_LINES and abs(best.number - other.number) <= 2
    # Behind "Kamis, 1 Oktober 2026 –" the title again: that row is the story's.
    near = near and count_names(scene.outline.lines[other.number].text.replace(other.shown, " ")) < _TELLING
    # "Rapat 20/10/2026" below "Penulis: Rina | 21/10/2026".
    another = other.names > 0 and best.about > other.about
    return unlabelled and near and not (another or best.reading.relative or other.reading.relative)


def _weigh_words(scene: Scene, sight: DaySight, *, repeated: bool) -> float:
    marked = _is_marked(scene.outline, sight.index) or is_drawn_byline(scene.outline, sight.index)
    within = sight.number > scene.text_begin and not marked
    weight = 0.0
    if sight.label is Label.PUBLISHED:
        # "Tanggal: …" below the text's begin is a detail of what is announced.
        detail = within and not is_in_box_about(scene, sight)
        # "Tanggal rilis" is said of things on sale, too: only what is a post anyway has its day there.
        released = 2.6 if sight.noun and is_called_release(scene, sight) else 0.0
        weight += (-2.0 if detail else 1.0) - released if sight.noun else 2.0
    elif within and (sight.names or is_called(scene, sight)) and not sight.about:
        # "Radio Kota, 24.04.2026, 15:10" below a text is a programme's hour.
        weight -= 2.0
    if repeated:
        weight -= 4.0 if sight.label is Label.PUBLISHED else 2.0
    if not sight.reading.precision.names_a_day:
        weight -= 0.5
    stamp = sight.standing is ClauseStanding.STAMP
    if sight.alone or (sight.about and not sight.near) or stamp:
        weight += 0.5
    return weight - (1.0 if sight.long and not stamp else 0.0)


def _weigh_place(scene: Scene, sight: DaySight) -> float:
    outline, index, around = scene.outline, sight.index, scene.around
    weight = 0.0
    if is_frame(outline, index, around) and not shows_own_hour(scene, sight):
        weight -= 4.0
    aside = is_aside(outline, index, around)
    if aside:
        weight -= 2.5
    if is_event(outline, index, around):
        weight -= 2.0
    # Comments and cards mark their days as a post does, and a topic is a comment.
    marked = (scene.is_topic or not aside) and _is_marked(outline, index)
    return weight + (1.0 if marked else 0.0)


def _is_marked(outline: Outline, index: int) -> bool:
    """Whether tag or class say that a date or a byline stands there."""
    near = list(outline.ancestors(index))[:3]
    if any(outline.tags[above] == "time" for above in (index, *near[:2])):
        return True
    return PUBLISHED_MARK.search(" ".join(outline.marks(above) for above in near)) is not None


def _near(scene: Scene, sight: DaySight) -> float:
    """Lines between heading and date: metadata stands right below, sometimes in a row right above."""
    if scene.start is None:
        return 0.0
    distance = sight.number - scene.start
    if distance < 0:
        near = distance >= -3 or _is_row(scene, sight)
        weight = 1.5 if distance >= -2 else 1.0 if near else -1.0
        return weight - (4.0 if is_header_clock(scene, sight) else 0.0)
    if distance <= 6:
        return 2.0 - 0.05 * distance
    return 1.4 - 0.02 * distance if distance <= 25 else 0.5 if distance <= 60 else 0.0


def _is_row(scene: Scene, sight: DaySight) -> bool:
    """Whether nothing but a few words of the post's own header stands between a date and the heading."""
    outline, start = scene.outline, scene.start or 0
    between = outline.lines[sight.number + 1 : start]
    if len(between) > _ROW_LINES or any(len(line.text) > _LONGEST_IN_ROW for line in between):
        return False
    links = sum(any(outline.tags[i] == "a" for i in outline.ancestors(line.first)) for line in between)
    return links <= 2


def _shape(outline: Outline, index: int) -> str:
    own = () if outline.tags[index] == "-text" else (index,)
    above = (*own, *outline.ancestors(index))[:4]
    return "/".join(f"{outline.tags[i]}.{outline.attribute(i, 'class')}" for i in above)


def _evidence(
    document: Document, outline: Outline, sight: DaySight, kind: EvidenceKind = EvidenceKind.VISIBLE_TEXT
) -> DateEvidence:
    reading = sight.reading
    where = _place(outline, sight.index)
    return DateEvidence(kind, where, reading.raw, reading.at, reading.precision, document.url)


def _place(outline: Outline, index: int) -> str:
    above = outline.parents[index] if outline.tags[index] == "-text" else index
    marks = outline.attribute(above, "class").split()
    return outline.tags[above] + (f".{marks[0]}" if marks else "")
