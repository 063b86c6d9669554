"""`python benchmarks/kills_apart.py [--times 30] [--engine sqlite] [--work seal]`: work killed with -9.

Import, seal, backup, restore and migration are killed at a moment that nobody chose; every second time inside
the transaction, or, of a backup, while its file is half written. Then the same command is given again, and
the database must be the one of undisturbed work, row for row; files are whole or are not there. Prints a line
for each engine and work, and ends with 1 where anything was lost, doubled or left half. `kills.py` does the
same to a crawl. Further work is one more class in `WORKS`.
"""

import argparse
import csv
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import kills
from alembic import command
from kills import ENGINES, Lite, Server, Settings, done, finish
from sqlalchemy import Engine, event

import db.backup.make
import db.backup.restore
from db.backup.package import Package
from db.engine import connect, parse_url
from db.migration import _config
from db.views import remove_views
from desk.config import load_config
from desk.invariant import check_database

LINGER = 0.03
"""Seconds that each statement of interest is held, so that a kill can meet its transaction."""
BUSY, PATIENCE = 4, 20.0
Rows = dict[str, list[str]]


class Work:
    """One kind of work: what is prepared, killed, and expected.

    Attributes:
        words: the command.
        held: beginnings of statements inside the transaction at which a kill is wanted.
    """

    name = ""
    words: tuple[str, ...] = ()
    held: tuple[str, ...] = ()

    def __init__(self, place: Lite | Server, settings: Settings, folder: Path) -> None:
        self.place, self.settings, self.folder = place, settings, folder

    def prepare(self, name: str) -> Settings:
        """A database to work on, and where its files are."""
        out = self.folder / f"{self.name}-{name}"
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        return self.settings | {
            "DENYUT_DATABASE": self.place.copy(name),
            "DENYUT_BACKUPS": str(out / "backups"),
            "KILLS_OUT": str(out),
        }

    def command(self, settings: Settings) -> list[str]:
        return [word.format(out=settings["KILLS_OUT"], folder=self.folder) for word in self.words]

    def slow_down(self, mark: Path) -> None:
        """In the process that is to be killed: hold each transaction, and leave a mark meanwhile."""

        @event.listens_for(Engine, "before_cursor_execute")
        def hold(*seen: Any) -> None:
            if seen[2].lstrip().startswith(self.held):
                mark.touch()
                time.sleep(LINGER)

        @event.listens_for(Engine, "commit")
        def let_go(_: Any) -> None:
            mark.unlink(missing_ok=True)

    def look(self, settings: Settings, before: Rows, after: Rows) -> str:
        """What the kill left: whether it is one of the two states that may be; empty where it is."""
        found = read_state(settings["DENYUT_DATABASE"])
        return "" if found in (before, after) else f"half done: {differ(found, after)}"

    def again(self, settings: Settings) -> None:
        """Give the command again; a server takes a moment to notice a dead client, and to free its lock."""
        words, deadline = self.command(settings), time.monotonic() + PATIENCE
        while (code := finish(kills.run(words, settings))) == BUSY and time.monotonic() < deadline:
            time.sleep(0.1)
        assert code == 0, f"denyut {' '.join(words)} ended with {code}: see {settings['KILLS_LOG']}"

    def files(self, settings: Settings) -> str:
        """What is wrong with files in the end; empty where nothing is."""
        left = [str(path) for path in Path(settings["KILLS_OUT"]).rglob("*.part")]
        return f"left: {left[0]}" if left else ""


class Import(Work):
    """Three hundred posts that were handed in."""

    name = "import"
    words = (
        *("import", "{folder}/posts.csv", "--map", "date=date,link=link,text=text"),
        *("--account", "diskominfo", "--channel", "instagram"),
    )
    held = ("INSERT INTO post ", "INSERT INTO snapshot")


class Seal(Work):
    """The semester before is closed, and its archive written."""

    name = "seal"
    words = ("seal", "2025-S2", "--who", "Ketua", "--early", "--reason", "uji", "--out", "{out}/arsip.zip")
    held = ("INSERT INTO ranking", "INSERT INTO seal")

    def look(self, settings: Settings, before: Rows, after: Rows) -> str:
        # Any command that ranks settles the rubric and saves the ranking by themselves, and so does this one
        # before it seals; neither closes a semester.
        found, *may_be = (
            {
                table: rows
                for table, rows in state.items()
                if not table.startswith(("ranking", "semester_rubric"))
            }
            for state in (read_state(settings["DENYUT_DATABASE"]), before, after)
        )
        return "" if found in may_be else f"half done: {differ(found, may_be[1])}"

    def again(self, settings: Settings) -> None:
        # Sealed is sealed: a second time is refused.
        if not read_state(settings["DENYUT_DATABASE"])["seal"]:
            super().again(settings)

    def files(self, settings: Settings) -> str:
        path = Path(settings["KILLS_OUT"]) / "arsip.zip"
        if path.exists() and finish(kills.run(["verify", str(path)], settings)) != 0:
            return "arsip.zip is not whole"
        return super().files(settings)


