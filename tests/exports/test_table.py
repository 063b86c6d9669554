"""Tables that went through other hands: exchanged dates, figures in thousands, zones by their words."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from activity.agency import Channel
from activity.errors import ExportError
from crawler.exports.export import ExportReading
from crawler.exports.recognise import read_export
from crawler.exports.table.count import read_count
from samplecity.graph.shortcode import build_shortcode
from testkit.workbook import write_sheets
from testkit.zone import JAYAPURA
from testkit.zone import MAKASSAR as ZONE

CASES = Path(__file__).parents[1] / "cases/social"
NOW = datetime(2027, 1, 5, 4, tzinfo=UTC)
MAP = {"date": "Tanggal", "link": "Tautan"}
DAYS = [datetime(2026, month, day, 9, 30) for month in range(7, 13) for day in (3, 5, 8, 11, 20, 27)]


def read(path, **more):
    return read_export(path, ExportReading(NOW, ZONE, **more))


def dates(export):
    return [entry.post.date.at.astimezone(ZONE).replace(tzinfo=None) for entry in export.entries()]


def link(number, at=None):
    if at is None:
        return f"https://www.facebook.com/77/posts/{number + 1}"
    return f"https://www.instagram.com/p/{build_shortcode(at.replace(tzinfo=ZONE), number)}/"


def write_book(path, cells, links):
    book = Workbook()
    sheet = book.worksheets[0]
    for row in [["Tanggal", "Tautan"], *zip(cells, links, strict=True)]:
        sheet.append(list(row))
    book.save(path)
    return path


def write_csv(path, cells, links):
    rows = ["Tanggal;Tautan", *(f"{cell};{link}" for cell, link in zip(cells, links, strict=True))]
    path.write_text("\n".join(rows))
    return path


def exchange(at):
    """What Excel in a country of day and month makes of Meta's month and day: a date, where it can."""
    return at.replace(month=at.day, day=at.month) if at.day <= 12 else at.strftime("%m/%d/%Y %H:%M")


def test_dates_that_excel_exchanged_are_refused():
    path = CASES / "swapped/s2_swapped.xlsx"
    with pytest.raises(ExportError, match="exchanged day and month"):
        read(path, stated=ZONE)


@pytest.mark.parametrize(
    "spell",
    [
        exchange,
        lambda at: exchange(at) if at.day > 12 else exchange(at).date(),
        lambda at: f"{exchange(at):%d-%m-%Y %H.%M}" if at.day <= 12 else exchange(at),
        lambda at: f"{exchange(at).month}/{exchange(at).day}/2026 9:30" if at.day <= 12 else exchange(at),
        lambda at: f"{exchange(at):%Y/%m/%d %H:%M:%S}" if at.day <= 12 else exchange(at),
    ],
    ids=["cells", "days", "dashes", "unpadded", "csv"],
)
@pytest.mark.parametrize("days", [DAYS, DAYS[::-1], DAYS[:12]])
def test_two_hands_in_one_column_are_refused(tmp_path, spell, days):
    path = write_book(tmp_path / "a.xlsx", map(spell, days), map(link, range(len(days))))
    with pytest.raises(ExportError, match="exchanged day and month"):
        read(path, mapping=MAP, stated=ZONE)


@pytest.mark.parametrize("days", [DAYS, [at for at in DAYS if at.day <= 12]], ids=["mixed", "all"])
def test_dates_that_the_addresses_contradict_are_refused(tmp_path, days):
    links = [link(number, at) for number, at in enumerate(days)]
    cells = [exchange(at) for at in days]
    with pytest.raises(ExportError, match="exchanged day and month"):
        read(write_book(tmp_path / "a.xlsx", cells, links), mapping=MAP, stated=ZONE)


@pytest.mark.parametrize("shape", ["%m/%d/%Y %H:%M", "%d/%m/%Y %H.%M", "%Y-%m-%d %H:%M", None])
@pytest.mark.parametrize("clocked", [True, False])
def test_one_hand_is_read(tmp_path, shape, clocked):
    cells = [at.strftime(shape) if shape else at for at in DAYS]
    links = [link(number, at if clocked else None) for number, at in enumerate(DAYS)]
    export = read(write_book(tmp_path / "a.xlsx", cells, links), mapping=MAP, stated=ZONE)
    assert dates(export) == DAYS


