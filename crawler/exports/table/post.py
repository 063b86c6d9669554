"""From rows, whatever their columns are called, to posts: dates, zones, keys and owners."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import NamedTuple

from activity.address.moment import moment_key
from activity.address.permalink import facebook_key
from activity.channel import CHANNELS, SOCIAL, Channel, channel_of, name_channels
from activity.errors import ExportError
from activity.post import Post, PostDate, PostKind, PostMetrics
from crawler.exports.export import Export, ExportEntry, ExportReading, Format, Span
from crawler.exports.moment.dated import date_by_clock, date_by_file
from crawler.exports.moment.stamp import Clocked, Extremes, StampedMoment, Stamps, settle_stamps
from crawler.exports.source import ExportSource
from crawler.visits.meta.graph_harvest import first_line
from crawler.visits.meta.shortcode import Shortcode, read_shortcode

__all__ = ["RowPost", "Rows", "read_rows"]

_ADDRESS = re.compile(r"[./]")


class RowPost(NamedTuple):
    """One row that is a post, as text; a tuple, for a file may have hundreds of thousands.

    Attributes:
        place: where it stands, such as `line 7`.
        identity: the platform's number; empty where the file has none or a spreadsheet ruined it.
        stamp: its moment; empty where only the clock in its address dates it.
        ruined: whether a spreadsheet did.
        raw, column: its moment as the file has it and where, where `stamp` is written from that.
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
    raw: str = ""
    column: str = ""


Rows = Callable[[], Iterator[RowPost | str]]
"""Reads the rows anew at each call: posts, or why a row is none."""


def read_rows(
    source: ExportSource,
    kind: Format,
    rows: Rows,
    reading: ExportReading,
    *,
    date_column: str,
    day_first: bool = False,
) -> Export:
    """Understand a table as a whole, in one pass before the one that hands out its posts.

    Raises:
        ExportError: a row without date or identity, two platforms in one file, no post at all.
    """
    rows = partial(_once, rows)
    survey, extremes = _RowSurvey(reading.channel, source.name), Extremes()
    stamps = settle_stamps(survey.clocked(rows, reading), reading, source.name, extremes, day_first=day_first)
    owners = {}
    for owner, count in survey.posts.items():
        first, latest = extremes.of(owner, stamps)
        owners[owner] = Span(count, first, latest, since=first)
    last = max((span.last for span in owners.values()), default=None)
    if last is not None and last >= reading.now:
        raise ExportError(
            "{source} holds a post of {last:%Y-%m-%d}, ahead of today.",
            "Is the order of day and month, or the clock of this machine, wrong?",
            source=source.name,
            last=last.astimezone(reading.zone),
        )
    reader = _Reader(source, survey.settle(), stamps, reading, date_column)
    return Export(
        name=source.name,
        digest=source.digest,
        size=source.size,
        format=kind,
        channel=reader.channel,
        entries=partial(_entries, rows, reader),
        owners=owners,
        remarks=_remarks(stamps, survey, kind),
        left_out=dict(survey.left_out),
    )


def _once(rows: Rows) -> Iterator[RowPost | str]:
    """Each post once; a row that tells of one again is none."""
    known: set[int] = set()
    for row in rows():
        if isinstance(row, str):
            yield row
            continue
        name = hash(_name(row))
        yield row if name not in known else "rows of one post"
        known.add(name)


def _name(row: RowPost) -> str:
    """What tells a post from the others of a file."""
    channel = channel_of(row.link)
    facts = CHANNELS[channel] if channel is not None else None
    if row.identity and (facts is None or facts.opaque):
        return facebook_key(row.identity, row.link)
    key = facts.post_key(row.link) if facts is not None else None
    return key or row.link or row.identity


def _entries(rows: Rows, reader: "_Reader") -> Iterator[ExportEntry]:
    seen: Counter[datetime] = Counter()
    for row in rows():
        if isinstance(row, RowPost):
            yield reader.read(row, seen)


