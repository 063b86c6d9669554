"""What a visit that errs in nothing would bring home: harvests made from the truth."""

from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from activity.outcome import Outcome
from activity.post import DateEvidence, EvidenceKind, PostDate, Precision
from activity.post import Post as Found
from activity.visit import Harvest, Target
from tests.awkward.address import BASE
from tests.awkward.post import Post
from tests.awkward.site import Site

__all__ = ["neighbour", "perfect"]


def perfect(site: Site, target: Target) -> Harvest:
    """All visible posts on their days, and the claim that these are all."""
    now, since = target.window.now, site.life.since
    if now in site.life.down:
        return Harvest.failed(target, Outcome.UNREACHABLE, "timed out")
    visible = [post for post in site.visible(now) if post.when <= now]
    old = [_found(post, now) for post in visible if post.when < since]
    posts = tuple(_found(post, now) for post in visible if post.when >= since)
    return _whole(target, posts, old[0] if old else None, _gone(site, now))


def neighbour(site: Site, target: Target) -> Harvest:
    """The office next door, which wrote first what another copies."""
    now = target.window.now
    posts = [
        replace(_found(post, now, hours=20), url=f"https://sebelah.example.go.id/{post.number}")
        for post in site.life.posts
        if post.cheat == "copied" and post.appear <= now
    ]
    return _whole(target, tuple(posts), None, ())


def _found(post: Post, now: datetime, hours: int = 0) -> Found:
    at = datetime.fromtimestamp(post.when.timestamp() - 3600 * hours, tz=post.when.tzinfo)
    evidence = DateEvidence(EvidenceKind.API, "truth", at.isoformat(), at, Precision.SECOND, BASE)
    date = PostDate(at, Precision.SECOND, (evidence,))
    return Found(f"/post/{post.number}", f"{BASE}/post/{post.number}", post.title_at(now), date)


def _gone(site: Site, now: datetime) -> tuple[str, ...]:
    """Posts that have been away for two nights or more."""
    nights = [night for night in site.life.nights if night <= now and night not in site.life.down]
    before = nights[-2] if len(nights) > 1 else now
    return tuple(f"/post/{p.number}" for p in site.life.posts if p.gone is not None and p.gone <= before)


def _whole(target: Target, posts: tuple[Found, ...], before: Found | None, gone: tuple[str, ...]) -> Harvest:
    given: dict[str, Any] = {
        "outcome": Outcome.OK,
        "posts": posts,
        "memory": target.memory,
        "endpoint": target.account.address,
        "complete_since": target.window.since,
        "deleted": gone,
        "before": before,
    }
    try:
        from activity.visit import Proof
    except ImportError:
        pass
    else:
        given["proof"] = Proof.ENDED
    known = {field.name for field in fields(Harvest)}
    return Harvest(**{name: value for name, value in given.items() if name in known})
