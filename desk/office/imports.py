"""Files that were handed in: understood, tried, and taken in, for commands and pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from activity.message import Message
from desk.office.import_plan import Period, Planned, plan_import
from desk.setting.config import Config

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from crawler.exports.export import Export, ExportReading
    from db.nightly.store import Saved

__all__ = ["ImportLine", "plan_exports", "take_in", "understand"]


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One account's part of one file."""

    export: "Export"
    planned: Planned

    @property
    def left_out(self) -> Mapping[str, int]:
        """How many items are not taken, by reason."""
        beside = {
            Message("posts of other accounts"): self.planned.others,
            Message("posts from before --since"): self.planned.early,
        }
        return {**self.export.left_out, **{reason: count for reason, count in beside.items() if count}}


def understand(
    files: Sequence[Path],
    reading: "ExportReading",
    engine: "Engine",
    slugs: Sequence[str],
    period: Period,
    config: Config,
) -> list[ImportLine]:
    """Every file's part for every account, before anything is stored; raises what reading them raises."""
    from crawler.exports.recognise import read_exports

    return plan_exports(read_exports(files, reading), engine, slugs, period, config)


def plan_exports(
    exports: "Sequence[Export]", engine: "Engine", slugs: Sequence[str], period: Period, config: Config
) -> list[ImportLine]:
    """The same of files that were read."""
    from db.office.registry import load_agencies

    agencies = load_agencies(engine)
    return [
        ImportLine(e, planned) for e in exports for planned in plan_import(e, agencies, slugs, period, config)
    ]


def take_in(
    lines: Sequence[ImportLine], engine: "Engine", config: Config, *, dry_run: bool
) -> "tuple[Saved, ...]":
    """Store all of it or nothing; a dry run does everything and undoes it. Raises while a crawl runs."""
    from db.lock import hold_lock
    from db.nightly.imported import save_imports

    with hold_lock(config.database_url, "crawl"):
        return save_imports(engine, [line.planned.stored for line in lines], config.now(), dry_run=dry_run)
