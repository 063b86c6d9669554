"""Opens the database that commands work with: ours or none; an older one is kept before it is migrated."""

from contextlib import AbstractContextManager, ExitStack

from sqlalchemy import Engine

from db.engine import bring_up_to_date, check_place, check_up_to_date, connect, parse_url

__all__ = ["open_database"]


def open_database(url: str, *, create: bool = False, update: bool = True) -> Engine:
    """Connect to the database at `url`, `sqlite:///file` or `postgresql://…`.

    An older database of ours is backed up and migrated; an empty one is filled with our schema when
    `create`. Without `update` an older one is refused: others work with it.
    Raises ConfigError for an address that cannot be read, ForeignDatabaseError,
    NewerDatabaseError, StoreError when there is none or it cannot be reached, BackupError where an
    older one cannot be backed up, and DatabaseBusyError where somebody else does not end doing so.
    """
    parsed = parse_url(url)
    check_place(parsed, create=create)
    engine = connect(parsed)
    with ExitStack() as on_failure:
        on_failure.callback(engine.dispose)
        if update:
            bring_up_to_date(engine, create=create, keeping=_keep)
        else:
            check_up_to_date(engine)
        on_failure.pop_all()
    return engine


def _keep(engine: Engine) -> AbstractContextManager[None]:
    # Few databases are older, and a crawl loads nothing that it has no need of.
    from db.backup.older import keeping_older  # noqa: PLC0415

    return keeping_older(engine)
