"""`denyut seal`: a semester closed into one archive; handed out again, reopened visibly, listed."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from activity.errors import ConfigError
from activity.jury import Reopening, Seal
from activity.semester import Semester
from cli.console import print_json, print_table, say, tell
from cli.group import DefaultGroup
from cli.option import AsOf, Json, SemesterName, read_config
from cli.screen import paged
from cli.speech import phrase, show_value
from cli.stage import read_words, shown_day
from desk.semester.sealed import read_seal
from desk.semester.stage import load_progress
from desk.setting.config import Config
from desk.store import check_registry, open_store
from desk.view.folder import copy_file

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = ["seal"]

seal = typer.Typer(
    cls=DefaultGroup,
    no_args_is_help=True,
    help="Close a semester into one archive: `denyut seal SEMESTER --who NAME` (`add --help`).",
)
Out = Annotated[
    Path, typer.Option("--out", metavar="DIR|FILE", help="Where to write: a folder, or a .zip file.")
]
Who = Annotated[
    str | None, typer.Option("--who", metavar="NAME", help="Who seals, or reopens; kept for good.")
]
Reason = Annotated[
    str | None, typer.Option("--reason", metavar="TEXT", help="With --early or --supersede: why.")
]


@seal.command("add")
def add(
    semester: SemesterName,
    out: Out = Path(),
    who: Who = None,
    reason: Reason = None,
    early: Annotated[
        bool, typer.Option("--early", help="Although offices had no time to object, or still have.")
    ] = False,
    supersede: Annotated[
        bool, typer.Option("--supersede", help="Reopen a sealed semester for a correction; seals nothing.")
    ] = False,
    as_of: AsOf = None,
) -> None:
    """Close a semester into one archive that anybody can verify. (The word `add` may be left out.)

    A sealed semester changes no more: sealing it again writes the same archive. A correction begins with
    --supersede; then come the jury's decisions; then `denyut seal` again makes the seal with the next number,
    which supersedes the one before. Both stay.
    """
    from cli.seal_make import make_seal

    chosen = Semester.parse(semester)
    engine, config = open_store(read_config(as_of))
    check_registry(engine)
    progress = load_progress(engine, chosen, config.now(), config.zone)
    if supersede:
        _reopen(engine, chosen, progress.sealed, config, who, reason)
        return
    found = progress.sealed
    if found is None:
        why = read_words(reason, "--reason", phrase("why it is sealed early")) if early else ""
        found = make_seal(config, chosen, read_words(who, "--who", phrase("who seals")), why)
    else:
        tell(
            "{chosen} is sealed since {day}, by {who}.",
            chosen=chosen,
            day=shown_day(found.sealed_at, config.zone),
            who=found.who,
        )
    _hand_out(engine, found, out)


def _reopen(
    engine: "Engine",
    semester: Semester,
    found: Seal | None,
    config: Config,
    who: str | None,
    reason: str | None,
) -> None:
    from db.semester.seal import save_reopening

    if found is None:
        raise ConfigError(
            "{semester} is not sealed; it can be changed as it is.",
            "See `denyut seal list`.",
            semester=semester,
        )
    opener = read_words(who, "--who", phrase("who reopens it"))
    why = read_words(reason, "--reason", phrase("what has to be corrected, and why"))
    save_reopening(engine, Reopening(str(semester), found.number, opener, why, config.now()))
    say(
        "{semester} is reopened: seal {number} stays, until seal {number_2} supersedes it.",
        semester=semester,
        number=found.number,
        number_2=found.number + 1,
    )
    say("Next: denyut override {semester} …, then denyut seal {semester} --who NAME", semester=semester)


def _hand_out(engine: "Engine", found: Seal, out: Path) -> None:
    is_file = out.suffix.lower() == ".zip" and not out.is_dir()
    path = out if is_file else out / f"denyut-{found.semester}-seal-{found.number}.zip"
    with read_seal(engine, found) as (archive, _):
        copy_file(archive, path)
    say(str(path))
    say(
        "{semester}, seal {number}, sha256 {archive}",
        semester=found.semester,
        number=found.number,
        archive=found.archive,
    )


@seal.command("list")
@paged
def list_seals(
    semester: Annotated[str | None, typer.Argument(metavar="[SEMESTER]", help="Only this semester.")] = None,
    as_json: Json = False,
) -> None:
    """Every seal, with the one that superseded it, and who reopened it and why."""
    from db.semester.seal import load_reopenings, load_seals

    engine, config = open_store(read_config())
    name = str(Semester.parse(semester)) if semester else None
    found = load_seals(engine, name)
    again = {(each.semester, each.seal): each for each in load_reopenings(engine, name)}
    after = {(each.semester, each.supersedes): each.number for each in found}
    rows = [
        (each, again.get((each.semester, each.number)), after.get((each.semester, each.number)))
        for each in found
    ]
    if as_json:
        print_json([_describe(*row) for row in rows])
        return
    print_table(
        ["semester", "seal", "sealed", "who", "reason", "superseded by", "reopened", "sha256"],
        (
            [
                each.semester,
                each.number,
                shown_day(each.sealed_at, config.zone),
                each.who,
                each.reason or None,
                later,
                f"{show_value(shown_day(opened.opened_at, config.zone))} {opened.who}: {opened.reason}"
                if opened
                else None,
                each.archive,
            ]
            for each, opened, later in rows
        ),
        right=("seal", "superseded by"),
        drop=("sha256", "reason", "who", "reopened", "superseded by"),
    )


def _describe(found: Seal, opened: Reopening | None, later: int | None) -> dict[str, Any]:
    return {
        "semester": found.semester,
        "number": found.number,
        "sealed_at": found.sealed_at.isoformat(),
        "who": found.who,
        "reason": found.reason or None,
        "supersedes": found.supersedes,
        "superseded_by": later,
        "reopened": opened
        and {"at": opened.opened_at.isoformat(), "who": opened.who, "reason": opened.reason},
        "as_of": found.as_of.isoformat(),
        "rubric": {"name": found.rubric, "version": found.version, "sha256": found.digest},
        "ranking_sha256": found.ranking,
        "sha256": found.archive,
    }
