"""CMS Sekolahku, which schools run: `read/12/…`, later pages by POST only, month archives, a feed of ten."""

from typing import Final

from crawler.discover.cms.program import Program

__all__ = ["SEKOLAHKU"]

SEKOLAHKU: Final = Program(
    "sekolahku",
    generator=r"cms sekolahku|sekolahku",
    parts=("CMS Sekolahku", "sekolahku.web.id"),
    feeds=("feed",),
    part_feeds=("feed",),
    lists=r"/kategori/(?:berita|kabar)[\w-]*/?",
    never=r"^/arsip/(?:19|20)\d\d(?:/\d\d)?/?(?:\?|$)|^/(?:kategori|galeri-(?:foto|video)|hubungi-kami)(?:/|\?|$)",
)
