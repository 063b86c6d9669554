"""The captured pages of a post, for whoever may look: as text, in which nothing runs."""

from starlette.responses import Response

from activity.agency import Channel
from activity.record import Record
from crawler.evidence.passage import read_text
from db.post.query import find_posts
from desk.view.captured import see_evidence
from web.door import PageRequest

__all__ = ["show_evidence"]

_MOST_LETTERS = 100_000


def show_evidence(ask: PageRequest) -> Response:
    """Show each page that a post rests on, the passages that gave date and title, and its source as text."""
    try:
        channel = Channel(ask.path["channel"])
    except ValueError:
        return ask.lack()
    key, slug = ask.query.get("unggahan", ""), ask.path["slug"]
    found = find_posts(ask.door.engine, key, agency=slug, channel=channel, most=9)
    post = next((each for each in found if each.key == key), None)
    if post is None:
        return ask.lack()

    def source(record: Record) -> str:
        return read_text(record)[:_MOST_LETTERS]

    seen = see_evidence(ask.door.engine, ask.door.config, post)
    return ask.show("evidence", seen=seen, source=source)
