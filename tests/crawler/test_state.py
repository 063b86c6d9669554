"""Posts in the JSON of pages that a script draws, and of the interfaces that their scripts ask."""

import json
from datetime import UTC, datetime

import pytest

from activity.errors import UnparsableError
from activity.visit import Fetch, Page, Purpose
from crawler.extract.article.post import extract_article
from crawler.extract.lists.listing import extract_listing
from crawler.extract.page.document import parse_document
from crawler.extract.page.json_value import load_json
from crawler.extract.state.paging import find_paging, follow_paging
from crawler.extract.state.post import extract_json_posts, extract_state, find_apis
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
SITE = "https://kel.example/"
RECORD = {"id": 7, "judul": "Kerja bakti", "slug": "kerja-bakti", "tanggal_terbit": "2026-03-04T15:47:00Z"}


def page_of(body: str, path: str = "") -> Page:
    url = f"{SITE}{path}"
    return Page(Fetch(url, Purpose.LISTING), url, 200, NOW, {}, body.encode())


def drawn(state: object, around: str = "") -> str:
    text = json.dumps(state)
    return f'<div id="app">{around}</div><script id="__NEXT_DATA__" type="application/json">{text}</script>'


def test_a_slug_stands_below_the_word_for_news_above_it() -> None:
    body = (
        f"<div id=app></div><script>window.__STATE__={json.dumps({'berita': {'items': [RECORD]}})};</script>"
    )
    (post,) = extract_state(parse_document(page_of(body)), now=NOW, zone=ZONE, site=SITE)
    assert post.url == "https://kel.example/berita/kerja-bakti"
    assert post.date is not None
    assert post.date.at.astimezone(ZONE).isoformat() == "2026-03-04T23:47:00+08:00"


def test_an_interface_names_the_folder_where_its_items_have_none() -> None:
    page = page_of(json.dumps({"data": [RECORD]}), "api/v1/berita?page=1")
    (post,) = extract_json_posts(page, now=NOW, zone=ZONE, site=SITE, templates={})
    assert post.url == "https://kel.example/berita/kerja-bakti"


def test_json_without_posts_is_no_list_of_them() -> None:
    with pytest.raises(UnparsableError):
        extract_json_posts(page_of('{"data": []}'), now=NOW, zone=ZONE, site=SITE, templates={})


def test_milliseconds_beside_plain_links_date_the_items() -> None:
    posts = [
        {"title": f"Judul nomor {n} dari kota", "slug": f"p-{n}", "publishedAt": 1_772_639_220_000}
        for n in range(4)
    ]
    links = "".join(f'<li><a href="/berita/p-{n}">Judul nomor {n} dari kota</a></li>' for n in range(4))
    document = parse_document(page_of(drawn({"props": {"posts": posts}}, f"<ul>{links}</ul>"), "berita"))
    items = extract_listing(document, now=NOW, zone=ZONE)
    days = [item.date.at.astimezone(ZONE).isoformat() for item in items if item.date is not None]
    assert days == ["2026-03-04T23:47:00+08:00"] * 4


def test_an_article_is_dated_by_the_object_of_its_own_address() -> None:
    state = {"props": {"post": {**RECORD, "updated_at": "2026-04-01T00:00:10Z"}, "related": [RECORD]}}
    document = parse_document(page_of(drawn(state, "<h1>Kerja bakti</h1><p>Isi.</p>"), "berita/kerja-bakti"))
    article = extract_article(document, now=NOW, zone=ZONE)
    assert article.date is not None
    assert article.date.at == datetime(2026, 3, 4, 15, 47, tzinfo=UTC)


@pytest.mark.parametrize(
    "script",
    [
        'const api="/api/v1";const r=await fetch(api+"/berita?page="+e)',
        "const base='/api/v1'; fetch(`${base}/berita?page=${n}`)",
        'const http=axios.create({baseURL:"/api/v1"});http.get("/berita?page=1")',
        "fetch(`/api/v1/berita?page=${n}`)",
    ],
)
def test_the_parts_of_an_interfaces_address_are_put_together(script: str) -> None:
    document = parse_document(page_of("<div id=app></div>"))
    assert find_apis(document, script)[0] == "https://kel.example/api/v1/berita?page=1"


@pytest.mark.parametrize(
    "body",
    [
        '{"data": [], "links": {"next": "/api/berita?page=3"}}',
        '{"data": [], "meta": {"current_page": 2, "last_page": 9}}',
        '{"data": [], "next_page_url": "https://kel.example/api/berita?page=3"}',
        '<div></div><script>window.state = {"berita": {"items": [], "next": "/api/berita?page=3"}}</script>',
    ],
)
def test_a_list_in_json_tells_where_it_goes_on(body: str) -> None:
    assert following(body, 2) == "https://kel.example/api/berita?page=3"


def following(body: str, number: int) -> str | None:
    page = page_of(body, f"api/berita?page={number}")
    states = [load_json(body)] if body.startswith("{") else parse_document(page).states
    paging = find_paging(states[0], page.url)
    return None if paging is None else follow_paging(paging, page.url)


def test_the_last_page_of_json_leads_nowhere() -> None:
    body = '{"data": [], "links": {"next": null}, "meta": {"current_page": 9, "last_page": 9}}'
    assert following(body, 9) is None
