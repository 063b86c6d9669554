"""What one visit to one website has learnt so far: pages asked, posts admitted, things left out."""

from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from activity.errors import SourceError
from activity.outcome import Failure, Outcome
from activity.post import Post, PostDate, Precision
from activity.visit import (
    Fetch,
    Harvest,
    Memory,
    Note,
    Page,
    Proof,
    Purpose,
    Target,
    Validators,
    find_before,
)
from crawler.discover.endpoint import Endpoint, EndpointKind
from crawler.discover.shape import Shape, is_never_post, shape_of, stated_before
from crawler.extract.document import Document
from crawler.extract.key import post_key
from crawler.extract.lesson import Lessons
from crawler.extract.spam import is_spam_title
from crawler.health import Verdict
from crawler.visits.site.candidate import Candidate, Told, Walked
from crawler.visits.site.merge import merge_posts

__all__ = ["Asking", "Survey", "SurveyEndedError", "recall_facts"]

Asking = Generator[Fetch, Page, Page]

# Requests of a first visit that bring no date; the second where no post was found by then.
MOST_IN_VAIN = 6
MOST_WITHOUT_POSTS = 8
MAX_NOTES = 200
MAX_SETTLED = 2_000
# Facts that hold though the site cannot be read, or is discovered anew.
_KEPT = ("tried_http", "misses", "robot", "links", "anew", "guessed")
_SLACK = {
    Precision.WEEK: timedelta(days=4),
    Precision.MONTH: timedelta(days=16),
    Precision.YEAR: timedelta(days=183),
}


class SurveyEndedError(SourceError):
    """Nothing more may be asked of this site tonight; raised by `Survey.ask`, ends in an outcome."""

    def __init__(self, outcome: Outcome, message: str) -> None:
        super().__init__(message)
        self.outcome = outcome


