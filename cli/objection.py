"""`denyut objection`: what offices object to in a provisional result, and how they were answered."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from activity.agency import Channel
from activity.errors import ConfigError
from activity.jury import Objection
from activity.semester import Semester
from cli.console import print_json, print_table, say
from cli.option import AsOf, Json, SemesterName, read_config
from cli.screen import paged
from cli.stage import read_words, shown_day
from desk.agency import name_agency
from desk.stage import load_progress
from desk.store import check_registry, open_store

if TYPE_CHECKING:
    from scoring.decision import Progress

__all__ = ["objection"]

objection = typer.Typer(
    no_args_is_help=True, help="Objections to a published result: raise one, answer it, list them."
)


@objection.command("open")
def open_objection(
    semester: SemesterName,
    agency: Annotated[
        str, typer.Argument(metavar="AGENCY", help="Id or whole name of the office that objects.")
    ],
    *,
    channel: Annotated[
        Channel | None, typer.Option("--channel", help="Left out where it concerns all of them.")
    ] = None,
    who: Annotated[str, typer.Option("--who", metavar="NAME", help="Who raises it, for the office.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="What is wrong, and why.")],
    late: Annotated[
        str | None, typer.Option("--late", metavar="TEXT", help="Why it is taken after its time.")
    ] = None,
    as_of: AsOf = None,
) -> None:
    """Enter an office's objection, while there is time for it after the result was published.

    The semester cannot be sealed before it is answered.
    """
    from db.jury import save_objection

    chosen = Semester.parse(semester)
    raised_by = read_words(who, "--who", "who objects")
    why = read_words(reason, "--reason", "what is wrong, and why")
    engine, config = open_store(read_config(as_of))
    check_registry(engine)
    slug = name_agency(engine, agency)
    progress = load_progress(engine, chosen, config.now(), config.zone)
    is_late = _check_time(chosen, progress, late)
    excuse = read_words(late, "--late", "why it is taken after its time") if is_late else None
    draft = Objection(0, str(chosen), slug, channel, raised_by, why, config.now(), late=excuse)
    number = save_objection(engine, draft)
    say(f"Objection {number} of {chosen}, by {raised_by} for {slug}: {why}")
    say(f"Its answer: denyut objection close {number} --who NAME --answer TEXT --accept (or --reject)")


def _check_time(semester: Semester, progress: "Progress", late: str | None) -> bool:
    """Whether the time for objections is over; raises ConfigError where that rules this one out."""
    publication = progress.publication
    if progress.sealed is not None:
        # Storing it is refused as well, with what to do.
        return False
    if publication is None:
        raise ConfigError(
            f"The result of {semester} is not published yet; there is nothing to object to.",
            f"Publish it first: denyut publish {semester} --who NAME",
        )
    if not progress.in_time and late is None:
        until = "there was none" if publication.until is None else f"it ended on {publication.until}"
        raise ConfigError(
            f"The time for objections to {semester} is over: {until}.",
            "Add --late TEXT if it has to be taken all the same: why.",
        )
    return not progress.in_time


@objection.command("close")
def close_objection(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="Which; see `denyut objection list`.")],
    *,
    who: Annotated[str, typer.Option("--who", metavar="NAME", help="Who answers, for the jury.")],
    answer: Annotated[str, typer.Option("--answer", metavar="TEXT", help="What is answered.")],
    accept: Annotated[bool, typer.Option("--accept", help="The office is right.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="The office is not right.")] = False,
    as_of: AsOf = None,
) -> None:
    """Answer an objection. An answer stands; what it changes is entered with `denyut override`."""
    from db.jury import save_answer

    if accept == reject:
        raise ConfigError("An objection is accepted or rejected.", "Give --accept or --reject.")
    answered_by = read_words(who, "--who", "who answers")
    said = read_words(answer, "--answer", "what is answered")
    engine, config = open_store(read_config(as_of))
    found = save_answer(engine, number, who=answered_by, answer=said, accepted=accept, now=config.now())
    say(f"Objection {number} of {found.semester}, by {found.who} for {found.agency}: {_state(found)}.")
    if accept:
        say(f"What it changes: denyut override {found.semester} {found.agency} …")


@objection.command("list")
@paged
def list_objections(
    semester: Annotated[str | None, typer.Argument(metavar="[SEMESTER]", help="Only this semester.")] = None,
    as_json: Json = False,
) -> None:
    """Every objection, oldest first, with its answer."""
    from db.jury import load_objections

    engine, config = open_store(read_config())
    found = load_objections(engine, str(Semester.parse(semester)) if semester else None)
    if as_json:
        print_json([_describe(each) for each in found])
        return
    print_table(
        ["number", "semester", "agency", "channel", "raised", "by", "reason", "late", "state", "answer"],
        (
            [
                each.number,
                each.semester,
                each.agency,
                each.channel.value if each.channel else "all",
                shown_day(each.opened_at, config.zone),
                each.who,
                each.reason,
                each.late,
                _state(each),
                f"{each.closed_by}: {each.answer}" if each.answer else None,
            ]
            for each in found
        ),
        right=("number",),
        drop=("late", "by", "semester", "raised", "answer", "channel"),
    )


def _state(found: Objection) -> str:
    if found.accepted is None:
        return "open"
    return "accepted" if found.accepted else "rejected"


def _describe(found: Objection) -> dict[str, Any]:
    return {
        "number": found.number,
        "semester": found.semester,
        "agency": found.agency,
        "channel": found.channel.value if found.channel else None,
        "who": found.who,
        "reason": found.reason,
        "late": found.late,
        "opened_at": found.opened_at.isoformat(),
        "state": _state(found),
        "answered_by": found.closed_by,
        "answer": found.answer,
        "closed_at": found.closed_at.isoformat() if found.closed_at else None,
    }
