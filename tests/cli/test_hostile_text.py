"""Every command over a database, files, sites and an archive full of hostile text, and what is shown."""

import csv
import io
import json
import re
import threading
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import typer
from click import Group

from activity.agency import Agency, Channel, RegistryEntry
from activity.outcome import Outcome
from activity.post import DateEvidence, EvidenceKind, Post, PostDate, Precision
from activity.record import Record
from activity.registry.table import read_registry
from activity.visit import Budget, Harvest, Proof, Window
from cli.console import print_csv
from cli.main import app
from db.evidence.warc import Archive
from db.nightly.run import begin_run, finish_run
from db.nightly.store import save_harvest
from db.nightly.target import load_targets
from db.office.registry import save_registry
from db.opening import open_database
from scoring.seal.archive import render_archive
from scoring.seal.contents import Contents, SealHead
from testkit.terminal import run_in_terminal
from testkit.zone import MAKASSAR as ZONE

_EVIL = (
    "=1+1\x1b[2J\x1b]0;milik\x07\x9b31m\r\nPALSU: identical.\n\x85\u2028\u202e[red]merah[/red] :warning: "
    "[link=https://x.id]klik[/link]\u200b\u2066\ufeff\U000e0041\x7f\x00"
)
_STORED = _EVIL.replace("\x00", "")
_WORDS = _EVIL.replace("\x00", "\x1b")
_WHO = ("--who", _WORDS, "--reason", _WORDS)


class _Hostile(BaseHTTPRequestHandler):
    """A site and a Graph API whose every word is an attack."""

    def do_GET(self):
        evil = _EVIL.replace("\x00", "")
        if self.path.startswith("/v"):
            body = json.dumps({"error": {"message": evil, "type": evil, "code": 190}}).encode()
            kind = "application/json"
        else:
            link = '<h2><a href="/berita/{0}-a">{1} kabar {0}</a></h2>'
            card = f"<article>{link}<time>{{0}} Maret 2026</time></article>"
            links = "".join(card.format(n, evil) for n in range(1, 9))
            body = (
                f"<html><head><title>{evil}</title></head><body><main>{links}</main></body></html>".encode()
            )
            kind = "text/html; charset=utf-8"
        self.send_response(200 if self.path != "/robots.txt" else 404, "\x1b[2Jbaik")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def hostile_site():
    with ThreadingHTTPServer(("127.0.0.1", 0), _Hostile) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def _post(slug, day):
    at = datetime.combine(day, time(9), ZONE).astimezone(UTC)
    witness = DateEvidence(
        EvidenceKind.FEED, _STORED, _STORED, at, Precision.MINUTE, f"https://a.id/{_STORED}"
    )
    url = f"https://{slug}.go.id/{day}{_STORED}"
    return Post(
        f"/{day}{_STORED}", url, f"{_STORED} {slug} {day}", PostDate(at, Precision.MINUTE, (witness,))
    )


def _fill(url, site, archive):
    engine = open_database(url, create=True)
    addresses = {Channel.WEBSITE: f"{site}/", Channel.INSTAGRAM: "jahat", Channel.FACEBOOK: "jahat"}
    entries = [RegistryEntry(Agency("dinkes", _STORED, "skpd"), addresses)]
    entries.append(
        RegistryEntry(Agency("dispora", f"-2+3 {_STORED}", _STORED), {Channel.WEBSITE: "https://b.id/"})
    )
    begun = datetime.combine(date(2025, 12, 31), time(22), ZONE)
    save_registry(engine, entries, begun, timezone=ZONE.key)
    for night in (date(2026, 1, 31), date(2026, 3, 31), date(2026, 6, 30)):
        now = datetime.combine(night, time(22), ZONE)
        run = begin_run(engine, night, now)
        window = Window(now - timedelta(days=200), now)
        for channel in Channel:
            for target in load_targets(engine, channel, run, window, ZONE, budget=Budget()):
                save_harvest(engine, run, target, _harvest(target.account, night), archive)
        finish_run(engine, run, now, {})
    engine.dispose()


