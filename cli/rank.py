"""`denyut rank` and `shortlist`: a semester judged."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from activity.ranking import Category, Ranking, Reason, Standing
from activity.semester import Semester
from cli.console import print_json, print_table, say
from cli.judge import Judgement, judge, keep
from cli.level import check_levels
from cli.option import AsOf, ChannelOption, Json, LevelOption, RubricFile, SemesterName, read_config
from cli.screen import paged
from cli.speech import figure, name_word, phrase, show_value
from cli.stage import describe_stage
from desk.view.ranking_json import describe_combined, describe_head, describe_standing
from desk.view.unknown import tell_unknown

__all__ = ["rank", "shortlist"]

_RIGHT = ("place", "score", "posts", "days", "coverage")


@paged
def rank(
    semester: SemesterName,
    channel: ChannelOption = None,
    level: LevelOption = None,
    rubric: RubricFile = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Rank every agency, per channel and level, and keep the ranking in the database.

    Ties stand as ties. Who has too few known nights, or no account, is *tidak dinilai*: that is no zero.
    """
    judgement = _judge(semester, rubric, as_of, level)
    categories = _chosen(judgement.ranking, channel, level)
    if as_json:
        print_json(_ranking_json(judgement, categories))
        return
    if not tell_unknown(judgement):
        for category in categories:
            _print_category(category, judgement.ranking)
        _print_overall(judgement.ranking, level)
    _say_stage(judgement)


