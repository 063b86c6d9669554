"""What a record is called, and where in it that stands."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from operator import itemgetter
from typing import Final

from crawler.dates.hint import YEAR_FIGURES, might_date
from crawler.dates.relative import is_bare_age
from crawler.extract.lists.date.found import line_at
from crawler.extract.lists.date.monthly import says_month
from crawler.extract.lists.date.partial import find_partial
from crawler.extract.lists.date.prose import count_title_words
from crawler.extract.lists.link import ListedLink
from crawler.extract.lists.path import CELLS
from crawler.extract.lists.record import ListRecord
from crawler.extract.page.outline import HEADINGS, INLINE, Outline, TextLine

__all__ = ["TitlePlace", "find_title", "leads_away", "without_teasers"]

_LONGEST: Final = 300
# A list of definitions has its titles as terms.
_HEADS: Final = HEADINGS | {"dt"}
_STRONG: Final = frozenset({"b", "strong"})
_LEAST: Final = 8
_TITLE_WORDS: Final = 3
_SECTION_AND_TITLE: Final = 2
_TITLE_MARK: Final = re.compile(r"title|heading|headline|judul", re.IGNORECASE)
_DRAWN_LARGE: Final = re.compile(
    rf"{_TITLE_MARK.pattern}|(?:^|\s)(?:font-(?:semi)?bold|fw-bold|text-(?:lg|\d?xl))(?:$|\s)", re.IGNORECASE
)
_CUT: Final = ("..", "…")
_STORY_ENDS: Final = (".", "…", "]")
_SHORTEST_CUT: Final = 8
_AFTER_SECTION: Final = re.compile(r"[-–—:|]\s+(.+)")
# "<a>Rapat <b>12 Juli</b></a>": what an author sets off is still the title's.
_AUTHORS: Final = frozenset({"a", "b", "strong", "i", "em", "u", "mark"})
_SET_OFF: Final = " ()[]|•·–—:,-"
_AGO: Final = re.compile(r"\s(?:(?:yang\s)?(?:lalu|silam)|ago)\W*$", re.IGNORECASE)
_FIGURES: Final = re.compile(r"\d+")
_DAY_AND_YEAR: Final = 2
_SCHOOL_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\W{1,3}(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class TitlePlace:
    """A record's title.

    Attributes:
        text: what it says.
        line: number of its line; -1 where it has none.
        spans: where no date is the record's own: the title, and links that repeat it.
        apart: whether the title is a heading or another element of its own.
        day: the element in the title's own link that says a day alone; empty where none does.
    """

    text: str
    line: int
    spans: tuple[range, ...]
    apart: bool
    day: range = range(0)

    def covers(self, index: int) -> bool:
        """Tell whether a node is part of the title."""
        return any(index in span for span in self.spans)

    def is_repeated_by(self, line: str) -> bool:
        """Tell whether a line of the record says the title again, as text from Word does in capitals."""
        own = self.text.casefold()
        return len(own) > _LEAST and any(map(str.isdigit, own)) and line.strip().casefold() == own


def find_title(outline: Outline, record: ListRecord) -> TitlePlace:
    """Find the heading in a linked card, the link's own text, the record's heading, or its longest text."""
    link = record.link
    inside = _first(outline, link.index, outline.ends[link.index], HEADINGS)
    if inside is not None:
        return _placed(outline, outline.text_of(inside), inside, apart=True)
    if link.words and len(link.text) < _LONGEST:
        return _from_link(outline, link)
    for tags in (HEADINGS, _STRONG):
        found = _first_own(outline, record, tags)
        if found is not None:
            return _placed(outline, _without_mark(outline, link, found), found, apart=True)
    above = _heading_above(outline, record)
    if above is not None:
        return _placed(outline, outline.text_of(above), above, apart=True)
    return _from_rest(outline, record)


def _is_mark(link: ListedLink) -> bool:
    """Whether a link shows a sign alone, as permanent links do: "#", "_", "¶"."""
    return bool(link.text) and not any(map(str.isalnum, link.text))


def _without_mark(outline: Outline, link: ListedLink, heading: int) -> str:
    """A heading's text without the sign that leads to its own place."""
    if not (_is_mark(link) and heading < link.index < outline.ends[heading]):
        return outline.text_of(heading)
    inside = range(link.index, outline.ends[link.index])
    texts = [outline.texts[i] for i in range(heading, outline.ends[heading]) if i not in inside]
    return " ".join(" ".join(texts).split())


