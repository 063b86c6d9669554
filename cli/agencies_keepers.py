"""`denyut agencies keepers`: who keeps each office's accounts, and where nobody seems to."""

from collections import Counter
from datetime import timedelta
from typing import Annotated

import typer

from activity.semester import night_of
from cli.console import print_csv, print_json, print_table, say
from cli.option import AsOf, Json, read_config
from cli.screen import paged
from cli.speech import name_word
from desk.office.keeper import LONG_AGO, KeptState, read_kept
from desk.store import open_store

__all__ = ["list_keepers"]

_COLUMNS = ("slug", "name", "level", "contact", "handover", "state")


@paged
def list_keepers(
    days: Annotated[
        int, typer.Option("--days", min=1, help="A handover is long ago after so many days.")
    ] = LONG_AGO.days,
    whole: Annotated[bool, typer.Option("--all", help="Also offices whose keeper is known.")] = False,
    as_of: AsOf = None,
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV, a line an office.")] = False,
) -> None:
    """Offices whose accounts nobody is known to keep, or whose keeper was handed over long ago.

    Contact and handover come from the registry's columns of these names. They are for officers and jury: no
    page for everybody shows them.
    """
    engine, config = open_store(read_config(as_of))
    kept = read_kept(engine, night_of(config.now(), config.zone), timedelta(days=days))
    shown = [each for each in kept if whole or each.state is not KeptState.KNOWN]
    lines = [
        [x.agency.slug, x.agency.name, x.agency.level, x.keeper.contact, x.keeper.handover, x.state.value]
        for x in shown
    ]
    if as_json:
        print_json([dict(zip(_COLUMNS, line, strict=True)) for line in lines])
    elif as_csv:
        print_csv(_COLUMNS, lines)
    else:
        print_table(
            _COLUMNS,
            ([*line[:-1], name_word("kept", str(line[-1]))] for line in lines),
            drop=("level", "slug"),
        )
        counts = Counter(each.state for each in kept)
        say(
            "{missing} offices without a contact, {old} handed over more than {days} days ago, of {count}.",
            missing=counts[KeptState.MISSING],
            old=counts[KeptState.LONG_AGO],
            days=days,
            count=len(kept),
        )
