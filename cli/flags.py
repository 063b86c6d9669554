"""`denyut flags`: what was noticed about a semester's posts, with the evidence of each."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from activity.agency import Channel
from activity.flag import Flag, FlagKind
from activity.jury import Action
from activity.semester import Semester
from cli.console import print_json, print_table, say
from cli.judge import Judgement, judge
from cli.option import ONLY_ANY, AsOf, ChannelOption, Json, RubricFile, SemesterName, read_config
from cli.screen import paged
from cli.speech import name_word, phrase, show_value
from desk.agency import find_agencies
from desk.view.ranking_json import describe_flag

if TYPE_CHECKING:
    from scoring.rubrics.rule import IntegrityRule

__all__ = ["flags"]

_Decided = Mapping[tuple[str, Channel, str], Action]


@paged
def flags(
    semester: SemesterName,
    channel: ChannelOption = None,
    agency: Annotated[
        list[str] | None, typer.Option("--agency", metavar="AGENCY", help=f"{ONLY_ANY}; may be repeated.")
    ] = None,
    kind: Annotated[
        list[FlagKind] | None, typer.Option("--kind", help="Only this kind; may be repeated.")
    ] = None,
    rubric: RubricFile = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """What looks unlike honest publishing, each with its evidence and what the rubric does with it.

    A flag is no verdict: look at the evidence, and decide with `denyut override` where the rubric is wrong.
    """
    judgement = judge(read_config(as_of), Semester.parse(semester), rubric)
    agencies = find_agencies(judgement.engine, agency or [])
    found = [
        flag
        for flag in judgement.flags
        if (not channel or flag.channel in channel)
        and (not agencies or flag.agency in agencies)
        and (not kind or flag.kind in kind)
    ]
    if as_json:
        _print_json(judgement, found)
    else:
        _print_table(judgement, found)


def _load_decided(judgement: Judgement) -> _Decided:
    """What the jury decided on posts, which goes before the rubric."""
    from db.semester.jury import load_overrides
    from scoring.jury.decision import decisions_in_force

    found = decisions_in_force(load_overrides(judgement.engine, str(judgement.ranking.semester)))
    return {(d.agency, d.channel, d.post): d.action for d in found if d.post is not None}


def _print_json(judgement: Judgement, found: Sequence[Flag]) -> None:
    rule, decided = judgement.rubric.integrity, _load_decided(judgement)
    print_json(
        {
            "semester": str(judgement.ranking.semester),
            "as_of": judgement.ranking.as_of.isoformat(),
            "flags": [
                describe_flag(flag)
                | {
                    "treatment": _treatment(flag, rule),
                    "decided": {key: action.value for key, action in _ruled(flag, decided).items()},
                }
                for flag in found
            ],
        }
    )


def _print_table(judgement: Judgement, found: Sequence[Flag]) -> None:
    rule, decided = judgement.rubric.integrity, _load_decided(judgement)
    print_table(
        ["agency", "channel", "flag", "posts", "treatment", "evidence"],
        (
            [
                flag.agency,
                flag.channel.value,
                flag.kind,
                len(flag.posts) or None,
                _tell_treatment(flag, rule, decided),
                flag.evidence,
            ]
            for flag in found
        ),
        title=phrase(
            "Flags of {semester} as of {as_of}",
            semester=judgement.ranking.semester,
            as_of=judgement.ranking.as_of,
        ),
        right=("posts",),
        drop=("posts", "treatment"),
    )
    say(
        "{count} flags on {count_2} accounts.",
        count=len(found),
        count_2=len({(flag.agency, flag.channel) for flag in found}),
    )


def _treatment(flag: Flag, rule: "IntegrityRule") -> str | None:
    return rule.treatment[flag.kind].value if flag.posts and flag.kind in rule.treatment else None


def _tell_treatment(flag: Flag, rule: "IntegrityRule", decided: _Decided) -> str | None:
    """The rubric's treatment, and the jury's word where that goes before it."""
    ruled = _ruled(flag, decided)
    said = {show_value(action) for action in ruled.values()}
    if len(ruled) == len(flag.posts) and len(said) == 1:
        return phrase("{said} (jury)", said=said.pop())
    by_rubric = _treatment(flag, rule)
    by_rubric = by_rubric and name_word("treatment", by_rubric)
    return (
        phrase("{by_rubric}; the jury decided on {count}", by_rubric=by_rubric, count=len(ruled))
        if ruled
        else by_rubric
    )


def _ruled(flag: Flag, decided: _Decided) -> dict[str, Action]:
    named = ((post.key, (flag.agency, flag.channel, post.key)) for post in flag.posts)
    return {key: decided[matter] for key, matter in named if matter in decided}
