"""Files that went wrong once, and a crawl of the same posts: in either order each post is there once."""

import json
import re
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import create_engine, text

from activity.agency import Channel
from db.engine import parse_url
from samplecity.graph.shortcode import build_shortcode

_CASES = Path(__file__).parents[1] / "cases/social"
_OWN = "17841400000000001"
_KEYS = "".join(
    f"{n},77,Dinas,Layanan {n},06/{10 + n}/2026 09:00,https://www.facebook.com/77/posts/{n},Photos\n"
    for n in range(1, 7)
)
_HEADER = "Post ID,Page ID,Page name,Title,Publish time,Permalink,Post type\n"
_ZONE = ("--timezone", "Asia/Makassar")
_MAP = "date=Date,link=Link,text=Message,likes=Number of Reactions"
# Each case: its files, the options they need, the channel, and how many posts they hold.
_FILES = {
    "mixed": (("flat/ig_mixed.zip",), (), Channel.INSTAGRAM, 12),
    "zero": (("flat/ig_zero.zip",), (), Channel.INSTAGRAM, 7),
    "edits": (("flat/fb_edits.zip",), (), Channel.FACEBOOK, 6),
    "parts": (("parts/part1.zip", "parts/part2.zip"), (), Channel.INSTAGRAM, 6),
    "share": (("facebook/fb_share.html",), (), Channel.FACEBOOK, 3),
    "thousands": (("thousands/karma.csv",), (*_ZONE, "--map", _MAP), Channel.FACEBOOK, 36),
    "zones": (("zones/ct_SGT.csv",), ("--timezone", "Asia/Singapore"), Channel.FACEBOOK, 5),
    "keys": (("keys.csv",), _ZONE, Channel.FACEBOOK, 6),
}
# Films of the case whose addresses change: the API calls them by their reels' numbers.
_REELS = {"4": "900", "5": "901"}
_STORED = """
SELECT agency.slug, post.key, post.local_day, post.published_at, post.title FROM post
JOIN account ON account.id = post.account_id JOIN agency ON agency.id = account.agency_id ORDER BY 1, 4
"""


def _commands(folder):
    (folder / "keys.csv").write_text(_HEADER + _KEYS, encoding="utf-8")
    for slug, (files, options, _, _) in _FILES.items():
        paths = [folder / file if file == "keys.csv" else _own(_CASES / file, slug, folder) for file in files]
        yield ["import", *map(str, paths), "--account", slug, *options]


def _own(path, slug, folder):
    """The file as this office's: those that are texts name their account."""
    if path.suffix == ".zip":
        return path
    copy = folder / path.name
    copy.write_bytes(path.read_bytes().replace(b"dinkesuji", f"{slug}uji".encode()))
    return copy


def _prepare(machine, url=None):
    rows = [f"{slug},Dinas {slug},skpd,,{slug}_uji,{slug}uji" for slug in _FILES]
    content = "slug,name,level,website,instagram,facebook\n" + "\n".join(rows)
    machine.settings |= {
        "DENYUT_NOW": "2026-07-10T12:00:00+08:00",
        "DENYUT_INSTAGRAM_USER_ID": _OWN,
        "DENYUT_DATABASE": url or f"sqlite:///{machine.database}",
    }
    before = ["--as-of", "2025-12-20"]
    machine.done_all([["init"], ["agencies", "import", machine.write("registry.csv", content), *before]])
    return machine


def _read(machine):
    engine = create_engine(parse_url(machine.settings["DENYUT_DATABASE"]))
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(text(_STORED))]
    engine.dispose()
    return rows


@pytest.fixture(scope="module")
def filed(make_denyut, tmp_path_factory):
    """What the files alone come to: slug, key, day, moment and title of each post."""
    machine = _prepare(make_denyut(tmp_path_factory.mktemp("filed")))
    machine.done_all(list(_commands(machine.folder)))
    rows = _read(machine)
    assert {slug: sum(row[0] == slug for row in rows) for slug in _FILES} == {
        slug: case[3] for slug, case in _FILES.items()
    }
    return rows


@pytest.fixture(scope="module")
def graph(filed):
    """A Graph API that shows the same posts, newest first; gives its address."""
    answers = _compose_answers(filed)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def do_GET(self):
            parts = urlsplit(self.path)
            query = parse_qs(parts.query).get("fields", [""])[0]
            name = re.search(r"username\((\w+)_uji\)", query) or re.search(r"/(\w+)uji/", f"{parts.path}/")
            edge = parts.path.rpartition("/")[2]
            body = json.dumps(answers.get((name[1] if name else "", edge), {"data": []})).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def _compose_answers(filed):
    answers: dict[tuple[str, str], Any] = {}
    for slug, (_, _, channel, _) in _FILES.items():
        rows = [row for row in reversed(filed) if row[0] == slug]
        if channel is Channel.INSTAGRAM:
            media = {"data": [_picture(n, row) for n, row in enumerate(rows, 1)], "paging": {}}
            found = {"id": "9", "username": f"{slug}_uji", "media_count": len(rows), "media": media}
            answers[slug, _OWN] = {"business_discovery": found, "id": _OWN}
        else:
            answers[slug, "published_posts"] = {"data": [_story(n, row) for n, row in enumerate(rows, 1)]}
            answers[slug, f"{slug}uji"] = {"id": "77", "followers_count": 9}
    reels = [row for row in filed if row[0] == "keys" and row[1] in _REELS]
    answers["keys", "video_reels"] = {"data": [_reel(row) for row in reels]}
    return answers


def _stamp(row):
    return datetime.fromtimestamp(row[3], UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")


def _picture(number, row):
    code = build_shortcode(datetime.fromtimestamp(row[3], UTC), number)
    return {
        "id": f"179{number:014}",
        "timestamp": _stamp(row),
        "caption": row[4],
        "permalink": f"https://www.instagram.com/p/{code}/",
        "media_type": "IMAGE",
        "media_product_type": "FEED",
    }


def _story(number, row):
    """A post under the number that the file gives it, where it gives one."""
    key = row[1] if row[1].isdigit() else f"55{number}"
    reel = _REELS.get(key) if row[0] == "keys" else None
    link = f"https://www.facebook.com/77/posts/{key}" if reel is None else f"/reel/{reel}/"
    return {"id": f"77_{key}", "created_time": _stamp(row), "message": row[4], "permalink_url": link}


def _reel(row):
    number = _REELS[row[1]]
    return {
        "id": number,
        "post_id": f"77_{row[1]}",
        "created_time": _stamp(row),
        "description": row[4],
        "permalink_url": f"/reel/{number}/",
        "published": True,
    }


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
@pytest.mark.parametrize("order", ["file first", "crawl first", "crawl, file, crawl"])
def test_each_post_of_the_cases_is_there_once(make_denyut, tmp_path, filed, graph, engine, order, request):
    url = request.getfixturevalue("fresh_postgres_url") if engine == "postgresql" else None
    machine = _prepare(make_denyut(tmp_path), url)
    machine.settings["DENYUT_GRAPH_URL"] = graph
    for step in {"file first": "fc", "crawl first": "cf", "crawl, file, crawl": "cfc"}[order]:
        if step == "f":
            machine.done_all(list(_commands(machine.folder)))
        else:
            machine.done("crawl", "--since", "2026-01-01", "--json")
            machine.settings["DENYUT_NOW"] = "2026-07-11T12:00:00+08:00"
    found = _read(machine)
    assert [(row[0], row[2], row[3]) for row in found] == [(row[0], row[2], row[3]) for row in filed]
    # What a file tells by its moment alone has its own key once the API has told it.
    assert not [row for row in found if row[1].startswith("at:")]
