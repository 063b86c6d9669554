"""`denyut demo`: a semester of a sample city, played over real HTTP in a minute or two."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import track

from activity.condition import EXIT_WIDE
from activity.errors import ConfigError, DenyutError
from activity.semester import Semester
from activity.speech.reason import tell_reason
from cli.console import say, tell
from cli.speech import read_language

if TYPE_CHECKING:
    from samplecity.server import CityServer

__all__ = ["demo", "plan_nights", "play"]

_SEMESTER = Semester(2026, 1)
_ZONE = ZoneInfo("Asia/Makassar")
_EVERY = 15


def demo(
    folder: Annotated[
        Path, typer.Option("--dir", metavar="DIR", help="Where its database and report go.")
    ] = Path("denyut-demo"),
    seed: Annotated[int, typer.Option("--seed", help="Another number is another city.")] = 1,
) -> None:
    """Play a semester of a sample city on this machine, crawl some of its nights, and judge it.

    Real HTTP on loopback: websites of a dozen builds and a Graph API, some dead, hacked or gaming the
    score. Nothing outside this machine is asked. Ends with the rankings, the vacuum list and a report.
    """
    from samplecity.city import City
    from samplecity.server import CityServer

    database = folder / "denyut.db"
    _make_room(folder, database)
    city = City.build(seed=seed, semester=str(_SEMESTER), zone=_ZONE)
    nights = plan_nights(_SEMESTER, _EVERY)
    with CityServer(city, _evening(nights[0])) as server:
        settings = demo_settings(server, database)
        tell(
            "A sample city of {count} offices lives on 127.0.0.1; {count_2} of its nights are crawled.",
            count=len(city.agencies),
            count_2=len(nights),
        )
        play(server, folder, settings, nights)
    settings |= {"DENYUT_NOW": _evening(nights[-1]).isoformat()}
    _denyut(settings, "shortlist", str(_SEMESTER))
    _denyut(settings, "vacuum", str(_SEMESTER))
    _denyut(settings, "report", str(_SEMESTER), "--out", str(folder / "report"))
    _say_next(folder, database)


def plan_nights(semester: Semester, every: int) -> tuple[date, ...]:
    """Every n-th night of a semester, and always the last."""
    days = semester.days()
    return tuple(sorted({*days[2::every], days[-1]}))


def play(server: "CityServer", folder: Path, settings: Mapping[str, str], nights: tuple[date, ...]) -> None:
    """Let the city live through these nights and crawl it in each, as the officer's machine would."""
    registry = folder / "registry.csv"
    known = ""
    _denyut(settings, "init", quiet=True)
    for night in _with_progress(nights):
        evening = _evening(night)
        server.set_now(evening)
        settings = {**settings, "DENYUT_NOW": evening.isoformat()}
        if (current := server.registry_csv()) != known:
            known = current
            registry.write_text(current, encoding="utf-8")
            _denyut(settings, "agencies", "import", str(registry), quiet=True)
        _denyut(settings, "crawl", "--json", quiet=True)


def demo_settings(server: "CityServer", database: Path) -> dict[str, str]:
    """The environment in which Denyut sees the sample city; what is already set does not leak in."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("DENYUT_")}
    return {
        **inherited,
        "DENYUT_DATABASE": f"sqlite:///{database}",
        "DENYUT_TIMEZONE": _ZONE.key,
        "DENYUT_CITY": "Kota Contoh",
        "DENYUT_LANG": read_language().value,
        "DENYUT_ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8",
        "DENYUT_GRAPH_URL": server.graph_url,
        "DENYUT_INSTAGRAM_USER_ID": server.instagram_user_id,
        "DENYUT_INSTAGRAM_TOKEN": server.tokens["instagram"],
        "DENYUT_FACEBOOK_TOKEN": server.tokens["facebook"],
        "DENYUT_CONTACT": "demo@example.invalid",
        "DENYUT_DELAY": "0",
        # Within a night the sample city stays as it is: who is down is down in the next wave too.
        "DENYUT_WAVES": "1",
    }


def _evening(night: date) -> datetime:
    return datetime.combine(night, time(23, 30), _ZONE)


def _make_room(folder: Path, database: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if folder.exists() and any(folder.iterdir()) and not database.exists():
            raise ConfigError(
                "{folder} holds other files.", "Name an empty folder with --dir.", folder=folder
            )
        for leftover in folder.glob("denyut.db*"):
            leftover.unlink()
    except OSError as error:
        raise ConfigError(
            "{folder}: {strerror}.",
            "Name a folder that can be written with --dir.",
            folder=folder,
            strerror=tell_reason(error),
        ) from None


def _with_progress(nights: tuple[date, ...]) -> Iterator[date]:
    console = Console(stderr=True)
    if console.is_terminal:
        yield from track(nights, "Nights", console=console, transient=True)
        return
    for number, night in enumerate(nights, 1):
        tell("night {number} of {count}: {night}", number=number, count=len(nights), night=night)
        yield night


def _denyut(settings: Mapping[str, str], *arguments: str, quiet: bool = False) -> None:
    # One process a crawl, as in real life: a Twisted reactor starts only once.
    done = subprocess.run(  # noqa: S603 - our own program, with arguments of our own
        [sys.executable, "-m", "cli", *arguments],
        env=dict(settings),
        capture_output=quiet,
        text=True,
        check=False,
    )
    # A night of which a channel shows little is still a night of the semester, as in real life.
    if done.returncode not in ({0, EXIT_WIDE} if arguments[0] == "crawl" else {0}):
        reason = done.stderr.strip().splitlines()[-1:] if quiet else []
        raise DenyutError(
            "denyut {arguments} ended with {returncode}.",
            *reason,
            arguments=" ".join(arguments),
            returncode=done.returncode,
        )


def _say_next(folder: Path, database: Path) -> None:
    url = f"sqlite:///{database}"
    called = Path(sys.argv[0])
    # `make demo` runs a program that is on nobody's path.
    program = called if called.name == "denyut" and shutil.which("denyut") is None else "denyut"
    say()
    say("The report: {folder} (open it in a browser)", folder=folder / "report" / "report.html")
    say("What to type next:")
    for words in (
        f"rank {_SEMESTER} --channel website",
        "posts --agency dinkes",
        '''sql "SELECT * FROM vacuum"''',
    ):
        say("  {program} --database {url} {words}", program=program, url=url, words=words)
