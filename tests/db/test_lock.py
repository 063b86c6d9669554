"""One holder at a time, and none after a death."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from activity.errors import DatabaseBusyError, StoreError
from db.lock import hold_lock

_HOLD = """
import sys, time
from db.lock import hold_lock
with hold_lock(sys.argv[1], "crawl"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_holder_is_refused_and_another_name_is_free(database_url: str) -> None:
    with hold_lock(database_url, "crawl"):
        with pytest.raises(DatabaseBusyError, match="crawl"), hold_lock(database_url, "crawl"):
            pass
        with hold_lock(database_url, "schedule"):
            pass
    with hold_lock(database_url, "crawl"):
        pass


def test_death_releases_it(database_url: str) -> None:
    with subprocess.Popen([sys.executable, "-c", _HOLD, database_url], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(DatabaseBusyError), hold_lock(database_url, "crawl"):
            pass
        process.kill()
        process.wait()
    _take_when_free(database_url)


def _take_when_free(database_url: str) -> None:
    # A server notices a client's death a moment later than the kernel does.
    for _ in range(100):
        try:
            with hold_lock(database_url, "crawl"):
                return
        except DatabaseBusyError:
            subprocess.run(["sleep", "0.1"], check=True)
    pytest.fail("the lock outlived its holder")


def test_two_ways_to_one_file_are_one_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, link = tmp_path / "kota", tmp_path / "pintas"
    real.mkdir()
    link.symlink_to(real)
    (real / "denyut.db").touch()
    (tmp_path / "lain.db").symlink_to(real / "denyut.db")
    monkeypatch.chdir(real)
    for path in (real / "denyut.db", link / "denyut.db", tmp_path / "lain.db", Path("../kota/denyut.db")):
        with (
            hold_lock("sqlite:///denyut.db", "crawl"),
            pytest.raises(DatabaseBusyError),
            hold_lock(f"sqlite:///{path}", "crawl"),
        ):
            pass


def test_who_has_patience_waits_for_the_holder(database_url: str) -> None:
    held, taken = threading.Event(), []

    def hold() -> None:
        with hold_lock(database_url, "crawl"):
            held.set()
            time.sleep(0.4)
            taken.append("first")

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    with hold_lock(database_url, "crawl", patience=30):
        taken.append("second")
    thread.join()
    assert taken == ["first", "second"]
    with (
        hold_lock(database_url, "crawl"),
        pytest.raises(DatabaseBusyError),
        hold_lock(database_url, "crawl", patience=0.2),
    ):
        pass


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(StoreError), hold_lock("postgresql://127.0.0.1:1/x", "crawl"):
        pass
