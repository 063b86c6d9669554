"""Evidence that nobody can ask for any more, found and removed."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from activity.errors import ConfigError, EvidenceError
from activity.jury import Seal
from activity.semester import Semester
from desk.keeping.evidence import open_archive
from desk.semester.lock import load_settled
from desk.semester.stage import load_progress
from desk.setting.config import Config

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from db.evidence.prune import Removal
    from scoring.jury.decision import Progress

__all__ = ["Pruned", "find_settled", "list_removals", "prune"]


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was removed.

    Attributes:
        records, size: of them, in bytes of the disk.
        problems: files that were left as they were, a line each.
    """

    records: int
    size: int
    problems: tuple[str, ...]


def find_settled(engine: "Engine", config: Config) -> Mapping[Semester, datetime]:
    """Semesters whose seal is in force and open to no objection any more, and when each was sealed."""
    from db.semester.state import load_sealed_semesters

    now, zone = config.now(), config.zone
    settled = {}
    for semester in map(Semester.parse, sorted(load_sealed_semesters(engine))):
        progress = load_progress(engine, semester, now, zone)
        seal = progress.sealed
        if (
            seal is not None
            and not progress.open_objections
            and _is_over(engine, config, semester, progress, seal)
        ):
            settled[semester] = seal.sealed_at
    return settled


def _is_over(engine: "Engine", config: Config, semester: Semester, progress: "Progress", seal: Seal) -> bool:
    """Whether no office may object; what was never published has the rubric's time from its seal on."""
    today = config.now().astimezone(config.zone).date()
    if progress.publication is not None:
        return not progress.in_time
    rubric = load_settled(engine, semester)
    days = rubric.objection_days if rubric is not None else 0
    return today > seal.sealed_at.astimezone(config.zone).date() + timedelta(days=days)


def list_removals(engine: "Engine", config: Config) -> "Iterator[Removal]":
    """Tell what could be removed now, file by file; nothing is."""
    from db.evidence.prune import plan_removals

    return plan_removals(engine, find_settled(engine, config), config.zone)


def prune(engine: "Engine", config: Config, told: Callable[[str], None]) -> Pruned:
    """Remove it; no crawl may write meanwhile, no seal be made or reopened, and no backup be made.

    Args:
        told: is given the name of each file that was written anew or removed.

    Raises ConfigError where no evidence is kept, DatabaseBusyError beside a crawl or a backup.
    """
    from db.evidence.prune import remove_records, sweep_leftovers

    archive = open_archive(config)
    if archive is None:
        raise ConfigError("DENYUT_EVIDENCE is off: there is nothing to remove.")
    records = size = 0
    problems = []
    with _alone(config):
        sweep_leftovers(engine, archive, told)
        for removal in tuple(list_removals(engine, config)):
            try:
                remove_records(engine, archive, removal, config.now())
            except EvidenceError as error:
                problems.append(error.message)
                continue
            records, size = records + len(removal.gone), size + removal.size
            told(removal.file)
    return Pruned(records, size, tuple(problems))


@contextmanager
def _alone(config: Config) -> Iterator[None]:
    from db.backup.make import LOCK
    from db.lock import DECISION, PATIENCE, hold_lock

    with (
        hold_lock(config.database_url, "crawl"),
        hold_lock(config.database_url, DECISION, patience=PATIENCE),
        hold_lock(config.database_url, LOCK),
    ):
        yield
