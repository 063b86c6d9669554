"""Two semesters of one city: what moved since the last one, also for offices that were merged or renamed."""

import csv
import io
from datetime import date, timedelta

import pytest

_HEADER = ["slug", "name", "level", "facebook", "valid_from", "valid_to", "pengganti dari"]
_FIRST = [
    ["dinas-a", "Dinas A", "skpd", "dinas.a", "", "", ""],
    ["dinas-b", "Dinas B", "skpd", "dinas.b", "", "", ""],
    ["dinas-c", "Dinas C", "skpd", "dinas.c", "", "", ""],
    ["dinas-d", "Dinas D", "skpd", "dinas.d", "", "", ""],
]
_SECOND = [
    ["dinas-a", "Dinas A", "skpd", "dinas.a", "", "2026-07-01", ""],
    ["dinas-b", "Dinas B", "skpd", "dinas.b", "", "2026-07-01", ""],
    ["dinas-c", "Dinas C", "skpd", "dinas.c", "", "", ""],
    ["dinas-d", "Dinas D", "skpd", "dinas.d", "", "2026-07-01", ""],
    ["dinas-ab", "Dinas A dan B", "skpd", "dinas.ab", "2026-07-01", "", "dinas-a; dinas-b"],
    ["dinas-dd", "Dinas D yang Baru", "skpd", "dinas.dd", "2026-07-01", "", "dinas-d"],
    ["dinas-e", "Dinas E", "skpd", "dinas.e", "2026-07-01", "", ""],
]


def _table(header, rows):
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    return text.getvalue()


def _posts(slug, first, every):
    """A post every so many days of a semester, numbered so that no two offices share one."""
    days = [first + timedelta(days=n) for n in range(0, 181, every)]
    number = sum(slug.encode()) * 1_000_000 + first.toordinal()
    links = [f"https://www.facebook.com/{slug}/posts/{number * 1000 + n}" for n in range(len(days))]
    texts = [f"Kegiatan {slug} pada {day:%d-%m-%Y} nomor {n}" for n, day in enumerate(days)]
    return _table(["date", "link", "text"], zip((f"{d} 09:00" for d in days), links, texts, strict=True))


def _hand_in(machine, first, last, rhythms):
    """The commands that import a semester's posts of these offices."""
    mapping = "date=date,link=link,text=text"
    period = ["--since", str(first), "--until", str(last), "--timezone", "Asia/Makassar"]
    for slug, every in rhythms.items():
        path = machine.write(f"{slug}-{first}.csv", _posts(slug, first, every))
        moment = ["--as-of", f"{last}T23:00", "--channel", "facebook"]
        yield ["import", path, "--account", slug, "--map", mapping, *period, *moment]


@pytest.fixture(scope="module")
def machine(make_denyut, tmp_path_factory):
    machine = make_denyut(tmp_path_factory.mktemp("change"))
    first, last = date(2026, 1, 1), date(2026, 6, 30)
    early = _hand_in(machine, first, last, {"dinas-a": 3, "dinas-b": 7, "dinas-c": 2, "dinas-d": 9})
    next_first, next_last = date(2026, 7, 1), date(2026, 12, 31)
    rhythms = {"dinas-ab": 1, "dinas-c": 4, "dinas-dd": 2, "dinas-e": 5}
    machine.done_all(
        [
            ["init"],
            [
                "agencies",
                "import",
                machine.write("first.csv", _table(_HEADER, _FIRST)),
                "--as-of",
                "2026-01-01",
            ],
            *early,
            ["rank", "2026-S1", "--as-of", "2026-07-02"],
            [
                "agencies",
                "import",
                machine.write("second.csv", _table(_HEADER, _SECOND)),
                "--as-of",
                "2026-07-01",
            ],
            *_hand_in(machine, next_first, next_last, rhythms),
        ]
    )
    machine.settings["DENYUT_NOW"] = "2027-01-02"
    return machine


def _standings(machine, semester):
    ranking = machine.json("rank", semester, "--channel", "facebook", "--json")
    return {s["agency"]: s for c in ranking["categories"] for s in c["standings"]}


def test_every_office_is_compared_with_what_it_was(machine):
    before, now = _standings(machine, "2026-S1"), _standings(machine, "2026-S2")
    assert {slug: s["before"] for slug, s in before.items()} == dict.fromkeys(before)
    assert [before[f"dinas-{name}"]["place"] for name in "cabd"] == [1, 2, 3, 4]
    merged, renamed, same = (now[slug]["before"] for slug in ("dinas-ab", "dinas-dd", "dinas-c"))
    assert (merged["agencies"], merged["place"]) == (["dinas-a", "dinas-b"], 2)
    assert merged["score"] == before["dinas-a"]["score"]
    assert (renamed["agencies"], renamed["place"]) == (["dinas-d"], 4)
    assert (same["agencies"], same["place"]) == (["dinas-c"], 1)
    assert now["dinas-e"]["before"] is None
    assert same["moved"][0]["metric"] == "frequency"
    assert same["moved"][0]["points"] < 0
    assert now["dinas-ab"]["place"] == 1


def test_the_table_says_where_an_office_comes_from(machine):
    told = machine.done("rank", "2026-S2", "--channel", "facebook")
    row = next(line for line in told.splitlines() if "Dinas A dan B" in line)
    assert "2 as dinas-a, dinas-b, frequency +" in row


def test_the_registry_comes_out_as_it_went_in(machine):
    written = machine.done("agencies", "list", "--csv")
    rows = {row["slug"]: row for row in csv.DictReader(io.StringIO(written))}
    assert rows["dinas-ab"]["predecessors"] == "dinas-a; dinas-b"
    assert rows["dinas-a"]["valid_to"] == "2026-07-01"
    again = machine.json("agencies", "import", machine.write("again.csv", written), "--json")
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, len(rows))
