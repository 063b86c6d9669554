"""The items of a list that stand in JSON: a page of their own, or held by the page for its script."""

from collections import Counter
from urllib.parse import urljoin

from activity.errors import UnparsableError
from crawler.extract.lists.item import ListedItem
from crawler.extract.page.document import Document
from crawler.extract.state.post import extract_json_posts, extract_states
from crawler.visits.site.survey.parts import Survey

__all__ = ["list_json", "list_state"]


def list_json(survey: Survey, document: Document) -> tuple[ListedItem, ...]:
    """Give the items of a list's later page that comes as JSON, at addresses like the earlier ones."""
    if document.html[:1] not in {"{", "["}:
        return ()
    finds = survey.finds
    urls = [*(post.url for post in finds.posts.values()), *(c.url for c in finds.waiting.values())]
    listed = Counter(urljoin(url, ".") for url in urls)
    folder = next((folder for folder, _ in listed.most_common(1)), "")
    try:
        posts = extract_json_posts(
            document.page,
            now=survey.target.window.now,
            zone=survey.target.zone,
            site=survey.site,
            templates={"slug": folder} if folder else {},
        )
    except UnparsableError:
        return ()
    return tuple(ListedItem(post.url, post.title, post.date) for post in posts)


def list_state(survey: Survey, document: Document) -> tuple[ListedItem, ...]:
    """Give the items that a page holds for its script to draw; the page itself shows none."""
    if document.html[:1] in {"{", "["} or not document.states:
        return ()
    window = survey.target.window
    listed = extract_states(document, now=window.now, zone=survey.target.zone, site=survey.site)
    return tuple(ListedItem(post.url, post.title, post.date) for post in listed.posts)
