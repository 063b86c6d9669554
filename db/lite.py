"""The connection by which a SQLite file answers an analyst: it reads what is documented, and nothing else."""

import sqlite3
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

from sqlalchemy.engine import URL

from activity.errors import StoreError
from db.schema.models import Base
from db.schema.views import VIEWS

__all__ = ["open_reader"]

_STEPS = 10_000
"""Of SQLite's machine, between two looks at the clock: a millisecond or less."""
_LONGEST_PATTERN = 1000
"""Of LIKE and GLOB: a long one full of wildcards takes hours on one text, in one step that nothing ends."""
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE})
_READABLE = frozenset({*(view.name for view in VIEWS), *Base.metadata.tables, "json_each", "json_tree"})
"""What docs/database.md describes, and JSON taken apart."""
_REFUSED_FUNCTIONS = frozenset({"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"})
"""Code and files from outside; a build of SQLite may have them."""


def open_reader(url: URL, is_over: Callable[[], bool], megabytes: int | None = None) -> sqlite3.Connection:
    """Open a file for questions.

    Args:
        is_over: asked while the database works; where it says so the question is ended.
        megabytes: of memory for the answer; None in a process that does other work too, whose SQLite has but
            one bound.

    Raises StoreError where there is no file, sqlite3.Error where it cannot be read.
    """
    path = Path(str(url.database))
    if not path.is_file():
        raise StoreError("There is no database at {path}.", "Run `denyut init` to make one.", path=path)
    connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, isolation_level=None)
    with ExitStack() as on_failure:
        on_failure.callback(connection.close)
        # What is sorted stays in memory, so that the bound on memory is one on the disk too.
        for pragma in ("query_only = ON", "temp_store = MEMORY"):
            connection.execute(f"PRAGMA {pragma}").close()
        if megabytes is not None:
            connection.execute(f"PRAGMA hard_heap_limit = {megabytes * 2**20}").close()
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, megabytes * 2**17)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, _LONGEST_PATTERN)
        connection.set_progress_handler(is_over, _STEPS)
        connection.set_authorizer(_authorize)
        on_failure.pop_all()
    return connection


def _authorize(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    # Reading alone, so neither ATTACH nor a PRAGMA.
    if action == sqlite3.SQLITE_READ:
        # Without a column only rows are counted; a WITH's own name stands there too, which no list can know.
        counted = not second and not str(first).startswith(("sqlite_", "pragma_"))
        allowed = counted or first in _READABLE
    elif action == sqlite3.SQLITE_FUNCTION:
        allowed = str(second).lower() not in _REFUSED_FUNCTIONS
    else:
        allowed = action in _ALLOWED
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY
