"""What commands say of themselves and of how they were called, in the language that nobody had to choose."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from activity.speech.note import NOTES, read_note
from activity.speech.remark import REMARKS, read_remark
from reports.catalogue import translate
from reports.wording import Language
from testkit.english import find_english

_ROOT = Path(__file__).parents[2]
_OWN = """
    usage options option commands command arguments argument args error missing required default try help
    invalid value such show agency office file
"""
"""Words of Typer, argparse and our help texts, beside those of every English sentence."""
_TYPED = {"evidence show --help": {"show"}, "sql --help": {"posts", "nights"}, "papers --help": {"agency"}}
"""Names of commands, views and columns, which are the same in every language."""
_CALLS = {
    "Argumen 'SEMESTER' belum": ["rank"],
    "Terlalu banyak argumen: (b c)": ["rank", "a", "b", "c"],
    "Tidak ada pilihan --foo": ["rank", "--foo"],
    "mungkin maksudnya: --channel": ["rank", "--chanel"],
    "Maksudnya 'rank'?": ["rankk"],
    "'foo' bukan salah satu dari": ["rank", "2026-S1", "--channel", "foo"],
    "Pilihan '--rubric' memerlukan nilai": ["rank", "--rubric"],
    "harus berupa bilangan bulat": ["backup", "--keep", "x"],
    "paling sedikit 1": ["backup", "--keep", "0"],
    "paling banyak 65535": ["serve", "--port", "70000"],
    "Argumen 'KANAL' belum": ["override", "2026-S1", "a"],
    "Pilihan '--who' belum": ["publish", "2026-S1"],
    "Argumen 'KANTOR' belum": ["objection", "open", "2026-S1"],
}
_SPEAK = """
import contextlib, io, json, sys
import typer
import cli.main
import scheduler
from cli.help import speak_help

def ask(run, arguments):
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), contextlib.suppress(SystemExit):
        run(arguments)
    return said.getvalue()

def walk(command, path):
    yield path
    for name, below in getattr(command, "commands", {}).items():
        yield from walk(below, [*path, name])

root = typer.main.get_command(cli.main.app)
speak_help(root)
asked = [[*path, "--help"] for path in walk(root, [])] + json.load(sys.stdin)
answers = [(" ".join(each), ask(lambda said: root(said, prog_name="denyut"), each)) for each in asked]
for each in ("--help", "--once --plan", "--unknown"):
    answers.append((f"scheduler {each}", ask(scheduler.main, each.split())))
json.dump(answers, sys.stdout)
"""


def _speak(calls, **settings):
    mine = {name: value for name, value in os.environ.items() if not name.startswith("DENYUT_")}
    done = subprocess.run(
        [sys.executable, "-c", _SPEAK],
        input=json.dumps(calls),
        env=mine | {"COLUMNS": "300", **settings},
        cwd=_ROOT,
        text=True,
        capture_output=True,
        check=True,
    )
    return dict(json.loads(done.stdout))


def test_help_and_complaints_are_indonesian_where_no_language_is_chosen():
    answers = _speak(list(_CALLS.values()))
    english = {call: _find(said) - _TYPED.get(call, set()) for call, said in answers.items()}
    assert {call: words for call, words in english.items() if words} == {}
    assert len(answers) > 60
    said = {told: answers[" ".join(call)] for told, call in _CALLS.items()}
    assert [told for told, answer in said.items() if told not in answer] == []


def _find(said):
    # What a person types is the same in every language: commands, options, choices, columns, words in quotes.
    typed = r"denyut( [a-z]+){1,2}|\w+ --help|--?[\w-]+|<[^>]*>|^│ \w+ |\w+_\w+|\w+(,\w+)+"
    said = re.sub(typed, " ", said, flags=re.MULTILINE)
    words = re.findall(r"[a-z]+", re.sub(r"'[^']*'|\S*[/=]\S*", " ", said).lower())
    return find_english(said) | (set(words) & set(_OWN.split()))


def test_english_is_what_typer_says():
    said = _speak([["rank"], ["rank", "--foo"]], DENYUT_LANG="en")
    assert "Usage: denyut rank [OPTIONS] {SEMESTER}\nTry 'denyut rank --help' for help." in said["rank"]
    assert "Missing argument 'SEMESTER'." in said["rank"]
    assert "No such option: --foo" in said["rank --foo"]


def test_what_is_recognised_is_written_by_the_crawl():
    written = " ".join(
        path.read_text(encoding="utf-8")
        for path in (_ROOT / "activity" / "visit.py", *(_ROOT / "crawler").rglob("*.py"))
    )
    # Of a sentence that is put together from pieces each piece stands somewhere.
    missing = [
        (told, piece)
        for told in (*NOTES, *REMARKS)
        for piece in re.split(r"{.*?}| -> | bytes|they |; |, | \(|: ", told)
        if len(piece) > 3 and piece.strip(" .)") not in written
    ]
    assert missing == []


def test_a_visit_is_told_in_the_readers_language():
    note = read_note("https://a.go.id/feed lists 3 posts (advertised in the page's head).")
    told = "https://a.go.id/feed memuat 3 unggahan (disebut di kepala halaman)."
    assert translate(note, Language.ID) == told
    refused = read_note("https://a.go.id/ -> connection refused ([Errno 111] no)")
    assert translate(refused, Language.ID) == "https://a.go.id/ -> sambungan ditolak"
    assert str(read_note("No form of ours: kept.")) == "No form of ours: kept."
    assert translate(read_remark("times are of Asia/Makassar, as stated"), Language.ID) == (
        "waktu menurut Asia/Makassar, seperti disebutkan"
    )
