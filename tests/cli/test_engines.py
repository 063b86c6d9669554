"""SQLite and PostgreSQL answer alike for the same city and the same nights."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

_OFFICES = ("dinkes", "dpupr", "dispora", "disbudpar", "kel-teluk-mutiara", "kel-cendana")
_NIGHTS = (date(2026, 1, 29), date(2026, 3, 3))
_SUMS = "SELECT agency, channel, sum(posts) AS n FROM nights GROUP BY agency, channel ORDER BY 1, 2"
_MONTHS = """
SELECT month, agency, channel, posts, active_days, longest_silence, last_post, nights_due, nights_seen,
    nights_reconstructed
FROM monthly_activity WHERE semester = '2026-S1' ORDER BY month, agency, channel
"""


def _live(denyut, registry):
    denyut.done("agencies", "import", denyut.write("registry.csv", registry))
    denyut.done("crawl", "--json")


def _answer(denyut):
    return {
        "rank": denyut.json("rank", "2026-S1", "--json"),
        "posts": denyut.done("posts", "--csv"),
        "sql": denyut.json("sql", _SUMS, "--json"),
        "months": denyut.json("months", "2026-S1", "--json"),
        "sql_months": denyut.json("sql", _MONTHS, "--json"),
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
    _check_months(lite)


def _check_months(answer):
    """The command and SQL give the same figures; where no night is known the command gives none."""
    lines = [line for month in answer["months"]["months"] for line in month["lines"]]
    told = {(line["month"], line["agency"], line["channel"]): line for line in lines}
    assert len(told) == len(lines) == len(answer["sql_months"]) > 30
    for row in answer["sql_months"]:
        line = told[row["month"], row["agency"], row["channel"]]
        known = row["nights_seen"] + row["nights_reconstructed"]
        assert (line["nights_due"], line["nights_unseen"]) == (row["nights_due"], row["nights_due"] - known)
        figures = ("posts", "active_days", "longest_silence")
        expected = [row[name] for name in figures] if known or row["posts"] else [None] * 3
        assert [line[name] for name in figures] == expected, row
        assert line["latest_post"] == row["last_post"]
