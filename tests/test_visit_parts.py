"""House rules of a website's visit: who writes its parts, and that the walk in the docs is the code's."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pytest

_ROOT = Path(__file__).parent.parent
_SITE = _ROOT / "crawler" / "visits" / "site"
_DOC = _ROOT / "docs" / "architecture.md"

# The parts of a visit as they hang on a survey; each class writes itself by `self`.
_PARTS = {"trail": "Trail", "finds": "Finds", "walks": "Walks", "lessons": "Lessons"}
_CLASSES = {"Survey", *_PARTS.values()}
_MUTATORS = frozenset(
    {"add", "append", "clear", "difference_update", "discard", "extend", "insert", "intersection_update"}
    | {"pop", "popitem", "remove", "reverse", "setdefault", "sort", "update"}
)
_MOST_WRITERS = 3
_MOST_RETURNS = 12


@cache
def _parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _chain(node: ast.AST) -> list[str]:
    """`survey.finds.posts[key]` as its names; empty for what begins with anything but a name."""
    names: list[str] = []
    while isinstance(node, ast.Attribute | ast.Subscript):
        if isinstance(node, ast.Attribute):
            names.append(node.attr)
        node = node.value
    return [node.id, *reversed(names)] if isinstance(node, ast.Name) else []


def _written(node: ast.AST) -> list[ast.expr]:
    """What a statement or a call changes."""
    if isinstance(node, ast.Assign | ast.Delete):
        targets = node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign | ast.For | ast.NamedExpr):
        targets = [node.target]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _MUTATORS:
        return [node.func.value]
    else:
        return []
    flat: list[ast.expr] = []
    for target in targets:
        flat.extend(target.elts if isinstance(target, ast.Tuple | ast.List) else [target])
    return flat


def _attribute(names: list[str], owner: str | None) -> tuple[str, str] | None:
    """The part and its attribute that a chain of names leads to."""
    if not names:
        return None
    root, *rest = names
    if root == "self" and owner in _CLASSES:
        if owner == "Survey" and len(rest) > 1 and rest[0] in _PARTS:
            return _PARTS[rest[0]], rest[1]
        return (owner, rest[0]) if rest else None
    if root in _PARTS and rest:
        return _PARTS[root], rest[0]
    if root in {"survey", "anew"} and rest:
        return (_PARTS[rest[0]], rest[1]) if len(rest) > 1 and rest[0] in _PARTS else ("Survey", rest[0])
    return None


def _writes(tree: ast.AST, owner: str | None = None) -> Iterator[tuple[str, str]]:
    for node in ast.iter_child_nodes(tree):
        inner = node.name if isinstance(node, ast.ClassDef) else owner
        for target in _written(node):
            found = _attribute(_chain(target), inner)
            # `survey.walks.add(walk)` asks the part itself to write.
            asks = isinstance(node, ast.Call) and found is not None and found[1] in _PARTS
            if found is not None and not asks:
                yield found
        yield from _writes(node, inner)


def _writers() -> dict[str, set[str]]:
    writers: defaultdict[str, set[str]] = defaultdict(set)
    for path in [*_SITE.rglob("*.py"), _ROOT / "crawler" / "extract" / "article" / "lesson.py"]:
        for part, attribute in _writes(_parse(path)):
            writers[f"{part}.{attribute}"].add(path.name)
    return writers


def test_no_value_of_a_visit_has_more_than_three_writers():
    writers = _writers()
    # That the rule sees what it speaks of.
    assert {"Survey.home", "Survey.lists", "Survey.trust", "Trail.asked", "Finds.posts", "Walks.keys"} <= set(
        writers
    )
    assert {name: sorted(each) for name, each in writers.items() if len(each) > _MOST_WRITERS} == {}


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("survey.finds.posts[key] = post", "Finds.posts"),
        ("survey.finds.posts.pop(key)", "Finds.posts"),
        ("del survey.walks.keys", "Walks.keys"),
        ("survey.home, x = a, b", "Survey.home"),
        ("survey.trail.notes += [note]", "Trail.notes"),
        ("finds.met.add(key)", "Finds.met"),
    ],
)
def test_every_way_to_write_is_seen(source, written):
    assert [".".join(each) for each in _writes(ast.parse(source))] == [written]


class _Step(NamedTuple):
    depth: int
    path: Path
    function: str


def _walk() -> list[_Step]:
    """The lines `file: function` of the walk, from the document."""
    text = _DOC.read_text(encoding="utf-8")
    block = re.search(r"## The walk of a first visit\n.*?```\n(.*?)```", text, re.DOTALL)
    assert block is not None, "docs/architecture.md tells no walk of a first visit"
    steps = []
    for line in block[1].splitlines():
        found = re.match(r"( *)([\w/]+\.py): ([\w.]+)(?:  .*)?$", line)
        assert found is not None, f"not a line of the form `file: function`: {line}"
        path = _ROOT / found[2] if found[2].startswith("crawler/") else _SITE / found[2]
        steps.append(_Step(len(found[1]) // 2, path, found[3]))
    return steps


def _functions(path: Path) -> dict[str, ast.FunctionDef]:
    """Functions and methods of a module, by name or `Class.name`."""
    found: dict[str, ast.FunctionDef] = {}
    for node in _parse(path).body:
        inner = node.body if isinstance(node, ast.ClassDef) else [node]
        prefix = f"{node.name}." if isinstance(node, ast.ClassDef) else ""
        found |= {f"{prefix}{each.name}": each for each in inner if isinstance(each, ast.FunctionDef)}
    return found


def _imports(path: Path) -> dict[str, tuple[Path, str]]:
    """Where the names that a module imports from us are defined."""
    return {
        name.asname or name.name: (_ROOT / f"{node.module.replace('.', '/')}.py", name.name)
        for node in _parse(path).body
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("crawler.")
        for name in node.names
    }


@cache
def _called(path: Path, function: str) -> frozenset[tuple[Path, str]]:
    """What a function calls, or hands on, by name; methods of the visit's parts by theirs."""
    own, imported = _functions(path), _imports(path)
    methods = {
        name.rpartition(".")[2]: (part, name)
        for part in map((_SITE / "survey").joinpath, ("parts.py", "trail.py", "finds.py", "walks.py"))
        for name in _functions(part)
        if "." in name
    }
    found = set()
    for node in ast.walk(own[function]):
        if isinstance(node, ast.Name) and node.id in imported:
            found.add(imported[node.id])
        elif isinstance(node, ast.Name) and node.id in own:
            found.add((path, node.id))
        elif isinstance(node, ast.Attribute) and node.attr in methods:
            found.add(methods[node.attr])
    return frozenset(each for each in found if each[0].exists() and each[1] in _functions(each[0]))


