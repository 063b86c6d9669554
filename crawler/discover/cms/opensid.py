"""OpenSID, which villages run: a feed of everything, an archive of all titles, dated addresses."""

from typing import Final

from crawler.discover.cms.program import Program

__all__ = ["OPENSID"]

OPENSID: Final = Program(
    "opensid",
    generator=r"opensid",
    parts=("github.com/OpenSID", "opensid_logo", "OpenSID,opensid"),
    feeds=("feed",),
    part_feeds=("feed",),
    maps=("/sitemap",),
    lists=r"/(?:index\.php/)?arsip/?",
    never=(
        r"^/(?:index\.php/)?(?:index|first)/\d+(?:\?|$)|^/(?:index\.php/)?arsip/?(?:\?|$)"
        r"|^/(?:index\.php/)?(?:artikel/kategori|data-(?:statistik|wilayah|kelompok|dpt|analisis)|"
        r"peraturan-desa|status-idm|status-sdgs|layanan-mandiri|siteman)(?:/|\?|$)"
        r"|^/(?:index\.php/)?first/(?:statistik|wilayah|dpt|peraturan_desa|gallery|kategori|arsip)(?:/|\?|$)"
    ),
)