@dataclass(slots=True)
class Survey:
    """The state of a visit; one a visit, never shared.

    Attributes:
        site: final address of the home page; posts' keys are relative to its host.
        deep: whether to go back to the window's start; else only to what is known.
        posts: admitted ones by key, in the order found.
        met: keys that need nothing more: older than the window, or known and without a date here.
        waiting: candidates whose articles are still to be read, in the order found.
        reached: the oldest moment down to which the newest-first list was read.
        settled: keys that need no reading again: their pages gave nothing for the window.
        before: the newest post met from before the window.
        walked: keys met on lists tonight.
        walked_to_end: whether one list was walked through tonight.
        topics: pages of single topics that lists link to.
        topic_feeds: feeds of single topics that pages name.
        kind_maps: maps of further kinds of post that the site's map names.
        tail: the last page of a list that begins with its oldest posts; new ones appear there.
        frontier: where the list goes on, for the next night when a budget ends this one.
        rendered_in_vain: articles whose rendering told nothing more.
        news: addresses by key that the home page shows tonight and nothing has shown before.
        lists: what was listed where, by the address of each list's first page.
        told: what lists say tonight of the age of posts, other than a day, by key.
        dated: how many dates were found; each request after which there are more has earned its cost.
    """

    target: Target
    site: str
    deep: bool = True
    posts: dict[str, Post] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)
    waiting: dict[str, Candidate] = field(default_factory=dict)
    rejected: set[str] = field(default_factory=set)
    shapes: set[Shape] = field(default_factory=set)
    spam: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)
    requests: int = 0
    endpoint: Endpoint | None = None
    validators: Validators = field(default_factory=Validators)
    reached: datetime | None = None
    frontier: str | None = None
    tail: Document | None = None
    incident: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    settled: dict[str, None] = field(default_factory=dict)
    before: Post | None = None
    walked: set[str] = field(default_factory=set)
    walked_to_end: bool = False
    rendered_in_vain: int = 0
    news: dict[str, str] = field(default_factory=dict)
    lists: dict[str, Walked] = field(default_factory=dict)
    told: dict[str, Told] = field(default_factory=dict)
    dated: int = 0
    earned: list[int] = field(default_factory=list)
    topics: dict[str, None] = field(default_factory=dict)
    topic_feeds: dict[str, None] = field(default_factory=dict)
    kind_maps: dict[str, None] = field(default_factory=dict)
    lessons: Lessons = field(init=False)

    def __post_init__(self) -> None:
        self.lessons = Lessons.recall(self.target.memory.facts, self.target.window.since)

    def ask(
        self,
        url: str,
        purpose: Purpose,
        validators: Validators | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        rendered: bool = False,
    ) -> Asking:
        """Fetch one page; raises SurveyEndedError where a budget or robots.txt ends the visit.

        It is rendered, too, where pages of this purpose had to be before.
        """
        if self.requests >= self.target.budget.requests:
            raise SurveyEndedError(Outcome.LIMITED, f"The budget of {self.requests} requests is used up.")
        self.requests += 1
        self.earned.append(self.dated)
        self.asked.add(url)
        rendered = rendered or self.renders(purpose)
        known = validators or Validators()
        page = yield Fetch(url, purpose, validators=known, headers=headers or {}, rendered=rendered)
        way = " (as a robot sees it)" if headers else " (rendered)" if rendered else ""
        self.note(str(purpose), f"{url} -> {_tell(page)}{way}")
        if page.failure is Failure.BUDGET:
            raise SurveyEndedError(Outcome.LIMITED, page.detail or "The budget is used up.")
        return page

    def renders(self, purpose: Purpose) -> bool:
        """Whether pages of this purpose are rendered at once, because they had to be before."""
        return self.target.rendering and purpose in (self.facts.get("rendered") or ())

    def remember_rendering(self, purpose: Purpose) -> None:
        """Render pages of this purpose at once from now on, tonight and on later nights."""
        self.facts["rendered"] = sorted({*(self.facts.get("rendered") or ()), purpose.value})

    def may_try(self) -> bool:
        """Whether one more request may be spent on what may turn out to be nothing.

        Counted are robots.txt and every request that brought no date; a few more where nothing was found.
        """
        in_vain = sum(after <= before for before, after in pairwise([*self.earned, self.dated]))
        return 1 + in_vain < (MOST_IN_VAIN if self.posts or self.waiting else MOST_WITHOUT_POSTS)

    def note(self, subject: str, text: str) -> None:
        """Add a line to the explanation; further ones are dropped past two hundred."""
        if len(self.notes) < MAX_NOTES:
            self.notes.append(Note(subject, text))

    def is_old(self, date: PostDate | None) -> bool:
        """Whether a post certainly lies before the window."""
        if date is None:
            return False
        return date.at + _SLACK.get(date.precision, timedelta()) < self.target.window.since

    def seen(self, key: str) -> bool:
        """Whether this visit has met a post already."""
        return key in self.posts or key in self.met or key in self.rejected or key in self.waiting

    def admit(self, post: Post) -> bool:
        """Take a post in, or set it apart; True when this visit meets it for the first time."""
        fresh = not self.seen(post.key)
        self.dated += post.date is not None and post.key not in self.posts and post.key not in self.met
        if is_spam_title(post.title, post.url):
            self._leave_out(post, "advertises gambling")
            if fresh:
                self.spam.append(f"{post.title or post.url} ({post.url})")
        elif post.date is not None and post.date.at > self.target.window.now:
            self._leave_out(post, "its day has not come")
        elif self.is_old(post.date):
            self.met.add(post.key)
            self.waiting.pop(post.key, None)
            self.before = find_before([post, *([self.before] if self.before else [])], self.target.window)
        elif post.key in self.posts:
            self.lessons.learn_shift(self.posts[post.key].date, post.date)
            self.posts[post.key] = merge_posts(self.posts[post.key], post, self.target.zone)
        else:
            self.posts[post.key] = post
            self.waiting.pop(post.key, None)
        self.shapes.add(shape_of(post.url))
        return fresh

    def admit_listed(self, posts: Iterable[Post]) -> int:
        """Take in what a feed or an API lists; posts without a date wait for their article.

        Returns how many of them this visit had not met before.
        """
        fresh = 0
        for post in posts:
            if post.date is None and post.key not in self.target.known and not self.seen(post.key):
                self.wait(Candidate(post.url, post.title))
                fresh += 1
            elif post.date is None:
                self.met.add(post.key)
            else:
                fresh += self.admit(post) and post.key not in self.target.known
        return fresh

    def wait(self, candidate: Candidate) -> None:
        """Queue an address for reading, unless it is known, met or certainly no post."""
        key = self.key(candidate.url)
        if key in self.target.known or self.seen(key):
            return
        if is_never_post(candidate.url):
            self.reject(candidate.url, "its address is not a post's")
            return
        if stated_before(candidate.url, self.target.window.since.astimezone(self.target.zone)):
            self.met.add(key)
            return
        self.waiting[key] = candidate

    def settle(self, key: str) -> None:
        """Never read this address again: it is no post, or an old one."""
        self.settled[key] = None
        self.met.add(key)

    def reject(self, url: str, why: str) -> None:
        """Leave an address out, with the reason."""
        key = self.key(url)
        self.waiting.pop(key, None)
        if key not in self.rejected:
            self.rejected.add(key)
            self.note("left out", f"{url}: {why}")

    def _leave_out(self, post: Post, why: str) -> None:
        self.posts.pop(post.key, None)
        self.reject(post.url, why)

    def key(self, url: str) -> str:
        """The key of an address on this site."""
        return post_key(url, self.site)

    def fail(self, verdict: Verdict) -> Harvest:
        """The harvest of a night on which the site could not be read; the memory is kept."""
        kept = recall_facts(self.facts)
        harvest = Harvest.failed(self.target, verdict.outcome, verdict.detail, tuple(self.notes))
        return replace(harvest, memory=replace(harvest.memory, facts={**harvest.memory.facts, **kept}))

    def conclude(
        self, outcome: Outcome | None, detail: str = "", complete_since: datetime | None = None
    ) -> Harvest:
        """The harvest of all that was admitted; None as outcome lets the posts decide."""
        posts = tuple(
            post if post.date is None else replace(post, date=self.lessons.correct(post.date))
            for post in self.posts.values()
        )
        if self.incident or self.spam:
            outcome = Outcome.HACKED
            detail = self.incident or f"{len(self.spam)} injected posts, such as {self.spam[0]}."
        return Harvest(
            outcome=outcome or (Outcome.OK if posts or self.met else Outcome.EMPTY),
            posts=posts,
            memory=self._remember(),
            endpoint=self.endpoint.url if self.endpoint else None,
            complete_since=complete_since,
            proof=Proof.OLDER_MET if complete_since is not None else None,
            detail=self.with_transport(detail),
            left_out=len(self.rejected),
            before=self.before,
            notes=tuple(self.notes),
        )

    def with_transport(self, detail: str) -> str:
        """A detail, and that the site's https does not work where it does not."""
        return " ".join(filter(None, (detail, str(self.facts.get("https") or ""))))

    def _remember(self) -> Memory:
        memory = self.target.memory
        if self.endpoint is None:
            return replace(memory, facts={**memory.facts, **self.facts})
        return Memory(
            endpoint=self.endpoint.url,
            kind=self.endpoint.kind.value,
            validators=self.validators,
            seen_at=self.target.window.now,
            facts=self.tell_facts(),
        )

    def tell_facts(self) -> Mapping[str, Any]:
        """What the next night wants to know beside the endpoint, as plain JSON."""
        pending: dict[str, Any] = {**self.facts, "lessons": self.lessons.as_facts()}
        if self.settled:
            pending["settled"] = list(self.settled)[-MAX_SETTLED:]
        if self.frontier is not None:
            pending["frontier"] = self.frontier
        if self.waiting:
            pending["waiting"] = [[c.url, c.title] for c in list(self.waiting.values())[:500]]
        return pending

    def use(self, endpoint: Endpoint, page: Page) -> None:
        """Make an endpoint the one that the next nights ask first."""
        self.endpoint = endpoint
        self.validators = page.validators
        self.note("endpoint", f"{endpoint.kind}: {endpoint.url} ({endpoint.reason})")

    @property
    def remembered(self) -> Endpoint | None:
        """The endpoint of earlier nights, None at a first visit."""
        memory = self.target.memory
        if memory.endpoint is None or memory.kind not in set(EndpointKind):
            return None
        return Endpoint(EndpointKind(memory.kind), memory.endpoint, "it listed the posts before")


def recall_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What holds of a site though it cannot be read, or is discovered anew."""
    return {name: facts[name] for name in _KEPT if name in facts}


def _tell(page: Page) -> str:
    """What came of a request, for the explanation."""
    if page.failure is not None:
        return f"{page.failure}{f' ({page.detail})' if page.detail else ''}"
    if page.unchanged:
        return f"{page.status}, unchanged"
    led = "" if page.url == page.fetch.url else f" at {page.url}"
    return f"{page.status}, {len(page.body):,} bytes{led}"
