"""One page parsed once and shared by everything that reads it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Final, Self
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from activity.visit import Page
from crawler.extract.page.charset import find_codec
from crawler.extract.page.hyperlink import Hyperlink, find_hyperlinks
from crawler.extract.page.json_value import decode_first
from crawler.extract.page.key import LONGEST_ADDRESS, join_address, same_site
from crawler.extract.page.markup import bound_markup
from crawler.extract.page.outline import Outline, build_outline
from crawler.extract.page.scope import find_scope_address, is_mentioned
from crawler.extract.page.source import find_states

__all__ = ["Common", "Document", "decode_body", "parse_document", "resolve_address"]

_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_HEADER_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META_CHARSET: Final = re.compile(
    rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,200}?encoding)\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE
)
_META_REACH: Final = 4096
# Browsers read these names as windows-1252, so sites that declare them contain its quotes and dashes.
_WESTERN: Final = frozenset(
    {"iso-8859-1", "latin1", "latin-1", "ascii", "us-ascii", "windows-1252", "cp1252"}
)
_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]+")
# Which `urljoin` takes for the base itself.
_UNFILLED: Final = frozenset({"//", "///", "http:", "https:", "http://", "https://"})
# What a template writes where the address is to stand, when it has none ("https://contoh.go.id/None").
_VALUELESS: Final = frozenset({"none", "null", "undefined", "nil", "nan", "[object object]"})
_LANGUAGE: Final = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?", re.IGNORECASE)
# How the last part of a post's address looks: "12", "12-panen", "panen-raya-padi"; no list's is.
_POSTED: Final = re.compile(r"\d|-.*-")
_POWERED: Final = re.compile(r"owered [Bb]y([^\n]{0,80})")
_FEED_ROOT: Final = re.compile(
    r"\s*+(?:<\?[^>]{0,300}>\s*+|<!--.{0,500}?-->\s*+){0,4}<(?:rss|feed|rdf:RDF|urlset|sitemapindex|opml)\b",
    re.IGNORECASE | re.DOTALL,
)
_MOST_DEPTH: Final = 12
# Of a fact check the hoax, of a report what it quotes: things with days of their own.
_MENTIONED: Final = frozenset({"itemReviewed", "citation", "isBasedOn"})
# What was published once, and is told of by something that has a day of its own.
_TOLD_OF: Final = frozenset({"review", "subjectOf", "about", "mentions", "workExample", "exampleOfWork"})
_COMMON: Final = "base[href], meta[content], script, h1, h2, h3, h4"


@dataclass(frozen=True, slots=True)
class Common:
    """Elements that nearly every reader of a page asks for, in document order.

    They are looked for together: each walk through a tree costs a sixth of what it took to parse.

    Attributes:
        metas: those with a content.
        headings: of the first four levels.
    """

    bases: list[LexborNode]
    metas: list[LexborNode]
    scripts: list[LexborNode]
    headings: list[LexborNode]

    @classmethod
    def of(cls, tree: LexborHTMLParser) -> Self:
        """Find them in one walk."""
        found = cls([], [], [], [])
        kinds = {"base": found.bases, "meta": found.metas, "script": found.scripts}
        for element in tree.css(_COMMON):
            kinds.get(element.tag or "", found.headings).append(element)
        return found


_BEFORE_JSON: Final = re.compile(r"\s*(?:(?:/\*.*?\*/|//<!\[CDATA\[|<!\[CDATA\[|<!--)\s*)?", re.S)


@dataclass(frozen=True)
class Document:
    """One Lexbor parse of one page.

    Attributes:
        page: what came back.
        url: the final address.
        base: what relative addresses start from.
        html: the decoded text.
        tree: the parsed tree; readers must not change it.
        common: elements that have been looked for already.
    """

    page: Page
    url: str
    base: str
    html: str = field(repr=False)
    tree: LexborHTMLParser = field(repr=False)
    common: Common = field(repr=False)

    @cached_property
    def json_ld(self) -> tuple[Mapping[str, Any], ...]:
        """Every JSON-LD object, nested ones and those below `@graph` included, outermost first."""
        found: list[Mapping[str, Any]] = []
        for script in self.common.scripts:
            if "ld+json" in (script.attributes.get("type") or "").lower():
                found.extend(_flatten(_load(script.text(deep=True))))
        return tuple(found)

    @cached_property
    def metas(self) -> Mapping[str, str]:
        """What the meta elements state, by their names in lower case; the first of several with one name."""
        found: dict[str, str] = {}
        for element in self.common.metas:
            attributes = element.attributes
            prop = attributes.get("itemprop")
            name = attributes.get("property") or attributes.get("name") or prop
            if name and not (name == prop and (is_mentioned(element) or self.is_teaser(element))):
                found.setdefault(name.lower(), attributes.get("content") or "")
        return found

    def is_teaser(self, element: LexborNode) -> bool:
        """Tell whether a property in microdata is of a thing whose own address is another page's."""
        url = self.resolve(find_scope_address(element) or self.url)
        own = {each.partition("#")[0].rstrip("/") for each in (self.url, self.canonical) if each is not None}
        return url is not None and url.partition("#")[0].rstrip("/") not in own

    @cached_property
    def makers(self) -> str:
        """What the page says made it, lower case: its generator, and what follows "powered by"."""
        element = self.tree.css_first('meta[name="generator" i]')
        stated = (element.attributes.get("content") or "") if element else ""
        return "\n".join([stated, *_POWERED.findall(self.html)]).lower()

    @cached_property
    def is_feed(self) -> bool:
        """Whether what came is a feed or a map for machines, whatever its address promised."""
        return _FEED_ROOT.match(self.html) is not None

    @cached_property
    def canonical(self) -> str | None:
        """The address that the page calls its own; None for another site's, or the home page's on any other.

        Themes that name the home page on every page are many; it tells nothing of an article.
        """
        return self._own(self._linked('link[rel~="canonical" i][href]') or "")

    @cached_property
    def alternates(self) -> Mapping[str, str]:
        """Addresses of the page's versions by their language (`hreflang`, lower case), its own included."""
        found: dict[str, str] = {}
        for element in (*self.tree.css("link[hreflang][href]"), *self.tree.css("a[hreflang][href]")):
            url = self.resolve(element.attributes.get("href") or "")
            # A switch for readers leads home, or to a list, where a page has no version in that language.
            if element.tag == "a" and not (url and _is_version(url, self.url)):
                continue
            language = (element.attributes.get("hreflang") or "").strip().lower()
            if url is not None and language:
                found.setdefault(language, url)
        return found

    @cached_property
    def language(self) -> str:
        """The language that the page says it is in, two letters, lower case; empty where it does not."""
        root = self.tree.css_first("html")
        stated = root.attributes.get("lang") or root.attributes.get("xml:lang") if root else ""
        stated = stated or self.metas.get("og:locale") or self.metas.get("language") or ""
        return stated.strip().lower()[:2]

    def _linked(self, selector: str) -> str | None:
        element = self.tree.css_first(selector)
        return None if element is None else element.attributes.get("href")

    def _own(self, href: str) -> str | None:
        url = self.resolve(href) if href.strip() else None
        if url is None or not same_site(url, self.url):
            return None
        stated, here = urlsplit(url), urlsplit(self.url)
        if _is_valueless(stated.path) and not _is_valueless(here.path):
            return None
        # Meant from the root, but read from where the page stands: "berita/9-rapat" on /berita/9-rapat.
        if not stated.query and f"{here.path.rstrip('/')}/".endswith(f"/{href.strip().rstrip('/')}/"):
            return None
        bare = not stated.path.strip("/") and not stated.query
        return None if bare and (here.path.strip("/") or here.query) else url

    @cached_property
    def links(self) -> tuple[Hyperlink, ...]:
        """The page's links, in its order."""
        return find_hyperlinks(self.tree, self.resolve)

    @cached_property
    def linked(self) -> tuple[str, ...]:
        """Where those links lead, each address as often as it is linked."""
        return tuple(link.url for link in self.links if link.url is not None)

    @cached_property
    def states(self) -> tuple[Any, ...]:
        """Every JSON value that the page carries for its scripts, in scripts and in attributes."""
        return find_states(self.common.scripts, self.html)

    @cached_property
    def outline(self) -> Outline:
        """What a reader sees, as flat arrays."""
        return build_outline(self.tree)

    def resolve(self, href: str) -> str | None:
        """Resolve a link to an absolute http(s) address without its fragment; None for anything else."""
        return resolve_address(self.base, href)


