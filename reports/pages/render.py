"""A semester as pages: each as `(path, bytes)`, the first one first."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import ceil
from typing import Any

from jinja2 import Environment

from activity.result.explanation import Explanation, PostLine, PostList
from activity.result.month import list_months
from activity.result.pulse import OfficeLine, OfficePulse, SemesterView
from reports.pages.city import Draw, plan_city
from reports.pages.paths import PagePaths, root_of
from reports.pages.voice import make_environment
from reports.wording import Language

__all__ = ["POSTS_A_PAGE", "SemesterSite", "count_pages"]

POSTS_A_PAGE = 100
_KIND = {"html": ".html.j2", "svg": ".svg.j2"}

Explain = Callable[[OfficeLine], Explanation]


def count_pages(told: PostList) -> int:
    """Tell how many pages an account's posts take, those that came after the seal with them."""
    return ceil((len(told.posts) + len(told.later)) / POSTS_A_PAGE)


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
                listed = PostList(explained.posts, explained.later)
                for page in range(1, count_pages(listed) + 1):
                    yield self.draw_posts(office, line, listed, page)

    def draw_office(
        self, office: OfficePulse, told: Sequence[tuple[OfficeLine, Explanation | None]]
    ) -> tuple[str, bytes]:
        """An office's page: each of its lines, explained where it has an account."""
        return self._page(PagePaths.office(office.agency.slug), "office", office=office, explained=told)

    def draw_badge(self, office: OfficePulse) -> tuple[str, bytes]:
        """An office's badge."""
        alive = [line for line in office.lines if line.standing.address]
        return self._page(PagePaths.badge(office.agency.slug), "badge", office=office, lines=alive)

    def draw_posts(
        self, office: OfficePulse, line: OfficeLine, told: PostList, page: int
    ) -> tuple[str, bytes]:
        """One of the pages of an office's posts on a channel, from 1 to `count_pages(told)`.

        What came after the seal stands behind all others.
        """
        posts = (*sorted(told.posts, key=_newest_first), *sorted(told.later, key=_newest_first))
        first = (page - 1) * POSTS_A_PAGE
        path = PagePaths.posts(office.agency.slug, line.category.channel, page)
        turn = {"page": page, "pages": count_pages(told), "later_page": 1 + len(told.posts) // POSTS_A_PAGE}
        values = {
            "posts": posts[first : first + POSTS_A_PAGE],
            "sealed_here": max(0, len(told.posts) - first),
            "later": len(told.later),
        }
        return self._page(path, "posts", office=office, line=line, **values, **turn)

    def _page(self, path: str, template: str, **values: Any) -> tuple[str, bytes]:
        return path, self._draw(path, template, **values)

    def _draw(self, path: str, template: str, **values: Any) -> bytes:
        name = f"site/{template}{_KIND[path.rpartition('.')[2]]}"
        page = self._environment.get_template(name).render(
            path=path, root=root_of(path), **self._all, **values
        )
        return page.encode()


def _newest_first(post: PostLine) -> tuple[bool, int, str]:
    return post.day is None, -post.day.toordinal() if post.day else 0, post.key
