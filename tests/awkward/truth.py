"""What can be said of a site before any run: who can be found, whose day can be read, what is provable."""

from datetime import datetime

from tests.awkward.feed import FEED_SIZES
from tests.awkward.post import Post
from tests.awkward.site import Site

__all__ = ["expected", "is_provable", "reachable"]

_ONLY_FIRST = frozenset({"more", "post", "short"})


def reachable(site: Site, now: datetime) -> list[Post]:
    """The posts to which a reader without a script comes: along the lists, by feed or by sitemap."""
    plan, visible = site.plan, site.visible(now)
    first = plan["pages"] == "first_again" or plan["pager"] in _ONLY_FIRST or plan["trouble"] != "none"
    if plan["delivery"] == "script" or not first or plan["sections"] == "archive":
        return visible
    sections = ("berita", "pengumuman") if plan["sections"] == "two" else ("berita",)
    found = {
        post.number for section in sections for post in site.part(now, section, 1).posts[: site.size + 1]
    }
    if plan["home"] != "list":
        newest = visible[:6]
        found |= {p.number for p in newest if plan["sections"] != "two" or p.section == "berita"}
    if plan["feed"] not in {"none", "hidden"}:
        found |= {post.number for post in site.fed(now)[: FEED_SIZES[plan["feed"]]]}
    if plan["sitemap"] in {"true", "build"}:
        return visible
    return [post for post in visible if post.number in found]


def expected(site: Site, now: datetime) -> list[Post]:
    """The posts of the window that must come out, each on its day."""
    return [post for post in reachable(site, now) if post.when >= site.life.since]


def is_provable(site: Site, now: datetime) -> bool:
    """Whether a careful reader can be sure of having met every post of the window.

    So it is where a list with sound pages falls from new to old, names each day, and goes on to a post from
    before the window or to its end; where there are two lists, both do.
    """
    plan = site.plan
    if not plan.readable or plan["order"] != "falling" or plan["extra"] == "sticky":
        return False
    if plan["delivery"] == "shell" or plan["pager"] in _ONLY_FIRST or plan["listed"] == "day_month":
        return False
    if plan["pages"] not in {"sound", "last_again", "empty_behind"} or not site.visible(now):
        return False
    if plan["language"] != "one" or plan["delivery"] == "script" or plan["trouble"] != "none":
        return False
    older = any(post.when < site.life.since for post in site.visible(now))
    return older and (plan.exact or plan["documents"] == "none") and plan["sections"] != "two"
