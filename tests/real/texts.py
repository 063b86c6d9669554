"""What the known posts say: clean sentences, or such as offices write, full of the days of other things.

The days inside the awkward texts are those of events, deadlines, laws and photographs; none is the day of
publication unless by chance (an event of the same day).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from random import Random

__all__ = ["Text", "Words", "say_day", "write_words"]

_MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
_WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_SUBJECTS = (
    "Pelayanan administrasi kependudukan",
    "Gotong royong membersihkan sungai",
    "Musrenbang tingkat kelurahan",
    "Vaksinasi dan posyandu balita",
    "Pelatihan wirausaha bagi pemuda",
    "Pembagian bibit pohon kepada warga",
    "Pengumuman jadwal pemadaman listrik",
)
# Counts that share no factor with those of the kinds below, so that every place hosts every kind.
_HAPPENED = (
    "Lurah Tinjau Posyandu",
    "Warga Ikuti Senam Lansia",
    "Rembuk Stunting Digelar",
    "Kerja Bakti Bersihkan Drainase",
    "Bimtek Operator Data",
    "Penyaluran Bantuan Pangan",
    "Pelantikan Ketua RT",
    "Sosialisasi Pajak Daerah",
    "Panen Raya Kelompok Tani",
    "Pemeriksaan Kesehatan Gratis",
    "Penertiban Reklame Liar",
)
_INVITED = ("Undangan Posyandu", "Undangan Pasar Murah", "Jadwal Donor Darah", "Agenda Musyawarah Warga")
_OFFERED = ("Pendaftaran Pelatihan Menjahit", "Penerimaan Berkas Beasiswa", "Pengajuan Bantuan Usaha Mikro")
_PLACES = (
    "Sukamaju",
    "Karang Anyar",
    "Tanjung Sari",
    "Bukit Indah",
    "Muara Jaya",
    "Kampung Baru",
    "Lembah Asri",
)


class Text(StrEnum):
    """How a system's posts are written."""

    CLEAN = "clean"
    AWKWARD = "awkward"


@dataclass(frozen=True, slots=True)
class Words:
    """A title, and the paragraphs below it; the first is what a list shows as an excerpt."""

    title: str
    paragraphs: tuple[str, ...]


def write_words(text: Text, number: int, at: datetime) -> Words:
    """The words of post `number`, published at a local moment; the same for the same arguments.

    >>> write_words(Text.CLEAN, 8, datetime(2026, 4, 2, 9)).title
    'Gotong royong membersihkan sungai ke-9'
    """
    return _clean(number) if text is Text.CLEAN else _awkward(number, at.date())


def say_day(day: date) -> str:
    """A day as Indonesian offices write it by hand.

    >>> say_day(date(2026, 5, 4))
    '4 Mei 2026'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _clean(number: int) -> Words:
    subject = _SUBJECTS[number % len(_SUBJECTS)]
    lead = f"{subject} berlangsung tertib. Warga dan perangkat kantor hadir bersama sejak pagi. " * 3
    more = "Kegiatan serupa pernah diadakan pada 17 Agustus 2019 dan akan berlanjut tahun 2027. " * 2
    return Words(f"{subject} ke-{number + 1}", (lead.strip(), more.strip()))


def _awkward(number: int, day: date) -> Words:
    chance = Random(f"kantor {number}")
    place = _PLACES[number % len(_PLACES)]
    ahead = day + timedelta(days=chance.randint(3, 30))
    kind = number % 8
    if kind == 5:
        title = f"{chance.choice(_OFFERED)} RW {number}"
        lead = (
            f"Warga yang berminat dapat mendaftar di kantor kelurahan hingga {say_day(ahead)} pada jam kerja."
        )
    elif kind == 6:
        title = f"{chance.choice(_INVITED)} {place} {say_day(ahead)}"
        lead = f"Warga {place} diundang hadir pukul 08.00 di balai kelurahan dengan membawa kartu keluarga."
    else:
        subject = _HAPPENED[number % len(_HAPPENED)]
        title = f"{subject} di RW {number}"
        event = day - timedelta(days=chance.randint(0, 21))
        lead = chance.choice(_REPORTS)(event, subject.lower(), place)
    photo = day - timedelta(days=chance.randint(0, 9))
    return Words(title, (lead, _more(chance, day), f"(Foto: Humas, {_slashed(photo)})"))


def _more(chance: Random, day: date) -> str:
    """What follows the lead: still more days, the nearest of them before the publication's own."""
    earlier = day - timedelta(days=chance.randint(20, 400))
    return chance.choice(
        (
            f"Kegiatan serupa pernah diadakan pada {say_day(earlier)} dan mendapat sambutan baik dari warga.",
            f"Menurut data per {_slashed(earlier)}, ada 214 keluarga yang telah terdaftar di kelurahan ini.",
            f"Program ini berlangsung sejak {say_day(earlier)} dan berlanjut sampai Desember {day.year + 1}.",
        )
    )


# Of what happened: each names the day of the event, or a span that ends with it.
_REPORTS: tuple[Callable[[date, str, str], str], ...] = (
    lambda d, t, p: (
        f"{p.upper()} – {_weekday(d)} ({_slashed(d)}), {t} dibuka oleh lurah dan dihadiri puluhan warga."
    ),
    lambda d, t, p: (
        f"{p}, {_weekday(d)} ({d.day}/{d.month}). Sebanyak 45 peserta hadir dalam {t} di halaman kantor."
    ),
    lambda d, t, p: (
        f"Suasana {t} tampak ramai pada {_weekday(d)} siang ({_slashed(d)}) ketika camat berdialog di {p}."
    ),
    lambda d, t, p: (
        f"{_weekday(d)}, {say_day(d)} bertempat di aula kecamatan, {t} bagi warga {p} berlangsung lancar."
    ),
    lambda d, t, p: (
        f"Sesuai Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik, {t} digelar {_span(d)} di {p}."
    ),
    lambda d, t, p: f"{p} ({say_day(d)}) — Kegiatan {t} diikuti para ketua RT. (Foto: Humas, {_slashed(d)})",
    lambda d, t, p: (
        f"Bertepatan dengan hari {_weekday(d)} tanggal {say_day(d)}, {t} di {p} dimulai pukul 09.00 WITA."
    ),
)


def _slashed(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _weekday(day: date) -> str:
    return _WEEKDAYS[day.weekday()]


def _span(last: date) -> str:
    first = last - timedelta(days=2)
    if first.month == last.month:
        return f"{first.day}–{say_day(last)}"
    return f"{first.day} {_MONTHS[first.month - 1]}–{say_day(last)}"
