"""The morning's round: what is due to whom, sent once, and remembered whatever came of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from activity.channel import Channel
from activity.errors import DenyutError, StoreError
from activity.message import Message
from activity.speech.letter import Letter, LetterKind
from desk.installation.inquiry import find_ending
from desk.installation.machine import check_disk
from desk.keeping.backup import tell_overdue
from desk.message.courier import DeliveryVerdict
from desk.message.letter import say_letter
from desk.message.messenger import Deliver, Parcel, deliver_all
from desk.message.morning import MOST_MISSED, Morning, compose_morning, judge_night, read_morning
from desk.message.reminder import find_reminders
from desk.night.condition import Condition, read_condition
from desk.semester.judge import Judgement
from desk.setting.config import Config
from desk.setting.recipient import Recipient
from reports.wording import Language

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = ["REMIND_EVERY", "SentMessage", "look_at_morning", "send_round", "send_test"]

REMIND_EVERY = 7
"""Days between two reminders of one account to one recipient."""


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message, and what came of it.

    Attributes:
        agency, channel: whom a reminder is about.
        verdict: None where the time was over.
    """

    kind: LetterKind
    recipient: Recipient
    verdict: DeliveryVerdict | None
    agency: str = ""
    channel: Channel | None = None

    @property
    def delivered(self) -> bool:
        """Whether the recipient's server took it."""
        return self.verdict is DeliveryVerdict.DELIVERED


@dataclass(frozen=True, slots=True)
class _Due:
    """A message that is due to somebody."""

    kind: LetterKind
    recipient: Recipient
    letter: Letter = field(repr=False)
    agency: str = ""
    channel: Channel | None = None


def look_at_morning(engine: "Engine", config: Config, night: date) -> tuple[Morning, Judgement | None]:
    """Gather what a night's message tells, and the semester's ranking as of it where there is one.

    Meta is asked which tokens will soon end; all else is read here.
    """
    machine, overdue = (check_disk(), *find_ending(config)), tell_overdue(config, engine)
    judgement: Judgement | DenyutError
    try:
        judgement = judge_night(config, night)
    except DenyutError as error:
        judgement = error
    morning = replace(read_morning(engine, night, judgement, machine), overdue=overdue)
    return morning, judgement if isinstance(judgement, Judgement) else None


def send_round(
    engine: "Engine", config: Config, night: date, deliver: Deliver = deliver_all
) -> Iterator[SentMessage]:
    """Send what is due of a night, each message once, and write down what came of it, one by one.

    What could not be delivered is not tried again that morning: the next morning's message tells of the
    nights that were missed, and a reminder is due again. Where nothing can be written down, as on a full
    disk, the officers are told all the same, and again by the next round; no office is reminded.

    Raises ConfigError for the file of recipients, and StoreError where the database cannot be written.
    """
    from db.office.delivery import Delivery, save_delivery

    def keep(due: _Due, *, delivered: bool) -> None:
        name, now = due.recipient.name, config.now()
        save_delivery(engine, Delivery(due.kind, name, night, now, delivered, due.agency, due.channel))

    def send(letters: Sequence[_Due]) -> Iterator[tuple[_Due, SentMessage]]:
        language = Language(config.language)
        parcels = {Parcel(due.recipient, *say_letter(due.letter, language)): due for due in letters}
        for parcel, verdict in deliver(tuple(parcels)):
            due = parcels[parcel]
            yield due, SentMessage(due.kind, due.recipient, verdict, due.agency, due.channel)

    recipients = config.read_recipients()
    morning, judgement = look_at_morning(engine, config, night)
    unkept: StoreError | None = None
    for due, sent in send([*_list_mornings(engine, config, recipients, morning)]):
        try:
            keep(due, delivered=sent.delivered)
        except StoreError as error:
            unkept = error
        yield sent
    if unkept is not None:
        raise unkept
    reminders = [*_list_reminders(engine, recipients, judgement, night)] if judgement else []
    for due in reminders:
        # Before it leaves: an office shall rather hear a week later than every half hour.
        keep(due, delivered=False)
    for due, sent in send(reminders):
        if sent.delivered:
            keep(due, delivered=True)
        yield sent
    save_delivery(engine, Delivery(LetterKind.ROUND, "", night, config.now(), delivered=True))


def _list_mornings(
    engine: "Engine", config: Config, recipients: Sequence[Recipient], morning: Morning
) -> Iterator[_Due]:
    """The morning's message, to each officer who was not told of the night yet."""
    from db.office.delivery import load_mornings

    night = morning.condition.night
    for officer in (r for r in recipients if not r.agency):
        told = load_mornings(engine, officer.name)
        if not told or told[0][0] != night:
            letter = compose_morning(morning, config.city, _read_missed(engine, told))
            yield _Due(LetterKind.MORNING, officer, letter)


def _list_reminders(
    engine: "Engine", recipients: Sequence[Recipient], judgement: Judgement, night: date
) -> Iterator[_Due]:
    """Reminders to the offices that asked for them, and were not reminded of late."""
    from db.office.delivery import find_reminded

    reminded = find_reminded(engine, night, REMIND_EVERY)
    for reminder in find_reminders(judgement):
        agency, channel = reminder.agency, reminder.channel
        for office in (r for r in recipients if r.agency == agency and channel in r.channels):
            if (office.name, agency, channel) not in reminded:
                yield _Due(LetterKind.REMINDER, office, reminder.letter, agency, channel)


def _read_missed(engine: "Engine", told: Sequence[tuple[date, bool]]) -> tuple[Condition, ...]:
    """The nights since the last message that was delivered, the newest first."""
    missed = takewhile(lambda each: not each[1], told)
    return tuple(read_condition(engine, night) for night, _ in islice(missed, MOST_MISSED))


def send_test(config: Config, deliver: Deliver = deliver_all) -> Iterator[SentMessage]:
    """Send a line to every recipient, which tells that messages arrive; nothing is written down."""
    letter = Letter(
        Message("Denyut {city}: a test", city=config.city),
        (Message("Messages of Denyut arrive here. This one was sent by hand, to try it."),),
    )
    title, body = say_letter(letter, Language(config.language))
    parcels = [Parcel(recipient, title, body) for recipient in config.read_recipients()]
    for parcel, verdict in deliver(parcels):
        kind = LetterKind.REMINDER if parcel.recipient.agency else LetterKind.MORNING
        yield SentMessage(kind, parcel.recipient, verdict)
