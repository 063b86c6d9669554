"""A semester as pages: each as `(path, bytes)`, the first one first."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import ceil
from typing import Any

from jinja2 import Environment

from activity.result.explanation import Explanation, PostLine, PostList, PostPage, newest_first
from activity.result.month import list_months
from activity.result.pulse import OfficeLine, OfficePulse, SemesterView
from reports.pages.city import Draw, plan_city
from reports.pages.paths import PagePaths, root_of
from reports.pages.voice import make_environment
from reports.wording import Language

__all__ = ["POSTS_A_PAGE", "SemesterSite", "count_pages", "turn_pages"]

POSTS_A_PAGE = 100
_KIND = {"html": ".html.j2", "svg": ".svg.j2"}

Explain = Callable[[OfficeLine], Explanation]


def count_pages(posts: int, later: int) -> int:
    """How many pages an account's posts take, those that came after the seal with them."""
    return ceil((posts + later) / POSTS_A_PAGE)


def turn_pages(told: PostList) -> Iterator[PostPage]:
    """An account's posts page by page, the newest first; behind all others what came after the seal."""
    lines = (*sorted(told.posts, key=_order), *sorted(told.later, key=_order))
    for first in range(0, len(lines), POSTS_A_PAGE):
        part = lines[first : first + POSTS_A_PAGE]
        yield PostPage(part, 1 + first // POSTS_A_PAGE, len(told.posts), len(told.later))


class SemesterSite:
    """The pages of one semester in one language; the same values give the same bytes.

    Args:
        view: the semester.
        language: `id` or `en`; raises ConfigError for another.
        links: further entries of the menu: key of the word, and where it leads.
        evidence: where the captured pages of posts are shown; empty where they are not.
    """

    def __init__(
        self, view: SemesterView, language: str, links: Iterable[tuple[str, str]] = (), evidence: str = ""
    ) -> None:
        self._view = view
        self._paths = PagePaths(view.ranking)
        self._environment: Environment = make_environment(Language.parse(language))
        self._months = list_months(view.ranking.semester, view.ranking.as_of)
        self._all: Mapping[str, Any] = {
            "paths": self._paths,
            "view": view,
            "ranking": view.ranking,
            "pulse": view.pulse,
            "months_begun": self._months,
            "links": tuple(links),
            "evidence": evidence,
            "running": view.ranking.as_of < view.ranking.semester.days()[-1],
            "compared": any(s.change for c in view.ranking.categories for s in c.standings),
        }

    @property
    def policy(self) -> str:
        """What a browser may do on these pages: their own style, and nothing else."""
        return str(self._environment.globals["policy"])

    def plan_city(self, offices: Sequence[OfficePulse]) -> Iterator[tuple[str, Draw]]:
        """Every page but those of single offices, each drawn when it is asked for; the first one first."""
        return plan_city(self._view, self._paths, offices, self._months, self._draw)

    def render_city(self, offices: Sequence[OfficePulse]) -> Iterator[tuple[str, bytes]]:
        """The first page, lists of the vacuum and of all offices, what other rules do; each category."""
        for path, draw in self.plan_city(offices):
            yield path, draw()

    def render_office(self, office: OfficePulse, explain: Explain) -> Iterator[tuple[str, bytes]]:
        """An office's page, its badge, then its posts on each channel, so many a page, the newest first."""
        told = [(line, explain(line) if line.standing.address else None) for line in office.lines]
        yield self.draw_office(office, told)
        yield self.draw_badge(office)
        for line, explained in told:
            if explained is not None:
                for page in turn_pages(PostList(explained.posts, explained.later)):
                    yield self.draw_posts(office, line, page)

    def draw_office(
        self, office: OfficePulse, told: Sequence[tuple[OfficeLine, Explanation | None]]
    ) -> tuple[str, bytes]:
        """An office's page: each of its lines, explained where it has an account."""
        return self._page(PagePaths.office(office.agency.slug), "office", office=office, explained=told)

    def draw_badge(self, office: OfficePulse) -> tuple[str, bytes]:
        """An office's badge."""
        alive = [line for line in office.lines if line.standing.address]
        return self._page(PagePaths.badge(office.agency.slug), "badge", office=office, lines=alive)

    def draw_posts(self, office: OfficePulse, line: OfficeLine, page: PostPage) -> tuple[str, bytes]:
        """One of the pages of an office's posts on a channel."""
        path = PagePaths.posts(office.agency.slug, line.category.channel, page.number)
        values = {
            "page": page.number,
            "pages": count_pages(page.posts, page.later),
            "later_page": 1 + page.posts // POSTS_A_PAGE,
            "posts": page.lines,
            "sealed_here": max(0, page.posts - (page.number - 1) * POSTS_A_PAGE),
            "later": page.later,
        }
        return self._page(path, "posts", office=office, line=line, **values)

    def _page(self, path: str, template: str, **values: Any) -> tuple[str, bytes]:
        return path, self._draw(path, template, **values)

    def _draw(self, path: str, template: str, **values: Any) -> bytes:
        name = f"site/{template}{_KIND[path.rpartition('.')[2]]}"
        page = self._environment.get_template(name).render(
            path=path, root=root_of(path), **self._all, **values
        )
        return page.encode()


def _order(post: PostLine) -> tuple[bool, int, str]:
    return newest_first(post.day, post.key)
