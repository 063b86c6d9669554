"""One office in a database of its own: harvests saved night after night, then a semester judged."""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

from activity.agency import Agency, Channel, RegistryEntry
from activity.flag import Flag
from activity.ranking import Standing
from activity.semester import Semester, night_of
from activity.visit import Budget, Harvest, Target, Window
from db.engine import reading
from db.nightly.run import begin_run, finish_run
from db.nightly.store import save_harvest
from db.nightly.target import load_targets
from db.office.registry import save_registry
from db.opening import open_database
from db.schema.models import PostRecord
from db.semester.activity import load_activity
from db.semester.integrity import load_trails
from desk.night.plan import is_thorough
from scoring.integrity.detect import detect_flags, plan_sieve
from scoring.judgement import judge_rows
from scoring.rubrics.rubric import load_default, parse_rubric
from tests.awkward.address import BASE
from tests.awkward.post import Life

__all__ = ["OTHER", "OWN", "Office"]

OWN, OTHER = "dinas", "sebelah"
_ADDRESSES = {OWN: f"{BASE}/", OTHER: "https://sebelah.example.go.id/"}
_Visit = Callable[[Target], Harvest]


@cache
def _template() -> Path:
    """A new database, made once a process: to make one takes longer than to read a site."""
    path = Path(tempfile.mkdtemp(prefix="awkward-")) / "new.db"
    open_database(f"sqlite:///{path}", create=True).dispose()
    return path


class Office:
    """The office, its neighbour, and a database; use it in a `with`."""

    def __init__(self, life: Life, *, neighbour: bool = False) -> None:
        self.life, self.rubric = life, parse_rubric(load_default(), "default")
        self._folder = Path(tempfile.mkdtemp(prefix="awkward-"))
        path = self._folder / "denyut.db"
        shutil.copy(_template(), path)
        self.engine = open_database(f"sqlite:///{path}")
        entries = [
            RegistryEntry(Agency(slug, slug.title(), "skpd"), {Channel.WEBSITE: address})
            for slug, address in _ADDRESSES.items()
            if neighbour or slug == OWN
        ]
        began = datetime.combine(life.since.date(), time(8), life.zone)
        save_registry(self.engine, entries, began, timezone=life.zone.key)
        self.first = night_of(life.nights[0], life.zone)

    def __enter__(self) -> "Office":
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.dispose()
        with suppress(OSError):
            shutil.rmtree(self._folder)

    def crawl(self, now: datetime, visits: Mapping[str, _Visit]) -> None:
        """One night: each office is visited and its harvest saved."""
        zone = self.life.zone
        run = begin_run(self.engine, night_of(now, zone), now)
        window = Window(self.life.since, now)
        due = load_targets(self.engine, Channel.WEBSITE, run, window, zone, budget=Budget())
        for target in due:
            seen = target.memory.seen_at and night_of(target.memory.seen_at, zone)
            thorough = is_thorough(target.account.id, run.night, self.first, seen)
            given = {name: getattr(target, name) for name in target.__dataclass_fields__}
            asked = Target(**{**given, "thorough": thorough})
            save_harvest(self.engine, run, asked, visits[target.account.agency](asked))
        finish_run(self.engine, run, now, {})

    def posts(self, slug: str = OWN) -> list[Any]:
        """Rows of the office's posts: key, url, title, local_day."""
        account = 1 + list(_ADDRESSES).index(slug)
        columns = PostRecord.key, PostRecord.url, PostRecord.title, PostRecord.local_day
        with reading(self.engine) as connection:
            return list(connection.execute(select(*columns).where(PostRecord.account_id == account)))

    def judge(self) -> tuple[Standing, tuple[Flag, ...]]:
        """The office's standing as of the last night, and its flags."""
        zone = self.life.zone
        semester = Semester.of(self.life.since.date())
        as_of: date = night_of(self.life.nights[-1], zone)
        rows = load_activity(self.engine, semester, as_of, zone)
        sieve = plan_sieve(self.rubric.integrity, semester)
        trails = load_trails(self.engine, semester, as_of, zone, sieve)
        flags = detect_flags(trails, self.rubric.integrity, semester)
        ranking = judge_rows(rows, [], self.rubric, semester, as_of, flags)
        standing = next(s for c in ranking.categories for s in c.standings if s.agency.slug == OWN)
        return standing, tuple(flag for flag in flags if flag.agency == OWN)
