"""Trac from PyPI with its plugin for a blog: ages in words, the moment under the pointer, whole posts."""

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from machine import Processes, free_port, install_python, run, wait_for_port
from truth import STANDING, Known, Served

_PACKAGES = ("trac==1.6", "tracfullblog==0.2.0", "setuptools<80", "waitress", "babel")
_SEED = Path(__file__).parent / "trac" / "seed_trac.py"
_SETTINGS = {
    ("trac", "base_url"): "http://127.0.0.1:{port}",
    ("trac", "default_timezone"): "GMT +8:00",
    ("trac", "default_language"): "id",
    ("project", "descr"): "Situs resmi Kelurahan Contoh",
}
_ZONE = {"TZ": "Asia/Makassar"}


def start_trac(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """A wiki's page as home, the blog under `/blog`, as its documentation sets it up."""
    programs = install_python("trac", *_PACKAGES)
    site, port = folder / "site", free_port()
    url = f"http://127.0.0.1:{port}"
    admin = [str(programs / "trac-admin"), str(site)]
    run([*admin, "initenv", "Kelurahan Contoh", "sqlite:db/trac.db"], folder=folder, environment=_ZONE)
    for (section, name), value in _SETTINGS.items():
        run([*admin, "config", "set", section, name, value.format(port=port)], environment=_ZONE)
    run([*admin, "config", "set", "components", "tracfullblog.*", "enabled"], environment=_ZONE)
    run([*admin, "upgrade", "--no-backup"], environment=_ZONE)
    run([*admin, "permission", "add", "anonymous", "BLOG_VIEW"], environment=_ZONE)
    run([*admin, "wiki", "remove", "WikiStart"], environment=_ZONE)
    menu = "".join(f" * [wiki:{page.slug} {page.title}]\n" for page in STANDING)
    home = f"= Kelurahan Contoh\n\nSelamat datang.\n\n{menu} * [blog: Berita]\n"
    standing = [{"name": page.slug, "text": f"= {page.title}\n\n{page.body}"} for page in STANDING]

    def publish(*news: Known, changes: Sequence[dict[str, str | None]] = ()) -> dict[str, Known]:
        rows = [
            {"slug": post.slug, "title": post.title, "body": post.body}
            | {"category": post.category, "at": post.at.isoformat()}
            for post in news
        ]
        founded = min(post.at for post in posts) - timedelta(days=90)
        given = {"site": str(site), "founded": founded.isoformat(), "posts": rows}
        pages = [{"name": "WikiStart", "text": home}, *standing]
        stdin = json.dumps({**given, "standing": pages, "changes": changes})
        run([str(programs / "python"), str(_SEED)], stdin=stdin, folder=folder, environment=_ZONE)
        return {f"{url}/blog/{post.slug}": post for post in news}

    addresses = publish(*posts)
    command = [str(programs / "waitress-serve"), f"--listen=127.0.0.1:{port}", "--threads=2"]
    command.append("trac.web.main:dispatch_request")
    environment = {**_ZONE, "TRAC_ENV": str(site)}
    processes.start(command, folder=folder, log="server.log", environment=environment, clocked=True)
    wait_for_port(port)

    def rewrite(post: Known, now: Known | None) -> None:
        publish(changes=[{"slug": post.slug, "title": now.title if now else None}])

    return Served("trac", url, addresses, lambda post: next(iter(publish(post))), rewrite)
