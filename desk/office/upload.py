"""One file of one month by a link of its own: sent by an office, laid aside, taken in by an officer only."""

import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe
from tempfile import mkdtemp
from typing import TYPE_CHECKING, BinaryIO

from activity.agency import Channel
from activity.errors import ConfigError
from activity.result.month import Month, find_month, list_months
from activity.semester import Semester, night_of
from activity.upload import LinkVerdict, Upload, place_file
from desk.keeping.handed_in import DRAFT, forget_closed, handed_in_folder
from desk.office.import_plan import Period
from desk.office.imports import ImportLine, plan_exports, take_in
from desk.setting.config import Config

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from crawler.exports.export import Export
    from db.nightly.store import Saved

__all__ = [
    "LIFE",
    "MOST_BYTES",
    "accept_file",
    "close_link",
    "find_open_link",
    "make_link",
    "read_month",
    "receive_file",
    "try_file",
]

LIFE = timedelta(days=14)
MOST_BYTES = 100_000_000
"""Of a file that is sent: the posts of an account for years, without its pictures."""
_BLOCK = 1 << 20
_NAME_LENGTH = 200


def read_month(text: str, config: Config) -> Month:
    """The month that `2026-03` names; raises ConfigError for one that has not begun."""
    tonight = night_of(config.now(), config.zone)
    found = re.fullmatch(r"(\d{4})-(\d{2})", text.strip())
    if found is None or not 1 <= int(found[2]) <= 12 or not 2000 <= int(found[1]) <= tonight.year:
        raise ConfigError("{text!r} is no month.", "Write one such as 2026-03.", text=text[:20])
    semester = Semester.of(date(int(found[1]), int(found[2]), 1))
    return find_month(list_months(semester, tonight), text)


def make_link(
    engine: "Engine", config: Config, slug: str, channel: Channel, month: Month, who: str
) -> tuple[Upload, str]:
    """A link for one office, channel and month, and its secret, which is kept nowhere."""
    from db.office.upload import save_link

    now, secret = config.now(), token_urlsafe(32)
    draft = Upload(0, slug, channel, str(month), now, who, now + LIFE)
    return replace(draft, number=save_link(engine, draft, _digest(secret))), secret


def find_open_link(engine: "Engine", secret: str, now: datetime) -> Upload | None:
    """The link of a secret where a file may still be sent by it."""
    from db.office.upload import find_link

    found = find_link(engine, _digest(secret))
    return found if found is not None and found.is_open(now) else None


def receive_file(config: Config, engine: "Engine", link: Upload, name: str, file: BinaryIO) -> None:
    """Lay a file aside and use its link up; nothing of it is read.

    Raises ConfigError for an empty or too long file, and where the link was used meanwhile.
    """
    from db.office.upload import note_sent
    from db.text import clean_text

    name = clean_text(name)[:_NAME_LENGTH]
    folder = handed_in_folder(config)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = Path(mkdtemp(dir=folder, prefix=DRAFT))
    try:
        received = draft / "received"
        size, digest = _copy(file, received)
        kept = folder / place_file(link.number, digest)
        kept.parent.mkdir(mode=0o700, exist_ok=True)
        # Sent twice at once it is the same place and the same bytes.
        received.replace(kept)
        if not note_sent(engine, link.number, name=name, size=size, sha256=digest, now=config.now()):
            raise ConfigError("This link was used already.", "Ask the officer for another one.")
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def try_file(
    config: Config, engine: "Engine", upload: Upload
) -> "tuple[Sequence[ImportLine], Sequence[Saved]]":
    """Tell what taking a file in would do; raises what reading it raises."""
    lines = _understand(config, engine, upload)
    return lines, take_in(lines, engine, config, dry_run=True)


def accept_file(config: Config, engine: "Engine", upload: Upload, who: str, note: str) -> None:
    """Take a file in as `denyut import` does, on record under a name, and delete it.

    Raises what reading it raises, then it still waits; ConfigError where it does not wait.
    """
    from db.office.upload import close_upload

    if not upload.waits:
        raise ConfigError(
            "Nothing waits under number {number}.", "Look at the list again.", number=upload.number
        )
    take_in(_understand(config, engine, upload), engine, config, dry_run=False)
    close_upload(engine, upload.number, LinkVerdict.ACCEPTED, who=who, note=note, now=config.now())
    forget_closed(engine, config)


def close_link(
    config: Config, engine: "Engine", upload: Upload, verdict: LinkVerdict, who: str, note: str
) -> None:
    """Delete a file, or withdraw a link by which none came; raises ConfigError where that does not wait.

    Args:
        verdict: rejected or withdrawn, as the officer meant it: a file that came meanwhile stays.
    """
    from db.office.upload import close_upload

    close_upload(engine, upload.number, verdict, who=who, note=note, now=config.now())
    forget_closed(engine, config)


def _understand(config: Config, engine: "Engine", upload: Upload) -> list[ImportLine]:
    """The office's own posts of its channel in the file; what others wrote in it is left out."""
    from crawler.exports.export import ExportReading
    from crawler.exports.recognise import read_exports

    path = handed_in_folder(config) / upload.place
    if not path.is_file():
        raise ConfigError("The file is no longer there.", "Reject it, and make another link.")
    exports = read_exports([path], ExportReading(config.now(), config.zone, None, upload.channel))
    lines: list[ImportLine] = []
    for export in exports:
        if export.channel is not upload.channel:
            raise ConfigError(
                "The file is of {found}, the link is for {wanted}.",
                "Reject it, and ask for the right one.",
                found=export.channel.value,
                wanted=upload.channel.value,
            )
        assert upload.sent_at is not None
        period = _period(export, read_month(upload.month, config), upload.sent_at, config)
        lines += plan_exports([export], engine, [upload.agency], period, config)
    return lines


def _period(export: "Export", month: Month, sent_at: datetime, config: Config) -> Period:
    """The month, as far as the file's own posts do not say that another period was exported.

    It tells of whole days before it can have been made: of a month that still ran, the rest is unknown.
    Raises ConfigError for a file that holds nothing, or is of another time: no silence rests on it.
    """
    zone = config.zone
    start = datetime.combine(month.first_day, time(), zone)
    end = datetime.combine(month.day(month.days[-1]) + timedelta(days=1), time(), zone)
    spans = export.owners.values()
    made = min(filter(None, (sent_at, export.saved_at, *(span.until for span in spans))))
    told = min(end, datetime.combine(made.astimezone(zone).date(), time(), zone))
    first = min((span.first for span in spans), default=end)
    last = max((span.last for span in spans), default=start)
    if first >= end or (export.format.chosen and last < start):
        raise ConfigError(
            "The file holds no post of {month}.", "Reject it, and ask for the right one.", month=str(month)
        )
    reaches_back = export.format.chosen and first < start
    until = told.date() - timedelta(days=1) if start < told and last < told else None
    return Period(None if reaches_back else month.first_day, until)


def _copy(file: BinaryIO, target: Path) -> tuple[int, str]:
    """Bytes and SHA-256 of what was copied."""
    size, digest = 0, sha256()
    with target.open("xb") as out:
        while block := file.read(_BLOCK):
            size += len(block)
            if size > MOST_BYTES:
                raise ConfigError("The file is too large.", "Send the posts alone, without pictures.")
            digest.update(block)
            out.write(block)
        out.flush()
        os.fsync(out.fileno())
    if not size:
        raise ConfigError("The file is empty.", "Choose the file that the platform made.")
    return size, digest.hexdigest()


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()
