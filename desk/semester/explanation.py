"""What a standing rests on, gathered from the database, and from the seal where there is one."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from activity.agency import Channel
from activity.jury import Override
from activity.message import Message, join
from activity.ranking import ActivityRow, Category, Standing
from activity.result.explanation import Explanation, NightSpan, PostDetail, PostKeys, PostLine, PostList
from activity.semester import Night
from activity.speech.detail import recognise
from desk.semester.judge import Judgement
from desk.semester.told_posts import PostTeller

if TYPE_CHECKING:
    from db.nightly.look import LookRow

__all__ = ["Explainer", "Explanation", "NightSpan", "PostLine", "explain_standing"]


def explain_standing(judgement: Judgement, category: Category, standing: Standing) -> Explanation:
    """Gather what a standing rests on."""
    return Explainer(judgement).explain(category, standing)


class Explainer:
    """Gathers what the standings of one semester rest on; what concerns all of them is read once.

    Raises StoreError where the database no longer holds what was sealed.

    Args:
        nights: whether the looks of every night are told, too.
        posts: how much is told of the posts.
    """

    def __init__(
        self, judgement: Judgement, *, nights: bool = True, posts: PostDetail = PostDetail.TOLD
    ) -> None:
        from db.semester.jury import load_overrides
        from scoring.jury.decision import decisions_in_force

        self._judgement = judgement
        self._tells_nights = nights
        self._detail = posts
        self._posts = None if posts is PostDetail.NONE else PostTeller(judgement)
        self._rows = {(row.agency.slug, row.channel): row for row in judgement.rows}
        semester = judgement.ranking.semester
        self._decisions: dict[tuple[str, Channel], tuple[Override, ...]] = {}
        for each in decisions_in_force(load_overrides(judgement.engine, str(semester))):
            key = (each.agency, each.channel)
            self._decisions[key] = (*self._decisions.get(key, ()), each)

    def explain(self, category: Category, standing: Standing) -> Explanation:
        """Gather what one standing rests on."""
        from db.semester.integrity import load_decided
        from scoring.jury.treatment import apply_flags
        from scoring.placing.step_up import find_step_up

        judgement = self._judgement
        ranking, slug = judgement.ranking, standing.agency.slug
        semester, rubric = ranking.semester, judgement.rubric
        raw = self._rows[slug, standing.channel]
        decisions = self._decisions.get((slug, standing.channel), ())
        decided = load_decided(judgement.engine, decisions) if decisions else {}
        (row,) = apply_flags([raw], standing.flags, rubric.integrity, decisions, decided, semester)
        told = self.tell_posts(standing) if self._detail is PostDetail.TOLD else PostList()
        listed, listed_later = len(told.posts), len(told.later)
        if self._posts is not None and self._detail is PostDetail.COUNTED:
            keys = self._posts.list_keys(raw, standing)
            listed, listed_later = len(keys.posts), len(keys.later)
        return Explanation(
            category=category,
            standing=standing,
            nights=self._tell_nights(row, standing) if self._tells_nights else (),
            posts=told.posts,
            decisions=decisions,
            step=find_step_up(row, standing, category, rubric, semester, ranking.as_of),
            later=told.later,
            listed=listed,
            listed_later=listed_later,
        )

    def tell_posts(self, standing: Standing, keys: Collection[str] | None = None) -> PostList:
        """The posts of one standing, or those of these keys; none where posts are not told at all."""
        place = (standing.agency.slug, standing.channel)
        if self._posts is None:
            return PostList()
        return self._posts.tell(self._rows[place], standing, self._decisions.get(place, ()), keys)

    def list_keys(self, standing: Standing) -> PostKeys:
        """The keys of the posts of one standing, the newest first; none where posts are not told at all."""
        if self._posts is None:
            return PostKeys()
        return self._posts.list_keys(self._rows[standing.agency.slug, standing.channel], standing)

    def _tell_nights(self, row: ActivityRow, standing: Standing) -> tuple[NightSpan, ...]:
        from db.nightly.look import load_looks

        ranking = self._judgement.ranking
        first, end = ranking.semester.first_day, ranking.as_of + timedelta(days=1)
        looks = load_looks(self._judgement.engine, standing.agency.slug, standing.channel, first, end)
        return tuple(_span_nights(row, ranking.semester.days(), looks))


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
