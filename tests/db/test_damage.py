"""A file of SQLite that something else wrote into is told of in one line, whichever page was hit."""

from pathlib import Path

import pytest

from activity.errors import DamagedDatabaseError
from db.check.rows import RESTORE
from db.opening import open_database
from desk.keeping.invariant import check_database
from desk.setting.config import load_config
from testkit.database import new_database

PAGE = 4096


def test_a_damaged_page_is_all_that_is_told(tmp_path: Path) -> None:
    path = tmp_path / "kota.db"
    config = load_config({"DENYUT_DATABASE": new_database(path)})
    whole = path.read_bytes()
    # The second page holds a part of the schema, so that no row can be asked for.
    for page in (len(whole) // PAGE - 1, len(whole) // PAGE // 2, 1):
        at = page * PAGE
        path.write_bytes(whole[:at] + b"\xff" * PAGE + whole[at + PAGE :])
        (finding,) = check_database(config, quick=True, on_step=ignore).findings
        assert (finding.promise, finding.remedy) == ("the database's file is whole", RESTORE)
        assert finding.places
    with pytest.raises(DamagedDatabaseError, match="denyut restore FILE --replace"):
        open_database(config.database_url)
    path.write_bytes(whole)
    assert not check_database(config, quick=True, on_step=ignore).findings


def ignore(_done: int, _total: int) -> None:
    pass
