"""`denyut awards`: who won what, as the award table is read out."""

from typing import Annotated, Any

import typer

from activity.errors import ConfigError
from activity.ranking import Ranking
from activity.semester import Semester
from cli.award_list import print_award_list
from cli.console import print_csv, print_json, print_table, say
from cli.judge import judge, keep
from cli.option import AsOf, Json, RubricFile, SemesterName, read_config
from cli.screen import paged
from cli.speech import figure, name_word, phrase
from cli.stage import describe_stage
from desk.view.ranking_json import describe_combined, describe_progress
from reports.award import list_awards, list_levels, list_prizes

__all__ = ["awards"]

_COLUMNS = ("level", "channel", "place", "tied", "sweep", "agency", "name", "score", "prize", "value")


@paged
def awards(
    semester: SemesterName,
    rubric: RubricFile = None,
    as_of: AsOf = None,
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV with a header.")] = False,
    as_list: Annotated[bool, typer.Option("--list", help="A row an award, a column a place.")] = False,
) -> None:
    """The winning places of every level and channel, ties as ties, sweeps marked with ★.

    A sweep is a winning place on every channel of the level. Places that nobody took stay empty.
    """
    if as_json + as_csv + as_list > 1:
        raise ConfigError("--json, --csv and --list cannot be had together.", "Choose one.")
    judgement = judge(read_config(as_of), Semester.parse(semester), rubric)
    ranking = judgement.ranking
    if as_json:
        print_json(_describe(ranking) | describe_progress(judgement.progress))
    elif as_csv:
        empty = dict.fromkeys(_COLUMNS)
        print_csv(_COLUMNS, (empty | row for row in [*list_awards(ranking), *list_prizes(ranking)]))
    else:
        (print_award_list if as_list else _print_tables)(ranking)
        say(f"{ranking.semester}: {describe_stage(judgement.progress, judgement.config.zone)}.")
    keep(judgement)


def _print_tables(ranking: Ranking) -> None:
    for level in list_levels(ranking):
        rows = [row for row in list_awards(ranking) if row["level"] == level]
        print_table(
            ["channel", "place", "", "agency", "score"],
            (
                [
                    row["channel"],
                    phrase("{place} (tie)", place=row["place"]) if row["tied"] else row["place"],
                    "★" if row["sweep"] else "",
                    row["name"],
                    figure(row["score"]),
                ]
                for row in rows
            ),
            title=phrase(
                "{level} · {semester} as of {as_of} · {rubric} {version}",
                level=level,
                semester=ranking.semester,
                as_of=ranking.as_of,
                rubric=ranking.rubric,
                version=ranking.version,
            ),
            right=("score",),
        )
        say()
    _print_prizes(ranking)
    for sweep in ranking.sweeps:
        places = ", ".join(f"{channel.value} {place}" for channel, place in sweep.places)
        say(
            "★ {agency} wins on every channel of {level}: {places}.",
            agency=sweep.agency.name,
            level=sweep.agency.level,
            places=places,
        )


def _print_prizes(ranking: Ranking) -> None:
    for prize in ranking.prizes:
        rows = [row for row in list_prizes(ranking) if row["prize"] == prize.name]
        print_table(
            ["level", "channel", "place", "agency", name_word("metric", prize.metric)],
            (
                [
                    row["level"],
                    row["channel"],
                    phrase("{place} (tie)", place=row["place"]) if row["tied"] else row["place"],
                    row["name"],
                    figure(row["value"], ".4g"),
                ]
                for row in rows
            ),
            title=phrase(
                "{prize} · {semester} as of {as_of}",
                prize=prize.name,
                semester=ranking.semester,
                as_of=ranking.as_of,
            ),
            right=(name_word("metric", prize.metric),),
        )
        say()


def _describe(ranking: Ranking) -> dict[str, Any]:
    return {
        "semester": str(ranking.semester),
        "as_of": ranking.as_of.isoformat(),
        "rubric": {"name": ranking.rubric, "version": ranking.version, "sha256": ranking.digest},
        "places": ranking.places,
        "awards": list_awards(ranking),
        "prizes": list_prizes(ranking),
        "sweeps": describe_combined(ranking)["sweeps"],
    }
