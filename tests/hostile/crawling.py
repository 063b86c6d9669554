"""The real `denyut crawl` over the six sites, in a process of its own, with what it took."""

import importlib
import os
import resource
import shutil
import sqlite3
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from activity.visit import Harvest, Target, Visit
from crawler.visits.site import website
from tests.hostile.serving import GOOD, HOSTILE, Town

SECONDS = 45.0
CPU_SECONDS = 30.0


@dataclass(frozen=True)
class Crawled:
    """What one crawl came to.

    Attributes:
        good: how many of the good sites were read, each of their posts stored.
        cpu: of the crawl and all that it started, in seconds.
    """

    code: int
    good: int
    outcome: str
    detail: str
    posts: int
    seconds: float
    cpu: float
    said: str

    @property
    def faults(self) -> str:
        """What is wrong with it, in words; empty where nothing is."""
        found = []
        if self.code:
            found.append(f"ended with {self.code}: {self.said[-300:]}")
        if self.good < len(GOOD):
            found.append(f"only {self.good} of {len(GOOD)} good sites")
        if self.seconds > SECONDS or self.cpu > CPU_SECONDS:
            found.append(f"{self.seconds:.0f} s, {self.cpu:.0f} s of CPU")
        if self.outcome in {"", "crashed"}:
            found.append(f"outcome {self.outcome or 'none'}: {self.detail}")
        return "; ".join(found)


def _hang_in(address: str) -> None:
    """Make one account's visit compute for ever, in this process and the shards that are forked from it."""
    visits: Any = website
    honest = visits.visit

    def visit(target: Target) -> Visit:
        while target.account.address == address:
            pass
        harvest: Harvest = yield from honest(target)
        return harvest

    visits.visit = visit


class Office:
    """A folder with a database whose accounts are the town's six sites."""

    def __init__(self, folder: Path, town: Town) -> None:
        self.folder = folder
        self.town = town
        # Once, for all that are forked: two seconds of CPU a crawl.
        importlib.import_module("crawler.shards.process").load_parts()
        importlib.import_module("crawler.run")
        registry = folder / "registry.csv"
        hosts = [*GOOD, HOSTILE]
        lines = [f"a{n},Dinas {n},skpd,{town.address(host)}" for n, host in enumerate(hosts)]
        registry.write_text("\n".join(["slug,name,level,website", *lines]) + "\n", encoding="utf-8")
        self._clean = folder / "clean.db"
        code, _, said = self._run(["init"], self._clean)
        assert code == 0, said
        code, _, said = self._run(["agencies", "import", str(registry)], self._clean)
        assert code == 0, said

    def crawl(self, name: str, *, hangs: bool = False) -> Crawled:
        """Crawl a fresh copy of the database once; where it `hangs`, the hostile site's visit never ends."""
        path = self.folder / f"{name}.db"
        for part in self.folder.glob("clean.db*"):
            shutil.copyfile(part, self.folder / part.name.replace("clean", name, 1))
        start = time.monotonic()
        code, cpu, said = self._run(["crawl"], path, hangs=hangs)
        seconds = time.monotonic() - start
        with closing(sqlite3.connect(path)) as connection:
            rows = connection.execute(
                "SELECT account.address, snapshot.outcome, snapshot.detail, snapshot.posts_new FROM snapshot "
                "JOIN account ON account.id = snapshot.account_id"
            ).fetchall()
        for part in self.folder.glob(f"{name}.db*"):
            part.unlink()
        told = {address: (outcome.lower(), detail, posts) for address, outcome, detail, posts in rows}
        outcome, detail, posts = told.pop(self.town.address(HOSTILE), ("", "", 0))
        good = sum(outcome == "ok" and posts == 4 for outcome, _, posts in told.values())
        return Crawled(code, good, outcome, detail, posts, seconds, cpu, said)

    def _run(self, arguments: list[str], database: Path, *, hangs: bool = False) -> tuple[int, float, str]:
        """Run a command in a forked child: its code, its CPU seconds, what it said on standard error."""
        said = self.folder / "stderr.txt"
        child = os.fork()
        if child == 0:
            if hangs:
                _hang_in(self.town.address(HOSTILE))
            os._exit(self._become(arguments, database, said))
        deadline = time.monotonic() + 4 * SECONDS
        while True:
            done, status, usage = os.wait4(child, os.WNOHANG)
            if done:
                break
            if time.monotonic() > deadline:
                os.kill(child, 9)
            time.sleep(0.02)
        return os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, said.read_text("utf-8")

    def _become(self, arguments: list[str], database: Path, said: Path) -> int:
        # A hang must end even where nothing else ends it.
        resource.setrlimit(resource.RLIMIT_CPU, (2 * int(CPU_SECONDS), 2 * int(CPU_SECONDS) + 5))
        target = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(target, 1)
        os.dup2(target, 2)
        for name in [name for name in os.environ if name.startswith("DENYUT_")]:
            del os.environ[name]
        os.environ |= {
            "DENYUT_DATABASE": f"sqlite:///{database}",
            "DENYUT_TIMEZONE": "Asia/Makassar",
            "DENYUT_ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8",
            "DENYUT_CONTACT": "uji@example.invalid",
            "DENYUT_DELAY": "0",
            "DENYUT_WAVES": "1",
            "DENYUT_TIMEOUT": "2",
            "DENYUT_NOW": self.town.now.isoformat(),
        }
        try:
            from cli.main import main

            main(arguments)
        except SystemExit as end:
            return end.code if isinstance(end.code, int) else int(bool(end.code))
        except BaseException as error:  # noqa: BLE001 - the child of a fork must never go on as its parent
            sys.stderr.write(repr(error))
            return 70
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
        return 0
