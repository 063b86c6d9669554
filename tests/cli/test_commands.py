"""What each command does and prints, on a machine that crawled one night of the sample city."""

import csv
import io
import json
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
import typer

from activity.visit import Proof
from cli.main import app

_OFFICES = ("dinkes", "dispora", "disbudpar", "kel-mekar-arum", "kel-cendana")
_VISITED = ("dinkes", "kel-mekar-arum", "kel-cendana")


@pytest.fixture(scope="module")
def crawled(make_denyut, registry, tmp_path_factory):
    machine = make_denyut(tmp_path_factory.mktemp("crawled"))
    table = machine.write("registry.csv", registry(*_OFFICES))
    visited = (f"--agency={slug}" for slug in _VISITED)
    for command in (("init",), ("agencies", "import", table), ("crawl", *visited)):
        machine.done(*command)
    return machine


@pytest.fixture
def machine(crawled, make_denyut, tmp_path):
    """A copy, for a test that writes."""
    shutil.copytree(crawled.folder, tmp_path / "copy")
    return make_denyut(tmp_path / "copy")


def test_making_and_importing_again_changes_nothing(machine):
    before = machine.dump()
    machine.done("init")
    change = machine.json("agencies", "import", str(machine.folder / "registry.csv"), "--json")
    assert change == {"added": 0, "changed": 0, "unchanged": len(_OFFICES), "opened": 0, "closed": 0}
    assert machine.dump() == before


def test_a_renamed_handle_closes_one_account_and_opens_another(machine):
    text = (machine.folder / "registry.csv").read_text(encoding="utf-8")
    (old,) = [row["instagram"] for row in csv.DictReader(io.StringIO(text)) if row["slug"] == "dinkes"]
    path = machine.write("renamed.csv", text.replace(f",{old},", ",@Dinkes_Baru,"))
    change = machine.json("agencies", "import", path, "--as-of", "2026-02-10", "--json")
    assert (change["changed"], change["opened"], change["closed"]) == (1, 1, 1)
    dinkes = next(row["id"] for row in machine.dump()["agency"] if row["slug"] == "dinkes")
    rows = [r for r in machine.dump()["account"] if (r["agency_id"], r["channel"]) == (dinkes, "instagram")]
    rows.sort(key=lambda row: row["valid_from"])
    assert [(r["address"], r["valid_to"] is None) for r in rows] == [(old, False), ("dinkes_baru", True)]
    assert rows[0]["valid_to"] == rows[1]["valid_from"] == rows[0]["valid_from"] + 8


def test_a_crawl_of_a_part_leaves_the_night_open_and_the_next_completes_it(machine):
    (run,) = machine.dump()["run"]
    assert run["status"] == "running"
    facts = machine.json("crawl", "--json")
    assert facts["resumed"] is True
    (run,) = machine.dump()["run"]
    assert run["status"] == "finished"
    summary = json.loads(run["summary"])
    snapshots = machine.dump()["snapshot"]
    assert sum(n for counts in summary["outcomes"].values() for n in counts.values()) == len(snapshots)
    assert summary["posts_new"] == len(machine.dump()["post"])
    again = machine.json("crawl", "--json")
    assert again["posts_new"] == 0
    assert sorted(run["number"] for run in machine.dump()["run"]) == [1, 2]


def test_agencies_are_listed_with_their_addresses(crawled, server):
    rows = {row["slug"]: row for row in crawled.json("agencies", "list", "--json")}
    assert set(rows) == set(_OFFICES)
    assert rows["dinkes"]["website"] == server.website_url("dinkes")
    assert rows["kel-cendana"]["facebook"] is None
    table = crawled.done("agencies", "list")
    assert all(slug in table for slug in _OFFICES)


def test_posts_are_the_same_in_three_formats(crawled):
    lines = [json.loads(line) for line in crawled.done("posts", "--jsonl").splitlines()]
    rows = list(csv.DictReader(io.StringIO(crawled.done("posts", "--csv"))))
    assert len(lines) > 50
    assert [{name: value or "" for name, value in line.items()} for line in lines] == rows
    assert {line["agency"] for line in lines} == set(_VISITED)
    assert all(datetime.fromisoformat(line["published_at"]).utcoffset() for line in lines)
    table = crawled.done("posts", "--agency", "kel-cendana", "--channel", "instagram")
    wanted = [r["url"] for r in rows if (r["agency"], r["channel"]) == ("kel-cendana", "instagram")]
    assert [line.rsplit("|", 1)[1].strip() for line in table.splitlines()[2:]] == wanted


def test_posts_are_chosen_by_local_day(crawled):
    chosen = crawled.done("posts", "--since", "2026-01-10", "--until", "2026-01-20", "--jsonl").splitlines()
    days = {json.loads(line)["local_day"] for line in chosen}
    assert days
    assert all("2026-01-10" <= day < "2026-01-20" for day in days)


def test_a_query_is_the_same_in_three_formats(crawled):
    query = "SELECT agency, channel, posts, night FROM nights WHERE posts > 0 ORDER BY agency, channel, night"
    objects = crawled.json("sql", query, "--json")
    rows = list(csv.DictReader(io.StringIO(crawled.done("sql", query, "--csv"))))
    assert objects
    assert [{name: str(value) for name, value in row.items()} for row in objects] == rows
    table = crawled.done("sql", query).splitlines()
    assert [cell.strip() for cell in table[0].split("|")] == list(objects[0])
    assert len(table) == len(objects) + 2


