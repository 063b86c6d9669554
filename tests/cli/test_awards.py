"""The award tables of two cities' form, out of made-up data: crawled, ranked, read out, tried otherwise."""

import csv
import io
import runpy
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from activity.agency import Agency, Channel
from activity.ranking import Category, Coverage, Ranking, Reason, Standing, Status
from activity.semester import Semester
from reports.award import list_awards
from scoring.placing.combined import complete_ranking
from scoring.rubrics.rubric import load_default, parse_rubric

_EXAMPLES = Path(__file__).parents[2] / "examples"
_CITIES = {"banjarmasin": ("2021-S1", "Asia/Makassar"), "probolinggo": ("2017-S1", "Asia/Jakarta")}

_LIST = {
    ("skpd", "website"): ("bagian-prokompim", "diskominfotik", "disdukcapil"),
    ("kelurahan", "website"): ("kel-pelambuan", "kel-pekapuran-raya", "kel-basirih-selatan"),
    ("skpd", "instagram"): ("dinkes", "bagian-prokompim", "disbudpar"),
    ("kelurahan", "instagram"): ("kel-belitung-utara", "kel-banua-anyar", "kel-sungai-lulut"),
    ("skpd", "facebook"): ("bagian-prokompim", "dinkes", "diskominfotik"),
    ("kelurahan", "facebook"): ("kel-kelayan-barat", "kel-belitung-selatan", "kel-sungai-baru"),
}
"""Who Banjarmasin awarded on 2 November 2021, first to third."""


def _play(denyut, name):
    semester, zone = _CITIES[name]
    script, table = str(_EXAMPLES / "award_city.py"), str(_EXAMPLES / f"{name}.csv")
    # Its commands are forked; a database that they leave is whole only with what lies beside it.
    words = [script, table, semester, "--dir", str(denyut.folder), "--timezone", zone]
    with patch("sys.argv", words), patch("cli.demo.subprocess.run", denyut.python.run):
        runpy.run_path(script, run_name="__main__")
    rubric = denyut.write("rubric.toml", denyut.done("rubric", "show", "--shipped", name))
    with closing(sqlite3.connect(denyut.database)) as played:
        played.execute("VACUUM INTO ?", [str(denyut.folder / "fresh.db")])
    denyut.settings |= {"DENYUT_TIMEZONE": zone, "DENYUT_NOW": "2021-08-01", "DENYUT_RUBRIC": rubric}
    return denyut


@pytest.fixture(scope="module")
def banjarmasin(make_denyut, tmp_path_factory):
    return _play(make_denyut(tmp_path_factory.mktemp("banjarmasin")), "banjarmasin")


@pytest.fixture(scope="module")
def awarded(banjarmasin):
    """What the city awards, before anybody ranked it: a command that takes two seconds."""
    return banjarmasin.json("awards", "2021-S1", "--json")


@pytest.fixture(scope="module")
def probolinggo(make_denyut, tmp_path_factory):
    return _play(make_denyut(tmp_path_factory.mktemp("probolinggo")), "probolinggo")


def _standing(slug, channel, place, score):
    return Standing(
        agency=Agency(slug, slug.upper(), "skpd"),
        channel=channel,
        address=None,
        place=place,
        score=score,
        status=Status.AKTIF,
        reason=Reason.NONE,
        metrics=(),
        coverage=Coverage(181, 0, 181, 1.0),
        posts=0,
        counted=0,
        undated=0,
        last_post=None,
        silent_since=None,
        silent_days=None,
        beyond_law=False,
        outcome=None,
        detail="",
    )


def test_ties_stand_as_ties_and_all_channels_together_come_last():
    web = [("a", 1, 90.0), ("b", 2, 80.0), ("c", 2, 80.0), ("d", 4, 70.0)]
    ranking = Ranking(
        semester=Semester(2026, 1),
        as_of=date(2026, 6, 30),
        rubric="kota",
        version="1",
        digest="",
        places=2,
        shortlist=5,
        categories=(
            Category(Channel.WEBSITE, "skpd", tuple(_standing(s, Channel.WEBSITE, p, n) for s, p, n in web)),
            Category(Channel.FACEBOOK, "skpd", (_standing("b", Channel.FACEBOOK, 1, 60.0),)),
        ),
    )
    rubric = parse_rubric(load_default().replace('way = "none"', 'way = "mean"'), "kota.toml")
    found = list_awards(complete_ranking(ranking, rubric))
    assert [(a["channel"], a["agency"], a["place"], a["tied"], a["sweep"]) for a in found] == [
        ("website", "a", 1, False, False),
        ("website", "b", 2, True, True),
        ("website", "c", 2, True, False),
        ("facebook", "b", 1, False, True),
        ("overall", "a", 1, False, False),
        ("overall", "c", 2, False, False),
    ]


