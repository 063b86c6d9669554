"""Reading robots.txt; what it forbids is not asked."""

from dataclasses import dataclass
from typing import Any

from protego import Protego

__all__ = ["AGENT", "RobotsRules", "parse_robots", "robots_url"]

AGENT = "Denyut"

# RFC 9309, 2.5: at least 500 KiB are parsed; what lies beyond may be ignored.
_MOST = 512 * 1024


@dataclass(frozen=True, slots=True)
class RobotsRules:
    """What one origin allows; without rules everything is allowed."""

    rules: Any = None

    def allows(self, url: str) -> bool:
        """Tell whether our agent may ask for this address."""
        return self.rules is None or bool(self.rules.can_fetch(url, AGENT))


def parse_robots(status: int, body: bytes) -> RobotsRules:
    """Read the answer to a request for robots.txt (RFC 9309, 2.3.1).

    Anything but a success means that there are no rules. A server error means that nothing may be
    asked; the caller lets the page share the fate of its robots.txt and never comes here.
    """
    if not 200 <= status < 300:
        return RobotsRules()
    return RobotsRules(Protego.parse(body[:_MOST].decode("utf-8", errors="replace")))


def robots_url(scheme: str, netloc: str) -> str:
    """Make the address of an origin's rules."""
    return f"{scheme}://{netloc}/robots.txt"
