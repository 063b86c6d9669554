"""Marked days that are another post's."""

from typing import Final

from selectolax.lexbor import LexborNode

from crawler.extract.article.clause import tells_about
from crawler.extract.page.document import Document
from crawler.extract.page.key import post_key
from crawler.extract.page.region import is_frame_element
from crawler.extract.page.shelf import is_shelf

__all__ = ["is_boxed"]

# Words of a headline beside the day, more than "Diterbitkan pada".
_FEWEST_WORDS: Final = 4


def is_boxed(element: LexborNode, document: Document) -> bool:
    """Tell whether a day that markup calls published stands in a box or a teaser of other posts."""
    if _leads_on(element, document):
        return True
    above = element.parent
    while above is not None and above.tag not in {"body", "main"}:
        if above.tag == "a" and _is_teaser(above, element, document):
            return True
        if is_frame_element(above):
            return above.css_first("h1") is None
        above = above.parent
    return False


def _is_teaser(link: LexborNode, element: LexborNode, document: Document) -> bool:
    """Whether a date stands in a link to another page that says more than the day: a whole teaser (SPIP).

    A day that leads to its archive says nothing else.
    """
    if len(link.text().split()) - len(element.text().split()) < _FEWEST_WORDS:
        return False
    return _leads_away(link, document)


def _leads_on(element: LexborNode, document: Document) -> bool:
    """Whether a day stands beside the only link of its box, a headline that leads to another page.

    `<a href="/berita/12">Rakor inflasi pekan ini</a><time class="post-date">13 Nov 2026</time>`: of several
    related posts those that tell ages have no day, and one may be left that has.
    """
    box = element.parent
    if box is None or box.tag in {"body", "main", "article", "header"} or box.css_first("h1, h2") is not None:
        return False
    links = box.css("a[href]")
    told = links[0].text(separator=" ") if len(links) == 1 else ""
    if told and is_shelf(links[0].attributes.get("href") or ""):
        return False
    # "Reviewed by: Brian Stormont, CFP" names a person.
    return len(told.split()) >= _FEWEST_WORDS and not tells_about(told) and _leads_away(links[0], document)


def _leads_away(link: LexborNode, document: Document) -> bool:
    url = document.resolve(link.attributes.get("href") or "")
    return url is not None and post_key(url, document.url) != post_key(document.url, document.url)
