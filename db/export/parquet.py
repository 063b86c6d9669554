"""The analysts' views as Parquet, a folder a view, with a folder a semester in it where the view has one."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import dataset
from sqlalchemy import Connection

from db.export.kind import ColumnKind, Table
from db.export.rows import STORED, read_pieces
from db.stream import Row

__all__ = ["SCRIPT", "write_parquet"]

SCRIPT = "views.sql"
"""Names the folders as views to DuckDB: `duckdb -init views.sql`."""
_TYPES: dict[ColumnKind, Any] = {
    ColumnKind.TEXT: pa.string(),
    ColumnKind.INTEGER: pa.int64(),
    ColumnKind.REAL: pa.float64(),
    ColumnKind.TRUTH: pa.bool_(),
    ColumnKind.DAY: pa.date32(),
    ColumnKind.MOMENT: pa.timestamp("s", tz="UTC"),
    ColumnKind.CLOCK: pa.timestamp("s"),
}
_NUMBERS: dict[ColumnKind, Any] = {
    ColumnKind.DAY: pa.int32(),
    ColumnKind.MOMENT: pa.int64(),
    ColumnKind.CLOCK: pa.int64(),
}
_PART = "part-{i}.parquet"
_NOWHERE = "semester=__HIVE_DEFAULT_PARTITION__"
"""Where rows without a semester stand, by a custom that pandas, DuckDB and Spark know."""
_GROUP = 100_000


def write_parquet(
    connection: Connection, folder: Path, tables: Sequence[Table], on_view: Callable[[int, int], None]
) -> dict[str, int]:
    """Write each view into a folder of its name; returns the number of rows by view.

    Days are `date32`, moments `timestamp[s, UTC]`, the city's clock a timestamp without a zone.

    Args:
        on_view: told after each view how many are done, and how many there are.
    """
    counts = {}
    for table in tables:
        counts[table.name] = _write_view(connection, folder, table)
        on_view(len(counts), len(tables))
    script = "".join(
        f"CREATE OR REPLACE VIEW {table.name} AS FROM "
        f"read_parquet('{table.name}/**/*.parquet', hive_partitioning = true);\n"
        for table in tables
    )
    (folder / SCRIPT).write_text(script, encoding="utf-8")
    return counts


def _write_view(connection: Connection, folder: Path, table: Table) -> int:
    schema = pa.schema([pa.field(name, _TYPES[kind]) for name, kind in table.columns.items()])
    count = 0

    def batches() -> Iterator[Any]:
        nonlocal count
        for rows in read_pieces(connection, table, STORED):
            count += len(rows)
            yield pa.record_batch(_make_columns(table, rows), schema=schema)

    parted = dataset.partitioning(pa.schema([pa.field("semester", pa.string())]), flavor="hive")
    has_semester = "semester" in table.columns
    dataset.write_dataset(
        pa.RecordBatchReader.from_batches(schema, batches()),
        folder / table.name,
        format="parquet",
        basename_template=_PART,
        partitioning=parted if has_semester else None,
        file_options=dataset.ParquetFileFormat().make_write_options(compression="zstd", compression_level=1),
        # What waits for a group to be full is all that stays in memory.
        min_rows_per_group=0 if not has_semester else _GROUP // 5,
        max_rows_per_group=_GROUP,
        use_threads=False,
    )
    if not count:
        _write_empty(folder / table.name / (_NOWHERE if has_semester else ""), schema)
    return count


def _write_empty(folder: Path, schema: Any) -> None:
    """One file that tells the columns, so that a question of an empty view has an empty answer."""
    from pyarrow import parquet  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    own = [field for field in schema if folder.name != _NOWHERE or field.name != "semester"]
    parquet.write_table(pa.schema(own).empty_table(), folder / "part-0.parquet")


def _make_columns(table: Table, rows: Sequence[Row]) -> list[Any]:
    columns = zip(*rows, strict=True)
    return [_make_column(kind, values) for kind, values in zip(table.columns.values(), columns, strict=True)]


def _make_column(kind: ColumnKind, values: Row) -> Any:
    """An array of the kind's type, out of numbers as they are stored, of ISO text, or of days and moments."""
    first = next((value for value in values if value is not None), None)
    if kind is ColumnKind.TRUTH and not isinstance(first, bool):
        return pc.cast(pa.array(values, pa.int64()), pa.bool_())
    if kind not in _NUMBERS or isinstance(first, date):
        return pa.array(values, _TYPES[kind])
    raw = pa.array(values, pa.string() if isinstance(first, str) else _NUMBERS[kind])
    return pc.cast(raw, _TYPES[kind])
