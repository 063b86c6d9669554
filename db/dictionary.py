"""Writes `docs/database.md` from the tables and views; `python -m db.dictionary` prints it."""

import sys
from collections.abc import Iterable, Iterator
from inspect import getdoc

from sqlalchemy import Column

from db.schema.column import Day, MomentColumn, Word
from db.schema.models import Base
from db.schema.views import VIEWS

__all__ = ["render_dictionary"]

_INTRODUCTION = """\
# The database

Written from the code by `python -m db.dictionary > docs/database.md`; a test fails when it is stale.

The same schema stands on SQLite (one file, write-ahead log) and on PostgreSQL. `denyut init` makes it,
every other command backs an older one up and brings it up to date, and refuses one that is not Denyut's
or that a newer Denyut wrote. Ask it with `denyut sql "SELECT …"`, which cannot write.

**For analysts: the views.** Their names and columns stay from version to version; columns are added at the
end. A *day* is an ISO date in the database's time zone, a *moment* ISO 8601 in UTC on SQLite and
`timestamptz` on PostgreSQL; `local_time` and `hour` are by the city's clock. [questions.md](questions.md)
asks them twenty questions. Inside the database the view `dictionary` says what this page says of them, and
which names are views; on PostgreSQL so do the comments that psql (`\\d+ posts`) and DBeaver show.

**For the program: the tables.** They may change with a migration, and no question needs them. There a
*moment* is whole seconds since 1970-01-01 UTC and a *day* is days since 1970-01-01, as integers on both
engines, so that both count alike. SQLite's clients list them apart from the views; to `denyut_reader` a
server gives none of them.

**The views' version** stands in `views_version`. It rises when a column means something else than before.

- **2**: `posts` has each post once. Before, a renamed handle or a moved site had its posts twice, which
  counted 34 for 17; whoever left the copies out by hand need not do so any more. `first_seen` is when the
  post was first seen under any of its addresses. New are `counts` and what stands after it, and the views
  `accounts`, `decisions`, `dictionary`, `engagement`, `engagement_history`, `flags`, `followers`, `months`,
  `ranking_metrics` and `views_version`. All others are as they were, with columns added; `overrides` and
  `objections` are also read together as `decisions`, and `monthly_activity` with what counts as `months`.
- **1**: the views of 0.1.

## Rules

- **The time zone** is recorded by the first registry and stays: a post's local day is stored, so another
  zone would mean other days.
- **A registry file adds and changes.** An agency it does not name stays as it is, since cities keep one
  file a level; one that ended gets a `valid_to`. A blank channel of an agency it does name closes the
  account. Another address closes the old account and opens a new one; an old address that comes back is
  a new row again.
- **A post** is `(account, key)`. A later harvest changes its title, address and kind. Its date is never
  given up for none, nor a day for a date that names none; of two dates of one day the finer stands.
- **Two days.** Where the site says another day in the same place (`evidence`: same kind, same `where`), that
  one stands and `redated` is set. Where another place or witness says it, the better told one stands: an
  interface before all others, then more witnesses, then the post's own page before the site's list before a
  feed; the other stays among the witnesses, and `contested` is set for good. A place whose dates move all at
  once is a generator's: the days stay. What gave way is kept in `post_claim` with its cause, `site` or
  `reading`; only the former can become a flag.
- **Other keys.** A post that turns out to be known under another key takes the new one, with its first
  sight, its history and its decisions; two rows of one post become one. `post_alias` keeps the other key
  and why; a post that comes again under it is the same.
- **A deletion** is recorded in `deleted_at` once the post's own address has answered on two nights that it
  is gone. The post stays, and loses that mark when a list shows it again.
- **A dateline alone** ("SUKAMAJU, Selasa (31/3/2026) – …") gives a post the precision `week` and no day,
  unless it came between the looks of two nights running: then its day is certain.
- **A snapshot** is what one run got from one account. Storing the same harvest again changes nothing. A
  run that was killed is resumed: accounts that have a snapshot in it are not asked again. One that saw
  nothing is replaced by a later wave of the same run (`wave`).
- **A night** is *seen* when a run of that night has a snapshot whose outcome saw the account's own list;
  *reconstructed* when a later look reaches back over the whole day (`complete_from` ≤ day ≤ `night`);
  else *unseen*. A claim that names no `proof` has no `complete_from`. So are all that version 0.1 made:
  `denyut doctor` counts them, and a new look, or the same file imported again, proves what can be proven.
- **A record** (`record`, view `records`) is a page that posts rest on, as it was received; its bytes stand
  in a WARC file of the evidence folder. `post_basis` says which post rests on which. A post that the site
  changed rests on the pages of both versions. An imported one rests on its file: the `endpoint` of its
  run's snapshot has the SHA-256, `post_import` the line. `removed_at` says that the page was removed by
  `denyut evidence prune`, after the seals of all its posts; the row stays.
- **What people decide** (`jury_override`, `objection`, `objection_answer`, `publication`, `seal`,
  `seal_part`, `seal_reopening`) is appended, never changed; nothing is added to a sealed semester.
- **`denyut check`** looks whether all this holds, and changes nothing: whatever a row names is there; a run
  that has ended says when, one at most is open, and a finished one's sums are those of its looks; a look
  belongs to its run's night, and an import makes none seen; a post was found by a look, is there once
  whatever its other keys, and its day fits its moment; every record is in its file with its SHA-256, and no
  two overlap; an agency does not descend from itself; seals follow each other, and each archive has the
  SHA-256 that was sealed; a settled rubric is what it was; the file of SQLite is whole
  (where it is not, nothing else is looked at).
"""


def render_dictionary() -> str:
    """Write the whole page."""
    return "\n".join([_INTRODUCTION, *_views(), *_tables()]).rstrip() + "\n"


def _views() -> Iterator[str]:
    yield "## Views\n"
    yield from _table(("view", "what it tells"), ((view.name, view.about) for view in VIEWS))
    for view in VIEWS:
        yield f"### {view.name}\n\n{view.about}\n"
        yield from _table(("column", "meaning"), view.columns.items())


def _tables() -> Iterator[str]:
    yield "## Tables\n"
    about = {mapper.local_table: getdoc(mapper.class_) or "" for mapper in Base.registry.mappers}
    for table in Base.metadata.tables.values():
        yield f"### {table.name}\n\n{about[table]}\n"
        rows = ((column.name, _type(column), _marks(column), column.doc or "") for column in table.columns)
        yield from _table(("column", "type", "", "meaning"), rows)
    yield "`alembic_version` holds the schema's revision.\n"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for name, *rest in rows:
        yield f"| `{name}` | {' | '.join(rest)} |"
    yield ""


def _type(column: Column[object]) -> str:
    match column.type:
        case MomentColumn():
            return "moment"
        case Day():
            return "day"
        case Word():
            return "word"
        case other:
            return other.__class__.__name__.lower()


def _marks(column: Column[object]) -> str:
    marks = ["key"] if column.primary_key else []
    marks += [f"→ `{key.target_fullname}`" for key in sorted(column.foreign_keys, key=str)]
    marks += ["may be empty"] if column.nullable else []
    return ", ".join(marks)


if __name__ == "__main__":
    sys.stdout.write(render_dictionary())
