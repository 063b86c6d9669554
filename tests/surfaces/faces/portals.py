"""Single pages as offices' portals print them: letters, events, pictures and entries of WordPress."""

from collections.abc import Iterator
from typing import Final

from tests.surfaces.faces.leaves import Leaf

__all__ = ["portal_pages"]

_H1: Final = "<h1>Warga menata taman di tepi sungai</h1>"
_TEXT: Final = (
    "<p>Peserta yang datang berasal dari sebelas RT, dan tiap rumah mengutus satu orang untuk ikut sampai acara selesai.</p>"
    "<p>Camat dalam arahannya meminta supaya kegiatan serupa dijadwalkan rutin karena manfaatnya langsung terasa oleh warga.</p>"
)
_MADE: Final = (
    '<meta property="og:type" content="article"><meta property="article:published_time" content="2025-01-05">'
)


def portal_pages() -> Iterator[Leaf]:
    """Those that were read wrongly or not at all at first sight."""
    yield from _others()
    yield from _dated()
    yield from _ended()
    yield from _entries()
    yield from _lists()


def _others() -> Iterator[Leaf]:
    for name, told in (
        ("a letter's head", "<p>Nomor : 005/88/Kec<br>Tanggal : 5 Oktober 2026<br>Perihal : Rapat koordinasi</p>"),
        ("a letter's head in cells", "<table><tr><td>Nomor</td><td>:</td><td>800/11</td></tr><tr><td>Tanggal</td><td>:</td><td>5 Oktober 2026</td></tr>"
         "<tr><td>Perihal</td><td>:</td><td>Cuti bersama</td></tr></table>"),
        ("beside a place", "<ul><li><b>Tanggal</b> 5 Oktober 2026</li><li><b>Jam</b> 09.00</li><li><b>Lokasi</b> Pendopo</li></ul>"),
        ("beside a place, in boxes", "<div><div>Tanggal</div><div>5 Oktober 2026</div></div><div><div>Lokasi</div><div>Lapangan Merdeka</div></div>"),
        ("terms in paragraphs", "<p>Pendaftaran: 1 s.d. 3 Oktober 2026</p><p>Seleksi berkas: 5 Oktober 2026</p><p>Pengumuman: 9 Oktober 2026</p>"),
        ("what is held", "<p>Technical meeting: 5 Oktober 2026</p>"),
        ("a noun's noun", "<p>Tanggal Penawaran: 5 Oktober 2026<br>Nilai HPS: Rp 200.000.000</p>"),
        ("a law's", "<p>Mengingat: Undang-Undang Nomor 23 Tahun 2014 (Lembaran Negara 2 Oktober 2014)</p>"),
        ("a film's", '<div><iframe src="https://video.example/x"></iframe><p>Live streaming 5 Oktober 2026</p></div>'),
        ("a picture's, abbreviated", "<p>Foto : Dok. Sekolah, 5 Oktober 2026</p>"),
        ("called an event's by its class", '<div class="event-date">5 Oktober 2026</div><div>Aula</div>'),
        ("numbered stages", "<p>Tahap 1: 5 Oktober 2026</p><p>Tahap 2: 9 Oktober 2026</p>"),
        ("days that head lines", "<p>5 Oktober 2026: Pembukaan<br>6 Oktober 2026: Penilaian</p>"),
        ("a picture's owner", '<div class="photo"><img src="a.jpg"><span>05.10.2026 © Humas</span></div>'),
        ("a record of it", '<div><img src="a.jpg"><div>Dokumentasi Humas 5 Oktober 2026</div></div>'),
        ("when a picture was taken", "<p>Foto diambil 5 Oktober 2026</p>"),
        ("a film's source", '<video src="a.mp4"></video><p>Video: Diskominfo, 5 Oktober 2026</p>'),
        ("headings below pictures", '<div><img src="1.jpg"><h5>5 Oktober 2026</h5></div><div><img src="2.jpg"><h5>6 Oktober 2026</h5></div>'),
        ("a service's", "<p>TMT 5 Oktober 2020</p>"),
        ("prices'", "<p>Harga per 5 Oktober 2026</p>"),
        ("a period's", "<p>Periode: 5 Oktober 2026</p>"),
        ("the last for", "<p>Registrasi paling akhir 5 Oktober 2026</p>"),
        ("points with numbers", "<p>1. Pendaftaran : 1 Oktober 2026</p><p>2. Tes tertulis : 5 Oktober 2026</p>"),
        ("an activity before a noun", "<p>Pendaftaran mulai tanggal 1 Oktober 2026</p><p>Tes tanggal 5 Oktober 2026</p>"),
        ("a law's, abbreviated", "<p>Perda No. 3 Tahun 2026 (5 Oktober 2026)</p>"),
        ("to whom a letter goes", "<p>Kepada Yth.<br>Kepala Desa<br>Tanggal 5 Oktober 2026</p>"),
        ("a deadline", "<p>Jatuh tempo pembayaran 5 Oktober 2026</p>"),
        ("asked for", "<p><b>Kapan?</b> 5 Oktober 2026</p><p><b>Di mana?</b> Lapangan</p>"),
        ("a letter's number before it", "<p>Surat Menteri Nomor 1/SE/2026 (5 Oktober 2026)</p>"),
        ("an activity", "<p>Pelaksana: Bidang Aset</p><p>Lelang: 5 Oktober 2026</p>"),
        ("points to do", "<ol><li>Unggah berkas, 5 Oktober 2026</li><li>Verifikasi, 7 Oktober 2026</li><li>Pengumuman, 9 Oktober 2026</li></ol>"),
        ("a post elsewhere", '<blockquote class="instagram-media"><p>Kiriman dibagikan oleh Humas (@humas) pada 5 Okt 2026</p></blockquote>'),
        ("a picture's source", '<div><img src="a.jpg"><p>Sumber: Dokumentasi Bagian Umum, 5 Oktober 2026</p></div>'),
        ("bare days below pictures", '<ul><li><a href="1.jpg"><img src="1.jpg"></a><span>5 Oktober 2026</span></li><li><a href="2.jpg"><img src="2.jpg"></a>'
         "<span>6 Oktober 2026</span></li></ul>"),
        ("an illustration's", "<div>ILUSTRASI. Petugas memeriksa jentik nyamuk. ANTARA/Rizky (5/10/2026)</div>"),
        ("pictures in boxes", '<div><div><img src="a.jpg"><div>Dokumentasi 5 Oktober 2026</div></div><div><img src="b.jpg"><div>Dokumentasi 6 Oktober 2026'
         "</div></div></div>"),
        ("pictures in a row of cells", '<table><tr><td><img src="a.jpg"></td><td><img src="b.jpg"></td></tr><tr><td>Sebelum, 3 Agustus 2026</td><td>Sesudah, '
         "5 Oktober 2026</td></tr></table>"),
    ):  # fmt: skip
        yield Leaf(f"portal: {name}", f"{_H1}{told}{_TEXT}", path="/pengumuman/warga-menata-taman-kota")


