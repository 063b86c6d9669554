"""What one visit has asked, and what came of it: requests, addresses, notes. One writer: `Trail`."""

from collections.abc import Generator, Iterable, Mapping
from itertools import pairwise
from typing import Final

from activity.errors import SourceError
from activity.outcome import Failure, Outcome
from activity.visit import Fetch, Note, Page, Purpose, Validators
from crawler.visits.site.survey.detour import Detours

__all__ = ["NOT_THERE", "Asking", "Trail", "VisitEndedError"]

Asking = Generator[Fetch, Page, Page]

# Requests of a first visit that bring no date; the second where no post was found by then.
MOST_IN_VAIN: Final = 6
MOST_WITHOUT_POSTS: Final = 8
MAX_NOTES: Final = 200
NOT_THERE: Final = frozenset({404, 410})


class VisitEndedError(SourceError):
    """Nothing more may be asked of this site tonight; raised by `Trail.ask`, ends in an outcome."""

    def __init__(self, outcome: Outcome, message: str) -> None:
        super().__init__(message)
        self.outcome = outcome


class Trail:
    """The requests of one visit, in order, with the lines that explain them.

    Attributes:
        asked: addresses that need no asking again tonight.
        answered: those of them that are lists, feeds and the like, and could be read.
        failed: such as are there, and could not be read.
        notes: the explanation so far.
        rendered_in_vain: articles whose rendering told nothing more.
    """

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._requests = 0
        # How many dates were known before each request: one after which there are more has earned its cost.
        self._dated_before: list[int] = []
        self._detours = Detours()
        self.rendered_in_vain = 0
        self.asked: set[str] = set()
        self.answered: set[str] = set()
        self.failed: set[str] = set()
        self.notes: list[Note] = []

    def ask(
        self,
        url: str,
        purpose: Purpose,
        validators: Validators | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        rendered: bool = False,
        dated: int = 0,
    ) -> Asking:
        """Fetch one page; raises VisitEndedError where a budget ends the visit.

        Args:
            dated: how many dates are known by now.
        """
        if self._requests >= self._budget:
            raise VisitEndedError(Outcome.LIMITED, f"The budget of {self._budget} requests is used up.")
        self._requests += 1
        self._dated_before.append(dated)
        self.asked.add(url)
        known = validators or Validators()
        page = yield Fetch(url, purpose, validators=known, headers=headers or {}, rendered=rendered)
        way = " (as a robot sees it)" if headers else " (rendered)" if rendered else ""
        self.note(str(purpose), f"{url} -> {_tell(page)}{way}")
        if page.failure is Failure.BUDGET:
            raise VisitEndedError(Outcome.LIMITED, page.detail or "The budget is used up.")
        if purpose is not Purpose.ARTICLE and (page.ok or page.unchanged):
            self.answered.add(url)
        elif purpose is not Purpose.ARTICLE and page.status not in NOT_THERE:
            self.failed.add(url)
        return page

    def ask_article(self, url: str, *, rendered: bool = False, dated: int = 0) -> Asking:
        """Fetch an article, straight where the server leads all of them the same way."""
        straight = self._detours.straighten(url)
        self.asked.add(url)
        page = yield from self.ask(straight, Purpose.ARTICLE, rendered=rendered, dated=dated)
        self._detours.learn(url, page.url, ok=page.ok)
        if not page.ok and straight != url:
            return (yield from self.ask(url, Purpose.ARTICLE, rendered=rendered, dated=dated))
        return page

    def may_try(self, dated: int, *, found: bool) -> bool:
        """Tell whether one more request may be spent on what may turn out to be nothing.

        Counted are robots.txt and every request that brought no date; a few more where nothing was found.
        """
        in_vain = sum(after <= before for before, after in pairwise([*self._dated_before, dated]))
        return 1 + in_vain < (MOST_IN_VAIN if found else MOST_WITHOUT_POSTS)

    def begin_again(self, urls: Iterable[str]) -> None:
        """Let these be asked once more: what was tried in vain so far is another matter."""
        self._dated_before.clear()
        self.asked.difference_update(urls)

    def count_rendering_in_vain(self) -> None:
        """Note that rendering an article told nothing more."""
        self.rendered_in_vain += 1

    def note(self, subject: str, text: str) -> None:
        """Add a line to the explanation; further ones are dropped past two hundred."""
        if len(self.notes) < MAX_NOTES:
            self.notes.append(Note(subject, text))


def _tell(page: Page) -> str:
    """What came of a request, for the explanation."""
    if page.failure is not None:
        return f"{page.failure}{f' ({page.detail})' if page.detail else ''}"
    if page.unchanged:
        return f"{page.status}, unchanged"
    led = "" if page.url == page.fetch.url else f" at {page.url}"
    return f"{page.status}, {len(page.body):,} bytes{led}"
