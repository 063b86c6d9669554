"""Two hundred archives, tables and saved pages made up: posts in, posts counted or left out by their name.

Every item that goes into a file comes out as a post of its account, as one of another's, or under the name of
what it is left out for; over shapes, languages, parts and zones, and in whichever order it stands.
"""

import csv
import io
import json
import zipfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crawler.exports.export import ExportReading
from crawler.exports.recognise import read_exports
from samplecity.graph.shortcode import build_shortcode
from testkit.zone import MAKASSAR

NOW = datetime(2026, 7, 10, 4, tzinfo=UTC)
START = 1768006800
TEXTS = ("Vaksin gratis", "Rapat – “Sehat”", "Senam pagi 🙂", "Sosialisasi\nbaris kedua", "")
LABELS = ("Caption", "Keterangan", "Text", "Teks", "Beschriftung", "Légende")
INSTAGRAM = "your_instagram_activity/media"
FACEBOOK = "this_profile's_activity_across_facebook/posts"
OTHERS = {
    INSTAGRAM: {"stories.json": "ig_stories", "archived_posts.json": "ig_archived_post_media"},
    FACEBOOK: {"edits_you_made_to_posts.json": "", "trash.json": "", "group_posts.json": "group_posts_v2"},
}


def read(documents, **more):
    with TemporaryDirectory() as folder:
        paths = []
        for number, content in enumerate(documents):
            path = Path(folder) / f"bagian-{number}"
            path.write_bytes(content)
            paths.append(path)
        (export,) = read_exports(paths, ExportReading(NOW, MAKASSAR, **more))
        return export, [entry.post for entry in export.entries()]


def mangle(text):
    return text.encode().decode("latin-1")


def pictures(at, count):
    return [{"uri": f"media/{at}-{n}.jpg", "creation_timestamp": at - 40} for n in range(count)]


def labelled(at, text, label, count):
    values = [{"label": "Media", "media": pictures(at, count)}] if count else []
    return {
        "timestamp": at,
        "media": [],
        "label_values": [*values, {"label": label, "value": mangle(text)}],
        "fbid": str(10**16 + at),
    }


def framed(at, text, _, count):
    media = pictures(at, max(count, 1))
    if count == 1:
        return {"media": [{**media[0], "creation_timestamp": at, "title": mangle(text)}]}
    if count == 2:  # the moment stands with the second picture alone
        first, second = media
        return {
            "media": [{**first, "creation_timestamp": 0}, {**second, "creation_timestamp": at}],
            "title": mangle(text),
        }
    return {"media": media, "title": mangle(text), "creation_timestamp": at}


def attached(at, text, _, count):
    parts = [{"data": [{"media": each}]} for each in pictures(at, max(count, 1))]
    return {"timestamp": at, "title": "X", "data": [{"post": mangle(text)}], "attachments": parts}


def flat(at, text, *_):
    return {**pictures(at, 1)[0], "creation_timestamp": at, "title": mangle(text)}


FLAVOURS = {INSTAGRAM: (framed, labelled, flat), FACEBOOK: (attached, labelled)}


@st.composite
def archives(draw):
    """Parts of one download, the titles that they hold by moment, and how many items stand in them."""
    home = draw(st.sampled_from(sorted(FLAVOURS)))
    parts = draw(st.integers(1, 3))
    documents: list[dict[str, list[Any]]] = [{} for _ in range(parts)]
    truth: dict[int, str] = {}
    items = 0
    for number in range(draw(st.integers(1, 14))):
        at = START + number * draw(st.sampled_from([1200, 4000, 90000]))
        if at in truth or any(abs(at - other) < 600 for other in truth):
            continue
        flavour = framed if home == INSTAGRAM and number == 0 else draw(st.sampled_from(FLAVOURS[home]))
        flavour = attached if home == FACEBOOK and number == 0 else flavour
        text = draw(st.sampled_from(TEXTS))
        item = flavour(at, text, draw(st.sampled_from(LABELS)), draw(st.integers(1, 4)))
        name = f"{home}/{'posts' if home == INSTAGRAM else 'profile_posts'}_{draw(st.integers(1, 2))}.json"
        part = draw(st.integers(0, parts - 1))
        documents[part].setdefault(name, []).append(item)
        items += 1
        truth[at] = text.splitlines()[0] if text else ""
        if draw(st.booleans()) and home == INSTAGRAM and flavour is framed:
            reel = {
                "media": [{"uri": f"media/reels/{at}.mp4", "creation_timestamp": at, "title": mangle(text)}]
            }
            documents[draw(st.integers(0, parts - 1))].setdefault(f"{home}/reels.json", []).append(reel)
            items += 1
    for name, key in OTHERS[home].items():
        for number in range(draw(st.integers(0, 2))):
            stray = labelled(START + 500 + number * 7, "lain", "Text", 1)
            part = documents[draw(st.integers(0, parts - 1))]
            part.setdefault(f"{home}/{name}", []).append(
                stray if not key else framed(START + 9 + number, "", "", 1)
            )
            items += 1
    if draw(st.booleans()):
        lost = {"media": [{"uri": "media/hilang.jpg", "creation_timestamp": 0}]}
        name = f"{home}/{'posts' if home == INSTAGRAM else 'profile_posts'}_3.json"
        documents[0].setdefault(name, []).append(lost)
        items += 1
    wrap = draw(st.booleans())
    return [_pack(each, wrap=wrap) for each in draw(st.permutations(documents))], truth, items


