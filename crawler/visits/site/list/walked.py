"""Walking a list, and remembering it where it gave more than others."""

from collections.abc import Callable, Generator

from activity.visit import Fetch, Page
from crawler.extract.page.document import Document
from crawler.visits.site.list.listing import walk_listing
from crawler.visits.site.list.lists import remember_best
from crawler.visits.site.survey.parts import Survey
from crawler.visits.site.survey.walks import Walk

__all__ = ["walk_and_remember"]


def walk_and_remember(
    survey: Survey,
    document: Document,
    elsewhere: Callable[[], Generator[Fetch, Page, None]] | None = None,
) -> Generator[Fetch, Page, Walk]:
    """Walk the list that a page begins; the next nights ask it if it holds what no other does."""
    finds, shown = survey.finds, set(survey.walks.keys)
    posts, waiting = len(finds.posts), len(finds.waiting)
    walk = yield from walk_listing(survey, document, elsewhere=elsewhere)
    # A list may date what waited already.
    gained = len(finds.posts) - posts + max(0, len(finds.waiting) - waiting)
    # Where a visit begins anew, and no list tells a day, known posts are not taken in once more.
    known = finds.known - finds.posts.keys() - shown
    gained += len(known.intersection(walk.keys))
    survey.note("listing", f"{document.url} lists {len(walk.keys)} items, {gained} of them new.")
    if gained:
        remember_best(survey, walk, gained)
    return walk
