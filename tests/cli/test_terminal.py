"""What commands show in terminals of several widths: words whole, nothing lost, pipes as they were."""

import json
import re
import shutil
import sys
from datetime import UTC, date, datetime, time, timedelta

import pytest

from activity.agency import Agency, Channel, RegistryEntry
from activity.outcome import Outcome
from activity.post import DateEvidence, EvidenceKind, Post, PostDate, Precision
from activity.visit import Budget, Harvest, Proof, Window
from cli.cells import measure
from db.nightly.run import begin_run, finish_run
from db.nightly.store import save_harvest
from db.nightly.target import load_targets
from db.office.registry import save_registry
from db.opening import open_database
from testkit.terminal import run_in_terminal
from testkit.zone import MAKASSAR as ZONE

FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
NAMES = {
    "dinkes": "Dinas Kesehatan",
    "diskominfo": "Dinas Komunikasi, Informatika dan Statistik",
    "disperkim": "Dinas Perumahan Rakyat dan Kawasan Permukiman",
    "bkpsdm": "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
    "dispora": "Dinas Kebudayaan, Kepemudaan, Olahraga dan Pariwisata",
}
_EVERYWHERE = {
    Channel.FACEBOOK: "bkpsdm.kota",
    Channel.YOUTUBE: "@bkpsdmkota",
    Channel.TIKTOK: "bkpsdm.kota",
}
TITLES = (
    "Pertanggungjawaban anggaran dan keanekaragaman hayati di Kelurahan Alalak Utara",
    "Posyandu",
    "Penandatanganan kesepakatan bersama: 健康保険 untuk seluruh warga kota 👩🏽",
)
WIDTHS = (60, 80, 100, 120)
COMMANDS = (
    ("agencies", "list"),
    ("agencies", "missing"),
    ("posts",),
    ("rank", "2026-S1"),
    ("shortlist", "2026-S1"),
    ("vacuum", "2026-S1"),
    ("flags", "2026-S1"),
    ("awards", "2026-S1"),
    ("whatif", "2026-S1", "--set", "weights.frequency=10", "--all"),
    ("explain", "dinkes", "--semester", "2026-S1"),
    ("explain", "bkpsdm", "--semester", "2026-S1", "--all"),
    ("sql", "SELECT * FROM rankings"),
    ("rubric", "history"),
    ("override", "list"),
    ("objection", "list"),
    ("meta", "codes"),
)
_ONE_BY_ONE = """
import json, sys
from cli.main import main

for arguments in json.loads(sys.argv[1]):
    try:
        main(arguments)
    except SystemExit as end:
        assert not end.code, arguments
    sys.stdout.flush()
    print("=====", flush=True)
"""
_COLOUR = re.compile(r"\x1b\[[\d;]*m")


def _crawl(engine, night):
    now = datetime.combine(night, time(20), ZONE)
    run = begin_run(engine, night, now)
    window = Window(datetime.combine(FIRST, time(), ZONE).astimezone(UTC), now.astimezone(UTC))
    for channel in (Channel.WEBSITE, Channel.INSTAGRAM):
        for target in load_targets(engine, channel, run, window, ZONE, budget=Budget()):
            slug = target.account.agency
            step = 3 + 5 * list(NAMES).index(slug)
            count = (min(night, date(2026, 2, 1)) - FIRST if slug == "dispora" else night - FIRST).days + 1
            posts = tuple(_post(slug, n) for n in range(0, count, step))
            harvest = Harvest(Outcome.OK, posts=posts, complete_since=window.since, proof=Proof.OLDER_MET)
            if slug == "bkpsdm" and night.month == 3:
                harvest = Harvest(Outcome.UNREACHABLE, detail="the connection timed out")
            save_harvest(engine, run, target, harvest)
    finish_run(engine, run, now, {})


def _post(slug, number):
    at = datetime.combine(FIRST + timedelta(number), time(9), ZONE).astimezone(UTC)
    witness = DateEvidence(
        EvidenceKind.FEED, "pubDate", at.isoformat(), at, Precision.MINUTE, "https://x/feed"
    )
    url = f"https://{slug}.example.go.id/{at:%Y/%m/%d}/kegiatan-{number}"
    return Post(url, url, TITLES[number % 3], PostDate(at, Precision.MINUTE, (witness,)))


