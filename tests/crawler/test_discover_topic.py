from datetime import UTC, datetime

from activity.visit import Fetch, Page, Purpose
from crawler.discover.shape import find_folder
from crawler.discover.topic import derive_feed, discover_topic_feeds, discover_topics
from crawler.extract.page.document import parse_document

URL = "https://contoh.go.id/blog/"


def document(html):
    return parse_document(
        Page(Fetch(URL, Purpose.LISTING), URL, 200, datetime(2026, 3, 1, tzinfo=UTC), body=html.encode())
    )


def test_categories_come_before_tags_and_authors():
    html = (
        "<a href=/blog/author/humas/>Humas</a><a href=/blog/tag/air/>air</a>"
        "<a href=/blog/category/warga/>Warga</a><a href=/blog/rapat-kerja/>Rapat</a>"
        "<a href=https://lain.go.id/category/x/>X</a><a href='/?cat=3'>Tiga</a>"
    )
    assert discover_topics(document(html)) == (
        "https://contoh.go.id/blog/category/warga/",
        "https://contoh.go.id/?cat=3",
        "https://contoh.go.id/blog/tag/air/",
        "https://contoh.go.id/blog/author/humas/",
    )


def test_feeds_of_topics_are_told_from_the_whole_feed():
    html = "<a href=/feeds/rss/>RSS</a><a href=/blog/category/warga/feeds/rss/>RSS</a>"
    assert discover_topic_feeds(document(html)) == ("https://contoh.go.id/blog/category/warga/feeds/rss/",)


def test_a_lists_own_feed_comes_before_those_of_topics():
    html = (
        "<link rel=alternate type=application/atom+xml href=/blog/atom/>"
        "<link rel=alternate type=application/rss+xml href=/blog/rss/>"
        "<a href=/blog/category/warga/rss/>RSS</a><a href=/blogger/rss/>RSS</a>"
    )
    assert discover_topic_feeds(document(html)) == (
        "https://contoh.go.id/blog/atom/",
        "https://contoh.go.id/blog/category/warga/rss/",
    )


def test_a_topics_feed_is_made_like_the_sites_own():
    root = "https://contoh.go.id"
    assert derive_feed(f"{root}/feed/", f"{root}/category/warga/") == f"{root}/category/warga/feed/"
    assert (
        derive_feed(f"{root}/index.xml", f"{root}/categories/warga/") == f"{root}/categories/warga/index.xml"
    )
    assert (
        derive_feed(f"{root}/?format=feed", f"{root}/kategori/warga") == f"{root}/kategori/warga?format=feed"
    )
    assert derive_feed(f"{root}/category", f"{root}/category/warga") is None


def test_posts_in_one_folder_are_listed_by_it():
    root = "https://contoh.go.id"
    assert find_folder([f"{root}/berita/rapat", f"{root}/berita/lomba", f"{root}/x"]) == f"{root}/berita/"
    assert find_folder([f"{root}/2026/03/rapat", f"{root}/2026/03/lomba"]) is None
    assert find_folder([f"{root}/rapat", f"{root}/lomba"]) is None
    assert find_folder([]) is None
