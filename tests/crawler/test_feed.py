from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activity.errors import UnparsableError
from activity.post import EvidenceKind, PostKind
from activity.visit import Fetch, Page, Purpose
from crawler.extract.feed.syndication import extract_feed
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
CORPUS = Path(__file__).parents[2] / "../shared/corpus/feeds"


def read(body, url="https://contoh.go.id/feed"):
    page = Page(
        Fetch(url, Purpose.FEED), url, 200, NOW, body=body if isinstance(body, bytes) else body.encode()
    )
    return extract_feed(page, now=NOW, zone=ZONE)


def rss(*items):
    channel = f"<channel><title>Berita</title>{''.join(items)}</channel>"
    return f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'


def item(link="/a", date="Thu, 30 Apr 2026 08:00:00 +0800", extra=""):
    title = "<title>Rapat &amp;amp; kerja</title>"
    return f"<item>{title}<link>{link}</link><pubDate>{date}</pubDate>{extra}</item>"


def test_rss():
    (post,) = read(rss(item())).posts
    assert (post.key, post.url, post.title) == ("/a", "https://contoh.go.id/a", "Rapat & kerja")
    assert post.date is not None
    assert post.date.at == datetime(2026, 4, 30, 0, tzinfo=UTC)
    assert post.date.evidence[0].kind is EvidenceKind.FEED
    assert post.date.evidence[0].raw == "Thu, 30 Apr 2026 08:00:00 +0800"


def test_indonesian_dates_are_read_in_their_zone():
    posts = read(rss(item(date="Kam, 30 Apr 2026 08:00:00 +0700"), item("/b", "30-04-2026 08:00 WITA"))).posts
    assert [p.date.at.hour for p in posts] == [1, 0]


def test_a_post_of_the_future_is_none_yet():
    feed = read(rss(item(date="Thu, 30 Jul 2026 08:00:00 +0800"), item("/b")))
    assert [p.key for p in feed.posts] == ["/b"]
    assert feed.future == 1


def test_atom_takes_published_and_never_updated():
    body = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Blog</title><link rel="next" href="?page=2"/>
    <entry><id>tag:1</id><title type="html">&lt;b&gt;Satu&lt;/b&gt;</title>
    <link rel="self" href="/x.xml"/><link href="/satu/"/>
    <updated>2026-04-30T00:00:00Z</updated><published>2026-04-01T03:00:00Z</published></entry>
    <entry><id>tag:2</id><title>Dua</title><link rel="alternate" href="/dua/"/>
    <updated>2026-04-30T00:00:00Z</updated></entry></feed>"""
    feed = read(body)
    assert [(p.title, p.key) for p in feed.posts] == [("Satu", "/satu"), ("Dua", "/dua")]
    assert feed.posts[0].date.at == datetime(2026, 4, 1, 3, tzinfo=UTC)
    assert feed.posts[1].date is None
    assert feed.next_url == "https://contoh.go.id/feed?page=2"


def test_rdf_with_dublin_core():
    body = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Plone</title></channel>
    <item rdf:about="https://contoh.go.id/b"><title>B</title><link>https://contoh.go.id/b</link>
    <dc:date>2026-04-30T08:00:00+08:00</dc:date></item></rdf:RDF>"""
    (post,) = read(body).posts
    assert post.date.at == datetime(2026, 4, 30, tzinfo=UTC)


def test_json_feed():
    body = """{"version": "https://jsonfeed.org/version/1.1", "title": "J", "next_url": "/feed2.json",
    "items": [{"id": "1", "url": "/pengumuman/a", "title": "A",
     "date_published": "2026-04-30T08:00:00+08:00"}, 7, {}]}"""
    feed = read(body)
    assert feed.next_url == "https://contoh.go.id/feed2.json"
    assert [(p.key, p.kind) for p in feed.posts] == [("/pengumuman/a", PostKind.ANNOUNCEMENT)]


def test_a_wikis_edits_are_no_posts():
    assert read(rss(item("/doku.php?id=rapat&amp;rev=17&amp;do=diff"))).comments
    assert read(rss(item()).replace("<title>Berita", "<title>Berita - Perubahan terbaru [id]", 1)).comments


LIST = "https://contoh.go.id/berita"


@pytest.mark.parametrize(
    ("own", "keys"),
    [
        (lambda n: f"<link>{LIST}#item-{n}</link>", ["/berita#item-1", "/berita#item-2", "/berita#item-3"]),
        (
            lambda n: f'<link>{LIST}</link><guid isPermaLink="false">pos-{n}</guid>',
            ["/berita#pos-1", "/berita#pos-2", "/berita#pos-3"],
        ),
        (lambda n: f"<link>{LIST}</link><guid>{LIST}/{n}</guid>", ["/berita/1", "/berita/2", "/berita/3"]),
        (lambda _: f"<link>{LIST}</link>", ["/berita#judul-1", "/berita#judul-2", "/berita#judul-3"]),
        (lambda n: f"<link>/</link><guid>pos {n}</guid>", ["/#pos 1", "/#pos 2", "/#pos 3"]),
    ],
)
def test_items_that_share_an_address_are_posts_of_their_own(own, keys):
    items = [f"<item><title>Judul {n}</title>{own(n)}</item>" for n in (1, 2, 3)]
    feed = read(rss(*items))
    assert [post.key for post in feed.posts] == keys == [item.key for item in feed.items]
    assert feed.shared_address


