"""What another office has published: other titles, leads that tell other days in other words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from tests.awkward.days import MONTHS, WEEKDAYS
from tests.surfaces.post import NOW, Post, day_of

__all__ = ["GAPS", "NEWS", "News", "publish"]

_TITLES: Final = """Camat Tinjau Perbaikan Tanggul Kali Mati
Gebyar Vaksin Rabies Gratis {event}
Ibu-Ibu PKK Olah Eceng Gondok Jadi Tas
Pengumuman Pemenang Lomba Kampung Iklim 2026
Siaga Kabut Asap, Warga Diimbau Pakai Masker
HUT ke-81 RI di Kelurahan Berlangsung Khidmat
Puskesmas Buka Layanan Sore untuk Pekerja
Studi Tiru Pengelolaan Sampah ke Kota Tetangga
Undangan Musrenbang Kelurahan, {event}
Damkar Latih Satpam Padamkan Api Ringan
Penyaluran BLT Tahap III Rampung Dua Hari
Laporan Realisasi Anggaran Semester I Tahun 2026
Lurah Baru Sapa Warga Lewat Subuh Keliling
Perahu Pustaka Singgah di Tiga Dermaga
Disdukcapil Jemput Bola Rekam KTP Pelajar
Satpol PP Bersihkan Reklame Kedaluwarsa
Open Bidding Jabatan Kepala Seksi Diperpanjang
Kelompok Wanita Tani Panen Cabai Rawit
Tim Penggerak Desa Cantik Dikukuhkan
Jalan Santai Kerukunan Meriahkan Akhir Pekan
Pelayanan Tutup Sementara Karena Pemadaman
Posbindu Temukan Belasan Kasus Hipertensi
Revitalisasi Pasar Terapung Masuk Tahap Lelang
Anak Muda Bantaran Belajar Bikin Gim
Maklumat Pelayanan Publik Diperbarui
Karnaval Sasirangan Tutup Rangkaian Hari Jadi
Bantuan Alat Dengar untuk Warga Lansia
Sosialisasi Coklit Pemilih Pemula""".splitlines()
GAPS: Final = (2, 7, 11, 4, 17, 9, 14, 6, 23, 3, 12, 8)
_HOURS: Final = (21, 8, 13, 10, 22, 7, 15, 19)


@dataclass(frozen=True)
class News(Post):
    """A post whose lead tells of another day, in one of eight ways."""

    @property
    def lead(self) -> str:
        """The first sentence."""
        e = self.event
        weekday = WEEKDAYS[e.weekday()]
        return (
            f"Anggrek ({e:%d/%m/%Y}) – Puluhan warga memadati lokasi sejak pagi hingga acara usai.",
            "Kegiatan itu dibuka camat dan ditutup dengan makan bersama di tepi sungai.",
            f"HUMAS – {weekday} pagi ({e.day}/{e.month}) rombongan tiba di dermaga dan disambut tarian.",
            f"Terhitung mulai tanggal {day_of(e)} hingga pemberitahuan lebih lanjut, layanan dibatasi.",
            f"ANGGREK, {day_of(e)} - Bertempat di aula, kegiatan diikuti seluruh ketua RT se-kelurahan.",
            f"Menindaklanjuti Surat Wali Kota Nomor 100/{self.number}/2026 tanggal {day_of(e)}, warga diminta hadir.",
            f"Hujan deras pada {weekday}, {day_of(e)}, tidak menyurutkan semangat peserta dari lima RW.",
            "Warga yang berminat dapat mendaftar di kantor lurah pada jam kerja tanpa dipungut biaya.",
        )[self.number % 8]

    @property
    def text(self) -> str:
        """The article's paragraphs."""
        return (
            f"<p>{self.lead}</p><p>Lurah menyampaikan terima kasih kepada semua pihak yang terlibat dan berharap "
            f"kegiatan serupa digelar lagi di wilayah lain.</p><p>Kegiatan sebelumnya digelar pada {MONTHS[(self.when.month + 6) % 12]} "
            "tahun lalu dengan peserta lebih sedikit. Acara ditutup dengan doa bersama.</p>"
        )


def publish(
    count: int = len(_TITLES),
    *,
    newest: datetime = NOW - timedelta(days=1),
    gaps: tuple[int, ...] = GAPS,
    hours: tuple[int, ...] = _HOURS,
    first: int = 700,
) -> tuple[News, ...]:
    """Posts, the newest first; the numbers fall with them."""
    posts, when = [], newest
    for n in range(count):
        title = _TITLES[n % len(_TITLES)] + (f" ({n // len(_TITLES) + 1})" if n >= len(_TITLES) else "")
        moment = when.replace(hour=hours[n % len(hours)], minute=(n * 23 + 4) % 60, second=(n * 11) % 60)
        event = moment.date() + (timedelta(days=5) if "{event}" in title else -timedelta(days=n % 5))
        posts.append(News(first - n * 3, title.format(event=day_of(event)), moment, event, 30 + n * 61 % 977))
        when -= timedelta(days=gaps[n % len(gaps)])
    return tuple(posts)


NEWS: Final = publish()
