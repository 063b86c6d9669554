"""The house rules that no other tool holds."""

import ast
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from activity.channel import CRAWLED

_ROOT = Path(__file__).parent.parent
_PACKAGES = ("activity", "cli", "crawler", "db", "desk", "reports", "samplecity", "scoring", "web")
_SOURCES = sorted(
    [path for package in _PACKAGES for path in (_ROOT / package).rglob("*.py")]
    + [_ROOT / "denyut.py", _ROOT / "scheduler.py"]
)
_MOST_MODULES = 20
_IMPORTED = re.compile(
    rf"^ *from (?:{'|'.join(_PACKAGES)})(?:\.\w+)* import (\([^)]*\)|[^\n#]*)", re.MULTILINE
)
# Where any error becomes data or a line: a visit's crash an outcome, an exchange's failure an answer, and a
# command's end a line.
_MAY_CATCH_ALL = {"cli/ending.py", "crawler/drive/driver.py", "crawler/edge/spider.py"}

# In these rooms the first words of a public function's docstring say what it does. A noun or a question there
# names the answer, and leaves open whether it is looked up, made or stored.
_TOLD_BY_VERBS = ("crawler", "db", "web")
_NO_VERB = re.compile(
    r"(?:Whether|Wh\w+|How|The|An?|Its?|That|Th[eo]se|There|This|All|Any\w*|Both|Each|Every\w*|No(?:body|ne|thing)?|One|Two"
    r"|As|At|Between|By|For|From|In|Of|On|Up|With\w*|Everything|Further|Other|Same|\w+[^su]s|Called|\W*\d.*)(?!\w)"
)


@cache
def _nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def _functions(path: Path):
    return [n for n in _nodes(path) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("path", _SOURCES, ids=lambda p: str(p.relative_to(_ROOT)))
def test_a_module_keeps_the_size_a_reader_can_hold(path):
    assert path.read_text(encoding="utf-8").count("\n") <= 350
    for function in _functions(path):
        length = (function.end_lineno or 0) - function.lineno + 1
        assert length <= 50, f"{function.name} is {length} lines"


def test_a_room_holds_no_more_modules_than_a_reader_can_survey():
    """`cli` alone is a flat list: a command a file, found by the command's name."""
    rooms = Counter(path.parent.relative_to(_ROOT).as_posix() for path in _SOURCES)
    assert {room: count for room, count in rooms.items() if count > _MOST_MODULES and room != "cli"} == {}


def test_a_class_name_has_one_meaning():
    """Two of one name cannot be told apart in a trace, an import or a talk; what one means, its name says."""
    named = Counter(node.name for path in _SOURCES for node in _nodes(path) if isinstance(node, ast.ClassDef))
    assert [name for name, count in named.items() if count > 1] == []


def test_a_public_function_says_with_a_verb_what_it_does():
    """A property is a value, and says which."""
    nouns = [
        f"{path.relative_to(_ROOT)}: {function.name}: {told.splitlines()[0]}"
        for path in _SOURCES
        if path.relative_to(_ROOT).parts[0] in _TOLD_BY_VERBS
        for function in _functions(path)
        if not function.name.startswith("_")
        and not any("property" in ast.unparse(each) for each in function.decorator_list)
        if (told := ast.get_docstring(function)) and _NO_VERB.match(told)
    ]
    assert nouns == []


def test_nobody_imports_a_private_name():
    taken = [
        f"{path.relative_to(_ROOT)}: {name}"
        for folder in (*_PACKAGES, "tests", "benchmarks")
        for path in sorted((_ROOT / folder).rglob("*.py"))
        for names in _IMPORTED.findall(path.read_text(encoding="utf-8"))
        for name in re.findall(r"(?<![\w.])_[a-z]\w*", re.sub(r" as \w+", "", names))
    ]
    assert taken == []


@pytest.mark.parametrize("path", _SOURCES, ids=lambda p: str(p.relative_to(_ROOT)))
def test_only_the_process_boundaries_catch_everything(path):
    name = path.relative_to(_ROOT).as_posix()
    if name in _MAY_CATCH_ALL:
        return
    caught = [
        node.lineno
        for node in _nodes(path)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in {"Exception", "BaseException"})
    ]
    assert caught == []


