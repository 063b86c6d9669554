"""How a site answered, look by look: those of crawls alone, of the nights and the channel asked for."""

from dataclasses import replace
from datetime import date

from activity.agency import Agency, Channel
from activity.outcome import Outcome
from activity.record import Certificate, Reception
from activity.result.sheet import Service
from db.nightly.imported import Import, save_imports
from db.nightly.run import begin_run
from db.nightly.service import load_service

_DAYS = [date(2026, 3, day) for day in (1, 2, 3, 4)]


def test_looks_of_crawls_are_told_and_files_are_none(office):
    agency, other = Agency("dinkes", "Dinas Kesehatan", "skpd"), Agency("dishub", "Dinas Perhubungan", "skpd")
    office.register(date(2026, 2, 1), agency, website="https://dinkes.go.id/")
    office.register(date(2026, 2, 1), other, instagram="dishub")
    secure = replace(office.looked(), reception=Reception("https", Certificate.VALID, 0.25))
    office.crawl(_DAYS[0], secure)
    office.crawl(_DAYS[1], secure)
    office.crawl(_DAYS[1], office.looked(outcome=Outcome.UNREACHABLE))
    office.crawl(_DAYS[1], office.looked(), Channel.INSTAGRAM)
    (target,) = office.targets(begin_run(office.engine, _DAYS[2], office.evening(_DAYS[2])))
    file = Import(target, "a.csv", "d", 1, _DAYS[1], None, lambda: iter(()))
    save_imports(office.engine, [file], office.evening(_DAYS[1]))
    office.crawl(_DAYS[3], secure)
    told = load_service(office.engine, "dinkes", Channel.WEBSITE, _DAYS[1], _DAYS[3])
    assert told == (
        Service(_DAYS[1], Outcome.OK, "https", Certificate.VALID, 0.25),
        Service(_DAYS[1], Outcome.UNREACHABLE, None, None, None),
    )
