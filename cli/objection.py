"""`denyut objection`: what offices object to in a provisional result, and how they were answered."""

from typing import Annotated, Any

import typer

from activity.agency import Channel
from activity.errors import ConfigError
from activity.jury import Objection
from activity.message import Message
from activity.semester import Semester
from cli.console import print_json, print_table, say
from cli.option import AsOf, Json, SemesterName, read_config
from cli.screen import paged
from cli.speech import phrase
from cli.stage import read_words, shown_day
from desk.semester.objection import enter_objection
from desk.store import open_store

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
    chosen = Semester.parse(semester)
    raised_by = read_words(who, "--who", phrase("who objects"))
    why = read_words(reason, "--reason", phrase("what is wrong, and why"))
    excuse = None if late is None else read_words(late, "--late", phrase("why it is taken after its time"))
    engine, config = open_store(read_config(as_of))
    draft = Objection(0, str(chosen), agency, channel, raised_by, why, config.now(), late=excuse)
    entered = enter_objection(engine, config, draft)
    number, slug = entered.number, entered.agency
    say(
        "Objection {number:d} of {chosen}, by {raised_by} for {slug}: {why}",
        number=number,
        chosen=chosen,
        raised_by=raised_by,
        slug=slug,
        why=why,
    )
    say(
        "Its answer: denyut objection close {number:d} --who NAME --answer TEXT --accept (or --reject)",
        number=number,
    )


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
    from db.semester.jury import save_answer

    if accept == reject:
        raise ConfigError("An objection is accepted or rejected.", "Give --accept or --reject.")
    answered_by = read_words(who, "--who", phrase("who answers"))
    said = read_words(answer, "--answer", phrase("what is answered"))
    engine, config = open_store(read_config(as_of))
    found = save_answer(engine, number, who=answered_by, answer=said, accepted=accept, now=config.now())
    say(
        "Objection {number:d} of {semester}, by {who} for {agency}: {state}.",
        number=number,
        semester=found.semester,
        who=found.who,
        agency=found.agency,
        state=_state(found),
    )
    if accept:
        say(
            "What it changes: denyut override {semester} {agency} …",
            semester=found.semester,
            agency=found.agency,
        )


@objection.command("list")
@paged
def list_objections(
    semester: Annotated[str | None, typer.Argument(metavar="[SEMESTER]", help="Only this semester.")] = None,
    as_json: Json = False,
) -> None:
    """Every objection, oldest first, with its answer."""
    from db.semester.jury import load_objections

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


def _state(found: Objection) -> Message:
    if found.accepted is None:
        return Message("open")
    return Message("accepted") if found.accepted else Message("rejected")


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
