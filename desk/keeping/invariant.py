"""Whether the database holds what is promised of it, looked at without changing anything."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from activity.errors import DamagedDatabaseError
from activity.message import Message
from desk.keeping.evidence import open_archive
from desk.keeping.handed_in import handed_in_folder
from desk.setting.config import Config

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from db.check.finding import Finding

__all__ = ["Result", "check_database"]

OnStep = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Result:
    """What a look came to.

    Attributes:
        where: the database, without a password.
        promises: how many were looked at.
        findings: those that do not hold.
    """

    where: str
    promises: int
    findings: "tuple[Finding, ...]"


def check_database(config: Config, *, quick: bool, on_step: OnStep) -> Result:
    """Look at every promise; nothing is written, and an older database is not migrated.

    Args:
        quick: leave out what reads all pages of the evidence.

    Of a damaged file only that is told: what its rows would say means nothing.
    Raises what opening a database raises.
    """
    from db.check.whole import tell_damage
    from db.engine import check_place, connect, parse_url
    from db.failure import shown

    url = parse_url(config.database_url)
    check_place(url, create=False)
    engine = connect(url)
    try:
        found = list(_look(config, engine, quick=quick, on_step=on_step))
    except DamagedDatabaseError as error:
        found = [tell_damage(error)]
    finally:
        engine.dispose()
    return Result(shown(url), len(found), tuple(each for each in found if each is not None))


def _look(config: Config, engine: "Engine", *, quick: bool, on_step: OnStep) -> "Iterator[Finding | None]":
    from db.check.finding import Finding
    from db.check.handed_in import check_handed_in
    from db.check.pages import check_pages
    from db.check.rows import check_references, check_rows
    from db.check.whole import check_seals, check_storage, check_sums
    from db.engine import reading, recognise
    from db.migration import newest_revision

    # Runs and their looks are compared, so that all of it must be of one moment.
    with reading(engine) as connection:
        revision = recognise(connection, create=False)
        if engine.dialect.name == "sqlite":
            damage = check_storage(connection)
            yield damage
            if damage is not None:
                return
        if revision != newest_revision():
            told = Message("the schema is of this version; nothing else was looked at")
            remedy = Message("Any other command backs the database up, and brings it up to date.")
            yield Finding(told, 1, (str(revision),), remedy)
            return
        yield from check_references(connection)
        yield from check_rows(connection)
        yield from check_sums(connection)
    yield from check_seals(engine, on_step)
    yield check_handed_in(engine, handed_in_folder(config), quick=quick)
    yield from check_pages(engine, open_archive(config), quick=quick, on_page=on_step)
