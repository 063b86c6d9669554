"""What the program says to people, gathered from its code, and the catalogues that say it in other languages.

`python -m testkit.messages` (`make messages`) brings the catalogue to the code's state and compiles it.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Set
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
from activity.speech.detail import DETAILS, REFUSED
from activity.speech.note import NOTES
from activity.speech.reason import REASONS
from activity.speech.remark import REMARKS
from cli.borrowed import COMPLAINTS
from cli.help import USAGE, find_texts
from desk.installation.check import Health
from desk.night.due import Task
from desk.setting.file import Origin
from reports.messages import MESSAGES, WORDS

__all__ = [
    "BORROWED",
    "CATALOGUE",
    "COMPILED",
    "ENUMS",
    "compile_catalogue",
    "find_unsayable",
    "gather_messages",
    "read_catalogue",
]

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
    "tell_reason": slice(1, 2),
}
"""Arguments of other functions that end before a person."""
_ERRORS = set(errors.__all__) - {"SourceError", "UnparsableError"}
ENUMS: dict[str, type[Enum]] = {
    "action": Action,
    "cause": VacuumCause,
    "evidence": EvidenceKind,
    "failure": Failure,
    "flag": FlagKind,
    "health": Health,
    "night": Night,
    "origin": Origin,
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
_RECOGNISED = (*DETAILS, *REFUSED, *NOTES, *REASONS, *REMARKS, *BORROWED, *COMPLAINTS, USAGE)
_DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""What the header says in place of the moment: what did not change is the same to the byte."""
Entry = tuple[str | None, str]
"""Context and English."""
_Names = Mapping[str, list[ast.expr]]
"""What a name is given, as far as its own function or module says."""


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
    for kind, words in ENUMS.items():
        yield from ((kind, str(word.value)) for word in words if word.value)


def _spoken() -> Iterator[Entry]:
    """Texts that are given to a door or an error, and headings of tables."""
    for path, tree in _modules():
        doors = _DOORS if path == _SCHEDULER or path.is_relative_to(_ROOT / "cli") else _DOORS & {"Message"}
        for call, names in _calls(tree):
            yield from ((None, text) for text in _texts(call, doors, names) if _speaks(text))


def _speaks(text: str) -> bool:
    """Whether anything but places for values and signs is said."""
    return any(map(str.isalpha, re.sub(r"{.*?}", "", text)))


def find_unsayable() -> list[str]:
    """Where an error or a problem is given a text put together, which no catalogue can know."""
    return [
        f"{path.relative_to(_ROOT)}:{call.lineno}: {ast.unparse(node)}"
        for path, tree in _modules()
        for call, names in _calls(tree)
        for node in _resolve(_told(call), names)
        if isinstance(node, ast.JoinedStr | ast.BinOp)
        and any(isinstance(part, ast.Constant) and _speaks(str(part.value)) for part in _pieces(node))
    ]


def _pieces(node: ast.JoinedStr | ast.BinOp) -> list[ast.expr]:
    return node.values if isinstance(node, ast.JoinedStr) else [node.left, node.right]


def _modules() -> Iterator[tuple[Path, ast.Module]]:
    paths = [path for package in _PACKAGES for path in sorted((_ROOT / package).rglob("*.py"))]
    for path in (*paths, _SCHEDULER):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def _calls(tree: ast.Module) -> Iterator[tuple[ast.Call, _Names]]:
    """Every call, with what the names around it stand for: those of its functions before the module's."""
    waiting: list[tuple[ast.AST, _Names]] = [(tree, _assigned(tree))]
    while waiting:
        node, names = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            names = {**names, **{each.arg: [] for each in node.args.args}, **_assigned(node)}
        if isinstance(node, ast.Call):
            yield node, names
        waiting.extend((below, names) for below in ast.iter_child_nodes(node))


def _assigned(scope: ast.AST) -> _Names:
    found: dict[str, list[ast.expr]] = {}
    for node in _own_nodes(scope):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                _note(found, target, node.value)
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            _note(found, node.target, node.value)
    return found


def _note(found: dict[str, list[ast.expr]], target: ast.expr, value: ast.expr) -> None:
    if isinstance(target, ast.Name):
        found.setdefault(target.id, []).append(value)
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for each, given in zip(target.elts, value.elts, strict=True):
            _note(found, each, given)


def _own_nodes(scope: ast.AST) -> Iterator[ast.AST]:
    """What stands in it, the functions and classes below left out."""
    for node in ast.iter_child_nodes(scope):
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            yield from _own_nodes(node)


def _texts(call: ast.Call, doors: Set[str], names: _Names) -> Iterator[str]:
    told = _told(call)
    name = _name(call)
    if name in doors:
        told = call.args[:1]
    elif name == "print_table":
        heads = call.args[0]
        told = heads.elts if isinstance(heads, ast.List | ast.Tuple) else [heads]
        told = [*told, *(each.value for each in call.keywords if each.arg == "title")]
    for node in _resolve(told, names):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _told(call: ast.Call) -> list[ast.expr]:
    """The arguments of a call that make an error or a problem's line."""
    name = _name(call)
    if name in _ERRORS or ast.unparse(call.func) == "super().__init__":
        return call.args[:2]
    if name in _PLACES:
        return call.args[_PLACES[name]]
    return call.args[:1] if ast.unparse(call.func).endswith("problems.append") else []


def _name(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def _resolve(nodes: Iterable[ast.expr], names: _Names) -> Iterator[ast.expr]:
    """What may stand there: both ways of a choice, and whatever a name was given."""
    for node in nodes:
        if isinstance(node, ast.IfExp):
            yield from _resolve([node.body, node.orelse], names)
        elif isinstance(node, ast.BoolOp):
            yield from _resolve(node.values, names)
        elif isinstance(node, ast.Name):
            yield from _resolve(
                names.get(node.id, []), {each: v for each, v in names.items() if each != node.id}
            )
        else:
            yield node


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
