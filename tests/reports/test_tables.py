"""The CSV files are complete, stable and harmless to open."""

import csv
import io

import pytest

from reports.tables import render_tables


@pytest.fixture(scope="module")
def tables(city):
    return {
        name: list(csv.DictReader(io.StringIO(body.decode())))
        for name, body in render_tables(city.ranking).items()
    }


def test_same_ranking_gives_the_same_bytes(city):
    assert render_tables(city.ranking) == render_tables(city.ranking)


def test_every_standing_is_in_the_ranking(tables):
    slugs = [row["slug"] for row in tables["ranking.csv"]]
    assert slugs == ["dinkes", "dishub", "disdik", "dinsos", "diskominfo", "bkd", "kel-x"]


def test_numbers_are_for_machines(tables):
    first = tables["ranking.csv"][0]
    assert (first["semester"], first["as_of"], first["place"]) == ("2026-S1", "2026-06-20", "1")
    assert first["score"] == "91.2340"
    assert first["frequency_points"] == "91.2340"
    assert first["freshness_value"] == "9.1234"
    assert first["beyond_law"] == "false"


def test_unknown_is_empty_and_not_zero(tables):
    for row in (row for row in tables["ranking.csv"] if row["slug"] in {"bkd", "kel-x"}):
        for column in ("place", "score", "posts", "counted", "last_post", "frequency_points"):
            assert row[column] == ""
        assert row["status"] == "tidak dinilai"
    assert tables["ranking.csv"][-1]["reason"] == "never seen"


def test_shortlist_keeps_its_tie_whole(tables):
    assert [row["slug"] for row in tables["shortlist.csv"]] == ["dinkes", "dishub", "disdik"]


def test_vacuum_has_the_silence(tables):
    (row,) = tables["vacuum.csv"]
    assert (row["last_post"], row["silent_since"], row["silent_days"]) == ("2025-11-02", "2025-11-03", "230")
    assert (row["beyond_law"], row["outcome"]) == ("true", "hacked")


def test_a_text_is_never_a_formula(tables):
    (row,) = tables["vacuum.csv"]
    assert row["agency"] == '\'=HYPERLINK("http://evil.example")'
    assert row["detail"] == "'@links to a foreign host"
