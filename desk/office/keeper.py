"""Who keeps each office's accounts, and where nobody seems to: for officers and jury."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from activity.agency import Agency, Keeper

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = ["LONG_AGO", "KeptOffice", "KeptState", "list_kept", "read_kept"]

LONG_AGO = timedelta(days=365)
"""After a year people have moved on; then somebody should ask whether the name still holds."""


class KeptState(StrEnum):
    """What is known of who keeps an office's accounts; the most pressing first."""

    MISSING = "missing"
    LONG_AGO = "long ago"
    UNDATED = "no day"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class KeptOffice:
    """An office and who keeps its accounts."""

    agency: Agency
    keeper: Keeper
    state: KeptState


def read_kept(engine: "Engine", day: date, long_ago: timedelta = LONG_AGO) -> tuple[KeptOffice, ...]:
    """Every office that exists on a day: those without a contact first, then those handed over long ago."""
    from db.office.keeper import load_keepers
    from db.office.registry import load_agencies

    agencies = [row.agency for row in load_agencies(engine)]
    return list_kept(agencies, load_keepers(engine), day, long_ago)


def list_kept(
    agencies: Iterable[Agency], keepers: Mapping[str, Keeper], day: date, long_ago: timedelta
) -> tuple[KeptOffice, ...]:
    """The same from what is known; pure. The order of agencies stays within each state."""
    found = []
    for agency in agencies:
        if (agency.valid_from or day) <= day and (agency.valid_to is None or day < agency.valid_to):
            keeper = keepers.get(agency.slug, Keeper())
            found.append(KeptOffice(agency, keeper, _judge(keeper, day, long_ago)))
    order = list(KeptState)
    return tuple(sorted(found, key=lambda kept: order.index(kept.state)))


def _judge(keeper: Keeper, day: date, long_ago: timedelta) -> KeptState:
    if not keeper.contact:
        return KeptState.MISSING
    if keeper.handover is None:
        return KeptState.UNDATED
    return KeptState.LONG_AGO if keeper.handover <= day - long_ago else KeptState.KNOWN
