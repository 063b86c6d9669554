"""What can be said of a site before any run: who can be found, whose day can be read, what is provable."""

from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from activity.semester import night_of
from desk.night.plan import is_thorough
from tests.awkward.feed import FEED_SIZES
from tests.awkward.post import Post
from tests.awkward.site import Site

__all__ = ["days_of", "expected", "is_provable", "is_score_provable", "is_seeable", "is_told", "reachable"]

_ONLY_FIRST = frozenset({"more", "post", "short"})
# So few posts may stand in falling order by chance.
_FEW = 3
# So long after a post's day a list that lacks it accuses.
_GRACE = timedelta(days=8)
# When offices publish.
_DAYTIME = range(7, 22)


def reachable(site: Site, now: datetime) -> list[Post]:
    """The posts to which a reader without a script comes: along the lists, by feed or by sitemap."""
    site = site.standing(now)
    plan, visible = site.plan, site.visible(now)
    blocked = plan["trouble"] != "none" or plan["blocked"] != "none"
    first = plan["pages"] == "first_again" or plan["pager"] in _ONLY_FIRST or blocked
    if plan["delivery"] == "script" or not first or plan["sections"] == "archive":
        return visible
    sections = ("berita", "pengumuman") if plan["sections"] == "two" else ("berita",)
    found = {
        post.number for section in sections for post in site.part(now, section, 1).posts[: site.size + 1]
    }
    # A bare link to a file tells nobody that it is a post, nor its day.
    if plan["home"] != "list" and (plan["home"] == "some" or plan["documents"] == "none"):
        newest = visible[:6]
        found |= {p.number for p in newest if plan["sections"] != "two" or p.section == "berita"}
    if plan["feed"] not in {"none", "hidden"} and plan["feed_host"] != "other":
        found |= {post.number for post in site.fed(now)[: FEED_SIZES[plan["feed"]]]}
    if plan["sitemap"] in {"true", "build"}:
        return visible
    return [post for post in visible if post.number in found]


def expected(site: Site, now: datetime) -> list[Post]:
    """The posts of the window that must come out, each on its day; none whose day has yet to come."""
    return [post for post in reachable(site, now) if site.life.since <= post.when <= now]


def is_told(site: Site, post: Post, now: datetime) -> bool:
    """Whether the site tells a post's day: one without a year only in a list, of some posts, that falls."""
    site = site.standing(now)
    plan = site.plan
    if plan["listed"] != "day_month" or not plan.readable:
        return plan.readable
    # What a map alone names tells no year (140142, 700405), nor does a list of one or two (310008).
    first = plan["pages"] == "first_again" or plan["pager"] in _ONLY_FIRST
    lists = [site.visible(now)[:6]] if plan["home"] == "some" and plan["sections"] != "two" else []
    sections = ("berita", "pengumuman") if plan["sections"] == "two" else ("berita",)
    lists += [list(site.part(now, s, 1).posts) if first else site.ordered(now, s) for s in sections]
    return any(post.number in {p.number for p in shown} for shown in lists if len(shown) >= _FEW)


def days_of(site: Site, post: Post, now: datetime) -> frozenset[date]:
    """The days that a careful reader may take for a post's: its own, and where nobody can tell, the next.

    So it is where a feed calls the office's clock UTC, pages tell days without a clock, and the office was up
    by night as often by its own clock as it would have been by UTC's (700311).
    """
    plan, own = site.standing(now).plan, frozenset({post.day})
    told = {plan["listed"], plan["told"]} & {"clock", "time", "time_mdy", "relative"}
    if plan["dates_of_feed"] != "local_utc" or told or plan["machine"] not in {"none", "modified"}:
        return own
    offset = post.when.utcoffset() or timedelta()
    fed = [each.when for each in site.fed(now)[: FEED_SIZES[plan["feed"]]]]
    by_night = sum(moment.hour not in _DAYTIME for moment in fed)
    other = sum((moment + offset).hour not in _DAYTIME for moment in fed)
    return own | {(post.when + offset).date()} if by_night >= other else own


def is_provable(site: Site, now: datetime) -> bool:
    """Whether a careful reader can be sure of having met every post of the window.

    So it is where a list with sound pages, of more than a few posts, falls from new to old, names each day,
    and goes on to a post from before the window or to its end; where there are two lists, both do.
    """
    site = site.standing(now)
    plan = site.plan
    if plan["tabs"] != "none" or plan["agenda"] != "none":
        return False
    if not plan.readable or plan["order"] != "falling" or plan["extra"] == "sticky":
        return False
    if plan["delivery"] == "shell" or plan["pager"] in _ONLY_FIRST or plan["listed"] == "day_month":
        return False
    if plan["pages"] not in {"sound", "last_again", "empty_behind"} or len(site.visible(now)) <= _FEW:
        return False
    if plan["language"] != "one" or plan["delivery"] == "script":
        return False
    if plan["trouble"] != "none" or plan["blocked"] != "none":
        return False
    if (plan["pages"] == "last_again" or plan["behind"] == "first_page") and len(
        site.ordered(now, "berita")
    ) <= site.size:
        # The last page again is the first one again: nobody can tell it from a pager that is stuck.
        return False
    older = any(post.when < site.life.since for post in site.visible(now))
    return older and (plan.exact or plan["documents"] == "none") and plan["sections"] != "two"


