"""`denyut posts`: the posts that were found, as a table, JSON lines or CSV."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from activity.agency import Channel
from activity.errors import ConfigError
from cli.console import print_csv, print_json_line, print_table
from cli.option import ONLY_ANY, read_config, read_day
from cli.screen import paged
from desk.agency import find_agency
from desk.store import open_store

if TYPE_CHECKING:
    from db.post.query import PostRow

__all__ = ["posts"]

_COLUMNS = (
    "agency",
    "channel",
    "published_at",
    "precision",
    "local_day",
    "kind",
    "title",
    "url",
    "first_seen",
    "last_seen",
)


@paged
def posts(
    agency: Annotated[str | None, typer.Option("--agency", metavar="AGENCY", help=f"{ONLY_ANY}.")] = None,
    channel: Annotated[Channel | None, typer.Option("--channel", help="Only this channel.")] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="From this local day on.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="Up to and without this local day.")
    ] = None,
    as_jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object a line.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV with a header.")] = False,
) -> None:
    """The posts in the database, by agency, channel and day, each with the witness of its date."""
    from db.post.query import load_posts

    if as_jsonl and as_csv:
        raise ConfigError("--jsonl and --csv cannot be had together.", "Choose one.")
    engine, config = open_store(read_config())
    slug = find_agency(engine, agency) if agency else None
    rows = load_posts(
        engine,
        agency=slug,
        channel=channel,
        since=read_day(since, "--since"),
        until=read_day(until, "--until"),
    )
    records = (_record(row, config.zone) for row in rows)
    if as_jsonl:
        for record in records:
            print_json_line(record)
    elif as_csv:
        print_csv(_COLUMNS, records)
    else:
        cells = ((row.agency, row.channel, row.local_day, row.kind, row.title, row.url) for row in rows)
        print_table(
            ("agency", "channel", "local_day", "kind", "title", "url"), cells, drop=("url", "kind", "channel")
        )


def _record(row: "PostRow", zone: ZoneInfo) -> dict[str, Any]:
    def moment(value: datetime | None) -> str | None:
        return value.astimezone(zone).isoformat() if value else None

    return {
        "agency": row.agency,
        "channel": row.channel.value,
        "published_at": moment(row.published_at),
        "precision": row.precision.value if row.precision else None,
        "local_day": row.local_day.isoformat() if row.local_day else None,
        "kind": row.kind.value,
        "title": row.title,
        "url": row.url,
        "first_seen": moment(row.first_seen),
        "last_seen": moment(row.last_seen),
    }
