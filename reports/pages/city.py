"""The pages that tell of a whole city, each drawn when it is asked for; long lists go on over several."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any, Protocol, TypeVar

from activity.ranking import Category, MetricScore, Standing
from activity.result.hand_in import HandInState
from activity.result.month import Month, MonthLine
from activity.result.pulse import OfficePulse, SemesterView
from activity.result.recap import MonthRecap, recap_month
from reports.award import find_winners
from reports.pages.charts import BOTTOM, HEIGHT, LEFT, WIDTH, draw_weeks
from reports.pages.paths import HOME, LINES_A_PAGE, MONTHS, OFFICES, WHAT_IF, PagePaths

__all__ = ["Draw", "plan_city"]

Draw = Callable[[], bytes]
Item = TypeVar("Item")
_SHOWN = 10
"""Names in a list of the first screen; the others are a link away."""


class Render(Protocol):
    """Fills a template for the page at a path."""

    def __call__(self, path: str, template: str, **values: Any) -> bytes: ...


def plan_city(
    view: SemesterView,
    paths: PagePaths,
    offices: Sequence[OfficePulse],
    months: Sequence[Month],
    render: Render,
) -> Iterator[tuple[str, Draw]]:
    """Every page but those of single offices, the first one first."""
    chart = draw_weeks(view.pulse.weeks, view.ranking.semester)
    frame = {"WIDTH": WIDTH, "HEIGHT": HEIGHT, "CHART_LEFT": LEFT, "BOTTOM": BOTTOM}
    winners = [(each, find_winners(each, view.ranking.places)) for each in view.ranking.categories]
    yield HOME, partial(render, HOME, "index", chart=chart, most=_SHOWN, winners=winners, **frame)
    yield from _plan_vacuum(view, paths, render)
    yield from _plan_offices(paths, offices, render)
    if view.alternatives:
        yield WHAT_IF, partial(render, WHAT_IF, "whatif", most=_SHOWN)
    rows = {(row.agency.slug, row.channel): row for row in view.rows if row.address is not None}
    for category in view.ranking.categories:
        yield from _plan_ranking(category, paths, render)
        lines = [(s, rows.get((s.agency.slug, s.channel))) for s in category.standings]
        path_of = partial(paths.calendar, category)
        for path, part, turn in _cut(lines, path_of):
            yield path, partial(render, path, "calendar", category=category, lines=part, **turn)
    yield from _plan_months(view, paths, months, render)


def _plan_months(
    view: SemesterView, paths: PagePaths, months: Sequence[Month], render: Render
) -> Iterator[tuple[str, Draw]]:
    """The months of the city, and each category's, the account with the most posts first."""
    recaps = [recap_month(view.rows, month, view.files) for month in months]
    yield MONTHS, partial(render, MONTHS, "months", recaps=recaps)
    for whole in recaps:
        for category in view.ranking.categories:
            yield from _plan_month(whole.part(category.channel, category.level), category, paths, render)


def _plan_month(
    recap: MonthRecap, category: Category, paths: PagePaths, render: Render
) -> Iterator[tuple[str, Draw]]:
    lacking = [each for each in recap.hand_ins.values() if each.state is HandInState.NOTHING]
    path_of = partial(paths.month, category, recap.month)
    ordered = sorted(recap.lines, key=_by_posts)
    for path, part, turn in _cut(ordered, path_of):
        first = (turn["page"] - 1) * LINES_A_PAGE
        values = {"lacking": lacking[first : first + LINES_A_PAGE], "lacking_in_all": len(lacking), **turn}
        yield path, partial(render, path, "month", category=category, recap=recap, lines=part, **values)


