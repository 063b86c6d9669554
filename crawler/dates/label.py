"""The words in front of a date that say which date it is."""

import re
from enum import StrEnum
from typing import Final

__all__ = ["Label", "read_label"]


class Label(StrEnum):
    """What a date is said to be the date of."""

    NONE = "none"
    PUBLISHED = "published"
    MODIFIED = "modified"
    OTHER = "other"


_PATTERNS: Final = (
    (
        Label.MODIFIED,
        # "Disunting oleh Siti | 5 Maret", "Disunting: Siti | 5 Maret" name a person and then the post's day.
        r"(?:disunting|diedit|edited|reviewed|revised|checked|verified)\s(?:oleh|by)(?=\s(?:(?!\s-\s)[^|•·\u2013\u2014\n])*$)"
        r"|diperba(?:ha)?ru?h?i|di-?update|di-?perbaiki|(?:disunting|diedit)(?!\s(?:oleh|by)|\s?:\s?[^\W\d_][^|•·\u2013\u2014\n\d]*(?:[|•·\u2013\u2014]|\s-\s))|diubah|perubahan|pemba(?:ha)?ruan"
        r"|pemutakhiran|dimutakhirkan|dimodifikasi|direvisi|revisi|suntingan(?!\s?:\s?[^\W\d_][^|•·\u2013\u2014\n\d]*(?:[|•·\u2013\u2014]|\s-\s))"
        r"|terakhir(?!\s+tayang)|updated?|modified|modification"
        r"|(?:edited|revised|reviewed|fact[- ]checked|checked|verified)(?!\sby)"
        r"|last\s+\w+ed|current\s+as\s+of"
        # Themes of Hexo and VuePress are Chinese where nobody translates them.
        r"|(?:最近|最后|最後|上次)?(?:更新|修改|编辑|編輯)(?:于|於|时间|時間|日期)?",
    ),
    (
        Label.OTHER,
        r"hari\s?(?:[/,&]|dan)?\s?(?:tanggal|tgl)|waktu(?:\s?(?:dan|&|/)\s?tempat)?(?=\s?:)|berlaku|batas|jatuh\s+tempo|kapan(?=\W*$)|tmt(?=\W*$)|periode(?=\s?:)|masa(?=\s?:)|paling\s+akhir|paling\s+lambat|deadline|expire[sd]?|berakhir|hingga|sampai|s\.?/?d\.?|sejak|lahir|wafat"
        # "Petugas mulai diterjunkan" is a title's.
        r"|mulai(?=\W*(?:(?:pada|hari|tanggal|tgl|pukul|jam)\W+){0,3}$)"
        r"|pelaksanaan|jadwal|waktu\s+kegiatan|tanggal\s+kegiatan|event\s+date|starts?|ends?|until|due"
        # A letter's day is not that of its upload either.
        r"|(?:tanggal|tgl\.?|tertanggal)\s+(?:surat|dokumen|sk|nota|naskah|data|lahir|kejadian|sidang|rapat|putusan|permohonan)"
        # What a person's or an office's page tells: "Dilantik: 3 Maret 2025". A title's word has no colon.
        r"|(?:dilantik|diangkat|dikukuhkan|didirikan|berdiri|dibentuk|diresmikan|menjabat|pensiun|akreditasi|tmt)(?=\s?:)"
        # A letter's signature, and what opens or begins on a day: "Pendaftaran dibuka 5 Mei". Close and small
        # only, for a title's "Dibuka" stands before the post's own day.
        r"|(?:dikeluarkan|ditandatangani)\s+di(?![^\W_])"
        r"|(?:(?-i:dibuka|ditutup|dimulai|digelar|dilaksanakan|diselenggarakan|berlangsung|diluncurkan)"
        # What opens a line is no title's.
        r"|\A\W*(?:dibuka|ditutup|dimulai|digelar|dilaksanakan|diselenggarakan|berlangsung|diluncurkan))"
        r"(?=\W*(?:(?:pada|hari|tanggal|tgl|mulai)\W+){0,3}$)"
        # An event's other end: "Mulai: 5 Mei, Selesai: 6 Mei". A story's "selesai 5 Mei" has no colon.
        r"|(?:selesai|akhir)(?=\s*:)|(?:tanggal|tgl\.?)\s+(?:selesai|akhir|acara)"
        # A law's days are not the day on which it was put on the site.
        r"|penetapan|ditetapkan|pengundangan|diundangkan|pengesahan|disahkan|enacted|promulgated"
        # A reader's copy, and what figures are of: "Per 19 Mei 2026".
        r"|dicetak|printed|(?:data|posisi|keadaan)\sper|per(?=\s*(?:tanggal\s*)?$)"
        r"|since|effective|joined|born|archived|retrieved|accessed|diakses|copyright|©|versi|version|rilis\s+v"
        # What a picture, a programme or a thing on sale says of itself.
        r"|(?:foto|photo(?:graph)?|gambar|image|ilustrasi|dok(?:umentasi|\.)?|courtesy|siaran|broadcast|aired|disiarkan)\s?(?:by|oleh|on|pada)?\s?:"
        # "Tayang di TVRI", "Disiarkan melalui RRI": the programme's hour.
        r"|(?:di)?siark?an\s+(?:langsung|di|oleh|melalui|lewat)|(?:di)?tayang(?:kan|an)?\s+(?:di|melalui|lewat)"
        r"|(?:live(?:\s?-?streaming)?|streaming|siaran\s+langsung)(?=\W*(?:(?:pada|hari|tanggal|tgl)\W+){0,3}$)"
        r"|(?:jam|jadwal)\s+(?:tayang|siar(?:an)?)|(?:(?:di)?tayang(?:kan|an)?|(?:di)?siark?an|(?:di)?putar)\s+ulang"
        r"|(?:di)?tayang(?:kan|an)?(?=\s?:?\s[^|\n:]{0,24}\b(?:TV|TVRI|RRI|radio|FM|youtube)\b)"
        # "Foto diambil 19 Mei 2026".
        r"|(?:diambil|dipotret|direkam)(?=\W*(?:(?:pada|hari|tanggal|tgl)\W+){0,3}$)"
        r"|release\s+dates?",
    ),
    (
        Label.PUBLISHED,
        r"di\s?-?publi[sk]h?(?:asi)?(?:kan)?|dipublish|publikasi|di\s?-?terbit(?:kan)?|terbit|di\s?-?post(?:ing|kan)?|diposkan"
        r"|posting(?:an)?|posted|tayang|ditayangkan|ditulis|dibuat|dirilis|rilis|diunggah|unggah(?!\s(?:berkas|dokumen|file|data)(?![^\W_]))|dimuat|released?"
        r"|publish(?:ed)?|publication|written|created|first\s+published|originally|filed|upload(?:ed)?"
        r"|(?:发布|發布|發佈|发表|發表|创建|建立|撰写|撰寫)(?:于|於|时间|時間|日期)?"
        # "Pada tanggal 5 Maret telah dilaksanakan" and "Edaran Nomor 800/12 tanggal 5 Maret" tell a story,
        # "Tanggal: 5 Maret" labels, and so does what opens a line.
        r"|(?<!pada\s)(?:date|tanggal|tgl)(?=\W*$)(?!(?:(?<=[\w),]\s(?-i:tanggal))|(?<=[\w),]\s(?-i:tgl)))\s*$)",
    ),
)
_LABEL: Final = re.compile(
    "|".join(rf"(?P<{label.value}>(?<![^\W_])(?:{pattern})(?![^\W_]))" for label, pattern in _PATTERNS),
    re.IGNORECASE,
)
_REACH: Final = 60
_TOOK: Final = re.compile(r"(?:foto|photo)\w*\s?:\s?[^\W\d_][^|•·\n\d:]{1,30}[|•·]\s*", re.IGNORECASE)
_WROTE: Final = re.compile(
    r"(?<![^\W_])(?:reporter|penulis|pewarta|editor|teks|naskah|author)\s?:", re.IGNORECASE
)
# A label does not reach over another date's digits or the end of a sentence.
_BARRIER: Final = re.compile(r"\d{4}|(?<!\bdok)(?<!\bDok)[.!?]\s+(?=[A-Z])|\n")


def read_label(before: str) -> Label:
    """Tell what the words right in front of a date make it; the nearest one decides.

    >>> read_label("Ditulis oleh admin, terakhir diperbarui pada ")
    <Label.MODIFIED: 'modified'>
    """
    near = before[-_REACH:]
    if len(near) < 3 or near.isspace():
        return Label.NONE
    barriers = [barrier.end() for barrier in _BARRIER.finditer(near)]
    found_labels = list(_LABEL.finditer(near, barriers[-1] if barriers else 0))
    if not found_labels:
        return Label.NONE
    last = found_labels[-1]
    found = Label(last.lastgroup or Label.NONE)
    if found is Label.OTHER and _TOOK.fullmatch(near[last.start() :]) and _WROTE.search(near[: last.start()]):
        # "Reporter: Rina | Foto: Adi | 21 Oktober 2026": the post's byline names who took its picture.
        return Label.NONE
    # "Last updated date:" ends in a neutral noun; the verb in front of it decides.
    if found is Label.PUBLISHED and last[0].lower() in {"date", "tanggal", "tgl"}:
        earlier = read_label(before[: -len(last.string) + last.start()])
        return found if earlier is Label.NONE else earlier
    return found