def test_two_ways_of_writing_are_read_where_every_address_agrees(tmp_path):
    cells = [at.strftime("%Y-%m-%d %H:%M" if n % 2 else "%d/%m/%Y %H:%M") for n, at in enumerate(DAYS)]
    links = [link(number, at) for number, at in enumerate(DAYS)]
    assert dates(read(write_csv(tmp_path / "a.csv", cells, links), mapping=MAP)) == DAYS


@pytest.mark.parametrize(
    ("cell", "figure"),
    [
        ("1.050", 1050), ("1,050", 1050), ("1 050", 1050), ("1\u00a0050", 1050), ("12.345.678", 12345678),
        ("1'050", 1050), ("1,2 rb", 1200), ("1,2rb", 1200), ("3 ribu", 3000), ("1,5 jt", 1500000),
        ("2 juta", 2000000), ("1.2K", 1200), ("1.2M", 1200000), ("150.0", 150), ("1050.0", 1050),
        ("1.050,00", 1050), ("1,204.0", 1204), ("0", 0), ("7", 7),
        ("", None), ("-", None), ("1.05", None), ("1,2 M", None), ("0.500", None), ("1.2.3", None),
        ("12.34", None), ("tidak ada", None),
        ("9" * 40, None), ("-5", None), ("١٢٣", None), ("1,234.567", None),
    ],
)  # fmt: skip
def test_figures(cell, figure):
    assert read_count(cell) == figure


def test_thousands_in_a_table():
    mapping = {"date": "Date", "link": "Link", "text": "Message", "likes": "Number of Reactions"}
    export = read(CASES / "thousands/karma.csv", stated=ZONE, mapping=mapping)
    assert {entry.post.metrics.likes for entry in export.entries()} == {1050}


AT = datetime(2026, 1, 3, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        ("2026-01-03 23:30:00 SGT", 8), ("2026-01-03 22:30:00 WIB", 7), ("2026-01-03 23:30 wita", 8),
        ("2026-01-04 00:30:00 WIT", 9), ("2026-01-03 22:30:00 ICT", 7), ("2026-01-04 01:30:00 AEST", 10),
        ("2026-01-03 10:30:00 EST", -5), ("2026-01-03 15:30:00 Z", 0), ("2026-01-03T15:30:00.000Z", 0),
        ("2026-01-03 23:30 +08", 8), ("2026-01-03 23:30 +8", 8), ("2026-01-03T23:30:00+0800", 8),
        ("2026-01-03 23:30:00+08:00", 8), ("03/01/2026 23:30 GMT+8", 8), ("2026-01-03 23:30 UTC+08:00", 8),
        ("2026-01-03 23:30 (WITA)", 8), ("2026-01-03 11:30 PM SGT", 8),
        ("2026-01-03 23:30 Asia/Singapore", 8),
        ("2026-01-03 07:30:00 \u22128", -8), ("3 Januari 2026 pukul 23.30 WITA", 8),
        ("Sat Jan 3 23:30:00 WITA 2026", 8),
    ],
)  # fmt: skip
def test_a_zone_that_a_time_names(tmp_path, written, hours):
    path = write_csv(tmp_path / "a.csv", [written], [link(0)])
    for stated in (None, JAYAPURA):
        (entry,) = read(path, mapping=MAP, stated=stated).entries()
        assert entry.post.date.at == AT, hours


@pytest.mark.parametrize("word", ["CST", "IST", "XYZT"])
def test_a_zone_of_several_meanings_is_asked_for_by_its_word(tmp_path, word):
    path = write_csv(tmp_path / "a.csv", [f"2026-01-03 23:30:00 {word}"], [link(0)])
    with pytest.raises(ExportError, match=f"{word}.*--timezone"):
        read(path, mapping=MAP)
    (entry,) = read(path, mapping=MAP, stated=ZONE).entries()
    assert entry.post.date.at == AT


def test_a_zone_of_several_meanings_is_told_by_the_addresses(tmp_path):
    cells = [f"{at:%Y-%m-%d %H:%M:%S} CST" for at in DAYS]
    links = [link(number, at - timedelta(seconds=30)) for number, at in enumerate(DAYS)]
    assert dates(read(write_csv(tmp_path / "a.csv", cells, links), mapping=MAP)) == DAYS


def test_crowdtangle_of_singapore():
    export = read(CASES / "zones/ct_SGT.csv")
    assert dates(export)[0] == datetime(2026, 1, 3, 23, 30)
    assert {entry.post.metrics.likes for entry in export.entries()} == {1050}


