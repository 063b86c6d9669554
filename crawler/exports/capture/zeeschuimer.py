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
from urllib.parse import parse_qs, urlsplit

from activity.channel import CHANNELS, channel_of
from activity.errors import ExportError
from crawler.exports.capture.item import ITEM_READERS, CapturedPost, format_moment
from crawler.exports.document import load_document
from crawler.exports.export import NOT_UNDERSTOOD, Export, ExportReading, Format, Span
from crawler.exports.saved.node import read_unix
from crawler.exports.source import ExportSource
from crawler.exports.table.post import RowPost, read_rows
from crawler.visits.meta.shortcode import read_shortcode

__all__ = ["is_capture", "read_capture"]

_MOST_LINE: Final = 10_000_000
_MOST_LINES: Final = 300_000
_MOST_BLANK: Final = 20
# As many as either platform lets an account pin.
_MOST_PINNED: Final = 3
_ENVELOPE: Final = "__import_meta"
_TWICE: Final = "captures of one post"
# Lists that a profile's page loads besides that of its own posts.
_OTHER_LISTS: Final = re.compile("repost|favorite|liked|collection|related|recommend|search|comment")
# TikTok shows a profile by date, and on request by favour or from the oldest on.
_SORTED: Final = "post_item_list_request_type"
_TOLERANCE: Final = timedelta(minutes=5)

Record = Mapping[str, Any]


def is_capture(path: Path) -> bool:
    """Tell whether the first line that is not blank is an item with the page on which it was met."""
    with path.open("rb") as file:
        lines = (_bare(file.readline(_MOST_LINE)) for _ in range(_MOST_BLANK))
        line = next((line for line in lines if line), b"")
    with suppress(ValueError, RecursionError):
        record = json.loads(line)
        return isinstance(record, dict) and (
            isinstance(record.get(_ENVELOPE), dict) or {"data", "source_platform"} <= set(record)
        )
    return False


def read_capture(source: ExportSource, reading: ExportReading) -> Export:
    """Understand a capture as a whole.

    Days without a post become known only where posts of one account were met in the list of its own profile,
    one after another from the head on: from the oldest of them until the profile was opened.

    Raises:
        ExportError: a line that is cut short or no item, two platforms in one file, no post at all.
    """
    survey = _survey(source, reading)
    export = read_rows(
        source, Format.CAPTURE, partial(_rows, source, reading, survey), reading, date_column="taken_at"
    )
    by_word = NOT_UNDERSTOOD.isdisjoint(export.left_out)
    owners = {
        owner: replace(_extend(span, survey.visits[owner]), by_word=by_word)
        for owner, span in export.owners.items()
    }
    remark = "silent days are known only where a profile was scrolled from its head on, or by --since"
    return replace(export, owners=owners, remarks=(*export.remarks, remark))


@dataclass(slots=True)
class _Visit:
    """One look at a profile.

    Attributes:
        met: when its own posts were published, by their keys, in the order in which they came.
        seen_at: when the first of them came.
        headed: whether the head of its list is there, in which pinned posts stand.
        spoiled: whether something in its list was not understood.
    """

    met: dict[str, datetime] = field(default_factory=dict)
    seen_at: datetime | None = None
    headed: bool = False
    spoiled: bool = False


