"""A registry is taken whole or refused with a line for each problem."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from activity.agency import Channel, Keeper, Participation
from activity.errors import ConfigError, RegistryError
from activity.registry.table import read_registry
from cli.registry_file import load_registry

HEADER = ["slug", "name", "level", "website", "instagram", "facebook"]
ROW = ["dinkes", "Dinas Kesehatan", "skpd", "dinkes.go.id", "@dinkes_bjm", "facebook.com/dinkesbjm"]
CSV = "\n".join(",".join(row) for row in (HEADER, ROW)) + "\n"


def problems_of(*rows):
    with pytest.raises(RegistryError) as caught:
        read_registry(rows, "daftar.csv")
    return caught.value.problems


def test_a_row_becomes_an_agency_with_canonical_addresses():
    (entry,) = read_registry([HEADER, ROW], "daftar.csv")
    assert entry.agency.slug == "dinkes"
    assert entry.agency.name == "Dinas Kesehatan"
    assert entry.agency.participation is Participation.PESERTA
    assert entry.addresses == {
        Channel.WEBSITE: "https://dinkes.go.id/",
        Channel.INSTAGRAM: "dinkes_bjm",
        Channel.FACEBOOK: "dinkesbjm",
    }


def test_indonesian_headers_in_any_order_below_a_title():
    rows = [
        ["Daftar OPD 2026"],
        [],
        [
            "No",
            "Nama",
            "SLUG ",
            "Tingkat",
            "Situs",
            "IG",
            "Induk",
            "Berlaku_Dari",
            "Berlaku sampai",
            "Status",
        ],
        ["1", " Kelurahan  A ", "KEL-A", "Kelurahan", "-", "", "kec-a", "01/07/2020", "2026-07-01", ""],
        ["2", "Kecamatan A", "kec-a", "Kecamatan", "", "tidak ada", "", "", "", "Non Kompetisi"],
        ["", "", ""],
    ]
    kelurahan, kecamatan = read_registry(rows, "daftar.csv")
    assert (kelurahan.agency.slug, kelurahan.agency.name) == ("kel-a", "Kelurahan A")
    assert (kelurahan.agency.level, kelurahan.agency.parent) == ("kelurahan", "kec-a")
    assert kelurahan.agency.valid_from == date(2020, 7, 1)
    assert kelurahan.agency.valid_to == date(2026, 7, 1)
    assert kelurahan.addresses == {}
    assert kecamatan.agency.participation is Participation.NON_KOMPETISI


def test_every_problem_is_named_with_line_column_found_and_expected():
    problems = problems_of(
        [*HEADER, "parent", "valid_from", "valid_to", "status"],
        [*ROW, "", "", "", ""],
        ["Dinas Sosial", "", "", "dinsos", "di sini", "facebook.com/groups/1"],
        ["dinsos", "Dinas Sosial", "skpd", "", "", "", "dinas", "31/02/2026", "1 Juli", "ikut"],
        ["dinkes", "Dinas B", "skpd"],
        ["dinas-c", "Dinas C", "skpd", "http://www.dinkes.go.id", "", "", "", "2026-07-01", "2026-06-01"],
        [*ROW, "", "", "", "", "lebih"],
    )
    assert problems == (
        'line 3, column slug: found "Dinas Sosial", expected small letters, digits and single hyphens,'
        " such as dinas-kesehatan",
        'line 3, column name: found "", expected the agency\'s name',
        'line 3, column level: found "", expected a level such as skpd, kecamatan or kelurahan',
        'line 3, column website: found "dinsos", expected a web address such as https://dinkes.example.go.id',
        'line 3, column instagram: found "di sini", expected an Instagram account such as @dinkes_bjm or'
        " instagram.com/dinkes_bjm",
        'line 3, column facebook: found "facebook.com/groups/1", expected a Facebook page such as'
        " facebook.com/dinkesbjm or facebook.com/profile.php?id=100064000000000",
        'line 4, column status: found "ikut", expected one of: peserta, non-kompetisi, tidak dinilai',
        'line 4, column valid_from: found "31/02/2026", expected a day such as 2026-07-01 or 01/07/2026',
        'line 4, column valid_to: found "1 Juli", expected a day such as 2026-07-01 or 01/07/2026',
        'line 5, column slug: found "dinkes", expected another one: line 2 has it already',
        'line 6, column valid_to: found "2026-06-01", expected a day after valid_from, 2026-07-01',
        'line 7, column slug: found "dinkes", expected another one: line 2 has it already',
        "line 7: found 11 cells, expected 10 as in the header",
    )


def test_an_address_belongs_to_one_agency_at_a_time():
    header = [*HEADER, "valid_from", "valid_to"]
    other = ["dinas-b", "Dinas B", "skpd", "http://www.dinkes.go.id/", "", ""]
    assert problems_of(header, ROW, other) == (
        'line 3, column website: found "http://www.dinkes.go.id/",'
        " expected another one: line 2 has it already",
    )
    succession = [header, [*ROW, "", "2026-07-01"], [*other, "2026-07-01", ""]]
    assert len(read_registry(succession, "daftar.csv")) == 2


def test_parents_must_be_in_the_file_and_not_go_in_a_circle():
    header = ["slug", "name", "level", "website", "parent"]
    assert problems_of(header, ["a", "A", "skpd", "", "b"]) == (
        'line 2, column parent: found "b", expected a slug of this file',
    )
    circle = problems_of(header, ["a", "A", "skpd", "", "b"], ["b", "B", "skpd", "", "a"])
    assert len(circle) == 2
    assert "not below this one" in circle[0]


def test_whom_an_agency_carries_on():
    renamed, merged, first = read_registry(
        [
            [*HEADER, "Pengganti dari"],
            ["dinas-b", "Dinas B", "skpd", "", "", "", "DINAS-A"],
            ["dinas-e", "Dinas E", "skpd", "", "", "", "dinas-c; dinas-d,dinas-c"],
            ["dinas-f", "Dinas F", "skpd", "", "", "", "-"],
        ],
        "daftar.csv",
    )
    assert renamed.agency.predecessors == ("dinas-a",)
    assert merged.agency.predecessors == ("dinas-c", "dinas-d")
    assert first.agency.predecessors == ()


def test_nobody_carries_on_itself():
    header = [*HEADER, "pendahulu"]
    problems = problems_of(
        header,
        ["dinas-a", "Dinas A", "skpd", "", "", "", "dinas-b"],
        ["dinas-b", "Dinas B", "skpd", "", "", "", "dinas-a"],
        ["dinas-c", "Dinas C", "skpd", "", "", "", "dinas-c"],
    )
    assert [problem.split(":")[0] for problem in problems] == [
        f"line {line}, column predecessors" for line in (2, 3, 4)
    ]
    (spelling,) = problems_of(header, ["dinas-a", "Dinas A", "skpd", "", "", "", "Dinas_B"])
    assert "dinas-a; dinas-b" in spelling


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([], "found no row"),
        ([[], [""]], "found no row"),
        ([HEADER], "no agency below the header"),
        ([["nama", "tingkat", "situs"], ["A", "skpd", ""]], "column slug: found no such column"),
        ([["slug", "name", "level"], ["a", "A", "skpd"]], "found no channel"),
        ([[*HEADER, "slug"], ROW], "a second time"),
        ([["slug", "name", "level", "website", "instagarm"], ROW], 'found "instagarm", expected "instagram"'),
        ([["<html>"], ["<body>"]], "column slug: found no such column"),
    ],
)
def test_a_table_that_is_no_registry_says_why(rows, problem):
    assert any(problem in each for each in problems_of(*rows))


def test_the_refusal_counts_its_problems():
    with pytest.raises(RegistryError, match=r"daftar\.csv: 1 problem, nothing was imported"):
        read_registry([], "daftar.csv")


@pytest.mark.parametrize(
    "content",
    [
        CSV.encode(),
        b"\xef\xbb\xbf" + CSV.encode(),
        CSV.replace(",", ";").encode(),
        CSV.replace(",", "\t").encode("utf-16"),
        b"sep=;\r\n" + CSV.replace(",", ";").replace("\n", "\r\n").encode(),
        CSV.replace("\n", "\r").encode(),
        (CSV + "\n,,,,,\n  \n").encode(),
    ],
    ids=["utf-8", "bom", "semicolon", "utf-16 tab", "sep", "old mac", "trailing blanks"],
)
def test_csv_as_spreadsheets_write_it(tmp_path, content):
    file = tmp_path / "daftar.csv"
    file.write_bytes(content)
    assert load_registry(file) == read_registry([HEADER, ROW], "daftar.csv")


def test_windows_1252_and_quoted_cells(tmp_path):
    file = tmp_path / "daftar.csv"
    file.write_bytes('slug;nama;tingkat;web\nkel-a;"Kelurahan; “Cempaka”";kelurahan;\n'.encode("cp1252"))
    (entry,) = load_registry(file)
    assert entry.agency.name == "Kelurahan; “Cempaka”"


def test_line_numbers_are_those_of_the_file(tmp_path):
    file = tmp_path / "daftar.csv"
    file.write_text("sep=,\n" + CSV + '\nb,"B\nB",skpd,,,\nx y,A,skpd,,,\n')
    with pytest.raises(RegistryError) as caught:
        load_registry(file)
    assert caught.value.problems[0].startswith("line 7, column slug:")


def make_workbook(path, *rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.create_sheet("lain").append(["bukan", "ini"])
    book.save(path)
    book.close()


def test_a_workbook_with_numbers_and_dates(tmp_path):
    file = tmp_path / "daftar.xlsx"
    make_workbook(
        file,
        [*HEADER, "valid_from", "valid_to"],
        [*ROW[:5], 100064000000000, datetime(2020, 7, 1), date(2026, 7, 1)],
        [None] * 8,
    )
    (entry,) = load_registry(file)
    assert entry.addresses[Channel.FACEBOOK] == "100064000000000"
    assert (entry.agency.valid_from, entry.agency.valid_to) == (date(2020, 7, 1), date(2026, 7, 1))


def test_a_workbook_is_known_by_its_content_and_keeps_its_row_numbers(tmp_path):
    file = tmp_path / "daftar.csv"
    make_workbook(file, ["Daftar"], [], HEADER, ["x y", "A", "skpd"])
    with pytest.raises(RegistryError) as caught:
        load_registry(file)
    assert caught.value.problems[0].startswith("line 4, column slug:")


def truncated_workbook(path):
    make_workbook(path, HEADER, ROW)
    path.write_bytes(path.read_bytes()[:-400])


def damaged_workbook(path):
    make_workbook(path, HEADER, ROW)
    source = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with source, zipfile.ZipFile(path, "w") as target:
        for item in source.infolist():
            broken = item.filename == "xl/worksheets/sheet1.xml"
            target.writestr(item, b"<worksheet><sheetData><row" if broken else source.read(item))


def other_archive(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")


def bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        chunk = b"\0" * 50_000_000
        for number in range(5):
            archive.writestr(f"xl/{number}.xml", chunk)


@pytest.mark.parametrize(
    ("write", "problem"),
    [
        (lambda _: None, "does not exist"),
        (lambda path: path.mkdir(), "is a folder"),
        (lambda path: path.write_bytes(b""), "is empty"),
        (lambda path: path.write_bytes(b"\xef\xbb\xbf\r\n"), "is empty"),
        (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0"), "neither CSV nor XLSX"),
        (lambda path: path.write_text('slug,name\na,"A\nb,B\n'), "stray quotation mark"),
        (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1"), "old kind"),
        (truncated_workbook, "not a workbook"),
        (damaged_workbook, "not a workbook"),
        (other_archive, "not a workbook"),
        (bomb, "unpacks to more than 200 MB"),
    ],
)
def test_a_file_that_is_no_table_says_so(tmp_path, write, problem):
    path = tmp_path / "daftar.xlsx"
    write(path)
    with pytest.raises(ConfigError) as caught:
        load_registry(path)
    assert not isinstance(caught.value, RegistryError)
    assert problem in str(caught.value)
    assert caught.value.remedy


@given(st.lists(st.lists(st.text(max_size=12) | st.sampled_from([*HEADER, *ROW]), max_size=8), max_size=6))
def test_any_table_is_taken_or_refused(rows):
    for table in (rows, [HEADER, *rows]):
        try:
            entries: tuple[object, ...] = read_registry(table, "daftar.csv")
        except RegistryError as error:
            entries = error.problems
        assert entries


def test_the_example_is_a_registry():
    entries = load_registry(Path(__file__).parents[1] / "examples" / "registry.csv")
    assert {entry.agency.level for entry in entries} == {"skpd", "kelurahan"}
    assert entries[0].addresses == {Channel.WEBSITE: "https://prokom.banjarmasinkota.go.id/"}


def test_who_keeps_the_accounts_is_read_where_the_registry_says_it():
    rows = [
        ["slug", "nama", "tingkat", "website", "Kontak", "Serah terima"],
        ["dinkes", "Dinas Kesehatan", "skpd", "https://dinkes.go.id/", "Siti, 0812", "01/03/2025"],
        ["dishub", "Dinas Perhubungan", "skpd", "https://dishub.go.id/", "-", ""],
    ]
    known, blank = read_registry(rows, "x")
    assert (known.contact, known.handover) == ("Siti, 0812", (date(2025, 3, 1),))
    assert (blank.contact, blank.handover) == ("", (None,))
    (untold,) = read_registry([row[:4] for row in rows[:2]], "x")
    before = Keeper("Budi", date(2024, 1, 1))
    assert untold.tell_keeper(before) == before
    assert blank.tell_keeper(before) == Keeper()
    with pytest.raises(RegistryError) as caught:
        read_registry([rows[0], [*rows[1][:4], "x" * 201, ""]], "x")
    assert "column contact" in caught.value.problems[0]
