"""`denyut doctor`: is this installation fit to run every night?"""

import typer

from cli.console import print_json, print_table
from cli.option import AsOf, Json, read_config

__all__ = ["doctor"]


def doctor(as_of: AsOf = None, as_json: Json = False) -> None:
    """Look at Python, packages, settings, database, tokens and the last nights; ends with 1 if any fails."""
    from desk.health import Health, examine

    checks = tuple(examine(read_config(as_of)))
    if as_json:
        print_json(
            [{"name": c.name, "health": c.health, "found": c.found, "remedy": c.remedy} for c in checks]
        )
    else:
        print_table(
            ["check", "health", "found", "what to do"],
            ([c.name, c.health, c.found, c.remedy] for c in checks),
        )
    if any(c.health is Health.FAILED for c in checks):
        raise typer.Exit(1)
