"""What the database answers for a semester, and what scoring makes of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from activity.agency import Agency, Channel
from activity.arrival import Arrival
from activity.flag import Flag, FlaggedPost
from activity.outcome import Outcome
from activity.prize import Prize
from activity.semester import Night, Semester

__all__ = [
    "ActivityRow",
    "Category",
    "Change",
    "Coverage",
    "Engagement",
    "MetricScore",
    "Overall",
    "Ranking",
    "Reason",
    "Standing",
    "Status",
    "Sweep",
    "VacuumCause",
]


@dataclass(frozen=True, slots=True)
class Engagement:
    """Interactions with a semester's posts, of those posts whose figures are shown.

    Attributes:
        posts: posts with any figure.
        interactions: likes, comments and shares together.
        followers: of the account, where shown.
    """

    posts: int
    interactions: int
    followers: int | None

    @property
    def rate(self) -> float | None:
        """Mean over the posts of interactions over followers; None without followers."""
        return self.interactions / self.posts / self.followers if self.posts and self.followers else None


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One agency on one channel over one semester; the only input of scoring.

    An agency whose handle was renamed or whose site moved has several accounts and one row.

    Attributes:
        address: the account valid last; None when the agency has none on this channel.
        posts: dated posts (day certain) on each day of the semester, aligned with `Semester.days()`.
        nights: what is known of each of these days; NOT_DUE after `as_of` or where the agency does not exist.
        newest_before: day of the newest dated post before the semester, None when none is known.
        earliest_known: the first day since which without a gap nights are known; bounds "silent since" where
            no post was ever found. Looks before the semester are asked only where no older post is known.
        undated: posts first seen in the semester whose day is not certain.
        outcome: of the newest snapshot up to `as_of`, with its `detail` and moment.
        flags: what was noticed about its posts.
        held: posts on each day that wait for the jury, and are not in `posts`; empty for none.
        datelines: posts that only a dateline places in the semester, neither in `posts` nor in `undated`.
        arrivals: between which looks the other posts without a day came, as `choose_arrivals` gives them.
    """

    agency: Agency
    channel: Channel
    address: str | None
    posts: tuple[int, ...]
    nights: tuple[Night, ...]
    newest_before: date | None = None
    earliest_known: date | None = None
    undated: int = 0
    outcome: Outcome | None = None
    detail: str = ""
    checked_at: datetime | None = None
    followers: int | None = None
    engagement: Engagement | None = None
    flags: tuple[Flag, ...] = ()
    held: tuple[int, ...] = ()
    datelines: tuple[FlaggedPost, ...] = ()
    arrivals: tuple[Arrival, ...] = ()


class Status(StrEnum):
    """How alive an account is; the words of the committee."""

    AKTIF = "aktif"
    KURANG_AKTIF = "kurang aktif"
    VAKUM = "vakum"
    TIDAK_DINILAI = "tidak dinilai"


class Reason(StrEnum):
    """Why an account has no place."""

    NONE = ""
    NO_ACCOUNT = "no account"
    EXCLUDED = "excluded by the registry"
    NEVER_SEEN = "never seen"
    LOW_COVERAGE = "too few nights known"
    UNDATED = "too many posts tell no day"
    NOT_COMPETING = "does not compete"
    VACUUM = "vacuum"
    VETO = "silent for too long"
    NO_TOKEN = "no token"  # noqa: S105
    NOT_VISIBLE = "not visible"
    NO_IMPORT = "no import since"
    NO_FILE = "no file"
    JURY = "excluded by the jury"


