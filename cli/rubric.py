"""`denyut rubric`: the rules of the assessment, checked, shown and adopted for a semester."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from activity.errors import ConfigError
from activity.semester import Semester
from cli.console import print_json, print_lines, print_table, say
from cli.option import AsOf, Json, SemesterName, read_config
from cli.screen import paged
from cli.speech import figure, name_word, phrase
from desk.semester.lock import to_adoption
from desk.setting.rubric import read_rubric
from desk.store import open_store

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from db.semester.rubric import Adoption
    from scoring.rubrics.rubric import Rubric

__all__ = ["rubric"]

rubric = typer.Typer(no_args_is_help=True, help="The rules of the assessment: check, show and adopt them.")

File = Annotated[Path, typer.Argument(metavar="FILE", help="A rubric in TOML.")]
Shipped = Annotated[
    str | None, typer.Option("--shipped", metavar="NAME", help="One that comes with Denyut, by its name.")
]


@rubric.command()
def check(file: File, as_json: Json = False) -> None:
    """Is this file a rubric? Says what it asks for, or the first line that is wrong and the remedy."""
    found = read_rubric(file)
    if as_json:
        print_json(_describe(found))
        return
    weights = ", ".join(
        f"{name_word('metric', metric.value)} {figure(weight, 'g')}"
        for metric, weight in found.weights.items()
        if weight
    )
    say(
        "{file}: {found} {version}, sha256 {digest}",
        file=file.name,
        found=found.name,
        version=found.version,
        digest=found.digest,
    )
    say(f"  {found.reason}")
    say("  Weights: {weights}.", weights=weights)
    for channel, levels in found.targets.items():
        say(
            phrase("  {channel} a week: ", channel=channel.value)
            + ", ".join(f"{level} {figure(n, 'g')}" for level, n in levels.items())
            + "."
        )
    _say_extras(found)


def _say_extras(found: "Rubric") -> None:
    """What only some rubrics have."""
    if found.strict.veto_days is not None:
        say("  No place after a silence of more than {veto_days} days.", veto_days=found.strict.veto_days)
    for each in found.strict.deductions:
        say(
            "  Below {below:g} points of {metric}: {points:g} points less.",
            below=each.below,
            metric=each.metric,
            points=each.points,
        )
    for prize in found.prizes:
        say(
            "  Prize: {prize}, by {metric}, places: {places}.",
            prize=prize.name,
            metric=prize.metric,
            places=prize.places,
        )


@rubric.command()
@paged
def show(
    semester: Annotated[
        str | None, typer.Argument(metavar="[SEMESTER]", help="Default: what a new semester would get.")
    ] = None,
    shipped: Shipped = None,
) -> None:
    """Print a rubric to the letter: of a semester, of the settings, or one that comes with Denyut.

    `denyut rubric show --shipped keaktifan > kota.toml` is how a city begins its own.
    """
    print_lines(_shown(semester, shipped))


@rubric.command()
def adopt(
    file: File,
    semester: SemesterName,
    who: Annotated[str, typer.Option("--who", metavar="NAME", help="Who decides this; kept for good.")],
    as_of: AsOf = None,
) -> None:
    """Let a semester be judged by this rubric. One that replaces another has a new version and a reason.

    Nothing adopted before is removed: `denyut rubric history` shows every decision.
    """
    from db.semester.rubric import adopt_rubric

    if not who.strip():
        raise ConfigError("--who is blank.", "Name the person who decides.")
    chosen = Semester.parse(semester)
    wanted = read_rubric(file)
    engine, config = open_store(read_config(as_of))
    before = _check_history(engine, chosen, wanted, file.name)
    adoption = to_adoption(chosen, wanted, who.strip(), config.now())
    adopt_rubric(engine, adoption)
    title = f"{wanted.name} {wanted.version}"
    if before is not None and before.digest == wanted.digest:
        since = before.adopted_at.astimezone(config.zone)
        say(
            "{chosen} is judged by {title} already, since {since:%Y-%m-%d} ({who}).",
            chosen=chosen,
            title=title,
            since=since,
            who=before.who,
        )
        return
    say(
        "{chosen} is judged by {title} from now on, adopted by {who}.",
        chosen=chosen,
        title=title,
        who=adoption.who,
    )
    if before is not None:
        say(
            "Before: {before} {version}, adopted by {who}. Why: {reason}",
            before=before.name,
            version=before.version,
            who=before.who,
            reason=wanted.reason,
        )


@rubric.command()
@paged
def history(
    semester: Annotated[str | None, typer.Argument(metavar="[SEMESTER]", help="Only this semester.")] = None,
    as_json: Json = False,
) -> None:
    """Which rubric each semester is judged by, since when, by whose decision and why."""
    from db.semester.rubric import load_adoptions

    engine, config = open_store(read_config())
    found = load_adoptions(engine, Semester.parse(semester) if semester else None)
    if as_json:
        print_json([_decision(each) for each in found])
        return
    print_table(
        ["semester", "rubric", "version", "adopted", "who", "why", "sha256"],
        (
            [
                each.semester,
                each.name,
                each.version,
                f"{each.adopted_at.astimezone(config.zone):%Y-%m-%d %H:%M}",
                each.who,
                each.reason,
                each.digest[:12],
            ]
            for each in found
        ),
        drop=("sha256", "adopted", "who"),
    )


def _shown(semester: str | None, shipped: str | None) -> str:
    from db.semester.rubric import load_adopted
    from scoring.rubrics.rubric import load_shipped

    if semester is not None and shipped is not None:
        raise ConfigError("SEMESTER and --shipped cannot be had together.", "Choose one.")
    if shipped is not None:
        return load_shipped(shipped)
    config = read_config()
    given = read_rubric(config.rubric) if config.rubric else None
    if semester is None:
        return (given or read_rubric(None)).text
    engine, _ = open_store(config)
    adoption = load_adopted(engine, Semester.parse(semester))
    return adoption.text if adoption else (given or read_rubric(None)).text


def _check_history(engine: "Engine", semester: Semester, wanted: "Rubric", source: str) -> "Adoption | None":
    """The decision in force; raises RubricError where a version would come to mean two things."""
    from db.semester.rubric import load_adoptions
    from scoring.rubrics.lock import check_change
    from scoring.rubrics.rubric import parse_rubric

    before: Adoption | None = None
    for adoption in load_adoptions(engine):
        earlier = parse_rubric(
            adoption.text,
            phrase(
                "{adoption} {version} of {semester}",
                adoption=adoption.name,
                version=adoption.version,
                semester=adoption.semester,
            ),
        )
        check_change(wanted, earlier, source)
        if adoption.semester == str(semester):
            before = adoption
    return before


def _describe(found: "Rubric") -> dict[str, Any]:
    return {
        "name": found.name,
        "version": found.version,
        "reason": found.reason,
        "sha256": found.digest,
        "weights": {metric.value: weight for metric, weight in found.weights.items()},
        "targets": {channel.value: dict(levels) for channel, levels in found.targets.items()},
        "places": found.ranking.places,
        "shortlist": found.ranking.shortlist,
        "veto_days": found.strict.veto_days,
        "deductions": [
            {"metric": d.metric.value, "below": d.below, "points": d.points} for d in found.strict.deductions
        ],
        "prizes": [{"name": p.name, "metric": p.metric.value, "places": p.places} for p in found.prizes],
    }


def _decision(each: "Adoption") -> dict[str, Any]:
    return {
        "semester": each.semester,
        "name": each.name,
        "version": each.version,
        "sha256": each.digest,
        "reason": each.reason,
        "who": each.who,
        "adopted_at": each.adopted_at.isoformat(),
    }