def _heading_above(outline: Outline, record: ListRecord) -> int | None:
    """The heading that stands side by side with a box, or a text, in which a button alone leads on.

    Flat text has no headings: a line that is bold from end to end is one.
    """
    for index in range(record.begin - 1, record.before - 1, -1):
        if outline.tags[index] in _HEADS or _is_bold_line(outline, index):
            beside = outline.parents[index] == outline.parents[record.begin]
            told = count_title_words(outline.text_of(index)) >= _TITLE_WORDS
            return index if beside and told else None
    return None


def _is_bold_line(outline: Outline, index: int) -> bool:
    """Whether a whole line is bold and says more than a day does."""
    if outline.tags[index] not in _STRONG:
        return False
    text, line = outline.text_of(index), line_at(outline, outline.ends[index] - 1)
    return line >= 0 and outline.lines[line].text == text and count_title_words(text) >= _TITLE_WORDS


def _placed(outline: Outline, text: str, index: int, *, apart: bool) -> TitlePlace:
    first = next((i for i in range(index, outline.ends[index]) if outline.texts[i]), index)
    return TitlePlace(text, line_at(outline, first), (range(index, outline.ends[index]),), apart)


def _from_link(outline: Outline, link: ListedLink) -> TitlePlace:
    """A link of one line is its title; of a card that is a link the boldest or longest line is."""
    numbers = sorted(
        {line_at(outline, i) for i in range(link.index, outline.ends[link.index]) if outline.texts[i]}
    )
    if len(numbers) <= 1:
        day = _day_apart(outline, link)
        if day is not None and (beside := _beside(outline, link, day)) is not None:
            return beside
        whole = _whole_of(outline, link) or _without_section(outline, link)
        return _placed(outline, whole, link.index, apart=True)
    strong = _first(outline, link.index, outline.ends[link.index], _STRONG)
    if strong is not None:
        return _placed(outline, outline.text_of(strong), strong, apart=True)
    lines = [outline.lines[number] for number in numbers]
    # A day and a category stand above it, a teaser below.
    best = next((line for line in lines if count_title_words(line.text) > 2), None)
    best = best or max(lines, key=lambda line: count_title_words(line.text))
    best = next((line for line in lines if _is_short_title(outline, line, best)), best)
    return TitlePlace(best.text, line_at(outline, best.first), (range(best.first, best.last + 1),), True)


def _is_short_title(outline: Outline, line: TextLine, best: TextLine) -> bool:
    """Tell whether a line before a teaser is a title of two words and a day: "Undangan Rapat 20 Mei 2026"."""
    drawn = any(_DRAWN_LARGE.search(outline.marks(i)) for i in list(outline.ancestors(line.first))[:2])
    short = count_title_words(line.text) == _SECTION_AND_TITLE and YEAR_FIGURES.search(line.text) is not None
    return drawn and short and line.first < best.first


def _day_apart(outline: Outline, link: ListedLink) -> range | None:
    """What says a day before or behind a link's words: "<a><small>06-26</small> Panen raya</a>"."""
    inside = range(link.index, outline.ends[link.index])
    words = [(i, _is_wordless(outline.texts[i])) for i in inside if outline.texts[i]]
    ends = (*takewhile(itemgetter(1), words), *takewhile(itemgetter(1), reversed(words)))
    for index, _ in ends:
        own = outline.parents[index]
        while link.index < (above := outline.parents[own]) and _is_wordless(outline.text_of(above)):
            own = above
        if own <= link.index or outline.tags[own] not in INLINE or outline.tags[own] in _AUTHORS:
            continue
        if _is_day(outline.text_of(own)):
            return range(own, outline.ends[own])
    return None


