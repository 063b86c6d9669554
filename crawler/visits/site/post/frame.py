"""Pages that a script draws: told by how little they show without it."""

from typing import Final
from zoneinfo import ZoneInfo

from crawler.extract.page.document import Document
from crawler.extract.state.address import find_links, last_segment
from crawler.extract.state.post import extract_states
from crawler.health import visible_text

__all__ = ["is_drawn_by_script", "is_frame"]

# Two records with a date are as well a notice and a banner.
FEWEST_HIDDEN: Final = 3


def is_drawn_by_script(document: Document) -> bool:
    """Tell whether a script draws a page's posts: it is a mere frame, or carries posts it does not link."""
    return is_frame(document) or _hides_posts(document)


def _hides_posts(document: Document) -> bool:
    """Whether a page with a menu and a footer keeps its posts in its state only."""
    now = document.page.fetched_at
    posts = extract_states(document, now=now, zone=ZoneInfo("UTC"), site=document.url).posts
    links, _ = find_links(document) if len(posts) >= FEWEST_HIDDEN else ({}, {})
    return len(posts) >= FEWEST_HIDDEN and sum(last_segment(post.url) in links for post in posts) * 2 < len(
        posts
    )


def is_frame(document: Document) -> bool:
    """Tell whether a page is a frame for a script: scripts, next to no text and next to no links."""
    scripts = document.tree.css("script")
    return bool(scripts) and len(visible_text(document)) < 400 and len(document.links) < 5
