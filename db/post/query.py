"""Reads: what a crawl, a ranking and a person ask of the database."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, Row, Select, or_, select

from activity.agency import Channel
from activity.post import DateEvidence, PostKind, Precision
from db.engine import reading
from db.post.claim import unpack_evidence
from db.schema.models import AccountRecord, AgencyRecord, PostRecord
from db.text import clean_text, stored_key

__all__ = [
    "PostRow",
    "find_posts",
    "load_named_posts",
    "load_post_days",
    "load_posts",
]

_STREAM = 1000
_EVIDENCE = -3
"""Its place among the columns of a post, as among the fields of `PostRow`."""


@dataclass(frozen=True, slots=True)
class PostRow:
    """One stored post with whose it is.

    Attributes:
        agency: slug.
        address: the account's.
        published_at: None where no trustworthy date was found.
        local_day: None where the day is not certain.
        redated: whether it once claimed another day.
    """

    agency: str
    name: str
    level: str
    channel: Channel
    address: str
    key: str
    url: str
    title: str
    kind: PostKind
    published_at: datetime | None
    precision: Precision | None
    local_day: date | None
    contested: bool
    redated: bool
    evidence: tuple[DateEvidence, ...]
    first_seen: datetime
    last_seen: datetime


def load_posts(
    engine: Engine,
    *,
    agency: str | None = None,
    channel: Channel | None = None,
    since: date | None = None,
    until: date | None = None,
    keys: Collection[str] | None = None,
) -> Iterator[PostRow]:
    """Load posts by agency, channel and day, streamed; those without a certain day come first.

    `[since, until)` are local days; with either, posts without a certain day are left out.

    Args:
        keys: of these alone; a few hundred at most.
    """
    query = _select_posts()
    if agency is not None:
        query = query.where(AgencyRecord.slug == agency)
    if channel is not None:
        query = query.where(AccountRecord.channel == channel)
    if since is not None:
        query = query.where(PostRecord.local_day >= since)
    if until is not None:
        query = query.where(PostRecord.local_day < until)
    if keys is not None:
        query = query.where(PostRecord.key.in_(keys))
    with reading(engine) as connection:
        rows = connection.execution_options(yield_per=_STREAM).execute(query)
        for row in rows:
            yield _post_row(row)


def load_post_days(
    engine: Engine, agency: str, channel: Channel, since: date, until: date
) -> tuple[tuple[str, date], ...]:
    """Load keys and days alone of what `load_posts` gives for these, in no order: a tenth of its time."""
    query = (
        select(PostRecord.key, PostRecord.local_day)
        .join(AccountRecord, AccountRecord.id == PostRecord.account_id)
        .join(AgencyRecord, AgencyRecord.id == AccountRecord.agency_id)
        .where(AgencyRecord.slug == agency, AccountRecord.channel == channel)
        .where(PostRecord.local_day >= since, PostRecord.local_day < until)
    )
    with reading(engine) as connection:
        return tuple((key, day) for key, day in connection.execute(query) if day is not None)


def load_named_posts(
    engine: Engine, channel: Channel, agencies: Collection[str], named: Collection[str]
) -> tuple[PostRow, ...]:
    """Load the posts of these agencies on a channel that have one of these addresses or keys."""
    query = _select_posts().where(
        AccountRecord.channel == channel,
        AgencyRecord.slug.in_(agencies),
        or_(PostRecord.url.in_(named), PostRecord.key.in_(named)),
    )
    with reading(engine) as connection:
        return tuple(_post_row(row) for row in connection.execute(query))


def find_posts(
    engine: Engine, text: str, *, agency: str | None = None, channel: Channel | None = None, most: int
) -> tuple[PostRow, ...]:
    """Find the posts with this key or address; where none has it, some that have it in one of them."""
    text = clean_text(text)
    if not text:
        return ()
    query = _select_posts()
    if agency is not None:
        query = query.where(AgencyRecord.slug == agency)
    if channel is not None:
        query = query.where(AccountRecord.channel == channel)
    bare = text.rstrip("/")
    keys = {text, bare, stored_key(text)}
    whole = or_(PostRecord.key.in_(keys), PostRecord.url.in_({text, bare, f"{bare}/"}))
    part = or_(
        PostRecord.url.icontains(text, autoescape=True), PostRecord.key.icontains(text, autoescape=True)
    )
    with reading(engine) as connection:
        for which in (whole, part):
            found = tuple(_post_row(row) for row in connection.execute(query.where(which).limit(most)))
            if found:
                return found
    return ()


def _select_posts() -> Select[*tuple[Any, ...]]:
    columns: tuple[Any, ...] = (
        AgencyRecord.slug.label("agency"),
        AgencyRecord.name,
        AgencyRecord.level,
        AccountRecord.channel,
        AccountRecord.address,
        PostRecord.key,
        PostRecord.url,
        PostRecord.title,
        PostRecord.kind,
        PostRecord.published_at,
        PostRecord.precision,
        PostRecord.local_day,
        PostRecord.contested,
        PostRecord.redated,
        PostRecord.evidence,
        PostRecord.first_seen,
        PostRecord.last_seen,
    )
    return (
        select(*columns)
        .join(AccountRecord, AccountRecord.id == PostRecord.account_id)
        .join(AgencyRecord, AgencyRecord.id == AccountRecord.agency_id)
        .order_by(
            AgencyRecord.slug,
            AccountRecord.channel,
            PostRecord.local_day.asc().nulls_first(),
            PostRecord.published_at,
            PostRecord.key,
        )
    )


def _post_row(row: Row[*tuple[Any, ...]]) -> PostRow:
    """A row of `_select_posts`, whose columns stand in the order of the fields."""
    values = list(row)
    values[_EVIDENCE] = unpack_evidence(values[_EVIDENCE])
    return PostRow(*values)
