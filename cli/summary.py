"""An explanation on one screen: what an officer asks first, before every post and night."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta

from activity.ranking import Reason, Standing
from cli.console import print_table, say
from desk.explanation import Explanation
from desk.judge import Judgement

__all__ = ["describe_way", "print_summary"]

_WAYS = {
    Reason.LOW_COVERAGE: "it did not exist for enough of the semester, by the rubric's [coverage].",
    Reason.NEVER_SEEN: "a look that succeeds (its nights tell what came of them), or an import.",
    Reason.NO_FILE: "a file that tells of it, see `denyut import --help`.",
    Reason.NO_IMPORT: "a newer import, see `denyut import --help`.",
    Reason.NO_TOKEN: "a token (`denyut meta check`), or a file that the office exports itself.",
    Reason.NOT_VISIBLE: "an account that can be seen (`denyut meta check`), or a file that it exports.",
    Reason.NO_ACCOUNT: "an address in the registry.",
    Reason.EXCLUDED: "the registry says `tidak dinilai`.",
    Reason.NOT_COMPETING: "the registry says `non-kompetisi`.",
    Reason.VETO: "posts in its longest silence; the rubric's [veto] says how long one may last.",
    Reason.JURY: "the jury excluded it; its decision tells why.",
}
"""What would give a place to whoever has none, or why nothing would."""


def print_summary(told: Sequence[Explanation], judgement: Judgement) -> None:
    """Print at most 24 lines of 80 cells for an office on up to five channels.

    Args:
        told: one a channel, of one office.
    """
    ranking, agency = judgement.ranking, told[0].standing.agency
    say(
        f"{agency.name} ({agency.slug}) · {told[0].category.level} · {ranking.semester} as of {ranking.as_of}"
        f" · {ranking.rubric} {ranking.version} · {judgement.progress.stage.value}"
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
    say(f"Every post and night: denyut explain {agency.slug} --semester {ranking.semester} --all")


def _row(told: Explanation) -> list[str | None]:
    s = told.standing
    known = s.coverage.seen + s.coverage.reconstructed
    return [
        s.channel.value,
        _tell_place(told),
        None if s.score is None else f"{s.score:.2f}",
        f"{s.counted} of {s.posts}" if s.coverage.share else None,
        f"{known} of {s.coverage.due}",
        _tell_cost(s),
    ]


def _tell_place(told: Explanation) -> str | None:
    s = told.standing
    if s.place is None:
        return None
    placed = sum(other.place is not None for other in told.category.standings)
    spread = f" ({s.best_place}–{s.worst_place})" if s.best_place != s.worst_place else ""
    return f"{s.place} of {placed}{spread}"


def _tell_cost(standing: Standing) -> str | None:
    """The metric that keeps most of the hundred points away."""
    if standing.score is None:
        return None
    whole = sum(metric.weight for metric in standing.weighed)
    losses = {m.name: (100 - m.points) * m.weight / whole for m in standing.weighed}
    name = max(losses, key=lambda each: losses[each], default="")
    return f"{name} −{losses[name]:.2f}" if name and round(losses[name], 2) else "nothing"


def _describe_overall(slug: str, judgement: Judgement) -> Iterator[str]:
    for _, overall in judgement.ranking.overall:
        placed = sum(each.place is not None for each in overall)
        for each in overall:
            if each.agency.slug == slug and each.place is not None:
                yield f"All channels together: place {each.place} of {placed} with {each.score or 0:.2f}."


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
            return "nothing, it is first"
        return describe_way(standing, judgement, told=f"no place, {standing.reason.value}; for one: ")
    above = step.rival.score or 0
    if not step.days:
        return f"no number of posts on silent days, {above:.2f} stands above"
    posts = "1 more post" if len(step.days) == 1 else f"{len(step.days)} more posts, the first"
    return f"{posts} on {step.days[0]} ({step.score or 0:.2f} against {above:.2f})"


def _describe_rest(standings: Sequence[Standing], decisions: int) -> Iterator[str]:
    vacuum = [
        f"{s.channel.value} since {s.silent_since}, {s.silent_days} days"
        for s in standings
        if s.cause is not None and s.silent_since
    ]
    if vacuum:
        yield f"Vacuum: {'; '.join(vacuum)}."
    kinds = Counter(flag.kind.value for s in standings for flag in s.flags)
    flags = ", ".join(f"{count} {kind}" for kind, count in kinds.items()) or "none"
    more = {
        "held for the jury": sum(s.held for s in standings),
        "without a certain day": sum(s.undated for s in standings),
        "decisions of the jury": decisions,
    }
    told = "".join(f"; {words}: {count}" for words, count in more.items() if count)
    yield f"Flags: {flags}{told}."


def describe_way(standing: Standing, judgement: Judgement, told: str = "For a place: ") -> str:
    """What would give a place to whoever has none."""
    rubric, as_of = judgement.rubric, judgement.ranking.as_of
    reason, coverage = standing.reason, standing.coverage
    if reason is Reason.VACUUM:
        saved = as_of - timedelta(days=rubric.status.vacuum_days)
        return f"{told}a post on {saved} or later; it would have ended the vacuum."
    if reason is Reason.LOW_COVERAGE and coverage.share < rubric.coverage.minimum:
        needed = f"{rubric.coverage.minimum:.0%} of the nights known"
        return f"{told}{needed}; an import, or a listing that reaches back over them, makes them so."
    return f"{told}{_WAYS[reason]}"