def _dated() -> Iterator[Leaf]:
    for name, body in (
        ("above a letter's head", f"{_H1}<p>8 Oktober 2026 &bull; Sekretariat</p><p>Nomor : 005/88<br>Tanggal : 5 Oktober 2026<br>Perihal : Rapat</p>{_TEXT}"),
        ("a noun beside an author and a place", f"{_H1}<p>Tanggal : 8 Oktober 2026 | Penulis : Admin</p><p>Tempat : Aula</p>{_TEXT}"),
        ("a noun of uploading", f"{_H1}<p>Tanggal naik: 8 Oktober 2026</p>{_TEXT}"),
        ("a class for news of events", f'{_H1}<div class="news-date event-news">8 Oktober 2026</div>{_TEXT}'),
        ("an office that documents, below a picture", f'{_H1}<img src="a.jpg"><p>Bagian Dokumentasi | 8 Oktober 2026</p>{_TEXT}'),
        ("behind the kind of news", f"{_H1}<p>Kabar terkini: 8 Oktober 2026</p>{_TEXT}"),
        ("behind an office's name", f"{_H1}<p>Diskominfo: 8 Oktober 2026</p>{_TEXT}"),
        ("behind who took the picture", f"{_H1}<p><b>Reporter</b>: Rina | <b>Foto</b>: Adi | 8 Oktober 2026</p>{_TEXT}"),
        ("above a picture's one word", f'{_H1}<p>Penulis: Rina | 8/10/2026 - 10:15 WITA</p><img src="x.jpg"><small>Rapat 7/10/2026</small>{_TEXT}'),
        ("an author's box beside a picture", f'{_H1}<div><div><img src="a.jpg"><div>Rina 8 Oktober 2026</div></div><div><img src="b.jpg"></div></div>{_TEXT}'),
        ("below a logo for the printer", f'<article><div><div><img src="logo.png"></div><div><small>8 Oktober 2026</small>{_H1}</div></div>'
         f'{_TEXT}<div><img src="b.jpg"><a href="/berita/posyandu-balita-pindah">Posyandu balita pindah ke balai RW sejak 2025</a></div></article>'),
        ("with its seconds", f"<p>08.10.2026 7:38:01 WITA | Bacaan 3 menit</p>{_H1}{_TEXT}"),
        ("in a layout of cells", f'<table><tr><td>{_H1}<abbr title="2026-10-08T10:00:00+08:00">8 Okt</abbr>{_TEXT}</td><td><table><tr><td>Hari ini</td><td>35</td>'
         "</tr><tr><td>Kemarin</td><td>80</td></tr></table><table><tr><td>15 November 2026</td></tr><tr><td><a href='/b/9'>Posyandu Balita</a></td></tr></table>"
         "</td></tr></table>"),
    ):  # fmt: skip
        yield Leaf(f"portal day: {name}", body, "2026-10-08", path="/pengumuman/warga-menata-taman-kota")
    yield Leaf(
        "portal day: a number behind the folders of its day",
        f"<div>8 Oktober 2026</div>{_H1}{_TEXT}",
        "2026-10-08",
        path="/archives/2026/10/08/4412",
    )


