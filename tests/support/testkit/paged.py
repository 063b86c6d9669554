"""A ranked city as pages, with decisions, objections, and posts that strangers wrote."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from activity.agency import Channel
from activity.result.explanation import Explanation, PostLine
from activity.result.pulse import Protest, PublicRuling, SemesterView
from desk.view.semester import arrange_offices
from reports.pages.render import POSTS_A_PAGE, SemesterSite

__all__ = ["EVIL", "POSTS", "render"]

EVIL = "<script>alert(1)</script>\x1b[2J\u202egnp.exe " + "x" * 10_000


def _post(number: int, **changes: Any) -> PostLine:
    post = PostLine(
        key=f"k{number}",
        day=date(2026, 1, 1 + number % 28),
        title=f"Kabar {number}",
        url=f"https://dinkes.example/{number}",
        witness="feed",
        first_seen=date(2026, 2, 1),
        flags=(),
        treatment="count",
        counts_on=None,
    )
    return replace(post, **changes)


POSTS = (
    *(_post(n) for n in range(POSTS_A_PAGE)),
    _post(900, title=EVIL, url="javascript:alert(1)", witness=EVIL, day=None),
    _post(901, title="ملاحظة", treatment="do not count (jury)", flags=("spam",)),
)


def render(view: SemesterView, language: str = "id", posts: Sequence[PostLine] = POSTS) -> dict[str, bytes]:
    """Every page of the city, by its path."""
    site = SemesterSite(view, language)
    rulings = {("dinkes", Channel.WEBSITE): [PublicRuling(3, "do not count post", "k", date(2026, 7, 2))]}
    protests = {"dinkes": [Protest(5, Channel.WEBSITE, date(2026, 7, 3), date(2026, 7, 5), accepted=True)]}
    offices = tuple(arrange_offices(view, rulings, protests))
    pages = dict(site.render_city(offices))
    for office in offices:
        for path, content in site.render_office(
            office,
            lambda line: Explanation(
                line.category, line.standing, (), tuple(posts), (), None, listed=len(posts)
            ),
        ):
            assert path not in pages
            pages[path] = content
    return pages
