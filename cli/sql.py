"""`denyut sql`: any question an analyst has, read-only and within bounds."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import typer

from activity.errors import ConfigError
from cli.bounded import Alarm, run_bounded
from cli.console import print_csv, print_json_list, print_table, remark, tell
from cli.option import read_config
from cli.screen import paged

if TYPE_CHECKING:
    from db.sql import QueryLimits

__all__ = ["sql"]

_TABLE_ROWS = 1000
_GRACE = 2.0
"""Seconds for which a database may go on after its own clock should have ended it."""


@paged
def sql(
    query: Annotated[str, typer.Argument(help='Such as "SELECT * FROM vacuum"; see docs/database.md.')],
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV with a header, every row.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="A JSON array of objects, every row.")] = False,
    seconds: Annotated[
        float,
        typer.Option("--time-limit", metavar="SECONDS", min=0.1, help="Longest the database works on it."),
    ] = 60.0,
    megabytes: Annotated[
        int,
        typer.Option("--memory-limit", metavar="MB", min=16, help="Most memory that the answer may take."),
    ] = 512,
) -> None:
    """Run one SELECT on the activity database; nothing can be written.

    The views posts, nights, weekly_activity, semester_activity, rankings and vacuum stay stable from
    version to version; docs/database.md explains every column. A question that takes too long or too much
    memory is ended, and so is one at Ctrl-C. On PostgreSQL it is asked in the role denyut_reader, which
    may read the views alone.
    """
    from db.sql import QueryLimits

    if as_csv and as_json:
        raise ConfigError("--csv and --json cannot be had together.", "Choose one.")
    limits = QueryLimits(seconds, megabytes)
    url = read_config().database_url
    code = run_bounded(
        lambda alarm: _answer(url, query, limits, alarm, as_csv, as_json), megabytes, limits.too_long
    )
    if code:
        raise typer.Exit(code)


def _answer(url: str, query: str, limits: "QueryLimits", alarm: Alarm, as_csv: bool, as_json: bool) -> None:
    from db.sql import run_query

    try:
        with alarm(limits.seconds + _GRACE):
            result = run_query(url, query, limits=limits)
        if not result.confined:
            tell(
                "The database has no role denyut_reader for us: this answer comes with all our own rights. "
                "`denyut doctor` says what an administrator has to run."
            )
        _print(result.columns, _watched(result.rows, lambda: alarm(limits.seconds + _GRACE)), as_csv, as_json)
    except MemoryError:
        raise limits.too_much() from None


def _watched(
    rows: Iterator[tuple[Any, ...]], alarm: Callable[[], AbstractContextManager[None]]
) -> Iterator[tuple[Any, ...]]:
    while True:
        with alarm():
            row = next(rows, None)
        if row is None:
            return
        yield row


def _print(columns: tuple[str, ...], rows: Iterator[tuple[Any, ...]], as_csv: bool, as_json: bool) -> None:
    if as_csv:
        print_csv(columns, rows)
    elif as_json:
        print_json_list((dict(zip(columns, row, strict=True)) for row in rows), _plain)
    else:
        shown = [row for row, _ in zip(rows, range(_TABLE_ROWS + 1), strict=False)]
        print_table(columns, shown[:_TABLE_ROWS], spoken=False)
        if len(shown) > _TABLE_ROWS:
            remark(
                "Only the first {table_rows} rows are shown; --csv and --json print all.",
                table_rows=_TABLE_ROWS,
            )


def _plain(value: object) -> object:
    # PostgreSQL adds up whole numbers to a Decimal, SQLite to a whole number: both are numbers here.
    if not isinstance(value, Decimal):
        return str(value)
    return int(value) if value.is_finite() and value == value.to_integral_value() else float(value)