def _harvest(account, night):
    first = date(2025, 12, 27)
    if account.channel is not Channel.WEBSITE:
        return replace(Harvest(Outcome.UNREACHABLE, ()), detail=_STORED, endpoint=_STORED)
    days = [first + timedelta(days=n) for n in range(0, (night - first).days, 9)]
    since = datetime.combine(first, time(), ZONE)
    harvest = Harvest(Outcome.OK, tuple(_post(account.agency, day) for day in days))
    return replace(
        harvest,
        complete_since=since,
        proof=Proof.OLDER_MET,
        detail=_STORED,
        endpoint=f"https://a.id/{_STORED}",
        records=(_captured(account, days),),
    )


def _captured(account, days):
    body = "".join(f"<h2>{_STORED} {account.agency} {day}</h2>" for day in days)
    posts = frozenset(_post(account.agency, day).key for day in days)
    at = datetime(2026, 3, 1, tzinfo=UTC)
    return Record.of(f"https://a.id/{_STORED}", at, 200, {"server": _STORED}, body.encode(), posts)


@pytest.fixture(scope="module")
def machine(make_denyut, tmp_path_factory, hostile_site):
    made = make_denyut(tmp_path_factory.mktemp("hostile"))
    made.settings |= {"DENYUT_NOW": "2026-07-02T10:00+08:00", "DENYUT_GRAPH_URL": hostile_site}
    made.settings |= {"DENYUT_LOG_LEVEL": "DEBUG", "DENYUT_TIMEOUT": "3"}
    archive = Archive(made.database.with_name("denyut-evidence"))
    _fill(f"sqlite:///{made.database}", hostile_site, archive)
    made.write("registry.csv", f"slug,name,level\n{_WORDS!s:.12},{_WORDS!s:.9},\n".encode())
    made.write("rubric.toml", f'name = "{_STORED}"\n'.encode())
    made.write("sandi", "sandi yang panjang sekali\n")
    made.write("evil\x1b[2J\nPALSU.csv", "slug,name\n")
    made.write("posts.json", json.dumps([{_STORED: _STORED, "title": _STORED}]))
    made.write("shot\x1b[2J.png", b"\x89PNG\r\n\x1a\n123")
    made.write("evil.zip", _forge_archive())
    return made


def _forge_archive():
    at = datetime(2026, 7, 2, tzinfo=UTC)
    head = SealHead(1, _STORED, 1, None, date(2026, 6, 30), _STORED, at, _STORED, _STORED, _STORED)
    agency = Agency(_STORED, _STORED, _STORED)
    ranking = {_STORED: _STORED}
    return render_archive(Contents(head, _STORED, (agency,), (), (), (), (), (), (), ranking))


def _commands(site):
    """Every command, in an order in which each has something to say."""
    yield ("init",)
    yield "agencies", "import", "registry.csv"
    yield "agencies", "import", "evil\x1b[2J\nPALSU.csv"
    yield from (("agencies", "list", *form) for form in ((), ("--csv",), ("--json",)))
    yield from (("agencies", "keepers", "--all", *form) for form in ((), ("--csv",), ("--json",)))
    yield from (("agencies", "discover", *form) for form in ((), ("--csv",), ("--json",)))
    yield "probe", f"{site}/", "--explain"
    yield "probe", f"{site}/", "--json"
    yield "probe", f"ftp://{_WORDS}"
    yield ("crawl",)
    yield "crawl", "--json"
    yield ("worker",)
    yield from (("night", *form) for form in ((), ("--json",)))
    yield "night", _WORDS
    yield "import", "posts.json"
    yield "import", "evil\x1b[2J\nPALSU.csv", "--account", _WORDS
    link = ("--account", "dinkes", "--date", "2026-03-27", "--title", _WORDS)
    yield "post", "add", *link, "--link", f"https://www.instagram.com/p/CabcdefghiJ/?{_WORDS}"
    yield "post", "add", *link, "--screenshot", "shot\x1b[2J.png", "--channel", "instagram"
    yield from (("posts", *form) for form in ((), ("--csv",), ("--jsonl",)))
    found = ("evidence", "/2026-01-05", "--agency", "dinkes")
    yield from ((*found, *form) for form in ((), ("--json",), ("--out", "halaman.html")))
    yield "evidence", _WORDS
    yield from (("evidence", "prune", *form) for form in ((), ("--json",), ("--yes",)))
    for name in ("rank", "shortlist", "vacuum", "flags", "awards", "whatif", "months"):
        more = ("--set", "award.places=2") if name == "whatif" else ()
        yield from ((name, "2026-S1", *more, *form) for form in ((), ("--json",)))
    yield "awards", "2026-S1", "--csv"
    forms = ((), ("--all",), ("--json",))
    yield from (("explain", "dinkes", "--semester", "2026-S1", *form) for form in forms)
    yield "explain", _WORDS, "--semester", "2026-S1"
    for query in ("SELECT * FROM posts", f'SELECT title AS "{_STORED}" FROM posts', f"SELEC '{_WORDS}'"):
        yield from (("sql", query, *form) for form in ((), ("--csv",), ("--json",)))
    yield from _commands_of_the_jury()


