"""By what the channels are read: addresses of their APIs, and tokens and keys by their names. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from activity.channel import Channel
from activity.outcome import Failure
from crawler.visits.meta.graph import GraphAccess

__all__ = ["Accesses", "ApiAccess", "KeyRule", "TokenStop"]


@dataclass(frozen=True, slots=True)
class ApiAccess:
    """Where a platform's API is, and the name of the key for it; None without one."""

    base_url: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Accesses:
    """What every visit is given of; each takes what its channel is read by."""

    graph: GraphAccess
    apis: Mapping[Channel, ApiAccess] = field(default_factory=dict)

    @property
    def homes(self) -> Mapping[str, str]:
        """Where each key may be sent, by its name."""
        return {api.key: api.base_url for api in self.apis.values() if api.key is not None}

    def count_keys(self, channel: Channel) -> int:
        """Count the tokens or keys that a channel is read by."""
        api = self.apis.get(channel)
        return len(self.graph.find_doors(channel)) + (api is not None and api.key is not None)


@dataclass(frozen=True, slots=True)
class TokenStop:
    """Why a token or key makes no further call; until a moment, or in this run."""

    failure: Failure
    detail: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeyRule:
    """How a key is sent, and what an answer says of it.

    Attributes:
        header: the request header that holds it.
        judge: from the status, the body and the moment of an answer; None where the key may go on.
    """

    header: str
    judge: Callable[[int, bytes, datetime], TokenStop | None]
