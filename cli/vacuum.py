"""`denyut vacuum`: the accounts that fell silent, since when and why, and those that soon will."""

from typing import TYPE_CHECKING, Annotated

import typer

from activity.ranking import Standing
from activity.semester import Semester, night_of
from cli.console import print_json, print_table, say
from cli.judge import judge, remark_unknown
from cli.level import check_levels
from cli.option import AsOf, ChannelOption, Json, LevelOption, RubricFile, read_config
from cli.screen import paged
from cli.speech import phrase, show_value
from desk.view.ranking_json import describe_head, describe_standing

if TYPE_CHECKING:
    from scoring.rubrics.rule import StatusRule

__all__ = ["vacuum"]


@paged
def vacuum(
    semester: Annotated[
        str | None, typer.Argument(metavar="[SEMESTER]", help="Default: the semester of this moment.")
    ] = None,
    channel: ChannelOption = None,
    level: LevelOption = None,
    rubric: RubricFile = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """The accounts that fell silent: since when, how they used to post, and what their health says.

    Also those that will cross the line within two weeks (the rubric says how many days) unless they post.
    """
    config = read_config(as_of)
    chosen = Semester.parse(semester) if semester else Semester.of(night_of(config.now(), config.zone))
    judgement = judge(config, chosen, rubric)
    ranking = judgement.ranking
    check_levels(ranking, level)
    remark_unknown(judgement)

    def asked(standing: Standing) -> bool:
        of_channel = not channel or standing.channel in channel
        return of_channel and (not level or standing.agency.level in level)

    found = [s for s in ranking.vacuum() if asked(s)]
    soon = [s for s in ranking.warnings() if asked(s)]
    if as_json:
        told = {"vacuum": found, "warnings": soon}
        standings = {name: [describe_standing(s) for s in each] for name, each in told.items()}
        print_json({**describe_head(judgement), **standings})
        return
    _print_vacuum(found, phrase("Vacuum on {as_of}", as_of=ranking.as_of), judgement.rubric.status)
    say("1 account is vacuum." if len(found) == 1 else "{count} accounts are vacuum.", count=len(found))
    if soon:
        say()
        _print_warnings(soon, judgement.rubric.status.warn_days)


def _print_vacuum(found: list[Standing], title: str, rule: "StatusRule") -> None:
    law = phrase("over {max} days", max=max(rule.law_days, rule.vacuum_days))
    print_table(
        ["agency", "channel", "last post", "silent since", "days", "usually", "cause", "law", "address"],
        (
            [
                s.agency.name,
                s.channel.value,
                s.last_post,
                s.silent_since,
                s.silent_days,
                _tell_rhythm(s),
                _tell_cause(s),
                law if s.beyond_law else "",
                s.address,
            ]
            for s in found
        ),
        title=title,
        right=("days",),
        drop=("address", "law", "usually", "last post", "days"),
    )


def _tell_rhythm(standing: Standing) -> str | None:
    if standing.rhythm is None:
        return None
    return (
        phrase("every day")
        if standing.rhythm == 1
        else phrase("every {rhythm:g} days", rhythm=standing.rhythm)
    )


def _tell_cause(standing: Standing) -> str | None:
    if standing.cause is None:
        return None
    alive = ", ".join(channel.value for channel in standing.alive_on)
    return (
        phrase("{cause}; alive on {alive}", cause=standing.cause, alive=alive)
        if alive
        else show_value(standing.cause)
    )


def _print_warnings(soon: list[Standing], days: int) -> None:
    print_table(
        ["agency", "channel", "last post", "vacuum from", "usually"],
        (
            [
                s.agency.name,
                s.channel.value,
                s.last_post,
                s.vacuum_on,
                _tell_rhythm(s),
            ]
            for s in soon
        ),
        title=phrase("Vacuum within {days} days, unless they post", days=days),
    )
