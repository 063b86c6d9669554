"""What some offices do to look better, and what strangers do to a site."""

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from samplecity.office import Item
from samplecity.prose import draw_gambling_title, draw_title

__all__ = ["draw_back_dated", "draw_flood", "draw_injected"]


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
