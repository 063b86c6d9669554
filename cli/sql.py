"""`denyut sql`: any question an analyst has, read-only."""

from decimal import Decimal
from typing import Annotated

import typer

from activity.errors import ConfigError
from cli.console import print_csv, print_json_list, print_table, tell
from cli.option import read_config

__all__ = ["sql"]

_TABLE_ROWS = 1000


def sql(
    query: Annotated[str, typer.Argument(help='Such as "SELECT * FROM vacuum"; see docs/database.md.')],
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV with a header, every row.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="A JSON array of objects, every row.")] = False,
) -> None:
    """Run one SELECT on the activity database; nothing can be written.

    The views posts, nights, weekly_activity, semester_activity, rankings and vacuum stay stable from
    version to version; docs/database.md explains every column.
    """
    from db.sql import run_query

    if as_csv and as_json:
        raise ConfigError("--csv and --json cannot be had together.", "Choose one.")
    result = run_query(read_config().database_url, query)
    if as_csv:
        print_csv(result.columns, result.rows)
    elif as_json:
        print_json_list((dict(zip(result.columns, row, strict=True)) for row in result.rows), _plain)
    else:
        rows = [row for row, _ in zip(result.rows, range(_TABLE_ROWS + 1), strict=False)]
        print_table(result.columns, rows[:_TABLE_ROWS])
        if len(rows) > _TABLE_ROWS:
            tell(f"Only the first {_TABLE_ROWS} rows are shown; --csv and --json print all.")


def _plain(value: object) -> object:
    # PostgreSQL adds up whole numbers to a Decimal, SQLite to a whole number: both are numbers here.
    if not isinstance(value, Decimal):
        return str(value)
    return int(value) if value.is_finite() and value == value.to_integral_value() else float(value)
