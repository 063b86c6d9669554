"""What docs/formats.md promises: files of every format there was are read, of none that is to come."""

import io
import json
import re
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from activity.errors import BackupFileError, SealError
from crawler.visits.site.survey.memory import VERSION
from db.backup import package as backups
from db.backup.restore import restoring
from db.engine import reading
from db.migration import newest_revision
from db.opening import open_database
from db.schema.guide_views import VERSION as VIEWS_VERSION
from scoring.seal.container import pack_files
from scoring.seal.contents import FORMAT
from scoring.seal.posts import FORMATS
from scoring.seal.verify import verify_archive

_ROOT = Path(__file__).parent.parent
_KEPT = Path(__file__).parent / "formats"


def _seal(number: int) -> Path:
    return _KEPT / f"seal-{number}.zip"


def _backup(number: int) -> Path:
    return _KEPT / f"backup-{number}.zip"


@pytest.mark.parametrize("number", sorted(FORMATS))
def test_a_seal_of_every_format_is_verified_to_the_last_figure(number: int) -> None:
    with _seal(number).open("rb") as archive:
        verdict = verify_archive(archive)
    assert (verdict.head.format if verdict.head else None, verdict.problems) == (number, ())


def test_a_seal_of_the_format_to_come_is_refused_by_name() -> None:
    with zipfile.ZipFile(_seal(FORMAT)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(files["manifest.json"]) | {"format": FORMAT + 1, "code_version": "9.9"}
    files["manifest.json"] = json.dumps(manifest).encode()
    with pytest.raises(SealError, match=rf"format {FORMAT + 1}; this Denyut reads {FORMAT}") as refused:
        verify_archive(io.BytesIO(pack_files(files)))
    assert "9.9" in str(refused.value.remedy)


@pytest.mark.parametrize("number", range(1, backups.FORMAT + 1))
def test_a_backup_of_every_format_is_taken_back(number: int, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kota.db'}"
    with backups.Package(_backup(number)) as package:
        assert package.manifest.format == number
        ready = restoring(package, url, None, tmp_path / "in", replace=False, on_bytes=lambda *_: None)
        with ready as restoration:
            restoration.finish(lambda *_: None)
    engine = open_database(url)
    with reading(engine) as connection:
        assert connection.execute(text("SELECT key FROM post")).scalars().all() == ["/berita/1"]
    engine.dispose()


def test_a_backup_of_the_format_to_come_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "baru.zip"
    with zipfile.ZipFile(_backup(backups.FORMAT)) as kept, zipfile.ZipFile(path, "w") as changed:
        for name in kept.namelist():
            content = kept.read(name)
            if name == "manifest.json":
                content = json.dumps(json.loads(content) | {"format": backups.FORMAT + 1}).encode()
            changed.writestr(name, content)
    with (
        pytest.raises(BackupFileError, match=rf"newer Denyut \(format {backups.FORMAT + 1}\)"),
        backups.Package(path),
    ):
        pass


@pytest.mark.parametrize(
    ("row", "read"),
    [
        ("seal", lambda: str(FORMAT)),
        ("backup", lambda: str(backups.FORMAT)),
        ("database", newest_revision),
        ("views of the database", lambda: str(VIEWS_VERSION)),
        ("memory of a website", lambda: str(VERSION)),
    ],
)
def test_the_page_tells_the_numbers_of_the_code(row: str, read: Callable[[], str]) -> None:
    page = (_ROOT / "docs" / "formats.md").read_text()
    found = re.search(rf"^\| {row}\b[^|]*\| \*\*(\w+)\*\*", page, re.M)
    assert found
    assert found[1] == read()


def test_the_changelog_begins_with_the_version_that_stands_here() -> None:
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text())["project"]
    number, _, unreleased = project["version"].partition(".dev")
    newest = re.search(r"^## (\S+) – (.+)$", (_ROOT / "CHANGELOG.md").read_text(), re.M)
    assert newest
    assert newest[1] == number
    assert (newest[2] == "unreleased") == bool(unreleased)


def test_the_changelog_tells_the_database_that_an_upgrade_leads_to() -> None:
    told = re.search(r"from revision \d+ to (\w+)", (_ROOT / "CHANGELOG.md").read_text())
    assert told
    assert told[1] == newest_revision()
