"""The morning's message: ten lines about the night just crawled, what changed, and what to do."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from activity.channel import CHANNELS, Channel
from activity.errors import DenyutError
from activity.message import Message, join
from activity.ranking import Standing
from activity.semester import Semester
from activity.speech.letter import Letter
from desk.installation.check import Check, Health
from desk.night.condition import (
    BLIND_NIGHTS,
    Condition,
    describe_symptom,
    find_nightly,
    list_left,
    read_condition,
)
from desk.semester.judge import Judgement, judge
from desk.setting.config import Config

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from db.nightly.blind import BlindAccount
    from db.nightly.odd import OddRun

__all__ = ["MOST_LINES", "MOST_MISSED", "Morning", "compose_morning", "judge_night", "read_morning"]

MOST_LINES = 10
"""Lines of a message, its title among them."""
_NAMED = 4
MOST_MISSED = 3
"""Nights told of whose messages could not be delivered."""


@dataclass(frozen=True, slots=True)
class Morning:
    """What is known of a night on the morning after it.

    Attributes:
        looked, usual: where no crawl of it was finished: accounts that were looked at all the same, and
            accounts of the night before.
        lost, back: accounts seen on the night before and not on this one, and the other way round; those
            of a channel that is, or was, in trouble as a whole are left out.
        healed: channels that were in trouble on the night before, and no longer are.
        blind: accounts that since this night have not been seen for a week.
        odd: runs under a wrong clock since the night before.
        spare: how long channels in trouble can still be judged.
        soon: accounts that will be vacuum, the earliest first.
        machine: what this machine, or a token, lacks.
        overdue: that a backup is; None where all is well.
        unjudged: why the semester cannot be judged; empty where it can.
    """

    condition: Condition
    looked: int = 0
    usual: int = 0
    lost: "tuple[BlindAccount, ...]" = ()
    back: "tuple[BlindAccount, ...]" = ()
    healed: tuple[Channel, ...] = ()
    blind: "tuple[BlindAccount, ...]" = ()
    odd: "tuple[OddRun, ...]" = ()
    spare: tuple[Message, ...] = ()
    soon: tuple[Standing, ...] = ()
    machine: tuple[Check, ...] = ()
    overdue: Message | None = None
    unjudged: str = ""


def judge_night(config: Config, night: date) -> Judgement:
    """Rank the night's semester as of that night, also where a day or two have passed since.

    Raises what `desk.semester.judge.judge` raises.
    """
    end = datetime.combine(night + timedelta(days=1), time(11, 59), config.zone)
    return judge(replace(config, fixed_now=min(config.now(), end)), Semester.of(night))


def read_morning(
    engine: "Engine", night: date, judgement: Judgement | DenyutError, machine: Sequence[Check] = ()
) -> Morning:
    """Gather what a night's message tells.

    Args:
        judgement: of the semester as of that night, or why there is none.
        machine: what was found of this machine; only what is not well is told.
    """
    condition = read_condition(engine, night)
    ill = tuple(check for check in machine if check.health is not Health.OK)
    morning = replace(_compare(engine, condition), machine=ill)
    if isinstance(judgement, DenyutError):
        return replace(morning, unjudged=Message("{error}", error=judgement))
    spare = tuple(list_left(judgement, condition.symptoms)) if condition.is_wide else ()
    return replace(morning, spare=spare, soon=judgement.ranking.warnings())


def _compare(engine: "Engine", condition: Condition) -> Morning:
    """Set a night beside the one that was crawled before it."""
    from db.nightly.blind import load_lost
    from db.nightly.odd import load_odd_runs
    from db.nightly.run import count_looks

    night = condition.night
    runs = [run for run in find_nightly(engine, night) if run.night < night]
    before = runs[-1] if runs else None
    since = before.id if before else 0
    odd = tuple(run for run in load_odd_runs(engine, night) if run.id > since)
    if condition.run is None:
        looked, usual = count_looks(engine, night, since)
        return Morning(condition, looked, usual, odd=odd)
    if before is None:
        return Morning(condition, odd=odd)
    earlier = read_condition(engine, before.night)
    hidden, was = condition.troubled, earlier.troubled
    known = {(each.agency, each.channel) for each in earlier.blind}
    new = (b for b in condition.blind if (b.agency, b.channel) not in known)
    return Morning(
        condition,
        lost=_leave_out(load_lost(engine, before.id, condition.run.id), hidden),
        back=_leave_out(load_lost(engine, condition.run.id, before.id), was),
        healed=tuple(channel for channel in CHANNELS if channel in was - hidden),
        blind=_leave_out(new, hidden),
        odd=odd,
    )


def _leave_out(accounts: "Iterable[BlindAccount]", channels: Set[Channel]) -> "tuple[BlindAccount, ...]":
    return tuple(account for account in accounts if account.channel not in channels)


def compose_morning(morning: Morning, city: str, missed: Sequence[Condition] = ()) -> Letter:
    """Write the message: what wants somebody first, then what changed.

    Args:
        missed: the nights of messages that could not be delivered, the newest first.
    """
    alarms = [*_list_alarms(morning)]
    values = {"city": city, "night": morning.condition.night, "count": len(alarms)}
    if not alarms:
        title = Message("Denyut {city}, night of {night}: well", **values)
    else:
        title = Message("Denyut {city}, night of {night}: to look at: {count}", **values)
    changes = [*_list_changes(morning), *_list_missed(missed)]
    quiet = [] if alarms or changes else [Message("Nothing is wrong with it, and nothing changed.")]
    return Letter(title, _cut([*_list_seen(morning.condition), *alarms, *changes, *quiet]))


def _cut(lines: Sequence[Message]) -> tuple[Message, ...]:
    room = MOST_LINES - 1
    if len(lines) <= room:
        return tuple(lines)
    more = Message("{count} lines more: `denyut night` and `denyut doctor`.", count=len(lines) - room + 1)
    return (*lines[: room - 1], more)


def _list_seen(condition: Condition) -> Iterator[Message]:
    """What was seen, in one line; a run that an older version wrote does not tell it."""
    if condition.run is not None and condition.channels:
        seen = [
            Message("{channel} {seen} of {visited}", channel=c.channel, seen=c.seen, visited=c.visited)
            for c in condition.channels
        ]
        new = condition.run.summary.get("posts_new", 0)
        yield Message("Seen: {seen}; {new} new posts.", seen=join(", ", seen), new=new)


def _list_alarms(morning: Morning) -> Iterator[Message]:
    """What wants somebody: what is wrong, and what to do."""
    condition = morning.condition
    if condition.run is None:
        yield Message(
            "The crawl of this night was not finished: {looked} of {usual} accounts were looked at, the "
            "night of the others is unseen. `denyut doctor` looks for the reason.",
            looked=morning.looked,
            usual=morning.usual,
        )
    for symptom in condition.symptoms:
        told, remedy = describe_symptom(symptom)
        yield Message("{told} {remedy}", told=told, remedy=remedy)
    yield from morning.spare[:2]
    for run in morning.odd:
        yield Message(
            "A crawl ran under a wrong clock: run {id:d} names the night {night}. Set the machine's clock "
            "right, then: denyut doctor --set-aside {id:d}",
            id=run.id,
            night=run.night,
        )
    for check in morning.machine:
        name, found = Message(check.name), Message(check.found)
        yield Message("{name}: {found}. {remedy}", name=name, found=found, remedy=Message(check.remedy))
    if morning.overdue is not None:
        yield Message("{overdue} Run denyut backup, and do what it says.", overdue=morning.overdue)
    if morning.unjudged:
        yield Message("The semester cannot be judged: {why}", why=morning.unjudged)


def _list_changes(morning: Morning) -> Iterator[Message]:
    """What is otherwise than on the night before; of one office each, and no alarm."""
    if morning.lost:
        yield Message("Not seen, and seen the night before: {names}.", names=_name(morning.lost, why=True))
    if morning.healed:
        yield Message("In order again: {channels}.", channels=join(", ", morning.healed))
    if morning.back:
        yield Message("Seen again: {names}.", names=_name(morning.back))
    if morning.blind:
        yield Message(
            "Not seen for {nights} nights now: {names}. `denyut explain` tells why.",
            nights=BLIND_NIGHTS,
            names=_name(morning.blind, why=True),
        )
    if morning.soon:
        names = [
            Message("{agency} {channel} on {day}", agency=s.agency.slug, channel=s.channel, day=s.vacuum_on)
            for s in morning.soon[:_NAMED]
        ]
        yield Message(
            "Will be vacuum unless they post: {names}. `denyut message preview AGENCY` has a text for them.",
            names=_list_names(names, len(morning.soon)),
        )


def _list_missed(missed: Sequence[Condition]) -> Iterator[Message]:
    """Nights whose messages could not be delivered, in short."""
    for condition in missed[:MOST_MISSED]:
        told = [describe_symptom(symptom)[0] for symptom in condition.symptoms]
        if condition.run is None:
            told = [Message("no crawl was finished.")]
        yield Message(
            "The message of {night} did not reach you: {told}",
            night=condition.night,
            told=join(" ", told or [Message("nothing was wrong.")]),
        )


def _name(accounts: "Sequence[BlindAccount]", *, why: bool = False) -> Message:
    form = "{agency} {channel} ({outcome})" if why else "{agency} {channel}"
    names = [
        Message(form, agency=b.agency, channel=b.channel, outcome=b.outcome)
        if why
        else Message(form, agency=b.agency, channel=b.channel)
        for b in accounts[:_NAMED]
    ]
    return _list_names(names, len(accounts))


def _list_names(names: Sequence[Message], count: int) -> Message:
    listed = join(", ", names)
    if count <= len(names):
        return listed
    return Message("{names} and {more} more", names=listed, more=count - len(names))