def _commands_of_the_jury():
    yield "rubric", "check", "rubric.toml"
    yield "rubric", "show", "2026-S1"
    yield "rubric", "adopt", "rubric.toml", "2026-S2", "--who", _WORDS
    yield "rubric", "history"
    yield "publish", "2026-S1", "--who", _WORDS
    yield "override", "2026-S1", "dinkes", "website", "--exclude", *_WHO, "--evidence", _WORDS
    yield "override", "2026-S1", "dinkes", "website", "--drop", _WORDS, *_WHO, "--evidence", _WORDS
    yield from (("override", "list", *form) for form in ((), ("--json",)))
    yield "objection", "open", "2026-S1", "dinkes", *_WHO
    yield from (("objection", "list", *form) for form in ((), ("--json",)))
    yield "objection", "close", "1", "--who", _WORDS, "--answer", _WORDS, "--reject"
    yield "seal", "2026-S1", "--who", _WORDS, "--early", "--reason", _WORDS, "--out", "seal.zip"
    yield "explain", "dinkes", "--semester", "2026-S1"
    yield from (("seal", "list", *form) for form in ((), ("--json",)))
    yield from (("verify", name, *form) for name in ("seal.zip", "evil.zip") for form in ((), ("--json",)))
    yield "verify", "evil\x1b[2J\nPALSU.csv"
    yield from (("verify", "seal.zip", "--evidence", name) for name in ("denyut-evidence", _WORDS))
    yield "report", "2026-S1", "--out", "laporan"
    yield "site", "2026-S1", "--out", "situs"
    yield "papers", "2026-S1", "--out", "surat"
    yield "export", "--json"
    yield "export", "--sqlite", "evil\x1b[2J\nPALSU.csv"
    yield "export", "--parquet", "data"
    yield "users", "add", "ketua", "--role", "jury", "--full", _WORDS, "--password-file", "sandi"
    yield "users", "add", _WORDS, "--role", "jury", "--full", _WORDS, "--password-file", "sandi"
    yield "users", "password", "ketua", "--password-file", "sandi"
    yield from (("users", "list", *form) for form in ((), ("--json",)))
    yield "users", "remove", "ketua"
    yield "serve", "--host", _WORDS
    yield "service", "once", "--user", _WORDS
    yield from (("config", "show", *form) for form in ((), ("--json",)))
    yield "backup", "--out", "cadangan"
    yield "restore", "evil\x1b[2J\nPALSU.csv"
    yield "restore", "evil.zip"
    yield from (("check", *form) for form in ((), ("--json",)))
    yield from (("message", "preview", *form) for form in ((), ("--json",), ("dinkes",), (_WORDS,)))
    yield "message", "send"
    yield "message", "test"
    yield "meta", "check"
    yield "meta", "setup"
    yield ("doctor",)
    yield "letter", _WORDS
    yield "letter", "dinkes", "--language", _WORDS


