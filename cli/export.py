"""`denyut export`: the analysts' views for other programs."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from activity.errors import ConfigError
from cli.console import print_json_line, say
from cli.option import read_config
from cli.progress import show_steps

__all__ = ["export"]


WithNames = Annotated[
    bool,
    typer.Option(
        "--with-names", help="Also who decided, objected, answered and sealed, and what they wrote."
    ),
]


def export(
    lite: Annotated[
        Path | None,
        typer.Option(
            "--sqlite", metavar="FILE", help="As tables of one SQLite file; an older one is replaced."
        ),
    ] = None,
    parquet: Annotated[
        Path | None,
        typer.Option("--parquet", metavar="DIR", help="As Parquet, a folder a view and a semester."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print a JSON object a line, whose first entry names the view.")
    ] = False,
    views: Annotated[
        list[str] | None, typer.Option("--view", metavar="NAME", help="Only this view; may be repeated.")
    ] = None,
    names: WithNames = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace FILE even where it is no export of ours.")
    ] = False,
) -> None:
    """Write the views of docs/database.md for Datasette, DuckDB, DBeaver, Excel or pandas.

    Days and moments are ISO, as the views tell them. What is written is whole or is not there, and of one
    moment, also while a crawl writes. Contacts, users and secrets stand in no view; names and words of
    persons are left out, but for --with-names. docs/analysts.md says how each program opens it.
    """
    from db.export.kind import choose_tables
    from desk.view.export import export_lite, export_parquet, read_rows

    if (lite is not None) + (parquet is not None) + as_json != 1:
        raise ConfigError(
            "Nothing says what to write.", "Give one of --sqlite FILE, --parquet DIR and --json."
        )
    config, tables = read_config(), choose_tables(views or (), personal=names)
    if as_json:
        for view, row in read_rows(config, tables):
            print_json_line({"view": view, **row})
        return
    with show_steps("export") as on_view:
        if lite is not None:
            _tell(lite, export_lite(config, lite, tables, on_view, force=force))
        elif parquet is not None:
            _tell(parquet, export_parquet(config, parquet, tables, on_view))


def _tell(path: Path, counts: Mapping[str, int]) -> None:
    views, rows = len(counts), sum(counts.values())
    say("Written: {path}, {views} views, {rows:,} rows.", path=path, views=views, rows=rows)
