"""Tables of the pages that people sign in to."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from activity.agency import Channel
from activity.user import Role
from db.schema.base import Base, column, primary
from db.schema.column import Word

__all__ = ["MissedRecord", "SessionRecord", "UserRecord"]


class UserRecord(Base):
    """Somebody who may sign in to the pages."""

    __tablename__ = "web_user"

    id: Mapped[int] = mapped_column(primary_key=True, doc="The database's number.")
    name: Mapped[str] = column("What is typed to sign in.", unique=True)
    full: Mapped[str] = column("The person, as it stands below what they write.")
    role: Mapped[Role] = mapped_column(Word(Role), doc="`viewer`, `officer` or `jury`.")
    password: Mapped[str] = column("Scrypt's parameters, salt and digest; never the password.")
    created_at: Mapped[datetime] = column("When.")


class SessionRecord(Base):
    """A browser in which somebody has signed in; gone when they sign out, and once its time is over."""

    __tablename__ = "web_session"

    digest: Mapped[str] = primary("SHA-256 of the secret that the browser keeps.")
    user_id: Mapped[int] = mapped_column(ForeignKey("web_user.id"), index=True, doc="Who signed in.")
    until: Mapped[datetime] = column("When it ends.")


class MissedRecord(Base):
    """A post that somebody says was missed, and what an officer answered."""

    __tablename__ = "missed_post"

    number: Mapped[int] = mapped_column(primary_key=True, doc="Rises with every report.")
    agency: Mapped[str] = column("Slug of the agency.")
    channel: Mapped[Channel] = column("The channel.")
    url: Mapped[str] = column("Where the post is said to be.")
    who: Mapped[str] = column("Who says so; emptied half a year after the answer.")
    note: Mapped[str] = column("What they add; emptied with it.")
    sent_at: Mapped[datetime] = column("When.")
    closed_at: Mapped[datetime | None] = column("When it was answered; empty while it waits.")
    closed_by: Mapped[str | None] = column("Who answered.")
    answer: Mapped[str | None] = column("What was done, or why nothing.")
