"""`denyut override`: the jury's decisions, with name, reason and evidence; appended, never changed."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from activity.channel import CHANNELS, Channel, name_channels
from activity.errors import ConfigError
from activity.jury import Action, Override
from activity.semester import Semester
from cli.console import print_json, print_table, say
from cli.group import DefaultGroup
from cli.judge import plan_as_of
from cli.option import WHOLE_NAME, AsOf, Json, SemesterName, read_config
from cli.screen import paged
from cli.stage import read_words
from desk.agency import name_agency
from desk.store import check_registry, open_store

if TYPE_CHECKING:
    from sqlalchemy import Engine

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
        who=read_words(who, "--who", "who decides"),
        reason=read_words(reason, "--reason", "why"),
        evidence=read_words(evidence, "--evidence", "what it rests on"),
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
        raise ConfigError("A decision is one thing.", f"Give one of {_CHOICES}.")
    return chosen[0], drop if count is None else count


def _enter(draft: Override) -> None:
    from db.jury import save_override

    engine, config = open_store(read_config())
    check_registry(engine)
    draft = replace(draft, agency=name_agency(engine, draft.agency))
    semester = Semester.parse(draft.semester)
    plan_as_of(replace(config, fixed_now=draft.decided_at), semester)
    if draft.post is not None:
        draft = replace(draft, post=_find_key(engine, draft.agency, draft.channel, draft.post))
        _check_day(engine, draft, semester)
    _check_withdrawal(engine, draft)
    number = save_override(engine, draft)
    say(f"Decision {number} of {draft.semester}: {draft.agency} on {draft.channel.value}: {_what(draft)}.")
    say(f"Its effect: denyut rank {draft.semester}")


@override.command("list")
@paged
def list_overrides(
    semester: Annotated[str | None, typer.Argument(metavar="[SEMESTER]", help="Only this semester.")] = None,
    as_json: Json = False,
) -> None:
    """Every decision, oldest first, also those that no longer stand."""
    from db.jury import load_overrides
    from scoring.decision import decisions_in_force

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


def _find_key(engine: "Engine", agency: str, channel: Channel, text: str) -> str:
    """The stored key of the post that a person names by its key or its address."""
    from crawler.extract.key import post_key
    from db.jury import find_post
    from db.registry import load_agencies
    from db.text import stored_key

    named = text.strip()
    bare = named.rstrip("/")
    keys = {named, bare, stored_key(named)}
    if "://" in named:
        row = next(row for row in load_agencies(engine) if row.agency.slug == agency)
        accounts = (*row.accounts.values(), *row.closed)
        keys |= {stored_key(post_key(named, a.address)) for a in accounts if a.channel is channel}
        facts = CHANNELS[channel]
        keys |= {key} if (key := facts.post_key(named)) is not None else set()
        # Platforms put a post's own name last.
        keys |= {bare.rpartition("/")[2]} if facts.social else set()
    found = find_post(engine, agency, channel, keys, {named, bare, f"{bare}/"})
    if found is None:
        raise ConfigError(
            f"{agency} has no post {named!r} on {channel.value}.",
            f"`denyut posts --agency {agency} --channel {channel.value} --jsonl` gives their addresses.",
        )
    return found


def _check_day(engine: "Engine", decision: Override, semester: Semester) -> None:
    """Raise ConfigError for a post on which a decision would change nothing."""
    from db.integrity import load_decided

    (post,) = load_decided(engine, [decision]).values()
    if post.day is None:
        raise ConfigError(
            f"{post.key} has no certain day, so that it counts nowhere.",
            "Where its day can be shown, enter it with `denyut post add`.",
        )
    if not semester.first_day <= post.day < semester.end_day:
        raise ConfigError(f"{post.key} is of {post.day}, not of {semester}.", "Name a post of the semester.")


def _check_withdrawal(engine: "Engine", decision: Override) -> None:
    from db.jury import load_overrides
    from scoring.decision import decisions_in_force

    if decision.withdraws is None:
        return
    standing = decisions_in_force(load_overrides(engine, decision.semester))
    found = next((each for each in standing if each.number == decision.withdraws), None)
    if found is None:
        raise ConfigError(
            f"No decision {decision.withdraws} of {decision.semester} stands.",
            f"See `denyut override list {decision.semester}`.",
        )
    if (found.agency, found.channel) != (decision.agency, decision.channel):
        raise ConfigError(
            f"Decision {found.number} is on {found.agency} on {found.channel.value}.", "Name these two."
        )


def _what(decision: Override) -> str:
    subject = decision.post if decision.withdraws is None else decision.withdraws
    return decision.action.value if subject is None else f"{decision.action.value} {subject}"


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
