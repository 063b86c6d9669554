"""`denyut agencies missing`: who has no account at all, per channel and level."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from activity.channel import CHANNELS, Channel
from activity.semester import night_of
from cli.console import print_csv, print_json, print_table, say
from cli.option import AsOf, Json, read_config
from cli.screen import paged
from cli.speech import phrase
from desk.store import open_store

if TYPE_CHECKING:
    from db.office.registry import AgencyRow

__all__ = ["list_missing"]

_ANY = "any"
_COLUMNS = ("level", "channel", "of", "without", "slug", "name", "once")


@paged
def list_missing(
    channel: Annotated[Channel | None, typer.Option("--channel", help="Only this one.")] = None,
    level: Annotated[str | None, typer.Option("--level", help="Only this one, such as kelurahan.")] = None,
    as_of: AsOf = None,
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV, a line an office.")] = False,
) -> None:
    """Offices without an account, per channel and level; `any` are those that have none on any channel.

    An office that had one once is told with its last address. Offices that no longer exist are left out.
    """
    from db.office.registry import load_agencies

    engine, config = open_store(read_config(as_of))
    day = night_of(config.now(), config.zone)
    rows = [row for row in load_agencies(engine) if _exists(row, day) and level in {None, row.agency.level}]
    wanted = [channel] if channel is not None else [*_find_expected(rows), None]
    groups = list(_group(rows, wanted))
    if as_json:
        print_json(groups)
        return
    lines = [
        [group["level"], group["channel"], group["of"], len(group["without"]), *each.values()]
        for group in groups
        for each in group["without"]
    ]
    if as_csv:
        print_csv(_COLUMNS, ([("" if cell is None else cell) for cell in line] for line in lines))
        return
    print_table(_COLUMNS, lines, drop=("of", "without", "once"))
    for group in groups:
        count = phrase("{count} of {of}", count=len(group["without"]), of=group["of"])
        say(
            "{level}, {channel}: {count} without an account.",
            level=group["level"],
            channel=group["channel"],
            count=count,
        )


def _find_expected(rows: Sequence["AgencyRow"]) -> Iterator[Channel]:
    """The channels on which an account may be missed: where every office is expected, or one of these is."""
    used = {channel for row in rows for channel in row.accounts}
    return (channel for channel, facts in CHANNELS.items() if facts.ranked or channel in used)


def _group(rows: Sequence["AgencyRow"], channels: Sequence[Channel | None]) -> Iterator[dict[str, Any]]:
    for level in sorted({row.agency.level for row in rows}):
        of = [row for row in rows if row.agency.level == level]
        for channel in channels:
            without = [
                row for row in of if not (row.accounts if channel is None else channel in row.accounts)
            ]
            yield {
                "level": level,
                "channel": _ANY if channel is None else channel.value,
                "of": len(of),
                "without": [
                    {"slug": row.agency.slug, "name": row.agency.name, "once": _once(row, channel)}
                    for row in without
                ],
            }


def _once(row: "AgencyRow", channel: Channel | None) -> str | None:
    """The last address that an office had."""
    known = [account.address for account in row.closed if channel in {None, account.channel}]
    return known[-1] if known else None


def _exists(row: "AgencyRow", day: date) -> bool:
    since, until = row.agency.valid_from, row.agency.valid_to
    return (since is None or since <= day) and (until is None or day < until)
