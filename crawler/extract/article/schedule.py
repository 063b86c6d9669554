"""Days that stand for what happens on them: a schedule's, and those of boxes for rates and prayers."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from crawler.dates.label import Label
from crawler.extract.article.clause import count_names, count_story, tells_about
from crawler.extract.article.sight import DaySight, Scene

__all__ = ["BY_WHOM", "find_scheduled", "find_widgets", "is_detail", "is_scheduled"]

_A_DAY: Final = timedelta(days=1)
_LONGEST_CELL: Final = 120
_CELLS: Final = frozenset({"td", "th"})
# "Pengumuman: 5 Mei 2026", beside "Pendaftaran: 1 s.d. 3 Mei 2026".
_TERM: Final = re.compile(r"[^\W\d][^:\d]{2,40}:\s")
# "Tahap 2: 30 April 2026".
_NUMBERED: Final = re.compile(r"[^\W\d](?:[^:\d]|(?<!\d)\d{1,2}(?!\d)){2,40}:\s")
# "Nomor : 005/412", "Perihal : Undangan rapat" beside "Tanggal : 5 Oktober 2026": a letter's head.
# What a site says of a post beside its day may be called so, too, but not without who wrote it.
_OF_LETTER: Final = re.compile(
    r"\W*(?:nomor(?:\ssurat)?|no\.?\ssurat|perihal|hal|sifat|klasifikasi)(?:\s?:|\s*$)|\W*kepada\s(?:yth|yang\sterhormat)",
    re.IGNORECASE,
)
# "Tempat : Aula", "Lokasi Pendopo" beside "Tanggal 22 Oktober 2026": an event's.
_OF_EVENT: Final = re.compile(
    r"\W*(?:tempat|lokasi|venue|acara|nama\skegiatan|peserta|penyelenggara|narasumber|kuota|biaya)(?:\s?:|\s(?-i:(?=[^\W\d_a-z]))|\s*$)",
    re.IGNORECASE,
)
# An author's trade says whose the post is.
BY_WHOM: Final = re.compile(
    r"(?<![^\W_])(?:reporter|pewarta|wartawan|redaktur|redaksi|penyunting|kontributor|fotografer|teks|naskah|laporan|humas)"
    r"(?![^\W_])",
    re.IGNORECASE,
)
# "Tanggal penawaran: …" is of what is announced; "Tanggal muat: …" of the post.
_NOUN_OF: Final = re.compile(
    r"(?<![^\W_])(?:tanggal|tgl\.?)\s(?!(?:di)?(?:muat|naik|input|entr[iy]|pasang|unggah|upload|masuk|pos)(?![^\W_]))"
    r"([^\W\d_][^:\d|]{2,30}):\s?$",
    re.IGNORECASE,
)
# "Kabar terkini: …", "Seputar desa: …" head a post's own line.
_OWN: Final = re.compile(
    r"\W*(?:kabar|berita|info\w*|warta|artikel|rubrik|seputar|update|terkini|terbaru|sekilas|kategori)(?![^\W_])",
    re.IGNORECASE,
)
_POINT: Final = re.compile(r"\A\W*+(?:\d{1,2}|[a-z])[.)]\s", re.IGNORECASE)
_NOUN: Final = re.compile(r"(?<![^\W_])(?:tanggal|tgl)(?![^\W_])", re.IGNORECASE)
_ACTIVITY: Final = re.compile(
    r"\W*(?:lelang|rapat|seleksi|ujian|tes|pendaftaran|wawancara|verifikasi|pelantikan|pembukaan|penutupan|aanwijzing"
    r"|sidang|lomba|penjurian|bazar|upacara|reses|pelatihan)(?:\s[a-z]+){0,2}"
    r"(?:\s?:|\s(?:(?:pada|hari|tanggal|tgl\.?)\s){0,2}(?:tanggal|tgl\.?)\s?:?)\s?",
    re.IGNORECASE,
)
_BESIDE: Final = 3
_LONGEST_BESIDE: Final = 100


def is_scheduled(scene: Scene, sight: DaySight) -> bool:
    """Tell whether a day names what happens on it: "Kamis, 23 April 2026: Seleksi berkas".

    "10/12/2023 7:38:01 PM | 3 minute read" goes on with its seconds.
    """
    behind = scene.outline.lines[sight.number].text.partition(sight.shown or "\n")[2].strip()
    return behind.startswith(":") and not behind[1:2].isdigit() and count_names(behind) > 0


def find_scheduled(scene: Scene, sights: Sequence[DaySight]) -> set[DaySight]:
    """Find the days of a table that tells one in each of several rows, or of a list of terms: an event's."""
    outline = scene.outline
    rows: dict[tuple[int, int], dict[int, DaySight]] = {}
    for sight in sights:
        above = list(outline.ancestors(sight.index))
        cell = next((i for i in above if outline.tags[i] in _CELLS), None)
        table = next((i for i in above if outline.tags[i] == "table"), None)
        if cell is None or table is None or sight.label is not Label.NONE or not sight.alone:
            continue
        if len(outline.text_of(cell)) > _LONGEST_CELL:
            # Old pages lay the whole story in a cell, and the day in the one above.
            continue
        row = outline.parents[cell]
        if outline.tags[cell] == "th":
            # What stands over columns: prices of one day, and of the next.
            rows.setdefault((row, -1), {})[cell] = sight
            continue
        place = sum(outline.tags[i] == "td" and outline.parents[i] == row for i in range(row, cell))
        rows.setdefault((table, place), {})[row] = sight
    listed = {
        sight for sight in sights if sight.label is Label.NONE and not sight.about and _is_term(scene, sight)
    }
    for told in (_is_line_of_term, _heads_line):
        terms = [sight for sight in sights if told(scene, sight)]
        if len({sight.reading.day(scene.setting.zone) for sight in terms}) > 1:
            listed.update(terms)
    listed.update(
        sight for sight in sights if sight.label is Label.NONE and _is_of_term(_before(scene, sight))
    )
    return listed | {
        sight
        for column in rows.values()
        for sight in column.values()
        if len({each.reading.day(scene.setting.zone) for each in column.values()}) > 1
    }


