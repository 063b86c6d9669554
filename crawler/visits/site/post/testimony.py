"""What a visit believes of a site's witnesses. One writer of `Survey.trust`."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, timedelta
from typing import Final

from activity.post import EvidenceKind, Precision
from crawler.visits.site.post.trust import WitnessJudgement, judge_witnesses
from crawler.visits.site.survey.parts import Survey
from crawler.visits.site.survey.weigh import name_witness

__all__ = ["doubt_days_of_utc", "doubt_moved", "judge_testimony", "note_asked", "note_moved", "recall_trust"]

# A feed that is built anew moves all its dates at once; so many posts are enough to tell.
FEWEST_MOVED: Final = 3
MAX_MOVED: Final = 100
# So many pages that tell the day of UTC, of posts changed while the city had another.
FEWEST_IN_UTC: Final = 3
_A_DAY: Final = timedelta(days=1)


def recall_trust(survey: Survey) -> None:
    """Let what earlier nights learnt of the site's witnesses hold tonight."""
    survey.finds.refute(frozenset(survey.trust.refuted))


def note_asked(survey: Survey, witnesses: Iterable[str], torn: Iterable[str]) -> None:
    """Note that articles were sampled for these witnesses, so that no other night does it again.

    Args:
        torn: those of which one told whether their clock is the one that they name.
    """
    asked = tuple(dict.fromkeys([*survey.trust.asked, *witnesses]))
    told = tuple(dict.fromkeys([*survey.trust.torn, *sorted(torn)]))
    survey.trust = replace(survey.trust, asked=asked, torn=told)


def note_moved(survey: Survey, marks: Iterable[str]) -> None:
    """Note that pages were asked for the other day that lists tell of their posts by now."""
    moved = tuple(dict.fromkeys([*survey.trust.moved, *marks]))
    survey.trust = replace(survey.trust, moved=moved[-MAX_MOVED:])


def judge_testimony(
    survey: Survey, *, final: bool = False, last: bool = False, seated: bool = False
) -> WitnessJudgement:
    """Judge by all that is known by now; what gives reason to doubt itself only once samples were read.

    Where these were the `last`, a feed that tells the days of drafts is believed no more either. Slots that
    are `seated` stay so: articles read for their minute only were not asked what readers are told.

    Posts that only witnesses dated which are refuted now wait for their own pages.
    """
    doubtful = survey.walks.doubtful if final else ()
    claims = [each for _, each in survey.finds.claims()]
    known = survey.trust
    judged = judge_witnesses(claims, survey.target.zone, doubtful, known.refuted)
    found = judged.refuted | judged.begun if last else judged.refuted
    if seated:
        found = frozenset(name for name in found if not name.startswith(EvidenceKind.LISTING))
    refuted = frozenset(found - set(known.refuted))
    believed = {*known.believed, *judged.believed} - found - set(known.refuted)
    survey.trust = replace(
        known, believed=tuple(sorted(believed)), refuted=tuple(sorted({*known.refuted, *refuted}))
    )
    if refuted:
        survey.note("dates", f"{', '.join(sorted(refuted))}: its own pages tell other days.")
        survey.note("dates", f"{survey.finds.refute(refuted)} posts are dated otherwise.")
        _wait_for_ahead(survey)
    return judged


def doubt_moved(survey: Survey) -> None:
    """Trust no witness further that tells other days tonight of most posts than it did: it was built anew."""
    moved: dict[str, list[bool]] = {}
    for key, claims in survey.finds.claims():
        stored = survey.finds.stored.get(key)
        if stored is None or stored.at is None:
            continue
        day = stored.at.astimezone(survey.target.zone).date()
        for claim in claims:
            if claim.precision.names_a_day:
                same = claim.at.astimezone(survey.target.zone).date() == day
                moved.setdefault(name_witness(claim.evidence[0]), []).append(not same)
    names = {n for n, each in moved.items() if len(each) >= FEWEST_MOVED and sum(each) * 2 > len(each)}
    if names:
        believed = tuple(name for name in survey.trust.believed if name not in names)
        asked = tuple(name for name in survey.trust.asked if name not in names)
        torn = tuple(name for name in survey.trust.torn if name not in names)
        survey.trust = replace(survey.trust, believed=believed, asked=asked, torn=torn)
        survey.walks.doubt(names)


def doubt_days_of_utc(survey: Survey) -> None:
    """Leave posts undated whose pages print the day of UTC, where that may not be the city's.

    Their list tells when each was last changed, to the minute (Redmine's documents). Where these moments lie
    on two days, by the city's clock and by that of UTC, pages tell the latter and never the former. A post
    changed on the one day that both clocks told, and that its page tells, is of that day; any other is of it
    or of the next.
    """
    zone = survey.target.zone
    shown = {key: day for key in survey.edited if (day := _shown_day(survey, key)) is not None}
    days = {key: (at.astimezone(UTC).date(), at.astimezone(zone).date()) for key, at in survey.edited.items()}
    torn = [key for key in shown if days[key][0] != days[key][1]]
    in_utc = sum(shown[key] == days[key][0] for key in torn)
    if in_utc >= FEWEST_IN_UTC and not any(shown[key] == days[key][1] for key in torn):
        survey.trust = replace(survey.trust, in_utc=True)
    if not survey.trust.in_utc:
        return
    doubted = [key for key, day in shown.items() if days[key] != (day, day)]
    posts = {post.key: post for post in survey.finds.edge(_A_DAY)} | survey.finds.posts
    for post in (posts[key] for key in doubted if key in posts):
        survey.finds.forget(post.key)
        survey.finds.admit(replace(post, date=None))
    survey.note("dates", f"Pages print the day of UTC; {len(doubted)} posts may be of that day or the next.")


def _shown_day(survey: Survey, key: str) -> date | None:
    """The bare day that a post's page shows its readers, and nothing else tells of it."""
    claims = survey.finds.claims_of(key)
    told = claims[0] if len(claims) == 1 else None
    if told is None or told.precision is not Precision.DAY:
        return None
    is_text = all(each.kind is EvidenceKind.VISIBLE_TEXT for each in told.evidence)
    return told.at.astimezone(survey.target.zone).date() if is_text else None


def _wait_for_ahead(survey: Survey) -> None:
    """Queue what lists show under a day to come, where that day is none of a publication.

    A card that tells the day of an event or of editing hides what is up already.
    """
    for candidate in survey.walks.ahead.values():
        if candidate.date is not None and name_witness(candidate.date.evidence[0]) in survey.trust.refuted:
            survey.finds.wait(replace(candidate, date=None))
