"""Whose turn it is tonight: a quiet night asks one address only, and a site has several worth asking."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from crawler.visits.site.home import CLOAKED, LOOK_EVERY, read_moment
from crawler.visits.site.side import Side, recall_sides
from crawler.visits.site.survey import Survey

__all__ = ["Look", "Turn", "choose_turn", "end_turn"]

SIDE_EVERY: Final = timedelta(days=3)
# Nights are a day apart but for the hour at which an account has its turn in the crawl.
_EARLY: Final = timedelta(hours=6)


class Look(StrEnum):
    """What is asked for instead of another request, not beside it."""

    LIST = "list"
    HOME = "home"
    ROBOT = "robot"
    SIDE = "side"


@dataclass(frozen=True, slots=True)
class Turn:
    """Tonight's one request; `side` where it is a further list's."""

    look: Look
    side: Side | None = None


def choose_turn(survey: Survey) -> Turn:
    """The list of news, at least every second night; else whatever has waited longest beyond its time."""
    off, seen = read_moment(survey.facts.get("off")), survey.target.memory.seen_at
    if survey.target.thorough or seen is None or (off is not None and off > seen):
        return Turn(Look.LIST)
    due = [(share, turn) for share, turn in _waiting(survey) if share >= 1]
    return max(due, key=lambda pair: pair[0])[1] if due else Turn(Look.LIST)


def end_turn(survey: Survey) -> None:
    """Note that the list of news was not asked tonight, so that it is tomorrow."""
    survey.facts["off"] = survey.target.window.now.isoformat()


def _waiting(survey: Survey) -> Iterator[tuple[float, Turn]]:
    """Each look with how long it has waited, in shares of the time that it may."""
    facts = survey.facts
    spam = str(facts.get("spam") or "")
    cloaked = spam.startswith(CLOAKED)
    if not _is_own_list(survey):
        yield _share(survey, facts.get("checked"), _EARLY if spam else LOOK_EVERY), Turn(Look.HOME)
    if cloaked or not spam:
        yield _share(survey, facts.get("robot"), _EARLY if spam else LOOK_EVERY), Turn(Look.ROBOT)
    for side in recall_sides(survey):
        yield _share(survey, side.seen_at.isoformat(), SIDE_EVERY), Turn(Look.SIDE, side)


def _is_own_list(survey: Survey) -> bool:
    """Whether the list of news is the home page itself, which is then looked at every night."""
    own = {survey.target.account.address, survey.facts.get("site")}
    return survey.remembered is not None and survey.remembered.url in own


def _share(survey: Survey, last: object, every: timedelta) -> float:
    looked = read_moment(last)
    if looked is None:
        return 1.0
    waited = survey.target.window.now - looked + (_EARLY if every > _EARLY else timedelta())
    return waited / every
