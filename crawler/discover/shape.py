"""What an address alone tells: certainly no post, or of the shape of the posts already known."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

from crawler.discover.cms.registry import is_never
from crawler.extract.page.shelf import SHELVES, TOPICS, is_topic

__all__ = ["Shape", "counter_of", "find_folder", "is_never_post", "shape_of", "stated_before", "stated_day"]

Shape = tuple[str, ...]

_FILE = re.compile(
    r"\.(jpe?g|png|gif|webp|avif|svg|ico|pdf|docx?|xlsx?|pptx?|zip|rar|7z|gz|mp[34]|avi|mov|css|js|json|xml|rss|atom|"
    r"txt|csv|ics|apk|exe|woff2?)$",
    re.IGNORECASE,
)
# Folders whose pages list posts, or are the office's standing pages.
_FOLDERS = re.compile(
    rf"{SHELVES}|catalog|users?|member|profile?s?|"
    r"feeds?|rss|comments?|komentar|search|cari|pencarian|"
    r"login|logout|masuk|regist(er|rasi)|sign-?(in|up)|account|admin|administrator|cart|print|cetak|email-?protection|"
    r"static|assets?|images?|img|media|uploads?|css|js|fonts|cdn-cgi|download|unduh(an)?|attachment|galler(y|ies)|galeri|"
    r"album|kontak|contact(-us)?|hubungi-kami|buku-?tamu|guestbook|polling|sitemap|peta-situs|privacy(-policy)?|"
    r"visi(-dan)?-misi|struktur-organisasi|sambutan|tupoksi|tugas(-pokok)?-dan-fungsi|about(-us)?|tentang(-kami)?|"
    r"amp|profil",
    re.IGNORECASE,
)
# No folder of files: Lokomedia's `/media.php?module=detailberita&id=12`.
_SCRIPT = re.compile(r"media\.(?:php|aspx?|jsp)", re.IGNORECASE)
_LAST = re.compile(
    r"(index|home|beranda|berita|news|blog|artikel|articles?|posts?|archives?|arsip|pengumuman|agenda|events?|kegiatan|"
    r"page|halaman|read|detail|first|en|id|category|informasi|publikasi|pages|atom|rdf)(\.(html?|php|aspx?))?|page[:-]?\d+(\.html?)?",
    re.IGNORECASE,
)
_LISTING_QUERY = re.compile(
    r"s|q|cat|tag|category|kategori|search|cari|keyword|start|offset|format|print|"
    r"sort|order|orderby|filter|share|lang|feed|archive|label",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(r"(?:page|p|pg|hal|halaman|laman|index|indeks)", re.IGNORECASE)
# A number that counts posts, beside the words of a title; a year counts none: `rapat-koordinasi-2026`.
_COUNT = r"(?!(?:19|20)\d\d(?!\d))\d{2,9}"
_COUNTED = re.compile(
    rf"(?P<folder>.*/)(?:(?P<first>{_COUNT})[-_/](?>[^/a-z]*[a-z])[^/]*|(?>[^/a-z]*[a-z])[^/]*[-_](?P<last>{_COUNT}))(?:\.\w{{2,5}})?/?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"/(?:19|20)\d\d/")
_DATE_PATH = re.compile(r"/((?:19|20)\d\d)(?:/(\d{1,2})(?:/(\d{1,2}))?)?/?(?:index\.html?)?$")
_DATED = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})(?:[/-](\d{1,2}))?(?=[/-])")


@lru_cache(maxsize=16_384)
def is_never_post(url: str) -> bool:
    """Tell whether an address alone shows that it is a tag, archive, page of a list, file or standing page.

    >>> is_never_post("https://contoh.go.id/category/berita/"), is_never_post("https://contoh.go.id/berita/rapat")
    (True, False)
    >>> is_never_post("https://contoh.go.id/topic/banjir-2026"), is_never_post("https://a.id/topic/banjir-di-rw-lima-104")
    (True, False)
    >>> is_never_post("https://a.id/boards/1/topics/77"), is_never_post("https://contoh.go.id/topics/77")
    (False, True)
    >>> is_never_post("https://a.id/media.php?module=detailberita&id=12"), is_never_post("https://a.id/media/12")
    (False, True)
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return True
    path = unquote(parts.path)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name]
    segments = [segment for segment in path.split("/") if segment and segment != "index.php"]
    if segments[-1:] == ["amp"]:
        # Another rendering of a page is what the page is: the same key, and the same answer.
        segments.pop()
    if parts.scheme not in {"http", "https"} or _FILE.search(path) or _DATE_PATH.search(path):
        return True
    if any(_LISTING_QUERY.fullmatch(name) for name, _ in query):
        return True
    topic = is_topic(url)
    named = (segment for segment in segments if not (topic and TOPICS.fullmatch(segment)))
    # A wiki's pages have their titles for addresses: `Visi_dan_Misi` (MediaWiki).
    stem = "" if query and _SCRIPT.fullmatch(segments[-1] if segments else "") else _stem(segments)
    if any(_FOLDERS.fullmatch(segment.replace("_", "-")) for segment in (*named, stem)):
        return True
    if is_never(url):
        return True
    if any(_PAGE_NUMBER.fullmatch(a) and b.isdigit() for a, b in pairwise(segments[-2:])):
        return True  # with a slug behind it the number is a post's
    if query:
        return _is_listing_query(query, segments)
    return not segments or bool(_LAST.fullmatch(segments[-1]))