def _leads_to(start: tuple[Path, str], goal: tuple[Path, str]) -> bool:
    """Whether a function calls another, itself or by those that it calls."""
    seen, waiting = {start}, [start]
    while waiting:
        for each in _called(*waiting.pop()) - seen:
            if each == goal:
                return True
            seen.add(each)
            waiting.append(each)
    return False


def test_the_walk_of_a_first_visit_is_the_codes():
    callers: list[_Step] = []
    for step in _walk():
        assert step.path.exists(), step.path
        assert step.function in _functions(step.path), f"{step.path.name} has no {step.function}"
        del callers[step.depth :]
        assert len(callers) == step.depth, f"{step.function} stands below nothing"
        if callers:
            caller = callers[-1]
            assert _leads_to((caller.path, caller.function), (step.path, step.function)), (
                f"{caller.function} does not lead to {step.function}"
            )
        callers.append(step)


def test_the_walk_comes_back_to_a_file_a_dozen_times_at_most():
    files = [step.path.name for step in _walk()]
    entered = [name for name, _ in groupby(files)]
    assert len(entered) - len(set(entered)) <= _MOST_RETURNS


def test_every_file_of_a_site_that_a_first_visit_needs_stands_in_the_walk():
    told = {step.path.name for step in _walk()}
    seen: set[tuple[Path, str]] = set()
    waiting = [(_SITE / "first.py", "visit_first")]
    while waiting:
        for each in _called(*waiting.pop()) - seen:
            seen.add(each)
            waiting.append(each)
    generators = {
        path.name
        for path, name in seen
        if path.is_relative_to(_SITE)
        if any(isinstance(n, ast.YieldFrom) for n in ast.walk(_functions(path)[name]))
    }
    assert generators <= told
