"""Promises that need more than one query: runs' sums, loops, sums of seals and rubrics, views, the file."""

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection, Engine, func, inspect, select, text

from activity.errors import DamagedDatabaseError, StoreError
from activity.message import Message
from db.check.finding import Finding
from db.check.rows import RESTORE
from db.engine import reading
from db.schema.jury_models import SealPartRecord, SemesterRubricRecord
from db.schema.models import AccountRecord, AgencyRecord, RunRecord, RunStatus, SettingRecord, SnapshotRecord
from db.schema.views import VIEWS, views_digest
from db.semester.seal import load_archive, load_seals

__all__ = ["check_seals", "check_storage", "check_sums", "tell_damage"]

_SHOWN = 5


def check_storage(connection: Connection) -> Finding | None:
    """Look whether SQLite can read every page and index of its file; only a file's database has such."""
    said = [str(line) for line in connection.execute(text("PRAGMA integrity_check(20)")).scalars()]
    return None if said == ["ok"] else _find_damage(said)


def tell_damage(error: DamagedDatabaseError) -> Finding:
    """Report the same finding of a file that SQLite gave up reading in the midst of a look."""
    return _find_damage([str(error.message)])


def _find_damage(said: list[str]) -> Finding:
    return Finding(Message("the database's file is whole"), len(said), tuple(said[:_SHOWN]), RESTORE)


def check_sums(connection: Connection) -> Iterator[Finding | None]:
    """Look at runs' sums, agencies' lines of descent, rubrics' digests, the zone and the views."""
    yield _find(
        Message("a finished run's sums are those of its looks"),
        _find_wrong_sums(connection),
        Message("Another program wrote looks into a run that was over; please report it."),
    )
    yield _find(
        Message("no agency descends from itself, or stands above itself"),
        _find_loops(connection),
        Message("Correct `predecessor` and `parent` in the registry, and import it again."),
    )
    rubrics = connection.execute(
        select(SemesterRubricRecord.semester, SemesterRubricRecord.digest, SemesterRubricRecord.text)
    )
    changed = [row.semester for row in rubrics if sha256(row.text.encode()).hexdigest() != row.digest]
    yield _find(Message("a settled rubric is what it was"), changed, RESTORE)
    settings = {row.name: row.value for row in connection.execute(select(SettingRecord.__table__))}
    yield _find(Message("the time zone is one"), _find_unknown_zone(settings), RESTORE)
    there = set(inspect(connection).get_view_names())
    lacking = [view.name for view in VIEWS if view.name not in there]
    if settings.get("views") != views_digest():
        lacking.append("setting")
    yield _find(
        Message("the views are those of this version"), lacking, Message("Any other command makes them anew.")
    )


def check_seals(engine: Engine, on_part: Callable[[int, int], None]) -> Iterator[Finding | None]:
    """Look whether every sealed archive is, byte for byte, what was sealed."""
    with reading(engine) as connection:
        total = int(connection.execute(select(func.count()).select_from(SealPartRecord)).scalar_one())
    broken, done = [], 0
    for seal in load_seals(engine):
        digest = sha256()
        try:
            for piece in load_archive(engine, seal):
                digest.update(piece)
                done += 1
                on_part(done, total)
            whole = digest.hexdigest() == seal.archive
        except StoreError:
            whole = False
        if not whole:
            broken.append(f"{seal.semester}, seal {seal.number}")
    yield _find(
        Message("a sealed archive has the SHA-256 that was sealed"),
        broken,
        Message("What was handed out is still whole: denyut verify ARCHIVE. Else restore a backup."),
    )


def _find(promise: Message, places: list[str], remedy: Message) -> Finding | None:
    return Finding(promise, len(places), tuple(places[:_SHOWN]), remedy) if places else None


def _find_wrong_sums(connection: Connection) -> list[str]:
    """Finished runs whose summary counts other looks than there are; an older version's may say none."""
    query = (
        select(SnapshotRecord.run_id, AccountRecord.channel, SnapshotRecord.outcome, func.count())
        .join(AccountRecord, AccountRecord.id == SnapshotRecord.account_id)
        .group_by(SnapshotRecord.run_id, AccountRecord.channel, SnapshotRecord.outcome)
    )
    counted: dict[int, dict[tuple[str, str], int]] = {}
    for run, channel, outcome, count in connection.execute(query):
        counted.setdefault(run, {})[channel.value, outcome.value] = count
    finished = select(RunRecord.id, RunRecord.summary).where(RunRecord.status == RunStatus.FINISHED)
    wrong = []
    for run, summary in connection.execute(finished.order_by(RunRecord.id)):
        if "outcomes" in summary:
            told = {
                (channel, outcome): count
                for channel, outcomes in summary["outcomes"].items()
                for outcome, count in outcomes.items()
            }
            if told != counted.get(run, {}):
                wrong.append(f"run {run}")
    return wrong


def _find_loops(connection: Connection) -> list[str]:
    query = select(AgencyRecord.slug, AgencyRecord.parent, AgencyRecord.predecessors)
    rows = connection.execute(query).all()
    parents = {row.slug: [row.parent] if row.parent else [] for row in rows}
    lines = {row.slug: list(row.predecessors) for row in rows}
    return sorted({slug for edges in (parents, lines) for slug in edges if _reaches(slug, edges)})


def _reaches(start: str, edges: Mapping[str, list[str]]) -> bool:
    """Whether a way leads back to where it began."""
    ahead, met = list(edges[start]), set()
    while ahead:
        slug = ahead.pop()
        if slug == start:
            return True
        if slug not in met:
            met.add(slug)
            ahead += edges.get(slug, ())
    return False


def _find_unknown_zone(settings: Mapping[str, str]) -> list[str]:
    zone = settings.get("timezone")
    try:
        if zone is not None:
            ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return [str(zone)]
    return []