def _pack(documents, *, wrap):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("media/posts/1.jpg", b"x")
        for name, items in documents.items():
            body = {"ig_posts": items} if wrap and "/posts_" in name else items
            if "reels" in name:
                body = {"ig_reels_media": items}
            archive.writestr(name, json.dumps(body))
    return content.getvalue()


@settings(max_examples=80, deadline=None, derandomize=True)
@given(archives())
def test_archives(made):
    parts, truth, items = made
    export, posts = read(parts)
    assert {int(post.date.at.timestamp()): post.title for post in posts} == truth
    assert len(posts) + sum(export.left_out.values()) == items
    (span,) = export.owners.values()
    assert (span.since is None) == ("posts without a moment" in export.left_out)


ZONES = {
    "": 8, " WITA": 8, " SGT": 8, " +08:00": 8, "+0800": 8, " UTC+8": 8, " WIB": 7, " EST": -5, " Z": 0,
}  # fmt: skip
SHAPES = ("%d/%m/%Y %H:%M", "%d-%m-%Y %H.%M", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M")
FIGURES = ("{:,}", "{}", "{}.0")


@st.composite
def tables(draw):
    """A table with its mapping, the moments in it, its figures, and how many rows stand twice."""
    zone, shape = draw(st.sampled_from(sorted(ZONES))), draw(st.sampled_from(SHAPES))
    figure, mark = draw(st.sampled_from(FIGURES)), draw(st.sampled_from(",;\t"))
    instagram = draw(st.booleans())
    hours = ZONES[zone]
    rows, truth = [], {}
    for number in range(draw(st.integers(1, 12))):
        at = datetime.fromtimestamp(START + number * 3600 * draw(st.integers(20, 300)), UTC).replace(second=0)
        likes = draw(st.integers(0, 2_000_000))
        address = f"https://www.facebook.com/77/posts/{number + 1}"
        if instagram:
            address = f"https://www.instagram.com/p/{build_shortcode(at - timedelta(seconds=30), number)}/"
        written = figure.format(likes)
        if draw(st.booleans()) and figure == "{:,}":
            written = written.replace(",", ".")
        rows.append([(at + timedelta(hours=hours)).strftime(shape) + zone, address, written])
        truth[address] = (at, likes)
    again = draw(st.lists(st.sampled_from(rows), max_size=3))
    text = io.StringIO()
    shuffled = draw(st.permutations([*rows, *again]))
    csv.writer(text, delimiter=mark).writerows([["Tanggal", "Tautan", "Suka"], *shuffled])
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
    return text.getvalue().encode(encoding), truth, len(again)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(tables())
def test_tables(made):
    content, truth, again = made
    mapping = {"date": "Tanggal", "link": "Tautan", "likes": "Suka"}
    export, posts = read([content], mapping=mapping, stated=MAKASSAR)
    assert {post.url: (post.date.at, post.metrics.likes) for post in posts} == truth
    assert len(posts) == len(truth)
    assert export.left_out == ({"rows of one post": again} if again else {})
    assert not any(post.date.contested for post in posts)


HEADINGS = {
    True: "Post ID,Account ID,Account username,Description,Publish time,Permalink,Post type",
    False: "ID postingan,ID akun,Nama pengguna akun,Deskripsi,Waktu publikasi,Permalink,Jenis postingan",
}
KINDS = {True: ("IG image", "IG reel", "IG story"), False: ("Gambar IG", "Reel IG", "Cerita IG")}


@st.composite
def suites(draw):
    """Business Suite's own table: moments by address for each handle, and what is left out."""
    english, zone = draw(st.booleans()), draw(st.sampled_from([MAKASSAR, ZoneInfo("America/Los_Angeles")]))
    *_, story = KINDS[english]
    rows, truth, others = [], {}, Counter[str]()
    for number in range(draw(st.integers(2, 14))):
        at = datetime.fromtimestamp(START + number * 3600 * draw(st.integers(20, 90)), UTC).replace(second=0)
        kind, handle = draw(st.sampled_from(KINDS[english])), draw(st.sampled_from(["dinkes", "Kominfo"]))
        address = f"https://www.instagram.com/p/{build_shortcode(at - timedelta(seconds=30), number)}/"
        local = at.astimezone(zone).strftime("%m/%d/%Y %H:%M")
        row = ["1.80E+16", "1784", handle, draw(st.sampled_from(TEXTS)), local, address, kind]
        rows.append(row)
        if kind == story:
            others["stories, gone after a day"] += 1
            continue
        truth[address] = (handle.lower(), at)
        if draw(st.integers(0, 4)) == 0:
            rows.append(row)
            others["rows of one post"] += 1
    text = io.StringIO()
    shuffled = draw(st.permutations(rows))
    csv.writer(text).writerows([HEADINGS[english].split(","), *shuffled])
    return ("\ufeff" + text.getvalue()).encode(), truth, others, zone, len(rows)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(suites())
def test_business_suite(made):
    content, truth, others, zone, items = made
    assume(truth)
    export, posts = read([content], stated=zone)
    assert {post.url: post.date.at for post in posts} == {url: at for url, (_, at) in truth.items()}
    assert export.left_out == dict(others)
    assert {owner: span.posts for owner, span in export.owners.items()} == Counter(
        o for o, _ in truth.values()
    )
    assert len(posts) + sum(export.left_out.values()) == items


PAGE = {"id": "100064000000001", "url": "https://www.facebook.com/dinkesuji"}
GUEST = {"id": "555000000001", "url": "https://www.facebook.com/warga.biasa"}


@st.composite
def pages(draw):
    """A saved Facebook page: its own posts by number, and how many entries are none."""
    nodes: list[dict[str, Any]] = []
    truth: dict[str, tuple[int, str]] = {}
    others: Counter[str] = Counter()
    for number in range(draw(st.integers(0, 8))):
        key, at = f"12200000000{number:04}", START + number * 40_000
        kind = draw(st.sampled_from(["own", "share", "guest", "undated", "card"]))
        text = draw(st.sampled_from(TEXTS))
        if kind == "card":
            nodes.append({"__typename": "Card", "creation_time": at})
            others["entries that are no posts"] += 1
            continue
        content: dict[str, Any] = {
            "message": {"text": text},
            "wwwURL": f"https://www.facebook.com/dinkesuji/posts/{key}",
        }
        actor = draw(st.sampled_from([PAGE, {"id": PAGE["id"]}, None]))
        actor = GUEST if kind == "guest" else actor
        if actor is not None:
            content["actors"] = [actor]
        inner = {
            "post_id": f"9{number}",
            "creation_time": 1706749200,
            "message": {"text": "Lain"},
            "actors": [GUEST],
        }
        node: dict[str, Any] = {"post_id": key, "a": {"story": content}}
        if kind in {"share", "undated"}:
            place = draw(st.sampled_from([node, content]))
            place[draw(st.sampled_from(["attached_story", "x"]))] = inner
        if kind != "undated":
            node["a"]["meta"] = [{"b": {"creation_time": at}}]
        nodes.append(node)
        if kind in {"own", "share"}:
            truth[key] = (at, text.splitlines()[0] if text else "")
        else:
            reason = (
                "posts of others on the page" if kind == "guest" else "posts without a moment of their own"
            )
            others[reason] += 1
    nodes.append({"post_id": "122999", "t": {"creation_time": START - 50}, "message": {"text": "Awal"}})
    truth["122999"] = (START - 50, "Awal")
    return draw(st.permutations(nodes)), truth, others


@settings(max_examples=50, deadline=None, derandomize=True)
@given(pages())
def test_saved_pages(made):
    nodes, truth, others = made
    user = {"id": PAGE["id"], "timeline_list_feed_units": {"edges": [{"node": node} for node in nodes]}}
    html = (
        '<html><head><link rel="canonical" href="https://www.facebook.com/dinkesuji"></head><body>'
        f'<script type="application/json">{json.dumps({"data": {"user": user}})}</script></body></html>'
    )
    export, posts = read([html.encode()])
    assert {post.key: (int(post.date.at.timestamp()), post.title) for post in posts} == truth
    assert export.left_out == dict(others)
