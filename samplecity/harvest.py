"""What a nightly crawl keeps of the city, told from its truth: hundreds of nights in a second, without HTTP.

It follows the rules that docs/crawling.md gives for lists: an ordinary night reads down to what is known,
a thorough one every fourth week all of it, and a server that says "unchanged" is believed for that night.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from activity.agency import Channel
from activity.flag import Look, Trace, Trail
from samplecity.city import City
from samplecity.engines.catalogue import ENGINES
from samplecity.office import Build, Item, Office, Presence, Visibility
from samplecity.truth import tell_key

__all__ = ["tell_trails"]

_PAGE = 20
_THOROUGH_EVERY = 28
# These answer "not modified" until something is added; the others are read every night.
_ALWAYS_READ = frozenset({Build.PORTAL, Build.OPENSID, Build.OPENSID_BARE})


def tell_trails(city: City, nights: Sequence[date]) -> tuple[Trail, ...]:
    """The trail of every account that can be read, had it been crawled at 23:30 on each of these nights."""
    return tuple(
        trail
        for office in city.offices
        for presence in office.presences
        if presence.visibility is Visibility.OPEN
        for trail in _tell_presence(city, office, presence, nights)
    )


@dataclass(slots=True)
class _Account:
    """One address while it lives."""

    address: str
    number: int
    looks: list[Look] = field(default_factory=list)
    traces: dict[str, Trace] = field(default_factory=dict)
    shown: tuple[Item, ...] = ()


def _tell_presence(city: City, office: Office, presence: Presence, nights: Sequence[date]) -> Iterator[Trail]:
    accounts: dict[str, _Account] = {}
    for night in nights:
        now = datetime.combine(night, time(23, 30), city.zone)
        address = presence.handle_at(now) if presence.handles else f"https://{office.slug}.example.id/"
        if address not in accounts:
            accounts[address] = _Account(address, 10 * presence.number + len(accounts))
        if not presence.is_down(now):
            _visit(city, office, presence, accounts[address], now, last=night == nights[-1])
    since = city.semester.first_day
    for account in accounts.values():
        traces = tuple(t for t in account.traces.values() if t.day is not None and t.day >= since)
        looks = tuple(account.looks)
        yield Trail(office.slug, presence.channel, account.number, account.address, looks, traces)


def _visit(
    city: City, office: Office, presence: Presence, account: _Account, now: datetime, *, last: bool
) -> None:
    night, items = now.date(), presence.visible(now)
    thorough = last or not account.looks or (account.number + night.toordinal()) % _THOROUGH_EVERY == 0
    social = presence.channel is not Channel.WEBSITE
    fresh = items != account.shown or thorough or social or presence.build in _ALWAYS_READ
    listed = _read(office, presence, account, items, deep=thorough) if fresh else []
    for item in listed:
        _keep(account, office, presence, item, now)
    since = city.semester.previous.first_day
    linked = since if social or not account.looks else account.looks[-1].night + timedelta(days=1)
    hacked = "30 injected posts" if any(item.injected for item in items) else ""
    account.looks.append(Look(night, account.address, linked, bool(listed), len(listed), hacked))
    account.shown = items


def _read(
    office: Office, presence: Presence, account: _Account, items: Sequence[Item], *, deep: bool
) -> list[Item]:
    """Pages of a list until one ends with what is known; all of it on a thorough night."""
    own = [item for item in items if not item.injected]
    for end in range(_PAGE, len(own), _PAGE):
        if not deep and tell_key(office, presence, own[end - 1]) in account.traces:
            return own[:end]
    return own


def _keep(account: _Account, office: Office, presence: Presence, item: Item, now: datetime) -> None:
    key = tell_key(office, presence, item)
    known = account.traces.get(key)
    seconds = presence.build is None or ENGINES[presence.build].seconds
    claimed = item.published if seconds else item.published.replace(second=0)
    if known is None:
        url = (
            f"{account.address.rstrip('/')}{key}"
            if presence.build
            else f"https://{presence.channel}.example/{key}"
        )
        account.traces[key] = Trace(
            key, url, item.title, claimed.date(), claimed, now.date(), now.date(), now
        )
        return
    gone = known.day if known.day != claimed.date() else None
    earlier = known.earlier if gone is None else (*known.earlier, gone)
    account.traces[key] = replace(
        known, day=claimed.date(), published_at=claimed, last_seen=now.date(), earlier=earlier
    )