def find_widgets(scene: Scene, sights: Sequence[DaySight]) -> set[DaySight]:
    """Find today's day above the heading where several boxes tell it, or one goes on: "Kurs 27 Mei: …"."""
    setting = scene.setting
    today = setting.now.astimezone(setting.zone).date()
    above = [
        sight
        for sight in sights
        if scene.start is not None
        and sight.number < scene.start
        and (sight.label is Label.OTHER or (sight.names and not sight.about))
        and abs(sight.reading.day(setting.zone) - today) <= _A_DAY
    ]
    often = Counter(sight.reading.day(setting.zone) for sight in above)
    return {
        sight for sight in above if often[sight.reading.day(setting.zone)] > 1 or is_scheduled(scene, sight)
    }


def is_detail(scene: Scene, sight: DaySight) -> bool:
    """Tell whether "Tanggal : …" is one of the lines of a letter's head, or of what tells where to come."""
    lines = scene.outline.lines[max(0, sight.number - _BESIDE) : sight.number + _BESIDE + 1]
    return any(
        len(line.text) <= _LONGEST_BESIDE and (_OF_LETTER.match(line.text) or _OF_EVENT.match(line.text))
        for line in lines
    )


def _is_of_term(before: str) -> bool:
    """Whether a line calls its day that of something: "Technical meeting: …", "Tanggal penawaran: …".

    >>> _is_of_term("Technical meeting: "), _is_of_term("Diskominfo: "), _is_of_term("Tanggal muat: ")
    (True, False, False)
    """
    if BY_WHOM.search(before) or tells_about(before):
        return False
    if _ACTIVITY.fullmatch(before):
        return True
    if _NOUN.search(before):
        noun = _NOUN_OF.search(before)
        return noun is not None and count_names(noun[1]) > 0
    if _OWN.match(before):
        return False
    # An office's name is written large.
    titled = _TERM.fullmatch(before) is not None or _TERM.fullmatch(before + " ") is not None
    return titled and count_story(before) > 0


def _before(scene: Scene, sight: DaySight) -> str:
    """What stands before a day in its line, the number of a point left out."""
    if not sight.shown:
        return ""
    return _POINT.sub("", scene.outline.lines[sight.number].text.partition(sight.shown)[0], count=1)


def _is_line_of_term(scene: Scene, sight: DaySight) -> bool:
    """Tell whether nothing but a name and a colon stands before a day in its line below the heading."""
    if sight.label is not Label.NONE or sight.about or not sight.shown or sight.number <= (scene.start or 0):
        return False
    before = _before(scene, sight)
    return _NUMBERED.fullmatch(before) is not None and BY_WHOM.search(before) is None


def _heads_line(scene: Scene, sight: DaySight) -> bool:
    """Tell whether a day below the heading opens its line and names what is behind a colon."""
    below = sight.number > (scene.start or 0) and not _before(scene, sight).strip()
    return below and sight.label is Label.NONE and not sight.about and is_scheduled(scene, sight)


def _is_term(scene: Scene, sight: DaySight) -> bool:
    """Tell whether a point of a list names what a day is of, and another point does the same for its own."""
    outline = scene.outline
    point = next((i for i in outline.ancestors(sight.index) if outline.tags[i] == "li"), None)
    if point is None or not _TERM.match(outline.text_of(point)):
        return False
    dated = (outline.lines[number].first for number in outline.dated)
    inside = range(outline.parents[point], outline.ends[outline.parents[point]])
    others = (next((i for i in outline.ancestors(first) if outline.tags[i] == "li"), -1) for first in dated)
    return any(i in inside and i != point and _TERM.match(outline.text_of(i)) for i in others)
