"""Links by which offices send files, and the files that wait for an officer."""

from datetime import datetime

from sqlalchemy import Engine, insert, select, update

from activity.errors import ConfigError
from activity.upload import LinkVerdict, Upload
from db.engine import reading, writing
from db.schema.models import UploadRecord
from db.text import clean_text

__all__ = ["close_upload", "find_link", "load_uploads", "note_sent", "save_link"]

_COLUMNS = [column for column in UploadRecord.__table__.columns if column.name != "digest"]


def save_link(engine: Engine, draft: Upload, digest: str) -> int:
    """Append a link and give its number.

    Args:
        digest: SHA-256 of its secret; the secret is not kept.
    """
    values = {
        "digest": digest,
        "agency": draft.agency,
        "channel": draft.channel,
        "month": draft.month,
        "made_at": draft.made_at,
        "made_by": clean_text(draft.made_by),
        "until": draft.until,
    }
    with writing(engine) as connection:
        query = insert(UploadRecord).values(values).returning(UploadRecord.number)
        return connection.execute(query).scalar_one()


def find_link(engine: Engine, digest: str) -> Upload | None:
    """Find the link whose secret has this digest, open or not."""
    query = select(*_COLUMNS).where(UploadRecord.digest == digest)
    with reading(engine) as connection:
        row = connection.execute(query).one_or_none()
    return None if row is None else Upload(**row._mapping)


def load_uploads(engine: Engine) -> tuple[Upload, ...]:
    """Load every link, the newest first."""
    query = select(*_COLUMNS).order_by(UploadRecord.number.desc())
    with reading(engine) as connection:
        return tuple(Upload(**row._mapping) for row in connection.execute(query))


def note_sent(engine: Engine, number: int, *, name: str, size: int, sha256: str, now: datetime) -> bool:
    """Use a link up with the file that came; False where it was used, ended or withdrawn before."""
    unused = (
        UploadRecord.number == number,
        UploadRecord.sent_at.is_(None),
        UploadRecord.closed_at.is_(None),
        UploadRecord.until > now,
    )
    values = {"sent_at": now, "name": clean_text(name), "size": size, "sha256": sha256}
    with writing(engine) as connection:
        return connection.execute(update(UploadRecord).where(*unused).values(values)).rowcount == 1


def close_upload(
    engine: Engine, number: int, verdict: LinkVerdict, *, who: str, note: str, now: datetime
) -> None:
    """Decide on a link or its file; raises ConfigError where there is nothing left to decide."""
    sent = (
        UploadRecord.sent_at.is_(None)
        if verdict is LinkVerdict.WITHDRAWN
        else UploadRecord.sent_at.is_not(None)
    )
    waits = (UploadRecord.number == number, UploadRecord.closed_at.is_(None), sent)
    values = {"closed_at": now, "closed_by": clean_text(who), "verdict": verdict, "note": clean_text(note)}
    with writing(engine) as connection:
        if connection.execute(update(UploadRecord).where(*waits).values(values)).rowcount == 0:
            raise ConfigError(
                "Nothing waits under number {number}.", "Look at the list again.", number=number
            )
