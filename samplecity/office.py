"""Offices of the city, what they run, and what they truly publish."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from activity.agency import Channel, Participation

__all__ = [
    "Build",
    "CheatKind",
    "Edit",
    "Handle",
    "Item",
    "ItemKind",
    "Office",
    "Outage",
    "Presence",
    "Visibility",
]


class Build(StrEnum):
    """What a website is made with; `docs/samplecity.md` tells what each one serves."""

    WORDPRESS = "wordpress"
    WORDPRESS_CLOSED = "wordpress-closed"
    BLOGGER = "blogger"
    JOOMLA = "joomla"
    JOOMLA_BARE = "joomla-bare"
    OPENSID = "opensid"
    OPENSID_BARE = "opensid-bare"
    PORTAL = "portal"
    RELATIVE = "relative"
    STATIC = "static"
    MAINTENANCE = "maintenance"


class ItemKind(StrEnum):
    """What sort of item it is; websites publish news only."""

    NEWS = "news"
    PHOTO = "photo"
    ALBUM = "album"
    VIDEO = "video"
    REEL = "reel"


class Visibility(StrEnum):
    """Whether an outsider can read a presence, and why not."""

    OPEN = "open"
    ROBOTS = "robots.txt refuses"
    MAINTENANCE = "maintenance page"
    PERSONAL = "not a professional account"
    NO_PERMISSION = "page not shared"


class CheatKind(StrEnum):
    """What somebody did that is no honest publishing."""

    BACK_DATED = "back-dated"
    FLOOD = "flood"
    INJECTED = "injected"
    COPIED = "copied"
    DELETED = "deleted"
    GREETING = "greeting"
    REDATED = "re-dated"


@dataclass(frozen=True, slots=True)
class Edit:
    """From `at` on an item claims to be `published` then."""

    at: datetime
    published: datetime


@dataclass(frozen=True, slots=True)
class Item:
    """One true publication, or one injected by strangers.

    Attributes:
        number: counts from 1 within the presence, in the order of appearance.
        published: the moment it claims, aware, local.
        appears: the moment from which it is online; later than `published` when back-dated.
        injected: put there by gambling spammers, not by the office.
        vanishes: the moment from which it is deleted.
        edit: what became of its date.
        cheat: what is wrong with it otherwise.
    """

    number: int
    title: str
    published: datetime
    appears: datetime
    kind: ItemKind = ItemKind.NEWS
    injected: bool = False
    vanishes: datetime | None = None
    edit: Edit | None = None
    cheat: CheatKind | None = None

    @property
    def back_dated(self) -> bool:
        """Whether it claims to be older than it is."""
        return self.appears > self.published

    def online(self, now: datetime) -> bool:
        """Tell whether a visitor finds it at a moment."""
        return self.appears <= now and (self.vanishes is None or now < self.vanishes)

    def at(self, now: datetime) -> "Item":
        """The item with the date that it claims at a moment."""
        edited = self.edit is not None and self.edit.at <= now
        return replace(self, published=self.edit.published) if self.edit is not None and edited else self


@dataclass(frozen=True, slots=True)
class Outage:
    """A half-open stretch `[start, end)` in which the server refuses connections."""

    start: datetime
    end: datetime

    def covers(self, now: datetime) -> bool:
        """Tell whether the server is down at this moment."""
        return self.start <= now < self.end


@dataclass(frozen=True, slots=True)
class Handle:
    """A name in force from a moment on; None is from ever."""

    name: str
    start: datetime | None = None


@dataclass(frozen=True, slots=True)
class Presence:
    """An office on one channel.

    Attributes:
        build: of a website only.
        handles: of a social account only, oldest first.
        items: in the order of appearance.
        flooded: whether the last week of it is a flood.
        number: unique in the city; the platforms' ids are made of it.
    """

    channel: Channel
    items: tuple[Item, ...]
    build: Build | None = None
    handles: tuple[Handle, ...] = ()
    visibility: Visibility = Visibility.OPEN
    outages: tuple[Outage, ...] = ()
    flooded: bool = False
    number: int = 0
    followers: int = 0
    hides_likes: bool = False

    def handle_at(self, now: datetime) -> str:
        """The name in force at a moment; the renamed account answers to no other."""
        return [handle.name for handle in self.handles if handle.start is None or handle.start <= now][-1]

    def is_down(self, now: datetime) -> bool:
        """Tell whether the server refuses connections at this moment."""
        return any(outage.covers(now) for outage in self.outages)

    def visible(self, now: datetime) -> tuple[Item, ...]:
        """Tell what is online at a moment, newest claimed date first."""
        online = [item.at(now) for item in self.items if item.online(now)]
        return tuple(sorted(online, key=lambda item: (item.published, item.number), reverse=True))


@dataclass(frozen=True, slots=True)
class Office:
    """A public office and where it publishes."""

    slug: str
    name: str
    short: str
    level: str
    participation: Participation
    presences: tuple[Presence, ...]

    def presence(self, channel: Channel) -> Presence | None:
        """Its account on a channel, None when it has none."""
        return next((presence for presence in self.presences if presence.channel is channel), None)
