"""Captures of the Zeeschuimer browser extension: what a person saw go by, one JSON object a line.

Each line holds one item as the platform sent it, and on which page it was met. 4CAT hands the same items on
with the envelope under `__import_meta`. A file is read a line at a time, as often as is needed.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from activity.channel import CHANNELS, channel_of
from activity.errors import ExportError
from crawler.exports.captured import ITEM_READERS, Captured, format_moment
from crawler.exports.document import load_document
from crawler.exports.export import Export, Format, Reading, Span
from crawler.exports.saved_node import read_unix
from crawler.exports.source import Source
from crawler.exports.tabular import RowPost, read_rows
from crawler.visits.meta.shortcode import read_shortcode

__all__ = ["is_capture", "read_capture"]

_MOST_LINE: Final = 10_000_000
_MOST_LINES: Final = 300_000
_MOST_BLANK: Final = 20
_ENVELOPE: Final = "__import_meta"
_TWICE: Final = "captures of one post"
_NOT_UNDERSTOOD: Final = frozenset({"items that are not understood", "posts without a moment"})
# Lists that a profile's page loads besides that of its own posts.
_OTHER_LISTS: Final = re.compile("repost|favorite|liked|collection|related|recommend|search|comment")
_TOLERANCE: Final = timedelta(minutes=5)

Record = Mapping[str, Any]


def is_capture(path: Path) -> bool:
    """Whether the first line that is not blank is an item with the page on which it was met."""
    with path.open("rb") as file:
        lines = (_bare(file.readline(_MOST_LINE)) for _ in range(_MOST_BLANK))
        line = next((line for line in lines if line), b"")
    with suppress(ValueError, RecursionError):
        record = json.loads(line)
        return isinstance(record, dict) and (
            isinstance(record.get(_ENVELOPE), dict) or {"data", "source_platform"} <= set(record)
        )
    return False


def read_capture(source: Source, reading: Reading) -> Export:
    """Understand a capture as a whole.

    Days without a post become known only where posts of one account were met on its own profile, one after
    another from the newest on: from the oldest of them until the profile was looked at.

    Raises:
        ExportError: a line that is cut short or no item, two platforms in one file, no post at all.
    """
    survey = _survey(source, reading)
    export = read_rows(
        source, Format.CAPTURE, partial(_rows, source, reading, survey), reading, date_column="taken_at"
    )
    owners = {owner: _extend(span, survey.visits[owner]) for owner, span in export.owners.items()}
    remark = "a capture tells of silent days only where the profile itself was scrolled through"
    return replace(export, owners=owners, remarks=(*export.remarks, remark))


@dataclass(slots=True)
class _Visit:
    """One look at a profile: its own posts by their keys, in the order in which they came.

    Attributes:
        spoiled: whether something in its list was not understood.
    """

    moments: dict[str, datetime] = field(default_factory=dict)
    seen_at: datetime | None = None
    spoiled: bool = False


@dataclass(slots=True)
class _Survey:
    """What the first pass shows: which line tells most of each post, and the looks at each profile."""

    best: dict[str, tuple[bool, int]] = field(default_factory=dict)
    visits: dict[str, dict[str, _Visit]] = field(default_factory=lambda: defaultdict(dict))

    def take(self, line: int, record: Record, found: Captured | str, at: datetime | None) -> None:
        """Look at one line; `at` is when its post was published."""
        envelope = _envelope(record)
        profile = _find_profile(envelope)
        if isinstance(found, str):
            if profile and found in _NOT_UNDERSTOOD:
                self._visit(profile, envelope).spoiled = True
            return
        known = self.best.get(found.key)
        if known is None or found.whole >= known[0]:
            self.best[found.key] = (found.whole, line)
        if profile == found.owner and at is not None:
            self._visit(profile, envelope).moments.setdefault(found.key, at)

    def _visit(self, profile: str, envelope: Record) -> _Visit:
        visit = self.visits[profile].setdefault(str(envelope.get("nav_index", "")), _Visit())
        collected = envelope.get("timestamp_collected")
        at = read_unix(collected // 1000) if isinstance(collected, int) else None
        if at is not None:
            visit.seen_at = at if visit.seen_at is None else min(visit.seen_at, at)
        return visit


def _survey(source: Source, reading: Reading) -> _Survey:
    survey = _Survey()
    for line, record in _records(source):
        found = _read_item(record, reading)
        survey.take(
            line, record, found, _find_moment(found, reading) if isinstance(found, Captured) else None
        )
    return survey


def _rows(source: Source, reading: Reading, survey: _Survey) -> Iterator[RowPost | str]:
    for line, record in _records(source):
        found = _read_item(record, reading)
        if isinstance(found, str):
            yield found
        elif survey.best[found.key][1] != line:
            yield _TWICE
        else:
            yield RowPost(
                place=f"line {line}",
                owner=found.owner,
                identity=found.key,
                link=found.link,
                stamp=format_moment(found.moment) if found.moment is not None else "",
                text=found.text,
                kind=found.kind,
                metrics=found.metrics,
                raw=found.raw,
                column=found.column,
            )


def _records(source: Source) -> Iterator[tuple[int, Record]]:
    """Every line that holds anything, by its number; raises ExportError for one that is no JSON object."""
    with source.path.open("rb") as file:
        for number in range(1, _MOST_LINES + 2):
            line = file.readline(_MOST_LINE + 1)
            if not line:
                return
            if len(line) > _MOST_LINE or number > _MOST_LINES:
                raise ExportError(
                    f"{source.name} is larger than any capture.", "Capture fewer profiles at once."
                )
            if not (body := _bare(line)):
                continue
            record = load_document(body, f"line {number}", source.name)
            if not isinstance(record, dict):
                raise ExportError(f"{source.name}, line {number}: no item.", "Export it again.")
            yield number, record


def _bare(line: bytes) -> bytes:
    """A line without its mark and ends, and without zeros, which some captions hold."""
    return line.strip(b"\xef\xbb\xbf \t\r\n").replace(b"\0", b"")


def _envelope(record: Record) -> Record:
    inner = record.get(_ENVELOPE)
    return inner if isinstance(inner, dict) else record


def _read_item(record: Record, reading: Reading) -> Captured | str:
    envelope = _envelope(record)
    item = record if envelope is not record else record.get("data")
    platform = str(envelope.get("source_platform") or "")
    channel = channel_of(f"//{platform}")
    read = ITEM_READERS.get(channel) if channel is not None else None
    if read is None:
        return "comments" if "comment" in platform else "items of other platforms"
    if not isinstance(item, dict):
        return "items that are not understood"
    found = read(item)
    if isinstance(found, Captured) and _find_moment(found, reading) is None:
        return "posts without a moment"
    return found


def _find_moment(found: Captured, reading: Reading) -> datetime | None:
    """When it was published; lists that show posts in part leave that to the clock in the address."""
    clock = read_shortcode(found.link, now=reading.now) if found.moment is None else None
    return found.moment if clock is None else clock.at


def _find_profile(envelope: Record) -> str:
    """Whose own list of posts the item came in; empty where it came otherwise."""
    address, asked = str(envelope.get("source_platform_url") or ""), str(envelope.get("source_url") or "")
    try:
        channel, path, call = channel_of(address), urlsplit(address).path, urlsplit(asked).path
    except ValueError:
        return ""
    steps = [step for step in path.split("/") if step]
    if channel is None or len(steps) != 1 or _OTHER_LISTS.search(call):
        return ""
    with suppress(ValueError):
        return CHANNELS[channel].parse(address) or ""
    return ""


def _extend(span: Span, visits: Mapping[str, _Visit]) -> Span:
    """What looks at the profile make known: each from the oldest of its run until it was looked at.

    Looks are joined, the newest first, where one reaches back to the one before it.
    """
    looks = sorted(
        (
            (visit.seen_at, since)
            for visit in visits.values()
            if visit.seen_at is not None and (since := _find_run(visit)) is not None
        ),
        reverse=True,
    )
    if not looks:
        return replace(span, since=None)
    until, since = looks[0]
    for seen_at, earlier in looks[1:]:
        if seen_at >= since:
            since = min(since, earlier)
    return replace(span, since=since, until=max(until, span.last))


def _find_run(visit: _Visit) -> datetime | None:
    """The oldest of the posts that follow one another, newest first, to the list's end.

    Pinned posts stand first whatever their age; of a single post it cannot be known whether it is pinned.
    """
    moments = list(visit.moments.values())
    if visit.spoiled or visit.seen_at is None or not moments:
        return None
    start = len(moments) - 1
    while start > 0 and moments[start - 1] >= moments[start]:
        start -= 1
    run = moments[start:]
    fits = len(run) > 1 and run[0] == max(moments) and run[0] <= visit.seen_at + _TOLERANCE
    return run[-1] if fits else None