@pytest.fixture(scope="module")
def machine(make_denyut, tmp_path_factory):
    machine = make_denyut(tmp_path_factory.mktemp("terminal"))
    engine = open_database(f"sqlite:///{machine.database}", create=True)
    entries = [
        RegistryEntry(
            Agency(slug, name, "skpd"),
            {Channel.WEBSITE: f"https://{slug}.example.go.id/", Channel.INSTAGRAM: f"{slug}_kota"}
            | (_EVERYWHERE if slug == "bkpsdm" else {}),
        )
        for slug, name in NAMES.items()
    ]
    save_registry(engine, entries, datetime.combine(FIRST, time(12), ZONE), timezone=ZONE.key)
    for night in (FIRST, date(2026, 3, 2), date(2026, 3, 3), LAST):
        _crawl(engine, night)
    engine.dispose()
    machine.settings |= {"DENYUT_TIMEZONE": ZONE.key, "DENYUT_NOW": "2026-07-01T20:00"}
    machine.settings |= {"LESS": "", "PAGER": "", "NO_COLOR": ""}
    words = ("--who", "Ketua Tim Penilai Keaktifan", "--reason", "Berita lama diunggah ulang pada Maret")
    machine.done(
        "override", "2026-S1", "dinkes", "website", "--exclude", *words, "--evidence", "surat 12/III"
    )
    machine.done("rank", "2026-S1")
    machine.done("publish", "2026-S1", "--who", "Ketua")
    machine.done("objection", "open", "2026-S1", "dinkes", *words)
    return machine


def _said(machine, commands, columns, *more):
    """What each command draws, in a terminal whose height is unknown, so that nothing is paged."""
    asked = json.dumps([[*command, *more] for command in commands])
    code, drawn = run_in_terminal(
        machine.python,
        ["-c", _ONE_BY_ONE, asked],
        env=machine.settings,
        cwd=machine.folder,
        columns=columns,
        rows=0,
    )
    assert code == 0, drawn
    parts = _COLOUR.sub("", drawn).split("=====\n")
    assert len(parts) == len(commands) + 1
    return dict(zip(commands, parts, strict=False))


@pytest.fixture(scope="module")
def piped(machine):
    return {command: machine.done(*command) for command in COMMANDS}


def _words(text):
    """Words without what draws a table."""
    return [word for word in text.split() if set(word) - set("|─-+")]


@pytest.mark.parametrize("columns", WIDTHS)
def test_no_line_is_wider_and_no_word_is_broken(machine, piped, columns):
    for command, drawn in _said(machine, COMMANDS, columns).items():
        whole = set(_words(piped[command]))
        for line in drawn.splitlines():
            assert measure(line) <= columns, (command, line)
        shown = _words(re.sub(r"^Not shown at (?:.|\n)*?--wide\s+shows\s+all\.$", "", drawn, flags=re.M))
        broken = [word for word in shown if word not in whole and word.rstrip(":") not in whole]
        assert broken == [], command


def test_wide_loses_nothing(machine, piped):
    for command, drawn in _said(machine, COMMANDS, 60, "--wide").items():
        assert _words(drawn) == _words(piped[command]), command


def test_what_is_left_out_is_said(machine):
    drawn = _said(machine, [("rank", "2026-S1")], 80)["rank", "2026-S1"]
    assert "Not shown at 80 columns: possible" in drawn
    assert "--wide shows all." in drawn
    assert "place" in drawn
    assert "agency" in drawn


_READER = """
import sys
text = sys.stdin.read()
print(f"PAGED {len(text.splitlines())} lines")
"""
_CLOSER = "import sys; print('CLOSED', sys.stdin.readline()[:4])"


@pytest.fixture
def in_terminal(machine):
    def run(*command, rows=24, keys=b"", **settings):
        return run_in_terminal(
            machine.python,
            ["-m", "cli", *command],
            env=machine.settings | settings,
            cwd=machine.folder,
            columns=80,
            rows=rows,
            keys=keys,
        )

    return run


def _as_pager(machine, name, code):
    return f"{sys.executable} {machine.write(name, code)}"


def test_what_is_longer_than_the_screen_goes_through_the_pager(in_terminal, machine):
    reader = _as_pager(machine, "reader.py", _READER)
    length = len(in_terminal("posts", PAGER="")[1].splitlines())
    for settings in ({"PAGER": reader}, {"PAGER": "false", "DENYUT_PAGER": reader}):
        assert in_terminal("posts", **settings) == (0, f"PAGED {length} lines\n")
    query = ("sql", "SELECT * FROM posts", "--csv")
    assert "PAGED" in in_terminal(*query, PAGER=reader)[1]
    assert "PAGED" not in in_terminal("posts", PAGER=reader, rows=length + 1)[1]
    assert "PAGED" in in_terminal("posts", PAGER=reader, rows=length)[1]
    for command, settings in (
        (("posts", "--no-pager"), {}),
        (("posts",), {"DENYUT_PAGER": "0"}),
        (("posts",), {"TERM": "dumb"}),
    ):
        code, drawn = in_terminal(*command, **({"PAGER": reader} | settings))
        assert (code, len(drawn.splitlines())) == (0, length)


