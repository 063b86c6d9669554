"""What the program says to people, gathered from its code, and the catalogues that say it in other languages.

`python -m testkit.messages` (`make messages`) brings the catalogue to the code's state and compiles it.
"""

import ast
import re
from collections.abc import Iterator, Set
from datetime import UTC, datetime
from enum import Enum
from io import BytesIO
from pathlib import Path
from typing import Any

import typer
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from activity import errors
from activity.flag import FlagKind, Treatment
from activity.jury import Action, Stage
from activity.outcome import Failure, Outcome
from activity.post import EvidenceKind, PostKind
from activity.ranking import Reason, Status, VacuumCause
from activity.semester import Night
from activity.speech.detail import DETAILS
from activity.speech.note import NOTES
from activity.speech.remark import REMARKS
from cli.borrowed import COMPLAINTS
from cli.help import USAGE, find_texts
from desk.installation.check import Health
from desk.night.due import Task
from reports.messages import MESSAGES, WORDS

__all__ = ["BORROWED", "CATALOGUE", "COMPILED", "compile_catalogue", "gather_messages", "read_catalogue"]

_ROOT = Path(__file__).parents[3]
CATALOGUE = _ROOT / "reports" / "locale" / "id" / "LC_MESSAGES" / "denyut.po"
COMPILED = CATALOGUE.with_suffix(".mo")
_PACKAGES = ("activity", "cli", "crawler", "db", "desk", "reports", "scoring", "web")
_SCHEDULER = _ROOT / "scheduler.py"
_DOORS = {"Message", "complain", "phrase", "remark", "say", "tell"}
_PLACES = {
    "Check": slice(None),
    "_setting": slice(1, 2),
    "refuse": slice(-1, None),
    "_guarded": slice(1),
    "_guarded_all": slice(1),
    "_refuse": slice(1, 3),
}
"""Arguments of other functions that end before a person."""
_ERRORS = set(errors.__all__) - {"SourceError", "UnparsableError"}
_ENUMS: dict[str, type[Enum]] = {
    "action": Action,
    "cause": VacuumCause,
    "evidence": EvidenceKind,
    "failure": Failure,
    "flag": FlagKind,
    "health": Health,
    "night": Night,
    "outcome": Outcome,
    "post": PostKind,
    "reason": Reason,
    "stage": Stage,
    "status": Status,
    "task": Task,
    "treatment": Treatment,
}
BORROWED = (
    "Options",
    "Arguments",
    "Commands",
    "Error",
    "Aborted!",
    "Aborted.",
    "Missing command.",
    "No such command {name!r}.",
    "Try [blue]'{command_path} {help_option}'[/] for help.",
    "[default: {}]",
    "[required]",
    "usage: ",
    "options",
    "show this help message and exit",
    "%(prog)s: error: %(message)s\n",
    "argument %(argument_name)s: %(message)s",
    "ignored explicit argument %r",
    "not allowed with argument %s",
    "unrecognized arguments: %s",
)
"""What Typer and argparse say in their own words by way of a catalogue."""
_RECOGNISED = (*DETAILS, *NOTES, *REMARKS, *BORROWED, *COMPLAINTS, USAGE)
_DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""What the header says in place of the moment: what did not change is the same to the byte."""
Entry = tuple[str | None, str]
"""Context and English."""


def gather_messages() -> set[Entry]:
    """Everything that a person may read."""
    return {
        *_keyed(),
        *_words(),
        *_spoken(),
        *_helped(),
        *((None, each) for each in _RECOGNISED if _speaks(each)),
    }


def _keyed() -> Iterator[Entry]:
    for key, english in MESSAGES.items():
        kind, dot, name = key.partition(".")
        yield (kind, name) if dot and kind in WORDS else (None, english)


def _words() -> Iterator[Entry]:
    for kind, words in _ENUMS.items():
        yield from ((kind, str(word.value)) for word in words if word.value)


def _spoken() -> Iterator[Entry]:
    """Texts that are given to a door or an error, and headings of tables."""
    paths = [path for package in _PACKAGES for path in sorted((_ROOT / package).rglob("*.py"))]
    for path in (*paths, _SCHEDULER):
        doors = _DOORS if path == _SCHEDULER or path.is_relative_to(_ROOT / "cli") else _DOORS & {"Message"}
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield from ((None, text) for text in _texts(node, doors) if _speaks(text))


def _speaks(text: str) -> bool:
    """Whether anything but places for values and signs is said."""
    return any(map(str.isalpha, re.sub(r"{.*?}", "", text)))


def _texts(call: ast.Call, doors: Set[str]) -> Iterator[str]:
    name = ast.unparse(call.func).rpartition(".")[2]
    if name in doors:
        yield from _constants(call.args[:1])
    elif name in _ERRORS:
        yield from _constants(call.args[:2])
    elif name in _PLACES:
        yield from _constants(call.args[_PLACES[name]])
    elif name == "print_table":
        heads = call.args[0]
        yield from _constants(heads.elts if isinstance(heads, ast.List | ast.Tuple) else [heads])
        yield from _constants([each.value for each in call.keywords if each.arg == "title"])


def _constants(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.IfExp):
            yield from _constants([node.body, node.orelse])
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _helped() -> Iterator[Entry]:
    """Help texts of every command, argument and option."""
    from cli.main import app

    waiting: list[Any] = [typer.main.get_command(app)]
    while waiting:
        command = waiting.pop()
        waiting.extend(getattr(command, "commands", {}).values())
        yield from ((None, text) for text in find_texts(command))


def read_catalogue() -> Catalog:
    """The catalogue as it stands in the project."""
    with CATALOGUE.open("rb") as stream:
        return read_po(stream, locale="id", domain="denyut")


def compile_catalogue(catalogue: Catalog) -> bytes:
    """What the program reads of it."""
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()


def renew_catalogue() -> None:
    known = {(m.context, m.id): m.string for m in read_catalogue()} if CATALOGUE.exists() else {}
    catalogue = Catalog(
        locale="id",
        domain="denyut",
        project="Denyut",
        version="1",
        creation_date=_DAY,
        revision_date=_DAY,
        fuzzy=False,
    )
    for context, english in sorted(gather_messages(), key=lambda each: (each[0] or "", each[1])):
        catalogue.add(english, known.get((context, english), ""), context=context)
    with CATALOGUE.open("wb") as stream:
        write_po(stream, catalogue, width=110, omit_header=False)
    COMPILED.write_bytes(compile_catalogue(catalogue))


if __name__ == "__main__":
    renew_catalogue()
