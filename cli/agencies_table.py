"""A registry as the table that `agencies import` takes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from activity.agency import Channel

if TYPE_CHECKING:
    from db.office.registry import AgencyRow

__all__ = ["REGISTRY_COLUMNS", "registry_cells"]

REGISTRY_COLUMNS: Final = (
    "slug",
    "name",
    "level",
    *(channel.value for channel in Channel),
    "parent",
    "valid_from",
    "valid_to",
    "status",
    "predecessors",
)


def registry_cells(row: "AgencyRow", found: Mapping[Channel, str] | None = None) -> list[Any]:
    """An office's line; `found` fills channels on which it has no account."""
    agency = row.agency
    known = {channel: account.address for channel, account in row.accounts.items()}
    addresses = {**(found or {}), **known}
    return [
        agency.slug,
        agency.name,
        agency.level,
        *(addresses.get(channel) for channel in Channel),
        agency.parent,
        agency.valid_from,
        agency.valid_to,
        agency.participation.value,
        "; ".join(agency.predecessors),
    ]
