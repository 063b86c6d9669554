"""The forms in which pages carry their posts for scripts; each list is the same two posts."""

import html
import json
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activity.visit import Fetch, Page, Purpose
from crawler.extract.page.document import parse_document
from crawler.extract.state.address import find_state_lists
from crawler.extract.state.post import extract_json, extract_states, find_own_date
from testkit.zone import JAKARTA as ZONE

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
SITE = "https://kel.example/"
POSTS = [
    {
        "id": number,
        "judul": f'Kerja bakti "warga" RT {number} & RW <1>\'s',
        "slug": f"kerja-bakti-{number}",
        "created_at": "2026-03-01 08:00:00",
        "published_at": f"2026-03-{10 + number} 21:30:00",
        "updated_at": "2026-11-21 08:00:00",
    }
    for number in (1, 2)
]
STATE = {"props": {"berita": {"data": POSTS, "current_page": 1, "last_page": 3, "total": 24}}}
TEXT = json.dumps(STATE)
ESCAPED = html.escape(TEXT)


def document(body, path="berita"):
    url = f"{SITE}{path}"
    page = Page(Fetch(url, Purpose.LISTING), url, 200, NOW, {}, f"<html><body>{body}".encode())
    return parse_document(page)


def read(body, path="berita"):
    return extract_states(document(body, path), now=NOW, zone=ZONE, site=SITE)


def as_island(value):
    if isinstance(value, list):
        return [1, [as_island(each) for each in value]]
    if isinstance(value, dict):
        return [0, {name: as_island(each) for name, each in value.items()}]
    return [0, value]


def flatten(value, flat):
    place = len(flat)
    flat.append(None)
    if isinstance(value, dict):
        flat[place] = {name: flatten(each, flat) for name, each in value.items()}
    elif isinstance(value, list):
        flat[place] = [flatten(each, flat) for each in value]
    else:
        flat[place] = value
    return place


def packed():
    flat: list[object] = []
    flatten({"data": STATE}, flat)
    return json.dumps(flat)


SNAPSHOT = {"data": {"posts": [POSTS, {"s": "arr"}]}, "memo": {}}
ISLAND = {name: as_island(value) for name, value in STATE.items()}
IN_QUOTES = TEXT.replace("\\", "\\\\").replace("'", "\\'")
FLIGHT = "2:" + json.dumps(["$", "main", None, {"berita": {"items": POSTS}}]) + "\n3:null\n"
LITERAL = (
    "["
    + ",".join(
        "{judul:'" + f"Rapat {n}" + f"',slug:\"rapat-{n}\",tgl_terbit:'2026-03-1{n}',foto:gambar[{n}],}}"
        for n in (1, 2)
    )
    + "]"
)


@pytest.mark.parametrize(
    "body",
    [
        f'<div id="app" data-page="{ESCAPED}"></div>',
        f"<div id=app data-page='{html.escape(TEXT, quote=False).replace(chr(39), '&#39;')}'></div>",
        f"<section class='satu' data-berita='{ESCAPED}'></section>",
        f'<daftar-berita :items="{html.escape(json.dumps(POSTS))}"></daftar-berita>',
        f'<div x-data="daftar({ESCAPED})"></div>',
        f'<div wire:snapshot="{html.escape(json.dumps(SNAPSHOT))}"></div>',
        f'<astro-island props="{html.escape(json.dumps(ISLAND))}"></astro-island>',
        f"<script>window.__DATA__ = {TEXT}; mulai();</script>",
        f"<script>(function(){{ var a = 1; mulai('#app', {TEXT}); }})()</script>",
        f"<script>window.x = JSON.parse({json.dumps(TEXT)});</script>",
        f"<script>window.x = JSON.parse('{IN_QUOTES}');</script>",
        f'<script>window.x = JSON.parse(decodeURIComponent("{quote(TEXT)}"));</script>',
        f'<script id="__NEXT_DATA__" type="application/json">{TEXT}</script>',
        f'<script type="application/json" id="__NUXT_DATA__">{packed()}</script>',
        f'<script type="application/json" data-fetched>{json.dumps({"status": 200, "body": TEXT})}</script>',
        f"<script>self.__next_f.push([1,{json.dumps(FLIGHT[:80])}])</script>"
        f"<script>self.__next_f.push([1,{json.dumps(FLIGHT[80:])}])</script>",
    ],
)
def test_the_forms_of_a_state(body):
    posts = read(body.replace("</s", "<\\/s") if "</s" in TEXT else body).posts
    assert [post.url for post in posts] == [f"{SITE}berita/kerja-bakti-{n}" for n in (1, 2)]
    assert [post.date.at.astimezone(ZONE).isoformat()[:16] for post in posts] == [
        "2026-03-11T21:30",
        "2026-03-12T21:30",
    ]
    assert {post.date.evidence[0].where for post in posts} == {"published_at"}


