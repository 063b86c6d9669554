"""A night's condition out of the database, and what `denyut night` and `denyut doctor` say of it."""

import json
import os
import sys
from datetime import date, timedelta

import pytest

from activity.agency import Agency
from activity.condition import Trouble
from activity.outcome import Outcome
from db.run import finish_run, load_totals
from db.store import begin_run, save_harvest
from desk.condition import read_condition

_FIRST = date(2026, 2, 2)
_SLUGS = ("dinkes", "dinsos", "disdik", "dishub", "diskes")


def crawl(office, night, outcomes):
    """One night's crawl, in which each office ends as it is told."""
    run = begin_run(office.engine, night, office.evening(night))
    for target in office.targets(run):
        outcome = outcomes.get(target.account.agency, Outcome.OK)
        save_harvest(office.engine, run, target, office.looked(outcome=outcome))
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


def test_a_second_run_of_a_night_that_saw_everybody_ends_the_trouble(lived):
    crawl(lived, _FIRST + timedelta(8), {})
    condition = read_condition(lived.engine, _FIRST + timedelta(8))
    assert (condition.symptoms, condition.blind) == ((), ())


@pytest.fixture
def say(lived, warm_python, tmp_path):
    """Runs a command on the morning after; its exit code and what it prints."""
    settings = os.environ | {
        "DENYUT_DATABASE": lived.engine.url.render_as_string(hide_password=False),
        "DENYUT_NOW": "2026-02-11T07:00:00+08:00",
    }

    def run(*arguments):
        done = warm_python.run([sys.executable, "-m", "cli", *arguments], env=settings, cwd=tmp_path)
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
