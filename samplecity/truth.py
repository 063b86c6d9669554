"""What is true about the city, in the shape a test compares with."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from activity.agency import Channel, Participation
from samplecity.engines.catalogue import ENGINES
from samplecity.graph.facebook import post_id
from samplecity.graph.instagram import media_code
from samplecity.office import CheatKind, Item, Office, Presence, Visibility
from samplecity.view import SiteEntry

__all__ = [
    "Cheat",
    "CheatKind",
    "TrueAccount",
    "TrueOutage",
    "TruePost",
    "TrueStatus",
    "Truth",
    "tell_key",
    "tell_truth",
]


class TrueStatus(StrEnum):
    """How alive an account truly is, by the committee's bands: 30 and 90 days."""

    AKTIF = "aktif"
    KURANG_AKTIF = "kurang aktif"
    VAKUM = "vakum"
    TIDAK_DINILAI = "tidak dinilai"


@dataclass(frozen=True, slots=True)
class TruePost:
    """One post of the office itself, also where it deleted it; injected ones are cheats, never posts.

    Attributes:
        key: of a website, path and query of its address; else what the
            platform's own address of it holds.
        published: the moment it claims, aware, local.
        appeared: when it came online; later than `published` when back-dated.
        day: local day it claims; the last one, where its date was edited.
    """

    key: str
    title: str
    published: datetime
    appeared: datetime
    day: date


@dataclass(frozen=True, slots=True)
class TrueOutage:
    """A half-open stretch in which the server refused connections."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class TrueAccount:
    """One office on one channel, also where it has no account.

    Attributes:
        build: what the website is made with; empty elsewhere.
        reason: why it cannot be assessed; empty where it can.
        last_post: claimed day of the newest post ever, up to `as_of`, also from before `since`.
        posts: oldest first.
        renamed: the moment its handle changed.
    """

    agency: str
    name: str
    level: str
    participation: Participation
    channel: Channel
    build: str
    status: TrueStatus
    reason: str
    last_post: date | None
    posts: tuple[TruePost, ...]
    outages: tuple[TrueOutage, ...] = ()
    renamed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Cheat:
    """Posts, by key, that a fair count must question or leave out."""

    agency: str
    channel: Channel
    kind: CheatKind
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """The city's own account of `[since, as_of]`, both local days included."""

    since: date
    as_of: date
    accounts: tuple[TrueAccount, ...]
    cheats: tuple[Cheat, ...]

    def account(self, agency: str, channel: Channel) -> TrueAccount:
        """One office on one channel; raises KeyError."""
        for account in self.accounts:
            if (account.agency, account.channel) == (agency, channel):
                return account
        raise KeyError(agency, channel)

    def to_json(self) -> str:
        """The same as text, days and moments in ISO 8601."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, default=lambda value: value.isoformat())


_CHANNELS = (Channel.WEBSITE, Channel.INSTAGRAM, Channel.FACEBOOK)
"""Where offices of the city publish."""


def tell_truth(offices: Iterable[Office], zone: ZoneInfo, since: date, as_of: date) -> Truth:
    """List what was published in `[since, as_of]`, with the dates it claims when `as_of` ends."""
    end = datetime.combine(as_of + timedelta(days=1), time(), zone)
    teller = _Teller(since, as_of, end)
    accounts, cheats = [], []
    for office in offices:
        for channel in _CHANNELS:
            accounts.append(teller.tell_account(office, channel))
            cheats += teller.tell_cheats(office, channel)
    return Truth(since, as_of, tuple(accounts), tuple(cheats))


@dataclass(frozen=True, slots=True)
class _Teller:
    since: date
    as_of: date
    end: datetime

    def tell_account(self, office: Office, channel: Channel) -> TrueAccount:
        presence = office.presence(channel)
        known = () if presence is None else self._online(presence)
        posts = tuple(_tell_post(office, presence, item) for item in known if presence is not None)
        last = max((post.day for post in posts), default=None)
        reason = self._find_obstacle(presence)
        return TrueAccount(
            agency=office.slug,
            name=office.name,
            level=office.level,
            participation=office.participation,
            channel=channel,
            build=presence.build if presence is not None and presence.build is not None else "",
            status=TrueStatus.TIDAK_DINILAI if reason else self._judge(last),
            reason=reason,
            last_post=last,
            posts=tuple(post for post in posts if post.day >= self.since),
            outages=() if presence is None else tuple(TrueOutage(o.start, o.end) for o in presence.outages),
            renamed=None if presence is None or not presence.handles else presence.handles[-1].start,
        )

    def tell_cheats(self, office: Office, channel: Channel) -> list[Cheat]:
        presence = office.presence(channel)
        if presence is None:
            return []
        online = [item for item in (item.at(self.end) for item in presence.items) if self._counts(item)]
        last_week = self.as_of - timedelta(days=6)
        found = {
            CheatKind.BACK_DATED: [item for item in online if item.back_dated],
            CheatKind.INJECTED: [item for item in online if item.injected],
            CheatKind.FLOOD: [i for i in online if presence.flooded and i.published.date() >= last_week],
            CheatKind.DELETED: [i for i in online if i.vanishes is not None and i.vanishes < self.end],
            CheatKind.REDATED: [i for i in online if i.edit is not None and i.edit.at < self.end],
            CheatKind.COPIED: [item for item in online if item.cheat is CheatKind.COPIED],
            CheatKind.GREETING: [item for item in online if item.cheat is CheatKind.GREETING],
        }
        return [
            Cheat(office.slug, channel, kind, tuple(tell_key(office, presence, item) for item in items))
            for kind, items in found.items()
            if items
        ]

    def _counts(self, item: Item) -> bool:
        return item.appears < self.end and item.published.date() >= self.since

    def _online(self, presence: Presence) -> tuple[Item, ...]:
        shown = (item for item in presence.items if item.appears < self.end and not item.injected)
        online = [item.at(self.end) for item in shown]
        return tuple(sorted(online, key=lambda item: item.published))

    def _find_obstacle(self, presence: Presence | None) -> str:
        if presence is None:
            return "no account"
        if presence.visibility is not Visibility.OPEN:
            return presence.visibility
        days = range((self.as_of - self.since).days + 1)
        noons = (self.end - timedelta(days=day, hours=12) for day in days)
        return "server down" if all(presence.is_down(noon) for noon in noons) else ""

    def _judge(self, last: date | None) -> TrueStatus:
        silent = None if last is None else (self.as_of - last).days
        if silent is not None and silent <= 30:
            return TrueStatus.AKTIF
        return TrueStatus.KURANG_AKTIF if silent is not None and silent <= 90 else TrueStatus.VAKUM


def _tell_post(office: Office, presence: Presence, item: Item) -> TruePost:
    day = item.published.date()
    return TruePost(tell_key(office, presence, item), item.title, item.published, item.appears, day)


def tell_key(office: Office, presence: Presence, item: Item) -> str:
    """Name what tells an item from the others of its account, as `TruePost.key`."""
    if presence.build is not None:
        return ENGINES[presence.build].path(SiteEntry(office.slug, item))
    if presence.channel is Channel.INSTAGRAM:
        return media_code(presence, item)
    return post_id(presence, item).rpartition("_")[2]
