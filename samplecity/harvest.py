"""What a nightly crawl keeps of the city, told from its truth: hundreds of nights in a second, without HTTP.

It follows the rules that docs/crawling.md gives for lists: an ordinary night reads down to what is known,
a thorough one every fourth week all of it, and a server that says "unchanged" is believed for that night.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from activity.flag import AccountTrail, Look, Trace
from samplecity.city import City
from samplecity.engines.catalogue import ENGINES
from samplecity.office import Build, Item, Office, Presence, Visibility
from samplecity.truth import tell_key

__all__ = ["tell_trails"]

_PAGE = 10
_PAGES = {Build.WORDPRESS: 100, Build.BLOGGER: 150, Build.OPENSID: 20}
_SOCIAL_PAGE = 50
_THOROUGH_EVERY = timedelta(days=28)
# These answer "not modified" until something is added; the others are read every night.
_ALWAYS_READ = frozenset({Build.PORTAL, Build.OPENSID, Build.OPENSID_BARE})


def tell_trails(city: City, nights: Sequence[date]) -> tuple[AccountTrail, ...]:
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
    """One address while it lives; posts by their numbers."""

    office: Office
    presence: Presence
    address: str
    number: int
    looks: list[Look] = field(default_factory=list)
    traces: dict[int, Trace] = field(default_factory=dict)
    last_seen: dict[int, date] = field(default_factory=dict)
    missed: set[int] = field(default_factory=set)
    read_through: date = date.min
    shown: tuple[Item, ...] = ()

    @property
    def social(self) -> bool:
        return self.presence.build is None

    @property
    def page(self) -> int:
        return _SOCIAL_PAGE if self.presence.build is None else _PAGES.get(self.presence.build, _PAGE)


def _tell_presence(
    city: City, office: Office, presence: Presence, nights: Sequence[date]
) -> Iterator[AccountTrail]:
    accounts: dict[str, _Account] = {}
    for night in nights:
        now = datetime.combine(night, time(23, 30), city.zone)
        address = presence.handle_at(now) if presence.handles else f"https://{office.slug}.example.id/"
        if address not in accounts:
            accounts[address] = _Account(office, presence, address, 10 * presence.number + len(accounts))
        if not presence.is_down(now):
            _visit(city, accounts[address], now, last=night == nights[-1])
    for account in accounts.values():
        yield _tell_account(account, city.semester.first_day)


def _tell_account(account: _Account, since: date) -> AccountTrail:
    traces = tuple(
        replace(trace, last_seen=account.last_seen[number])
        for number, trace in account.traces.items()
        if trace.day is not None and trace.day >= since
    )
    return AccountTrail(
        account.office.slug,
        account.presence.channel,
        account.number,
        account.address,
        tuple(account.looks),
        traces,
    )


def _visit(city: City, account: _Account, now: datetime, *, last: bool) -> None:
    night, items = now.date(), account.presence.visible(now)
    thorough = last or night - account.read_through >= _THOROUGH_EVERY
    account.read_through = night if thorough else account.read_through
    always = account.social or account.presence.build in _ALWAYS_READ
    listed = _read(account, items, deep=thorough) if thorough or always or items != account.shown else []
    for item in listed:
        _keep(account, item, now)
    if not account.social:
        _ask_missed(account, items, now.date(), whole=thorough)
    whole = account.social or not account.looks
    since = city.semester.previous.first_day if whole else account.looks[-1].night + timedelta(days=1)
    hacked = "injected posts" if any(item.injected for item in items) else ""
    account.looks.append(Look(night, account.address, since, bool(listed), len(listed), hacked))
    account.shown = items


def _read(account: _Account, items: Sequence[Item], *, deep: bool) -> list[Item]:
    """Pages of a list until one ends with what is known; all of it on a thorough night."""
    own = [item for item in items if not item.injected]
    for end in range(account.page, len(own), account.page):
        if not deep and own[end - 1].number in account.traces:
            return own[:end]
    return own


def _ask_missed(account: _Account, items: Sequence[Item], night: date, *, whole: bool) -> None:
    """Ask the addresses of posts that a whole list did not show; the second night's answer is recorded."""
    there = {item.number for item in items}
    for number in account.missed - there:
        trace = account.traces[number]
        account.traces[number] = replace(trace, deleted=trace.deleted or night)
    account.missed = {n for n in account.traces if n not in there} if whole else account.missed - there


def _keep(account: _Account, item: Item, now: datetime) -> None:
    build, known = account.presence.build, account.traces.get(item.number)
    claimed = item.published if build is None or ENGINES[build].seconds else item.published.replace(second=0)
    account.last_seen[item.number] = now.date()
    if known is None:
        key = tell_key(account.office, account.presence, item)
        channel = account.presence.channel
        url = f"https://{channel}.example/{key}" if account.social else f"{account.address.rstrip('/')}{key}"
        trace = Trace(key, url, item.title, claimed.date(), claimed, now.date(), now.date(), now)
        account.traces[item.number] = trace
    elif known.published_at != claimed:
        earlier = (*known.earlier, known.day) if known.day is not None else known.earlier
        account.traces[item.number] = replace(
            known, day=claimed.date(), published_at=claimed, earlier=earlier
        )
