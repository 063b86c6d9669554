"""One office in a database of its own: harvests saved night after night, then a semester judged."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine, select

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


class _Desk:
    """A database file and its engine, one a process: each office begins with an empty one.

    To make a database takes longer than to read a site; another engine compiles every statement anew.
    """

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="awkward-")
        self._path = Path(self._folder.name) / "denyut.db"
        self.engine = open_database(f"sqlite:///{self._path}", create=True)
        self.engine.dispose()
        self._empty = self._path.read_bytes()

    def clear(self) -> Engine:
        """Leave nothing of the office before; its connections must be closed."""
        self.engine.dispose()
        for left in self._path.parent.iterdir():
            left.unlink()
        self._path.write_bytes(self._empty)
        return self.engine


_desk = cache(_Desk)


class Office:
    """The office, its neighbour, and a database that only one office at a time has; use it in a `with`."""

    def __init__(self, life: Life, *, neighbour: bool = False, door: str = _ADDRESSES[OWN]) -> None:
        self.life, self.rubric = life, parse_rubric(load_default(), "default")
        self.engine = _desk().clear()
        entries = [
            RegistryEntry(Agency(slug, slug.title(), "skpd"), {Channel.WEBSITE: address})
            for slug, address in {**_ADDRESSES, OWN: door}.items()
            if neighbour or slug == OWN
        ]
        began = datetime.combine(life.since.date(), time(8), life.zone)
        save_registry(self.engine, entries, began, timezone=life.zone.key)
        self.first = night_of(life.nights[0], life.zone)

    def __enter__(self) -> "Office":
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.dispose()

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
