"""Promises that one query can refute: each names the rows in which it does not hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import starmap

from sqlalchemy import Connection, ForeignKeyConstraint, and_, func, select, text

from activity.message import Message
from activity.outcome import Outcome
from db.check.finding import MOST, Finding
from db.schema.models import Base

__all__ = ["PROMISES", "RESTORE", "Promise", "check_references", "check_rows"]

_SHOWN = 5
RESTORE = Message(
    "Denyut does not write that: something else changed the database, or the disk did. "
    "Restore the newest backup: denyut restore FILE --replace"
)
_REPORT = Message(
    "Please report this line with the version that wrote it; posts and looks themselves are not lost."
)
_SEEN = ", ".join(f"'{outcome.value}'" for outcome in Outcome if outcome.saw)


@dataclass(frozen=True, slots=True)
class Promise:
    """What should hold, and a query of one text column that names each place in which it does not."""

    told: Message
    broken: str
    remedy: Message = _REPORT


PROMISES = (
    Promise(
        Message("a run that has ended says when, and one that runs does not"),
        "SELECT 'run ' || id FROM run WHERE (status = 'running') <> (finished_at IS NULL)",
    ),
    Promise(
        Message("at most one run is open"),
        "SELECT 'run ' || id FROM run WHERE status = 'running' AND id < "
        "(SELECT max(id) FROM run WHERE status = 'running')",
        Message("The next crawl closes the older one; run: denyut crawl"),
    ),
    Promise(
        Message("a look belongs to its run's night"),
        "SELECT 'run ' || run.id || ', account ' || account_id FROM snapshot "
        "JOIN run ON run.id = snapshot.run_id WHERE snapshot.night <> run.night",
        RESTORE,
    ),
    Promise(
        Message("an import has a look of its account"),
        "SELECT 'run ' || id FROM run WHERE status = 'imported' "
        "AND NOT EXISTS (SELECT 1 FROM snapshot WHERE run_id = run.id)",
    ),
    Promise(
        Message("an import makes no night seen"),
        "SELECT 'run ' || run.id FROM run JOIN snapshot ON run_id = run.id WHERE status = 'imported' AND saw",
    ),
    Promise(
        Message("a look of a finished run saw the night where its outcome says so"),
        "SELECT 'run ' || run.id || ', account ' || account_id FROM run JOIN snapshot ON run_id = run.id "  # noqa: S608
        f"WHERE status = 'finished' AND saw <> (outcome IN ({_SEEN}))",
        RESTORE,
    ),
    Promise(
        Message("days are reconstructed only from a claim with its proof"),
        "SELECT 'run ' || run_id || ', account ' || account_id FROM snapshot "
        "WHERE complete_from IS NOT NULL AND (proof IS NULL OR complete_since IS NULL)",
        RESTORE,
    ),
    Promise(
        Message("a post was found by a look of its account"),
        "SELECT 'account ' || account_id || ', ' || key FROM post WHERE NOT EXISTS (SELECT 1 FROM snapshot "
        "WHERE run_id = post.first_run_id AND snapshot.account_id = post.account_id)",
        RESTORE,
    ),
    Promise(
        Message("a post's day fits its moment, and both lie between 1990 and 2100"),
        "SELECT 'account ' || account_id || ', ' || key FROM post "
        "WHERE (published_at IS NULL AND local_day IS NOT NULL) "
        "OR abs(local_day * 86400 + 43200 - published_at) > 2 * 86400 "
        "OR published_at < 631152000 OR published_at >= 4102444800",
        RESTORE,
    ),
    Promise(
        Message("a post has a moment where it has a precision"),
        "SELECT 'account ' || account_id || ', ' || key FROM post "
        "WHERE (published_at IS NULL) <> (precision IS NULL)",
        RESTORE,
    ),
    Promise(
        Message("another key of a post is no post's own, so that each post is there once"),
        "SELECT 'account ' || post_alias.account_id || ', ' || old FROM post_alias "
        "JOIN post ON post.account_id = post_alias.account_id AND post.key = old",
    ),
    Promise(
        Message("an account is closed after it was opened"),
        "SELECT 'account ' || id FROM account WHERE valid_to < valid_from",
        Message("See `denyut agencies list`; a registry was imported under a wrong clock."),
    ),
    Promise(
        Message("an agency and a channel have one open account"),
        "SELECT 'agency ' || agency_id || ', ' || channel FROM account WHERE valid_to IS NULL "
        "GROUP BY agency_id, channel HAVING count(*) > 1",
        RESTORE,
    ),
    Promise(
        Message("records of one file of the evidence do not overlap"),
        "SELECT record.file || ' at ' || record.\"offset\" FROM record WHERE removed_at IS NULL "
        "AND EXISTS (SELECT 1 FROM record AS other WHERE other.removed_at IS NULL "
        'AND other.file = record.file AND other."offset" > record."offset" '
        'AND other."offset" < record."offset" + record.length)',
        RESTORE,
    ),
    Promise(
        Message("a decision takes back an earlier one of its semester"),
        "SELECT 'decision ' || taken.number FROM jury_override AS taken JOIN jury_override AS earlier "
        "ON earlier.number = taken.withdraws "
        "WHERE earlier.number >= taken.number OR earlier.semester <> taken.semester",
        RESTORE,
    ),
    Promise(
        Message("seals of a semester are numbered from 1, each in the place of the one before"),
        "SELECT semester || ', seal ' || number FROM seal WHERE coalesce(supersedes, 0) <> number - 1 "
        "OR (number > 1 AND NOT EXISTS (SELECT 1 FROM seal AS before "
        "WHERE before.semester = seal.semester AND before.number = seal.number - 1))",
        RESTORE,
    ),
    Promise(
        Message("a seal is superseded only after somebody reopened it"),
        "SELECT later.semester || ', seal ' || later.number FROM seal AS later WHERE later.number > 1 "
        "AND NOT EXISTS (SELECT 1 FROM seal_reopening "
        "WHERE seal_reopening.semester = later.semester AND seal_reopening.seal = later.number - 1)",
        RESTORE,
    ),
    Promise(
        Message("nothing is decided on a sealed semester"),
        "SELECT jury_override.semester || ', decision ' || jury_override.number FROM jury_override "
        "JOIN seal ON seal.semester = jury_override.semester AND decided_at > sealed_at "
        "AND NOT EXISTS (SELECT 1 FROM seal_reopening WHERE seal_reopening.semester = seal.semester "
        "AND seal_reopening.seal = seal.number)",
        RESTORE,
    ),
)


def check_rows(connection: Connection) -> Iterator[Finding | None]:
    """Look at each promise; a finding where it does not hold, else None."""
    for promise in PROMISES:
        query = text(f"{promise.broken} LIMIT {MOST}")
        places = [str(place) for place in connection.execute(query).scalars()]
        yield Finding(promise.told, len(places), tuple(places[:_SHOWN]), promise.remedy) if places else None


def check_references(connection: Connection) -> Iterator[Finding | None]:
    """Look whether every row that another one names is there."""
    keys = [key for table in Base.metadata.sorted_tables for key in table.foreign_key_constraints]
    for key in sorted(keys, key=lambda key: (key.table.name, key.column_keys)):
        count = _count_dangling(connection, key)
        pairs = ", ".join(starmap("{} → {}".format, ((e.parent, e.column) for e in key.elements)))
        told = Message("what a row names is there: {pairs}", pairs=pairs)
        yield Finding(told, min(count, MOST), (), RESTORE) if count else None


def _count_dangling(connection: Connection, key: ForeignKeyConstraint) -> int:
    ours, theirs = key.table, key.referred_table.alias()
    pairs = [(element.parent, theirs.c[element.column.name]) for element in key.elements]
    there = select(1).select_from(theirs).where(and_(*(own == other for own, other in pairs))).exists()
    named = and_(*(own.is_not(None) for own, _ in pairs))
    query = select(func.count()).select_from(ours).where(named, ~there)
    return int(connection.execute(query).scalar_one())
