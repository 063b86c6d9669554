"""Backups as they are named, kept by count, found again and taken back."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from activity.errors import ConfigError, RubricError
from activity.message import Message
from activity.semester import night_of
from desk.keeping.evidence import beside_database, evidence_folder
from desk.keeping.handed_in import forget_closed, handed_in_folder
from desk.setting.config import Config
from desk.setting.file import FILE
from desk.setting.rubric import read_rubric
from desk.store import open_store

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from db.backup.package import Manifest, OnBytes, Package

__all__ = [
    "Made",
    "Taken",
    "backup_folder",
    "find_newest",
    "make_backup",
    "take_back",
    "tell_overdue",
]

_NAME = re.compile(r"denyut-(\d{8})-(\d{6})(?:-(\d+))?\.zip")
_MOST_BYTES = 1 << 20
_RUNNING = timedelta(hours=1)
"""After a crawl: time in which its backup may still be at work."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made.

    Attributes:
        dropped: older ones that gave way to it.
    """

    path: Path
    manifest: "Manifest"
    dropped: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that was taken back.

    Attributes:
        where: the database, without a password.
        pages: files of the evidence that were not there before.
        waiting: files waiting for an officer that were not there before.
        written: files of settings and rubrics that were put here.
        kept: those that are here already and say something else.
    """

    where: str
    pages: int
    waiting: int
    written: tuple[Path, ...]
    kept: tuple[Path, ...]


def backup_folder(config: Config) -> Path:
    """The folder as it is set, as a rule `kota-backups` beside `kota.db`."""
    return Path(config.backups) if config.backups else beside_database(config, "backups")


def make_backup(
    config: Config, settings: Path | None, out: Path | None, keep: int | None, on_bytes: "OnBytes"
) -> Made:
    """Back up the database, its evidence, settings and rubrics; older backups beyond the count are dropped.

    Args:
        settings: the file of settings in force.
        out: another folder than the one that is set.
        keep: how many of that folder stay; None for as many as are set.

    Raises BackupError where it cannot be made; then none is dropped.
    """
    from db.backup.make import make_backup as make

    engine, config = open_store(config)
    folder = out or backup_folder(config)
    path = _name_file(folder, config.now().astimezone(config.zone))
    try:
        manifest = make(
            engine,
            path,
            config.now(),
            evidence=evidence_folder(config),
            handed_in=handed_in_folder(config),
            texts=dict(_gather_texts(config, settings)),
            on_bytes=on_bytes,
        )
        forget_closed(engine, config)
    finally:
        engine.dispose()
    older = [each for each in _list_backups(folder) if each != path]
    dropped = older[: max(0, len(older) + 1 - (keep or config.backup_keep))]
    for each in dropped:
        each.unlink(missing_ok=True)
    return Made(path, manifest, tuple(dropped))


def find_newest(config: Config) -> date | None:
    """The day of the newest backup; one that a clock ahead has dated later than today counts for none."""
    today = config.now().astimezone(config.zone).date()
    days = (_day_of(path) for path in _list_backups(backup_folder(config)))
    return max((day for day in days if day <= today), default=None)


def tell_overdue(config: Config, engine: "Engine") -> Message | None:
    """One line where the schedule should have made a backup, and there is none; None where all is well."""
    from db.nightly.run import load_runs

    if not config.backup_days:
        return None
    now = config.now().astimezone(config.zone)
    newest = find_newest(config)
    # Where none was ever made, its time runs from the first night.
    limit = None if newest is None else 1
    runs = load_runs(engine, limit=limit, until=night_of(now, config.zone), finished=True)
    since = newest or (runs[-1].night if runs else None)
    if since is None:
        return None
    age = (now.date() - since).days
    at_work = runs and runs[0].finished_at is not None and now - runs[0].finished_at < _RUNNING
    expected = now.time() >= time(12) or (runs and runs[0].night == night_of(now, config.zone))
    if age < config.backup_days or (age == config.backup_days and (at_work or not expected)):
        return None
    folder = backup_folder(config)
    if newest is None:
        return Message("There is no backup in {folder}.", folder=folder)
    return Message(
        "The newest backup in {folder} is of {day}, {age} days old.",
        folder=folder,
        day=newest,
        age=age,
    )


