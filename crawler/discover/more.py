"""Lists that a button of the page's own script continues, where no link does."""

import re
from typing import Final

from crawler.extract.document import Document
from crawler.extract.key import same_site

__all__ = ["find_more"]

MAX_SCRIPTS = 60
# `"/berita/load?page=" + page`, `` `/posts?page=${next}` ``: the address ends where a number of pages is put.
_CALL: Final = re.compile(
    r"[\"'`]([^\"'`\s<>$]*(?:[?&](?:page|paged|hal|halaman|pg)=|/page/))(?:[\"'`]\s*\+|\$\{)", re.IGNORECASE
)


def find_more(document: Document) -> str | None:
    """What stands in front of a page's number in the address that an inline script asks for; else None."""
    for script in document.tree.css("script:not([src])")[:MAX_SCRIPTS]:
        match = _CALL.search(script.text(deep=True))
        url = None if match is None else document.resolve(match[1])
        if url is not None and same_site(url, document.url):
            return url
    return None
