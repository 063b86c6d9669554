"""Places that list posts, and how each is read."""

from dataclasses import dataclass
from enum import StrEnum

from activity.visit import Purpose

__all__ = ["Endpoint", "EndpointKind"]


class EndpointKind(StrEnum):
    """How an endpoint is read."""

    WORDPRESS = "wordpress"
    BLOGGER = "blogger"
    FEED = "feed"
    SITEMAP = "sitemap"
    LISTING = "listing"
    STATE = "state"

    @property
    def purpose(self) -> Purpose:
        """What its pages are asked for."""
        if self in {EndpointKind.WORDPRESS, EndpointKind.BLOGGER, EndpointKind.STATE}:
            return Purpose.API
        return Purpose(self.value)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address that may list posts, and what made us think so."""

    kind: EndpointKind
    url: str
    reason: str
