"""A small city whose semester a jury judges, and the machine at which it does so."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from activity.agency import Agency, Channel, RegistryEntry
from activity.outcome import Outcome
from activity.post import DateEvidence, EvidenceKind, Post, PostDate, Precision
from activity.visit import Budget, Harvest, Proof, Window
from cli.main import main
from db.nightly.run import begin_run, finish_run
from db.nightly.store import save_harvest
from db.nightly.target import load_targets
from db.office.registry import save_registry
from db.opening import open_database
from testkit.warm import WarmPython
from testkit.zone import MAKASSAR as ZONE

__all__ = ["Machine", "evening", "fill_city", "make_post"]

Done = subprocess.CompletedProcess[str]
Complaint = Callable[[Done, int], str]
_OFFICES = (
    ("dinkes", "Dinas Kesehatan", "skpd", 3),
    ("dispora", "Dinas Pemuda", "skpd", 4),
    ("bappeda", "Badan Perencanaan", "skpd", 4),
    ("kel-a", "Kelurahan A", "kelurahan", 8),
)
_NIGHTS = (date(2026, 1, 31), date(2026, 3, 31), date(2026, 6, 30))
_AFTER = "2026-07-02T10:00+08:00"


def evening(night: date) -> datetime:
    return datetime.combine(night, time(22), ZONE)


def make_post(slug: str, day: date, number: int = 0) -> Post:
    at = datetime.combine(day, time(9, number), ZONE).astimezone(UTC)
    url = f"https://{slug}.go.id/berita/{day:%Y%m%d}-{number}"
    source = f"https://{slug}.go.id/feed"
    witness = DateEvidence(EvidenceKind.FEED, "pubDate", str(at), at, Precision.MINUTE, source)
    key = f"/berita/{day:%Y%m%d}-{number}"
    return Post(key, url, f"Kegiatan {slug} {day}", PostDate(at, Precision.MINUTE, (witness,)))


def _harvest(slug: str, every: int, night: date) -> Harvest:
    first = date(2025, 12, 27)
    days = [first + timedelta(days=n) for n in range(0, (night - first).days + 1, every)]
    posts = tuple(make_post(slug, day) for day in days)
    undated = Post("/profil", f"https://{slug}.go.id/profil", "Profil")
    since = datetime.combine(first, time(), ZONE)
    return replace(Harvest(Outcome.OK, (*posts, undated)), complete_since=since, proof=Proof.OLDER_MET)


def fill_city(url: str) -> None:
    """Half a year of a small city, seen on three nights that reach back over the others."""
    engine = open_database(url, create=True)
    entries = [
        RegistryEntry(Agency(slug, name, level), {Channel.WEBSITE: f"https://{slug}.go.id/"})
        for slug, name, level, _ in _OFFICES
    ]
    save_registry(engine, entries, evening(date(2025, 12, 31)), timezone=ZONE.key)
    rhythm = {slug: every for slug, _, _, every in _OFFICES}
    for night in _NIGHTS:
        now = evening(night)
        run = begin_run(engine, night, now)
        window = Window(now - timedelta(days=200), now)
        for target in load_targets(engine, Channel.WEBSITE, run, window, ZONE, budget=Budget()):
            slug = target.account.agency
            save_harvest(engine, run, target, _harvest(slug, rhythm[slug], night))
        finish_run(engine, run, now, {})
    engine.dispose()


class Machine:
    """A jury's machine: commands in a folder of their own, at a moment that a test sets.

    Most commands run in this process, since half of such a test would be Python's own start.
    """

    def __init__(
        self, folder: Path, url: str, complaint: Complaint, python: WarmPython | None = None
    ) -> None:
        self.folder, self.complaint, self.python = folder, complaint, python
        path = os.pathsep.join(filter(None, [str(Path(__file__).parents[3]), os.environ.get("PYTHONPATH")]))
        keep = {k: v for k, v in os.environ.items() if not k.startswith("DENYUT_")}
        self.settings = (
            keep | {"DENYUT_LANG": "en"} | {"PYTHONPATH": path, "DENYUT_DATABASE": url, "DENYUT_NOW": _AFTER}
        )

    def run(self, *arguments: object) -> Done:
        out, err = io.StringIO(), io.StringIO()
        code: Any = 0
        with (
            patch.dict(os.environ, self.settings, clear=True),
            chdir(self.folder),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            try:
                main([str(each) for each in arguments])
            except SystemExit as end:
                code = end.code or 0
        return Done([str(each) for each in arguments], code, out.getvalue(), err.getvalue())

    def elsewhere(self, *arguments: object, **settings: str) -> Done:
        """The same in a Python of its own, with other settings and another order of sets."""
        return subprocess.run(
            [sys.executable, "-m", "cli", *map(str, arguments)],
            env=self.settings | settings,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def apart(self, *arguments: str) -> Done:
        """The same in a process of its own, which ends with its connections."""
        assert self.python is not None
        command = [sys.executable, "-m", "cli", *arguments]
        return self.python.run(command, env=self.settings, cwd=self.folder)

    def done(self, *arguments: object) -> str:
        done = self.run(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def json(self, *arguments: object) -> Any:
        return json.loads(self.done(*arguments, "--json"))

    def refused(self, *arguments: object, code: int = 2) -> str:
        return self.complaint(self.run(*arguments), code)

    def on(self, day: str, hour: int = 10) -> None:
        self.settings["DENYUT_NOW"] = f"{day}T{hour:02}:00+08:00"
