"""Four nights more: a thorough one, then a post has another title, another is gone, and no more happens."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from command import denyut
from machine import Processes, SetupError
from truth import LATER, SINCE, THROUGH, ZONE, Known, Served, place_of

__all__ = ["Changed", "judge_changes"]

# What docs/crawl.md promises: a list, the home page and a further page for the news, and the missing post at
# its own address, which for an anchor is its page; then that post once more, and at last a quiet night.
_MOST_REQUESTS = (5, 4, 3)


@dataclass(frozen=True, slots=True)
class Changed:
    """What the nights after a change cost, and what was wrong with them, a line each."""

    requests: tuple[int, ...]
    deleted: int
    retitled: bool
    reasons: list[str]


def judge_changes(served: Mapping[str, Served], database: Path, processes: Processes) -> dict[str, Changed]:
    """Rewrite one post and take one away where a system can, and judge the nights after."""
    chosen, reasons = {}, {}
    processes.set_clock(THROUGH)
    denyut(["crawl"], THROUGH, database)
    processes.set_clock(LATER[0])
    for name, system in served.items():
        if system.rewrite is None:
            continue
        edited, gone = _choose(system)
        title, text = f"{edited.title}, Naskah Diperbaiki", (*edited.paragraphs, "Diperbaiki.")
        try:
            system.rewrite(edited, replace(edited, title=title, paragraphs=text))
            system.rewrite(gone, None)
        except (SetupError, OSError, ValueError, AttributeError) as error:
            reasons[name] = [f"nothing could be rewritten: {error}"]
        else:
            chosen[name] = (edited, gone)
    for night in LATER:
        processes.set_clock(night)
        denyut(["crawl"], night, database)
    nights = json.loads(denyut(["sql", _NIGHTS, "--json"], LATER[-1], database))
    posts = json.loads(denyut(["sql", _POSTS, "--json"], LATER[-1], database))
    judged = {name: Changed((), 0, False, lines) for name, lines in reasons.items()}
    for name, (edited, gone) in chosen.items():
        own, held = ([row for row in rows if row["agency"] == name] for rows in (nights, posts))
        judged[name] = _judge(served[name], edited, gone, own[-len(LATER) :], held)
        print(f"{name}, changed: {judged[name]}", flush=True)
    return judged


_NIGHTS = (
    "SELECT g.slug AS agency, s.night, s.requests, s.outcome, s.posts_new FROM snapshot s"
    " JOIN account a ON a.id = s.account_id JOIN agency g ON g.id = a.agency_id"
    " ORDER BY s.night"
)
_POSTS = "SELECT agency, url, title, day, deleted_at FROM posts"


def _choose(system: Served) -> tuple[Known, Known]:
    """The newest but one that is alone on its day, and the one before it; none of them on top of the list."""
    known = sorted(system.addresses.values(), key=lambda post: post.at)
    days = [post.at.date() for post in known]
    alone = [
        post for post in known if days.count(post.at.date()) == 1 and not post.sticky and post.at >= SINCE
    ]
    return alone[-2], alone[-3]


def _judge(
    system: Served,
    edited: Known,
    gone: Known,
    nights: Sequence[Mapping[str, Any]],
    posts: Sequence[Mapping[str, Any]],
) -> Changed:
    anchored = any("#" in address for address in system.addresses)
    places = {post.slug: place_of(address, anchored=anchored) for address, post in system.addresses.items()}
    rows = [(place_of(row["url"], anchored=anchored), row) for row in posts]
    deleted = [place for place, row in rows if row["deleted_at"]]
    stored = [row for place, row in rows if place == places[edited.slug]]
    reasons = [f"called deleted: {place}" for place in deleted if place != places[gone.slug]]
    if places[gone.slug] not in deleted:
        reasons.append(f"not called deleted: {places[gone.slug]}")
    if [row["day"] for row in stored] != [f"{edited.at.astimezone(ZONE):%Y-%m-%d}"]:
        reasons.append(
            f"rewritten, of {edited.at:%Y-%m-%d}: {[(row['title'], row['day']) for row in stored]}"
        )
    if new := sum(night["posts_new"] for night in nights):
        reasons.append(f"{new} new posts where none was")
    if len(nights) != len(LATER):
        reasons.append(f"{len(nights)} nights of {len(LATER)} were crawled")
    requests = tuple(night["requests"] for night in nights)
    for most, night, took in zip(_MOST_REQUESTS, LATER, requests, strict=False):
        if took > most:
            reasons.append(f"{night:%Y-%m-%d} took {took} requests of at most {most}")
    retitled = any("Diperbaiki" in (row["title"] or "") for row in stored)
    return Changed(requests, len(deleted), retitled, reasons)