class _RowSurvey:
    """What the first pass over all rows shows: whose they are, on which platform, what is none."""

    def __init__(self, stated: Channel | None, name: str) -> None:
        self._stated, self._name = stated, name
        self._found: Channel | None = None
        self.posts: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self.ruined = 0

    def clocked(self, rows: Rows, reading: ExportReading) -> Iterator[Clocked]:
        """Look at every row on the way to the one who settles the zone."""
        for row in rows():
            if isinstance(row, str):
                self.left_out[row] += 1
                continue
            self._take(row)
            clock = read_shortcode(row.link, now=reading.now)
            stamp = row.stamp or (clock.at.isoformat() if clock else "")
            yield row.owner, stamp, clock.at if clock else None

    def _take(self, row: RowPost) -> None:
        where = f"{self._name}, {row.place}"
        if not row.link and not row.identity:
            raise ExportError(
                "{where}: neither a link nor a number names the post.",
                "The file is cut short or was edited; or map the link with --map link=HEADING.",
                where=where,
            )
        if not row.identity and row.link and not _ADDRESS.search(row.link):
            raise ExportError(
                "{where}: {link!r} is no address of a post.",
                "Where the address opens behind a word, write the address itself into the cell.",
                where=where,
                link=row.link,
            )
        channel = channel_of(row.link) or self._stated or self._found
        if channel is None:
            raise ExportError(
                "{where}: no address on {channels}: {link!r}.",
                "Give --channel.",
                where=where,
                channels=name_channels(SOCIAL),
                link=row.link,
            )
        if self._found not in {None, channel}:
            raise ExportError(
                "{where}: a post on {channel}, others on {found}.",
                "Split the file.",
                where=where,
                channel=channel,
                found=self._found,
            )
        self._found = channel
        self.posts[row.owner] += 1
        self.ruined += row.ruined

    def settle(self) -> Channel:
        """Settle on the platform; raises ExportError where no row and no option names one."""
        found = self._found or self._stated
        if found is None:
            raise ExportError(
                "{name} holds no post.",
                "For a silent period give --channel, --account, --since and --until.",
                name=self._name,
            )
        if self._stated not in {None, found}:
            raise ExportError(
                "{name} is of {found}, not of {stated}.",
                "Leave --channel out.",
                name=self._name,
                found=found,
                stated=self._stated,
            )
        return found


@dataclass(frozen=True, slots=True)
class _Reader:
    source: ExportSource
    channel: Channel
    stamps: Stamps
    reading: ExportReading
    date_column: str

    def moment(self, row: RowPost) -> StampedMoment:
        moment = self.stamps.read(row.stamp)
        if moment is None:
            raise ExportError(
                "{source}, {place}: {stamp!r} is no date that can be read.",
                "The file is cut short or was edited; export it again.",
                source=self.source.name,
                place=row.place,
                stamp=row.stamp,
            )
        return moment

    def read(self, row: RowPost, seen: Counter[datetime]) -> ExportEntry:
        clock = read_shortcode(row.link, now=self.reading.now)
        date = date_by_clock(clock, self.source.label) if clock and not row.stamp else self.date(row, clock)
        key = self.key(row)
        if key is None:
            seen[date.at] += 1
            key = moment_key(date.at, seen[date.at])
        post = Post(key, row.link, first_line(row.text), date, row.kind, row.metrics, row.place)
        return ExportEntry(row.owner, post)

    def date(self, row: RowPost, clock: Shortcode | None) -> PostDate:
        moment, raw, column = self.moment(row), row.raw or row.stamp, row.column or self.date_column
        label, zone = self.source.label, self.reading.zone
        return date_by_file(moment.at, moment.precision, raw, column, label, clock, zone)

    def key(self, row: RowPost) -> str | None:
        """Find a row's key; None where its address is opaque and its number missing: its moment must do."""
        facts = CHANNELS[self.channel]
        if row.identity and facts.opaque:
            return facebook_key(row.identity, row.link)
        return facts.post_key(row.link)


def _remarks(stamps: Stamps, survey: _RowSurvey, kind: Format) -> tuple[str, ...]:
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
