"""Long questions asked beside a reading connection, of the same moment."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Protocol, TypeVar

from sqlalchemy import Connection, Engine, text

from db.engine import reading

__all__ = ["PutBeside", "asking_beside"]

T = TypeVar("T")

_AT_ONCE = 2
"""More would be served by no more of a small machine's processors."""


class PutBeside(Protocol):
    """How a question is put whose answer is fetched later."""

    def __call__(self, question: Callable[[Connection], T], /) -> Callable[[], T]:
        """Put a question; what is returned waits for its answer, or raises what it raised."""


@contextmanager
def asking_beside(connection: Connection) -> Iterator[PutBeside]:
    """Let a server work at long questions while others are asked of it; all are answered of one moment.

    Each has a connection of its own, which sees what `connection` does, whatever is committed meanwhile.
    SQLite cannot promise that of two connections: there a question is put when its answer is fetched.

    Args:
        connection: of `reading`, which stays open as long.

    Examples:
        with reading(engine) as connection, asking_beside(connection) as ask:
            counted = ask(lambda beside: count_posts(beside, first_day, last_day, place_of, places))
            rows = connection.execute(accounts).all()
            posts = counted()
    """
    if connection.dialect.name == "sqlite":
        yield lambda question: partial(question, connection)
        return
    moment = str(connection.execute(text("SELECT pg_export_snapshot()")).scalar_one())
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="beside") as threads:

        def ask(question: Callable[[Connection], T], /) -> Callable[[], T]:
            return threads.submit(_answer, connection.engine, moment, question).result

        yield ask


def _answer(engine: Engine, moment: str, question: Callable[[Connection], T]) -> T:
    with reading(engine) as connection:
        # The server takes it as the first word of a transaction only, and not as a value of a question.
        connection.exec_driver_sql(f"SET TRANSACTION SNAPSHOT '{moment}'")
        return question(connection)
