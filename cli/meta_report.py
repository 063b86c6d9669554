"""What is to be said of tokens and of the API's version, from what Meta answered. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from activity.agency import Channel
from activity.message import Message
from activity.outcome import Outcome
from crawler.visits.meta.graph_error import GraphError
from crawler.visits.meta.graph_token import SCOPES, TokenFacts
from crawler.visits.meta.graph_version import NEWEST, find_end
from desk.installation.inquiry import NEW_TOKEN, describe_end, name_end
from desk.setting.token import Token, TokenKind

__all__ = ["Level", "TokenFinding", "TokenReport", "TokenSight", "judge_token", "judge_version"]

_EXPIRY_WARNINGS = (1, 7, 14)
_VERSION_WARNING = timedelta(days=90)


class Level(StrEnum):
    """How much a finding matters tonight."""

    OK = "ok"
    WARNING = "warning"
    BLOCKS = "blocks"


@dataclass(frozen=True, slots=True)
class TokenFinding:
    """One thing found, and what to do about it."""

    level: Level
    text: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class TokenSight:
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
    sights: Mapping[Channel, TokenSight]
    findings: tuple[TokenFinding, ...]


def judge_version(version: str, today: date) -> TokenFinding:
    """For how long Meta still serves the version in use; one that has ended is not refused.

    Meta answers it with the oldest version that still lives, silently, so what is read may differ.
    """
    end = find_end(version)
    remedy = Message("Set DENYUT_GRAPH_VERSION={newest}.", newest=NEWEST)
    if end is None:
        return TokenFinding(Level.OK, Message("Graph API {version}: Meta has named no end", version=version))
    if end <= today:
        return TokenFinding(
            Level.WARNING,
            Message(
                "Graph API {version} ended on {end}: Meta serves a newer one silently",
                version=version,
                end=end,
            ),
            remedy,
        )
    level = Level.WARNING if end - today <= _VERSION_WARNING else Level.OK
    text = Message(
        "Graph API {version} ends on {end}, in {days} days", version=version, end=end, days=(end - today).days
    )
    return TokenFinding(level, text, remedy if level is Level.WARNING else "")


def judge_token(
    token: Token, answer: TokenFacts | GraphError, sights: Mapping[Channel, TokenSight], now: datetime
) -> TokenReport:
    """What of a token blocks the night, what will soon, and what is well."""
    facts = answer if isinstance(answer, TokenFacts) else None
    needed = frozenset[str]().union(*(SCOPES[channel] for channel in token.channels))
    missing = tuple(sorted(needed - facts.scopes)) if facts is not None and facts.valid else ()
    if isinstance(answer, GraphError):
        dead = answer.outcome in {Outcome.TOKEN_DEAD, Outcome.MISCONFIGURED}
        remedy = NEW_TOKEN if dead else Message("Give its app's id and secret, or ask again later.")
        level = Level.BLOCKS if dead else Level.WARNING
        findings: Sequence[TokenFinding] = (
            TokenFinding(level, Message("Meta says nothing of it: {detail}", detail=answer.detail), remedy),
        )
    else:
        findings = tuple(_judge_facts(token, answer, missing, sights, now))
    return TokenReport(token, facts, missing, sights, (*findings, *_judge_sights(sights)))


def _judge_facts(
    token: Token,
    facts: TokenFacts,
    missing: Sequence[str],
    sights: Mapping[Channel, TokenSight],
    now: datetime,
) -> Iterator[TokenFinding]:
    if not facts.valid:
        yield TokenFinding(Level.BLOCKS, Message("Meta calls it invalid"), NEW_TOKEN)
        return
    yield _judge_expiry(facts, now)
    if missing:
        # Pages may be open to the app itself (Page Public Content Access), which no scope tells of.
        sees = any(sight.seen for sight in sights.values())
        remedy = Message("Make it again with these permissions ticked: denyut meta setup.")
        text = Message("without {missing}", missing=", ".join(missing))
        yield TokenFinding(Level.WARNING if sees else Level.BLOCKS, text, remedy)
    else:
        yield TokenFinding(Level.OK, Message("has every permission"))
    if token.kind is not TokenKind.UNKNOWN and facts.kind and facts.kind != token.kind:
        yield TokenFinding(
            Level.WARNING,
            Message("is a {kind} token, not a {kind_2} one", kind=facts.kind, kind_2=token.kind),
            Message("Correct its kind."),
        )
    if not token.app_secret:
        remedy = Message("Set the app's secret and turn on Require App Secret.")
        yield TokenFinding(Level.WARNING, Message("its calls are not signed"), remedy)


def _judge_expiry(facts: TokenFacts, now: datetime) -> TokenFinding:
    if facts.ends is None:
        return TokenFinding(Level.OK, Message("never expires"))
    left = facts.ends - now
    if left <= timedelta():
        return TokenFinding(
            Level.BLOCKS,
            Message(
                "{which} on {ends:%Y-%m-%d %H:%M} UTC, which is over", which=name_end(facts), ends=facts.ends
            ),
            NEW_TOKEN,
        )
    text = describe_end(facts, facts.ends, now)
    near = next((days for days in _EXPIRY_WARNINGS if left <= timedelta(days=days)), None)
    if near is None:
        return TokenFinding(Level.OK, text)
    urgency = {
        1: Message("tomorrow it is too late"),
        7: Message("a week is left"),
        14: Message("two weeks are left"),
    }[near]
    return TokenFinding(Level.WARNING, Message("{text}: {urgency}", text=text, urgency=urgency), NEW_TOKEN)


def _judge_sights(sights: Mapping[Channel, TokenSight]) -> Iterator[TokenFinding]:
    for channel, sight in sights.items():
        count = len(sight.seen) + len(sight.unseen)
        level = Level.OK if sight.seen or not count else Level.BLOCKS
        remedy = Message("See --json for each account.") if sight.unseen else ""
        yield TokenFinding(
            level,
            Message(
                "sees {count} of {count_2} {channel} accounts",
                count=len(sight.seen),
                count_2=count,
                channel=channel,
            ),
            remedy,
        )
