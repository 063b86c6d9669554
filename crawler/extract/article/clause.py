"""Telling a line about a post ("Admin | 11 Mei 2022 | 476 kali") from the post's own text."""

import re
from enum import StrEnum
from typing import Final

from crawler.dates.label import Label
from crawler.dates.word import WEEKDAY_PATTERN

__all__ = [
    "ClauseStanding",
    "count_names",
    "count_story",
    "judge_standing",
    "opens_story",
    "own_fragment",
    "repeats_title",
    "tells_about",
    "tells_story",
]


class ClauseStanding(StrEnum):
    """What a date in a line is: a word about the post, or one of the words of its text.

    A stamp is a bare day before a dash at the head of a text, a dateline one with a place or a
    weekday: that day is the event's.
    """

    META = "meta"
    STAMP = "stamp"
    DATELINE = "dateline"
    PROSE = "prose"


# What sites say of a post beside its day, and the small words between.
_WORDS: Final = """
    oleh pada di ke dari dan dalam untuk kategori tag tags label kali dibaca dilihat dikunjungi
    views view hits hit komentar comments comment menit baca membaca min mins read reading time by
    on in at the of and posted post published publish written author penulis editor admin
    administrator user super hari ini jam wib wita wit bagikan share ditulis diposting diterbitkan
    dipublikasikan dipublish terbit tayang tanggal tgl pukul pkl waktu sumber source updated update
    diperbarui diperbaharui terakhir last edited for an to this entry was filed under with no leave
    reply is closed permalink bookmark tagged as lihat telah sudah sebanyak orang pembaca pengunjung
    minutes minute seconds detik lalu yang yg ago hour hours day days via from am pm tulisan artikel
    berita news blog category categories est edt gmt utc cet uhr von um created dibuat diunggah
    rilis dirilis released release
"""
_ABOUT: Final = frozenset(_WORDS.split())
_TELLING: Final = frozenset(
    {
        *(
            "oleh",
            "by",
            "admin",
            "administrator",
            "author",
            "penulis",
            "dibaca",
            "dilihat",
            "kali",
            "views",
            "hits",
        ),
        *("read", "baca", "comments", "comment", "komentar", "posted", "kategori", "category"),
    }
)
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_BREAK: Final = re.compile(r"[|•·»›/:;\n()\[\]]|\s[\u2013\u2014-]{1,2}\s|\.\s")
_BREAK_OR_COMMA: Final = re.compile(_BREAK.pattern + "|,")
# "29.11.2022 – ", "[29/11/2022] - ": the day, and a dash; round brackets are a dateline's.
_STAMPED: Final = re.compile(r"[\s*_]*(?:\[\0\s?\]|\0)\s*[\u2013\u2014-]{1,2}\s*\S.*", re.DOTALL)
_LONGEST_DASH: Final = 12
_DASHED: Final = re.compile(r"\s?[\u2013\u2014-]{1,2}\s")
_WEEKDAY: Final = re.compile(WEEKDAY_PATTERN, re.IGNORECASE)
# "KOTA CONTOH – Selasa (", "Banjarmasin (Humas) – Rabu, ", "Sukamaju, Kab. Contoh, ", or nothing at all.
# A hyphen is a word's own, or stands between spaces: where it could be either, the engine tries both.
_PLACE: Final = re.compile(
    r"\W{0,3}(?:(?:[^\W\d_a-z][\w.'’&]*(?:-[\w.'’&]+)*|\([^()]{1,30}\))[\s,/:\u2013\u2014|]{1,4}(?:-\s{1,2})?){0,8}"
    r"(?:\(\s?)?"
)
_OPENED: Final = re.compile(r"\s?\)?\s?(?:[,.:\u2013\u2014-]{1,2}|\)|(?=\s[^\W\d_]))")
_BYLINE: Final = re.compile(r"\W*(?:oleh|by|penulis|author|admin\w*|editor|von)(?![^\W_])", re.IGNORECASE)
# Probolinggo's kelurahan sign the end of the text: "… berjalan lancar. (16/04/2025)".
_SIGNS: Final = re.compile(r"[.!?\"”]\s?\(\s?$")
_CLOSED: Final = re.compile(r"\s?\)\W*")
# What an office's report begins with where no place heads it: "Pada hari Jumat tanggal …", "Bertempat di
# aula lantai dua, (12/3/2026)", "Hari ini, Senin …", "On Friday, …".
_ADVERB: Final = re.compile(
    r"\W{0,3}(?:(?:bertempat|berlokasi)\s(?:di|pada)\s[^.!?:|]{3,70}|(?:pada|di|hari|ini|itu|tadi|tanggal|tgl|hari/tanggal"
    r"|kemarin|today|yesterday|on|this|last|the|pagi|siang|sore|malam|morning|evening|afternoon)[\s,/(]{1,3}){1,5}\(?",
    re.IGNORECASE,
)
# "Tanggal: 5 Mei 2026" labels, "rapat digelar tanggal 5 Mei 2026" tells.
_BARE_NOUN: Final = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,}+\s(?:date|tanggal|tgl\.?)\s?$", re.IGNORECASE)
# "Peraturan Wali Kota Nomor 17 Tahun 2019 tanggal 3 Januari 2019, Balai …": a law's or a letter's day.
_OF_LETTER: Final = re.compile(
    r"(?<![^\W_])(?:nomor|no\.?)\s?:?\s?[\w./-]{1,40}(?:\s(?:tahun\s)?(?:19|20)\d\d)?[\s,]{1,3}"
    r"(?:ter)?(?:tanggal|tgl\.?)\s?$"
    # "Undang-Undang Nomor 23 Tahun 2014 (Lembaran Negara …".
    r"|(?<![^\W_])nomor\s\d[\w./-]{0,20}\stahun\s(?:19|20)\d\d\s\([^()|•·\d]{3,60}$"
    # "Surat Menteri Nomor 1/SE/2026 (27 Agustus 2026)".
    r"|(?<![^\W_])(?:nomor|no\.?)\s\d[\w./-]{0,40}(?:\stahun\s(?:19|20)\d\d)?\s\(\s?$",
    re.IGNORECASE,
)
# "On 5 May 2026 by Ana in Local news", "Pada 5 Mei 2026 di Kabar warga": who wrote it, and under what.
_FILED: Final = re.compile(
    r"\W*(?:(?i:oleh|by|kategori|category)(?![^\W_])|(?i:in|di|dalam)\s(?=[^\W\d_a-z]))"
)
_ENDED: Final = re.compile(r"[^\W_]{2}[)\"\u201d\u2019']{0,2}[.!?:\u2026][)\"\u201d\u2019'\]\s]*$")
# An invitation names a day to come, which says nothing of the day on which it was published.
_TO_COME: Final = re.compile(
    r"(?<![^\W_])(?:akan|mendatang|besok|rencana\w*|di(?:undang|harap\w*|mohon|buka|mulai)|mohon|will|shall|invited?|upcoming"
    r"|tomorrow|hingga|sampai|until)(?![^\W_])",
    re.IGNORECASE,
)
_MOST_STORY: Final = 3
_FEWEST_OF_SENTENCE: Final = 3
_LONGEST_PLACE: Final = 80


