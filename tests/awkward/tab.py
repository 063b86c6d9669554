"""Lists that are cut by years or months, headed by days, or that tell the days of the posts' events."""

import html
import re
from collections.abc import Callable, Sequence
from datetime import timedelta

from tests.awkward.days import MONTHS, full
from tests.awkward.plan import Plan
from tests.awkward.post import Post

__all__ = ["AGENDA", "agenda", "head_of", "join_tab", "left_of", "link_tabs", "tab_of", "take_tab"]

AGENDA = "/agenda"
_TAB = re.compile(r"([?&])(?:tahun|bulan)=([\d-]+)(&?)")
_NAMES = {"years": "tahun", "months": "bulan"}


def tab_of(plan: Plan, post: Post) -> str:
    """The tab in which a post stands: `2026`, `2026-03`."""
    return f"{post.when:%Y}" if plan["tabs"] == "years" else f"{post.when:%Y-%m}"


def take_tab(asked: str) -> tuple[str, str]:
    """An address without its tab, and the tab.

    >>> take_tab("/berita?hal=2&tahun=2025")
    ('/berita?hal=2', '2025')
    """
    found = _TAB.search(asked)
    if found is None:
        return asked, ""
    joint = found[1] if found[3] else ""
    return asked[: found.start()] + joint + asked[found.end() :], found[2]


def join_tab(plan: Plan, address: str, tab: str) -> str:
    """An address that stays within a tab; the first one needs no name."""
    if not tab:
        return address
    return f"{address}{'&' if '?' in address else '?'}{_NAMES[plan['tabs']]}={tab}"


def link_tabs(plan: Plan, posts: Sequence[Post], address: str, chosen: str) -> str:
    """The tabs above a list, the newest first."""
    links = ""
    for tab in dict.fromkeys(tab_of(plan, post) for post in posts):
        year, _, month = tab.partition("-")
        said = f"{MONTHS[int(month) - 1]} {year}" if month else year
        mark = ' class="active"' if tab == chosen or not (chosen or links) else ""
        links += f'<li{mark}><a href="{html.escape(join_tab(plan, address, tab))}">{said}</a></li>'
    return f'<ul class="nav nav-tabs">{links}</ul>'


def head_of(plan: Plan, post: Post) -> str:
    """The heading below which a post stands."""
    if plan["yearly"] == "headed":
        return f"{post.when.year}"
    return full(post.when) if plan["grouping"] == "day" else f"{MONTHS[post.when.month - 1]} {post.when.year}"


def left_of(grouping: str, post: Post) -> str:
    """What a card below a heading still tells of its day."""
    named = f"{post.when.day} {MONTHS[post.when.month - 1]}"
    return {"day": f"{post.when:%H:%M}", "month_day": f"{post.when.day}", "none": named}.get(grouping, "")


def agenda(plan: Plan, posts: Sequence[Post], address: Callable[[Post], str]) -> str:
    """The days of the events that some of the newest posts invite to, under the posts' own addresses."""
    source = plan.random("agenda")
    days = [(post.when + timedelta(days=source.choice((3, 5, 9))), post) for post in posts[:24:3]]
    rows = "".join(
        f'<li><span class="tanggal">{full(day)}</span> <a href="{html.escape(address(post))}">'
        f"{html.escape(post.title)}</a></li>"
        for day, post in sorted(days, key=lambda pair: pair[0], reverse=True)
    )
    return f'<h2>Agenda Kegiatan</h2><ul class="agenda">{rows}</ul>'
