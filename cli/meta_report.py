"""What is to be said of tokens and of the API's version, from what Meta answered. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from activity.agency import Channel
from activity.outcome import Outcome
from crawler.visits.meta.graph_error import GraphError
from crawler.visits.meta.graph_token import SCOPES, TokenFacts
from crawler.visits.meta.graph_version import NEWEST, find_end
from desk.token import Token, TokenKind

__all__ = ["Finding", "Level", "Sight", "TokenReport", "judge_token", "judge_version"]

_EXPIRY_WARNINGS = (1, 7, 14)
_VERSION_WARNING = timedelta(days=90)
_AGAIN = "Make a new one: denyut meta setup."


class Level(StrEnum):
    """How much a finding matters tonight."""

    OK = "ok"
    WARNING = "warning"
    BLOCKS = "blocks"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, and what to do about it."""

    level: Level
    text: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """Which accounts of a channel a token was asked for.

    Attributes:
        seen: agencies whose account it sees.
        unseen: the others, with the reason.
    """

    seen: tuple[str, ...]
    unseen: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TokenReport:
    """All that is to be said of one token; `facts` None where Meta says nothing of it."""

    token: Token
    facts: TokenFacts | None
    missing: tuple[str, ...]
    sights: Mapping[Channel, Sight]
    findings: tuple[Finding, ...]


def judge_version(version: str, today: date) -> Finding:
    """For how long Meta still serves the version in use; one that has ended is not refused.

    Meta answers it with the oldest version that still lives, silently, so what is read may differ.
    """
    end = find_end(version)
    remedy = f"Set DENYUT_GRAPH_VERSION={NEWEST}."
    if end is None:
        return Finding(Level.OK, f"Graph API {version}: Meta has named no end")
    if end <= today:
        return Finding(
            Level.WARNING, f"Graph API {version} ended on {end}: Meta serves a newer one silently", remedy
        )
    level = Level.WARNING if end - today <= _VERSION_WARNING else Level.OK
    text = f"Graph API {version} ends on {end}, in {(end - today).days} days"
    return Finding(level, text, remedy if level is Level.WARNING else "")


def judge_token(
    token: Token, answer: TokenFacts | GraphError, sights: Mapping[Channel, Sight], now: datetime
) -> TokenReport:
    """What of a token blocks the night, what will soon, and what is well."""
    facts = answer if isinstance(answer, TokenFacts) else None
    needed = frozenset[str]().union(*(SCOPES[channel] for channel in token.channels))
    missing = tuple(sorted(needed - facts.scopes)) if facts is not None and facts.valid else ()
    if isinstance(answer, GraphError):
        dead = answer.outcome in {Outcome.TOKEN_DEAD, Outcome.MISCONFIGURED}
        remedy = _AGAIN if dead else "Give its app's id and secret, or ask again later."
        level = Level.BLOCKS if dead else Level.WARNING
        findings: Sequence[Finding] = (Finding(level, f"Meta says nothing of it: {answer.detail}", remedy),)
    else:
        findings = tuple(_judge_facts(token, answer, missing, sights, now))
    return TokenReport(token, facts, missing, sights, (*findings, *_judge_sights(sights)))


def _judge_facts(
    token: Token,
    facts: TokenFacts,
    missing: Sequence[str],
    sights: Mapping[Channel, Sight],
    now: datetime,
) -> Iterator[Finding]:
    if not facts.valid:
        yield Finding(Level.BLOCKS, "Meta calls it invalid", _AGAIN)
        return
    yield _judge_expiry(facts, now)
    if missing:
        # Pages may be open to the app itself (Page Public Content Access), which no scope tells of.
        sees = any(sight.seen for sight in sights.values())
        remedy = "Make it again with these permissions ticked: denyut meta setup."
        text = f"without {', '.join(missing)}"
        yield Finding(Level.WARNING if sees else Level.BLOCKS, text, remedy)
    else:
        yield Finding(Level.OK, "has every permission")
    if token.kind is not TokenKind.UNKNOWN and facts.kind and facts.kind != token.kind:
        yield Finding(Level.WARNING, f"is a {facts.kind} token, not a {token.kind} one", "Correct its kind.")
    if not token.app_secret:
        remedy = "Set the app's secret and turn on Require App Secret."
        yield Finding(Level.WARNING, "its calls are not signed", remedy)


def _judge_expiry(facts: TokenFacts, now: datetime) -> Finding:
    if facts.ends is None:
        return Finding(Level.OK, "never expires")
    which = "its access to data ends" if facts.ends == facts.access_expires else "it expires"
    left = facts.ends - now
    if left <= timedelta():
        return Finding(Level.BLOCKS, f"{which} on {facts.ends:%Y-%m-%d %H:%M} UTC, which is over", _AGAIN)
    text = f"{which} on {facts.ends:%Y-%m-%d}, in {left.days} days"
    near = next((days for days in _EXPIRY_WARNINGS if left <= timedelta(days=days)), None)
    if near is None:
        return Finding(Level.OK, text)
    urgency = {1: "tomorrow it is too late", 7: "a week is left", 14: "two weeks are left"}[near]
    return Finding(Level.WARNING, f"{text}: {urgency}", _AGAIN)


def _judge_sights(sights: Mapping[Channel, Sight]) -> Iterator[Finding]:
    for channel, sight in sights.items():
        count = len(sight.seen) + len(sight.unseen)
        level = Level.OK if sight.seen or not count else Level.BLOCKS
        remedy = "See --json for each account." if sight.unseen else ""
        yield Finding(level, f"sees {len(sight.seen)} of {count} {channel} accounts", remedy)