def count_story(text: str) -> int:
    """Count the words of a text that tell a story: written small, and not of those beside dates.

    >>> count_story("Diposting oleh admin, dibaca 12 kali"), count_story("Warga bersama lurah bekerja")
    (0, 3)
    """
    return sum(1 for word in _WORD.findall(text) if word[0].islower() and word not in _ABOUT)


def count_names(text: str) -> int:
    """Count the words of a text that are neither about a post nor small: those of names and titles."""
    return sum(1 for word in _WORD.findall(text) if word.lower() not in _ABOUT)


def tells_about(text: str) -> bool:
    """Tell whether a line says of a post who wrote it, or how often it was read.

    >>> tells_about("By Rachel Jones, 3 comments"), tells_about("Aula kantor lurah")
    (True, False)
    """
    return any(word.lower() in _TELLING for word in _WORD.findall(text))


def tells_story(text: str) -> bool:
    """Tell whether a text is running text, though a title's words may fill most of it.

    >>> tells_story("Pembinaan Kader Posyandu Lansia di Aula Kecamatan telah dilaksanakan.")
    True
    >>> tells_story("Pembinaan Kader Posyandu Lansia di Aula Kecamatan")
    False
    """
    return _tells(text, text)


def repeats_title(text: str, title: str) -> bool:
    """Tell whether a line is a page's title once more, behind a word for it (MHonArc).

    >>> repeats_title("Subject: Bibit pohon bagi para warga", "Bibit pohon bagi para warga")
    True
    >>> repeats_title("Bibit pohon bagi para warga dibagikan lurah.", "Bibit pohon bagi para warga")
    False
    """
    before, found, behind = text.casefold().partition(title.casefold() or "\n")
    return bool(found) and not (tells_story(before) or any(map(str.isalpha, behind)))


