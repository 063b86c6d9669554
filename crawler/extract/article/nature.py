"""Is it a post? Decided by what a page says it is and by its address, before any date is believed."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from activity.post import PostKind
from crawler.extract.article.witness import is_article_type, schema_types
from crawler.extract.page.document import Document
from crawler.extract.page.scope import is_mentioned
from crawler.extract.page.shelf import SHELVES, is_topic

__all__ = ["is_custom", "judge_address", "judge_kind", "weigh_nature"]

_POST_PLACE: Final = re.compile(
    r"(?:^|[/_.-])(?:blogs?|news|berita|artikel|articles?|posts?|p|pengumuman|press-?releases?|siaran-pers|insights?"
    r"|stor(?:y|ies)|kabar|hoaks|cek-?fakta|warta|agenda|kegiatan|opini|rilis|read|baca|detail|magazine|journal|updates?|announcements?"
    r"|reports?|resources|features?|opinions?)"
    r"(?:[/_.-]|$)",
    re.IGNORECASE,
)
_LIST_PLACE: Final = re.compile(
    # Some programs keep every post below /archives/2026/10/16/, /archives/1234, /arsip/1234-judul.
    r"/(?:archives?|arsip)(?!/(?:19|20)\d\d/(?:\d{1,2}/\d{1,2}/\d{4,}|[\d/]*[^/\d][^/]*)/?$|/\d+(?:-[^/\d][^/]*)?(?:\.\w+)?/?$"
    r"|/(?:baca|detail|read|view|lihat|show)/|/(?:[\w-]{1,30}/)?[^\W\d_]+(?:-[^\W_]+){3,}(?:/\d+)?(?:\.\w+)?/?$"
    r"|/(?:berita|artikel|news|posts?|warta|kabar)/\d+/?$)(?:/|$|\.)"
    rf"|/(?:{SHELVES}|page|halaman|search|cari"
    r"|collections|shop|store|cart|produk|products?|c|feed|rss|login|user|users|album"
    r"|galer[iy]|gallery|contacts?|kontak|about|tentang|profil|profile|visi-misi|struktur-organisasi|services?|layanan"
    r"|seminars?|courses?|events?|standings|schedule|jobs?|careers?|pricing|faq)(?:/|$|\.)",
    re.IGNORECASE,
)
# "/archive-2026.html", "/index_tag_warga_2.html", "/tag-berita.html": lists of a site without folders. Titles
# of two words may open so in Indonesian ("Label halal", "Kategori lomba"); behind the others stands one word.
_FLAT_LIST: Final = re.compile(
    r"/(?:(?:archives?|arsip)[-_](?:19|20)\d\d(?:[-_]\d{1,2}){0,2}"
    r"|index[-_](?:\d{1,4}|(?:tags?|categor(?:y|ies)|kategori|authors?|penulis|archives?|arsip)(?:[-_][^/.]*)?)"
    r"|(?:tags?|categor(?:y|ies)|authors?)[-_][^\W\d_]+(?:[-_]\d{1,4})?)(?:\.\w+)?/?$",
    re.IGNORECASE,
)
# "/arsip.php?id=812": what is kept there under a number, while "?bulan=10" lists a month.
_ARCHIVE: Final = re.compile(r"/(?:archives?|arsip)\.\w+$", re.IGNORECASE)
_NUMBERED: Final = re.compile(
    r"(?:^|&)(?:id\w*|no|baca|read|detail)=\d+(?:&|$)|=[^\W\d_]+(?:-[^\W_]+){3,}(?:&|$)", re.IGNORECASE
)
_DOCS: Final = re.compile(
    r"^(?:docs?|developers?|wiki|api|support|help|manual|reference|documentation)\.|/(?:docs?|documentation|wiki|manual|reference"
    r"|guide|userguide|api|tutorial|book|std|handbook|help|spec)(?:/|$)",
    re.IGNORECASE,
)
# "?modul=news&aksi=baca&id=977", "/news/detail/977": a part of the site, what is done with it, and which one.
_NEWS_PART: Final = re.compile(r"(?:news|berita|artikel|articles?|posts?|pengumuman|kabar|warta|blog)", re.I)
_READING: Final = re.compile(r"(?:baca|read|detail|view|lihat|show|tampil|isi|selengkapnya)", re.I)
_INDEX: Final = re.compile(r"^/?(?:index\.\w+|home|beranda|[a-z]{2}(?:-[a-z]{2})?)?/?$", re.IGNORECASE)
# "/blog/2026/jan/": Django's archives call months by their first letters (XBlog), in the site's language.
_DATE_FOLDER: Final = re.compile(
    r"/(?:19|20)\d{2}(?:/(?:\d{1,2}|jan|feb|mar|apr|may|mei|jun|jul|aug|agu|ags|agt|sept?|oct|okt|nov|nop|dec|des)"
    r"(?:/\d{1,2})?)?/?$",
    re.IGNORECASE,
)
# "/kabar/kerja-bakti-warga/2026/09/16": the whole day ends a post's own name; behind "/read/", any name.
_NAMED_DAY: Final = re.compile(
    r"(?:/(?>[^/]*?[^\W\d_][-_][^\W_]+[-_][^\W_])[^/]*+|/(?:baca|read|detail|lihat|view)/[^/]+)"
    r"/(?:(?:19|20)\d{2}/\d{1,2}/\d{1,2}|\d{1,2}/\d{1,2}/(?:19|20)\d{2})/?$"
)
# "/b/kerja-bakti-warga/2026-09-16".
_DAY_ENDS: Final = re.compile(r"/[^/]*?[^\W\d_][-_][^\W_]+[-_][^\W_][^/]*+/(?:19|20)\d{2}-\d{2}-\d{2}/?$")
_OTHER_TYPES: Final = frozenset(
    {
        "Product", "ProductGroup", "Service", "CollectionPage", "SearchResultsPage", "ItemPage", "AboutPage",
        "ContactPage", "ProfilePage", "FAQPage", "Course", "SoftwareApplication", "Offer", "AggregateOffer",
        "LocalBusiness", "Event", "Vehicle", "QAPage", "APIReference", "Hotel", "Restaurant", "Apartment",
        "RealEstateListing", "JobPosting", "Movie", "Book", "MusicAlbum", "VideoGame", "TVSeries",
    }
)  # fmt: skip
_POST_BODY: Final = re.compile(
    r"(?:^|\s)(?:single-post|single-format-\w+|node--?type-(?:article|news|blog|story|post|berita)\S*"
    r"|page-node-type-(?:article|news|blog|story|berita)\S*|post-template\S*|blog-post\S*|hs-blog-post|template-article"
    r"|item-view|view-article)(?:\s|$)",
    re.IGNORECASE,
)
_PAGE_BODY: Final = re.compile(
    r"(?:^|\s)(?:archive|category|tag|author|search|home|blog|page-template\S*|post-type-archive\S*|woocommerce\S*"
    r"|single-product|template-product|template-collection|template-page|static_page|hs-landing-page|hs-site-page"
    r"|collection-type-page|(?:page-)?node--?type-(?:page|basic-page|landing-page|service|layanan|product|event|profil\w*)"
    r"|view-(?:category|featured|contact))(?:\s|$)",
    re.IGNORECASE,
)
# WordPress names the type of what it shows: a Page, or a type that a theme or plugin made.
_WORDPRESS_PAGE: Final = re.compile(r"(?:^|\s)page-id-\d+(?:\s|$)")
_WORDPRESS_POST: Final = re.compile(r"(?:^|\s)postid-\d+(?:\s|$)")
_WORDPRESS_TYPE: Final = re.compile(
    r"(?:^|\s)single-(?!format-|sidebar|with|no-|full|layout|column)([a-z][\w-]*)", re.I
)
_HENTRY: Final = re.compile(r"(?:^|\s)type-([a-z][\w-]*)(?:\s|$)")
_REPORT: Final = re.compile(r"/(?:\w*NewsArticle|BlogPosting|ClaimReview|PressRelease)$")
# What sells a thing dates its release; articles of shops say that they are articles.
_CART: Final = ('action="/cart/add"', 'name="add-to-cart"', "single_add_to_cart_button")
_PRICE: Final = ('itemprop="price"', 'property="product:price', 'schema.org/Product"')
_KINDS: Final = (
    (PostKind.AGENDA, re.compile(r"(?:^|[/_?&=-])(?:agenda|jadwal|events?)(?:[/_&=-]|$)", re.I)),
    (
        PostKind.ANNOUNCEMENT,
        re.compile(r"(?:^|[/_?&=-])(?:pengumuman|announcements?|lelang)(?:[/_&=-]|$)", re.I),
    ),
)


def weigh_nature(document: Document) -> float:
    """Weigh what speaks for a post (above 0) or against (below 0), dates left aside."""
    if document.is_feed:
        return -8.0
    classes = _body_classes(document)
    weight = sum(_schema(document)) + judge_address(document.url)
    kind = _wordpress_type(classes) or _entry_type(document)
    if kind == "page":
        # Plugins call every page an article and state the day it was made.
        return min(weight, 0.0) - 4.0
    if _is_of_its_own(kind):
        return weight - 2.0
    return weight + (2.0 if kind is not None else 0.0) + sum(_markup(document, classes))


def is_custom(document: Document) -> bool:
    """Tell whether WordPress shows a type that a theme or plugin made: a service, a person, a product.

    Each was made one day, as machines are told; that is no publication unless readers are told it, too.
    """
    return _is_of_its_own(_wordpress_type(_body_classes(document)) or _entry_type(document))


def _is_of_its_own(kind: str | None) -> bool:
    return kind not in {None, "post", "page"} and not _POST_PLACE.search(f"/{kind}/")


def _wordpress_type(classes: str) -> str | None:
    """What WordPress says that it shows: "post", "page" or a type of its own; None elsewhere."""
    if "page-id-" in classes and _WORDPRESS_PAGE.search(classes):
        return "page"
    if "postid-" not in classes or not _WORDPRESS_POST.search(classes):
        return None
    types = [match[1].lower() for match in _WORDPRESS_TYPE.finditer(classes)]
    return "post" if not types or "post" in types else types[0]


def _entry_type(document: Document) -> str | None:
    """What WordPress calls a page's only entry, where the theme says nothing on the body, and it is no post.

    `<article id="post-31" class="post-31 page type-page status-publish">`.
    """
    if b"status-publish" not in document.page.body:
        return None
    entries = [node.attributes.get("class") or "" for node in document.tree.css('[class~="status-publish"]')]
    kinds = [match[1].lower() for entry in entries if (match := _HENTRY.search(entry))]
    return kinds[0] if len(kinds) == 1 and kinds[0] != "post" else None


# Asked of an address by the list that shows it, by the search for lists and by its page.
@lru_cache(maxsize=4_096)
def judge_address(url: str) -> float:
    """Weigh how much an address alone speaks for a post.

    >>> judge_address("https://kel.example/berita/kerja-bakti-warga-rt-03") > 0 > judge_address("https://kel.example/kategori/berita")
    True
    >>> judge_address("https://kel.example/news/detail/977"), judge_address("https://kel.example/?modul=news&aksi=baca&id=977")
    (2.0, 2.0)
    >>> judge_address("https://kel.example/archive-2026.html"), judge_address("https://kel.example/index_tag_warga_2.html")
    (-3.0, -2.0)
    """
    parts = urlsplit(url)
    path = unquote(parts.path)
    if _INDEX.match(path) and not parts.query:
        return -3.0
    dated = _DATE_FOLDER.search(path)
    named = dated and _NAMED_DAY.search(path)
    folder = dated and not named
    weight = 1.0 if named or _DAY_ENDS.search(path) else -3.0 if folder else 0.0
    if _DOCS.search(f"{parts.hostname or ''}{path}") or _DOCS.search(path):
        weight -= 4.0
    if is_topic(url):
        weight += 1.0
    elif _FLAT_LIST.search(path):
        weight -= 3.0
    elif _LIST_PLACE.search(path) and not (_ARCHIVE.search(path) and _NUMBERED.search(parts.query)):
        weight -= 2.0
    folders, _, slug = path.rstrip("/").rpartition("/")
    words = _words(parts.query)
    if _POST_PLACE.fullmatch(slug) and not words:
        # "/blog", "/kota/berita": where posts are listed.
        weight -= 2.0
    if _POST_PLACE.search(folders + "/") or _POST_PLACE.search("/".join(words)):
        weight += 1.0
    if _names_one([*path.split("/"), *words]):
        weight += 1.0
    if not folder and re.search(r"/(?:19|20)\d{2}/(?:\d{1,2}/)?", path) and not slug.isdigit() and slug:
        weight += 1.0
    if any(len(re.findall(r"[^\W\d_]{2,}", name)) >= 4 for name in (slug, *words) if " " not in name):
        weight += 1.0
    return weight


def _names_one(words: list[str]) -> bool:
    """Whether folders, or the values of a query, say which post is to be read."""
    part, reading = (any(map(pattern.fullmatch, words)) for pattern in (_NEWS_PART, _READING))
    return part and reading and any(map(str.isdecimal, words))


def judge_kind(document: Document, title: str) -> PostKind:
    """Judge it news, unless the address or the first words of the title say announcement or agenda."""
    parts = urlsplit(document.url)
    for kind, pattern in _KINDS:
        if pattern.search(f"{parts.path}?{parts.query}"):
            return kind
    return PostKind.ANNOUNCEMENT if title.lower().startswith("pengumuman") else PostKind.NEWS


def _words(query: str) -> list[str]:
    """Its values; a wiki's `id=berita:rapat` is a folder and a name."""
    return [word for values in parse_qs(query).values() for value in values for word in value.split(":")]


