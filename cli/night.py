"""`denyut night`: how a night's crawl went, in ten lines."""

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from activity.condition import EXIT_WIDE, Symptom
from activity.errors import ConfigError
from activity.message import Message
from activity.semester import Semester, night_of
from cli.console import complain, print_json, print_table, say
from cli.fleet import print_fleet, tell_fleet
from cli.option import AsOf, Json, read_config
from cli.speech import phrase, show_value
from desk.keeping.backup import tell_overdue
from desk.night.condition import (
    BLIND_NIGHTS,
    BLOCKED_NIGHTS,
    Condition,
    describe_symptom,
    list_spare,
    read_condition,
)
from desk.night.roll import read_fleet
from desk.night.unfinished import UnfinishedNight, read_unfinished
from desk.store import check_registry, open_store

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from db.nightly.run import RunRef

__all__ = ["night", "tell_waves", "warn"]

_NAMED = 5


def night(
    day: Annotated[
        str | None, typer.Argument(metavar="[DATE]", help="Default: the newest night that was crawled.")
    ] = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """How a night's crawl went: what was seen, what is wrong with a whole channel, who is blind for a week.

    Ends with 5 where a channel as a whole is in trouble: a token, a collapse, our own network. From the
    seventh night on; one office's failure is none.
    """
    config = read_config(as_of)
    engine, config = open_store(config)
    check_registry(engine)
    condition = read_condition(engine, _read_day(engine, day, night_of(config.now(), config.zone)))
    from desk.semester.judge import judge

    judgement = judge(config, Semester.of(condition.night)) if condition.run else None
    spare = list(list_spare(judgement, condition.symptoms)) if judgement else []
    overdue = tell_overdue(config, engine)
    unfinished = None if condition.run else read_unfinished(engine, config, condition.night)
    fleet = read_fleet(engine, night_of(config.now(), config.zone)) or read_fleet(engine, condition.night)
    if as_json:
        told = _tell(condition, [str(line) for line in spare])
        told |= {"unfinished": None if unfinished is None else asdict(unfinished)}
        told |= {"workers": tell_fleet(fleet)}
        print_json(told | {"backup": None if overdue is None else str(overdue)})
    else:
        _print(condition, unfinished)
        if fleet is not None:
            print_fleet(fleet, config.zone)
        for line in spare:
            say(line)
        if overdue is not None:
            say("{overdue} Run denyut backup, and do what it says.", overdue=overdue)
    if condition.is_wide:
        raise typer.Exit(EXIT_WIDE)


def warn(engine: "Engine", run: "RunRef") -> bool:
    """Complain after a crawl of what is wrong with its night as a whole; whether there was anything.

    A crawl of a part, which leaves its run open, is not judged.
    """
    condition = read_condition(engine, run.night)
    if condition.run is None or condition.run.id != run.id:
        return False
    for symptom in condition.symptoms:
        if symptom.is_wide:
            complain("{told} {remedy}", **_word(symptom))
    return condition.is_wide


def tell_waves(retried: int, recovered: int) -> None:
    """Say what the later waves of a night were good for; nothing where there was none."""
    if retried:
        say(
            "{retried} accounts could not be seen at first and were tried again: then {recovered} of them "
            "were seen.",
            retried=retried,
            recovered=recovered,
        )


def _word(symptom: Symptom) -> dict[str, Message]:
    return dict(zip(("told", "remedy"), describe_symptom(symptom), strict=True))


def _read_day(engine: "Engine", day: str | None, tonight: date) -> date:
    from db.nightly.run import load_runs

    if day is not None:
        try:
            return date.fromisoformat(day)
        except ValueError:
            raise ConfigError("{day} is no day.", "Write it like 2026-03-14.", day=day) from None
    runs = load_runs(engine, limit=1, until=tonight, finished=True)
    return runs[0].night if runs else tonight


def _print_unfinished(night: date, unfinished: UnfinishedNight | None) -> None:
    if unfinished is None:
        say("No crawl of the night {night} was finished: it is unseen, for everybody.", night=night)
        return
    say(
        "The crawl of the night {night} is not finished: {seen} accounts were seen, {left} are still to be "
        "visited. Unless a crawl is at work, `denyut crawl` goes on with it."
        if unfinished.goes_on
        else "The crawl of the night {night} was cut short: {seen} accounts were seen, {left} were not "
        "visited; for them it is unseen.",
        night=night,
        seen=unfinished.seen,
        left=unfinished.left,
    )


def _print(condition: Condition, unfinished: UnfinishedNight | None) -> None:
    if condition.run is None:
        _print_unfinished(condition.night, unfinished)
        return
    rows = []
    for each in condition.channels:
        lost = sorted(((n, show_value(o)) for o, n in each.outcomes.items() if not o.saw), reverse=True)
        rows.append([each.channel, each.visited, each.seen, ", ".join(f"{n} {name}" for n, name in lost)])
    print_table(
        ["channel", "accounts", "seen", "not seen"],
        rows,
        title=phrase("Night of {night}", night=condition.night),
        right=["accounts", "seen"],
    )
    tell_waves(condition.retried, condition.recovered)
    for symptom in condition.symptoms:
        say("{told} {remedy}", **_word(symptom))
    if condition.blind:
        names = [f"{b.agency} {b.channel} ({show_value(b.outcome)})" for b in condition.blind[:_NAMED]]
        more = len(condition.blind) - _NAMED
        names += [phrase("and {more} more (--json names all)", more=more)] if more > 0 else []
        say(
            "Not seen for {blind_nights} nights or more: {names}.",
            blind_nights=BLIND_NIGHTS,
            names=", ".join(names),
        )
    if condition.blocked:
        say(
            "Turned away for {nights} nights running: {names}. `denyut letter AGENCY` writes to the host.",
            nights=BLOCKED_NIGHTS,
            names=", ".join(each.agency for each in condition.blocked),
        )
    if not condition.symptoms and not condition.blind and not condition.blocked:
        say("Nothing is wrong with it.")


def _tell(condition: Condition, spare: list[str]) -> dict[str, Any]:
    run = condition.run
    return {
        "night": condition.night.isoformat(),
        "run": run.id if run else None,
        "finished_at": run.finished_at if run else None,
        "outcomes": {
            each.channel.value: {outcome.value: count for outcome, count in sorted(each.outcomes.items())}
            for each in condition.channels
        },
        "retried": condition.retried,
        "recovered": condition.recovered,
        "symptoms": [
            {
                "trouble": f.trouble.value,
                "channel": f.channel.value,
                "accounts": f.count,
                "usual": f.usual,
                "blind_nights": f.blind,
                "wide": f.is_wide,
                "what": " ".join(describe_symptom(f)),
            }
            for f in condition.symptoms
        ],
        "blind": [
            {"agency": b.agency, "channel": b.channel.value, "outcome": b.outcome.value, "detail": b.detail}
            for b in condition.blind
        ],
        "blocked": [
            {"agency": b.agency, "channel": b.channel.value, "detail": b.detail} for b in condition.blocked
        ],
        "coverage": spare,
        "trouble": condition.is_wide,
    }
