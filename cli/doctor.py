"""`denyut doctor`: is this installation fit to run every night?"""

from typing import Annotated

import typer

from cli.console import print_json, print_table, tell
from cli.option import AsOf, Json, read_config
from cli.screen import paged
from cli.speech import phrase

__all__ = ["doctor"]


@paged
def doctor(
    aside: Annotated[
        int | None,
        typer.Option("--set-aside", metavar="RUN", help="Let a run under a wrong clock count for nothing."),
    ] = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Look at Python, packages, settings, database, tokens and the last nights; ends with 1 if any fails."""
    if aside is not None:
        _set_aside(aside, as_of)
    from desk.installation.health import Health, examine

    checks = tuple(examine(read_config(as_of)))
    if as_json:
        print_json(
            [{"name": c.name, "health": c.health, "found": c.found, "remedy": c.remedy} for c in checks]
        )
    else:
        print_table(
            ["check", "health", "found", "what to do"],
            ([phrase(c.name), c.health, phrase(c.found), phrase(c.remedy)] for c in checks),
        )
    if any(c.health is Health.FAILED for c in checks):
        raise typer.Exit(1)


def _set_aside(run_id: int, as_of: str | None) -> None:
    from db.nightly.odd import set_aside
    from desk.store import open_store

    engine, _ = open_store(read_config(as_of))
    night = set_aside(engine, run_id)
    tell(
        "Run {run_id:d} of the night {night} counts for nothing now; its posts stay.",
        run_id=run_id,
        night=night,
    )
