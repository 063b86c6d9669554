"""How the platforms' APIs are reached with the tokens and keys that are set."""

from typing import TYPE_CHECKING

from activity.channel import CHANNELS, Channel
from desk.setting.config import Config

if TYPE_CHECKING:
    from crawler.visits.access import Accesses
    from crawler.visits.meta.graph import GraphAccess

__all__ = ["compose_accesses", "compose_graph"]


def compose_accesses(config: Config) -> "Accesses":
    """By what every channel is read; secrets by name only."""
    from crawler.visits.access import Accesses, ApiAccess

    apis = {
        channel: ApiAccess(config.api_urls[channel], channel.value if config.keys.get(channel) else None)
        for channel, facts in CHANNELS.items()
        if facts.api is not None
    }
    return Accesses(compose_graph(config), apis)


def compose_graph(config: Config) -> "GraphAccess":
    """Tokens by name only."""
    from crawler.visits.meta.graph import GraphAccess, TokenDoor

    own = {Channel.INSTAGRAM.value, Channel.FACEBOOK.value}
    return GraphAccess(
        base_url=config.graph_url,
        version=config.graph_version,
        instagram_user_id=config.instagram_user_id or None,
        instagram_token="instagram" if config.instagram_token else None,
        facebook_token="facebook" if config.facebook_token else None,
        doors=tuple(
            TokenDoor(channel, token.name, token.instagram_user_id or None)
            for token in config.read_tokens()
            for channel in sorted(token.channels)
            if token.name not in own
        ),
    )
