"""Date strings as they stand on sites, beside what they say."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from activity.post import Precision
from crawler.dates import find_dates, read_date, read_machine_date
from testkit.zone import JAKARTA as ZONE
from testkit.zone import MAKASSAR

NOW = datetime(2024, 3, 15, 14, 30, tzinfo=ZONE)
CORPUS = Path(__file__).parents[2] / ".." / "shared" / "corpus" / "id_dates.tsv"


def local(text: str, **options: bool) -> str | None:
    reading = read_date(text, now=NOW, zone=ZONE, **options)
    return None if reading is None else reading.at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M:%S")


def test_every_string_of_the_corpus_is_read() -> None:
    if not CORPUS.exists():
        pytest.skip("the corpus is not beside this checkout")
    rows = [line.split("\t") for line in CORPUS.read_text("utf-8").splitlines() if not line.startswith("#")]
    wrong = [row for row in rows if (local(row[1]) or "")[:10] != (row[2:] or [""])[0]]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Selasa, 02 November 2021 | 14:30 WITA", "2021-11-02 13:30:00"),
        ("10:30 WIB, Rabu 5 Maret 2023", "2023-03-05 10:30:00"),
        ("Jum\u2019at Kliwon, 11 Agustus 2023 pukul 07.00 WIT", "2023-08-11 05:00:00"),
        ("12 Rabiul Awal 1445 H / 27 September 2023 M", "2023-09-27 00:00:00"),
        ("Diterbitkan 5 Maret 2023, diperbarui 7 Maret 2023", "2023-03-05 00:00:00"),
        ("on Sunday March 05, 2023 @03:34AM", "2023-03-05 03:34:00"),
        ("Sunday, 05/03/2023", "2023-03-05 00:00:00"),
        ("4/23/23", "2023-04-23 00:00:00"),
        ("5 Mei 2023, 08.00 - 10.00 WIB", "2023-05-05 08:00:00"),
        ("1 tahun 2 bulan yang lalu", "2023-01-15 14:30:00"),
        ("2 November 2021 (2 tahun yang lalu)", "2021-11-02 00:00:00"),
        ("dua jam yang lalu", "2024-03-15 12:30:00"),
        ("three days ago", "2024-03-12 00:00:00"),
        ("Dirilis 5 Mei 2023 pk. 10.00", "2023-05-05 10:00:00"),
        ("kemarin, 10:30", "2024-03-14 10:30:00"),
        ("2024-03-14 00:00:00", "2024-03-14 00:00:00"),
        ("Diposting oleh admin pada 03-02-24 dalam kategori Berita, dibaca 5 kali", "2024-02-03 00:00:00"),
        ("Sabtu, 03.02.24 10:15", "2024-02-03 10:15:00"),
        ("Terbit 3-2-24", "2024-02-03 00:00:00"),
        ("versi 03-02-24", None),
        ("Skor 03-02-24", None),
        ("25/XI/2023", "2023-11-25 00:00:00"),
        ("Rabu, 8 - III - 2023", "2023-03-08 00:00:00"),
        ("Nomor 25/XI/2023", None),
        ("800/25/XI/2023", None),
        ("SK Lurah 25/XI/2023", None),
        ("12 \u0646\u0648\u0641\u0645\u0628\u0631 2023", "2023-11-12 00:00:00"),
        ("2023\u5e7403\u670805\u65e5 08:15", "2023-03-05 08:15:00"),
        ("\u53d1\u5e03\u4e8e 2023-03-05 | \u66f4\u65b0\u4e8e 2023-03-07", "2023-03-05 00:00:00"),
        ("\u6700\u8fd1\u66f4\u65b0\uff1a2023-03-07", None),
        ("2023\ub144 3\uc6d4 5\uc77c", "2023-03-05 00:00:00"),
        ("12-14 Mei 2023", None),
        ("5 Maret 2023 dan 9 April 2023", None),
        ("5 Maret 2023 s.d. 9 April 2023", None),
        ("Senin, 6 Maret 2023 - Jumat, 10 Maret 2023", None),
        ("5 Maret 2023 - 10 komentar", "2023-03-05 00:00:00"),
        ("5 Maret 2023 - 10.30 WIB", "2023-03-05 10:30:00"),
        ("5 Maret", None),
        ("30 Februari 2023", None),
        ("17 Agustus 1945", None),
        ("1 April 2024", None),
        ("Minggu", None),
        ("24/7", None),
        ("Buka hari ini 08.00 - 16.00 WIB", None),
        ("Banjir kemarin surut", None),
        ("detikNews | kemarin, 10:30", "2024-03-14 10:30:00"),
        ("7 mnt lalu", "2024-03-15 14:23:00"),
        ("3 hr ago", "2024-03-15 11:30:00"),
        ("1 tahun, 2 bulan dan 3 hari yang lalu", "2023-01-12 00:00:00"),
        ("Diperbaharui terakhir: 5 Maret 2023", None),
        ("Terakhir diperbarui: 2 bulan, 1 minggu lalu", None),
        ("Last edited by Siti on 5 March 2023", None),
        ("Disunting oleh Siti pada 5 Maret 2023", None),
        ("Disunting oleh Siti | 5 Maret 2023", "2023-03-05 00:00:00"),
        ("Terakhir disunting oleh Siti | 5 Maret 2023", None),
        ("Foto: Humas Kota, 5 Maret 2023", None),
        ("Siaran: Radio Kota, 5 Maret 2023, 15:10 WIB", None),
        ("Siaran pers, 5 Maret 2023", "2023-03-05 00:00:00"),
        ("Release date: 5 March 2023", None),
    ],
)
def test_a_string_says_one_date_or_none(text: str, expected: str | None) -> None:
    assert local(text) == expected


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("5 Maret 2023", Precision.DAY),
        ("5 Maret 2023 10:30", Precision.MINUTE),
        ("5 Maret 2023 10:30:20", Precision.SECOND),
        # A dotted clock is one at the end of its text.
        ("5 Mar 2023, 22.10", Precision.MINUTE),
        ("05/03/2023 | 07.45 ", Precision.MINUTE),
        ("5 Maret 2023, 12.50 kilogram", Precision.DAY),
        ("5 Maret 2023, 2.50", Precision.DAY),
        ("20 jam lalu", Precision.HOUR),
        ("2 hari yang lalu", Precision.WEEK),
        ("2 hr lalu", Precision.WEEK),
        ("2 bulan, 1 minggu lalu", Precision.WEEK),
        ("Tue Mar 12 23:47:05 WITA 2024", Precision.SECOND),
        ("seminggu", Precision.WEEK),
        ("3 bulan yang lalu", Precision.MONTH),
        ("2 years ago", Precision.YEAR),
        ("Maret 2023", Precision.MONTH),
    ],
)
def test_precision_is_as_coarse_as_the_words(text: str, precision: Precision) -> None:
    reading = read_date(text, now=NOW, zone=ZONE)
    assert reading is not None
    assert reading.precision is precision


def test_the_order_of_day_and_month_is_the_callers() -> None:
    assert local("03/04/2023") == "2023-04-03 00:00:00"
    assert local("03/04/2023", day_first=False) == "2023-03-04 00:00:00"


def test_the_future_is_read_only_on_demand() -> None:
    assert local("1 Mei 2025") is None
    assert local("1 Mei 2025", future_ok=True) == "2025-05-01 00:00:00"


def test_every_date_of_a_text_comes_with_its_span() -> None:
    text = "Rapat 5 Maret 2023 dilanjutkan pada Rabu, 9/8/2023 di balai kota."
    found = find_dates(text, now=NOW, zone=ZONE)
    assert [text[reading.start : reading.end] for reading in found] == ["5 Maret 2023", "Rabu, 9/8/2023"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sen, 17 Okt 2022 08:00:00 +0700", "2022-10-17T01:00:00"),
        ("Mon, 17 Oct 2022 08:00:00 GMT", "2022-10-17T08:00:00"),
        ("17-10-2022 08:00", "2022-10-17T01:00:00"),
        ("2022-10-17T08:00:00 WITA", "2022-10-17T00:00:00"),
        ("2022-10-17T08:00:00 07:00", "2022-10-17T01:00:00"),
        ("20221017T080000Z", "2022-10-17T08:00:00"),
        ("2022-10-17T00:00:00Z", "2022-10-16T17:00:00"),
        ("1665993600", "2022-10-17T08:00:00"),
        ("P8M,17S", None),
        ("0000-00-00 00:00:00", None),
        ("9999-12-31", None),
        ("2022", None),
    ],
)
def test_a_machines_string_is_read_in_its_zone(text: str, expected: str | None) -> None:
    reading = read_machine_date(text, now=NOW, zone=ZONE)
    assert (None if reading is None else reading.at.replace(tzinfo=None).isoformat()) == expected


def test_an_hour_that_lies_on_two_days_names_none() -> None:
    late = datetime(2024, 3, 15, 15, 30, tzinfo=UTC)
    readings = [read_date(f"{n} jam yang lalu", now=late, zone=MAKASSAR) for n in (22, 23)]
    assert [reading is not None and reading.precision.names_a_day for reading in readings] == [True, False]


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("05.03.23", True),
        ("Tanggal: 05-03-23", True),
        ("Versi 05.03.23", False),
        ("pukul 10.20.30 Wita", False),
    ],
)
def test_a_year_of_two_figures_is_read_where_nothing_else_stands(text: str, dated: bool) -> None:
    reading = read_date(text, now=datetime(2024, 3, 15, tzinfo=UTC), zone=MAKASSAR)
    assert (reading is not None) is dated
