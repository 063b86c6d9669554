"""The condition of a night's crawl: what is wrong with it as a whole, judged by the nights before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import takewhile
from math import floor
from statistics import median

from activity.channel import CHANNELS, Channel
from activity.outcome import Outcome
from activity.ranking import Coverage

__all__ = ["EXIT_WIDE", "ChannelNight", "Symptom", "Trouble", "count_spare", "judge_condition"]

EXIT_WIDE = 5
"""What a crawl and `denyut night` end with where a channel as a whole is in trouble; see docs/commands.md."""
JUDGED_FROM = 7
"""Nights crawled before anything is called unusual, tonight's among them: a first week is being set up."""
USUAL = 60
"""Nights with anybody seen whose median is what a channel usually shows.

So many that the second and the third week of a collapse are not what is usual."""
_COLLAPSE = 0.5
# Of three accounts two may be away by themselves.
_FEWEST = 3
# Where our own line is down, nearly all that fails fails to be reached.
_OF_NETWORK = 0.8


class Trouble(StrEnum):
    """What is wrong; the first three are of a whole channel, and want somebody tonight."""

    NETWORK = "network"
    TOKEN = "token"  # noqa: S105 - of no use to anybody
    COLLAPSED = "collapsed"
    CRASHED = "crashed"

    @property
    def is_wide(self) -> bool:
        """Whether a channel as a whole is in trouble, and no single office."""
        return self in {Trouble.NETWORK, Trouble.TOKEN, Trouble.COLLAPSED}


@dataclass(frozen=True, slots=True)
class ChannelNight:
    """What one night's crawl got from a channel.

    Attributes:
        outcomes: accounts by what came of the look.
    """

    night: date
    channel: Channel
    outcomes: Mapping[Outcome, int]

    @property
    def seen(self) -> int:
        """Accounts that were seen."""
        return sum(count for outcome, count in self.outcomes.items() if outcome.saw)

    @property
    def visited(self) -> int:
        """Accounts that were looked at, whatever came of it."""
        return sum(self.outcomes.values())


@dataclass(frozen=True, slots=True)
class Symptom:
    """One thing that is wrong with a night.

    Attributes:
        count: accounts that it concerns.
        usual: accounts that the channel usually shows, of as many as were visited.
        blind: nights in a row, up to this one, on which the channel showed nobody.
        settled: whether enough nights went before to call it unusual.
    """

    trouble: Trouble
    channel: Channel
    count: int
    usual: int
    blind: int
    settled: bool

    @property
    def is_wide(self) -> bool:
        """Whether somebody should be told tonight."""
        return self.settled and self.trouble.is_wide


def judge_condition(nights: Sequence[ChannelNight], tonight: date) -> tuple[Symptom, ...]:
    """Tell what is wrong with a night, channel by channel; nothing of an office that fails alone.

    A channel has collapsed when it shows fewer than half of the accounts that it usually shows. When most of
    what is lost could not be reached, our own network was down: such a night is unseen for everybody, and
    no office's outage. A token is in trouble when it is refused, or when none is left for a channel that was
    seen before.

    Args:
        nights: finished crawls up to tonight, one a night and channel, in any order.
    """
    symptoms: list[Symptom] = []
    for channel in CHANNELS:
        own = sorted(
            (n for n in nights if n.channel is channel and n.night <= tonight), key=lambda n: n.night
        )
        if own and own[-1].night == tonight:
            symptoms += _judge_channel(own[:-1], own[-1])
    return tuple(symptoms)


def _judge_channel(before: Sequence[ChannelNight], now: ChannelNight) -> list[Symptom]:
    shares = [night.seen / night.visited for night in before if night.seen][-USUAL:]
    usual = round(median(shares) * now.visited) if shares else 0
    blind, settled = _count_blind([*before, now]), len(before) + 1 >= JUDGED_FROM
    symptoms: list[Symptom] = []

    def find(trouble: Trouble, count: int) -> None:
        symptoms.append(Symptom(trouble, now.channel, count, usual, blind, settled))

    refused = now.outcomes.get(Outcome.TOKEN_DEAD, 0)
    lacking = now.outcomes.get(Outcome.NO_TOKEN, 0) if shares else 0
    lost = max(0, usual - now.seen)
    if refused + lacking:
        find(Trouble.TOKEN, refused + lacking)
    elif lost >= _FEWEST and now.seen < _COLLAPSE * usual:
        unreached = now.outcomes.get(Outcome.UNREACHABLE, 0)
        ours = unreached >= _OF_NETWORK * (now.visited - now.seen)
        find(Trouble.NETWORK if ours else Trouble.COLLAPSED, lost)
    if crashed := now.outcomes.get(Outcome.CRASHED, 0):
        find(Trouble.CRASHED, crashed)
    return symptoms


def _count_blind(nights: Sequence[ChannelNight]) -> int:
    """Nights in a row, the newest first, on which nobody was seen."""
    return sum(1 for _ in takewhile(lambda night: not night.seen, reversed(nights)))


def count_spare(coverage: Coverage, left: int, minimum: float) -> int:
    """Count the nights left that may stay unseen while an account can still be judged; below 0: it cannot.

    Args:
        left: nights of the semester after the last one that `coverage` counts.
        minimum: share of the nights due that the rubric wants known.

    >>> count_spare(Coverage(50, 0, 60, 50 / 60), 121, 0.6)
    62
    """
    known = coverage.share * coverage.due + left
    return floor(known - minimum * (coverage.due + left) + 1e-9)
