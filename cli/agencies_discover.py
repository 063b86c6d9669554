"""`denyut agencies discover`: accounts that offices' home pages name, offered for the registry."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from activity.agency import Account, Channel
from activity.message import Message
from activity.speech.detail import recognise
from activity.visit import Target, Window
from cli.agencies_table import REGISTRY_COLUMNS, registry_cells
from cli.console import print_csv, print_json, print_table, say, tell
from cli.option import ONLY_ANY, Json, read_config
from cli.screen import paged
from cli.speech import phrase, show_value
from desk.agency import choose_agency
from desk.night.graph import compose_graph
from desk.setting.config import Config
from desk.store import open_store

if TYPE_CHECKING:
    from db.office.registry import AgencyRow

__all__ = ["discover_accounts"]

_COLUMNS = ("agency", "channel", "address", "confirmed", "place", "link", "registered", "note")
_CONFIRMED = {True: Message("links back"), False: Message("names another site"), None: Message("not checked")}


@paged
def discover_accounts(
    agency: Annotated[
        list[str] | None, typer.Option("--agency", metavar="AGENCY", help=f"{ONLY_ANY}; may be repeated.")
    ] = None,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="A registry with the proposals filled in, for `agencies import`.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Propose accounts on the social channels that offices' own home pages name.

    Nothing is stored: --csv writes a registry with them filled in where an office has no account, to be
    looked through and imported. With a token, each profile is
    asked which site it names itself; one that links back is confirmed.
    """
    from db.office.registry import load_agencies

    engine, config = open_store(read_config())
    rows = load_agencies(engine)
    chosen = _choose(rows, agency)
    proposals = [proposal for row in chosen for proposal in _propose(row, rows, config)]
    if as_json:
        print_json(proposals)
    elif as_csv:
        print_csv((*REGISTRY_COLUMNS, "proposals"), _fill(chosen, proposals))
    else:
        shown = _COLUMNS[:4] + _COLUMNS[6:]
        print_table(shown, ([p[c] for c in shown] for p in proposals), drop=("note", "registered"))
        say(
            "{count} proposals from {count_2} home pages; nothing was changed.",
            count=len(proposals),
            count_2=len(chosen),
        )


def _fill(rows: Sequence["AgencyRow"], proposals: Sequence[Mapping[str, Any]]) -> Iterator[list[Any]]:
    """A line an office; a proposal is filled in where it is the only one and nothing speaks against it."""
    taken = Counter((each["channel"], each["address"]) for each in proposals)
    for row in rows:
        own = [each for each in proposals if each["agency"] == row.agency.slug]
        count = Counter(each["channel"] for each in own)
        found = {
            Channel(each["channel"]): each["address"]
            for each in own
            if count[each["channel"]] == taken[each["channel"], each["address"]] == 1
            and each["confirmed"] != _CONFIRMED[False]
        }
        told = "; ".join(f"{each['channel']} {each['address']} ({each['confirmed']})" for each in own)
        yield [*registry_cells(row, found), told]


def _choose(rows: Sequence["AgencyRow"], named: list[str] | None) -> list["AgencyRow"]:
    known = [row.agency for row in rows]
    slugs = {choose_agency(text, known) for text in named or ()}
    wanted = [row for row in rows if not slugs or row.agency.slug in slugs]
    return [row for row in wanted if Channel.WEBSITE in row.accounts]


def _propose(row: "AgencyRow", rows: Sequence["AgencyRow"], config: Config) -> Iterator[dict[str, Any]]:
    from crawler.drive.guard import Guard
    from crawler.probe import probe
    from crawler.visits.meta import profile

    target = _target(row.accounts[Channel.WEBSITE], config)
    harvest = probe(
        target,
        profile.visit(target, compose_graph(config)),
        guard=Guard(config.allowed_networks),
        user_agent=config.user_agent,
        clock=config.now,
        tokens=config.tokens,
        graph_url=config.graph_url,
        timeout=config.timeout,
    )
    if not harvest.outcome.saw:
        tell(f"{row.agency.slug}: {show_value(harvest.outcome)}: {phrase(recognise(harvest.detail))}")
    owners = _owners(rows)
    for found in harvest.memory.facts.get(profile.PROPOSALS) or ():
        channel = Channel(found["channel"])
        registered = row.accounts.get(channel)
        current = registered.address if registered else None
        if current == found["address"]:
            continue
        owner = owners.get((channel, found["address"]))
        if owner is not None:
            tell(
                "{slug}: {channel} {address} is {owner}'s.",
                slug=row.agency.slug,
                channel=channel.value,
                address=found["address"],
                owner=owner,
            )
            continue
        yield {
            **found,
            "agency": row.agency.slug,
            "registered": current,
            "confirmed": _CONFIRMED[found["confirmed"]],
            "note": Message("differs from the registry") if current else "",
        }


def _target(account: Account, config: Config) -> Target:
    return Target(account, Window(config.now(), config.now()), config.zone)


def _owners(rows: Sequence["AgencyRow"]) -> Mapping[tuple[Channel, str], str]:
    """Whose each registered account is: what belongs to one office is proposed to no other."""
    return {
        (channel, account.address): row.agency.slug
        for row in rows
        for channel, account in row.accounts.items()
    }