def test_three_channels_two_levels_and_three_places_are_eighteen_with_the_sweep_marked(awarded):
    categories: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for award in awarded["awards"]:
        categories.setdefault((award["level"], award["channel"]), []).append(award)
    assert list(categories) == [
        (level, channel)
        for level in ("skpd", "kelurahan")
        for channel in ("website", "instagram", "facebook")
    ]
    assert len(awarded["awards"]) == 18
    for awards in categories.values():
        assert [award["place"] for award in awards] == [1, 2, 3]
        assert not any(award["tied"] for award in awards)
        assert [a["score"] for a in awards] == sorted((a["score"] for a in awards), reverse=True)
    (sweep,) = awarded["sweeps"]
    assert sweep["agency"] == "bagian-prokompim"
    assert sweep["places"] == {"website": 1, "instagram": 2, "facebook": 1}
    assert {a["agency"] for a in awarded["awards"] if a["sweep"]} == {"bagian-prokompim"}
    assert sorted(a["place"] for a in awarded["awards"] if a["agency"] == "diskominfotik") == [2, 3]
    assert awarded["rubric"]["name"] == "banjarmasin"


def test_the_offices_of_the_citys_list_stand_in_its_places_and_in_the_registry(banjarmasin, awarded):
    places: dict[tuple[str, str], list[str]] = {}
    for award in awarded["awards"]:
        places.setdefault((award["level"], award["channel"]), []).append(award["agency"])
    assert {key: tuple(found) for key, found in places.items()} == _LIST
    lines = banjarmasin.done("awards", "2021-S1", "--list").splitlines()
    assert [line.split(" | ")[0].strip() for line in lines[3:9]] == [
        f"{channel}, {level}"
        for channel in ("website", "instagram", "facebook")
        for level in ("skpd", "kelurahan")
    ]
    assert [sum("★" in cell for cell in line.split(" | ")) for line in lines[3:9]] == [1, 0, 1, 0, 1, 0]
    assert lines[8].split(" | ")[1].strip() == "Kelurahan Kelayan Barat"
    named = csv.DictReader((_EXAMPLES / "registry.csv").read_text(encoding="utf-8").splitlines())
    assert {row["slug"] for row in named} == {slug for slugs in _LIST.values() for slug in slugs}


def _judge_anew(denyut, name):
    """The same city before anybody ranked it, by a rubric that comes with Denyut."""
    path = shutil.copy(denyut.folder / "fresh.db", denyut.folder / f"{name}.db")
    rubric = denyut.write(f"{name}.toml", denyut.done("rubric", "show", "--shipped", name))
    return {"DENYUT_DATABASE": f"sqlite:///{path}", "DENYUT_RUBRIC": rubric}


def test_a_strict_regime_lets_no_long_silence_win_and_deducts(banjarmasin):
    settings = _judge_anew(banjarmasin, "ketat")
    ranking = banjarmasin.json("rank", "2021-S1", "--json", **settings)
    standings = {(s["agency"], s["channel"]): s for c in ranking["categories"] for s in c["standings"]}
    vetoed = [s for s in standings.values() if s["reason"] == "silent for too long"]
    silences = {s["agency"]: _longest(s) for s in vetoed}
    assert vetoed
    assert all(nights > 14 for nights in silences.values())
    for s in standings.values():
        assert s["place"] is None or _longest(s) <= 14
        if s["score"] is not None:
            lost = sum(each["points"] for each in s["deductions"])
            before = sum(m["points"] * m["weight"] / 100 for m in s["metrics"])
            assert s["score"] == pytest.approx(max(0, before - lost))
            met = {"longest_silence": 100, "regularity": 90}
            low = [m["name"] for m in s["metrics"] if m["points"] < met.get(m["name"], 0)]
            assert {each["metric"] for each in s["deductions"]} == set(low)
    asked = "SELECT agency, channel, deducted FROM rankings WHERE latest"
    answer = banjarmasin.json("sql", asked, "--json", **settings)
    scored = {key: s["deductions"] for key, s in standings.items() if s["score"] is not None}
    lost = {key: sum(each["points"] for each in deductions) for key, deductions in scored.items()}
    assert {(a["agency"], a["channel"]): a["deducted"] for a in answer} == dict.fromkeys(standings) | lost
    awards = banjarmasin.json("awards", "2021-S1", "--json", **settings)
    assert awards["rubric"]["name"] == "ketat"
    assert {a["agency"] for a in awards["awards"]} & {"bagian-prokompim", "dinkes"}


def _longest(standing):
    return next((m["value"] for m in standing["metrics"] if m["name"] == "longest_silence"), None)


