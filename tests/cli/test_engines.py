"""SQLite and PostgreSQL answer alike for the same city and the same nights."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

_OFFICES = ("dinkes", "dpupr", "dispora", "disbudpar", "kel-teluk-mutiara", "kel-cendana")
_NIGHTS = (date(2026, 1, 29), date(2026, 3, 3))
_SUMS = "SELECT agency, channel, sum(posts) AS n FROM nights GROUP BY agency, channel ORDER BY 1, 2"


def _live(denyut, registry):
    denyut.done("agencies", "import", denyut.write("registry.csv", registry))
    denyut.done("crawl", "--json")


def _answer(denyut):
    return {
        "rank": denyut.json("rank", "2026-S1", "--json"),
        "posts": denyut.done("posts", "--csv"),
        "sql": denyut.json("sql", _SUMS, "--json"),
    }


def test_the_same_city_and_nights_give_the_same_answers(
    make_denyut, tmp_path, fresh_postgres_url, registry, evening
):
    machines = [make_denyut(tmp_path / name) for name in ("lite", "server")]
    machines[1].settings["DENYUT_DATABASE"] = fresh_postgres_url
    for machine in machines:
        machine.folder.mkdir()
        machine.done("init")
    with ThreadPoolExecutor() as pool:
        for night in _NIGHTS:
            moment, table = evening(night), registry(*_OFFICES)
            for machine in machines:
                machine.settings["DENYUT_NOW"] = moment
            list(pool.map(_live, machines, [table, table]))
        lite, server = pool.map(_answer, machines)
    standings = [s for c in lite["rank"]["categories"] for s in c["standings"]]
    assert len([s for s in standings if s["place"]]) > 8
    assert server == lite
    assert not machines[1].database.exists()