@dataclass(slots=True)
class _CaptureSurvey:
    """What the first pass shows: which line tells most of each post, and the looks at each profile."""

    best: dict[str, tuple[bool, int]] = field(default_factory=dict)
    visits: dict[str, dict[str, _Visit]] = field(default_factory=lambda: defaultdict(dict))

    def take(self, line: int, record: Record, found: CapturedPost | str, at: datetime | None) -> None:
        """Look at one line; `at` is when its post was published."""
        envelope = _envelope(record)
        profile = _find_profile(envelope)
        if isinstance(found, str):
            if profile and found in NOT_UNDERSTOOD:
                self._visit(profile, envelope).spoiled = True
            return
        known = self.best.get(found.key)
        if known is None or found.whole >= known[0]:
            self.best[found.key] = (found.whole, line)
        if profile == found.owner and at is not None:
            self._visit(profile, envelope).met.setdefault(found.key, at)

    def _visit(self, profile: str, envelope: Record) -> _Visit:
        visit = self.visits[profile].setdefault(str(envelope.get("nav_index", "")), _Visit())
        collected = envelope.get("timestamp_collected")
        at = read_unix(collected // 1000) if isinstance(collected, int) else None
        if at is not None:
            visit.seen_at = at if visit.seen_at is None else min(visit.seen_at, at)
        visit.headed = visit.headed or _is_head(envelope)
        return visit


def _survey(source: ExportSource, reading: ExportReading) -> _CaptureSurvey:
    survey = _CaptureSurvey()
    for line, record in _records(source):
        found = _read_item(record, reading)
        survey.take(
            line, record, found, _find_moment(found, reading) if isinstance(found, CapturedPost) else None
        )
    return survey


def _rows(source: ExportSource, reading: ExportReading, survey: _CaptureSurvey) -> Iterator[RowPost | str]:
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


def _records(source: ExportSource) -> Iterator[tuple[int, Record]]:
    """Every line that holds anything, by its number; raises ExportError for one that is no JSON object."""
    with source.path.open("rb") as file:
        for number in range(1, _MOST_LINES + 2):
            line = file.readline(_MOST_LINE + 1)
            if not line:
                return
            if len(line) > _MOST_LINE or number > _MOST_LINES:
                raise ExportError(
                    "{source} is larger than any capture.",
                    "Capture fewer profiles at once.",
                    source=source.name,
                )
            if not (body := _bare(line)):
                continue
            record = load_document(body, f"line {number}", source.name)
            if not isinstance(record, dict):
                raise ExportError(
                    "{source}, line {number}: no item.", "Export it again.", source=source.name, number=number
                )
            yield number, record


def _bare(line: bytes) -> bytes:
    """A line without its mark and ends, and without zeros, which some captions hold."""
    return line.strip(b"\xef\xbb\xbf \t\r\n").replace(b"\0", b"")


def _envelope(record: Record) -> Record:
    inner = record.get(_ENVELOPE)
    return inner if isinstance(inner, dict) else record


def _read_item(record: Record, reading: ExportReading) -> CapturedPost | str:
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
    if isinstance(found, CapturedPost) and _find_moment(found, reading) is None:
        return "posts without a moment"
    return found


def _find_moment(found: CapturedPost, reading: ExportReading) -> datetime | None:
    """When it was published; lists that show posts in part leave that to the clock in the address."""
    clock = read_shortcode(found.link, now=reading.now) if found.moment is None else None
    return found.moment if clock is None else clock.at


def _find_profile(envelope: Record) -> str:
    """Whose own list of posts the item came in; empty where it came otherwise."""
    address, asked = str(envelope.get("source_platform_url") or ""), str(envelope.get("source_url") or "")
    try:
        channel, path, call = channel_of(address), urlsplit(address).path, urlsplit(asked)
    except ValueError:
        return ""
    steps = [step for step in path.split("/") if step]
    if channel is None or len(steps) != 1 or _OTHER_LISTS.search(call.path):
        return ""
    if parse_qs(call.query).get(_SORTED, ["0"]) != ["0"]:
        return ""
    with suppress(ValueError):
        return CHANNELS[channel].parse(address) or ""
    return ""


def _is_head(envelope: Record) -> bool:
    """Whether an item came with a list's head: in the page itself, or by a call that goes on from none."""
    page, asked = urlsplit(envelope["source_platform_url"]), urlsplit(str(envelope.get("source_url") or ""))
    query = parse_qs(asked.query)
    by_call = query.get("cursor") == ["0"] or ("/feed/user/" in asked.path and "max_id" not in query)
    return by_call or asked.path.rstrip("/") == page.path.rstrip("/")


def _extend(span: Span, visits: Mapping[str, _Visit]) -> Span:
    """What looks at the profile make known, as spans of time; joined, the newest first, where they meet.

    Nothing where a post was met elsewhere that is newer than all that they make known.
    """
    runs = (_find_run(visit) for visit in visits.values())
    spans = sorted((run for run in runs if run is not None), reverse=True)
    if not spans or spans[0][0] < span.last:
        return replace(span, since=None)
    until, since = spans[0]
    for end, begin in spans[1:]:
        if end >= since:
            since = min(since, begin)
    return replace(span, since=since, until=until)


def _find_run(visit: _Visit) -> tuple[datetime, datetime] | None:
    """Until and since when the posts that follow one another, newest first, leave no gap to the list's end.

    A few pinned ones stand first, whatever their age: without the head of the list they may be missing, and
    so may newer posts; and of so few as may be pinned nobody knows which are.
    """
    met = list(visit.met.values())
    if visit.spoiled or not visit.headed or visit.seen_at is None or not met:
        return None
    start = len(met) - 1
    while start > 0 and met[start - 1] >= met[start]:
        start -= 1
    run = met[start:]
    falls = start <= _MOST_PINNED < len(met) and len(run) > 1
    if not falls or run[0] < max(met) or run[0] > visit.seen_at + _TOLERANCE:
        return None
    return max(run[0], visit.seen_at), run[-1]
