"""Twelve nights on one site, through the database to flags and score, held against the truth."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from activity.flag import Flag, FlagKind
from activity.outcome import Outcome
from activity.ranking import Status
from activity.visit import Harvest, Target
from reports.messages import reason_of
from tests.awkward.judge import find_false_claim, whose
from tests.awkward.office import OTHER, OWN, Office
from tests.awkward.perfect import neighbour, perfect
from tests.awkward.post import Post
from tests.awkward.site import Site
from tests.awkward.truth import days_of, is_score_provable, is_seeable, reachable
from tests.awkward.visiting import look

__all__ = ["NightsVerdict", "judge_nights"]

_FLAG_OF = {
    "back-dated": FlagKind.BACK_DATED,
    "copied": FlagKind.COPIED,
    "withdrawn": FlagKind.DELETED,
}


@dataclass
class NightsVerdict:
    """What twelve nights came to; lists in words that a person can check.

    Attributes:
        accused: flags that a perfect visit would not have led to, on posts that are no such cheat.
        unfair: flags of a perfect visit on honest posts: the rules' doing, not the visit's.
        drawn, cheats, caught: posts of dishonesty; those that nightly looks are shown and that a perfect
            visit gets flagged; those flagged.
        unseen: those that a perfect visit gets flagged, but nightly looks are shown nothing of.
        escaped: those of `cheats` that were not.
        late: new posts that were not there the same night.
        provable: whether nightly looks can come to the true score.
        reason: why the office has no place, as an office is told.
        false_vacuum: that it was called vacuum, though by the truth it is not.
    """

    seed: int
    faults: tuple[str, ...] = ()
    readable: bool = True
    provable: bool = False
    new: int = 0
    late: list[str] = field(default_factory=list)
    false_claims: list[str] = field(default_factory=list)
    wrong_day: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    accused: list[str] = field(default_factory=list)
    unfair: list[str] = field(default_factory=list)
    drawn: int = 0
    cheats: int = 0
    unseen: int = 0
    caught: int = 0
    escaped: list[str] = field(default_factory=list)
    true_score: float | None = None
    score: float | None = None
    coverage: float = 0.0
    reason: str = ""
    false_vacuum: list[str] = field(default_factory=list)
    first_requests: int = 0
    later_requests: int = 0
    crashes: list[str] = field(default_factory=list)

    @property
    def scored(self) -> bool:
        """Whether the score is the truth's."""
        if self.true_score is None or self.score is None:
            return self.true_score is self.score
        return abs(self.true_score - self.score) < 0.01

    @property
    def kinds_of_failure(self) -> tuple[str, ...]:
        """The failures, most severe first."""
        named = {
            "crash": self.crashes,
            "false claim": self.false_claims,
            "accused": self.accused,
            "wrong day": self.wrong_day,
            "twice": self.twice,
            "late": self.late,
            "escaped": self.escaped,
            "false vacuum": self.false_vacuum,
            "score": self.provable and not self.scored,
        }
        return tuple(name for name, failed in named.items() if failed)


def judge_nights(site: Site) -> NightsVerdict:
    """Visit a site on its first night and eleven more."""
    verdict = NightsVerdict(site.plan.seed, site.plan.faults, readable=site.plan.readable)
    verdict.provable = is_score_provable(site)
    with Office(site.life, neighbour=_copies(site)) as office:
        for now in site.life.nights:
            _night(site, office, now, verdict)
        _compare_posts(site, office, verdict)
        standing, flags = office.judge()
        verdict.score, verdict.coverage = standing.score, standing.coverage.share
        verdict.reason = reason_of(standing, "en")
    with Office(site.life, neighbour=_copies(site)) as office:
        for now in site.life.nights:
            visits = {OWN: lambda t: perfect(site, t), OTHER: lambda t: neighbour(site, t)}
            office.crawl(now, visits)
        true, true_flags = office.judge()
        verdict.true_score = true.score
    if standing.status is Status.VAKUM and true.status is not Status.VAKUM:
        verdict.false_vacuum.append(f"silent since {standing.silent_since}, by the truth {true.silent_since}")
    _compare_flags(site, verdict, flags, true_flags)
    return verdict


def _copies(site: Site) -> bool:
    return site.plan["office"] == "copying"


