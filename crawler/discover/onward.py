"""Links to more of a list, told from those that go on with a post."""

import re
from typing import Final

from crawler.discover.page_number import is_page_of, number_of, says_page
from crawler.extract.page.document import Document
from crawler.extract.page.further import says_more

__all__ = ["find_titled", "leads_onward"]

_TITLE_WORDS: Final = 3
# "Lebih lama »" are two.
_WORD: Final = re.compile(r"[^\W_]+")


def find_titled(document: Document) -> frozenset[str]:
    """Find where links with the words of a title lead: "... lanjut" in a card goes on with the post."""
    told = ((each.text, each.url) for each in document.links if each.url is not None)
    return frozenset(
        url for text, url in told if len(_WORD.findall(text)) >= _TITLE_WORDS and not says_more(text)
    )


def leads_onward(document: Document, url: str | None, text: str) -> bool:
    """Tell whether a link says that there is more, and leads to a further page of this list.

    `?p=77` may be a post's as well: the page behind this one has the next number.
    """
    if url is None or not says_more(text) or not is_page_of(url, document.url):
        return False
    number, current = number_of(url) or 0, number_of(document.url) or 1
    return number > current and (says_page(url) or number == current + 1)