def _plan_ranking(category: Category, paths: PagePaths, render: Render) -> Iterator[tuple[str, Draw]]:
    held = Counter(s.place for s in category.standings if s.place is not None)
    metrics: dict[str, MetricScore] = {}
    for standing in category.standings:
        for metric in standing.weighed:
            metrics.setdefault(metric.name, metric)
    whole = {
        "category": category,
        "placed": held.total(),
        "tied": {place for place, count in held.items() if count > 1},
        "metrics": tuple(metrics.values()),
    }
    for path, part, turn in _cut(category.standings, partial(paths.ranking, category)):
        yield path, partial(render, path, "ranking", standings=part, **whole, **turn)


def _plan_vacuum(view: SemesterView, paths: PagePaths, render: Render) -> Iterator[tuple[str, Draw]]:
    """The vacuum list and three more; each page has the next part of every one."""
    pulse = view.pulse
    lists = {"vacuum": pulse.vacuum, "warnings": pulse.warnings, "unseen": pulse.unseen}
    pages = _count_pages(max(map(len, [*lists.values(), pulse.missing])))
    for page in range(1, pages + 1):
        part = slice((page - 1) * LINES_A_PAGE, page * LINES_A_PAGE)
        values = {name: found[part] for name, found in lists.items()}
        missing = list(_group_missing(view, pulse.missing[part]))
        turn = {"page": page, "pages": pages, "path_of": paths.vacuum}
        path = paths.vacuum(page)
        yield path, partial(render, path, "vacuum", missing=missing, **values, **turn)


def _group_missing(
    view: SemesterView, missing: Sequence[Standing]
) -> Iterator[tuple[Category, int, Sequence[Standing]]]:
    """Offices without an account by category, with how many the whole category has."""
    for category, counts in zip(view.ranking.categories, view.pulse.categories, strict=True):
        key = (category.channel, category.level)
        if lacking := tuple(s for s in missing if (s.channel, s.agency.level) == key):
            yield category, counts.none, lacking


def _plan_offices(
    paths: PagePaths, offices: Sequence[OfficePulse], render: Render
) -> Iterator[tuple[str, Draw]]:
    """All offices by name; too many for one page are listed on further ones, to which the first one leads."""
    levels = [(level, tuple(group)) for level, group in groupby(offices, key=lambda o: o.agency.level)]
    levels.sort(key=lambda each: each[0])
    alone = {"page": 1, "pages": 1, "path_of": paths.names}
    if len(offices) <= LINES_A_PAGE:
        groups = [(level, [("", group)]) for level, group in levels]
        yield OFFICES, partial(render, OFFICES, "offices", groups=groups, **alone)
        return
    pages = sum(_count_pages(len(group)) for _, group in levels)
    index, page = [], 0
    later: list[tuple[str, Draw]] = []
    for level, group in levels:
        ranges = []
        for first in range(0, len(group), LINES_A_PAGE):
            page += 1
            path, part = paths.names(page), group[first : first + LINES_A_PAGE]
            ranges.append((path, part))
            turn = {"page": page, "pages": pages, "path_of": paths.names}
            shown = [(level, [("", part)])]
            later.append((path, partial(render, path, "offices", groups=shown, **turn)))
        index.append((level, ranges))
    yield OFFICES, partial(render, OFFICES, "offices", groups=index, **alone)
    yield from later


def _cut(
    lines: Sequence[Item], path_of: Callable[[int], str]
) -> Iterator[tuple[str, Sequence[Item], dict[str, Any]]]:
    """A long list in parts: each one's path, its lines, and what leads to the others; at least one."""
    pages = _count_pages(len(lines))
    for page in range(1, pages + 1):
        part = lines[(page - 1) * LINES_A_PAGE : page * LINES_A_PAGE]
        yield path_of(page), part, {"page": page, "pages": pages, "path_of": path_of}


def _count_pages(lines: int) -> int:
    return max(1, -(-lines // LINES_A_PAGE))


def _by_posts(line: MonthLine) -> tuple[bool, int, str, str]:
    """The most posts first, those of which nothing is known last."""
    return line.posts is None, -(line.posts or 0), line.agency.name.casefold(), line.agency.slug
