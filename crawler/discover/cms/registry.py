"""All programs that are known, and what they say together."""

import re
from typing import Final
from urllib.parse import urlsplit

from crawler.discover.cms.blogger import BLOGGER
from crawler.discover.cms.drupal import DRUPAL
from crawler.discover.cms.generators import ENGINES, GENERATORS
from crawler.discover.cms.joomla import JOOMLA
from crawler.discover.cms.lokomedia import LOKOMEDIA
from crawler.discover.cms.opensid import OPENSID
from crawler.discover.cms.plone import PLONE
from crawler.discover.cms.popoji import POPOJI
from crawler.discover.cms.program import Program
from crawler.discover.cms.sekolahku import SEKOLAHKU
from crawler.discover.cms.wiki import DOKUWIKI, MEDIAWIKI
from crawler.discover.cms.wordpress import WORDPRESS
from crawler.extract.page.document import Document

__all__ = ["PROGRAMS", "is_never", "recognize"]

# Those with an interface of their own first, as it is tried before their feeds.
PROGRAMS: Final = (
    WORDPRESS,
    BLOGGER,
    JOOMLA,
    DRUPAL,
    PLONE,
    OPENSID,
    LOKOMEDIA,
    POPOJI,
    SEKOLAHKU,
    DOKUWIKI,
    MEDIAWIKI,
    *GENERATORS,
    *ENGINES,
)
_NEVER: Final = re.compile(
    "|".join(f"(?:{program.never})" for program in PROGRAMS if program.never), re.IGNORECASE
)


def recognize(document: Document) -> Program | None:
    """Recognise the program that made a page: the one it names, else the one whose parts it bears."""
    named = next((program for program in PROGRAMS if program.names_itself(document)), None)
    return named or next((program for program in PROGRAMS if program.leaves_parts(document)), None)


def is_never(url: str) -> bool:
    """Tell whether an address is one that some program keeps for what is no post.

    Only such addresses stand there as no other program gives to its posts.

    >>> is_never("https://a.id/taxonomy/term/3"), is_never("https://a.id/node/3")
    (True, False)
    """
    parts = urlsplit(url)
    return _NEVER.search(f"{parts.path}?{parts.query}" if parts.query else parts.path) is not None