def parse_document(page: Page) -> Document:
    """Decode and parse a page's body once."""
    plain = _decode_plain(page.body)
    html = plain or decode_body(page.body, page.headers.get("content-type", ""))
    if html[:1] == "{" and "json" in page.headers.get("content-type", ""):
        html = _find_markup(html) or html
    html = bound_markup(html)
    # The parser would encode a text again, which takes it a fifth of its time.
    tree = LexborHTMLParser(page.body if html is plain else html)
    common = Common.of(tree)
    base = page.url
    if common.bases:
        base = join_address(page.url, common.bases[0].attributes.get("href") or "") or page.url
    return Document(page, page.url, base, html, tree, common)


def resolve_address(base: str, href: str) -> str | None:
    """Resolve an address against `base`, without fragment; None unless it is http(s) and not too long.

    >>> resolve_address("https://kel.example/berita/", "../profil?id=2#isi")
    'https://kel.example/profil?id=2'
    """
    return _resolve(base, href) if len(href) <= LONGEST_ADDRESS else None


# Every reader of a page asks for the same links.
@lru_cache(maxsize=16_384)
def _resolve(base: str, href: str) -> str | None:
    href = "".join(href.split("\n")).strip().replace("\t", "").replace("\r", "")
    if href in _UNFILLED or href.lower() in _VALUELESS:
        return None
    try:
        joined = urldefrag(urljoin(base, href)).url
        parts = urlsplit(joined)
        _ = parts.port  # raises for one that there cannot be
        if parts.scheme not in {"http", "https"} or not parts.hostname or " " in parts.netloc:
            return None
    except ValueError:
        return None
    # Hand-written pages leave spaces in the names of uploaded files.
    return quote(joined, safe="%/:=&?~#+!$,;'@()*[]|") if " " in joined else joined