def test_the_last_item_that_leads_to_the_feeds_own_page_keeps_its_key():
    home = f"<link>{LIST}</link><item><title>Judul 1</title><link>{LIST}#item-1</link></item>"
    assert [post.key for post in read(rss(home)).posts] == ["/berita#item-1"]


def test_a_post_that_is_listed_twice_is_one():
    feed = read(rss(item("/a"), item("/a#isi"), item("/b")))
    assert [post.key for post in feed.posts] == ["/a", "/b"]
    assert not feed.shared_address


def test_an_item_says_all_its_dates_by_name():
    body = """<feed xmlns="http://www.w3.org/2005/Atom"><updated>2026-04-30T01:00:00Z</updated>
    <entry><id>urn:7</id><title>Satu</title><link href="/satu"/>
    <updated>2026-04-30T00:00:00Z</updated><published>2026-04-01T03:00:00Z</published></entry></feed>"""
    feed = read(body)
    (entry,) = feed.items
    assert [(date.where, date.raw) for date in entry.dates] == [
        ("published", "2026-04-01T03:00:00Z"),
        ("updated", "2026-04-30T00:00:00Z"),
    ]
    assert (entry.guid, entry.permalink) == ("urn:7", False)
    assert feed.built == datetime(2026, 4, 30, 1, tzinfo=UTC)


def test_two_fields_for_the_publication_that_disagree_are_contested():
    (post,) = read(rss(item(extra="<published>2026-04-12T08:00:00+08:00</published>"))).posts
    assert post.date.contested
    assert len(post.date.evidence) == 2


@pytest.mark.parametrize(
    "address", ["http://[alamat-situs]/", "//", "http://", "javascript:void(0)", "tel:7", "http://a:b/", ""]
)
def test_an_address_that_cannot_be_opened_costs_its_item_only(address):
    feed = read(rss(item("/a"), item(address), item("/b")))
    assert [post.key for post in feed.posts] == ["/a", "/b"]
    assert feed.dropped == 1


def test_what_no_json_knows_costs_its_item_only():
    entries = [
        '{"url": "/\\ud800"}',
        '{"url": 7}',
        '{"url": "/b", "title": "B \\ud800", "date_published": NaN}',
        f'{{"url": "/c", "date_published": 1e999, "id": {"9" * 5000}}}',
        "null",
    ]
    feed = read(f'{{"items": [{", ".join(entries)}]}}')
    assert [(post.key, post.title) for post in feed.posts] == [("/b", "B ?"), ("/c", "")]
    assert feed.dropped == 3


def test_comments_are_told_apart():
    assert read(rss(item("/a#comment-3"), item("/a#comment-4"))).comments
    assert read(rss(item()).replace("<title>Berita", "<title>Komentar pada Berita", 1)).comments
    assert not read(rss(item())).comments


def test_kind_from_a_category():
    (post,) = read(rss(item(extra="<category>Agenda</category>"))).posts
    assert post.kind is PostKind.AGENDA


@pytest.mark.parametrize(
    "body", [b"", b"<html><body>404</body></html>", b"{}", b"[1]", b"plain", b"{" * 9999, b"\x1f\x8bxx"]
)
def test_what_is_no_feed_says_so(body):
    with pytest.raises(UnparsableError):
        read(body)


def test_an_entity_bomb_stays_small():
    bomb = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {n} "{f"&{p};" * 10}">' for p, n in zip("abcdefgh", "bcdefghi", strict=True)
    )
    body = f"<?xml version='1.0'?>{bomb}]><rss><channel><title>&i;</title>{item()}</channel></rss>"
    try:
        feed = read(body)
    except UnparsableError:
        return
    assert len(feed.title) < 1000


@given(st.binary(max_size=300))
def test_no_body_breaks_it(body):
    for prefix in (b"", b"<rss><channel><item><link>/a</link><pubDate>", b'{"items":[{"url":"'):
        with suppress(UnparsableError):
            read(prefix + body)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real feeds is not beside this checkout")
def test_real_feeds_give_their_items():
    silent = []
    for path in sorted(CORPUS.glob("*.*")):
        try:
            posts = read(path.read_bytes()).posts
        except UnparsableError:
            posts = ()
        if not posts:
            silent.append(path.name)
    assert len(silent) <= 5, silent
