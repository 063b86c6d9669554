"""What sites call the places under which they keep posts of a kind: categories, tags, topics, authors.

Forums lie across it: their topics are posts, sorted by their last reply, where a newspaper has its lists.
"""

import re
from typing import Final
from urllib.parse import unquote, urlsplit

__all__ = ["AUTHORS", "CATEGORIES", "SHELVES", "TAGS", "TOPICS", "is_shelf", "is_topic"]

# Alternatives of a pattern, to be read without regard to case.
CATEGORIES: Final = r"categor(?:y|ies|ia)|kategori"
TAGS: Final = r"tags?|labels?"
AUTHORS: Final = r"authors?|penulis"
SHELVES: Final = rf"{CATEGORIES}|{TAGS}|topics?|topik|{AUTHORS}"

_SHELF: Final = re.compile(rf"[/=](?:{SHELVES}|sections?|archives?|arsip)(?:[/?=&]|$)", re.IGNORECASE)

TOPICS: Final = re.compile(r"topics?", re.IGNORECASE)
_THREADS: Final = re.compile(r"threads?|utas", re.IGNORECASE)
_BOARDS: Final = re.compile(r"boards?|forums?", re.IGNORECASE)
_PROGRAMS: Final = re.compile(r"(?:viewtopic|showthread)\.\w{2,4}", re.IGNORECASE)
# A number that counts topics, on either side of a headline's words; a year counts none.
_COUNT: Final = re.compile(r"(?!(?:19|20)\d\d(?!\d))\d{2,9}[-_].*|.*[-_](?!(?:19|20)\d\d(?!\d))\d{2,9}")
_HEADLINE_WORDS: Final = 4


def is_shelf(url: str) -> bool:
    """Tell whether a link leads to where posts of a kind are listed, or an author's.

    >>> is_shelf("/category/personal-finance-and-investing"), is_shelf("/berita/12")
    (True, False)
    """
    return _SHELF.search(url) is not None


def is_topic(url: str) -> bool:
    """Tell whether an address is that of a forum's topic, and of no newspaper's list.

    So are `/topic/kerja-bakti-di-rw-5-104/` of django-machina, `/topic/71/donor-darah-4-juli-2026/` of Spirit
    and `/boards/1/topics/77` of Redmine.

    >>> is_topic("https://a.id/boards/1/topics/77"), is_topic("https://a.id/topics/77")
    (True, False)
    >>> is_topic("https://a.id/topic/banjir-di-rw-lima-104"), is_topic("https://a.id/topic/banjir-2026")
    (True, False)
    """
    *folders, last = [each for each in unquote(urlsplit(url).path).split("/") if each] or [""]
    if _PROGRAMS.fullmatch(last) or any(map(_THREADS.fullmatch, folders)):
        return True
    if not any(map(TOPICS.fullmatch, folders)):
        return False
    if last.isdigit():
        return any(map(_BOARDS.fullmatch, folders))
    counted = _COUNT.fullmatch(last) is not None or folders[-1].isdigit()
    words = [word for word in re.split(r"[-_.]", last) if word.isalpha()]
    return counted and len(words) >= _HEADLINE_WORDS
