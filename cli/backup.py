"""`denyut backup` and `denyut restore`: a city in one file, and back."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from cli.console import say, tell
from cli.option import read_config
from cli.progress import show_bytes
from desk.setting.config import Config, load_config
from desk.setting.file import FILE, find_file, merge_settings

if TYPE_CHECKING:
    from db.backup.package import Package

__all__ = ["backup", "restore"]

_NAMED = 5


def backup(
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write it there instead of DENYUT_BACKUPS.")
    ] = None,
    keep: Annotated[
        int | None,
        typer.Option("--keep", min=1, metavar="N", help="Keep this many there, the newest ones."),
    ] = None,
) -> None:
    """Write the database, its evidence, settings and rubrics into one file, also while a crawl writes.

    Tokens, keys and the password of a database's server are not in it: keep these elsewhere. The file is
    whole or is not there; older ones beyond DENYUT_BACKUP_KEEP are dropped only then.
    """
    from desk.keeping.backup import make_backup

    config, settings = read_config(), find_file(os.environ, Path())
    with show_bytes("backup") as on_bytes:
        made = make_backup(config, settings, out, keep, on_bytes)
    contents, files = made.manifest.contents, made.manifest.files
    say(
        "Backed up: {path}, {size:,.1f} MB, {count} files; secrets are not in it.",
        path=made.path,
        size=made.path.stat().st_size / 1e6,
        count=len(files),
    )
    if contents.lacking:
        tell(
            "Pages that posts rest on were not in the evidence folder: {names}. `denyut check` says more.",
            names=", ".join(contents.lacking[:_NAMED]),
        )
    if contents.lost:
        tell(
            "Files that wait for an officer were not there, or not as they were sent: {names}. "
            "`denyut check` says more.",
            names=", ".join(contents.lost[:_NAMED]),
        )
    if not contents.evidence:
        tell("DENYUT_EVIDENCE is off: no evidence is in it.")
    for path in made.dropped:
        tell("Dropped: {path}", path=path)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `denyut backup` wrote.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Give up what the database holds now, whatever it is.")
    ] = False,
) -> None:
    """Take a backup back: every part is verified first, then all of it is restored, or nothing.

    The database in the settings must be empty, unless --replace is given. One of an older version is
    brought up to date. Evidence is put beside what is there; a settings file or rubric that is there stays.
    """
    from db.backup.package import Package
    from desk.keeping.backup import take_back

    with Package(file) as package, show_bytes("restore") as on_bytes:
        taken = take_back(package, _read_config(package), Path(), replace=replace, on_bytes=on_bytes)
        contents = package.manifest.contents
    say(
        "Restored: {where}, as it was at {made_at:%Y-%m-%d %H:%M} UTC; {pages} files of evidence added.",
        where=taken.where,
        made_at=contents.made_at,
        pages=taken.pages,
    )
    if taken.waiting:
        say("Files that wait for an officer, put back: {count}", count=taken.waiting)
    for path in taken.written:
        say("Written: {file}", file=path)
    for path in taken.kept:
        tell("{path} stays as it is here; the backup holds another.", path=path)
    say("Secrets were not in it: give the tokens again. Then: denyut check")


def _read_config(package: "Package") -> Config:
    """The settings in force; where there is no file of them, the backup's, which is put here later."""
    if find_file(os.environ, Path()) is not None or not package.find("settings"):
        return read_config()
    (part,) = package.find("settings")
    with TemporaryDirectory() as folder:
        (Path(folder) / FILE).write_bytes(b"".join(package.read(part)))
        return load_config(merge_settings(os.environ, Path(folder)))
