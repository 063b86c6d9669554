"""What page builders, themes and portals put around a list: sliders, tabs, patterns of cards, other doors."""

import html
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from tests.awkward.address import BASE, HOST
from tests.awkward.card import Card, Names, lay_out
from tests.awkward.days import full, machine
from tests.awkward.frame import OFFICE
from tests.awkward.pager import Part
from tests.awkward.plan import Plan
from tests.awkward.post import Post

__all__ = [
    "API",
    "DOOR",
    "arrange",
    "call_own",
    "crumbs",
    "dress",
    "feed_address",
    "graph",
    "open_door",
    "records",
    "set_around",
]

API = "/api/berita"
# Where the home page stands to which the door leads.
DOOR = "/beranda"
# How many posts stand in a slider above the list.
_LEADERS = 3
_ELSEWHERE = "cms-seruni.example.go.id"
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:\s[^<>]*)?)>")
_ATTRIBUTE = re.compile(r"""([\w:-]+)=(["'])(.*?)\2""")
_BARE = re.compile(r"""[^"'\s=<>`]+""")
_LOCAL = re.compile(r"""((?:href|src|action|data-url)=")/(?!/)""")


def arrange(plan: Plan, names: Names, cards: Sequence[Card], layout: str, *, first: bool) -> str:
    """The cards of one page: its leaders above, the others in one list, two columns, or twice.

    `first` tells a list's first page and the home page, where alone leaders stand.
    """
    lead, above, below = plan["lead"] if first else "none", "", list(cards)
    if lead != "none" and len(cards) > _LEADERS:
        above = _lead(plan, names, cards)
        below = {"repeat": below, "headline": [replace(card, text="") for card in cards[1:]]}.get(
            lead, below[_LEADERS:]
        )
    if lead == "none" and plan["lists"] == "one":
        return lay_out(layout, cards, names)
    shown = _lay(layout, below, names)
    if plan["lists"] == "masonry":
        columns = [_lay(layout, half, names) for half in (below[::2], below[1::2]) if half]
        shown = (
            f'<div class="row">{"".join(f"""<div class="col-6">{each}</div>""" for each in columns)}</div>'
        )
    if plan["lists"] == "mobile":
        rows = "".join(
            f"<li>{replace(card, button=False).link}<br><small>{card.date}</small></li>" for card in below
        )
        shown = f'<div class="d-none d-md-block">{shown}</div><ul class="d-block d-md-none">{rows}</ul>'
    return above + shown


def _lay(layout: str, cards: Sequence[Card], names: Names) -> str:
    shown = lay_out(layout, cards, names)
    return shown.removeprefix("<td>")


def _lead(plan: Plan, names: Names, cards: Sequence[Card]) -> str:
    if plan["lead"] == "headline":
        card = cards[0]
        return (
            f'<div class="utama"><a href="{html.escape(card.url)}"><img src="/img/utama.jpg" alt=""></a>'
            f"<h2>{card.link}</h2><div{names.meta}>{card.date}</div><p{names.text}>{card.excerpt}</p></div>"
        )
    slides = "".join(
        f'<div class="swiper-slide"><a href="{html.escape(card.url)}"><img src="/img/s{i}.jpg" alt=""></a>'
        f'<div class="caption"><h2><a href="{html.escape(card.url)}">{html.escape(card.title)}</a></h2>'
        + ("" if plan["lead"] == "bare" else f"<span{names.date}>{card.date}</span>")
        + "</div></div>"
        for i, card in enumerate(cards[:_LEADERS])
    )
    return f'<section class="swiper"><div class="swiper-wrapper">{slides}</div></section>'


def set_around(plan: Plan, names: Names, layout: str, shown: str, popular: Sequence[Card]) -> str:
    """The list among what a page holds beside it: a tab of the most read, cards that are a pattern."""
    if plan["lists"] != "one" or plan["drawn"] != "plain":
        shown = shown.removeprefix("<td>")
    if plan["lists"] == "popular" and popular:
        panes = [("terbaru", "Terbaru", shown), ("populer", "Populer", _lay(layout, popular, names))]
        if plan.random("panes").random() < 0.4:
            panes.reverse()
        tabs = "".join(f'<li><a href="#{name}">{said}</a></li>' for name, said, _ in panes)
        body = "".join(f'<div class="tab-pane" id="{name}">{held}</div>' for name, _, held in panes)
        shown = f'<ul class="nav nav-tabs">{tabs}</ul><div class="tab-content">{body}</div>'
    shown = _pattern(plan, names, layout) + shown
    if plan["drawn"] == "noscript":
        return f'<div class="memuat">Memuat...</div><noscript>{shown}</noscript>'
    return shown