def test_a_list_that_a_script_writes_as_its_own_object():
    posts = read(f"<script>const daftar = {LITERAL}; gambarkan(daftar)</script>").posts
    assert [(post.title, post.url) for post in posts] == [
        (f"Rapat {n}", f"{SITE}berita/rapat-{n}") for n in (1, 2)
    ]


def test_a_list_says_how_much_of_it_stands_here():
    listed = read(f'<div data-page="{ESCAPED}"></div>')
    assert listed.paging is not None
    assert (listed.paging.total, listed.paging.pages, listed.paging.page, listed.partial) == (24, 3, 1, True)
    assert read(f"<script>x = {json.dumps({'posts': POSTS, 'total': 2})}</script>").partial is False
    # Six on a home page: nothing says whether that is all.
    assert read(f"<script>x = {json.dumps({'posts': POSTS})}</script>", "").partial is None


def test_the_folder_is_the_lists_that_the_page_links():
    body = f'<a href="/kabar">Kabar</a><script>x = {json.dumps({"news": POSTS})}</script>'
    assert [post.key for post in read(body, "").posts] == ["/kabar/kerja-bakti-1", "/kabar/kerja-bakti-2"]


def test_the_folder_is_the_one_of_a_neighbour_that_is_linked():
    body = (
        f'<a href="/baca/9/kerja-bakti-1">Kerja</a><script>x = {json.dumps({"latestNews": POSTS})}</script>'
    )
    assert [post.key for post in read(body, "").posts] == ["/baca/9/kerja-bakti-1", "/baca/9/kerja-bakti-2"]


def test_a_table_of_routes_tells_addresses_and_lists():
    routes = {"a": {"uri": "kabar-desa", "methods": ["GET"]}, "b": {"uri": "kabar-desa/{post:slug}"}}
    body = f"<script>const Ziggy = {json.dumps(routes)};</script>"
    assert find_state_lists(document(body, "")) == (f"{SITE}kabar-desa",)


@pytest.mark.parametrize(
    "aside",
    [
        {"categories": [{"id": 1, "nama": "Berita", "slug": "berita", "created_at": "2026-01-01"}]},
        {"komentar": [{"name": "Budi", "slug": "x", "created_at": "2026-01-01"}]},
        {"pegawai": [{"nama": "Sari", "slug": "sari", "tanggal": "2026-01-01"}]},
        {"agenda": [{"judul": "Rapat", "slug": "rapat", "tanggal": "2026-01-01"}]},
        {"berita": [{"judul": "Rapat", "slug": "rapat", "tanggal_mulai": "2026-01-01"}]},
        {"berita": [{"judul": "Rapat", "slug": "rapat", "updated_at": "2026-01-01"}]},
        {"berita": [{"judul": "Rapat", "slug": "rapat", "published_at": None, "created_at": "2026-01-01"}]},
        {"berita": [{"judul": "Rapat", "slug": "rapat", "status": "draft", "published_at": "2026-01-01"}]},
    ],
)
def test_what_lists_no_posts(aside):
    assert read(f"<script>window.state = {json.dumps(aside)}</script>", "").posts == ()


@pytest.mark.parametrize(
    "dates",
    [
        {"createdAt": "2025-12-15T02:18:44Z", "published_date": "2025-12-18"},
        {"tgl_input": "2025-12-15", "tanggal_publikasi": "18 Desember 2025"},
        {"created": {"date": "2025-12-15 00:00:00"}, "releaseDate": {"$date": "2025-12-18T03:00:00Z"}},
        {"date_created": 1765764000, "waktu_tayang": 1766030400000},
        {"created_at": "2025-12-15", "tanggal": "2025-12-18", "date_gmt": "2025-12-17T20:00:00"},
    ],
)
def test_the_publication_wins_over_the_creation_whatever_its_name(dates):
    state = {"props": {"post": {"slug": "kerja-bakti", "title": "Kerja bakti", **dates}}}
    own = document(f"<script>window.s = {json.dumps(state)}</script>", "berita/kerja-bakti")
    found = find_own_date(own, now=NOW, zone=ZONE)
    assert found is not None
    assert found.at.astimezone(ZONE).date().isoformat() == "2025-12-18"


