"""How evidence is worded, alike for every kind of flag."""

from collections.abc import Iterable

from activity.flag import Flag, FlaggedPost, FlagKind, Trace, Trail

__all__ = ["compose_flag", "quote"]

_LONGEST = 90


def compose_flag(kind: FlagKind, trail: Trail, traces: Iterable[Trace], evidence: str) -> Flag:
    """A flag on these posts of an account, by day and key."""
    posts = sorted(map(_name_post, traces), key=lambda post: (post.day or post.first_seen, post.key))
    return Flag(kind, trail.agency, trail.channel, tuple(posts), evidence)


def quote(trace: Trace) -> str:
    """A post's title and address, so that a person finds it."""
    title = " ".join(trace.title.split())
    shown = title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1].rstrip()}…"
    return " ".join(filter(None, (f'"{shown}"' if shown else "", f"({trace.url or trace.key})")))


def _name_post(trace: Trace) -> FlaggedPost:
    return FlaggedPost(trace.key, trace.url, trace.title, trace.day, trace.first_seen)