@pytest.mark.parametrize(
    ("channel", "links", "keys"),
    [
        (
            "youtube",
            ["https://youtu.be/dQw4w9WgXcQ", "https://www.youtube.com/shorts/aaaaaaaaaaa"],
            ["dQw4w9WgXcQ", "aaaaaaaaaaa"],
        ),
        (
            "tiktok",
            ["https://www.tiktok.com/@dinkes/video/7301234567890123456"] * 2,
            ["7301234567890123456"],
        ),
    ],
)
def test_any_table_may_tell_of_any_platforms_posts(tmp_path, channel, links, keys):
    rows = "\n".join(f"2026-03-{day:02} 08:00:00 WIB,{link}" for day, link in enumerate(links, 1))
    path = tmp_path / "tabel.csv"
    path.write_text(f"Tanggal,Tautan\n{rows}\n", encoding="utf-8")
    export = read(path, mapping=MAP)
    assert export.channel == channel
    assert [entry.post.key for entry in export.entries()] == keys
    assert sum(export.left_out.values()) == len(links) - len(keys)


ROWS = [["Tanggal", "Tautan"], *([at, link(n)] for n, at in enumerate(DAYS[:4]))]


def test_posts_on_several_sheets_are_not_lost(tmp_path):
    """A month a sheet, also where the first is hidden: the first alone was read once, without a word."""
    path = write_sheets(tmp_path / "a.xlsx", Juli=ROWS, Agustus=ROWS)
    with pytest.raises(ExportError, match="several sheets: Juli, Agustus"):
        read(path, stated=ZONE, mapping=MAP)


def test_posts_behind_a_cover_sheet_are_found(tmp_path):
    path = write_sheets(tmp_path / "a.xlsx", Sampul=[["Laporan Dinas"]], Data=ROWS, Kosong=[])
    export = read(path, stated=ZONE, mapping=MAP)
    assert dates(export) == DAYS[:4]
    assert any("Sampul" in remark for remark in export.remarks)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", [";", "|", "\t"])
def test_a_title_with_commas_does_not_hide_what_divides_the_cells(tmp_path, encoding, mark):
    rows = [["Tanggal", "Tautan"], *([f"{at:%Y-%m-%d %H:%M}", link(n)] for n, at in enumerate(DAYS))]
    text = "\n".join(["Laporan unggahan, dinas, kota, 2026", *map(mark.join, rows)])
    (tmp_path / "a.csv").write_bytes((text + "\n" * (len(text) % 2)).encode(encoding))
    assert dates(read(tmp_path / "a.csv", stated=ZONE, mapping=MAP)) == DAYS


@pytest.mark.parametrize("written", ["3 Juli 2026 pukul 03.30 sore", "03.07.2026, 9:30 nachm."])
def test_half_a_day_that_a_word_tells_is_not_guessed(tmp_path, written):
    """The day stands; an hour that may be twelve off does not."""
    export = read(write_csv(tmp_path / "a.csv", [written], [link(1)]), stated=ZONE, mapping=MAP)
    (entry,) = export.entries()
    assert (dates(export), entry.post.date.precision.value) == ([datetime(2026, 7, 3)], "day")


def test_a_word_over_a_link_names_no_post(tmp_path):
    """With the platform given, all such rows were known by their moment alone, without a word."""
    path = write_csv(tmp_path / "a.csv", ["2026-07-03 09:30"], ["lihat"])
    with pytest.raises(ExportError, match="'lihat' is no address"):
        read(path, stated=ZONE, mapping=MAP, channel=Channel.FACEBOOK)


@pytest.mark.parametrize(
    "tail", [" Waktu Indonesia Tengah", " WITA (UTC+8)", " [Asia/Makassar]", " waktu setempat"]
)
@pytest.mark.parametrize("head", ["", "Jumat, "])
@pytest.mark.parametrize("spell", ["%m/%d/%Y %I:%M %p", "%d.%m.%Y %H:%M", "%m/%d/%Y %H:%M"])
def test_words_beside_a_date_do_not_exchange_day_and_month(tmp_path, head, tail, spell):
    """The order is the file's: read one by one, the 3rd of July became the 7th of March."""
    cells = [head + at.strftime(spell) + tail for at in DAYS]
    told = dates(
        read(write_csv(tmp_path / "a.csv", cells, map(link, range(len(DAYS)))), stated=ZONE, mapping=MAP)
    )
    assert [at.date() for at in told] == [at.date() for at in DAYS]
