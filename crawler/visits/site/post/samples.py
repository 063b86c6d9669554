"""Which articles are read to confirm a site's witnesses: a few for each, where they tell most."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from activity.post import EvidenceKind, Post
from crawler.visits.site.post.clocks import CLOCKED, NIGHT, SAMPLES
from crawler.visits.site.post.trust import wants_proof
from crawler.visits.site.survey.memory import TrustMemory
from crawler.visits.site.survey.weigh import is_torn, name_witness

__all__ = ["choose_samples", "find_torn"]

_SLOT: Final = f"{EvidenceKind.LISTING} "
_FEED: Final = f"{EvidenceKind.FEED} "
_A_DAY: Final = timedelta(days=1)


def choose_samples(
    posts: Iterable[Post],
    trust: TrustMemory,
    zone: ZoneInfo,
    again: Collection[str] = (),
    since: datetime | None = None,
    odd: Collection[str] = (),
) -> tuple[tuple[Post, ...], tuple[str, ...]]:
    """Choose articles that may confirm the witnesses which nothing has confirmed so far.

    For each the newest, an old and one further of the posts whose date it decides: the one, if any, that
    would have another day if its clock were not the one it names, else one that was published by night. Of
    those to which another witness gives another day the oldest stands for all: an article tells which of the
    two is right (the awkward site 2009543). Else the old one is the newest that is dated before the window:
    it proves how far back was read, and where days stand a card off, or are those of drafts, it is of the
    window (2101873, 2300374, 2401130); that of a second list takes the place of a further one for which
    nothing speaks; and a feed's is first one that stands above a younger one, as only a draft's does
    (2144261). Where no sample could tell which clock a feed shows, the first post that can is one more
    (2080054), and so is one for each witness of which none was chosen: a list may date a single post, by
    today's day (2144270).
    Returns them with the names of these witnesses.

    Args:
        posts: those that have a page of their own which was not read tonight.
        again: witnesses that are held against articles once more, whatever was known of them.
        since: the start of the window, if one is wanted.
        odd: posts of which something tells another age, if no day.
    """
    by_witness, evening = _group(posts, trust, zone, again)
    chosen: dict[str, Post] = {}
    edges: dict[str, Post] = {}
    idle: set[str] = set()
    for name, dated in by_witness.items():
        ordered = sorted(dated, key=_moment, reverse=True)
        before = (post for post in ordered if since is not None and _moment(post) < since)
        below = next(before, None)
        if len(chosen) >= SAMPLES and below is not None and name.startswith(_SLOT):
            edges.setdefault(below.key, below)
        few = _pick(ordered, _find_stray(name, dated) or below, zone, odd)
        if not _tells_more(few[-1], zone) and few[-1].key not in {*chosen, *(post.key for post in few[:-1])}:
            idle.add(few[-1].key)
        for post in few:
            chosen.setdefault(post.key, post)
    chosen |= {post.key: post for post in evening.values()}
    samples = _with_edge(tuple(chosen.values())[:SAMPLES], tuple(edges.values()), idle)
    keys = {post.key for post in samples}
    unasked = [
        max(dated, key=_moment) for dated in by_witness.values() if keys.isdisjoint(p.key for p in dated)
    ]
    return (*samples, *unasked[:SAMPLES]), (*by_witness, *evening)


def _group(
    posts: Iterable[Post], trust: TrustMemory, zone: ZoneInfo, again: Collection[str]
) -> tuple[dict[str, list[Post]], dict[str, Post]]:
    """Give the posts of each witness that wants proof, and one of each feed whose clock none told yet."""
    settled = {*trust.refuted, *({*trust.believed, *trust.asked} - set(again))}
    by_witness: defaultdict[str, list[Post]] = defaultdict(list)
    evening: dict[str, Post] = {}
    for post in posts:
        if post.date is not None and post.date.precision.names_a_day:
            name = name_witness(post.date.evidence[0])
            if wants_proof(name) and name not in settled:
                by_witness[name].append(post)
            elif _may_tell_clock(post, trust, zone):
                evening.setdefault(name, post)
    return by_witness, evening


def _find_stray(name: str, dated: Sequence[Post]) -> Post | None:
    """Find the post of a feed that stands farthest out of order, above one that is younger by a day."""
    apart = [(_moment(below) - _moment(above), above) for above, below in pairwise(dated)]
    most, stray = max(apart, key=lambda pair: pair[0], default=(timedelta(), None))
    return stray if name.startswith(_FEED) and most >= _A_DAY else None


def _pick(
    ordered: Sequence[Post], old: Post | None, zone: ZoneInfo, odd: Collection[str]
) -> tuple[Post, Post, Post]:
    """Pick the newest of a witness's posts, an old one and one further."""
    further = next(
        (post for told in (_is_torn, _is_by_night) for post in ordered if told(post, zone)),
        ordered[len(ordered) // 2],
    )
    told_else = (post for post in reversed(ordered) if post.key in odd or _is_contested(post, zone))
    contested = next(told_else, None)
    return ordered[0], contested or old or ordered[-1], further


def _tells_more(post: Post, zone: ZoneInfo) -> bool:
    return _is_torn(post, zone) or _is_by_night(post, zone)


def _with_edge(few: tuple[Post, ...], edges: tuple[Post, ...], idle: Collection[str]) -> tuple[Post, ...]:
    """Put one for the edge of another list than the first in the place of one for which nothing speaks."""
    edge = [post for post in edges if post not in few][:1]
    return (*(post for post in few if not edge or post.key not in idle), *edge)


def find_torn(posts: Iterable[Post], zone: ZoneInfo) -> frozenset[str]:
    """Name the witnesses of which posts hang on the clock that they name."""
    torn = (post.date for post in posts if _is_torn(post, zone))
    return frozenset(name_witness(date.evidence[0]) for date in torn if date is not None)


def _may_tell_clock(post: Post, trust: TrustMemory, zone: ZoneInfo) -> bool:
    """Tell whether a post's day hangs on the clock of a feed alone, and no article of such a one was read."""
    told = post.date.evidence if post.date is not None else ()
    names = {name_witness(each) for each in told}
    fed = all(name.startswith(_FEED) for name in names)
    return fed and not names & {*trust.refuted, *trust.torn} and _is_torn(post, zone)


def _is_torn(post: Post, zone: ZoneInfo) -> bool:
    return post.date is not None and is_torn(post.date, zone)


def _is_contested(post: Post, zone: ZoneInfo) -> bool:
    told = post.date.evidence if post.date is not None else ()
    return len({each.at.astimezone(zone).date() for each in told if each.precision.names_a_day}) > 1


def _is_by_night(post: Post, zone: ZoneInfo) -> bool:
    clocked = post.date is not None and post.date.precision in CLOCKED
    return clocked and post.date is not None and post.date.at.astimezone(zone).hour in NIGHT


def _moment(post: Post) -> datetime:
    return post.date.at if post.date is not None else datetime.max.replace(tzinfo=ZoneInfo("UTC"))
