"""Asking Meta outside a crawl, with the machinery of one: its guard, its tokens, its stops."""

from collections.abc import Generator, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from activity.errors import DenyutError
from activity.message import Message
from activity.outcome import Outcome
from activity.visit import Budget, Fetch, Page
from desk.installation.check import Check, Health
from desk.night.graph import compose_graph
from desk.setting.config import Config
from desk.setting.token import Token

if TYPE_CHECKING:
    from crawler.drive.driver import Terms
    from crawler.visits.meta.graph_error import GraphError
    from crawler.visits.meta.graph_token import TokenFacts

__all__ = ["NEW_TOKEN", "Inquiry", "describe_end", "find_ending", "name_end"]

T = TypeVar("T")

NEW_TOKEN = Message("Make a new one: denyut meta setup.")
_NEAR = timedelta(days=14)


class Inquiry:
    """Asks the Graph API in the name of the tokens that are set.

    Attributes:
        access: by what it is reached.
    """

    def __init__(self, config: Config, tokens: Iterable[Token]) -> None:
        """Prepare it; nothing is asked yet. Raises ConfigError where the tokens cannot be read."""
        self.access = compose_graph(config)
        self._config = config
        self._terms = _compose_terms(config, tokens)

    def inspect(self, token: Token) -> "TokenFacts | GraphError":
        """Ask what Meta says of a token."""
        from crawler.visits.meta.graph_token import inspect_token

        asker = _app_of(token.name) if token.app_id and token.app_secret else token.name
        return self.consult(inspect_token(self.access, token.name, asker))

    def consult(self, asker: Generator[Fetch, Page, T]) -> T:
        """Let somebody ask, and return what it returns."""
        from crawler.probe import consult

        return consult(asker, self._terms, user_agent=self._config.user_agent, budget=Budget())


def find_ending(config: Config) -> Iterator[Check]:
    """Ask Meta which tokens end within two weeks, a call each.

    Of a token that is dead the night tells; of one of which nothing can be learned there is nothing to tell.
    Where Meta cannot be reached, no further token is asked about.
    """
    from crawler.visits.meta.graph_token import TokenFacts

    try:
        tokens = config.read_tokens()
        inquiry = Inquiry(config, tokens)
    except DenyutError:
        return
    for token in tokens:
        answer = inquiry.inspect(token)
        if not isinstance(answer, TokenFacts):
            if answer.outcome is Outcome.UNREACHABLE:
                return
            continue
        now = config.now()
        if answer.valid and answer.ends is not None and now < answer.ends <= now + _NEAR:
            name = Message("token {name}", name=token.name)
            yield Check(name, Health.WARNING, describe_end(answer, answer.ends, now), NEW_TOKEN)


def describe_end(facts: "TokenFacts", ends: datetime, now: datetime) -> Message:
    """Say when the first of a token's two ends comes."""
    days = (ends - now).days
    return Message("{which} on {ends:%Y-%m-%d}, in {days} days", which=name_end(facts), ends=ends, days=days)


def name_end(facts: "TokenFacts") -> Message:
    """Say which of a token's two ends comes first."""
    if facts.ends == facts.access_expires:
        return Message("its access to data ends")
    return Message("it expires")


def _compose_terms(config: Config, tokens: Iterable[Token]) -> "Terms":
    from crawler.drive.driver import Terms
    from crawler.drive.guard import Guard
    from crawler.drive.keyring import Keyring

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
    return Message("app of {name}", name=name)