def _is_wordless(text: str) -> bool:
    return not count_title_words(text) or is_bare_age(_AGO.sub("", text))


def _is_day(text: str) -> bool:
    """Whether a text without words tells a day, as "26 Juni 2026" and "06-26" do; "2026" may be a title's."""
    if YEAR_FIGURES.search(text) is not None:
        return len(_FIGURES.findall(text)) >= _DAY_AND_YEAR and _SCHOOL_YEAR.search(text) is None
    return might_date(text) or is_bare_age(text) or find_partial(text) is not None


def _beside(outline: Outline, link: ListedLink, day: range) -> TitlePlace | None:
    """The title of a link on the one side of the day that is set apart in it; a counter goes with the day."""
    before, behind = range(link.index, day.start), range(day.stop, outline.ends[link.index])
    said = [outline.texts[i] for i in behind if outline.texts[i]]
    span = behind if count_title_words(" ".join(said)) else before
    texts = [i for i in span if outline.texts[i]]
    if not texts:
        return None  # the link says nothing but the day
    text = " ".join(outline.texts[i].strip() for i in texts).strip(_SET_OFF)
    return TitlePlace(text, line_at(outline, texts[0]), (span,), apart=True, day=day)


def _whole_of(outline: Outline, link: ListedLink) -> str:
    """What an attribute says whole of a headline that is cut: "Warga Anggrek Bersih..."; empty for none."""
    if not link.text.endswith(_CUT):
        return ""
    begun = link.text.rstrip(".…").rstrip().lower()
    told = (text.strip() for text in _descriptions(outline, link)) if len(begun) >= _SHORTEST_CUT else ()
    return next((text for text in told if text.lower().startswith(begun)), "")


def _without_section(outline: Outline, link: ListedLink) -> str:
    """A link's text without the section that some portals set in bold before it: "Berita - Kerja bakti"."""
    parts = [i for i in range(link.index, outline.ends[link.index]) if outline.texts[i]]
    if len(parts) == _SECTION_AND_TITLE and outline.tags[outline.parents[parts[0]]] in _STRONG:
        rest = _AFTER_SECTION.fullmatch(outline.texts[parts[1]])
        if rest and len(outline.texts[parts[0]].split()) <= _SECTION_AND_TITLE:
            return rest[1]
    return link.text


def _first(outline: Outline, begin: int, end: int, tags: frozenset[str]) -> int | None:
    """The first element of these that says something."""
    return next(_telling(outline, begin, end, tags), None)


def _telling(outline: Outline, begin: int, end: int, tags: frozenset[str]) -> Iterator[int]:
    return (i for i in range(begin, end) if outline.tags[i] in tags and len(outline.text_of(i)) >= _LEAST)


def _first_own(outline: Outline, record: ListRecord, tags: frozenset[str]) -> int | None:
    """The first heading of a record that does not lead away; if need be that one.

    Else all cards of a page bear the name of their category (the awkward site 2110103).
    """
    said = _telling(outline, record.begin, _find_own_end(outline, record), tags)
    # A heading without words is the day above an entry; a month heads the cards behind it (2147011).
    texts = ((i, outline.text_of(i)) for i in said)
    told = [i for i, text in texts if count_title_words(text) and not says_month(text)]
    found = [i for i in told if not _is_anothers(outline, record, i)] or told
    return next((i for i in found if not leads_away(outline, record.link, i)), next(iter(found), None))


def _is_anothers(outline: Outline, record: ListRecord, heading: int) -> bool:
    """Tell whether a card's button, leading elsewhere, stands between a heading and a record's link.

    Two cards below one day were one record, and the second was called as the first is (the awkward site
    2111029).
    """
    inside = range(record.begin, record.end)
    links = [(i, outline.attribute(i, "href"), outline.text_of(i)) for i in inside if outline.tags[i] == "a"]
    own = outline.attribute(record.link.index, "href")
    said = {text for _, url, text in links if url == own}
    between = range(outline.ends[heading], record.link.index)
    return any(i in between and url != own and text in said for i, url, text in links)


