"""The workbook opens elsewhere with the same figures, and runs nothing."""

import io

import pytest
from openpyxl import load_workbook

from reports.workbook import render_workbook


@pytest.fixture(scope="module")
def book(city):
    return load_workbook(io.BytesIO(render_workbook(city.ranking, city.rows)))


def test_same_input_gives_the_same_bytes(city):
    assert render_workbook(city.ranking, city.rows) == render_workbook(city.ranking, city.rows)


def test_six_sheets_in_the_committees_words(book):
    assert book.sheetnames == ["Peringkat", "Daftar pendek", "Vakum", "Catatan", "Aktivitas", "Cara baca"]


def test_ranking_holds_everyone_with_numbers_as_numbers(book):
    head, first, *others = book["Peringkat"].iter_rows(values_only=True)
    assert head[:5] == ("Kanal", "Tingkat", "Peringkat", "Perangkat daerah", "Nilai")
    assert first[2:5] == (1, "Dinas Kesehatan", 91.234)
    assert len(others) == 6
    assert others[-1][2] is None
    assert others[-1][8] is None


def test_heads_stay_in_sight(book):
    assert book["Peringkat"].freeze_panes == "E2"


def test_texts_are_neither_formulas_nor_links(book):
    cell = book["Vakum"]["A2"]
    assert (cell.data_type, cell.hyperlink) == ("s", None)
    assert cell.value.startswith("=HYPERLINK")


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
