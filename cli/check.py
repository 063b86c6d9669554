"""`denyut check`: does the database hold what is promised of it?"""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.console import print_json, print_table, say
from cli.option import Json, read_config
from cli.progress import show_steps
from cli.screen import paged
from cli.speech import phrase

if TYPE_CHECKING:
    from desk.keeping.invariant import Result

__all__ = ["check"]


@paged
def check(
    quick: Annotated[
        bool, typer.Option("--quick", help="Do not read every page of the evidence again.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Look whether runs, posts, seals and evidence are whole; ends with 1 where something is not.

    Nothing is changed, and an older database is not brought up to date. `denyut doctor` looks at the
    installation instead.
    """
    from desk.keeping.invariant import check_database

    with show_steps("check") as on_step:
        result = check_database(read_config(), quick=quick, on_step=on_step)
    if as_json:
        print_json(_describe(result))
    else:
        _print(result)
    if result.findings:
        raise typer.Exit(1)


def _print(result: "Result") -> None:
    if result.findings:
        print_table(
            ["what should hold", "places", "where", "what to do"],
            (
                [phrase(each.promise), each.count, "; ".join(each.places), phrase(each.remedy)]
                for each in result.findings
            ),
            right=("places",),
        )
    say(
        "{where}: {held} of {promises} promises hold.",
        where=result.where,
        held=result.promises - len(result.findings),
        promises=result.promises,
    )


def _describe(result: "Result") -> dict[str, Any]:
    return {
        "database": result.where,
        "promises": result.promises,
        "whole": not result.findings,
        "findings": [
            {
                "promise": each.promise,
                "count": each.count,
                "places": list(each.places),
                "remedy": each.remedy,
            }
            for each in result.findings
        ],
    }
