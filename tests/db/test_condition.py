"""A night's condition out of the database, and what `denyut night` and `denyut doctor` say of it."""

import json
import os
import sys
from dataclasses import replace
from datetime import date, timedelta

import pytest

from activity.agency import Agency
from activity.condition import Trouble
from activity.outcome import Outcome
from activity.visit import Cost
from db.nightly.run import begin_run, finish_run, load_totals
from db.nightly.store import save_harvest
from desk.night.condition import read_condition

_FIRST = date(2026, 2, 2)
_SLUGS = ("dinkes", "dinsos", "disdik", "dishub", "diskes")


def crawl(office, night, outcomes):
    """One night's crawl, in which each office ends as it is told."""
    run = begin_run(office.engine, night, office.evening(night))
    for target in office.targets(run):
        outcome = outcomes.get(target.account.agency, Outcome.OK)
        detail = f"{target.account.address} answered 403." if outcome is Outcome.BLOCKED else ""
        harvest = replace(office.looked(outcome=outcome), detail=detail, cost=Cost(2, 10, 1.0))
        save_harvest(office.engine, run, target, harvest)
    finish_run(office.engine, run, office.evening(night), load_totals(office.engine, run))


@pytest.fixture
def lived(office):
    """Nine nights: one office is never seen, and on the last our line is down."""
    for slug in _SLUGS:
        office.register(_FIRST, Agency(slug, slug.title(), "skpd"), website=f"https://{slug}.example.go.id/")
    for number in range(9):
        away = _SLUGS if number == 8 else _SLUGS[:1]
        crawl(office, _FIRST + timedelta(number), dict.fromkeys(away, Outcome.UNREACHABLE))
    return office


def test_what_a_night_came_to(lived):
    condition = read_condition(lived.engine, _FIRST + timedelta(8))
    assert [(f.trouble, f.count, f.usual) for f in condition.symptoms] == [(Trouble.NETWORK, 4, 4)]
    assert condition.is_wide
    assert [(b.agency, b.outcome) for b in condition.blind] == [("dinkes", Outcome.UNREACHABLE)]
    before = read_condition(lived.engine, _FIRST + timedelta(7))
    assert (before.symptoms, before.is_wide) == ((), False)
    assert [b.agency for b in before.blind] == ["dinkes"]
    assert read_condition(lived.engine, _FIRST + timedelta(5)).blind == ()
    assert read_condition(lived.engine, _FIRST + timedelta(9)).run is None


def test_a_crawl_that_was_cut_short_says_whom_it_saw(office, ask):
    for slug in _SLUGS:
        office.register(_FIRST, Agency(slug, slug.title(), "skpd"), website=f"https://{slug}.example.go.id/")
    run = begin_run(office.engine, _FIRST, office.evening(_FIRST))
    for number, target in enumerate(office.targets(run)[:3]):
        outcome = Outcome.OK if number else Outcome.UNREACHABLE
        save_harvest(office.engine, run, target, office.looked(outcome=outcome))
    told = " ".join(ask("night", DENYUT_NOW="2026-02-02T23:00:00+08:00")[1].split())
    assert "is not finished: 2 accounts were seen, 2 are still to be visited. Unless" in told
    begin_run(office.engine, _FIRST + timedelta(1), office.evening(_FIRST + timedelta(1)))
    told = " ".join(ask("night", str(_FIRST))[1].split())
    assert "was cut short: 2 accounts were seen, 2 were not visited; for them it is unseen." in told


def test_a_second_run_of_a_night_that_saw_everybody_ends_the_trouble(lived):
    crawl(lived, _FIRST + timedelta(8), {})
    condition = read_condition(lived.engine, _FIRST + timedelta(8))
    assert (condition.symptoms, condition.blind) == ((), ())


def test_a_host_that_turns_us_away_is_named_from_the_third_night_on_and_gets_a_letter(office, ask):
    for slug in _SLUGS[:2]:
        office.register(_FIRST, Agency(slug, slug.title(), "skpd"), website=f"https://{slug}.example.go.id/")
    refused = {"dinkes": Outcome.BLOCKED}
    for number, outcomes in enumerate(({}, refused, refused)):
        crawl(office, _FIRST + timedelta(number), outcomes)
    assert read_condition(office.engine, _FIRST + timedelta(2)).blocked == ()
    crawl(office, _FIRST + timedelta(3), refused)
    (found,) = read_condition(office.engine, _FIRST + timedelta(3)).blocked
    assert (found.agency, found.channel) == ("dinkes", "website")
    told = " ".join(ask("night")[1].split())
    assert "Turned away for 3 nights running: dinkes. `denyut letter AGENCY` writes to the host." in told
    assert json.loads(ask("night", "--json")[1])["blocked"][0]["agency"] == "dinkes"
    code, letter = ask("letter", "dinkes")
    assert code == 0
    assert letter.startswith("Subject: please let the crawl of Kota Uji read dinkes.example.go.id\n")
    for words in (
        "Since 3 February 2026",
        "Denyut/0.1 (+uji@example.id)",
        "Address: ",
        "20:00 WITA: 2 requests",
    ):
        assert words in letter
    assert letter.count("answered 403") == 3
    surat = ask("letter", "dinkes", "--language", "id")[1]
    assert "Sejak 3 Februari 2026" in surat
    assert "menjawab 403" in surat
    assert ask("letter", "dinsos")[0] == 2
    assert ask("letter", "dinkes", DENYUT_CONTACT="")[0] == 2


@pytest.fixture
def say(lived, ask):
    """The same of the nights that were lived."""
    assert lived.engine
    return ask


@pytest.fixture
def ask(office, warm_python, tmp_path):
    """Runs a command on a morning after; its exit code and what it prints."""
    settings = os.environ | {
        "DENYUT_DATABASE": office.engine.url.render_as_string(hide_password=False),
        "DENYUT_NOW": "2026-02-11T07:00:00+08:00",
        "DENYUT_CITY": "Kota Uji",
        "DENYUT_CONTACT": "uji@example.id",
    }

    def run(*arguments, **more):
        command = [sys.executable, "-m", "cli", *arguments]
        done = warm_python.run(command, env=settings | more, cwd=tmp_path)
        return done.returncode, done.stdout

    return run


def test_the_command_tells_it_in_ten_lines_and_ends_with_five(say):
    code, printed = say("night")
    assert code == 5
    assert len(printed.splitlines()) <= 10
    assert "4 of 4 accounts that usually answer could not be reached: our own network" in " ".join(
        printed.split()
    )
    assert "dinkes website (unreachable)" in printed
    code, printed = say("night", "2026-02-09", "--json")
    told = json.loads(printed)
    assert (code, told["trouble"], told["symptoms"]) == (0, False, [])
    assert told["outcomes"] == {"website": {"ok": 4, "unreachable": 1}}
    code, printed = say("night", "2026-02-12")
    assert (code, printed.split(":")[0]) == (0, "No crawl of the night 2026-02-12 was finished")
    assert say("night", "kemarin")[0] == 2


def test_the_doctor_looks_at_the_night_just_crawled(say):
    checks = {check["name"]: check for check in json.loads(say("doctor", "--json")[1])}
    assert checks["last night"]["found"] == "crawled on 2026-02-10"
    assert checks["night of 2026-02-10"]["health"] == "failed"
