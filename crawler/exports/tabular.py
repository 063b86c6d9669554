"""From rows, whatever their columns are called, to posts: dates, zones, keys and owners."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import NamedTuple

from activity.agency import Channel
from activity.errors import ExportError
from activity.moment import moment_key
from activity.post import Post, PostKind, PostMetrics
from crawler.exports.dated import date_by_file
from crawler.exports.export import Entry, Export, Format, Reading, Span
from crawler.exports.source import Source
from crawler.exports.stamp import Clocked, Moment, Stamps, settle_stamps
from crawler.visits.graph_harvest import first_line
from crawler.visits.permalink import facebook_key, facebook_number, instagram_key
from crawler.visits.shortcode import read_shortcode

__all__ = ["RowPost", "Rows", "channel_of", "read_rows"]


class RowPost(NamedTuple):
    """One row that is a post, as text; a tuple, for a file may have hundreds of thousands.

    Attributes:
        place: where it stands, such as `line 7`.
        identity: the platform's number; empty where the file has none or a spreadsheet ruined it.
        ruined: whether a spreadsheet did.
    """

    place: str
    owner: str
    identity: str
    link: str
    stamp: str
    text: str
    kind: PostKind
    metrics: PostMetrics | None = None
    ruined: bool = False


Rows = Callable[[], Iterator[RowPost | str]]
"""Reads the rows anew at each call: posts, or why a row is none."""


def channel_of(link: str) -> Channel | None:
    """The platform that an address belongs to."""
    host = link.split("//", 1)[-1].split("/", 1)[0].lower().rsplit("@", 1)[-1]
    for ending, channel in (("instagram.com", Channel.INSTAGRAM), ("facebook.com", Channel.FACEBOOK)):
        if host == ending or host.endswith(f".{ending}"):
            return channel
    return Channel.FACEBOOK if host in {"fb.com", "fb.watch", "fb.me"} else None


def read_rows(
    source: Source, kind: Format, rows: Rows, reading: Reading, *, date_column: str, day_first: bool = False
) -> Export:
    """Understand a table as a whole, in two passes before the one that hands out its posts.

    Raises:
        ExportError: a row without date or identity, two platforms in one file, no post at all.
    """
    finder = _ChannelFinder(reading.channel, source.name)
    stamps = settle_stamps(_clocked(rows, finder, reading), reading, source.name, day_first=day_first)
    channel = finder.settle()
    reader = _Reader(source, channel, stamps, reading, date_column)
    survey = _Survey()
    for row in rows():
        survey.take(row, reader)
    return Export(
        name=source.name,
        digest=source.digest,
        size=source.size,
        format=kind,
        channel=channel,
        entries=partial(_entries, rows, reader),
        owners={
            owner: Span(survey.posts[owner], survey.first[owner], last) for owner, last in survey.last.items()
        },
        remarks=_remarks(stamps, survey, kind),
        left_out=dict(survey.left_out),
    )


def _clocked(rows: Rows, finder: "_ChannelFinder", reading: Reading) -> Iterator[Clocked]:
    for row in rows():
        if isinstance(row, RowPost):
            finder.take(row)
            clock = read_shortcode(row.link, now=reading.now)
            yield row.stamp, clock.at if clock else None


def _entries(rows: Rows, reader: "_Reader") -> Iterator[Entry]:
    seen: Counter[datetime] = Counter()
    for row in rows():
        if isinstance(row, RowPost):
            yield reader.read(row, seen)


class _ChannelFinder:
    """The one platform that all posts of a file are on."""

    def __init__(self, stated: Channel | None, name: str) -> None:
        self._stated, self._name = stated, name
        self._found: Channel | None = None

    def take(self, row: RowPost) -> None:
        where = f"{self._name}, {row.place}"
        channel = channel_of(row.link) or self._stated or self._found
        if channel is None:
            raise ExportError(f"{where}: neither Instagram nor Facebook: {row.link!r}.", "Give --channel.")
        if self._found not in {None, channel}:
            raise ExportError(f"{where}: a post on {channel}, others on {self._found}.", "Split the file.")
        self._found = channel

    def settle(self) -> Channel:
        found = self._found or self._stated
        if found is None:
            raise ExportError(
                f"{self._name} holds no post.",
                "For a silent period give --channel, --account, --since and --until.",
            )
        if self._stated not in {None, found}:
            raise ExportError(f"{self._name} is of {found}, not of {self._stated}.", "Leave --channel out.")
        return found


@dataclass(frozen=True, slots=True)
class _Reader:
    source: Source
    channel: Channel
    stamps: Stamps
    reading: Reading
    date_column: str

    def moment(self, row: RowPost) -> Moment:
        moment = self.stamps.read(row.stamp)
        if moment is None:
            raise ExportError(
                f"{self.source.name}, {row.place}: {row.stamp!r} is no date that can be read.",
                "The file is cut short or was edited; export it again.",
            )
        return moment

    def read(self, row: RowPost, seen: Counter[datetime]) -> Entry:
        moment = self.moment(row)
        clock = read_shortcode(row.link, now=self.reading.now) if self.channel is Channel.INSTAGRAM else None
        key = self.key(row)
        if key is None:
            seen[moment.at] += 1
            key = moment_key(moment.at, seen[moment.at])
        date = date_by_file(
            moment.at,
            moment.precision,
            row.stamp,
            self.date_column,
            self.source.label,
            clock,
            self.reading.zone,
        )
        return Entry(row.owner, Post(key, row.link, first_line(row.text), date, row.kind, row.metrics))

    def key(self, row: RowPost) -> str | None:
        """None for a row whose address is opaque and whose number is missing: its moment must do."""
        if self.channel is Channel.INSTAGRAM:
            return instagram_key(row.link)
        return facebook_key(row.identity, row.link) if row.identity else facebook_number(row.link)


class _Survey:
    """What the pass over all rows shows, by owner."""

    def __init__(self) -> None:
        self.posts: Counter[str] = Counter()
        self.first: dict[str, datetime] = {}
        self.last: dict[str, datetime] = {}
        self.left_out: Counter[str] = Counter()
        self.ruined = 0

    def take(self, row: RowPost | str, reader: _Reader) -> None:
        if isinstance(row, str):
            self.left_out[row] += 1
            return
        moment = reader.moment(row)
        if moment.at >= reader.reading.now:
            raise ExportError(
                f"{reader.source.name}, {row.place}: {row.stamp!r} lies ahead of today.",
                "Is the order of day and month, or the clock of this machine, wrong?",
            )
        if not row.link and not row.identity:
            raise ExportError(
                f"{reader.source.name}, {row.place}: neither a link nor a number names the post.",
                "Map the column of the link with --map link=HEADING.",
            )
        self.posts[row.owner] += 1
        self.first[row.owner] = min(self.first.get(row.owner, moment.at), moment.at)
        self.last[row.owner] = max(self.last.get(row.owner, moment.at), moment.at)
        self.ruined += row.ruined


def _remarks(stamps: Stamps, survey: _Survey, kind: Format) -> tuple[str, ...]:
    lines = []
    if stamps.zone is not None and stamps.clocked:
        lines.append(
            f"times are of {stamps.zone.key}: so say {stamps.agreeing} of {stamps.clocked} addresses"
        )
    elif stamps.zone is not None:
        lines.append(f"times are of {stamps.zone.key}, as stated")
    if survey.ruined:
        lines.append(f"{survey.ruined} numbers ruined by a spreadsheet; the links name those posts")
    if kind is Format.TABLE:
        lines.append("dates are read day first" if stamps.day_first else "dates are read month first")
    return tuple(lines)
