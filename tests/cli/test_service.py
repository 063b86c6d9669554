"""What `denyut service` prints: files for this folder, this program and this user, which systemd takes."""

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from activity.errors import ConfigError
from desk.installation.service import Kind, ServicePlace, compose_service, list_kept
from desk.setting.config import load_config

_FOLDER = "/srv/kota banjarmasin 5%"
_VERIFY = shutil.which("systemd-analyze")


@pytest.fixture
def place(tmp_path):
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("denyut", "denyut-scheduler"):
        (programs / name).write_text("#!/bin/sh\n")
        (programs / name).chmod(0o755)
    return ServicePlace("daemon", Path(_FOLDER), programs, Path("/mnt/disk dua"))


@pytest.mark.skipif(_VERIFY is None, reason="systemd is not on this machine")
def test_systemd_takes_every_unit_and_counts_it_safe(place, tmp_path):
    names = []
    for kind in set(Kind) - {Kind.CRON}:
        (tmp_path / kind.path.name).write_text(compose_service(kind, place))
        names.append(f"./{kind.path.name}")
    done = _analyze("verify", "--man=no", *names, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    for name in names:
        if name.endswith(".service"):
            # In tenths of ten: systemd itself says OK up to 4.
            done = _analyze("security", "--offline=true", "--threshold=25", name, folder=tmp_path)
            assert done.returncode == 0, done.stdout


def test_only_the_citys_folder_and_that_of_backups_can_be_written(place):
    unit = compose_service(Kind.SCHEDULE, place)
    assert "WorkingDirectory=/srv/kota banjarmasin 5%%\n" in unit
    assert 'ReadWritePaths="/srv/kota banjarmasin 5%%" "-/mnt/disk dua"\n' in unit
    assert "ProtectSystem=strict\n" in unit
    assert "ProtectHome=yes\n" in unit


def test_backups_on_another_disk_can_be_written_by_what_makes_them():
    place = ServicePlace("siti", Path("/srv/kota"), Path("/opt"), Path("/mnt/disk dua"))
    assert 'ReadWritePaths=/srv/kota "-/mnt/disk dua"\n' in compose_service(Kind.SCHEDULE, place)
    assert "ReadWritePaths=/srv/kota\n" in compose_service(Kind.PAGES, place)
    inside = replace(place, backups=Path("/srv/kota/denyut-backups"))
    assert "ReadWritePaths=/srv/kota\n" in compose_service(Kind.ONCE, inside)
    with pytest.raises(ConfigError, match="Move the folder"):
        replace(place, backups=Path("/mnt/$HOME"))


def test_a_database_and_evidence_elsewhere_can_be_written_by_the_pages_too():
    kept = (Path("/srv/kota/bukti"), Path("/mnt/data"), Path("/mnt/data/kota-evidence"), Path("/mnt/arsip"))
    place = ServicePlace("siti", Path("/srv/kota"), Path("/opt"), Path("/mnt/data/kota-backups"), kept)
    for kind in (Kind.SCHEDULE, Kind.PAGES):
        assert "ReadWritePaths=/srv/kota -/mnt/arsip -/mnt/data\n" in compose_service(kind, place)


@pytest.mark.parametrize(
    ("settings", "kept"),
    [
        ({}, [".", "denyut-evidence"]),
        ({"DENYUT_DATABASE": "sqlite:////mnt/data/kota.db"}, ["/mnt/data", "/mnt/data/kota-evidence"]),
        ({"DENYUT_EVIDENCE": "/mnt/bukti"}, [".", "/mnt/bukti"]),
        ({"DENYUT_DATABASE": "postgresql://siti@host/kota", "DENYUT_EVIDENCE": "off"}, []),
    ],
)
def test_what_is_kept_lies_beside_the_database_where_nothing_else_is_set(settings, kept):
    assert list_kept(load_config(settings)) == tuple(map(Path, kept))


def test_an_installation_in_a_persons_folder_is_seen():
    unit = compose_service(Kind.SCHEDULE, ServicePlace("siti", Path("/home/siti/kota"), Path("/opt")))
    assert "ProtectHome=read-only\n" in unit


def test_a_line_of_cron_runs_in_the_folder(place):
    assert compose_service(Kind.CRON, place).splitlines()[1] == (
        "5,35 * * * * daemon cd '/srv/kota banjarmasin 5\\%' && "
        f"{place.programs}/denyut-scheduler --once >>denyut.log 2>&1"
    )


@pytest.mark.parametrize("user", ["root", "", "siti; rm", "-x", "Siti Aminah"])
def test_a_user_that_cannot_be_is_refused(user):
    with pytest.raises(ConfigError, match="--user"):
        ServicePlace(user, Path("/srv"), Path("/opt"))


@pytest.mark.parametrize("folder", ["/srv/a\nUser=root", '/srv/a"b', "/srv/a'b", "/srv/a\\b", "/srv/$HOME"])
def test_a_folder_that_would_break_the_file_is_refused(folder):
    with pytest.raises(ConfigError, match="Move the folder"):
        ServicePlace("siti", Path(folder), Path("/opt"))


def test_the_command_prints_for_here_and_warns_of_what_a_service_does_not_see(denyut):
    done = denyut.run("service", "once", "--user", "siti", DENYUT_CITY="Kota", DENYUT_BACKUPS="/mnt/tiada")
    assert done.returncode == 0, done.stderr
    assert f"WorkingDirectory={denyut.folder}\n" in done.stdout
    assert f"ExecStart={Path(sys.executable).parent}/denyut-scheduler --once\n" in done.stdout
    assert f"ReadWritePaths={denyut.folder} -/mnt/tiada\n" in done.stdout
    assert "Make /mnt/tiada before the service starts" in done.stderr
    assert "DENYUT_CITY" in done.stderr
    assert "/etc/systemd/system/denyut-once.service" in done.stderr


def test_secrets_that_cron_does_not_see_belong_in_the_files_that_settings_name(denyut):
    done = denyut.run("service", "cron", "--user", "siti", DENYUT_INSTAGRAM_TOKEN="EAAsecret")
    assert done.returncode == 0, done.stderr
    assert "DENYUT_INSTAGRAM_TOKEN" in done.stderr
    assert "tokens_file and messages_file" in done.stderr.replace("\n", " ")
    assert "denyut.env" not in done.stderr


def _analyze(*arguments, folder):
    return subprocess.run([str(_VERIFY), *arguments], cwd=folder, capture_output=True, text=True, check=False)