@paged
def shortlist(
    semester: SemesterName,
    channel: ChannelOption = None,
    level: LevelOption = None,
    rubric: RubricFile = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """The few of each channel and level that go to the jury, the winning places marked with a star."""
    judgement = _judge(semester, rubric, as_of, level)
    ranking = judgement.ranking
    categories = _chosen(ranking, channel, level)
    if as_json:
        print_json(
            {**describe_head(judgement), "categories": [_shortlist_json(c, ranking) for c in categories]}
        )
        return
    # Who is on no list for want of any night is no news: the one line that was said is all there is.
    if not tell_unknown(judgement):
        for category in categories:
            _print_shortlist(category, ranking)
    _say_stage(judgement)


def _judge(semester: str, rubric: RubricFile, as_of: str | None, levels: list[str] | None) -> Judgement:
    judgement = judge(read_config(as_of), Semester.parse(semester), rubric)
    check_levels(judgement.ranking, levels)
    keep(judgement)
    return judgement


def _chosen(ranking: Ranking, channels: ChannelOption, levels: list[str] | None) -> list[Category]:
    return [
        c
        for c in ranking.categories
        if (not channels or c.channel in channels) and (not levels or c.level in levels)
    ]


def _print_category(category: Category, ranking: Ranking) -> None:
    names = _metric_names(category)
    heads = [name_word("metric", name) for name in names]
    compared = any(s.change for s in category.standings)
    print_table(
        [
            "place",
            "possible",
            *(["before"] if compared else []),
            "agency",
            "score",
            *heads,
            "posts",
            "last post",
            "status",
            "coverage",
            "note",
        ],
        (
            [
                s.place,
                _possible(s),
                *([_before(s)] if compared else []),
                s.agency.name,
                _figure(s.score),
                *_points(s, names),
                s.posts if s.coverage.share else None,
                s.last_post,
                s.status,
                figure(s.coverage.share, ".0%"),
                _note(s),
            ]
            for s in category.standings
        ),
        title=_heading(category, ranking),
        right=(*_RIGHT, *heads),
        drop=("possible", *reversed(heads), "before", "coverage", "posts", "note", "last post", "status"),
    )
    say()


def _print_shortlist(category: Category, ranking: Ranking) -> None:
    names = _metric_names(category)
    heads = [name_word("metric", name) for name in names]
    print_table(
        ["place", "", "possible", "agency", "score", *heads, "last post", "coverage"],
        (
            [
                s.place,
                "★" if _wins(s, ranking) else "",
                _possible(s),
                s.agency.name,
                _figure(s.score),
                *_points(s, names),
                s.last_post,
                figure(s.coverage.share, ".0%"),
            ]
            for s in ranking.shortlisted(category)
        ),
        title=_heading(category, ranking),
        right=(*_RIGHT, *heads),
        drop=("possible", *reversed(heads), "coverage", "last post"),
    )
    say()


def _shortlist_json(category: Category, ranking: Ranking) -> dict[str, Any]:
    return {
        "channel": category.channel.value,
        "level": category.level,
        "shortlist": [
            {**describe_standing(s), "wins": _wins(s, ranking)} for s in ranking.shortlisted(category)
        ],
    }


def _possible(standing: Standing) -> str | None:
    """Places that remain possible; ranges that overlap are offices that cannot be told apart."""
    best, worst = standing.best_place, standing.worst_place
    if best is None or worst is None:
        return None
    return str(best) if best == worst else f"{best}–{worst}"


def _before(standing: Standing) -> str:
    """The place of the semester before, and what moved the score most since."""
    change = standing.change
    if change is None:
        return ""
    place = "–" if change.place is None else str(change.place)
    moved = next(
        (
            f", {name_word('metric', name)} {figure(move, '+.1f')}"
            for name, move in change.metrics
            if round(move, 1)
        ),
        "",
    )
    names = (
        ""
        if change.agencies == (standing.agency.slug,)
        else phrase(" as {agencies}", agencies=", ".join(change.agencies))
    )
    return f"{place}{names}{moved}"


def _print_overall(ranking: Ranking, levels: list[str] | None) -> None:
    for level, overall in ranking.overall:
        if levels and level not in levels:
            continue
        print_table(
            ["place", "agency", "score"],
            ([o.place, o.agency.name, _figure(o.score)] for o in overall),
            title=phrase(
                "all channels · {level} · {semester} as of {as_of}",
                level=level,
                semester=ranking.semester,
                as_of=ranking.as_of,
            ),
            right=_RIGHT,
        )
        say()


def _say_stage(judgement: Judgement) -> None:
    say(f"{judgement.ranking.semester}: {describe_stage(judgement.progress, judgement.config.zone)}.")


def _note(standing: Standing) -> str:
    words = [show_value(standing.reason)] if standing.reason is not Reason.NONE else []
    if standing.reason is Reason.NO_IMPORT:
        words = [f"{show_value(standing.reason)} {show_value(standing.known_until)}"]
    if standing.reason is Reason.UNDATED:
        total = standing.undated + standing.posts
        words = [phrase("{undated} of {total} posts tell no day", undated=standing.undated, total=total)]
    if standing.outcome is not None and not standing.outcome.saw:
        words.append(phrase("last look: {outcome}", outcome=standing.outcome))
    if standing.flags:
        kinds = Counter(show_value(flag.kind) for flag in standing.flags)
        told = ", ".join(f"{times} {kind}" for kind, times in kinds.items())
        words.append(phrase("flags: {told}", told=told))
    if standing.held:
        words.append(
            phrase("1 post held") if standing.held == 1 else phrase("{held} posts held", held=standing.held)
        )
    return "; ".join(words)


def _heading(category: Category, ranking: Ranking) -> str:
    return phrase(
        "{channel} · {level} · {semester} as of {as_of}",
        channel=category.channel.value,
        level=category.level,
        semester=ranking.semester,
        as_of=ranking.as_of,
    )


def _metric_names(category: Category) -> tuple[str, ...]:
    """The metrics that make the score, in their usual order."""
    return tuple(dict.fromkeys(metric.name for s in category.standings for metric in s.weighed))


def _points(standing: Standing, names: Sequence[str]) -> list[str | None]:
    points = {metric.name: metric.points for metric in standing.weighed}
    return [_figure(points.get(name)) for name in names]


def _wins(standing: Standing, ranking: Ranking) -> bool:
    return standing.place is not None and standing.place <= ranking.places


def _figure(value: float | None) -> str | None:
    return None if value is None else figure(value)


def _ranking_json(judgement: Judgement, categories: list[Category]) -> dict[str, Any]:
    return {
        **describe_head(judgement),
        "categories": [
            {
                "channel": c.channel.value,
                "level": c.level,
                "standings": [describe_standing(s) for s in c.standings],
            }
            for c in categories
        ],
        **describe_combined(judgement.ranking),
    }