class Backup(Work):
    """A backup; the transaction is the folder of what is not whole yet."""

    name = "backup"
    words = ("backup",)
    made = 0

    def slow_down(self, mark: Path) -> None:
        pack = db.backup.make._pack

        def slow(*arguments: Any, **named: Any) -> Any:
            mark.touch()
            time.sleep(LINGER)
            packed = pack(*arguments, **named)
            time.sleep(LINGER)
            mark.unlink()
            return packed

        vars(db.backup.make)["_pack"] = slow

    def look(self, settings: Settings, before: Rows, after: Rows) -> str:
        return super().look(settings, before, after) or self._verify(settings)

    def files(self, settings: Settings) -> str:
        # Taking it back costs several times what making it does, and is killed as work of its own.
        self.made += 1
        wrong = super().files(settings) or self._verify(settings)
        return wrong or (self._take_back(settings) if self.made % 5 == 0 else "")

    def _verify(self, settings: Settings) -> str:
        for path in Path(settings["DENYUT_BACKUPS"]).glob("*.zip"):
            with Package(path) as package:
                package.verify(lambda _done, _total: None)
        return ""

    def _take_back(self, settings: Settings) -> str:
        out = Path(settings["KILLS_OUT"])
        newest = max(Path(settings["DENYUT_BACKUPS"]).glob("*.zip"))
        taken = settings | {
            "DENYUT_DATABASE": self.place.empty("taken"),
            "DENYUT_EVIDENCE": str(out / "pages"),
        }
        done(["restore", str(newest)], taken)
        done(["check"], taken)
        same = read_state(taken["DENYUT_DATABASE"]) == read_state(settings["DENYUT_DATABASE"])
        return "" if same else "the backup holds another database"


class Restore(Work):
    """A backup is taken back, into a database that is empty or one that is given up."""

    name = "restore"
    words = ("restore", "{folder}/whole.zip", "--replace")
    held = ("DROP TABLE", "RESET ALL")

    def prepare(self, name: str) -> Settings:
        backup = self.folder / "whole.zip"
        if not backup.exists():
            out = self.folder / "made"
            done(["backup", "--out", str(out)], self.settings | {"DENYUT_DATABASE": self.place.prepared})
            next(out.glob("*.zip")).rename(backup)
        settings = super().prepare(name)
        out = Path(settings["KILLS_OUT"])
        settings["DENYUT_EVIDENCE"] = str(out / "pages")
        if name.endswith("0"):
            settings["DENYUT_DATABASE"] = self.place.empty(name)
        else:
            done(["agencies", "import", str(self.folder / "other.csv")], settings)
        return settings

    def slow_down(self, mark: Path) -> None:
        super().slow_down(mark)
        watch: Any = db.backup.restore._watch
        db.backup.restore._PAGES = 16

        def slow(*arguments: Any) -> Any:  # stands in for it, with a pause after each few pages
            looked = watch(*arguments)

            def look(*steps: int) -> None:
                mark.touch()
                time.sleep(LINGER / 10)
                looked(*steps)

            return look

        vars(db.backup.restore)["_watch"] = slow

    def files(self, settings: Settings) -> str:
        looked = check_database(load_config(settings), quick=False, on_step=lambda _done, _total: None)
        return super().files(settings) or "; ".join(each.promise for each in looked.findings)


class Migration(Work):
    """The first command of a new version, on a database of the one before."""

    name = "migration"
    words = ("agencies", "list")
    held = ("CREATE TABLE", "ALTER TABLE", "CREATE VIEW", "UPDATE alembic_version")

    def prepare(self, name: str) -> Settings:
        settings = super().prepare(name)
        engine = connect(parse_url(settings["DENYUT_DATABASE"]))
        with engine.execution_options(denyut_writes=True).begin() as connection:
            remove_views(connection)
            config = _config()
            config.attributes["connection"] = connection
            command.downgrade(config, "0003")
        engine.dispose()
        return settings


# Loaded once; every command below is forked from here, a true process without the seconds of imports.
LOADED = (
    *(
        "cli.judge",
        "cli.seal_make",
        "desk.import_plan",
        "desk.imports",
        "crawler.exports",
        "db.imported",
        "db.sealed",
    ),
    *("desk.backup", "desk.invariant", "desk.judge", "desk.rubric", "db.check.pages", "db.check.whole"),
    *("scoring.seal.archive", "scoring.seal.recount", "scoring.seal.verify", "scoring.rubric", "db.registry"),
)
WORKS: dict[str, type[Work]] = {each.name: each for each in (Import, Seal, Backup, Restore, Migration)}


def read_state(url: str) -> Rows:
    """Every row; runs and rankings by what they are: a server gives no number twice that was taken back.

    Of a ranking's turn only the order counts: the same command given again ranks once more.
    """
    found = kills.dump(url)
    found["ranking"] = _order_turns(found.get("ranking", []))
    names = {
        "run": {
            row["id"]: f"{row['night']}/{row['number']}" for row in map(json.loads, found.get("run", []))
        },
        "ranking": {row["id"]: row["content"] for row in map(json.loads, found.get("ranking", []))},
    }
    return {
        table: sorted(json.dumps(_name_anew(table, json.loads(row), names)) for row in rows)
        for table, rows in found.items()
    }


