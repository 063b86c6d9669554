"""What a seal keeps of a semester, post by post: read once, when the semester is closed."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    Select,
    Text,
    and_,
    case,
    cast,
    column,
    func,
    or_,
    select,
    table,
    tuple_,
)
from sqlalchemy.orm import aliased

from activity.agency import Channel
from activity.arrival import Arrival
from activity.post import EvidenceKind
from activity.result.sealed import BoundedPost, SealedAccount
from activity.semester import Semester
from db.engine import reading
from db.schema.column import Day, Word
from db.schema.models import (
    AccountRecord,
    AgencyRecord,
    BasisRecord,
    ImportRecord,
    PostRecord,
    RunRecord,
    RunStatus,
    SnapshotRecord,
    WarcRecord,
)
from db.semester.arrivals import load_arrivals
from db.upsert import batched

__all__ = ["load_sealed_accounts", "load_sealed_posts"]

_STREAM = 5000
_WITNESS = {kind.value: kind for kind in EvidenceKind}
_DECODE = msgspec.json.Decoder().decode
_ENCODE = msgspec.json.Encoder(order="sorted").encode
"""Canonical JSON: keys sorted, nothing escaped that need not be."""
_COUNTED = table(
    "counted_post",
    column("account_id"),
    column("key"),
    column("channel", Word(Channel)),
    column("local_day", Day()),
)
_COMMA = ","
_Row = tuple[int, str]
"""A post by its account's number and its key."""
_FIRST, _SHOT = aliased(SnapshotRecord), aliased(SnapshotRecord)


def _digest_in(endpoint: Any) -> ColumnElement[str]:
    """The SHA-256 at the end of an import's endpoint; both engines count a text's letters from 1."""
    return func.substr(endpoint, func.length(endpoint) - 63, type_=Text())


_RECORDS = (
    select(func.aggregate_strings(WarcRecord.digest, _COMMA))
    .join(BasisRecord, BasisRecord.record_id == WarcRecord.id)
    .where(BasisRecord.account_id == PostRecord.account_id, BasisRecord.key == PostRecord.key)
    .correlate(PostRecord)
    .scalar_subquery()
)
_FILES = (
    select(func.aggregate_strings(_digest_in(_SHOT.endpoint), _COMMA))
    .join(ImportRecord, (ImportRecord.run_id == _SHOT.run_id) & (ImportRecord.account_id == _SHOT.account_id))
    .where(ImportRecord.account_id == PostRecord.account_id, ImportRecord.key == PostRecord.key)
    .correlate(PostRecord)
    .scalar_subquery()
)


def load_sealed_accounts(engine: Engine, agencies: Iterable[str]) -> tuple[SealedAccount, ...]:
    """Load every address that these agencies ever had, in the order in which they came."""
    query = (
        select(
            AgencyRecord.slug,
            AccountRecord.channel,
            AccountRecord.address,
            AccountRecord.valid_from,
            AccountRecord.valid_to,
        )
        .join(AgencyRecord, AgencyRecord.id == AccountRecord.agency_id)
        .order_by(AccountRecord.id)
    )
    wanted = set(agencies)
    with reading(engine) as connection:
        return tuple(SealedAccount(*row) for row in connection.execute(query) if row.slug in wanted)


def load_sealed_posts(
    engine: Engine, semester: Semester, as_of: date, zone: ZoneInfo
) -> Iterator[BoundedPost]:
    """Load the posts that a semester's rows are counted from, one by one, each key of a channel once.

    Those that count for a day of the semester up to `as_of`, those first seen in it whose day is not
    certain, of each agency's channel the newest one from before, and the newest that came without a day.
    """
    with reading(engine) as connection:
        last = min(as_of, semester.days()[-1])
        found = load_arrivals(connection, semester, last, zone).values()
        arrivals = {(each.account_id, each.arrival.key): each.arrival for mine in found for each in mine}
        yield from _load_counted(connection, semester, last, arrivals)
        yield from _load_before(connection, semester)


