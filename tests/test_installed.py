"""The wheel, whole and alone under its names; and the front door where something of that is missing."""

import json
import os
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from denyut import PACKAGES

_ROOT = Path(__file__).parent.parent
_FOLDERS = tuple(name for name in PACKAGES if name != "scheduler")
# Translators' source of the catalogue that is shipped compiled.
_NOT_SHIPPED = {".po"}
_BUILD = "from setuptools import build_meta; print(build_meta.build_wheel('.'))"


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    """Built from a copy of what the checkout holds, so that nothing is left behind in it."""
    source = tmp_path_factory.mktemp("source")
    for name in _FOLDERS:
        shutil.copytree(_ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("denyut.py", "scheduler.py", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(_ROOT / name, source)
    done = subprocess.run(
        [sys.executable, "-P", "-c", _BUILD], cwd=source, capture_output=True, text=True, check=True
    )
    return source / done.stdout.splitlines()[-1]


@pytest.fixture
def site(wheel, tmp_path):
    """A folder as pip leaves it: the wheel's files, and the list of them."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    return tmp_path


def test_the_wheel_holds_what_the_checkout_holds(wheel):
    ours = {
        path.relative_to(_ROOT).as_posix()
        for name in _FOLDERS
        for path in (_ROOT / name).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix not in _NOT_SHIPPED
    } | {"denyut.py", "scheduler.py"}
    with zipfile.ZipFile(wheel) as archive:
        shipped = {name for name in archive.namelist() if ".dist-info/" not in name}
        entry = next(name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert archive.read(entry).decode().split() == [
            "[console_scripts]",
            *("denyut", "=", "denyut:main"),
            *("denyut-scheduler", "=", "denyut:schedule"),
        ]
    assert shipped == ours


def test_doctor_is_content_with_the_wheel_alone(site):
    assert _check_packages(site)["health"] == "ok"


@pytest.mark.parametrize("first", [True, False])
def test_a_foreign_package_of_our_name_is_named_with_what_restores_ours(site, first):
    """Whoever is installed later, its `db/__init__.py` stands, and pip takes it away with the foreign one."""
    foreign = site / "db-9.dist-info"
    foreign.mkdir()
    (foreign / "METADATA").write_text("Metadata-Version: 2.1\nName: db\nVersion: 9\n")
    (foreign / "RECORD").write_text("db/__init__.py,,\ndb/core.py,,\n")
    (site / "db" / "core.py").write_text("")
    if not first:
        (site / "db" / "__init__.py").write_text("from db.core import connect\n")
    check = _check_packages(site)
    assert check["health"] == "failed"
    assert "db brings a package" in check["found"]
    remove, install = check["remedy"].removeprefix("Run: ").split(" && ")
    assert shlex.split(remove)[-3:] == ["uninstall", "--yes", "db"]
    assert {"install", "--force-reinstall", "--no-deps"} < set(shlex.split(install))


def test_files_that_went_with_a_foreign_package_are_missed(site):
    (site / "db" / "engine.py").unlink()
    check = _check_packages(site)
    assert check["health"] == "failed"
    assert "1 installed files are gone or were changed, db/engine.py" in check["found"]


def test_a_command_that_meets_a_foreign_package_says_one_line(site):
    (site / "cli" / "main.py").write_text("from db import connect\n")
    done = _enter(site, "main")
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("denyut: Denyut's own packages cannot be loaded (cannot import name 'connect'")
    assert "install --force-reinstall --no-deps denyut==" in line


def test_an_extra_is_added_to_this_very_environment_for_the_version_in_it(site, wheel):
    done = _python(site, "import denyut; print(denyut.compose_extra('papers'))")
    words = shlex.split(done.stdout)
    assert words[-2:] == ["install", f"denyut[papers]=={wheel.name.split('-')[1]}"]
    assert sys.executable in words


def test_an_environment_without_a_pip_is_reached_from_outside(site):
    code = "import denyut; denyut.find_spec = lambda name: None; print(denyut.compose_extra('papers'))"
    words = shlex.split(_python(site, code).stdout)
    assert words[1:5] == ["-m", "pip", "--python", sys.executable]


@pytest.mark.parametrize(("program", "name"), [("main", "denyut"), ("schedule", "denyut-scheduler")])
def test_a_system_that_is_no_unix_is_told_of_wsl(program, name):
    code = f"import sys; sys.modules['fcntl'] = None; import denyut; denyut.{program}()"
    done = _python(_ROOT, code)
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"{name}: Denyut runs on Linux. On Windows run it inside WSL")


def _check_packages(site):
    done = _python(
        site,
        "import json; from desk.installation.installed import check_packages as check; c = check()\n"
        "print(json.dumps({'health': c.health, 'found': c.found, 'remedy': c.remedy}))",
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _enter(site, program):
    return _python(site, f"import denyut; denyut.{program}()")


def _python(site, code):
    """With a folder's packages before all others."""
    return subprocess.run(
        [sys.executable, "-P", "-c", code],
        env=os.environ | {"PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