def _tells(words: str, line: str) -> bool:
    """Whether some words of a line are running text: many are, or the line ends as a sentence does."""
    story = count_story(words)
    if story > _MOST_STORY:
        return True
    return story > 0 and _ENDED.search(line) is not None and count_names(words) >= _FEWEST_OF_SENTENCE


def judge_standing(text: str, start: int, end: int, label: Label) -> ClauseStanding:
    """Tell what the date at `text[start:end]` is in its line.

    >>> line = "KOTA CONTOH – Selasa (31/3/2026), warga bersama lurah membersihkan saluran air."
    >>> judge_standing(line, 14, 31, Label.NONE)
    <ClauseStanding.DATELINE: 'dateline'>
    >>> judge_standing("Pada hari Jumat, 9 Mei 2025 telah dilantik Ketua RT 03", 10, 27, Label.NONE)
    <ClauseStanding.DATELINE: 'dateline'>
    """
    before, raw, behind = text[:start], text[start:end], text[end:]
    if _OF_LETTER.search(before):
        return ClauseStanding.PROSE
    told = count_story(before)
    adverbial = _ADVERB.fullmatch(before) is not None and _goes_on(behind)
    # "5 Mei 2026 – oleh tim redaksi desa." ends as a sentence does, and tells nothing.
    prose = adverbial or _tells(f"{before} {behind}", "" if _BYLINE.match(behind) else text)
    if not prose:
        if _heads_names(before, raw, behind):
            return ClauseStanding.DATELINE
        hanging = re.fullmatch(r"\s?\)?\s?[\u2013\u2014-]{1,2}\s?", behind) is not None
        return ClauseStanding.DATELINE if hanging and count_names(before) else ClauseStanding.META
    if told <= 1 and (_BYLINE.match(before) or (label is Label.PUBLISHED and not _BARE_NOUN.search(before))):
        return ClauseStanding.META
    if _SIGNS.search(before) and _CLOSED.fullmatch(behind):
        return ClauseStanding.META
    if adverbial:
        return ClauseStanding.PROSE if _TO_COME.search(behind) else ClauseStanding.DATELINE
    named = _WEEKDAY.search(raw) is not None
    if not named and _STAMPED.fullmatch(before + "\0" + behind[:_LONGEST_DASH]):
        return ClauseStanding.STAMP
    if len(before) <= _LONGEST_PLACE and _PLACE.fullmatch(before) and (before.strip() or named):
        return ClauseStanding.DATELINE if _OPENED.match(behind) else ClauseStanding.PROSE
    return ClauseStanding.PROSE


def _heads_names(before: str, raw: str, behind: str) -> bool:
    """Tell whether a weekday and a dash head a sentence of names: "Kamis, 1 Mei 2025 – Camat Buka Pasar."."""
    told = _DASHED.match(behind) is not None and _ENDED.search(behind) is not None
    named = _WEEKDAY.search(raw) is not None and not before.strip()
    return told and named and count_names(behind) >= _FEWEST_OF_SENTENCE


def opens_story(before: str, behind: str) -> bool:
    """Tell whether a date is one that a story begins with, though no place heads it.

    >>> opens_story("On ", ", seeds were given"), opens_story("Pada ", " oleh Humas")
    (True, False)
    """
    return _ADVERB.fullmatch(before) is not None and count_story(behind) > 0


def _goes_on(behind: str) -> bool:
    """Whether a sentence goes on behind a date: with a story, or with more than "by Siti Aminah"."""
    if _FILED.match(behind):
        return count_story(behind) > _MOST_STORY
    return count_story(behind) > 0 or count_names(_BREAK.split(behind.lstrip(" ,)"))[0]) >= 2


def own_fragment(text: str, start: int, end: int, *, commas: bool = False) -> str:
    """Cut the part of a line around a date up to the next separators, without the date.

    >>> own_fragment("Administrator | 18 Juni 2026 | Agenda", 16, 28).strip()
    ''
    """
    breaks = _BREAK_OR_COMMA if commas else _BREAK
    return f"{breaks.split(text[:start])[-1]} {breaks.split(text[end:])[0]}"
