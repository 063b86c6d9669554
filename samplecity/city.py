"""A small city, the same for the same seed: its offices and everything they will ever publish."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Self
from zoneinfo import ZoneInfo

from activity.agency import Agency, Channel, Participation
from activity.semester import Semester
from samplecity.cast import CAST, CastRole, Trick
from samplecity.engines.catalogue import ENGINES
from samplecity.mischief import (
    delete_some,
    draw_back_dated,
    draw_copies,
    draw_flood,
    draw_injected,
    greet_instead,
    redate_some,
)
from samplecity.office import Build, Handle, Item, ItemKind, Office, Outage, Presence, Visibility
from samplecity.prose import draw_caption, draw_title
from samplecity.rhythm import Rhythm, draw_moments
from samplecity.truth import Truth, tell_truth

__all__ = ["City"]

_KINDS = {
    Channel.WEBSITE: ((ItemKind.NEWS,), (1,)),
    Channel.INSTAGRAM: ((ItemKind.PHOTO, ItemKind.ALBUM, ItemKind.REEL), (5, 3, 2)),
    Channel.FACEBOOK: ((ItemKind.PHOTO, ItemKind.ALBUM, ItemKind.VIDEO, ItemKind.REEL), (5, 2, 1, 2)),
}

_COPIED_FROM = "kel-sungai-jernih"


@dataclass(frozen=True, slots=True)
class City:
    """Everything that is true about the city, from half a year before the semester to its end."""

    seed: int
    semester: Semester
    zone: ZoneInfo
    offices: tuple[Office, ...]

    @classmethod
    def build(cls, seed: int = 1, semester: str = "2026-S1", zone: ZoneInfo | str = "Asia/Makassar") -> Self:
        """Draw a city by chance; raises ConfigError for an unknown semester."""
        place = ZoneInfo(zone) if isinstance(zone, str) else zone
        director = _Director(seed, Semester.parse(semester), place)
        return cls(seed, director.semester, place, tuple(director.cast(role) for role in CAST))

    @property
    def agencies(self) -> tuple[Agency, ...]:
        """The offices as a registry knows them."""
        return tuple(Agency(o.slug, o.name, o.level, o.participation) for o in self.offices)

    def office(self, slug: str) -> Office:
        """The office with this slug; raises KeyError."""
        return next(office for office in self.offices if office.slug == slug)

    def truth(self, as_of: date, since: date | None = None) -> Truth:
        """Tell what was truly published in `[since, as_of]` and is online when `as_of` ends.

        Args:
            since: the semester's first day unless given.
        """
        return tell_truth(self.offices, self.zone, since or self.semester.first_day, as_of)


@dataclass(slots=True)
class _Director:
    """Turns roles into offices; numbers the accounts as it goes."""

    seed: int
    semester: Semester
    zone: ZoneInfo
    number: int = 0
    drawn: dict[tuple[str, Channel], list[Item]] = field(default_factory=dict)

    def cast(self, role: CastRole) -> Office:
        judge = Participation.NON_KOMPETISI if Trick.JUDGES in role.tricks else Participation.PESERTA
        made = (self._build_website(role), self._build_instagram(role), self._build_facebook(role))
        presences = tuple(presence for presence in made if presence is not None)
        return Office(
            role.slug, f"{role.name} Kota Tanjung Selaras", role.short, role.level, judge, presences
        )

    def _build_website(self, role: CastRole) -> Presence | None:
        if role.build is None:
            return None
        random = Random(f"{self.seed}/{role.slug}/website")  # noqa: S311 - a play, not a secret
        items = self._draw_items(random, role, Channel.WEBSITE, role.website)
        if not ENGINES[role.build].seconds:
            items = [_without_seconds(item) for item in items]
        visibility = Visibility.OPEN
        if Trick.REFUSES_ROBOTS in role.tricks:
            visibility = Visibility.ROBOTS
        elif role.build is Build.MAINTENANCE:
            visibility = Visibility.MAINTENANCE
        return Presence(
            Channel.WEBSITE,
            _number(items),
            build=role.build,
            visibility=visibility,
            outages=self._plan_outages(role),
            flooded=Trick.FLOODS in role.tricks,
            number=self._take_number(),
        )

    def _build_instagram(self, role: CastRole) -> Presence | None:
        if not role.instagram:
            return None
        random = Random(f"{self.seed}/{role.slug}/instagram")  # noqa: S311
        name = f"{role.slug.replace('-', '_')}_selaras"
        handles: tuple[Handle, ...] = (Handle(name),)
        if Trick.RENAMES in role.tricks:
            handles = (*handles, Handle(f"{name}_official", self._moment(80, 10)))
        personal = Trick.PERSONAL_INSTAGRAM in role.tricks
        return Presence(
            Channel.INSTAGRAM,
            _number(self._draw_items(random, role, Channel.INSTAGRAM, role.instagram)),
            handles=handles,
            visibility=Visibility.PERSONAL if personal else Visibility.OPEN,
            number=self._take_number(),
            followers=random.randint(150, 6000),
            hides_likes=Trick.HIDES_LIKES in role.tricks,
        )

    def _build_facebook(self, role: CastRole) -> Presence | None:
        if not role.facebook:
            return None
        random = Random(f"{self.seed}/{role.facebook_of or role.slug}/facebook")  # noqa: S311
        shared = Trick.PAGE_NOT_SHARED not in role.tricks
        return Presence(
            Channel.FACEBOOK,
            _number(self._draw_items(random, role, Channel.FACEBOOK, role.facebook)),
            handles=(Handle(f"{role.slug.replace('-', '')}.selaras"),),
            visibility=Visibility.OPEN if shared else Visibility.NO_PERMISSION,
            number=self._take_number(),
            followers=random.randint(200, 9000),
        )

    def _draw_items(self, random: Random, role: CastRole, channel: Channel, weekly: float) -> list[Item]:
        stop = self._last_day(role) if channel is Channel.WEBSITE else None
        first, end = self.semester.previous.first_day, self.semester.end_day
        moments = draw_moments(random, Rhythm(weekly, role.rest, stop), first, end, self.zone)
        kinds, weights = _KINDS[channel]
        draw: Callable[[Random, str], str] = draw_title if channel is Channel.WEBSITE else draw_caption
        items = []
        for moment in moments:
            published = moment.replace(second=random.randint(0, 59))
            kind = random.choices(kinds, weights)[0]
            items.append(Item(0, draw(random, role.short), published, published, kind))
        if channel is Channel.WEBSITE:
            items += self._draw_mischief(random, role)
        self.drawn[role.slug, channel] = self._spoil(items, role, channel)
        return self.drawn[role.slug, channel]

    def _spoil(self, items: list[Item], role: CastRole, channel: Channel) -> list[Item]:
        """What an office does with posts of its own, or of others, on the channel of its choice."""
        random = Random(f"{self.seed}/{role.slug}/mischief")  # noqa: S311
        if channel is Channel.FACEBOOK and Trick.COPIES in role.tricks:
            source = self.drawn[_COPIED_FROM, channel]
            items = items + draw_copies(random, source, self._moment(10, 0), self._moment(150, 0))
        if channel is Channel.FACEBOOK and Trick.GREETS in role.tricks:
            items = greet_instead(random, items, role.short)
        if channel is Channel.WEBSITE and Trick.DELETES in role.tricks:
            items = delete_some(items, self._moment(48, 0), self._moment(61, 0), self._moment(75, 9))
        if channel is Channel.WEBSITE and Trick.REDATES in role.tricks:
            edits = [self._moment(day, 10) for day in (100, 112, 127, 140)]
            items = redate_some(items, self._moment(20, 0), self._moment(40, 0), edits)
        return items

    def _draw_mischief(self, random: Random, role: CastRole) -> list[Item]:
        items: list[Item] = []
        if Trick.BACK_DATES in role.tricks:
            items += draw_back_dated(random, role.short, [self._moment(day, 20) for day in (58, 106, 155)])
        if Trick.FLOODS in role.tricks:
            items += draw_flood(random, role.short, self.semester.end_day, self.zone)
        if Trick.HACKED in role.tricks:
            items += draw_injected(random, self._moment(95, 3))
        return items

    def _last_day(self, role: CastRole) -> date | None:
        if Trick.DEAD in role.tricks:
            return self.semester.first_day + timedelta(days=50)
        if Trick.LONG_DEAD in role.tricks:
            return self.semester.first_day - timedelta(days=75)
        return self.semester.end_day - timedelta(days=55) if Trick.FADES in role.tricks else None

    def _plan_outages(self, role: CastRole) -> tuple[Outage, ...]:
        if Trick.DOWN in role.tricks:
            return (Outage(self._moment(-400, 0), self._moment(4000, 0)),)
        if Trick.TEN_NIGHTS_DOWN in role.tricks:
            return (Outage(self._moment(64, 12), self._moment(74, 12)),)
        return ()

    def _moment(self, day: int, hour: int) -> datetime:
        """An hour of a day of the semester, counted from 0."""
        return datetime.combine(self.semester.first_day + timedelta(days=day), time(hour), self.zone)

    def _take_number(self) -> int:
        self.number += 1
        return self.number


def _number(items: list[Item]) -> tuple[Item, ...]:
    ordered = sorted(items, key=lambda item: (item.appears, item.published))
    return tuple(replace(item, number=number) for number, item in enumerate(ordered, 1))


def _without_seconds(item: Item) -> Item:
    published, appears = (moment.replace(second=0) for moment in (item.published, item.appears))
    return replace(item, published=published, appears=appears)