def _find_own_end(outline: Outline, record: ListRecord) -> int:
    """Find where a record ends that nothing closes: before a heading that stands behind its text and button.

    Such a one heads what stands beside the list (the awkward sites 2159968, 2401832).
    """
    link = record.link
    above = (outline.texts[i] for i in range(record.begin, link.index))
    if not any(count_title_words(text) >= _TITLE_WORDS for text in above if text):
        return record.end
    behind = range(outline.ends[link.index], record.end)
    return next((i for i in behind if outline.tags[i] in HEADINGS), record.end)


def leads_away(outline: Outline, link: ListedLink, heading: int) -> bool:
    """Tell whether a heading in a link's card leads to another page, as that of its category does."""
    inside = (i for i in range(heading, outline.ends[heading]) if outline.tags[i] == "a" and i != link.index)
    own = outline.attribute(link.index, "href")
    return any(outline.attribute(i, "href") not in {"", own} for i in inside)


def _from_rest(outline: Outline, record: ListRecord) -> TitlePlace:
    """For a link that is an icon or "Unduh": its `title`, its picture's name, the longest text beside it."""
    link = record.link
    first = next((i for i in range(link.index, outline.ends[link.index]) if outline.texts[i]), link.index)
    line = line_at(outline, first)
    behind = _behind_mark(outline, link, line)
    if behind is not None:
        return TitlePlace(outline.texts[behind].strip(), line, (range(behind, behind + 1),), True)
    described = next(_descriptions(outline, link), "")
    begin, end = record.begin, _find_own_end(outline, record)
    texts = [
        i for i in range(begin, end) if outline.texts[i] and not link.index <= i < outline.ends[link.index]
    ]
    if not texts:
        texts = [
            i for i in range(record.before, record.after) if outline.texts[i] and line_at(outline, i) == line
        ]
        texts = [i for i in texts if not link.index <= i < outline.ends[link.index]]
    best = _first_marked(outline, texts) or max(
        without_teasers(outline, texts), key=lambda i: count_title_words(outline.texts[i]), default=None
    )
    if best is None or len(described) > len(outline.texts[best]):
        return TitlePlace(described or link.text, line, (), bool(described))
    return TitlePlace(outline.texts[best], line_at(outline, best), (), False)


def _behind_mark(outline: Outline, link: ListedLink, line: int) -> int | None:
    """The text that follows a sign in its line: "<a>*</a> Panen raya" (chalow)."""
    if not _is_mark(link) or line < 0:
        return None
    behind = (i for i in outline.lines[line].indices if i >= outline.ends[link.index])
    return next((i for i in behind if count_title_words(outline.texts[i])), None)


def without_teasers(outline: Outline, texts: Sequence[int]) -> Sequence[int]:
    """Leave out texts that end as a story's beginning does, where a title stands beside (810278)."""
    titles = [i for i in texts if not outline.texts[i].rstrip().endswith(_STORY_ENDS)]
    told = any(count_title_words(outline.texts[i]) >= _TITLE_WORDS for i in titles)
    return titles if told else texts


def _first_marked(outline: Outline, texts: Iterable[int]) -> int | None:
    """The text called a title's, else the first of a card: a panel's heading stands above a longer teaser.

    In a row of a table the office's name may stand first.
    """
    told = [index for index in texts if count_title_words(outline.texts[index]) >= _TITLE_WORDS]
    for index in told:
        if any(_TITLE_MARK.search(outline.marks(above)) for above in list(outline.ancestors(index))[:2]):
            return index
    in_table = any(outline.tags[above] in CELLS for index in told[:1] for above in outline.ancestors(index))
    return None if in_table else next(iter(told), None)


def _descriptions(outline: Outline, link: ListedLink) -> Iterator[str]:
    if title := outline.attribute(link.index, "title"):
        yield title
    for index in range(link.index, outline.ends[link.index]):
        if outline.tags[index] == "img" and (text := outline.attribute(index, "alt")):
            yield text