def test_only_the_composition_root_reads_the_environment():
    readers = {
        path.relative_to(_ROOT).parts[0]
        for path in _SOURCES
        for node in _nodes(path)
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    }
    assert readers <= {"cli", "denyut.py", "scheduler.py"}


def test_commands_speak_through_one_door():
    """Bars are the only other thing that is drawn; `cli/console.py` makes strangers' text safe.

    `rich.cells` draws nothing: it measures.
    """
    door, bars = "cli/console.py", {"cli/demo.py", "cli/progress.py"}
    for path in sorted((_ROOT / "cli").rglob("*.py")):
        name = path.relative_to(_ROOT).as_posix()
        written = {ast.unparse(n) for n in _nodes(path) if isinstance(n, ast.Attribute)}
        imported = {
            each.name if isinstance(node, ast.Import) else str(node.module)
            for node in _nodes(path)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for each in node.names
        }
        if name != door:
            assert written.isdisjoint({"sys.stdout.write", "sys.stderr.write", "csv.writer", "typer.echo"}), (
                name
            )
            drawing = {n for n in imported if n.split(".")[0] == "rich" and n != "rich.cells"}
            assert name in bars or not drawing, name


def test_the_scheduler_starts_jobs_and_does_not_do_them():
    imported = {
        name.name if isinstance(node, ast.Import) else node.module or ""
        for node in _nodes(_ROOT / "scheduler.py")
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    # How it speaks is the commands' own way; what they do is not.
    speech = {"cli.console", "cli.help", "cli.speech"}
    packages = {name.split(".")[0] for name in imported - speech}
    assert packages.isdisjoint({"cli", "crawler", "scoring", "reports", "samplecity", "scrapy", "twisted"})


def test_every_package_name_is_ours_alone():
    owners = packages_distributions()
    assert {
        name: owners.get(name) for name in (*_PACKAGES, "scheduler") if set(owners.get(name, [])) - {"denyut"}
    } == {}


def test_help_answers_without_loading_what_crawls():
    code = (
        "import sys, cli.main\n"
        "heavy = {'scrapy', 'twisted', 'sqlalchemy', 'httpx', 'crawler.dates'} & set(sys.modules)\n"
        "print(sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=_ROOT)
    assert done.stdout.strip() == "[]"


def test_a_shard_loads_nothing_that_its_nursery_has_not_loaded():
    code = (
        "import sys\n"
        "from crawler.drive.guard import Guard\n"
        "from crawler.job import Policy\n"
        "from crawler.shards import process\n"
        "from crawler.visits.meta.graph import GraphAccess\n"
        "process.load_parts()\n"
        "loaded = set(sys.modules)\n"
        "settings = process._compose_settings(Policy(GraphAccess(), Guard(), 'Denyut/0.1', {}))\n"
        "crawling = process.CrawlerProcess(settings)\n"
        "for channel in process.CRAWLED:\n"
        "    crawling.crawl(crawling.create_crawler(process.find_spider(channel)), shard=None)\n"
        "print(sorted(set(sys.modules) - loaded), sorted({'aiohttp', 'requests', 'pydantic'} & loaded))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=_ROOT)
    assert done.stdout.strip() == "['twisted.internet.reactor'] []"


def test_a_crawl_loads_no_migrations_and_no_figures():
    code = (
        "import sys, cli.main, desk.night.crawl, desk.store, crawler.run, db.engine, db.lock\n"
        "import db.nightly.store, db.nightly.target\n"
        "print(sorted({'alembic', 'numpy', 'scrapy', 'typst', 'jinja2', 'httpx'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=_ROOT)
    assert done.stdout.strip() == "[]"


def test_scrapy_lists_one_spider_a_channel():
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "list"], capture_output=True, text=True, check=True, cwd=_ROOT
    )
    assert done.stdout.split() == sorted(channel.value for channel in CRAWLED)
