"""Whose turn it is tonight: a quiet night asks one address only, and a site has several worth asking."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from crawler.visits.site.list.home import CLOAKED, LOOK_EVERY
from crawler.visits.site.list.lists import NIGHTLY
from crawler.visits.site.survey.claim import is_news_unsorted, is_unsorted
from crawler.visits.site.survey.memory import RememberedList
from crawler.visits.site.survey.parts import Survey

__all__ = ["Turn", "TurnLook", "choose_turn", "is_after_pause", "is_own_list", "reads_through"]

SIDE_EVERY: Final = timedelta(days=3)
# Nights are a day apart but for the hour at which an account has its turn in the crawl.
_EARLY: Final = timedelta(hours=6)


class TurnLook(StrEnum):
    """What is asked for instead of another request, not beside it."""

    LIST = "list"
    HOME = "home"
    ROBOT = "robot"
    SIDE = "side"


@dataclass(frozen=True, slots=True)
class Turn:
    """Tonight's one request; `side` where it is a further list's."""

    look: TurnLook
    side: RememberedList | None = None


def choose_turn(survey: Survey) -> Turn:
    """Choose the list of news, every second night at least; else what has waited longest beyond its time."""
    off, seen = survey.lists.off, survey.target.memory.seen_at
    if survey.target.thorough or seen is None or (off is not None and off > seen):
        return Turn(TurnLook.LIST)
    due = [(share, turn) for share, turn in _waiting(survey) if share >= 1]
    return max(due, key=lambda pair: pair[0])[1] if due else Turn(TurnLook.LIST)


def _waiting(survey: Survey) -> Iterator[tuple[float, Turn]]:
    """Each look with how long it has waited, in shares of the time that it may."""
    home = survey.home
    cloaked = home.spam.startswith(CLOAKED)
    if not is_own_list(survey):
        # Where the list of news is sorted by readers, only the home page shows what is new.
        nightly = bool(home.spam) or is_news_unsorted(survey)
        yield _share(survey, home.checked, _EARLY if nightly else LOOK_EVERY), Turn(TurnLook.HOME)
    if cloaked or not home.spam:
        yield _share(survey, home.robot, _EARLY if home.spam else LOOK_EVERY), Turn(TurnLook.ROBOT)
    for side in survey.lists.sides:
        every = SIDE_EVERY if side.head else LOOK_EVERY
        yield _share(survey, side.read_at, every), Turn(TurnLook.SIDE, side)


def is_after_pause(survey: Survey) -> bool:
    """Tell whether nights were left out: then every list has its turn, for nobody watched meanwhile."""
    looks = [moment for moment in (survey.lists.off, survey.target.memory.seen_at) if moment is not None]
    return bool(looks) and survey.target.window.now - max(looks) > NIGHTLY


def reads_through(survey: Survey) -> bool:
    """Tell whether lists are read back tonight though nobody asked for it.

    One that is sorted by readers or title shows new posts nowhere near its top: it has to be read through
    after a pause, and once a week where it is the home page, so that nothing else shows what is new.
    """
    through, now = survey.lists.through, survey.target.window.now
    if not (is_news_unsorted(survey) or any(is_unsorted(survey, side.url) for side in survey.lists.sides)):
        return False
    waited = through is None or now - through >= LOOK_EVERY - _EARLY
    return is_after_pause(survey) or (waited and is_own_list(survey))


def is_own_list(survey: Survey) -> bool:
    """Tell whether the list of news is the home page itself, which is then looked at every night."""
    own = {survey.target.account.address, survey.home.site}
    return survey.remembered is not None and survey.remembered.url in own


def _share(survey: Survey, last: datetime | None, every: timedelta) -> float:
    if last is None:
        return 1.0
    waited = survey.target.window.now - last + (_EARLY if every > _EARLY else timedelta())
    return waited / every