def _is_version(url: str, of: str) -> bool:
    """Whether an address can be that of a post in another language: named as posts are, and as deep."""
    own, other = (
        [part for part in urlsplit(each).path.split("/") if part and not _LANGUAGE.fullmatch(part)]
        for each in (url, of)
    )
    return bool(own) and len(own) == len(other) and _POSTED.search(own[-1]) is not None


def _is_valueless(path: str) -> bool:
    return unquote(path.rstrip("/").rpartition("/")[2]).lower() in _VALUELESS


def decode_body(body: bytes, content_type: str = "") -> str:
    """Decode a body: by its byte order mark, then as what decodes cleanly, then by header and meta.

    Declarations lie, and no Western text passes as UTF-8 by chance, so UTF-8 is tried before what
    is declared. NUL characters are dropped: the database and the parser refuse them.
    """
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return body.decode(encoding, "replace").replace("\x00", "")
    declared = _declared(body, content_type)
    if declared is not None and declared.startswith("utf-16"):
        # Found in a meta element that was read as bytes, it cannot be true.
        declared = None
    try:
        return body.decode("utf-8").replace("\x00", "")
    except UnicodeDecodeError as error:
        # One broken character in a long UTF-8 page is a cut headline, not another charset.
        if declared in {None, "utf-8", "utf8"} and _mostly_utf8(
            body, cut=error.reason == "unexpected end of data"
        ):
            return body.decode("utf-8", "replace").replace("\x00", "")
    if declared is None or declared in _WESTERN or declared in {"utf-8", "utf8"}:
        declared = "windows-1252"
    return body.decode(find_codec(declared), "replace").replace("\x00", "")


def _decode_plain(body: bytes) -> str | None:
    """A body that is UTF-8 from end to end, without byte order mark and NUL; None for any other."""
    if b"\x00" in body or body.startswith(b"\xef\xbb\xbf"):
        return None
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _declared(body: bytes, content_type: str) -> str | None:
    header = _HEADER_CHARSET.search(content_type)
    if header is not None:
        return header[1].lower()
    meta = _META_CHARSET.search(body[:_META_REACH])
    return None if meta is None else meta[1].decode("ascii", "ignore").lower()


def _mostly_utf8(body: bytes, *, cut: bool) -> bool:
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(map(len, _BEYOND_ASCII.findall(text))) - broken
    return broken * 20 <= whole or cut


def _find_markup(text: str) -> str:
    """The part of a page that a script's answer carries as a string: `{"html": "<li>…", "next": true}`."""
    data = _load(text)
    values = data.values() if isinstance(data, dict) else ()
    return max((v for v in values if isinstance(v, str) and "<a " in v), key=len, default="")


def _load(text: str) -> Any:
    begin = _BEFORE_JSON.match(text)
    # A comment's end or a semicolon may follow.
    return decode_first(text, begin.end() if begin else 0)[0]


def _flatten(value: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    if depth > _MOST_DEPTH:
        return
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        others = _MENTIONED | _TOLD_OF if "datePublished" in value else _MENTIONED
        for name, inner in value.items():
            if isinstance(inner, dict | list) and name not in others:
                yield from _flatten(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _flatten(inner, depth + 1)
