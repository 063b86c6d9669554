"""What offices write: titles, and first sentences that name days other than the publication's."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from tests.awkward.days import MONTHS, WEEKDAYS, full, slashed

__all__ = [
    "CITY",
    "event_title",
    "excerpt",
    "formulaic_title",
    "letter",
    "paragraphs",
    "plain_title",
    "weekly_title",
]

CITY = "Kota Seruni"
_ACTS = (
    "Sosialisasi",
    "Pelatihan",
    "Monitoring",
    "Penyaluran",
    "Peninjauan",
    "Pembinaan",
    "Evaluasi",
    "Simulasi",
    "Pendampingan",
    "Peresmian",
    "Musyawarah",
    "Penyuluhan",
    "Pemeriksaan",
    "Lomba",
    "Pengukuhan",
    "Bimbingan Teknis",
    "Rapat Koordinasi",
    "Kunjungan Kerja",
    "Gerakan",
    "Pendataan",
    "Penertiban",
    "Perbaikan",
    "Penanaman",
    "Pameran",
)
_THINGS = (
    "Bantuan Benih Padi",
    "Pengolahan Sampah Organik",
    "Layanan Kependudukan Keliling",
    "Kader Posyandu Lansia",
    "Keluarga Tangguh Bencana",
    "Pasar Tani Mingguan",
    "Saluran Irigasi Tersier",
    "Perpustakaan Sekolah Dasar",
    "Usaha Kecil Kuliner",
    "Pencegahan Demam Berdarah",
    "Koperasi Nelayan Pesisir",
    "Retribusi Parkir Tepi Jalan",
    "Penerangan Jalan Lingkungan",
    "Kampung Ramah Anak",
    "Rumah Layak Huni",
    "Arsip Surat Desa",
    "Kesehatan Hewan Ternak",
    "Pembayaran Pajak Bumi Bangunan",
    "Taman Bacaan Warga",
    "Pengelolaan Dana Kelurahan",
    "Pengawasan Pangan Jajanan",
    "Sanggar Tari Remaja",
    "Guru Mengaji Teladan",
    "Bank Sampah Induk",
    "Jembatan Gantung Warga",
    "Pompa Air Sawah",
)
_PLACES = (
    "di Kelurahan Kenanga",
    "bersama Warga Bukit Lama",
    "di Aula Kecamatan",
    "untuk Ibu Rumah Tangga",
    "di Pasar Baru",
    "bagi Pelajar",
    "di Dusun Sidomulyo",
    "se-Kecamatan Timur",
    "di Pesisir Utara",
    "bagi Perangkat Kelurahan",
    "di Balai Warga",
    "tahap Kedua",
    "di Lapangan Kota",
    "bersama Karang Taruna",
    "di Tujuh Titik",
    "untuk Kelompok Tani",
    "di Gedung Serbaguna",
    "Diikuti Ratusan Peserta",
    "Berjalan Lancar",
    "Dimulai Pekan Ini",
)
_INVITATIONS = (
    "Undangan",
    "Jadwal",
    "Pengumuman",
    "Agenda",
    "Pelaksanaan",
)
# The city's and the like, who open something every week.
_FORMULAS = ("Wali Kota Buka", "Camat Pimpin Apel dan Buka", "Sekda Hadiri", "Kepala Dinas Lantik Panitia")


def plain_title(source: Random) -> str:
    """A title that names no day."""
    return f"{source.choice(_ACTS)} {source.choice(_THINGS)} {source.choice(_PLACES)}"


def weekly_title(source: Random) -> str:
    """A title that an office uses week after week."""
    return source.choice(
        (
            "Apel Pagi Aparatur di Halaman Kantor",
            "Senam Jumat Bersama Seluruh Pegawai",
            "Laporan Kegiatan Mingguan Pelayanan",
        )
    )


def formulaic_title(source: Random) -> str:
    """A title that differs from others of the office in a word or two."""
    return f"{source.choice(_FORMULAS[:2])} {source.choice(_ACTS)} {source.choice(_THINGS)}"


def event_title(source: Random, day: date) -> str:
    """A title that names the day of an event 0 to 24 days after the post."""
    event = day + timedelta(days=source.choice((0, 1, 2, 3, 5, 8, 13, 24)))
    thing = source.choice(_THINGS)
    return source.choice(
        (
            f"{source.choice(_INVITATIONS)} {source.choice(_ACTS)} {thing} {full(event)}",
            f"{source.choice(_INVITATIONS)} {thing} {WEEKDAYS[event.weekday()]}, {full(event)}",
            f"{source.choice(_ACTS)} {thing} ({slashed(event)})",
            f"{source.choice(_ACTS)} {thing} {event.day}-{full(event + timedelta(days=1))}",
            f"{source.choice(_INVITATIONS)} {thing} Bulan {MONTHS[event.month - 1]} {event.year}",
        )
    )


def _weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def _month(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


_REPORTS: tuple[Callable[[date, str], str], ...] = (
    lambda d, t: f"{CITY.upper()} – {_weekday(d)} ({slashed(d)}), {t} dihadiri lurah dan tokoh masyarakat",
    lambda d, t: f"{CITY}, {full(d)} - {t} mendapat sambutan baik dari para peserta yang hadir sejak pagi",
    lambda d, t: f"{CITY}, Humas – {t} resmi dibuka, {_weekday(d)} ({d.day}/{d.month}) di halaman kantor",
    lambda d, t: f"Pada hari {_weekday(d)} tanggal {full(d)} telah dilaksanakan {t} di balai pertemuan",
    lambda d, t: f"{_weekday(d)}, {full(d)}. Bertempat di aula lantai dua, {t} diikuti utusan tiap kelurahan",
    lambda d, t: f"“Kami berterima kasih,” kata kepala dinas saat {t}, {_weekday(d)} siang ({slashed(d)})",
    lambda d, t: f"Suasana {t}. (Foto: dok. Humas, {slashed(d)}) Kegiatan ditutup dengan doa bersama",
    lambda d, t: f"Sesuai Undang-Undang Nomor 14 Tahun 2008, {t} diselenggarakan {_range(d)} di kantor",
    lambda d, t: f"Berdasarkan data per {full(d)}, {t} telah menjangkau separuh warga di wilayah ini",
    lambda d, t: f"({full(d)}) {t} digelar untuk menindaklanjuti Perda No. 5/2016 dan RPJMD 2025-2029",
)
_NOTICES: tuple[Callable[[date, str], str], ...] = (
    lambda d, t: f"Pendaftaran {t} dibuka sampai dengan {full(d)} pada jam kerja di loket pelayanan",
    lambda d, t: (
        f"Batas akhir berkas {t} adalah {d.day:02d}-{d.month:02d}-{d.year} pukul 15.00 waktu setempat"
    ),
    lambda d, t: f"Warga diundang mengikuti {t} pada {_weekday(d)}, {full(d)} pukul 08.00 di lapangan",
    lambda d, t: f"Mulai {_month(d)} {d.year} loket {t} pindah ke lantai satu; mohon menyesuaikan",
    lambda d, t: f"Dalam rangka {t} yang akan digelar tanggal {_month(d)} mendatang, panitia membuka posko",
)
_PLAIN = (
    "{t} berlangsung tertib dan mendapat sambutan baik dari warga sekitar yang hadir bersama keluarga",
    "Kepala dinas menyampaikan terima kasih kepada semua pihak yang telah membantu {t} hingga selesai",
    "Melalui {t} diharapkan pelayanan kepada masyarakat makin cepat, mudah dan terjangkau oleh semua",
)


def _range(day: date) -> str:
    first = day - timedelta(days=2)
    return f"{first.day} s.d. {full(day)}" if first.month == day.month else f"{_month(first)} - {full(day)}"


def excerpt(source: Random, title: str, day: date, *, datelines: bool) -> str:
    """The first sentence; with datelines it names the day of an event, of a deadline, or a law's year."""
    short = title.split(" (", maxsplit=1)[0]
    if not datelines:
        return source.choice(_PLAIN).format(t=short)
    if source.random() < 0.7:
        return source.choice(_REPORTS)(
            day - timedelta(days=source.choice((0, 0, 1, 1, 2, 3, 5, 9, 20))), short
        )
    return source.choice(_NOTICES)(day + timedelta(days=source.choice((2, 4, 7, 11, 19))), short)


def letter(title: str, day: date) -> str:
    """A first sentence that names the day of a letter, a week before the post."""
    written = day - timedelta(days=7)
    return (
        f"Berdasarkan Surat Edaran Nomor 800/{day.day * 17}/{day.year} tanggal {full(written)}, seluruh "
        f"perangkat diminta mendukung {title}"
    )


def paragraphs(source: Random, first: str) -> tuple[str, ...]:
    """The article's text."""
    more = (
        "Kegiatan ini diikuti perangkat kelurahan, kader dan perwakilan warga dari berbagai lingkungan.",
        "Panitia berharap kerja sama seperti ini dapat diteruskan di wilayah lain di kemudian hari.",
        "Acara ditutup dengan foto bersama dan penyerahan bingkisan kepada peserta yang datang paling awal.",
        "Dengan demikian pelayanan publik diharapkan makin dekat dengan masyarakat di semua lapisan.",
    )
    return (f"{first}.", *source.sample(more, 2 + source.randrange(2)))
