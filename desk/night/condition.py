"""How a night's crawl went as a whole: what the officer reads in the morning, and what a crawl ends with."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from activity.channel import CHANNELS, Channel
from activity.condition import ChannelNight, Symptom, Trouble, count_spare, judge_condition
from activity.message import Message
from activity.outcome import Outcome
from desk.semester.judge import Judgement

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from db.nightly.blind import BlindAccount
    from db.nightly.run import RunRow

__all__ = [
    "BLIND_NIGHTS",
    "BLOCKED_NIGHTS",
    "Condition",
    "describe_symptom",
    "find_nightly",
    "list_left",
    "list_spare",
    "read_condition",
]

BLIND_NIGHTS = 7
"""Nights in a row on which an account was not seen before it is named: a weekend's outage ends by itself."""
BLOCKED_NIGHTS = 3
"""Nights running on which a host turned us away before a letter is due: a firewall's mood passes."""
_RUNS = 400
_WORDS = {
    Trouble.NETWORK: (
        Message(
            "{channel}: {count} of {usual} accounts that usually answer could not be reached: our own "
            "network, not theirs. The night is unseen, and nobody's outage."
        ),
        Message("Look at this machine's line, then crawl again."),
    ),
    Trouble.TOKEN: (
        Message("{channel}: the token is refused or lacking, and {count} accounts were not seen."),
        Message("Make a new one (`denyut meta setup`), try it with `denyut meta check`, then crawl again."),
    ),
    Trouble.COLLAPSED: (
        Message("{channel}: {count} of {usual} accounts that are usually seen were not."),
        Message("`denyut night` counts what came instead, `denyut explain` shows one account's nights."),
    ),
    Trouble.CRASHED: (
        Message("{channel}: {count} visits crashed, which is a fault of Denyut's."),
        Message("Where: `denyut sql \"SELECT * FROM looks WHERE outcome = 'crashed'\"`; please report it."),
    ),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """What one night's finished crawl came to.

    Attributes:
        night: its date.
        run: its newest finished run; None where none was finished, and all below is empty.
        channels: what it got, in the order of the channels.
        symptoms: what is wrong with it as a whole.
        blind: accounts that no crawl of the last seven nights saw.
        blocked: accounts whose host turned the crawls of three nights running away.
    """

    night: date
    run: "RunRow | None"
    channels: tuple[ChannelNight, ...] = ()
    symptoms: tuple[Symptom, ...] = ()
    blind: "tuple[BlindAccount, ...]" = ()
    blocked: "tuple[BlindAccount, ...]" = ()

    @property
    def retried(self) -> int:
        """Accounts that later waves of the night tried again."""
        return self._count("retried")

    @property
    def recovered(self) -> int:
        """Those of them that were seen in the end."""
        return self._count("recovered")

    def _count(self, name: str) -> int:
        """A figure of the run's summary; an older version wrote none."""
        return int(self.run.summary.get(name, 0)) if self.run is not None else 0

    @property
    def is_wide(self) -> bool:
        """Whether a channel as a whole is in trouble, so that somebody should be told."""
        return bool(self.troubled)

    @property
    def troubled(self) -> frozenset[Channel]:
        """The channels that are in trouble as a whole."""
        return frozenset(symptom.channel for symptom in self.symptoms if symptom.is_wide)


def read_condition(engine: "Engine", night: date) -> Condition:
    """Judge the newest finished crawl of a night by those of the nights before it."""
    from db.nightly.blind import load_blind, load_blocked

    runs = find_nightly(engine, night)
    if not runs or runs[-1].night != night:
        return Condition(night, None)
    nights = [each for run in runs for each in _read_channels(run)]

    def ask(
        load: "Callable[[Engine, Sequence[int]], tuple[BlindAccount, ...]]", count: int
    ) -> "tuple[BlindAccount, ...]":
        recent = [run.id for run in runs if run.night > night - timedelta(days=count)]
        return load(engine, recent) if len(recent) == count else ()

    blind, blocked = ask(load_blind, BLIND_NIGHTS), ask(load_blocked, BLOCKED_NIGHTS)
    channels = tuple(each for each in nights if each.night == night)
    return Condition(night, runs[-1], channels, judge_condition(nights, night), blind, blocked)


def find_nightly(engine: "Engine", until: date) -> list["RunRow"]:
    """The newest finished run of each night, oldest first, without those under a wrong clock."""
    from db.nightly.odd import load_odd_runs
    from db.nightly.run import load_runs

    odd = {run.id for run in load_odd_runs(engine)}
    newest: dict[date, RunRow] = {}
    for run in load_runs(engine, limit=_RUNS, until=until, finished=True):
        if run.id not in odd:
            newest.setdefault(run.night, run)
    return [newest[night] for night in sorted(newest)]


def _read_channels(run: "RunRow") -> Iterator[ChannelNight]:
    """What a run's summary says, a channel each; of one that an older version wrote nothing."""
    outcomes: Mapping[str, Mapping[str, Any]] = run.summary.get("outcomes") or {}
    for channel in CHANNELS:
        counts = {Outcome(name): int(count) for name, count in outcomes.get(channel.value, {}).items()}
        if counts:
            yield ChannelNight(run.night, channel, counts)


def describe_symptom(symptom: Symptom) -> tuple[Message, Message]:
    """Say what is wrong, and what to do."""
    told, remedy = _WORDS[symptom.trouble]
    return Message(told, channel=symptom.channel, count=symptom.count, usual=symptom.usual), remedy


def list_spare(judgement: Judgement, symptoms: Sequence[Symptom]) -> Iterator[Message]:
    """Say of channels in trouble how long anybody can still be judged, and of others who no longer can."""
    yield from list_left(judgement, symptoms)
    for channel, nights in _count_spare(judgement).items():
        lost = sum(each < 0 for each in nights)
        if lost:
            yield Message(
                "{channel}: {lost} of {all} accounts cannot be judged this semester, whatever comes: too few "
                "of their nights are known.",
                channel=channel,
                lost=lost,
                all=len(nights),
            )


def list_left(judgement: Judgement, symptoms: Sequence[Symptom]) -> Iterator[Message]:
    """Say of channels in trouble how long anybody can still be judged."""
    left = _count_left(judgement)
    blind = {symptom.channel: symptom.blind for symptom in symptoms if symptom.trouble.is_wide}
    for channel, nights in _count_spare(judgement).items():
        if blind.get(channel) and max(nights) >= 0:
            values = {"channel": channel, "blind": blind[channel], "spare": min(max(nights), left)}
            if blind[channel] == 1:
                yield Message(
                    "{channel}: blind for one night; after {spare} more nobody can be judged this semester.",
                    **values,
                )
            else:
                yield Message(
                    "{channel}: blind for {blind} nights; after {spare} more nobody can be judged this "
                    "semester.",
                    **values,
                )


def _count_left(judgement: Judgement) -> int:
    return (judgement.ranking.semester.end_day - judgement.ranking.as_of).days - 1


def _count_spare(judgement: Judgement) -> Mapping[Channel, Sequence[int]]:
    """How many of the nights left each account may stay unseen, by channel."""
    left, minimum = _count_left(judgement), judgement.rubric.coverage.minimum
    spare: dict[Channel, list[int]] = {}
    for category in judgement.ranking.categories:
        for standing in category.standings:
            if standing.address is not None and standing.coverage.due:
                spare.setdefault(standing.channel, []).append(count_spare(standing.coverage, left, minimum))
    return spare