def test_front_matter_without_an_address_is_the_pages_own_by_its_title():
    state = {"frontmatter": {"title": "Kerja bakti warga RT 03", "date": "2025-12-18"}, "slug": "kerja-bakti"}
    body = f"<script>window.s = {json.dumps(state)}</script>"
    for head, day in (("Kerja bakti warga RT 03 - Kelurahan", 18), ("Kelurahan Contoh", None)):
        own = document(f"<title>{head}</title>{body}", "berita/kerja-bakti")
        found = find_own_date(own, now=NOW, zone=ZONE)
        assert (found and found.at.astimezone(ZONE).day) == day


@pytest.mark.parametrize("wrap", ["attributes", "node", "fields"])
def test_items_that_their_system_wraps(wrap):
    items = [{"id": post["id"], wrap: {key: post[key] for key in post if key != "id"}} for post in POSTS]
    listed = read(
        f"<script>x = {json.dumps({'posts': {'edges': items, 'pageInfo': {'hasNextPage': True}}})}</script>"
    )
    assert len(listed.posts) == 2
    assert listed.partial


def test_records_that_a_store_keeps_by_their_ids():
    rows = [*POSTS, {**POSTS[0], "id": 3, "slug": "c"}]
    store = {f"Post:{post['id']}": {"__typename": "Post", **post} for post in rows}
    state = {"ROOT_QUERY": {"posts": [{"__ref": "Post:1"}]}, **store}
    posts = read(f"<script>window.__APOLLO_STATE__ = {json.dumps(state)}</script>").posts
    assert [post.key for post in posts] == ["/berita/kerja-bakti-1", "/berita/kerja-bakti-2", "/berita/c"]


def test_a_record_without_an_address_is_not_the_home_page():
    rows = [{key: value for key, value in post.items() if key != "slug"} for post in POSTS]
    listed = read(f"<a href='/'>Beranda</a><script>x = {json.dumps({'posts': rows})}</script>", "")
    assert (listed.posts, listed.unaddressed) == ((), 2)


@pytest.mark.parametrize("link", ["https://cms.kel.example/berita/{}", "https://koran.example/{}"])
def test_addresses_of_another_host_are_the_slugs_here_only_where_the_page_links_them(link):
    rows = [{**post, "link": link.format(post["slug"])} for post in POSTS]
    script = f"<script>x = {json.dumps({'posts': rows})}</script>"
    assert read(script).posts == ()
    links = "".join(f"<a href='/kabar/{post['slug']}'>x</a>" for post in POSTS)
    assert [post.key for post in read(links + script).posts] == [
        "/kabar/kerja-bakti-1",
        "/kabar/kerja-bakti-2",
    ]


def test_an_answer_of_another_host_lists_posts_of_the_site():
    url = "https://api.kel.example/v1/berita?page=1"
    answer = Page(
        Fetch(url, Purpose.API), url, 200, NOW, body=json.dumps({"data": POSTS, "total": 9}).encode()
    )
    listed = extract_json(answer, now=NOW, zone=ZONE, site=SITE, templates={})
    assert [post.key for post in listed.posts] == ["/berita/kerja-bakti-1", "/berita/kerja-bakti-2"]
    assert listed.next_url == "https://api.kel.example/v1/berita?page=2"


_JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=6),
        st.sampled_from(["http://[situs]/", "//", "\ud800", "2026-03-10", "$D", "9" * 40, "{", "[{"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(
                [
                    "judul",
                    "slug",
                    "url",
                    "published_at",
                    "data",
                    "berita",
                    "total",
                    "next",
                    "meta",
                    "page",
                    "id",
                ]
            ),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(_JSON, st.sampled_from(["data-page", "script", "literal"]))
def test_mangled_records_cost_only_themselves(junk, form):
    text = json.dumps({"berita": [*([junk] if not isinstance(junk, list) else junk), *POSTS]})
    body = {
        "data-page": f'<div data-page="{html.escape(text)}"></div>',
        "script": f"<script>x = {text.replace('<', chr(92) + 'u003c')}</script>",
        "literal": f"<script>x = {text.replace('<', ' ')[:-3]}</script>",
    }[form]
    listed = read(body)
    if form != "literal":
        assert {f"/berita/kerja-bakti-{n}" for n in (1, 2)} <= {post.key for post in listed.posts}
    for post in listed.posts:
        f"{post.key}{post.url}{post.title}".encode()
    find_state_lists(document(body))
