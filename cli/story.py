"""The story of one visit, for `denyut probe --explain`: what was tried, found and left out, and why."""

from collections.abc import Iterator, Sequence
from itertools import islice
from zoneinfo import ZoneInfo

from activity.post import DateEvidence, Post, Precision
from activity.visit import Harvest
from crawler.visits.site.memory import read_memory

__all__ = ["tell_visit"]

MOST_LEFT_OUT = 40
_LEFT_OUT = "left out"


def tell_visit(harvest: Harvest, posts: Sequence[Post], zone: ZoneInfo) -> Iterator[str]:
    """Lines for a person, in the order in which things happened."""
    yield "What was tried"
    number = 0
    for note in harvest.notes:
        if note.subject == _LEFT_OUT:
            continue
        asked = " -> " in note.text
        number += asked
        yield f"  {number:3}. {note.subject}: {note.text}" if asked else f"       {note.subject}: {note.text}"
    yield "What it came to"
    yield f"  {harvest.outcome.value}{f': {harvest.detail}' if harvest.detail else ''}"
    if harvest.endpoint is not None:
        yield f"  Every night to come asks {harvest.endpoint} ({harvest.memory.kind or 'the API'}) first."
    yield f"  {_tell_reach(harvest, zone)}"
    yield from _tell_lessons(harvest)
    yield f"Which witness dated each of {len(posts)} posts"
    for post in posts:
        yield from _tell_post(post, zone)
    left_out = [note.text for note in harvest.notes if note.subject == _LEFT_OUT]
    yield f"What was left out: {max(harvest.left_out, len(left_out))}"
    yield from (f"  {text}" for text in islice(left_out, MOST_LEFT_OUT))
    if harvest.left_out > MOST_LEFT_OUT:
        yield "  and so on"


def _tell_reach(harvest: Harvest, zone: ZoneInfo) -> str:
    if harvest.complete_since is None:
        return "Whether older posts are missing is not known."
    since = f"{harvest.complete_since.astimezone(zone):%Y-%m-%d %H:%M}"
    if harvest.proof is None:
        return f"The list seems whole back to {since}, but nothing proves it."
    return f"The list was read without a gap back to {since}: {harvest.proof.value}."


def _tell_lessons(harvest: Harvest) -> Iterator[str]:
    """What the site's pages taught of its dates."""
    memory, _ = read_memory(harvest.memory)
    lesson = memory.lesson
    if lesson.day_first is not None:
        yield f"  The site writes {'dd/mm' if lesson.day_first else 'mm/dd'}."
    if lesson.date_selector:
        yield f"  Its articles bear their date in {lesson.date_selector}."
    if lesson.clocks:
        yield f"  These stand on every page and date none: {', '.join(map(repr, lesson.clocks))}."
    if lesson.shift:
        yield f"  Its pages show a clock {lesson.shift:+} minutes from the moment that its feed states."
    for witness in memory.trust.refuted:
        yield f"  Its own pages contradict what {witness} tells."


def _tell_post(post: Post, zone: ZoneInfo) -> Iterator[str]:
    date = post.date
    if date is None:
        yield f"  no date            {post.title or post.url}"
        yield "                     no witness was trusted"
        return
    local = date.at.astimezone(zone)
    exact = date.precision in {Precision.SECOND, Precision.MINUTE, Precision.HOUR}
    shown = f"{local:%Y-%m-%d %H:%M}" if exact else f"{local:%Y-%m-%d} ({date.precision.value})"
    yield f"  {shown:18} {post.title or post.url}"
    first, *others = date.evidence
    yield f"                     by {_tell_evidence(first)}"
    for other in others:
        same = other.at.astimezone(zone).date() == local.date()
        yield f"                     {'agrees' if same else 'differs'}: {_tell_evidence(other)}"
    if date.contested:
        yield "                     contested: trusted witnesses name different days"


def _tell_evidence(evidence: DateEvidence) -> str:
    return f"{evidence.kind.value} {evidence.where} {evidence.raw!r} at {evidence.source}"
