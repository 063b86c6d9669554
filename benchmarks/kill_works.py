"""What `kills_apart.py` kills: what each work prepares, where it is held, and what must be left."""

import shutil
import time
from pathlib import Path
from typing import Any

import kills
from alembic import command
from kill_places import Lite, Server
from kill_states import Rows, differ, read_state
from kills import Settings, done, finish
from sqlalchemy import Engine, event

import db.backup.make
import db.backup.restore
from db.backup.package import Package
from db.engine import connect, parse_url
from db.migration import compose_config
from db.schema.views import remove_views
from desk.keeping.invariant import check_database
from desk.setting.config import load_config

__all__ = ["LINGER", "WORKS", "Work"]

LINGER = 0.03
"""Seconds that each statement of interest is held, so that a kill can meet its transaction."""


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
        """Give the command again."""
        kills.again(self.command(settings), settings)

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
            config = compose_config()
            config.attributes["connection"] = connection
            command.downgrade(config, "0003")
        engine.dispose()
        return settings


WORKS: dict[str, type[Work]] = {each.name: each for each in (Import, Seal, Backup, Restore, Migration)}
