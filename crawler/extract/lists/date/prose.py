"""Whether a date stands for itself on a line, or is told by running text."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache
from typing import Final

from crawler.dates.word import MONTH_PATTERN, WEEKDAY_PATTERN
from crawler.extract.article.clause import count_story, opens_story

__all__ = [
    "ProseStanding",
    "Span",
    "count_title_words",
    "count_words",
    "is_bracketed",
    "judge_line",
    "judge_link",
]

Span = tuple[int, int]


class ProseStanding(IntEnum):
    """How a date stands among the words of its line; what is told by a story dates nothing."""

    PROSE = 0
    # At the edge of a line whose other words may be the title of a link that has none.
    EDGE = 1
    # A bare date before a dash and a story.
    STAMP = 2
    # With a label, an author, a counter.
    META = 3
    # Alone.
    PURE = 4


_META: Final = re.compile(
    r"\b(?:(?:di)?\s?-?(?:post(?:ing|ed|kan)?|publi[sk]\w*|terbit\w*|tayang\w*|tulis|unggah|upload\w*|buat|rilis|muat|kirim\w*)"
    r"|posting(?:an)?|written|created|released?|tanggal|tgl|date|hari|pukul|pkl|jam|wi[bt]|wita|pada|on|at|admin(?:istrator)?"
    r"|super\suser|(?:last\s)?updated?|ago|lalu|yang|min(?:ute)?s?\sread|menit\sbaca"
    r"|(?:di)?(?:baca|lihat|unduh|kunjungi|klik)|kali|views?|viewed|hits?|times?|dibagikan|shares?|likes?|suka|unduhan|downloads?"
    r"|komentar|comments?|tanggapan|pembaca|pengunjung|lokasi|kategori|category|tags?|label|no|leave|tidak\sada|belum\sada)\b",
    re.IGNORECASE,
)
# Who wrote it, and under what: up to the next separator.
_AUTHOR: Final = re.compile(
    r"\b(?:(?:di\w+\s)?oleh|by|penulis|author|editor|kontributor|reporter|pewarta|sumber|source|kategori|category|rubrik|in)\b"
    r"\s?:?\s?[^|•·/–—:,]{1,48}?(?=\s*(?:[|•·/–—:,]|$|\b(?:pada|on|tanggal)\b))",
    re.IGNORECASE,
)
_WORDS: Final = re.compile(r"[^\W\d_]{2,}")
_CUT: Final = re.compile(r"(?:\u2026|\.\.\.|\[\s*(?:\u2026|\.\.\.|&hellip;)\s*\])\W*$")
# "12 foto" counts an album's; "Reporter: Rina · Foto: Adi" is a byline.
_CREDIT: Final = re.compile(
    r"(?<!\d\s)\b(?:foto|photo|dok(?:umentasi)?|ket(?:erangan)?|gambar|sumber\sfoto)\b", re.I
)
_BYLINE: Final = re.compile(r"\b(?:reporter|penulis|pewarta|editor)\s?:", re.IGNORECASE)
_OPENS: Final = re.compile(r"[\s(\[|:•·–—-]*")
_CLOSES: Final = re.compile(r"[\s)\].|:•·–—,-]*")
_DASHED: Final = re.compile(r"\s*[–—|:-]")
# "SUKAMAJU – Selasa (31/3/2026), …": a weekday outside the brackets around its figures is a dateline's, and
# so is a place: "MARTAPURA, (12/6/2024) - Bupati lepas kontingen".
_BRACKET: Final = re.compile(r"[^\W\d_]\s?,?\s?\($")
_BRACKETED: Final = re.compile(r"[^\W\d_]\s?\(")
_DATED: Final = re.compile(rf"\b(?:{MONTH_PATTERN}|{WEEKDAY_PATTERN}\b)", re.IGNORECASE)
# "Berita Kecamatan Sukamaju": a category's name.
_MOST_META_WORDS: Final = 4
_REPORTS: Final = re.compile(r"\W*(?:pada\shari\s|bertempat\s|berlokasi\s|telah\s)", re.IGNORECASE)
_PLACED: Final = re.compile(r"[^\W\d_]{3},\s$")
_COLON: Final = re.compile(r"\s?:\s[^\W\d_]")
_DASH: Final = re.compile(r"\s?[\u2013\u2014-]{1,2}\s?(?=[^\W\d_])")
# "… the district head inspected": few words that no name of a category has.
_FEWEST_TOLD: Final = 3
# Of a line that is worth keeping: it is a title or a counter, and stands on several pages.
_LONGEST_KEPT: Final = 400
# Letters to either side of a date that tell whether it stands in prose.
_REACH: Final = 1_000


def count_words(text: str, spans: Sequence[Span]) -> int:
    """Count the words that a text says beside its dates, their labels, authors and counters.

    >>> count_words("Diposting oleh Humas pada 12 Maret 2026 | 31 kali dibaca", [(26, 39)])
    0
    """
    return len(_WORDS.findall(_without_meta(_cut_out(text, spans))))


def count_title_words(text: str) -> int:
    """Count the words of a text that are neither a date's nor a counter's.

    >>> count_title_words("03 Februari 2026 | 7 Kali")
    0
    """
    return (_count_known if len(text) <= _LONGEST_KEPT else _count)(text)


def judge_line(text: str, span: Span, spans: Sequence[Span]) -> ProseStanding:
    """Judge how the date at `span` stands in a line, whose links are blanked and whose dates are at `spans`.

    >>> judge_line("KOTA, Selasa (31/3/2026). Warga menanam pohon di taman", (14, 23), [(14, 23)])
    <ProseStanding.PROSE: 0>
    """
    before, behind = text[: span[0]], text[span[1] :]
    rest = _cut_around(text, span, spans)
    bare = _without_meta(rest)
    count = len(_WORDS.findall(bare))
    credit = _CREDIT.search(rest) is not None and _BYLINE.search(rest) is None
    if credit or is_bracketed(text, span):
        return ProseStanding.PROSE
    stamped = text[span[0]].isdigit() and _OPENS.fullmatch(before) and _DASHED.match(behind)
    if count > _MOST_META_WORDS and stamped:
        return ProseStanding.STAMP
    # "Jumat, 6 November 2026 b…" is the head of a story, however little of it is left.
    if _CUT.search(text, max(0, len(text) - _REACH)):
        return ProseStanding.PROSE
    if count == 0:
        return ProseStanding.META if _WORDS.search(rest) else ProseStanding.PURE
    told = opens_story(before, behind) or count_story(bare) >= _FEWEST_TOLD
    told = told or _REPORTS.match(text) is not None or _is_dateline(before, behind)
    if count <= _MOST_META_WORDS and not _BRACKET.search(before) and not told:
        return ProseStanding.META
    at_edge = _OPENS.fullmatch(before) or _CLOSES.fullmatch(behind)
    return ProseStanding.EDGE if at_edge and not _BRACKET.search(before) else ProseStanding.PROSE


def judge_link(text: str, spans: Sequence[Span]) -> ProseStanding:
    """Judge a date in a link's text: a link that says no more is often the post's own, else a title.

    >>> judge_link("2026-06-26 Fri", [(0, 10)]), judge_link("Rapat warga 26 Juni 2026", [(12, 24)])
    (<ProseStanding.PURE: 4>, <ProseStanding.PROSE: 0>)
    """
    short = len(text) <= _LONGEST_KEPT
    alone = short and (count_words(text, spans) == 0 or count_title_words(text) == 0)
    return ProseStanding.PURE if alone else ProseStanding.PROSE


def _is_dateline(before: str, behind: str) -> bool:
    """Whether a place stands before a date, and behind it what was done there, in however few words.

    "Kotabaru, Senin 7 Oktober 2024: Camat melantik", "Rantau, 20 Oktober 2026 -- Bupati hadir".
    """
    if _PLACED.search(before) is None:
        return False
    return _COLON.match(behind) is not None or (
        _DASH.match(behind) is not None and count_story(_without_meta(behind)) > 0
    )


def is_bracketed(text: str, span: Span) -> bool:
    """Tell whether a date is told as datelines do, the weekday before the brackets: "Selasa (31/3/2026)"."""
    return _BRACKETED.search(text, *span) is not None


def _cut_out(text: str, spans: Sequence[Span]) -> str:
    parts, end = [], 0
    for begin, after in spans:
        parts.append(text[end:begin])
        end = max(end, after)
    return " | ".join([*parts, text[end:]])


def _cut_around(text: str, span: Span, spans: Sequence[Span]) -> str:
    """What stands near a date, without dates; a line of thousands of them is not read anew for each."""
    begin, end = max(0, span[0] - _REACH), span[1] + _REACH
    near = spans[bisect_left(spans, (begin, 0)) : bisect_left(spans, (end, 0))]
    return _cut_out(text[begin:end], [(max(0, first - begin), last - begin) for first, last in near])


def _count(text: str) -> int:
    return len(_WORDS.findall(_without_meta(_DATED.sub(" ", text))))


_count_known = lru_cache(maxsize=4_096)(_count)


def _without_meta(text: str) -> str:
    return _META.sub(" ", _AUTHOR.sub(" ", text))
