"""Feeds: RSS 0.9 to 2.0, RDF, Atom and JSON Feed, each date read by our own grammar."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from lxml import etree

from activity.errors import UnparsableError
from activity.post import DateEvidence, Post, PostDate
from activity.visit import Page
from crawler.dates import read_machine_date
from crawler.extract.feed.item import FeedItem, FeedSource, clean_text, plain_text, read_element, read_object
from crawler.extract.feed.kind import judge_kind
from crawler.extract.page.json_value import load_json
from crawler.extract.page.key import clean_address, join_address, post_key
from crawler.extract.page.xml import child_text, local_name, parse_xml

__all__ = ["Feed", "extract_feed", "plain_text"]

# Programs give tens; what is longer is a dump.
MAX_ITEMS = 20_000
# A wiki's feed of edits, by its title or by links that compare two versions, bears the days of editing.
_CHANGES = re.compile(r"\b(?:recent changes|perubahan (?:terbaru|terkini))\b", re.IGNORECASE)
_EDIT = re.compile(r"[?&;](?:do=diff|diff=|oldid=|rev=|action=(?:diff|history))", re.IGNORECASE)
_COMMENTS = re.compile(r"(comments?|komentar|tanggapan)\b.{0,12}\b(on|for|to|pada|untuk|di)\b", re.IGNORECASE)
# Of one document's contradicting fields these are both meant as the publication.
_SURE = frozenset({"pubdate", "published", "issued", "date_published"})


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed holds, in its own order.

    Attributes:
        items: each item with all that it says, those of the future included.
        next_url: the page after this one, where the feed names one.
        generator: the program that wrote it, as it says, lower case.
        comments: whether its items are readers' comments or a wiki's edits rather than posts.
        future: how many items were left out because their day has not come.
        dropped: how many were left out because they state no address that could be opened.
        built: when the feed says that it was written (`lastBuildDate`, Atom's own `updated`).
        shared_address: whether items of different posts lead to one page; their keys end in `#` and what
            tells them apart, and the list behind may hold the same posts under addresses of their own.
    """

    posts: tuple[Post, ...]
    next_url: str | None
    title: str
    generator: str = ""
    comments: bool = False
    future: int = 0
    items: tuple[FeedItem, ...] = ()
    dropped: int = 0
    built: datetime | None = None
    shared_address: bool = False


# A local clock that calls itself another's is ahead by the width of a zone at most.
WIDEST_ZONE: Final = timedelta(hours=14)


def extract_feed(page: Page, *, now: datetime, zone: ZoneInfo, site: str | None = None) -> Feed:
    """Read a feed; raises UnparsableError for what is none.

    Args:
        site: the account's address, for the posts' keys; the feed's own where absent.
    """
    body = page.body.lstrip(b"\xef\xbb\xbf \t\r\n")
    source = FeedSource(page.url, now, zone)
    if body.startswith(b"{"):
        return _read_json(body, source, site or page.url)
    root = parse_xml(page.body)
    if local_name(root) not in {"rss", "rdf", "feed", "channel"}:
        raise UnparsableError(f"{page.url} is not a feed.")
    channel = next((e for e in root if local_name(e) == "channel"), root)
    elements = [e for e in root.iter() if local_name(e) in {"item", "entry"}][:MAX_ITEMS]
    title = plain_text(child_text(channel, "title"))
    items = list(_read_elements(elements, source))
    feed = _compose(items, source, site or page.url, home=_find_home(channel, page.url))
    return replace(
        feed,
        next_url=_find_next(channel, page.url),
        title=title,
        dropped=feed.dropped + len(elements) - len(items),
        generator=clean_text(child_text(channel, "generator").lower())[:200],
        comments=_is_comments(title, [item.url for item in items if item.url]),
        built=_read_moment(child_text(channel, "lastbuilddate", "updated", "modified", "pubdate"), source),
    )


def _read_elements(elements: Iterable[etree._Element], source: FeedSource) -> Iterator[FeedItem]:
    for element in elements:
        try:
            yield read_element(element, source)
        except ValueError:  # letters that its own charset does not know
            continue


def _find_home(channel: etree._Element, base: str) -> str:
    """The page that a feed calls its own, which is no post's address."""
    for child in channel:
        if local_name(child) == "link" and child.get("rel", "alternate") == "alternate":
            text = (child.get("href") or "".join(child.itertext())).strip()
            return (join_address(base, text) if text else None) or ""
    return ""


def _find_next(channel: etree._Element, base: str) -> str | None:
    for child in channel:
        if local_name(child) == "link" and child.get("rel") == "next" and child.get("href"):
            return join_address(base, str(child.get("href")))
    return None