def _pattern(plan: Plan, names: Names, layout: str) -> str:
    """Cards that a script fills, or that stand until it has; none of them is a post."""
    match plan["placeholder"]:
        case "hidden":
            card = Card("#", "Judul Berita", "01 Januari 1970", "Isi ringkas berita")
            return f'<div id="contoh" style="display:none">{_lay(layout, [card], names)}</div>'
        case "template":
            card = Card("{{ url }}", "{{ judul }}", "0000-00-00", "{{ ringkasan }}")
            return f'<template id="kartu">{_lay(layout, [card], names)}</template>'
        case "skeleton":
            card = Card("#", "Memuat...", "00/00/0000", "")
            return f'<div class="skeleton" aria-hidden="true">{_lay(layout, [card] * 3, names)}</div>'
    return ""


def crumbs(plan: Plan, now: datetime, listed: str, heading: str) -> str:
    """A line of where one is, with today's date, as some themes close it."""
    if plan["graph"] != "crumbs":
        return ""
    return (
        f'<ol class="breadcrumb"><li><a href="/">Beranda</a></li><li><a href="{html.escape(listed)}">'
        f"{heading}</a></li><li>{full(now)}</li></ol>"
    )


def graph(plan: Plan, now: datetime, post: Post | None, title: str) -> str:
    """What a plugin tells machines of a page: true of a post, and of a list the day when that was made."""
    match plan["graph"]:
        case "yoast":
            made = post.when if post is not None else now - timedelta(days=900)
            page = {"@type": "WebPage", "name": title, "datePublished": machine(made)}
            site = {"@type": "WebSite", "name": "Situs Resmi", "url": f"{BASE}/"}
            trail = {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "position": 1}]}
            held = json.dumps({"@context": "https://schema.org", "@graph": [page, trail, site]})
            return f'<script type="application/ld+json">{held}</script>'
        case "nil" if post is not None:
            nothing = plan.random("nil").choice(("-0001-11-30T00:00:00+07:00", "1970-01-01T00:00:00+00:00"))
            record = {"@type": "NewsArticle", "headline": title, "datePublished": "0000-00-00 00:00:00"}
            return (
                f'<meta property="article:published_time" content="{nothing}">'
                f'<script type="application/ld+json">{json.dumps(record)}</script>'
            )
    return ""


def call_own(plan: Plan, listed: str, *, article: bool) -> str:
    """The address that a page calls its own: of all pages of a list the first one's, of all posts home's."""
    match plan["canonical"]:
        case "first_page" if not article and listed:
            return f'<link rel="canonical" href="{html.escape(BASE + listed)}">'
        case "home" if article:
            return f'<link rel="canonical" href="{BASE}/">'
        case "og_home":
            return f'<meta property="og:url" content="{BASE}/"><meta property="og:title" content="{OFFICE}">'
    return ""


def open_door(plan: Plan) -> str:
    """The page before the home page: it leads on by itself, or by one word below a picture."""
    if plan["entry"] == "refresh":
        return (
            f'<html><head><title>{OFFICE}</title><meta http-equiv="refresh" content="0; url={DOOR}"></head>'
            "<body></body></html>"
        )
    return (
        f"<html><head><title>{OFFICE}</title></head><body><center><img src='/img/maskot.png' alt=''>"
        f"<h1>Selamat Datang</h1><p>di situs resmi {OFFICE}</p><a href='{DOOR}'>Masuk ke Situs</a></center>"
        "</body></html>"
    )


def records(posts: Sequence[Post], part: Part, addresses: Sequence[str]) -> str:
    """A page of the list as the script of an endless list asks for it."""
    held = [
        {"id": post.number, "judul": post.title, "url": url, "tanggal": f"{post.when:%Y-%m-%d %H:%M:%S}"}
        for post, url in zip(posts, addresses, strict=True)
    ]
    return json.dumps({"data": held, "current_page": part.number, "last_page": part.last})


def feed_address(plan: Plan, path: str) -> str:
    """The address that a feed gives of a post: under another scheme or name, or without any."""
    match plan["feed_host"]:
        case "http":
            return f"http://{HOST}{path}"
        case "www":
            return f"https://www.{HOST}{path}"
        case "other":
            return f"https://{_ELSEWHERE}{path}"
        case "relative":
            return path
    return BASE + path


def dress(plan: Plan, text: str) -> str:
    """The page as another program writes tags, or with all addresses below a base."""
    if plan["markup"] == "loud":
        return _TAG.sub(lambda tag: f"<{tag[1]}{tag[2].upper()}{_ATTRIBUTE.sub(_shout, tag[3])}>", text)
    if plan["markup"] == "base" and "<head>" in text:
        held = _LOCAL.sub(r"\1", text).replace('href=""', 'href="./"')
        return held.replace("<head>", f'<head><base href="{BASE}/">', 1)
    return text


def _shout(attribute: re.Match[str]) -> str:
    name, quote, value = attribute.groups()
    return f"{name.upper()}={value if _BARE.fullmatch(value) else quote + value + quote}"
