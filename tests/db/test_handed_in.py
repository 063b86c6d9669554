"""Files that wait for an officer go into a backup and come back; none goes while a backup may need it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from activity.agency import Agency, Channel
from activity.errors import DatabaseBusyError
from activity.upload import LinkVerdict, Upload
from db.backup.make import LOCK
from db.backup.package import Package
from db.lock import hold_lock
from db.office.upload import load_uploads
from desk.keeping.backup import make_backup, take_back
from desk.keeping.handed_in import handed_in_folder
from desk.keeping.invariant import check_database
from desk.keeping.pruning import prune
from desk.office.upload import close_link, make_link, read_month, receive_file
from desk.setting.config import Config, load_config
from testkit.programs import program_path

PROMISE = "a file that waits for an officer is there, as it was sent"


@pytest.fixture
def settle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], Config]:
    """Settings of an office's database; on a server its files stand in the folder one starts in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", program_path())

    def settled(office: Any) -> Config:
        office.register(date(2026, 3, 1), Agency("dinkes", "Dinas Kesehatan", "skpd"), instagram="dinkes")
        url = office.engine.url.render_as_string(hide_password=False)
        return load_config({"DENYUT_DATABASE": url, "DENYUT_NOW": "2026-04-02T09:00+08:00"})

    return settled


@pytest.fixture
def light(open_office: Callable[[str], Any], tmp_path: Path) -> Any:
    """An office on SQLite, where what is tried is the same on both engines."""
    return open_office(f"sqlite:///{tmp_path / 'kota.db'}")


def send(config: Config, engine: Engine, name: str, content: bytes) -> Upload:
    month = read_month("2026-03", config)
    link, _ = make_link(engine, config, "dinkes", Channel.INSTAGRAM, month, "Siti")
    receive_file(config, engine, link, name, BytesIO(content))
    return next(each for each in load_uploads(engine) if each.number == link.number)


def ignore(_done: int, _total: int) -> None:
    pass


def broken(config: Config, *, quick: bool = False) -> list[tuple[str, tuple[str, ...]]]:
    findings = check_database(config, quick=quick, on_step=ignore).findings
    return [(each.promise, each.places) for each in findings]


def test_what_waits_comes_back_and_what_was_decided_does_not(
    office: Any, settle: Callable[[Any], Config], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    config, engine = settle(office), office.engine
    waits = send(config, engine, "x" * 300 + "unduhan saya.zip", b"posts")
    with pytest.raises(DatabaseBusyError), hold_lock(config.database_url, LOCK):
        make_backup(config, None, None, None, ignore)
    with hold_lock(config.database_url, LOCK):  # a backup is at work, and may be about to read it
        closed = send(config, engine, "b.json", b"{}")
        close_link(config, engine, closed, LinkVerdict.REJECTED, "Siti", "")
        assert (handed_in_folder(config) / closed.place).exists()
    made = make_backup(config, None, None, None, ignore)
    assert [part.name for part in made.manifest.files][1:] == [f"handed-in/{waits.place}"]
    assert [path.name for path in handed_in_folder(config).iterdir()] == [waits.place.partition("/")[0]]
    assert broken(config) == []

    if config.database_url.startswith("postgresql"):
        url = str(request.getfixturevalue("new_postgres_url"))
        (handed_in_folder(config) / waits.place).unlink()
    else:
        (tmp_path / "baru").mkdir()
        url = f"sqlite:///{tmp_path / 'baru' / 'denyut.db'}"
    other = replace(config, database_url=url)
    with Package(made.path) as package:
        assert take_back(package, other, tmp_path, replace=True, on_bytes=ignore).waiting == 1
    path = handed_in_folder(other) / waits.place
    assert path.read_bytes() == b"posts"
    assert (path.parent.stat().st_mode | path.parents[1].stat().st_mode) & 0o077 == 0
    assert broken(other) == []


def test_a_file_that_is_gone_or_changed_is_named(light: Any, settle: Callable[[Any], Config]) -> None:
    config, engine = settle(light), light.engine
    gone, changed = send(config, engine, "a.zip", b"a"), send(config, engine, "b.zip", b"b")
    (handed_in_folder(config) / gone.place).unlink()
    (handed_in_folder(config) / changed.place).write_bytes(b"c")
    assert broken(config) == [(PROMISE, ("1 (dinkes)", "2 (dinkes)"))]
    assert broken(config, quick=True) == [(PROMISE, ("1 (dinkes)",))]
    contents = make_backup(config, None, None, None, ignore).manifest.contents
    assert contents.lost == (f"handed-in/{gone.place}", f"handed-in/{changed.place}")


def test_nothing_is_pruned_beside_a_backup(light: Any, settle: Callable[[Any], Config]) -> None:
    config, engine = settle(light), light.engine
    with (
        hold_lock(config.database_url, LOCK),
        pytest.raises(DatabaseBusyError, match="lock 'backup'"),
    ):
        prune(engine, config, lambda _name: None)
    assert prune(engine, config, lambda _name: None).problems == ()


def test_two_files_by_one_link_never_meet_and_both_go(light: Any, settle: Callable[[Any], Config]) -> None:
    config, engine = settle(light), light.engine
    first = send(config, engine, "a.zip", b"a")
    late = replace(first, sent_at=None)
    with pytest.raises(Exception, match="used already"):
        receive_file(config, engine, late, "b.zip", BytesIO(b"b"))
    assert (handed_in_folder(config) / first.place).read_bytes() == b"a"
    close_link(config, engine, first, LinkVerdict.REJECTED, "Siti", "")
    assert list(handed_in_folder(config).iterdir()) == []
