"""What some offices do to look better, and what strangers do to a site."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from samplecity.office import CheatKind, Edit, Item
from samplecity.prose import draw_gambling_title, draw_greeting, draw_title

__all__ = [
    "delete_some",
    "draw_back_dated",
    "draw_copies",
    "draw_flood",
    "draw_injected",
    "greet_instead",
    "redate_some",
]

_COPIES = 10
_WISHES = 0.8


def draw_back_dated(random: Random, office: str, batches: list[datetime]) -> list[Item]:
    """Nine posts uploaded in one evening that claim the quiet weeks before it, at each of these moments."""
    items = []
    for evening in batches:
        for place in range(9):
            published = (evening - timedelta(days=38 - 4 * place)).replace(
                hour=random.randint(8, 15), minute=random.randint(0, 59)
            )
            appears = evening + timedelta(minutes=4 * place)
            items.append(Item(0, draw_title(random, office), published, appears))
    return items


def draw_flood(random: Random, office: str, end: date, zone: ZoneInfo) -> list[Item]:
    """Nine posts a day on the last seven days."""
    items = []
    for back in range(7, 0, -1):
        for place in range(9):
            hour = time(8 + place, random.randint(0, 59))
            moment = datetime.combine(end - timedelta(days=back), hour, zone)
            items.append(Item(0, draw_title(random, office), moment, moment))
    return items


def draw_injected(random: Random, start: datetime) -> list[Item]:
    """Thirty gambling pages that strangers put up from a night on, one every other night."""
    items = []
    for night in range(30):
        moment = start + timedelta(days=2 * night, minutes=random.randint(0, 90))
        items.append(Item(0, draw_gambling_title(random), moment, moment, injected=True))
    return items


def draw_copies(random: Random, items: Sequence[Item], start: datetime, end: datetime) -> list[Item]:
    """Ten of another office's posts between these moments, put up word for word a day or two later."""
    chosen = random.sample([item for item in items if start <= item.published < end], _COPIES)
    copies = []
    for item in sorted(chosen, key=lambda item: item.published):
        evening = item.published.replace(hour=19, minute=random.randint(0, 59)) + timedelta(days=1)
        if evening.weekday() == 6:
            evening += timedelta(days=1)
        copies.append(Item(0, item.title, evening, evening, item.kind, cheat=CheatKind.COPIED))
    return copies


def delete_some(items: Sequence[Item], start: datetime, end: datetime, moment: datetime) -> list[Item]:
    """Every second post between these moments is taken down at a later one."""
    between = [item for item in items if start <= item.published < end][::2]
    return [replace(item, vanishes=moment) if item in between else item for item in items]


def greet_instead(random: Random, items: Sequence[Item], office: str) -> list[Item]:
    """Four in five posts say nothing but good wishes."""
    return [
        replace(item, title=draw_greeting(random, office), cheat=CheatKind.GREETING)
        if random.random() < _WISHES
        else item
        for item in items
    ]


def redate_some(
    items: Sequence[Item], start: datetime, end: datetime, edits: Sequence[datetime]
) -> list[Item]:
    """The first posts between these moments get a new date each, at one of the later ones."""
    between = [item for item in items if start <= item.published < end][: len(edits)]
    edited = dict(zip((item.published for item in between), edits, strict=False))
    return [
        replace(item, edit=Edit(edited[item.published], edited[item.published]))
        if item.published in edited
        else item
        for item in items
    ]
