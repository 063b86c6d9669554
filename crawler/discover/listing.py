"""Lists drawn as pages: where they are, and where they continue."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from crawler.discover.buttons import discover_buttons
from crawler.discover.cms.registry import PROGRAMS
from crawler.discover.onward import find_titled, leads_onward
from crawler.discover.page_number import is_page_of, number_of, read_label, says_page, strip_counter
from crawler.discover.pager import discover_pager
from crawler.discover.shape import is_never_post
from crawler.discover.wordless import discover_wordless
from crawler.extract.page.document import Document
from crawler.extract.page.hyperlink import MOST_LINKS
from crawler.extract.page.key import clean_address, same_site

__all__ = [
    "discover_listings",
    "discover_menu",
    "discover_next",
    "find_farthest",
    "find_older",
    "is_list_name",
    "names_archive",
    "pick_listings",
]

# A slug of so many words is a headline, whatever folder it lies in.
_HEADLINE_WORDS = 4
_LONGEST_LABEL = 25
_NEWS = (
    (4, re.compile(r"\b(berita|news|kabar|warta|siaran ?pers|press ?releases?|blog)\b", re.IGNORECASE)),
    (
        3,
        re.compile(
            r"\b(artikel|articles?|posts?|kegiatan|publikasi|arsip|archives?|timeline|linimasa|updates?)\b",
            re.IGNORECASE,
        ),
    ),
    (
        2,
        re.compile(
            r"\b(pengumuman|announcements?|agenda|events?|informasi|information|info|aktivitas)\b",
            re.IGNORECASE,
        ),
    ),
)
# What a menu calls a list of news, whatever its address.
_NAMED = re.compile(
    r"(?:semua |all )?(?:berita|news|kabar|warta|siaran pers|press releases?|artikel|articles?|pengumuman"
    r"|publikasi)"
    r"(?: (?:terkini|terbaru|utama|daerah|desa|kota|dinas|kami))?",
    re.IGNORECASE,
)
_NAMED_BESIDE = re.compile(r"kegiatan|agenda|acara|artikel|informasi|aktivitas|events?", re.IGNORECASE)
_LIST_VIEW = re.compile(r"(?:^|&)(?:view|layout)=(?:category|blog|section|archive)(?:&|$)", re.IGNORECASE)
# Where generators and blogs keep a page of all posts, each with its day.
_ARCHIVE = re.compile(r"/(?:arsip|archives?|timeline|linimasa)(?:\.\w{2,5})?/?", re.IGNORECASE)
# What a menu calls a list of everything, where it says no more.
_INDEX = re.compile(r"(indeks|index|arsip|archives?|semua|kabar|terkini|terbaru)( berita)?", re.IGNORECASE)
_ALL = re.compile(
    r"\b(lainnya|selengkapnya|semua|indeks|index|all|more|lihat|archives?|arsip|older|sebelumnya)\b",
    re.IGNORECASE,
)
_NEXT_TEXT = re.compile(
    r"((?:(?:maju|lanjut|pergi|menuju|buka|go|move|ke|to|the) ){0,3}(halaman )?"
    r"(berikut(nya)?|selanjutnya|lanjut|next|older|lebih lama|sebelumnya)|load more|"
    r"((muat|lihat|tampilkan) )?(lebih )?banyak( (lagi|berita))?|(muat|lihat|tampilkan) (lebih )?lagi|"
    r"((pos-)?pos(ting)?|tulisan|berita|artikel|kabar) (yang )?"
    r"(lebih lama|lama|sebelumnya|lainnya|terdahulu)|lama|"
    r"more( posts| news| articles)?|older (posts|entries|articles|news)|"
    # A wiki's: "20 berikutnya", "next 50".
    r"\d{1,3} (?:\w+ )?(?:berikut|selanjut)nya|next \d{1,3}(?: \w+)?|"
    r"(?:(?:go|move) to (the )?)?next (page|\d+ items))\W*",
    re.IGNORECASE,
)
# "More news" below a few items leads to a list of its own.
_MORE_TEXT = re.compile(r"^more|lainnya", re.IGNORECASE)
_OLDER_TEXT = re.compile(
    r"(?:(?:halaman|posting|pos|tulisan|berita|artikel|kabar) )?(?:yang )?"
    r"(?:sebelumnya|lebih lama|terdahulu|lama)|older(?: (?:posts|entries|articles|news))?",
    re.IGNORECASE,
)
# Where it is that plain it stands above a number, which may be that of the last page.
_PLAIN_NEXT = re.compile(r"(halaman )?(berikut(nya)?|selanjutnya|next)( page)?", re.IGNORECASE)
# Where the site's own program is known to list posts: as good as a link that says "news" twice.
_KNOWN_SCORE = 6
_NUMBERED_INDEX = re.compile(r"/index\d+\.html?$")
_SIGNS = "«‹←→›»<> .…"
_NEXT_SIGN = re.compile(r"[\s»›→>⟩〉❯▶▸►⇒≫❱⏵]+|&raquo;|&gt;")
_NEXT_CLASS = re.compile(
    r"(^|[\s_-])(next|older|load-?more|nextpostslink|blog-pager-older-link)([\s_-]|$)", re.IGNORECASE
)


def discover_listings(document: Document) -> tuple[str, ...]:
    """Find pages of the same site that probably list news, likeliest first, at most eight."""
    known = [each.lists for each in PROGRAMS if each.lists and each.made(document)]
    scores: dict[str, float] = {}
    for link in document.links:
        url = link.url
        if url is None or not same_site(url, document.url) or url.rstrip("/") == document.url.rstrip("/"):
            continue
        score = _score_listing(url, link.text)
        if any(re.fullmatch(lists, urlsplit(url).path, re.IGNORECASE) for lists in known):
            score = max(score, _KNOWN_SCORE)
        if score > 0:
            scores[url] = max(score, scores.get(url, 0))
    ordered = sorted(scores, key=lambda url: -scores[url])
    return tuple(ordered[:8])


def is_list_name(text: str) -> bool:
    """Tell whether words are what a menu calls a list of posts, and no headline.

    >>> is_list_name("Berita Terkini"), is_list_name("Kegiatan"), is_list_name("Pengumuman Lelang")
    (True, True, False)
    """
    name = " ".join(text.split())
    return _NAMED.fullmatch(name) is not None or _NAMED_BESIDE.fullmatch(name) is not None


def names_archive(url: str) -> bool:
    """Tell whether an address is that of a page of all posts, whatever the menu calls it.

    >>> names_archive("https://a.id/archives/"), names_archive("https://a.id/blog/arsip.html")
    (True, True)
    >>> names_archive("https://a.id/archives/2026/"), names_archive("https://a.id/arsip-surat/")
    (False, False)
    """
    path = urlsplit(url).path
    return _ARCHIVE.fullmatch(path[max(0, path.rstrip("/").rfind("/")) :]) is not None


def _score_listing(url: str, text: str) -> float:
    if len(text) > 40 or re.search(r"\.(pdf|jpe?g|png|zip|docx?)$", url, re.IGNORECASE):
        return 0
    parts = urlsplit(clean_address(url))
    path = re.sub(r"[-_/.=&+]", " ", f"{parts.path} {parts.query}")
    segments = [segment for segment in parts.path.split("/") if segment]
    depth = len(segments)
    if segments and len(re.split(r"[-_]", segments[-1])) >= _HEADLINE_WORDS:
        return 0
    # Old programs number their lists; what says nothing but "Berita", or "view=category", is no post's.
    numbered = re.search(r"\d{2,}", parts.query) or re.search(r"(?:^|&)id=\d", parts.query)
    is_list = _NAMED.fullmatch(text) or _LIST_VIEW.search(parts.query)
    if re.search(r"\d{2,}", parts.path) or ((depth > 3 or numbered) and not is_list):
        return 0
    for weight, pattern in _NEWS:
        hits = bool(pattern.search(text)) + bool(pattern.search(path))
        if hits:
            return weight + hits + bool(_ALL.search(text)) - 0.5 * depth
    return 1 if _INDEX.fullmatch(text) else 0


def pick_listings(urls: Iterable[str]) -> tuple[str, ...]:
    """Pick those addresses, as a sitemap names them, that promise a list of news, likeliest first."""
    scores = {url: _score_listing(url, "") for url in urls}
    return tuple(sorted((url for url, score in scores.items() if score > 0), key=lambda url: -scores[url]))


def discover_menu(document: Document) -> tuple[str, ...]:
    """Find short links of a page whose words promise nothing, in its order: some lists bear odd names."""
    found: dict[str, None] = {}
    for link in document.links:
        url = link.url
        if url is None or not same_site(url, document.url) or url.rstrip("/") == document.url.rstrip("/"):
            continue
        if 0 < len(link.text) <= _LONGEST_LABEL and not is_never_post(url):
            found[url] = None
    return tuple(found)


def discover_next(document: Document, older: str = "") -> str | None:
    """Find the page on which this list continues, by `rel`, class, label or number; None at its end.

    Args:
        older: what the link to older posts says on the list's first page. A list that numbers its pages from
            the oldest on goes on at the number below: "Berita sebelumnya" on page 4 of 5 leads to 3.
    """
    for candidate in (
        *_by_words(document, older),
        *_by_rel(document),
        *_by_plain_label(document),
        *_by_number(document),
        discover_pager(document),
        discover_wordless(document),
        discover_buttons(document),
        *_by_label(document),
    ):
        if candidate is None or candidate == document.url or not same_site(candidate, document.url):
            continue
        if not _leads_back(candidate, document.url):
            return candidate
    return None


def find_older(document: Document, url: str) -> str:
    """Give the words of the link to older posts that leads from a list's first page to this one; "" for none.

    The first page has none before it: what "sebelumnya" leads to is older there, and on the next page.
    """
    for link in document.links:
        text = link.text.strip(_SIGNS)
        if _OLDER_TEXT.fullmatch(text) and link.url == url:
            return text
    return ""


def _by_words(document: Document, words: str) -> Iterator[str]:
    """A link that says just these words, to another page of this list."""
    for link in document.links if words else ():
        url = link.url
        if link.text.strip(_SIGNS) == words and url and is_page_of(url, document.url):
            yield url


def _leads_back(url: str, base: str) -> bool:
    """Whether an address is the first page of the list that a later one belongs to."""
    numbered = number_of(base) is not None and number_of(url) is None
    return numbered and strip_counter(url) == strip_counter(base)


def _resolved(document: Document, node: LexborNode) -> str | None:
    for name in ("href", "data-href", "data-url", "data-next-url", "data-next", "hx-get"):
        value = node.attributes.get(name)
        if value and not value.startswith(("#", "javascript:")):
            return document.resolve(value)
    return None


def _by_rel(document: Document) -> Iterator[str]:
    for node in document.tree.css("link[rel], a[rel]"):
        if "next" in (node.attributes.get("rel") or "").lower().split():
            url = _resolved(document, node)
            # An article's "next article" bears the same mark; a list's next page is a page of it.
            if url is None or not (is_page_of(url, document.url) or node.tag == "a"):
                continue
            # Some number their pages from the oldest on, and say "older"; "next" alone is one number more.
            plain = _PLAIN_NEXT.fullmatch(" ".join(node.text().split()).strip(_SIGNS))
            if not (plain and (number_of(url) or 0) < (number_of(document.url) or 0)):
                yield url


def _by_plain_label(document: Document) -> Iterator[str]:
    """A link that says "next" and nothing else, to a page of this list behind the current one."""
    current = number_of(document.url)
    for link in document.links:
        if not _PLAIN_NEXT.fullmatch(link.text.strip(_SIGNS)):
            continue
        url = _resolved(document, link.element)
        number = None if url is None else number_of(url)
        if url is None or number is None or not is_page_of(url, document.url):
            continue
        if current is None or number > current:
            yield url


def _by_label(document: Document) -> Iterator[str]:
    ranked: list[tuple[int, str]] = []
    for node in document.tree.css("a[href], button, [data-next], [data-next-url], [hx-get]")[:MOST_LINKS]:
        attributes = node.attributes
        marks = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        text = " ".join(node.text().split())
        label = attributes.get("aria-label") or attributes.get("title") or ""
        is_sign = bool(text) and bool(_NEXT_SIGN.fullmatch(text))
        if len(text) > 40:
            continue
        if not (
            _NEXT_TEXT.fullmatch(text.strip(_SIGNS))
            or _NEXT_TEXT.fullmatch(label)
            or is_sign
            or _NEXT_CLASS.search(marks)
            or _counts_on(document, node)
            or leads_onward(document, _resolved(document, node), text)
        ):
            continue
        url = _resolved(document, node)
        if url is None:
            continue
        own = is_page_of(url, document.url)
        if own or not (_MORE_TEXT.search(text) and url in discover_listings(document)):
            ranked.append((0 if own else 1, url))
    titled = find_titled(document) if any(rank for rank, _ in ranked) else frozenset()
    yield from (url for rank, url in sorted(ranked, key=lambda pair: pair[0]) if not (rank and url in titled))


def _counts_on(document: Document, node: LexborNode) -> bool:
    """Whether a script's button asks for a page number one above this page's, whatever it says."""
    if not ({"hx-get", "data-next", "data-next-url"} & set(node.attributes)):
        return False
    url = _resolved(document, node)
    return url is not None and says_page(url) and number_of(url) == (number_of(document.url) or 1) + 1


def _by_number(document: Document) -> Iterator[str]:
    """The least page above the current one among links that differ in nothing but that number.

    A link whose text is the number may write it as it likes; one without must say that it is a page's.
    """
    current = number_of(document.url)
    base = 1 if current is None else current
    best: tuple[int, str] | None = None
    for link in document.links:
        url = link.url
        if url is None or not is_page_of(url, document.url):
            continue
        text = read_label(link.element.text(strip=True))
        number = number_of(url)
        if current is None and text.isdecimal() and len(text) <= 4:
            number = int(text)  # some count pages from 0, all show them from 1
        stated = (text.isdigit() and len(text) <= 4) or says_page(url)
        # Behind an unnumbered index.html comes index1.html with some, index2.html with others.
        least = 0 if current is None and _NUMBERED_INDEX.search(url) else base
        if stated and number is not None and number > least and (best is None or number < best[0]):
            best = (number, url)
    if best is not None:
        yield best[1]


def find_farthest(document: Document) -> int:
    """Find the highest number of a page of this list that the page links to; 0 where it links none."""
    own = [url for url in set(document.linked) if is_page_of(url, document.url) and says_page(url)]
    return max((number_of(url) or 0 for url in own), default=0)
