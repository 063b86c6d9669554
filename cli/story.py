"""The story of one visit, for `denyut probe --explain`: what was tried, found and left out, and why."""

from collections.abc import Iterator, Sequence
from itertools import islice
from zoneinfo import ZoneInfo

from activity.post import DateEvidence, Post, Precision
from activity.speech.detail import recognise
from activity.speech.note import read_note
from activity.visit import Harvest
from cli.speech import phrase, show_value

__all__ = ["tell_visit"]

MOST_LEFT_OUT = 40
_LEFT_OUT = "left out"


def tell_visit(harvest: Harvest, posts: Sequence[Post], zone: ZoneInfo) -> Iterator[str]:
    """Lines for a person, in the order in which things happened."""
    yield phrase("What was tried")
    number = 0
    for note in harvest.notes:
        if note.subject == _LEFT_OUT:
            continue
        asked = " -> " in note.text
        number += asked
        told = f"{phrase(read_note(note.subject))}: {phrase(read_note(note.text))}"
        yield f"  {number:3}. {told}" if asked else f"       {told}"
    yield phrase("What it came to")
    why = f": {phrase(recognise(harvest.detail))}" if harvest.detail else ""
    yield f"  {show_value(harvest.outcome)}{why}"
    if harvest.endpoint is not None:
        yield phrase(
            "  Every night to come asks {endpoint} ({kind}) first.",
            endpoint=harvest.endpoint,
            kind=harvest.memory.kind or phrase("the API"),
        )
    yield f"  {_tell_reach(harvest, zone)}"
    yield from _tell_lessons(harvest)
    yield phrase("Which witness dated each of {count} posts", count=len(posts))
    for post in posts:
        yield from _tell_post(post, zone)
    left_out = [note.text for note in harvest.notes if note.subject == _LEFT_OUT]
    yield phrase("What was left out: {max}", max=max(harvest.left_out, len(left_out)))
    yield from (f"  {phrase(read_note(text))}" for text in islice(left_out, MOST_LEFT_OUT))
    if harvest.left_out > MOST_LEFT_OUT:
        yield phrase("  and so on")


def _tell_reach(harvest: Harvest, zone: ZoneInfo) -> str:
    if harvest.complete_since is None:
        return phrase("Whether older posts are missing is not known.")
    since = f"{harvest.complete_since.astimezone(zone):%Y-%m-%d %H:%M}"
    if harvest.proof is None:
        return phrase("The list seems whole back to {since}, but nothing proves it.", since=since)
    return phrase(
        "The list was read without a gap back to {since}: {proof}.",
        since=since,
        proof=read_note(harvest.proof),
    )


def _tell_lessons(harvest: Harvest) -> Iterator[str]:
    """What the site's pages taught of its dates."""
    # Here, for a fifth of the time that each command takes to begin went into it.
    from crawler.visits.site.survey.memory import read_memory

    memory, _ = read_memory(harvest.memory)
    lesson = memory.lesson
    if lesson.day_first is not None:
        yield phrase("  The site writes {word}.", word="dd/mm" if lesson.day_first else "mm/dd")
    if lesson.date_selector:
        yield phrase("  Its articles bear their date in {date_selector}.", date_selector=lesson.date_selector)
    if lesson.clocks:
        yield phrase(
            "  These stand on every page and date none: {map}.", map=", ".join(map(repr, lesson.clocks))
        )
    if lesson.shift:
        yield phrase(
            "  Its pages show a clock {shift:+} minutes from the moment that its feed states.",
            shift=lesson.shift,
        )
    for witness in memory.trust.refuted:
        yield phrase("  Its own pages contradict what {witness} tells.", witness=witness)


def _tell_post(post: Post, zone: ZoneInfo) -> Iterator[str]:
    date = post.date
    if date is None:
        yield phrase("  no date            {title}", title=post.title or post.url)
        yield phrase("                     no witness was trusted")
        return
    local = date.at.astimezone(zone)
    exact = date.precision in {Precision.SECOND, Precision.MINUTE, Precision.HOUR}
    shown = f"{local:%Y-%m-%d %H:%M}" if exact else f"{local:%Y-%m-%d} ({show_value(date.precision)})"
    yield f"  {shown:18} {post.title or post.url}"
    first, *others = date.evidence
    yield phrase("                     by {evidence}", evidence=_tell_evidence(first))
    for other in others:
        same = other.at.astimezone(zone).date() == local.date()
        verdict = phrase("agrees") if same else phrase("differs")
        yield f"                     {verdict}: {_tell_evidence(other)}"
    if date.contested:
        yield phrase("                     contested: trusted witnesses name different days")


def _tell_evidence(evidence: DateEvidence) -> str:
    return phrase(
        "{kind} {where} {raw!r} at {source}",
        kind=evidence.kind,
        where=evidence.where,
        raw=evidence.raw,
        source=evidence.source,
    )