def _stem(segments: list[str]) -> str:
    return segments[-1].rpartition(".")[0] if segments else ""


def _is_listing_query(query: list[tuple[str, str]], segments: list[str]) -> bool:
    """`?page=berita&id=12` is a post, `?page=2` and `?page=kontak` are none, `?p=2` of WordPress is one."""
    numbers = [name for name, value in query if re.search(r"\d", value)]
    if any(_FOLDERS.fullmatch(value) for _, value in query):
        return True
    if not numbers:
        slug = max(len(value) for _, value in query)
        return slug < 12
    pages_only = all(_PAGE_NUMBER.fullmatch(name) and name.lower() != "p" for name in numbers)
    return pages_only or (numbers == ["p"] and bool(segments) and segments[-1].lower() != "index.html")


# A list, its map and its feed name the same addresses.
@lru_cache(maxsize=4_096)
def shape_of(url: str) -> Shape:
    """Tell the pattern of an address: numbers and slugs made equal, folders and query names kept.

    >>> shape_of("https://contoh.go.id/berita/2026/03/rapat-kerja-tahunan.html")
    ('berita', '#', '#', '*.html')
    """
    parts = urlsplit(url)
    segments = [segment for segment in unquote(parts.path).split("/") if segment]
    tokens = [_token(segment, last=index == len(segments) - 1) for index, segment in enumerate(segments)]
    for name, value in sorted(parse_qsl(parts.query)):
        tokens.append(f"{name}={_token(value, last=False)}")
    return tuple(tokens)


def find_folder(urls: Sequence[str]) -> str | None:
    """Find the folder in which most of a site's posts lie, which as a rule lists them; None for the root.

    >>> find_folder(["https://a.id/blog/rapat-1/", "https://a.id/blog/2026/lomba-2/"])
    'https://a.id/blog/'
    """
    folders: Counter[str] = Counter()
    for url in urls:
        parts = urlsplit(url)
        first, _, rest = parts.path.lstrip("/").partition("/")
        if rest.strip("/") and not first.isdigit() and not parts.query:
            folders[urlunsplit((parts.scheme, parts.netloc, f"/{first}/", "", ""))] += 1
    folder, count = folders.most_common(1)[0] if folders else ("", 0)
    return folder if count * 2 > len(urls) else None


def counter_of(url: str) -> tuple[str, str] | None:
    """Give the folder of an address and the number that counts its post there; None where it bears none.

    The words beside it are the title's, and change with it.

    >>> counter_of("https://contoh.go.id/artikel/1022-peresmian-taman-baca")
    ('/artikel/', '1022')
    """
    found = _COUNTED.fullmatch(unquote(urlsplit(url).path))
    if found is None or _YEAR.search(found["folder"]):
        return None  # a day's number behind a year and a month
    return found["folder"], found["first"] or found["last"]


def _token(segment: str, *, last: bool) -> str:
    stem, dot, extension = segment.rpartition(".")
    if dot and extension.isalpha() and len(extension) <= 5:
        return f"{_token(stem, last=last)}.{extension}" if last else segment
    if segment.isdigit():
        return "#"
    if last or "-" in segment or any(c.isdigit() for c in segment) or len(segment) > 24:
        return "*"
    return segment.lower()


def stated_day(url: str) -> tuple[int, ...]:
    """Give the year, the month and, where it is told, the day that an address names; nothing for none.

    >>> stated_day("https://contoh.go.id/2026/03/31/rapat/"), stated_day("https://contoh.go.id/2026/03/rapat/")
    ((2026, 3, 31), (2026, 3))
    """
    match = _DATED.search(urlsplit(url).path)
    if match is None or not 1 <= int(match[2]) <= 12:
        return ()
    named = match.groups() if match[3] is not None and 1 <= int(match[3]) <= 31 else match.groups()[:2]
    return tuple(map(int, named))


def stated_before(url: str, since: datetime) -> bool:
    """Tell whether the address itself names a day or a month that ends before `since` (aware, local).

    A day's grace, for addresses that carry the day of UTC.
    """
    named = stated_day(url)
    first = (since - timedelta(days=1)).date()
    return bool(named) and named < (first.year, first.month, first.day)[: len(named)]
