"""The parts of one visit to one website, each with one writer, and what several of them need."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit, urlunsplit

from activity.post import Post
from activity.visit import Memory, Purpose, Target, Validators
from crawler.discover.endpoint import Endpoint, EndpointKind
from crawler.extract.article.hints import SiteHints
from crawler.extract.article.lesson import Lessons
from crawler.extract.lists.item import ListedItem
from crawler.extract.page.key import post_key
from crawler.extract.variant import fold_case, strip_rendering
from crawler.reach import Reach
from crawler.visits.site.survey.candidate import Candidate, Told
from crawler.visits.site.survey.finds import Finds
from crawler.visits.site.survey.memory import LessonMemory, PendingMemory, SiteMemory
from crawler.visits.site.survey.trail import Asking, Trail
from crawler.visits.site.survey.walks import Walks

__all__ = ["Survey"]


class Survey:
    """One visit under way; never shared, and gone with it.

    Attributes:
        target: whom it visits, and what is known of it.
        trail: what was asked; written by `trail`.
        finds: what was found; written by `finds`.
        walks: the lists that were walked; written by `walks`.
        lessons: habits that pages taught; written by `crawler.extract.article.lesson`.
        site: final address of the home page; posts' keys are relative to its host.
        deep: whether to go back to the window's start; else only to what is known.
        through: whether that is meant for all lists, not only for what an earlier night's budget left.
        endpoint: the list that the next nights ask first.
        validators: of its page.
        news: what the home page shows tonight and nothing has shown before, by key: pages to be read, and
            documents.
        told: what lists say tonight of the age of posts, other than a day, by key.
        edited: when lists say tonight that posts without a day were last changed, by key.
        incident: gambling spam found on the site tonight, as evidence.
        texts: of the articles that were read, each with its address's last words and the post's key; written
            by `double`.
        earned: what the list of news proved tonight before the visit began anew.
        home, lists, discovery, minute, span, trust, absence, pending, lesson: what earlier nights remembered,
            each made anew by the module that `memory` names as its writer.
    """

    def __init__(
        self, target: Target, memory: SiteMemory, *, trail: Trail | None = None, address: str | None = None
    ) -> None:
        self.target = target
        self.trail = trail or Trail(target.budget.requests)
        self.finds = Finds(target, self.key, self.note)
        self.walks = Walks()
        self.site = address or memory.home.site or target.account.address
        self.deep = self.through = True
        self._pages: dict[str, str] = {}
        self.endpoint: Endpoint | None = None
        self.validators = Validators()
        self.news: dict[str, Candidate | Post] = {}
        self.told: dict[str, Told] = {}
        self.edited: dict[str, datetime] = {}
        self.incident = ""
        self.texts: dict[tuple[str, bytes], str] = {}
        self.earned: Reach | None = None
        self.home, self.lists, self.discovery = memory.home, memory.lists, memory.discovery
        self.minute, self.span, self.trust = memory.minute, memory.span, memory.trust
        self.absence, self.pending, self.lesson = memory.absence, memory.pending, memory.lesson
        self.lessons = _recall_lessons(memory.lesson, target)

    def ask(
        self,
        url: str,
        purpose: Purpose,
        validators: Validators | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        rendered: bool = False,
    ) -> Asking:
        """Fetch one page; raises VisitEndedError where a budget ends the visit.

        It is rendered, too, where pages of this purpose had to be before.
        """
        drawn = rendered or self.renders(purpose)
        dated = self.finds.dated
        if purpose is Purpose.ARTICLE and validators is None and headers is None:
            return (yield from self.trail.ask_article(url, rendered=drawn, dated=dated))
        page = yield from self.trail.ask(url, purpose, validators, headers, rendered=drawn, dated=dated)
        if page.starved:
            # What it shows is read; that it shows all is not believed.
            self.walks.note_unread(page)
        return page

    def renders(self, purpose: Purpose) -> bool:
        """Tell whether pages of this purpose are rendered at once, because they had to be before."""
        return self.target.rendering and purpose.value in self.discovery.rendered

    def may_try(self) -> bool:
        """Tell whether one more request may be spent on what may turn out to be nothing."""
        return self.trail.may_try(self.finds.dated, found=bool(self.finds.posts or self.finds.waiting))

    def note(self, subject: str, text: str) -> None:
        """Add a line to the explanation."""
        self.trail.note(subject, text)

    def key(self, url: str) -> str:
        """Make the key of an address on this site, without what changes nothing in it.

        Of several renderings of one page (AMP, print, behind `index.php/`), and of the same words in large
        and small letters, the first one met gives the key.
        """
        bare = _without(url, self.lesson.idle)
        key, plain = post_key(bare, self.site), strip_rendering(bare)
        page = key if plain == bare else post_key(plain, self.site)
        return self._pages.setdefault(fold_case(page), key)

    def item_key(self, item: ListedItem) -> str:
        """Make the key of what a list shows: its address's, and its mark where others share that."""
        key, mark = self.key(item.url), item.mark
        other = self.finds.posts.get(key)
        if other is not None and "#" in other.url and "#" in item.url and other.url != item.url:
            # Two entries of a day, each alone on its category's page (Blosxom).
            mark = item.url.partition("#")[2]
        return f"{key}#{mark}" if mark else key

    def is_new(self, key: str) -> bool:
        """Tell whether neither the database nor an earlier night knows a post."""
        return key not in self.finds.known and key not in self.finds.settled

    def use(self, endpoint: Endpoint, validators: Validators) -> None:
        """Make an endpoint the one that the next nights ask first."""
        self.endpoint = endpoint
        self.validators = validators
        self.note("endpoint", f"{endpoint.kind}: {endpoint.url} ({endpoint.reason})")

    def use_again(self, endpoint: Endpoint, validators: Validators) -> None:
        """Keep an endpoint as it was found tonight."""
        self.endpoint = endpoint
        self.validators = validators

    def recall(self, endpoint: Endpoint) -> None:
        """Begin a later night with what the earlier ones remembered."""
        self.use_again(endpoint, self.target.memory.validators)
        self.deep = self.through = self.target.thorough
        self.incident = self.home.spam
        for key in self.pending.settled:
            self.finds.settle(key)

    def take_pending(self) -> PendingMemory:
        """Take up what earlier nights left; what is not done tonight is left anew."""
        pending, self.pending = self.pending, PendingMemory()
        return pending

    def go_deep(self) -> None:
        """Go back to the window's start from here on."""
        self.deep = True

    def go_through(self) -> None:
        """Read all lists back to the window's start."""
        self.deep = self.through = True

    @property
    def remembered(self) -> Endpoint | None:
        """The endpoint of earlier nights, None at a first visit."""
        return read_endpoint_memory(self.target.memory)


def _recall_lessons(memory: LessonMemory, target: Target) -> Lessons:
    hints = SiteHints(memory.day_first, memory.clocks, memory.date_selector)
    return Lessons.recall(target.window.since, hints, timedelta(minutes=memory.shift))


def read_endpoint_memory(memory: Memory) -> Endpoint | None:
    """Read the endpoint that an earlier night remembered; None where it is none that we know."""
    if not isinstance(memory.endpoint, str) or memory.kind not in set(EndpointKind):
        return None
    return Endpoint(EndpointKind(memory.kind), memory.endpoint, "it listed the posts before")


def _without(url: str, idle: tuple[str, ...]) -> str:
    """Take query values out of an address that change nothing."""
    if not idle or "?" not in url:
        return url
    parts = urlsplit(url)
    kept = [pair for pair in parts.query.split("&") if pair.partition("=")[0] not in idle]
    return urlunsplit(parts._replace(query="&".join(kept)))
