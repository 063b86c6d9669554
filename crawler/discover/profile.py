"""An office's accounts elsewhere, told from its home page: offered to a person, never taken silently."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from activity.channel import CHANNELS, Channel, channel_of
from crawler.extract.page.document import Document

__all__ = ["ProfilePlace", "Proposal", "discover_profiles"]

# A page that names more accounts of one channel is a directory of offices.
MOST_ACCOUNTS = 3
_DEPTH: Final = 14
_PLATFORMS: Final = tuple(channel for channel, facts in CHANNELS.items() if facts.social)
_SHARE: Final = re.compile(r"shar(e|er|ing)|addtoany|dialog/|plugins/|intent", re.IGNORECASE)
_ABOVE: Final = re.compile(r"head(er)?|nav(bar)?|top-?bar|menu", re.IGNORECASE)
_BELOW: Final = re.compile(r"foot(er)?|kontak|contact|sos(ial|med)|social", re.IGNORECASE)
_FOREIGN: Final = re.compile(r"shar(e|ing)|post|entry|article|comment|embed|widget-author", re.IGNORECASE)
# The city's own accounts stand on every office's page, those of a theme's makers on many.
_CITY: Final = re.compile(
    r"pem(kot|kab|prov|da|desa)|kominfo|humas|prokopim|protokol|walikota|bupati", re.IGNORECASE
)
_MAKERS: Final = frozenset({"wordpress", "wordpresscom", "elementor", "joomla", "drupal", "blogger", "wix"})
_PLAIN: Final = frozenset(
    {"www", "com", "net", "org", "info", "sites", "blogspot", "wordpress", "kota", "kab"}
)


class ProfilePlace(StrEnum):
    """Where a page names an account, the surest first."""

    SAME_AS = "json-ld sameAs"
    META = "meta"
    HEADER = "header"
    FOOTER = "footer"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Proposal:
    """An account that may be the office's.

    Attributes:
        address: canonical, as the registry writes it.
        link: the address as the page has it.
        alike: whether its name resembles the site's own.
    """

    channel: Channel
    address: str
    place: ProfilePlace
    link: str
    alike: bool


def discover_profiles(document: Document) -> tuple[Proposal, ...]:
    """Find accounts a home page presents as its own, best first; one a channel, or several of equal worth.

    Share buttons, single posts, the city's accounts and directories of other offices are left out.
    """
    words = _site_words(document)
    best: dict[tuple[Channel, str], Proposal] = {}
    for place, link in _find_links(document):
        for channel, address in _read(link):
            proposal = Proposal(channel, address, place, link, _is_alike(address, words))
            known = best.get((channel, address))
            if known is None or _rank(proposal) < _rank(known):
                best[channel, address] = proposal
    chosen: list[Proposal] = []
    for channel in _PLATFORMS:
        own = sorted((p for p in best.values() if p.channel is channel and _is_own(p)), key=_rank)
        chosen.extend(_choose(own))
    return tuple(chosen)


def _choose(proposals: list[Proposal]) -> list[Proposal]:
    """Those that bear the site's name where any does; nothing out of a directory."""
    alike = [proposal for proposal in proposals if proposal.alike]
    stated = [
        proposal for proposal in proposals if proposal.place in {ProfilePlace.SAME_AS, ProfilePlace.META}
    ]
    named = alike or stated or proposals
    return named if len(named) <= MOST_ACCOUNTS else []


def _rank(proposal: Proposal) -> tuple[bool, int]:
    return not proposal.alike, list(ProfilePlace).index(proposal.place)


def _is_own(proposal: Proposal) -> bool:
    if proposal.alike:
        return True
    return proposal.address not in _MAKERS and not _CITY.search(proposal.address)


def _find_links(document: Document) -> Iterator[tuple[ProfilePlace, str]]:
    for value in document.json_ld:
        for link in _texts(value.get("sameAs")):
            yield ProfilePlace.SAME_AS, link
    for meta in document.tree.css('meta[property="article:publisher"], meta[property="og:see_also"]'):
        yield ProfilePlace.META, meta.attributes.get("content") or ""
    for identity in document.tree.css('link[rel~="me"]'):
        yield ProfilePlace.META, identity.attributes.get("href") or ""
    for each in document.links:
        href = each.url or ""
        if channel_of(f"//{urlsplit(href).hostname}") is not None:
            place = _place(each.element)
            if place is not None:
                yield place, href


def _texts(value: Any) -> Iterator[str]:
    for text in value if isinstance(value, list) else [value]:
        if isinstance(text, str):
            yield text


def _read(link: str) -> Iterator[tuple[Channel, str]]:
    try:
        parts = urlsplit(link)
    except ValueError:
        return
    channel = channel_of(f"//{parts.hostname}") if parts.hostname else None
    if channel is None or _SHARE.search(parts.path):
        return
    try:
        address = CHANNELS[channel].parse(link)
    except ValueError:
        return
    if address is not None:
        yield channel, address


def _place(anchor: LexborNode) -> ProfilePlace | None:
    """Where a link stands; None inside a post, a share bar or an embedded thing."""
    marks = _marks(anchor)
    if _SHARE.search(marks):
        return None
    found = ProfilePlace.BODY
    above = anchor.parent
    for _ in range(_DEPTH):
        if above is None or above.tag in {"body", "html"}:
            break
        marks = _marks(above)
        if above.tag in {"article", "blockquote"} or (above.tag != "main" and _FOREIGN.search(marks)):
            return None
        if above.tag in {"header", "nav"} or _ABOVE.search(marks):
            found = ProfilePlace.HEADER
        elif above.tag == "footer" or _BELOW.search(marks):
            found = ProfilePlace.FOOTER
        above = above.parent
    return found


def _marks(node: LexborNode) -> str:
    return f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"


def _site_words(document: Document) -> frozenset[str]:
    """Words of the host that name the office: the first labels, without what every office's host has."""
    labels = (urlsplit(document.url).hostname or "").removeprefix("www.").split(".")
    own = labels[:1] if len(labels) > 3 or (len(labels) == 3 and len(labels[-2]) > 3) else labels[:-1]
    words = {word for label in own for word in re.split(r"[-_]", label.lower())}
    return frozenset(word for word in words if len(word) > 2 and word not in _PLAIN)


def _is_alike(address: str, words: frozenset[str]) -> bool:
    letters = re.sub(r"[^a-z0-9]", "", address.lower())
    return any(word in letters or (len(letters) > 4 and letters in word) for word in words)
