"""`denyut override`: the jury's decisions, with name, reason and evidence; appended, never changed."""

from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from activity.channel import Channel, name_channels
from activity.errors import ConfigError
from activity.jury import Action, Override
from activity.semester import Semester
from cli.console import print_json, print_table, say
from cli.group import DefaultGroup
from cli.option import WHOLE_NAME, AsOf, Json, SemesterName, read_config
from cli.screen import paged
from cli.speech import phrase, show_value
from cli.stage import read_words
from desk.semester.decision import enter_decision
from desk.store import open_store

__all__ = ["override"]

override = typer.Typer(
    cls=DefaultGroup,
    no_args_is_help=True,
    help="The jury's decisions. To enter one: `denyut override SEMESTER AGENCY CHANNEL …` (`add --help`).",
)
_CHOICES = "--count KEY, --drop KEY, --exclude, --prefer or --withdraw NUMBER"


Slug = Annotated[str, typer.Argument(metavar="AGENCY", help=WHOLE_NAME)]
ChannelName = Annotated[Channel, typer.Argument(metavar="CHANNEL", help=f"{name_channels(Channel)}.")]
Who = Annotated[str, typer.Option("--who", metavar="NAME", help="Who decides; kept for good.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")]
Evidence = Annotated[
    str, typer.Option("--evidence", metavar="TEXT", help="What it rests on: a document, an address.")
]


@override.command("add")
def add(
    semester: SemesterName,
    agency: Slug,
    channel: ChannelName,
    *,
    count: Annotated[
        str | None, typer.Option("--count", metavar="KEY", help="Count this post (its key or address).")
    ] = None,
    drop: Annotated[str | None, typer.Option("--drop", metavar="KEY", help="Do not count this post.")] = None,
    exclude: Annotated[
        bool, typer.Option("--exclude", help="Scored and shown, but without a place.")
    ] = False,
    prefer: Annotated[bool, typer.Option("--prefer", help="Before those it shares its place with.")] = False,
    withdraw: Annotated[
        int | None, typer.Option("--withdraw", metavar="NUMBER", help="Take this decision back.")
    ] = None,
    who: Who,
    reason: Reason,
    evidence: Evidence,
    as_of: AsOf = None,
) -> None:
    """Enter one decision of the jury. (The word `add` may be left out.)

    The newest decision on a post, an exclusion or a preference stands in the place of earlier ones; all stay
    on record. `--withdraw` leaves its matter undecided.
    """
    action, post = _choose(count, drop, exclude, prefer, withdraw)
    draft = Override(
        number=0,
        semester=str(Semester.parse(semester)),
        agency=agency,
        channel=channel,
        action=action,
        post=post,
        who=read_words(who, "--who", phrase("who decides")),
        reason=read_words(reason, "--reason", phrase("why")),
        evidence=read_words(evidence, "--evidence", phrase("what it rests on")),
        decided_at=read_config(as_of).now(),
        withdraws=withdraw,
    )
    _enter(draft)


def _choose(
    count: str | None, drop: str | None, exclude: bool, prefer: bool, withdraw: int | None
) -> tuple[Action, str | None]:
    """What is decided, and on which post; raises ConfigError unless it is one thing."""
    given = {
        Action.COUNT: count is not None,
        Action.DROP: drop is not None,
        Action.EXCLUDE: exclude,
        Action.PREFER: prefer,
        Action.WITHDRAW: withdraw is not None,
    }
    chosen = [action for action, is_given in given.items() if is_given]
    if len(chosen) != 1:
        raise ConfigError("A decision is one thing.", "Give one of {choices}.", choices=_CHOICES)
    return chosen[0], drop if count is None else count


def _enter(draft: Override) -> None:
    engine, config = open_store(read_config())
    entered = enter_decision(engine, config, draft)
    say(
        "Decision {number:d} of {semester}: {agency} on {channel}: {what}.",
        number=entered.number,
        semester=entered.semester,
        agency=entered.agency,
        channel=entered.channel.value,
        what=_what(entered),
    )
    say("Its effect: denyut rank {semester}", semester=entered.semester)


@override.command("list")
@paged
def list_overrides(
    semester: Annotated[str | None, typer.Argument(metavar="[SEMESTER]", help="Only this semester.")] = None,
    as_json: Json = False,
) -> None:
    """Every decision, oldest first, also those that no longer stand."""
    from db.semester.jury import load_overrides
    from scoring.jury.decision import decisions_in_force

    engine, config = open_store(read_config())
    found = load_overrides(engine, str(Semester.parse(semester)) if semester else None)
    standing = {each.number for each in decisions_in_force(found)}
    if as_json:
        print_json([_describe(each, standing) for each in found])
        return
    print_table(
        [
            "number",
            "semester",
            "agency",
            "channel",
            "decision",
            "stands",
            "who",
            "why",
            "evidence",
            "entered",
        ],
        (
            [
                each.number,
                each.semester,
                each.agency,
                each.channel.value,
                _what(each),
                "yes" if each.number in standing else "no",
                each.who,
                each.reason,
                each.evidence,
                _entered(each, config.zone),
            ]
            for each in found
        ),
        right=("number",),
        drop=("entered", "evidence", "semester", "who", "why"),
    )


def _what(decision: Override) -> str:
    subject = decision.post if decision.withdraws is None else decision.withdraws
    action = show_value(decision.action)
    return action if subject is None else f"{action} {subject}"


def _entered(decision: Override, zone: ZoneInfo) -> str:
    return f"{decision.decided_at.astimezone(zone):%Y-%m-%d %H:%M}"


def _describe(decision: Override, standing: set[int]) -> dict[str, Any]:
    return {
        "number": decision.number,
        "semester": decision.semester,
        "agency": decision.agency,
        "channel": decision.channel.value,
        "action": decision.action.value,
        "post": decision.post,
        "withdraws": decision.withdraws,
        "in_force": decision.number in standing,
        "who": decision.who,
        "reason": decision.reason,
        "evidence": decision.evidence,
        "decided_at": decision.decided_at.isoformat(),
    }
