"""Reminders to offices of accounts that will soon be vacuum, and only where their silence is proven."""

from collections.abc import Iterator
from dataclasses import dataclass

from activity.channel import Channel
from activity.message import Message
from activity.ranking import ActivityRow, Standing
from activity.semester import Night
from activity.speech.letter import Letter
from desk.semester.judge import Judgement

__all__ = ["Reminder", "find_reminders"]

_LATELY = 7
"""Nights up to the newest on which an account must be known: what nobody saw may hold a post."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """What an office should be told of one account.

    Attributes:
        agency: its slug.
        days_left: until it counts as vacuum.
    """

    agency: str
    channel: Channel
    days_left: int
    letter: Letter


def find_reminders(judgement: Judgement) -> Iterator[Reminder]:
    """Find the accounts that will soon be vacuum, the most urgent first.

    Left out is an account that was not seen on the newest night, or that has an unseen night among the last
    seven, or a post that waits for the jury: unknown is not zero.
    """
    rows = {(row.agency.slug, row.channel): row for row in judgement.rows}
    for standing in judgement.ranking.warnings():
        row = rows[standing.agency.slug, standing.channel]
        if standing.vacuum_on is not None and _is_proven(judgement, standing, row):
            days = (standing.vacuum_on - judgement.ranking.as_of).days
            letter = _compose(judgement, standing, days)
            yield Reminder(standing.agency.slug, standing.channel, days, letter)


def _is_proven(judgement: Judgement, standing: Standing, row: ActivityRow) -> bool:
    ranking = judgement.ranking
    end = (ranking.as_of - ranking.semester.first_day).days + 1
    lately = row.nights[max(0, end - _LATELY) : end]
    seen = standing.outcome is not None and standing.outcome.saw and lately[-1] is Night.SEEN
    return seen and not standing.held and all(night.known for night in lately)


def _compose(judgement: Judgement, standing: Standing, days: int) -> Letter:
    """Say it in words that an office understands: what was found, what comes of it, and what is enough."""
    limit, contact = judgement.rubric.status.vacuum_days, judgement.config.contact
    values = {"agency": standing.agency.name, "channel": standing.channel, "address": standing.address}
    if standing.last_post is not None:
        found = Message(
            "{agency}: no new post was found on your {channel} ({address}) since {day}.",
            **values,
            day=standing.last_post,
        )
    else:
        found = Message("{agency}: no post was found on your {channel} ({address}) so far.", **values)
    outcome = Message(
        "Without a new post it counts as vacuum from {day} on (days left: {days}): more than {limit} days "
        "without a post. A vacuum account gets no place.",
        day=standing.vacuum_on,
        days=days,
        limit=limit,
    )
    asked = (
        Message("If you have posted since, tell us where, and we look: {contact}", contact=contact)
        if contact
        else Message("If you have posted since, tell us where, and we look.")
    )
    title = Message(
        "{agency}: your {channel} counts as vacuum from {day} on", **values, day=standing.vacuum_on
    )
    return Letter(title, (found, outcome, Message("One post is enough."), asked))
