"""From a walk through a Graph API listing to a harvest: one rule of completeness for both channels."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from activity.outcome import Outcome
from activity.post import Post
from activity.visit import Harvest, Note, Profile, Proof, Target, find_before
from crawler.visits.meta.graph import End, Json, Walk

__all__ = ["COMPLETE_SINCE", "count", "first_line", "gather", "is_joined"]

COMPLETE_SINCE = "complete_since"
_TITLE = 200


def is_joined(target: Target) -> bool:
    """Whether what is known reaches back over the whole window, so that meeting it is enough."""
    if target.thorough:
        return False
    since = _remembered(target)
    return since is not None and since <= target.window.since


def gather(
    target: Target,
    result: Walk,
    posts: Sequence[tuple[Json, Post | None]],
    endpoint: str,
    *,
    profile: Profile | None = None,
) -> Harvest:
    """The harvest of a listing read newest first.

    A listing that broke off is `limited` when its newest posts were read, and remembers no
    completeness: the next night must read all of it again.

    Args:
        posts: each raw item with its post; None for an item that is no post.
    """
    if result.error is not None and result.pages == 0:
        notes = (Note(endpoint, result.error.detail),)
        return Harvest.failed(target, result.error.outcome, result.error.detail, notes)
    window = target.window
    wanted = [post for _, post in posts if post is not None and _is_within(post, target)]
    whole = result.end in {End.REACHED, End.JOINED}
    since = window.since if whole else None
    before = find_before((post for _, post in posts if post is not None), window)
    facts = {k: v for k, v in target.memory.facts.items() if k != COMPLETE_SINCE}
    if since is not None:
        facts[COMPLETE_SINCE] = since.isoformat()
    memory = replace(target.memory, endpoint=endpoint, kind="graph", seen_at=window.now, facts=facts)
    bare = not posts and (profile is None or not profile.posts) and not target.known
    outcome = Outcome.LIMITED if not whole else Outcome.EMPTY if bare else Outcome.OK
    reason = result.error.detail if result.error is not None else result.end.value
    return Harvest(
        outcome=outcome,
        posts=tuple(wanted),
        before=before,
        memory=memory,
        endpoint=endpoint,
        complete_since=since,
        proof=_prove(result.end, before) if whole else None,
        detail=reason if not whole else "",
        profile=profile,
        left_out=sum(post is None for _, post in posts),
        notes=(Note(endpoint, f"{result.pages} pages, {len(posts)} items: {reason}"),),
    )


def _prove(end: End, before: Post | None) -> Proof:
    """What a walk that came to its end met: known posts, one from before the window, or the list's end."""
    if end is End.JOINED:
        return Proof.OVERLAPS
    return Proof.ENDED if before is None else Proof.OLDER_MET


def first_line(text: object) -> str:
    """The first line of a caption that says anything, at most 200 characters."""
    if not isinstance(text, str):
        return ""
    line = next((" ".join(line.split()) for line in text.splitlines() if line.strip()), "")
    return line if len(line) <= _TITLE else line[: _TITLE - 1].rstrip() + "…"


def count(value: object) -> int | None:
    """A counter; None where the platform sends none, which is not 0."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _is_within(post: Post, target: Target) -> bool:
    return post.date is None or target.window.since <= post.date.at < target.window.now


def _remembered(target: Target) -> datetime | None:
    text = target.memory.facts.get(COMPLETE_SINCE)
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None
