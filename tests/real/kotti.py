"""Kotti from PyPI, a CMS on Pyramid: a folder's table, oldest first, with days of creation and of editing."""

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from machine import Processes, free_port, install_python, run, wait_for_port
from truth import STANDING, Known, Served

_PACKAGES = ("kotti==2.0.9", "sqlalchemy<2", "zope.sqlalchemy<4", "setuptools<80", "waitress")
_SEED = Path(__file__).parent / "kotti" / "seed_kotti.py"


def start_kotti(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its default theme; articles show no day, the table's cells are all links, and there is no feed."""
    programs = install_python("kotti-cms", *_PACKAGES)
    settings = {
        "sqlalchemy.url": f"sqlite:///{folder}/kotti.db",
        "mail.default_sender": "humas@example.invalid",
        "pyramid.default_locale_name": "id",
        "kotti.site_title": "Kelurahan Contoh",
        "kotti.secret": "kantor",
        "pyramid.includes": "pyramid_tm",
    }
    lines = "".join(f"{name} = {value}\n" for name, value in settings.items())
    (folder / "app.ini").write_text(f"[app:main]\nuse = egg:kotti\n{lines}")
    port = free_port()
    url = f"http://127.0.0.1:{port}"

    def publish(*news: Known, changes: Sequence[dict[str, str | None]] = ()) -> dict[str, Known]:
        rows = [
            {"slug": post.slug, "title": post.title, "parts": post.paragraphs, "at": post.at.isoformat()}
            | {"edited": (post.at + timedelta(days=3 * post.cut)).isoformat()}
            for post in news
        ]
        standing = [{"slug": page.slug, "title": page.title, "body": page.body} for page in STANDING]
        stdin = json.dumps({"settings": settings, "standing": standing, "posts": rows, "changes": changes})
        run([str(programs / "python"), str(_SEED)], stdin=stdin, folder=folder, environment=_ZONE)
        return {f"{url}/kabar/{post.slug}/": post for post in news}

    addresses = publish(*posts)
    command = [str(programs / "python"), "-c", _SERVE.format(port=port)]
    processes.start(command, folder=folder, log="server.log", environment=_ZONE, clocked=True)
    wait_for_port(port)

    def rewrite(post: Known, now: Known | None) -> None:
        publish(changes=[{"slug": post.slug, "title": now.title if now else None}])

    return Served("kotti", url, addresses, lambda post: next(iter(publish(post))), rewrite)


_ZONE = {"TZ": "Asia/Makassar"}
_SERVE = """
from paste.deploy import loadapp
from waitress import serve
serve(loadapp("config:app.ini", relative_to="."), listen="127.0.0.1:{port}", threads=1)
"""
