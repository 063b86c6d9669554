"""Links that bear another query each night."""

from dataclasses import replace
from datetime import datetime

from tests.cases.websites.website import (
    HTML,
    WIB,
    Answer,
    Post,
    Request,
    Website,
    cards,
    night,
    page,
    pager,
    part,
)

TITLES = """Apel Pagi Gabungan,Rapat Staf Bulanan,Senam Jumat Sehat,Pengumuman Lelang Dinas
Kerja Bakti Kantor,Sosialisasi Pajak Daerah,Monitoring Harga Pasar,Donor Darah Rutin,Pelantikan Pejabat Baru
Jadwal Layanan Keliling,Pasar Murah Ramadan,Vaksinasi Hewan Ternak,Upacara Hari Pahlawan,Bimtek Arsip Digital
Lomba Kebersihan Kelurahan,Kunjungan Studi Tiru,Penyuluhan Anti Narkoba,Peresmian Taman Kota
Pemeriksaan Alat Ukur,Rembuk Warga Mawar,Panen Raya Padi,Uji Emisi Kendaraan,Festival Tari Daerah
Rapat Evaluasi Kinerja"""


class QueryChangesNightly(Website):
    """`?v=` and the night's day behind every address of the list; titles of three or four words."""

    name = "query_changes_nightly"
    titles = TITLES.replace("\n", ",").split(",")
    newest, step = datetime(2026, 11, 16, 1, 0, tzinfo=WIB), 3
    nights = night(12, 16)

    def extra(self, request: Request, posts: list[Post]) -> Answer | None:
        """Home and list with the night's addresses."""
        tonight = [replace(post, url=f"{post.url}?v={request.now:%m%d}7f3") for post in posts]
        if request.path == "/":
            return Answer(HTML, page("Dinas Contoh", "<h2>Berita</h2>" + cards(tonight[:6])))
        if request.path == "/berita":
            number = int(request.query.get("page") or 1)
            shown, last = part(tonight, number, self.per_page)
            return Answer(HTML, page("Berita", cards(shown) + pager(number, last)))
        return None
