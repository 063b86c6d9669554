"""Days that readers see on a page and that are another's: a title's, a picture's, a schedule's, a clock's."""

import re
from collections.abc import Sequence
from typing import Final

from crawler.dates.label import Label
from crawler.dates.word import WEEKDAY_PATTERN
from crawler.extract.article.clause import count_names, count_story, tells_about
from crawler.extract.article.foreign import is_events
from crawler.extract.article.schedule import BY_WHOM, find_scheduled, find_widgets, is_detail, is_scheduled
from crawler.extract.article.sight import DaySight, Scene
from crawler.extract.file import is_file
from crawler.extract.page.caption import (
    is_below_picture,
    is_caption,
    is_drawn_credit,
    is_right_below_picture,
    is_told_below_picture,
)
from crawler.extract.page.outline import HEADINGS, Outline
from crawler.extract.page.shelf import is_shelf

__all__ = [
    "is_called",
    "is_called_release",
    "is_drawn_byline",
    "is_in_box_about",
    "leave_out_ages",
    "leave_out_others",
]

_BY: Final = re.compile(r"(?<![^\W_])(?:oleh|by)(?![^\W_])", re.IGNORECASE)
_FEWEST_OF_HEADLINE: Final = 4
_MOST_BELOW: Final = 2
_NEAR_LINES: Final = 8
_MOST_OF_AUTHOR: Final = 3
_TIME_ICON: Final = re.compile(r"(?:^|[\s_-])(?:calendar|clock)", re.IGNORECASE)
_USER_ICON: Final = re.compile(r"(?:^|[\s_-])(?:user|person|author|pencil|pen)(?:$|[\s_-])", re.IGNORECASE)
# "Jumat, 24/04/2026, 09.00-10.00 WIB", "pukul 08.00 s.d. selesai": how long something lasted that day.
_HOURS: Final = re.compile(
    r"(?<!\d)\d{1,2}[.:]\d\d\s?(?:wi[bt]a?\s?)?(?:[-\u2013\u2014]|s\.?\s?/?\s?d\.?|sampai(?:\sdengan)?|hingga|to|until)\s?"
    r"(?:pukul\s?)?(?:\d{1,2}[.:]\d\d(?!\d)|selesai)",
    re.IGNORECASE,
)
_HOURS_ALONE: Final = re.compile(
    rf"\W*(?:pukul|pkl\.?|jam|waktu)?\W*(?:{_HOURS.pattern})\s?(?:wi[bt]|wita)?\W*", re.IGNORECASE
)
_REACH: Final = 40
# "ILUSTRASI. Petugas memeriksa jentik (21/10/2026)": what newspapers write below a picture.
_DRAWN: Final = re.compile(r"\W*(?:foto\s)?ilustrasi\s?[.:]", re.IGNORECASE)
_EVENT_DAY: Final = re.compile(
    r"(?:^|[\s_-])(?:(?:event|acara)[_-]?(?:date|day|time|start|tanggal|tgl|waktu)|(?:tanggal|tgl)[_-]?acara)(?:$|[\s_-])",
    re.I,
)
_UNSEEN: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_ELSEWHERE: Final = re.compile(r"instagram|facebook|twitter|tiktok|youtube|threads", re.IGNORECASE)
# Where something is to be heard or seen.
_CHANNEL: Final = re.compile(
    r"(?<![^\W_])(?:radio|tv\w{0,3}|televisi|rri|fm|youtube|zoom|live|on[ -]?air|streaming|podcast|spotify"
    r"|siniar|episode|kanal|channel|siar\w*)(?![^\W_])",
    re.IGNORECASE,
)
# "Zoom Meeting: …", "Program: Kampung Bicara / …".
_TITLED: Final = re.compile(r"[^:\d]{2,40}:(?=\s|$)")
_LONGEST_TERM: Final = 40
_ABOUT_POST: Final = re.compile(
    # A mail's head has "Message-ID:" below its "Date:" (public-inbox).
    r"\W*(?:penulis|author|oleh|editor|kategori|category|dilihat|dibaca|views|hits|diposting\soleh|message-id)\W*(?:[:=]|$)",
    re.IGNORECASE,
)
_BARS: Final = re.compile(r"\s[|\u2013\u2014·•/-]\s")
_MOST_FILED: Final = 2
_MOST_IN_TERM: Final = 4
_DATE_NOUN: Final = re.compile(
    r"(?<![^\W_])(?:tanggal|tgl|waktu|jadwal|date|time|day)(?![^\W_])", re.IGNORECASE
)
_WEEKDAY: Final = re.compile(WEEKDAY_PATTERN, re.IGNORECASE)
_RELEASED: Final = re.compile(r"(?:tanggal|tgl\.?)\srilis\W*$", re.IGNORECASE)
_ROWS: Final = frozenset({"tr", "li"})
_TOLD: Final = frozenset({"dd", "td"})
_TERMS: Final = frozenset({"dt", "th", "td"})