class VacuumCause(StrEnum):
    """Why an account fell silent, as far as its health tells."""

    SILENT = "silent"
    GONE = "gone"
    CERTIFICATE = "certificate expired"
    MOVED = "moved"
    HACKED = "hacked"
    SUSPENDED = "suspended"
    MAINTENANCE = "maintenance"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Nights known and nights due.

    Attributes:
        share: known nights, each at the rubric's worth, over nights due; 0 when none is due.
    """

    seen: int
    reconstructed: int
    due: int
    share: float


@dataclass(frozen=True, slots=True)
class MetricScore:
    """One metric of one account.

    Attributes:
        value: the measured figure in the metric's own unit.
        points: 0 to 100.
        weight: share of the score, all weights of a rubric adding up to 100.
        told: the explanation, or what forms it when somebody asks: a nation's fill books.
    """

    name: str
    value: float
    points: float
    weight: float
    told: str | Callable[[], str] = field(compare=False, repr=False)

    @property
    def explanation(self) -> str:
        """The formula with its numbers filled in, one line, English."""
        return self.told if isinstance(self.told, str) else self.told()


@dataclass(frozen=True, slots=True)
class Standing:
    """One agency's result on one channel.

    Attributes:
        place: 1 is best; equal places are ties; None without a place (`reason` says why).
        score: 0 to 100, None when not assessed.
        posts, counted: dated posts in the semester, and those after the rubric's caps.
        last_post: newest dated post up to `as_of`, also from before the semester.
        silent_since: first day of the silence that lasts until `as_of`; None after a post on `as_of`.
        silent_days: to `as_of` from the newest post; of one without a day, from the night that met it.
        beyond_law: silent for longer than the law allows.
        known_until: the last judged day of which something is known; the day in "no import since".
        best_place, worst_place: possible where unseen nights and flagged posts go either way, or None.
        stability: share of the weightings tried in which the place holds.
        rhythm: median days between days with a post before the silence began; None below three of them.
        cause: of a vacuum account; None otherwise.
        alive_on: other channels on which the agency is active, of a vacuum account.
        vacuum_on: the day on which it becomes vacuum if nothing more is posted, where that is soon.
        held: posts that wait for the jury.
        flags: what was noticed.
        change: against the semester before; None where that was not ranked.
        deductions: what the rubric took from the score, as (metric, points).
    """

    agency: Agency
    channel: Channel
    address: str | None
    place: int | None
    score: float | None
    status: Status
    reason: Reason
    metrics: tuple[MetricScore, ...]
    coverage: Coverage
    posts: int
    counted: int
    undated: int
    last_post: date | None
    silent_since: date | None
    silent_days: int | None
    beyond_law: bool
    outcome: Outcome | None
    detail: str
    known_until: date | None = None
    best_place: int | None = None
    worst_place: int | None = None
    stability: float | None = None
    rhythm: float | None = None
    cause: VacuumCause | None = None
    alive_on: tuple[Channel, ...] = ()
    vacuum_on: date | None = None
    held: int = 0
    flags: tuple[Flag, ...] = ()
    change: "Change | None" = None
    deductions: tuple[tuple[str, float], ...] = ()

    @property
    def weighed(self) -> tuple[MetricScore, ...]:
        """The metrics that make the score; the others are only shown."""
        return tuple(metric for metric in self.metrics if metric.weight)

    @property
    def contributions(self) -> dict[str, float]:
        """What each weighed metric gives to the score, in its points; together the score before deductions.

        The weight of a metric that an account lacks goes to the others in proportion.
        """
        whole = sum(metric.weight for metric in self.weighed)
        return {metric.name: metric.points * metric.weight / whole for metric in self.weighed}

    @property
    def deducted(self) -> float | None:
        """Points that the rubric took from the score; None where nothing was scored."""
        return None if self.score is None else float(sum(points for _, points in self.deductions))


@dataclass(frozen=True, slots=True)
class Change:
    """How a standing moved since the semester before.

    Attributes:
        agencies: slugs it was then, its own or its predecessors'.
        place, score: then; of several predecessors the best.
        metrics: points now minus points then, by metric, largest move first.
    """

    agencies: tuple[str, ...]
    place: int | None
    score: float | None
    metrics: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Overall:
    """One agency over all channels of its level, by the rubric's rule.

    Attributes:
        channels: what each channel gave, as (channel, score, place).
    """

    agency: Agency
    place: int | None
    score: float | None
    channels: tuple[tuple[Channel, float | None, int | None], ...]


@dataclass(frozen=True, slots=True)
class Sweep:
    """An agency with a winning place on every ranked channel of its level."""

    agency: Agency
    places: tuple[tuple[Channel, int], ...]


@dataclass(frozen=True, slots=True)
class Category:
    """One channel at one level.

    Attributes:
        standings: places first in order, then those without a place by name.
    """

    channel: Channel
    level: str
    standings: tuple[Standing, ...]

    def not_told_apart(self, standing: Standing) -> tuple[Standing, ...]:
        """The others with a place whose possible places overlap with this one's, in order."""
        if standing.best_place is None or standing.worst_place is None:
            return ()
        return tuple(
            other
            for other in self.standings
            if other.best_place is not None
            and other.worst_place is not None
            and other.agency.slug != standing.agency.slug
            and other.best_place <= standing.worst_place
            and standing.best_place <= other.worst_place
        )


@dataclass(frozen=True, slots=True)
class Ranking:
    """A semester judged by a rubric as of a day.

    Attributes:
        as_of: last local day taken into account.
        digest: SHA-256 of the rubric's text, hex.
        places: how many places win.
        shortlist: how many go to the jury.
        overall: by level in the rubric's order, places first; empty where the rubric asks for none.
        sweeps: in the rubric's order of levels, then by name.
        prizes: the rubric's further ones, in its order.
    """

    semester: Semester
    as_of: date
    rubric: str
    version: str
    digest: str
    places: int
    shortlist: int
    categories: tuple[Category, ...]
    overall: tuple[tuple[str, tuple[Overall, ...]], ...] = ()
    sweeps: tuple[Sweep, ...] = ()
    prizes: tuple[Prize, ...] = ()

    def shortlisted(self, category: Category) -> tuple[Standing, ...]:
        """Those whose place is within the shortlist's length; a tie at its edge is kept whole."""
        return tuple(s for s in category.standings if s.place is not None and s.place <= self.shortlist)

    def vacuum(self) -> tuple[Standing, ...]:
        """Every account found vacuum, longest silence first."""
        found = [s for c in self.categories for s in c.standings if s.status is Status.VAKUM]
        return tuple(sorted(found, key=lambda s: (-(s.silent_days or 0), s.agency.slug, s.channel)))

    def warnings(self) -> tuple[Standing, ...]:
        """Every account that will soon be vacuum if nothing more is posted, the earliest day first."""
        found = [(s.vacuum_on, s) for c in self.categories for s in c.standings if s.vacuum_on is not None]
        found.sort(key=lambda each: (each[0], each[1].agency.slug, each[1].channel))
        return tuple(standing for _, standing in found)