def _night(site: Site, office: Office, now: datetime, verdict: NightsVerdict) -> None:
    """One night: what was new must be there, and no claim may leave a post out."""
    kept: list[Harvest] = []

    def visit(target: Target) -> Harvest:
        looked = look(site, target)
        if looked.harvest is None:
            verdict.crashes.append(f"{now:%Y-%m-%d}: {looked.crash}")
            return Harvest.failed(target, Outcome.CRASHED, looked.crash)
        if now == site.life.nights[0]:
            verdict.first_requests = len(looked.asked)
        else:
            verdict.later_requests += len(looked.asked)
        kept.append(looked.harvest)
        return looked.harvest

    office.crawl(now, {OWN: visit, OTHER: lambda t: neighbour(site, t)})
    met = {post.number for row in office.posts() if (post := whose(site, row, now)) is not None}
    if kept and (claim := find_false_claim(site, kept[0], met, now)):
        verdict.false_claims.append(f"{now:%Y-%m-%d}: {claim}")
    for post in _new(site, now):
        verdict.new += 1
        if post.number not in met:
            verdict.late.append(f"{post.title!r} {post.day}, night of {now:%Y-%m-%d %H:%M}")


def _new(site: Site, now: datetime) -> Iterator[Post]:
    """What came up since the last night that the server answered, where a new post is looked for."""
    nights = [night for night in site.life.nights if night < now and night not in site.life.down]
    if not nights or now in site.life.down:
        return
    last, shown = max(map(site.life.shown_at, nights)), site.life.shown_at(now)
    for post in reachable(site, shown):
        if last < max(post.appear, post.when) <= shown and post.cheat != "back-dated":
            yield post


def _compare_posts(site: Site, office: Office, verdict: NightsVerdict) -> None:
    last = site.life.nights[-1]
    rows = defaultdict(list)
    for row in office.posts():
        if (post := whose(site, row, last)) is not None:
            rows[post.number].append(row)
    for post in site.life.posts:
        # What nobody was shown to be put right stands as it was told.
        told = {day for night in site.life.nights for day in days_of(site, post, night)}
        told |= {post.misdated.date()} if post.misdated is not None else set()
        for row in rows[post.number]:
            if row.local_day is not None and row.local_day not in told:
                verdict.wrong_day.append(f"{post.title!r} {post.day}, stored as {row.local_day}")
        if len(rows[post.number]) > 1:
            keys = " and ".join(row.key for row in rows[post.number])
            verdict.twice.append(f"{post.title!r}: {keys}")


def _compare_flags(
    site: Site, verdict: NightsVerdict, flags: tuple[Flag, ...], true_flags: tuple[Flag, ...]
) -> None:
    """Accused is who is flagged for what no perfect visit would flag; escaped, the other way about."""
    last = site.life.nights[-1]
    found, true = _named(site, flags, last), _named(site, true_flags, last)
    by_number = {post.number: post for post in site.life.posts}
    for kind, number in sorted(true):
        if number in by_number and not by_number[number].cheat:
            verdict.unfair.append(f"{kind.value}: {by_number[number].title!r}")
    for kind, number in sorted(found - true):
        post = by_number.get(number)
        if post is None or _FLAG_OF.get(post.cheat) is not kind:
            evidence = next((f.evidence for f in flags if f.kind is kind), "")
            verdict.accused.append(f"{kind.value}: {post.title if post else number!r}: {evidence}")
    for post in site.life.posts:
        verdict.drawn += bool(post.cheat)
        if post.cheat and (_FLAG_OF[post.cheat], post.number) in true:
            if not is_seeable(site, post):
                verdict.unseen += 1
                continue
            verdict.cheats += 1
            if (_FLAG_OF[post.cheat], post.number) in found:
                verdict.caught += 1
            else:
                verdict.escaped.append(f"{post.cheat}: {post.title!r} {post.day}")


def _named(site: Site, flags: tuple[Flag, ...], now: datetime) -> set[tuple[FlagKind, int]]:
    named = set()
    for flag in flags:
        for post in flag.posts:
            number = post.key.rpartition("/")[2] if post.key.startswith("/post/") else ""
            owner = None if number else whose(site, post, now)
            named.add((flag.kind, int(number) if number else owner.number if owner else -1))
        if not flag.posts:
            named.add((flag.kind, -1))
    return named
