"""What one website shows at one moment; everything an engine may look at."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from zlib import crc32

from activity.agency import Channel
from samplecity.office import Item, Office, Presence
from samplecity.prose import draw_paragraphs, slugify

__all__ = ["SiteEntry", "SiteView"]


@dataclass(frozen=True)
class SiteEntry:
    """One item as a website holds it: with an address, a text and the noise around it."""

    office: str
    item: Item

    @property
    def id(self) -> int:
        """The number in the CMS's own table, growing with the order of appearance."""
        return 100 + 3 * self.item.number

    @property
    def title(self) -> str:
        """The headline."""
        return self.item.title

    @property
    def published(self) -> datetime:
        """The moment it claims."""
        return self.item.published

    @property
    def injected(self) -> bool:
        """Whether strangers put it there."""
        return self.item.injected

    @cached_property
    def slug(self) -> str:
        """The headline as an address, made unique by the number."""
        return f"{slugify(self.item.title)}-{self.item.number}"

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        """The text; injected ones link to a gambling host, which the template adds."""
        return draw_paragraphs(f"{self.office}/{self.item.number}")

    @property
    def modified(self) -> datetime:
        """Every third item was edited some days later: a date that is not the publication."""
        if self.item.number % 3:
            return self.item.appears
        return self.item.appears + timedelta(days=1 + self.item.number % 9, hours=2)

    @property
    def reads(self) -> int:
        """How often it was read, as counters on the page say."""
        return 20 + crc32(self.slug.encode()) % 900


@dataclass(frozen=True)
class SiteView:
    """A website at a moment.

    Attributes:
        now: aware, local.
        base: `http://127.0.0.1:1234`, as the client wrote it.
        entries: what is online, newest claimed date first.
    """

    office: Office
    presence: Presence
    now: datetime
    base: str
    entries: tuple[SiteEntry, ...]

    @property
    def name(self) -> str:
        """The site's name."""
        return self.office.name

    @cached_property
    def popular(self) -> tuple[SiteEntry, ...]:
        """What the sidebar shows: much read, seldom new."""
        return tuple(sorted(self.entries, key=lambda entry: -entry.reads)[:4])

    @property
    def event_days(self) -> tuple[datetime, ...]:
        """Days of the agenda box: all still to come."""
        return tuple(self.now + timedelta(days=days) for days in (3, 9, 17))

    @property
    def profiles(self) -> tuple[str, ...]:
        """Addresses of the office's other accounts, as the foot of its pages names them."""
        return tuple(
            f"https://www.{channel}.com/{presence.handle_at(self.now)}"
            for channel in (Channel.INSTAGRAM, Channel.FACEBOOK)
            if (presence := self.office.presence(channel)) is not None
        )

    @property
    def visitors(self) -> int:
        """Today's figure of the visitor counter."""
        return 40 + crc32(f"{self.office.slug}{self.now.date()}".encode()) % 300

    @property
    def hacked(self) -> bool:
        """Whether gambling spam is on the site by now."""
        return any(entry.injected for entry in self.entries)

    @cached_property
    def edited_at(self) -> datetime | None:
        """When something was added or edited last."""
        moments = [moment for e in self.entries for moment in (e.item.appears, e.modified)]
        return max((moment for moment in moments if moment <= self.now), default=None)

    @cached_property
    def changed_at(self) -> datetime | None:
        """When something was added last."""
        return max((entry.item.appears for entry in self.entries), default=None)

    def window(self, start: int, size: int) -> tuple[SiteEntry, ...]:
        """One page of the listing."""
        return self.entries[start : start + size]

    def find(self, slug: str) -> SiteEntry | None:
        """The entry with this slug."""
        return self._by_slug.get(slug)

    def find_id(self, number: str) -> SiteEntry | None:
        """The entry with this number in the CMS."""
        return self._by_id.get(number)

    @cached_property
    def _by_slug(self) -> dict[str, SiteEntry]:
        return {entry.slug: entry for entry in self.entries}

    @cached_property
    def _by_id(self) -> dict[str, SiteEntry]:
        return {str(entry.id): entry for entry in self.entries}
