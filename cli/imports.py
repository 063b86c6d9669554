"""`denyut import`: posts from files that offices hand in, for accounts that no token sees."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from activity.channel import CHANNELS, SOCIAL, Channel, name_channels
from activity.errors import ConfigError
from activity.speech.remark import read_remark
from cli.console import print_json, say
from cli.option import AsOf, Json, read_config, read_day
from cli.speech import phrase
from desk.agency import name_agencies
from desk.office.import_plan import Period
from desk.office.imports import ImportLine, take_in, understand
from desk.setting.config import Config
from desk.store import open_store

if TYPE_CHECKING:
    from crawler.exports.export import ExportReading
    from db.nightly.store import Saved

__all__ = ["import_files", "read_social"]


def import_files(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Files or unpacked folders.")],
    *,
    account: Annotated[
        list[str] | None,
        typer.Option(
            "--account",
            metavar="AGENCY",
            help="The office whose own export it is, by id or whole name; may be repeated.",
        ),
    ] = None,
    channel: Annotated[
        Channel | None, typer.Option("--channel", help=f"{name_channels(SOCIAL)}, where no link tells.")
    ] = None,
    timezone: Annotated[
        str | None, typer.Option("--timezone", metavar="ZONE", help="Zone of times that name none.")
    ] = None,
    mapping: Annotated[
        str | None,
        typer.Option(
            "--map", metavar="date=HEADING,link=HEADING,…", help="Which column is what, in any table."
        ),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="First day of the period that was exported.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="Last day of the period that was exported.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; store nothing.")] = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Take in what a platform exported, or a profile page saved from the browser.

    A file is recognised by its content. All files are taken whole or none of them; importing again changes
    nothing. Days from the first post (or --since) to the last (or --until) count as known, no other.
    """
    engine, config = open_store(read_config(as_of))
    owners = name_agencies(engine, account or ())
    period = Period(read_day(since, "--since"), read_day(until, "--until"))
    reading = _compose_reading(config, timezone, channel, mapping)
    done = understand(files, reading, engine, owners, period, config)
    saved = take_in(done, engine, config, dry_run=dry_run)
    if as_json:
        print_json([_describe(line, each, dry_run=dry_run) for line, each in zip(done, saved, strict=True)])
    else:
        _print_lines(done, saved, dry_run=dry_run)


def _compose_reading(
    config: Config, timezone: str | None, channel: Channel | None, mapping: str | None
) -> "ExportReading":
    from crawler.exports.export import ExportReading

    return ExportReading(config.now(), config.zone, _zone(timezone), read_social(channel), _mapping(mapping))


def read_social(channel: Channel | None) -> Channel | None:
    """The channel of a hand-in; raises ConfigError for websites, which are only ever visited."""
    if channel is not None and not CHANNELS[channel].social:
        raise ConfigError("A website's posts cannot be handed in.", "Let `denyut crawl` visit it.")
    return channel


def _zone(name: str | None) -> ZoneInfo | None:
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ConfigError(
            "--timezone: {name!r} is not a time zone.",
            "Write Asia/Makassar or America/Los_Angeles.",
            name=name,
        ) from None


def _mapping(text: str | None) -> dict[str, str]:
    from crawler.exports.table.generic import FIELDS

    if text is None:
        return {}
    pairs = dict(pair.strip().partition("=")[::2] for pair in text.split(","))
    unknown = [name for name, heading in pairs.items() if name not in FIELDS or not heading.strip()]
    if unknown or not {"date", "link"} <= set(pairs):
        raise ConfigError(
            "--map: {text!r} does not say which column is what.",
            'Write "date=HEADING,link=HEADING"; further names: {fields}.',
            text=text,
            fields=", ".join(FIELDS[2:]),
        )
    return {name: heading.strip() for name, heading in pairs.items()}


def _describe(line: ImportLine, saved: "Saved", *, dry_run: bool) -> dict[str, Any]:
    export, planned = line.export, line.planned
    stored = planned.stored
    return {
        "file": export.name,
        "sha256": export.digest,
        "format": export.format.value,
        "channel": export.channel.value,
        "account": planned.account.agency,
        "posts": planned.posts,
        "new": saved.new,
        "updated": saved.updated,
        "complete_since": stored.complete_since.isoformat() if stored.complete_since else None,
        "last_day": stored.last_day.isoformat(),
        "remarks": list(export.remarks),
        "left_out": dict(line.left_out),
        "stored": not dry_run,
    }


def _print_lines(done: Sequence[ImportLine], saved: "Sequence[Saved]", *, dry_run: bool) -> None:
    for line, change in zip(done, saved, strict=True):
        told = _describe(line, change, dry_run=dry_run)
        say(
            "{file}: {format}, {channel} of {account}: {posts} posts, {new} new, {updated} updated.",
            file=told["file"],
            format=read_remark(told["format"]),
            channel=told["channel"],
            account=told["account"],
            posts=told["posts"],
            new=told["new"],
            updated=told["updated"],
        )
        since = line.planned.stored.complete_since
        zone = line.planned.stored.target.zone
        say(
            phrase(
                "  Known without a gap from {since:%Y-%m-%d %H:%M} to {last_day}.",
                since=since.astimezone(zone),
                last_day=line.planned.stored.last_day,
            )
            if since
            else phrase("  No day becomes known: only single posts are told of.")
        )
        for remark in (phrase(read_remark(each)) for each in told["remarks"]):
            say(f"  {remark[0].upper()}{remark[1:]}.")
        for reason, count in told["left_out"].items():
            say("  Left out: {count} {reason}.", count=count, reason=read_remark(reason))
    if dry_run:
        say("Nothing was stored.")
