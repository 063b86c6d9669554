"""A city of a few offices on Instagram and Facebook: some post often, some seldom, some fell silent."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from activity.agency import Channel, Participation
from samplecity.city import City
from samplecity.office import Handle, Item, ItemKind, Office, Presence
from samplecity.prose import draw_caption
from samplecity.rhythm import Rhythm, draw_moments

__all__ = ["build_offices"]

_KINDS = (ItemKind.PHOTO, ItemKind.ALBUM, ItemKind.VIDEO, ItemKind.REEL)
_SOCIAL = (Channel.INSTAGRAM, Channel.FACEBOOK)
# Posts a week of those who go on; the last is one in three weeks, as of many a small office.
_WEEKLY = (3.0, 0.35)


def build_offices(seed: str, groups: tuple[str, ...]) -> City:
    """For each group an office that posts often, one that posts seldom, and a dead one: `NAME-0` to `NAME-2`.

    When a dead one posted last is drawn: between 130 days before the semester and 95 days before its end.
    """
    random = Random(seed)
    city = City.build(seed=1)
    offices: list[Office] = []
    for group in groups:
        rhythms = [Rhythm(weekly, ()) for weekly in _WEEKLY]
        rhythms.append(Rhythm(random.choice((0.5, 2.0)), (), _draw_last_day(random, city)))
        for place, rhythm in enumerate(rhythms):
            slug, number = f"{group}-{place}", 2 * len(offices)
            presences = tuple(
                _present(random, city, slug, rhythm, channel, number + offset)
                for offset, channel in enumerate(_SOCIAL, 1)
            )
            name = f"Kelurahan {slug}"
            offices.append(Office(slug, name, slug, "kelurahan", Participation.PESERTA, presences))
    return replace(city, offices=tuple(offices))


def _draw_last_day(random: Random, city: City) -> date:
    first, last = city.semester.first_day, city.semester.end_day
    return first + timedelta(days=random.randint(-130, (last - first).days - 95))


def _present(
    random: Random, city: City, slug: str, rhythm: Rhythm, channel: Channel, number: int
) -> Presence:
    first, end = city.semester.previous.first_day, city.semester.end_day
    moments = draw_moments(random, rhythm, first, end, city.zone)
    items = [
        Item(n, draw_caption(random, slug), moment, moment, random.choice(_KINDS))
        for n, moment in enumerate(moments, 1)
    ]
    name = slug.replace("-", "." if channel is Channel.FACEBOOK else "_")
    followers = random.randint(100, 900)
    return Presence(channel, tuple(items), handles=(Handle(name),), number=number, followers=followers)