def _assert_harmless(text, command):
    hidden = [m for m in text if m != "\n" and unicodedata.category(m) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
    assert hidden == [], (command, hidden, text[:2000])
    forged = [line for line in text.splitlines() if line.startswith("PALSU")]
    assert forged == [], (command, text[:2000])


@pytest.fixture(scope="module")
def said(machine, hostile_site):
    """What each command said, as it was run in turn."""
    return {c: machine.run(*(_arguments(c))) for c in _commands(hostile_site)}


def _arguments(command):
    # What a shell cannot pass no command can get.
    return [word.replace("\x00", "") for word in command]


def test_no_command_passes_on_what_moves_or_hides(said):
    for command, done in said.items():
        _assert_harmless(done.stdout, command)
        _assert_harmless(done.stderr, command)
        assert "Unexpected" not in done.stderr, (command, done.stderr)
    assert sum(done.returncode == 0 for done in said.values()) > len(said) / 2


def test_no_command_is_left_out(said):
    def leaves(group, path=()):
        for name, each in group.commands.items():
            yield from leaves(each, (*path, name)) if isinstance(each, Group) else [(*path, name)]

    # The demonstration speaks with its own city alone.
    wanted = set(leaves(typer.main.get_command(app))) - {("demo",)}
    ran = {command[:2] for command in said} | {command[:1] for command in said}
    ran |= {(command[0], name) for command in said for name in ("add", "show")}
    assert wanted <= ran


def test_markup_and_codes_of_emoji_are_text(said):
    assert "[red]merah[/red] :warning:" in said["posts",].stdout
    assert "[red]merah[/red] :warning:" in said["override", "list"].stdout


def test_json_gives_the_very_text(said):
    titles = {json.loads(line)["title"] for line in said["posts", "--jsonl"].stdout.splitlines()}
    assert any(_STORED in title for title in titles)
    names = {each["name"] for each in json.loads(said["agencies", "list", "--json"].stdout)}
    assert _STORED in names


def test_no_cell_of_a_table_for_spreadsheets_is_a_formula(said, machine):
    tables = [done.stdout for command, done in said.items() if "--csv" in command and not done.returncode]
    tables += [path.read_text() for path in (machine.folder / "laporan").glob("*.csv")]
    assert len(tables) > 8
    for table in tables:
        _assert_harmless(table, "csv")
        cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
        assert [c for c in cells if c.startswith(("=", "@", "+"))] == []
        assert [c for c in cells if c.startswith("-") and not re.fullmatch(r"-[\d.]+", c)] == []
    assert any("'=1+1" in table for table in tables)


def test_the_verdict_is_the_last_word(said):
    done = said["verify", "evil.zip"]
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1].startswith("evil.zip: not what was sealed")


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize("command", [("verify", "evil.zip"), ("posts",), ("explain", _WORDS)])
def test_on_a_terminal_only_colours_are_escapes(machine, command):
    shown = _on_a_terminal(machine, command)
    assert "Traceback" not in shown
    assert len(shown.split()) > 5
    _assert_harmless(shown, command)


def _on_a_terminal(machine, command):
    _, shown = run_in_terminal(
        machine.python,
        machine.command(*_arguments(command))[1:],
        env=machine.settings | {"DENYUT_PAGER": "0"},
        cwd=machine.folder,
        columns=200,
    )
    return re.sub(r"\x1b\[[\d;]*m", "", shown)


@pytest.mark.parametrize(
    "name", ["=1+1", "'=1+1", "-2+3;=4", "Jum'at; @home", "+62 812", "'Aisyiyah", ";'-x"]
)
def test_an_exported_registry_is_imported_as_it_was(name, capsys):
    print_csv(["slug", "name", "level", "website"], [["kantor", name, "skpd", "kantor.go.id"]])
    (again,) = read_registry(csv.reader(io.StringIO(capsys.readouterr().out)), "lagi.csv")
    assert again.agency.name == name
