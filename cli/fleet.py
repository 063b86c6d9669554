"""Who works on a night, as a table and as JSON."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from cli.console import print_table, say
from cli.speech import phrase

if TYPE_CHECKING:
    from db.fleet.view import FleetView, WorkerShare

__all__ = ["print_fleet", "tell_fleet"]


def print_fleet(fleet: "FleetView", zone: ZoneInfo) -> None:
    """Print what is given out, under way and done, by whom and since when."""
    if fleet.since is not None:
        say(
            "Given out to workers since {since}: {done} accounts are done, {under_way} under way, "
            "{waiting} waiting (pass {wave})."
            if fleet.live
            else "Given out to workers at {since}: they have done {done} accounts.",
            since=_show(fleet.since, zone),
            done=fleet.done,
            under_way=fleet.under_way,
            waiting=fleet.waiting,
            wave=fleet.wave,
        )
    print_table(
        ["worker", "since", "accounts done", "under way", "state"],
        [
            [each.place, _show(each.since, zone), each.done, each.under_way, _name(each)]
            for each in fleet.workers
        ],
        right=["accounts done", "under way"],
    )


def _show(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")


def _name(share: "WorkerShare") -> str:
    if not share.alive:
        return phrase("gone")
    if not share.fit:
        return phrase("of another version")
    return phrase("at work") if share.under_way else phrase("waiting")


def tell_fleet(fleet: "FleetView | None") -> dict[str, Any] | None:
    """Tell the same to a machine; moments with their offset."""
    if fleet is None:
        return None
    return {
        "night": fleet.night.isoformat(),
        "wave": fleet.wave,
        "since": None if fleet.since is None else fleet.since.isoformat(),
        "live": fleet.live,
        "waiting": fleet.waiting,
        "under_way": fleet.under_way,
        "done": fleet.done,
        "workers": [
            {
                "place": each.place,
                "since": each.since.isoformat(),
                "done": each.done,
                "under_way": each.under_way,
                "alive": each.alive,
                "fit": each.fit,
            }
            for each in fleet.workers
        ],
    }
