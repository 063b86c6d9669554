"""What a post rests on, as a person can see it: each page as it was captured, and the passage that told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from activity.agency import Channel
from activity.errors import ConfigError, EvidenceError
from activity.message import Message
from activity.record import Record
from activity.result.basis import Basis, KeptRecord
from desk.keeping.evidence import open_archive
from desk.setting.config import Config

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from crawler.evidence.passage import Passage
    from db.evidence.warc import Archive
    from db.post.query import PostRow

__all__ = ["CapturedPage", "Seen", "find_one", "look_at", "see_evidence"]

_NAMED = 5


@dataclass(frozen=True, slots=True)
class CapturedPage:
    """One page that a post rests on.

    Attributes:
        record: as it was received; None where it is not there, or not as it was kept.
        problem: why it cannot be shown; empty where it can.
        is_article: whether it is the post's own page, not a list of several.
        date, title: the passages that gave them; None where the page does not show them word for word.
        same_day: where there is no `date`, the post's day as this page writes it.
    """

    kept: KeptRecord
    record: Record | None
    problem: str
    is_article: bool
    date: "Passage | None" = None
    title: "Passage | None" = None
    same_day: "Passage | None" = None

    @property
    def is_lost(self) -> bool:
        """Whether it ought to be there, and is not."""
        return self.record is None and self.kept.removed_at is None


@dataclass(frozen=True, slots=True)
class Seen:
    """A post with everything that was kept of it."""

    post: "PostRow"
    basis: Basis
    captures: tuple[CapturedPage, ...]


def find_one(
    engine: "Engine", text: str, agency: str | None = None, channel: Channel | None = None
) -> "PostRow":
    """The post that has this key or address, or alone has the text in one of them.

    Args:
        agency: only posts of the office with this slug.

    Raises ConfigError for a text that means none, or more than one.
    """
    from db.post.query import find_posts

    named = text.strip()
    found = find_posts(engine, named, agency=agency, channel=channel, most=_NAMED + 1)
    one = {(row.agency, row.channel, row.key): row for row in found}
    if len(one) == 1:
        return next(iter(one.values()))
    if not one:
        raise ConfigError(
            "No post has {text!r} as its key or address, or in it.",
            "`denyut posts --jsonl` gives the addresses of all.",
            text=named,
        )
    raise ConfigError(
        "{text!r} may be any of {names}.",
        "Name more of the address, or --agency and --channel.",
        text=named,
        names=_name_some(list(one.values())),
    )


def _name_some(rows: "Sequence[PostRow]") -> str:
    shown = "; ".join(f"{row.url or row.key} ({row.agency}, {row.channel.value})" for row in rows[:_NAMED])
    return Message("{shown} and more", shown=shown) if len(rows) > _NAMED else shown


def see_evidence(engine: "Engine", config: Config, post: "PostRow") -> Seen:
    """Everything that was kept of a post; a page that is damaged or gone is told, not raised."""
    from db.evidence.basis import find_basis

    basis = find_basis(engine, post.agency, post.channel, post.key)
    archive = open_archive(config)
    return Seen(post, basis, tuple(_capture_all(archive, config.zone, post, basis)))


def _capture_all(
    archive: "Archive | None", zone: ZoneInfo, post: "PostRow", basis: Basis
) -> Iterator[CapturedPage]:
    from crawler.evidence.passage import find_day, find_passage, read_text

    witness = post.evidence[0] if post.evidence else None
    for kept in basis.records:
        record, problem = look_at(archive, kept)
        is_article = _is_same(kept.url, post.url)
        if record is None:
            yield CapturedPage(kept, None, problem, is_article)
            continue
        text = read_text(record)
        date = find_passage(text, witness.raw, post.title) if witness else None
        same_day = None
        if date is None and post.local_day is not None:
            same_day = find_day(text, post.local_day, zone, record.fetched_at, post.title)
        yield CapturedPage(kept, record, "", is_article, date, find_passage(text, post.title), same_day)


def look_at(archive: "Archive | None", kept: KeptRecord) -> tuple[Record | None, str]:
    """The page of a record, checked against its digest, or why there is none."""
    if kept.removed_at is not None:
        return None, Message("removed after the seal, on {day:%Y-%m-%d}", day=kept.removed_at)
    if archive is None:
        return None, Message("DENYUT_EVIDENCE is off here, so that its file cannot be looked for")
    try:
        record = archive.read(kept.place)
    except EvidenceError as error:
        return None, error.message
    if record.digest != kept.digest:
        return None, Message("its file holds another page, of SHA-256 {digest}", digest=record.digest)
    return record, ""


def _is_same(one: str, other: str) -> bool:
    """Whether two addresses are one but for their scheme, `www.` and a last slash."""
    return _bare(one) == _bare(other) != ""


def _bare(url: str) -> str:
    return url.partition("#")[0].rpartition("://")[2].removeprefix("www.").rstrip("/")
