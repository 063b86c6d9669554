"""The jury's desk: decisions, objections and the published result; appended, never changed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, insert, or_, select

from activity.agency import Channel
from activity.errors import ConfigError
from activity.jury import Objection, Override, Publication
from db.engine import reading
from db.lock import deciding
from db.post.alias import resolve_decisions
from db.schema.jury_models import AnswerRecord, ObjectionRecord, OverrideRecord, PublicationRecord
from db.schema.models import AccountRecord, AgencyRecord, PostRecord
from db.semester.seal import check_unsealed
from db.text import clean_text

__all__ = [
    "find_post",
    "load_objections",
    "load_overrides",
    "load_publication",
    "save_answer",
    "save_objection",
    "save_override",
    "save_publication",
]


def save_override(engine: Engine, override: Override) -> int:
    """Append a decision and give its number; the one it comes with is ignored.

    Raises ConfigError where the semester is sealed.
    """
    values = {
        "semester": override.semester,
        "agency": override.agency,
        "channel": override.channel,
        "action": override.action,
        "post": override.post,
        "withdraws": override.withdraws,
        "who": clean_text(override.who),
        "reason": clean_text(override.reason),
        "evidence": clean_text(override.evidence),
        "decided_at": override.decided_at,
    }
    with deciding(engine) as connection:
        check_unsealed(connection, override.semester)
        query = insert(OverrideRecord).values(values).returning(OverrideRecord.number)
        return connection.execute(query).scalar_one()


def load_overrides(engine: Engine, semester: str | None = None) -> tuple[Override, ...]:
    """Load every decision by number, of one semester or of all; a post by the key that it has today."""
    query = select(OverrideRecord.__table__).order_by(OverrideRecord.number)
    if semester is not None:
        query = query.where(OverrideRecord.semester == semester)
    with reading(engine) as connection:
        found = [Override(**row._mapping) for row in connection.execute(query)]
        return resolve_decisions(connection, found)


def save_objection(engine: Engine, objection: Objection) -> int:
    """Append an objection and give its number; the one it comes with is ignored.

    Raises ConfigError where the semester is sealed.
    """
    values = {
        "semester": objection.semester,
        "agency": objection.agency,
        "channel": objection.channel,
        "who": clean_text(objection.who),
        "reason": clean_text(objection.reason),
        "late": objection.late and clean_text(objection.late),
        "opened_at": objection.opened_at,
    }
    with deciding(engine) as connection:
        check_unsealed(connection, objection.semester)
        query = insert(ObjectionRecord).values(values).returning(ObjectionRecord.number)
        return connection.execute(query).scalar_one()


def save_answer(
    engine: Engine, number: int, *, who: str, answer: str, accepted: bool, now: datetime
) -> Objection:
    """Answer an objection; raises ConfigError where there is none, or it was answered before."""
    with deciding(engine) as connection:
        row = connection.execute(_select_objections().where(ObjectionRecord.number == number)).first()
        if row is None:
            raise ConfigError(
                "There is no objection {number:d}.", "See `denyut objection list`.", number=number
            )
        if row.closed_at is not None:
            raise ConfigError(
                "Objection {number:d} was answered on {closed_at:%Y-%m-%d} by {closed_by}.",
                "An answer stands; what has to be put right is an override.",
                number=number,
                closed_at=row.closed_at,
                closed_by=row.closed_by,
            )
        check_unsealed(connection, row.semester)
        values = {"who": clean_text(who), "answer": clean_text(answer), "accepted": accepted}
        fresh = {"objection": number, "closed_at": now, **values}
        connection.execute(insert(AnswerRecord).values(fresh))
        return _objection(
            connection.execute(_select_objections().where(ObjectionRecord.number == number)).one()
        )


def load_objections(engine: Engine, semester: str | None = None) -> tuple[Objection, ...]:
    """Load every objection by number, with its answer, of one semester or of all."""
    query = _select_objections().order_by(ObjectionRecord.number)
    if semester is not None:
        query = query.where(ObjectionRecord.semester == semester)
    with reading(engine) as connection:
        return tuple(_objection(row) for row in connection.execute(query))


def _select_objections() -> Select[*tuple[Any, ...]]:
    return select(
        ObjectionRecord.__table__,
        AnswerRecord.who.label("closed_by"),
        AnswerRecord.answer,
        AnswerRecord.accepted,
        AnswerRecord.closed_at,
    ).outerjoin(AnswerRecord, AnswerRecord.objection == ObjectionRecord.number)


def _objection(row: Row[*tuple[Any, ...]]) -> Objection:
    return Objection(**row._mapping)


def save_publication(engine: Engine, publication: Publication) -> Publication:
    """Record the first publication of a semester's result; a later one changes nothing.

    Returns the one that stands. Raises ConfigError where the semester is sealed.
    """
    with deciding(engine) as connection:
        known = _find_publication(connection, publication.semester)
        if known is not None:
            return known
        check_unsealed(connection, publication.semester)
        values = {
            "semester": publication.semester,
            "published_at": publication.published_at,
            "who": clean_text(publication.who),
            "until": publication.until,
            "ranking": publication.ranking,
        }
        connection.execute(insert(PublicationRecord).values(values))
    return publication


def load_publication(engine: Engine, semester: str) -> Publication | None:
    """Load when the semester's result was first published, None before that."""
    with reading(engine) as connection:
        return _find_publication(connection, semester)


def _find_publication(connection: Connection, semester: str) -> Publication | None:
    query = select(PublicationRecord.__table__).where(PublicationRecord.semester == semester)
    row = connection.execute(query).first()
    return None if row is None else Publication(**row._mapping)


def find_post(
    engine: Engine, agency: str, channel: Channel, keys: Iterable[str], urls: Iterable[str]
) -> str | None:
    """Find the key of the agency's post on a channel that has one of these keys or addresses."""
    query = (
        select(PostRecord.key)
        .join(AccountRecord, AccountRecord.id == PostRecord.account_id)
        .join(AgencyRecord, AgencyRecord.id == AccountRecord.agency_id)
        .where(
            AgencyRecord.slug == agency,
            AccountRecord.channel == channel,
            or_(PostRecord.key.in_(list(keys)), PostRecord.url.in_(list(urls))),
        )
        .order_by(AccountRecord.id.desc(), PostRecord.key)
        .limit(1)
    )
    with reading(engine) as connection:
        return connection.execute(query).scalar()
