"""What a small office has published: posts whose titles and texts name other days than their own."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from tests.awkward.days import MONTHS, WEEKDAYS

__all__ = ["NOW", "POSTS", "SINCE", "ZONE", "Post", "day_of", "named_day"]

ZONE: Final = ZoneInfo("Asia/Makassar")
NOW: Final = datetime(2026, 11, 27, 19, 20, tzinfo=ZONE)
SINCE: Final = datetime(2026, 3, 1, tzinfo=ZONE)
_TITLES: Final = """Warga Anggrek Bersihkan Parit Jelang Musim Hujan
Undangan Rembuk Warga {event}
Puskesmas Keliling Hadir di Dusun Tepi Sungai
Lurah Serahkan Alat Semprot kepada Kelompok Tani
Jadwal Layanan Samsat Keliling Bulan Ini
Kader Posyandu Belajar Menimbang dengan Cermat
Perpustakaan Desa Buka Sampai Malam
Peringatan Hari Jadi Kecamatan ke-72 Tahun 2026
Petani Muda Coba Tanam Bawang di Lahan Kering
Pengumuman Hasil Seleksi Perangkat Desa
Bank Sampah Anggrek Raih Juara Dua
Pelatihan Anyaman Purun bagi Ibu Rumah Tangga
Dinas Uji Petik Timbangan di Pasar Subuh
Rapat Persiapan Pawai Budaya {event}
Jalan Lingkar Timur Mulai Diperlebar
Anak Sekolah Tanam Pohon di Bantaran
Vaksinasi Ternak Jangkau Ratusan Ekor Sapi
Pemadaman Lampu Jalan untuk Perbaikan Gardu
Tim Gabungan Bongkar Bangunan di Atas Drainase
Kemah Pramuka Diikuti Delapan Belas Gudep
Festival Jukung Hias Kembali Digelar
Pemutakhiran Data Penerima Bantuan Pangan
Sosialisasi Bahaya Pinjaman Daring
Pembagian Bibit Durian di Balai Desa
Lomba Masak Ikan Khas Banua
Sekolah Lansia Luluskan Angkatan Pertama""".splitlines()
# Days between one post and the one before it, and hours of the day at which offices publish.
_GAPS: Final = (3, 9, 16, 5, 21, 12, 8, 19, 26, 4, 13, 11)
_HOURS: Final = (9, 20, 14, 7, 23, 11, 16, 10)


@dataclass(frozen=True)
class Post:
    """A post of the office; `event` is the day that it tells of, `edited` a later one."""

    number: int
    title: str
    when: datetime
    event: date
    readers: int

    @property
    def slug(self) -> str:
        """The title as part of an address."""
        return re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")

    @property
    def edited(self) -> datetime:
        """When somebody touched it last."""
        return min(NOW - timedelta(hours=2), self.when + timedelta(days=2 + self.number % 6, hours=1))

    @property
    def lead(self) -> str:
        """How its text begins: each third with a dateline, each third with a letter's day."""
        said = f"{WEEKDAYS[self.event.weekday()]} ({self.event.day}/{self.event.month}/{self.event.year})"
        return (
            f"ANGGREK – {said}, warga berkumpul di halaman kantor sejak pagi dan bekerja sampai siang hari.",
            "Kegiatan dibuka oleh camat dan diikuti seluruh ketua RT beserta tokoh masyarakat setempat.",
            f"Sesuai Surat Edaran Nomor 400/{self.number}/2026 tanggal {day_of(self.event)}, warga diminta hadir.",
        )[self.number % 3]

    @property
    def text(self) -> str:
        """The article's paragraphs."""
        more = "Peserta tampak bersemangat sampai acara ditutup dengan doa. Hasilnya dibahas kembali nanti."
        return f"<p>{self.lead}</p><p>{more}</p><p>Terima kasih kepada semua pihak.</p>"


def day_of(day: date) -> str:
    """`5 Januari 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def named_day(day: date) -> str:
    """`Senin, 05 Januari 2026`."""
    return f"{WEEKDAYS[day.weekday()]}, {day.day:02d} {MONTHS[day.month - 1]} {day.year}"


def _publish() -> tuple[Post, ...]:
    posts, when = [], NOW - timedelta(days=1)
    for n, title in enumerate(_TITLES):
        moment = when.replace(hour=_HOURS[n % len(_HOURS)], minute=(n * 17 + 8) % 60, second=(n * 7) % 60)
        event = moment.date() + (timedelta(days=4) if "{event}" in title else -timedelta(days=n % 4))
        posts.append(Post(90 - n, title.format(event=day_of(event)), moment, event, 40 + n * 83))
        when -= timedelta(days=_GAPS[n % len(_GAPS)])
    return tuple(posts)


POSTS: Final = _publish()
