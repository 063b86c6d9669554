"""Links on the pages of lists that read like posts' and that no list gave: read before anything is claimed.

Whatever a list's cards are like that were not taken for such, their links are those of posts.
"""

from collections.abc import Generator, Iterator
from datetime import timedelta
from typing import Final

from activity.post import Post
from activity.visit import Fetch, Page
from crawler.discover.page_number import says_page, strip_counter
from crawler.discover.shape import is_never_post, shape_of
from crawler.extract.article.nature import judge_address
from crawler.extract.file import is_file
from crawler.extract.page.key import clean_address, same_site
from crawler.reach import Reach
from crawler.visits.site.post.article import read_articles
from crawler.visits.site.post.identity import is_copy
from crawler.visits.site.post.renamed import match_renamed
from crawler.visits.site.survey.candidate import Candidate
from crawler.visits.site.survey.claim import claim_site, reach_of
from crawler.visits.site.survey.parts import Survey
from crawler.visits.site.survey.walks import Walk

__all__ = ["came_unlisted", "prove_again", "read_leftovers"]

# Where the first few are no posts of the window, the others are none either.
MOST_READ: Final = 6
# A day so close before the last look may be that of a post which came after it.
_CLOSE: Final = timedelta(days=1)


def read_leftovers(survey: Survey) -> Generator[Fetch, Page, None]:
    """Read a few pages to which lists' pages lead and which no list gave, though they are addressed as posts.

    Those that are posts speak against every list whose pages lead to them. Those that are known already need
    no reading for that: no list gave them when they were found, and none gives them tonight.
    """
    left = dict(_find_left(survey))
    known = [key for key in left if survey.finds.standing_key(key) in survey.finds.known]
    few = [key for key in left if key not in known][:MOST_READ]
    if not left:
        return
    survey.note("listing", f"{len(left)} links on pages of lists may be posts that were read from no list.")
    for key in known:
        survey.finds.meet(survey.finds.standing_key(key))
    for key in few:
        survey.finds.wait(Candidate(left[key], sure=False, key=key))
    yield from read_articles(survey)
    survey.walks.pass_over([*known, *few])


def came_unlisted(survey: Survey, key: str, post: Post) -> bool:
    """Tell whether a post that no list gives, found on a later night, is older than the look before.

    The lists of the nights between went over its day without it, so that it would pass for back-dated if it
    were stored; but whether the office wrote it afterwards or our reading passed over it, nothing tells. It
    disproves tonight's claim and is left out.
    """
    last, walks = survey.target.memory.seen_at, survey.walks
    if last is None or post.date is None or key in survey.finds.known:
        return False
    return key in map(survey.finds.standing_key, walks.passed_over) and post.date.at < last - _CLOSE


def prove_again(survey: Survey, walk: Walk | None) -> Generator[Fetch, Page, Reach]:
    """Claim what a later night proves: where the window is read again, leftovers disprove again.

    One that is stored under its former address is no second post (the awkward site 2110970). A list that has
    given no post and came anew may show its first in a card that is not taken for one: all claims were made
    without it, and it was called back-dated when a second stood beside it (2111562).
    """
    if survey.deep or _came_blank(survey):
        yield from read_leftovers(survey)
        match_renamed(survey)
    if survey.deep:
        return claim_site(survey)
    return Reach() if walk is None else reach_of(survey, walk)


def _came_blank(survey: Survey) -> bool:
    """Tell whether a further list that has given no post yet came anew tonight, and gives none either."""
    blank = {side.url for side in survey.lists.sides if not side.head}
    return any(
        walk.endpoint.url in blank and not walk.keys and walk.page.ok and not walk.page.unchanged
        for walk in survey.walks
    )


def _find_left(survey: Survey) -> Iterator[tuple[str, str]]:
    """Addresses of posts by their shape, but for what stands on every page: a menu's, or the newest posts.

    A second route to a post that was met ends in the same words. A list whose first page is home's has that
    under its own address as well, which its later pages name: `semua-berita-1.html` beside `-2`. And under
    its own path other queries are other pages of it, whatever they call their counter: `?mulai=18` (2144363).
    """
    finds, walks = survey.finds, survey.walks
    words = {key.rpartition("/")[2] for key in (*finds.posts, *finds.met, *finds.waiting)}
    lists = {strip_counter(page) for page in walks.linking}
    paths = {path for path, _ in lists}
    for linked, count in walks.linked.items():
        url = clean_address(linked)
        if count == len(walks.linking) > 1 or "#" in url or url in survey.trail.asked or is_file(url):
            continue
        if not same_site(url, survey.site) or is_never_post(url) or is_copy(survey, url):
            continue
        if says_page(url) or strip_counter(url) in lists:
            continue
        reads_so = judge_address(url) > 0 and strip_counter(url)[0] not in paths
        if not reads_so and shape_of(url) not in finds.shapes:
            continue
        key = survey.key(url)
        standing = finds.standing_key(key)
        if (
            key.rpartition("/")[2] not in words
            and not finds.seen(standing)
            and (standing in finds.known or survey.is_new(key))
        ):
            yield key, url
