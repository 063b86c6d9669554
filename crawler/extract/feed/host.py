"""A feed that calls its site by another host's name: the name that its program was set up with."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from crawler.extract.feed.item import FeedItem
from crawler.extract.feed.syndication import Feed
from crawler.extract.page.key import host_of, post_key

__all__ = ["has_words", "rehost", "rehost_feed"]

# So many posts that a page of the site links stand in its feed under another name by no accident.
FEWEST_SHOWN: Final = 3
_FEWEST_WORDS: Final = 3


def rehost_feed(feed: Feed, site: str, shown: Callable[[FeedItem], bool]) -> Feed:
    """Give items the site's own host where a feed puts every one of them on another.

    Django's programs write `http://example.com/2026/06/26/posyandu/` until somebody names the site, others
    `localhost` or the server on which they were tried. Such a feed is known by its posts: the site's own
    pages link them under its own name.

    Args:
        site: the account's address, for the posts' keys.
        shown: whether a page of the site's own links the post of an item, once it has that name.
    """
    hosts = {host_of(item.url) for item in feed.items}
    if len(hosts) != 1 or hosts <= {host_of(site), ""}:
        return feed
    moved = {item.key: _rehost(item, site) for item in feed.items if "#" not in item.key}
    known = sum(map(shown, moved.values()))
    if known < min(FEWEST_SHOWN, len(feed.items)):
        return feed
    posts = tuple(
        replace(post, key=moved[post.key].key, url=moved[post.key].url) if post.key in moved else post
        for post in feed.posts
    )
    return replace(feed, posts=posts, items=tuple(moved.get(item.key, item) for item in feed.items))


def rehost(url: str, site: str) -> str:
    """Put an address on the site's own host.

    >>> rehost("http://localhost/berita/12?lang=id", "https://contoh.go.id/")
    'https://contoh.go.id/berita/12?lang=id'
    """
    own = urlsplit(site)
    return urlunsplit(urlsplit(url)._replace(scheme=own.scheme, netloc=own.netloc))


def _rehost(item: FeedItem, site: str) -> FeedItem:
    url = rehost(item.url, site)
    return replace(item, url=url, key=post_key(url, site))


def has_words(url: str) -> bool:
    """Tell whether an address ends in the words of a headline: counters alone are those of other sites, too.

    >>> has_words("https://contoh.go.id/berita/posyandu-balita-dimulai"), has_words("https://contoh.go.id/berita/12")
    (True, False)
    """
    name = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    return len(re.findall(r"[^\W\d_]{2,}", name)) >= _FEWEST_WORDS
