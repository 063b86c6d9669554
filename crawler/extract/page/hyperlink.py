"""The links of a page, looked for once and shared by everything that follows them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["MOST_LINKS", "Hyperlink", "find_hyperlinks"]

# A page has some hundreds; a directory of all of a province's villages has 3,000.
MOST_LINKS: Final = 3_000


@dataclass(frozen=True)
class Hyperlink:
    """One `<a href>` of a page.

    Attributes:
        element: where it stands in the tree.
        url: where it leads, absolute and without fragment; None where that is no page.
    """

    element: LexborNode
    url: str | None

    @cached_property
    def text(self) -> str:
        """What a reader clicks on, its white space folded."""
        return " ".join(self.element.text().split())


def find_hyperlinks(tree: LexborHTMLParser, resolve: Callable[[str], str | None]) -> tuple[Hyperlink, ...]:
    """Find the links of a page in its order, at most `MOST_LINKS`.

    >>> tree = LexborHTMLParser('<a href="/berita"> Kabar <b>warga</b> </a><a name="isi">Isi</a>')
    >>> [(each.text, each.url) for each in find_hyperlinks(tree, lambda href: f"https://kel.example{href}")]
    [('Kabar warga', 'https://kel.example/berita')]
    """
    return tuple(
        Hyperlink(element, resolve(element.attributes.get("href") or ""))
        for element in tree.css("a[href]")[:MOST_LINKS]
    )