def take_back(
    package: "Package", config: Config, folder: Path, *, replace: bool, on_bytes: "OnBytes"
) -> Taken:
    """Restore a backup: the files that are not here, then the database, whole.

    Args:
        folder: where the settings file goes.
        replace: whether a database that is not empty may be given up.

    Raises what `db.backup.restore.restoring` raises; then nothing was changed.
    """
    from db.backup.restore import restoring
    from db.backup.writing import translated_writing, write_whole
    from db.failure import shown

    places = (evidence_folder(config), handed_in_folder(config))
    with restoring(package, config.database_url, *places, replace=replace, on_bytes=on_bytes) as restoration:
        written, kept = [], []
        for part in (*package.find("settings"), *package.find("rubrics")):
            path, content = _place_of(part.name, config, folder), b"".join(package.read(part))
            if not path.exists():
                with translated_writing(path.parent):
                    write_whole(path, iter([content]))
                written.append(path)
            elif path.read_bytes() != content:
                kept.append(path)
        restoration.finish(on_bytes)
        where = shown(restoration.engine.url)
        added = (len(restoration.pages), len(restoration.waiting))
        return Taken(where, *added, tuple(written), tuple(kept))


def _place_of(name: str, config: Config, folder: Path) -> Path:
    plain = Path(name).name
    if name.startswith("settings/"):
        return folder / FILE
    if config.rubric is not None and config.rubric.name == plain:
        return config.rubric
    return _home(config) / plain


def _home(config: Config) -> Path:
    """The folder of a SQLite file; else the one that Denyut is started in."""
    from db.engine import parse_url

    url = parse_url(config.database_url)
    return Path(str(url.database)).parent if url.get_backend_name() == "sqlite" else Path()


def _gather_texts(config: Config, settings: Path | None) -> Iterator[tuple[str, bytes]]:
    """The settings file without a password, and every file beside the database that is a rubric.

    Raises ConfigError for a DENYUT_RUBRIC that a backup cannot hold; others of such a name are left out.
    """
    from db.address import strip_passwords
    from db.backup.package import fits_name

    if settings is not None:
        # An address of a database may hold a password; a settings file holds no other secret.
        text = settings.read_text(encoding="utf-8")
        yield f"settings/{FILE}", strip_passwords(text, str(tomllib.loads(text).get("database"))).encode()
    if config.rubric and not fits_name(f"rubrics/{config.rubric.name}"):
        raise ConfigError(
            "A backup cannot hold the rubric {path}: its name is hidden, or has a backslash.",
            "Rename the file, and DENYUT_RUBRIC with it.",
            path=config.rubric,
        )
    names = set()
    for path in (*([config.rubric] if config.rubric else ()), *sorted(_home(config).glob("*.toml"))):
        name = f"rubrics/{path.name}"
        if path.name in names or path.name == FILE or not (fits_name(name) and _is_rubric(path)):
            continue
        names.add(path.name)
        yield name, path.read_bytes()


def _is_rubric(path: Path) -> bool:
    """Whether it is one: a file of tokens may stand in the same folder, and never leaves it."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            return False
        read_rubric(path)
    except (OSError, ConfigError, RubricError):
        return False
    return True


def _name_file(folder: Path, now: datetime) -> Path:
    stamp = f"denyut-{now:%Y%m%d-%H%M%S}"
    path, number = folder / f"{stamp}.zip", 2
    while path.exists():
        path, number = folder / f"{stamp}-{number}.zip", number + 1
    return path


def _list_backups(folder: Path) -> list[Path]:
    """Oldest first, by their names: a copy to another disk loses the times of files."""
    try:
        found = [
            (match.groups("1"), path) for path in folder.iterdir() if (match := _NAME.fullmatch(path.name))
        ]
    except OSError:
        return []
    return [path for _, path in sorted(found, key=lambda each: (*each[0][:2], int(each[0][2])))]


def _day_of(path: Path) -> date:
    match = _NAME.fullmatch(path.name)
    assert match is not None
    try:
        return datetime.strptime(match[1], "%Y%m%d").date()  # noqa: DTZ007 - a local day
    except ValueError:
        return date.min
