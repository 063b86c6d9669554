"""`denyut months`: what each account did, month by month, and who has handed in a month's export."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from activity.errors import ConfigError
from activity.result.hand_in import HandInState
from activity.result.month import find_month
from activity.semester import Semester
from cli.console import print_csv, print_json, print_table, say
from cli.judge import judge, remark_unknown
from cli.level import check_levels
from cli.option import AsOf, ChannelOption, Json, LevelOption, RubricFile, SemesterName, read_config
from cli.screen import paged
from cli.speech import name_word, phrase
from desk.view.ranking_json import describe_head

if TYPE_CHECKING:
    from activity.result.recap import MonthRecap

__all__ = ["months"]

_COLUMNS = (
    "month",
    "level",
    "channel",
    "agency",
    "name",
    "posts",
    "active_days",
    "longest_silence",
    "latest_post",
    "nights_unseen",
    "nights_due",
    "handed_in",
)
_SHOWN = 40
"""Names that a screen lists of those who handed in nothing."""


@paged
def months(
    semester: SemesterName,
    month: Annotated[
        str | None,
        typer.Option("--month", metavar="MONTH", help="Every account of this month, such as 2026-03."),
    ] = None,
    channel: ChannelOption = None,
    level: LevelOption = None,
    rubric: RubricFile = None,
    as_of: AsOf = None,
    as_json: Json = False,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="CSV with a header, a row an account and month.")
    ] = False,
) -> None:
    """The figures of each month: posts, days with a post, longest silence, latest post, unseen nights.

    Also who has handed in a month's files, who in part, and who nothing. A month of which no night is known
    has no figures: that is no zero. Every dated post counts, also a flagged one.
    """
    from desk.semester.month import read_months

    if as_json and as_csv:
        raise ConfigError("--json and --csv cannot be had together.", "Choose one.")
    judgement = judge(read_config(as_of), Semester.parse(semester), rubric)
    check_levels(judgement.ranking, level)
    recaps = list(read_months(judgement, channel or (), level or ()))
    if month is not None:
        named = find_month([recap.month for recap in recaps], month)
        recaps = [recap for recap in recaps if recap.month == named]
    remark_unknown(judgement)
    if as_json:
        print_json({**describe_head(judgement), "months": [_describe(recap) for recap in recaps]})
    elif as_csv:
        print_csv(_COLUMNS, (line for recap in recaps for line in _describe_lines(recap)))
    elif month is None:
        _print_city(
            recaps,
            phrase(
                "{semester} by months, as of {day}",
                semester=judgement.ranking.semester,
                day=judgement.ranking.as_of,
            ),
        )
    else:
        _print_month(
            recaps[0], phrase("{month}, as of {day}", month=recaps[0].month, day=judgement.ranking.as_of)
        )


def _print_city(recaps: "Sequence[MonthRecap]", title: str) -> None:
    print_table(
        ["month", "accounts", "posts", "posted", "silent", "uncertain", "nights unseen",
         "handed in", "in part", "nothing"],
        (
            [
                recap.month,
                recap.whole.accounts,
                _least(recap.whole.posts, recap.whole.unseen),
                recap.whole.posted,
                recap.whole.silent,
                recap.whole.uncertain,
                phrase("{known} of {due}", known=recap.whole.unseen, due=recap.whole.due),
                *map(recap.count, (HandInState.WHOLE, HandInState.PART, HandInState.NOTHING)),
            ]
            for recap in recaps
        ),
        title=title,
        right=("accounts", "posts", "posted", "silent", "uncertain", "handed in", "in part", "nothing"),
        drop=("nights unseen", "accounts", "in part"),
    )  # fmt: skip
    say("Silent: no post, every night known. Uncertain: no post found, but nights are unseen.")


def _print_month(recap: "MonthRecap", title: str) -> None:
    print_table(
        [
            "agency",
            "channel",
            "posts",
            "days",
            "longest silence",
            "latest post",
            "nights unseen",
            "handed in",
        ],
        (
            [
                line.agency.name,
                line.channel.value,
                _least(line.posts, line.unseen),
                line.active_days,
                line.longest_silence,
                line.latest,
                phrase("{known} of {due}", known=line.unseen, due=line.due) if line.unseen else 0,
                name_word("handed", handed.state.value) if (handed := recap.hand_in(line)) else None,
            ]
            for line in recap.lines
        ),
        title=title,
        right=("posts", "days", "longest silence", "nights unseen"),
        drop=("days", "latest post", "handed in", "nights unseen"),
    )
    lacking = [each for each in recap.hand_ins.values() if each.state is HandInState.NOTHING]
    if not lacking:
        return
    say()
    say("Nothing handed in for {month}: {count} accounts.", month=recap.month, count=len(lacking))
    for each in lacking[:_SHOWN]:
        say(f"  {each.agency.name}, {each.channel.value}")
    if len(lacking) > _SHOWN:
        say("  and {count} more: --csv lists all.", count=len(lacking) - _SHOWN)


def _least(posts: int | None, unseen: int) -> str | None:
    """Posts as they are known: a lower bound where nights are unseen, nothing where nothing is."""
    return None if posts is None else f"≥ {posts}" if unseen else str(posts)


def _describe(recap: "MonthRecap") -> dict[str, Any]:
    whole = recap.whole
    return {
        "month": str(recap.month),
        "accounts": whole.accounts,
        "posts": whole.posts,
        "posted": whole.posted,
        "silent": whole.silent,
        "uncertain": whole.uncertain,
        "nights_unseen": whole.unseen,
        "nights_due": whole.due,
        "handed_in": {state.value: recap.count(state) for state in HandInState},
        "lines": list(_describe_lines(recap)),
    }


def _describe_lines(recap: "MonthRecap") -> Iterator[dict[str, Any]]:
    for line in recap.lines:
        handed = recap.hand_in(line)
        yield {
            "month": str(line.month),
            "level": line.agency.level,
            "channel": line.channel.value,
            "agency": line.agency.slug,
            "name": line.agency.name,
            "posts": line.posts,
            "active_days": line.active_days,
            "longest_silence": line.longest_silence,
            "latest_post": line.latest.isoformat() if line.latest else None,
            "nights_unseen": line.unseen,
            "nights_due": line.due,
            "handed_in": handed.state.value if handed else None,
        }