def _schema(document: Document) -> Iterator[float]:
    if any(is_article_type(value) and value.get("datePublished") for value in document.json_ld):
        yield 3.0
    elif document.metas.get("og:type", "").lower() != "article" and _sells(document.html):
        yield -2.0
    if "itemtype" in document.html and _is_one_report(document):
        yield 2.0
    if any(_OTHER_TYPES & set(schema_types(value)) for value in document.json_ld[:6]):
        yield -2.0


def _is_one_report(document: Document) -> bool:
    """Whether microdata describes one report with its day; a plain Article is any page of Joomla's."""
    scopes = [
        scope
        for scope in document.tree.css("[itemscope][itemtype]")
        if _REPORT.search(scope.attributes.get("itemtype") or "") and not is_mentioned(scope)
    ]
    return len(scopes) == 1 and scopes[0].css_first('[itemprop~="datePublished"]') is not None


def _sells(html: str) -> bool:
    return any(sign in html for sign in _PRICE) or ("cart" in html and any(sign in html for sign in _CART))


def _markup(document: Document, classes: str) -> Iterator[float]:
    stated = document.metas.get("og:type", "").lower()
    if stated == "article":
        yield 1.0
    elif stated.startswith(("product", "profile", "book", "video.", "music", "place", "restaurant")):
        yield -2.0
    if "article:published_time" in document.metas:
        yield 2.0
    if _POST_BODY.search(classes) and not _WORDPRESS_POST.search(classes):
        yield 2.0
    elif _PAGE_BODY.search(classes):
        yield -1.0


def _body_classes(document: Document) -> str:
    body = document.tree.body
    return "" if body is None else (body.attributes.get("class") or "")