def leave_out_others(scene: Scene, seen: Sequence[DaySight]) -> list[DaySight]:
    """Give the days that could be the post's or its event's."""
    own = [sight for sight in seen if not _is_others(scene, sight)]
    scheduled, widgets = find_scheduled(scene, own), find_widgets(scene, own)
    return [sight for sight in own if sight not in scheduled and sight not in widgets]


def leave_out_ages(scene: Scene, sights: Sequence[DaySight]) -> list[DaySight]:
    """Leave out an age where its line has the day as well: "1 bulan yang lalu (24 Okt 2026)".

    Behind the story's begin, too, where the heading has a day: those are comments' and other posts'.
    """
    dated = {sight.number for sight in sights if not sight.reading.relative}
    headed = any(0 < number - (scene.start or 0) <= _NEAR_LINES for number in dated)
    return [
        sight
        for sight in sights
        if not sight.reading.relative
        or not (
            (sight.number in dated and not sight.reading.precision.names_a_day)
            or (headed and sight.number > scene.text_begin)
        )
    ]


def is_called(scene: Scene, sight: DaySight) -> bool:
    """Tell whether words that say nothing of a post name a day: "Zoom Meeting: Rabu, 22 April 2026".

    Or that a day names them: "Kamis, 23 April 2026: Seleksi berkas".
    """
    if sight.label is not Label.NONE:
        return False
    line = scene.outline.lines[sight.number].text
    before = line.partition(sight.shown)[0].rstrip() if sight.shown else ""
    titled = _TITLED.match(before)
    called = before.endswith(":") and count_names(before) > 0
    called = called or (
        titled is not None and count_names(titled[0]) > 0 and BY_WHOM.search(titled[0]) is None
    )
    above = scene.outline.lines[max(0, sight.number - 1)].text
    headed = sight.alone and above.endswith(":") and len(above) <= _LONGEST_TERM and count_names(above) > 0
    told = not sight.about and count_story(_other_words(line, sight.shown)) > 0
    return called or is_scheduled(scene, sight) or headed or told or _CHANNEL.search(line) is not None


def is_called_release(scene: Scene, sight: DaySight) -> bool:
    """Tell whether a day is called that of a release: of figures, or of a thing on sale."""
    lines = scene.outline.lines[max(0, sight.number - 1) : sight.number + 1]
    return any(_RELEASED.search(line.text.partition(sight.shown or line.text)[0]) for line in lines)


def _has_term(scene: Scene, sight: DaySight) -> bool:
    """Whether the cell before a day's says what it is of: `<dt>On air</dt><dd>24 April 2026</dd>`."""
    outline = scene.outline
    before = outline.lines[max(0, outline.line_before(sight.number))]
    words = _WEEKDAY.sub(" ", before.text)
    if not sight.alone or not 0 < count_names(words) <= _MOST_IN_TERM or len(words) > _LONGEST_TERM:
        return False
    if tells_about(words):
        return False
    cell = next((i for i in list(outline.ancestors(sight.index))[:3] if outline.tags[i] in _TOLD), None)
    term = next((i for i in list(outline.ancestors(before.first))[:3] if outline.tags[i] in _TERMS), None)
    if cell is None or term is None or outline.parents[term] != outline.parents[cell]:
        return False
    if scene.top is not None and term < scene.top < outline.ends[term]:
        return False
    if outline.text_of(term) != before.text or outline.text_of(cell) != outline.lines[sight.number].text:
        return False
    # In a mere row an author stands before the day, or a category.
    coloned = before.text.endswith(":") or outline.line_before(sight.number) < sight.number - 1
    return outline.tags[term] != "td" or coloned or _DATE_NOUN.search(words) is not None


def is_in_box_about(scene: Scene, sight: DaySight) -> bool:
    """Tell whether the line of "Tanggal : …", or those beside, say by whom a post is, or how often read."""
    lines = scene.outline.lines[max(0, sight.number - 2) : sight.number + 3]
    if sight.about or any(_ABOUT_POST.match(part) for line in lines for part in _BARS.split(line.text)):
        return True
    beside = scene.outline.lines[sight.number + 1 : sight.number + 2]
    return any(len(line.text) <= _LONGEST_TERM and tells_about(line.text) for line in beside)


