"""The posts of a standing one by one: what each claims and rests on, and what is done with it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from activity.flag import Treatment
from activity.jury import Override
from activity.message import Message
from activity.post import DateEvidence
from activity.ranking import ActivityRow, Ranking, Standing
from activity.result.basis import NOTHING, Basis
from activity.result.explanation import PostKeys, PostLine, PostList, newest_first
from activity.result.sealed import ProvenPost, SealedPost
from activity.semester import night_of
from desk.semester.judge import Judgement
from desk.semester.sealed_posts import SealedPosts

if TYPE_CHECKING:
    from db.post.query import PostRow

__all__ = ["PostTeller", "tell_witness"]


class PostTeller:
    """Tells the posts of a judged semester; those of a sealed one as they were sealed.

    Raises StoreError where the database no longer holds what was sealed.
    """

    def __init__(self, judgement: Judgement) -> None:
        self._judgement = judgement
        seal = judgement.seal
        self._sealed = None if seal is None else SealedPosts(judgement.engine, seal)

    def tell(
        self,
        raw: ActivityRow,
        standing: Standing,
        decisions: Sequence[Override],
        keys: Collection[str] | None = None,
    ) -> PostList:
        """The posts of the semester, and what is known beside those that were sealed.

        Args:
            raw: its activity, before flags and decisions.
            decisions: in force on it.
            keys: of these posts alone; None for all.
        """
        from db.evidence.basis import find_basis, load_bases
        from db.post.query import load_posts

        judgement, slug, channel = self._judgement, standing.agency.slug, standing.channel
        engine, zone = judgement.engine, judgement.config.zone
        first, last = judgement.ranking.semester.first_day, judgement.ranking.as_of
        end = last + timedelta(days=1)
        wanted = None if keys is None else frozenset(keys)
        stored = tuple(load_posts(engine, agency=slug, channel=channel, since=first, until=end, keys=wanted))
        bases = load_bases(engine, slug, channel, first, end, wanted)
        if wanted is not None:
            raw = replace(raw, datelines=tuple(post for post in raw.datelines if post.key in wanted))
        claims = [_read_stored(post, _in_zone(bases.get(post.key, NOTHING), zone), zone) for post in stored]
        if self._sealed is None:
            return PostList((*self._treat(claims, standing, decisions), *self._place(raw, decisions, bases)))
        known = {post.key: post for post in stored}
        found = (
            p for p in self._sealed.read(slug, channel, first, last) if wanted is None or p.key in wanted
        )
        sealed = sorted(found, key=lambda post: (post.day, post.key))
        # A post that was dated anew after its seal, and out of the semester, is not among those.
        moved = {p.key: find_basis(engine, slug, channel, p.key) for p in sealed if p.key not in known}
        bases = {**bases, **moved}
        as_sealed = [_read_sealed(post, known.get(post.key), self._rests_on(post, bases)) for post in sealed]
        posts = (*self._treat(as_sealed, standing, decisions), *self._place(raw, decisions, bases))
        told = {line.key for line in posts}
        return PostList(posts, tuple(claim for claim in claims if claim.key not in told))

    def list_keys(self, raw: ActivityRow, standing: Standing) -> PostKeys:
        """The keys of what `tell` has of either kind, the newest first."""
        from db.post.query import load_post_days

        engine, slug, channel = self._judgement.engine, standing.agency.slug, standing.channel
        first, last = self._judgement.ranking.semester.first_day, self._judgement.ranking.as_of
        stored = load_post_days(engine, slug, channel, first, last + timedelta(days=1))
        told = [(post.day, post.key) for post in raw.datelines]
        if self._sealed is None:
            return PostKeys(_order([*told, *((day, key) for key, day in stored)]))
        told += [(post.day, post.key) for post in self._sealed.read(slug, channel, first, last)]
        known = {key for _, key in told}
        later = [(day, key) for key, day in stored if key not in known]
        return PostKeys(_order(told), _order(later))

    def _treat(
        self, claims: Iterable[PostLine], standing: Standing, decisions: Sequence[Override]
    ) -> Iterator[PostLine]:
        """Say of each claim what is done with it, by its flags and by who decided."""
        from scoring.jury.treatment import apply_decision, choose_treatments

        treated = choose_treatments(standing.flags, self._judgement.rubric.integrity.treatment)
        kinds: dict[str, list[str]] = {}
        for flag in standing.flags:
            for each in flag.posts:
                kinds.setdefault(each.key, []).append(flag.kind.value)
        ruled = {each.post: each for each in decisions}
        for claim in claims:
            flagged, does = treated.get(claim.key, (None, Treatment.COUNT))
            decision = ruled.get(claim.key)
            does = does if decision is None else apply_decision(decision)
            seen = flagged.first_seen if flagged else claim.first_seen
            yield replace(
                claim,
                first_seen=seen,
                flags=tuple(kinds.get(claim.key, ())),
                treatment=f"{does.value} (jury)" if decision else does.value,
                counts_on=_counts_on(does, claim.day, seen, self._judgement.ranking),
            )

    def _place(
        self, row: ActivityRow, decisions: Sequence[Override], bases: Mapping[str, Basis]
    ) -> Iterator[PostLine]:
        """Posts that only the dateline of their text places in the semester."""
        from scoring.jury.treatment import apply_decision

        judgement = self._judgement
        ruled = {each.post: each for each in decisions}
        for post in row.datelines:
            decision = ruled.get(post.key)
            does = judgement.rubric.integrity.dateline if decision is None else apply_decision(decision)
            yield PostLine(
                key=post.key,
                day=post.day,
                title=post.title,
                url=post.url,
                witness=Message("dateline: on this day or soon after"),
                first_seen=post.first_seen,
                treatment=f"{does.value} (jury)" if decision else does.value,
                counts_on=_counts_on(does, post.day, post.first_seen, judgement.ranking),
                basis=_in_zone(bases.get(post.key, NOTHING), judgement.config.zone),
            )

    def _rests_on(self, post: SealedPost, bases: Mapping[str, Basis]) -> Basis:
        """What its seal names of what it rests on; an archive of format 1 names nothing, and all is told."""
        basis = _in_zone(bases.get(post.key, NOTHING), self._judgement.config.zone)
        if not isinstance(post, ProvenPost):
            return basis
        records = tuple(each for each in basis.records if each.digest in post.records)
        return Basis(records, tuple(each for each in basis.files if each.digest in post.files))


def _order(dated: Iterable[tuple[date | None, str]]) -> tuple[str, ...]:
    return tuple(key for _, key in sorted(dated, key=lambda each: newest_first(*each)))


def tell_witness(witness: DateEvidence) -> Message:
    """Say what told a date, where it stood and what it was."""
    return Message("{kind} {where} {raw!r}", kind=witness.kind, where=witness.where, raw=witness.raw)


def _read_stored(post: "PostRow", basis: Basis, zone: ZoneInfo) -> PostLine:
    """What the database holds of a post, of which nothing counts yet."""
    return PostLine(
        key=post.key,
        day=post.local_day,
        title=post.title,
        url=post.url,
        witness=tell_witness(post.evidence[0]) if post.evidence else "",
        first_seen=night_of(post.first_seen, zone),
        basis=basis,
    )


def _read_sealed(post: SealedPost, stored: "PostRow | None", basis: Basis) -> PostLine:
    """What the seal holds of a post; of its witness it holds the kind, the words only the database has.

    Args:
        stored: the same as the database has it now; None where its day is not in the semester any more.
    """
    witness: str = Message("{kind}", kind=post.witness) if post.witness else ""
    if stored is not None and stored.evidence and stored.published_at == post.published_at:
        witness = tell_witness(stored.evidence[0])
    return PostLine(
        key=post.key,
        day=post.day,
        title=post.title,
        url=post.url,
        witness=witness,
        first_seen=post.first_seen,
        basis=basis,
    )


def _in_zone(basis: Basis, zone: ZoneInfo) -> Basis:
    """The same with its moments in the city's zone, for whoever tells days."""
    if not basis.records:
        return basis
    local = tuple(replace(each, captured_at=each.captured_at.astimezone(zone)) for each in basis.records)
    return replace(basis, records=local)


def _counts_on(does: Treatment, claimed: date | None, seen: date, ranking: Ranking) -> date | None:
    if does not in {Treatment.COUNT, Treatment.FIRST_SEEN}:
        return None
    day = seen if does is Treatment.FIRST_SEEN else claimed
    return day if day is not None and ranking.semester.first_day <= day <= ranking.as_of else None
