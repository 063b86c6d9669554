"""Titles and paragraphs of a small city's news, drawn by chance."""

from random import Random

__all__ = ["draw_caption", "draw_gambling_title", "draw_greeting", "draw_paragraphs", "draw_title", "slugify"]

_ACTS = (
    "Gelar", "Laksanakan", "Hadiri", "Buka", "Tinjau", "Sosialisasikan", "Evaluasi", "Luncurkan",
    "Perkuat", "Siapkan", "Dampingi", "Ajak Warga Ikuti",
)  # fmt: skip
_MATTERS = (
    "Kerja Bakti Massal", "Pelayanan Jemput Bola", "Bimbingan Teknis Arsip", "Rapat Koordinasi Triwulan",
    "Posyandu Balita", "Musyawarah Pembangunan", "Penyaluran Bantuan Pangan", "Lomba Kebersihan Lingkungan",
    "Pelatihan Kader", "Vaksinasi Hewan Peliharaan", "Pasar Murah", "Forum Konsultasi Publik",
    "Pendataan Rumah Tidak Layak Huni", "Gotong Royong Saluran Air", "Simulasi Tanggap Bencana",
    "Penataan Pedagang", "Senam Sehat Bersama", "Survei Kepuasan Masyarakat", "Bank Sampah",
    "Pembinaan Karang Taruna", "Penanaman Pohon", "Monitoring Kawasan Pesisir",
)  # fmt: skip
_PLACES = (
    "Balai Warga", "Aula Kantor", "Lapangan Merdeka", "RT 03", "RW 07", "Pasar Induk", "Taman Kota",
    "Dermaga Utama", "Gedung Serbaguna", "Jalan Cempaka", "SD Negeri 2", "Puskesmas Induk",
)  # fmt: skip
_SENTENCES = (
    "Kegiatan ini diikuti oleh puluhan peserta dari berbagai unsur masyarakat.",
    "Kepala kantor menyampaikan terima kasih kepada seluruh pihak yang terlibat.",
    "Warga berharap layanan seperti ini terus berlanjut dan menjangkau lebih banyak orang.",
    "Petugas juga membagikan brosur berisi alur layanan dan persyaratannya.",
    "Acara berjalan tertib, lancar, dan penuh semangat kebersamaan.",
    "Hasil pertemuan akan ditindaklanjuti bersama perangkat daerah terkait.",
    "Masyarakat dapat menyampaikan masukan melalui kanal pengaduan yang tersedia.",
    "Program ini merupakan bagian dari upaya peningkatan mutu pelayanan publik.",
    "Seluruh biaya layanan ini gratis dan tidak dipungut imbalan apa pun.",
    "Anggaran kegiatan bersumber dari APBD Tahun 2026 sebesar Rp 12.500.000.",
)
_GAMBLING = (
    "Situs Slot Gacor Maxwin Hari Ini", "Bocoran RTP Slot Pragmatic Play Terbaru",
    "Daftar Bandar Togel Online Terpercaya", "Mahjong Ways Scatter Hitam Gampang Maxwin",
    "Slot88 Link Alternatif Situs Judi Resmi", "Slot Dana Gacor Deposit Receh",
)  # fmt: skip
_OCCASIONS = (
    "Selamat Hari Raya Idul Fitri", "Selamat Tahun Baru Imlek", "Selamat Hari Raya Nyepi",
    "Dirgahayu Provinsi Tercinta", "Selamat Hari Kartini", "Selamat Hari Pendidikan Nasional",
    "Selamat Menunaikan Ibadah Puasa", "Selamat Hari Lahir Pancasila", "Selamat Hari Buruh Internasional",
    "Turut Berduka Cita atas Wafatnya Tokoh Masyarakat", "Selamat Hari Bumi",
    "Selamat Hari Kebangkitan Nasional",
)  # fmt: skip


def draw_title(random: Random, office: str) -> str:
    """One headline."""
    return f"{office} {random.choice(_ACTS)} {random.choice(_MATTERS)} di {random.choice(_PLACES)}"


def draw_caption(random: Random, office: str) -> str:
    """One caption for social media, now and then with a mention, which Meta strips of its sign."""
    mention = random.choice(("", "", " bersama @pemkot_tanjungselaras"))
    return f"{draw_title(random, office)}{mention}. {random.choice(_SENTENCES)} #TanjungSelaras"


def draw_gambling_title(random: Random) -> str:
    """One headline of injected gambling spam."""
    return random.choice(_GAMBLING)


def draw_greeting(random: Random, office: str) -> str:
    """One card of good wishes, with nothing to report."""
    return f"Keluarga Besar {office} mengucapkan {random.choice(_OCCASIONS)}. #TanjungSelaras"


def draw_paragraphs(seed: str) -> tuple[str, ...]:
    """Two to four paragraphs, always the same for the same seed."""
    random = Random(seed)  # noqa: S311 - a play, not a secret
    return tuple(" ".join(random.sample(_SENTENCES, 3)) for _ in range(random.randint(2, 4)))


def slugify(title: str) -> str:
    """The title as an address.

    >>> slugify("RT 03: Posyandu, Balita")
    'rt-03-posyandu-balita'
    """
    kept = "".join(letter if letter.isalnum() else " " for letter in title.lower())
    return "-".join(kept.split())
