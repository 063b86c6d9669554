"""How evidence is worded, alike for every kind of flag."""

from collections.abc import Iterable

from activity.flag import AccountTrail, Flag, FlaggedPost, FlagKind, Original, Trace

__all__ = ["compose_flag", "quote"]

_LONGEST = 90


def compose_flag(
    kind: FlagKind,
    trail: AccountTrail,
    traces: Iterable[Trace],
    evidence: str,
    original: tuple[AccountTrail, Trace] | None = None,
) -> Flag:
    """Make a flag on these posts of an account, by day and key.

    Args:
        original: the post on the other side, and whose it is.
    """
    posts = sorted(map(_name_post, traces), key=lambda post: (post.day or post.first_seen, post.key))
    other = None if original is None else Original(original[0].agency, original[1].key)
    return Flag(kind, trail.agency, trail.channel, tuple(posts), evidence, other)


def quote(trace: Trace) -> str:
    """Quote a post's title and address, so that a person finds it."""
    title = " ".join(trace.title.split())
    shown = title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1].rstrip()}…"
    return " ".join(filter(None, (f'"{shown}"' if shown else "", f"({trace.url or trace.key})")))


def _name_post(trace: Trace) -> FlaggedPost:
    return FlaggedPost(trace.key, trace.url, trace.title, trace.day, trace.first_seen)
