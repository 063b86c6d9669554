"""Lokomedia and what schools and districts made of it: `berita/detail/…`, pages as `berita/index/21`."""

from typing import Final

from crawler.discover.cms.program import Program
from crawler.discover.kind import EndpointKind

__all__ = ["LOKOMEDIA"]

LOKOMEDIA: Final = Program(
    "lokomedia",
    generator=r"lokomedia|bukulokomedia|swarakalibata",
    parts=("lokomedia", "Lokomedia", "swarakalibata"),
    lists=r"/(?:berita|semua-berita|berita/indeks_berita)(?:\.html)?/?",
    never=(
        r"/(?:berita|agenda|pengumuman|download|playlist|albums?)/(?:index|kategori|tag|halaman)/"
        r"|/(?:halkategori-\d|semua-(?:berita|agenda|pengumuman|download|album)\.html)|[?&]module=(?:home|hubungi|semua\w+|detailkategori|hasilcari)\b"
    ),
    read_as=EndpointKind.LISTING,
)
