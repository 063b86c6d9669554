"""From a walk through a Graph API listing to a harvest: one rule of completeness for both channels."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from activity.outcome import Outcome
from activity.post import Post
from activity.visit import Alias, Harvest, Memory, Note, Profile, Target, find_before
from crawler.reach import Reach
from crawler.visits.meta.graph import WalkEnd
from crawler.visits.meta.graph_reach import (
    ListedWalk,
    find_outgrown,
    find_withheld,
    judge_listing,
    read_head,
    remember_count,
    remember_head,
)

__all__ = ["COMPLETE_SINCE", "SERVED", "count", "first_line", "gather", "is_joined"]

COMPLETE_SINCE = "complete_since"
SERVED = "served"
"""Memory: the version of the API that answered last, which need not be the one that was asked for."""

_SAME_ID = "Meta gives both the same id"
_TITLE = 200


def is_joined(target: Target) -> bool:
    """Tell whether what is known reaches back over the whole window, so that meeting it is enough."""
    if target.thorough or not read_head(target):
        return False
    since = _remembered(target)
    return since is not None and since <= target.window.since


def gather(target: Target, listing: ListedWalk, endpoint: str, *, profile: Profile | None = None) -> Harvest:
    """Gather the harvest of a listing read newest first; what it proves is told by graph_reach.py.

    A listing that broke off is `limited` when its newest posts were read; one that shows nothing of what
    is known is `withheld`. Neither remembers completeness: the next night must read all of it again.
    """
    result, window = listing.walk, target.window
    if result.error is not None and result.pages == 0:
        notes = (Note(endpoint, result.error.detail),)
        return Harvest.failed(target, result.error.outcome, result.error.detail, notes)
    lists = [each for each in (listing, listing.beside) if each is not None]
    reasons = [find_withheld(target, each) for each in lists]
    withheld = next(filter(None, reasons), None)
    outgrown, stale = (find_outgrown(target, listing) if withheld is None else None) or ("", False)
    withheld = outgrown if stale else withheld
    # An account that says that it has no posts may leave out their list.
    none = result.end is WalkEnd.ABSENT and not result.items
    whole = withheld is None and not outgrown and (none or result.end in {WalkEnd.REACHED, WalkEnd.JOINED})
    reach = judge_listing(target, listing, _remembered(target)) if whole else Reach()
    reason = result.error.detail if result.error is not None else withheld or outgrown or result.end.value
    met = [post for _, post in listing.posts if post is not None]
    return Harvest(
        outcome=_choose_outcome(target, listing, profile, withheld, whole=whole),
        posts=tuple(post for post in met if _is_kept(post, target, withheld)),
        before=find_before(met, window),
        memory=_remember(target, list(zip(lists, reasons, strict=True)), endpoint, reach, withheld),
        endpoint=endpoint,
        complete_since=reach.since,
        proof=reach.proof,
        detail="" if whole else reason,
        profile=profile,
        left_out=len(listing.posts) - len(met),
        aliases=tuple(Alias(old, key, _SAME_ID) for old, key in sorted(listing.names.items())),
        notes=(
            Note(endpoint, f"{result.pages} pages, {len(listing.posts)} items: {reason}"),
            *((Note("reach", str(reach)),) if whole else ()),
        ),
    )


def _choose_outcome(
    target: Target, listing: ListedWalk, profile: Profile | None, withheld: str | None, *, whole: bool
) -> Outcome:
    if withheld is not None:
        return Outcome.WITHHELD
    if not whole:
        return Outcome.LIMITED
    bare = not listing.posts and (profile is None or not profile.posts) and not target.known
    return Outcome.EMPTY if bare else Outcome.OK


def _remember(
    target: Target,
    lists: Sequence[tuple[ListedWalk, str | None]],
    endpoint: str,
    reach: Reach,
    withheld: str | None,
) -> Memory:
    """What the next night starts from; a night that saw nothing moves nothing."""
    since = target.window.since
    facts = {k: v for k, v in target.memory.facts.items() if k != COMPLETE_SINCE}
    if reach.since is not None and reach.since <= since:
        facts[COMPLETE_SINCE] = since.isoformat()
    for each, reason in lists:
        remember_head(facts, target, each, reason)
    listing, _ = lists[0]
    remember_count(facts, target, listing, reach)
    if listing.walk.served:
        facts[SERVED] = listing.walk.served
    memory = replace(target.memory, endpoint=endpoint, kind="graph", facts=facts)
    return memory if withheld is not None else replace(memory, seen_at=target.window.now)


def first_line(text: object) -> str:
    """Find the first line of a caption that says anything, at most 200 characters."""
    if not isinstance(text, str):
        return ""
    line = next((" ".join(line.split()) for line in text.splitlines() if line.strip()), "")
    return line if len(line) <= _TITLE else line[: _TITLE - 1].rstrip() + "…"


def count(value: object) -> int | None:
    """Read a counter; None where the platform sends none, which is not 0."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _is_kept(post: Post, target: Target, withheld: str | None) -> bool:
    """Whether a post is of the window, or may be.

    Where dates are withheld an undated one may be of any year: stored, it would stay without its day once
    the window has gone on. Who is stored without one already gets it, however old it proves to be.
    """
    stored = target.stored.get(post.key)
    if post.date is None:
        return withheld is None or stored is not None
    within = target.window.since <= post.date.at < target.window.now
    return within or (stored is not None and stored.at is None and post.date.at < target.window.now)


def _remembered(target: Target) -> datetime | None:
    text = target.memory.facts.get(COMPLETE_SINCE)
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None