def is_score_provable(site: Site) -> bool:
    """Whether nightly looks can come to the very score that a perfect visit gets.

    So it is where a first visit can prove what there was, and what was slipped in, or withdrawn, is shown, or
    missed, on the first night after that: a score tells since when a post is known.
    """
    nights = [night for night in site.life.nights if night not in site.life.down]
    looks = (nights[0], nights[-1]) if site.after is not None else nights[:1]
    if site.life.stale or not all(is_provable(site, night) for night in looks):
        return False
    return all(_is_timely(site, post, nights) for post in site.life.posts)


def _is_timely(site: Site, post: Post, nights: list[datetime]) -> bool:
    if post.cheat == "withdrawn":
        after = next((night for night in nights if _is_gone(post, night)), None)
        return after is None or (is_seeable(site, post) and _is_shown_at_once(_with_all(site), post, after))
    after = next((night for night in nights if post.appear <= night), None)
    return (
        not post.cheat or after is None or (is_seeable(site, post) and _is_shown_at_once(site, post, after))
    )


def _is_shown_at_once(site: Site, post: Post, now: datetime) -> bool:
    """Whether any one page that a quiet night may ask shows it: the home page has its turn, too."""
    site = site.standing(now)
    at_home = site.plan["home"] == "list" or post.number in {each.number for each in site.visible(now)[:6]}
    return at_home and _is_shown(site, post, now)


def is_seeable(site: Site, post: Post) -> bool:
    """Whether nightly looks, bounded as they are, are shown what gives a post's dishonesty away.

    A night is shown what stands first in the lists, on the home page and in the feed; a first visit and a
    thorough night, whatever can be reached. A post that is slipped in below all that between thorough nights
    is shown to nobody. What claims a day before the first visit is refuted only by a first visit that could
    prove what there was. A withdrawn post must be missed on a night with another one after it, since its own
    address is asked twice; a file of another's server stands there as before.
    """
    if not site.plan.readable:
        return False
    nights = [night for night in site.life.nights if night not in site.life.down]
    if post.cheat == "withdrawn":
        kept = _with_all(site)
        was_met = any(_is_shown(site, post, night) for night in nights)
        missed = (_is_shown(kept, post, night) for night, _ in pairwise(nights) if _is_gone(post, night))
        return site.plan["documents"] != "drive" and was_met and any(missed)
    if post.cheat == "back-dated" and post.when < nights[0] and not is_provable(site, nights[0]):
        return False
    shown = next((night for night in nights if _is_shown(site, post, night)), None)
    if shown is None or post.cheat != "back-dated":
        return shown is not None
    if site.after is not None and shown == next((n for n in nights if site.standing(n) is not site), None):
        # What comes with another program was there before, for all that anybody can tell.
        return False
    return _is_refuted(site, post, nights, shown)


def _is_refuted(site: Site, post: Post, nights: list[datetime], shown: datetime) -> bool:
    """Whether a list came anew between a post's day and the night that shows it, long enough after the day.

    A server's word that nothing changed shows nobody what the list holds (2110476), nor does a cache's copy
    of a list from before that: it lacks what came later, honest or not (2110807).
    """
    late = [night for night in nights if night < shown and post.when + _GRACE <= site.life.shown_at(night)]
    if not late:
        return not site.life.stale
    if site.plan["server"] != "etag":
        return True
    before, shown_at = dict(pairwise(nights[::-1])), site.life.shown_at
    return any(
        n not in before or any(before[n] < p.appear <= shown_at(n) for p in site.life.posts) for n in late
    )


def _with_all(site: Site) -> Site:
    """The same site without anything withdrawn."""
    kept = copy(site)
    kept.life = replace(site.life, posts=tuple(replace(p, gone=None) for p in site.life.posts))
    if site.after is not None:
        kept.after = _with_all(site.after)
    return kept


def _is_gone(post: Post, now: datetime) -> bool:
    return post.gone is not None and post.gone <= now


def _is_shown(site: Site, post: Post, now: datetime) -> bool:
    zone, first = site.life.zone, site.life.nights[0]
    answered = [night for night in site.life.nights if night < now and night not in site.life.down]
    seen = night_of(answered[-1], zone) if answered else None
    thorough = now == first or is_thorough(1, night_of(now, zone), night_of(first, zone), seen)
    now = site.life.shown_at(now)
    shown = reachable(site, now) if thorough else _front(site, now)
    return post.number in {each.number for each in shown}


def _front(site: Site, now: datetime) -> Iterable[Post]:
    """What stands first where a night looks; in a list without an order of days, anything."""
    site = site.standing(now)
    plan, visible = site.plan, site.visible(now)
    if plan["order"] in {"title", "readers"}:
        return reachable(site, now)
    found = visible[:6] if plan["home"] != "links" else []
    if plan["feed"] not in {"none", "empty", "hidden"} and plan["feed_host"] != "other":
        found = [*found, *visible[: FEED_SIZES[plan["feed"]]]]
    for section in ("berita", "pengumuman") if plan["sections"] == "two" else ("berita",):
        head = site.part(now, section, 1)
        ends = (head, site.part(now, section, head.last)) if plan["order"] == "oldest" else (head,)
        found = [*found, *(post for part in ends for post in part.posts)]
    met = {post.number for post in reachable(site, now)}
    return [post for post in found if post.number in met]