def _order_turns(rows: list[str]) -> list[str]:
    read = sorted(map(json.loads, rows), key=lambda row: int(row["turn"]))
    return [json.dumps(row | {"turn": str(place)}) for place, row in enumerate(read)]


def _name_anew(table: str, row: dict[str, str], names: dict[str, dict[str, str]]) -> dict[str, str]:
    """A row with what its numbers stand for; those that name nothing stay."""
    meant = {"run_id": "run", "first_run_id": "run", "ranking_id": "ranking"}
    if table in names:
        meant["id"] = table
    return {
        name: names[meant[name]].get(value, value) if name in meant else value for name, value in row.items()
    }


def differ(found: Rows, expected: Rows) -> str:
    """The first table that is another, and a row."""
    for table in sorted({*found, *expected}):
        odd = sorted(set(found.get(table, [])) ^ set(expected.get(table, [])))
        if odd or len(found.get(table, [])) != len(expected.get(table, [])):
            return f"{table}: {len(odd)} rows, as {odd[0][:300] if odd else 'one twice'}"
    return "nothing"


def write_posts(path: Path, newest: datetime) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["date", "link", "text"])
        for number in range(300):
            at = newest - timedelta(hours=2 * number)
            link = f"https://www.instagram.com/p/C{number:010d}/"
            writer.writerow([at.isoformat(), link, f"Kabar {number}"])


def try_once(work: Work, turn: int, lasts: float, chance: random.Random, after: Rows) -> tuple[str, str]:
    """Work, kill it on the way, and give the command again; where it was killed, and what is wrong."""
    inside, mark = bool(turn % 2), work.folder / "inside"
    mark.unlink(missing_ok=True)
    settings = work.prepare(f"killed_{turn // 2 % 2}")
    before = read_state(settings["DENYUT_DATABASE"])
    pid = kills.run(work.command(settings), settings, lambda: work.slow_down(mark))
    began, moment = time.monotonic(), chance.uniform(0, 0.3 * LINGER if inside else lasts)
    while time.monotonic() - began < moment or (inside and not mark.exists()):
        if os.waitpid(pid, os.WNOHANG)[0]:
            return "too late", ""
        time.sleep(0.0005)
        if inside and mark.exists():
            time.sleep(moment)
            break
    told = "inside" if mark.exists() else "outside"
    os.kill(pid, signal.SIGKILL)
    finish(pid)
    wrong = work.look(settings, before, after)
    work.again(settings)
    found = read_state(settings["DENYUT_DATABASE"])
    if found != after:
        wrong = wrong or f"in the end another: {differ(found, after)}"
    return told, wrong or work.files(settings)


def try_work(work: Work, engine: str, options: argparse.Namespace) -> int:
    """All kills of one kind of work on one engine; how many left something wrong."""
    settings = work.prepare("undisturbed_1")
    began = time.monotonic()
    done(work.command(settings), settings)
    lasts = time.monotonic() - began
    after = read_state(settings["DENYUT_DATABASE"])
    wrong, turn, chance = 0, 0, random.Random(options.seed)
    counts = {"inside": 0, "outside": 0, "too late": 0}
    while turn < options.times and counts["too late"] < 10 * options.times:
        told, fault = try_once(work, turn, lasts, chance, after)
        counts[told] += 1
        turn += told != "too late"
        print(f"{turn}", end=" ", file=sys.stderr, flush=True)
        if fault:
            wrong += 1
            print(f"WRONG {engine} {work.name} turn {turn - 1}, {told}: {fault}", flush=True)
    words = ", ".join(f"{count} {where}" for where, count in counts.items())
    print(f"{engine}, {work.name} ({lasts:.2f} s): killed {words}; {wrong} wrong", flush=True)
    return wrong


def try_engine(engine: str, settings: Settings, folder: Path, options: argparse.Namespace) -> int:
    """A city after one night, and every kind of work on copies of it."""
    apart = folder / engine
    apart.mkdir()
    place = Lite(apart) if engine == "sqlite" else Server(apart)
    settings = settings | {"DENYUT_EVIDENCE": str(apart / "pages"), "DENYUT_DATABASE": place.prepared}
    shutil.copy(folder / "registry.csv", apart)
    (apart / "other.csv").write_text("slug,name,level,website\nlain,Kantor Lain,skpd,lain.go.id\n")
    write_posts(apart / "posts.csv", datetime(2026, 1, 20, tzinfo=UTC))
    done(["init"], settings)
    done(["agencies", "import", str(apart / "registry.csv")], settings)
    done(["crawl"], settings)
    chosen = [WORKS[name] for name in options.work or WORKS]
    return sum(try_work(kind(place, settings, apart), engine, options) for kind in chosen)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=ENGINES, action="append")
    parser.add_argument("--work", choices=WORKS, action="append")
    options = parser.parse_args()
    for module in LOADED:
        import_module(module)
    folder = Path(tempfile.mkdtemp(prefix="kills-"))
    with kills.serving(folder) as settings:
        wrong = sum(try_engine(name, settings, folder, options) for name in options.engine or ENGINES)
    print(f"{wrong} wrong")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
