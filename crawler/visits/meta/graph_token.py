"""What Meta says of a token, and whether an account is visible to it. Pure, as a visit is.

Source: the reference of `debug_token` at developers.facebook.com.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from activity.agency import Channel
from activity.visit import Fetch, Page, Purpose
from crawler.visits.meta.graph import GraphAccess, Json, TokenDoor, ask, build_url
from crawler.visits.meta.graph_error import GraphError

__all__ = ["SCOPES", "TokenFacts", "inspect_token", "look_at", "read_facts"]

SCOPES: Mapping[Channel, frozenset[str]] = {
    Channel.INSTAGRAM: frozenset({"instagram_basic", "instagram_manage_insights", "pages_read_engagement"}),
    Channel.FACEBOOK: frozenset({"pages_show_list", "pages_read_engagement", "pages_read_user_content"}),
}
"""Permissions that reading a channel takes; a Page may be public to the app without (PPCA)."""


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """What `debug_token` says.

    Attributes:
        kind: in lower case and with blanks, `system user`; empty where Meta does not say.
        expires, access_expires: when it ends, and when its access to data ends, which kills reads as
            well; None is never.
    """

    valid: bool
    kind: str = ""
    application: str = ""
    expires: datetime | None = None
    access_expires: datetime | None = None
    scopes: frozenset[str] = field(default_factory=frozenset)

    @property
    def ends(self) -> datetime | None:
        """The earlier of the two; None where neither comes."""
        return min((moment for moment in (self.expires, self.access_expires) if moment), default=None)


def inspect_token(
    access: GraphAccess, name: str, asker: str
) -> Generator[Fetch, Page, TokenFacts | GraphError]:
    """Ask Meta about a token, in the name of its app or of itself.

    Args:
        asker: name of the token with which to ask.
    """
    fetch = Fetch(build_url(access, "debug_token"), Purpose.API, token=asker, about=name)
    body, error = yield from ask(fetch)
    return error if error is not None else read_facts(body)


def read_facts(body: Json) -> TokenFacts:
    """Read an answer of `debug_token`; what is not there is not said."""
    data = body.get("data")
    data = data if isinstance(data, dict) else body
    scopes = data.get("scopes")
    kind, application = data.get("type"), data.get("application")
    return TokenFacts(
        valid=data.get("is_valid") is True,
        kind=kind.replace("_", " ").lower() if isinstance(kind, str) else "",
        application=application if isinstance(application, str) else "",
        expires=_moment(data.get("expires_at")),
        access_expires=_moment(data.get("data_access_expires_at")),
        scopes=frozenset(scope for scope in scopes if isinstance(scope, str))
        if isinstance(scopes, list)
        else frozenset(),
    )


def look_at(access: GraphAccess, door: TokenDoor, address: str) -> Generator[Fetch, Page, GraphError | None]:
    """Ask for as little of an account as there is; what stands in the way, None where it is visible."""
    discovery = build_url(
        access,
        door.instagram_user_id or "me",
        fields=f"business_discovery.username({address}){{id}}",
    )
    asked = {
        Channel.INSTAGRAM: discovery,
        Channel.FACEBOOK: build_url(access, address, "published_posts", limit="1", fields="id"),
    }
    url = asked[door.channel]
    _, error = yield from ask(Fetch(url, Purpose.API, token=door.token))
    return error


def _moment(value: object) -> datetime | None:
    """Epoch seconds; 0 is never."""
    if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
        return None
    try:
        return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        return None