@pytest.mark.parametrize(
    "command",
    [
        ("agencies", "list"),
        ("rank", "2026-S1"),
        ("shortlist", "2026-S1"),
        ("vacuum",),
        ("doctor",),
        ("posts", "--agency", "dinkes"),
        ("flags", "2026-S1"),
        ("awards", "2026-S1"),
        ("sql", "SELECT count(*) AS n FROM nights"),
    ],
    ids=lambda words: words[0],
)
def test_a_pipe_gets_plain_lines(machine, command):
    # One of them from nothing, into a pipe of its own; where nobody looks at a terminal all say the same.
    done = machine.run_cold(*command) if command[0] == "agencies" else machine.run(*command)
    assert done.returncode == 0, done.stderr
    # A semester's first ranking says by which rubric it is judged from then on; nothing else is said.
    assert [line for line in done.stderr.splitlines() if "is judged by" not in line] == []
    assert "\x1b" not in done.stdout + done.stderr
    assert done.stdout.strip()


def test_the_vacuum_list_names_who_is_silent_and_since_when(crawled):
    answer = crawled.json("vacuum", "--json", "--channel", "website")
    assert answer["semester"] == "2026-S1"
    (silent,) = answer["vacuum"]
    assert (silent["agency"], silent["status"]) == ("kel-mekar-arum", "vakum")
    assert silent["silent_since"] > silent["last_post"]
    assert silent["silent_days"] > 30


def test_a_shortlist_is_the_head_of_the_ranking(machine):
    ranking = machine.json("rank", "2026-S1", "--json", "--as-of", "2026-02-02")
    shortlist = machine.json("shortlist", "2026-S1", "--json", "--as-of", "2026-02-02")
    assert ranking["rubric"] == shortlist["rubric"]
    for ranked, chosen in zip(ranking["categories"], shortlist["categories"], strict=True):
        assert len(chosen["shortlist"]) <= 5
        placed = [s["agency"] for s in ranked["standings"] if s["place"]]
        assert [s["agency"] for s in chosen["shortlist"]] == placed[: len(chosen["shortlist"])]
        assert all(s["wins"] == (s["place"] <= 3) for s in chosen["shortlist"])


def test_doctor_ends_with_one_where_a_check_fails(denyut):
    done = denyut.run_cold("doctor", "--json")
    assert done.returncode == 1
    checks = {check["name"]: check for check in json.loads(done.stdout)}
    assert checks["database"]["health"] == "failed"
    assert "denyut init" in checks["database"]["remedy"]
    assert checks["python"]["health"] == "ok"
    assert list(denyut.folder.iterdir()) == []


def test_a_probe_prints_a_line_a_post_and_a_closing_one(denyut, server):
    done = denyut.run_cold("probe", server.website_url("dinkes"), "--since", "2026-01-15", "--json")
    assert done.returncode == 0, done.stderr
    posts = [json.loads(line) for line in done.stdout.splitlines()]
    assert posts
    for post in posts:
        assert list(post) == ["url", "title", "published_at", "precision", "evidence", "kind"]
        moment = datetime.fromisoformat(post["published_at"])
        assert str(moment.utcoffset()) == "8:00:00"
        assert moment.date().isoformat() >= "2026-01-15"
        assert all(list(witness) == ["kind", "where", "raw", "source"] for witness in post["evidence"])
    (closing,) = [json.loads(line) for line in done.stderr.splitlines()]
    names = "outcome endpoint requests bytes seconds detail complete_since proof"
    assert list(closing) == names.split()
    assert closing["outcome"] == "ok"
    assert closing["complete_since"] == "2026-01-15T00:00:00+08:00"
    assert closing["proof"] == Proof.OLDER_MET
    assert closing["requests"] == len(server.requests("dinkes")[-closing["requests"] :]) > 0
    assert list(denyut.folder.iterdir()) == []


def test_a_probe_of_a_server_that_is_down_ends_with_one(denyut, server):
    done = denyut.run("probe", server.website_url("dispora"), "--json")
    assert (done.returncode, done.stdout) == (1, "")
    closing = json.loads(done.stderr)
    assert (closing["outcome"], closing["complete_since"], closing["proof"]) == ("unreachable", None, None)


def _commands(group, path=()):
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, (*path, name))
        else:
            yield (*path, name), command


@pytest.mark.parametrize(
    "command", [pytest.param(c, id=" ".join(n)) for n, c in _commands(typer.main.get_command(app))]
)
def test_each_command_and_option_is_explained(command):
    assert command.help
    assert len(command.help.split()) > 4
    for parameter in command.params:
        assert getattr(parameter, "help", None), parameter.name


def test_the_module_is_the_command(denyut):
    script = Path(sys.executable).with_name("denyut")
    if not script.exists():
        pytest.skip("Denyut is not installed beside this Python")
    done = subprocess.run([script, "--help"], env=denyut.settings, capture_output=True, text=True, check=True)
    assert done.stdout == denyut.done("--help")
    assert "Usage: denyut " in done.stdout
