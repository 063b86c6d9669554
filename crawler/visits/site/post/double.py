"""Two addresses of one post, told by the text that their pages show, whatever the lists call it."""

import re
from hashlib import blake2b
from typing import Final

from activity.post import Post
from crawler.discover.shape import shape_of
from crawler.extract.page.document import Document
from crawler.visits.site.post.identity import slug_of
from crawler.visits.site.survey.parts import Survey

__all__ = ["join_double"]

# An address of fewer words may be an index, or that of a page of every week.
_FEWEST_WORDS: Final = 3
# A page that says less is a frame, or a wall before all posts.
_FEWEST_LETTERS: Final = 200


def join_double(survey: Survey, post: Post, document: Document) -> Post:
    """Give a post whose page was read the key of one that ends in the same words and shows the same text.

    Lists and home may lead to it by two routes; where one of them gives an excerpt or a heading that stands
    beside for its title, or a single post has two, nothing else joins them (the awkward sites 2159688,
    2159740, 2159968). A stored post keeps its key, else it is the one of which more posts have the like.
    """
    name = slug_of(post.url)
    text = _text_of(document)
    if "#" in post.key or len(re.findall(r"[^\W\d_]+", name)) < _FEWEST_WORDS or len(text) < _FEWEST_LETTERS:
        return post
    finds = survey.finds
    mark = (name, blake2b(text.encode(), digest_size=8).digest())
    key = finds.standing_key(survey.texts.setdefault(mark, post.key))
    other = finds.posts.get(key)
    if key == post.key or other is None or post.key in finds.known:
        return post
    why = "the same words and text at another address"
    if other.key not in finds.known and _count_alike(survey, post) > _count_alike(survey, other):
        survey.texts[mark] = post.key
        finds.rename(other.key, post.key, why)
        return post
    finds.rename(post.key, other.key, why)
    return Post(other.key, other.url, post.title, post.date, post.kind)


def _text_of(document: Document) -> str:
    body = document.tree.body
    return "" if body is None else " ".join(body.text(separator=" ").split())


def _count_alike(survey: Survey, post: Post) -> int:
    """Count the posts whose addresses are built like this one's."""
    finds, shape = survey.finds, shape_of(post.url)
    return sum(shape_of(each.url) == shape for each in (*finds.posts.values(), *finds.waiting.values()))
