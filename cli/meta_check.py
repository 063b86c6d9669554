"""Asking Meta about every token: the work behind `denyut meta check`."""

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from activity.agency import Account
from activity.channel import CHANNELS, Access, Channel
from activity.errors import StoreError
from activity.outcome import Outcome
from activity.visit import Budget, Fetch, Page
from cli.meta_report import Sight, TokenReport, judge_token
from cli.speech import phrase
from crawler.visits.meta.graph_error import GraphError
from crawler.visits.meta.graph_token import TokenFacts, inspect_token, look_at
from desk.config import Config
from desk.graph import compose_graph
from desk.store import open_store
from desk.token import Token

if TYPE_CHECKING:
    from crawler.driver import Terms
    from crawler.visits.meta.graph import Door, GraphAccess

__all__ = ["check_tokens", "load_social_accounts"]

T = TypeVar("T")
_STOPPED = frozenset({Outcome.THROTTLED, Outcome.TOKEN_DEAD})


def load_social_accounts(config: Config) -> tuple[Account, ...]:
    """Every account on Instagram and Facebook; none where there is no database yet."""
    from db.registry import load_agencies

    try:
        engine, _ = open_store(config)
    except StoreError:
        return ()
    return tuple(
        account
        for row in load_agencies(engine)
        for channel, account in row.accounts.items()
        if CHANNELS[channel].access is Access.META
    )


def check_tokens(config: Config, accounts: Sequence[Account]) -> Iterator[TokenReport]:
    """A report for each token, asked one after another."""
    tokens = config.read_tokens()
    inquiry = _Inquiry(config, tokens)
    for token in tokens:
        answer = inquiry.inspect(token)
        sights = {
            channel: inquiry.look(token, channel, [a for a in accounts if a.channel is channel])
            for channel in sorted(token.channels)
            if accounts
        }
        yield judge_token(token, answer, sights, config.now())


class _Inquiry:
    """Asks the Graph API with the machinery of a crawl: its guard, its tokens, its stops."""

    def __init__(self, config: Config, tokens: Iterable[Token]) -> None:
        self._config = config
        self._access: GraphAccess = compose_graph(config)
        self._terms = _compose_terms(config, tokens)

    def inspect(self, token: Token) -> TokenFacts | GraphError:
        """What Meta says of a token."""
        asker = _app_of(token.name) if token.app_id and token.app_secret else token.name
        return self._consult(inspect_token(self._access, token.name, asker))

    def look(self, token: Token, channel: Channel, accounts: Sequence[Account]) -> Sight:
        """Which of these accounts a token sees; the rest are left out when it must stop."""
        door = self._find_door(token, channel)
        seen: list[str] = []
        unseen: dict[str, str] = {}
        for account in accounts:
            error = self._consult(look_at(self._access, door, account.address))
            if error is None:
                seen.append(account.agency)
            else:
                unseen[account.agency] = error.detail
            if error is not None and error.outcome in _STOPPED:
                unseen |= {rest.agency: error.detail for rest in accounts if rest.agency not in seen}
                break
        return Sight(tuple(seen), unseen)

    def _find_door(self, token: Token, channel: Channel) -> "Door":
        return next(door for door in self._access.find_doors(channel) if door.token == token.name)

    def _consult(self, asker: Generator[Fetch, Page, T]) -> T:
        from crawler.probe import consult

        return consult(asker, self._terms, user_agent=self._config.user_agent, budget=Budget())


def _compose_terms(config: Config, tokens: Iterable[Token]) -> "Terms":
    from crawler.driver import Terms
    from crawler.guard import Guard
    from crawler.keyring import Keyring

    secrets: dict[str, str] = {}
    for token in tokens:
        secrets[token.name] = token.secret
        if token.app_id and token.app_secret:
            secrets[_app_of(token.name)] = f"{token.app_id}|{token.app_secret}"
    app_secrets: Mapping[str, str] = config.app_secrets
    keyring = Keyring(secrets, app_secrets, pace=config.delay)
    guard = Guard(config.allowed_networks)
    return Terms(guard, config.now, keyring, config.graph_url, monotonic, config.timeout)


def _app_of(name: str) -> str:
    return phrase("app of {name}", name=name)
