"""A backup is taken back: whole or not at all.

Whatever may be refused is looked at first. Then the evidence is put beside what is there, which harms
nothing; then, in one transaction of the database itself, its contents become those of the backup.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from sqlalchemy import Connection, Engine, func, inspect, select, text
from sqlalchemy.engine import URL

from activity.errors import BackupFileError, ConfigError, DatabaseBusyError, NewerDatabaseError
from db.backup.dump import replay_dump
from db.backup.handed_in import find_absent, put_files
from db.backup.make import LOCK
from db.backup.package import BackupPart, OnBytes, Package
from db.backup.pages import find_lacking, put_pages
from db.backup.writing import translated_writing, write_whole
from db.engine import (
    APPLICATION,
    bring_up_to_date,
    check_place,
    connect,
    parse_url,
    reading,
    recognise,
    turn_to_wal,
    writing,
)
from db.failure import shown, translated
from db.lock import DECISION, hold_lock
from db.migration import TABLES, known_revisions, migrate, newest_revision
from db.schema.models import AgencyRecord, RunRecord, UserRecord
from db.schema.views import remove_views

__all__ = ["Restoration", "restoring"]

_PAGES = 2048
_STALLED = 60.0
"""Seconds for which a database that another program holds is waited for."""


@dataclass(frozen=True, slots=True)
class Restoration:
    """A backup that may be taken back.

    Attributes:
        folder: of the evidence; None where none is kept.
        pages: files of the evidence that are not there yet.
        handed_in: folder of the files that wait for an officer.
        waiting: those of them that are not there yet.
    """

    package: Package
    engine: Engine
    folder: Path | None
    pages: tuple[BackupPart, ...]
    handed_in: Path
    waiting: tuple[BackupPart, ...]
    draft: Path

    def finish(self, on_bytes: OnBytes) -> None:
        """Do it; raises what `writing` raises, after which the old state stands."""
        if self.folder is not None:
            put_pages(self.package, self.pages, self.folder, on_bytes)
        put_files(self.package, self.waiting, self.handed_in)
        if self.engine.dialect.name == "sqlite":
            _replace_file(self.draft, self.engine, on_bytes)
        else:
            _replace_server(self.draft, self.engine)


@contextmanager
def restoring(
    package: Package, url: str, folder: Path | None, handed_in: Path, *, replace: bool, on_bytes: OnBytes
) -> Iterator[Restoration]:
    """Look at everything that could stand against it, and make ready; nothing was changed yet.

    Args:
        folder: where the evidence goes; None where none is kept.
        handed_in: where files go that wait for an officer.
        replace: whether a database that is not empty may be given up.

    Raises BackupFileError for a damaged backup or one of another engine, NewerDatabaseError for one of a
    newer schema, ConfigError for a database that is not empty or other evidence in the folder,
    ForeignDatabaseError for a database that is not ours, DatabaseBusyError beside a crawl.
    """
    package.verify(on_bytes)
    target = parse_url(url)
    _check_fit(package, target, folder)
    check_place(target, create=True)
    with ExitStack() as held:
        for lock in ("crawl", DECISION, LOCK):
            held.enter_context(hold_lock(target, lock))
        engine = connect(target)
        held.callback(engine.dispose)
        _check_target(engine, replace=replace)
        pages = find_lacking(package, folder) if folder is not None else ()
        draft = held.enter_context(_drafting(target, folder))
        part = package.database
        with translated_writing(draft.parent):
            write_whole(draft / part.name, package.read(part))
        if target.get_backend_name() == "sqlite":
            _make_current(draft / part.name, package)
        waiting = find_absent(package, handed_in)
        yield Restoration(package, engine, folder, pages, handed_in, waiting, draft / part.name)


def _check_fit(package: Package, target: URL, folder: Path | None) -> None:
    contents = package.manifest.contents
    if contents.engine != target.get_backend_name():
        raise BackupFileError(
            "{path} is a backup of {engine}, and {where} is not.",
            "Name such a database in DENYUT_DATABASE.",
            path=package.path,
            engine={"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(contents.engine, contents.engine),
            where=shown(target),
        )
    if contents.schema not in known_revisions():
        raise NewerDatabaseError(
            "{path} was made by a newer Denyut ({version}, revision {revision}).",
            "Update this Denyut; nothing was changed.",
            path=package.path,
            version=contents.code_version,
            revision=contents.schema,
        )
    if folder is None and package.find("evidence"):
        raise ConfigError(
            "{path} holds evidence, and DENYUT_EVIDENCE is off.",
            "Unset DENYUT_EVIDENCE, or name a folder in it.",
            path=package.path,
        )


def _check_target(engine: Engine, *, replace: bool) -> None:
    if engine.dialect.name == "sqlite" and not Path(str(engine.url.database)).exists():
        return  # to look would make it
    with reading(engine) as connection:
        revision = recognise(connection, create=True)
        if revision is None or replace or _holds_nothing(connection, revision):
            return
    raise ConfigError(
        "The database {where} is not empty; nothing was changed.",
        "Name another in DENYUT_DATABASE, or give up all that it holds with --replace.",
        where=shown(engine.url),
    )


def _holds_nothing(connection: Connection, revision: str) -> bool:
    """Whether a database of ours is as `denyut init` makes it."""
    if revision != newest_revision():
        return False
    kinds = (AgencyRecord, RunRecord, UserRecord)
    return not any(connection.execute(select(func.count()).select_from(kind)).scalar() for kind in kinds)


@contextmanager
def _drafting(target: URL, folder: Path | None) -> Iterator[Path]:
    """A folder for what is not in its place yet; one that a killed process left is emptied."""
    beside = Path(str(target.database)) if target.get_backend_name() == "sqlite" else folder or Path("denyut")
    draft = beside.resolve().with_name(f".{beside.name}.restore.part")
    try:
        with translated_writing(draft.parent):
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir(parents=True, mode=0o700)
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _make_current(path: Path, package: Package) -> None:
    """Migrate the copy, and leave it in one file; raises BackupFileError where it is not whole."""
    with translated_writing(path.parent):
        engine = connect(parse_url(f"sqlite:///{path}"))
        try:
            bring_up_to_date(engine)
            with reading(engine) as connection:
                verdict = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        finally:
            engine.dispose()
    if verdict != "ok":
        raise BackupFileError(
            "{path} holds a damaged database: {verdict}.",
            "Take an older backup; nothing was changed.",
            path=package.path,
            verdict=verdict,
        )
    with translated(engine.url), closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def _replace_file(draft: Path, engine: Engine, on_bytes: OnBytes) -> None:
    """Copy page by page in one transaction of the target: whoever has it open sees the old or the new."""
    turn_to_wal(engine)
    with (
        translated(engine.url),
        closing(sqlite3.connect(draft)) as source,
        closing(sqlite3.connect(str(engine.url.database), timeout=30)) as target,
    ):
        target.execute("PRAGMA synchronous=FULL")
        source.backup(target, pages=_PAGES, progress=_watch(engine.url, on_bytes))
        with suppress(sqlite3.OperationalError):
            target.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _watch(url: URL, on_bytes: OnBytes) -> Callable[[int, int, int], None]:
    """Tells how far it is; the driver itself would wait for ever for a database that is held."""
    moved, before = monotonic(), -1

    def look(_status: int, remaining: int, total: int) -> None:
        nonlocal moved, before
        if remaining != before:
            moved, before = monotonic(), remaining
        elif monotonic() - moved > _STALLED:
            raise DatabaseBusyError(
                "The database {where} is held by another program.",
                "End it, as `denyut serve`, then run again.",
                where=shown(url),
            )
        on_bytes(total - remaining, total)

    return look


def _replace_server(draft: Path, engine: Engine) -> None:
    with writing(engine) as connection:
        _drop_ours(connection)
        replay_dump(draft, connection, engine.url)
        revision = recognise(connection, create=False)
        if revision != newest_revision():
            migrate(connection, APPLICATION)


def _drop_ours(connection: Connection) -> None:
    """Take our tables away, and nobody else's."""
    there = set(inspect(connection).get_table_names())
    if not there:
        return
    remove_views(connection)
    for name in sorted(TABLES & there):
        connection.execute(text(f'DROP TABLE "{name}" CASCADE'))
