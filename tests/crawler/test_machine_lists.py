"""Awkward items in what sites write for machines: each costs itself, the others are read."""

import json
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from activity.visit import Fetch, Page, Purpose
from crawler.extract.feed.blogger import extract_blogger
from crawler.extract.feed.sitemap import extract_sitemap
from crawler.extract.feed.wordpress import extract_wordpress
from testkit.zone import JAKARTA as ZONE

NOW = datetime(2026, 11, 27, 13, tzinfo=UTC)
SITE = "https://contoh.go.id/"

ADDRESSES = st.one_of(
    st.sampled_from(
        [
            "//",
            "http://[situs]/",
            "http://a:b/",
            "http://x:99999/",
            "",
            "mailto:a@b",
            "http://\ud800/",
            "/%zz",
        ]
    ),
    st.text(max_size=12),
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), ADDRESSES),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=5,
)
GOOD_WORDPRESS = {
    "link": f"{SITE}berita/baik",
    "title": {"rendered": "Baik"},
    "date_gmt": "2026-11-01T03:00:00",
}
GOOD_BLOGGER = {
    "link": [{"rel": "alternate", "href": f"{SITE}2026/11/baik.html"}],
    "title": {"$t": "Baik"},
    "published": {"$t": "2026-11-01T03:00:00Z"},
}


def page(body):
    return Page(
        Fetch(SITE, Purpose.API), SITE, 200, NOW, body=body if isinstance(body, bytes) else body.encode()
    )


def writable(posts):
    return all(f"{post.key}{post.url}{post.title}".encode() for post in posts)


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.one_of(
            VALUES,
            st.dictionaries(
                st.sampled_from(["link", "title", "date", "date_gmt", "status", "id"]), VALUES, max_size=6
            ),
        ),
        max_size=4,
    )
)
def test_wordpress(junk):
    read = extract_wordpress(page(json.dumps([*junk, GOOD_WORDPRESS])), now=NOW, zone=ZONE, site=SITE)
    assert read.posts[-1].key == "/berita/baik"
    assert writable(read.posts)


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.one_of(
            VALUES,
            st.dictionaries(st.sampled_from(["link", "title", "published", "category"]), VALUES, max_size=4),
            st.fixed_dictionaries({"link": st.just([{"rel": "alternate", "href": "http://[situs]/"}])}),
        ),
        max_size=4,
    )
)
def test_blogger(junk):
    body = json.dumps({"feed": {"entry": [*junk, GOOD_BLOGGER], "openSearch$totalResults": {"$t": "9"}}})
    read = extract_blogger(page(body), now=NOW, zone=ZONE, site=SITE)
    assert read.posts[-1].key == "/2026/11/baik.html"
    assert read.total == 9
    assert writable(read.posts)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(ADDRESSES, st.text(max_size=8)), max_size=5))
def test_sitemap(junk):
    rows = "".join(f"<url><loc>{url}</loc><lastmod>{when}</lastmod></url>" for url, when in junk)
    rows = rows.replace("&", "&amp;").encode("utf-8", "replace").decode()
    read = extract_sitemap(
        page(f"<urlset><url><loc>{SITE}baik</loc></url>{rows}</urlset>"), now=NOW, zone=ZONE
    )
    assert read.entries[0].url == f"{SITE}baik"
    for entry in read.entries:
        entry.url.encode()


def test_what_a_template_left_unfilled_is_counted():
    rows = "".join(f"<url><loc>{url}</loc></url>" for url in (f"{SITE}a", "http://[alamat-situs]/", "//", ""))
    read = extract_sitemap(page(f"<urlset>{rows}</urlset>"), now=NOW, zone=ZONE)
    assert ([entry.url for entry in read.entries], read.dropped) == ([f"{SITE}a"], 3)
    items = [GOOD_WORDPRESS, {"link": "http://[alamat-situs]/"}, {"link": 7}, None]
    assert extract_wordpress(page(json.dumps(items)), now=NOW, zone=ZONE, site=SITE).dropped == 3
    plain = extract_sitemap(page(f"{SITE}a\nhttp://[alamat-situs]/\n"), now=NOW, zone=ZONE)
    assert (len(plain.entries), plain.dropped) == (1, 1)