def _read_moment(raw: str, source: FeedSource) -> datetime | None:
    reading = read_machine_date(raw[:200], now=source.now, zone=source.zone, future_ok=True) if raw else None
    return None if reading is None else reading.at


def _is_comments(title: str, urls: Sequence[str]) -> bool:
    if _COMMENTS.match(title):
        return True
    if _CHANGES.search(title) or (urls and all(_EDIT.search(url) for url in urls)):
        return True
    return bool(urls) and all("#comment" in url or "showComment=" in url for url in urls)


def _compose(items: Sequence[FeedItem], source: FeedSource, site: str, home: str = "") -> Feed:
    named = [replace(item, key=post_key(item.url, site)) for item in items if item.url]
    told, shared = _tell_apart(named, post_key(home, site) if home else "", site)
    posts: dict[str, Post] = {}
    future = 0
    for item in told:
        date = _date_of(item)
        if date is not None and date.at > source.now:
            future += 1
            if date.at > source.now + WIDEST_ZONE:
                continue
            # It is up already: the feed's clock is not the one that it names, and its page must date it.
            date = None
        url = clean_address(item.url)
        posts.setdefault(
            item.key, Post(item.key, url, item.title, date, judge_kind(url, item.title, item.labels))
        )
    return Feed(
        tuple(posts.values()),
        None,
        "",
        future=future,
        items=tuple(told),
        dropped=len(items) - len(named),
        shared_address=shared,
    )


def _tell_apart(items: Sequence[FeedItem], home: str, site: str) -> tuple[list[FeedItem], bool]:
    """Give items that lead to one page keys of their own, from what marks each; whether there are any.

    Those that lead to the feed's own page share it even where only one is left.
    """
    groups: defaultdict[str, list[FeedItem]] = defaultdict(list)
    for item in items:
        groups[item.key].append(item)
    shared = {key for key, group in groups.items() if key == home or _differ(group)}
    marked = [_mark(item, groups[item.key], site) if item.key in shared else item for item in items]
    return marked, bool(shared)


def _differ(group: Sequence[FeedItem]) -> bool:
    """Whether items of one address are different posts, not one that is listed again with a better title."""
    titles = {item.title for item in group}
    marks = {(urlsplit(item.url).fragment, item.guid) for item in group}
    return len(titles) > 2 or (len(titles) == 2 and len(marks) == len(group))


def _mark(item: FeedItem, group: Sequence[FeedItem], site: str) -> FeedItem:
    """The item with a key of its own: its permalink, its fragment, its guid, or else its title."""
    if item.permalink and item.guid.startswith("http"):
        url = join_address(item.url, item.guid)
        key = "" if url is None else post_key(url, site)
        if url is not None and key != item.key:
            return replace(item, url=url, key=key)
    fragments = [urlsplit(each.url).fragment for each in group]
    fragment = urlsplit(item.url).fragment
    if fragment and fragments.count(fragment) == 1:
        return replace(item, key=f"{item.key}#{fragment}")
    mark = item.guid if [each.guid for each in group].count(item.guid) == 1 else ""
    mark = mark or "-".join(re.findall(r"\w+", item.title.lower()))
    return replace(item, key=f"{item.key}#{mark[:200]}") if mark else item


def _date_of(item: FeedItem) -> PostDate | None:
    """What an item says of its publication; contested where two fields for it name another day each."""
    published = item.published
    if not published:
        return None
    first = published[0]
    return PostDate(
        first.at, first.precision, published, contested=any(_denies(first, each) for each in published)
    )


def _denies(first: DateEvidence, other: DateEvidence) -> bool:
    both = {first.where, other.where} <= _SURE
    return both and abs((first.at - other.at).total_seconds()) >= 86_400


def _read_json(body: bytes, source: FeedSource, site: str) -> Feed:
    data = load_json(body.decode("utf-8", "replace"))
    if not isinstance(data, dict) or not isinstance(data.get("items"), list):
        raise UnparsableError(f"{source.url} is not a JSON feed.")
    entries = data["items"][:MAX_ITEMS]
    items = list(_read_objects(entries, source))
    home, following = data.get("home_page_url"), data.get("next_url")
    feed = _compose(
        items, source, site, (join_address(source.url, home) if isinstance(home, str) else None) or ""
    )
    return replace(
        feed,
        next_url=join_address(source.url, following) if isinstance(following, str) else None,
        title=plain_text(str(data.get("title") or "")),
        dropped=feed.dropped + len(entries) - len(items),
    )


def _read_objects(entries: Iterable[Any], source: FeedSource) -> Iterable[FeedItem]:
    return (read_object(entry, source) for entry in entries if isinstance(entry, Mapping))
