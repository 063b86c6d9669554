"""`denyut whatif`: who moves when a rule is set otherwise, before anybody adopts it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from activity.errors import ConfigError
from activity.semester import Semester, night_of
from cli.console import print_json, print_table, say
from cli.judge import Judgement, judge, plan_as_of, rank_semester
from cli.option import AsOf, ChannelOption, Json, RubricFile, read_config
from cli.screen import paged
from cli.speech import figure, name_word, phrase
from desk.setting.rubric import read_rubric

if TYPE_CHECKING:
    from activity.ranking import Ranking
    from scoring.rubrics.rubric import Rubric
    from scoring.rubrics.trial import Move, OverallMove, Trial

__all__ = ["whatif"]


@paged
def whatif(
    semester: Annotated[
        str | None, typer.Argument(metavar="[SEMESTER]", help="Default: the semester of this moment.")
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="RULE=VALUE", help="Such as weights.frequency=30; may be repeated."),
    ] = None,
    rubric: RubricFile = None,
    channel: ChannelOption = None,
    everybody: Annotated[bool, typer.Option("--all", help="Also those who stay where they are.")] = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Who moves if a rule is set otherwise: places and scores before and after. Nothing is saved.

    The rules are those of `denyut rubric show`, their tables before a dot. Where the weights no longer add up
    to 100, those that were not set are scaled in proportion.
    """
    from scoring.rubrics.trial import find_moves, find_overall_moves

    if not settings and rubric is None:
        raise ConfigError("Nothing is set otherwise.", "Add --set weights.frequency=30, or --rubric FILE.")
    config = read_config(as_of)
    chosen = Semester.parse(semester) if semester else Semester.of(night_of(config.now(), config.zone))
    judgement = judge(config, chosen)
    trial = _plan_trial(judgement, rubric, settings or [])
    # A seal holds flags as they were found: of a sealed semester both are worked out from the data.
    before = judgement.ranking if judgement.progress.sealed is None else _rank_by(judgement, judgement.rubric)
    after = _rank_by(judgement, trial.rubric)
    moves = [m for m in find_moves(before, after) if not channel or m.channel in channel]
    overall = () if channel else find_overall_moves(before, after)
    if as_json:
        print_json(_describe(before, after, trial, moves) | {"overall": _describe_overall(overall)})
        return
    _print_scaled(trial)
    _print_moves(moves, everybody=everybody)
    _print_overall(overall, everybody=everybody)
    _print_sweeps(before, after)


def _plan_trial(before: Judgement, rubric: Path | None, settings: list[str]) -> "Trial":
    from scoring.rubrics.trial import try_rubric

    basis = before.rubric if rubric is None else read_rubric(rubric)
    return try_rubric(basis.text, settings)


def _rank_by(judgement: Judgement, rubric: "Rubric") -> "Ranking":
    config, semester = judgement.config, judgement.ranking.semester
    return rank_semester(judgement.engine, config, semester, plan_as_of(config, semester), rubric)[0]


def _print_scaled(trial: "Trial") -> None:
    if trial.scaled:
        told = ", ".join(
            f"{name_word('metric', name)} {figure(before, 'g')} → {figure(after, '.4g')}"
            for name, before, after in trial.scaled
        )
        say("Scaled so that the weights add up to 100: {told}.", told=told)
        say()


def _print_moves(moves: "list[Move]", *, everybody: bool) -> None:
    categories: dict[tuple[str, str], list[Move]] = {}
    for move in moves:
        categories.setdefault((move.channel.value, move.level), []).append(move)
    for (channel, level), found in categories.items():
        moved = [move for move in found if _moves(move)]
        shown = found if everybody else moved
        title = phrase(
            "{channel} · {level}: {count} of {count_2} move",
            channel=channel,
            level=level,
            count=len(moved),
            count_2=len(found),
        )
        if not shown:
            say(f"{title}.")
            continue
        print_table(
            ["place", "agency", "score", "then", ""],
            (
                [
                    _arrow(*move.place),
                    move.agency.name,
                    _figure(move.score[0]),
                    _figure(move.score[1]),
                    _consequence(move),
                ]
                for move in shown
            ),
            title=title,
            right=("score", "then"),
        )
        say()


def _print_overall(moves: "Sequence[OverallMove]", *, everybody: bool) -> None:
    levels: dict[str, list[OverallMove]] = {}
    for move in moves:
        levels.setdefault(move.level, []).append(move)
    for level, found in levels.items():
        moved = [move for move in found if move.place[0] != move.place[1]]
        title = phrase(
            "all channels · {level}: {count} of {count_2} move",
            level=level,
            count=len(moved),
            count_2=len(found),
        )
        shown = found if everybody else moved
        if not shown:
            say(f"{title}.")
            continue
        print_table(
            ["place", "agency", "score", "then"],
            ([_arrow(*m.place), m.agency.name, _figure(m.score[0]), _figure(m.score[1])] for m in shown),
            title=title,
            right=("score", "then"),
        )
        say()


def _print_sweeps(before: "Ranking", after: "Ranking") -> None:
    earlier = {sweep.agency.slug: sweep.agency.name for sweep in before.sweeps}
    later = {sweep.agency.slug: sweep.agency.name for sweep in after.sweeps}
    for slug in sorted(later.keys() - earlier.keys()):
        say("A sweep more: {later}.", later=later[slug])
    for slug in sorted(earlier.keys() - later.keys()):
        say("A sweep less: {earlier}.", earlier=earlier[slug])


def _moves(move: "Move") -> bool:
    return any(before != after for before, after in (move.place, move.shortlisted, move.wins))


def _arrow(before: int | None, after: int | None) -> str:
    shown = ["–" if place is None else str(place) for place in (before, after)]
    return shown[0] if before == after else " → ".join(shown)


def _figure(score: float | None) -> str | None:
    return None if score is None else figure(score)


def _consequence(move: "Move") -> str:
    words = {
        "wins": move.wins == (False, True),
        "no longer wins": move.wins == (True, False),
        "enters the shortlist": move.shortlisted == (False, True),
        "leaves the shortlist": move.shortlisted == (True, False),
    }
    return ", ".join(word for word, true in words.items() if true)


def _describe(before: "Ranking", after: "Ranking", trial: "Trial", moves: "list[Move]") -> dict[str, Any]:
    return {
        "semester": str(before.semester),
        "as_of": before.as_of.isoformat(),
        "rubric": {"name": before.rubric, "version": before.version, "sha256": before.digest},
        "scaled": [{"metric": name, "before": was, "after": now} for name, was, now in trial.scaled],
        "moves": [
            {
                "channel": move.channel.value,
                "level": move.level,
                "agency": move.agency.slug,
                "name": move.agency.name,
                **{
                    name: {"before": was, "after": now}
                    for name, (was, now) in (
                        ("place", move.place),
                        ("score", move.score),
                        ("shortlisted", move.shortlisted),
                        ("wins", move.wins),
                    )
                },
            }
            for move in moves
        ],
        "sweeps": {
            "before": [sweep.agency.slug for sweep in before.sweeps],
            "after": [sweep.agency.slug for sweep in after.sweeps],
        },
    }


def _describe_overall(moves: "Sequence[OverallMove]") -> list[dict[str, Any]]:
    return [
        {
            "level": move.level,
            "agency": move.agency.slug,
            "name": move.agency.name,
            "place": dict(zip(("before", "after"), move.place, strict=True)),
            "score": dict(zip(("before", "after"), move.score, strict=True)),
        }
        for move in moves
    ]
