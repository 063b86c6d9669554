"""What the names of fields in JSON mean, whatever their language, case and joints."""

import re
from enum import IntEnum, StrEnum
from functools import lru_cache
from typing import Final

__all__ = [
    "DateRole",
    "NameRole",
    "is_agenda",
    "is_aside",
    "is_title",
    "name_role",
    "names_unknown_day",
    "news_word",
    "read_date_role",
    "split_name",
    "word_set",
]


def word_set(text: str) -> frozenset[str]:
    """Make a set of words, for tables of them."""
    return frozenset(text.split())


_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
# Compounds that are written in one word.
_COMPOUND: Final = re.compile(
    # "publication", "update", "dibuat" and "format" are one word.
    r"(?<=ed)(?=at$)|(?<=sh)(?=at$)|(?<=create)(?=at$)|(?<=[a-z])(?<!up)(?=date$)|(?<=[a-z])(?=time$|(?<!ti)on$)|(?<=^tanggal)|(?<=^tgl)|(?<=^waktu)|(?<=^judul)|(?<=^date)(?=p|c|m|u)|(?<=^pub)(?=date)"
)
_PUBLISHED: Final = word_set(
    "publish published publishing publication pub publikasi dipublikasi dipublikasikan terbit "
    "diterbitkan penerbitan tayang ditayangkan penayangan release released rilis dirilis post posted "
    "posting diposting postingan unggah diunggah upload uploaded issue issued display live muat dimuat "
    "pemuatan naik"
)
_EDITED: Final = word_set(
    "update updated updates modified modify edit edited change changed revised revisi ubah diubah "
    "perubahan perbarui diperbarui pembaruan last terakhir deleted delete dihapus expire expired "
    "expires expiry kedaluwarsa archived verified login seen sync synced"
)
_EVENT: Final = word_set(
    "event start starts end ends begin finish mulai selesai pelaksanaan acara kegiatan deadline "
    "tenggat batas berakhir berlaku until sampai birth lahir due jadwal schedule"
)
_PLANNED: Final = word_set("jadwal schedule start starts mulai")
_AMBIGUOUS: Final = word_set("live display issue post posts")
_CREATED: Final = word_set(
    "create created creation dibuat buat pembuatan input diinput insert inserted added entri entry"
)
_LETTERS: Final = word_set("surat sk dokumen nota naskah")
_PLAIN: Final = word_set("date dt tanggal tgl waktu time timestamp datetime hari")
_SMALL: Final = word_set(
    "at on in by go up pada gmt utc local iso the first original id en unix ms formatted format human "
    "indo text string berita artikel article news kabar warta content konten"
)
_TITLES: Final = word_set("title judul headline")
_NAMES: Final = word_set("name nama")
_NOT_TITLES: Final = word_set(
    "meta seo og sub category kategori author penulis user file image gambar foto site app page tag "
    "menu label og alt"
)
_NEWS: Final = re.compile(
    r"berita|news|artikel|articles?|posts?|blogs?|kabar|warta|kegiatan|pengumuman|agenda|informasi|publikasi|siaran|"
    r"announcements?|tulisan|postingan",
    re.IGNORECASE,
)
_ASIDE: Final = word_set(
    "category categories kategori tag tags user users author authors penulis admin admins pegawai "
    "pejabat staff menu menus nav navigation comment comments komentar banner banners slide slider "
    "sliders link links role roles permission permissions setting settings media file files galeri "
    "gallery partner partners layanan produk product products"
)
_SLUG_WORDS: Final = word_set("slug seo alias")
_LINK_WORDS: Final = word_set("url link permalink href tautan")
_AGENDA: Final = word_set("agenda event events jadwal acara calendar kalender schedule schedules")


class DateRole(IntEnum):
    """What a field's moment is of, the surest to be the publication first."""

    PUBLISHED = 0
    PLAIN = 1
    CREATED = 2


class NameRole(StrEnum):
    """What a field tells a post by."""

    SLUG = "slug"
    LINK = "link"
    ID = "id"


