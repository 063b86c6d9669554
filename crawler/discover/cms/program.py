"""What is known of one program that makes sites."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from activity.visit import Page
from crawler.discover.kind import Endpoint, EndpointKind
from crawler.extract.page.document import Document

__all__ = ["Program", "no_endpoints"]

Discover = Callable[[Page, Document], Iterator[Endpoint]]


def no_endpoints(_page: Page, _document: Document) -> Iterator[Endpoint]:
    """Find nothing beyond what the page advertises itself."""
    yield from ()


@dataclass(frozen=True, slots=True)
class Program:
    """One program, or several that agree in all of this. Patterns are regular expressions.

    Attributes:
        generator: what it calls itself in `meta[name=generator]`, or behind "powered by"; lower case.
        parts: texts that stand in the HTML of its pages only, such as the folder of its files.
        feeds: where it writes its feed, from the home page on, though no page may link it.
        part_feeds: the same, where nothing but `parts` tells the program, which is weaker.
        maps: where its map of the site lies, likeliest first.
        lists: paths at which it lists posts; where a page links one, it is tried before others.
        never: an address (path and query) of what is never a post, whatever site it stands on.
        read_as: how its posts are best read.
        discover: interfaces of its own, told from the home page.
    """

    name: str
    generator: str
    parts: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    part_feeds: tuple[str, ...] = ()
    maps: tuple[str, ...] = ()
    lists: str = ""
    never: str = ""
    read_as: EndpointKind = EndpointKind.FEED
    discover: Discover = no_endpoints

    def names_itself(self, document: Document) -> bool:
        """Tell whether a page says that this program made it."""
        return re.search(self.generator, document.makers) is not None

    def made(self, document: Document) -> bool:
        """Tell whether this program made a page, as far as the page shows it."""
        return self.names_itself(document) or self.leaves_parts(document)

    def leaves_parts(self, document: Document) -> bool:
        """Tell whether a page bears marks of this program without its name."""
        return any(part in document.html for part in self.parts)
