"""`denyut explain`: an office's score taken apart down to its posts and nights."""

from typing import Annotated

import typer

from activity.errors import ConfigError
from activity.ranking import Category, Ranking, Standing
from activity.semester import Semester, night_of
from cli.console import print_json, print_table, say
from cli.explanation import explanation_json
from cli.judge import Judgement, judge
from cli.option import ANY_NAME, AsOf, ChannelOption, Json, RubricFile, read_config
from cli.screen import paged
from cli.stage import describe_stage
from cli.standing import describe_head
from cli.summary import describe_way, print_summary
from desk.agency import find_agency
from desk.explanation import Explanation, NightSpan, explain_standing
from desk.store import open_store

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
            f"{slug} is not ranked in {chosen} on the channels asked for.",
            f"See `denyut rank {chosen}` for who is, and the rubric's targets for why.",
        )
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
    return (
        f"{s.agency.name} · {s.channel.value} · {told.category.level} · {ranking.semester}"
        f" as of {ranking.as_of} · rubric {ranking.rubric} {ranking.version}"
    )


def _describe_place(standing: Standing, category: Category) -> list[str]:
    s = standing
    lines = [f"address: {s.address or 'none in the registry'}"]
    placed = sum(other.place is not None for other in category.standings)
    if s.place is not None:
        spread = f", possible {s.best_place} to {s.worst_place}" if s.best_place != s.worst_place else ""
        firm = "" if s.stability is None else f", the same in {s.stability:.0%} of other weightings"
        lines.append(f"place {s.place} of {placed}{spread}{firm}")
    else:
        lines.append(f"no place: {s.reason.value}")
    if near := category.not_told_apart(s):
        lines.append(f"not told apart from: {', '.join(other.agency.name for other in near)}")
    known = s.coverage.seen + s.coverage.reconstructed
    lines.append(
        f"status {s.status.value}; {known} of {s.coverage.due} nights known ({s.coverage.share:.0%})"
    )
    if s.silent_since:
        usual = f", where one post in {s.rhythm:g} days was usual" if s.rhythm else ""
        days = "1 day" if s.silent_days == 1 else f"{s.silent_days} days"
        lines.append(f"silent since {s.silent_since}, {days}{usual}")
    if s.cause:
        alive = f"; alive on {', '.join(c.value for c in s.alive_on)}" if s.alive_on else ""
        lines.append(f"cause of the silence: {s.cause.value}{alive}")
    if s.vacuum_on:
        lines.append(f"vacuum from {s.vacuum_on} on, if nothing more is posted")
    return lines


def _print_score(standing: Standing) -> None:
    if standing.score is None:
        say("Not assessed: that is no zero. Nothing is said about what nobody could see.")
        return
    gives = standing.contributions
    print_table(
        ["metric", "points", "weight", "gives", "how"],
        (
            [m.name, f"{m.points:.2f}", f"{m.weight:g}", f"{gives.get(m.name, 0):.2f}", m.explanation]
            for m in standing.metrics
        ),
        title=f"Score {standing.score:.2f}",
        right=("points", "weight", "gives"),
    )
    for metric, points in standing.deductions:
        say(f"Deducted for {metric}: {points:g} points.")
    say()


def _print_nights(nights: tuple[NightSpan, ...]) -> None:
    print_table(
        ["nights", "from", "to", "count", "what came of the looks"],
        ([span.state.value, span.first, span.last, span.count, span.outcomes] for span in nights),
        title="Nights",
        right=("count",),
    )
    say()


def _print_posts(told: Explanation) -> None:
    print_table(
        ["day", "treatment", "counts on", "title", "date told by", "first seen", "flags", "address"],
        (
            [p.day, p.treatment, p.counts_on, p.title, p.witness, p.first_seen, ", ".join(p.flags), p.url]
            for p in told.posts
        ),
        title=f"Posts: {told.standing.posts} count, {told.standing.counted} after the caps",
        drop=("address", "date told by", "first seen", "flags", "treatment"),
    )
    if sum(post.counts_on is not None for post in told.posts) != told.standing.posts:
        say("These are the posts that the database holds now; the score is of those that were sealed.")
    if told.standing.held:
        say(f"Held for the jury: {told.standing.held} more.")
    if told.standing.undated:
        say(f"{told.standing.undated} more have no certain day and earn nothing until a person finds one.")
    say()


def _describe_flags(told: Explanation) -> list[str]:
    lines = [f"Flag {flag.kind.value}: {flag.evidence}" for flag in told.standing.flags]
    for each in told.decisions:
        about = f"{each.action.value} {each.post or ''}".rstrip()
        lines.append(f"Decision {each.number} by {each.who}: {about}. {each.reason} [{each.evidence}]")
    return lines


def _describe_step(told: Explanation, judgement: Judgement) -> list[str]:
    step, standing = told.step, told.standing
    if step is None:
        return (
            ["First place: nobody stands above."]
            if standing.place == 1
            else [describe_way(standing, judgement)]
        )
    rival = step.rival
    lines = [f"One place higher stands {rival.agency.name} with {rival.score or 0:.2f}."]
    gaps = [f"{name} {gap:+.2f}" for name, gap in step.gaps if gap]
    if gaps:
        lines.append(f"  Its score differs by: {', '.join(gaps)}.")
    if step.days:
        days = ", ".join(map(str, step.days))
        more = "One more post would have passed it, on"
        if len(step.days) > 1:
            more = f"{len(step.days)} more posts would have passed it, one on each of:"
        lines.append(f"  {more} {days};")
        lines.append(f"  the score would have been {step.score:.2f}.")
    else:
        lines.append("  No number of further posts on the silent nights would have been enough.")
    return lines
