"""`denyut explain`: an office's score taken apart down to its posts and nights."""

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from activity.errors import ConfigError
from activity.ranking import Category, Ranking, Standing
from activity.result.explanation import PostLine
from activity.semester import Semester, night_of
from cli.console import print_json, print_table, say
from cli.explanation import explanation_json
from cli.judge import Judgement, judge, remark_unknown
from cli.option import ANY_NAME, AsOf, ChannelOption, Json, RubricFile, read_config
from cli.screen import paged
from cli.speech import figure, name_word, phrase, show_value
from cli.stage import describe_stage
from cli.summary import describe_way, print_summary
from desk.agency import find_agency
from desk.semester.explanation import Explanation, NightSpan, explain_standing
from desk.store import open_store
from desk.view.ranking_json import describe_head

__all__ = ["explain"]


@paged
def explain(
    agency: Annotated[str, typer.Argument(metavar="AGENCY", help=ANY_NAME)],
    channel: ChannelOption = None,
    semester: Annotated[
        str | None, typer.Option("--semester", metavar="SEMESTER", help="Default: the one of this moment.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every metric, post, night, flag and decision, channel by channel.")
    ] = False,
    rubric: RubricFile = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """For the office that asks why: a screen of its score; --all takes it apart down to each post and night.

    Also what was noticed about its posts, and what would have brought it one place higher.
    """
    config = read_config(as_of)
    chosen = Semester.parse(semester) if semester else Semester.of(night_of(config.now(), config.zone))
    slug = find_agency(open_store(config)[0], agency)
    judgement = judge(config, chosen, rubric)
    mine = [
        (category, standing)
        for category in judgement.ranking.categories
        for standing in category.standings
        if standing.agency.slug == slug and (not channel or standing.channel in channel)
    ]
    if not mine:
        raise ConfigError(
            "{slug} is not ranked in {chosen} on the channels asked for.",
            "See `denyut rank {chosen}` for who is, and the rubric's targets for why.",
            slug=slug,
            chosen=chosen,
        )
    remark_unknown(judgement)
    told = [explain_standing(judgement, category, standing) for category, standing in mine]
    if as_json:
        print_json({**describe_head(judgement), "explanations": [explanation_json(each) for each in told]})
    elif everything:
        for each in told:
            _print_explanation(each, judgement)
    else:
        print_summary(told, judgement)


def _print_explanation(told: Explanation, judgement: Judgement) -> None:
    ranking = judgement.ranking
    say(_heading(told, ranking))
    say(f"  {describe_stage(judgement.progress, judgement.config.zone)}")
    for line in _describe_place(told.standing, told.category):
        say(f"  {line}")
    say()
    _print_score(told.standing)
    _print_nights(told.nights)
    _print_posts(told)
    for line in (*_describe_flags(told), *_describe_step(told, judgement)):
        say(line)
    say()


def _heading(told: Explanation, ranking: Ranking) -> str:
    s = told.standing
    return phrase(
        "{agency} · {channel} · {level} · {semester} as of {as_of} · rubric {rubric} {version}",
        agency=s.agency.name,
        channel=s.channel.value,
        level=told.category.level,
        semester=ranking.semester,
        as_of=ranking.as_of,
        rubric=ranking.rubric,
        version=ranking.version,
    )


def _describe_place(standing: Standing, category: Category) -> list[str]:
    s = standing
    lines = [phrase("address: {address}", address=s.address or phrase("none in the registry"))]
    if s.place is None:
        lines.append(phrase("no place: {reason}", reason=s.reason))
    else:
        lines.append(_tell_place(s, sum(other.place is not None for other in category.standings)))
    if near := category.not_told_apart(s):
        names = ", ".join(other.agency.name for other in near)
        lines.append(phrase("not told apart from: {names}", names=names))
    known, due = s.coverage.seen + s.coverage.reconstructed, s.coverage.due
    share = s.coverage.share
    coverage = phrase("{known} of {due} nights known ({share:.0%})", known=known, due=due, share=share)
    lines.append(phrase("status {status}; {coverage}", status=s.status, coverage=coverage))
    return [*lines, *_describe_silence(s)]


def _tell_place(standing: Standing, placed: int) -> str:
    s, spread, firm = standing, "", ""
    if s.best_place != s.worst_place:
        spread = phrase(", possible {best} to {worst}", best=s.best_place, worst=s.worst_place)
    if s.stability is not None:
        firm = phrase(", the same in {share:.0%} of other weightings", share=s.stability)
    return phrase("place {place} of {placed}{more}", place=s.place, placed=placed, more=spread + firm)


def _describe_silence(standing: Standing) -> Iterator[str]:
    s = standing
    if s.silent_since:
        usual = phrase(", where one post in {rhythm:g} days was usual", rhythm=s.rhythm) if s.rhythm else ""
        days = phrase("1 day") if s.silent_days == 1 else phrase("{count} days", count=s.silent_days)
        yield phrase("silent since {day}, {days}{usual}", day=s.silent_since, days=days, usual=usual)
    if s.cause:
        others = ", ".join(channel.value for channel in s.alive_on)
        alive = phrase("; alive on {channels}", channels=others) if others else ""
        yield phrase("cause of the silence: {cause}{alive}", cause=s.cause, alive=alive)
    if s.vacuum_on:
        yield phrase("vacuum from {day} on, if nothing more is posted", day=s.vacuum_on)


def _print_score(standing: Standing) -> None:
    if standing.score is None:
        say("Not assessed: that is no zero. Nothing is said about what nobody could see.")
        return
    gives = standing.contributions
    print_table(
        ["metric", "points", "weight", "gives", "how"],
        (
            [
                name_word("metric", m.name),
                figure(m.points),
                figure(m.weight, "g"),
                figure(gives.get(m.name, 0)),
                m.explanation,
            ]
            for m in standing.metrics
        ),
        title=phrase("Score {score:.2f}", score=standing.score),
        right=("points", "weight", "gives"),
    )
    for metric, points in standing.deductions:
        say("Deducted for {metric}: {points:g} points.", metric=metric, points=points)
    say()


def _tell_post(post: PostLine) -> list[object]:
    flags = ", ".join(name_word("flag", flag) for flag in post.flags)
    does = name_word("treatment", post.treatment) if post.treatment else ""
    witness = (post.witness, post.first_seen)
    return [post.day, does, post.counts_on, post.title, *witness, flags, post.url]


def _print_nights(nights: tuple[NightSpan, ...]) -> None:
    print_table(
        ["nights", "from", "to", "count", "what came of the looks"],
        ([span.state, span.first, span.last, span.count, span.outcomes] for span in nights),
        title="Nights",
        right=("count",),
    )
    say()


def _print_lines(posts: Sequence[PostLine], title: str) -> None:
    print_table(
        ["day", "treatment", "counts on", "title", "date told by", "first seen", "flags", "address"],
        map(_tell_post, posts),
        title=title,
        drop=("address", "date told by", "first seen", "flags", "treatment"),
    )


def _print_posts(told: Explanation) -> None:
    title = phrase(
        "Posts: {posts} count, {counted} after the caps",
        posts=told.standing.posts,
        counted=told.standing.counted,
    )
    _print_lines(told.posts, title)
    if told.later:
        say()
        _print_lines(
            told.later,
            phrase("Known only after the seal: {count} more, which do not count.", count=len(told.later)),
        )
    if told.standing.held:
        say("Held for the jury: {held} more.", held=told.standing.held)
    if told.standing.undated:
        say(
            "{undated} more have no certain day and earn nothing until a person finds one.",
            undated=told.standing.undated,
        )
        say("By a rubric with [undated] the nights over which they came count as unseen, not as silent.")
    say()


def _describe_flags(told: Explanation) -> list[str]:
    lines = [
        phrase("Flag {kind}: {evidence}", kind=flag.kind, evidence=flag.evidence)
        for flag in told.standing.flags
    ]
    for each in told.decisions:
        about = f"{show_value(each.action)} {each.post or ''}".rstrip()
        lines.append(
            phrase(
                "Decision {number:d} by {who}: {about}. {reason} [{evidence}]",
                number=each.number,
                who=each.who,
                about=about,
                reason=each.reason,
                evidence=each.evidence,
            )
        )
    return lines


def _describe_step(told: Explanation, judgement: Judgement) -> list[str]:
    step, standing = told.step, told.standing
    if step is None:
        return (
            [phrase("First place: nobody stands above.")]
            if standing.place == 1
            else [describe_way(standing, judgement)]
        )
    rival = step.rival
    lines = [
        phrase(
            "One place higher stands {agency} with {score:.2f}.",
            agency=rival.agency.name,
            score=rival.score or 0,
        )
    ]
    gaps = [f"{name_word('metric', name)} {figure(gap, '+.2f')}" for name, gap in step.gaps if gap]
    if gaps:
        lines.append(phrase("  Its score differs by: {gaps}.", gaps=", ".join(gaps)))
    if step.days:
        days = ", ".join(map(str, step.days))
        more = phrase("One more post would have passed it, on")
        if len(step.days) > 1:
            more = phrase("{count} more posts would have passed it, one on each of:", count=len(step.days))
        lines.append(f"  {more} {days};")
        lines.append(phrase("  the score would have been {score:.2f}.", score=step.score))
    else:
        lines.append(phrase("  No number of further posts on the silent nights would have been enough."))
    return lines
