"""What a standing rests on, gathered from the database."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from activity.agency import Channel
from activity.basis import Basis
from activity.detail import recognise
from activity.explanation import Explanation, NightSpan, PostLine
from activity.flag import Treatment
from activity.jury import Override
from activity.message import Message, join
from activity.post import DateEvidence
from activity.ranking import ActivityRow, Category, Ranking, Standing
from activity.semester import Night, night_of
from desk.judge import Judgement

if TYPE_CHECKING:
    from db.look import LookRow
    from db.queries import PostRow

__all__ = ["Explainer", "Explanation", "NightSpan", "PostLine", "explain_standing", "tell_witness"]


def explain_standing(judgement: Judgement, category: Category, standing: Standing) -> Explanation:
    """Gather what a standing rests on."""
    return Explainer(judgement).explain(category, standing)


class Explainer:
    """Gathers what the standings of one semester rest on; what concerns all of them is read once."""

    def __init__(self, judgement: Judgement) -> None:
        from db.jury import load_overrides
        from scoring.decision import decisions_in_force

        self._judgement = judgement
        self._rows = {(row.agency.slug, row.channel): row for row in judgement.rows}
        semester = judgement.ranking.semester
        self._decisions: dict[tuple[str, Channel], tuple[Override, ...]] = {}
        for each in decisions_in_force(load_overrides(judgement.engine, str(semester))):
            key = (each.agency, each.channel)
            self._decisions[key] = (*self._decisions.get(key, ()), each)

    def explain(
        self, category: Category, standing: Standing, *, nights: bool = True, posts: bool = True
    ) -> Explanation:
        """Gather what one standing rests on.

        Args:
            nights, posts: whether the looks of every night, and every post, are told, too.
        """
        from db.integrity import load_decided
        from db.look import load_looks
        from scoring.step_up import find_step_up
        from scoring.treatment import apply_flags

        judgement = self._judgement
        ranking, engine, slug = judgement.ranking, judgement.engine, standing.agency.slug
        semester, rubric = ranking.semester, judgement.rubric
        raw = self._rows[slug, standing.channel]
        decisions = self._decisions.get((slug, standing.channel), ())
        decided = load_decided(engine, decisions) if decisions else {}
        (row,) = apply_flags([raw], standing.flags, rubric.integrity, decisions, decided, semester)
        first, end = semester.first_day, ranking.as_of + timedelta(days=1)
        looks = load_looks(engine, slug, standing.channel, first, end) if nights else ()
        return Explanation(
            category=category,
            standing=standing,
            nights=tuple(_span_nights(row, semester.days(), looks)) if nights else (),
            posts=tuple(self._tell_all(raw, standing, decisions)) if posts else (),
            decisions=decisions,
            step=find_step_up(row, standing, category, rubric, semester, ranking.as_of),
        )

    def _tell_all(
        self, raw: ActivityRow, standing: Standing, decisions: Sequence[Override]
    ) -> Iterator[PostLine]:
        from db.basis import load_bases
        from db.queries import load_posts

        judgement, ranking = self._judgement, self._judgement.ranking
        first, end = ranking.semester.first_day, ranking.as_of + timedelta(days=1)
        slug, channel = standing.agency.slug, standing.channel
        posts = load_posts(judgement.engine, agency=slug, channel=channel, since=first, until=end)
        bases = load_bases(judgement.engine, slug, channel, first, end)
        dated = _tell_posts(posts, judgement, standing, decisions)
        for line in (*dated, *_tell_datelines(raw, judgement, decisions)):
            yield replace(line, basis=_in_zone(bases.get(line.key, line.basis), judgement.config.zone))


def _span_nights(row: ActivityRow, days: Sequence[date], looks: "Iterable[LookRow]") -> Iterable[NightSpan]:
    by_night: dict[date, Counter[str]] = {}
    for look in looks:
        said = Message("{outcome}", outcome=look.outcome)
        if look.detail and not look.saw:
            said = Message("{outcome} ({detail})", outcome=look.outcome, detail=recognise(look.detail))
        by_night.setdefault(look.night, Counter())[said] += 1
    for state, group in groupby(zip(row.nights, days, strict=True), key=lambda each: each[0]):
        span = [day for _, day in group]
        if state is not Night.NOT_DUE:
            outcomes = sum((by_night.get(day, Counter()) for day in span), Counter[str]())
            told = [Message("{count} × {said}", count=n, said=said) for said, n in outcomes.most_common()]
            yield NightSpan(state, span[0], span[-1], len(span), join(", ", told) or Message("no look"))


def _in_zone(basis: Basis, zone: ZoneInfo) -> Basis:
    """The same with its moments in the city's zone, for whoever tells days."""
    local = tuple(replace(each, captured_at=each.captured_at.astimezone(zone)) for each in basis.records)
    return replace(basis, records=local)


def _tell_posts(
    posts: "Iterable[PostRow]", judgement: Judgement, standing: Standing, decisions: Sequence[Override]
) -> Iterable[PostLine]:
    from scoring.treatment import apply_decision, choose_treatments

    treated = choose_treatments(standing.flags, judgement.rubric.integrity.treatment)
    kinds: dict[str, list[str]] = {}
    for flag in standing.flags:
        for each in flag.posts:
            kinds.setdefault(each.key, []).append(flag.kind.value)
    ruled: Mapping[str | None, Override] = {each.post: each for each in decisions}
    for post in posts:
        flagged, does = treated.get(post.key, (None, Treatment.COUNT))
        decision = ruled.get(post.key)
        if decision is not None:
            does = apply_decision(decision)
        seen = flagged.first_seen if flagged else night_of(post.first_seen, judgement.config.zone)
        witness = post.evidence[0] if post.evidence else None
        yield PostLine(
            key=post.key,
            day=post.local_day,
            title=post.title,
            url=post.url,
            witness=tell_witness(witness) if witness else "",
            first_seen=seen,
            flags=tuple(kinds.get(post.key, ())),
            treatment=f"{does.value} (jury)" if decision else does.value,
            counts_on=_counts_on(does, post.local_day, seen, judgement.ranking),
        )


def tell_witness(witness: DateEvidence) -> Message:
    """Say what told a date, where it stood and what it was."""
    return Message("{kind} {where} {raw!r}", kind=witness.kind, where=witness.where, raw=witness.raw)


def _tell_datelines(
    row: ActivityRow, judgement: Judgement, decisions: Sequence[Override]
) -> Iterable[PostLine]:
    """Posts that only the dateline of their text places in the semester."""
    from scoring.treatment import apply_decision

    ruled = {each.post: each for each in decisions}
    for post in row.datelines:
        does, decision = judgement.rubric.integrity.dateline, ruled.get(post.key)
        if decision is not None:
            does = apply_decision(decision)
        yield PostLine(
            key=post.key,
            day=post.day,
            title=post.title,
            url=post.url,
            witness=Message("dateline: on this day or soon after"),
            first_seen=post.first_seen,
            flags=(),
            treatment=f"{does.value} (jury)" if decision else does.value,
            counts_on=_counts_on(does, post.day, post.first_seen, judgement.ranking),
        )


def _counts_on(does: Treatment, claimed: date | None, seen: date, ranking: Ranking) -> date | None:
    if does not in {Treatment.COUNT, Treatment.FIRST_SEEN}:
        return None
    day = seen if does is Treatment.FIRST_SEEN else claimed
    return day if day is not None and ranking.semester.first_day <= day <= ranking.as_of else None
