"""Who may sign in, and in which browsers they have."""

from datetime import datetime

from sqlalchemy import Engine, delete, insert, select, update

from activity.errors import ConfigError
from activity.user import User
from db.engine import reading, writing
from db.schema.models import SessionRecord, UserRecord
from db.text import clean_text

__all__ = [
    "delete_session",
    "delete_user",
    "find_session",
    "find_user",
    "has_users",
    "load_users",
    "save_password",
    "save_session",
    "save_user",
]

_USER = (UserRecord.name, UserRecord.full, UserRecord.role, UserRecord.created_at)


def save_user(engine: Engine, user: User, password: str) -> None:
    """Add a user with a hashed password; raises ConfigError where the name is taken."""
    values = {
        "name": user.name,
        "full": clean_text(user.full),
        "role": user.role,
        "password": password,
        "created_at": user.created_at,
    }
    with writing(engine) as connection:
        query = select(UserRecord.id).where(UserRecord.name == user.name)
        if connection.execute(query).first() is not None:
            raise ConfigError(
                "There is a user {user!r} already.",
                "Choose another name, or: denyut users password {user}",
                user=user.name,
            )
        connection.execute(insert(UserRecord).values(values))


def load_users(engine: Engine) -> tuple[User, ...]:
    """Load every user by name."""
    with reading(engine) as connection:
        rows = connection.execute(select(*_USER).order_by(UserRecord.name))
        return tuple(User(*row) for row in rows)


def has_users(engine: Engine) -> bool:
    """Tell whether anybody could sign in."""
    with reading(engine) as connection:
        return connection.execute(select(UserRecord.id).limit(1)).first() is not None


def find_user(engine: Engine, name: str) -> tuple[User, str] | None:
    """Find a user and the hashed password; None where nobody has the name."""
    with reading(engine) as connection:
        query = select(*_USER, UserRecord.password).where(UserRecord.name == clean_text(name))
        row = connection.execute(query).first()
        return None if row is None else (User(*row[:-1]), row[-1])


def save_password(engine: Engine, name: str, password: str) -> None:
    """Give a user another hashed password; whoever is signed in with the old one no longer is."""
    with writing(engine) as connection:
        number = connection.execute(select(UserRecord.id).where(UserRecord.name == name)).scalar()
        if number is None:
            raise _unknown(name)
        connection.execute(update(UserRecord).where(UserRecord.id == number).values(password=password))
        connection.execute(delete(SessionRecord).where(SessionRecord.user_id == number))


def delete_user(engine: Engine, name: str) -> None:
    """Remove a user and their sessions; what they wrote keeps their name. Raises ConfigError for nobody."""
    with writing(engine) as connection:
        number = connection.execute(select(UserRecord.id).where(UserRecord.name == name)).scalar()
        if number is None:
            raise _unknown(name)
        connection.execute(delete(SessionRecord).where(SessionRecord.user_id == number))
        connection.execute(delete(UserRecord).where(UserRecord.id == number))


def _unknown(name: str) -> ConfigError:
    return ConfigError("There is no user {name!r}.", "See `denyut users list`.", name=name)


def save_session(engine: Engine, digest: str, name: str, until: datetime, now: datetime) -> bool:
    """Remember that a user signed in; sessions that are over are forgotten. False for nobody."""
    with writing(engine) as connection:
        connection.execute(delete(SessionRecord).where(SessionRecord.until <= now))
        number = connection.execute(select(UserRecord.id).where(UserRecord.name == name)).scalar()
        if number is None:
            return False
        values = {"digest": digest, "user_id": number, "until": until}
        connection.execute(insert(SessionRecord).values(values))
        return True


def find_session(engine: Engine, digest: str, now: datetime) -> User | None:
    """Find who signed in with a secret of this SHA-256; None where it is unknown or over."""
    query = (
        select(*_USER)
        .join(SessionRecord, SessionRecord.user_id == UserRecord.id)
        .where(SessionRecord.digest == digest, SessionRecord.until > now)
    )
    with reading(engine) as connection:
        row = connection.execute(query).first()
        return None if row is None else User(*row)


def delete_session(engine: Engine, digest: str) -> None:
    """Forget that somebody signed in."""
    with writing(engine) as connection:
        connection.execute(delete(SessionRecord).where(SessionRecord.digest == digest))
