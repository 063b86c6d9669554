"""`denyut agencies`: the registry of offices and their accounts."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from activity.agency import Channel, Keeper
from cli.agencies_discover import discover_accounts
from cli.agencies_keepers import list_keepers
from cli.agencies_missing import list_missing
from cli.agencies_table import REGISTRY_COLUMNS, registry_cells
from cli.console import print_csv, print_json, print_table, say
from cli.option import AsOf, Json, read_config
from cli.screen import paged
from cli.speech import phrase
from desk.store import open_store

if TYPE_CHECKING:
    from db.office.registry import AgencyRow

__all__ = ["agencies"]

agencies = typer.Typer(no_args_is_help=True, help="The registry: import it from CSV or XLSX, list it.")
agencies.command("discover")(discover_accounts)
agencies.command("keepers")(list_keepers)
agencies.command("missing")(list_missing)


@agencies.command("import")
def import_registry(
    file: Annotated[Path, typer.Argument(help="CSV or XLSX: slug,name,level,website,instagram,facebook[,…]")],
    *,
    close: Annotated[
        bool, typer.Option("--close", help="Let accounts end whose cell is blank in the file.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; store nothing.")] = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Take a registry as a whole, or refuse it as a whole with one line a problem.

    Columns: slug, name, level, one for each channel (website, instagram and so on), and if wanted parent,
    valid_from, valid_to, status (peserta, non-kompetisi, tidak dinilai), predecessors (slugs of the offices
    whose name or merger it carries on), contact and handover (who keeps the accounts, and since which day).
    Importing twice changes nothing. A renamed handle or a moved site
    closes the old account and opens a new one. Offices missing from the file stay as they are, and so does a
    channel without a column; a blank cell where an account is known is refused, unless --close allows it. A
    cell with a link stands for the account that the link opens.
    """
    from cli.registry_file import load_registry
    from db.office.registry import save_registry

    entries = load_registry(file)
    engine, config = open_store(read_config(as_of))
    change = save_registry(
        engine, entries, config.now(), timezone=config.zone.key, close=close, dry_run=dry_run
    )
    if as_json:
        print_json(
            {name: getattr(change, name) for name in ("added", "changed", "unchanged", "opened", "closed")}
        )
        return
    say(
        "{file}: {count} agencies read; {added} added, {changed} changed, {unchanged} unchanged; "
        "{opened} accounts opened, {closed} closed.",
        file=file.name,
        count=len(entries),
        added=change.added,
        changed=change.changed,
        unchanged=change.unchanged,
        opened=change.opened,
        closed=change.closed,
    )
    say(phrase("Nothing was stored.") if dry_run else phrase("Next: denyut crawl"))


@agencies.command("list")
@paged
def list_agencies(
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV that `agencies import` takes again.")] = False,
) -> None:
    """Every agency with its accounts in force."""
    from db.office.keeper import load_keepers
    from db.office.registry import load_agencies

    engine, _ = open_store(read_config())
    rows = load_agencies(engine)
    if as_csv:
        keepers = load_keepers(engine)
        lines = ([*registry_cells(row), *_keeper_cells(keepers.get(row.agency.slug))] for row in rows)
        print_csv((*REGISTRY_COLUMNS, "contact", "handover"), lines)
        return
    if as_json:
        print_json(
            [
                {
                    "slug": row.agency.slug,
                    "name": row.agency.name,
                    "level": row.agency.level,
                    "status": row.agency.participation,
                    "parent": row.agency.parent,
                    "predecessors": row.agency.predecessors,
                    **{channel.value: _address(row, channel) for channel in Channel},
                }
                for row in rows
            ]
        )
        return
    print_table(
        ["slug", "name", "level", "status", *(channel.value for channel in Channel)],
        (
            [
                row.agency.slug,
                row.agency.name,
                row.agency.level,
                row.agency.participation,
                *(_address(row, channel) for channel in Channel),
            ]
            for row in rows
        ),
        drop=("status", *reversed([channel.value for channel in Channel]), "level"),
    )


def _keeper_cells(keeper: Keeper | None) -> list[object]:
    return [keeper.contact, keeper.handover] if keeper else [None, None]


def _address(row: "AgencyRow", channel: Channel) -> str | None:
    account = row.accounts.get(channel)
    return account.address if account else None