@lru_cache(maxsize=8_192)
def split_name(name: str) -> tuple[str, ...]:
    """Split a field's name into its words, lower case.

    >>> split_name("tanggal_publikasi"), split_name("firstPublishedAt"), split_name("publishedat")
    (('tanggal', 'publikasi'), ('first', 'published', 'at'), ('published', 'at'))
    """
    words = [word.lower() for word in _WORD.findall(name[:80])]
    return tuple(part for word in words for part in _COMPOUND.split(word) if part)


@lru_cache(maxsize=8_192)
def read_date_role(name: str) -> DateRole | None:
    """Tell what a field's moment is of; None for edits, events and whatever is no date's name.

    >>> read_date_role("release_date"), read_date_role("tglInput"), read_date_role("updated_at")
    (<DateRole.PUBLISHED: 0>, <DateRole.CREATED: 2>, None)
    """
    words = set(split_name(name))
    # "jadwal_tayang", "publish_start": when a post goes up is planned as well.
    planned = words & _PLANNED if words & (_PUBLISHED - _AMBIGUOUS) else frozenset()
    if not words or words & _EDITED or (words - planned) & _EVENT:
        return None
    rest = words - _SMALL - _PLAIN - planned
    if rest and rest <= _PUBLISHED and words != {"issue"}:
        return DateRole.PUBLISHED
    if rest and rest <= _CREATED:
        return DateRole.CREATED
    return DateRole.PLAIN if words & _PLAIN and not rest else None


@lru_cache(maxsize=8_192)
def names_unknown_day(name: str) -> bool:
    """Tell whether a field holds a day of which nobody knows what it is of; a letter's own is known.

    >>> names_unknown_day("tgl_siar"), names_unknown_day("tanggal_surat"), names_unknown_day("updated_at")
    (True, False, False)
    """
    words = set(split_name(name))
    known = words & (_EDITED | _EVENT | _LETTERS)
    return bool(words & _PLAIN) and not known and read_date_role(name) is None


@lru_cache(maxsize=8_192)
def is_title(name: str, *, loose: bool = False) -> bool:
    """Tell whether a field holds a headline; loosely also a mere name."""
    words = set(split_name(name))
    if words & _NOT_TITLES or len(words) > 3:
        return False
    return bool(words & _TITLES) or (loose and bool(words & _NAMES) and len(words) == 1)


@lru_cache(maxsize=8_192)
def name_role(name: str) -> NameRole | None:
    """Tell what a field tells a post by, where its name repeats what the post is called.

    >>> name_role("slug_berita"), name_role("berita_id"), name_role("slug_kategori")
    (<NameRole.SLUG: 'slug'>, <NameRole.ID: 'id'>, None)
    """
    words = set(split_name(name))
    if name == "post_name":
        # WordPress's own columns, as themes hand them to their scripts.
        return NameRole.SLUG
    rest = {word for word in words - _TITLES if not _NEWS.fullmatch(word)}
    if len(words) > 3 or not rest:
        return None
    if rest & _SLUG_WORDS and rest <= _SLUG_WORDS | _LINK_WORDS:
        return NameRole.SLUG
    return NameRole.LINK if rest <= _LINK_WORDS else NameRole.ID if rest == {"id"} else None


@lru_cache(maxsize=8_192)
def news_word(name: str) -> str:
    """Find the word for news in a field's name, as sites use it for a folder; else empty.

    >>> news_word("beritaTerbaru"), news_word("latest_posts"), news_word("kategori")
    ('berita', 'posts', '')
    """
    return next((word for word in split_name(name) if _NEWS.fullmatch(word)), "")


def is_aside(name: str) -> bool:
    """Tell whether what a field lists is named like things that are never posts."""
    return bool(set(split_name(name)) & _ASIDE) and not news_word(name)


def is_agenda(name: str) -> bool:
    """Tell whether a field lists events, whose plain dates are the days on which they take place."""
    return bool(set(split_name(name)) & _AGENDA)
