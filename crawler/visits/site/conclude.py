"""The harvest of a visit, and what is remembered of it: the one place where its parts are put together."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from activity.outcome import Outcome
from activity.visit import Harvest, Memory, Validators
from crawler.discover.kind import EndpointKind
from crawler.health import PageVerdict
from crawler.reach import Reach
from crawler.visits.site.post.leftover import came_unlisted
from crawler.visits.site.survey.claim import tell_reach
from crawler.visits.site.survey.finds import MOST_POSTS
from crawler.visits.site.survey.memory import (
    LessonMemory,
    ListsMemory,
    PendingMemory,
    SiteMemory,
    write_memory,
)
from crawler.visits.site.survey.parts import Survey

__all__ = ["conclude", "fail", "kept_memory", "with_transport"]

MAX_SETTLED = 2_000
MAX_WAITING = 500


def conclude(
    survey: Survey,
    outcome: Outcome | None,
    reach: Reach,
    detail: str = "",
    seen_at: datetime | None = None,
) -> Harvest:
    """Make the harvest of all that was admitted.

    Args:
        outcome: None lets the posts decide.
        reach: what is claimed.
        seen_at: when the list of news was last read, where that was not tonight.
    """
    finds = survey.finds
    posts = tuple(
        post if post.date is None else replace(post, date=survey.lessons.correct(post.date))
        for key, post in finds.posts.items()
        if not came_unlisted(survey, key, post)
    )
    if survey.incident or finds.spam:
        outcome = Outcome.HACKED
        detail = survey.incident or f"{len(finds.spam)} injected posts, such as {finds.spam[0]}."
    # Posts whose own pages stand were met there; their lists show them no more.
    if outcome is None and not posts and finds.met <= set(survey.absence.hidden):
        outcome, detail = _judge_nothing(survey, detail)
    if finds.to_come:
        _await_days(survey)
    # The same bytes tomorrow would tell as little: nothing is kept by which they passed for unchanged.
    unread = outcome is Outcome.UNPARSABLE
    reach = _withhold(survey, reach)
    tell_reach(survey, reach)
    return Harvest(
        outcome=outcome or Outcome.OK,
        posts=posts,
        memory=Memory(facts=write_memory(kept_memory(survey))) if unread else _remember(survey, seen_at),
        endpoint=survey.endpoint.url if survey.endpoint else None,
        complete_since=reach.since,
        proof=reach.proof,
        deleted=finds.deleted,
        aliases=tuple(finds.aliases.values()),
        detail=with_transport(survey, detail),
        left_out=len(finds.rejected),
        before=finds.before,
        notes=tuple(survey.trail.notes),
    )


def _await_days(survey: Survey) -> None:
    """Let nothing pass for unchanged: the same bytes say more once the day of a post has come.

    A notice was put up two days before its day; on that day the list came the same to the letter, and was
    called whole without it (the awkward site 2080030).
    """
    survey.validators = Validators()
    sides = tuple(replace(each, etag=None, last_modified=None, digest=None) for each in survey.lists.sides)
    survey.lists = replace(survey.lists, sides=sides)
    survey.home = replace(survey.home, digest="")


def _withhold(survey: Survey, reach: Reach) -> Reach:
    """Claim nothing where posts of the window may have been left out, whatever the lists prove."""
    beyond = survey.finds.beyond
    if beyond:
        survey.note("harvest", f"{beyond} posts beyond the {MOST_POSTS} that a visit takes are left out")
    if survey.lessons.misled:
        # `06/08` passed for a day of June, before the window, on an article whose list has the month first
        # (the awkward site 2020756).
        survey.note("articles", "The first were read with day and month the other way round.")
    return Reach() if beyond or survey.lessons.misled else reach


def fail(survey: Survey, verdict: PageVerdict) -> Harvest:
    """Make the harvest of a night on which the site could not be read; what was remembered is kept."""
    harvest = Harvest.failed(survey.target, verdict.outcome, verdict.detail, tuple(survey.trail.notes))
    if survey.target.memory.endpoint is None:
        return replace(harvest, memory=Memory(facts=write_memory(kept_memory(survey))))
    return replace(harvest, memory=replace(harvest.memory, facts=tell_facts(survey)))


def kept_memory(survey: Survey) -> SiteMemory:
    """Give what holds of a site though it cannot be read, or is discovered anew."""
    return SiteMemory(
        home=survey.home,
        lists=ListsMemory(sides=survey.lists.sides, unsorted=survey.lists.unsorted),
        discovery=survey.discovery,
        trust=survey.trust,
        absence=survey.absence,
        lesson=_remember_lessons(survey),
    )


def with_transport(survey: Survey, detail: str) -> str:
    """Give a detail, and that the site's https does not work where it does not."""
    return " ".join(filter(None, (detail, survey.home.https)))


def tell_facts(survey: Survey) -> Mapping[str, Any]:
    """Give what the next night wants to know beside the endpoint, as plain JSON."""
    waiting = [*((each.url, each.title) for each in survey.finds.waiting.values()), *survey.pending.waiting]
    pending = PendingMemory(
        frontier=survey.walks.frontier or survey.pending.frontier,
        waiting=tuple(waiting[:MAX_WAITING]),
        settled=tuple(survey.finds.settled)[-MAX_SETTLED:],
    )
    memory = SiteMemory(
        home=survey.home,
        lists=survey.lists,
        discovery=survey.discovery,
        pending=pending,
        minute=survey.minute,
        span=survey.span,
        trust=survey.trust,
        absence=survey.absence,
        lesson=_remember_lessons(survey),
    )
    return write_memory(memory)


def _remember(survey: Survey, seen_at: datetime | None) -> Memory:
    if survey.endpoint is None:
        return replace(survey.target.memory, facts=tell_facts(survey))
    return Memory(
        endpoint=survey.endpoint.url,
        kind=survey.endpoint.kind.value,
        validators=survey.validators,
        seen_at=seen_at or survey.target.window.now,
        facts=tell_facts(survey),
    )


def _remember_lessons(survey: Survey) -> LessonMemory:
    hints, shift = survey.lessons.kept_hints, survey.lessons.shift
    return replace(
        survey.lesson,
        day_first=hints.day_first,
        clocks=hints.clocks,
        date_selector=hints.date_selector,
        shift=int(shift.total_seconds() // 60),
    )


def _judge_nothing(survey: Survey, detail: str) -> tuple[Outcome, str]:
    """Empty is only what shows nothing and is known to hold nothing; all else could not be read."""
    walks, unreadable = survey.walks, survey.walks.unreadable
    left = len(survey.finds.known.difference(survey.finds.deleted))
    if unreadable:
        detail = f"{len(unreadable)} items are shown and lead nowhere, such as {unreadable[0][:80]!r}."
    elif walks.elsewhere:
        shown = f"{len(walks.elsewhere)} dated items are shown, such as {walks.elsewhere[0][:80]!r}"
        detail = f"{shown}, and all of them lead to other sites."
    elif walks.broken and all(walk.endpoint.kind is EndpointKind.LISTING for walk in walks):
        detail = f"{walks.broken[0]} is named by the site and cannot be read; its pages show no posts."
    elif left:
        detail = f"None of {left} known posts is shown, and nothing says that they were deleted."
    else:
        return Outcome.EMPTY, detail
    return Outcome.UNPARSABLE, detail
