"""How the Graph API is reached with the tokens that are set."""

from typing import TYPE_CHECKING

from activity.agency import Channel
from desk.config import Config

if TYPE_CHECKING:
    from crawler.visits.meta.graph import GraphAccess

__all__ = ["compose_graph"]


def compose_graph(config: Config) -> "GraphAccess":
    """Tokens by name only."""
    from crawler.visits.meta.graph import Door, GraphAccess

    own = {Channel.INSTAGRAM.value, Channel.FACEBOOK.value}
    return GraphAccess(
        base_url=config.graph_url,
        version=config.graph_version,
        instagram_user_id=config.instagram_user_id or None,
        instagram_token="instagram" if config.instagram_token else None,
        facebook_token="facebook" if config.facebook_token else None,
        doors=tuple(
            Door(channel, token.name, token.instagram_user_id or None)
            for token in config.read_tokens()
            for channel in sorted(token.channels)
            if token.name not in own
        ),
    )