def is_drawn_byline(outline: Outline, index: int) -> bool:
    """Tell whether pictures for words stand before a day and before an author: a clock's, and a person's."""
    parent = outline.parents[index]
    # A sign and its text may lie in a box of their own.
    around = outline.parents[parent] if outline.tags[parent] in {"span", "li"} else parent
    drawn = _signs(outline, range(parent + 1, index))
    beside = drawn if around < 0 else _signs(outline, range(around + 1, outline.ends[around]))
    return bool(drawn) and _TIME_ICON.search(drawn[-1]) is not None and any(map(_USER_ICON.search, beside))


def _signs(outline: Outline, where: range) -> list[str]:
    return [outline.marks(i) for i in where if outline.tags[i] in {"i", "svg"} and outline.ends[i] == i + 1]


def _is_others(scene: Scene, sight: DaySight) -> bool:
    """Whether a day belongs to a title, to another post's link or to a picture."""
    outline, line = scene.outline, scene.outline.lines[sight.number]
    if scene.top is not None and scene.top <= sight.index < outline.ends[scene.top]:
        # A line below the title, in the cell of both, says when the post came, and how often it was read.
        told = sight.number != scene.start and (sight.label is Label.PUBLISHED or sight.about)
        return not (sight.alone or told)
    if _repeats_title(scene.title.casefold(), sight.shown.casefold(), line.text.casefold()):
        return True
    above = list(outline.ancestors(sight.index))[:5]
    if any(is_caption(outline, i) or is_events(outline.attribute(i, "itemprop")) for i in above[:3]):
        return True
    if any(is_caption(outline, i) for i in above[3:]) or _is_marked_event(scene, sight, above):
        return True
    if any(_UNSEEN.search(outline.attribute(i, "style")) for i in above[:2]):
        return True
    if sight.label is not Label.NONE:
        detail = sight.noun and is_detail(scene, sight) and not is_in_box_about(scene, sight)
        return detail or _is_embedded(scene, sight, above)
    if _lasts_hours(scene, sight) or is_drawn_credit(outline, sight.index):
        return True
    if _is_quoted(scene, sight, above) or _shares_card(scene, sight, above) or _is_files(scene, sight):
        return True
    if _is_picture_told(scene, sight) or _has_term(scene, sight):
        return True
    if any(outline.tags[i] in HEADINGS for i in above):
        return sight.near >= 1 and not _is_byline(scene, sight)
    if any(_is_headline(outline, part) for part in line.indices if part != sight.index):
        return True
    linked = next((i for i in above if outline.tags[i] == "a"), None)
    # "Camat lantik pejabat, 25 November 2026" leads to another post, "25 November 2026" to an archive.
    return linked is not None and count_names(outline.text_of(linked).replace(sight.shown, " ")) >= 2


def _is_marked_event(scene: Scene, sight: DaySight, above: Sequence[int]) -> bool:
    """Whether a class calls a day that of an event: `<div class="event-date">23 April 2026</div>`."""
    marked = any(_EVENT_DAY.search(scene.outline.marks(i)) for i in above[:2])
    return marked and sight.label is not Label.PUBLISHED and not sight.about


def _is_picture_told(scene: Scene, sight: DaySight) -> bool:
    """Whether what a day stands in says of a picture above it what it shows, or who took it."""
    outline, text = scene.outline, scene.outline.lines[sight.number].text
    if _DRAWN.match(text):
        return True
    above = list(outline.ancestors(sight.index))[:5]
    small = next((i for i in above if is_below_picture(outline, i)), None)
    if small is not None and _is_told(outline.text_of(small), sight):
        return True
    if any(is_told_below_picture(outline, i, sight.shown) for i in above):
        return True
    # "Suasana panen, 11 Oktober 2026"; an author's name, or an office's, tells no story.
    before, _, behind = text.partition(sight.shown) if sight.shown else (text, "", "")
    # "August 12, 2025 in personal finance" says under what a post is.
    told = not sight.about and (count_story(before) > 0 or count_story(behind) > _MOST_FILED)
    return told and any(outline.text_of(i) == text and is_right_below_picture(outline, i) for i in above)