def test_several_categories_come_out_of_one_ranking(banjarmasin):
    settings = _judge_anew(banjarmasin, "kategori")
    found = banjarmasin.json("awards", "2021-S1", "--json", **settings)
    assert len(found["awards"]) == 18
    prizes = {(p["prize"], p["level"], p["channel"]): p["agency"] for p in found["prizes"]}
    for level, channel in _LIST:
        assert prizes["Paling aktif", level, channel] == _LIST[level, channel][0]
    assert "Paling menarik" in {p["prize"] for p in found["prizes"]}
    told = banjarmasin.done("awards", "2021-S1", **settings)
    assert "Paling aktif · 2021-S1" in told
    rows = list(csv.DictReader(io.StringIO(banjarmasin.done("awards", "2021-S1", "--csv", **settings))))
    assert [r["agency"] for r in rows if r["prize"]] == [p["agency"] for p in found["prizes"]]


def test_the_table_that_is_read_out(banjarmasin, awarded):
    lines = banjarmasin.done("awards", "2021-S1").splitlines()
    assert sum("★" in line for line in lines) == 4
    assert lines[-2].endswith("wins on every channel of skpd: website 1, instagram 2, facebook 1.")
    assert lines[-1].startswith("2021-S1: provisional")
    rows = list(csv.DictReader(io.StringIO(banjarmasin.done("awards", "2021-S1", "--csv"))))
    assert [(r["agency"], r["channel"], int(r["place"])) for r in rows] == [
        (a["agency"], a["channel"], a["place"]) for a in awarded["awards"]
    ]


def test_one_winner_among_forty_offices_and_one_among_the_kelurahan(probolinggo):
    found = probolinggo.json("awards", "2017-S1", "--json")
    assert [(a["level"], a["channel"], a["place"]) for a in found["awards"]] == [
        ("opd", "website", 1),
        ("kelurahan", "website", 1),
    ]
    assert found["sweeps"] == []
    ranking = probolinggo.json("rank", "2017-S1", "--json")
    standings = {c["level"]: c["standings"] for c in ranking["categories"]}
    assert {c["channel"] for c in ranking["categories"]} == {"website"}
    assert len(standings["opd"]) == 40
    assert [s["agency"] for s in standings["opd"] if s["place"] == 1] == [found["awards"][0]["agency"]]
    assert [a["agency"] for a in found["awards"]] == ["bagian-humas-protokol", "kel-kareng-lor"]
    named = csv.DictReader((_EXAMPLES / "registry-probolinggo.csv").read_text(encoding="utf-8").splitlines())
    assert [row["slug"] for row in named] == [a["agency"] for a in found["awards"]]
    assert any(s["status"] == "vakum" for s in standings["opd"])


def test_who_would_move_is_told_and_nothing_is_saved(banjarmasin):
    banjarmasin.done("rank", "2021-S1")
    before = banjarmasin.dump()
    found = banjarmasin.json("whatif", "2021-S1", "--set", "weights.frequency=30", "--json")
    assert [each["metric"] for each in found["scaled"]] == ["regularity", "freshness"]
    assert found["scaled"][0]["after"] == pytest.approx(35)
    moves = {(m["agency"], m["channel"]): m for m in found["moves"]}
    winner = moves["bagian-prokompim", "website"]
    assert winner["place"] == {"before": 1, "after": 1}
    assert winner["score"]["after"] > winner["score"]["before"]
    told = banjarmasin.done("whatif", "2021-S1", "--set", "ranking.places=1", "--set", "ranking.shortlist=1")
    assert "no longer wins, leaves the shortlist" in told
    assert "A sweep less: Bagian Protokol dan Komunikasi Pimpinan." in told
    assert "Scaled" not in told
    assert banjarmasin.dump() == before


def test_who_would_stand_where_over_all_channels_is_told(banjarmasin):
    setting = ("whatif", "2021-S1", "--set", "overall.way=places")
    moves = banjarmasin.json(*setting, "--json")["overall"]
    (winner,) = (move for move in moves if move["place"]["after"] == 1 and move["level"] == "skpd")
    assert winner["agency"] == "bagian-prokompim"
    assert winner["place"]["before"] is None
    assert "all channels · skpd" in banjarmasin.done(*setting)


def test_a_file_may_be_tried_before_it_is_adopted(banjarmasin, complaint):
    banjarmasin.done("publish", "2021-S1", "--who", "Ketua")
    text = (banjarmasin.folder / "rubric.toml").read_text()
    path = banjarmasin.write("trial.toml", text.replace('version = "2"', 'version = "9"'))
    assert "denyut whatif 2021-S1" in complaint(banjarmasin.run("rank", "2021-S1", "--rubric", path), 2)
    told = banjarmasin.done("whatif", "2021-S1", "--rubric", path)
    assert told.count("0 of") == 6
    line = complaint(banjarmasin.run("whatif", "2021-S1", "--set", "weights.frequncy=30"), 2)
    assert "weights.frequency" in line
    assert "Nothing is set otherwise" in complaint(banjarmasin.run("whatif", "2021-S1"), 2)
