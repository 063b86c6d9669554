"""Work shared out among processes: each piece done, errors told as if alone, nobody left behind."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from activity.semester import Semester
from desk.semester.judge import Judgement, judge
from desk.setting.config import load_config
from desk.view.crew import MOST_PIECES, count_helpers, share_out
from desk.view.site import write_site
from testkit.database import new_database
from testkit.served import AFTER, fill

# Tests have threads of their own, of which later versions of Python warn whoever forks.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")


@pytest.fixture
def here() -> int:
    return os.getpid()


@pytest.fixture(autouse=True)
def _nobody_is_left() -> Iterator[None]:
    before = set(psutil.Process().children())
    yield
    assert set(psutil.Process().children()) <= before


def _note(folder: Path, piece: int) -> None:
    """Done, and by whom; slow enough that somebody else may come."""
    time.sleep(0.002)
    (folder / f"{piece}-{os.getpid()}").touch()


def _noted(folder: Path, part: int) -> list[int]:
    return sorted(int(path.name.split("-")[part]) for path in folder.iterdir())


def _workers(folder: Path) -> set[int]:
    return set(_noted(folder, 1))


def _wait_for(count: int, folder: Path) -> None:
    until = time.monotonic() + 30
    while len(_workers(folder)) < count and time.monotonic() < until:
        time.sleep(0.001)


@pytest.mark.parametrize("helpers", [0, 1, 3])
def test_each_piece_is_done_and_everybody_has_a_part(tmp_path, here, helpers):
    told = []

    def work(piece: int) -> None:
        _note(tmp_path, piece)
        _wait_for(1 + helpers, tmp_path)

    share_out(40, work, helpers, on_piece=lambda done, total: told.append((done, total)))
    assert _noted(tmp_path, 0) == list(range(40))
    assert len(_workers(tmp_path)) == 1 + helpers
    assert here in _workers(tmp_path)
    assert told == sorted(told)
    assert told[-1] == (40, 40)


def test_as_many_pieces_as_there_may_be_fit(tmp_path):
    share_out(MOST_PIECES, lambda n: (tmp_path / str(n)).touch(), 1)
    assert len(list(tmp_path.iterdir())) == MOST_PIECES


def test_what_comes_first_is_done_here_while_helpers_are_at_work(tmp_path, here):
    begun = []

    def begin() -> None:
        _wait_for(1, tmp_path)
        begun.append((os.getpid(), bool(_workers(tmp_path))))

    share_out(4, lambda n: _note(tmp_path, n), 1, begin)
    assert begun == [(here, True)]


def test_a_piece_that_a_helper_could_not_do_is_done_here_at_last(tmp_path, here):
    def work(piece: int) -> None:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)  # as where memory ends
        _note(tmp_path, piece)

    share_out(20, work, 2)
    assert len(list(tmp_path.iterdir())) == 20
    assert _workers(tmp_path) == {here}


def test_an_error_is_raised_here_as_if_nobody_had_helped(tmp_path):
    def work(piece: int) -> None:
        if piece == 3:
            raise OSError(28, "No space left on device")
        _note(tmp_path, piece)

    with pytest.raises(OSError, match="No space left"):
        share_out(20, work, 2)


def test_helpers_end_with_whoever_forked_them():
    def begin() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        share_out(1, lambda _: time.sleep(60), 1, begin)


def test_helpers_of_a_killed_process_stop_after_their_piece(tmp_path):
    parent = os.fork()
    if parent == 0:
        share_out(1000, lambda n: _note(tmp_path, n), 1, lambda: time.sleep(60))
    _wait_for(1, tmp_path)
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    (helper,) = _workers(tmp_path)
    until = time.monotonic() + 30
    while Path(f"/proc/{helper}").exists() and time.monotonic() < until:
        time.sleep(0.001)
    assert len(list(tmp_path.iterdir())) < 1000


def test_nobody_is_forked_for_one_core_or_where_it_cannot_be(monkeypatch):
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {3}, raising=False)
    assert count_helpers() == 0
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(64)), raising=False)
    assert 1 <= count_helpers() < 8
    monkeypatch.setattr(sys, "platform", "darwin")
    assert count_helpers() == 0
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delattr(os, "fork")
    assert count_helpers() == 0


@pytest.fixture(scope="module")
def judgement(tmp_path_factory) -> Judgement:
    url = new_database(tmp_path_factory.mktemp("city") / "denyut.db")
    fill(url).dispose()
    return judge(load_config({"DENYUT_DATABASE": url, "DENYUT_NOW": AFTER}), Semester(2026, 1))


def test_a_site_drawn_by_several_is_to_the_byte_that_of_one(judgement, tmp_path):
    for name, helpers in (("alone", 0), ("together", 2)):
        write_site(judgement, tmp_path / name, "id", helpers=helpers)
    alone, together = (
        {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*.*")
         if path.is_file()}
        for name in ("alone", "together")
    )  # fmt: skip
    assert len(alone) > 20
    assert alone == together


def test_an_interrupted_site_leaves_nothing(judgement, tmp_path):
    def interrupt(done: int, total: int) -> None:
        assert (tmp_path / f".site.{os.getpid()}.part" / "kantor").exists(), (done, total)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_site(judgement, tmp_path / "site", "id", helpers=1, on_piece=interrupt)
    assert list(tmp_path.iterdir()) == []
