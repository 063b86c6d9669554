"""Where evidence goes, and that its budget warns."""

from datetime import date
from pathlib import Path

import pytest

from desk.keeping.evidence import evidence_folder, open_archive, tell_overflow
from desk.setting.config import load_config


def config(**settings: str):
    return load_config({f"DENYUT_{name}": value for name, value in settings.items()})


@pytest.mark.parametrize(
    ("settings", "folder"),
    [
        ({}, "denyut-evidence"),
        ({"DATABASE": "sqlite:////srv/kota/kota.db"}, "/srv/kota/kota-evidence"),
        ({"DATABASE": "postgresql://u:p@host/kota"}, "kota-evidence"),
        ({"EVIDENCE": "/mnt/bukti"}, "/mnt/bukti"),
        ({"EVIDENCE": "OFF"}, None),
    ],
)
def test_the_folder_is_beside_the_database(settings, folder):
    assert evidence_folder(config(**settings)) == (None if folder is None else Path(folder))


def test_a_budget_that_is_exceeded_warns(tmp_path):
    kept = config(EVIDENCE=str(tmp_path), EVIDENCE_MB="1")
    archive = open_archive(kept)
    assert archive is not None
    assert tell_overflow(kept) == ""
    (tmp_path / f"{date(2026, 3, 2)}.warc.gz").write_bytes(bytes(1_100_000))
    assert "Nothing was dropped" in tell_overflow(kept)
    assert tell_overflow(config(EVIDENCE=str(tmp_path), EVIDENCE_MB="0")) == ""
    assert tell_overflow(config(EVIDENCE="off")) == ""