def test_closing_the_pager_is_no_error(in_terminal, machine):
    closer = _as_pager(machine, "closer.py", _CLOSER)
    for command in (("posts",), ("sql", "SELECT * FROM posts, posts AS again", "--csv")):
        code, drawn = in_terminal(*command, PAGER=closer)
        assert (code, drawn[:6]) == (0, "CLOSED"), drawn
        assert "denyut:" not in drawn


@pytest.mark.skipif(shutil.which("less") is None, reason="this machine has no less")
def test_less_shows_the_first_screen_and_is_left_with_q(in_terminal):
    code, drawn = in_terminal("posts", PAGER="less", LESS="FRX", keys=b"q")
    assert code == 0
    assert "local_day" in drawn
    assert len(drawn.splitlines()) < 30


def test_a_pager_that_is_not_there_costs_nothing(in_terminal):
    code, drawn = in_terminal("rank", "2026-S1", PAGER="no-such-pager --now", PATH="/nowhere")
    assert code == 0
    assert "2026-S1: objections open" in drawn


def test_a_pipe_is_never_paged(machine, piped):
    reader = _as_pager(machine, "reader.py", _READER)
    assert machine.done("posts", PAGER=reader, DENYUT_PAGER=reader) == piped["posts",]


def test_an_office_is_named_as_people_name_it(machine):
    wanted = machine.done("posts", "--agency", "dinkes")
    assert machine.done("posts", "--agency", "kesehatan") == wanted
    assert machine.json("explain", "KESEHATAN", "--semester", "2026-S1", "--json") == machine.json(
        "explain", "dinkes", "--semester", "2026-S1", "--json"
    )
    flagged = machine.json("flags", "2026-S1", "--agency", "Kesehatan", "--json")
    assert {flag["agency"] for flag in flagged["flags"]} <= {"dinkes"}
    for command in (("posts", "--agency", "dinas"), ("explain", "dinas", "--semester", "2026-S1")):
        done = machine.run(*command)
        assert (done.returncode, done.stdout) == (2, "")
        assert "Dinas Kesehatan (dinkes)" in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_a_decision_needs_the_whole_name(machine):
    before = machine.dump()
    why = ("--who", "Ketua", "--reason", "sebab", "--evidence", "surat")
    at = ("--date", "2026-03-27", "--link", "https://www.instagram.com/p/CabcdefghiJ/")
    for command in (
        ("override", "2026-S1", "kesehatan", "website", "--exclude", *why),
        ("objection", "open", "2026-S1", "kesehatan", *why[:4]),
        ("post", "add", "--account", "kesehatan", *at),
        ("crawl", "--agency", "kesehatan"),
    ):
        done = machine.run(*command)
        assert done.returncode == 2, command
        assert "Did you mean Dinas Kesehatan (dinkes)?" in done.stderr
    assert machine.dump() == before


def test_the_version_names_what_matters(denyut):
    done = denyut.run("--version")
    assert done.returncode == 0
    assert re.fullmatch(r"denyut [\d.]+(?:\.dev\d+)?, Python 3\.[\d.]+, database schema \w+\n", done.stdout)
    assert list(denyut.folder.iterdir()) == []


@pytest.mark.parametrize("slug", NAMES)
def test_an_explanation_is_one_screen_first(machine, slug):
    asked = ("explain", slug, "--semester", "2026-S1")
    (told,) = _said(machine, [asked], 80).values()
    lines = told.splitlines()
    assert len(lines) <= 24
    assert all(measure(line) <= 80 for line in lines)
    assert NAMES[slug] in " ".join(told.split())
    found = machine.json(*asked, "--json")["explanations"]
    for each in found:
        row = next(line.split() for line in lines if line.startswith(each["channel"]))
        if each["place"]:
            assert row[1] == str(each["place"])
        if each["score"]:
            assert f"{each['score']:.2f}" in row
    assert "What would have lifted it one place:" in lines
    assert f"Every post and night: denyut {' '.join(asked)} --all" in lines
    assert len(machine.done(*asked, "--all").splitlines()) > len(lines)


def test_what_cost_most_is_the_largest_loss(machine):
    asked = ("explain", "diskominfo", "--semester", "2026-S1", "--channel", "website")
    (told,) = machine.json(*asked, "--json")["explanations"]
    lost = {m["name"]: (100 - m["points"]) * m["weight"] / 100 for m in told["metrics"] if m["weight"]}
    name = max(lost, key=lost.__getitem__)
    assert f"{name} −{lost[name]:.2f}" in machine.done(*asked)
    way = told["one_place_higher"]
    if way and way["posts_needed"]:
        assert f"{way['posts_needed']} more post" in machine.done(*asked)
        assert way["days"][0] in machine.done(*asked)
