"""An explanation on one screen: what an officer asks first, before every post and night."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta

from activity.message import Message
from activity.ranking import Reason, Standing
from cli.console import print_table, say
from cli.speech import figure, name_word, phrase, show_value
from desk.semester.explanation import Explanation
from desk.semester.judge import Judgement

__all__ = ["describe_way", "print_summary"]

_WAYS = {
    Reason.LOW_COVERAGE: Message("it did not exist for enough of the semester, by the rubric's [coverage]."),
    Reason.NEVER_SEEN: Message("a look that succeeds (its nights tell what came of them), or an import."),
    Reason.NO_FILE: Message("a file that tells of it, see `denyut import --help`."),
    Reason.NO_IMPORT: Message("a newer import, see `denyut import --help`."),
    Reason.NO_TOKEN: Message("a token (`denyut meta check`), or a file that the office exports itself."),
    Reason.NOT_VISIBLE: Message(
        "an account that can be seen (`denyut meta check`), or a file that it exports."
    ),
    Reason.NO_ACCOUNT: Message("an address in the registry."),
    Reason.EXCLUDED: Message("the registry says `tidak dinilai`."),
    Reason.NOT_COMPETING: Message("the registry says `non-kompetisi`."),
    Reason.VETO: Message("posts in its longest silence; the rubric's [veto] says how long one may last."),
    Reason.JURY: Message("the jury excluded it; its decision tells why."),
}
"""What would give a place to whoever has none, or why nothing would."""


def print_summary(told: Sequence[Explanation], judgement: Judgement) -> None:
    """Print at most 24 lines of 80 cells for an office on up to five channels.

    Args:
        told: one a channel, of one office.
    """
    ranking, agency = judgement.ranking, told[0].standing.agency
    say(
        "{agency} ({slug}) · {level} · {semester} as of {as_of} · {rubric} {version} · {stage}",
        agency=agency.name,
        slug=agency.slug,
        level=told[0].category.level,
        semester=ranking.semester,
        as_of=ranking.as_of,
        rubric=ranking.rubric,
        version=ranking.version,
        stage=judgement.progress.stage,
    )
    say()
    print_table(
        ["channel", "place", "score", "counted", "nights known", "cost the most"],
        (_row(each) for each in told),
        right=("score",),
    )
    for line in _describe_overall(agency.slug, judgement):
        say(line)
    say()
    say("What would have lifted it one place:")
    for channels, way in _group_ways(told, judgement):
        say(f"  {channels}: {way}")
    for line in _describe_rest([each.standing for each in told], sum(len(each.decisions) for each in told)):
        say(line)
    say(
        "Every post and night: denyut explain {slug} --semester {semester} --all",
        slug=agency.slug,
        semester=ranking.semester,
    )


def _row(told: Explanation) -> list[str | None]:
    s = told.standing
    known = s.coverage.seen + s.coverage.reconstructed
    return [
        s.channel.value,
        _tell_place(told),
        None if s.score is None else figure(s.score),
        phrase("{counted} of {posts}", counted=s.counted, posts=s.posts) if s.coverage.share else None,
        phrase("{known} of {due}", known=known, due=s.coverage.due),
        _tell_cost(s),
    ]


def _tell_place(told: Explanation) -> str | None:
    s = told.standing
    if s.place is None:
        return None
    placed = sum(other.place is not None for other in told.category.standings)
    spread = f" ({s.best_place}–{s.worst_place})" if s.best_place != s.worst_place else ""
    return phrase("{place} of {placed}{spread}", place=s.place, placed=placed, spread=spread)


def _tell_cost(standing: Standing) -> str | None:
    """The metric that keeps most of the hundred points away."""
    if standing.score is None:
        return None
    whole = sum(metric.weight for metric in standing.weighed)
    losses = {m.name: (100 - m.points) * m.weight / whole for m in standing.weighed}
    name = max(losses, key=lambda each: losses[each], default="")
    return (
        f"{name_word('metric', name)} −{figure(losses[name])}"
        if name and round(losses[name], 2)
        else phrase("nothing")
    )


def _describe_overall(slug: str, judgement: Judgement) -> Iterator[str]:
    for _, overall in judgement.ranking.overall:
        placed = sum(each.place is not None for each in overall)
        for each in overall:
            if each.agency.slug == slug and each.place is not None:
                yield phrase(
                    "All channels together: place {place} of {placed} with {score:.2f}.",
                    place=each.place,
                    placed=placed,
                    score=each.score or 0,
                )


def _group_ways(told: Sequence[Explanation], judgement: Judgement) -> list[tuple[str, str]]:
    """What would have helped, a line a channel; those of which the same is true stand together."""
    ways: dict[str, list[str]] = {}
    for each in told:
        ways.setdefault(_tell_step(each, judgement), []).append(each.standing.channel.value)
    return [(", ".join(channels), way) for way, channels in ways.items()]


def _tell_step(told: Explanation, judgement: Judgement) -> str:
    step, standing = told.step, told.standing
    if step is None:
        if standing.place == 1:
            return phrase("nothing, it is first")
        return describe_way(
            standing, judgement, told=phrase("no place, {reason}; for one: ", reason=standing.reason)
        )
    above = step.rival.score or 0
    if not step.days:
        return phrase("no number of posts on silent days, {above:.2f} stands above", above=above)
    posts = (
        phrase("1 more post")
        if len(step.days) == 1
        else phrase("{count} more posts, the first", count=len(step.days))
    )
    return phrase(
        "{posts} on {days} ({score:.2f} against {above:.2f})",
        posts=posts,
        days=step.days[0],
        score=step.score or 0,
        above=above,
    )


def _describe_rest(standings: Sequence[Standing], decisions: int) -> Iterator[str]:
    vacuum = [
        phrase(
            "{channel} since {silent_since}, {silent_days} days",
            channel=s.channel.value,
            silent_since=s.silent_since,
            silent_days=s.silent_days,
        )
        for s in standings
        if s.cause is not None and s.silent_since
    ]
    if vacuum:
        yield phrase("Vacuum: {vacuum}.", vacuum="; ".join(vacuum))
    kinds = Counter(show_value(flag.kind) for s in standings for flag in s.flags)
    flags = ", ".join(f"{count} {kind}" for kind, count in kinds.items()) or phrase("none")
    more = {
        phrase("held for the jury"): sum(s.held for s in standings),
        phrase("without a certain day"): sum(s.undated for s in standings),
        phrase("decisions of the jury"): decisions,
    }
    told = "".join(f"; {words}: {count}" for words, count in more.items() if count)
    yield phrase("Flags: {flags}{told}.", flags=flags, told=told)


def describe_way(standing: Standing, judgement: Judgement, told: str | None = None) -> str:
    """What would give a place to whoever has none."""
    told = phrase("For a place: ") if told is None else told
    rubric, as_of = judgement.rubric, judgement.ranking.as_of
    reason, coverage = standing.reason, standing.coverage
    if reason is Reason.VACUUM:
        saved = as_of - timedelta(days=rubric.status.vacuum_days)
        return phrase(
            "{told}a post on {saved} or later; it would have ended the vacuum.", told=told, saved=saved
        )
    if reason is Reason.LOW_COVERAGE and coverage.share < rubric.coverage.minimum:
        needed = phrase("{minimum:.0%} of the nights known", minimum=rubric.coverage.minimum)
        return phrase(
            "{told}{needed}; an import, or a listing that reaches back over them, makes them so.",
            told=told,
            needed=needed,
        )
    if reason is Reason.UNDATED:
        return phrase(
            "{told}a date on every post: {undated} of {total} tell no day, and any night may hold them.",
            told=told,
            undated=standing.undated,
            total=standing.undated + standing.posts,
        )
    return f"{told}{phrase(_WAYS[reason])}"
