"""Asking Meta about every token: the work behind `denyut meta check`."""

from collections.abc import Iterator, Sequence

from activity.agency import Account
from activity.channel import CHANNELS, Access, Channel
from activity.errors import StoreError
from activity.outcome import Outcome
from cli.meta_report import TokenReport, TokenSight, judge_token
from crawler.visits.meta.graph_token import look_at
from desk.installation.inquiry import Inquiry
from desk.setting.config import Config
from desk.setting.token import Token
from desk.store import open_store

__all__ = ["check_tokens", "load_social_accounts"]

_STOPPED = frozenset({Outcome.THROTTLED, Outcome.TOKEN_DEAD})


def load_social_accounts(config: Config) -> tuple[Account, ...]:
    """Every account on Instagram and Facebook; none where there is no database yet."""
    from db.office.registry import load_agencies

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
    inquiry = Inquiry(config, tokens)
    for token in tokens:
        answer = inquiry.inspect(token)
        sights = {
            channel: _look(inquiry, token, channel, [a for a in accounts if a.channel is channel])
            for channel in sorted(token.channels)
            if accounts
        }
        yield judge_token(token, answer, sights, config.now())


def _look(inquiry: Inquiry, token: Token, channel: Channel, accounts: Sequence[Account]) -> TokenSight:
    """Which of these accounts a token sees; the rest are left out when it must stop."""
    door = next(door for door in inquiry.access.find_doors(channel) if door.token == token.name)
    seen: list[str] = []
    unseen: dict[str, str] = {}
    for account in accounts:
        error = inquiry.consult(look_at(inquiry.access, door, account.address))
        if error is None:
            seen.append(account.agency)
        else:
            unseen[account.agency] = error.detail
        if error is not None and error.outcome in _STOPPED:
            unseen |= {rest.agency: error.detail for rest in accounts if rest.agency not in seen}
            break
    return TokenSight(tuple(seen), unseen)
