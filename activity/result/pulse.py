"""A semester at a glance: what a page or a command shows first, counted from rankings and nights."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from activity.agency import Agency, Channel
from activity.jury import Stage
from activity.outcome import Outcome
from activity.ranking import ActivityRow, Category, Ranking, Standing
from activity.result.alternative import Alternative
from activity.result.recap import Files

__all__ = [
    "CategoryPulse",
    "NightHealth",
    "OfficeLine",
    "OfficePulse",
    "Protest",
    "PublicRuling",
    "Pulse",
    "SemesterView",
    "Week",
]


@dataclass(frozen=True, slots=True)
class CategoryPulse:
    """One channel at one level in figures.

    Attributes:
        alive, weak, dead: accounts by status: aktif, kurang aktif, vakum.
        unseen: accounts of which too little is known to say.
        none: offices without an account.
        score: median score of those with a place; None where nobody has one.
        posts: median number of posts of those whose activity is known.
    """

    channel: Channel
    level: str
    alive: int
    weak: int
    dead: int
    unseen: int
    none: int
    score: float | None
    posts: float | None

    @property
    def known(self) -> int:
        """Accounts that exist, in whichever state."""
        return self.alive + self.weak + self.dead + self.unseen


@dataclass(frozen=True, slots=True)
class Week:
    """The city's posts in one week of the semester, and in the same week of the one before.

    Attributes:
        posts: None where no night of any account is known; a lower bound where some are unseen.
        known: known nights over nights due, of all accounts.
        before: None where that week is not known.
    """

    first_day: date
    posts: int | None
    known: float
    before: int | None


@dataclass(frozen=True, slots=True)
class NightHealth:
    """How the newest finished night went.

    Attributes:
        night: its date; None where none was finished.
        late: nights since then that were not crawled.
        outcomes: accounts by what came of the look, by channel.
        posts_new: posts that nobody had seen before.
    """

    night: date | None
    late: int = 0
    finished_at: datetime | None = None
    outcomes: Mapping[Channel, Mapping[Outcome, int]] = field(default_factory=dict)
    posts_new: int = 0

    @property
    def looked(self) -> int:
        """Accounts that were visited."""
        return sum(sum(counts.values()) for counts in self.outcomes.values())

    @property
    def troubles(self) -> tuple[tuple[Outcome, int], ...]:
        """Accounts that could not be seen, by outcome, the most frequent first."""
        sums: dict[Outcome, int] = {}
        for counts in self.outcomes.values():
            for outcome, count in counts.items():
                if not outcome.saw:
                    sums[outcome] = sums.get(outcome, 0) + count
        return tuple(sorted(sums.items(), key=lambda each: (-each[1], each[0])))


@dataclass(frozen=True, slots=True)
class Pulse:
    """The first screen of a semester.

    Attributes:
        categories: in the ranking's order.
        weeks: up to the last one that is over.
        rose, fell: accounts whose place changed most against the semester before, the largest move first.
        silenced: accounts that became vacuum in this semester, the newest silence first.
        warnings: those that soon will, the earliest first.
        vacuum: every vacuum account, the longest silence first.
        unseen: accounts of which too little is known.
        missing: standings of offices without an account on the channel.
    """

    categories: tuple[CategoryPulse, ...]
    weeks: tuple[Week, ...]
    rose: tuple[Standing, ...]
    fell: tuple[Standing, ...]
    silenced: tuple[Standing, ...]
    warnings: tuple[Standing, ...]
    vacuum: tuple[Standing, ...]
    unseen: tuple[Standing, ...]
    missing: tuple[Standing, ...]
    night: NightHealth


@dataclass(frozen=True, slots=True)
class SemesterView:
    """All that is shown of a semester but its posts.

    Attributes:
        city: for titles.
        earlier: rows of the semester before; empty where nothing is known of it.
        files: that were handed in.
        alternatives: what other rules would make of it; empty where none were tried.
    """

    city: str
    ranking: Ranking
    stage: Stage
    rows: tuple[ActivityRow, ...]
    earlier: tuple[ActivityRow, ...]
    pulse: Pulse
    files: Files = field(default_factory=dict)
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicRuling:
    """A decision of the jury as everybody may see it: what and when, not whose nor why.

    Attributes:
        action: the value of an `Action`.
        post: key of the post it concerns, else None.
    """

    number: int
    action: str
    post: str | None
    day: date


@dataclass(frozen=True, slots=True)
class Protest:
    """An objection as everybody may see it: when, and how it was answered, not by whom nor in which words.

    Attributes:
        accepted: None while it is open.
    """

    number: int
    channel: Channel | None
    opened: date
    closed: date | None
    accepted: bool | None


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """One channel of an office.

    Attributes:
        halves: rows of the semester before and of this one; None where there is none.
    """

    category: Category
    standing: Standing
    halves: tuple[ActivityRow | None, ActivityRow | None]
    rulings: tuple[PublicRuling, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficePulse:
    """One office on all its channels; nothing in it is secret."""

    agency: Agency
    lines: tuple[OfficeLine, ...]
    protests: tuple[Protest, ...] = ()
