"""The analysts' views written out: a SQLite file or a folder of Parquet, whole or not at all."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from activity.errors import ConfigError
from denyut import compose_extra
from desk.setting.config import Config
from desk.store import open_store
from desk.view.folder import drafting, replace_folder

if TYPE_CHECKING:
    from db.export.kind import Table

__all__ = ["OnStep", "export_lite", "export_parquet", "read_rows"]

# A folder of pages or papers bears another mark: an export never takes its place.
_MARK = ".denyut-export"

OnStep = Callable[[int, int], None]
"""Told after each view how many are done, and how many there are."""


def export_lite(
    config: Config, path: Path, tables: "Sequence[Table]", on_view: OnStep, *, force: bool
) -> dict[str, int]:
    """Write the views as tables of one SQLite file; returns the number of rows by table.

    Args:
        force: whether a file that is not such an export may be replaced; the database never is.

    Raises ConfigError where the file cannot be written or may not be replaced.
    """
    from db.engine import parse_url
    from db.export.lite import is_export, write_lite
    from db.export.rows import reading_once

    own = parse_url(config.database_url).database
    if path.exists() and own and Path(own).exists() and path.samefile(own):
        raise ConfigError("{path} is the database itself.", "Name another file.", path=path)
    if path.exists() and not force and not is_export(path):
        raise ConfigError(
            "{path} is there already, and no export of ours.",
            "Name another file, or let it be replaced with --force.",
            path=path,
        )
    engine, _ = open_store(config)
    try:
        with drafting(path, "--sqlite") as draft, reading_once(engine) as connection:
            return write_lite(connection, draft, tables, on_view)
    finally:
        engine.dispose()


def export_parquet(
    config: Config, folder: Path, tables: "Sequence[Table]", on_view: OnStep
) -> dict[str, int]:
    """Write the views as Parquet into a folder; returns the number of rows by view.

    Raises ConfigError where the folder holds something else, or pyarrow is not installed.
    """
    if find_spec("pyarrow") is None:
        raise ConfigError(
            "Parquet is written by pyarrow, which is not installed.",
            "Run: {install}",
            install=compose_extra("parquet"),
        )
    from db.export.parquet import write_parquet
    from db.export.rows import reading_once

    counts: dict[str, int] = {}
    engine, _ = open_store(config)

    def fill(draft: Path) -> None:
        with reading_once(engine) as connection:
            counts.update(write_parquet(connection, draft, tables, on_view))

    try:
        replace_folder(folder, fill, "export", mark=_MARK, option="--parquet")
    finally:
        engine.dispose()
    return counts


def read_rows(config: Config, tables: "Sequence[Table]") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every row of each view as a machine reads it, with the view's name."""
    from db.export.rows import TOLD, read_pieces, reading_once, tell_row

    engine, _ = open_store(config)
    try:
        with reading_once(engine) as connection:
            for table in tables:
                for rows in read_pieces(connection, table, TOLD):
                    for row in rows:
                        yield table.name, tell_row(table, row)
    finally:
        engine.dispose()
