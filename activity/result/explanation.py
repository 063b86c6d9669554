"""What an explanation of one standing is made of."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from activity.jury import Override
from activity.ranking import Category, Standing
from activity.result.basis import NOTHING, Basis
from activity.semester import Night

__all__ = [
    "Explanation",
    "NightSpan",
    "PostDetail",
    "PostKeys",
    "PostLine",
    "PostList",
    "PostPage",
    "StepUp",
    "newest_first",
]


@dataclass(frozen=True, slots=True)
class NightSpan:
    """A stretch of nights of which the same is known; `outcomes` tells what the looks at them came to."""

    state: Night
    first: date
    last: date
    count: int
    outcomes: str


@dataclass(frozen=True, slots=True)
class PostLine:
    """One post of the semester: what it claims, by which witness, and what is done with it.

    Attributes:
        first_seen: night that first saw it.
        treatment: what is done with it; empty for a post that came after the seal.
        counts_on: day on which it counts; None where it does not, or is held.
        basis: the pages and files that it rests on.
    """

    key: str
    day: date | None
    title: str
    url: str
    witness: str
    first_seen: date
    flags: tuple[str, ...] = ()
    treatment: str = ""
    counts_on: date | None = None
    basis: Basis = NOTHING


@dataclass(frozen=True, slots=True)
class PostList:
    """The posts of an account in a semester.

    Attributes:
        posts: of the semester; of a sealed one those that were sealed.
        later: of a sealed semester what was found, or got a day of it, after the seal, and counts nowhere.
    """

    posts: tuple[PostLine, ...] = ()
    later: tuple[PostLine, ...] = ()


@dataclass(frozen=True, slots=True)
class PostKeys:
    """The posts of an account by their keys alone, each kind in the order of its pages."""

    posts: tuple[str, ...] = ()
    later: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PostPage:
    """One page of an account's posts.

    Attributes:
        lines: those on it, in order.
        number: of the page, from 1.
        posts, later: how many there are in all, of either kind.
    """

    lines: tuple[PostLine, ...]
    number: int
    posts: int
    later: int


def newest_first(day: date | None, key: str) -> tuple[bool, int, str]:
    """What posts are ordered by: the newest first, those without a day last."""
    return day is None, -day.toordinal() if day else 0, key


class PostDetail(Enum):
    """How much an explanation tells of the posts."""

    NONE = "none"
    COUNTED = "counted"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class StepUp:
    """The way past the account that stands directly above.

    Attributes:
        rival: that account; the one of those above that stands lowest.
        gaps: what each weighed metric contributes to the rival's score more than to this one's, in points
            of the score, the largest first.
        days: silent days on which one post each would have been enough; empty where no number of them
            would have been.
        score: what they would have made of it; None where there are none.
    """

    rival: Standing
    gaps: tuple[tuple[str, float], ...]
    days: tuple[date, ...]
    score: float | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A standing with all that it rests on.

    Attributes:
        posts, later: as in PostList.
        listed, listed_later: how many they are, also where only that is told.
    """

    category: Category
    standing: Standing
    nights: tuple[NightSpan, ...]
    posts: tuple[PostLine, ...]
    decisions: tuple[Override, ...]
    step: StepUp | None
    later: tuple[PostLine, ...] = ()
    listed: int = 0
    listed_later: int = 0
