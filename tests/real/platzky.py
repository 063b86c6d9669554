"""Platzky from PyPI, a blog on Flask: all on one page, moments as Python prints them, no days in articles."""

import json
from collections.abc import Sequence
from pathlib import Path
from subprocess import Popen

from machine import Processes, free_port, install_python, wait_for_port
from truth import STANDING, Known, Served

_SERVER = """
import sys

from waitress import serve
from platzky.platzky import create_app

app = create_app("config.yml")


def answer(environ, start):
    # Who names no language is answered in English, of which there is nothing: with 404.
    environ.setdefault("HTTP_ACCEPT_LANGUAGE", "id")
    return app(environ, start)


serve(answer, host="127.0.0.1", port=int(sys.argv[1]), threads=2)
"""


def start_platzky(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """One language, a menu of the standing pages; items of its feed have no day, its moments a zone."""
    programs = install_python("platzky", "platzky==1.5.1", "waitress")
    (folder / "server.py").write_text(_SERVER)
    content = {
        "app_description": {"id": "Kelurahan Contoh"},
        "menu_items": {"id": [{"name": p.title, "url": f"/page/{p.slug}"} for p in STANDING]},
        "pages": [_entry(p.slug, p.title, p.body) for p in STANDING],
    }
    port = free_port()
    settings = {
        "APP_NAME": "Kelurahan Contoh",
        "SECRET_KEY": "uji",
        "USE_WWW": False,
        "BLOG_PREFIX": "/",
        "LANGUAGES": {"id": {"name": "Indonesia", "flag": "id", "country": "ID"}},
        "DB": {"TYPE": "json_file", "PATH": str(folder / "data.json")},
    }
    (folder / "config.yml").write_text(json.dumps(settings))
    standing = {post.slug: post for post in posts}
    url = f"http://127.0.0.1:{port}"

    def write() -> None:
        rows = [_row(post) for post in standing.values()]
        (folder / "data.json").write_text(json.dumps({"site_content": {**content, "posts": rows}}))

    def start() -> None:
        write()
        command = [str(programs / "python"), "server.py", str(port)]
        running.append(processes.start(command, folder=folder, log="server.log", clocked=True))
        wait_for_port(port)

    def rewrite(post: Known, now: Known | None) -> None:
        standing.pop(post.slug, None)
        if now is not None:
            standing[now.slug] = now
        processes.end(running.pop())
        start()

    def publish(post: Known) -> str:
        rewrite(post, post)
        return f"{url}/{post.slug}"

    running: list[Popen[bytes]] = []
    start()
    return Served("platzky", url, {f"{url}/{post.slug}": post for post in posts}, publish, rewrite)


def _entry(slug: str, title: str, body: str) -> dict[str, object]:
    words = {
        "slug": slug,
        "title": title,
        "contentInMarkdown": body,
        "excerpt": body[:120],
        "author": "Humas",
    }
    return {**words, "language": "id", "coverImage": {"url": "", "alternateText": ""}}


def _row(post: Known) -> dict[str, object]:
    more = {"date": post.at.isoformat(), "tags": [post.category, "warga"], "excerpt": post.paragraphs[0]}
    return {**_entry(post.slug, post.title, post.body), **more}
