"""A semester as pages: each as `(path, bytes)`, the first one first."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import ceil
from typing import Any

from jinja2 import Environment

from activity.explanation import Explanation, PostLine
from activity.month import MonthLine, list_months
from activity.pulse import Office, OfficeLine, View
from activity.ranking import Category, Standing
from activity.recap import recap_month
from reports.pages.charts import BOTTOM, HEIGHT, LEFT, WIDTH, draw_weeks
from reports.pages.paths import HOME, MONTHS, OFFICES, VACUUM, WHAT_IF, Paths, root_of
from reports.pages.voice import make_environment
from reports.wording import Language

__all__ = ["POSTS_A_PAGE", "Site", "count_pages"]

POSTS_A_PAGE = 100
_SHOWN = 10
"""Names in a list of the first screen; the others are a link away."""

_KIND = {"html": ".html.j2", "svg": ".svg.j2"}

Explain = Callable[[OfficeLine], Explanation]


def count_pages(posts: Sequence[PostLine]) -> int:
    """How many pages an account's posts take."""
    return ceil(len(posts) / POSTS_A_PAGE)


class Site:
    """The pages of one semester in one language; the same values give the same bytes.

    Args:
        view: the semester.
        language: `id` or `en`; raises ConfigError for another.
        links: further entries of the menu: key of the word, and where it leads.
    """

    def __init__(self, view: View, language: str, links: Iterable[tuple[str, str]] = ()) -> None:
        self._view = view
        self._links = tuple(links)
        self._paths = Paths(view.ranking)
        self._compared = any(s.change for c in view.ranking.categories for s in c.standings)
        self._environment: Environment = make_environment(Language.parse(language))
        self._months = list_months(view.ranking.semester, view.ranking.as_of)

    @property
    def policy(self) -> str:
        """What a browser may do on these pages: their own style, and nothing else."""
        return str(self._environment.globals["policy"])

    def render_city(self, offices: Sequence[Office]) -> Iterator[tuple[str, bytes]]:
        """The first page, lists of the vacuum and of all offices, what other rules do; each category."""
        view = self._view
        chart = draw_weeks(view.pulse.weeks, view.ranking.semester)
        frame = {"WIDTH": WIDTH, "HEIGHT": HEIGHT, "CHART_LEFT": LEFT, "BOTTOM": BOTTOM}
        shown = {"most": _SHOWN, "winners": [self._winners(c) for c in view.ranking.categories]}
        yield self._page(HOME, "index", chart=chart, **shown, **frame)
        yield self._page(VACUUM, "vacuum")
        yield self._page(OFFICES, "offices", offices=offices)
        if view.alternatives:
            yield self._page(WHAT_IF, "whatif", most=_SHOWN)
        rows = {(row.agency.slug, row.channel): row for row in view.rows if row.address is not None}
        for category in view.ranking.categories:
            yield self._page(self._paths.ranking(category), "ranking", category=category)
            lines = [(s, rows.get((s.agency.slug, s.channel))) for s in category.standings]
            yield self._page(self._paths.calendar(category), "calendar", category=category, lines=lines)
        yield from self.render_months()

    def render_months(self) -> Iterator[tuple[str, bytes]]:
        """The months of the city, and each category's, the account with the most posts first."""
        recaps = [recap_month(self._view.rows, month, self._view.files) for month in self._months]
        yield self._page(MONTHS, "months", recaps=recaps)
        for whole in recaps:
            for category in self._view.ranking.categories:
                recap = whole.part(category.channel, category.level)
                lines = sorted(recap.lines, key=_by_posts)
                path = self._paths.month(category, whole.month)
                yield self._page(path, "month", category=category, recap=recap, lines=lines)

    def render_office(self, office: Office, explain: Explain) -> Iterator[tuple[str, bytes]]:
        """An office's page, its badge, then its posts on each channel, so many a page, the newest first."""
        told = [(line, explain(line) if line.standing.address else None) for line in office.lines]
        yield self.draw_office(office, told)
        yield self.draw_badge(office)
        for line, explained in told:
            posts = () if explained is None else explained.posts
            for page in range(1, count_pages(posts) + 1):
                yield self.draw_posts(office, line, posts, page)

    def draw_office(
        self, office: Office, told: Sequence[tuple[OfficeLine, Explanation | None]]
    ) -> tuple[str, bytes]:
        """An office's page: each of its lines, explained where it has an account."""
        return self._page(Paths.office(office.agency.slug), "office", office=office, explained=told)

    def draw_badge(self, office: Office) -> tuple[str, bytes]:
        """An office's badge."""
        alive = [line for line in office.lines if line.standing.address]
        return self._page(Paths.badge(office.agency.slug), "badge", office=office, lines=alive)

    def draw_posts(
        self, office: Office, line: OfficeLine, posts: Sequence[PostLine], page: int
    ) -> tuple[str, bytes]:
        """One of the pages of an office's posts on a channel, from 1 to `count_pages(posts)`."""
        newest = sorted(posts, key=lambda p: (p.day is None, -p.day.toordinal() if p.day else 0, p.key))
        part = newest[(page - 1) * POSTS_A_PAGE : page * POSTS_A_PAGE]
        path = Paths.posts(office.agency.slug, line.category.channel, page)
        pages = count_pages(posts)
        return self._page(path, "posts", office=office, line=line, posts=part, page=page, pages=pages)

    def _winners(self, category: Category) -> tuple[Category, tuple[Standing, ...]]:
        places = self._view.ranking.places
        won = [s for s in category.standings if s.place is not None and s.place <= places]
        return category, tuple(won)

    def _page(self, path: str, template: str, **values: Any) -> tuple[str, bytes]:
        view = self._view
        page = self._environment.get_template(f"site/{template}{_KIND[path.rpartition('.')[2]]}").render(
            path=path,
            root=root_of(path),
            paths=self._paths,
            view=view,
            ranking=view.ranking,
            pulse=view.pulse,
            months_begun=self._months,
            links=self._links,
            running=view.ranking.as_of < view.ranking.semester.days()[-1],
            compared=self._compared,
            **values,
        )
        return path, page.encode()


def _by_posts(line: MonthLine) -> tuple[bool, int, str, str]:
    """The most posts first, those of which nothing is known last."""
    return line.posts is None, -(line.posts or 0), line.agency.name.casefold(), line.agency.slug
