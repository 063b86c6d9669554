"""The workbook opens elsewhere with the same figures, and runs nothing."""

import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from reports.workbook import render_workbook


@pytest.fixture(scope="module")
def book(city):
    return load_workbook(io.BytesIO(render_workbook(city.ranking, city.rows)))


def test_same_input_gives_the_same_bytes(city):
    assert render_workbook(city.ranking, city.rows) == render_workbook(city.ranking, city.rows)


def test_the_sheets_in_the_committees_words(book):
    ranked = ["Peringkat", "Daftar pendek", "Vakum", "Catatan"]
    assert book.sheetnames == [*ranked, "Aktivitas", "Bulanan", "Ringkasan", "Cara baca"]


def test_every_table_can_be_filtered(book):
    for name in ("Peringkat", "Daftar pendek", "Vakum", "Catatan", "Aktivitas", "Bulanan"):
        filtered = book[name].auto_filter.ref
        assert filtered.startswith("A1:"), name
        assert filtered.endswith(str(book[name].max_row)), name
    assert [table.autoFilter is not None for table in book["Ringkasan"].tables.values()] == [True, True]


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(city, book, monkeypatch):
    whole = [row[:3] for row in book["Bulanan"].iter_rows(min_row=2, values_only=True)]
    monkeypatch.setattr("reports.sheet.MOST_ROWS", 21)
    parts = load_workbook(io.BytesIO(render_workbook(city.ranking, city.rows)))
    named = [name for name in parts.sheetnames if name.startswith("Bulanan")]
    assert named == ["Bulanan", *(f"Bulanan {n}" for n in range(2, 1 - -len(whole) // 20))]
    assert all(parts[name].max_row <= 21 and parts[name]["A1"].value == "Bulan" for name in named)
    found = [row[:3] for name in named for row in parts[name].iter_rows(min_row=2, values_only=True)]
    assert found == whole


def test_every_sheet_prints_across_a4_with_its_heads(book):
    for sheet in book:
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9), (
            sheet.title
        )
        assert (sheet.page_setup.fitToWidth or 1, int(sheet.page_setup.fitToHeight)) == (1, 0)
        assert sheet.print_title_rows == "$1:$1"


def test_weeks_are_the_darker_the_more_posts_and_hatched_where_unseen(book):
    first, unseen = book["Aktivitas"][2], book["Aktivitas"][8]
    shades: dict[int, set[str]] = {}
    for cell in first[4:]:
        if cell.value is not None:
            shades.setdefault(cell.value, set()).add(cell.fill.fgColor.rgb)
    assert len(shades[max(shades)]) == 1
    assert shades[max(shades)] != shades[min(shades)]
    assert {cell.fill.patternType for cell in unseen[4:28]} == {"lightUp"}
    assert first[4 + 6].fill.patternType == "lightUp"
    assert first[-1].fill.patternType is None


def test_charts_show_the_summarys_own_cells(book):
    states, months = book["Ringkasan"]._charts
    assert len(states.series) == 5
    assert {series.val.numRef.f.split("!")[0] for series in (*states.series, *months.series)} == {"Ringkasan"}
    website, instagram = list(book["Ringkasan"].iter_rows(min_row=2, max_row=3, values_only=True))
    assert website[1:6] == (4, 0, 1, 0, 1)
    assert instagram[1:6] == (0, 0, 0, 1, 0)


def test_ranking_holds_everyone_with_numbers_as_numbers(book):
    head, first, *others = book["Peringkat"].iter_rows(values_only=True)
    assert head[:5] == ("Kanal", "Tingkat", "Peringkat", "Perangkat daerah", "Nilai")
    assert first[2:5] == (1, "Dinas Kesehatan", 91.234)
    assert len(others) == 6
    assert others[-1][2] is None
    assert others[-1][8] is None


def test_what_a_strict_rubric_takes_stands_beside_the_score(city, book):
    assert "Dikurangi" not in [cell.value for cell in book["Peringkat"][1]]
    first, *others = city.ranking.categories
    hard = replace(first.standings[0], deductions=(("regularity", 5.0), ("freshness", 2.5)))
    category = replace(first, standings=(hard, *first.standings[1:]))
    ranking = replace(city.ranking, categories=(category, *others))
    sheet = load_workbook(io.BytesIO(render_workbook(ranking, city.rows)))["Peringkat"]
    column = [cell.value for cell in sheet[1]].index("Dikurangi")
    assert [sheet.cell(line, column + 1).value for line in (2, 3)] == [7.5, 0]


def test_heads_stay_in_sight(book):
    assert book["Peringkat"].freeze_panes == "E2"


def test_texts_are_neither_formulas_nor_links(book):
    cell = book["Vakum"]["A2"]
    assert (cell.data_type, cell.hyperlink) == ("s", None)
    assert cell.value.startswith("=HYPERLINK")


def test_no_cell_of_any_sheet_is_run_or_followed(book):
    for sheet in book:
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink] == [], (
            sheet.title
        )
    assert any(str(row[1]).startswith("=HYPERLINK") for row in book["Bulanan"].iter_rows(values_only=True))


def test_activity_counts_each_week_and_leaves_the_unknown_empty(book, city):
    head, first, *_, unseen = book["Aktivitas"].iter_rows(values_only=True)
    assert len(head) == 4 + len(city.ranking.semester.weeks())
    weeks = first[4:]
    assert sum(n or 0 for n in weeks) == first[3] == sum(city.rows[0].posts)
    assert weeks[6] is None
    assert not any(n is not None for n in unseen[3:])


def test_english_on_request(city):
    book = load_workbook(io.BytesIO(render_workbook(city.ranking, city.rows, language="en")))
    assert book.sheetnames[0] == "Ranking"
