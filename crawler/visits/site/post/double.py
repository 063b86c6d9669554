"""Two addresses of one post, told by the text that their pages show, whatever the lists call it."""

import re
from collections import Counter, defaultdict
from collections.abc import Generator, Iterator
from datetime import timedelta
from hashlib import blake2b
from typing import Final

from activity.post import Post
from activity.visit import Fetch, Page
from crawler.discover.shape import Shape, shape_of
from crawler.extract.page.document import Document, parse_document
from crawler.health import judge_page
from crawler.visits.site.post.identity import local_day, slug_of
from crawler.visits.site.post.render import ask_article
from crawler.visits.site.survey.parts import Survey

__all__ = ["join_double", "join_doubles"]

# An address of fewer words may be an index, or that of a page of every week.
_FEWEST_WORDS: Final = 3
# A page that says less is a frame, or a wall before all posts.
_FEWEST_LETTERS: Final = 200
# So many pairs of two folders show whether the folders are routes to the same posts.
_SAMPLES: Final = 2
_A_DAY: Final = timedelta(days=1)
_WHY: Final = "the same words and text at another address"

_Pair = tuple[Post, Post]


def join_double(survey: Survey, post: Post, document: Document) -> Post:
    """Give a post whose page was read the key of one that ends in the same words and shows the same text.

    Lists and home may lead to it by two routes; where one of them gives an excerpt or a heading that stands
    beside for its title, or a single post has two, nothing else joins them (the awkward sites 2159740,
    2159968). A stored post keeps its key, else it is the one of which more posts have the like.
    """
    text, finds = _text_of(document), survey.finds
    if "#" in post.key or not _has_words(post.url) or len(text) < _FEWEST_LETTERS:
        return post
    mark = (slug_of(post.url), blake2b(text.encode(), digest_size=8).digest())
    key = finds.standing_key(survey.texts.setdefault(mark, post.key))
    other = finds.posts.get(key)
    if key == post.key or other is None or post.key in finds.known:
        return post
    if other.key not in finds.known and _count_alike(survey, post) > _count_alike(survey, other):
        survey.texts[mark] = post.key
        finds.rename(other.key, post.key, _WHY)
        return post
    finds.rename(post.key, other.key, _WHY)
    return Post(other.key, other.url, post.title, post.date, post.kind)


def join_doubles(survey: Survey) -> Generator[Fetch, Page, None]:
    """Read a pair or two of posts that end in the same words in two folders: are these routes to the same?

    Where all of them are, so are the others of one day. A list that cuts its headlines gives excerpts for
    titles, so that nothing else joined them (the awkward site 2159688).
    """
    for pairs in _pair_up(survey).values():
        joined = 0
        for one, other in pairs[:_SAMPLES]:
            for post in (one, other):
                yield from _read_text(survey, post)
            joined += not {one.key, other.key} <= survey.finds.posts.keys()
        if joined < len(pairs[:_SAMPLES]):
            continue
        for one, other in pairs[_SAMPLES:]:
            if one.key in survey.finds.posts and other.key in survey.finds.posts:
                survey.finds.rename(one.key, other.key, _WHY)


def _pair_up(survey: Survey) -> dict[tuple[Shape, Shape], list[_Pair]]:
    """Find tonight's new posts that end in the words of one in another folder, which more posts have."""
    by_name: defaultdict[str, list[Post]] = defaultdict(list)
    for post in survey.finds.posts.values():
        if "#" not in post.key and _has_words(post.url):
            by_name[slug_of(post.url)].append(post)
    shapes = Counter(shape_of(post.url) for post in survey.finds.posts.values())
    found: defaultdict[tuple[Shape, Shape], list[_Pair]] = defaultdict(list)
    for alike in by_name.values():
        for one, other in _order(survey, alike, shapes):
            if one.key not in survey.finds.known and _is_one_day(survey, one, other):
                found[shape_of(one.url), shape_of(other.url)].append((one, other))
    return found


def _order(survey: Survey, alike: list[Post], shapes: Counter[Shape]) -> Iterator[_Pair]:
    """Pair each of the posts of one name with that of the commonest folder."""
    if len({shape_of(post.url) for post in alike}) == len(alike) > 1:
        known = survey.finds.known
        *rest, main = sorted(alike, key=lambda post: (post.key in known, shapes[shape_of(post.url)]))
        yield from ((post, main) for post in rest)


def _is_one_day(survey: Survey, one: Post, other: Post) -> bool:
    """Tell whether no day parts two posts; one route may tell the day of another clock (2167940)."""
    days = {
        local_day(post.date.at, survey.target.zone)
        for post in (one, other)
        if post.date is not None and post.date.precision.names_a_day
    }
    return not days or max(days) - min(days) <= _A_DAY


def _read_text(survey: Survey, post: Post) -> Generator[Fetch, Page, None]:
    if post.key in survey.texts.values() or post.key not in survey.finds.posts:
        return
    page = yield from ask_article(survey, post.url)
    if page.ok and judge_page(page) is None:
        join_double(survey, survey.finds.posts[post.key], parse_document(page))


def _has_words(url: str) -> bool:
    return len(re.findall(r"[^\W\d_]+", slug_of(url))) >= _FEWEST_WORDS


def _text_of(document: Document) -> str:
    body = document.tree.body
    return "" if body is None else " ".join(body.text(separator=" ").split())


def _count_alike(survey: Survey, post: Post) -> int:
    """Count the posts whose addresses are built like this one's."""
    finds, shape = survey.finds, shape_of(post.url)
    urls = [each.url for each in finds.posts.values()] + [each.url for each in finds.waiting.values()]
    return sum(shape_of(url) == shape for url in urls)
