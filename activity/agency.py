"""Agencies, their levels as data, and their accounts on the channels."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from activity.channel import Channel

__all__ = ["Account", "Agency", "Channel", "Keeper", "Participation", "RegistryEntry"]


class Participation(StrEnum):
    """How an agency takes part in the assessment; the words of the committee's decree."""

    PESERTA = "peserta"
    NON_KOMPETISI = "non-kompetisi"
    TIDAK_DINILAI = "tidak dinilai"


@dataclass(frozen=True, slots=True)
class Agency:
    """A body being ranked: SKPD/OPD, kecamatan, kelurahan; its level is data.

    Attributes:
        slug: stable identity, lower case letters, digits and hyphens.
        valid_from: first day it exists, None when it always has.
        valid_to: first day it no longer exists (half open), None while it does.
        predecessors: slugs of the agencies whose name or merger it carries on.
    """

    slug: str
    name: str
    level: str
    participation: Participation = Participation.PESERTA
    parent: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    predecessors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """An agency's presence on one channel.

    Attributes:
        id: the database's number.
        address: canonical: an absolute URL for a website, a bare handle elsewhere.
    """

    id: int
    agency: str
    channel: Channel
    address: str


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who keeps an agency's accounts; told to officers and jury, to nobody else.

    Attributes:
        contact: who, and how they are reached; empty where unknown.
        handover: day on which the accounts were handed over to them; None where unknown.
    """

    contact: str = ""
    handover: date | None = None


@dataclass(frozen=True, slots=True)
class RegistryEntry:
    """One row of a registry: an agency and the addresses it names.

    Attributes:
        addresses: canonical addresses.
        told: the channels that the registry speaks of: of these, one without address has no account.
        contact, handover: of the keeper; None where the registry has no such column.
    """

    agency: Agency
    addresses: Mapping[Channel, str]
    told: frozenset[Channel] = frozenset(Channel)
    contact: str | None = None
    handover: tuple[date | None] | None = None

    def tell_keeper(self, known: Keeper) -> Keeper:
        """Who keeps the accounts, by what was known before and what this row says."""
        return Keeper(
            known.contact if self.contact is None else self.contact,
            known.handover if self.handover is None else self.handover[0],
        )
