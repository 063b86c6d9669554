"""On what terms a night is worked, the same for every machine; and one machine's part of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec

from activity.agency import Account
from activity.channel import Channel
from activity.visit import Window
from db.nightly.run import RunRef

__all__ = ["ALL_SERVERS", "FleetTerms", "Found", "GivenParcel", "ParcelAccount"]

Found = tuple[str, ...] | str | None
"""What a site's name resolved to: its addresses, why it has none, or None where nobody asked."""
ALL_SERVERS = -1
"""The number of a wave's last parcel: its accounts need servers of several others, which are all done."""


@dataclass(frozen=True, slots=True)
class FleetTerms:
    """What whoever gives out decides for all: politeness, the window, and what is kept.

    Tokens and keys are not among it: accounts that need one stay with whoever gives out.

    Attributes:
        parcels: into how many numbers servers are dealt.
        first: the night of the database's first run.
        moment: what time it pretends to be.
        rendering: whether pages that only a script fills are rendered.
        mark: what stands in the evidence folder that all share; empty where nothing is kept.
    """

    run: RunRef
    parcels: int
    since: datetime
    now: datetime
    first: date
    thorough: bool
    user_agent: str
    delay: float
    timeout: float
    moment: datetime | None
    rendering: bool
    mark: str

    @property
    def window(self) -> Window:
        """What the visits look back to."""
        return Window(self.since, self.now)

    def pack(self) -> str:
        """Write them as JSON."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def unpack(cls, told: Any) -> "FleetTerms":
        """Read them from JSON; raises msgspec.ValidationError for what this version does not know."""
        return msgspec.convert(told, cls, strict=False)


@dataclass(frozen=True, slots=True)
class ParcelAccount:
    """An account, with what its name resolved to where it was dealt."""

    account: Account
    found: Found = None

    def pack(self) -> list[Any]:
        """Write it as JSON, and briefly: a nation's night has 100,000."""
        found = list(self.found) if isinstance(self.found, tuple) else self.found
        return [self.account.id, self.account.agency, self.account.channel, self.account.address, found]

    @classmethod
    def unpack(cls, told: list[Any]) -> "ParcelAccount":
        """Read it from JSON."""
        number, agency, channel, address, found = told
        account = Account(number, agency, Channel(channel), address)
        return cls(account, tuple(found) if isinstance(found, list) else found)


@dataclass(frozen=True, slots=True)
class GivenParcel:
    """The accounts of some servers, worked by one worker at a time.

    Attributes:
        number: which servers; no two parcels of a number are worked at the same time.
    """

    id: int
    number: int
    accounts: tuple[ParcelAccount, ...]