def _other_words(text: str, shown: str) -> str:
    return text.replace(shown, " ", 1) if shown else text


def _is_quoted(scene: Scene, sight: DaySight, above: Sequence[int]) -> bool:
    """Whether a day stands in a quotation within the text; old pages indent the whole of it so."""
    quoted = next((i for i in above if scene.outline.tags[i] == "blockquote"), None)
    if quoted is not None and _ELSEWHERE.search(scene.outline.marks(quoted)):
        return True
    if quoted is None or sight.number <= scene.text_begin:
        return False
    return scene.outline.lines[scene.text_begin].first < quoted


def _is_embedded(scene: Scene, sight: DaySight, above: Sequence[int]) -> bool:
    """Whether a day is that of a post elsewhere that the text shows: "Diposting di Instagram, 5 Mei 2026"."""
    line = scene.outline.lines[sight.number].text
    return _ELSEWHERE.search(line) is not None and _is_quoted(scene, sight, above)


def _shares_card(scene: Scene, sight: DaySight, above: Sequence[int]) -> bool:
    """Whether a day shares its box with nothing but a headline that leads to another post.

    `<div><a href="/berita/12">Lomba kebersihan antar kampung dimulai</a><p>4 bulan yang lalu</p></div>`.
    """
    outline, text = scene.outline, scene.outline.lines[sight.number].text
    box = next((i for i in above if outline.text_of(i) != text), None)
    if box is None or (scene.top is not None and box < scene.top < outline.ends[box]):
        return False
    links = [i for i in range(box + 1, outline.ends[box]) if outline.tags[i] == "a" and outline.text_of(i)]
    told = outline.text_of(links[0]) if len(links) == 1 else ""
    if count_names(told) < _FEWEST_OF_HEADLINE or tells_about(told):
        return False
    if told.casefold() in scene.title.casefold() or is_shelf(outline.attribute(links[0], "href")):
        return False
    return outline.text_of(box) in {f"{told} {text}", f"{text} {told}"}


def _is_files(scene: Scene, sight: DaySight) -> bool:
    """Whether a day stands in the row of a file that is attached: "Lampiran I | 12-03-2026"."""
    outline = scene.outline
    row = next((i for i in outline.ancestors(sight.index) if outline.tags[i] in _ROWS), None)
    if row is None or sight.number <= scene.text_begin or (scene.top or 0) >= row:
        return False
    links = (outline.attribute(i, "href") for i in range(row, outline.ends[row]) if outline.tags[i] == "a")
    return any(is_file(href) for href in links)


def _lasts_hours(scene: Scene, sight: DaySight) -> bool:
    """Whether hours to and from stand behind a day, or fill the next line."""
    lines = scene.outline.lines
    text = lines[sight.number].text
    if _HOURS.search(text, *_around(text, sight.shown)):
        return True
    return sight.number + 1 < len(lines) and _HOURS_ALONE.fullmatch(lines[sight.number + 1].text) is not None


def _around(text: str, shown: str) -> tuple[int, int]:
    """From where a day stands in its line to a little behind it."""
    start = text.find(shown) if shown else len(text)
    return start, start + len(shown) + _REACH


def _is_byline(scene: Scene, sight: DaySight) -> bool:
    """Whether a line below the heading, a heading by its tag, says who wrote it or how often it is read.

    `<h3 class="kecil">24 November 2026 Admin Desa 240 Kali Dibaca</h3>`: themes of village sites.
    """
    if scene.start is None or not 0 < sight.number - scene.start <= _MOST_BELOW:
        return False
    line = scene.outline.lines[sight.number].text
    before = line[: line.find(sight.shown)] if sight.shown else ""
    return sight.about and sight.near <= _MOST_OF_AUTHOR and not count_names(before)


def _repeats_title(title: str, shown: str, line: str) -> bool:
    """Whether a line that names a day says the title again, as what is pasted from Word does in capitals."""
    return len(title) > 8 and bool(shown) and shown in title and (line in title or title in line)


def _is_told(text: str, sight: DaySight) -> bool:
    """Whether words stand beside a day that are no author's."""
    words = text.replace(sight.shown, " ")
    return count_names(words) >= 2 and not _BY.search(words)


def _is_headline(outline: Outline, index: int) -> bool:
    """Whether a text leads to another post: a link of more words than an author's name has."""
    linked = any(outline.tags[above] == "a" for above in list(outline.ancestors(index))[:3])
    return linked and count_names(outline.texts[index]) >= _FEWEST_OF_HEADLINE