def _ended() -> Iterator[Leaf]:
    yield Leaf(
        "portal day: it ends the address in figures",
        f"{_H1}{_TEXT}",
        "2026-10-08",
        path="/b/warga-menata-taman-kota/2026-10-08",
        head='<meta itemprop="datePublished" content="2026-10-08T08:00:00+0700">',
    )


def _entries() -> Iterator[Leaf]:
    for kind, day in (("page", None), ("guru", None), ("post", "2025-01-05")):
        entry = f'<article id="post-31" class="post-31 {kind} type-{kind} status-publish hentry">'
        yield Leaf(
            f"portal: an entry of type {kind}, and nothing on the body",
            f"{entry}{_H1}{_TEXT}</article>",
            day,
            head=_MADE,
            path="/warga-menata-taman/",
        )


def _lists() -> Iterator[Leaf]:
    posts = (
        ("voli", "Turnamen voli antarkampung", 9),
        ("pala", "Bantuan bibit pala tiba", 8),
        ("kader", "Kader posyandu ikut penyegaran", 6),
    )
    for name, told, known in (
        ("an album's pictures are counted", "Diunggah {} Oktober 2026 | 12 foto", True),
        ("a byline names who took the picture", "{} Oktober 2026 &middot; Reporter: Rina &middot; Foto: Adi", True),
        ("a noun beside a place", "<p>Tanggal: {} Oktober 2026</p><p>Jam: 08.00</p><p>Tempat: Aula</p>", False),
        ("a picture's own day", "Foto: Adi, {} Oktober 2026", False),
    ):  # fmt: skip
        yield Leaf(
            f"portal list: {name}",
            "".join(
                f'<div><a href="/berita/{slug}">{title}</a><div>{told.format(day)}</div></div>'
                for slug, title, day in posts
            ),
            items={slug: f"2026-10-0{day}" if known else None for slug, _, day in posts},
        )