def _load_counted(
    connection: Connection, semester: Semester, last: date, arrivals: Mapping[_Row, Arrival]
) -> Iterator[BoundedPost]:
    first = semester.first_day
    counted = _select_posts().join(
        _COUNTED, and_(_COUNTED.c.account_id == PostRecord.account_id, _COUNTED.c.key == PostRecord.key)
    )
    query = counted.where(
        or_(
            PostRecord.local_day.between(semester.first_day, last),
            and_(PostRecord.local_day.is_(None), RunRecord.night.between(semester.first_day, last)),
            and_(PostRecord.local_day.is_(None), PostRecord.published_at.between(*_moments(semester))),
        )
    )
    left = dict(arrivals)
    for row in connection.execute(query, execution_options={"yield_per": _STREAM}):
        post = _sealed(row, left.pop((row.account_id, row.key), None))
        within = first <= post.first_seen <= last
        if post.day is not None or within or post.arrival or post.witness is EvidenceKind.DATELINE:
            yield post
    # What came without a day before the semester, or has its row from a copy that came after it.
    rest = counted.where(PostRecord.local_day.is_(None))
    for batch in batched(sorted(left)):
        for row in connection.execute(rest.where(tuple_(PostRecord.account_id, PostRecord.key).in_(batch))):
            yield _sealed(row, left[row.account_id, row.key])


def _moments(semester: Semester) -> tuple[datetime, datetime]:
    """The semester in any zone; which of these posts belong to it is told when they are counted."""
    start = datetime.combine(semester.first_day, time(), UTC)
    return start - timedelta(days=1), start + timedelta(days=len(semester.days()) + 1)


def _load_before(connection: Connection, semester: Semester) -> Iterator[BoundedPost]:
    newest = (
        select(PostRecord.account_id, func.max(PostRecord.local_day, type_=Day()).label("day"))
        .where(PostRecord.local_day < semester.first_day)
        .group_by(PostRecord.account_id)
        .subquery()
    )
    query = _select_posts().join(
        newest, and_(newest.c.account_id == PostRecord.account_id, newest.c.day == PostRecord.local_day)
    )
    found: dict[tuple[str, Channel], BoundedPost] = {}
    for row in connection.execute(query):
        post = _sealed(row)
        place = post.agency, post.channel
        known = found.get(place)
        # The keys are compared here: engines order texts by rules of their own.
        if known is None or (post.day, known.key, known.address) > (known.day, post.key, post.address):
            found[place] = post
    yield from found.values()


def _select_posts() -> Select[*tuple[Any, ...]]:
    return (
        select(
            AgencyRecord.slug.label("agency"),
            AccountRecord.channel,
            AccountRecord.address,
            PostRecord.account_id,
            PostRecord.key,
            PostRecord.url,
            PostRecord.title,
            PostRecord.published_at,
            PostRecord.precision,
            PostRecord.local_day.label("day"),
            RunRecord.night.label("first_seen"),
            cast(PostRecord.evidence, Text).label("evidence"),
            _RECORDS.label("records"),
            case((RunRecord.status == RunStatus.IMPORTED, _digest_in(_FIRST.endpoint))).label("first_file"),
            _FILES.label("files"),
        )
        .select_from(PostRecord)
        .join(AccountRecord, AccountRecord.id == PostRecord.account_id)
        .join(AgencyRecord, AgencyRecord.id == AccountRecord.agency_id)
        .join(RunRecord, RunRecord.id == PostRecord.first_run_id)
        .outerjoin(
            _FIRST, (_FIRST.run_id == PostRecord.first_run_id) & (_FIRST.account_id == PostRecord.account_id)
        )
    )


def _sealed(row: Row[*tuple[Any, ...]], arrival: Arrival | None = None) -> BoundedPost:
    evidence, written = _read_evidence(row.evidence)
    return BoundedPost(
        agency=row.agency,
        channel=row.channel,
        address=row.address,
        key=row.key,
        url=row.url,
        title=row.title,
        published_at=row.published_at,
        precision=row.precision,
        day=row.day,
        first_seen=row.first_seen,
        witness=_WITNESS[evidence[0]["kind"]] if evidence else None,
        evidence=sha256(written).hexdigest(),
        records=_split(row.records),
        files=_split(row.first_file, row.files),
        arrival=(arrival.met, arrival.missed) if arrival else None,
    )


def _split(*lists: str | None) -> tuple[str, ...]:
    """Digests out of texts that hold some, sorted, each once."""
    return tuple(sorted({digest for text in lists if text for digest in text.split(_COMMA)}))


def _read_evidence(text: str) -> tuple[list[dict[str, Any]], bytes]:
    """The witnesses, and as canonical JSON."""
    try:
        evidence = _DECODE(text)
        return evidence, _ENCODE(evidence)
    except ValueError:
        # Half of a surrogate pair, as a page's JSON may hold it, is no UTF-8; it keeps no semester open.
        evidence = json.loads(text)
        written = json.dumps(evidence, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return evidence, written.encode("utf-8", "surrogatepass")
