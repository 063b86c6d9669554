"""The CSV files are complete, stable and harmless to open."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from activity.agency import Channel
from activity.flag import Flag, FlaggedPost, FlagKind
from activity.jury import Stage
from activity.ranking import Change, Overall
from reports.html import render_html
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


def test_flags_warnings_and_combined_standings_have_tables_of_their_own(city):
    post = FlaggedPost("k1", "https://x/k1", "Selamat hari jadi", date(2026, 3, 1), date(2026, 3, 4))
    flag = Flag(
        FlagKind.BACK_DATED, "dinkes", Channel.WEBSITE, (post,), "claims 2026-03-01, first seen later"
    )
    first, *others = city.ranking.categories[0].standings
    first = replace(
        first,
        flags=(flag,),
        best_place=1,
        worst_place=2,
        change=Change(("dinkes",), 3, 60.0, ()),
        vacuum_on=date(2026, 6, 29),
    )
    category = replace(city.ranking.categories[0], standings=(first, *others))
    overall = (Overall(first.agency, 1, 80.0, ((Channel.WEBSITE, 80.0, 1),)),)
    ranking = replace(city.ranking, categories=(category,), overall=(("skpd", overall),))
    found = {
        name: list(csv.DictReader(io.StringIO(body.decode())))
        for name, body in render_tables(ranking).items()
    }
    assert (found["ranking.csv"][0]["worst_place"], found["ranking.csv"][0]["place_before"]) == ("2", "3")
    assert found["ranking.csv"][0]["flags"] == "back-dated"
    (row,) = found["flags.csv"]
    assert (row["key"], row["first_seen"], row["evidence"]) == ("k1", "2026-03-04", flag.evidence)
    assert [row["vacuum_on"] for row in found["warnings.csv"]] == ["2026-06-29"]
    assert [(row["level"], row["place"]) for row in found["overall.csv"]] == [("skpd", "1")]
    awards = [(row["level"], row["channel"], row["place"], row["slug"]) for row in found["awards.csv"]]
    assert awards[-1] == ("skpd", "overall", "1", first.agency.slug)
    assert (category.level, category.channel.value, "1", first.agency.slug) in awards
    page = render_html(ranking, city.rows, title="Kota", stage=Stage.OBJECTIONS).decode()
    for said in (
        "masa sanggah",
        "mungkin 1–2",
        "naik dari 3",
        flag.evidence,
        "tanggal mundur",
        "29 Jun 2026",
    ):
        assert said in page
